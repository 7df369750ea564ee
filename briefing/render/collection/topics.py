"""The index of topics, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.collection import Topic, date_of
from briefing.model import Briefing
from briefing.render.collection.context import CollectionContext, CollectionPage, IndexRow, make_index, make_pages
from briefing.render.collection.statements import Statement, groups


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index and all pages of topics; nothing without topics."""
    paths = context.routes.topics
    yield from make_index(
        context,
        "topics",
        context.collection.topics,
        lambda own, part: {
            "lines": [IndexRow(own.to(each.name, paths[each.key]), _contents(own, each)) for each in part.items]
        },
    )
    for topic in context.collection.topics:
        yield from _topic_pages(context, topic)


def _topic_pages(context: CollectionContext, topic: Topic) -> Iterator[CollectionPage]:
    path, say, contents = context.routes.topics[topic.key], context.say, _contents(context, topic)
    about = say("topics.about", name=topic.name, holds=contents)
    yield from make_pages(
        context,
        path,
        _rows(topic),
        lambda own, part: {
            "index": own.to(say("across.topics"), "topics/index.md"),
            "name": topic.name,
            "contents": contents,
            "feeds": own.feeds(path),
            "groups": list(groups(own, part.items)),
        },
        template="topic",
        title=topic.name,
        about=about,
    )


def _rows(topic: Topic) -> list[tuple[Briefing, Statement | None]]:
    """Return briefings that have the tag, and what in others has it of its own, the newest briefing first."""
    rows: list[tuple[Briefing, Statement | None]] = [(briefing, None) for briefing in topic.briefings]
    rows += [(item.briefing, item) for item in topic.items]
    return sorted(rows, key=lambda row: (date_of(row[0]), row[0].date, row[0].path), reverse=True)


def _contents(context: CollectionContext, topic: Topic) -> str:
    paths = {item.briefing.path for item in topic.items} | {briefing.path for briefing in topic.briefings}
    return context.contents({"annotations": len(topic.items)}, paths)
