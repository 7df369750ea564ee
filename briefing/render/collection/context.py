"""What every page across briefings is made with."""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.collection import Collection, Profile
from briefing.model import Briefing
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.pagination import PagerStep, pager_steps
from briefing.render.routes import Routes, relative_link


@dataclass(frozen=True, slots=True)
class CollectionContext:
    """A page being written: the interface speaks the language of the site, not of any briefing."""

    collection: Collection
    signs: Routes
    say: Messages
    here: str
    """The page's path, relative to the docs folder."""

    def to(self, words: str, there: str, fragment: str = "", title: str = "") -> Markup:
        """A link from this page."""
        return link(in_markdown(words), relative_link(self.here, there, fragment), title)

    def to_briefing(self, briefing: Briefing, words: str = "") -> Markup:
        """A link to a briefing's overview, by its title."""
        return self.to(words or briefing.title, f"{briefing.path}/index.md")

    def holds(self, counts: Mapping[str, int], briefings: Those[str]) -> str:
        """How much there is in how many briefings, in words: “23 quotations and 4 figures in 2 briefings”."""
        say, where = self.say, self.say("count.briefings", n=len(briefings))
        what = say.list([say(f"count.{kind}", n=n) for kind, n in counts.items() if n])
        return say("across.holds", what=what, where=where) if what else where

    def to_person(self, id: str, name: str) -> Markup:
        """A link to somebody's page, or the name alone."""
        return self.to(name, self.signs.people[id]) if id in self.signs.people else in_markdown(name)

    def feeds(self, page: str) -> tuple[Markup, ...]:
        """Links to the feeds of a page of a person or topic; none where it cannot be followed."""
        atom, json = self.signs.feeds.get(page, ("", ""))
        ways = ((atom, self.say("feed.atom")), (json, self.say("feed.json")))
        return tuple(self.to(words, path) for path, words in ways if path)


def told_apart(profile: Profile) -> str:
    """A name; where others have the same, with what was last said of who this is."""
    if not profile.namesakes:
        return profile.person.name
    role = profile.roles[0][0] if profile.roles else profile.items[0].briefing.title
    return f"{profile.person.name} ({role})"


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """What a page shows, and with which template."""

    path: str
    """Relative to the docs folder."""
    template: str
    """Without its ending."""
    title: str
    about: str
    """A sentence for search engines and the top of an index."""
    views: Mapping[str, object]
    """What the template shows; templates/README.md documents each name."""
    edit: str = ""
    """The file to open for a change, relative to the docs folder."""
    number: int = 1
    """Which sheet of a list it is."""


T = TypeVar("T")

MOST = 200
"""Entries on a sheet: a page of that length opens at once on a phone."""


@dataclass(frozen=True, slots=True)
class PageSlice(Generic[T]):
    """A part of a list that is one page."""

    number: int
    """From 1."""
    of: int
    """How many sheets the list has."""
    path: str
    """Relative to the docs folder."""
    items: tuple[T, ...]


def paginate(path: str, items: Sequence[T]) -> Iterator[PageSlice[T]]:
    """The sheets of a list whose first page is `path`; one, where it is empty."""
    count = max(1, -(-len(items) // MOST))
    for number in range(1, count + 1):
        cut = tuple(items[(number - 1) * MOST : number * MOST])
        yield PageSlice(number, count, slice_path(path, number), cut)


def slice_path(path: str, number: int) -> str:
    """The path of a sheet: `people/ada.md`, `people/ada/2.md`; of an index `people/index.md`, `people/_2.md`."""
    stem = path.removesuffix(".md")
    if number == 1:
        return path
    return f"{stem.removesuffix('index')}_{number}.md" if stem.endswith("/index") else f"{stem}/{number}.md"


def slice_pager(sheet: PageSlice[T], path: str, say: Messages) -> tuple[PagerStep, ...]:
    """The way to the other sheets; empty where there is one alone."""
    return pager_steps(sheet.number, sheet.of, lambda number: relative_link(sheet.path, slice_path(path, number)), say)
