"""The pages of a briefing as a copy shows them: their HTML without what only a site can do, and links that lead on.

A link leads to a place in the copy where the copy has it, else to the site where its address is known; otherwise its
words stay without it. What a script does, the ways from page to page, and lists for paper alone are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from lxml import etree, html

from briefing.model import Briefing
from briefing.model.publication import Publication
from briefing.render.messages import Messages
from briefing.render.page_html import HtmlRules, TocEntry, page_html
from briefing.render.slots import OpenPage
from briefing.render.summary_counts import page_message

RULES = HtmlRules(directory_urls=False)
_LEFT_OUT = frozenset(
    (
        *("bf-bar", "bf-check", "bf-compare-words", "bf-copies", "bf-copy", "bf-downloads", "bf-filter", "bf-jumps"),
        *("bf-neighbours", "bf-next", "bf-origin", "bf-pager", "bf-shelves", "bf-skip", "bf-tabs", "bf-to-compare"),
        *("bf-tools", "bf-works-cited", "headerlink"),
    )
)
"""Classes of what works on a site alone, or is on the title page."""
_ACTIVE = frozenset(
    (
        *("audio", "base", "button", "dialog", "embed", "form", "iframe", "img", "input", "link", "meta", "noscript"),
        *("object", "picture", "script", "select", "source", "style", "template", "textarea", "track", "video"),
    )
)
"""Elements that load something, run something or ask for something."""
_KEPT_DATA = frozenset(
    ("data-span", "data-in", "data-of", "data-counts", "data-correction", "data-label", "data-value")
)
"""What `briefing verify` compares, and what narrow tables show and leave out."""
_CASES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio", "textlength": "textLength"}
"""Attributes of SVG whose capitals an HTML parser of lower standards loses."""
_SCHEMES = frozenset(("http", "https", "mailto"))


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """A page in a copy."""

    name: str
    """Of its file without the ending."""
    title: str
    """What it is called within the briefing."""
    body: etree._Element
    """A `section` with its content; links to places in the copy are `page#id`, marked by the attribute `INSIDE`."""
    contents: tuple[TocEntry, ...]
    """Its headings below the first."""


INSIDE = "data-inside"
"""Marks a link whose address is a place in the copy: the name of a page, and a fragment or none."""


def copied_pages(
    briefing: Briefing, pages: Sequence[OpenPage], site: Publication, say: Messages
) -> tuple[CopiedPage, ...]:
    """Return the pages of a briefing as copies show them, in their order."""
    read = [_read(page, _name_of(page)) for page in pages]
    copied = [
        CopiedPage(name, _title_of(briefing, name, body, say), body, _below_first(_clean(body), contents))
        for name, body, contents in read
    ]
    places = {page.name: frozenset(page.body.xpath(".//@id")) for page in copied}
    for page in copied:
        for link in list(page.body.iter("a")):
            _lead(link, page.name, places, lambda path, fragment: _on_site(briefing, path, fragment, site))
        _forget_empty(page.body)
    return tuple(page for page in copied if page.body.text_content().strip())


def _name_of(page: OpenPage) -> str:
    return posixpath.basename(page.path).removesuffix(".md")


def _read(page: OpenPage, name: str) -> tuple[str, etree._Element, tuple[TocEntry, ...]]:
    """Return a page's name, its HTML as a tree, and its contents."""
    made = page_html(page, RULES)
    content, contents = (made.filled(lambda _: ""), made.toc) if made else _by_markdown(page)
    body = html.fragment_fromstring(content, create_parent="section")
    return name, body, contents


def _by_markdown(page: OpenPage) -> tuple[str, tuple[TocEntry, ...]]:
    """Return the HTML of a page whose template, a site's own, has Markdown that only Python-Markdown knows."""
    import markdown

    converter = markdown.Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])
    text = page.filled(lambda _: "").markdown
    made = converter.convert(text.partition("\n---\n")[2] if text.startswith("---\n") else text)
    return made, tuple(_entries(getattr(converter, "toc_tokens", ())))


def _entries(tokens: Iterable[Mapping[str, object]]) -> Iterator[TocEntry]:
    for token in tokens:
        children = token["children"]
        assert isinstance(children, list)
        yield TocEntry(int(str(token["level"])), str(token["id"]), str(token["name"]), tuple(_entries(children)))


