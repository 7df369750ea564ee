"""What is larger than a limit is refused in words; the manual states the limits that the program has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import tables
from briefing.authoring.imports import remarks as remark_files
from briefing.authoring.imports import web_annotations
from briefing.authoring.references import exports
from briefing.load import folder_files
from briefing.load.yaml import events
from briefing.prose import parse as prose
from briefing.readers import MAX_BYTES, child_process, documents, html, pdf, reading, subtitles
from briefing.verify import site_files
from tests.cost.worst import (
    Answer,
    annotations,
    checked,
    comments,
    document,
    drawn,
    filled,
    ingested,
    numbered,
    parsed,
    partial,
    pdf_document,
    pdf_of_forms,
    read_pdf,
    word_document,
    works,
)

MANUAL = Path("docs/manual/threats.md")

LARGER: dict[str, tuple[Callable[[], bytes], Answer, str]] = {
    "yaml": (
        lambda: b"quotes:\n" + b"- \n" * 200_000,
        partial(checked, "annotations/quotes.yml"),
        "file-too-large: “briefings/good/annotations/quotes.yml” has more than 200,000 keys and values",
    ),
    "source lines": (lambda: b"a\n" * 200_001, partial(checked, "source.txt"), "has more than 200,000 lines"),
    "source lines of an old Mac": (lambda: b"a\r" * 200_001, partial(checked, "source.txt"), "more than 200,000 lines"),
    "characters of a source": (
        lambda: b"word " * 400_001,
        partial(checked, "source.txt"),
        "source.txt” has more than 1,500,000 characters",
    ),
    "source": (lambda: b"a " * 3_000_001, partial(checked, "source.txt"), "is larger than 6 MB"),
    "prose": (lambda: b"a " * 50_001, parsed, "100,000"),
    "elements": (lambda: b"<i></i>" * 100_001, partial(document, "a.html"), "more than 100,000 elements"),
    "remarks in HTML": (lambda: b"<!---->" * 100_001, partial(document, "a.html"), "more than 100,000 elements"),
    "scripts": (lambda: b"<script></script>" * 100_001, partial(document, "a.html"), "more than 100,000 elements"),
    "Word paragraphs": (
        lambda: word_document("paragraphs", 800_000),
        partial(document, "a.docx"),
        "more than 20,000 paragraphs; copy its text into a .txt file, or divide it",
    ),
    "Word elements": (
        lambda: word_document("unknown", 800_000),
        partial(document, "a.docx"),
        "more than 100,000 elements",
    ),
    "characters of a PDF": (
        lambda: pdf_document(drawn("characters", 30_000), 3),
        read_pdf,
        "page 1 has more than 20,000 characters; copy its text into a .txt file",
    ),
    "drawing of a PDF": (
        lambda: pdf_document(drawn("states", 2_000_001)),
        read_pdf,
        "page 1 is drawn with more than 2 MB; copy its text into a .txt file",
    ),
    "forms of a PDF": (pdf_of_forms, read_pdf, "page 1 is drawn with more than 2 MB"),
    "Markdown lines": (lambda: b"a\n\n" * 25_001, partial(document, "a.md"), "more than 50,000 lines"),
    "Markdown marks": (lambda: b"![" * 50_001, partial(document, "a.md"), "more than 50,000 marks"),
    "text lines": (lambda: b"\n" * 1_000_001, partial(document, "a.txt"), "more than 1,000,000 lines"),
    "subtitles": (lambda: b"WEBVTT\n\n" + b"a" * 5_000_000, partial(document, "a.vtt"), "more than 5 MB of subtitles"),
    "comments": (
        lambda: numbered("{n},a\n", 400_000, "id,text\n"),
        partial(comments, "c.csv"),
        "c.csv has more than 20,000 comments, from line 20002: split it",
    ),
    "comments in JSON": (
        lambda: b"[" + b'"a",' * 20_001 + b'"a"]',
        partial(comments, "c.json"),
        "more than 20,000 comments, from entry 20001",
    ),
    "columns": (
        lambda: numbered("c{n},", 20_000, "", "\n1"),
        partial(comments, "c.csv"),
        "c.csv has more than 1,000 columns in line 1",
    ),
    "lines of CSV": (
        lambda: b"id,text\n" + b"\n" * 1_000_001 + b"1,a\n",
        partial(comments, "c.csv"),
        "more than 1,000,000 lines",
    ),
    "objects": (lambda: b"[" + b"{}," * 500_000 + b"{}]", partial(comments, "c.json"), "500,000 objects and lists"),
    "tags": (lambda: b"<disqus>" + b"<a/>" * 500_000 + b"</disqus>", partial(comments, "c.xml"), "500,000 tags"),
    "annotations": (
        lambda: b"[" + b"{}," * 2_000 + b"{}]",
        partial(annotations, "a.json"),
        "a.json has 2,001 annotations, and 2,000 are read: split it",
    ),
    "works": (lambda: filled('{"title":"T"},', 60_000, "[", "{}]"), partial(works, "a.json"), "only those that you"),
    "a number in JSON": (lambda: b'[{"id":' + b"9" * 5_000 + b"}]", partial(comments, "c.json"), "thousands of digits"),
    "a number in JSON Lines": (
        lambda: b'{"id":' + b"9" * 5_000 + b"}",
        partial(comments, "c.jsonl"),
        "line 1 of c.jsonl is not valid JSON",
    ),
    "a number of an annotation": (
        lambda: b"[" + b"9" * 5_000 + b"]",
        partial(annotations, "a.json"),
        "thousands of digits",
    ),
}


@pytest.mark.parametrize("name", LARGER)
@pytest.mark.full
def test_more_is_refused(name: str) -> None:
    make, answer, reason = LARGER[name]
    assert reason in answer(make())


@pytest.mark.parametrize("unit", ["<i ", "<font a", "{\\", "<i", "</b "])
@pytest.mark.full
def test_subtitles_of_tags_that_do_not_end_are_read(unit: str) -> None:
    """Two megabytes, which took hours."""
    data = filled(unit, 2_000_000, "1\n00:00:01,000 --> 00:00:02,000\n")
    assert document("a.srt", data) == ""


@pytest.mark.full
def test_a_line_of_marks_that_may_begin_a_remark_is_read() -> None:
    """Each was looked at up to the end of the line."""
    data = filled("#0", 1_900_000, "quotes:\n - {id: q, speaker: vane, kind: fragment, target: '", "'}\n")
    assert checked("annotations/quotes.yml", data).startswith("orphan")


@pytest.mark.parametrize("around", ["<!-- {} -->", "<?x {}>", "<!DOCTYPE {}>"])
@pytest.mark.full
def test_remarks_of_scripts_that_do_not_end_are_read(around: str) -> None:
    """A megabyte, which took hours; what is around it is an article."""
    words = "<p>" + "The council has decided that the bridge is to be closed. " * 9 + "</p>"
    page = around.format("<script " * 120_000) + f"<article><h1>A bridge</h1>{words * 3}</article>"
    assert ingested("a.html", page.encode()) == ""


def test_the_manual_states_the_limits() -> None:
    stated = {
        row.split("|")[1].strip(): row.split("|")[2]
        for row in MANUAL.read_text("utf-8").splitlines()
        if row.count("|") == 3
    }
    megabyte = 1_000_000
    known = {
        "YAML": (
            f"{folder_files.YAML_LIMIT // megabyte} MB (",
            f"{folder_files.COMMENTS_LIMIT // megabyte} MB)",
            f"{events.VALUES_LIMIT:,} keys",
            f"{events.DEPTH_LIMIT} levels",
        ),
        "a field of prose": (f"{prose.MAX_LENGTH:,} characters",),
        "`source.txt`": (
            f"{folder_files.SOURCE_LIMIT // megabyte} MB",
            f"{folder_files.SOURCE_LENGTH:,} characters",
            f"{folder_files.SOURCE_LINES:,} lines",
        ),
        "an original, a page, a document": (f"{MAX_BYTES // megabyte} MB", f"{folder_files.TEXT_LIMIT // megabyte} MB"),
        "HTML": (f"{html.MAX_ELEMENTS:,} elements", f"{html.MAX_DEPTH:,} levels"),
        "Word": (
            f"{documents.MAX_XML // megabyte} MB of XML",
            f"{documents.MAX_PARTS:,} elements",
            f"{documents.MAX_PARAGRAPHS:,} paragraphs",
            f"{child_process.MEMORY // megabyte // 1000} GB",
            f"{child_process.SECONDS} seconds",
            f"and {child_process.SECONDS_A_MEGABYTE} for each",
        ),
        "PDF": (
            f"{pdf.MAX_PAGES} pages",
            f"{pdf.MAX_UNPACKED // megabyte} MB",
            f"{pdf.MAX_CHARACTERS:,} characters",
            f"{pdf.MAX_DRAWN // megabyte} MB of drawing",
        ),
        "Markdown": (
            f"{documents.MAX_LENGTH:,} characters",
            f"{documents.MAX_LINES:,} lines",
            f"{documents.MAX_MARKS:,} marks",
            f"{documents.MAX_NESTING // 2} levels",
        ),
        "text": (f"{reading.MAX_LINES:,} lines",),
        "subtitles": (f"{subtitles.MAX_BYTES // megabyte} MB",),
        "exports of comments": (
            f"{tables.LIMIT // megabyte} MB",
            f"{tables.MOST_ROWS:,} comments",
            f"{tables.MOST_COLUMNS:,} columns",
            f"{tables.MOST_LINES:,} lines",
            f"{tables.MOST_PARTS:,} objects",
        ),
        "annotations of other programs": (f"{web_annotations.MOST:,};", f"{web_annotations.MOST_OWN:,} of"),
        "remarks of colleagues": (f"{remark_files.LIMIT // megabyte} MB",),
        "works of reference managers": (f"{exports.MOST_BYTES // megabyte} MB", f"{exports.MOST_WORKS:,} works"),
        "a site to verify": (
            f"{site_files.FILES:,} files",
            f"{site_files.LARGEST // megabyte} MB each",
            f"{site_files.ALL // megabyte // 1000} GB",
            f"{site_files.RATIO:,} times",
        ),
    }
    assert {what: [one for one in facts if one not in stated.get(what, "")] for what, facts in known.items()} == {
        what: [] for what in known
    }
