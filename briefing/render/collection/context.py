"""What every page across briefings is made with, and how long lists become pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Those
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from briefing.collection import Collection, Profile
from briefing.model import Briefing
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.pagination import PageSlice, paginate
from briefing.render.routes import Part, Routes, relative_link


@dataclass(frozen=True, slots=True)
class CollectionContext:
    """A page being written: the interface speaks the language of the site, not of any briefing."""

    collection: Collection
    routes: Routes
    say: Messages
    here: str
    """The page's path, relative to the docs folder."""

    def to(self, words: str, there: str, fragment: str = "", title: str = "") -> Markup:
        """Return a link from this page."""
        return link(in_markdown(words), relative_link(self.here, there, fragment), title)

    def to_briefing(self, briefing: Briefing, words: str = "") -> Markup:
        """Return a link to a briefing's overview, by its title."""
        return self.to(words or briefing.title, f"{briefing.path}/index.md")

    def contents(self, counts: Mapping[str, int], briefings: Those[str]) -> str:
        """Return how much there is in how many briefings, in words: “23 quotations and 4 figures in 2 briefings”."""
        say, where = self.say, self.say("count.briefings", n=len(briefings))
        what = say.list([say(f"count.{kind}", n=n) for kind, n in counts.items() if n])
        return say("across.holds", what=what, where=where) if what else where

    def to_person(self, id: str, name: str) -> Markup:
        """Return a link to somebody's page, or the name alone."""
        return self.to(name, self.routes.people[id]) if id in self.routes.people else in_markdown(name)

    def feeds(self, page: str) -> tuple[Markup, ...]:
        """Return links to the feeds of a page of a person or topic; none where it cannot be followed."""
        atom, json = self.routes.feeds.get(page, ("", ""))
        ways = ((atom, self.say("feed.atom")), (json, self.say("feed.json")))
        return tuple(self.to(words, path) for path, words in ways if path)


def distinct_name(profile: Profile) -> str:
    """Return a name; where others have the same, with what was last said of who this is."""
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
    views: Callable[[], Mapping[str, object]]
    """Makes what the template shows; templates/README.md documents each name."""
    edit: str = ""
    """The file to open for a change, relative to the docs folder."""
    number: int = 1
    """Which page of a list it is."""
    of: int = 1
    """How many pages the list has."""
    shows: tuple[object, ...] | None = None
    """All that its views are made of besides the routes: briefings, items of the collection, plain values and tuples of
    these. None where that may be anything in the collection."""


T = TypeVar("T")


def make_pages(
    context: CollectionContext,
    path: str,
    items: Sequence[T],
    views: Callable[[CollectionContext, PageSlice[T]], Mapping[str, object]],
    *,
    template: str,
    title: str,
    about: str,
    edit: str = "",
    shows: Callable[[PageSlice[T]], tuple[object, ...]] | None = None,
) -> Iterator[CollectionPage]:
    """Yield the pages of a list whose first page is at `path`; `views` says what a template shows of each, `shows`
    what that is made of, see `CollectionPage`."""
    for part in paginate(path, items):
        shown = partial(_views, context, part, views)
        made_of = shows(part) if shows else None
        yield CollectionPage(part.path, template, title, about, shown, edit, part.number, part.of, made_of)


def _views(
    context: CollectionContext,
    part: PageSlice[T],
    views: Callable[[CollectionContext, PageSlice[T]], Mapping[str, object]],
) -> Mapping[str, object]:
    return {**views(replace(context, here=part.path), part), "pager": part.pager(context.say)}


def make_index(
    context: CollectionContext,
    part: Part,
    items: Sequence[T],
    views: Callable[[CollectionContext, PageSlice[T]], Mapping[str, object]],
    edit: str = "",
    shows: Callable[[PageSlice[T]], tuple[object, ...]] | None = None,
) -> Iterator[CollectionPage]:
    """Yield the pages of the index of a part; none without anything in it. See `make_pages`."""
    title, about = context.say(f"across.{part}"), context.say(f"{part}.intro")
    path = f"{part}/index.md"
    if items:
        yield from make_pages(
            context, path, items, views, template=part, title=title, about=about, edit=edit, shows=shows
        )
