"""A briefing as PDF: printed by a browser from the HTML copy, with an outline, tagged, and with all of its words."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from briefing.cli import main
from briefing.pipeline import pdf_copies
from briefing.pipeline.pdf_copies import VARIABLE, PdfFailedError, find_browser, print_pdf
from briefing.render.statements import parts_of
from briefing.verify import verify
from tests.browser.conftest import chromium
from tests.copies.made import SITE, copies_of
from tests.copies.test_html_copy import bare
from tests.sites import build_site, make_site

FOLDER = "briefings/good"
A4 = (594.96, 841.92)


class Printed:
    """A PDF, read."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            document = PDFDocument(PDFParser(opened))
            self.about = {name: decode_text(value) for name, value in document.info[0].items()}
            self.catalog: dict[str, Any] = document.catalog
            self.outline = [(level, title.replace("\xa0", " ")) for level, title, *_ in document.get_outlines()]
            self.sizes = {tuple(page.mediabox[2:]) for page in PDFPage.create_pages(document)}
            self.addresses = {
                action.resolve()["URI"].decode() if hasattr(action, "resolve") else action["URI"].decode()
                for page in PDFPage.create_pages(document)
                for each in (page.annots.resolve() if hasattr(page.annots, "resolve") else page.annots or ())
                if (action := each.resolve().get("A")) and "URI" in action
            }
        self.text = bare(extract_text(str(file)))


def test_a_pdf_has_an_outline_tags_and_every_word(tmp_path: Path) -> None:
    ((briefing, files),) = copies_of("good")
    file = tmp_path / "copy.pdf"
    file.write_bytes(print_pdf(files["html"], chromium(), briefing.date))
    made = Printed(file)
    assert made.about["Title"] == briefing.title
    assert {made.about[name][:18] for name in ("CreationDate", "ModDate")} == {"D:20251121000000+0"}
    assert decode_text(made.catalog["Lang"]) == briefing.language
    assert made.catalog["MarkInfo"]["Marked"] is True
    assert [title for level, title in made.outline if level == 2] == [
        *("Contents", "Overview", "Annotated text", "Quotations and reported statements", "Figures"),
        *("Context", "Comments", "Sources and method"),
    ]
    named = {title for _, title in made.outline}
    assert {
        briefing.title,
        "4 Quotation, in 2 parts: Ada Thornbury: “For six years, our young people have had to leave before…”",
    } <= named
    assert {"3 Figure: Votes for the ferry", "7 Context note: The landing stage", "Theme: Is it worth it?"} <= named
    assert [round(side, 1) for side in next(iter(made.sizes))] == [round(side, 1) for side in A4]
    assert len(made.sizes) == 1
    assert f"{SITE.url}people/thornbury/" in made.addresses
    assert not any(address.startswith("file:") for address in made.addresses)
    assert bare(briefing.title) in made.text
    for annotation in (*briefing.quotations, *briefing.figures):
        if annotation.id in briefing.anchors:
            assert all(bare(part) in made.text for part in parts_of(briefing, annotation))
    for work in briefing.references:
        assert all(bare(excerpt.exact) in made.text for excerpt in work.excerpts), "what is folded is printed"


def test_a_site_offers_a_pdf_prints_it_once_and_proves_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, chromium())
    configuration = make_site(
        tmp_path, site_url="https://example.org/", plugins=["search", {"briefing": {"copies": ["pdf"]}}]
    )
    site = build_site(configuration)
    file = site / FOLDER / "copy.pdf"
    before = file.read_bytes()
    assert before.startswith(b"%PDF-")
    overview = (site / FOLDER / "index.html").read_text("utf-8")
    assert 'href="copy.pdf" download="good.pdf"' in overview
    assert 'href="copy.html" download="good.html"' in overview
    assert verify(site).findings == []
    monkeypatch.setattr(pdf_copies, "print_pdf", None)
    assert (build_site(configuration) / FOLDER / "copy.pdf").read_bytes() == before
    file.write_bytes(before.replace(b"/Title", b"/Titel", 1))
    assert {(one.kind, one.file) for one in verify(site).findings} == {("altered", f"{FOLDER}/copy.pdf")}


def test_the_command_prints_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    arguments = ["export", "--format", "pdf", "good.pdf", "--browser", chromium()]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert Printed(tmp_path / "good.pdf").outline
    assert CliRunner().invoke(main, arguments).exit_code == 0  # its own file may be replaced


# --- browsers that there are not, or that do not work ---------------------------------------------------------------


def test_without_a_browser_a_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf_copies, "_PLACES", ())
    with pytest.raises(PdfFailedError, match="install Chromium or Chrome"):
        find_browser()
    result = CliRunner().invoke(main, ["export", "--format", "pdf", "good.pdf"])
    assert (result.exit_code, "none was found: install Chromium or Chrome" in result.output) == (1, True)
    result = CliRunner().invoke(main, ["export", "--format", "pdf", "good.pdf", "--browser", "netscape"])
    assert (result.exit_code, "netscape is no program that can be run" in result.output) == (1, True)
    result = CliRunner().invoke(main, ["export", "--format", "html", "good.html", "--browser", "netscape"])
    assert (result.exit_code, "--browser goes with --format pdf" in result.output) == (2, True)
    assert not (tmp_path / "good.pdf").exists()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo the letters are missing; exit 0", "printed nothing: the letters are missing"),
        ("exit 3", "printed nothing: it gave no reason"),
        ("sleep 600 & sleep 600", "was not ready after 1 seconds"),
    ],
)
def test_a_browser_that_fails_is_named_and_ended(
    script: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pdf_copies, "SECONDS", 1)
    with pytest.raises(PdfFailedError, match=told):
        print_pdf(b"<p>x</p>", str(browser), "2026-01-01")
