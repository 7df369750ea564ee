"""Turns a checked briefing into Markdown pages: a pure function of the briefing, the words and the templates.

The order of the work: everything citable gets a page and a number (`index`), citations are counted back (`cited`),
records become cards (`cards`, `text`, `figures`), prose becomes Markdown (`emit`), and Jinja lays it out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from briefing import __version__
from briefing.messages import Messages, messages
from briefing.model import Briefing, Page, Rung
from briefing.pages.cards import (
    Card,
    Desk,
    EditUrl,
    comment_view,
    context_card,
    figure_card,
    quotation_card,
    reference_view,
    theme_view,
)
from briefing.pages.cited import cited_in
from briefing.pages.emit import emitter
from briefing.pages.escape import in_markdown, link
from briefing.pages.index import in_text_order, index
from briefing.pages.text import paragraphs
from briefing.prose.tree import plain

NAMES = ("index", "text", "quotes", "figures", "context", "comments", "method")
"""Every page that a briefing can have, in the order of its tabs."""


def render(briefing: Briefing, templates: Environment, edit_url: EditUrl = lambda file: "") -> tuple[Page, ...]:
    """The pages of a checked briefing. Pages that would be empty do not exist, and nothing links to them."""
    say = messages(briefing.language)
    desk = _desk(briefing, say, edit_url)
    names = tuple(name for name in NAMES if _has(briefing, name))
    views = _views(desk, names)
    return tuple(_page(briefing, templates, name, names, say, views) for name in names)


def broken(path: str, title: str, reports: Sequence[str], templates: Environment, language: str) -> tuple[Page, ...]:
    """All pages that the briefing could have, each showing its problems, so that links to them still lead somewhere."""
    say = messages(language)
    body = templates.get_template("problems.md.jinja")
    return tuple(
        Page(
            f"{path}/{name}.md",
            _front_matter(say("problems.title")) + body.render(say=say, title=title, reports=reports),
            f"{path}/briefing.yml",
        )
        for name in NAMES
    )


def listing(briefings: Sequence[Briefing], here: str, templates: Environment, language: str) -> str:
    """The list of briefings, newest first, as Markdown for the page at path `here`."""
    say = messages(language)
    newest = sorted(briefings, key=lambda b: (b.date, b.path), reverse=True)
    items = [_item(briefing, here, say) for briefing in newest]
    return templates.get_template("listing.md.jinja").render(say=say, items=items).strip()


@dataclass(frozen=True, slots=True)
class Item:
    """A briefing in a list of briefings."""

    link: Markup
    href: str
    date: str
    summary: str
    holds: str
    publisher: str
    tags: tuple[str, ...]
    status: str


def _item(briefing: Briefing, here: str, say: Messages) -> Item:
    href, own = _relative(here, f"{briefing.path}/index.md"), messages(briefing.language)
    return Item(
        link=link(in_markdown(briefing.title), href),
        href=href,
        date=own.date(briefing.date),
        summary=_description(briefing, own),
        holds=say.list(_holds(briefing, say)),
        publisher=briefing.source.publisher,
        tags=briefing.tags,
        status="" if briefing.status == "published" else say(f"{briefing.status}.briefing"),
    )


def _counter(briefing: Briefing, say: Messages) -> Callable[[str], str]:
    """What `[#comments]` and `[#theme]` print: a count with its noun, as the language's grammar has it."""
    sizes = {theme.id: len(theme.members) for theme in briefing.themes} | {"comments": len(briefing.comments)}
    return lambda id: say("count.comments", n=sizes.get(id, 0))


def _description(briefing: Briefing, say: Messages) -> str:
    return plain(briefing.summary, _counter(briefing, say)) if briefing.summary else ""


def _desk(briefing: Briefing, say: Messages, edit_url: EditUrl) -> Desk:
    entries = index(briefing, say)
    prose = emitter(entries, _counter(briefing, say))
    return Desk(briefing, entries, cited_in(briefing, entries, say), say, prose, edit_url)


def _views(desk: Desk, names: tuple[str, ...]) -> Mapping[str, object]:
    """Everything that the templates may show; templates/README.md documents each name."""
    briefing, say = desk.briefing, desk.say
    anchored = {annotation.id for annotation in in_text_order(briefing)}
    quotations = [quotation_card(desk, q) for q in briefing.quotations if q.id in anchored]
    figures = [figure_card(desk, f) for f in briefing.figures if f.id in anchored]
    notes = [context_card(desk, c) for c in briefing.context if c.id in anchored]
    cards: list[Card] = [*quotations, *figures, *notes]
    themes = [theme_view(desk, theme) for theme in briefing.themes]
    by_id = {str(card.id): card for card in cards}
    return {
        "briefing": briefing,
        "say": say,
        "date": say.date(briefing.date),
        "authors": say("index.by", names=say.list(briefing.authors)) if briefing.authors else "",
        "status": "" if briefing.status == "published" else say(f"{briefing.status}.briefing"),
        "summary": desk.prose(briefing.summary),
        "key_points": [(Markup(f"_k{n}"), desk.prose(point)) for n, point in enumerate(briefing.key_points, 1)],
        "highlights": [by_id[id] for id in briefing.highlights if id in by_id],
        "holds": say.list(_holds(briefing, say)),
        "speakers": _by_speaker(briefing, quotations),
        "figures": figures,
        "notes": notes,
        "paragraphs": list(paragraphs(desk, cards)) if "text" in names else [],
        "themes": themes,
        "comments": [comment_view(desk, n, comment) for n, comment in enumerate(briefing.comments, 1)],
        "ledger": _ledger(briefing, say),
        "references": [reference_view(desk, reference) for reference in briefing.references],
        "provenance": _provenance(briefing, say),
        "rungs": _rungs(briefing, say),
        "anchored": say("method.anchored", n=len(anchored)),
        "allowed": [
            (allow.code, allow.reason)
            for record in (briefing, *briefing.annotations, *briefing.themes)
            for allow in record.allow
        ],
        "version": __version__,
    }


