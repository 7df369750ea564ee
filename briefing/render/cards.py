"""The cards of annotations and derived figures on a briefing's own pages, with all that is recorded of each.

Templates decide looks, never facts: a field is either text, which Jinja makes safe, or Markup made by `prose_markdown`,
`marks` and `escape`. What each field holds is documented for authors of templates in templates/README.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from briefing.check.grounds import Ground, of_excerpt, without_excerpt
from briefing.check.rules.cited_numbers import judged_in, supported
from briefing.check.rules.formulas import UnreadableError, compute
from briefing.model import (
    Annotation,
    Assessment,
    Briefing,
    ContextNote,
    Derived,
    Excerpt,
    Figure,
    Quotation,
    Reference,
    Series,
    SeriesPoint,
)
from briefing.model.prose import Prose, keys
from briefing.render import routes, statements
from briefing.render.charts.bars import Chart
from briefing.render.charts.comparison import Compared, Comparison, compare
from briefing.render.context import RenderContext
from briefing.render.corrections import CorrectionView, corrections_of
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.excerpts import crediting, sentence_around, spoken_of
from briefing.render.figures import between, date_of, series_chart
from briefing.render.index import brief, heading, in_text_order, index, short_name, short_work_name, speaker_of
from briefing.render.messages import Messages
from briefing.render.method import authors_quoted, on_card
from briefing.render.places import excerpt_link, place_link
from briefing.render.prose_markdown import label, sign
from briefing.render.record_view import RecordView, view_record
from briefing.render.slots import elsewhere
from briefing.render.statements import written_prose
from briefing.render.summary_counts import statement_counts
from briefing.render.tables import Table, make_table
from briefing.render.wordings import WordingView, wordings
from briefing.text import shortened


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessment as it is shown."""

    verdict: str
    title: str
    by: str
    evidence: tuple[Markup, ...]
    reading: Markup
    """The sign that it rests on the author's reading alone; empty otherwise."""
    response: Markup
    note: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationDetail:
    """What only quotations have."""

    speaker: str
    role: str
    kind: str
    heading: str
    """What kind of statement it is and whose."""
    brief: str
    """Its first words: a quotation's in quotation marks."""
    via: str
    reporter: str
    """Who reports a statement in their own words; empty for a quotation."""
    attribution: str
    translation: str
    translator: str
    wordings: tuple[WordingView, ...]
    """The same sentence in other reports."""
    wordings_link: Markup
    """The link there, for its note on the text page; empty without any."""
    wordings_summary: str
    """How many there are, and how many of them agree, in words; empty without any."""
    copied: str
    """What is copied of it: a quotation in quotation marks, a reported statement with who reports it."""
    credit: str
    """What is copied below: who says a quotation, and where it is from. Empty where the words are a commenter's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDetail:
    """What only figures have."""

    value: str
    type: str
    basis: str
    period: str
    speaker: str
    resolved: str
    series: Table
    """`period`, `value` (without its unit, but for a percent sign) and `source` of each comparable value."""
    series_label: str
    series_unit: str
    chart: Chart | None
    """Of the series, from four values up."""
    comparison: Comparison | None
    """What several sources say, from four values up; such a series is no `series`."""
    in_words: bool
    """Whether the value is words or a date and no number: the passage shows it."""
    dated: bool
    """Whether it is a date, which has its place on the timeline."""
    measure: Markup
    """The link to all values of its measure in all briefings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An annotation as it is shown on its canonical page."""

    id: Markup
    was: tuple[Markup, ...]
    number: int
    kind: str
    heading: str
    name: str
    """The heading without what every heading of its kind says: a quotation's words without their speaker."""
    parts: tuple[Markup, ...]
    """The annotated words, a part for each passage that the source interrupts; of a figure or note the sentence that
    they stand in with the words marked. Each is HTML on one line."""
    language: str
    note: Markup
    status: str
    """Words that say so where it is not published; empty otherwise."""
    tags: tuple[str, ...]
    by: str
    """Who annotated it, as words."""
    verdict: Markup
    """As it is shown; empty without an assessment."""
    judgement: Judgement | None
    works: tuple[Markup, ...]
    """The references that its note cites, by number and name: links to their excerpts, and of several to those that
    have its numbers."""
    excerpts: tuple[tuple[str, tuple[tuple[str, Markup], ...], Markup], ...]
    """The words of the works that a context note cites: of each what they are called, the excerpts with their places,
    and the link to further ones, which may be empty."""
    noted: tuple[Markup, ...]
    """Links to the context notes that are about its words or cite it, which may contradict it."""
    more: Markup
    """The link to its card, for its note on the text page."""
    title: str
    """What its number in the text is called: "Note 7, figure: …"."""
    in_text: Markup
    in_comment: bool
    """Whether its words stand in a comment and not in the source."""
    in_original: Markup
    previous: Markup
    """The link to the annotation before it in the order of the text, on whichever page that is; empty for the first."""
    next: Markup
    """The same to the one after it."""
    edit: Markup
    cited: tuple[Markup, ...]
    allowed: tuple[str, ...] = ()
    """What was found of it and its author lets pass, with the reason."""
    topics: tuple[Markup, ...] = ()
    """Its tags, as links to their pages where there are such pages."""
    people: tuple[Markup, ...] = ()
    """Links to all that its speakers say in all briefings; without those that the heading above it has."""
    elsewhere: tuple[Markup, ...] = ()
    """Links to the same words in other briefings."""
    corrections: tuple[CorrectionView, ...] = ()
    """What has been corrected in it, the latest first."""
    quotation: QuotationDetail | None = None
    figure: FigureDetail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedView:
    """A number that was computed, as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    number: str
    label: str
    value: str
    formula: str
    inputs: Table
    """The numbers that the formula uses: `name`, `value` and `source`, a link to what has it."""
    corrections: tuple[CorrectionView, ...]
    """What has been corrected in it, the latest first."""
    note: Markup
    status: str
    tags: tuple[str, ...]
    topics: tuple[Markup, ...]
    """Its tags, as links to their pages where there are such pages."""
    by: str
    edit: Markup
    cited: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerView:
    """Somebody with all that they say in the source."""

    id: Markup
    name: str
    role: str
    """What they were then."""
    contents: str
    """How many quotations and how many reported statements there are, in words."""
    everything: Markup
    """The link to all that they said in all briefings; may be empty."""
    works: tuple[Markup, ...]
    """Links to the works whose author has their name."""
    quotations: tuple[Card, ...]
    reported: tuple[Card, ...]
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    """The same as whole quotations, parts of sentences and what is reported: pairs of what each is called and cards."""
    group_links: tuple[Markup, ...] = ()
    """Links to these groups, each with its number, where there are many cards: `#`, the id, a hyphen and its place."""

    def __iter__(self) -> Iterator[object]:
        """The id, the name, the role and all cards, for templates of the last release."""
        yield from (self.id, self.name, self.role, (*self.quotations, *self.reported))


def quotation_card(context: RenderContext, quotation: Quotation) -> Card:
    """Return a quotation or reported statement with its speaker and the source's crediting words."""
    briefing, say = context.briefing, context.say
    view = view_record(briefing, quotation, say)
    speaker = speaker_of(briefing, quotation, say)
    translation = quotation.translation
    who = say("list.comma").join(filter(None, (speaker, view.role, view.via, view.reporter)))
    copied, credit = _copied(context, quotation, who)
    others = wordings(context, quotation)
    detail = QuotationDetail(
        speaker=speaker,
        role=view.role,
        kind=_in_parts(view.statement, len(view.parts), say),
        heading=view.title or say("quotes.heading", speaker=speaker),
        brief=brief(briefing, quotation, say),
        via=view.via,
        reporter=view.reporter,
        attribution=crediting(briefing, quotation),
        translation=translation.text if translation else "",
        translator=say("quotes.translation", by=translation.by) if translation else "",
        wordings=others,
        wordings_link=_wordings_link(quotation, say),
        wordings_summary=_wordings_summary(others, say),
        copied=copied,
        credit=credit,
    )
    return _card(context, quotation, view, view.parts, _judgement(context, quotation.assessment), quotation=detail)


