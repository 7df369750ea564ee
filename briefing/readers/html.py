"""Web pages: the text that a browser shows when it knows neither styles nor scripts.

BeautifulSoup builds the tree with lxml, whose tag soup rules close what the page leaves open; the parser of the
standard library needs quadratic time for some hostile pages. The tree is walked without recursion.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from bs4 import BeautifulSoup, ParserRejectedMarkup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from msgspec import Struct
from msgspec.structs import replace
from soupsieve import SelectorSyntaxError

from briefing.readers.reading import DEFAULT, DocumentText, Options, UnreadableDocument, UnreadableSelector, decode

VERSION = "html 1"

MAX_DEPTH = 512
"""Where browsers flatten a page; what is deeper costs time times depth, here as in whoever reads the tree."""

MAX_ELEMENTS = 100_000
"""Beginnings of elements, and remarks and declarations, which a parser keeps as well. A page with ten thousand comments
has as many; one with more costs time and memory for hardly any words."""
TAG = re.compile(r"<[a-zA-Z!?][^<>]*>")
SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)

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

CREDITS = ("cite", "footer", "figcaption")
"""Elements of a block quotation that say whose words it is."""
CREDIT = re.compile(r"[―—–-]+\s*[^\W\d_a-z](?:\S*\s){0,11}\S*[^\s.!?…:]")
"""A last line of a few words without a full stop, behind a dash, that says the same."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset\s*=|\?xml\b[^>]*?\bencoding\s*=)\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
DECLARED_WITHIN = 4096
"""Bytes from the beginning: the standard says 1,024, saved pages put comments before it."""

SPACE = re.compile(r"[ \t\n\r\f]+")
AROUND_BREAK = re.compile(r" *\n *")
PARAGRAPH_GAP = re.compile(r"\n(?:[ \t\f\r]*\n)+")


class Block(Struct, frozen=True):
    """One paragraph of a page, and where its words come from."""

    text: str
    strings: tuple[NavigableString, ...]
    """The nodes whose text it shows, in order."""
    set_apart: bool = False
    """Whether it is in a `blockquote`, and not one that says whose words that is."""
    heading: int = 0
    """The level of the heading that it is, 1 to 6; 0 where it is none."""


