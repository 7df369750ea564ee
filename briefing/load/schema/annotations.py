"""annotations/*.yml: quotations, figures, context notes and themes."""

from typing import Annotated

from briefing.load.schema.dates import Day
from briefing.load.schema.fields import (
    NOTHING,
    Choice,
    Label,
    Many,
    NotEmpty,
    Prose,
    Reason,
    Short,
    Text,
    Texts,
    Verbatim,
    Word,
    bare,
    optional,
    required,
)
from briefing.load.schema.formats import Id, Number, ProblemCode, Ref
from briefing.load.schema.inputs import MAPPING, TEXT, By, Input, Reads, Tag, kind
from briefing.load.yaml import Map
from briefing.model import AnnotationKey, FigureBasis, FigureType, Origin, QuotationKind, Stance, Status, Verdict

# --- what all have in common -----------------------------------------------------------------------------------


class AllowInput(Input):
    """A finding that the author allows, visibly."""

    code: ProblemCode = required("What the check finds, by the code of the problem.", "attribution-missing")
    passage: Verbatim = optional(
        "",
        "The sentence that it is about; for `quotation-not-found` and `cut-before-but` the quoted words, without "
        "marks; for `hidden-name` the name.",
        "a ferry for all",
    )
    reason: Reason = required(
        "Why it is allowed; readers see it.",
        "The source names nobody.",
    )


class NamedInput(Input):
    """What annotations and themes have in common."""

    id: Id = required(
        "Its name in citations and addresses: a–z, 0–9 and hyphens, unique in the briefing.", "out-fought"
    )
    was: Many[Id] = optional([], "Former ids, which keep working.", ["former-id"])
    tags: Many[Label] = optional([], "Words to group by.", ["spending"])
    by: Many[Text] = optional([], "Who wrote it, if not the briefing's authors.", "Ada Marsh")
    reviewed_by: Many[Text] = optional(
        [], "Who read it before it was published, other than who wrote it; else the briefing's.", ["Jonah Reed"]
    )
    status: Annotated[Status, Choice] = optional(
        "published", "draft and review stay off the site; published goes along with its briefing.", "draft"
    )
    allow: list[AllowInput] = optional(
        [], "What the check finds here and you leave as it is, each with the reason that readers see."
    )


# --- targets ----------------------------------------------------------------------------------------------------


class SelectorInput(Input):
    """The words, and those around them where they occur in several places (W3C TextQuoteSelector)."""

    exact: Prose = required("The words exactly.", "new production lines")
    prefix: Text = optional("", "The words just before.", "two second-hand")
    suffix: Text = optional("", "The words just after.", "and a landing stage")


def part_kind(value: object) -> str:
    """Return the node kind; a mapping without any key of a selector is text that YAML misread."""
    found = kind(value)
    known = isinstance(value, Map) and value.keys() & {"exact", "prefix", "suffix"}
    return TEXT if found == MAPPING and not known else found


PartEntry = Annotated[Prose | SelectorInput, By(part_kind)]
TargetEntry = Annotated[Prose | SelectorInput | Annotated[list[PartEntry], Texts, NotEmpty], By(part_kind)]
"""The words, a selector, or the parts of a target that the source interrupts."""


class IgnoreInput(Input):
    """Words that are not annotated on purpose."""

    target: TargetEntry = required(
        "Words of the source, exactly: a quoted passage, a number, or up to whole paragraphs.",
        "two thirds",
        "so-called “experts”",
    )
    lists: Many[Annotated[AnnotationKey, Choice]] = optional(
        [],
        "What they are not annotated as: `context` for a name that gets no note.",
        "context",
        alias="as",
    )
    in_: Ref = optional("", "The id of the comment that the words are in.", "c3", alias="in")
    reason: Text = optional(
        "",
        "Why it is not annotated, for readers. Without it, and with `as`, the words are only not drafted again.",
        "A figure of speech.",
    )


class AnnotationInput(NamedInput):
    """One statement about one target."""

    note: Prose = optional(NOTHING, "What you say about it, in Markdown with citations.", "See [@survey-2024].")
    target: TargetEntry = required(
        "The words that it is about, exactly as they are in the source.",
        "our young people have had to leave",
        {"exact": "boats", "prefix": "two second-hand"},
        ["Until recently", "not anymore"],
    )
    in_: Ref = optional("", "The id of the comment that the target is in.", "c3", alias="in")


# --- quotations and figures -------------------------------------------------------------------------------------


class TranslationInput(Input):
    """A quotation in the briefing's language."""

    text: Text = required("The translated words.", "We can do it")
    by: Text = required("Who translated them.", "Ada Marsh")


