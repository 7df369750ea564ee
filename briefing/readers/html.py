"""Web pages: the text that a browser shows when it knows neither styles nor scripts.

BeautifulSoup builds the tree with lxml, whose tag soup rules close what the page leaves open; the parser of the
standard library needs quadratic time for some hostile pages. The tree is walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, ParserRejectedMarkup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from briefing.readers.decode import decode
from briefing.readers.reading import Reading, UnreadableDocument

VERSION = "html 1"

MAX_DEPTH = 2_000
"""Browsers flatten a page at 512; without a limit, closing tags that fit nothing cost time times depth."""

DROPPED = {
    "title", "script", "style", "template", "noscript", "iframe", "object", "audio", "video", "canvas",
    "datalist", "noframes", "noembed",
}  # fmt: skip
"""Elements whose text is not shown, or only where something else fails. `head` is none of them: lxml takes an
`article` for a part of it where the page leaves `body` out, and what shows no text there is named by itself."""

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
"""Elements that begin and end a paragraph."""

DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset\s*=|\?xml\b[^>]*?\bencoding\s*=)\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
DECLARED_WITHIN = 4096
"""Bytes from the beginning: the standard says 1,024, saved pages put comments before it."""

SPACE = re.compile(r"[ \t\n\r\f]+")
AROUND_BREAK = re.compile(r" *\n *")


def read(data: bytes) -> Reading:
    """Read a web page."""
    declared = DECLARED.search(data, 0, DECLARED_WITHIN)
    decoded = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    return Reading(VERSION, visible(decoded.text), decoded.encoding, decoded.guessed)


def visible(page: str) -> tuple[str, ...]:
    """The paragraphs of a page's visible text; the texts of inline elements are joined with nothing."""
    if not page.strip():
        return ()
    try:
        soup = BeautifulSoup(page, "lxml")
    except ParserRejectedMarkup as error:
        raise UnreadableDocument(f"its HTML cannot be read: {error}") from error
    shown = _Page()
    _walk(soup, shown)
    return shown.close()


def _walk(soup: BeautifulSoup, shown: _Page) -> None:
    """Report every element's beginning and end, and every text, in the order of the page."""
    open: list[tuple[str, Iterator[PageElement]]] = [("", iter(soup.contents))]
    while open:
        tag, rest = open[-1]
        node = next(rest, None)
        if node is None:
            open.pop()
            if tag:
                shown.end(tag)
        elif isinstance(node, Tag):
            shown.start(node.name, node.attrs)
            open.append((node.name, iter(node.contents)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            shown.data(str(node))


class _Page:
    """What a walk over the page reports to."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.pieces: list[str] = []
        """The texts of the paragraph that is being read; each line feed in them is shown as a line break."""
        self.depth = 0
        self.hidden = 0
        """How many open elements are not shown."""
        self.preformatted = 0
        """How many open elements show their text's own line breaks."""

    def start(self, tag: str, attributes: Mapping[str, object]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableDocument(f"its elements are nested more than {MAX_DEPTH:,} deep")
        if self.hidden or tag in DROPPED or "hidden" in attributes:
            self.hidden += 1
        self._edge(tag)
        self.preformatted += tag in ("pre", "textarea")
        if tag == "br" and not self.hidden:
            self.pieces.append("\n")

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.hidden -= self.hidden > 0
        self.preformatted -= tag in ("pre", "textarea")
        self._edge(tag)

    def data(self, text: str) -> None:
        if not self.hidden:
            self.pieces.append(text.replace("\r\n", "\n") if self.preformatted else SPACE.sub(" ", text))

    def close(self) -> tuple[str, ...]:
        self._flush()
        return tuple(self.paragraphs)

    def _edge(self, tag: str) -> None:
        """A block's edge ends a paragraph."""
        if tag in BLOCKS:
            self._flush()

    def _flush(self) -> None:
        """End a paragraph; two line breaks in a row end one too, as old pages write it."""
        text = AROUND_BREAK.sub("\n", re.sub(r"[ \t\f\r]+", " ", "".join(self.pieces)))
        self.pieces.clear()
        parts = (part.strip(" \n") for part in re.split(r"\n{2,}", text))
        self.paragraphs.extend(part for part in parts if part.strip())