def read(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read a web page, without the elements that are left out; UnreadableSelector where a selector is invalid."""
    declared = DECLARED.search(data, 0, DECLARED_WITHIN)
    decoded = decode(data, options.encoding or (declared[1].decode("ascii", "replace") if declared else ""))
    soup = parse(decoded.text)
    removed = hide(soup, options.without) if options.without else ()
    found = blocks(soup)
    shown = tuple(block.text for block in found)
    return DocumentText(
        VERSION,
        shown,
        decoded.encoding,
        decoded.guessed,
        removed,
        block_quotations=block_quotations(found),
        headings=headings(found),
    )


def visible(page: str) -> tuple[str, ...]:
    """Return the paragraphs of a page's visible text; the texts of inline elements are joined with nothing."""
    return tuple(block.text for block in blocks(parse(page)))


def block_quotations(found: Sequence[Block]) -> tuple[int, ...]:
    """Return the indexes of the paragraphs that are in a `blockquote`, without those that say whose words it is."""
    return tuple(number for number, block in enumerate(found) if block.set_apart)


def headings(found: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """Return the indexes of the paragraphs that are headings, each with its level, 1 to 6."""
    return tuple((number, block.heading) for number, block in enumerate(found) if block.heading)


def parse(page: str) -> BeautifulSoup:
    """Return the tree of a page."""
    if _count_elements(page) > MAX_ELEMENTS and _count_elements(SCRIPT.sub("<s>", page)) > MAX_ELEMENTS:
        raise UnreadableDocument(f"it has more than {MAX_ELEMENTS:,} elements; copy its text into a .txt file")
    try:
        return BeautifulSoup(page, "lxml")
    except ParserRejectedMarkup as error:
        raise UnreadableDocument(f"its HTML cannot be read: {error}") from error


def _count_elements(page: str) -> int:
    return sum(1 for _ in TAG.finditer(page))


def blocks(soup: BeautifulSoup) -> tuple[Block, ...]:
    """Return the paragraphs of a page's visible text, with their nodes."""
    shown = _PageText()
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
            shown.data(node)
    shown.flush()
    return tuple(shown.blocks)


def hide(soup: BeautifulSoup, selectors: Sequence[str]) -> tuple[int, ...]:
    """Hide the elements that CSS selectors name; return for each how many words it hides that none before it did."""
    shown = {id(node) for block in blocks(soup) for node in block.strings}
    selected = _Selection(soup)
    removed = []
    for selector in selectors:
        try:
            elements = selected(selector)
        except (SelectorSyntaxError, ValueError, NotImplementedError) as error:
            raise UnreadableSelector(selector, str(error).splitlines()[0]) from error
        words = 0
        for element in elements:
            for node in element.descendants:
                if id(node) in shown and isinstance(node, NavigableString):
                    shown.discard(id(node))
                    words += len(node.split())
            element["hidden"] = ""
        removed.append(words)
    return tuple(removed)


BY_PLACE = re.compile(r"(?:body|#[\w-]+)(?: > [a-z][a-z0-9]*:nth-child\([1-9][0-9]{0,5}\))+")


class _Selection:
    """The elements of a page that selectors name.

    Those that name one element by its place, as `briefing new` does where nothing else distinguishes it, are followed
    from above: a matcher of selectors tries each of them on every element, and on all that it is in.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.below: dict[int, list[Tag]] = {}
        self.with_id: dict[str, list[Tag]] = {}

    def __call__(self, selector: str) -> list[Tag]:
        """Return the elements in any order; what the library raises for a selector that it cannot read."""
        others, found = [], []
        for way in selector.split(", "):
            if BY_PLACE.fullmatch(way):
                found += self._at(way)
            else:
                others.append(way)
        return found + (self.soup.select(", ".join(others)) if others else [])

    def _at(self, way: str) -> list[Tag]:
        first, *steps = way.split(" > ")
        here = self._named(first[1:]) if first[0] == "#" else self.soup.find_all("body")
        for step in steps:
            tag, _, place = step.partition(":nth-child(")
            inner = [self._children(element) for element in here]
            at = int(place[:-1])
            here = [each[at - 1] for each in inner if len(each) >= at and each[at - 1].name == tag]
        return here

    def _children(self, element: Tag) -> list[Tag]:
        if id(element) not in self.below:
            self.below[id(element)] = [each for each in element.children if isinstance(each, Tag)]
        return self.below[id(element)]

    def _named(self, name: str) -> list[Tag]:
        if not self.with_id:
            for element in self.soup.find_all(id=True):
                self.with_id.setdefault(str(element["id"]), []).append(element)
        return self.with_id.get(name, [])


class _PageText:
    """The paragraphs of a page, as a walk over it meets beginnings, ends and texts."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[tuple[str, NavigableString | None]] = []
        """The texts of the paragraph that is being read; each line feed in them is shown as a line break."""
        self.depth = 0
        self.hidden = 0
        """How many open elements are not shown."""
        self.quoting = 0
        """How many open elements are block quotations."""
        self.quoted = 0
        """How many paragraphs there were before the outermost of these."""
        self.heading = 0
        """The level of the open heading; 0 where none is open."""
        self.preformatted = 0
        """How many open elements show their text's own line breaks."""

    def start(self, tag: str, attributes: Mapping[str, object]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableDocument(f"its elements are nested more than {MAX_DEPTH:,} deep")
        if self.hidden or tag in DROPPED or "hidden" in attributes:
            self.hidden += 1
        if tag in BLOCKS:
            self.flush()
        if tag == "blockquote":
            self.quoted = self.quoted if self.quoting else len(self.blocks)
            self.quoting += 1
        self.heading = HEADINGS.get(tag, self.heading)
        self.preformatted += tag in ("pre", "textarea")
        if tag == "br" and not self.hidden:
            self.pieces.append(("\n", None))

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.hidden -= self.hidden > 0
        self.preformatted -= tag in ("pre", "textarea")
        if tag in BLOCKS:
            self.flush()
        if tag == "blockquote":
            self.quoting -= 1
            if not self.quoting:
                self._without_credits()
        self.heading = 0 if tag in HEADINGS else self.heading

    def data(self, node: NavigableString) -> None:
        if not self.hidden:
            text = str(node)
            shown = text.replace("\r\n", "\n") if self.preformatted else SPACE.sub(" ", text)
            self.pieces.append((shown, node))

    def flush(self) -> None:
        """End a paragraph; two line breaks in a row end one too, as old pages write it."""
        raw = "".join(text for text, _ in self.pieces)
        if raw.strip():
            starts = list(accumulate((len(text) for text, _ in self.pieces), initial=0))
            behind = 0
            for gap in (*PARAGRAPH_GAP.finditer(raw), None):
                end = gap.start() if gap else len(raw)
                text = flowing(raw[behind:end])
                if text.strip():
                    first = bisect_right(starts, behind) - 1
                    last = bisect_right(starts, end - 1)
                    nodes = (node for _, node in self.pieces[first:last] if node is not None and node.strip())
                    self.blocks.append(Block(text, tuple(nodes), self.quoting > 0, self.heading))
                behind = gap.end() if gap else end
        self.pieces.clear()

    def _without_credits(self) -> None:
        """Set no longer apart the lines of the block quotation that ends which only say whose words the others are."""
        for number in range(self.quoted + 1, len(self.blocks)):
            block = self.blocks[number]
            last = number == len(self.blocks) - 1 and CREDIT.fullmatch(block.text)
            if last or all(map(_credits, block.strings)):
                self.blocks[number] = replace(block, set_apart=False)


def _credits(node: NavigableString) -> bool:
    """Return whether a text is in an element of a block quotation that says whose words it is."""
    around = node.find_parent([*CREDITS, "blockquote"])
    return around is not None and around.name in CREDITS


def flowing(text: str) -> str:
    """Return text as a browser lays it out: runs of spaces as one, none around a line break or at either end."""
    return AROUND_BREAK.sub("\n", re.sub(r"[ \t\f\r]+", " ", text)).strip(" \n")
