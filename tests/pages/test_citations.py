"""How a briefing and all in it is cited and embedded: word for word in three languages, as other programs read it, and
with whatever people write in it."""

from __future__ import annotations

import json
import re
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from lxml import html
from msgspec.structs import replace
from pylatexenc.latex2text import LatexNodes2Text

from briefing import resources
from briefing.model import Briefing, Person
from briefing.model.publication import NOWHERE, Publication
from briefing.pipeline.briefing_build import public_view
from briefing.pipeline.checking import check_library
from briefing.render.citation_formats import bibtex, csl_json, ris
from briefing.render.citations import Cited, Styled, citations, cited_records
from briefing.render.embeds import citation_pages, unavailable
from briefing.render.messages import messages
from briefing.render.record_view import view_record
from tests.conftest import CASES, Golden
from tests.npm import installed
from tests.sites import GOOD

SITE = Publication("The Gazette", "https://example.org/news/", "The editors", "en")
HOSTILE: list[str] = [
    *json.loads((CASES / "hostile.json").read_text("utf-8")),
    "50 % of {everything} & $x_1^2$ ~ #1 \\today",
    "}, }\n@article{x, title = {y}}",
    "{ never closed",
    "ER  - \r\nTY  - JOUR",
    "</pre></textarea><script>alert(1)</script>",
    "“quoted” and ‘again’ *and* _again_\x00\x1b[31m",
]

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def briefing_in(docs: Path, name: str) -> Briefing:
    build = next(one for one in check_library(docs).briefings if one.path == f"briefings/{name}")
    assert build.briefing
    shown = public_view(build.briefing)
    assert shown
    return shown


@pytest.fixture(scope="module")
def good() -> Briefing:
    return briefing_in(GOOD, "good")


def cited(briefing: Briefing, site: Publication = SITE) -> tuple[Cited, ...]:
    say = messages(briefing.language)
    return citations(briefing, site, say, [(one, view_record(briefing, one, say)) for one in cited_records(briefing)])


def files(briefing: Briefing, site: Publication = SITE) -> dict[str, str]:
    made = citation_pages(briefing, site, messages(briefing.language))
    return {file.path.rpartition("/")[2]: file.content.decode() for file in made}


def plain(text: Styled) -> str:
    return "".join(words for words, _ in text)


@pytest.mark.parametrize(
    ("docs", "name"), [(GOOD, "good"), (CASES / "languages/docs", "de"), (CASES / "languages/docs", "ar")]
)
def test_citations_are_as_expected(docs: Path, name: str, golden: Golden) -> None:
    """In English, German and Arabic; some works without an author or a date."""
    lines = []
    for one in cited(briefing_in(docs, name)):
        apa = "".join(f"*{words}*" if name == "i" else words for words, name in one.apa)
        lines += [one.item["id"], f"  {apa}", f"  {plain(one.chicago)}"]
    golden.check(CASES / "citations" / f"{name}.txt", "\n".join(lines) + "\n")


def test_the_name_of_a_new_site_is_cited_nowhere(good: Briefing) -> None:
    site = replace(SITE, name=resources.SITE_NAME)
    written = [plain(text) for one in cited(good, site) for text in (one.apa, one.chicago)]
    exported = [text for name, text in files(good, site).items() if name.startswith("citations.")]
    assert len(exported) == 3
    assert not any(resources.SITE_NAME in text for text in (*written, *exported))
    assert plain(cited(good, site)[0].apa) == plain(cited(good)[0].apa).replace(" The Gazette.", "")


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
def test_files_for_reference_managers_are_as_expected(format: str, golden: Golden) -> None:
    made = files(briefing_in(CASES / "languages/docs", "de"))[f"citations.{format}"]
    golden.check(CASES / "citations" / f"de.{format}", made)