def _wordings_link(quotation: Quotation, say: Messages) -> Markup:
    words = in_markdown(say("wordings.link", n=len(quotation.wordings)))
    return link(words, f"quotes.md#_wordings-{quotation.id}") if quotation.wordings else Markup()


def _wordings_summary(others: Sequence[WordingView], say: Messages) -> str:
    """Return how many other reports have a sentence, and in how many of them it reads how."""
    if not others:
        return ""
    outcomes = Counter(wording.outcome for wording in others)
    found = [
        say("filter.choice", label=outcome, n=n) if len(outcomes) > 1 else outcome for outcome, n in outcomes.items()
    ]
    return f"{say('wordings.link', n=len(others))}: {say('list.comma').join(found)}"


def _copied(context: RenderContext, quotation: Quotation, who: str) -> tuple[str, str]:
    """Return what is copied of a statement: its words, and on a line of its own where they come from."""
    briefing, say = context.briefing, context.say
    if briefing.anchors[quotation.id].comment:
        return "", ""
    credit = statements.credit(briefing, say)
    if statements.is_reported(quotation):
        words = statements.told_words(briefing, quotation)
        return say("reported.copied", who=who, words=words), f"{credit}."
    return statements.quoted_words(briefing, quotation, say), f"{who}. {credit}."


