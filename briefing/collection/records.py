"""The records of a library. Each leads back to the briefing that it is from: everything shown has its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Literal, TypeVar
from unicodedata import combining, normalize

from msgspec import Struct

from briefing.model import (
    Annotation,
    Briefing,
    ContextNote,
    Derived,
    Figure,
    Measure,
    Person,
    Quotation,
    Reference,
    Theme,
)

Tagged = Quotation | Figure | Derived | ContextNote | Theme
"""What of a briefing can have tags of its own."""
R = TypeVar("R", bound=Tagged, covariant=True)


def date_of(briefing: Briefing) -> str:
    """When what a briefing quotes was said, as far as is known: the day its source was published, else its own."""
    return briefing.source.published or briefing.date


class CollectionItem(Struct, Generic[R], frozen=True):
    """An annotation or theme with the briefing that it is from."""

    briefing: Briefing
    record: R

    @property
    def date(self) -> str:
        """ISO 8601 day, month or year, see `date_of`."""
        return date_of(self.briefing)


class Profile(Struct, frozen=True, kw_only=True):
    """A person or organisation, and all that the briefings have of them."""

    person: Person
    said: tuple[CollectionItem[Quotation | Figure], ...]
    """What they say: quotations and figures, the newest briefing first, within one in the order of its text."""
    passed_on: tuple[CollectionItem[Quotation], ...]
    """What others say, as quoted by them."""
    roles: tuple[tuple[str, Briefing], ...]
    """What they were, the newest first, each with the newest briefing that says so."""
    namesakes: tuple[str, ...]
    """Ids of others with the same name."""

    @property
    def items(self) -> tuple[CollectionItem[Quotation | Figure], ...]:
        """All of it, what they passed on last."""
        return (*self.said, *self.passed_on)

    @property
    def briefings(self) -> tuple[Briefing, ...]:
        """Those that have anything of them, each once."""
        return tuple({item.briefing.path: item.briefing for item in self.items}.values())


class Topic(Struct, frozen=True, kw_only=True):
    """A tag in all its spellings, and everything that has it."""

    key: str
    """The tag folded, see `topics.fold_tag`; what makes two tags one."""
    name: str
    """What it is called most often, see `topics.topic_name`."""
    slug: str
    """Its part of an address: worked out from the key alone, so that it never changes with other tags."""
    spellings: tuple[tuple[str, int], ...]
    """Every spelling and how often it is used, the commonest first."""
    briefings: tuple[Briefing, ...]
    """Those that have the tag themselves, the newest first."""
    items: tuple[CollectionItem[Tagged], ...]
    """Annotations, derived figures and themes that have it, the newest briefing first."""

    @property
    def all_briefings(self) -> tuple[Briefing, ...]:
        """Those that have the tag themselves, and those of which something has it, each once."""
        every = (*self.briefings, *(item.briefing for item in self.items))
        return tuple({briefing.path: briefing for briefing in every}.values())


class Moment(Struct, frozen=True):
    """A date, and what it is the date of: a source's publication, or what a figure says."""

    date: str
    """ISO 8601 day, month or year."""
    briefing: Briefing
    figure: Figure | None
    """None for the publication of the briefing's source."""


class Trend(Struct, frozen=True):
    """A measure with its values in all briefings."""

    measure: Measure
    items: tuple[CollectionItem[Figure], ...]
    """By the period that each is for, the oldest first; what has no period stands last."""


class Echo(Struct, frozen=True):
    """A place in another briefing where the same words stand."""

    path: str
    """Of the other briefing."""
    title: str
    origin: Literal["quotes", "figures", "context", ""]
    """The list of the annotation there that has the words; empty where they stand in the source without one."""
    id: str
    """Of that annotation; empty without one."""
    paragraph: int
    """The paragraph of that source, from 1; 0 where an annotation has the words."""
    page: str = "text"
    """The page that has the paragraph, without its ending."""


class WorkUse(Struct, frozen=True):
    """That a briefing rests on a work."""

    briefing: Briefing
    reference: Reference | None
    """The entry of its references; None where the work is the briefing's own source."""


class Work(Struct, frozen=True, kw_only=True):
    """A document that briefings rest on: as their source or as a reference."""

    title: str
    publisher: str
    url: str
    """Where it can be read: as the newest of its uses has it, that of a copy where it is gone; empty for nowhere."""
    published: str
    uses: tuple[WorkUse, ...]
    """The newest briefing first, each briefing once."""


class Collection(Struct, frozen=True, kw_only=True):
    """All records of a library."""

    briefings: tuple[Briefing, ...] = ()
    """The newest first."""
    people: tuple[Profile, ...] = ()
    """By name."""
    topics: tuple[Topic, ...] = ()
    """By name."""
    moments: tuple[Moment, ...] = ()
    """The oldest first."""
    trends: tuple[Trend, ...] = ()
    """By label."""
    works: tuple[Work, ...] = ()
    """By publisher and title."""


A = TypeVar("A", bound=Annotation)


def alphabetical(text: str) -> tuple[str, str]:
    """A key that puts names in the order of a register: case and accents count only between equals."""
    plain = "".join(mark for mark in normalize("NFKD", text.casefold()) if not combining(mark))
    return plain, text


def in_text_order(briefing: Briefing, annotations: Iterable[A]) -> list[A]:
    """The annotations that were found, by their place in the text; those in comments last."""

    def place(annotation: A) -> tuple[bool, str, int, int]:
        anchor = briefing.anchors[annotation.id]
        return bool(anchor.comment), anchor.comment, anchor.whole.start, -anchor.whole.end

    return sorted((one for one in annotations if one.id in briefing.anchors), key=place)
