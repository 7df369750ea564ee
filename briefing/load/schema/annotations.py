"""annotations/*.yml: quotations, figures, context notes and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from briefing.load.schema.fields import (
    LIST,
    MAPPING,
    NOTHING,
    TEXT,
    Choice,
    Finished,
    Input,
    Many,
    NotEmpty,
    Prose,
    Text,
    Texts,
    Verbatim,
    Word,
    Written,
    kind,
    word,
    written,
)
from briefing.load.schema.formats import Day, Id, Number, ProblemCode, Ref
from briefing.load.yaml import Map, Scalar
from briefing.model import FigureBasis, FigureType, Origin, QuotationKind, Stance, Status, Verdict

# --- what all have in common -----------------------------------------------------------------------------------


class AllowInput(Input):
    """A finding that is let pass, visibly."""

    code: ProblemCode = Field(description="The code of the problem.", examples=["attribution-missing"])
    passage: Verbatim = Field(
        "",
        description="The words of the sentence that it is about, or for `quotation-not-found` and `cut-before-but` "
        "the quoted words, without marks; where the allowance has to name them.",
        examples=["a ferry for all"],
    )
    reason: Finished = Field(description="Why it may stand; shown to readers.", examples=["The source names nobody."])


class NamedInput(Input):
    """What annotations and themes have in common."""

    id: Id = Field(
        description="Its name in citations and addresses: a–z, 0–9 and hyphens, unique in the briefing.",
        examples=["out-fought"],
    )
    was: Many[Id] = Field([], description="Former ids, which keep working.", examples=[["outfought"]])
    tags: Many[Word] = Field([], description="Words to group by.", examples=[["spending"]])
    by: Many[Text] = Field([], description="Who wrote it, if not the briefing's authors.", examples=["Ada Marsh"])
    reviewed_by: Many[Text] = Field(
        [], description="Who read it before it was published, other than who wrote it.", examples=[["Jonah Reed"]]
    )
    status: Annotated[Status, Choice] = Field(
        "published",
        description="draft and review stay off the site; published goes along with its briefing.",
        examples=["draft"],
    )
    allow: list[AllowInput] = Field([], description="Findings that are let pass, with the reason.")


class Noted(NamedInput):
    """An annotation's own note."""

    note: Prose = Field(
        NOTHING, description="What you say about it, in Markdown with citations.", examples=["See [@hague]."]
    )


# --- targets ----------------------------------------------------------------------------------------------------


class SelectorInput(Input):
    """The words, and those around them where they stand in several places (W3C TextQuoteSelector)."""

    exact: Prose = Field(description="The words exactly.", examples=["new production lines"])
    prefix: Text = Field("", description="The words just before.", examples=["dozens of"])
    suffix: Text = Field("", description="The words just after.", examples=["and expanding"])


def part_kind(value: object) -> str:
    """A mapping without any key of a selector is text that YAML misread."""
    found = kind(value)
    known = isinstance(value, Map) and value.keys() & {"exact", "prefix", "suffix"}
    return TEXT if found == MAPPING and not known else found


PartEntry = Annotated[Annotated[Prose, Tag(TEXT)] | Annotated[SelectorInput, Tag(MAPPING)], Discriminator(part_kind)]
TargetEntry = Annotated[
    Annotated[Prose, Tag(TEXT)]
    | Annotated[SelectorInput, Tag(MAPPING)]
    | Annotated[list[PartEntry], Texts, NotEmpty, Tag(LIST)],
    Discriminator(part_kind),
]
"""The words, a selector, or the parts of a target that the source interrupts."""


class IgnoreInput(Input):
    """A quoted passage or number of the source that is not annotated on purpose."""

    target: TargetEntry = Field(
        description="The words, exactly as they stand in the source.", examples=["two thirds", "so-called “experts”"]
    )
    reason: Text = Field(description="Why it is not annotated; shown to readers.", examples=["A figure of speech."])


