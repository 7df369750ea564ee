"""What a review file shows: a briefing with its drafts, for a colleague who has neither the folder nor the program."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from briefing.authoring import vocabulary
from briefing.authoring.change_entry import KINDS, annotation_files, entries_of
from briefing.authoring.found_entry import FoundEntry, mark
from briefing.authoring.review import UNPUBLISHED, place_of
from briefing.authoring.surroundings import surroundings
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import readable
from briefing.model import Briefing, Reference
from briefing.model.places import Span
from briefing.render.review_page import ReviewCard, ReviewPage, ReviewParagraph
from briefing.text import language

_PEOPLE = ("speaker", "via")
"""Fields that name people by their ids."""
_NO_FIELDS = ("id", "target", "in", "was", "status", "allow")
"""What the page shows in another way, and what says nothing to a colleague."""


def review_page(opened: OpenBriefing, day: datetime.date) -> tuple[ReviewPage, int]:
    """Return what a review file of a briefing shows, and how many annotations are left out, as they have no id.

    Raises ChangeRefusedError where the briefing cannot be read, EditError where one of its files cannot.
    """
    briefing = readable(opened)
    entries = [entry for file in annotation_files(opened) for entry in entries_of(file, KINDS)]
    by_id = {str(entry.data["id"]): entry for entry in reversed(entries) if entry.data.get("id")}
    placed = sorted(((place_of(briefing, entry), entry) for entry in by_id.values()), key=_place_order)
    cards = [(_card(briefing, number, entry, found), found) for number, (found, entry) in enumerate(placed, 1)]
    page = ReviewPage(
        briefing=briefing.path,
        title=briefing.title,
        language=briefing.language,
        text_language=briefing.source.language,
        is_draft=briefing.status in UNPUBLISHED,
        state=state_of(opened),
        day=day.isoformat(),
        about=[*_about(briefing)],
        paragraphs=[*_paragraphs(briefing, [(card, found[2]) for card, found in cards if found and not found[1]])],
        elsewhere=[card for card, found in cards if not found or found[1]],
        references=[(each.id, _described(each)) for each in briefing.references],
    )
    return page, sum(not entry.data.get("id") for entry in entries)


def state_of(opened: OpenBriefing) -> str:
    """Return the SHA-256 of the text files of a briefing, in hexadecimal."""
    made = sha256()
    for name, file in sorted(opened.checked.files.items()):
        if name.startswith(opened.folder):
            made.update(f"{name.removeprefix(opened.folder)}\0{file.text}\0".encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def state_of_entry(entry: FoundEntry) -> str:
    """Return a mark of an annotation as it is written, by which a later change is noticed."""
    return mark(entry.data)


# --- the text ---------------------------------------------------------------------------------------------------

_Found = tuple[str, str, tuple[Span, ...]] | None


def _place_order(placed: tuple[_Found, FoundEntry]) -> tuple[int, str, int]:
    """Return what sorts annotations: those of the source by their places, then of comments, then those not found."""
    found, _ = placed
    return (2, "", 0) if found is None else (int(bool(found[1])), found[1], found[2][0].start)


def _paragraphs_of(briefing: Briefing, span: Span) -> range:
    """Return the paragraphs that a span has words in, from 0; at least one."""
    lines = briefing.source.lines
    first = max(bisect_right(lines, span.start, key=lambda line: line.start) - 1, 0)
    return range(first, max(bisect_right(lines, span.end - 1, key=lambda line: line.start), first + 1))


def _paragraphs(briefing: Briefing, cards: Sequence[tuple[ReviewCard, Sequence[Span]]]) -> Iterator[ReviewParagraph]:
    """Yield the paragraphs of the source, each with the annotations that begin in it."""
    marked: dict[int, list[tuple[Span, ReviewCard]]] = defaultdict(list)
    beside: dict[int, list[ReviewCard]] = defaultdict(list)
    for card, spans in cards:
        beside[_paragraphs_of(briefing, spans[0])[0]].append(card)
        for span in spans:
            for at in _paragraphs_of(briefing, span):
                marked[at].append((span, card))
    for at, paragraph in enumerate(briefing.source.paragraphs):
        pieces = _pieces(briefing.source.text, paragraph.span, marked.get(at, ()))
        yield ReviewParagraph(paragraph.number, [*pieces], beside.get(at, ()))


def _pieces(
    text: str, within: Span, marks: Sequence[tuple[Span, ReviewCard]]
) -> Iterator[tuple[str, ReviewCard | None]]:
    """Yield a paragraph in pieces; where annotations overlap, a piece belongs to the shortest."""
    ends = {end for span, _ in marks for end in (span.start, span.end) if within.start < end < within.end}
    shortest_first = sorted(marks, key=lambda marked: marked[0].end - marked[0].start)
    for start, end in pairwise(sorted({within.start, within.end} | ends)):
        piece = Span(start, end)
        yield piece.of(text), next((card for span, card in shortest_first if span.overlaps(piece)), None)


# --- annotations ------------------------------------------------------------------------------------------------


def _card(briefing: Briefing, number: int, entry: FoundEntry, found: _Found) -> ReviewCard:
    key, data = str(entry.path[0]), entry.data
    form = "reported" if key == "quotes" and data.get("kind") == "reported" else key
    shown: list[tuple[str, bool]] = []
    if found is None:
        shown = [(_plain(data.get("target"), ""), False)]
    elif found[1]:
        pieces = surroundings(found[0], language(briefing.source.language), found[2])
        shown = [(piece.text, piece.marked) for piece in pieces]
    speaker = _person(briefing, data.get("speaker"))
    kind = vocabulary.KINDS[form].label
    return ReviewCard(
        number=number,
        id=str(data["id"]),
        state=state_of_entry(entry),
        kind=kind,
        key=key,
        title=str(data.get("title") or data.get("label") or speaker or kind),
        is_draft=data.get("status") in UNPUBLISHED,
        words=shown,
        fields=[*_fields(briefing, form, data)],
    )


def _fields(briefing: Briefing, form: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an author has written, with the words that forms have for it."""
    labels = {each.name: each.label for each in vocabulary.forms()[form]}
    for name, value in data.items():
        if name in _NO_FIELDS or name in ("title", "label") or not value:
            continue
        given = value if isinstance(value, list) else [value]
        people = [_person(briefing, each) for each in given] if name in _PEOPLE else []
        yield labels.get(name, name), ", ".join(people) or _plain(value)


