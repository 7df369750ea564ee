"""Files that other programs wrote, as rows: CSV with a header (RFC 4180), JSON, and JSON Lines.

`rows` takes bytes and gives mappings with the place where each stands; ImportFaultError says in plain words why a file
cannot be read at all.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.edit import Value
from briefing.load.files import FORBIDDEN, guess_encoding

Format = Literal["csv", "json", "jsonl"]
LIMIT = 50_000_000
"""Bytes; a larger export is better split by its own program."""
_LISTS = ("comments", "rows", "data", "items", "results", "posts")
"""Keys under which exports keep their list."""


class ImportFaultError(Exception):
    """A file cannot be read as what it is said to be."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file."""

    where: str
    """As a person finds it: "line 7", "entry 3"."""
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """What was not taken, or not as it was, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import makes of a file."""

    entries: tuple[Mapping[str, Value], ...]
    """New entries, as fields of the folder format."""
    left: tuple[Left, ...]
    known: int
    """How many were there already."""


def rows(data: bytes, name: str, style: Format | None = None) -> list[Row]:
    """The records of a file; its format is told by its name where it is not given."""
    style = style or _style(name)
    text = decoded(data, name)
    if style == "csv":
        return list(_csv(text, name))
    return list(_lines(text, name)) if style == "jsonl" else list(_entries(parsed(text, name), name))


def decoded(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark."""
    if len(data) > LIMIT:
        raise ImportFaultError(f"{name} is larger than {LIMIT // 1_000_000} MB; split it")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        probably = guess_encoding(data)
        advice = f"; it is probably {probably}" if probably else ""
        raise ImportFaultError(f"{name} is not UTF-8{advice}: open it in an editor and save it as UTF-8") from None
    if not text.strip():
        raise ImportFaultError(f"{name} is empty")
    return text


def parsed(text: str, name: str) -> Any:
    """JSON; ImportFaultError with line and column where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"{name} is no JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        raise ImportFaultError(reason) from None
    except RecursionError:
        raise ImportFaultError(f"{name} is nested too deeply") from None


def clean(value: object) -> str:
    """A value as text without what a text file may not hold; empty for nothing and for what is no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return FORBIDDEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _style(name: str) -> Format:
    ending = name.rpartition(".")[2].lower()
    known: Mapping[str, Format] = {
        "csv": "csv", "tsv": "csv", "json": "json", "jsonld": "json", "jsonl": "jsonl", "ndjson": "jsonl",
    }  # fmt: skip
    if ending not in known:
        raise ImportFaultError(f"the ending of {name} does not tell what it is: say --format csv, json or jsonl")
    return known[ending]


def _csv(text: str, name: str) -> Iterator[Row]:
    """Records by the names in the first line; a quoted cell may hold line breaks."""
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: Sequence[str] = ()
    try:
        line = 1
        for cells in reader:
            if not header:
                header = _header(cells, name)
            elif any(cell.strip() for cell in cells):
                yield Row(f"line {line}", {**dict(zip(header, cells, strict=False)), **_surplus(header, cells)})
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportFaultError(f"{name} is no sound CSV: line {reader.line_num}: {error}") from None


_SURPLUS = "\0surplus"
"""Stands for cells beyond the header; no column can be called so."""


def too_long(row: Row) -> bool:
    """Whether a row has more cells than the header has names."""
    return _SURPLUS in row.fields


def _surplus(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    return {_SURPLUS: ""} if any(cell.strip() for cell in cells[len(header) :]) else {}


def _header(cells: Sequence[str], name: str) -> Sequence[str]:
    names = [cell.strip() for cell in cells]
    twice = [cell for cell in names if cell and names.count(cell) > 1]
    if twice:
        raise ImportFaultError(f"two columns of {name} are called “{twice[0]}”")
    return names


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first line, outside of quoted cells."""
    first = text.lstrip("\r\n").splitlines()[0]
    bare = "".join(part for at, part in enumerate(first.split('"')) if at % 2 == 0)
    return max(",;\t|", key=lambda mark: bare.count(mark))


def _lines(text: str, name: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                raise ImportFaultError(f"line {number} of {name} is no JSON") from None
            if not isinstance(record, dict):
                raise ImportFaultError(f"line {number} of {name} is no object: a comment is {{…}} with fields")
            yield Row(f"line {number}", record)


def _entries(data: Any, name: str) -> Iterator[Row]:
    found = data
    if isinstance(data, dict):
        found = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), None)
    if not isinstance(found, list):
        raise ImportFaultError(f"{name} holds no list of comments, alone or under {', '.join(_LISTS)}")
    for number, record in enumerate(found, 1):
        yield Row(f"entry {number}", record if isinstance(record, dict) else {"text": record})