def _below_first(body: etree._Element, contents: tuple[TocEntry, ...]) -> tuple[TocEntry, ...]:
    """Return the entries below the heading of the page itself, as far as their headings are there."""
    below = (one for entry in contents for one in (entry.children if entry.level == 1 else (entry,)))
    ids = frozenset(body.xpath(".//@id"))
    return tuple(entry for entry in below if entry.id in ids)


def _title_of(briefing: Briefing, name: str, body: etree._Element, say: Messages) -> str:
    """Return what a page is called: its heading begins with that, before the title of the briefing."""
    first = next(body.iter("h1"), None)
    named = first.find("span[@class='bf-unseen']") if first is not None else None
    if named is not None and named.text:
        title = str(named.text).strip().removesuffix(":")
    else:
        title = say(page_message(briefing, name, f"page.{name}")) if name == "index" else name
    if first is not None:
        _remove(first)
    return title


# --- what is left out ------------------------------------------------------------------------------------------------


def _clean(body: etree._Element) -> etree._Element:
    """Return a page after taking out of it what a copy does not have, and attributes that are for our scripts alone."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element.tag in _ACTIVE or _is_left_out(element):
            _remove(element)
    for link in body.xpath(".//a[contains(@class, 'bf-permalink')]"):
        _number(link)
    for element in body.iter():
        for name in list(element.attrib):
            if (name.startswith("data-") and name not in _KEPT_DATA) or name.startswith("on") or name == "style":
                del element.attrib[name]
            elif name in _CASES:
                element.set(_CASES[name], element.attrib.pop(name))
    return body


def _is_left_out(element: etree._Element) -> bool:
    return not _LEFT_OUT.isdisjoint(element.get("class", "").split())


def _number(link: etree._Element) -> None:
    """Leave the number of a card, which a style draws and which links to itself on a site, as text."""
    number = link.get("data-number", "")
    if not number:
        _remove(link)
        return
    link.tag, link.text = "span", number
    link.tail = f" {link.tail or ''}"
    for name in [each for each in link.attrib if each != "class"]:
        del link.attrib[name]


def _remove(element: etree._Element) -> None:
    """Take an element out; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


_ROW = frozenset(("p", "li", "div", "span", "details", "ul", "nav"))


def _forget_empty(body: etree._Element) -> None:
    """Take out rows in which nothing is left; a place that something leads to stays."""
    for element in reversed(list(body.iter(*_ROW))):
        if len(element) == 0 and not (element.text or "").strip(" \n·") and not element.get("id"):
            _remove(element)


# --- links -----------------------------------------------------------------------------------------------------------

_PAGE = re.compile(r"\.(?:html|md)$")


def _lead(
    link: etree._Element,
    here: str,
    places: Mapping[str, frozenset[str]],
    on_site: Callable[[str, str], str],
) -> None:
    """Have a link lead to its place in the copy or on the site; where neither has it, its words stay."""
    address = link.get("href", "")
    parts = urlsplit(address)
    if parts.scheme in _SCHEMES:
        link.set("href", whole_address(address))
        return
    if parts.scheme:
        _unwrap(link)
        return
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    name = _PAGE.sub("", path) if path else here
    if name in places and (not fragment or fragment in places[name]):
        link.set("href", f"{name}#{fragment}" if fragment else name)
        link.set(INSIDE, "")
    elif name not in places and (found := on_site(path, fragment)):
        link.set("href", found)
    else:
        _unwrap(link)


def whole_address(address: str) -> str:
    """Return an address with nothing in it that readers of books refuse (RFC 3986)."""
    return quote(address, safe="/:?#@!$&'()*+,;=%~-._")


def _on_site(briefing: Briefing, path: str, fragment: str, site: Publication) -> str:
    """Return where the site has a file that a page of the briefing leads to; empty where its address is not known."""
    if not site.complete:
        return ""
    there = posixpath.normpath(posixpath.join(briefing.path, path))
    folder, _, name = there.rpartition("/")
    mark = f"#{fragment}" if fragment else ""
    own_file = folder == briefing.path.strip("/") and "/" not in path
    if own_file or not _PAGE.search(name):
        return site.folder(folder) + quote(name) + mark
    return site.page(_PAGE.sub(".md", name) + mark, site.folder(folder))


def _unwrap(link: etree._Element) -> None:
    """Leave the words of a link; where they are all that a row has, they only said where it leads, and go."""
    row = link.getparent()
    alone = row is not None and row.tag in ("p", "li") and (row.text_content().strip() == link.text_content().strip())
    if alone and row is not None and row.get("class", "") in ("", "bf-links"):
        _remove(row)
    else:
        link.drop_tag()
