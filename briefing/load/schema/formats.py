"""Kinds of fields that must look a certain way: ids, dates, numbers, addresses, language tags, hashes, codes.

Each is a function from text to value that raises a `FieldError`, and the type that input models use.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from rapidfuzz import process
from rapidfuzz.distance import Indel

from briefing.load.schema.fields import STRING, Bare, bare, plain, unmarked
from briefing.load.schema.inputs import FieldError, Reads
from briefing.load.yaml.scalars import shortened
from briefing.model.codes import CODES
from briefing.model.places import in_marks

# --- ids --------------------------------------------------------------------------------------------------------

ID = re.compile("[a-z][a-z0-9-]{0,99}")
_PAGES_OWN = "p[0-9]+|t-.*|comments"
_DEVICES = r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³]) *(?:\..*)?"
_NO_NAME = re.compile(r'[<>:"|?*\\]')
RESERVED = re.compile(f"{_PAGES_OWN}|{_DEVICES}")
MOST_BYTES = 200
"""Of a name; file systems take 255, and a page's file name has an ending."""


def wrong_name(path: str) -> str:
    """Return why a folder cannot have such a path on every system; empty where it can."""
    for name in path.split("/"):
        if re.fullmatch(_DEVICES, name, re.IGNORECASE):
            return f"“{name}” is a name that Windows keeps for itself"
        if name.endswith("."):
            return f"“{name}” ends with a full stop, which Windows takes off"
        if name.endswith(" "):
            return f"“{name}” ends with a space, which Windows takes off"
        if found := _NO_NAME.search(name):
            return f"“{name}” has the character {found[0]}, which no name on Windows can have"
        if len(name.encode()) > MOST_BYTES:
            return f"{in_marks(shortened(name))} is longer than the name of a folder can be"
    return "it is longer than a path can be" if len(path.encode()) > 4 * MOST_BYTES else ""


LONGEST_PATH = 180
"""Code points of a briefing's path below the docs folder: Windows allows 260 for all of a path, of which names of pages
and files take up to 40, and as many are left for the folder that the site is in."""


def wrong_folder(path: str) -> str:
    """Return why no briefing can be in a folder with such a path on every system; empty where one can."""
    if reason := wrong_name(path):
        return reason
    if len(path) <= LONGEST_PATH:
        return ""
    what = f"{in_marks(shortened(path))} has more than {LONGEST_PATH} characters"
    return f"{what}, so that Windows cannot have the longest names of its pages"


def as_one_folder(path: str) -> str:
    """Return what two paths have in common that are one folder on Windows or macOS: these make no difference between
    capital and small letters, or between the ways in which a letter with an accent is encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def identifier(value: object) -> str:
    """Return an id that can be a fragment of an address and is not one of the pages' own."""
    given = unmarked(value) if type(value) is str else bare(value)  # a key of a mapping is plain text already
    if not ID.fullmatch(given):
        plain = unicodedata.normalize("NFKD", given.lower()).encode("ascii", "ignore").decode()
        slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
        hint = "an id has at most 100 lower-case letters a–z, digits and hyphens, and begins with a letter"
        better = f"; write “{slug}”" if ID.fullmatch(slug) and not RESERVED.fullmatch(slug) else ""
        raise FieldError("bad-id", f"{in_marks(shortened(given))} cannot be an id", hint + better)
    if reason := wrong_name(given):
        raise FieldError("bad-id", reason, "an id may become the name of a page; choose another")
    if RESERVED.fullmatch(given):
        hint = "“p” with a number, ids that begin with “t-”, and “comments” belong to the pages; choose another"
        raise FieldError("bad-id", f"the id “{given}” is one that the pages use themselves", hint)
    return given


Id = Annotated[str, Reads(identifier, {"type": "string", "pattern": f"^{ID.pattern}$"})]
PATH = re.compile(r"(?!\.)[\w.~-]+( +[\w.~-]+)*(/(?!\.)[\w.~-]+( +[\w.~-]+)*)*")


def folder_path(value: object) -> str:
    """Return the path of a folder below the docs folder, without a slash at its ends."""
    given = bare(value).strip("/")
    if not PATH.fullmatch(given):
        hint = (
            "write it as it was below the docs folder, with letters, digits, hyphens, spaces and /: briefings/old-name"
        )
        raise FieldError("wrong-value", f"{in_marks(shortened(given))} is not the path of a briefing", hint)
    if reason := wrong_name(given):
        hint = "no page can be made there on every system; take it out, or have the web server lead that address on"
        raise FieldError("wrong-value", reason, hint)
    return given


FolderPath = Annotated[str, Reads(folder_path, {"type": "string"})]

Ref = Bare
"""An id of something else; whether it exists is for `check`."""


def open_reference(value: object) -> str:
    """Return an id, or TODO."""
    return unmarked(plain(value))


OpenRef = Annotated[str, Reads(open_reference, STRING)]
"""An id that may still be TODO while the rest of the field is used."""