def figure_card(context: RenderContext, figure: Figure) -> Card:
    """Return a figure with its value, who says so, and comparable values."""
    briefing, say, resolved, series = context.briefing, context.say, figure.resolved, figure.series
    view = view_record(briefing, figure, say)
    detail = FigureDetail(
        value=view.value,
        type=say(f"figures.type.{figure.type}"),
        basis=view.basis,
        period=view.period,
        speaker=view.speaker or _by_source(context, figure),
        resolved=say("figures.resolved", value=say.date(resolved.value), because=resolved.because) if resolved else "",
        series=_series_table(context, series),
        series_label=series.label if series else "",
        series_unit=series.unit if series else "",
        chart=series_chart(briefing, figure, say),
        comparison=_comparison(context, series),
        in_words=bool(figure.value.words or figure.value.date) and len(view.value) > _LONG_VALUE,
        dated=bool(date_of(figure)),
        measure=routes.measure_link(context.routes, briefing, figure),
    )
    words, judgement = sentence_around(briefing, figure), _judgement(context, figure.assessment)
    return _card(context, figure, view, (words,), judgement, figure=detail)


def _by_source(context: RenderContext, figure: Figure) -> str:
    """Return that the source says a figure, for whose words it names nobody else; empty where its basis says so, and
    for what is in a comment."""
    if figure.basis == "reported" or context.briefing.anchors[figure.id].comment:
        return ""
    return context.say("figures.by_source")


def _series_table(context: RenderContext, series: Series | None) -> Table:
    """Return the values of a series; what is compared in a chart of its own is in no other table."""
    say, points = context.say, () if series is None or _comparison(context, series) else series.points
    rows: list[tuple[str, ...]] = [
        (*_said_of(point, series.unit if series else "", say), _source(context, point, points)) for point in points
    ]
    names = ["period", "value", "basis", "source"]
    if not any(row[2] for row in rows):
        names.remove("basis")
        rows = [(*row[:2], row[3]) for row in rows]
    return make_table({name: say(f"figures.{name}") for name in names}, rows)


