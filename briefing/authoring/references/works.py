"""Outside works as other programs describe them, and as references.yml has them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.attribution.entities import has_first_name, is_body
from briefing.authoring.edit.entries import Value
from briefing.authoring.ingest.folder import TODO, visible
from briefing.authoring.new_entries import free_id, make_id
from briefing.authoring.tried_change import ChangeRefusedError
from briefing.load.schema.dates import other_readings, wrong_date
from briefing.load.schema.formats import ID, LANGUAGE, RESERVED
from briefing.model import Reference
from briefing.text import language, speech

LONGEST = 500
"""Characters of a title or name that are kept; more is no title."""
MOST_AUTHORS = 100
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>]{1,200})", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[\w.\-\[\]:]+(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)
MISSING = {
    "title": "its title",
    "publisher": "who published it; delete the line if nobody did",
    "published": "when it was published: year-month-day, year-month or year",
}
"""What an entry that was made from a number or an address alone still needs."""


class WorkError(ChangeRefusedError):
    """A work cannot be read or added; the message says why, to an author."""


@dataclass(frozen=True, slots=True)
class FoundWork:
    """What is known of an outside work. What is not known is empty."""

    key: str = ""
    """Its name in the program that it comes from."""
    title: str = ""
    authors: tuple[str, ...] = ()
    """Names as they are spoken: “Ada Marsh”."""
    publisher: str = ""
    """Who published it; of an article, what it is in."""
    url: str = ""
    published: str = ""
    """As the other program has it."""
    language: str = ""
    doi: str = ""
    isbn: str = ""
    checked: str = ""
    """When it was last read, as the other program has it."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    """Of what it is in, and where in it."""
    title_asked: str = ""
    """A TODO that offers a title, where what the work says of itself is only a guess."""


def as_doi(text: str) -> str:
    """Return the DOI that a text is, in small letters as registration agencies compare them; empty for none."""
    found = DOI.fullmatch(text.strip())
    return found[1].rstrip(".,;").lower() if found else ""


def as_isbn(text: str) -> str:
    """Return the ISBN that a text is, thirteen digits; empty for none, also where its check digit is wrong."""
    digits = re.sub(r"^(?:urn:)?isbn(?:-1[03])?:?\s*|[\s\u2010-\u2015-]", "", text.strip(), flags=re.IGNORECASE).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits, re.ASCII):
        total = sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in zip(range(10, 0, -1), digits))  # noqa: B905
        return _thirteen(f"978{digits[:9]}") if total % 11 == 0 else ""
    if re.fullmatch(r"97[89][0-9]{10}", digits, re.ASCII):
        return digits if _thirteen(digits[:12]) == digits else ""
    return ""


def _thirteen(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def as_spoken(name: str) -> str:
    """Return `Marsh, Ada` as it is spoken; a name with several commas stays."""
    last, comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split()) if comma and "," not in first else " ".join(name.split())


def as_date(text: str) -> str:
    """Return a day, month or year as ISO 8601; empty where it is none, or may be two."""
    given = re.sub(r"T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?$", "", text.strip())
    # RIS: year/month/day/anything
    parts = re.fullmatch(r"(\d{4})[-/](\d{1,2})?[-/]?(\d{1,2})?(?:/.{0,40})?", given)
    if parts:
        given = "-".join([parts[1], *(part.zfill(2) for part in (parts[2], parts[3]) if part)])
    if not given or wrong_date(given) is None:
        return given
    readings = other_readings(given)
    if len(readings) == 1:
        return readings[0]
    year = re.fullmatch(r"\D*\b(1[4-9]\d\d|20\d\d)\b\D*", given)
    return year[1] if year else ""


# --- as references.yml has it -----------------------------------------------------------------------------------


def cleaned(work: FoundWork) -> FoundWork:
    """Return a work without what no file may hold: control characters, texts without end, addresses that are none."""

    def short(text: str) -> str:
        words = visible(text)
        return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"

    names = [short(name) for name in work.authors[:MOST_AUTHORS]]
    doi = as_doi(work.doi)
    language = work.language.strip().replace("_", "-")
    url = work.url.strip()
    return replace(
        work,
        title=short(work.title),
        title_asked=short(work.title_asked),
        authors=tuple(dict.fromkeys(name for name in names if name)),
        publisher=short(work.publisher),
        url=url if ADDRESS.fullmatch(url) else f"https://doi.org/{doi}" if doi else "",
        language=language if LANGUAGE.fullmatch(language) else "",
        doi=doi,
        isbn=as_isbn(work.isbn),
        volume=short(work.volume),
        issue=short(work.issue),
        pages=re.sub(r"(?<=\w) ?[-\u2010-\u2015]{1,3} ?(?=\w)", "–", short(work.pages)),
    )


def entry_of(work: FoundWork, id: str, *, from_number: bool = False) -> dict[str, Value]:
    """Return a work as an entry of references.yml; what must be there and is not known is a TODO.

    `from_number` is for a DOI, ISBN or address of which nothing else is known yet: then more is asked for.
    """
    number = f"doi:{work.doi}" if work.doi else f"ISBN {work.isbn}" if work.isbn else work.url
    fields: dict[str, Value] = {
        "id": id,
        "title": work.title
        or work.title_asked
        or (f"{TODO}: {MISSING['title']} ({number})" if from_number else f"{TODO}: its title"),
        "authors": list(work.authors),
        "publisher": work.publisher,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "url": work.url,
        "published": as_date(work.published),
        "language": work.language,
        "checked": as_date(work.checked),
        "note": f"ISBN {work.isbn}" if work.isbn else "",
    }
    if work.published and not fields["published"]:
        fields["published"] = f"{TODO}: when? The export says “{visible(work.published)[:60]}”"
    if from_number:
        fields |= {key: f"{TODO}: {MISSING[key]}" for key in ("publisher", "published") if not fields[key]}
    return {key: value for key, value in fields.items() if value}


def id_of(work: FoundWork, used: Container[str]) -> str:
    """Return an unused id: the name that its author's own program has for it, else from the first author and the
    year, else from the title."""
    own = re.sub(r"[_:.+/ ]+", "-", work.key.strip().lower())
    if ID.fullmatch(own) and not RESERVED.fullmatch(own) and not work.key.startswith("http"):
        return free_id(own, used)
    year = as_date(work.published)[:4]
    if work.authors and year:
        return make_id(f"{_known_by(work.authors[0])} {year}", "work", used)
    return make_id(work.title or work.doi or work.isbn, "work", used)


def _known_by(author: str) -> str:
    """Return the surname of somebody, or the first two words of a body that say something: Leirvik Transport."""
    words = author.split()
    known = [speech(language(tag)) for tag in ("en", "de")]
    if len(words) == 2 and any(has_first_name(words, rules) for rules in known):  # Jonathan Church
        return words[1]
    if not any(is_body(words, rules) for rules in known):
        return words[-1]
    short = next((word.strip("()") for word in words if word.strip("()").isupper() and len(word.strip("()")) > 2), "")
    telling = [word for word in words if word[0].isupper() and word.lower() not in _ARTICLES]
    return short or " ".join(telling[:2]) or words[-1]


_ARTICLES = ("the", "der", "die", "das")


def known_as(work: FoundWork, references: Iterable[Reference]) -> str:
    """Return the id of the reference that a work is already; empty where there is none."""
    keys = _keys({"url": work.url, "doi": work.doi, "isbn": work.isbn, "title": work.title})
    for reference in references:
        note = re.search(r"ISBN ([\d-]+)", reference.note)
        fields = {"url": reference.url, "doi": as_doi(reference.url), "isbn": note[1] if note else ""}
        if keys & _keys({**fields, "title": reference.title}):
            return reference.id
    return ""


def _keys(fields: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return by what two works are the same; a short title alone does not say so."""
    url = re.sub(r"^https?://(?:www\.)?", "", fields["url"]).rstrip("/#")
    title = re.sub(r"\W+", " ", fields["title"].casefold()).strip()
    found = {"url": url, "doi": fields["doi"], "isbn": as_isbn(fields["isbn"])}
    found["title"] = title if title.count(" ") >= 3 else ""
    return {(key, value) for key, value in found.items() if value}