class AnnotationInput(Noted):
    """One statement about one target."""

    target: TargetEntry = Field(
        description="The words that it is about, exactly as they stand in the source.",
        examples=["five percent of GDP", {"exact": "lines", "prefix": "production"}, ["Until recently", "not anymore"]],
    )
    in_: Ref = Field("", alias="in", description="The id of the comment that the target is in.", examples=["c3"])


# --- quotations and figures -------------------------------------------------------------------------------------


class TranslationInput(Input):
    """A quotation in the briefing's language."""

    text: Text = Field(description="The translated words.", examples=["We can do it"])
    by: Text = Field(description="Who translated them.", examples=["Ada Marsh"])


class AssessmentInput(Input):
    """Your judgement of a claim or figure; never without evidence, author and date."""

    verdict: Annotated[Verdict, Choice] = Field(description="The judgement.", examples=["unverified"])
    by: Text = Field(description="Who judges.", examples=["Ada Marsh"])
    date: Day = Field(description="The day of the judgement.", examples=["2025-11-07"])
    evidence: Annotated[Many[Ref], NotEmpty] = Field(
        description="Ids of the references and annotations that it rests on.", examples=[["hague"]]
    )
    response: Prose = Field(
        NOTHING,
        description="What the person judged says to it, in Markdown with citations.",
        examples=["She stands by it [@interview]."],
    )
    note: Prose = Field(
        NOTHING, description="Why, in Markdown with citations.", examples=["The target is new [@hague]."]
    )


NOBODY = Scalar("")
"""Takes the place of the speaker that a draft leaves out."""


UNSAID = Scalar("")
"""Takes the place of the note that a draft leaves out."""


def _somebody(value: object) -> str:
    return "" if value is NOBODY else word(value)


def _said(value: object) -> Written:
    return NOTHING if value is UNSAID else written(value)


def _with(value: Map, key: str, stand_in: Scalar) -> Map:
    """A draft's fields with what it leaves out."""
    if key in value or value.get("status") != "draft":
        return value
    completed = Map({**value, key: stand_in})
    completed.path = value.path
    return completed


def _needed_unless_draft(key: str) -> Callable[[dict[str, Any]], None]:
    """The same for editors: a schema that asks for the field only where there is no `status: draft`."""

    def change(schema: dict[str, Any]) -> None:
        schema["required"].remove(key)
        schema["if"] = {"properties": {"status": {"const": "draft"}}, "required": ["status"]}
        schema["else"] = {"required": [key]}

    return change


class QuoteInput(AnnotationInput):
    """Words that somebody says."""

    model_config = ConfigDict(json_schema_extra=_needed_unless_draft("speaker"))

    kind: Annotated[QuotationKind, Choice] = Field(
        "direct",
        description="direct; fragment, where it is less than its sentence; reported, without quotation marks.",
        examples=["fragment"],
    )
    speaker: Annotated[str, BeforeValidator(_somebody), WithJsonSchema({"type": "string"})] = Field(
        description="The id of the person who says it; a draft may leave it out.", examples=["rutte"]
    )
    via: Many[Ref] = Field([], description="Who quotes the speaker, outermost last.", examples=[["rutte"]])
    attribution: Text = Field(
        "", description="The source's own crediting words, where they are not found.", examples=["Rutte said"]
    )
    translation: TranslationInput | None = Field(None, description="The words in the briefing's language.")
    assessment: AssessmentInput | None = Field(None, description="Your judgement of what is said.")

    @classmethod
    def _completed(cls, value: Map) -> Map:
        return _with(value, "speaker", NOBODY)


class WordsInput(Input):
    """A value for which the source has no exact number."""

    words: Text = Field(description="The source's words for it.", examples=["dozens"])
    min: Number | None = Field(None, description="What they mean at least.", examples=[24])
    max: Number | None = Field(None, description="What they mean at most.", examples=[99])


class RangeInput(Input):
    """A value from one number to another."""

    from_: Number = Field(alias="from", description="The lower number.", examples=[3])
    to: Number = Field(description="The higher number.", examples=[4])


