"""The list of briefings that any page can show, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from briefing.messages import messages
from briefing.model import Briefing, Quotation
from briefing.pages.cards import slices
from briefing.pages.escape import in_markdown, link
from briefing.pages.holdings import description, holds, shelves
from briefing.pages.index import speaker_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A briefing in a list of briefings; what is said of it is in its own language."""

    link: Markup
    href: str
    language: str
    direction: str
    date: str
    summary: str
    holds: str
    shelves: tuple[Markup, ...]
    """Links to its pages, by what they hold."""
    read: Markup
    """The link to its annotated text."""
    words: Markup
    """The first quotation that the overview shows; HTML on one line, empty where there is none."""
    words_language: str
    speaker: str
    publisher: str
    tags: tuple[str, ...]
    status: str


def listing(briefings: Sequence[Briefing], here: str, templates: Environment, language: str) -> str:
    """The list of briefings, newest first, as Markdown for the page at path `here`."""
    newest = sorted(briefings, key=lambda b: (b.date, b.path), reverse=True)
    items = [_item(briefing, here) for briefing in newest]
    return templates.get_template("listing.md.jinja").render(say=messages(language), items=items).strip()


def _item(briefing: Briefing, here: str) -> Item:
    say, folder = messages(briefing.language), f"{_up(here)}{quote(briefing.path)}/"
    quotation = _first_quotation(briefing)
    return Item(
        link=link(in_markdown(briefing.title), f"{folder}index.md"),
        href=f"{folder}index.md",
        language=say.tag,
        direction=say.direction,
        date=say.date(briefing.date),
        summary=description(briefing, say),
        holds=say.list(holds(briefing, say)),
        shelves=tuple(shelves(briefing, say, folder)),
        read=link(in_markdown(say("home.read")), f"{folder}text.md"),
        words=slices(briefing, quotation) if quotation else Markup(),
        words_language=briefing.source.language,
        speaker=speaker_of(briefing, quotation, say) if quotation else "",
        publisher=briefing.source.publisher,
        tags=briefing.tags,
        status="" if briefing.status == "published" else say(f"{briefing.status}.briefing"),
    )


def _first_quotation(briefing: Briefing) -> Quotation | None:
    """The first of the highlights that is a quotation and was found."""
    anchored = {quotation.id: quotation for quotation in briefing.quotations if quotation.id in briefing.anchors}
    return next((anchored[id] for id in briefing.highlights if id in anchored), None)


def _up(here: str) -> str:
    """From the folder of a page to the docs folder."""
    return "../" * here.count("/")
