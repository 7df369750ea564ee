"""A card of a briefing in an ordinary page: the words, who says so and where, and the links to them."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from briefing.model import Briefing, Derived, Quotation, Theme
from briefing.render.charts import stances
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import index
from briefing.render.messages import Messages, messages
from briefing.render.prose_markdown import in_line
from briefing.render.record_view import Record, RecordView, view_record
from briefing.render.routes import folder_link
from briefing.render.summary_counts import counter

EMBEDDED = ("quotation", "reported statement", "figure", "derived figure", "context note", "theme")
"""Kinds that have a card of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A card as it is in another page."""

    kind: str
    title: str
    """What it is about; of a reported statement whose it is, empty for a quotation, whose words say it."""
    value: str
    """Of a figure, stated or derived."""
    parts: tuple[Markup, ...]
    """The annotated words, a part for each passage: HTML on one line; empty for a theme or a derived figure."""
    words_language: str
    summary: Markup
    """Of a theme, with the signs of the author's reading; Markdown on one line."""
    speaker: str
    """Of a quotation or reported statement; who states a figure is among the facts."""
    role: str
    reporter: str
    """Who reports a statement in their own words; empty for all else."""
    facts: str
    """Kind of statement, who states a figure, period, formula or stances."""
    verdict: Markup
    """On a claim, as it is shown; empty for all that is not assessed."""
    credit: str
    """Where the words come from; empty for a derived figure, which is in no source."""
    links: tuple[Markup, ...]
    language: str
    direction: str
    status: str


def card(briefing: Briefing, id: str, here: str, templates: Environment) -> str:
    """Return the card of an annotation or theme for the page at path `here`, as Markdown."""
    view = _embed(briefing, id, folder_link(here, briefing.path))
    return templates.get_template("embed.md.jinja").render(card=view, say=messages(briefing.language)).strip()


def _embed(briefing: Briefing, id: str, folder: str) -> Embed:
    say, source, id = messages(briefing.language), briefing.source, index(briefing)[id].id
    record = next(one for one in (*briefing.annotations, *briefing.derived, *briefing.themes) if one.id == id)
    view = view_record(briefing, record, say, folder)
    said = isinstance(record, Quotation)
    summary = record.summary if isinstance(record, Theme) else None
    ways = (view.more, Markup() if view.in_comment else view.in_text)
    origin = ", ".join(filter(None, (source.publisher, say.date(source.published))))
    return Embed(
        kind=view.kind,
        title=view.title,
        value=view.value,
        parts=view.parts,
        words_language=source.language,
        summary=in_line(briefing, summary, say, counter(briefing, say), folder),
        speaker=view.speaker if said else "",
        role=view.role,
        reporter=view.reporter if said else "",
        facts=" · ".join(filter(None, _facts(briefing, record, view, say))),
        verdict=view.verdict,
        credit="" if isinstance(record, Derived) else origin,
        links=(*filter(None, ways), link(in_markdown(briefing.title), f"{folder}index.md")),
        language=say.tag,
        direction=say.direction,
        status=view.status,
    )


def _facts(briefing: Briefing, record: Record, view: RecordView, say: Messages) -> tuple[str, ...]:
    if isinstance(record, Derived):
        return (f"{say('derived.formula')}: {record.formula}",)
    if isinstance(record, Theme):
        return (stances.of_theme(briefing, record, say),)
    if isinstance(record, Quotation):
        return view.statement, view.via
    return view.basis, view.speaker, view.period