class AssessmentInput(Input):
    """Your judgement of a claim or figure; never without evidence, author and date."""

    verdict: Annotated[Verdict, Choice] = required("The judgement.", "unverified")
    by: Text = required("Who judges.", "Ada Marsh")
    date: Day = required("The day of the judgement.", "2025-11-07")
    evidence: Annotated[Many[Ref], NotEmpty] = required(
        "Ids of the references and annotations that it rests on.", ["survey-2024"]
    )
    response: Prose = optional(
        NOTHING, "What the person judged says to it, in Markdown with citations.", "She stands by it [@interview]."
    )
    note: Prose = optional(NOTHING, "Why, in Markdown with citations.", "The target is new [@survey-2024].")


class WordingInput(Input):
    """How another report has the same sentence."""

    cite: Ref = required("The id of the reference that has it.", "washington-times")
    words: Annotated[Many[Verbatim], NotEmpty] = required(
        "Its words, exactly as in an excerpt; several where the report interrupts them.",
        "That’s serious spending",
        ["Until recently", "not anymore"],
    )
    translation: TranslationInput | None = optional(None, "The words in the briefing's language.")


Speaker = Annotated[str, Reads(bare, {"type": "string"})]


class QuoteInput(AnnotationInput):
    """Words that somebody says."""

    kind: Annotated[QuotationKind, Choice] = optional(
        "direct",
        "direct: whole sentences. fragment: less than a sentence. reported: the source tells it in its own words.",
        "fragment",
    )
    speaker: Speaker = required(
        "The id of the person who says it; needed unless it is a draft. Whoever has no name is called as the source "
        "does: A taxi driver.",
        "castell",
        in_draft="",
    )
    via: Many[Ref] = optional([], "Who quotes the speaker, outermost last.", ["castell"])
    attribution: Text = optional(
        "", "The source's own crediting words, where the check does not find them.", "the mayor said"
    )
    translation: TranslationInput | None = optional(None, "The words in the briefing's language.")
    wordings: list[WordingInput] = optional(
        [], "How other reports have the same sentence; the card marks each word that differs."
    )
    assessment: AssessmentInput | None = optional(None, "Your judgement of what is said.")


class WordsInput(Input):
    """A value for which the source has no exact number."""

    words: Text = required("The source's words for it.", "dozens")
    min: Number | None = optional(None, "What they mean at least, to sort and draw; no page prints it.", 24)
    max: Number | None = optional(None, "What they mean at most, likewise.", 99)


class RangeInput(Input):
    """A value from one number to another."""

    from_: Number = required("The lower number.", 3, alias="from")
    to: Number = required("The higher number.", 4)


WORDS = "‹words›"
RANGE = "‹range›"


def value_kind(value: object) -> str:
    """Return whether a value is a number or date, words for one, or a range."""
    if isinstance(value, Map):
        return RANGE if value.keys() & {"from", "to"} else WORDS
    return kind(value)


ValueEntry = Annotated[
    Word | Annotated[WordsInput, Tag(WORDS)] | Annotated[RangeInput, Tag(RANGE)],
    By(value_kind),
]


class ResolvedInput(Input):
    """What relative or incomplete words (“6 November”) mean; marked as your reading."""

    value: Word = required("A date, or a number.", "2025-11-06")
    because: Text = required("How it follows from the context.", "The article is of 7 November.")


PointValue = Number | RangeInput


class PointInput(Input):
    """One comparable value."""

    period: Word = required("What it is for.", "2024")
    value: PointValue = required("The number, or a range.", 2.0, {"from": 3, "to": 4})
    cite: Ref = required("The id of the reference that has it.", "survey-2024")
    basis: Annotated[FigureBasis, Choice] | None = optional(None, "What it rests on.", "estimate")
    of: Text = optional("", "Whose or what it is a value of, where the series compares several.", "Saltgate")
    by: Text = optional("", "Who gives it, where several sources do.", "The harbour trust")
    counts: Text = optional("", "What exactly it counts.", "boats, new or second-hand")


class SeriesInput(Input):
    """Comparable values that are not quite what the figure is."""

    label: Text = optional("", "What the values are; else the figure's label.", "Spending so far")
    unit: Text = optional("", "What is counted; else the figure's unit.", "% of costs")
    points: Annotated[list[PointInput], NotEmpty] = required(
        "The values.", [{"period": "2024", "value": 2.0, "cite": "survey-2024"}]
    )


SeriesEntry = list[PointInput] | SeriesInput
"""A list alone has the figure's label and unit."""


