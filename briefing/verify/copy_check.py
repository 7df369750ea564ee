"""Reads the copies of a briefing in one file as the pages that they are made of, so that the same is asked of them.

A PDF is compared with its hash alone: what its text says is where a browser has drawn letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from briefing.render.names import COPIES
from briefing.verify.findings import Mismatch, Verification
from briefing.verify.known_texts import KnownTexts
from briefing.verify.page_check import PageTexts, check_cards, check_page, check_text
from briefing.verify.page_reader import PageRead, read_page
from briefing.verify.site_files import SiteFiles, SiteUnusableError, open_packed
from briefing.verify.verdict_check import check_words

_LEVELS = {f"h{level + 1}": f"h{level}" for level in range(1, 6)}


def copies_of(briefing: KnownTexts) -> tuple[str, ...]:
    """Return the files of a site that may be copies of a briefing which can be read as pages."""
    return tuple(f"{briefing.manifest.path}/{COPIES[name]}".lstrip("/") for name in ("html", "epub"))


def check_copy(
    site: SiteFiles, name: str, texts: PageTexts, briefing: KnownTexts, so_far: Verification
) -> Iterator[Mismatch]:
    """Yield what in a copy contradicts the texts of its briefing, or why it cannot be read."""
    try:
        pages = dict(_pages(name, site.read(name)))
    except SiteUnusableError as error:
        yield Mismatch("altered", name, "", str(error))
        return
    for part, page in pages.items():
        yield from check_page(page, part, texts, so_far)
    parts = {f"{file}#{part}": one for file, page in pages.items() for part, one in _parts(page)}
    yield from check_cards(parts, briefing)
    yield from check_text(parts, briefing)
    yield from check_words(parts)


def _pages(name: str, data: bytes) -> Iterator[tuple[str, PageRead]]:
    """Yield the documents of a copy, each by where it is."""
    if name.endswith(".epub"):
        packed = open_packed(data)
        for inner in sorted(packed.sizes):
            if inner.endswith(".xhtml"):
                yield f"{name}/{inner}", read_page(packed.read(inner))
        return
    page = read_page(data)
    for part in page.root.iter("section"):
        if (own := part.get("id")) and _is_part(part):
            _as_page(part, own)
    yield name, page


def _is_part(section: etree._Element) -> bool:
    """Return whether this is what a page of the briefing became."""
    return "part" in section.get("class", "").split()


def _as_page(part: etree._Element, name: str) -> None:
    """Give what is in a part the ids and headings of the page that it was made of."""
    for element in part.iter(etree.Element):
        if element is part:
            continue
        element.tag = _LEVELS.get(element.tag, element.tag)
        if (id := element.get("id", "")).startswith(f"{name}."):
            element.set("id", id.removeprefix(f"{name}."))
        if (address := element.get("href", "")).startswith("#"):
            element.set("href", f"#{address.partition('.')[2]}")


def _parts(page: PageRead) -> Iterator[tuple[str, PageRead]]:
    for part in page.root.iter("section"):
        if _is_part(part):
            yield part.get("id", ""), PageRead(part, page.language)


__all__ = ["check_copy", "copies_of"]
