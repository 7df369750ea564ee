"""A saved page: its tree, its paragraphs, and which elements CSS selectors name.

The common kinds of selectors are answered from an index, because soupsieve looks at every element for every selector,
and a page with ten thousand comments has a hundred thousand elements and is asked fifty times. What the index answers
is what soupsieve would.

Detect: detect the encoding and the days of a document.

A day is read as pages write it, in attributes and in words; what is not certain is not a date.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import PurePosixPath

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from briefing.anchor.characters import SPACELESS
from briefing.readers.html import BLOCKS, DECLARED, DECLARED_WITHIN, Block, blocks, flowing, parse
from briefing.readers.reading import DECLARABLE, decode, needed
from briefing.text.dates import dates
from briefing.text.language_rules import Language

# --- detect ----------------------------------------------------------------------------------------------------------


TEXTS = (".txt", ".md", ".markdown", ".html", ".htm", ".vtt", ".srt")
SAMPLE = 200_000
"""Bytes that are looked at: more does not make the guess better, and takes a second for each of these."""
WEB = {"cp125": "windows-125", "iso8859-": "iso-8859-", "mac_": "mac-"}
"""How the names of Python begin, and how those of the Encoding Standard do."""


def encoding_of(data: bytes, filename: str) -> str:
    """Return what `original.encoding` should say; empty where nothing needs to be said, or nothing speaks for one."""
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in TEXTS or not decode(data, _declared(data, extension)).guessed:
        return ""
    with needed("charset_normalizer", extension, "ingest", "charset-normalizer"):
        from charset_normalizer import from_bytes
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        return ""
    name = codecs.lookup(best.encoding).name
    if name not in DECLARABLE or decode(data, name).encoding != name:
        return ""
    return next((web + name.removeprefix(own) for own, web in WEB.items() if name.startswith(own)), name)


def text_of(data: bytes, filename: str, encoding: str) -> str:
    """Return a text document as characters."""
    extension = PurePosixPath(filename).suffix.lower()
    return decode(data, encoding or _declared(data, extension)).text


def _declared(data: bytes, extension: str) -> str:
    if extension not in (".html", ".htm"):
        return ""
    found = DECLARED.search(data, 0, DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""


ISO = re.compile(r"(?<!\d)([12]\d{3})[-/](\d\d)(?:[-/](\d\d))?(?!\d)")
SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/([12]\d{3})(?!\d)")
EPOCH = re.compile(r"(1\d{9})(\d{3})?")
"""Seconds or milliseconds since 1970: the years 2001 to 2033."""


def day(text: str, language: Language) -> str:
    """Return the one day, month or year that a text names, as ISO 8601; empty where there is none or several."""
    text = " ".join(text.split())[:200]
    if found := EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), timezone.utc).date().isoformat()
    if found := ISO.search(text):
        return _as_iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := SLASHES.search(text):
        first, second, year = map(int, found.groups())
        if first == second or min(first, second) > 12 or max(first, second) <= 12:
            return _as_iso(year, first, second) if first == second else ""
        return _as_iso(year, min(first, second), max(first, second))
    named = {(date.year, date.month, date.day) for date in dates(text, language) if date.year and date.month}
    if len(named) != 1:
        return ""
    year_, month, day_ = named.pop()
    return _as_iso(year_ or 0, month or 0, day_)


def _as_iso(year: int, month: int, day: int | None) -> str:
    try:
        datetime(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


# --- saved page ------------------------------------------------------------------------------------------------------


COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*)?(?P<rest>(?:\.[\w-]+|#[\w-]+|\[[\w-]+(?:[$^]?=[\"']?[\w/-]+[\"']?)?\])*)")
PART = re.compile(
    r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:(?P<how>[$^]?=)[\"']?(?P<value>[\w/-]+)[\"']?)?\]"
)


@dataclass(frozen=True, slots=True)
class Compound:
    """One step of a selector: what an element itself must be."""

    tag: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    """Name, kind of comparison and value."""

    def fits(self, element: Tag) -> bool:
        """Return whether an element is so."""
        if self.tag and element.name != self.tag:
            return False
        if self.classes and not set(self.classes) <= set(element.get_attribute_list("class")):
            return False
        return all(_compares(element.get(name), how, value) for name, how, value in self.attributes)


def _compares(given: object, how: str, value: str) -> bool:
    text = " ".join(given) if isinstance(given, list) else given
    if not isinstance(text, str):
        return False
    if how == "^=":
        return text.startswith(value)
    if how == "$=":
        return text.endswith(value)
    return not how or text == value


class PageIndex:
    """The elements of a page by tag, class and attribute."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.order: dict[int, int] = {}
        self.by: dict[str, list[Tag]] = {}
        for number, element in enumerate(soup.find_all(True)):
            self.order[id(element)] = number
            keys = [element.name, *(f".{name}" for name in element.get_attribute_list("class") if name)]
            for key in (*keys, *(f"[{name}]" for name in element.attrs)):
                self.by.setdefault(key, []).append(element)

    def select(self, selector: str) -> list[Tag]:
        """Return the elements that a selector names, in the order of the page."""
        steps = [_read_selector(part.strip()) for part in selector.split(",")]
        if any(step is None for step in steps):
            return list(self.soup.select(selector))
        found = {id(element): element for way in steps if way for element in self._elements_at(way)}
        return sorted(found.values(), key=lambda element: self.order[id(element)])

    def _elements_at(self, way: tuple[Compound, ...]) -> list[Tag]:
        *above, last = way
        key = f".{last.classes[0]}" if last.classes else f"[{last.attributes[0][0]}]" if last.attributes else last.tag
        return [element for element in self.by.get(key, []) if last.fits(element) and _is_within(element, above)]


