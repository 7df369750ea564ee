"""Feeds of briefings: Atom (RFC 4287) and JSON Feed 1.1, for readers who follow a site.

Every address in them is complete, so there are none where the site does not know its own. An item's id is a tag URI
(RFC 4151) of its first path and its date, so that a new address makes no new item.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from briefing.collection import Collection
from briefing.model import Attachment, Briefing, Quotation
from briefing.model.prose import Prose
from briefing.model.publication import Publication
from briefing.render.index import in_text_order, permalink, speaker_of
from briefing.render.messages import Messages, messages
from briefing.render.prose_markdown import in_words
from briefing.render.routes import Routes
from briefing.render.statements import is_reported, quoted_words, reporter, told_words
from briefing.render.summary_counts import counter, description
from briefing.render.verdicts import verdict_of, verdict_words

ATOM = "feeds/briefings.xml"
JSON = "feeds/briefings.json"
LENGTH = 30
"""Items of a feed: more than anybody misses between two visits, and a small file."""
QUOTATIONS = 3
"""Statements of an item: what a reader takes in before they follow the link."""
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A briefing in a feed."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    """HTML."""
    date: str
    """RFC 3339; a briefing has a day, so the time is midnight, UTC."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str


def feeds(
    briefings: Sequence[Briefing],
    site: Publication,
    paths: tuple[str, str] = (ATOM, JSON),
    title: str = "",
    page: str = "",
    person: str = "",
) -> tuple[Attachment, ...]:
    """Return the feeds of some briefings, newest first; none where the site has no address, or nothing is published.

    `page` is the page that they are the feeds of, where it is not the site's home; `person` whose words their items
    have, where they follow somebody.
    """
    newest = sorted(
        (briefing for briefing in briefings if briefing.status == "published"),
        key=lambda briefing: (briefing.date, briefing.path),
        reverse=True,
    )[:LENGTH]
    if not site.complete or not newest:
        return ()
    items = [_item(briefing, site, person) for briefing in newest]
    named = title or messages(site.language)("feed.title", site=site.name)
    return feed_files(items, site, named, paths, page)


def feed_files(
    items: Sequence[FeedItem], site: Publication, title: str, paths: tuple[str, str], page: str
) -> tuple[Attachment, ...]:
    """Return a feed of some items, newest first, in both formats."""
    return (
        Attachment(paths[0], _atom(items, site, title, paths[0], page)),
        Attachment(paths[1], _json(items, site, title, paths[1], page)),
    )


def _item(briefing: Briefing, site: Publication, person: str) -> FeedItem:
    found = briefing.derive(_items)
    if (site, person) not in found:
        found[site, person] = _make_item(briefing, site, person)
    return found[site, person]


def _items(briefing: Briefing) -> dict[tuple[Publication, str], FeedItem]:
    """What has been made so far: a briefing is in several feeds."""
    return {}


def _make_item(briefing: Briefing, site: Publication, person: str) -> FeedItem:
    say, first = messages(briefing.language), briefing.aliases[0] if briefing.aliases else briefing.path
    points = [_in_words(briefing, point) for point in briefing.key_points]
    summary = description(briefing, say)
    return FeedItem(
        id=f"tag:{urlsplit(site.url).hostname},{briefing.date}:{quote(first)}",
        url=site.folder(briefing.path),
        title=briefing.title,
        summary=summary,
        content="".join((*_content(summary or briefing.title, points), *_quotations(briefing, site, person, say))),
        date=f"{briefing.date}T00:00:00Z",
        authors=briefing.authors,
        tags=briefing.tags,
        language=briefing.language,
    )


def _in_words(briefing: Briefing, prose: Prose) -> str:
    """Return a key point as plain text, with the verdicts on the claims that it cites."""
    say = messages(briefing.language)
    words, verdicts = in_words(briefing, prose, say, counter(briefing, say)), verdict_words(briefing, prose, say)
    return f"{words} [{verdicts}]" if verdicts else words


def _content(summary: str, points: Sequence[str]) -> Iterator[str]:
    yield f"<p>{html.escape(summary)}</p>"
    if points:
        yield f"<ul>{''.join(f'<li>{html.escape(point)}</li>' for point in points)}</ul>"


def _quotations(briefing: Briefing, site: Publication, person: str, say: Messages) -> Iterator[str]:
    """Yield the words of a few statements, with who says them, where they are shown, and the note."""
    count = counter(briefing, say)
    for item in _chosen(briefing, person):
        address = html.escape(permalink(briefing, item.id, site))
        reported = is_reported(item)
        words = told_words(briefing, item) if reported else quoted_words(briefing, item, say)
        who = say("list.comma").join(
            filter(None, (speaker_of(briefing, item, say), briefing.roles.get(item.speaker, "")))
        )
        told = reporter(briefing, item, say) if reported else ""
        credit = say("list.comma").join(
            filter(None, (f'<a href="{address}">{html.escape(who)}</a>', html.escape(told)))
        )
        language, verdict = html.escape(briefing.source.language), verdict_of(item)
        shown = f'<span lang="{language}" dir="auto">{html.escape(words)}</span>'
        judged = html.escape(f" [{say('figures.verdict')}: {say(f'verdict.{verdict}')}]") if verdict else ""
        if reported:
            yield f"<p>{credit}: {shown}{judged}</p>"
        else:
            yield f'<blockquote cite="{address}"><p>{shown}</p></blockquote>'
            yield f"<p>{credit}{judged}</p>"
        if item.note:
            yield f"<p>{html.escape(in_words(briefing, item.note, say, count))}</p>"


