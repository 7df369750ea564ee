"""The index of topics, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.collection import Topic, date_of
from briefing.model import Briefing
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.collection.statements import Statement, groups
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.pagination import paginate
from briefing.render.routes import relative_link


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the index."""

    link: Markup
    holds: str


def leaves(desk: CollectionContext) -> Iterator[CollectionPage]:
    """The index and all pages of topics; nothing without topics."""
    topics, say = desk.collection.topics, desk.say
    path = "topics/index.md"
    for page in paginate(path, topics) if topics else ():
        own = replace(desk, here=page.path)
        lines = [
            TopicRow(own.to(topic.name, desk.signs.topics[topic.key]), _holds(desk, topic)) for topic in page.items
        ]
        views = {"lines": lines, "pager": page.pager(say)}
        yield CollectionPage(page.path, "topics", say("across.topics"), say("topics.intro"), views, number=page.number)
    for topic in topics:
        yield from _pages(desk, topic)


def _pages(desk: CollectionContext, topic: Topic) -> Iterator[CollectionPage]:
    path, say, holds = desk.signs.topics[topic.key], desk.say, _holds(desk, topic)
    for page in paginate(path, _rows(topic)):
        own = replace(desk, here=page.path)
        views = {
            "index": link(in_markdown(say("across.topics")), relative_link(page.path, "topics/index.md")),
            "name": topic.name,
            "holds": holds,
            "feeds": own.feeds(path),
            "groups": list(groups(own, page.items)),
            "pager": page.pager(say),
        }
        about = say("topics.about", name=topic.name, holds=holds)
        yield CollectionPage(page.path, "topic", topic.name, about, views, number=page.number)


def _rows(topic: Topic) -> list[tuple[Briefing, Statement | None]]:
    """Briefings that have the tag, and what in others has it of its own, the newest briefing first."""
    rows: list[tuple[Briefing, Statement | None]] = [(briefing, None) for briefing in topic.briefings]
    rows += [(item.briefing, item) for item in topic.items]
    return sorted(rows, key=lambda row: (date_of(row[0]), row[0].date, row[0].path), reverse=True)


def _holds(desk: CollectionContext, topic: Topic) -> str:
    paths = {item.briefing.path for item in topic.items} | {briefing.path for briefing in topic.briefings}
    return desk.holds({"annotations": len(topic.items)}, paths)
