"""A saved page as a work: what it says of itself, and words of it as an excerpt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from briefing import anchor, readers
from briefing.anchor.diagnose import short
from briefing.anchor.nearest import nearest
from briefing.authoring.ingest.metadata import read_authors, read_metadata, read_print_place
from briefing.authoring.references.works import FoundWork, WorkError, cleaned
from briefing.model import Selector
from briefing.readers.html import parse
from briefing.readers.reading import decode

PAGES = (".html", ".htm")
LONGEST = 2_000
"""Characters of an excerpt that are looked up; 40 words are allowed."""


@dataclass(frozen=True, slots=True)
class SavedWork:
    """A document that was saved, with its text to take excerpts from."""

    work: FoundWork
    paragraphs: tuple[str, ...]


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
    doi, isbn = (
        str(meta.get("content") or "") if (meta := soup.find("meta", attrs={"name": key})) else ""
        for key in ("citation_doi", "citation_isbn")
    )
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
    return SavedWork(cleaned(work), found.paragraphs)


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
