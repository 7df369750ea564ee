"""What is reported is nowhere quoted, and what the source interrupts is quoted in parts, in every file of a site."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing.cli import main
from briefing.model import Briefing, Quotation
from briefing.pipeline.checking import check_library
from tests.conftest import CASES
from tests.sites import build_site, make_site, search_index

DOCS = CASES / "reported" / "docs"
MARKS = "“”„‟«»‹›‘’‚‛\"'「」『』＂＇"
QUOTES = ("q", "blockquote")
INLINE = frozenset(["a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"])
TITLE = re.compile(r'\(([^()\s]*) "([^"\n]*)"\)')
"""The title of a Markdown link: its quotation marks are none for a reader."""
LETTERS = 12
"""Characters of a statement by which its beginning and its end are known; short names cut it."""


@cache
def briefings() -> dict[str, Briefing]:
    library = check_library(DOCS)
    assert not list(library.located())
    return {one.path.rpartition("/")[2]: one.briefing for one in library.briefings if one.briefing}


def reported() -> list[str]:
    """The words of each part of every reported statement."""
    return [
        part.selector.exact
        for briefing in briefings().values()
        for quotation in briefing.quotations
        if quotation.kind == "reported"
        for part in quotation.target.parts
    ]


def opened(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


class Reader(HTMLParser):
    """What an HTML document says: its text, block by block, its attributes, and what is marked up as a quotation.

    A passage of the source around a figure or note is quoted as the source's, a whole comment as its reader's.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self.quoted: list[str] = []
        self.open: list[str] = []
        self.passages: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts[1:] += [value for _, value in attrs if value]
        self.texts[0] += "" if tag in INLINE else "\n"
        if tag in QUOTES:
            self.open.append("")
            self.passages.append("bf-passage" in (dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.texts[0] += "" if tag in INLINE else "\n"
        if tag in QUOTES and self.open:
            words = self.open.pop()
            self.quoted += [] if self.passages.pop() else [words]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            return  # scripts and styles; data for programs is read by itself
        self.texts[0] += data
        self.open = [text + data for text in self.open]


def in_html(text: str) -> tuple[list[str], list[str]]:
    reader = Reader()
    reader.feed(text)
    reader.close()
    comments = [comment.text for briefing in briefings().values() for comment in briefing.comments]
    return reader.texts, [words for words in reader.quoted if " ".join(words.split()) not in comments]


def in_json(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.items() for one in item for text in in_json(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in in_json(one))


def texts(path: Path) -> tuple[list[str], list[str]]:
    """Every text that a file holds, as a program reads it, and what is marked up as a quotation."""
    raw = path.read_text("utf-8")
    plain: list[str] = []
    if path.suffix in (".json", ".jsonld"):
        plain = list(in_json(json.loads(raw)))
    elif path.suffix == ".csv":
        plain = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
    elif path.suffix == ".xml":
        plain = [each for one in ET.fromstring(raw).iter() for each in (one.text, *one.attrib.values()) if each]
    elif path.suffix == ".html":
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', raw, re.S)
        plain = [each for script in scripts for each in in_json(json.loads(script))]
    elif front := re.match(r"---\n(.*?)\n---\n", raw, re.S):
        plain, raw = list(in_json(yaml.safe_load(front[1]))), raw[front.end() :]
    documents = plain if path.suffix not in (".html", ".md") else [TITLE.sub(r"(\1 \2)", raw)]
    read = [in_html(each) for each in documents]
    return [*plain, *(each for one, _ in read for each in one)], [each for _, one in read for each in one]


def faults(text: str, words: str) -> Iterator[str]:
    """Places where words begin behind a quotation mark or end before one."""
    text = " ".join(html.unescape(text).split())
    for begin in re.finditer(re.escape(words[:LETTERS]), text):
        if begin.start() and text[begin.start() - 1] in MARKS:
            yield text[max(0, begin.start() - 40) : begin.end() + 40]
    for end in re.finditer(re.escape(words[-LETTERS:]) + "[.,…]?", text):
        if end.end() < len(text) and text[end.end()] in MARKS:
            yield text[max(0, end.start() - 40) : end.end() + 40]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site, and what its export builds without the plugin."""
    folder = tmp_path_factory.mktemp("reported")
    configuration = make_site(folder / "made", docs=DOCS, site_url="https://example.org/", site_author="Mira Castell")
    built = build_site(configuration)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder / "out")])
    assert result.exit_code == 0, result.output
    plain = load_config(str(folder / "out" / "mkdocs.yml"), strict=True)
    mkdocs_build(plain)
    return {"site": built, "export": folder / "out" / "docs", "exported": Path(plain.site_dir), "made": folder / "made"}


@pytest.mark.parametrize("name", ["site", "export", "exported"])
def test_no_file_puts_reported_words_in_quotation_marks(sites: dict[str, Path], name: str) -> None:
    kinds = {".html", ".json", ".jsonld", ".xml", ".csv", ".md", ".txt"}
    files = [path for path in sites[name].rglob("*") if path.suffix in kinds and "assets" not in path.parts]
    met: set[str] = set()
    for path in files:
        said, quoted = texts(path)
        for words in reported():
            met |= {words} if any(words in " ".join(html.unescape(text).split()) for text in said) else set()
            assert [fault for text in said for fault in faults(text, words)] == [], path
            assert not any(words[:LETTERS] in " ".join(text.split()) for text in quoted), (path, words)
    assert met == set(reported()), "a test that meets no words cannot fail"
    wanted = {".md", ".jsonld"} if name == "export" else {".html", ".json", ".jsonld"}
    assert {path.suffix for path in files} >= wanted


def test_the_test_itself_finds_quoted_words() -> None:
    for opening, closing in ("“”", "„“", "«»", '""', "‘’", "»«"):
        assert list(faults(f"Marsh: {opening}the old pump…{closing}", "the old pump had"))
        assert list(faults(f"{opening}had been broken.{closing}", "the old pump had been broken"))
    assert in_html("<blockquote><p>the <b>old</b> pump</p></blockquote>")[1] == ["the old pump"]
    assert not list(faults("Ines Marsh, as reported: the old pump", "the old pump had been broken"))


# --- what it is called ---


@pytest.mark.parametrize(
    ("language", "id", "heading", "caption", "copied"),
    [
        (
            *("en", "pump-broken", "Ines Marsh, as reported: the old pump had been broken since the spring"),
            "Ines Marsh · Keeper of the waterworks · as reported by The Harwick Courier",
            "Ines Marsh, Keeper of the waterworks, as reported by The Harwick Courier: the old pump had been broken "
            "since the spring",
        ),
        (
            *("en", "new-pump", "Tobias Quill, as reported: a new pump by winter"),
            "Tobias Quill · Treasurer of Harwick · as relayed by Ines Marsh · as reported by The Harwick Courier",
            "Tobias Quill, Treasurer of Harwick, as relayed by Ines Marsh, as reported by The Harwick Courier: a new "
            "pump by winter",
        ),
        (
            *("en", "money", "Tobias Quill, as reported: money for repairs […] set aside last year"),
            "Tobias Quill · Treasurer of Harwick · as reported by The Harwick Courier",
            "Tobias Quill, Treasurer of Harwick, as reported by The Harwick Courier: money for repairs […] set aside "
            "last year",
        ),
        (
            *("en", "reader-heard", "Tobias Quill, as reported: the plumber walked away from it twice"),
            *("Tobias Quill · Treasurer of Harwick · as reported by a reader", ""),
        ),
        (
            *("de", "deich-sicher", "Erika Brandt, laut Bericht: der Deich sei nach der Reparatur wieder sicher"),
            "Erika Brandt · Deichgräfin · laut Jule Petersen",
            "Erika Brandt, Deichgräfin, laut Jule Petersen: der Deich sei nach der Reparatur wieder sicher",
        ),
        (
            *("ar", "maa-kafi", "ليلى حداد، بحسب ما نُقل: الماء كافٍ لفصل الصيف كله"),
            "ليلى حداد · مديرة المياه · بحسب ما نقله المصدر",
            "ليلى حداد، مديرة المياه، بحسب ما نقله المصدر: الماء كافٍ لفصل الصيف كله",
        ),
    ],
)
def test_a_reported_statement_names_who_reports_it(
    sites: dict[str, Path], language: str, id: str, heading: str, caption: str, copied: str
) -> None:
    page = opened(sites["site"] / f"briefings/{language}/quotes/index.html")
    card = page.select_one(f"article:has(> #{id})")
    assert card and card["class"] == ["bf-card", "bf-reported"]
    named = card.select_one("h3")
    assert named and named.get_text().removesuffix("¶").endswith(f": {heading}")
    assert not card.select("blockquote, q")
    assert " · ".join(part.get_text() for part in card.select("figcaption > :not(.bf-verdict)")) == caption
    button = card.select_one(".bf-copy")
    assert (button["data-words"] if button else "") == copied


def test_it_is_counted_by_itself_everywhere(sites: dict[str, Path]) -> None:
    def text(name: str) -> str:
        page = opened(sites["site"] / name / "index.html")
        return " ".join(page.get_text(" ").split())

    assert "2 quotations, 4 reported statements" in text("briefings/en")
    assert "1 Zitat, 1 berichtete Aussage" in text("briefings/de/quotes")
    assert "اقتباس واحد، قول واحد منقول بالمعنى" in text("briefings/ar/quotes")
    for name, bar in (("en", "4 reported statements"), ("de", "2 berichtete Aussagen")):
        page = opened(sites["site"] / f"briefings/{name}/text/index.html")
        shown = {str(button["data-kind"]): button.get_text() for button in page.select(".bf-bar [data-kind]")}
        assert shown["reported"] == (bar if name == "de" else "3 reported statements"), "one is in a comment"
    assert "3 quotations, 1 reported statement, 1 figure and 1 reported statement of others in 2 briefings" in text(
        "people/marsh"
    )
    assert "Reported by Ines Marsh" in text("people/quill")
    assert "2 quotations, 4 reported statements" in text("")


def test_the_page_of_statements_says_that_it_has_both(sites: dict[str, Path]) -> None:
    titles = {
        name: opened(sites["site"] / f"briefings/{name}/quotes/index.html") for name in ("en", "de", "ar", "talk")
    }
    heads = {name: page.select_one("h1 > .bf-unseen").get_text().removesuffix(": ") for name, page in titles.items()}  # type: ignore[union-attr]
    assert heads == {
        "en": "Quotations and reported statements",
        "de": "Zitate und berichtete Aussagen",
        "ar": "الاقتباسات والأقوال المنقولة بالمعنى",
        "talk": "Quotations",
    }


def test_programs_are_told_what_it_is(sites: dict[str, Path]) -> None:
    written = json.loads((sites["site"] / "briefings/en/annotations.jsonld").read_text("utf-8"))
    classes = {
        "#" + item["id"].rpartition("#")[2]: next(
            body["value"] for body in item["body"] if body["purpose"] == "classifying"
        )
        for item in written["first"]["items"]
    }
    assert classes["#pump-broken"] == classes["#new-pump"] == "reported statement"
    assert classes["#two-parts"] == "quotation"
    page = (sites["site"] / "briefings/en/quotes/index.html").read_text("utf-8")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    said = [one for one in map(json.loads, found) if one["@type"] == "ClaimReview"]
    claims = {one["claimReviewed"]: one["itemReviewed"] for one in said}
    told = "Ines Marsh, as reported by The Harwick Courier: the old pump had been broken since the spring"
    asked = "“We wrote to the council” “Nobody answered, and the sign that says ‘temporary’ has hung there for years.”"
    assert set(claims) == {told, asked}
    assert claims[told]["claimInterpreter"] == {"@type": "Organization", "name": "The Harwick Courier"}
    assert "claimInterpreter" not in claims[asked]


def test_an_export_of_annotations_comes_back_as_what_it_was(sites: dict[str, Path], tmp_path: Path) -> None:
    exported = sites["site"] / "briefings/en/annotations.jsonld"
    configuration = make_site(tmp_path, docs=DOCS)
    quotes = tmp_path / "docs/briefings/en/annotations/quotes.yml"
    quotes.unlink()
    for name in ("briefing.yml",):  # nothing else may cite what is gone
        path = tmp_path / "docs/briefings/en" / name
        kept = re.sub(r" ?\[@[\w-]+\]|^highlights.*\n", "", path.read_text("utf-8"), flags=re.M)
        path.write_text(kept, encoding="utf-8")
    arguments = ["import", "annotations", str(exported), "-b", str(tmp_path / "docs/briefings/en")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    made = "".join(path.read_text("utf-8") for path in (configuration.parent / "docs/briefings/en").rglob("*.yml"))
    assert made.count("kind: reported") == 4
    assert "the old pump had been broken" in made


def test_the_command_line_calls_it_so(sites: dict[str, Path]) -> None:
    folder = str(sites["made"] / "docs/briefings/en")
    shown = CliRunner().invoke(main, ["show", "pump-broken", "-b", folder])
    assert shown.output.startswith("reported statement pump-broken"), shown.output
    found = CliRunner().invoke(main, ["find", "the old pump had been broken", "-b", folder])
    assert found.exit_code == 0 and not list(faults(found.output, "the old pump had been broken"))
    summary = CliRunner().invoke(main, ["check", "--summary", "--format", "json", "-b", folder])
    assert [(row["quotations"], row["reported"]) for row in json.loads(summary.output)["briefings"]] == [(2, 4)]


# --- interrupted quotations, and what is copied ---


@pytest.mark.parametrize(
    ("name", "id", "parts", "copied", "credit"),
    [
        (
            *("en", "two-parts"),
            [
                "We wrote to the council",
                "Nobody answered, and the sign that says ‘temporary’ has hung there for years.",
            ],
            "“We wrote to the council” “Nobody answered, and the sign that says ‘temporary’ has hung there for years.”",
            "Ines Marsh, Keeper of the waterworks. [Article], The Harwick Courier.",
        ),
        (
            *("de", "ganze-nacht"),
            ["Wir haben die ganze Nacht gearbeitet", "Das Schild ‚Betreten verboten‘ bleibt trotzdem stehen."],
            "„Wir haben die ganze Nacht gearbeitet“ „Das Schild ‚Betreten verboten‘ bleibt trotzdem stehen.“",
            "Erika Brandt, Deichgräfin. Jule Petersen, [Dokument], 1. April 2026.",
        ),
        (
            *("ar", "khazzan", ["سنفتح الخزان القديم غدًا", "وسنبقي لافتة “مؤقت” في مكانها"]),
            *("«سنفتح الخزان القديم غدًا» «وسنبقي لافتة “مؤقت” في مكانها»", "ليلى حداد، مديرة المياه. [مقال]."),
        ),
        (
            *("talk", "leaks", ["The dam is old […] it leaks in three places"]),
            "“The dam is old […] it leaks in three places”",
            "Ines Marsh, Keeper of the waterworks. Council meeting of 1 June, Harwick Council.",
        ),
    ],
)
def test_what_the_source_interrupts_is_quoted_in_parts(
    sites: dict[str, Path], name: str, id: str, parts: list[str], copied: str, credit: str
) -> None:
    page = opened(sites["site"] / f"briefings/{name}/quotes/index.html")
    card = page.select_one(f"article:has(> #{id})")
    assert card
    assert [part.get_text() for part in card.select("blockquote > p")] == parts
    button = card.select_one(".bf-copy")
    assert button and button["data-words"] == copied
    assert button["data-credit"] == credit


def test_no_file_joins_what_the_source_interrupts(sites: dict[str, Path]) -> None:
    for name, briefing in briefings().items():
        for quotation in (one for one in briefing.quotations if one.kind != "reported" and name != "talk"):
            pairs = zip(quotation.target.parts, quotation.target.parts[1:], strict=False)
            for before, after in pairs:
                joined = re.escape(before.selector.exact) + r"\W*\[?…\]?\W*" + re.escape(after.selector.exact)
                for path in sites["site"].rglob("*"):
                    if path.suffix in (".html", ".json", ".jsonld", ".xml", ".csv"):
                        assert not any(re.search(joined, text) for text in texts(path)[0]), path


def test_search_finds_the_parts_and_the_report_by_their_names(sites: dict[str, Path]) -> None:
    entries = {entry["location"]: entry for entry in search_index(sites["site"])}
    told = entries["briefings/en/quotes/?at=pump-broken#pump-broken"]
    assert re.fullmatch(
        "Reported statement · Ines Marsh · <span.*>Unverified</span> · the old pump had .*",
        html.unescape(told["title"]),
    )
    quoted = entries["briefings/en/quotes/?at=two-parts#two-parts"]
    assert "· “We wrote to the council” “Nobody answered, and the sign that" in html.unescape(quoted["title"])


def test_our_headline_is_never_the_titles_of_the_source(sites: dict[str, Path]) -> None:
    assert not (sites["site"] / "timeline").exists(), "one date is no timeline"
    for name, briefing in briefings().items():
        if briefing.source.title:
            continue
        for page in ("text", "quotes"):
            soup = BeautifulSoup(
                (sites["site"] / f"briefings/{name}/{page}/index.html").read_text("utf-8"), "html.parser"
            )
            credits = [str(one["data-credit"]) for one in soup.select("[data-credit]")]
            assert credits and not any(briefing.title in credit for credit in credits)


def test_records_hold_what_is_interrupted() -> None:
    found = {
        quotation.id: (len(briefing.anchors[quotation.id].parts), briefing.anchors[quotation.id].spoken)
        for briefing in briefings().values()
        for quotation in briefing.quotations
        if isinstance(quotation, Quotation)
    }
    assert {id: parts for id, (parts, _) in found.items() if parts > 1} == {
        "two-parts": 2,
        "ganze-nacht": 2,
        "khazzan": 2,
    }
    assert not any(found[id][1] for id in ("pump-broken", "new-pump", "money", "deich-sicher", "maa-kafi"))
    assert found["leaks"] == (1, True)
