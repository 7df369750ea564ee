"""Collects what prose may be based on: the words and numbers behind every id that prose can cite.

An annotation gives its target's words, read in their paragraph, and a value that is in them; a comment its text; a
theme the texts of its comments and their number; a reference its excerpts and its dates; a derived figure its result.
Notes, titles and labels give nothing: they are authored prose themselves. Neither do `min`, `max` and `period`, and the
date that `resolved` completes is the author's reading.

Names: looks up what the ids of a briefing name, and what an author may have meant by one that names nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefing.load.schema.formats import likest
from briefing.model import (
    Annotation,
    Briefing,
    Comment,
    ContextNote,
    Derived,
    Figure,
    Quotation,
    Reference,
    SeriesPoint,
    Status,
    Withdrawn,
    text_at,
)
from briefing.model.places import Span
from briefing.model.prose import ALL_COMMENTS, keys
from briefing.text import Date, Language, Quantity, in_digits, language, quantities, sentences
from briefing.text.sentences import whole_lines


class StatedNumber(Struct, frozen=True):
    """One number in something that can be cited, with the words that have it."""

    stated: Quantity
    words: str
    unseen: bool = False
    """Whether the author alone has seen it: a value of a series from a reference without an excerpt."""
    completed: bool = False
    """Whether it is a date that the author completed: the author's reading, which nobody said."""
    behind: str = ""
    """The words behind it, which may say what it counts."""

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Every exact value in it, those of the two numbers of a share too."""
        return (*self.stated.values, *(value for part in self.stated.parts for value in part.values))


class Ground(Struct, frozen=True, eq=False, dict=True):
    """What an id gives to rest on.

    Its words are read when a number is first looked for in them: of ten thousand comments, prose cites few.
    """

    id: str
    reader: Callable[[], Iterable[StatedNumber]] = tuple
    """Reads what it states."""
    blind: bool = False
    """Whether its words cannot be seen: a reference without an excerpt, on which rests the author's reading."""
    comments: frozenset[str] = frozenset()
    """The comments that citing it names."""
    note_reader: Callable[[], Iterable[StatedNumber]] = tuple
    """Reads its authored note."""
    note_cites: Callable[[], Iterable[str]] = tuple
    """Returns the ids that its note cites."""

    @cached_property
    def read(self) -> tuple[StatedNumber, ...]:
        """All that it states."""
        return tuple(self.reader())

    @cached_property
    def note(self) -> tuple[StatedNumber, ...]:
        """The numbers of its authored note, which give nothing but help to say what to cite instead."""
        return tuple(self.note_reader())


Grounds = Mapping[str, Ground]


def grounds(briefing: Briefing) -> Grounds:
    """Return what every id gives, former ids too."""
    return briefing.derive(_grounds)


def own(briefing: Briefing, annotation: Annotation) -> Ground:
    """Return what an annotation gives to its own note."""
    return grounds(briefing).get(annotation.id, Ground(annotation.id))


def _grounds(briefing: Briefing) -> Grounds:
    return dict(_by_id(briefing))


def _by_id(briefing: Briefing) -> Iterator[tuple[str, Ground]]:
    for record in (*briefing.annotations, *briefing.derived):
        lost = not isinstance(record, Derived) and record.id not in briefing.anchors  # reported already
        read, note = partial(_record, briefing, record), partial(_note, briefing, record)
        ground = Ground(record.id, read, lost, note_reader=note, note_cites=partial(_cited_in_note, record))
        yield from ((id, ground) for id in (*record.was, record.id))
    texts = language(briefing.source.language)
    comments = {
        comment.id: Ground(comment.id, partial(_comment, comment, texts), comments=frozenset({comment.id}))
        for comment in briefing.comments
    }
    yield from ((id, comments[each.id]) for each in briefing.comments for id in (*each.was, each.id))
    for theme in briefing.themes:
        members = dict.fromkeys(member.comment for member in theme.members)
        yield from ((id, _several(id, members, comments)) for id in (*theme.was, theme.id))
    yield ALL_COMMENTS, _several(ALL_COMMENTS, comments, comments)
    for reference in briefing.references:
        ground = Ground(reference.id, partial(_reference, briefing, reference), not reference.excerpts)
        yield from ((id, ground) for id in (*reference.was, reference.id))


def _several(id: str, members: Iterable[str], comments: Mapping[str, Ground]) -> Ground:
    """Return what a theme gives: what its comments say, and how many they are."""
    known = [comments[member] for member in members if member in comments]
    return Ground(id, partial(_joint, known), comments=frozenset(ground.id for ground in known))


def _joint(comments: Sequence[Ground]) -> Iterator[StatedNumber]:
    yield from (one for ground in comments for one in ground.read)
    yield StatedNumber(Quantity(Span(0, 0), (Decimal(len(comments)),)), f"{len(comments)} comments")


