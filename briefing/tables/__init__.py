"""Read exports of comments as rows: CSV with a header (RFC 4180), JSON, JSON Lines, and the XML of Disqus.

`rows` takes bytes and returns mappings with the place of each; TableError says in plain words why a file cannot be read
at all. `fields` reads what each row says of a comment. `briefing import` takes comments from exports, and the check
compares each comment with its row again: both read here, so they cannot disagree.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from briefing.load.folder_files import TEXT_LIMIT, guess_encoding
from briefing.model import TableFormat

if TYPE_CHECKING:
    from xml.etree import ElementTree

LIMIT = TEXT_LIMIT
"""Bytes; the file is kept in the folder and read again by each check."""
MOST_ROWS = 20_000
"""Twice as many comments as a page of comments has been seen with; each costs some fifty microseconds."""
MOST_LINES = 1_000_000
"""Of CSV, blank ones too."""
MOST_COLUMNS = 1_000
MOST_PARTS, MOST_FIELDS = 500_000, 700_000
"""Brackets of JSON, tags and attributes of XML; keys of JSON. What they become takes a hundred times the bytes."""
_LISTS = ("comments", "rows", "data", "items", "results", "posts", "response")
"""Keys under which exports keep their list."""
ANSWERS = ("replies", "children", "answers", "comments")
"""Keys under which a comment of an export holds those that answer it."""
_NUMBERED: Mapping[TableFormat, str] = {"csv": "line", "json": "entry", "jsonl": "line", "xml": "post"}
"""What the numbers of rows count."""


class TableError(Exception):
    """A file cannot be read as what it is said to be."""


class ExportRow(Struct, frozen=True):
    """One record of a file."""

    number: int
    """Its line, or its place in the list, from 1."""
    fields: Mapping[str, Any]


def where(style: TableFormat, number: int) -> str:
    """Return a row's place as a person finds it: "line 7", "entry 3"."""
    return f"{_NUMBERED[style]} {number}"


def rows(data: bytes, name: str, style: TableFormat) -> list[ExportRow]:
    """Return the records of a file, of which there is a most."""
    if style == "xml":
        found = _disqus_rows(data, name)
    elif style == "csv":
        found = _csv_rows(decoded(data, name), name)
    elif style == "jsonl":
        found = _json_line_rows(decoded(data, name), name)
    else:
        found = _json_rows(parsed(decoded(data, name), name), name)
    taken = list(islice(found, MOST_ROWS + 1))
    if len(taken) > MOST_ROWS:
        raise TableError(
            f"{name} has more than {MOST_ROWS:,} comments, from {where(style, taken[-1].number)}: split it"
        )
    return taken


def style_of(name: str) -> TableFormat:
    """Return the format that the name of a file shows."""
    ending = name.rpartition(".")[2].lower()
    known: Mapping[str, TableFormat] = {
        "csv": "csv", "tsv": "csv", "json": "json", "jsonld": "json", "jsonl": "jsonl", "ndjson": "jsonl", "xml": "xml",
    }  # fmt: skip
    if ending not in known:
        raise TableError(f"the name {name} does not show its format: add --format csv, json, jsonl or xml")
    return known[ending]


