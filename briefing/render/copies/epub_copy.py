"""A briefing as EPUB 3 (https://www.w3.org/TR/epub-33/), for readers of books.

The same briefing gives the same bytes: files have no time of their own, and the time of the last change is the last day
that the briefing records. Of accessibility only what holds for every briefing is claimed.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO

from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from briefing.render.copies.copied_pages import INSIDE, CopiedPage
from briefing.render.copies.html_copy import copy_templates, styles
from briefing.render.copies.title_page import TitlePage
from briefing.render.messages import Messages
from briefing.render.page_html import TocEntry

FOLDER = "EPUB"
"""Where its files are."""
_XHTML, _SVG, _OPS = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.idpf.org/2007/ops"
_TYPE = f"{{{_OPS}}}type"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""
_VOID = frozenset(("area", "br", "col", "hr", "wbr"))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRIES = 2
"""Levels of headings below a page’s own that the contents have."""


class EpubPage(Struct, frozen=True):
    """A page as a document of the book."""

    name: str
    title: str
    content: Markup
    has_svg: bool
    contents: Sequence[TocEntry]


def epub_copy(title: TitlePage, pages: Sequence[CopiedPage], say: Messages) -> bytes:
    """Return the file."""
    made = [_page(page) for page in pages]
    shown = {"title": title, "pages": made, "say": say, "identifier": _identifier(title), "depth": _ENTRIES}
    files = {
        "META-INF/container.xml": _written("container.xml.jinja", **shown),
        f"{FOLDER}/package.opf": _written("package.opf.jinja", **shown),
        f"{FOLDER}/nav.xhtml": _written("nav.xhtml.jinja", **shown),
        f"{FOLDER}/title.xhtml": _written("title.xhtml.jinja", **shown),
        **{f"{FOLDER}/{page.name}.xhtml": _written("page.xhtml.jinja", page=page, **shown) for page in made},
        f"{FOLDER}/style.css": styles("epub.css").encode(),
    }
    return _packed(files)


def _identifier(title: TitlePage) -> str:
    """Return what the book is known by: its address, or a name made of its path where that is not known."""
    return title.address or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{title.site}/{title.path}')}"


def _written(template: str, **values: object) -> bytes:
    text = copy_templates().get_template(template).render(**values)
    return _NOT_XML.sub("\ufffd", text).encode() + b"\n"


def _packed(files: dict[str, bytes]) -> bytes:
    """Return a zip that begins with the media type as it is, as the standard asks."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(_entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in files.items():
            packed.writestr(_entry(name, zipfile.ZIP_DEFLATED), content, compresslevel=9)
    return data.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type, entry.create_system, entry.external_attr = method, 3, 0o644 << 16
    return entry


# --- a page ----------------------------------------------------------------------------------------------------------


def _page(page: CopiedPage) -> EpubPage:
    body = etree.Element(f"{{{_XHTML}}}section", nsmap={None: _XHTML, "epub": _OPS})
    source = deepcopy(page.body)
    body.text = source.text
    body.extend(list(source))
    for picture in list(body.iter("svg")):
        if picture.tag == "svg":  # and not within another, with which it was changed
            _as_picture(picture)
    for element in list(body.iter(etree.Element)):
        if element is not body and not element.tag.startswith(f"{{{_SVG}}}"):
            _as_xhtml(element, page.name)
    text = etree.tostring(body, encoding="unicode")
    inner = text[text.index(">") + 1 : text.rindex("</")].strip()
    return EpubPage(page.name, page.title, Markup(inner), "<svg" in inner, page.contents)


def _as_picture(picture: etree._Element) -> None:
    """Put an element of SVG, whose name is that alone, into its namespace with all that is in it."""
    given = {name: value for name, value in picture.attrib.items() if name != "xmlns"}
    made = etree.Element(f"{{{_SVG}}}svg", given, nsmap={None: _SVG})
    made.text, made.tail = picture.text, picture.tail
    made.extend(list(picture))
    picture.getparent().replace(picture, made)
    for inner in made.iterdescendants(etree.Element):
        inner.tag = f"{{{_SVG}}}{inner.tag}"


def _as_xhtml(element: etree._Element, page: str) -> None:
    """Make an element one of XHTML, with what readers of books know it by."""
    name, names = element.tag, element.get("class", "").split()
    element.tag = f"{{{_XHTML}}}{name}"
    if name not in _VOID and element.text is None:
        element.text = ""  # or it would be written without an end, which HTML does not know
    if language := element.get("lang"):
        element.set(_XML_LANGUAGE, language)
    if name == "a" and element.get(INSIDE) is not None:
        there, mark, fragment = element.get("href", "").partition("#")
        element.set("href", f"{'' if there == page and mark else f'{there}.xhtml'}{mark}{fragment}")
        del element.attrib[INSIDE]
    if element.get("role") == "doc-noteref":
        element.set(_TYPE, "noteref")
    if name == "aside" and "bf-note" in names:
        element.set("role", "doc-footnote")
        element.set(_TYPE, "footnote")
    if name in ("details", "summary"):
        _unfold(element, name)


def _unfold(element: etree._Element, name: str) -> None:
    """Show what a page folds: not every reader of books can open it."""
    own = {"details": "bf-unfolded", "summary": "bf-unfolds"}[name]
    element.tag = f"{{{_XHTML}}}{'div' if name == 'details' else 'p'}"
    element.set("class", f"{element.get('class', '')} {own}".strip())
