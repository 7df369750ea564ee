"""Feeds of one topic or person: the briefings that have anything of it, as the feed of the site has all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.library import Collection
from briefing.messages import messages
from briefing.model import Attachment, Briefing
from briefing.pages.signs import Signs
from briefing.site.feeds import ATOM, JSON, Publication, feeds


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed in two formats, and the page that it is of."""

    page: str
    """Relative to the docs folder; empty for the whole site."""
    title: str
    files: tuple[Attachment, ...]
    """The Atom feed and the JSON feed."""


def channels(
    briefings: tuple[Briefing, ...], collection: Collection, signs: Signs, site: Publication
) -> Iterator[Channel]:
    """The feeds of the site, then those of the people and topics that `signs` says can be followed."""
    say = messages(site.language)
    title = say("feed.title", site=site.name)
    whole = feeds(briefings, site, (ATOM, JSON), title)
    if whole:
        yield Channel("", title, whole)
    for person in collection.people:
        page = signs.people.get(person.person.id, "")
        yield from _one(
            page, say("feed.person", name=person.person.name, site=site.name), person.briefings, signs, site
        )
    for topic in collection.topics:
        page = signs.topics.get(topic.key, "")
        yield from _one(page, say("feed.topic", name=topic.name, site=site.name), topic.all_briefings, signs, site)


def _one(page: str, title: str, briefings: tuple[Briefing, ...], signs: Signs, site: Publication) -> Iterator[Channel]:
    if page in signs.feeds:
        yield Channel(page, title, feeds(briefings, site, signs.feeds[page], title, page))


def named_by(page: str, found: Mapping[str, Channel]) -> tuple[Channel, ...]:
    """The feeds that the head of a page names: of its own person or topic first, then of the site.

    A further sheet of a long page (`people/ada/2.md`) names those of its first.
    """
    own = found.get(page) or found.get(f"{page.rpartition('/')[0]}.md")
    return tuple(channel for channel in (own, found.get("")) if channel)