class FigureInput(AnnotationInput):
    """A number or date that carries meaning."""

    label: Verbatim = required("What the figure is.", "Passengers last year")
    type: Annotated[FigureType, Choice] = required("What sort of figure.", "share")
    basis: Annotated[FigureBasis, Choice] = required(
        "What it rests on, as the source says it.",
        "pledge",
    )
    value: ValueEntry = required(
        "The number or date that is read in the target: a number, a date, words, or a range.",
        5,
        "2025-11-06",
        {"words": "dozens", "min": 24},
        {"from": 3, "to": 4},
    )
    unit: Text = optional("", "What is counted, as the target has it.", "% of costs")
    period: Word = optional("", "What time it is for.", "2035")
    speaker: Ref = optional(
        "", "Who gives it, as the source says; left out where the source itself does.", "town-council"
    )
    measure: Ref = optional(
        "", "The id in measures.yml of what it gives a value of; its unit is the same.", "fare-cover"
    )
    resolved: ResolvedInput | None = optional(
        None, "What relative or incomplete words (“6 November”) mean; marked as your reading."
    )
    assessment: AssessmentInput | None = optional(None, "Your judgement of the figure.")
    series: SeriesEntry | None = optional(
        None, "Comparable values from references.", [{"period": "2024", "value": 2.0, "cite": "survey-2024"}]
    )


class FormulaTermInput(Input):
    """A number that a formula takes from something that can be cited."""

    name: Id = required("What the formula calls it.", "fares")
    cite: Ref = required("The id of what has the number in its words.", "survey-2024")
    value: Number = required("The number.", 4500000)


class DerivedInput(NamedInput):
    """A number that is in no source: computed from figures, and from numbers in what is cited."""

    label: Text = required("What the number is.", "Fares for each pound of costs")
    formula: Text = required(
        "Ids of figures and inputs, numbers, + - * / and parentheses, a minus between spaces; of a date the year.",
        "fares / costs",
    )
    inputs: list[FormulaTermInput] = optional([], "Numbers that the formula takes from what is cited.")
    value: Number = required("The result, rounded as you state it; it is computed and compared.", 0.6)
    unit: Text = optional("", "What is counted.", "pounds")
    note: Prose = optional(NOTHING, "How to read it, in Markdown with citations.", "A forecast.")


class ContextInput(AnnotationInput):
    """What a reader should know about something that the source mentions."""

    title: Text = required("The heading.", "The harbour trust")
    note: Prose = required(
        "What you say about it; needed unless it is a draft.",
        "It owns the landing stage [@survey-2024].",
        in_draft=NOTHING,
    )


# --- themes -----------------------------------------------------------------------------------------------------


class MemberInput(Input):
    """That a comment belongs to a theme."""

    comment: Ref = required("The id of the comment.", "c1", alias="id")
    stance: Annotated[Stance, Choice] | None = optional(None, "Its stance on what the theme is about.", "critical")
    words: Text = optional(
        "", "The words that show it, exactly; the whole comment where left out.", "nothing to shoot it"
    )


MemberEntry = Short[Ref, MemberInput]
"""`- c1` is short for `- id: c1`."""


class WithheldInput(Input):
    """That no words of the smaller side are shown."""

    withheld: Text = required("Why; shown to readers.", "The only critical comment names a private person.")


DissentEntry = Ref | list[Ref] | WithheldInput
"""Comments that speak for the smaller side, or why none does."""


class ThemeInput(NamedInput):
    """Your summary of what one or several readers wrote."""

    title: Text = required("The heading.", "Boats need a landing stage")
    about: Text = optional(
        "",
        "The statement that comments are for or against, in the words of somebody who is for it.",
        "More ammunition is enough on its own",
    )
    comments: list[MemberEntry] = required(
        "The comments, with the words that show that they belong.",
        [{"id": "c1", "stance": "critical", "words": "nothing to shoot it"}],
    )
    dissent: DissentEntry | None = optional(
        None,
        "Whose words speak for the smaller side; the first ones where left out. Or why none are shown.",
        ["c4"],
        {"withheld": "The only critical comment names a private person."},
    )
    summary: Prose = optional(
        NOTHING, "What they say; every sentence cites comments.", "One reader asks for guns [@c1]."
    )


class WithdrawnInput(Input):
    """An annotation or theme that you have taken back; its address says when and why."""

    id: Id = required("Its id, which nothing else may take.", "overtaken")
    was: Many[Id] = optional([], "Its former ids.", ["ahead"])
    origin: Annotated[Origin, Choice] = required("The list that it was in.", "quotes", alias="from")
    date: Day = required("The day on which it was withdrawn.", "2025-12-01")
    reason: Text = required("Why, for readers.", "The paper has corrected its report.")


class AnnotationsFile(Input):
    """Quotations, figures, context notes and themes; a folder may have any number of such files."""

    quotes: list[QuoteInput] = optional([], "Words that somebody says.")
    figures: list[FigureInput] = optional([], "Numbers and dates that carry meaning.")
    derived: list[DerivedInput] = optional([], "Numbers that are computed from others.")
    context: list[ContextInput] = optional([], "What a reader should know.")
    themes: list[ThemeInput] = optional([], "Summaries of what readers wrote.")
    ignore: list[IgnoreInput] = optional([], "Quoted passages and numbers that are set aside, with a reason.")
    withdrawn: list[WithdrawnInput] = optional([], "What was taken back, when and why.")