# --- annotations ------------------------------------------------------------------------------------------------


def _record(briefing: Briefing, record: Quotation | Figure | ContextNote | Derived) -> Iterator[StatedNumber]:
    if isinstance(record, Derived):
        yield from valued_as((record.value,), record.unit, language(briefing.language))
        return
    target = tuple(of_target(briefing, record))
    yield from target
    if isinstance(record, Figure):
        yield from _own_value(briefing, record, target)
        yield from _figure(record, language(briefing.language), without_excerpt(briefing))


def of_target(briefing: Briefing, record: Annotation) -> Iterator[StatedNumber]:
    """Yield what its words state, read in their paragraph, so that no number is cut."""
    anchor = briefing.anchors.get(record.id)
    if anchor is None:
        return
    rules, text = language(briefing.source.language), text_at(briefing, anchor)
    known = briefing.derive(_read_lines)
    for span in anchor.spans:
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        line = text[start : end if end >= 0 else len(text)]
        if (anchor.comment, start, end) not in known:
            known[anchor.comment, start, end] = _read_line(line, rules)
        for one in known[anchor.comment, start, end].near(span.start - start, span.end - start):
            number = Span(one.span.start + start, one.span.end + start)
            if number.overlaps(span) and (
                number.start >= span.start or _is_whole_from(span.start, number, one, text, rules)
            ):
                yield StatedNumber(one, one.span.of(line), behind=behind(one, line))


def _is_whole_from(start: int, number: Span, one: Quantity, text: str, rules: Language) -> bool:
    """Return whether words of a text say a number from a place within it, too: "double" of "to double"."""
    rest = text[start : number.end + _BEHIND]
    first = next(iter(quantities(rest, rules)), None)
    return (
        first is not None and first.span.start == 0 and (first.values, first.unit) == (one.values, one.unit) != ((), "")
    )


def beside_target(
    briefing: Briefing, record: Annotation, is_meant: Callable[[StatedNumber], bool]
) -> Iterator[tuple[str, Span]]:
    """Yield those numbers that are meant of the sentences around the words of an anchored annotation.

    Each with its words and its place in the source or comment.
    """
    anchor = briefing.anchors[record.id]
    rules, text = language(briefing.source.language), text_at(briefing, anchor)
    for part in anchor.spans:
        for sentence in sentences(text, rules, whole_lines(text, part)):
            for each in of_text(sentence.of(text), rules) if sentence.overlaps(part) else ():
                if is_meant(each):
                    start = sentence.start + each.stated.span.start
                    yield each.words, Span(start, start + len(each.words))


_BEHIND = 10
"""Code points behind a number without which some words say none: "double the"."""


class _ReadLine(Struct, frozen=True):
    """What a paragraph states, in its order."""

    stated: tuple[Quantity, ...]
    longest: int
    """The code points of the longest of them: one may be within another."""

    def near(self, start: int, end: int) -> Sequence[Quantity]:
        """Return what overlaps a part of the paragraph, and perhaps some before that."""
        first = bisect_left(self.stated, start - self.longest, key=_start_of)
        return self.stated[first : bisect_left(self.stated, end, first, key=_start_of)]


def _start_of(one: Quantity) -> int:
    return one.span.start


def _read_line(line: str, rules: Language) -> _ReadLine:
    stated = tuple(sorted(quantities(line, rules, with_names=True), key=_start_of))
    return _ReadLine(stated, max((one.span.end - one.span.start for one in stated), default=0))


def _read_lines(briefing: Briefing) -> dict[tuple[str, int, int], _ReadLine]:
    """Return where it is kept what a paragraph states, by its comment and place: each of its targets asks again."""
    return {}


def _own_value(briefing: Briefing, figure: Figure, target: Iterable[StatedNumber]) -> Iterator[StatedNumber]:
    """Yield a value with its unit, where its target has the bare number, or words in a language that cannot be read.

    Where the target says of what the number is, that is what it gives, and the author's unit adds nothing: 18p are not
    18 pounds.
    """
    value, source = figure.value, language(briefing.source.language)
    if value.words or value.date or figure.resolved:
        return
    bare = {number for one in target if not one.stated.unit and not one.stated.noun for number in one.stated.values}
    made = valued_as(
        (end for end in (value.low, value.high) if end is not None), figure.unit, language(briefing.language)
    )
    yield from (one for one in made if not source.known or bare & {*one.stated.values, value.low, value.high})


