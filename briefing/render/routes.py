"""Where the pages across briefings are, so that other pages can lead there; where there is none, nothing leads there.

Addresses are worked out from ids and tags alone. Ids never hold an underscore and topics' addresses neither, so what
begins with one is a further page of an index, or the page of somebody whose id is `index`.
"""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Literal, get_args
from urllib.parse import quote

from briefing.collection import Collection, Profile, Topic, fold_tag
from briefing.model import Briefing

Part = Literal["people", "topics", "timeline", "measures", "references", "elsewhere"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What a library can show, in the order of its links; `elsewhere` is no page but a line on cards."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Paths of pages across briefings, relative to the docs folder."""

    indexes: tuple[tuple[Part, str], ...] = ()
    """The first page of each part that there is."""
    people: Mapping[str, str] = field(default_factory=dict)
    """By id."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """By folded tag."""
    measures: Mapping[str, str] = field(default_factory=dict)
    """By id."""
    elsewhere: bool = False
    """Whether cards lead to the same words in other briefings."""
    feeds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By the page of a person or topic that can be followed: its Atom and its JSON feed."""

    def topic(self, tag: str) -> str:
        """The page of a tag, however it is spelt; empty where there is none."""
        return self.topics.get(fold_tag(tag), "")


NO_ROUTES = Routes()
"""Where nothing is shown across briefings."""


def make_routes(collection: Collection, parts: Those[str], *, feeds: bool = False) -> Routes:
    """Return the pages that a collection has, of the parts that a site wants; `feeds` says if some can be followed."""
    filled = {
        "people": collection.people,
        "topics": collection.topics,
        "timeline": collection.moments,
        "measures": collection.trends,
        "references": collection.works,
    }
    shown: tuple[Part, ...] = tuple(part for part in PARTS if part in parts and filled.get(part))
    people = collection.people if "people" in shown else ()
    topics = collection.topics if "topics" in shown else ()
    trends = collection.trends if "measures" in shown else ()
    return Routes(
        indexes=tuple((part, f"{part}/index.md") for part in shown),
        people={one.person.id: _page("people", one.person.id) for one in people},
        topics={topic.key: _topic_page(topic) for topic in topics},
        measures={trend.measure.id: _page("measures", trend.measure.id) for trend in trends},
        elsewhere="elsewhere" in parts,
        feeds={page: _feeds(page) for page in _followed(people, topics)} if feeds else {},
    )


def _followed(people: Iterable[Profile], topics: Iterable[Topic]) -> Iterator[str]:
    """Yield the pages of people and topics of which there is something to follow."""
    yield from (_page("people", one.person.id) for one in people if _published(one.briefings))
    yield from (_topic_page(topic) for topic in topics if _published(topic.all_briefings))


def _topic_page(topic: Topic) -> str:
    return f"topics/{topic.slug}.md"


def relative_link(here: str, there: str, fragment: str = "") -> str:
    """Return the Markdown link from one page to another; both are paths relative to the docs folder."""
    return "../" * normpath(here).count("/") + quote(normpath(there)) + (f"#{fragment}" if fragment else "")


def folder_link(here: str, folder: str) -> str:
    """Return the beginning of links from a page to those in a folder, with a slash at its end where there is any."""
    there = normpath(folder)
    return "../" * normpath(here).count("/") + (f"{quote(there)}/" if there != "." else "")


def _published(briefings: Iterable[Briefing]) -> bool:
    """Whether there is anything to follow yet: a preview has drafts too, and no feed has."""
    return any(briefing.status == "published" for briefing in briefings)


def _feeds(page: str) -> tuple[str, str]:
    stem = f"feeds/{page.removesuffix('.md')}"
    return f"{stem}.xml", f"{stem}.json"


def _page(part: str, id: str) -> str:
    return f"{part}/_index.md" if id == "index" else f"{part}/{id}.md"
