"""An excerpt says who speaks and where something is left out, on every page and in every file of a built site."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from briefing.verify import verify
from tests.sites import build_site, make_site
from tests.verify.mending import mend

TEXT = """\
Nobody in the hall had a ticket for the evening boat.
The company's managing director, Jane Doe, who travelled to the meeting on one of the sailings that she is going to \
cut, said fuel costs had risen by 31 per cent since 2022.
A question of numbers
The chairman of the harbour looked at his watch twice.
It is not the boats that are expensive. It is the sea.
was how one retired skipper, Magnus Flett, put it from the back of the hall, to the laughter of everybody in it.
The vote on the timetable was late.
"""
ABOUT = {
    "title": "B",
    "date": "2026-01-01",
    "language": "en",
    "status": "published",
    "summary": "It is the sea [@sea].",
    "people": {"jane": "managing director", "flett": "Retired skipper"},
    "source": {"kind": "article", "title": "Words", "published": "2025-06-01", "rights": "Theirs."},
}
ANNOTATIONS = {
    "quotes": [
        {
            "id": "sea",
            "target": "It is not the boats that are expensive. It is the sea.",
            "speaker": "flett",
            "attribution": "was how one retired skipper, Magnus Flett, put it",
            "allow": [{"code": "not-in-quotation-marks", "reason": "A block quotation has none."}],
        }
    ],
    "figures": [
        {
            "id": "fuel",
            "target": "31 per cent",
            "label": "Fuel",
            "type": "comparison",
            "basis": "claim",
            "value": 31,
            "unit": "%",
            "speaker": "jane",
        }
    ],
}
JANE = "The company's managing director, Jane Doe […] said fuel costs had risen by 31 per cent since 2022."
FLETT = "was how one retired skipper, Magnus Flett, put it […]"
SEA = "It is not the boats that are expensive. It is the sea."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "people.yml": "jane: Jane Doe\nflett: Magnus Flett\n",
        "index.md": "# Home\n\n<!-- briefings -->\n",
        "b/source.txt": TEXT,
        "b/briefing.yml": json.dumps(ABOUT),
        "b/annotations/all.yml": json.dumps(ANNOTATIONS),
    }
    folder = tmp_path_factory.mktemp("credited")
    return build_site(make_site(folder, docs=None, files=files, site_url="https://example.org/"))


def plain(html: str) -> str:
    return re.sub(r"<sup.*?</sup>|<[^>]*>", "", html, flags=re.DOTALL).strip()


def test_the_text_says_who_speaks_and_where_paragraphs_are_left_out(built: Path) -> None:
    page = (built / "b/text/index.html").read_text("utf-8")
    shown = re.findall(r'<p class="bf-gap.*?</p>|<p id="p\d+".*?</p>', page, re.DOTALL)
    assert list(map(plain, shown)) == ["[…]", JANE, "[…]", SEA, FLETT, "[…]"]
    # the last one is seen alone: of the paragraph above it, which ends with a sign, that is not seen
    assert re.findall('<p class="bf-gap"([^>]*)>', page) == ["", "", ""]
    assert ["hidden" in sign for sign in re.findall(r"<span[^>]*bf-gap[^>]*>", shown[4])] == [True]


def test_the_page_names_whom_the_source_calls_she_and_its_words_stay_those_of_the_source(tmp_path: Path) -> None:
    text = "Jane Doe, a nurse, lives here. “My shift ends at half past seven,” she said outside the hall.\n"
    quotation = {"id": "shift", "target": "My shift ends at half past seven", "speaker": "jane"}
    files = {
        "people.yml": "jane: Jane Doe\n",
        "b/source.txt": text,
        "b/briefing.yml": json.dumps({**ABOUT, "summary": "It ends [@shift].", "people": {"jane": "nurse"}}),
        "b/annotations/all.yml": json.dumps({"quotes": [quotation]}),
    }
    site = build_site(make_site(tmp_path, docs=None, files=files, site_url="https://example.org/"))
    page = (site / "b/text/index.html").read_text("utf-8")
    labels = re.findall(r'<p class="bf-place"[^>]*>(.*?)</p>', page)
    assert list(map(unescape, labels)) == ["[Who speaks: Jane Doe]"]
    shown = re.search(r'<p id="p1".*?</p>', page, re.DOTALL)
    assert shown and plain(shown[0]) == "[…] “My shift ends at half past seven,” she said outside the hall."
    copied = (site / "b/text/index.html.md").read_text("utf-8").replace("\\", "").split("\n\n")
    assert copied[2:] == ["*[Who speaks: Jane Doe]*", f"{plain(shown[0])}\n"]
    assert verify(site).findings == []


def test_the_card_of_a_figure_says_who_says_it(built: Path) -> None:
    assert JANE in plain((built / "b/figures/index.html").read_text("utf-8"))


def test_markdown_has_the_same_words_and_signs(built: Path) -> None:
    lines = (built / "b/text/index.html.md").read_text("utf-8").replace("\\", "").split("\n")
    assert [line for line in lines if line][2:] == ["[…]", JANE, "[…]", SEA, FLETT.removesuffix(" […]"), "[…]"]


def test_the_site_is_verified_and_a_sign_that_is_taken_away_is_found(built: Path) -> None:
    assert verify(built).findings == []
    file = built / "b/text/index.html.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\n\\[…\\]\n\nIt is", "\nIt is"), "utf-8")
    assert file.read_text("utf-8") != text
    mend(built)
    assert {one.file for one in verify(built).findings} == {"b/text/index.html.md"}
