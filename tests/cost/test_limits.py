"""What is larger than a limit is refused in words; the manual states the limits that the program has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing import tables
from briefing.authoring.imports import remarks as remark_files
from briefing.authoring.imports import web_annotations
from briefing.authoring.ingest import article
from briefing.authoring.references import exports
from briefing.load import folder_files
from briefing.load.folder_files import read_folder
from briefing.load.yaml import events
from briefing.pipeline.briefing_build import build_briefing
from briefing.pipeline.checking import read_registers
from briefing.prose import parse as prose
from briefing.readers import MAX_BYTES, child_process, documents, html, pdf, reading, subtitles
from briefing.verify import site_files
from tests.cost.worst import (
    COMMENT,
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
from tests.load.folders import FOLDER, GOOD

MANUAL = Path("docs/manual/limits.md")

LARGER: dict[str, tuple[Callable[[], bytes], Answer, str]] = {
    "yaml": (
        lambda: b"quotes:\n" + b"- \n" * 100_000,
        partial(checked, "annotations/quotes.yml"),
        "file-too-large: “briefings/good/annotations/quotes.yml” has more than 100,000 keys and values",
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
    "characters of a text": (lambda: b"a " * 5_000_001, partial(document, "a.txt"), "more than 10,000,000 characters"),
    "paragraphs of a saved page": (
        lambda: b"<p>Words of it" * 20_001,
        partial(ingested, "a.html"),
        "has more than 20,000 paragraphs beside its comments; copy its text into a .txt file",
    ),
    "derived figures in a row": (
        lambda: derived_in_a_row(2_000),
        partial(checked, "annotations/figures.yml"),
        "bad-formula: more than 20 derived figures are computed one from the other here",
    ),
    "briefing.yml": (
        lambda: b"title: T\nkey_points:\n" + b"- It is.\n" * 33_400,
        partial(checked, "briefing.yml"),
        "file-too-large: “briefings/good/briefing.yml” is larger than 300 KB",
    ),
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
    "pages of a PDF": (lambda: pdf_document(b"", 2_000), read_pdf, "it has more than 500 pages"),
    "drawing of a PDF": (
        lambda: pdf_document(drawn("states", 2_000_001)),
        read_pdf,
        "page 1 is drawn with more than 2 MB; copy its text into a .txt file",
    ),
    "forms of a PDF": (pdf_of_forms, read_pdf, "page 1 is drawn with more than 2 MB"),
    "Markdown lines": (lambda: b"a\n\n" * 25_001, partial(document, "a.md"), "more than 50,000 lines"),
    "Markdown marks": (lambda: b"![" * 50_001, partial(document, "a.md"), "more than 50,000 marks"),
    "text lines": (lambda: b"\n" * 200_001, partial(document, "a.txt"), "more than 200,000 lines"),
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
        "c.csv has more than 1,000 columns",
    ),
    "lines of CSV": (
        lambda: b"id,text\n" + b"\n" * 1_000_001 + b"1,a\n",
        partial(comments, "c.csv"),
        "more than 1,000,000 lines",
    ),
    "objects": (lambda: b"[" + b"{}," * 500_000 + b"{}]", partial(comments, "c.json"), "500,000 objects and lists"),
    "fields": (lambda: b"[{" + b'"a":1,' * 700_001 + b'"b":1}]', partial(comments, "c.json"), "700,000 fields"),
    "attributes": (lambda: b"<disqus" + b" a=''" * 500_001 + b"/>", partial(comments, "c.xml"), "500,000 attributes"),
    "tags": (lambda: b"<disqus>" + b"<a/>" * 500_000 + b"</disqus>", partial(comments, "c.xml"), "500,000 tags"),
    "annotations": (
        lambda: b"[" + b"{}," * 2_000 + b"{}]",
        partial(annotations, "a.json"),
        "a.json has 2,001 annotations, and 2,000 are read: split it",
    ),
    "works": (lambda: filled('{"title":"T"},', 60_000, "[", "{}]"), partial(works, "a.json"), "only those that you"),
    "entries of BibTeX": (lambda: b"@a{" * 10_001, partial(works, "a.bib"), "more than 10,000 entries"),
    "lines of RIS": (
        lambda: b"TY  - JOUR\n" + b"a\n" * 200_001,
        partial(works, "a.ris"),
        "a.ris has more than 200,000 lines",
    ),
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


def derived_in_a_row(count: int) -> bytes:
    """So many derived figures, each computed from the next; the recursion ended the check with a traceback."""
    one = "  - {{id: d{}, label: L, value: 7, unit: x, formula: d{} * 1}}\n"
    rows = "".join(one.format(number, number + 1) for number in range(count))
    return f"derived:\n{rows}  - {{id: d{count}, label: L, value: 7, unit: x, formula: 3 + 4}}\n".encode()


def test_as_many_derived_figures_as_are_allowed_are_computed_in_any_order() -> None:
    files = read_folder(GOOD, FOLDER)
    lines = derived_in_a_row(20).decode().splitlines(keepends=True)
    for rows in (lines[1:], reversed(lines[1:])):
        entries = {**files.entries, f"{FOLDER}/annotations/more.yml": "".join((lines[0], *rows)).encode()}
        made = build_briefing(replace(files, entries=entries), read_registers(GOOD))
        assert not [problem for problem in made.problems if "one from the other" in problem.message]


def test_of_a_sentence_twenty_numbers_are_reported() -> None:
    """Each problem repeats the sentence: of a hundred thousand characters they took gigabytes."""
    files = read_folder(GOOD, FOLDER)
    given = b"title: T\nsummary: >-\n  The harbour has " + b", ".join(b"%d boats" % n for n in range(100, 400))
    made = build_briefing(
        replace(files, entries={**files.entries, f"{FOLDER}/briefing.yml": given + b".\n"}), read_registers(GOOD)
    )
    found = [problem for problem in made.problems if problem.code == "cited-number" and "boats" in problem.passage]
    assert len(found) == 20


@pytest.mark.parametrize("name", LARGER)
@pytest.mark.full
def test_more_is_refused(name: str) -> None:
    make, answer, reason = LARGER[name]
    assert reason in answer(make())


def test_no_page_is_made_of_a_pdf_that_has_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr("pdfplumber.pdf.Page", lambda *given, **named: made.append(given))
    with pytest.raises(reading.UnreadableDocument, match="more than 500 pages"):
        pdf.read(pdf_document(b"", 501))
    assert not made


def test_all_pages_of_a_pdf_have_no_more_than_a_source_may_have() -> None:
    """What many pages have, a file of them would take minutes for."""
    characters, drawing = pdf.Budget(1), pdf.Budget(1)
    with pytest.raises(pdf.TooMuchDataError):
        for page in range(1, 1_000):
            characters.begin_page(page)
            for _ in range(pdf.MAX_CHARACTERS):
                characters.draw_character()
    assert characters.refused.startswith("up to page 76 there are more than 1,500,000 characters; divide it")
    with pytest.raises(pdf.TooMuchDataError):
        for page in range(1, 1_000):
            drawing.begin_page(page)
            drawing.draw(pdf.MAX_DRAWN)
    assert drawing.refused.startswith("up to page 21 more than 40 MB are drawn; divide it")


@pytest.mark.parametrize("unit", ["<i ", "<font a", "{\\", "<i", "</b "])
@pytest.mark.full
def test_subtitles_of_tags_that_do_not_end_are_read(unit: str) -> None:
    """Two megabytes, which took hours."""
    data = filled(unit, 2_000_000, "1\n00:00:01,000 --> 00:00:02,000\n")
    assert document("a.srt", data) == ""


@pytest.mark.full
def test_a_line_of_marks_that_may_begin_a_remark_is_read() -> None:
    """Each was looked at up to the end of the line."""
    data = filled("#0", 990_000, "quotes:\n - {id: q, speaker: vane, kind: fragment, target: '", "'}\n")
    assert checked("annotations/quotes.yml", data).startswith("orphan")


def test_ten_thousand_short_comments_are_read() -> None:
    one = "- {id: c{n}, author: A, date: 2025-11-07, votes: 3, reply_to: c000000, text: It is so.}\n"
    refused = checked("comments.yml", numbered(one, 10_000 * len(one), "comments:\n"))
    assert not refused.startswith("file-too-large")


def test_comments_are_no_paragraphs_of_a_saved_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with ten thousand of them is made a briefing."""
    monkeypatch.setattr(article, "MAX_PARAGRAPHS", 50)
    words = "<p>The council has decided that the bridge is to be closed on Monday.</p>" * 20
    around = (f"<article><h1>A bridge</h1>{words}</article><ol class=comment-list>", "</ol>")
    assert ingested("a.html", numbered(COMMENT, 20_000, *around)) == ""
    assert "beside its comments" in ingested("a.html", (around[0] + words * 2).encode())


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
            f"`briefing.yml` {folder_files.MAIN_LIMIT // 1000} KB",
            f"{folder_files.COMMENTS_LIMIT // megabyte} MB)",
            f"{events.VALUES_LIMIT:,} keys",
            f"({events.ANNOTATIONS_VALUES_LIMIT:,} in a file of annotations",
            f"{events.DEPTH_LIMIT} levels",
        ),
        "a field of prose": (f"{prose.MAX_LENGTH:,} characters",),
        "`source.txt`": (
            f"{folder_files.SOURCE_LIMIT // megabyte} MB",
            f"{folder_files.SOURCE_LENGTH:,} characters",
            f"{folder_files.SOURCE_LINES:,} lines",
        ),
        "an original, a page, a document": (f"{MAX_BYTES // megabyte} MB", f"{folder_files.TEXT_LIMIT // megabyte} MB"),
        "HTML": (
            f"{html.MAX_ELEMENTS:,} elements",
            f"{html.MAX_DEPTH:,} levels",
            f"{article.MAX_PARAGRAPHS:,} paragraphs",
        ),
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
            f"{pdf.MAX_ALL_CHARACTERS:,} characters and {pdf.MAX_ALL_DRAWN // megabyte} MB in all",
        ),
        "Markdown": (
            f"{documents.MAX_LENGTH:,} characters",
            f"{documents.MAX_LINES:,} lines",
            f"{documents.MAX_MARKS:,} marks",
            f"{documents.MAX_NESTING // 2} levels",
        ),
        "text": (f"{reading.MAX_LENGTH:,} characters", f"{reading.MAX_LINES:,} lines"),
        "subtitles": (f"{subtitles.MAX_BYTES // megabyte} MB",),
        "exports of comments": (
            f"{tables.LIMIT // megabyte} MB",
            f"{tables.MOST_ROWS:,} comments",
            f"{tables.MOST_COLUMNS:,} columns",
            f"{tables.MOST_LINES:,} lines",
            f"{tables.MOST_PARTS:,} objects, tags or attributes, {tables.MOST_FIELDS:,} fields",
        ),
        "annotations of other programs": (f"{web_annotations.MOST:,};", f"{web_annotations.MOST_OWN:,} of"),
        "remarks of colleagues": (f"{remark_files.LIMIT // megabyte} MB",),
        "works of reference managers": (
            f"{exports.MOST_BYTES // megabyte} MB",
            f"{exports.MOST_WORKS:,} works",
            f"{exports.MOST_PARTS['BibTeX']:,} entries of BibTeX",
            f"{exports.MOST_PARTS['RIS']:,} lines of RIS",
        ),
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