def _page(
    briefing: Briefing,
    templates: Environment,
    name: str,
    names: tuple[str, ...],
    say: Messages,
    views: Mapping[str, object],
) -> Page:
    tabs = [
        (link(in_markdown(say(f"page.{other}")), f"{other}.md"), say(f"page.{other}"), other == name) for other in names
    ]
    body = templates.get_template(f"{name}.md.jinja").render(views, page=name, tabs=tabs, title=say(f"page.{name}"))
    title = briefing.title if name == "index" else f"{say(f'page.{name}')}: {briefing.title}"
    description = _description(briefing, say) if name == "index" else ""
    markdown = _front_matter(title, description) + _tidy(body)
    return Page(f"{briefing.path}/{name}.md", markdown, f"{briefing.path}/briefing.yml")


def _has(briefing: Briefing, name: str) -> bool:
    """Whether a page would hold anything."""
    kinds: Mapping[str, Sequence[object]] = {
        "quotes": briefing.quotations,
        "figures": briefing.figures,
        "context": briefing.context,
        "comments": briefing.comments,
    }
    return bool(kinds.get(name, (briefing,)))


def _holds(briefing: Briefing, say: Messages) -> list[str]:
    """What a briefing holds, in words, without what it does not."""
    sizes = {
        "quotations": len(briefing.quotations),
        "figures": len(briefing.figures),
        "context": len(briefing.context),
        "comments": len(briefing.comments),
    }
    return [say(f"count.{kind}", n=size) for kind, size in sizes.items() if size]


def _by_speaker(briefing: Briefing, cards: Sequence[Card]) -> list[tuple[Markup, str, str, list[Card]]]:
    """Quotations by speaker: fragment, name, role then, cards; who says most comes first."""
    speakers: dict[str, list[Card]] = {}
    for quotation in briefing.quotations:
        speakers.setdefault(quotation.speaker, []).extend(card for card in cards if card.id == quotation.id)
    most = sorted(speakers.items(), key=lambda item: -len(item[1]))
    return [(Markup(f"_by-{id}"), briefing.people[id].name, briefing.roles.get(id, ""), own) for id, own in most if own]


def _ledger(briefing: Briefing, say: Messages) -> str:
    """Where every comment went: the sum that a reader can check."""
    everyone = {comment.id for comment in briefing.comments}
    aside = {entry.comment for entry in briefing.set_aside} & everyone
    themed = {member.comment for theme in briefing.themes for member in theme.members} & everyone - aside
    rest = len(everyone) - len(aside) - len(themed)
    return say("comments.ledger", n=len(everyone), themed=len(themed), aside=len(aside), rest=rest)


def _provenance(briefing: Briefing, say: Messages) -> list[tuple[str, Markup]]:
    """What is known of the source, and that the rest is not."""
    source = briefing.source
    facts = {
        "title": in_markdown(source.title),
        "author": in_markdown(source.author),
        "publisher": in_markdown(source.publisher),
        "url": link(in_markdown(source.url), source.url) if source.url else Markup(),
        "published": in_markdown(say.date(source.published)),
        "retrieved": in_markdown(say.date(source.retrieved)),
        "kind": in_markdown(say(f"method.kind.{source.kind}")),
        "language": in_markdown(source.language),
        "rights": in_markdown(source.rights),
        "sha256": Markup("<code>{}</code>").format(Markup(source.original.sha256)) if source.original else Markup(),
    }
    return [(say(f"method.{key}"), value or in_markdown(say("method.unknown"))) for key, value in facts.items()]


def _rungs(briefing: Briefing, say: Messages) -> str:
    found = [max(match.rung for match in anchor.matches) for anchor in briefing.anchors.values()]
    counted = ((rung, found.count(rung)) for rung in Rung)
    return say.list([say("method.rung", n=n, how=say(f"method.rung.{rung.value}")) for rung, n in counted if n])


def _front_matter(title: str, description: str = "") -> str:
    """YAML that every parser reads the same way: JSON strings without characters that YAML refuses."""
    fields = {"title": title, "description": description, "template": "briefing.html"}
    lines = (f"{key}: {json.dumps(_printable(value), ensure_ascii=False)}" for key, value in fields.items() if value)
    return "\n".join(("---", *lines, "---", "", ""))


def _printable(text: str) -> str:
    return " ".join(
        re.sub("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]", " ", text).split()
    )


def _tidy(markdown: str) -> str:
    """No trailing spaces and no runs of blank lines, which templates leave behind."""
    lines = (line.rstrip(" ") for line in markdown.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _relative(here: str, there: str) -> str:
    """The path from one page to another, both relative to the docs folder."""
    up = here.count("/")
    return "../" * up + there
