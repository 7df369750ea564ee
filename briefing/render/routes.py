"""Where the pages across briefings are, so that other pages can lead there; where there is none, nothing leads there.

Addresses are worked out from ids and tags alone. Ids never hold an underscore and topics' addresses neither, so what
begins with one is a further page of an index, or the page of somebody whose id is `index`.

Collection links: links from a briefing's pages to what is said across all of them; nothing where the site has no
such pages.
"""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Literal, get_args
from urllib.parse import quote

from briefing.collection import Collection, Profile, Topic, fold_tag, topic_name
from briefing.collection.topics import slug
from briefing.model import Briefing, ContextNote, Figure, Quotation
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages

Part = Literal["people", "topics", "timeline", "measures", "references", "data", "elsewhere"]
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
    copies: tuple[str, ...] = ()
    """The formats of the copies in one file that each briefing has."""

    def topic(self, tag: str) -> str:
        """The page of a tag, however it is spelt; empty where there is none."""
        return self.topics.get(fold_tag(tag), "")


NO_ROUTES = Routes()
"""Where nothing is shown across briefings."""


def make_routes(
    collection: Collection, parts: Those[str], *, feeds: bool = False, copies: tuple[str, ...] = ()
) -> Routes:
    """Return the pages that a collection has, of the parts that a site wants; `feeds` says if some can be followed,
    `copies` which formats of copies each briefing has."""
    filled = {
        "people": collection.people,
        "topics": collection.topics,
        "timeline": collection.moments[1:],  # one date is no timeline
        "measures": collection.trends,
        "references": collection.works,
        "data": collection.briefings,
    }
    shown: tuple[Part, ...] = tuple(part for part in PARTS if part in parts and filled.get(part))
    people = collection.people if "people" in shown else ()
    topics = collection.topics if "topics" in shown else ()
    trends = collection.trends if "measures" in shown else ()
    return Routes(
        indexes=tuple((part, f"{part}/index.md") for part in shown),
        people={one.person.id: entry_page("people", one.person.id) for one in people},
        topics={topic.key: topic_page(topic.key) for topic in topics},
        measures={trend.measure.id: entry_page("measures", trend.measure.id) for trend in trends},
        elsewhere="elsewhere" in parts,
        feeds={page: feeds_of(page) for page in _followed(people, topics)} if feeds else {},
        copies=copies,
    )


def _followed(people: Iterable[Profile], topics: Iterable[Topic]) -> Iterator[str]:
    """Yield the pages of people and topics of which there is something to follow."""
    yield from (entry_page("people", one.person.id) for one in people if _published(one.briefings))
    yield from (topic_page(topic.key) for topic in topics if _published(topic.all_briefings))


def topic_page(key: str) -> str:
    """Return the page of a folded tag, relative to the docs folder."""
    return f"topics/{slug(key)}.md"


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


def feeds_of(page: str) -> tuple[str, str]:
    """Return the paths of the Atom and the JSON feed of a page, relative to the docs folder."""
    stem = f"feeds/{page.removesuffix('.md')}"
    return f"{stem}.xml", f"{stem}.json"


def entry_page(part: Literal["people", "measures"], id: str) -> str:
    """Return the page of an entry of a register, relative to the docs folder."""
    return f"{part}/_index.md" if id == "index" else f"{part}/{id}.md"


# --- collection links ------------------------------------------------------------------------------------------------


def topic_links(routes: Routes, briefing: Briefing, tags: Iterable[str]) -> tuple[Markup, ...]:
    """What the tags are called, each a link to its topic where there is a page of it."""
    pages = ((topic_name(tag, briefing), routes.topic(tag)) for tag in tags)
    return tuple(_link(briefing, name, page) if page else in_markdown(name) for name, page in dict.fromkeys(pages))


def people_links(
    routes: Routes, briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages
) -> tuple[Markup, ...]:
    """Who else has to do with an annotation: who states a figure, who quotes the speaker of a quotation."""
    if isinstance(annotation, ContextNote):
        return ()
    ids = annotation.via if isinstance(annotation, Quotation) else (annotation.speaker,)
    return tuple(one for id in dict.fromkeys(ids) if (one := person_link(routes, briefing, id, say)))


def person_link(routes: Routes, briefing: Briefing, id: str, say: Messages) -> Markup:
    """The link to everything that somebody said; empty where there is no such page."""
    page = routes.people.get(id, "")
    return _link(briefing, say("people.all", name=briefing.people[id].name), page) if page else Markup()


def data_link(routes: Routes, briefing: Briefing, say: Messages) -> Markup:
    """The link to what explains the files with the records; empty where there is no such page."""
    page = dict(routes.indexes).get("data", "")
    return _link(briefing, say("data.explained"), page) if page else Markup()


def measure_link(routes: Routes, briefing: Briefing, figure: Figure) -> Markup:
    """The link to all values of a figure's measure; empty where there is none."""
    page = routes.measures.get(figure.measure, "")
    return _link(briefing, briefing.measures[figure.measure].label, page) if page else Markup()


def _link(briefing: Briefing, words: str, there: str) -> Markup:
    """All pages of a briefing lie in its folder, so one link serves them all."""
    return link(in_markdown(words), relative_link(f"{briefing.path}/index.md", there))
