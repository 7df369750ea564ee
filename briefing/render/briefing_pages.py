"""The pages of one briefing, and the files beside them, laid out by Jinja."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import Environment

from briefing.collection import collect
from briefing.model import Attachment, Briefing, Page
from briefing.model.publication import NOWHERE, Publication
from briefing.render.briefing_view import BriefingView, PageView, make_view, variables
from briefing.render.comments import pager, sections, themes_view
from briefing.render.context import EditUrl, RenderContext, make_context
from briefing.render.copy_links import PLACE
from briefing.render.data import data_files
from briefing.render.data.crate import crate_file
from briefing.render.data.text import markdown_files
from briefing.render.embeds import citation_pages
from briefing.render.escape import Markup, collapse_blank_lines, in_markdown, link
from briefing.render.further_names import is_paged
from briefing.render.messages import Messages, messages
from briefing.render.metadata import front_matter, page_front_matter
from briefing.render.names import NAMES
from briefing.render.paged_text import contents_links, heading_links, part_view, text_files, text_pager
from briefing.render.pagination import layout
from briefing.render.record_view import PAGES, withdrawn_views
from briefing.render.routes import make_routes
from briefing.render.slots import OpenPage, open_page
from briefing.render.summary_counts import page_message
from briefing.render.text_pages import text_parts
from briefing.render.works import works_cited, works_file


def render(
    briefing: Briefing,
    templates: Environment,
    edit_url: EditUrl = lambda file: "",
    parts: Collection[str] = (),
    preview: bool = False,
    site: Publication = NOWHERE,
    copies: Collection[str] = (),
) -> tuple[OpenPage, ...]:
    """Return the pages of a checked briefing. Pages that would be empty do not exist, and nothing links to them.

    `parts` are the pages across briefings that the site has: whatever this briefing has is in them, so their addresses
    are known without the others. Which others have the same words is not known; that is an open slot.
    A `preview` has the tools of authors. `site` is what citations name. Where there are `copies`, of some formats, the
    overview has a place for the links to them, which `copy_links` fills in.
    """
    context = make_context(briefing, edit_url, make_routes(collect((briefing,)), parts), preview, site)
    view = make_view(context)
    pages: list[OpenPage] = []
    for name in page_names(briefing):
        if name == "comments" and layout(briefing).by_theme:
            pages += _comment_pages(context, templates, view)
        elif name == "text" and is_paged(briefing):
            pages += _text_pages(context, templates, view)
        elif name == "text":
            own = {"headings": heading_links(briefing, text_parts(briefing)[0])}
            pages.append(_page(context, templates, name, view, own=own))
        elif name == "index" and copies:
            pages.append(_page(context, templates, name, view, own={"copies": PLACE}))
        else:
            pages.append(_page(context, templates, name, view))
    return tuple(pages)


def attachments(
    briefing: Briefing,
    shown: Briefing,
    site: Publication,
    copied: Sequence[Attachment] = (),
    copies: Collection[str] = (),
) -> tuple[Attachment, ...]:
    """The files beside the pages: every record as data, what scripts look up, and how all of it is cited on `site`.

    `shown` is the briefing as its pages show it: to its author, with all of a text that a build has in excerpts.
    `copied` are the copies in one file of the formats `copies`, as far as they are made by now.
    """
    data = data_files(briefing, site)
    pages = page_labels(briefing)
    crate = crate_file(briefing, site, pages, (*data, *copied), copies)
    cited = citation_pages(briefing, site, messages(briefing.language))
    written = markdown_files(briefing, site, pages, copies)
    return (*data, crate, *written, *works_file(briefing), *text_files(shown), *cited, *copied)


def page_names(briefing: Briefing) -> tuple[str, ...]:
    """The pages that a briefing has."""
    withdrawn = {PAGES[entry.origin] for entry in briefing.withdrawn}
    return tuple(name for name in NAMES if _has(briefing, name) or name in withdrawn)


def page_labels(briefing: Briefing) -> list[tuple[str, str]]:
    """The pages that a briefing has, each with what its tab is called."""
    say = messages(briefing.language)
    return [(name, say(page_message(briefing, name, f"tab.{name}"))) for name in page_names(briefing)]


def broken(
    path: str,
    title: str,
    reports: Sequence[str],
    templates: Environment,
    language: str,
    more: Sequence[str] = (),
    drafted: int = 0,
) -> tuple[Page, ...]:
    """All pages that the briefing could have, each showing its problems, so that links to them still lead somewhere.

    `more` names those that only it has; `drafted` is how much is to be filled in in drafts, which can stay so.
    """
    say = messages(language)
    head = front_matter(say("problems.listed", title=title))
    shown = {"say": say, "title": title, "reports": reports, "drafted": drafted}
    body = templates.get_template("problems.md.jinja").render(shown)
    return tuple(
        Page(
            f"{path}/{name}.md",
            head + body,
            f"{path}/briefing.yml",
        )
        for name in (*NAMES, *more)
    )


def _comment_pages(context: RenderContext, templates: Environment, view: BriefingView) -> Iterator[OpenPage]:
    """Yield the overview of the themes, and each theme with its comments."""
    for page in layout(context.briefing).pages:
        own = {
            "pager": pager(context, page.name),
            "overview": None if page.sections else themes_view(context),
            "sections": list(sections(context, page, view.themes, view.comments)),
        }
        yield _page(context, templates, "comments", view, page.name, own)


def _text_pages(context: RenderContext, templates: Environment, view: BriefingView) -> Iterator[OpenPage]:
    """Yield the pages of a long text; the first lists them."""
    briefing, say = context.briefing, context.say
    parts = text_parts(briefing)
    for part in parts:
        own: dict[str, Any] = {"pager": text_pager(briefing, part, say), "headings": heading_links(briefing, part)}
        if part.number == 1:
            own["contents_links"] = contents_links(briefing, say)
        if part.number < len(parts):
            title = say("pager.title", title=say(page_message(briefing, "text", "page.text")), n=part.number + 1)
            own["following"] = link(in_markdown(say("page.next", page=title)), f"{parts[part.number].name}.md")
        yield _page(context, templates, "text", part_view(context, view, part), part.name, own)


def _page(
    context: RenderContext,
    templates: Environment,
    name: str,
    view: BriefingView,
    file: str = "",
    own: Mapping[str, Any] | None = None,
) -> OpenPage:
    """Return a page; `file` is its name where it is one of several, and `own` what only it has."""
    briefing, say = context.briefing, context.say
    labels = page_labels(briefing)
    tabs = [(link(in_markdown(label), f"{other}.md"), label, other == name) for other, label in labels]
    template = (
        ("comments-by-theme" if file and name == "comments" else name) if _has(briefing, name) else "only-withdrawn"
    )
    title = say(page_message(briefing, name, f"page.{name}"))
    if file != name and file:
        title = say("pager.title", title=title, n=int(file.rpartition("-")[2]))
    following = {"following": _following(labels, name, say), "goes_back": name == labels[-1][0]}
    own = {**following, "preview": context.preview, **(own or {})}
    page = PageView(page=name, title=title, tabs=tabs, **own)
    body = templates.get_template(f"{template}.md.jinja").render(variables(view, page))
    if file in ("", name) and (withdrawn := withdrawn_views(briefing, name, say)):
        body += "\n\n" + templates.get_template("withdrawn.md.jinja").render(say=say, withdrawn=withdrawn)
    page = replace(page, works=() if name == "method" else works_cited(context, body))
    body += "\n\n" + templates.get_template("foot.md.jinja").render(variables(view, page))
    head = page_front_matter(briefing, name, say, title, context.site, context.preview)
    markdown = head + collapse_blank_lines(body)
    return open_page(f"{briefing.path}/{file or name}.md", markdown, f"{briefing.path}/briefing.yml")


def _following(labels: Sequence[tuple[str, str]], name: str, say: Messages) -> Markup:
    """Return the link to the page that follows in the order of the tabs; after the last one, to the first."""
    at = [other for other, _ in labels].index(name)
    if at + 1 < len(labels):
        following, label = labels[at + 1]
        return link(in_markdown(say("page.next", page=label)), f"{following}.md")
    return link(in_markdown(say("page.first", page=labels[0][1])), f"{labels[0][0]}.md")


def _has(briefing: Briefing, name: str) -> bool:
    """Whether a page would hold anything."""
    kinds: Mapping[str, Sequence[object]] = {
        "quotes": briefing.quotations,
        "figures": (*briefing.figures, *briefing.derived),
        "context": briefing.context,
        "comments": briefing.comments,
    }
    return bool(kinds.get(name, (briefing,)))