def _figure(figure: Figure, rules: Language, unseen: frozenset[str]) -> Iterator[StatedNumber]:
    """Yield the date of a figure, which the check finds in its target, and the values and periods of its series.

    What is resolved completes a date by the author's reading; a number that is resolved gives nothing, and neither do
    the author's least and most of words, nor the period.
    """
    value = figure.value
    if figure.resolved:
        for text in dict.fromkeys((value.date, figure.resolved.value)):
            yield from (replace(one, unseen=True, completed=True) for one in dated(text))
    elif value.date:
        yield from dated(value.date)
    for point in figure.series.points if figure.series else ():
        of_point = _point(point, figure.series.unit if figure.series else "", rules)
        yield from (replace(one, unseen=True) for one in of_point) if point.cite in unseen else of_point


def _point(point: SeriesPoint, unit: str, rules: Language) -> Iterator[StatedNumber]:
    """Yield the value of a series and its period; `series_value` holds it against what it cites."""
    yield from valued_as(dict.fromkeys((point.low, point.high)), unit, rules)
    yield from of_text(point.period, rules)


def without_excerpt(briefing: Briefing) -> frozenset[str]:
    """Return the references of which no words are recorded: what rests on them rests on the author's reading."""
    return frozenset(reference.id for reference in briefing.references if not reference.excerpts)


def has_readings(briefing: Briefing) -> bool:
    """Return whether any sentence can be the author's reading: of a work without an excerpt, or of a date."""
    return bool(without_excerpt(briefing)) or any(figure.resolved for figure in briefing.figures)


def valued_as(values: Iterable[Decimal], unit: str, rules: Language) -> Iterator[StatedNumber]:
    """Yield values with the unit that the words of a field have: as if they were before them, "5 % of GDP"."""
    like = next(iter(quantities(f"2 {unit}", rules)), Quantity(Span(0, 0)))
    scale = (like.values or (Decimal(2),))[0] / 2
    for value in dict.fromkeys(values):
        made = Quantity(Span(0, 0), (value * scale,), unit=like.unit, noun=like.noun)
        yield StatedNumber(made, f"{in_digits(value)} {unit}".strip(), behind=unit)


def dated(text: str) -> Iterator[StatedNumber]:
    """Yield an ISO 8601 day, month or year; nothing for other text."""
    parts = text.split("-")
    if all(part.isdigit() for part in parts) and len(parts[0]) == 4 and len(parts) <= 3:
        year, month, day = ([int(part) for part in parts] + [None, None])[:3]
        values = (Decimal(text),) if len(parts) == 1 else ()
        yield StatedNumber(Quantity(Span(0, 0), values, date=Date(Span(0, 0), year, month, day)), text)


def of_text(text: str, rules: Language) -> Iterator[StatedNumber]:
    """Return every number of a text in a language."""
    found = quantities(text, rules, with_names=True)
    return (StatedNumber(one, one.span.of(text), behind=behind(one, text)) for one in found)


def behind(one: Quantity, text: str) -> str:
    """Return the words behind a number in which it can be said what it counts."""
    return text[one.span.end : one.span.end + _COUNTED]


_COUNTED = 40
"""Code points behind a number in which it is said what it counts: "48 tired islanders"."""


def _note(briefing: Briefing, record: Quotation | Figure | ContextNote | Derived) -> Iterator[StatedNumber]:
    return of_text(record.note.text, language(briefing.language)) if record.note else iter(())


def _cited_in_note(record: Annotation | Derived) -> Iterator[str]:
    return (key.id for key in keys(record.note)) if record.note else iter(())


# --- comments and references ------------------------------------------------------------------------------------


def _comment(comment: Comment, rules: Language) -> Iterator[StatedNumber]:
    yield from of_text(comment.text, rules)
    yield from dated(comment.date)
    if comment.votes:
        yield StatedNumber(Quantity(Span(0, 0), (Decimal(comment.votes),)), f"{comment.votes} votes")


def _reference(briefing: Briefing, reference: Reference) -> Iterator[StatedNumber]:
    """Yield what its excerpts say, and when it was published."""
    for excerpt in reference.excerpts:
        yield from of_excerpt(excerpt.exact, briefing, reference)
    yield from dated(reference.published)


def of_excerpt(text: str, briefing: Briefing, reference: Reference) -> Iterator[StatedNumber]:
    """Yield what an excerpt states in the language of its work; where that is not said, in each that it may be in.

    Months are read by all their names, since a work in one language may quote a dateline in another.
    """
    text = _CELLS.sub(" | ", text) if _ROW.search(text) else text
    tags = dict.fromkeys(tag.split("-")[0] for tag in (briefing.language, briefing.source.language, "en"))
    said = [language(reference.language)] if reference.language else [language(tag) for tag in tags]
    found = [one for rules in said for one in of_text(text, rules)]
    found += [one for tag in tags for one in of_text(text, language(tag)) if one.stated.date and not one.stated.values]
    yield from dict.fromkeys(found)


_ROW = re.compile(r"[^\W\d_][,;|\t](?=\S)")
_CELLS = re.compile(r"(?<=\S)[,;|\t](?=\S)")
"""What parts the cells of a table's row: "Aggregate,2017,1.45" has two numbers."""


