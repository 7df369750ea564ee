"""A saved page as a work: what it says of itself, and words of it as an excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import PurePosixPath

from bs4 import BeautifulSoup

from briefing import anchor, readers
from briefing.anchor.diagnose import short
from briefing.anchor.nearest import nearest
from briefing.authoring.ingest.metadata import read_authors, read_metadata, read_print_place
from briefing.authoring.references.works import FoundWork, WorkError, cleaned
from briefing.model import Selector
from briefing.readers.html import Block, blocks, parse
from briefing.readers.reading import decode

PAGES = (".html", ".htm")
REPORTS = (
    "citation_technical_report_institution",
    "citation_technical_report_number",
    "citation_dissertation_institution",
)
"""Names of what a page says only where it is about a report."""
LONGEST = 2_000
"""Characters of an excerpt that are looked up; 40 words are allowed."""


@dataclass(frozen=True, slots=True)
class SavedWork:
    """A document that was saved, with its text to take excerpts from."""

    work: FoundWork
    paragraphs: tuple[str, ...]
    """As a browser shows them: the cells of a row are in one, with tabs between them."""
    is_report: bool = False
    """Whether a page says that it is about a report."""


def read_saved(data: bytes, name: str) -> SavedWork:
    """Return what a saved page says of itself, and its text; of other documents, only their text.

    Raises WorkError, and nothing else.
    """
    try:
        found = readers.read(data, name)
        if PurePosixPath(name).suffix.lower() not in PAGES:
            return SavedWork(FoundWork(), found.paragraphs)
        html = decode(data, found.encoding).text
        soup = parse(html)
    except (readers.UnknownReader, readers.UnreadableDocument) as error:
        raise WorkError(f"{name} cannot be read: {error}") from error
    said, _ = read_metadata(html, soup)
    doi, isbn = (_said(soup, name) for name in ("citation_doi", "citation_isbn"))
    volume, issue, pages = read_print_place(html, soup)
    work = FoundWork(
        title=_sure(said.title),
        title_asked="" if _sure(said.title) else said.title,
        authors=read_authors(html, soup),
        publisher=_sure(said.publisher),
        url=said.url,
        published=_sure(said.published),
        language=_sure(said.language),
        doi=doi,
        isbn=isbn,
        volume=volume,
        issue=issue,
        pages=pages,
    )
    return SavedWork(cleaned(work), tuple(_paragraphs(blocks(soup))), any(_said(soup, name) for name in REPORTS))


def _said(soup: BeautifulSoup, name: str) -> str:
    """Return what a page says under a name of `meta`; empty where it says nothing."""
    meta = soup.find("meta", attrs={"name": name})
    return str(meta.get("content") or "") if meta else ""


def _paragraphs(found: Iterable[Block]) -> Iterator[str]:
    """Yield the text of a page as its author sees it: a row of a table in one, and links of a list apart, which styles
    keep apart in a browser."""
    for row, group in groupby(found, _row_of):
        cells = map(_links_apart, group)
        yield from ("\t".join(cells),) if row else cells


def _row_of(block: Block) -> int:
    """Return by what the row of a table that a paragraph is in is known; 0 where it is in none."""
    row = block.strings[0].find_parent("tr") if block.strings else None
    return id(row) if row else 0


def _links_apart(block: Block) -> str:
    text = block.text
    for one, other in pairwise(block.strings):
        link, next_link = one.find_parent("a"), other.find_parent("a")
        if link and next_link and link is not next_link:
            end, start = " ".join(one.split()), " ".join(other.split())
            text = text.replace(f"{end}{start}", f"{end} {start}", 1)
    return text


def _sure(text: str) -> str:
    """Return what a page says, without what is only a guess: the author looks for himself."""
    return "" if text.startswith("TODO") else text


def excerpt_of(paragraphs: tuple[str, ...], words: str, name: str) -> str:
    """Return words as a document has them: signs and spaces may differ. WorkError where it does not have them."""
    given = " ".join(words.split())
    if not given or len(given) > LONGEST:
        raise WorkError("an excerpt is a few words, at most 40, as they are in the page")
    text = "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    found = anchor.find(text, Selector(given), 1)
    if found:
        return " ".join(found[0].span.of(text).split())
    near = nearest(text, given)
    there = f"; the nearest there is “{short(near.span.of(text), 200)}”" if near else ", and nothing there is like it"
    raise WorkError(f"“{short(given)}” is not in {name}{there}")