# --- numbers and switches ---------------------------------------------------------------------------------------

NUMBER = re.compile(r"[-+]?\d{1,30}(\.\d{1,30})?", re.ASCII)
"""Without exponents and bounded, so that no number can fill the memory when it is written out."""


def number(value: object) -> Decimal:
    """Return a number, exactly as it is written."""
    given = bare(value)
    if not NUMBER.fullmatch(given):
        hint = "write digits with a point for decimals and nothing else, for example 1500000 or 3.5"
        raise FieldError("wrong-type", f"{in_marks(shortened(given))} is not a number", hint)
    return Decimal(given)


def whole_number(value: object) -> int:
    """Return a number without decimals."""
    given = number(value)
    if given != given.to_integral_value():
        raise FieldError("wrong-type", f"“{given}” is not a whole number", "write it without decimals")
    return int(given)


SWITCH = {"true": True, "yes": True, "false": False, "no": False}


def switch(value: object) -> bool:
    """Yes or no."""
    given = bare(value)
    if given.lower() not in SWITCH:
        raise FieldError("wrong-value", f"{in_marks(shortened(given))} is neither yes nor no", "write true or false")
    return SWITCH[given.lower()]


Number = Annotated[Decimal, Reads(number, {"type": "number"})]
WholeNumber = Annotated[int, Reads(whole_number, {"type": "integer"})]
Switch = Annotated[bool, Reads(switch, {"type": ["boolean", "string"]})]


ROWS = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)


def row_range(value: object) -> tuple[int, int]:
    """Return the number of a row, or the first and last of several."""
    given = bare(value)
    found = ROWS.fullmatch(given.replace(" ", ""))
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 0 < first <= last or last - first > 10_000_000:
        raise FieldError(
            "wrong-value", f"{in_marks(shortened(given))} is not a row number", "write its number, or first-last: 8-12"
        )
    return first, last


Rows = Annotated[tuple[int, int], Reads(row_range, {"type": ["string", "integer"], "pattern": ROWS.pattern})]


def column_of(value: object) -> tuple[str, str]:
    """Return a field and the column that holds it: `text=comment-body`, as `briefing import comments --column` takes
    it."""
    given = bare(value)
    field, mark, column = given.partition("=")
    if not (field.strip() and mark and column):
        raise FieldError(
            "wrong-value", f"{in_marks(shortened(given))} names no column", "write field=column: text=comment-body"
        )
    return field.strip(), column


ColumnOf = Annotated[tuple[str, str], Reads(column_of, {"type": "string", "pattern": "^[^=]+=."})]


def page_starts(value: object) -> tuple[int, ...]:
    """Return the paragraph with which each page begins: `1 6 11`, with spaces or commas between."""
    given = bare(value).replace(",", " ").split()
    found = tuple(int(each) for each in given if re.fullmatch("[1-9][0-9]{0,6}", each, re.ASCII))
    if len(found) < len(given) or list(found) != sorted(found):
        hint = "write the number of the paragraph with which each page begins, from the first page on: 1 6 11"
        raise FieldError("wrong-value", f"{in_marks(shortened(bare(value)))} are no first paragraphs", hint)
    return found


def paragraph_numbers(value: object) -> tuple[int, ...]:
    """Return numbers of paragraphs, each larger than the one before: `7 12`, with spaces or commas between."""
    given = bare(value).replace(",", " ").split()
    found = tuple(int(each) for each in given if re.fullmatch("[1-9][0-9]{0,6}", each, re.ASCII))
    if len(found) < len(given) or list(found) != sorted(set(found)):
        hint = "write the numbers of the paragraphs, in order, as the annotated text shows them: 7 12"
        raise FieldError("wrong-value", f"{in_marks(shortened(bare(value)))} are no numbers of paragraphs", hint)
    return found


HEADING = re.compile(r"([1-9]\d{0,6})(?::([2-6]))?", re.ASCII)


def heading_numbers(value: object) -> tuple[tuple[int, int], ...]:
    """Return numbers of paragraphs, each larger than the one before and with a level from 2: `4 9:3 12`."""
    given = bare(value).replace(",", " ").split()
    read = [HEADING.fullmatch(each) for each in given]
    found = tuple((int(each[1]), int(each[2] or 2)) for each in read if each)
    numbers = [number for number, _ in found]
    if len(found) < len(given) or numbers != sorted(set(numbers)):
        hint = "write the numbers of the paragraphs in order, with a level from 3 to 6 behind a colon: 4 9:3 12"
        raise FieldError("wrong-value", f"{in_marks(shortened(bare(value)))} are no numbers of headings", hint)
    return found


MOMENT = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)", re.ASCII)