def _person(briefing: Briefing, id: Any) -> str:
    person = briefing.people.get(str(id or ""))
    return person.name if person else str(id or "")


def _plain(value: Any, indent: str = "") -> str:
    """Return a value of a file as lines of text; what is in a list or mapping of several is set in."""
    if isinstance(value, Mapping):
        rows = ((key, inner) for key, inner in value.items() if inner not in (None, "", [], {}))
        return "\n".join(f"{indent}{key}: {_plain(inner, indent + '  ').lstrip()}" for key, inner in rows)
    if isinstance(value, list):
        simple = not any(isinstance(inner, Mapping | list) for inner in value)
        return ", ".join(map(str, value)) if simple else "\n".join(_plain(inner, indent) for inner in value)
    return str(value if value is not None else "")


# --- the briefing -----------------------------------------------------------------------------------------------


def _about(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Yield what a briefing says of itself and of its source, as far as it says anything."""
    source = briefing.source
    origin = (source.title, source.author, source.publisher, source.published, source.url)
    yield from (
        (label, value)
        for label, value in (
            ("Source", ", ".join(filter(None, origin))),
            ("Summary", briefing.summary.text if briefing.summary else ""),
            ("Key points", "\n".join(point.text for point in briefing.key_points)),
        )
        if value
    )


def _described(reference: Reference) -> str:
    """Return a work in one line, and its excerpts."""
    printed = (reference.volume, reference.issue, reference.pages)
    parts = (
        ", ".join(reference.authors),
        reference.title,
        reference.publisher,
        *printed,
        reference.published,
        reference.url,
    )
    return "\n".join([", ".join(filter(None, parts)), *(f"“{excerpt.exact}”" for excerpt in reference.excerpts)])