def nearest(stated: Quantity, read: Iterable[StatedNumber], most: int = 3) -> tuple[StatedNumber, ...]:
    """Return the numbers that are most like one: of the same unit first, then by how far they are from it."""
    if not stated.values:
        dates = [one for one in read if (one.stated.date and stated.date) or (one.stated.verbatim and stated.verbatim)]
        return tuple({one.words: one for one in dates}.values())[:most]
    wanted = stated.values[0]

    def far(one: StatedNumber) -> tuple[bool, Decimal]:
        value = one.stated.values[0]
        largest = max(abs(value), abs(wanted), Decimal(1))
        return one.stated.unit != stated.unit, abs(value - wanted) / largest

    numbers = sorted((one for one in read if one.stated.values), key=far)
    return tuple({one.words: one for one in numbers}.values())[:most]


# --- names -----------------------------------------------------------------------------------------------------------


Kind = Literal[
    "quotation", "reported statement", "figure", "derived figure", "context note", "theme", "comment", "reference"
]

_SHOWN = 8
"""Ids that a hint lists where none is near: of more the first ones would tell nothing about the one that is meant."""


class NamedThing(Struct, frozen=True):
    """What an id names."""

    id: str
    """The id that it has today, where it was asked for by a former one."""
    kind: Kind
    status: Status
    """That of an annotation or theme; comments and references have none, and count as published."""


def named(briefing: Briefing) -> Mapping[str, NamedThing]:
    """Return everything that prose may cite, by id and by former id."""
    return briefing.derive(_named)


def _named(briefing: Briefing) -> Mapping[str, NamedThing]:
    return dict(_things(briefing))


def _things(briefing: Briefing) -> Iterator[tuple[str, NamedThing]]:
    for quotation in briefing.quotations:
        kind: Kind = "reported statement" if quotation.kind == "reported" else "quotation"
        yield from _ids(quotation.id, quotation.was, kind, quotation.status)
    for figure in briefing.figures:
        yield from _ids(figure.id, figure.was, "figure", figure.status)
    for derived in briefing.derived:
        yield from _ids(derived.id, derived.was, "derived figure", derived.status)
    for note in briefing.context:
        yield from _ids(note.id, note.was, "context note", note.status)
    for theme in briefing.themes:
        yield from _ids(theme.id, theme.was, "theme", theme.status)
    for comment in briefing.comments:
        yield from _ids(comment.id, comment.was, "comment", "published")
    for reference in briefing.references:
        yield from _ids(reference.id, reference.was, "reference", "published")


def _ids(id: str, was: Iterable[str], kind: Kind, status: Status) -> Iterator[tuple[str, NamedThing]]:
    for name in (id, *was):
        yield name, NamedThing(id, kind, status)


def withdrawn(briefing: Briefing) -> Mapping[str, Withdrawn]:
    """Return what was taken back, by id and by former id; it cannot be cited."""
    return briefing.derive(_withdrawn)


def _withdrawn(briefing: Briefing) -> Mapping[str, Withdrawn]:
    return {id: entry for entry in briefing.withdrawn for id in (entry.id, *entry.was)}


_MOST_COMPARED = 200
"""Ids that one rule compares with all that are known; whoever has more unknown ones has made one mistake many times."""


class KnownIds:
    """Ids that something has, and which of them may be meant by others: each is compared once, some hundred at most."""

    def __init__(self, known: Collection[str], what: str) -> None:
        """`what` names all that are known: "comments"."""
        self.known, self.what = known, what
        self._near: dict[tuple[str, float, tuple[str, ...]], list[str]] = {}

    def near(self, id: str, cutoff: float = 0.6, own: tuple[str, ...] = ()) -> list[str]:
        """Return up to three ids that are most like one, the likest first; `own` are known beside the others here."""
        asked = (id, cutoff, own)
        if asked not in self._near:
            known = [*own, *self.known] if len(self._near) < _MOST_COMPARED else []
            self._near[asked] = likest(id, known, 3, cutoff)
        return self._near[asked]

    def hint(self, id: str, own: tuple[str, ...] = ()) -> str:
        """Return the ids that are most like one that is not known, or all of them where they are few."""
        if near := self.near(id, own=own):
            return f"did you mean {_listed(near)}?"
        known = [*own, *self.known] if len(own) + len(self.known) <= _SHOWN else []
        if known:
            return f"the {self.what} are {_listed(sorted(known))}"
        return f"write the id of one of the {self.what}" if self.known else f"this briefing has no {self.what}"


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"“{id}”" for id in ids)


def folded_name(name: str) -> str:
    """Return somebody's name as names are compared: without regard to case and spaces."""
    return " ".join(name.casefold().split())