def moments(value: object) -> tuple[int, ...]:
    """Return when each paragraph begins, in seconds: `0:00 0:12 1:02:35`, with spaces or commas between."""
    given = bare(value).replace(",", " ").split()
    read = [MOMENT.fullmatch(each) for each in given]
    found = [int(each[1] or 0) * 3600 + int(each[2]) * 60 + int(each[3]) for each in read if each]
    if len(found) < len(given) or found != sorted(found):
        wrong = next((word for word, each in zip(given, read, strict=True) if not each), "")
        told = f"{in_marks(shortened(wrong))} is no moment" if wrong else "these moments are not one after the other"
        hint = "write the moment at which each paragraph begins, as minutes:seconds or hours:minutes:seconds: 0:00 0:12"
        raise FieldError("wrong-value", told, hint)
    return tuple(found)


PageStarts = Annotated[tuple[int, ...], Reads(page_starts, {"type": ["string", "integer"]})]
ParagraphNumbers = Annotated[tuple[int, ...], Reads(paragraph_numbers, {"type": ["string", "integer"]})]
HeadingNumbers = Annotated[tuple[tuple[int, int], ...], Reads(heading_numbers, {"type": ["string", "integer"]})]
Moments = Annotated[tuple[int, ...], Reads(moments, {"type": "string"})]


# --- addresses, languages, hashes, codes ------------------------------------------------------------------------


HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f.]*:[0-9a-f:.]*")
"""Names in any script, and numbers."""


def address(value: object) -> str:
    """Return a full http or https address."""
    given = bare(value)
    try:
        parts = urlsplit(given)
        host = parts.hostname or ""
        good = parts.scheme in ("http", "https") and parts.port is not False
    except ValueError:
        good, host = False, ""
    if not good or re.search(r"[\s<>\"\\]", given) or not HOST.fullmatch(host):
        hint = "write the whole address, for example https://www.example.org/page"
        raise FieldError("bad-url", f"{in_marks(shortened(given))} is not a full http or https address", hint)
    return given


def file_or_address(value: object) -> str:
    """Return the name of a file, or a full http or https address."""
    given = bare(value)
    if re.match("[a-z][a-z0-9+.-]*:", given, re.IGNORECASE):
        return address(value)
    if len(given.encode()) > 4 * MOST_BYTES:
        raise FieldError("wrong-value", f"{in_marks(shortened(given))} is longer than a path can be", "name the file")
    return given


LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+",
    re.ASCII | re.IGNORECASE,
)
"""RFC 5646, section 2.1, without irregular tags and languages of four to eight letters (there are none)."""


def language_tag(value: object) -> str:
    """Return a well-formed BCP 47 tag."""
    given = bare(value)
    if not LANGUAGE.fullmatch(given):
        hint = "write a tag such as en, en-GB, de or pt-BR"
        better = _language_named(given)
        hint += f"; did you mean “{better}”?" if better else ""
        raise FieldError("bad-language", f"{in_marks(shortened(given))} is not a language tag", hint)
    return given


def _language_named(given: str) -> str:
    """Return the tag that was meant: `en_GB`, or a language by its English or own name."""
    tag = given.replace("_", "-")
    if LANGUAGE.fullmatch(tag):
        return tag
    from babel import Locale  # for a tag that is wrong, and most are right

    for code, name in Locale("en").languages.items():
        if name.lower() == given.lower():
            return str(code).replace("_", "-")
    return ""


def sha256(value: object) -> str:
    """Return a SHA-256 as 64 hexadecimal digits."""
    given = bare(value).lower()
    if not re.fullmatch("[0-9a-f]{64}", given):
        hint = "it has 64 characters 0–9 and a–f; `sha256sum` prints it"
        raise FieldError("wrong-value", f"{in_marks(shortened(given, 20))} is not a SHA-256", hint)
    return given


def code(value: object) -> str:
    """Return a problem's code."""
    given = bare(value)
    if given not in CODES:
        raise FieldError(
            "wrong-value", f"there is no problem code {in_marks(shortened(given))}", did_you_mean(given, list(CODES))
        )
    return given


def likest(given: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the known words that are most like one, the likest first.

    difflib, whose order people find right, is asked of the twenty that are likest for rapidfuzz: of thousands each for
    thousands it takes minutes.
    """
    near = process.extract(given, list(known), scorer=Indel.normalized_similarity, limit=20, score_cutoff=cutoff)
    return difflib.get_close_matches(given, [word for word, _, _ in near], most, cutoff)


def nearest(given: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant; empty where none is near."""
    return next(iter(likest(given.lower(), known)), "")


def did_you_mean(given: str, known: list[str]) -> str:
    """Return a hint with the nearest of the known words, and all of them."""
    near = nearest(given, known)
    head = f"did you mean “{near}”? " if near else ""
    return f"{head}possible: {', '.join(known)}" if len(known) <= 30 or not near else head.strip()


Url = Annotated[str, Reads(address, {"type": "string", "pattern": "^https?://"})]
FileOrAddress = Annotated[str, Reads(file_or_address, {"type": "string"})]
Language = Annotated[str, Reads(language_tag, {"type": "string"})]
Sha256 = Annotated[str, Reads(sha256, {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"})]
ProblemCode = Annotated[str, Reads(code, {"type": "string", "enum": list(CODES)})]