def _is_within(element: Tag, above: list[Compound]) -> bool:
    """Return whether an element is in others that fit, outermost first."""
    wanted = list(above)
    for parent in element.parents if wanted else ():
        if wanted[-1].fits(parent):
            wanted.pop()
            if not wanted:
                return True
    return not wanted


@lru_cache(maxsize=512)
def _read_selector(selector: str) -> tuple[Compound, ...] | None:
    """Return a selector of compounds with spaces between them; None for any other."""
    made = []
    for step in selector.split():
        found = COMPOUND.fullmatch(step)
        if not found or not step:
            return None
        parts = list(PART.finditer(found["rest"]))
        made.append(
            Compound(
                found["tag"] or "",
                tuple(part["cls"] for part in parts if part["cls"]),
                tuple(
                    ("id", "=", part["id"]) if part["id"] else (part["name"], part["how"] or "", part["value"] or "")
                    for part in parts
                    if not part["cls"]
                ),
            )
        )
    return tuple(made) or None


UNSPACED_WORD = 2
"""Letters of a word, about, in scripts that put no spaces between words."""

UNSPACED = re.compile(f"[{SPACELESS}]")
WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page's tree and its paragraphs."""

    soup: BeautifulSoup
    blocks: tuple[Block, ...]
    block_of: dict[int, int]
    """By identity of a text node: the index of the paragraph that shows it."""
    html: str
    """As it was parsed, to see at once which names cannot be in it."""
    index: PageIndex

    def select(self, selector: str) -> list[Tag]:
        """Return the elements that a CSS selector names, in the order of the page."""
        return self.index.select(selector)

    def strings(self, element: Tag) -> list[NavigableString]:
        """Return the text nodes below an element that are shown, in order."""
        return [node for node in element.descendants if isinstance(node, NavigableString) and id(node) in self.block_of]

    def paragraphs(self, strings: Iterable[NavigableString]) -> list[str]:
        """Return the words of some text nodes, by the paragraphs that show them."""
        parts: dict[int, list[str]] = {}
        for node in strings:
            parts.setdefault(self.block_of[id(node)], []).append(str(node))
        return [text for block, found in parts.items() if (text := self._text(block, found))]

    def _text(self, block: int, parts: list[str]) -> str:
        """Return a paragraph; one that is there as a whole keeps the text that its reader shows."""
        whole = self.blocks[block]
        return whole.text if len(parts) == len(whole.strings) else flowing(" ".join("".join(parts).split()))


def read_page(html: str) -> SavedPage:
    """Read a page."""
    soup = parse(html)
    found = blocks(soup)
    block_of = {id(node): number for number, block in enumerate(found) for node in block.strings}
    return SavedPage(soup, found, block_of, html, PageIndex(soup))


def element_of(block: Block) -> Tag:
    """Return the innermost block element that all of a paragraph is in."""
    first, last = block.strings[0], block.strings[-1]
    shared = list(first.parents)
    if first.parent is not last.parent:
        around = {id(parent) for parent in last.parents}
        shared = [parent for parent in shared if id(parent) in around]
    return next((parent for parent in shared if parent.name in BLOCKS), shared[-1])


def count(text: str) -> int:
    """Return how many words a text has, or would have if its script put spaces between them."""
    unspaced = len(UNSPACED.findall(text))
    return len(text.split()) + unspaced // UNSPACED_WORD


def names(element: Tag, *, id: bool = True) -> str:
    """Return tag, id (if it says anything), classes and role of an element as small words, to search a vocabulary."""
    said = [element.name.replace("-", " ")]
    more = ("id",) if id else ()
    for attribute in (*more, "class", "role", "data-testid", "itemprop", "aria-label", "data-component"):
        value = element.get(attribute)
        for part in value if isinstance(value, list) else [value] if value else []:
            said.append(" ".join(WORD.findall(part)).lower())
    return " ".join(said)


def leads_elsewhere(link: object) -> bool:
    """Return whether something is a link to another page."""
    href = str(link.get("href", "#")) if isinstance(link, Tag) else "#"
    return "#" not in href and not href.startswith(("javascript:", "mailto:"))