def _source(context: RenderContext, point: SeriesPoint, points: Sequence[SeriesPoint]) -> Markup:
    """Return the link to where a value is from; the last that nobody but the author has compared says so in words."""
    say, unseen = context.say, without_excerpt(context.briefing)
    own = [each for each in points if each.cite in unseen]
    mark = Markup() if point not in own else label(say) if point is own[-1] else sign(say)
    return context.cite_work(point.cite) + mark


def _said_of(point: SeriesPoint, unit: str, say: Messages) -> tuple[str, str, str]:
    """Return what a value is for, the value, and what it rests on and counts."""
    comma = say("list.comma")
    period = comma.join(filter(None, (say.date(point.period), point.of)))
    return period, between(point, unit, say), comma.join(filter(None, (_basis(point.basis, say), point.counts)))


def _comparison(context: RenderContext, series: Series | None) -> Comparison | None:
    """Return what several sources say of the same thing; who says so leads to where it was read."""
    if series is None or not series.compares:
        return None
    say, unseen = context.say, without_excerpt(context.briefing)
    values = [
        Compared(
            say.date(point.period),
            point.of,
            _said_by(context, point) + (sign(say) if point.cite in unseen else Markup()),
            say("list.comma").join(filter(None, (_basis(point.basis, say), point.counts))),
            between(point, series.unit, say),
            point.low,
            point.high,
        )
        for point in series.points
    ]
    return compare(series.label, series.unit, values, say)


def _said_by(context: RenderContext, point: SeriesPoint) -> Markup:
    entry = context.index[point.cite]
    return link(in_markdown(point.by or entry.name), entry.href, entry.name)


def _basis(basis: str, say: Messages) -> str:
    return say(f"figures.basis.{basis}") if basis else ""


def context_card(context: RenderContext, note: ContextNote) -> Card:
    """Return a context note with the sentence that it is about."""
    view = view_record(context.briefing, note, context.say)
    return _card(context, note, view, (sentence_around(context.briefing, note),), None)


def derived_card(context: RenderContext, derived: Derived) -> DerivedView:
    """Return a derived figure with its formula and what the formula uses."""
    say = context.say
    view = view_record(context.briefing, derived, say)
    return DerivedView(
        id=Markup(derived.id),
        was=tuple(map(Markup, derived.was)),
        number=context.index[derived.id].label,
        label=derived.label,
        value=view.value,
        formula=derived.formula,
        inputs=_inputs_table(context, derived),
        corrections=corrections_of(context, derived.id),
        note=context.prose(derived.note),
        status=view.status,
        tags=derived.tags,
        topics=routes.topic_links(context.routes, context.briefing, derived.tags),
        by=_annotators(derived.by, say),
        edit=context.edit_link(derived.at.file),
        cited=context.cited.get(derived.id, ()),
    )


def _inputs_table(context: RenderContext, derived: Derived) -> Table:
    say = context.say
    try:
        used = compute(context.briefing, derived).used
    except UnreadableError:  # allowed by the author: shown without its inputs
        used = ()
    sources = (context.cite_work(one.cite) if one.cite in context.index else Markup() for one in used)
    return make_table(
        {"name": say("derived.input"), "value": say("figures.value"), "source": say("figures.source")},
        ((one.name, _rounded_for_people(one.value, say), source) for one, source in zip(used, sources, strict=True)),
    )


def _rounded_for_people(value: Decimal, say: Messages) -> str:
    """Return a value without the zeros that multiplying leaves behind it; an endless one is said to be rounded."""
    short_value = shortened(value)
    number = say.number(Decimal(f"{short_value.normalize():f}"))
    return number if short_value == value else say("value.about", n=number)


_LONG_VALUE = 24
"""Characters beyond which a value in words is shown like a sentence, not like a number."""
_FEW_STATEMENTS = 6
"""Statements that are seen at a glance."""
_KINDS = ("direct", "fragment", "reported")
"""Of statements, from what is most a speaker's own."""


