"""Documents that are broken, hostile or huge: a plain message or correct work, in bounded time and memory."""

from __future__ import annotations

import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from briefing.authoring.ingest import draft
from briefing.authoring.ingest.folder import NoArticleError
from briefing.readers import UnknownReader, UnreadableDocument
from briefing.readers.reading import MissingLibrary
from tests.ingest.test_new import TEXT, codes, new, pdf_file, site, word_file
from tests.sizes import sample

__all__ = ["site"]

ARTICLE = "".join(
    f"<p>{line}, and this is said at some length, so that it is a paragraph.</p>" for line in TEXT.splitlines() * 3
)
PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><body><article>{}</article>{}</body></html>"
SECONDS = sample(60)
"""CPU time for the largest documents here; they take a tenth of it, on a machine of 2024."""


def page(comments: str = "", article: str = ARTICLE) -> bytes:
    return PAGE.format(article, comments).encode()


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def scan() -> bytes:
    """A PDF with a drawing and no text."""
    made = BytesIO()
    canvas = Canvas(made)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def bomb() -> bytes:
    """An archive that looks like a Word document and unpacks to 300 MB."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as entry:
            for _ in range(300):
                entry.write(b" " * 1_000_000)
    return made.getvalue()


def renamed() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("holiday.jpg", b"no document")
    return made.getvalue()


POST = (
    "<article class=message><div class=message-content><div class=bbWrapper>"
    "<blockquote class=bbCodeBlock--quote>Said by nobody</blockquote>This is post {}</div></div></article>"
)
"""Of a forum; the first quotes as well, so that no class tells what is to be left out of the others."""
REFUSED = {
    "scan.pdf": (scan, "no text, so it is probably a scan"),
    "locked.pdf": (lambda: pdf_file("Secret", password="x"), "protected by a password"),
    "cut.pdf": (lambda: pdf_file("A line")[:300], "broken PDF"),
    "broken.docx": (lambda: word_file("A line")[:-400], "not a Word document"),
    "inside.docx": (
        lambda: word_file("A line").replace(b"word/document.xml", b"word/dokument.xml"),
        "broken Word document",
    ),
    "bomb.docx": (bomb, "would unpack to more than 10 MB"),
    "renamed.docx": (renamed, "an archive, but not a Word document"),
    "empty.html": (lambda: b"", "hardly any words"),
    "app.html": (lambda: b"<div id=root></div><script src=app.js></script>", "filled in by a program"),
    "links.html": (
        lambda: page("", "<ul>" + "<li><a href=/>Go there now</a></li>" * 60 + "</ul>"),
        "no article was found",
    ),
    "binary.txt": (lambda: b"\0\1\2" * 99, "NUL"),
    "empty.txt": (lambda: b" \n ", "no words"),
    "no.vtt": (lambda: b"no subtitles", "not a WebVTT file"),
    "no.srt": (lambda: b"no subtitles", "not a SubRip file"),
    "deep.html": (lambda: page("<div>" * 3000), "nested more than"),
    "empty-tags.html": (lambda: page("<b></b>" * 100_001), "more than 100,000 elements"),
    "scattered.html": (lambda: page("".join(map(POST.format, range(2_100)))), "cannot be distinguished"),
    "large.txt": (lambda: b"x" * 20_000_001, "larger than 20 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(site: Path, name: str) -> None:
    make, reason = REFUSED[name]
    result = new(site, name, make())
    assert result.exit_code == 1
    assert reason in result.output and "Traceback" not in result.output
    assert not (site / "docs/briefings/made").exists()
    assert [path.name for path in (site / "docs/briefings").iterdir()] == ["example"]


def test_a_kind_of_file_without_a_reader_is_named() -> None:
    with pytest.raises(UnknownReader, match=r"\.odt files cannot be read here"):
        draft(b"x", "a.odt")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb()
    tracemalloc.start()
    with pytest.raises(UnreadableDocument):
        draft(data, "bomb.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_page_in_windows_1251_is_read_and_keeps_its_bytes(site: Path) -> None:
    words = "Мэр города сказал, что мост будет закрыт на восемь месяцев, и это уже решено советом. " * 4
    data = f"<html lang=ru><title>Мост</title><article><h1>Мост</h1>{f'<p>{words}</p>' * 3}</article>".encode("cp1251")
    assert new(site, "a.html", data).exit_code == 0
    folder = site / "docs/briefings/made"
    assert words.strip() in (folder / "source.txt").read_text("utf-8")
    assert "encoding: windows-1251" in (folder / "briefing.yml").read_text("utf-8")
    assert (folder / "original.html").read_bytes() == data
    assert codes(site) == {"todo-left"}


def test_a_declared_encoding_needs_no_field() -> None:
    data = page().decode().replace("utf-8", "windows-1252").replace("council", "café").encode("cp1252")
    made = draft(data, "a.html")
    assert made.encoding == "" and "café" in made.paragraphs[0]


@pytest.mark.soak
def test_a_page_with_thousands_of_comments_is_read_in_bounded_time(site: Path) -> None:
    one = (
        '<li id="comment-{0}" class="comment"><footer class="comment-meta"><b class="fn">Reader {0}</b></footer>'
        '<div class="comment-content"><p>I have counted them, and this is number {0}.</p></div>'
        '<div class="reply">Reply</div></li>'
    )
    data = page("<ol class=comment-list>" + "".join(map(one.format, range(sample(10_000)))) + "</ol>")
    made = None

    def work() -> None:
        nonlocal made
        made = draft(data, "a.html")

    assert timed(work) < SECONDS
    assert made is not None and len(made.comments) == sample(10_000) and len(made.left_out) <= 3


@pytest.mark.soak
@pytest.mark.parametrize(
    "page_",
    [
        lambda: page("<script>" + "var a = 1;\n" * sample(450_000) + "</script>"),
        lambda: page("<div class=x><span>a b c</span><a href=#>link</a></div>" * sample(30_000)),
        lambda: page("<img src='data:image/png;base64," + "A" * sample(4_000_000) + "'>"),
    ],
    ids=["scripts", "links", "picture"],
)
def test_a_page_of_megabytes_is_read_in_bounded_time(page_: Callable[[], bytes]) -> None:
    data = page_()
    assert timed(lambda: draft(data, "a.html")) < SECONDS


@pytest.mark.soak
@pytest.mark.parametrize(
    "one",
    ["<p class=x>one two three four five</p>", "<h3><a href=/a>one two three four five</a></h3>", "<i><p>", "<br>"],
)
def test_a_page_of_hardly_anything_is_read_in_bounded_time(one: str) -> None:
    data = page(one * sample(45_000))
    assert timed(lambda: draft(data, "a.html")) < SECONDS


def test_a_thread_of_160_answers_one_below_the_other_is_read() -> None:
    one = '<li class="comment"><div class="comment-content"><p>And then number {}?</p></div><ol class="children">'
    data = page("<ol class=comment-list>" + "".join(map(one.format, range(160))) + "</ol></li>" * 160 + "</ol>")
    made = draft(data, "a.html")
    assert [comment.parent for comment in made.comments] == [None, *range(159)]


def test_what_a_deep_page_has_beside_its_words_is_left_out_by_its_places() -> None:
    """Of 400 posts in one another: their names, times and links, for which there is no common selector."""
    one = "<div class=post><b>Ann {}</b> <time>12 May 2025</time><p>And then number {} of them all.</p><a href=#>Re</a>"
    made = draft(page("".join(one.format(n, n) for n in range(400)) + "</div>" * 400), "a.html")
    assert "And then number 399 of them all." in made.paragraphs
    assert any(omission.elements.count(":nth-child(") > 100 for omission in made.left_out)


@pytest.mark.parametrize("extension", [".html", ".txt", ".md", ".docx", ".pdf", ".vtt", ".srt"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"PK\x03\x04", b"%PDF-1.7", b"<" * 500, b"\xc3" * 300, b"a: b\n" * 50]
)
def test_any_bytes_are_a_draft_or_refused(data: bytes, extension: str) -> None:
    try:
        assert draft(data, f"a{extension}").paragraphs
    except (UnreadableDocument, NoArticleError) as refusal:
        assert str(refusal)


def test_control_characters_of_a_page_spoil_nothing(site: Path) -> None:
    data = page(
        "<ol><li class=comment><div class=comment-content><p>One\x96 two\x1cthree \x01 four</p></div></li></ol>"
    )
    data = data.replace(b"council", "coun\x96cil".encode())
    assert new(site, "a.html", data).exit_code == 0
    assert codes(site) == {"todo-left"}


@pytest.mark.full
def test_more_comments_than_a_file_may_hold_are_refused(site: Path) -> None:
    one = (
        "<li class=comment><div class=comment-content><p>" + "A long comment that goes on. " * 200 + "{}</p></div></li>"
    )
    result = new(site, "a.html", page("<ol>" + "".join(map(one.format, range(2000))) + "</ol>"))
    assert result.exit_code == 1 and "its 2,000 comments are more than a comments.yml can hold (10 MB)" in result.output
    assert not (site / "docs/briefings/made").exists()


def test_without_trafilatura_the_command_says_what_brings_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    result = new(site, "a.html", page())
    assert result.exit_code == 1 and "needs trafilatura, which is not installed: `pip install '" in result.output
    assert all(name in result.output for name in ("'trafilatura", "'lxml", "'charset-normalizer"))


def test_where_trafilatura_fails_the_command_says_why(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "trafilatura"]:
        monkeypatch.delitem(sys.modules, name)
    (site.parent / "trafilatura.py").write_text("import lxml_html_clean_of_another_name\n", "utf-8")
    monkeypatch.syspath_prepend(str(site.parent))
    result = new(site, "a.html", page())
    monkeypatch.undo()
    assert result.exit_code == 1 and "not installed" not in result.output
    assert "(ModuleNotFoundError: No module named 'lxml_html_clean_of_another_name')" in result.output


@pytest.mark.parametrize("broken", [False, True])
def test_what_guesses_an_encoding_may_be_missing_or_fail(
    broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "charset_normalizer"]:
        monkeypatch.delitem(sys.modules, name)
    if broken:
        (tmp_path / "charset_normalizer.py").write_text("raise ImportError('DLL load failed')", "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
    else:
        monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    with pytest.raises(MissingLibrary) as caught:
        draft("Die Fähre fährt über die Förde, sagte der Bürgermeister.".encode("cp1252"), "a.txt")
    told = "installed, but fails to import (ImportError: DLL load failed)" if broken else "which is not installed"
    assert "needs charset-normalizer" in str(caught.value) and told in str(caught.value)
