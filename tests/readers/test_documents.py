"""Word documents and PDFs, made here: tables with their headings, marks of notes, columns, page feet."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from briefing.readers import read
from briefing.readers.pdf import _page_numbers

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'  # noqa: E501


def word(body: str) -> bytes:
    """A Word document with the XML of its body."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
    return made.getvalue()


def run(text: str, *, raised: bool = False, bold: bool = False) -> str:
    style = '<w:vertAlign w:val="superscript"/>' * raised + "<w:b/>" * bold
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(text: str, span: int = 1, merge: str = "", bold: bool = False) -> str:
    style = f'<w:gridSpan w:val="{span}"/>' * (span > 1) + merge
    return f"<w:tc><w:tcPr>{style}</w:tcPr>{line(run(text, bold=bold))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


BEGUN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES = {
    "the first row is headings": (
        table(cell("Area") + cell("Homes"), cell("North") + cell("12"), cell("South") + cell("7")),
        ("Area: North; Homes: 12", "Area: South; Homes: 7"),
    ),
    "years are headings": (
        table(cell("") + cell("2024") + cell("2025"), cell("North") + cell("12") + cell("9")),
        ("North; 2024: 12; 2025: 9",),
    ),
    "merged headings are joined": (
        table(
            cell("Zweig", merge=BEGUN, bold=True) + cell("2024", span=2, bold=True),
            cell("", merge=GOES_ON, bold=True) + cell("Zahl", bold=True) + cell("Kosten", bold=True),
            cell("Nord") + cell("12") + cell("3 Euro"),
        ),
        ("Zweig: Nord; 2024, Zahl: 12; 2024, Kosten: 3 Euro",),
    ),
    "without headings": (table(cell("North") + cell("12"), cell("South") + cell("7")), ("North; 12", "South; 7")),
    "one that lays out a page": (
        table(cell("word " * 70) + cell("short"), cell("a") + cell("b")),
        (("word " * 70).strip(), "short", "a", "b"),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_of_a_table_keeps_its_headings(name: str) -> None:
    body, lines = TABLES[name]
    assert read(word(body), "a.docx").paragraphs == lines


def test_the_mark_of_a_note_is_no_word() -> None:
    body = line(run("It grew"), run("1", raised=True), run(" by 40 km"), run("2", raised=True), run(" in 2024"))
    body += line(run("It cost 9"), run("3", raised=True), run(".")) + line(run("3", raised=True), run(" Million."))
    assert read(word(body), "a.docx").paragraphs == ("It grew by 40 km2 in 2024", "It cost 9.", "Million.")


def test_numbers_that_count_the_pages_are_page_feet() -> None:
    assert _page_numbers([["A", "1 of 2"], ["B", "2 of 2"]]) == {1, 3}
    assert _page_numbers([["– 5 –", "A"], ["– 6 –", "B"]]) == {0, 2}
    assert _page_numbers([["A", "12"], ["B", "40"]]) == set()
    assert _page_numbers([["A", "7"]]) == set()


# --- PDF: tables with rules, and headings -------------------------------------------------------------------------

GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
ACROSS = [("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, 1), (-1, 1), 1, "black"),
          ("LINEBELOW", (0, -1), (-1, -1), 1, "black")]  # fmt: skip
LONG = "The council of the bay voted to close the old bridge for the eight months of the repairs that it needs now."
PRINTED = {
    "the first row is headings": (
        Table([["Area", "Homes"], ["North", "12"], ["South", "7"]], style=GRID),
        ("Area: North; Homes: 12", "Area: South; Homes: 7"),
    ),
    "joined headings": (
        Table(
            [["Zweig", "2024", ""], ["", "Zahl", "Kosten"], ["Nord", "12", "3 Euro"], ["Süd", "7", ""]],
            style=[*GRID, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))],
        ),
        ("Zweig: Nord; 2024, Zahl: 12; 2024, Kosten: 3 Euro", "Zweig: Süd; 2024, Zahl: 7"),
    ),
    "rules across alone": (
        Table(
            [["", "Surface", ""], ["Area", "water", "Total"], ["North", "22", "161"], ["South", "7", "9"]], style=ACROSS
        ),
        ("Area: North; Surface, water: 22; Total: 161", "Area: South; Surface, water: 7; Total: 9"),
    ),
    "a rule below every row": (
        Table(
            [["Area", "Homes"], ["North", "12"], ["South", "7"], ["West", "3"]],
            style=[("LINEBELOW", (0, 0), (-1, -1), 1, "black"), ACROSS[0]],
        ),
        ("Area: North; Homes: 12", "Area: South; Homes: 7", "Area: West; Homes: 3"),
    ),
    "headings over several columns are a line of their own": (
        Table(
            [["", "2024", "", "2025", ""], ["Art", "Zahl", "Euro", "Zahl", "Euro"], ["Nord", "8", "3", "9", "4"]],
            style=[*ACROSS, ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))],
        ),
        ("2024 2025", "Art: Nord; Zahl: 8; Euro: 3; Zahl: 9; Euro: 4"),
    ),
    "a frame round words is no table": (Table([[LONG[:60]]], style=GRID), (LONG[:60],)),
    "a heading goes on in a second line": (
        Paragraph("A short line<br/>of a heading", ParagraphStyle("", fontSize=18, leading=22)),
        ("A short line of a heading",),
    ),
    "a mark of a note behind a word is none": (
        Paragraph(
            "The customers of the<super size=6>1</super> largest pay more, and one in five<super size=6>2</super> left."
        ),
        ("The customers of the largest pay more, and one in five left.",),
    ),
    "a power stays": (Paragraph("A lake of 12 km<super size=6>2</super> in all."), ("A lake of 12 km2 in all.",)),
    "so does no short line of the text": (Paragraph("A short line<br/>and another"), ("A short line", "and another")),
}


@pytest.mark.parametrize("name", PRINTED)
def test_tables_and_headings_of_pdfs_are_whole(name: str) -> None:
    flowable, expected = PRINTED[name]
    made, spaced = BytesIO(), [Spacer(1, 20)]
    words = [Paragraph(LONG), *spaced, flowable, *spaced, Paragraph(LONG)]
    SimpleDocTemplate(made).build(words)
    paragraphs = read(made.getvalue(), "a.pdf").paragraphs
    assert paragraphs == (LONG, *expected, LONG)


def test_a_drawing_of_many_rules_is_not_searched_for_tables() -> None:
    made = BytesIO()
    drawing = [Table([[""] * 60] * 40, colWidths=7, rowHeights=7, style=GRID), Paragraph(LONG)]
    SimpleDocTemplate(made).build(drawing)
    assert read(made.getvalue(), "a.pdf").paragraphs == (LONG,)
