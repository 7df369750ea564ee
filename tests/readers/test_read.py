"""Readers: a case is a document in cases/readers/ and beside it, in `<name>.golden`, what is visible in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from briefing.readers import (
    MAX_BYTES,
    READERS,
    DocumentText,
    Options,
    UnknownReader,
    UnreadableDocument,
    UnreadableSelector,
    read,
    read_here,
)
from briefing.readers.html import MAX_DEPTH, hide
from briefing.readers.reading import MissingLibrary
from tests.sizes import soak

CASES = Path(__file__).parent.parent / "cases" / "readers"
DOCUMENTS = sorted(path for path in CASES.iterdir() if path.suffix != ".golden")

TAGS = ["<p>", "</p>", "<b>", "</b>", "<br>", "<div hidden>", "</div>", "<pre>", "<!--", "-->", "<script>", "</script>",
        "<table>", "<td>", "&amp;", "&#", "<", ">", "\"", "'", "a", "é", " ", "\n", "\x0c", "\u00a0", "<![CDATA[",
        "<?x", "*", "`", "[", "](", "> ", "- ", "    ", "---\n", "a: b\n", "|", "\\"]  # fmt: skip


def dump(reading: DocumentText) -> str:
    head = f"{reading.reader}, {reading.encoding}{', guessed' if reading.guessed else ''}"
    return "".join(f"{line}\n" for line in (head, *map(repr, reading.paragraphs)))


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: case.name)
def test_a_document_gives_its_visible_text(case: Path, golden: Any) -> None:
    golden.check(case.with_name(f"{case.name}.golden"), dump(read(case.read_bytes(), case.name)))


def test_every_golden_reading_has_its_document() -> None:
    assert {path.stem for path in CASES.glob("*.golden")} == {path.name for path in DOCUMENTS}


def test_every_extension_has_a_case() -> None:
    assert {case.suffix for case in DOCUMENTS} | {".markdown"} == set(READERS)


@soak(300)
@given(
    st.one_of(st.binary(), st.lists(st.sampled_from(TAGS)).map(lambda tags: "".join(tags).encode())),
    st.sampled_from(sorted(READERS)),
)
def test_any_bytes_are_read_or_refused(data: bytes, extension: str) -> None:
    try:
        reading = read_here(data, f"original{extension}")
    except UnreadableDocument as refusal:
        assert refusal.reason
    else:
        assert all(paragraph == paragraph.strip(" \n") != "" for paragraph in reading.paragraphs)


@soak(300)
@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))), max_size=8))
def test_words_of_a_plain_text_come_back_in_order(lines: list[str]) -> None:
    reading = read("\n".join(lines).encode(), "original.txt")
    assert "".join(reading.paragraphs).split() == "".join(line.strip(" ") for line in lines if line.strip()).split()


@soak(300)
@given(st.lists(st.text(st.characters(categories=("L", "N", "Po"), exclude_characters="&"), min_size=1), max_size=8))
def test_inline_texts_are_joined_with_nothing(words: list[str]) -> None:
    page = "".join(f"<b>{word}</b>" for word in words)
    assert "".join(read(page.encode(), "original.html").paragraphs) == "".join(words)


@pytest.mark.parametrize("name", ["original.odt", "original", "original.PDFX", ".html", "folder.html/file"])
def test_an_unknown_kind_is_named_with_those_that_are_known(name: str) -> None:
    with pytest.raises(
        UnknownReader, match=r"cannot be read here; files that can be read end in \.txt, \.md, .*\.srt$"
    ):
        read(b"x", name)


def test_the_extension_is_read_in_any_case() -> None:
    assert read(b"x", "Original.TXT").paragraphs == ("x",)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"a\0b", "a.txt", "NUL"),
        (b"\xff\xfea", "a.txt", "byte order mark says utf-16"),
        (b"x" * (MAX_BYTES + 1), "a.txt", "larger than 20 MB"),
        (b"x" * 2_000_001, "a.md", "more than 2,000,000 characters"),
        (b"> " * 50 + b"x", "a.md", "nested more than 20 deep"),
        (b"<div>" * 10_000 + b"x", "a.html", "nested more than 512 deep"),
    ],
    ids=["binary", "broken-utf16", "large", "long-markdown", "deep-markdown", "deep-html"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read(data, name)


def test_a_reference_to_no_character_is_one_sign() -> None:
    """Python reads no number of so many digits."""
    cue = f"Rain &#{'9' * 5000}; &#x{'f' * 5000}; and &#{'0' * 5000}38; sun."
    assert read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n".encode(), "a.vtt").paragraphs == (
        "Rain \ufffd \ufffd and & sun.",
    )


def test_a_deep_page_within_the_limit_is_read() -> None:
    page = b"<div>" * (MAX_DEPTH - 10) + b"deep" + b"</div>" * (MAX_DEPTH - 10) + b"after"
    assert read(page, "a.html").paragraphs == ("deep", "after")


@pytest.mark.full
@pytest.mark.parametrize(
    "unit", ["<", "<!--", "<a ", "<a b='", "&", "<![CDATA[", "<script>", "<?", "<p>a <b>b</b> &amp; c</p>\n", "</b>"]
)
def test_a_megabyte_of_hostile_html_is_read(unit: str) -> None:
    page = (unit * 1_000_000)[:1_000_000].encode()
    assert read(page, "a.html").reader


@pytest.mark.full
@pytest.mark.parametrize("unit", ["[", "![", "*", "`", "> a\n", "- a\n", "<", "<!--", "[a](", "|a", "[a]: x\n", "a*"])
def test_hostile_markdown_is_read(unit: str) -> None:
    assert read((unit * 50_000)[:50_000].encode(), "a.md").reader


LIBRARIES = [
    ("a.docx", "mammoth", "mammoth", "docx"),
    ("a.pdf", "pdfplumber", "pdfplumber", "pdf"),
    ("a.vtt", "webvtt", "webvtt-py", "subtitles"),
    ("a.srt", "srt", "srt", "subtitles"),
]


@pytest.mark.parametrize(("name", "module", "library", "extra"), LIBRARIES)
def test_a_library_that_is_not_installed_is_named_with_what_brings_it(
    name: str, module: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingLibrary) as caught:
        read(b"x", name)
    command = str(caught.value).partition("which is not installed: `pip install ")[2]
    assert f"'{library}" in command and "mkdocs-briefing" not in command


BROKEN = [
    (
        "raise ImportError('DLL load failed\\nwhile importing _core')",
        "ImportError: DLL load failed while importing _core",
    ),
    ("import no_such_module_here", "ModuleNotFoundError: No module named 'no_such_module_here'"),
    ("import {module}.no_such_part", "ModuleNotFoundError: No module named '{module}.no_such_part'"),
    ("raise OSError('libx.so: cannot open shared object file')", "OSError: libx.so: cannot open shared object file"),
    ("from {module} import no_such_name", "ImportError: cannot import name 'no_such_name'"),
]


@pytest.mark.parametrize(("name", "module", "library", "extra"), LIBRARIES)
@pytest.mark.parametrize(("code", "reason"), BROKEN)
def test_a_library_that_fails_to_import_is_not_said_to_be_missing(
    name: str, module: str, library: str, extra: str, code: str, reason: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / module).mkdir()
    (tmp_path / module / "__init__.py").write_text(code.format(module=module), "utf-8")
    loaded = [known for known in sys.modules if known.split(".")[0] == module]
    for known in loaded:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(MissingLibrary) as caught:
        read(b"x", name)
    monkeypatch.undo()
    message = str(caught.value)
    assert f"needs {library}, which is installed, but fails to import ({reason.format(module=module)}" in message
    assert f"pip install --force-reinstall {library}`" in message and "not installed" not in message


def test_elements_are_left_out_and_their_words_are_counted() -> None:
    page = b"<nav>Home <b>News</b></nav><p>One <i>two</i> three.</p><p class=x>Four.</p>"
    reading = read(page, "a.html", Options(without=("nav, .x", "b", "i")))
    assert reading.paragraphs == ("One three.",)
    assert reading.removed == (3, 0, 1)


PLACES = (
    "<body><div>a<!--x--><b>c</b></div><div><b>d</b><i id=k>e <b>f</b></i></div>"
    "<p id=k><b>g</b>h</p><ul><li>i<li>j<b>k</b></ul></body>"
)


@pytest.mark.parametrize(
    "selector",
    [
        "body > div:nth-child(1)",
        "body > div:nth-child(2) > i:nth-child(2) > b:nth-child(1)",
        "#k > b:nth-child(1)",
        "body > ul:nth-child(4) > li:nth-child(2), b, #k > b:nth-child(1)",
        "body > p:nth-child(1), body > div:nth-child(9)",
        "#none > b:nth-child(1)",
    ],
)
def test_elements_by_their_place_are_those_of_the_selector(selector: str) -> None:
    by_place, matched = BeautifulSoup(PLACES, "lxml"), BeautifulSoup(PLACES, "lxml")
    hide(by_place, (selector,))
    for element in matched.select(selector):
        element["hidden"] = ""
    assert str(by_place) == str(matched)


def test_a_selector_that_is_none_is_named() -> None:
    with pytest.raises(UnreadableSelector) as caught:
        read(b"<p>x", "a.html", Options(without=("p[",)))
    assert caught.value.selector == "p["


def test_an_encoding_that_the_briefing_records_is_used() -> None:
    assert read("мост".encode("cp1251"), "a.txt", Options(encoding="windows-1251")).paragraphs == ("мост",)
