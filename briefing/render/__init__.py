"""Turns a checked briefing into Markdown pages: a pure function of the briefing, the words and the templates.

The order of the work: everything citable gets a page and a number (`index`), citations are counted back (`cited`),
records become cards (`cards`, `text`, `figures`), prose becomes Markdown (`emit`), and Jinja lays it out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from jinja2 import Environment

from briefing import __version__
from briefing.check.rules import provenance, speakers
from briefing.collection import collect
from briefing.model import Attachment, Briefing, MatchLevel, Page
from briefing.render import collection_links
from briefing.render.allowances import OF_SPEAKERS, allowed_views, exceptions
from briefing.render.backlinks import backlinks
from briefing.render.cards import (
    Card,
    EditUrl,
    RenderContext,
    ThemeView,
    comment_views,
    context_card,
    figure_card,
    quotation_card,
    reference_view,
    theme_view,
)
from briefing.render.collection import render as across
from briefing.render.comment_ledger import aside_table, ledger, ledger_sum, theme_choices
from briefing.render.comments_by_theme import pager, sections, themes_view
from briefing.render.coverage_note import coverage_view
from briefing.render.downloads import NAMES as TABLES
from briefing.render.downloads import downloads
from briefing.render.escape import Markup, collapse_blank_lines, in_markdown, link
from briefing.render.figure_table import figure_table
from briefing.render.figures import charts
from briefing.render.grounding import derived_view, grounding
from briefing.render.home import listing
from briefing.render.imported_files import exports, exports_checked
from briefing.render.index import in_text_order, index
from briefing.render.messages import Messages, messages
from briefing.render.metadata import front_matter, page_front_matter
from briefing.render.pagination import FEW_THEMES, further, layout
from briefing.render.prose_markdown import emitter
from briefing.render.quotations_by_speaker import by_speaker
from briefing.render.readings import readings
from briefing.render.routes import NO_ROUTES, PARTS, Routes, make_routes
from briefing.render.slots import OpenPage, open_page
from briefing.render.statements import credit
from briefing.render.summary_counts import counter, page_links, page_message, summary_counts
from briefing.render.text import direction, kinds, owner, paragraphs, sayers
from briefing.render.web_annotations import NAME as WEB_ANNOTATIONS
from briefing.render.web_annotations import has_web_annotations, web_annotations
from briefing.render.withdrawn import PAGES as GONE
from briefing.render.withdrawn import withdrawn_views

__all__ = [
    "DOWNLOADS",
    "NAMES",
    "NO_ROUTES",
    "PARTS",
    "across",
    "attachments",
    "broken",
    "further",
    "listing",
    "make_routes",
    "page_names",
    "render",
]

DOWNLOADS = (*TABLES, WEB_ANNOTATIONS)
"""Every file beside the pages that a briefing can have."""

NAMES = ("index", "text", "quotes", "figures", "context", "comments", "method")
"""Every page that a briefing can have, in the order of its tabs."""


def render(
    briefing: Briefing, templates: Environment, edit_url: EditUrl = lambda file: "", parts: Collection[str] = ()
) -> tuple[OpenPage, ...]:
    """The pages of a checked briefing. Pages that would be empty do not exist, and nothing links to them.

    `parts` are the pages across briefings that the site has: whatever this briefing holds is in them, so their
    addresses are known without the others. Which others have the same words is not; that is an open slot.
    """
    say = messages(briefing.language)
    signs = make_routes(collect((briefing,)), parts)
    desk = _desk(briefing, say, edit_url, signs)
    names = page_names(briefing)
    views = _views(desk, names)
    pages: list[OpenPage] = []
    for name in names:
        if name == "comments":
            pages += _comment_pages(desk, templates, names, views)
        else:
            pages.append(_page(briefing, templates, name, names, say, views))
    return tuple(pages)


def attachments(briefing: Briefing) -> tuple[Attachment, ...]:
    """The files beside the pages: tables of figures, and all annotations for other programs."""
    return (*downloads(briefing), *web_annotations(briefing, messages(briefing.language)))


def page_names(briefing: Briefing) -> tuple[str, ...]:
    """The pages that a briefing has."""
    gone = {GONE[entry.origin] for entry in briefing.withdrawn}
    return tuple(name for name in NAMES if _has(briefing, name) or name in gone)


def broken(
    path: str,
    title: str,
    reports: Sequence[str],
    templates: Environment,
    language: str,
    more: Sequence[str] = (),
) -> tuple[Page, ...]:
    """All pages that the briefing could have, each showing its problems, so that links to them still lead somewhere.

    `more` names those that only it has.
    """
    say = messages(language)
    body = templates.get_template("problems.md.jinja")
    return tuple(
        Page(
            f"{path}/{name}.md",
            front_matter(say("problems.title")) + body.render(say=say, title=title, reports=reports),
            f"{path}/briefing.yml",
        )
        for name in (*NAMES, *more)
    )


def _desk(briefing: Briefing, say: Messages, edit_url: EditUrl, signs: Routes) -> RenderContext:
    entries = index(briefing)
    prose = emitter(entries, counter(briefing, say), readings(briefing, say))
    return RenderContext(briefing, entries, backlinks(briefing, entries, say), say, prose, edit_url, signs)


def _views(desk: RenderContext, names: tuple[str, ...]) -> Mapping[str, object]:
    """Everything that the templates may show; templates/README.md documents each name."""
    briefing, say = desk.briefing, desk.say
    anchored = {annotation.id for annotation in in_text_order(briefing)}
    quotations = [quotation_card(desk, q) for q in briefing.quotations if q.id in anchored]
    numbers = [figure for figure in briefing.figures if figure.id in anchored]
    figures = [figure_card(desk, figure) for figure in numbers]
    notes = [context_card(desk, c) for c in briefing.context if c.id in anchored]
    cards: list[Card] = [*quotations, *figures, *notes]
    themes = [theme_view(desk, theme) for theme in briefing.themes]
    by_id = {str(card.id): card for card in cards}
    shown = list(paragraphs(desk, cards)) if "text" in names else []
    return {
        "briefing": briefing,
        "say": say,
        "date": say.date(briefing.date),
        "authors": say("index.by", names=say.list(briefing.authors)) if briefing.authors else "",
        "status": "" if briefing.status == "published" else say(f"{briefing.status}.briefing"),
        "summary": desk.prose(briefing.summary),
        "key_points": [(Markup(f"_k{n}"), desk.prose(point)) for n, point in enumerate(briefing.key_points, 1)],
        "highlights": [by_id[id] for id in briefing.highlights if id in by_id],
        "shelves": page_links(briefing, say),
        "holds": say.list(summary_counts(briefing, say)),
        "topics": collection_links.topic_links(desk.signs, briefing, briefing.tags),
        "speakers": list(by_speaker(desk, quotations)),
        "statements_intro": say(page_message(briefing, "quotes", "quotes.intro")),
        "figures": figures,
        "derived": [derived_view(desk, derived) for derived in briefing.derived],
        "grounding": (grounds := grounding(briefing, say)),
        "checked": list(filter(None, (say("index.verified"), say("index.notes"), grounds.here))),
        "figure_table": figure_table(briefing, numbers, say),
        "charts": list(charts(briefing, numbers, say)),
        "downloads": [_download(file.path, say) for file in downloads(briefing)],
        "annotations_file": _download(WEB_ANNOTATIONS, say) if has_web_annotations(briefing) else Markup(),
        "notes": notes,
        "paragraphs": shown,
        "kinds": kinds(desk, shown),
        "credit": credit(briefing, say),
        "owner": owner(briefing),
        "direction": direction(desk),
        "sayers": sayers(briefing, say),
        "themes": themes,
        "largest_themes": _largest(briefing, themes),
        "comments": comment_views(desk),
        "ledger": ledger(briefing, say),
        "ledger_sum": ledger_sum(briefing, say),
        "speakers_checked": _speakers(briefing, say),
        "set_aside": aside_table(desk),
        "references": [reference_view(desk, reference) for reference in briefing.references],
        "provenance": _provenance(briefing, say),
        "exports": exports(briefing, say),
        "exports_checked": exports_checked(briefing, say),
        "original": say(f"method.{told}") if (told := provenance.compared(briefing)) else "",
        "rungs": _rungs(briefing, say),
        "anchored": say("method.anchored", n=len(anchored)),
        "coverage": coverage_view(briefing, say),
        "allowed": allowed_views(briefing, desk.index, say),
        "version": __version__,
    }


def _comment_pages(
    desk: RenderContext, templates: Environment, names: tuple[str, ...], views: Mapping[str, object]
) -> Iterator[OpenPage]:
    """The comments on one page; or the overview of their themes, and each theme with its comments."""
    briefing, say = desk.briefing, desk.say
    laid = layout(briefing)
    if not laid.by_theme:
        yield _page(
            briefing, templates, "comments", names, say, {**views, "theme_choices": theme_choices(briefing, say)}
        )
        return
    themes, comments = views["themes"], views["comments"]
    assert isinstance(themes, list) and isinstance(comments, list)
    for page in laid.pages:
        own = {
            "pager": pager(desk, page.name),
            "overview": None if page.sections else themes_view(desk),
            "sections": sections(desk, page, themes, comments),
        }
        yield _page(briefing, templates, "comments", names, say, {**views, **own}, page.name)


def _page(
    briefing: Briefing,
    templates: Environment,
    name: str,
    names: tuple[str, ...],
    say: Messages,
    views: Mapping[str, object],
    file: str = "",
) -> OpenPage:
    """A page; `file` is its name where it is one of several."""
    labels = {other: say(page_message(briefing, other, f"tab.{other}")) for other in names}
    tabs = [(link(in_markdown(label), f"{other}.md"), label, other == name) for other, label in labels.items()]
    template = ("comments-by-theme" if file else name) if _has(briefing, name) else "only-withdrawn"
    title = say(page_message(briefing, name, f"page.{name}"))
    if file != name and file:
        title = say("pager.title", title=title, n=int(file.rpartition("-")[2]))
    body = templates.get_template(f"{template}.md.jinja").render(views, page=name, tabs=tabs, title=title)
    if file in ("", name) and (withdrawn := withdrawn_views(briefing, name, say)):
        body += "\n\n" + templates.get_template("withdrawn.md.jinja").render(say=say, withdrawn=withdrawn)
    markdown = page_front_matter(briefing, name, say, title) + collapse_blank_lines(body)
    return open_page(f"{briefing.path}/{file or name}.md", markdown, f"{briefing.path}/briefing.yml")


def _has(briefing: Briefing, name: str) -> bool:
    """Whether a page would hold anything."""
    kinds: Mapping[str, Sequence[object]] = {
        "quotes": briefing.quotations,
        "figures": (*briefing.figures, *briefing.derived),
        "context": briefing.context,
        "comments": briefing.comments,
    }
    return bool(kinds.get(name, (briefing,)))


def _download(path: str, say: Messages) -> Markup:
    """A link to a file that stands beside the pages."""
    name = path.rpartition("/")[2]
    return link(in_markdown(say(f"download.{name}")), name)


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
    found = [max(match.level for match in anchor.matches) for anchor in briefing.anchors.values()]
    counted = ((level, found.count(level)) for level in MatchLevel)
    return say.list([say("method.rung", n=n, how=say(f"method.rung.{level.value}")) for level, n in counted if n])


def _largest(briefing: Briefing, views: Sequence[ThemeView]) -> list[ThemeView]:
    """The themes for the overview, in their order: all of a few, of many those with the most comments."""
    sizes = [len(theme.members) for theme in briefing.themes]
    most = sorted(range(len(views)), key=lambda at: -sizes[at])[:FEW_THEMES]
    return [views[at] for at in sorted(most)]


def _speakers(briefing: Briefing, say: Messages) -> str:
    """Whether speakers were compared with what the source credits; nothing where its turns say who speaks."""
    if briefing.source.turns or not briefing.quotations:
        return ""
    if speakers.speakers_checked(briefing):
        return " ".join(filter(None, (say("method.speakers"), exceptions(briefing, OF_SPEAKERS, say))))
    return say("method.speakers_unchecked", language=briefing.source.language)