def by_speaker(context: RenderContext, cards: Sequence[Card]) -> Iterator[SpeakerView]:
    """Yield everybody with the cards of their statements, in the order in which they and these come in the text."""
    briefing, say = context.briefing, context.say
    shown = {str(card.id): card for card in cards}
    own: defaultdict[str, list[Quotation]] = defaultdict(list)
    for quotation in in_text_order(briefing):
        if isinstance(quotation, Quotation) and quotation.id in shown:
            own[quotation.speaker].append(quotation)
    for id, said in own.items():
        kinds = {kind: tuple(shown[each.id] for each in said if each.kind == kind) for kind in _KINDS}
        groups = tuple((say(f"quotes.group.{kind}"), found) for kind, found in kinds.items() if found)
        links = (
            link(in_markdown(say("filter.choice", label=name, n=len(found))), f"#_by-{id}-{place}")
            for place, (name, found) in enumerate(groups, 1)
        )
        yield SpeakerView(
            id=Markup(f"_by-{id}"),
            name=speaker_of(briefing, said[0], say),
            role=briefing.roles.get(id, ""),
            contents=say("list.comma").join(statement_counts(said, say)),
            everything=routes.person_link(context.routes, briefing, id, say) if id else Markup(),
            works=_written_by(context, id),
            quotations=(*kinds["direct"], *kinds["fragment"]),
            reported=kinds["reported"],
            groups=groups,
            group_links=tuple(links) if len(groups) > 1 and len(said) > _FEW_STATEMENTS else (),
        )


def _written_by(context: RenderContext, person: str) -> tuple[Markup, ...]:
    """Return links to the works whose author has the name of a speaker."""
    briefing, comma = context.briefing, context.say("list.comma")
    by = authors_quoted(briefing)
    return tuple(
        link(in_markdown(comma.join(filter(None, (work.publisher, work.title)))), context.index[work.id].href)
        for work in briefing.references
        if person in by.get(work.id, ())
    )


def _card(
    context: RenderContext,
    annotation: Quotation | Figure | ContextNote,
    view: RecordView,
    parts: tuple[Markup, ...],
    judgement: Judgement | None,
    quotation: QuotationDetail | None = None,
    figure: FigureDetail | None = None,
) -> Card:
    briefing, say, entry = context.briefing, context.say, context.index[annotation.id]
    return Card(
        id=Markup(annotation.id),
        was=tuple(map(Markup, annotation.was)),
        number=entry.number,
        kind=entry.kind,
        heading=heading(briefing, annotation, say),
        name=short_name(briefing, annotation, say),
        parts=parts,
        language=view.language,
        note=context.prose(written_prose(annotation.note)),
        status=view.status,
        tags=annotation.tags,
        by=_annotators(annotation.by, say),
        verdict=view.verdict,
        judgement=judgement,
        works=tuple(_works(context, annotation)),
        excerpts=tuple(_excerpts(context, annotation)) if isinstance(annotation, ContextNote) else (),
        noted=() if isinstance(annotation, ContextNote) else tuple(_noted(context, annotation)),
        more=view.more,
        title=context.note_title(annotation),
        in_text=view.in_text,
        in_comment=view.in_comment,
        in_original=place_link(briefing, annotation, say),
        previous=_neighbour(context, annotation, -1, "previous"),
        next=_neighbour(context, annotation, 1, "next"),
        edit=context.edit_link(annotation.at.file),
        cited=context.cited.get(annotation.id, ()),
        allowed=on_card(annotation, say),
        corrections=corrections_of(context, annotation.id),
        topics=routes.topic_links(context.routes, briefing, annotation.tags),
        people=routes.people_links(context.routes, briefing, annotation, say),
        elsewhere=(elsewhere(annotation.id),) if context.routes.elsewhere else (),
        quotation=quotation,
        figure=figure,
    )


