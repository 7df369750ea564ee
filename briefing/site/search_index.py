"""What the engines of a site's search are given: the index of MkDocs or Material, and documents for Pagefind.

Both are made of the records of briefings (`site/search.py`) and of what the theme's plugin has read of all other pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape, unescape
from typing import Any

from briefing.render.escape import in_record
from briefing.site.search import OWN, PAGE, WORK, SearchRecord

Address = Callable[[str], str | None]
"""Gives the address of a page of Markdown in the site, None where there is no such page."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record with the address of the page that has it."""

    url: str
    record: SearchRecord


def found_records(
    records: Iterable[tuple[str, Iterable[SearchRecord]]], address: Address
) -> Iterator[list[FoundRecord]]:
    """Yield the records of pages that are in a site, those of one folder after the other; they are given with the
    folder that their pages are in."""
    for folder, own in records:
        urls = ((address(f"{folder}/{record.page}" if folder else record.page), record) for record in own)
        yield [FoundRecord(url, record) for url, record in urls if url is not None]


# --- the index of MkDocs and Material --------------------------------------------------------------------------------


def with_records(made: str, found: Sequence[FoundRecord]) -> str:
    """Return a site's index, as MkDocs or Material makes it, with records in place of what it has of their pages."""
    given = json.loads(made)
    if "index" in given:  # prebuilt: whoever reads it looks up what is in it already
        return made
    entries = _of_material if "fields" in given.get("config", {}) else _of_mkdocs
    own = [entry for one in found for entry in entries(one.record, one.url)]
    return _index({**given, "docs": [*_others(given, {one.url for one in found}), *own]})


def without_records(made: str, pages: Collection[str]) -> str:
    """Return a site's index without what it has of the pages of records, given by their addresses, which another
    engine finds."""
    given = json.loads(made)
    return made if "index" in given else _index({**given, "docs": _others(given, pages)})


def _index(given: Mapping[str, Any]) -> str:
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def _others(given: Mapping[str, Any], pages: Collection[str]) -> list[dict[str, Any]]:
    """Return the entries of all pages but those of records."""
    return [entry for entry in given["docs"] if re.split("[?#]", entry["location"])[0] not in pages]


def _of_material(record: SearchRecord, page: str) -> Iterator[dict[str, object]]:
    """Yield a record as Material has it, title and text as HTML.

    Material shows the page of a hit before the hit, so that Enter would open a page at its top. What stands before “#”
    is a page to it, and the first record of a page is that page: so each record has an address of its own before “#”,
    and an empty one before it that is the page and has its very address. Only the record is shown then.
    """
    verdict = f'<span class="bf-verdict bf-verdict-{record.verdict}">{in_record(record.verdict_word)}</span>'
    facts = (in_record(record.kind), in_record(record.speaker), verdict if record.verdict else "")
    title = " · ".join(filter(None, (*facts, in_record(record.words))))
    text = "".join(f"<p>{in_record(part)}</p>" for part in record.text)
    location = page
    if record.fragment:
        location = f"{page}?at={record.fragment}#{record.fragment}"
        yield {"location": location, "title": "", "text": ""}
    yield {"location": location, "title": title, "text": text, "boost": record.weight}


def _of_mkdocs(record: SearchRecord, page: str) -> Iterator[dict[str, object]]:
    """Yield a record as MkDocs has it, title and text plain."""
    location = f"{page}#{record.fragment}" if record.fragment else page
    yield {"location": location, "title": " · ".join(_line(record)), "text": "\n".join(record.text)}


def _line(record: SearchRecord) -> Iterator[str]:
    yield from filter(None, (record.kind, record.speaker, record.verdict_word, record.words))


# --- documents for Pagefind ------------------------------------------------------------------------------------------


