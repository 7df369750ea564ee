"""The index of topics, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.library import Topic, date_of
from briefing.model import Briefing
from briefing.pages.escape import Markup, in_markdown, link
from briefing.pages.library.desk import Desk
from briefing.pages.library.entries import Statement, groups
from briefing.pages.library.leaf import Leaf
from briefing.pages.library.sheets import pager, sheets
from briefing.pages.signs import road


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in the index."""

    link: Markup
    holds: str


def leaves(desk: Desk) -> Iterator[Leaf]:
    """The index and all pages of topics; nothing without topics."""
    topics, say = desk.collection.topics, desk.say
    path = "topics/index.md"
    for sheet in sheets(path, topics) if topics else ():
        own = replace(desk, here=sheet.path)
        lines = [Line(own.to(topic.name, desk.signs.topics[topic.key]), _holds(desk, topic)) for topic in sheet.items]
        views = {"lines": lines, "pager": pager(sheet, path, say)}
        yield Leaf(sheet.path, "topics", say("across.topics"), say("topics.intro"), views, number=sheet.number)
    for topic in topics:
        yield from _pages(desk, topic)


def _pages(desk: Desk, topic: Topic) -> Iterator[Leaf]:
    path, say, holds = desk.signs.topics[topic.key], desk.say, _holds(desk, topic)
    for sheet in sheets(path, _rows(topic)):
        own = replace(desk, here=sheet.path)
        views = {
            "index": link(in_markdown(say("across.topics")), road(sheet.path, "topics/index.md")),
            "name": topic.name,
            "holds": holds,
            "feeds": own.feeds(path),
            "groups": list(groups(own, sheet.items)),
            "pager": pager(sheet, path, say),
        }
        about = say("topics.about", name=topic.name, holds=holds)
        yield Leaf(sheet.path, "topic", topic.name, about, views, number=sheet.number)


def _rows(topic: Topic) -> list[tuple[Briefing, Statement | None]]:
    """Briefings that have the tag, and what in others has it of its own, the newest briefing first."""
    rows: list[tuple[Briefing, Statement | None]] = [(briefing, None) for briefing in topic.briefings]
    rows += [(item.briefing, item) for item in topic.items]
    return sorted(rows, key=lambda row: (date_of(row[0]), row[0].date, row[0].path), reverse=True)


def _holds(desk: Desk, topic: Topic) -> str:
    paths = {item.briefing.path for item in topic.items} | {briefing.path for briefing in topic.briefings}
    return desk.holds({"annotations": len(topic.items)}, paths)