def _noted(context: RenderContext, annotation: Quotation | Figure) -> Iterator[Markup]:
    """Yield links to the context notes about the words of a card, or which cite it, in the order of the text."""
    briefing, notes = context.briefing, context.briefing.derive(_notes)
    found = set(notes.citing.get(annotation.id, ()))
    pieces = notes.pieces.get(briefing.anchors[annotation.id].comment, ())
    for own in spoken_of(briefing, annotation):
        near = pieces[bisect_left(pieces, (own.start - notes.longest,)) : bisect_left(pieces, (own.end,))]
        found.update(number for _, end, number in near if end > own.start)
    for number in sorted(found):
        note = notes.all[number]
        entry, title = context.index[note.id], heading(briefing, note, context.say)
        yield link(in_markdown(context.say("card.see_note", n=entry.number, heading=title)), entry.href)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The context notes of a briefing by what they are about."""

    all: Sequence[ContextNote]
    """In the order of the text; the others have their places in it."""
    pieces: Mapping[str, Sequence[tuple[int, int, int]]]
    """By comment, or by nothing for the source: start, end and note of all annotated words, in order."""
    longest: int
    """Code points of the longest of them."""
    citing: Mapping[str, Sequence[int]]
    """By the id of what they cite."""


def _notes(briefing: Briefing) -> _Notes:
    notes, entries = [each for each in in_text_order(briefing) if isinstance(each, ContextNote)], index(briefing)
    pieces, citing = defaultdict[str, list[tuple[int, int, int]]](list), defaultdict[str, list[int]](list)
    for number, note in enumerate(notes):
        anchor = briefing.anchors[note.id]
        pieces[anchor.comment] += ((span.start, span.end, number) for span in anchor.spans)
        for key in keys(note.note) if note.note else ():
            if key.id in entries:  # which knows former ids, too
                citing[entries[key.id].id].append(number)
    longest = max((end - start for own in pieces.values() for start, end, _ in own), default=0)
    return _Notes(notes, {comment: sorted(own) for comment, own in pieces.items()}, longest, citing)


def _cited_works(context: RenderContext, prose: Prose | None) -> Iterator[Reference]:
    """Yield the references that prose cites, each once."""
    references = {reference.id: reference for reference in context.briefing.references}
    for id in dict.fromkeys(key.id for key in keys(prose)) if prose else ():
        if id in context.index and context.index[id].kind == "reference":
            yield references[context.index[id].id]


def _works(context: RenderContext, annotation: Annotation) -> Iterator[Markup]:
    prose = written_prose(annotation.note)
    for reference in _cited_works(context, prose):
        entry = context.index[reference.id]
        work = link(in_markdown(f"{entry.label}: {entry.name}"), entry.href)
        where = _where(context, reference, prose) if prose else ()
        yield Markup(context.say("list.comma")).join((work, *where))


def _excerpts(
    context: RenderContext, note: ContextNote
) -> Iterator[tuple[str, tuple[tuple[str, Markup], ...], Markup]]:
    """Yield the excerpts of each work that a note cites, no more than a few: those that its numbers need, where it says
    nothing with that work that has no number or has it from others too; else also the others, behind them, those that
    share most words with the note first."""
    say, prose = context.say, written_prose(note.note)
    for work in _cited_works(context, prose):
        entry, having = context.index[work.id], _having(context.briefing, work, prose) if prose else []
        needed = _alone(having)
        decided = needed and all(needed.intersection(found) for found in having)
        first = [each for n, each in enumerate(work.excerpts) if n in needed]
        others = [] if decided else [each for n, each in enumerate(work.excerpts) if n not in needed]
        others.sort(key=lambda each: -len(_long_words(prose.text if prose else "") & _long_words(each.exact)))
        shown = (*first, *others)[:_EXCERPTS]
        words = tuple((each.exact, excerpt_link(work, each.exact, each.where, say)) for each in shown)
        rest = len(work.excerpts) - len(words)
        more = link(in_markdown(say("card.excerpts_more", n=rest)), entry.href) if rest else Markup()
        if words:
            yield say("card.excerpts", n=len(words), work=f"{entry.label} ({short_work_name(work, say)})"), words, more


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _where(context: RenderContext, work: Reference, prose: Prose) -> Iterator[Markup]:
    """Yield links to those excerpts of a work that alone have a number of the sentences that cite it."""
    say, places = context.say, Counter(each.where for each in work.excerpts)
    for excerpt in _needed(context.briefing, work, prose) if len(work.excerpts) > 1 else ():
        words = say("quotes.quoted", words=statements.inner_marks(statements.shorten(excerpt.exact, _EXCERPT), say))
        where = excerpt.where if places[excerpt.where] == 1 else ""
        yield excerpt_link(work, excerpt.exact, where or words, say)


def _needed(briefing: Briefing, work: Reference, prose: Prose) -> list[Excerpt]:
    """Return the excerpts of a work without which a number of a sentence that cites it would stand in none of them."""
    return [work.excerpts[n] for n in sorted(_alone(_having(briefing, work, prose)))]


def _alone(having: Sequence[Sequence[int]]) -> set[int]:
    return {found[0] for found in having if len(found) == 1}


def _having(briefing: Briefing, work: Reference, prose: Prose) -> list[list[int]]:
    """Return the places of those excerpts of a work that have it, for each number of the sentences that rest on the
    work; none for a sentence that itself cites the work and has no number."""
    sentences = [each for each in judged_in(briefing, prose) if any(ground.id == work.id for ground in each.cited)]
    read = [Ground(work.id, partial(of_excerpt, each.exact, briefing, work)) for each in work.excerpts]
    numbers = [number for sentence in sentences for number in sentence.stated]
    having = [[n for n, ground in enumerate(read) if supported(number, (ground,))] for number in numbers]
    return [*having, *([] for each in sentences if not each.stated and work.id in each.sentence.own)]


_EXCERPTS = 3
"""Excerpts of one work that are shown with a note; the rest is listed with the work."""
_EXCERPT = 80
"""Characters of an excerpt that say which it is."""


def _in_parts(kind: str, parts: int, say: Messages) -> str:
    """Return what kind of statement something is, and of how many parts where the source interrupts it."""
    return kind if parts < 2 else say("quotes.in_parts", n=parts, kind=kind or say("kind.quotation"))


def _neighbour(context: RenderContext, annotation: Annotation, by: int, which: str) -> Markup:
    """Return the link to the annotation of the same page before (-1) or behind (1) one in the order of the text, named
    by its kind; empty where there is none. No number: that of its mark is none among those of its kind."""
    order = context.briefing.derive(in_text_order)
    at = context.index[annotation.id].number - 1 + by
    while 0 <= at < len(order):
        if isinstance(order[at], type(annotation)):
            entry = context.index[order[at].id]
            return link(in_markdown(context.say(f"card.{which}.{entry.kind}")), entry.href, entry.name)
        at += by
    return Markup()


def _annotators(names: Sequence[str], say: Messages) -> str:
    """Return who annotated something, as words; empty where that is not recorded."""
    return say("card.by", names=say.list(names)) if names else ""


def _judgement(context: RenderContext, assessment: Assessment | None) -> Judgement | None:
    if assessment is None:
        return None
    say = context.say
    by = say("verdict.by", by=assessment.by, date=say.date(assessment.date)) if assessment.by else ""
    return Judgement(
        verdict=assessment.verdict,
        title=say(f"verdict.{assessment.verdict}"),
        by=by,
        evidence=tuple(context.cite_work(id) for id in assessment.evidence if id in context.index),
        reading=label(say) if without_excerpt(context.briefing).issuperset(assessment.evidence) else Markup(),
        response=context.prose(assessment.response),
        note=context.prose(assessment.note),
    )
