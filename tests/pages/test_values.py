"""A value is what was said: the source's words on cards, the briefing's language in tables, the author's reading in
neither."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from briefing.model import Briefing
from briefing.pipeline import checking
from briefing.render.figures import as_said, charts, value_in_words
from briefing.render.messages import messages
from tests.sites import GOOD, build_site, make_site

LONG = "a sum of £310,000 that the council has never before in all of its history set aside for anything"
CASES = [
    # language, target, value, unit, as it is said, as a table shows it
    ("en", "£310,000", 310000, "pounds", "£310,000", "£310,000"),
    ("de", "£310,000", 310000, "pounds", "£310,000", "310.000 £"),
    ("de", "£310,000", 310000, "Pfund", "£310,000", "310.000 £"),
    ("en", "£310,000 a year", 310000, "pounds a year", "£310,000 a year", "£310,000 a year"),
    ("en", "US$1.5 billion", 1.5, "billion dollars", "US$1.5 billion", "US$1.5 billion"),
    ("en", "$100 million", 100000000, "dollars", "$100 million", "$100,000,000"),
    ("en", "1,500 €", 1500, "EUR", "1,500 €", "€1,500"),
    ("en", "310,000 pounds", 310000, "pounds", "310,000 pounds", "310,000 pounds"),
    ("en", "£310,000", 310000, "for repairs", "£310,000", "£310,000"),
    ("en", "£3 to £4", {"from": 3, "to": 4}, "pounds", "£3 to £4", "£3 to £4"),
    ("en", "dozens of new lines", {"words": "dozens", "min": 24}, "lines", "dozens of new lines", "dozens"),
    ("en", "five percent", 5, "% of GDP", "five percent", "five percent"),
    ("en", "five percent of GDP", 5, "% of GDP", "five percent of GDP", "5% of GDP"),
    ("en", "Fewer than 40 men", 40, "men", "Fewer than 40 men", "Fewer than 40 men"),
    ("en", "Up to 300 ships", 300, "ships", "Up to 300 ships", "Up to 300 ships"),
    ("en", "about 6,200 vehicles", 6200, "vehicles", "about 6,200 vehicles", "about 6,200 vehicles"),
    ("en", "6,200 vehicles", 6200, "vehicles", "6,200 vehicles", "6,200 vehicles"),
    ("en", "More than a third", 33, "%", "More than a third", "More than a third"),
    ("en", "15 to 16 bids", 15, "bids", "15 to 16 bids", "15 to 16 bids"),
    ("en", "12 percent", 12, "% of GDP", "12 percent", "12 percent"),
    ("en", "12 percent", 12, "%", "12 percent", "12%"),
    ("en", "18p", 18, "pounds", "18p", "18p"),
    ("en", "300 ships or more", 300, "ships", "300 ships or more", "300 ships or more"),
    ("en", LONG, 310000, "pounds", "£310,000", "£310,000"),
]


def made(folder: Path, language: str, figures: list[dict[str, object]]) -> Briefing:
    about = {"title": "T", "date": "2026-01-01", "language": language, "status": "published"}
    source = {"kind": "article", "language": "en", "title": "S", "rights": "Own.", "publish": "full"}
    (folder / "b/annotations").mkdir(parents=True)
    (folder / "b/briefing.yml").write_text(json.dumps({**about, "source": source}), "utf-8")
    (folder / "b/source.txt").write_text("".join(f"They say {figure['target']}.\n" for figure in figures), "utf-8")
    (folder / "b/annotations/a.yml").write_text(json.dumps({"figures": figures}), "utf-8")
    briefing = checking.check_library(folder).briefings[0].briefing
    assert briefing and len(briefing.figures) == len(figures)
    return briefing


def figure(target: str, value: object, unit: str, id: str = "f", type: str = "amount") -> dict[str, object]:
    named = {"id": id, "label": f"Figure {id}", "type": type, "basis": "claim"}
    return {**named, "target": target, "value": value, "unit": unit}


@pytest.mark.parametrize(("language", "target", "value", "unit", "said", "shown"), CASES)
def test_a_value_in_the_words_of_the_source_and_in_those_of_the_briefing(
    tmp_path: Path, language: str, target: str, value: object, unit: str, said: str, shown: str
) -> None:
    briefing = made(tmp_path, language, [figure(target, value, unit)])
    assert as_said(briefing, briefing.figures[0]) == said
    written = value_in_words(briefing, briefing.figures[0], messages(language))
    assert re.sub("[\u00a0\u202f]", " ", written) == shown


def test_words_are_drawn_as_a_range_and_named_by_themselves(tmp_path: Path) -> None:
    given = [figure(f"{n}00 crews", n * 100, "crews", f"f{n}", "count") for n in range(1, 4)]
    given.append(figure("dozens of crews", {"words": "dozens", "min": 24}, "crews", "vague", "count"))
    given.append(figure("a handful of crews", {"words": "a handful", "max": 7}, "crews", "few", "count"))
    briefing = made(tmp_path, "en", given)
    (drawn,) = charts(briefing, briefing.figures, messages("en"))
    soup = BeautifulSoup(drawn.svg, "html.parser")
    ranges = {rect.title.get_text() for rect in soup.select("rect.bf-range") if rect.title}
    assert ranges == {"Figure vague: dozens", "Figure few: a handful"}
    assert not re.search(r"\b(24|7)\b", soup.get_text())


@pytest.mark.full
def test_the_authors_reading_of_words_is_printed_nowhere(tmp_path: Path) -> None:
    path = "briefings/good/annotations/figures.yml"
    text = (GOOD / path).read_text("utf-8")
    assert "{words: dozens, min: 24}" in text or "min: 24" in text
    built = build_site(make_site(tmp_path, files={path: text.replace("min: 24", "min: 24, max: 20417")}))
    pages = [file for file in built.rglob("*") if file.suffix in (".html", ".json", ".jsonld", ".xml")]
    for name in ("data.json", "annotations.jsonld"):  # which have fields for it, as the CSV files
        pages.remove(built / "briefings/good" / name)
    shown = {file: re.sub(' data-value="[^"]*"', "", file.read_text("utf-8")) for file in pages}
    assert [file for file, text in shown.items() if re.search("20[,.\u202f]?417", text)] == []
    table = BeautifulSoup((built / "briefings/good/figures/index.html").read_text("utf-8"), "html.parser")
    assert table.find("td", attrs={"data-value": "24"}), "the reading sorts"
