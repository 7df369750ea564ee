"""The records of the site's search: what they say, what they leave out, and the index that holds them."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path

import pytest

from briefing.pipeline.publish import check_library
from briefing.site.search import SearchRecord, search_records, with_records
from tests.conftest import CASES
from tests.sites import GOOD, build_site, make_site, search_index

ROOT = CASES.parents[1]
FOLDER = "briefings/nato-ammunition"


def records(docs: Path, path: str) -> dict[str, SearchRecord]:
    """By page and fragment."""
    (built,) = check_library(docs, [path]).briefings
    assert built.briefing
    return {f"{one.page}#{one.fragment}".rstrip("#"): one for one in search_records(built.briefing)}


@pytest.fixture(scope="module")
def real() -> dict[str, SearchRecord]:
    return records(ROOT / "docs", FOLDER)


def test_a_record_says_what_it_is_who_says_it_the_verdict_and_the_words(real: dict[str, SearchRecord]) -> None:
    told = real["quotes.md#overtaken"]
    assert (told.kind, told.speaker, told.verdict_word) == ("Reported statement", "Mark Rutte", "Unverified")
    assert told.words == "the alliance has overtaken Russia in ammunition production"
    comment = real["comments.md#c1"]
    assert comment.kind == "Comment" and "produce the ammo" in comment.text[0]
    assert real["index.md"].kind == "Briefing" and real["text.md"].kind == "Annotated text"


def test_what_is_searched_has_no_codes(real: dict[str, SearchRecord]) -> None:
    for place, record in real.items():
        assert len(record.words) < 200, place
        if not place.startswith("method"):
            assert not re.search(r"\bR\d+\b|all comments", " ".join(record.text)), place


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("figures.md#russia-ahead", "4.5 million"),
        ("figures.md#russia-ahead", "4500000"),
        ("figures.md#five-percent", "5%"),
        ("context.md#russian-output", "4500000"),
    ],
)
def test_a_figure_is_found_by_its_plain_number(real: dict[str, SearchRecord], place: str, number: str) -> None:
    assert number in " ".join(real[place].text)


def test_the_index_holds_the_content_and_nothing_of_the_workshop(real_site: Path) -> None:
    data = (real_site / "search/search_index.json").read_bytes()
    places = [entry["location"] for entry in search_index(real_site)]
    assert f"{FOLDER}/quotes/?at=overtaken#overtaken" in places and "about/" in places
    assert not [place for place in places if place.startswith(("manual/", "decisions/"))]
    assert len(gzip.compress(data)) < 40 * 1024


def test_a_site_that_is_begun_has_no_page_of_the_workshop() -> None:
    pages = (ROOT / "templates/project/docs").rglob("*.md")
    assert [page.name for page in pages] == ["index.md"]


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_each_engine_gets_each_annotation_once(tmp_path: Path, theme: str) -> None:
    built = build_site(make_site(tmp_path, theme={"name": theme}))
    shown = [entry for entry in search_index(built) if entry["title"]]
    found = [entry for entry in shown if entry["location"].endswith("#who-pays")]
    assert [unescape(re.sub("<.*?>", "", entry["title"])) for entry in found] == [
        "Quotation · Idris Vane · Partly supported · “But nobody has shown us who pays when the boats break down”"
    ]
    assert ("<span" in found[0]["title"]) == (theme == "material")
    made = (built / "search/search_index.json").read_text("utf-8")
    (checked,) = check_library(GOOD).briefings
    assert checked.facts is None or checked.briefing
    again = with_records(
        made, [(checked.path, search_records(checked.briefing))] if checked.briefing else [], lambda path: None
    )
    assert json.loads(again)["docs"] == json.loads(made)["docs"]


def test_an_index_that_is_built_already_stays(tmp_path: Path) -> None:
    made = json.dumps({"config": {}, "docs": [], "index": {}})
    assert with_records(made, [], str) == made


def test_what_was_set_aside_or_is_withdrawn_is_not_found() -> None:
    (built,) = check_library(GOOD).briefings
    assert built.briefing
    found = {one.fragment for one in search_records(built.briefing)}
    aside = {entry.comment for entry in built.briefing.set_aside}
    assert aside and not aside & found
    assert not {entry.id for entry in built.briefing.withdrawn} & found


def test_what_others_wrote_is_text_in_the_index(tmp_path: Path) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    about = (GOOD / "briefings/good/comments.yml").read_text("utf-8")
    changed = re.sub(r"(?m)^(\s+author: ).*", lambda found: found[1] + json.dumps(hostile), about, count=1)
    assert changed != about
    built = build_site(make_site(tmp_path, files={"briefings/good/comments.yml": changed}))
    titles = [entry["title"] for entry in search_index(built) if "onerror" in entry["title"]]
    assert titles and all("&lt;img" in title and "<img" not in title for title in titles)