# --- what others make of it ------------------------------------------------------------------------------------------


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """The entries as bibtexparser and pylatexenc read them."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    decode = LatexNodes2Text(keep_comments=True).latex_to_text
    return {
        entry.key: {
            name: field.value if name == "url" else decode(field.value) for name, field in entry.fields_dict.items()
        }
        for entry in library.entries
    }


def test_bibtexparser_reads_the_bibtex(good: Briefing) -> None:
    items = [one.item for one in cited(good)]
    entries = read_bibtex(bibtex(items))
    assert list(entries) == [item["id"] for item in items]
    for item in items:
        entry = entries[item["id"]]
        assert (entry["title"], entry["url"], entry["year"]) == (item["title"], item["URL"], "2025")
        assert entry["author"] == "Castell, Mira and Reed, Jonah"
        assert entry.get("abstract", "") == item.get("abstract", "")


def test_rispy_reads_the_ris(good: Briefing) -> None:
    items = [one.item for one in cited(good)]
    entries = rispy.loads(ris(items))
    for item, entry in zip(items, entries, strict=True):
        assert (entry["id"], entry["title"], entry["urls"]) == (item["id"], item["title"], [item["URL"]])
        assert (entry["authors"], entry["year"]) == (["Castell, Mira", "Reed, Jonah"], "2025")
        assert entry["type_of_reference"] == ("CHAP" if "/" in item["id"] else "ELEC")


def test_citeproc_makes_a_bibliography_of_the_csl_json(good: Briefing) -> None:
    """Nothing in it is unknown to the processor, which would be a warning."""
    items = json.loads(csl_json([one.item for one in cited(good)]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON(items)
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    written = list(map(str, bibliography.bibliography()))
    assert len(written) == len(items)
    assert all(any(item["title"] in one and "2025" in one for one in written) for item in items)


_NODE = """const Cite = require(process.argv[1]); const items = JSON.parse(require("fs").readFileSync(0, "utf8"));
const write = (item) => new Cite(item).format("bibliography", { format: "text", template: "apa", lang: "en-US" });
console.log(JSON.stringify(items.map(write)));"""


@pytest.mark.full
def test_entries_are_those_of_the_reference_implementation_of_the_style(good: Briefing) -> None:
    """citeproc-js with the style's own file, but for two things: it puts a full stop into the marks of a quotation, as
    if it were the speaker's, and another behind an ellipsis."""
    people = {**good.people, "castell": Person("castell", "Mira Castell", "person", "", good.at, "Castell, Mira Ann")}
    people["reed"] = Person("reed", "Jonah Reed", "person", "", good.at, "Reed, Jonah")
    persons = ("Mira Castell", "Jonah Reed")
    authors = ((), persons[:1], persons, (persons[0], "The Desk"), ("A", "B", "C"))
    others = (cited(replace(good, authors=names, people=people)) for names in authors)
    every = [*cited(good), *(one for found in others for one in found[:2])]
    package = installed("citation-js", "0.7.22")
    given = json.dumps([one.item for one in every])
    done = subprocess.run(["node", "-e", _NODE, str(package)], input=given, capture_output=True, text=True, check=True)
    theirs = [text.strip().replace("….", "…").replace(".”", "”") for text in json.loads(done.stdout)]
    ours = [plain(one.apa).replace("”.", "”") for one in every]
    assert ours == theirs


# --- authors, addresses ----------------------------------------------------------------------------------------------


def test_the_name_of_a_person_has_the_family_name_first(good: Briefing) -> None:
    one = cited(replace(good, authors=("Ada-Lou Marsh", "Marsh & Co")))[0]
    assert plain(one.apa).startswith("Marsh, A.-L. & Marsh & Co. (2025, November 21). ")
    assert one.item["author"] == [{"family": "Marsh", "given": "Ada-Lou"}, {"literal": "Marsh & Co"}]
    assert plain(one.chicago).startswith("Ada-Lou Marsh and Marsh & Co, “")


def test_people_yml_says_how_an_author_is_filed(good: Briefing) -> None:
    known = (
        Person("marsh", "Ada Lou Marsh", "person", "", good.at, "Lou Marsh, Ada"),
        Person("wells", "Jane Wells", "organisation", "", good.at),
    )
    briefing = replace(
        good, authors=tuple(one.name for one in known), people={**good.people, **{one.id: one for one in known}}
    )
    assert plain(cited(briefing)[0].apa).startswith("Lou Marsh, A. & Jane Wells. (2025")


def test_a_particle_stays_before_the_family_name(good: Briefing) -> None:
    briefing = replace(good, authors=("Dr. Ursula von der Heide",))
    one = cited(briefing)[0]
    assert plain(one.apa).startswith("von der Heide, U. (2025")
    assert plain(one.chicago).startswith("Ursula von der Heide, “")
    made = files(briefing, SITE)
    assert "author = {von der Heide, Ursula}" in made["citations.bib"]
    assert "AU  - von der Heide, Ursula\r\n" in made["citations.ris"]


def test_a_script_without_capitals_has_no_initials(good: Briefing) -> None:
    one = cited(replace(good, authors=("ليلى حداد",), language="ar"))[0]
    assert "حداد، ليلى" in plain(one.apa)


def test_a_site_that_is_its_own_author_is_named_once(good: Briefing) -> None:
    own = cited(replace(good, authors=(SITE.name,)))[0]
    assert plain(own.apa).count(SITE.name) == 1


def test_without_an_address_none_is_claimed(good: Briefing) -> None:
    made = files(good, NOWHERE)
    assert "http" not in made["citations.bib"] + made["citations.ris"]
    assert all("URL" not in item for item in json.loads(made["citations.json"]))
    assert all("http" not in plain(one.apa + one.chicago) for one in cited(good, NOWHERE))


