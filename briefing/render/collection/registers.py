"""The indexes that are looked up by name: people, topics and measures.

A long one is divided by first letters, with a link to each letter on whichever page it begins, and has a field that
narrows it (`registers.js`). A short one is seen at a glance and has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from briefing.collection.records import alphabetical
from briefing.render.collection.context import CollectionContext, CollectionPage, make_index
from briefing.render.escape import Markup
from briefing.render.pagination import PageSlice, paginate
from briefing.render.routes import Part

FEW = 20
"""Names that are seen at a glance."""
_MOST_LETTERS = 60
"""More than any alphabet has: scripts in which nearly every name begins with a sign of its own have no letters here."""
_OTHER = "#"
"""Stands for all names that begin with no letter."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A person, topic or measure in its index."""

    link: Markup
    contents: str
    role: str = ""
    """What a person was last said to be, or that it is an organisation."""
    unit: str = ""
    """Of a measure."""


@dataclass(frozen=True, slots=True)
class LetterRows:
    """The part of an index below one letter, as far as it is on one page."""

    id: Markup
    """The fragment; empty where the letter began on an earlier page."""
    letter: str
    lines: tuple[IndexRow, ...]


def make_register(
    context: CollectionContext,
    part: Part,
    items: Sequence[T],
    name: Callable[[T], str],
    row: Callable[[CollectionContext, T], IndexRow],
    edit: str = "",
) -> Iterator[CollectionPage]:
    """Yield the pages of an index; none without anything in it.

    `items` are in the order of what `name` gives, which is the name that each is filed under; `row` is what is shown.
    """
    begins = _beginnings(f"{part}/index.md", items, name) if len(items) > FEW else {}
    if not 1 < len(begins) <= _MOST_LETTERS:
        begins = {}

    def views(own: CollectionContext, shown: PageSlice[T]) -> Mapping[str, object]:
        return {
            "lines": [row(own, item) for item in shown.items],
            "long": len(items) > FEW,
            "letters": [own.to(letter, path, _fragment(letter)) for letter, path in begins.items()],
            "by_letter": list(_by_letter(own, shown, begins, name, row)) if begins else (),
        }

    yield from make_index(context, part, items, views, edit)


def letter_of(name: str) -> str:
    """Return the letter that a name is filed under, without accents; a sign for names that begin with none."""
    first = alphabetical(name)[0][:1].upper()[:1]
    return first if first.isalpha() else _OTHER


def _beginnings(path: str, items: Iterable[T], name: Callable[[T], str]) -> dict[str, str]:
    """Return every letter with the page on which it begins."""
    begins: dict[str, str] = {}
    for part in paginate(path, tuple(items)):
        for item in part.items:
            begins.setdefault(letter_of(name(item)), part.path)
    return begins


def _by_letter(
    context: CollectionContext,
    part: PageSlice[T],
    begins: Mapping[str, str],
    name: Callable[[T], str],
    row: Callable[[CollectionContext, T], IndexRow],
) -> Iterator[LetterRows]:
    """Yield a page by letters; names that begin with no letter may be in two places, of which the first is linked."""
    seen: set[str] = set()
    for letter, found in groupby(part.items, key=lambda item: letter_of(name(item))):
        first = begins[letter] == part.path and letter not in seen
        seen.add(letter)
        yield LetterRows(
            Markup(_fragment(letter) if first else ""), letter, tuple(row(context, item) for item in found)
        )


def _fragment(letter: str) -> str:
    """Return the fragment of a letter: an address holds it as it is only in Latin script."""
    return f"_{letter.lower()}" if letter.isascii() and letter.isalpha() else f"_u{ord(letter):04x}"
