"""A briefing as one HTML file: it loads nothing and runs nothing, so it reads the same from a disk and from a site."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256

import rcssmin
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree, html
from markupsafe import Markup
from msgspec import Struct

from briefing import resources
from briefing.render.copies.copied_pages import INSIDE, CopiedPage
from briefing.render.copies.title_page import TitlePage
from briefing.render.messages import Messages

_REFERRING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details")
"""Attributes that name ids of their page."""
_HEADINGS = {f"h{level}": f"h{level + 1}" for level in range(1, 6)}
"""A page’s title is a heading of the second level in the file, so those below it go down with it."""


class HtmlPart(Struct, frozen=True):
    """A page as a part of the file."""

    name: str
    title: str
    content: Markup
    contents: Sequence[tuple[str, Markup]]
    """The addresses and names of its first headings."""


def html_copy(title: TitlePage, pages: Sequence[CopiedPage], say: Messages) -> bytes:
    """Return the file."""
    style = styles("html.css") + _running_head(title.title)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    made = (
        copy_templates()
        .get_template("copy.html.jinja")
        .render(title=title, parts=[_part(page) for page in pages], say=say, style=Markup(style), policy=policy)
    )
    return made.encode("utf-8", "replace") + b"\n"


def _part(page: CopiedPage) -> HtmlPart:
    body = deepcopy(page.body)
    for element in body.iter(etree.Element):
        element.tag = _HEADINGS.get(element.tag, element.tag)
        if id := element.get("id"):
            element.set("id", place(page.name, id))
        for name in _REFERRING:
            if named := element.get(name):
                element.set(name, " ".join(place(page.name, id) for id in named.split()))
        if element.tag == "a" and element.get(INSIDE) is not None:
            there, _, fragment = element.get("href", "").partition("#")
            element.set("href", f"#{place(there, fragment)}")
            del element.attrib[INSIDE]
    contents = [(place(page.name, entry.id), Markup(entry.name)) for entry in page.contents]
    return HtmlPart(page.name, page.title, Markup(inner_html(body)), contents)


def place(page: str, id: str) -> str:
    """Return what a place of a page is called in the file; names of pages have no full stop."""
    return f"{page}.{id}" if id else page


def inner_html(body: etree._Element) -> str:
    """Return what is in an element as HTML."""
    inner = html.tostring(body, encoding="unicode")
    return str(inner[inner.index(">") + 1 : inner.rindex("</")]).strip()


@lru_cache(maxsize=4)
def styles(*own: str) -> str:
    """Return the styles that copies have in common, those that charts and tables have on the site, and the `own` ones
    of a format, by the names of their files."""
    folder = resources.templates()
    sheets = (folder / "copies" / "copy.css", folder / "assets" / "figures.css")
    more = (folder / "copies" / name for name in own)
    light: str = rcssmin.cssmin("\n".join(sheet.read_text("utf-8") for sheet in (*sheets, *more)))
    return light


def _running_head(title: str) -> str:
    """Return the style that gives every sheet of paper the title; every character is an escape, so that it ends
    nothing."""
    words = "".join(f"\\{ord(character):06x}" for character in title)
    return f'@media print{{@page{{@top-left{{content:"{words}"}}}}@page:first{{@top-left{{content:none}}}}}}'


@lru_cache(maxsize=1)
def copy_templates() -> Environment:
    """Return what reads the templates of copies, in which every value that is no markup is text."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(resources.templates() / "copies"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markup"] = Markup  # names of headings, which are HTML
    return made


__all__ = ["copy_templates", "html_copy", "inner_html", "styles"]
