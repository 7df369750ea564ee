"""What an author types or pastes of a work: its number or address, what another program exports, or its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.anchor.diagnose import short
from briefing.authoring.ingest.folder import visible
from briefing.authoring.references.exports import kind_of, read_export
from briefing.authoring.references.works import ADDRESS, FoundWork, WorkError, as_date, as_doi, as_isbn, cleaned
from briefing.model.places import one_line

SHOWN = 80
"""Characters of what is not understood that a message repeats."""
FIELDS = ("title", "publisher", "published", "url", "volume", "issue", "pages", "isbn", "checked")
"""What an author can say of a work, besides its authors."""

Wrong = Mapping[str, tuple[str, str]]
"""By field, what cannot be so, and what to write."""


def work_named(text: str) -> FoundWork | None:
    """Return the work that a DOI, an ISBN or an address names, of which nothing else is known; None for other text.

    Raises WorkError for an ISBN whose digits do not fit together.
    """
    given = text.strip()
    doi, isbn = as_doi(given), as_isbn(given)
    if doi or isbn:
        return FoundWork(doi=doi, isbn=isbn, url=f"https://doi.org/{doi}" if doi else "")
    if re.fullmatch(r"(?:97[89])?[\d\s-]{9,14}[\dXx]", given):
        raise WorkError(f"{one_line(given)} is no ISBN: its digits do not fit together", "compare them with the book")
    return FoundWork(url=given) if ADDRESS.fullmatch(given) else None


def read_typed(text: str, name: str) -> tuple[FoundWork, ...]:
    """Return the works of what was typed or pasted, which messages call by this name. Raises WorkError."""
    given = text.strip()
    if not given:
        raise WorkError(f"there is nothing in {name}", "give a DOI, an ISBN, an address, BibTeX, RIS or CSL JSON")
    named = work_named(given)
    if named:
        return (named,)
    if kind_of(given, ""):
        return read_export(given.encode(), name)
    if re.match(r"<(?:!doctype|html|head|body)\b", given, re.IGNORECASE):
        raise WorkError(f"{name} is a page", "save it as a file, and choose that")
    words = short(visible(given), SHOWN)
    raise WorkError(
        f"“{words}” is no DOI, ISBN or address, and no BibTeX, RIS, CSL JSON or Zotero RDF",
        "give one of these, or write the work by hand, beginning with its title",
    )


def completed(work: FoundWork, said: Mapping[str, str], authors: Sequence[str] | None) -> tuple[FoundWork, Wrong]:
    """Return a work with what its author says of it in place of what was known, and what of that cannot be so.

    A field that `said` does not have stays as it is, as do the authors where None are given.
    """
    given: dict[str, Any] = {name: " ".join(said[name].split()) for name in FIELDS if name in said}
    if not (work.title or work.doi or work.isbn or work.url):
        given.setdefault("title", "")
    wrong = {name: told for name, value in given.items() if (told := _wrong_with(name, value))}
    if authors is not None:
        work = replace(work, authors=tuple(authors))
    return cleaned(replace(work, **given)), wrong


def _wrong_with(name: str, value: str) -> tuple[str, str] | None:
    if name == "title" and not visible(value):
        return "the title is missing", "write it as the work has it"
    if not value:
        return None
    if name in ("published", "checked") and not as_date(value):
        help = "write year-month-day, year-month or year: 2025-03-02, 2025-03, 2025"
        return f"“{value}” is no date that can be only one day", help
    if name == "url" and not ADDRESS.fullmatch(value):
        return f"“{value}” is no address", "write it as your browser shows it, beginning with https://"
    if name == "isbn" and not as_isbn(value):
        return f"“{value}” is no ISBN", "compare its digits with the book: one of them is there to find mistakes"
    return None