WORDS = "‹words›"
RANGE = "‹range›"


def value_kind(value: object) -> str:
    """A number or date, words for one, or a range."""
    if isinstance(value, Map):
        return RANGE if value.keys() & {"from", "to"} else WORDS
    return kind(value)


ValueEntry = Annotated[
    Annotated[Word, Tag(TEXT)] | Annotated[WordsInput, Tag(WORDS)] | Annotated[RangeInput, Tag(RANGE)],
    Discriminator(value_kind),
]


class ResolvedInput(Input):
    """What relative or incomplete words mean."""

    value: Word = Field(description="A date, or a number.", examples=["2025-11-06"])
    because: Text = Field(description="How it follows from the context.", examples=["The article is of 7 November."])


class PointInput(Input):
    """One comparable value."""

    period: Word = Field(description="What it is for.", examples=["2024"])
    value: Number = Field(description="The number.", examples=[2.0])
    cite: Ref = Field(description="The id of the reference that has it.", examples=["nato-2024"])


class SeriesInput(Input):
    """Comparable values that are not quite what the figure is."""

    label: Text = Field("", description="What the values are; else the figure's label.", examples=["Spending so far"])
    unit: Text = Field("", description="What is counted; else the figure's unit.", examples=["% of GDP"])
    points: Annotated[list[PointInput], NotEmpty] = Field(
        description="The values.", examples=[[{"period": "2024", "value": 2.0, "cite": "nato-2024"}]]
    )


SeriesEntry = Annotated[
    Annotated[list[PointInput], Tag(LIST)] | Annotated[SeriesInput, Tag(MAPPING)], Discriminator(kind)
]
"""A list alone has the figure's label and unit."""


class FigureInput(AnnotationInput):
    """A number or date that carries meaning."""

    label: Verbatim = Field(description="What the figure is.", examples=["Defence investment target"])
    type: Annotated[FigureType, Choice] = Field(description="What sort of figure.", examples=["share"])
    basis: Annotated[FigureBasis, Choice] = Field(description="What it rests on, in the source.", examples=["pledge"])
    value: ValueEntry = Field(
        description="What the target says: a number, a date, words for a number, or a range.",
        examples=[5, "2025-11-06", {"words": "dozens", "min": 24}, {"from": 3, "to": 4}],
    )
    unit: Text = Field("", description="What is counted.", examples=["% of GDP"])
    period: Word = Field("", description="What time it is for.", examples=["2035"])
    speaker: Ref = Field("", description="Who says it.", examples=["nato-leaders"])
    measure: Ref = Field(
        "", description="The id in measures.yml of what it gives a value of.", examples=["defence-spending-share"]
    )
    resolved: ResolvedInput | None = Field(None, description="What relative or incomplete words mean.")
    assessment: AssessmentInput | None = Field(None, description="Your judgement of the figure.")
    series: SeriesEntry | None = Field(
        None,
        description="Comparable values from references.",
        examples=[[{"period": "2024", "value": 2.0, "cite": "nato-2024"}]],
    )


class FormulaInputInput(Input):
    """A number that a formula takes from something that can be cited."""

    name: Id = Field(description="What the formula calls it.", examples=["shells"])
    cite: Ref = Field(description="The id of what has the number in its words.", examples=["bain"])
    value: Number = Field(description="The number.", examples=[4500000])


class DerivedInput(NamedInput):
    """A number that is in no source: computed from figures, and from numbers in what is cited."""

    label: Text = Field(description="What the number is.", examples=["Russian shells for each Allied one"])
    formula: Text = Field(
        description="Figures and inputs by their ids, numbers, + - * / and parentheses.",
        examples=["russian-shells / allied-shells"],
    )
    inputs: list[FormulaInputInput] = Field([], description="Numbers that the formula takes from what is cited.")
    value: Number = Field(description="The result, rounded as you state it.", examples=[3.5])
    unit: Text = Field("", description="What is counted.", examples=["times"])
    note: Prose = Field(NOTHING, description="How to read it, in Markdown with citations.", examples=["A forecast."])


