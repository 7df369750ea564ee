"""A briefing as EPUB: valid for the W3C's checker, whole, ordered, described, and the same bytes each time."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html
from msgspec.structs import replace as replaced

from briefing.model.publication import NOWHERE
from briefing.render.copies.copied_pages import CopiedPage
from briefing.render.copies.epub_copy import epub_copy
from briefing.render.copies.title_page import title_page
from briefing.render.messages import messages
from briefing.render.statements import parts_of
from tests.copies.epub_checker import findings
from tests.copies.made import DOCS, SITE, copied, copies_of
from tests.everywhere import write_everywhere
from tests.hostile import write_hostile
from tests.releasing import correct, release, replace
from tests.sites import GOOD
from tests.sizes import WHOLE

NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.idpf.org/2007/ops",
}


class Book:
    """An EPUB, read."""

    def __init__(self, content: bytes) -> None:
        self.packed = zipfile.ZipFile(BytesIO(content))
        self.names = self.packed.namelist()
        self.package = self.tree("package.opf")

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.packed.read(f"EPUB/{name}"))

    def said(self, path: str) -> list[str]:
        """The texts or values of an XPath in the package."""
        found = self.package.xpath(path, namespaces=NAMES)
        return [str(one) for one in found]

    def meta(self, name: str) -> list[str]:
        return self.said(f"//o:meta[@property='{name}']/text()")


def book_of(name: str, at: int = 0) -> Book:
    return Book(copies_of(name)[at][1]["epub"])


@pytest.mark.soak
@pytest.mark.parametrize("name", DOCS if WHOLE else ["real", "languages"])
def test_every_book_is_valid(name: str, tmp_path: Path) -> None:
    """In CI the last of two libraries: EPUBCheck takes five seconds of the processor for a book, however small."""
    for number, (_, files) in enumerate(copies_of(name)[0 if WHOLE else -1 :]):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(files["epub"])
        assert findings(file) == []


@pytest.mark.soak
def test_books_of_hostile_texts_are_valid(tmp_path: Path) -> None:
    write_everywhere(tmp_path / "attacks")
    write_hostile(tmp_path / "long")
    made = [
        *copied(tmp_path / "attacks", ("epub",)),
        *copied(tmp_path / "long", ("epub",), paths=("briefings/emoji", "briefings/arabic")),
    ]
    for number, (_, files) in enumerate(made if WHOLE else made[:1]):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(files["epub"])
        assert findings(file) == []


def test_the_checker_is_asked(tmp_path: Path) -> None:
    broken = BytesIO()
    with zipfile.ZipFile(broken, "w") as packed:
        for entry in book_of("good").packed.infolist():
            content = book_of("good").packed.read(entry)
            packed.writestr(
                entry, content.replace(b"<dc:title>", b"<dc:titel>").replace(b"</dc:title>", b"</dc:titel>")
            )
    file = tmp_path / "broken.epub"
    file.write_bytes(broken.getvalue())
    assert any("RSC-005" in one for one in findings(file))


def test_what_xml_cannot_hold_is_replaced() -> None:
    ((briefing, _),) = copies_of("good")
    title = replaced(title_page(briefing, SITE, messages("en")), title="Odd \ufffe\x0b")
    body = html.fragment_fromstring("<section><p>Odd \ufffe letters &amp; more</p></section>")
    book = Book(epub_copy(title, [CopiedPage("text", "T", body, ())], messages("en")))
    assert "Odd \ufffd letters & more" in "".join(book.tree("text.xhtml").itertext())
    assert book.said("//d:title/text()") == ["Odd \ufffd\ufffd"]


def test_the_container_is_as_the_standard_asks_and_has_no_time() -> None:
    book = book_of("good")
    first = book.packed.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.packed.read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in book.packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert copied(GOOD, ("epub",))[0][1]["epub"] == copies_of("good")[0][1]["epub"]


def test_the_package_says_what_the_book_is() -> None:
    ((briefing, _),) = copies_of("good")
    book = book_of("good")
    assert book.said("//d:identifier/text()") == ["https://news.example/b/briefings/good/"]
    assert book.said("//d:title/text()") == [briefing.title]
    assert book.said("//d:creator/text()") == list(briefing.authors)
    assert book.said("//d:publisher/text()") == [SITE.name]
    assert book.said("//d:language/text()") == [briefing.language]
    assert book.said("//d:date/text()") == [briefing.date]
    assert book.said("//d:rights/text()") == [briefing.source.rights]
    assert book.meta("dcterms:modified") == [f"{briefing.date}T00:00:00Z"]
    assert book.meta("schema:accessMode") == ["textual"]
    assert book_of("real").meta("schema:accessMode") == ["textual", "visual"]
    assert book.meta("schema:accessModeSufficient") == ["textual"]
    assert book.meta("schema:accessibilityHazard") == ["none"]
    assert "alternativeText" in book_of("real").meta("schema:accessibilityFeature")
    assert book.meta("dcterms:conformsTo") == []
    assert book.said("//o:spine/@page-progression-direction") == ["ltr"]
    order = book.said("//o:spine/o:itemref/@idref")
    assert order[:4] == ["title", "nav", "page-index", "page-text"]
    assert order[-1] == "page-method"
    ((_, files),) = copied(GOOD, ("epub",), NOWHERE)
    (known,) = Book(files["epub"]).said("//d:identifier/text()")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", known)


def test_a_correction_changes_the_time_of_the_book(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "docs")
    release(tmp_path / "docs")
    replace(tmp_path / "docs", "annotations/quotes.yml", "a ferry for students", "a boat for students")
    correct(tmp_path / "docs")
    ((briefing, files),) = copied(tmp_path / "docs", ("epub",))
    (changed,) = Book(files["epub"]).meta("dcterms:modified")
    assert changed == f"{briefing.corrections[-1].date}T00:00:00Z"
    assert changed > briefing.date


def test_arabic_runs_from_right_to_left() -> None:
    book = book_of("languages")
    assert book.said("//o:spine/@page-progression-direction") == ["rtl"]
    for name in ("nav.xhtml", "title.xhtml", "text.xhtml"):
        page = book.tree(name)
        assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")


@pytest.mark.parametrize("name", DOCS)
def test_the_contents_are_nested_and_lead_to_what_is_there(name: str) -> None:
    for at in range(len(copies_of(name))):
        book = book_of(name, at)
        nav = book.tree("nav.xhtml")
        ids = {
            file.removeprefix("EPUB/"): set(book.tree(file.removeprefix("EPUB/")).xpath("//@id"))
            for file in book.names
            if file.endswith(".xhtml")
        }
        leads = nav.xpath("//x:nav//x:a/@href", namespaces=NAMES)
        for file in ids:
            here = book.tree(file).xpath("//x:a/@href", namespaces=NAMES)
            leads += [f"{file}{each}" if each.startswith("#") else each for each in here]
        for address in leads:
            file, _, fragment = address.partition("#")
            if not re.match("https?://", address):
                assert file in ids, address
                assert not fragment or fragment in ids[file], address
        assert nav.xpath("//x:nav[@e:type='toc']/x:ol/x:li/x:ol/x:li/x:ol", namespaces=NAMES)
        landmarks = nav.xpath("//x:nav[@e:type='landmarks']//x:a/@e:type", namespaces=NAMES)
        assert landmarks == ["titlepage", "toc", "bodymatter"]


@pytest.mark.parametrize("name", DOCS)
def test_numbers_in_the_text_lead_to_footnotes_and_nothing_is_left_out(name: str) -> None:
    for at, (briefing, _) in enumerate(copies_of(name)):
        book = book_of(name, at)
        text = book.tree("text.xhtml")
        notes = text.xpath("//x:aside[@e:type='footnote' and @role='doc-footnote']/@id", namespaces=NAMES)
        led = text.xpath("//x:a[@e:type='noteref' and @role='doc-noteref']/@href", namespaces=NAMES)
        assert {f"#{id}" for id in notes} == set(led) != set()
        every = [book.tree(file.removeprefix("EPUB/")) for file in book.names if file.endswith(".xhtml")]
        shown = "".join(letter for page in every for letter in "".join(page.itertext()) if letter.isalnum())
        for annotation in (*briefing.quotations, *briefing.figures):
            if annotation.id in briefing.anchors:
                for part in parts_of(briefing, annotation):
                    assert "".join(filter(str.isalnum, part)) in shown
        assert all(not page.xpath("//x:details | //x:script | //x:img", namespaces=NAMES) for page in every)
