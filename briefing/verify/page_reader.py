"""Reads a page of a site as its readers do: blocks of text, what is quoted in them, and where it says it is from.

Nothing of what a page claims is believed here. A slice is what has an attribute `data-span`; a quotation is what HTML
calls one, and every pair of quotation marks in any text or attribute is left for `page_check` to account for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from briefing.verify.findings import place_in
from briefing.verify.site_files import SiteUnusableError

INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_SILENT = frozenset(("script", "style", "template", "noscript"))
_SNIPPET = "bf-snippet"
"""Class of HTML that is shown as text, which is read as the page that it makes."""
CHANGE = "bf-change"
"""The class of former words beside new ones: compared as a whole, and quoted by nobody."""
_NO_WORDS = frozenset(("headerlink", "bf-ref", "bf-number", "bf-permalink", _SNIPPET, CHANGE))
"""Classes of links and numbers that a page adds to words, of that, and of former words."""
_APART = frozenset(("bf-unseen",))
"""Classes of words for those who do not see a page: no part of what they stand in. Neither is what is marked as
deleted, which is what another text has."""
_ATTRIBUTES = ("title", "aria-label", "alt", "data-words", "data-credit", "data-toc-label", "placeholder", "value")
TRANSLATED = "bf-translation"


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A run of text without a break."""

    text: str
    element: etree._Element
    quoted: bool = False
    """Whether HTML says that it is a quotation."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Words with the place that they are said to be from."""

    text: str
    element: etree._Element
    start: int
    end: int
    comment: str
    of: str
    """The path of the briefing; empty for the one whose page it is."""


@dataclass(slots=True)
class PageRead:
    """A page."""

    root: etree._Element
    language: str
    blocks: list[PageBlock] = field(default_factory=list)
    slices: list[Slice] = field(default_factory=list)
    attributes: list[PageBlock] = field(default_factory=list)
    data: list[PageBlock] = field(default_factory=list)
    """Texts of JSON-LD."""
    snippets: list[PageBlock] = field(default_factory=list)
    """HTML that is shown as text, to be pasted elsewhere."""


