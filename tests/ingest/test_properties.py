"""What Word and PDF documents say about themselves, their running heads, and PDFs that unpack to too much."""

from __future__ import annotations

import zlib
from io import BytesIO

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from briefing.authoring.ingest import as_metadata, draft
from briefing.readers import UnreadableDocument, pdf, read
from briefing.readers import documents as document_readers
from tests.ingest.test_new import codes, new, site, word_file

__all__ = ["site"]

BODY = "The council of the bay voted to close the old bridge for the eight months of the repairs, as was said."


def word(title: str, author: str) -> bytes:
    document, made = docx.Document(BytesIO(word_file("The bridge report", BODY, BODY))), BytesIO()
    document.core_properties.title, document.core_properties.author = title, author
    document.save(made)
    return made.getvalue()


WORDS = ("no", "some", "many", "few", "all")


def paged(pages: int, title: str = "") -> bytes:
    """A PDF with a running head and foot on each page."""
    made = BytesIO()
    canvas = Canvas(made, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("Nora Finch")
    for page in range(1, pages + 1):
        canvas.drawString(72, 800, "Bay Council, report on the bridge")
        for line in range(3):
            canvas.drawString(
                72, 700 - 40 * line, f"On page {page} the bridge has {WORDS[page]} and {WORDS[line]} words"
            )
        canvas.drawString(72, 40, f"page {page} of {pages}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_a_title_in_the_properties_is_believed_where_the_text_begins_with_it() -> None:
    about = draft(word("The bridge report", "A. Reed"), "a.docx").metadata
    assert about.title == "The bridge report"
    assert about.author == "TODO: the document’s properties say “A. Reed”; who wrote it?"
    assert about.published.startswith("TODO: the document was made on ")
    other = draft(word("Minutes of May", ""), "a.docx").metadata
    assert other.title == "TODO: the document’s properties say “Minutes of May”; is this its headline?"


@pytest.mark.parametrize("title", ["Microsoft Word - bridge_v3.doc", "untitled", "Dokument1", "final.indd", ""])
def test_a_title_that_a_program_gave_is_none(title: str) -> None:
    assert as_metadata({"title": title}, [BODY]).title == ""


def test_broken_properties_are_none() -> None:
    assert document_readers.properties(b"PK\x03\x04") == {}


def test_a_pdf_has_properties_too() -> None:
    about = draft(paged(1, "A report"), "a.pdf").metadata
    assert about.title == "TODO: the document’s properties say “A report”; is this its headline?"
    assert about.author == "TODO: the document’s properties say “Nora Finch”; who wrote it?"


def test_running_heads_and_feet_are_left_out_one_by_one() -> None:
    made = draft(paged(4), "a.pdf")
    assert len(made.paragraphs) == 12 and all(text.startswith("On page") for text in made.paragraphs)
    assert [out.text for out in made.left_out][:2] == ["Bay Council, report on the bridge", "page 1 of 4"]
    assert {out.reason for out in made.left_out} == {"running"} and len(made.left_out) == 8
    assert made.pages == "1 4 7 10"


def test_on_two_pages_the_same_head_and_the_number_of_the_page_run() -> None:
    made = read(paged(2), "a.pdf")
    assert len(made.paragraphs) == 10 and made.running == (0, 4, 5, 9)
    assert read(paged(1), "a.pdf").running == ()


def test_a_document_with_running_heads_passes_the_check(site) -> None:  # type: ignore[no-untyped-def]
    assert new(site, "a.pdf", paged(4)).exit_code == 0
    assert codes(site) <= {"todo-left"}


def packed(content: bytes, filters: str) -> bytes:
    """A PDF of one page with a stream as it is given."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter[%s]/Length %d>>stream\n%s\nendstream" % (filters.encode(), len(content), content),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + rows + tail


NOTHING = b" " * 3_000_000


@pytest.mark.parametrize(
    ("content", "filters"),
    [
        (zlib.compress(NOTHING), "/FlateDecode"),
        (zlib.compress(zlib.compress(NOTHING)), "/FlateDecode/FlateDecode"),
        (zlib.compress(NOTHING)[:-2], "/FlateDecode"),
        (b"\x81 " * 24_000 + b"\x80", "/RunLengthDecode"),
    ],
    ids=["deflated", "twice", "cut", "run lengths"],
)
def test_a_stream_that_unpacks_to_too_much_is_refused(
    content: bytes, filters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_UNPACKED", 2_000_000)
    with pytest.raises(UnreadableDocument, match="unpack to more than 2 MB"):
        read(packed(content, filters), "a.pdf")


def test_outside_a_reading_nothing_is_bounded() -> None:
    from pdfminer import pdftypes

    read(paged(1), "a.pdf")
    assert pdftypes.zlib.decompress(zlib.compress(NOTHING)) == NOTHING
    assert pdftypes.rldecode(b"\x81 \x80") == b" " * 128