def _check_size(data: bytes, name: str) -> None:
    if len(data) > LIMIT:
        raise TableError(f"{name} is larger than {LIMIT // 1_000_000} MB; split it")


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark."""
    _check_size(data, name)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        probably = guess_encoding(data)
        advice = f"; it is probably {probably}" if probably else ""
        raise TableError(f"{name} is not UTF-8{advice}: open it in an editor and save it as UTF-8") from None
    if not text.strip():
        raise TableError(f"{name} is empty")
    return text


def parsed(text: str, name: str) -> Any:
    """Return the data of a JSON file; TableError with line and column where it is none."""
    if text.count("{") + text.count("[") > MOST_PARTS:
        raise TableError(f"{name} has more than {MOST_PARTS:,} objects and lists: split it")
    if sum(1 for _ in re.finditer(r'"\s*:', text)) > MOST_FIELDS:
        raise TableError(f"{name} has more than {MOST_FIELDS:,} fields: split it")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"{name} is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        raise TableError(reason) from None
    except ValueError:  # Python makes no number of so many digits
        raise TableError(f"{name} has a number with thousands of digits") from None
    except RecursionError:
        raise TableError(f"{name} is nested too deeply") from None


def _csv_rows(text: str, name: str) -> Iterator[ExportRow]:
    """Return records by the names in the first line; a quoted cell may hold line breaks."""
    csv.field_size_limit(LIMIT)
    # the delimiter is the mark that is most frequent in the first line, outside quoted cells
    first = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    bare = "".join(first.split('"')[::2])
    delimiter = max(",;\t|", key=bare.count)
    if bare.count(delimiter) >= MOST_COLUMNS:
        raise TableError(f"{name} has more than {MOST_COLUMNS:,} columns")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: Sequence[str] = ()
    try:
        line = 1
        for cells in reader:
            if not header:
                header = [cell.strip() for cell in cells]
                if len(header) > MOST_COLUMNS:
                    raise TableError(f"{name} has more than {MOST_COLUMNS:,} columns")
                if twice := [cell for cell, often in Counter(filter(None, header)).items() if often > 1]:
                    raise TableError(f"two columns of {name} are called “{twice[0]}”")
            elif any(cell.strip() for cell in cells):
                surplus = {_SURPLUS: ""} if any(cell.strip() for cell in cells[len(header) :]) else {}
                yield ExportRow(line, {**dict(zip(header, cells, strict=False)), **surplus})
            line = reader.line_num + 1
            if line > MOST_LINES:
                raise TableError(f"{name} has more than {MOST_LINES:,} lines: split it")
    except csv.Error as error:
        raise TableError(f"{name} is not valid CSV: line {reader.line_num}: {error}") from None


_SURPLUS = "\0surplus"
"""The field of cells beyond the header; no column can have this name."""


def is_too_long(row: ExportRow) -> bool:
    """Return whether a row has more cells than the header has names."""
    return _SURPLUS in row.fields


def _json_line_rows(text: str, name: str) -> Iterator[ExportRow]:
    lines = re.finditer("[^\n]+" if "\n" in text else "[^\r]+", text)
    number, counted, end = 1, 0, "\n" if "\n" in text else "\r"
    for found in lines:
        line = found[0]
        number, counted = number + text.count(end, counted, found.start()), found.start()
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                raise TableError(f"line {number} of {name} is not valid JSON") from None
            if not isinstance(record, dict):
                raise TableError(f"line {number} of {name} is not an object: a comment is {{…}} with fields")
            yield ExportRow(number, record)


def _json_rows(data: Any, name: str) -> Iterator[ExportRow]:
    """Yield the entries of the list, and then what stands below each as an answer to it."""
    found = data
    if isinstance(data, dict):
        lists = [key for key in _LISTS if isinstance(data.get(key), list)]
        full = [key for key in lists if data[key]]
        if len(full) > 1:
            raise TableError(f"{name} has several lists, under {' and '.join(full)}: make a file of each")
        found = data[(full or lists)[0]] if lists else None
    if not isinstance(found, list):
        raise TableError(f"{name} holds no list of comments, alone or under {', '.join(_LISTS)}")
    found = found[: MOST_ROWS + 1]  # enough to see that there are too many
    records = [record if isinstance(record, dict) else {"text": record} for record in found]
    for record in records:  # grows while it is walked through, so that what answers an answer is met as well
        records += _answers(record)
    for number, record in enumerate(records, 1):
        yield ExportRow(number, record)


def _answers(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a record holds as answers to it; which it answers is added where it does not say so itself."""
    for key in ANSWERS:
        inner = record.get(key)
        if isinstance(inner, list) and all(isinstance(one, dict) for one in inner):
            yield from ({"parent": record.get("id"), **one} for one in inner)


# --- XML of Disqus ----------------------------------------------------------------------------------------------

_DISQUS = "{http://disqus.com}"
_INTERNAL_ID = "{http://disqus.com/disqus-internals}id"


def _disqus_rows(data: bytes, name: str) -> Iterator[ExportRow]:
    """Return the posts of a Disqus export, whose messages are HTML.

    https://help.disqus.com/en/articles/1717164-comments-export
    """
    _check_size(data, name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise TableError(f"{name} declares its own entities, which no export of Disqus does")
    if data.count(b"<") > MOST_PARTS:
        raise TableError(f"{name} has more than {MOST_PARTS:,} tags: split it")
    if sum(1 for _ in re.finditer(rb"=\s*['\"]", data)) > MOST_PARTS:
        raise TableError(f"{name} has more than {MOST_PARTS:,} attributes: split it")
    from xml.etree import ElementTree  # every check imports this module, and few have such a file

    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise TableError(f"{name} is not valid XML: {error}") from None
    posts = root.findall(f"{_DISQUS}post")
    if root.tag != f"{_DISQUS}disqus" or not posts:
        raise TableError(f"{name} has no Disqus posts, and no other XML is read")
    for number, post in enumerate(posts, 1):
        yield ExportRow(number, dict(_fields_of_post(post)))


def _fields_of_post(post: ElementTree.Element) -> Iterator[tuple[str, str]]:
    from briefing.readers.html import visible  # the parser of HTML takes long to import, and few tables are exports

    yield "id", post.get(_INTERNAL_ID, "")
    for element in post:
        key = element.tag.removeprefix(_DISQUS)
        if key in ("parent", "thread"):
            yield key, element.get(_INTERNAL_ID, "")
        elif key == "author":
            yield from ((f"author.{part.tag.removeprefix(_DISQUS)}", part.text or "") for part in element)
        elif key == "message":
            yield key, "\n".join(visible(element.text or ""))
        elif key != "id":
            yield key, element.text or ""