@pytest.mark.parametrize("directory_urls", [True, False])
def test_addresses_lead_to_cards(directory_urls: bool, good: Briefing) -> None:
    site = Publication("S", "https://example.org", "", "en", directory_urls)
    addresses = {one.id: one.item["URL"] for one in cited(good, site)}
    page = "quotes/" if directory_urls else "quotes.html"
    assert addresses["leave-early"] == f"https://example.org/briefings/good/{page}#leave-early"
    assert addresses[""] == "https://example.org/briefings/good/" + ("" if directory_urls else "index.html")


# --- embeds ----------------------------------------------------------------------------------------------------------


def test_every_card_and_every_former_id_has_a_frame(good: Briefing) -> None:
    page = html.document_fromstring(files(good)["embed.html"])
    articles = {one.get("id"): one for one in page.iter("article") if "bf-gone" not in one.get("class")}
    records = (*good.annotations, *good.derived, *good.themes)
    assert set(articles) == {one.id for one in records}
    for record in records:
        assert {old.get("id") for old in articles[record.id].iter("span")} >= set(record.was)
    notices = [one for one in page.iter("article") if "bf-gone" in one.get("class")]
    assert [one.get("id") for one in notices] == [*(one.id for one in good.withdrawn), None]
    assert notices[-1].getnext() is None, "what nobody asked for comes last, or no style can hide it"


def test_what_is_pasted_shows_the_words_and_leads_to_them(good: Briefing) -> None:
    page = html.document_fromstring(files(good)["cite.html"])
    section = page.get_element_by_id("leave-early")
    frame, static = (html.fragment_fromstring(one.text_content()) for one in section.iter("pre"))
    assert frame.get("src").startswith("https://example.org/news/briefings/good/embed.html?words=")
    assert frame.get("src").endswith("#leave-early")
    assert "allow-scripts" in frame.get("sandbox") and int(frame.get("height")) > 200
    quotation = next(one for one in good.quotations if one.id == "leave-early")
    words = good.anchors[quotation.id].spans[0].of(good.source.text)
    assert static.find("blockquote").text_content().startswith(" ".join(words.split()))
    assert {static.find("blockquote").get("cite"), static.find(".//a").get("href")} == {
        "https://example.org/news/briefings/good/quotes/#leave-early"
    }
    assert list(static.iter("script")) == []


def test_a_reported_statement_is_pasted_as_no_quotation(good: Briefing) -> None:
    page = html.document_fromstring(files(good)["cite.html"])
    reported = next(one.id for one in good.quotations if one.kind == "reported")
    static = html.fragment_fromstring(list(page.get_element_by_id(reported).iter("pre"))[1].text_content())
    assert static.find("blockquote") is None


def test_a_briefing_that_is_not_shown_says_so_in_every_frame() -> None:
    file = unavailable("briefings/good", SITE, messages("de"))
    assert file.path == "briefings/good/embed.html"
    page = html.document_fromstring(file.content)
    assert [one.get("class") for one in page.iter("article")] == ["bf-frame bf-gone bf-unknown"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_write_stays_text(text: str, good: Briefing) -> None:
    """A title, an author and the name of a site, in each file."""
    written = CONTROL.sub("", " ".join(re.split(r"[\t-\r\x1c-\x1f\x85\u2028\u2029 ]+", text))).strip(" ")
    if not written:
        return
    few = replace(good, quotations=good.quotations[:1], figures=(), context=(), derived=(), themes=good.themes[:1])
    hostile = replace(few, title=text, authors=(text,), tags=(text,))
    made = files(hostile, replace(SITE, name=text))
    items: list[dict[str, Any]] = json.loads(made["citations.json"])
    assert {item["title"] for item in items[:1]} == {written}
    library = bibtexparser.parse_string(made["citations.bib"])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [item["id"] for item in items]
    assert len(rispy.loads(made["citations.ris"])) == len(items)
    for name in ("cite.html", "embed.html"):
        for page in _pages_in(made[name]):
            assert {script.get("src", "") for script in page("script")} <= {
                f"../../assets/briefing/{own}.js" for own in ("cite", "embed")
            }
            assert not page.find_all(lambda tag: any(key.startswith("on") for key in tag.attrs))


def _pages_in(text: str) -> Sequence[BeautifulSoup]:
    """A page, and what it shows to be pasted."""
    page = BeautifulSoup(text, "lxml")
    return (page, *(BeautifulSoup(one.get_text(), "lxml") for one in page.select(".bf-snippet")))


def test_from_right_to_left_names_and_addresses_keep_their_direction() -> None:
    page = files(briefing_in(CASES / "languages/docs", "ar"))["cite.html"]
    assert page.count("<bdi>https://example.org/news/briefings/ar/quotes/#jisr</bdi>") == 2
    assert "<bdi>" not in files(briefing_in(CASES / "languages/docs", "de"))["cite.html"]
