"""Every file that the program reads may come from Windows, from an old Mac, or from an editor that writes a byte order
mark or no last line end; what is read is the same. Files of a briefing: `test_bad_input.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.authoring.imports.remarks import read_remarks
from briefing.authoring.imports.web_annotations import read_annotations
from briefing.authoring.references.exports import read_export
from briefing.readers import read
from briefing.tables import rows, style_of
from tests.load.folders import CASES

CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "BOM and CRLF": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "no last line end": lambda data: data.rstrip(b"\n"),
}
REMARKS = (
    b'{"format": "briefing-remarks-1", "briefing": "b", "state": "", "exported": "2025-01-01",\n"reviewer": "A",\n'
)
REMARKS += b'"remarks": [{"annotation": "", "state": "", "text": "Why?\\nSay so."}]}\n'


def exported(data: bytes, name: str) -> Any:
    return [row.fields for row in rows(data, name, style_of(name))]


def document(data: bytes, name: str) -> Any:
    found = read(data, name)
    return found.paragraphs, found.times, found.voices


KINDS: dict[str, Callable[[bytes, str], Any]] = {
    "imports/comments/*.csv": exported,
    "imports/comments/*.json": exported,
    "imports/comments/*.jsonl": exported,
    "imports/comments/*.xml": exported,
    "imports/hypothesis*.json": lambda data, name: list(read_annotations(data, name)),
    "imports/hypothesis*.csv": lambda data, name: list(read_annotations(data, name)),
    "references/zotero.*[bfns]": read_export,
    "readers/article.md": document,
    "readers/lines.txt": document,
    "readers/page.html": document,
    "readers/*.srt": document,
    "readers/*.vtt": document,
}
FILES = [(path, reading) for pattern, reading in KINDS.items() for path in sorted(CASES.glob(pattern))]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("path", "reading"), FILES, ids=[path.name for path, _ in FILES])
def test_line_ends_and_marks_change_nothing(
    path: Path, reading: Callable[[bytes, str], Any], change: Callable[[bytes], bytes]
) -> None:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    assert reading(change(data), path.name) == reading(data, path.name)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_line_ends_and_marks_change_no_remark(change: Callable[[bytes], bytes]) -> None:
    assert read_remarks(change(REMARKS), "r.json") == read_remarks(REMARKS, "r.json")


def test_every_kind_has_a_file() -> None:
    assert {next(CASES.glob(pattern), None) for pattern in KINDS} != {None} and len(FILES) > 20
