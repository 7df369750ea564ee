"""A card of a briefing in an ordinary page: the words, who says so and where, and the ways to them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from jinja2 import Environment

from briefing.model import Briefing, ContextNote, Derived, Figure, Quotation, Theme
from briefing.render import statements
from briefing.render.cards import slices
from briefing.render.charts import stances
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.figures import as_said, with_unit
from briefing.render.index import index, speaker_of
from briefing.render.messages import Messages, messages
from briefing.render.readings import in_line
from briefing.render.summary_counts import counter

EMBEDDED = ("quotation", "reported statement", "figure", "derived figure", "context note", "theme")
"""Kinds that have a card of their own."""

Shown = Quotation | Figure | Derived | ContextNote | Theme
"""What they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A card as it stands in another page."""

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
    credit: str
    """Where the words come from; empty for a derived figure, which is in no source."""
    links: tuple[Markup, ...]
    language: str
    direction: str
    status: str


def card(briefing: Briefing, id: str, here: str, templates: Environment) -> str:
    """The card of an annotation or theme for the page at path `here`, as Markdown."""
    view = _view(briefing, id, here)
    return templates.get_template("embed.md.jinja").render(card=view, say=messages(briefing.language)).strip()


def up_to(briefing: Briefing, here: str) -> str:
    """From the folder of a page to a briefing's, with a slash at its end."""
    return f"{'../' * here.count('/')}{quote(briefing.path)}/" if briefing.path != "." else "../" * here.count("/")


def _view(briefing: Briefing, id: str, here: str) -> Embed:
    say, folder = messages(briefing.language), up_to(briefing, here)
    entry = index(briefing)[id]
    item = next(one for one in (*briefing.annotations, *briefing.derived, *briefing.themes) if one.id == entry.id)
    person = item.speaker if isinstance(item, Quotation) else ""
    ways = [link(in_markdown(say("text.more")), f"{folder}{entry.href}")]
    if not isinstance(item, Derived | Theme) and not briefing.anchors[item.id].comment:
        ways.append(link(in_markdown(say("card.in_text")), f"{folder}text.md#t-{item.id}"))
    ways.append(link(in_markdown(briefing.title), f"{folder}index.md"))
    source = briefing.source
    return Embed(
        kind=entry.kind,
        title=_title(briefing, item),
        value=_value(briefing, item, say),
        parts=() if isinstance(item, Derived | Theme) else slices(briefing, item),
        words_language=source.language,
        summary=in_line(briefing, item.summary, say, counter(briefing, say), folder)
        if isinstance(item, Theme) and item.summary
        else Markup(),
        speaker=briefing.people[person].name if person else "",
        role=briefing.roles.get(person, ""),
        reporter=_reporter(briefing, item, say),
        facts=_facts(briefing, item),
        credit=""
        if isinstance(item, Derived)
        else ", ".join(filter(None, (source.publisher, say.date(source.published)))),
        links=tuple(ways),
        language=say.tag,
        direction=say.direction,
        status="" if item.status == "published" else say(f"{item.status}.item"),
    )


def _title(briefing: Briefing, item: Shown) -> str:
    if isinstance(item, Quotation):
        say = messages(briefing.language)
        reported = statements.is_reported(item)
        return say("reported.heading", speaker=speaker_of(briefing, item, say)) if reported else ""
    return item.label if isinstance(item, Figure | Derived) else item.title


def _reporter(briefing: Briefing, item: Shown, say: Messages) -> str:
    reported = isinstance(item, Quotation) and statements.is_reported(item)
    return statements.reporter(briefing, item, say) if isinstance(item, Quotation) and reported else ""


def _value(briefing: Briefing, item: Shown, say: Messages) -> str:
    if isinstance(item, Derived):
        return with_unit(say.number(item.value), item.unit, say)
    return as_said(briefing, item) if isinstance(item, Figure) else ""


def _facts(briefing: Briefing, item: Shown) -> str:
    say = messages(briefing.language)
    if isinstance(item, Quotation):
        via = say.list([briefing.people[person].name for person in item.via])
        key = "reported.via" if statements.is_reported(item) else "quotes.via"
        parts = [say(f"quotes.kind.{item.kind}"), say(key, names=via) if via else ""]
    elif isinstance(item, Figure):
        parts = [say(f"figures.basis.{item.basis}"), statements.sayer(briefing, item, say), say.date(item.period)]
    elif isinstance(item, Derived):
        parts = [f"{say('derived.formula')}: {item.formula}"]
    else:
        parts = [stances.sentence(item.members, say)] if isinstance(item, Theme) else []
    return " · ".join(filter(None, parts))
