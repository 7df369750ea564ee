"""What is the author's reading on a built site: a sign at each sentence and words in each paragraph, on every page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from briefing.cli import main
from tests import readings
from tests.sites import build_site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readings")
    return build_site(make_site(folder, files=readings.files(), site_url="https://site.example/"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    configuration = make_site(folder, files=readings.files())
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder / "out")])
    assert result.exit_code == 0, result.output
    return build_site(folder / "out" / "mkdocs.yml")


def paragraphs(page: Path) -> list[Tag]:
    """Those that hold a sign."""
    found = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".bf-sign:not(.bf-onward)")
    return list({id(holder): holder for sign in found if (holder := sign.find_parent(["p", "li"]))}.values())


def marked(page: Path) -> list[str]:
    """The sentence before each sign, without what it cites."""
    told = []
    for paragraph in paragraphs(page):
        for citation in paragraph.select(".bf-cite, .bf-onward"):
            citation.decompose()
        words = re.sub(r"\s+(?=[.,;])", "", " ".join(paragraph.get_text().split()))
        told += [piece.rsplit(". ", 1)[-1].strip() for piece in words.split("◦")[:-1]]
    return told


@pytest.mark.parametrize("name", readings.SENTENCES)
@pytest.mark.parametrize("made", ["site", "exported"])
def test_each_sentence_has_the_sign_and_no_other_has(name: str, made: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(made) / readings.BRIEFING
    page = folder / ("index.html" if name == "index" else f"{name}/index.html")
    assert marked(page) == readings.SENTENCES[name]


@pytest.mark.parametrize("name", ["", "context/", "text/", "comments/"])
def test_each_paragraph_has_the_words_once_and_they_lead_to_what_they_mean(site: Path, name: str) -> None:
    page = site / readings.BRIEFING / name / "index.html"
    found = paragraphs(page)
    assert found
    for paragraph in found:
        (words,) = paragraph.select(".bf-reading a")
        assert words.get_text() == "author’s reading"
        leads = page.parent / str(words["href"]).partition("#")[0] / "index.html"
        assert BeautifulSoup(leads.read_text("utf-8"), "html.parser").find(id="_grounds")


def test_lists_cards_and_citations_on_ordinary_pages_have_it_too(site: Path) -> None:
    assert marked(site / "index.html") == [
        "The council of Harwick has voted to reopen the Saltgate ferry.",
        "Harwick has 14,300 inhabitants.",
        "There is a report",
        "Another says that the old boat had 85 seats.",
    ]


def test_a_sign_has_a_name_and_is_no_stop_of_the_keyboard(site: Path) -> None:
    page = BeautifulSoup((site / readings.BRIEFING / "index.html").read_text("utf-8"), "html.parser")
    for sign in page.select(".bf-sign:not(.bf-onward)"):
        assert (sign["role"], sign["aria-label"]) == ("img", "author’s reading")
        assert "tabindex" not in sign.attrs and not sign.find_parent("a")


def test_what_is_read_elsewhere_says_it_in_words(site: Path) -> None:
    feed = json.loads((site / "feeds" / "briefings.json").read_text("utf-8"))
    assert "99 members. (author’s reading) It was founded" in feed["items"][0]["content_html"]
    head = BeautifulSoup((site / readings.BRIEFING / "index.html").read_text("utf-8"), "html.parser")
    described = head.select_one("meta[name=description]")
    assert described and str(described["content"]).endswith("14,300 inhabitants. (author’s reading)")


def test_the_pages_say_how_many_there_are_and_claim_no_more_than_was_checked(site: Path) -> None:
    overview = BeautifulSoup((site / readings.BRIEFING / "index.html").read_text("utf-8"), "html.parser")
    box = overview.select_one(".bf-verified")
    assert box and "8 sentences marked ◦ are the author’s reading" in box.get_text()
    assert "the passage that each note is about" in box.get_text() and "their authors’ own" in box.get_text()