DOCUMENTS = 5_000
"""About how many documents an index has at most. What is fetched before the first result names them all, at five bytes
each; where there are more records, each document holds several."""
SEPARATOR = "\u2063"
"""Between the parts of a line: a character that nobody sees, and that is taken out of what others wrote."""
_RANKS = ((OWN, "a", 5), (PAGE, "p", 1), (WORK * 2, "c", 0.5), (0.0, "w", 0.2))
"""The least weight of a record, the letter that the panel ranks it by, and what Pagefind counts its words as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A hit in a document: a line, and the text that is searched with it."""

    fragment: str
    rank: str
    weight: float
    verdict: str = ""
    line: tuple[str, str, str, str]
    """Kind, speaker, the word of the verdict, and the words."""
    text: Sequence[str]


def documents(
    made: str, found: Iterable[Iterable[FoundRecord]], pages: Collection[str], count: int, language: str
) -> Iterator[tuple[str, str]]:
    """Yield the documents that Pagefind reads, each with the name of its file: the records, and all other pages of a
    site, whose index, as Material makes it, is `made`.

    The records come folder by folder, so that those of a large site are not in memory at once; `pages` are the
    addresses of the pages that have some, and `count` says how many there are. `language` is that of the index, which
    is one for all pages.
    """
    entries = _others(json.loads(made), pages)
    size = max(1, -(-(count + len(entries)) // DOCUMENTS))
    for own in found:
        yield from _documents_of(((one.url, _section_of(one.record)) for one in own), size, language)
    yield from _documents_of(map(_section_of_entry, entries), size, language)


def _documents_of(sections: Iterable[tuple[str, _Section]], size: int, language: str) -> Iterator[tuple[str, str]]:
    """Yield documents of at most `size` sections of a page each."""
    own_sections: dict[str, list[_Section]] = {}
    for url, section in sections:
        own_sections.setdefault(url, []).append(section)
    for url, own in own_sections.items():
        for start in range(0, len(own), size):
            name = blake2b(f"{url} {start}".encode(), digest_size=12).hexdigest()
            yield f"{name}.html", _document(url, own[start : start + size], language)


def _section_of(record: SearchRecord) -> _Section:
    rank, weight = next((rank, counts) for least, rank, counts in _RANKS if record.weight >= least)
    rank = "n" if rank == "a" and record.page == "context.md" else rank
    line = (record.kind, record.speaker, record.verdict_word, record.words)
    again = " · ".join(_line(record))
    text = [part for part in record.text if part != again]  # for Material, which shows what it finds in the text
    return _Section(fragment=record.fragment, rank=rank, weight=weight, verdict=record.verdict, line=line, text=text)


def _section_of_entry(entry: Mapping[str, Any]) -> tuple[str, _Section]:
    """Return a part of a page as the theme's plugin has read it, as HTML, with the page's address."""
    page, _, fragment = str(entry["location"]).partition("#")
    words = _plain(str(entry["title"]))
    return page, _Section(
        fragment=fragment, rank="p", weight=1, line=("", "", "", words), text=(_plain(str(entry["text"])),)
    )


def _plain(html: str) -> str:
    return unescape(re.sub("<[^>]*>", " ", html))


def _document(url: str, sections: Iterable[_Section], language: str) -> str:
    """Return the document of sections of a page. Where each is and what it is are in the id of its heading."""
    head = f'<meta data-pagefind-meta="at[content]" content="{_escape(url)}">'
    body = "".join(_in_document(section) for section in sections)
    return f'<!doctype html><html lang="{_escape(language)}"><head>{head}</head><body>{body}</body></html>'


def _in_document(section: _Section) -> str:
    line = f" {SEPARATOR} ".join(_escape(part) for part in section.line)
    text = "".join(f"<p>{_escape(part)}</p>" for part in section.text)
    name = _escape(f"{section.rank}.{section.verdict}.{section.fragment}")
    return (
        f'<section data-pagefind-weight="{section.weight:g}">'
        f'<h2 id="{name}" data-pagefind-weight="{2 * section.weight:g}">{line}</h2>{text}</section>'
    )


def _escape(text: str) -> str:
    """Return a text as HTML, without control characters and separators."""
    return escape(text.translate(_CLEAN))


_CLEAN = {**dict.fromkeys(range(ord(" ")), " "), ord(SEPARATOR): None}
