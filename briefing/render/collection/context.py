"""What every page across briefings is made with."""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.collection import Collection, Profile
from briefing.model import Briefing
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
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
    """Which page of a list it is."""