class ContextInput(AnnotationInput):
    """What a reader should know about something that the source mentions."""

    model_config = ConfigDict(json_schema_extra=_needed_unless_draft("note"))

    title: Text = Field(description="The heading.", examples=["DIANA"])
    note: Annotated[Written, PlainValidator(_said), WithJsonSchema({"type": ["string", "number"]})] = Field(
        description="What you say about it; a draft may leave it out.",
        examples=["NATO's accelerator for start-ups [@diana-about]."],
    )

    @classmethod
    def _completed(cls, value: Map) -> Map:
        return _with(value, "note", UNSAID)


# --- themes -----------------------------------------------------------------------------------------------------


class MemberInput(Input):
    """That a comment belongs to a theme."""

    id: Ref = Field(description="The id of the comment.", examples=["c1"])
    stance: Annotated[Stance, Choice] | None = Field(
        None, description="How it stands to what the theme is about.", examples=["critical"]
    )
    words: Text = Field(
        "",
        description="The words that show it, exactly; the whole comment where left out.",
        examples=["nothing to shoot it"],
    )


MemberEntry = Annotated[Annotated[Word, Tag(TEXT)] | Annotated[MemberInput, Tag(MAPPING)], Discriminator(kind)]
"""`- c1` is short for `- id: c1`."""


class WithheldInput(Input):
    """That no words of the smaller side are shown."""

    withheld: Text = Field(
        description="Why; shown to readers.", examples=["The only critical comment names a private person."]
    )


DissentEntry = Annotated[
    Annotated[Ref, Tag(TEXT)] | Annotated[list[Ref], Tag(LIST)] | Annotated[WithheldInput, Tag(MAPPING)],
    Discriminator(kind),
]
"""Comments that speak for the smaller side, or why none does."""


class ThemeInput(NamedInput):
    """Your summary of what one or several readers wrote."""

    title: Text = Field(description="The heading.", examples=["Shells need something to fire them"])
    about: Text = Field(
        "", description="What the stances are about.", examples=["More ammunition is enough on its own"]
    )
    comments: Annotated[list[MemberEntry], NotEmpty] = Field(
        description="The comments, with the words that show that they belong.",
        examples=[[{"id": "c1", "stance": "critical", "words": "nothing to shoot it"}]],
    )
    dissent: DissentEntry | None = Field(
        None,
        description="Whose words speak for the smaller side; the first ones where left out. Or why none are shown.",
        examples=[["c4"], {"withheld": "The only critical comment names a private person."}],
    )
    summary: Prose = Field(
        NOTHING,
        description="What they say; every sentence cites comments.",
        examples=["One reader asks for guns [@c1]."],
    )


class WithdrawnInput(Input):
    """An annotation or theme that you have taken back; its address says when and why."""

    id: Id = Field(description="Its id, which nothing else may take.", examples=["overtaken"])
    was: Many[Id] = Field([], description="Its former ids.", examples=[["ahead"]])
    from_: Annotated[Origin, Choice] = Field(
        alias="from", description="The list that it stood in.", examples=["quotes"]
    )
    date: Day = Field(description="The day on which it was withdrawn.", examples=["2025-12-01"])
    reason: Text = Field(description="Why, for readers.", examples=["The paper has corrected its report."])


class AnnotationsFile(Input):
    """Quotations, figures, context notes and themes; a folder may have any number of such files."""

    quotes: list[QuoteInput] = Field([], description="Words that somebody says.")
    figures: list[FigureInput] = Field([], description="Numbers and dates that carry meaning.")
    derived: list[DerivedInput] = Field([], description="Numbers that are computed from others.")
    context: list[ContextInput] = Field([], description="What a reader should know.")
    themes: list[ThemeInput] = Field([], description="Summaries of what readers wrote.")
    ignore: list[IgnoreInput] = Field([], description="Quoted passages and numbers that are set aside, with a reason.")
    withdrawn: list[WithdrawnInput] = Field([], description="What was taken back, when and why.")
