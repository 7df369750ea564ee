"""The CSV files beside the pages: built, linked, exported, and without drafts."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.data_tables import TABLES
from briefing.model.manifest import MANIFEST
from briefing.render.data.tables import describe
from briefing.render.messages import messages
from tests.sites import GOOD, build_site, make_site

FIGURES = "briefings/good/annotations/figures.yml"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("urls", [True, False])
def test_the_figures_page_links_both_files(tmp_path: Path, urls: bool) -> None:
    built = build_site(make_site(tmp_path, use_directory_urls=urls))
    page = built / f"briefings/good/{'figures/index' if urls else 'figures'}.html"
    links = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".bf-downloads a")
    files = [(page.parent / str(link["href"])).resolve() for link in links]
    assert files == [built / "briefings/good/figures.csv", built / "briefings/good/series.csv"]
    assert all(file.is_file() for file in files)


def test_figures_hold_what_the_yaml_says(tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path))
    found = {row["id"]: row for row in rows(built / "briefings/good/figures.csv")}
    assert list(found) == re.findall("- id: (.+)", (GOOD / FIGURES).read_text("utf-8"))
    fares = found["fare-cover"]
    assert (fares["reading"], fares["reading_low"], fares["reading_high"], fares["unit"]) == (
        "60",
        "60",
        "60",
        "% of running costs",
    )
    assert fares["verdict"] == "unverified"
    assert (found["passengers"]["reading_low"], found["passengers"]["reading_high"]) == ("300", "400")
    repairs = found["small-repairs"]
    assert (repairs["words"], repairs["reading_low"], repairs["reading_high"]) == ("dozens", "24", "")
    assert repairs["reading"] == "", "what stands in words is not given as the author's number"
    assert (found["vote-day"]["reading_date"], found["vote-day"]["words"]) == ("2025-11-18", "Tuesday")
    assert found["vote-day"]["target"] == "Tuesday"
    series = rows(built / "briefings/good/series.csv")
    assert [(row["figure"], row["period"], row["value"], row["cite"]) for row in series] == [
        ("fare-cover", "2018", "41", "fares-2018")
    ]


DERIVED = """
derived:
  - id: left-over
    label: What fares do not cover
    formula: whole - fare-cover
    inputs: [{name: whole, cite: fare-cover, value: 60}]
    value: 0
    unit: "%"
"""


def test_derived_figures_are_a_file_of_their_own(tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, files={FIGURES: (GOOD / FIGURES).read_text("utf-8") + DERIVED}))
    (row,) = rows(built / "briefings/good/derived.csv")
    assert (row["id"], row["value"], row["unit"], row["formula"]) == ("left-over", "0", "%", "whole - fare-cover")
    assert row["inputs"] == "whole = 60 (fare-cover)"
    page = BeautifulSoup((built / "briefings/good/figures/index.html").read_text("utf-8"), "html.parser")
    assert page.select_one('.bf-downloads a[href="../derived.csv"]')


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    text = (GOOD / FIGURES).read_text("utf-8").replace("Day of the vote", "'=HYPERLINK(\"x\")'")
    built = build_site(make_site(tmp_path, files={FIGURES: text}))
    assert rows(built / "briefings/good/figures.csv")[0]["label"] == '\'=HYPERLINK("x")'


def test_drafts_are_in_a_preview_alone(tmp_path: Path) -> None:
    text = (GOOD / FIGURES).read_text("utf-8").replace("- id: passengers\n", "- id: passengers\n    status: draft\n")
    quotes = "briefings/good/annotations/quotes.yml"
    files = {FIGURES: text, quotes: (GOOD / quotes).read_text("utf-8")}
    for name, command in (("a", "build"), ("b", "serve")):
        built = build_site(make_site(tmp_path / name, files=files), command=command)
        found = [row["id"] for row in rows(built / "briefings/good/figures.csv")]
        assert ("passengers" in found) == (command == "serve")


def test_a_briefing_without_figures_or_that_is_a_draft_has_no_file(tmp_path: Path) -> None:
    about = "briefings/good/briefing.yml"
    draft = (GOOD / about).read_text("utf-8").replace("status: published", "status: draft")
    assert not list(build_site(make_site(tmp_path / "a", files={about: draft})).rglob("*.csv"))
    folder = tmp_path / "b/docs/briefings/bare"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_text("One line.\n", "utf-8")
    source = {"kind": "document", "language": "en", "title": "s", "rights": "own", "publish": "full"}
    given = {"title": "T", "date": "2026-01-01", "language": "en", "status": "published", "source": source}
    (folder / "briefing.yml").write_text(json.dumps(given), "utf-8")
    assert not list(build_site(make_site(tmp_path / "b", docs=None)).rglob("*.csv"))


def test_an_export_has_the_same_files(tmp_path: Path) -> None:
    configuration = make_site(tmp_path / "site")
    built = build_site(configuration)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    for name in ("figures.csv", "series.csv"):
        path = f"briefings/good/{name}"
        assert (tmp_path / "out/docs" / path).read_bytes() == (built / path).read_bytes()


def test_set_aside_comments_are_counted_and_their_words_are_nowhere(tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path))
    words = "Best watches"
    assert words in (GOOD / "briefings/good/comments.yml").read_text("utf-8")
    for path in built.rglob("*"):
        if path.suffix in (".html", ".json", ".js", ".csv", ".xml"):
            assert words not in html.unescape(path.read_text("utf-8")), path
    page = BeautifulSoup((built / "briefings/good/comments/index.html").read_text("utf-8"), "html.parser")
    table = page.select_one("table.bf-set-aside")
    assert table and [cell.get_text(strip=True) for cell in table.select("tbody th, tbody td")] == ["Spam", "1", "C3"]
    assert page.find(id="c3")


def test_an_authors_own_file_is_not_overwritten(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, files={"briefings/good/figures.csv": "mine\n"})
    result = CliRunner().invoke(main, ["check", "-b", str(tmp_path / "docs")])
    assert result.exit_code == 1
    assert "page-collision: the file “figures.csv”" in result.output
    built = build_site(configuration, command="serve")
    assert (built / "briefings/good/figures.csv").read_text("utf-8") == "mine\n"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_data_page_explains_each_table_and_leads_to_each_file(language: str, tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, theme={"name": "material", "font": False, "language": language}))
    page, say = BeautifulSoup((built / "data/index.html").read_text("utf-8"), "lxml"), messages(language)
    assert page.html and page.body and (page.html["lang"], page.body["dir"]) == (language, say.direction)
    shown = " ".join(page.get_text(" ").split())
    for table in TABLES:
        assert say(f"data.about.{table.name}") in shown
        for column in table.columns:
            words = " ".join(BeautifulSoup(describe(table, column, say), "lxml").get_text(" ").split())
            assert words in shown, (table.name, column.name)
    files = {path.name for path in (built / "briefings/good").iterdir() if path.suffix in (".csv", ".jsonld", ".json")}
    linked = {str(link["href"]).rpartition("/")[2] for link in page.select("main a[href]")}
    assert files - {MANIFEST, "citations.json"} <= linked