def read_page(data: bytes) -> PageRead:
    """Return what a page shows. Raises SiteUnusableError where it is no HTML that can be read to its end."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SiteUnusableError(f"it is no page: {error}") from error
    if deep := [error for error in parser.error_log if "depth" in error.message.lower()]:
        raise SiteUnusableError(f"it cannot be read to its end: {deep[0].message}")
    page = PageRead(root, root.get("lang") or "en")
    _Reader(page).read()
    return page


class _Reader:
    """Goes through the elements of a page once."""

    def __init__(self, page: PageRead) -> None:
        self.page = page
        self.buffer: list[str] = []
        self.quotes: list[etree._Element] = []
        """The elements around the present place that are quotations."""
        self.collected: dict[etree._Element, list[str]] = {}
        """The words so far of each `q` and slice around the present place."""

    def read(self) -> None:
        for title in self.page.root.iter("title"):
            self.page.attributes.append(PageBlock(title.text_content(), title))
        for meta in self.page.root.iter("meta"):
            if meta.get("http-equiv"):  # for browsers alone, in a language of their own
                continue
            self.page.attributes.append(PageBlock(meta.get("content", ""), meta))
        for script in self.page.root.iter("script"):
            if script.get("type") == "application/ld+json":
                texts = strings_of_json(script.text_content())
                self.page.data += [PageBlock(text, script) for text in texts]
        body = self.page.root.find("body")
        if body is None:
            return
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                self._take(element, element.tail if event == "end" else None)
            elif event == "start":
                if self._is_silent(element):
                    if _SNIPPET in element.get("class", "").split():
                        self.page.snippets.append(PageBlock(element.text_content(), element))
                    walk.skip_subtree()
                else:
                    self._begin(element)
            else:
                self._end(element, body)

    def _is_silent(self, element: etree._Element) -> bool:
        return element.tag in _SILENT or not _NO_WORDS.isdisjoint(element.get("class", "").split())

    def _begin(self, element: etree._Element) -> None:
        names = element.get("class", "").split()
        if element.tag not in INLINE or not _APART.isdisjoint(names):
            self._flush(element.getparent())
        for name in _ATTRIBUTES:
            if words := element.get(name):
                self.page.attributes.append(PageBlock(words, element, quoted=False))
        if element.tag == "blockquote" or "bf-told" in names:
            self.quotes.append(element)
        if element.tag == "q" or element.get("data-span"):
            self.collected[element] = []
        self._take(element, element.text)

    def _end(self, element: etree._Element, body: etree._Element) -> None:
        if self._is_silent(element):
            self._take(element, element.tail)
            return
        names = element.get("class", "").split()
        if element.tag not in INLINE or not _APART.isdisjoint(names):
            self._flush(element)
        if self.quotes and self.quotes[-1] is element:
            self.quotes.pop()
        if (words := self.collected.pop(element, None)) is not None:
            self._collect(element, "".join(words))
        if element is not body:
            self._take(element.getparent(), element.tail)

    def _collect(self, element: etree._Element, words: str) -> None:
        if span := element.get("data-span"):
            start, _, end = span.partition("-")
            at = place_in(start), place_in(end)
            at = at if min(at) >= 0 else (-1, -1)
            where = element.get("data-in", ""), element.get("data-of", "")
            self.page.slices.append(Slice(words, element, *at, *where))
        elif words.strip():
            self.page.blocks.append(PageBlock(words, element, quoted=True))

    def _take(self, element: etree._Element | None, words: str | None) -> None:
        """Take words that stand in an element."""
        if not words:
            return
        self.buffer.append(words)
        if not _is_apart(element):
            for collected in self.collected.values():
                collected.append(words)

    def _flush(self, element: etree._Element | None) -> None:
        text = "".join(self.buffer)
        self.buffer.clear()
        if text.strip() and element is not None:
            apart = not _APART.isdisjoint(element.get("class", "").split())
            credit = element.tag in ("footer", "figcaption", "cite")
            self.page.blocks.append(PageBlock(text, element, bool(self.quotes) and not apart and not credit))


def _is_apart(element: etree._Element | None) -> bool:
    """Return whether words are in a quotation and no part of it."""
    while element is not None and element.tag in INLINE and element.tag != "q":
        if element.tag == "del" or not _APART.isdisjoint(element.get("class", "").split()):
            return True
        element = element.getparent()
    return False


def strings_of_json(text: str) -> list[str]:
    """Return every text in JSON that is shown as HTML or plain; nothing where it is damaged."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return []
    found: list[str] = []
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def place_of(element: etree._Element) -> str:
    """Return where an element is, in words that somebody can look for: the nearest id, its tag and class, its line."""
    name = element.tag if isinstance(element.tag, str) else "text"
    name += "".join(f".{each}" for each in element.get("class", "").split()[:1])
    line = f"line {element.sourceline}" if element.sourceline else ""
    above: etree._Element | None = element
    while above is not None:
        if id := above.get("id") or next((one.get("id") for one in above.iterchildren("h1", "h2", "h3")), None):
            return ", ".join(filter(None, (f"#{id}" if above is element else f"#{id} {name}", line)))
        above = above.getparent()
    return ", ".join(filter(None, (name, line)))


def texts_of_html(text: str) -> Iterator[str]:
    """Yield the runs of text in a piece of HTML, as search indexes and feeds have it."""
    if "<" not in text:
        yield text
        return
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        yield text
        return
    for element in root.iter():
        yield from (each for each in (element.text, element.tail) if each and isinstance(element.tag, str))


__all__ = ["INLINE", "TRANSLATED", "PageBlock", "PageRead", "Slice", "place_of", "read_page", "strings_of_json"]
