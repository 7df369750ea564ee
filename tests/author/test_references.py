"""Works come into references.yml from numbers, exports and saved pages, and only what is certain of them."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.authoring import links
from briefing.authoring.references import exports, online
from briefing.authoring.references.exports import read_export
from briefing.authoring.references.pages import excerpt_of, read_saved
from briefing.authoring.references.works import FoundWork, WorkError, as_date, as_doi, as_isbn, cleaned, entry_of, id_of
from briefing.cli import main
from briefing.pipeline import checking
from tests.conftest import Golden
from tests.sites import make_site, rendered

CASES = Path(__file__).parent.parent / "cases" / "references"
EXPORTS = sorted(path.name for path in CASES.iterdir() if path.suffix in (".bib", ".ris", ".json", ".rdf"))
FILE = Path("docs/briefings/good/references.yml")
PAGE = """\
<!doctype html><html lang="en"><head><title>The bay ferry and its price - Bay Post</title>
<link rel="canonical" href="https://post.example/ferry">
<meta name="citation_title" content="The bay ferry and its price">
<meta name="citation_author" content="Finch, Nora"><meta name="citation_author" content="Marsh, Ada">
<meta name="citation_journal_title" content="Bay Post"><meta name="citation_publication_date" content="2025/03/02">
<meta name="citation_doi" content="10.1000/Bay.1"></head><body><article><h1>The bay ferry and its price</h1>
<p>The ferry will cost “nine&nbsp;pounds” a <em>day</em>, said the council.</p><p>It costs nine pounds.</p>
</article><script>alert("nine hundred pounds")</script></body></html>
"""


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_zotero_become_entries(name: str, golden: Golden) -> None:
    used: set[str] = set()
    entries = []
    for work in read_export((CASES / name).read_bytes(), name):
        entries.append(entry_of(work, id_of(work, used)))
        used.add(str(entries[-1]["id"]))
    golden.check(CASES / f"{name}.entries.yml", yaml.safe_dump(entries, allow_unicode=True, sort_keys=False))


@pytest.mark.parametrize(
    ("given", "doi", "isbn"),
    [
        ("10.1000/XYZ.", "10.1000/xyz", ""),
        ("https://doi.org/10.1000/a(b)c", "10.1000/a(b)c", ""),
        ("doi: 10.1000/x", "10.1000/x", ""),
        ("0-306-40615-2", "", "9780306406157"),
        ("ISBN-13: 978-3-16-148410-0", "", "9783161484100"),
        ("080442957X", "", "9780804429573"),
        ("978-3-16-148410-1", "", ""),
        ("10.1/x", "", ""),
        ("١٢٣٤٥٦٧٨٩٠", "", ""),
    ],
)
def test_numbers_are_read_as_people_write_them(given: str, doi: str, isbn: str) -> None:
    assert (as_doi(given), as_isbn(given)) == (doi, isbn)


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2020/11/03/", "2020-11-03"),
        ("2020-11-03T10:00:00Z", "2020-11-03"),
        ("2020/11/03/10:11:12", "2020-11-03"),
        ("2020///", "2020"),
        ("2020-11", "2020-11"),
        ("November 3, 2020", "2020-11-03"),
        ("3.11.2020", "2020-11-03"),
        ("03/04/2020", ""),
        ("Spring 2019", "2019"),
        ("in press", ""),
        ("2020-13-40", ""),
        ("", ""),
    ],
)
def test_dates_that_may_be_two_are_none(given: str, date: str) -> None:
    assert as_date(given) == date


def test_a_saved_page_says_what_it_is() -> None:
    found = read_saved(PAGE.encode(), "a.html")
    assert found.work == FoundWork(
        title="The bay ferry and its price",
        authors=("Nora Finch", "Ada Marsh"),
        publisher="Bay Post",
        url="https://post.example/ferry",
        published="2025-03-02",
        language="en",
        doi="10.1000/bay.1",
    )
    assert not any("hundred" in paragraph for paragraph in found.paragraphs)


PRINTED = {
    "Highwire Press": '<meta name="citation_volume" content="12"><meta name="citation_issue" content="3">'
    '<meta name="citation_firstpage" content="45"><meta name="citation_lastpage" content="67">',
    "schema.org": '<script type="application/ld+json">{"@type": "ScholarlyArticle", "pageStart": 45, "pageEnd": "67", '
    '"isPartOf": {"@type": "PublicationIssue", "issueNumber": "3", "isPartOf": [{"volumeNumber": 12}]}}</script>',
    "schema.org, by id": '<script type="application/ld+json">[{"@type": "Article", "pagination": "45-67", '
    '"isPartOf": {"@id": "#i"}}, {"@id": "#i", "issueNumber": 3, "isPartOf": {"@id": "#v"}}, '
    '{"@id": "#v", "volumeNumber": "12", "isPartOf": {"@id": "#v"}}]</script>',
}


def test_a_saved_page_is_laid_out_as_its_author_sees_it() -> None:
    row = "<table><tr><th>Fare</th><td><p>9</p><p>pounds</p></td></tr><tr><td>Cut</td><td>2</td></tr></table>"
    links = '<nav><a href="/">Home</a><a href="/x">News</a> <a href="/y">Us</a></nav><p>in<b>line</b> <a>li</a>nk</p>'
    found = read_saved(f"<html><body>{links}{row}</body></html>".encode(), "a.html")
    assert found.paragraphs == ("Home News Us", "inline link", "Fare\t9\tpounds", "Cut\t2")
    assert excerpt_of(found.paragraphs, "9 pounds Cut", "a.html") == "9 pounds Cut"


@pytest.mark.parametrize("name", ["citation_technical_report_number", "citation_volume"])
def test_a_saved_page_says_that_it_is_a_report(name: str) -> None:
    page = f'<html><head><meta name="{name}" content="7"></head><body><p>Words.</p></body></html>'
    assert read_saved(page.encode(), "a.html").is_report == (name != "citation_volume")


@pytest.mark.parametrize("head", PRINTED)
def test_a_saved_page_says_where_it_is_in_print(head: str) -> None:
    work = read_saved(PAGE.replace("</head>", f"{PRINTED[head]}</head>").encode(), "a.html").work
    assert (work.volume, work.issue, work.pages) == ("12", "3", "45–67")


IN_PRINT = {
    "csl.json": '[{"type": "article-journal", "title": "On ferries", "volume": 12, "issue": "3", "page": "45-67"}]',
    "a.bib": "@article{x, title = {On ferries}, volume = {12}, number = 3, pages = {45--67}}",
    "biblatex.bib": "@article{x, title = {On ferries}, volume = {12}, issue = {3}, pages = {45--67}}",
    "a.ris": "TY  - JOUR\nTI  - On ferries\nVL  - 12\nIS  - 3\nSP  - 45\nEP  - 67\nER  - \n",
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bib="http://purl.org/net/biblio#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" xmlns:z="http://www.zotero.org/namespaces/export#">'
    "<bib:Article><z:itemType>journalArticle</z:itemType><dc:title>On ferries</dc:title><bib:pages>45-67</bib:pages>"
    "<dcterms:isPartOf><bib:Journal><prism:volume>12</prism:volume><prism:number>3</prism:number></bib:Journal>"
    "</dcterms:isPartOf></bib:Article></rdf:RDF>",
}


@pytest.mark.parametrize("name", IN_PRINT)
def test_volume_issue_and_pages_of_an_export_come_to_the_reader(project: Path, name: str) -> None:
    Path(name).write_text(IN_PRINT[name], "utf-8")
    run(name, "--id", "printed")
    printed = yaml.safe_load(FILE.read_text("utf-8"))["references"][-1]
    assert [str(printed[field]) for field in ("volume", "issue", "pages")] == ["12", "3", "45–67"]
    main_file = FILE.with_name("briefing.yml")
    text = main_file.read_text("utf-8")
    main_file.write_text(
        text.replace("key_points:\n", "key_points:\n  - Ferries have a history [@printed].\n", 1), "utf-8"
    )
    briefing = checking.check_alone(Path("docs").resolve(), "briefings/good").briefing
    assert briefing
    method = next(page for path, page in rendered(briefing).items() if path.endswith("method.md")).markdown
    assert "vol. 12, no. 3, pp. 45–67" in html.unescape(method)


# --- files from strangers ---------------------------------------------------------------------------------------

HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "zeros": b"\0" * 100,
    "json that is deep": b"[" * 100_000,
    "json of other things": b'[1, "a", null]',
    "json with wrong types": b'[{"title": {"a": 1}, "author": "x", "issued": {"date-parts": "x"}, "ISBN": [[]]}]',
    "bibtex that never ends": b"@article{a, title={" + b"{" * 50_000,
    "bibtex that is many": b"@a{" * 5_000,
    "bibtex with commands": b"@misc{a, title={\\input{/etc/passwd}\\def\\x{\\x\\x}\\x}}",
    "ris without an end": b"TY  - JOUR\n" * 1_000,
    "rdf with entities": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&a;&b;</rdf:RDF>",
    "rdf that is none": b"<rdf:RDF",
    "a page": b"<!doctype html><p>Hello",
    "letters": "ÿþ\u202e".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("ending", ["json", "bib", "ris", "rdf", "txt"])
def test_whatever_is_wrong_with_a_file_is_said_in_a_line(name: str, ending: str) -> None:
    try:
        works = read_export(HOSTILE[name], f"x.{ending}")
    except WorkError as error:
        assert "\n" not in str(error) and "Traceback" not in str(error) and len(str(error)) < 400
    else:
        assert all("root:" not in work.title for work in works)


@given(st.builds(FoundWork, *[st.text(max_size=40)] * 2, st.tuples(st.text(max_size=20)), *[st.text(max_size=40)] * 7))
def test_whatever_a_work_says_is_an_entry_of_words(work: FoundWork) -> None:
    entry = entry_of(cleaned(work), id_of(cleaned(work), set()))
    assert set(entry) <= {"id", "title", "authors", "publisher", "url", "published", "language", "checked", "note"}
    assert str(entry.get("url", "https://x")).startswith(("http://", "https://"))


def test_a_file_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith(("rispy", "bibtexparser")):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    for name in ("zotero.bib", "zotero.ris"):
        with pytest.raises(WorkError, match=r"mkdocs-briefing\[references\]"):
            read_export((CASES / name).read_bytes(), name)
    assert len(read_export((CASES / "zotero.json").read_bytes(), "zotero.json")) == 3


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_WORKS", 2)
    with pytest.raises(WorkError, match="has 3 works: export only"):
        read_export((CASES / "zotero.json").read_bytes(), "zotero.json")
    monkeypatch.setattr(exports, "MOST_BYTES", 10)
    with pytest.raises(WorkError, match="is larger than"):
        read_export((CASES / "zotero.json").read_bytes(), "zotero.json")


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("ferry.html").write_text(PAGE, "utf-8")
    return tmp_path


def run(*arguments: str, code: int = 0, pasted: str = "") -> Result:
    result = CliRunner().invoke(main, ("add", "reference", *arguments), input=pasted)
    assert result.exit_code == code, result.output
    return result


def errors() -> list[str]:
    return [one.code for one, _ in checking.check_library(Path("docs")).located() if one.severity == "error"]


def test_a_saved_page_is_added_with_its_own_words(project: Path) -> None:
    before = FILE.read_text("utf-8")
    said = run(
        "ferry.html", "--excerpt", 'cost "nine pounds" a day', "--where", "first sentence", "--checked", "2025-11"
    )
    assert "added finch-2025" in said.output
    added = FILE.read_text("utf-8").removeprefix(before)
    assert yaml.safe_load(added)[0] == {
        "id": "finch-2025",
        "title": "The bay ferry and its price",
        "authors": ["Nora Finch", "Ada Marsh"],
        "publisher": "Bay Post",
        "url": "https://post.example/ferry",
        "published": yaml.safe_load("2025-03-02"),
        "language": "en",
        "checked": "2025-11",
        "excerpts": [{"exact": "cost “nine pounds” a day", "where": "first sentence"}],
    }
    assert "there already: finch-2025" in run("ferry.html", "--excerpt", "It costs nine pounds").output
    assert "- exact: >-\n          It costs nine pounds\n" in FILE.read_text("utf-8") and not errors()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ferry.html", "--excerpt", "cost ten pounds a day"), "the nearest there is “cost “nine pounds” a day"),
        (("ferry.html", "--excerpt", " ".join(["The ferry will cost"] * 20)), "is not in ferry.html"),
        (("10.1000/other", "--excerpt", "nine pounds"), "save the page, and name it with --page"),
        (("nothing.bib",), "is neither a file nor a number"),
        (("978-3-16-148410-1",), "its digits do not fit together"),
        (("ferry.html", "--id", "Not an id"), "cannot be an id"),
        (("ferry.html", "--id", "c1"), "duplicate-id"),
        (("docs/people.yml",), "is no export that is known here"),
    ],
)
def test_what_cannot_be_added_says_why_and_nothing_is_written(
    project: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = FILE.read_bytes()
    assert said in " ".join(run(*arguments, code=1).output.split())
    assert FILE.read_bytes() == before


def test_a_number_alone_leaves_what_is_missing_to_its_author(project: Path) -> None:
    assert (
        "3 fields still to fill in" in run("10.1000/Bay.2", "--page", "ferry.html", "--excerpt", "nine pounds.").output
    )
    entry = yaml.safe_load(FILE.read_text("utf-8"))["references"][-1]
    assert entry["url"] == "https://doi.org/10.1000/bay.2" and entry["title"] == "TODO: its title (doi:10.1000/bay.2)"
    assert entry["excerpts"] == [{"exact": "nine pounds."}]


def test_an_export_adds_all_or_those_that_are_named(project: Path) -> None:
    run(str(CASES / "zotero.bib"), "--only", "quill_ferries_1998")
    run(str(CASES / "zotero.bib"))
    ids = [entry["id"] for entry in yaml.safe_load(FILE.read_text("utf-8"))["references"]]
    assert ids[-3:] == ["quill-ferries-1998", "marsh-bay-2020", "noauthor-landing-nodate"] and not errors()
    assert "there is no such work" in run(str(CASES / "zotero.bib"), "--only", "x", code=1).output


PASTED = {
    "BibTeX": "@article{bay1, author={Finch, Nora}, title={The bay ferry}, year={2025}, journal={Bay Post}}",
    "RIS": "TY  - JOUR\r\nID  - bay1\r\nAU  - Finch, Nora\r\nTI  - The bay ferry\r\nPY  - 2025\r\n"
    "JO  - Bay Post\r\nER  - \r\n",
    "CSL JSON": '[{"id": "bay1", "title": "The bay ferry", "author": [{"given": "Nora", "family": "Finch"}],'
    ' "issued": {"date-parts": [[2025]]}, "container-title": "Bay Post"}]',
}


@pytest.mark.parametrize("kind", PASTED)
def test_what_another_program_exports_can_be_piped_or_pasted(project: Path, kind: str) -> None:
    assert "added bay1" in run("-", pasted=f"\n  {PASTED[kind]}\n").output
    entry = yaml.safe_load(FILE.read_text("utf-8"))["references"][-1]
    known = {"id": "bay1", "title": "The bay ferry", "authors": ["Nora Finch"], "publisher": "Bay Post"}
    assert entry == {**known, "published": 2025} and not errors()


def test_numbers_and_addresses_can_be_piped_too(project: Path) -> None:
    run("-", pasted="https://doi.org/10.1000/Bay.9\n")
    run("-", "--title", "A page of the council", pasted=" https://council.example/bay?a=1\n")
    number, page = yaml.safe_load(FILE.read_text("utf-8"))["references"][-2:]
    assert number["title"] == "TODO: its title (doi:10.1000/bay.9)"
    assert page == {
        "id": "a-page-of-the",
        "title": "A page of the council",
        "url": "https://council.example/bay?a=1",
    }


def test_a_work_is_written_by_hand(project: Path) -> None:
    by_hand = ("--title", "A history of  ferries", "--author", "Nora Quill", "--author", "Ada Marsh")
    printed = ("--published", "3.11.1998", "--publisher", "Quay Press", "--volume", "2", "--pages", "4-9")
    assert "added quill-1998" in run(*by_hand, *printed).output
    entry = yaml.safe_load(FILE.read_text("utf-8"))["references"][-1]
    assert entry == {
        "id": "quill-1998",
        "title": "A history of ferries",
        "authors": ["Nora Quill", "Ada Marsh"],
        "publisher": "Quay Press",
        "volume": 2,
        "pages": "4–9",
        "published": yaml.safe_load("1998-11-03"),
    }
    assert "there already: quill-1998" in run(*by_hand).output


def test_what_is_said_beside_a_source_counts_more_than_it(project: Path) -> None:
    run("ferry.html", "--author", "Nora Finch-Hall", "--excerpt", "It costs nine pounds")
    entry = yaml.safe_load(FILE.read_text("utf-8"))["references"][-1]
    assert (entry["authors"], entry["title"]) == (["Nora Finch-Hall"], "The bay ferry and its price")
    assert entry["excerpts"] == [{"exact": "It costs nine pounds"}]


@pytest.mark.parametrize(
    ("arguments", "pasted", "said"),
    [
        (
            ("-",),
            "Finch, N. (2025). The bay ferry. Bay Post.",
            "“Finch, N. (2025). The bay ferry. Bay Post.” is no DOI",
        ),
        (("-",), "", "there is nothing in standard input"),
        (("-",), "978-3-16-148410-1", "its digits do not fit together; compare them with the book"),
        (("-",), "<!DOCTYPE html><p>Hello", "standard input is a page; save it as a file"),
        (("-",), "@article{x, title=", "standard input is no BibTeX that can be read"),
        (("-",), '{"a": [1]}', "there are no works in standard input"),
        (("-",), "https://a.example/x\x1b[31m y", "is no DOI"),
        (("-", "--fetch"), "https://a.example/x", "only of a DOI or an ISBN"),
        (("--title", "A", "--published", "03/04/2020"), "", "--published: “03/04/2020” is no date"),
        (("--title", "A", "--url", "javascript:alert(1)"), "", "is no address"),
        (("10.1000/x", "--title", " "), "", "--title: the title is missing"),
        ((str(CASES / "zotero.json"), "--title", "A"), "", "--title and the like are for one work"),
    ],
)
def test_what_is_typed_and_cannot_be_is_said(project: Path, arguments: tuple[str, ...], pasted: str, said: str) -> None:
    before = FILE.read_bytes()
    output = run(*arguments, code=1, pasted=pasted).output
    assert said in " ".join(output.split()) and "\x1b" not in output
    assert FILE.read_bytes() == before


def test_something_is_to_be_named(project: Path) -> None:
    assert "name a SOURCE" in run("--author", "Ada Marsh", code=2).output


def test_a_dry_run_prints_the_entry(project: Path) -> None:
    before = FILE.read_bytes()
    assert "- id: finch-2025\n  title: The bay ferry and its price\n" in run("ferry.html", "--dry-run").output
    assert FILE.read_bytes() == before


# --- asking other hosts -----------------------------------------------------------------------------------------

CSL = {"title": "Bay", "author": [{"family": "Marsh", "given": "Ada"}], "issued": {"date-parts": [[2020, 11]]}}
BOOK = {"title": "Ferries", "authors": [{"name": "Nora Quill"}], "publish_date": "1998", "publishers": [{"name": "Q"}]}
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/10.1000/bay": (302, "/csl", b""),
    "/csl": (200, "", json.dumps(CSL).encode()),
    "/10.1000/gone": (404, "", b""),
    "/10.1000/html": (200, "", b"<p>no"),
    "/10.1000/list": (200, "", b"[]"),
    "/10.1000/down": (503, "", b""),
    "/10.1000/ever": (302, "/10.1000/ever", b""),
    "/10.1000/file": (302, "file:///etc/passwd", b""),
    "/10.1000/long": (200, "", b'{"title": "' + b"x" * online.MOST_BYTES + b'"}'),
    "/api/books?bibkeys=ISBN:9783161484100&format=json&jscmd=data": (
        200,
        "",
        json.dumps({"ISBN:9783161484100": BOOK}).encode(),
    ),
    "/api/books?bibkeys=ISBN:9780306406157&format=json&jscmd=data": (200, "", b"{}"),
}


class Host(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Accept"]))
        status, location, content = ANSWERS[self.path]
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    Host.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in ("DOI_HOST", "ISBN_HOST"):
            monkeypatch.setattr(online, name, f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setattr(links, "is_public", lambda address: True)
        yield Host.asked
        server.shutdown()


@pytest.mark.full
def test_only_with_fetch_a_host_is_asked(project: Path, host: list[tuple[str, str]]) -> None:
    run("10.1000/Bay", "--dry-run")
    assert host == []
    run("10.1000/Bay", "--fetch")
    run("978-3-16-148410-0", "--fetch")
    assert host[:2] == [("/10.1000/bay", online.CSL), ("/csl", online.CSL)]
    bay, ferries = yaml.safe_load(FILE.read_text("utf-8"))["references"][-2:]
    assert (bay["id"], bay["title"], bay["url"]) == ("marsh-2020", "Bay", "https://doi.org/10.1000/bay")
    assert (ferries["authors"], ferries["note"]) == (["Nora Quill"], "ISBN 9783161484100") and not errors()


@pytest.mark.full
@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("10.1000/gone", "does not know it"),
        ("10.1000/html", "what is no JSON"),
        ("10.1000/list", "no description of a work"),
        ("10.1000/down", "answers 503"),
        ("10.1000/ever", "answers 302"),
        ("10.1000/file", "leads to an address that is not asked"),
        ("10.1000/long", "answers with more than 1 MB"),
        ("0306406152", "Open Library does not know the ISBN 9780306406157"),
    ],
)
def test_what_hosts_answer_is_bounded_and_believed_only_if_it_is_a_work(
    project: Path, host: list[tuple[str, str]], number: str, said: str
) -> None:
    before = FILE.read_bytes()
    assert said in run(number, "--fetch", code=1).output
    assert FILE.read_bytes() == before


@pytest.mark.full
def test_nothing_is_asked_of_this_computer(
    project: Path, host: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "is_public", lambda address: False)
    assert "which is not asked" in run("10.1000/bay", "--fetch", code=1).output
    assert host == []


def test_a_title_that_is_only_a_guess_is_offered(project: Path) -> None:
    page = b"<html><head><title>Moon Landing | The Paper</title></head><body><p>Words of it.</p></body></html>"
    said = read_saved(page, "a.html").work
    assert said.title == ""
    entry = entry_of(said, "moon")
    assert entry["title"] == "TODO: the page’s window is titled “Moon Landing | The Paper”; is this its headline?"


def test_letter_case_is_as_it_is_written() -> None:
    bibtex = b"""@article{vanRossum2001, title={{iPhone} and the moon: a d'Alembert problem}, journal={arXiv},
        author={van Rossum, Guido and hooks, bell and {eBay Inc.} and d'Alembert, Jean}, year=2001}"""
    (work,) = read_export(bibtex, "Moon.bib")
    assert (work.title, work.publisher) == ("iPhone and the moon: a d'Alembert problem", "arXiv")
    assert work.authors == ("Guido van Rossum", "bell hooks", "eBay Inc.", "Jean d'Alembert")
    assert id_of(work, ()) == "vanrossum2001"


AUTHORS = [
    ("Ada Marsh", "marsh-2026"),
    ("Guido van Rossum", "rossum-2026"),
    ("Jonathan Church", "church-2026"),
    ("Leirvik Transport Office", "leirvik-transport-2026"),
    ("University of Leirvik", "university-leirvik-2026"),
    ("The Wellcome Trust", "wellcome-trust-2026"),
    ("Max Planck Institute", "max-planck-2026"),
    ("Office for National Statistics (ONS)", "ons-2026"),
    ("NATO", "nato-2026"),
    ("Statistisches Bundesamt", "statistisches-bundesamt-2026"),
    ("Nordsund Reederei GmbH", "nordsund-reederei-2026"),
    ("Umweltbundesamt", "umweltbundesamt-2026"),
]


@pytest.mark.parametrize(("author", "id"), AUTHORS)
def test_a_work_is_called_by_a_surname_or_by_the_first_words_of_a_body(author: str, id: str) -> None:
    assert id_of(FoundWork(authors=(author,), published="2026-03-02", title="Ferries"), ()) == id
