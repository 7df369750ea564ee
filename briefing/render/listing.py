"""The list of briefings that any page can show, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment

from briefing.model import Briefing, Quotation
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.excerpts import slices
from briefing.render.index import speaker_of
from briefing.render.messages import Messages, messages
from briefing.render.origin import dateline, source_line
from briefing.render.prose_markdown import in_line, in_words
from briefing.render.record_view import status_words
from briefing.render.routes import NO_ROUTES, Routes, folder_link, relative_link
from briefing.render.statements import is_reported, shorten
from briefing.render.summary_counts import counter, page_links, summary_counts
from briefing.render.verdicts import verdict_badge


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBriefing:
    """A briefing in a list of briefings; what is said of it is in its own language."""

    say: Messages
    """The words of the interface in its language."""
    link: Markup
    href: str
    language: str
    direction: str
    date: str
    source_line: Markup
    """What the source is, who published it and when, and the link to it, on one line."""
    dateline: str
    """The briefing's own date and who wrote it."""
    summary: Markup
    """What the briefing says of itself, with the routes of the author's reading; Markdown on one line."""
    contents: str
    page_links: tuple[Markup, ...]
    """Links to its pages, by what they hold."""
    read: Markup
    """The link to its annotated text."""
    parts: tuple[Markup, ...]
    """The first quotation that the overview shows, a part for each passage: HTML on one line; empty where there is
    none."""
    words_language: str
    speaker: str
    verdict: Markup
    """On that quotation, as it is shown; empty where it is not assessed."""
    note: str
    """Why that verdict, or what is said of the quotation, as plain text that may be cut; may be empty."""
    publisher: str
    tags: tuple[str, ...]
    status: str


MOST = 20
"""Briefings that a list shows in full; of more the latest come first, the others by year, folded up."""
LATEST = 10


@dataclass(frozen=True, slots=True)
class ArchivedBriefing:
    """An earlier briefing in a long list."""

    link: Markup
    language: str
    direction: str
    publisher: str
    date: str


def listing(
    briefings: Sequence[Briefing],
    here: str,
    templates: Environment,
    language: str,
    routes: Routes = NO_ROUTES,
    author: str = "",
    broken: Sequence[tuple[str, str]] = (),
) -> str:
    """The list of briefings, newest first, as Markdown for the page at path `here`.

    `routes` says which pages there are across briefings, to which there are links, and `author` who makes the site.
    `broken` are the path and the title of each that a preview has only the problems of: these come first.
    """
    say = messages(language)
    newest = sorted(briefings, key=lambda b: (b.date, b.path), reverse=True)
    full = newest[: LATEST if len(newest) > MOST else MOST]
    items = [_item(briefing, here) for briefing in full]
    indexes = [link(in_markdown(say(f"across.{part}")), relative_link(here, path)) for part, path in routes.indexes]
    earlier = list(_earlier(newest[len(full) :], here, say))
    in_the_way = [
        link(in_markdown(say("problems.listed", title=title)), relative_link(here, f"{path}/index.md"))
        for path, title in broken
    ]
    views = {"say": say, "items": items, "indexes": indexes, "earlier": earlier, "author": author}
    views["broken"] = in_the_way
    return templates.get_template("listing.md.jinja").render(views).strip()


def _earlier(briefings: Sequence[Briefing], here: str, say: Messages) -> Iterator[tuple[str, list[ArchivedBriefing]]]:
    """Each year with its number of briefings, and a line for each of them."""
    for year, found in groupby(briefings, key=lambda briefing: briefing.date[:4]):
        lines = [_line(briefing, here) for briefing in found]
        yield say("home.earlier", year=year, briefings=say("count.briefings", n=len(lines))), lines


def _line(briefing: Briefing, here: str) -> ArchivedBriefing:
    say = messages(briefing.language)
    item = link(in_markdown(briefing.title), relative_link(here, f"{briefing.path}/index.md"))
    return ArchivedBriefing(item, say.tag, say.direction, briefing.source.publisher, say.date(briefing.date))


def _item(briefing: Briefing, here: str) -> ListedBriefing:
    say, folder = messages(briefing.language), folder_link(here, briefing.path)
    quotation = _first_quotation(briefing)
    return ListedBriefing(
        say=say,
        link=link(in_markdown(briefing.title), f"{folder}index.md"),
        href=f"{folder}index.md",
        language=say.tag,
        direction=say.direction,
        date=say.date(briefing.date),
        source_line=source_line(briefing, say),
        dateline=dateline(briefing, say),
        summary=in_line(briefing, briefing.summary, say, counter(briefing, say), folder),
        contents=say.list(summary_counts(briefing, say)),
        page_links=tuple(page_links(briefing, say, folder)),
        read=link(in_markdown(say("home.read")), f"{folder}text.md"),
        parts=slices(briefing, quotation, away=True) if quotation else (),
        words_language=briefing.source.language,
        speaker=speaker_of(briefing, quotation, say) if quotation else "",
        verdict=verdict_badge(quotation, say),
        note=_note(briefing, quotation, say),
        publisher=briefing.source.publisher,
        tags=briefing.tags,
        status=status_words(briefing.status, say, "briefing"),
    )


_NOTE = 220
"""Characters of a note in a list."""


def _note(briefing: Briefing, quotation: Quotation | None, say: Messages) -> str:
    if quotation is None:
        return ""
    prose = (quotation.assessment.note if quotation.assessment else None) or quotation.note
    return shorten(in_words(briefing, prose, say, counter(briefing, say)), _NOTE) if prose else ""


def _first_quotation(briefing: Briefing) -> Quotation | None:
    """The first of the highlights that is a quotation and was found; a reported statement is none."""
    spoken = (quotation for quotation in briefing.quotations if not is_reported(quotation))
    anchored = {quotation.id: quotation for quotation in spoken if quotation.id in briefing.anchors}
    return next((anchored[id] for id in briefing.highlights if id in anchored), None)