def _chosen(briefing: Briefing, person: str) -> Sequence[Quotation]:
    """Return the statements of somebody, else those that carry the story, in the order of the text; a few."""
    shown = [one for one in in_text_order(briefing) if isinstance(one, Quotation) and one.status == "published"]
    own = [one for one in shown if person and person in (one.speaker, *one.via)]
    first = [one for one in shown if one.id in briefing.highlights]
    return (own or [*first, *(one for one in shown if one not in first)])[:QUOTATIONS]


# --- Atom -------------------------------------------------------------------------------------------------------


def _atom(items: Sequence[FeedItem], site: Publication, title: str, path: str, page: str) -> bytes:
    here = site.root + quote(path)
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": site.language})
    _put(feed, "id", here)
    _put(feed, "title", title)
    _put(feed, "updated", max(item.date for item in items))
    _put(_put(feed, "author"), "name", site.author)
    _put(feed, "link", rel="self", type="application/atom+xml", href=here)
    _put(feed, "link", rel="alternate", type="text/html", href=site.address(page))
    for item in items:
        _entry(_put(feed, "entry", **{"xml:lang": item.language}), item)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: ET.Element, item: FeedItem) -> None:
    _put(entry, "id", item.id)
    _put(entry, "title", item.title)
    _put(entry, "published", item.date)
    _put(entry, "updated", item.date)
    for name in item.authors:
        _put(_put(entry, "author"), "name", name)
    for tag in item.tags:
        _put(entry, "category", term=tag)
    _put(entry, "link", rel="alternate", type="text/html", href=item.url)
    if item.summary:
        _put(entry, "summary", item.summary)
    _put(entry, "content", item.content, type="html")


def _put(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _NOT_IN_XML.sub("", value) for key, value in attributes.items()})
    child.text = _NOT_IN_XML.sub("", text) or None
    return child


# --- JSON Feed --------------------------------------------------------------------------------------------------


def _json(items: Sequence[FeedItem], site: Publication, title: str, path: str, page: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.address(page),
        "feed_url": site.root + quote(path),
        "language": site.language,
        "authors": [{"name": site.author}],
        "items": [_row(item) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _row(item: FeedItem) -> dict[str, object]:
    row = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "date_published": item.date,
        "date_modified": item.date,
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
        "language": item.language,
    }
    return {key: value for key, value in row.items() if value}


@dataclass(frozen=True, slots=True)
class FeedChannel:
    """A feed in two formats, and the page that it is of."""

    page: str
    """Relative to the docs folder; empty for the whole site."""
    title: str
    files: tuple[Attachment, ...]
    """The Atom feed and the JSON feed."""


def feed_channels(
    briefings: tuple[Briefing, ...], collection: Collection, routes: Routes, site: Publication
) -> Iterator[FeedChannel]:
    """Yield the feeds of the site, then those of the people and topics that `routes` says can be followed."""
    say = messages(site.language)
    title = say("feed.title", site=site.name)
    whole = feeds(briefings, site, (ATOM, JSON), title)
    if whole:
        yield FeedChannel("", title, whole)
    for person in collection.people:
        page = routes.people.get(person.person.id, "")
        title = say("feed.person", name=person.person.name, site=site.name)
        yield from _one(page, title, person.briefings, routes, site, person.person.id)
    for topic in collection.topics:
        page = routes.topics.get(topic.key, "")
        yield from _one(page, say("feed.topic", name=topic.name, site=site.name), topic.all_briefings, routes, site)


def _one(
    page: str, title: str, briefings: tuple[Briefing, ...], routes: Routes, site: Publication, person: str = ""
) -> Iterator[FeedChannel]:
    if page in routes.feeds:
        yield FeedChannel(page, title, feeds(briefings, site, routes.feeds[page], title, page, person))


def channels_of_page(page: str, found: Mapping[str, FeedChannel]) -> tuple[FeedChannel, ...]:
    """Return the feeds that the head of a page names: of its own person or topic first, then of the site.

    Corrections have a feed of their own, which the home page and the pages that list them name.
    A further sheet of a long page (`people/ada/2.md`) names those of its first.
    """
    own = found.get(page) or found.get(f"{page.rpartition('/')[0]}.md")
    corrected = found.get("feeds/corrections") if page == "index.md" or page.endswith("/method.md") else None
    return tuple(channel for channel in (own, found.get(""), corrected) if channel)
