"""Indexes of people, topics and measures: in the order that names are filed in, by letters where they are long."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from briefing.render.collection.registers import FEW, letter_of
from briefing.render.pagination import MOST
from tests.library.crowd import names, write_crowd
from tests.library.world import PEOPLE, WORDS, collected, write_world
from tests.sites import rendered_site


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Rutte, Mark", "R"),
        ("Čapek", "C"),
        ("élan", "E"),
        ("ßsmall", "S"),
        ("أحمد", "ا"),
        ("Ω", "Ω"),
        ("1st Brigade", "#"),
        ("“Quoted”", "#"),
        ("", "#"),
    ],
)
def test_a_name_is_filed_under_its_letter_without_accents(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_people_are_in_the_order_in_which_their_names_are_filed(tmp_path: Path) -> None:
    people = {
        "ada": {"name": "Ada Lang", "sort_as": "Lang, Ada"},
        "council": {"name": "The Council", "sort_as": "Council, The", "kind": "organisation"},
    }
    case = {
        "briefing": {"people": {"council": "Council of the town"}},
        "quotes": [{"target": WORDS}],
        "figures": [{"target": "5 percent", "value": 5, "speaker": "council"}],
    }
    written = write_world(tmp_path, {"a": case}, people={**PEOPLE, **people})
    assert [one.person.name for one in collected(written).people] == ["The Council", "Ada Lang"]


def index_pages(docs: Path) -> list[BeautifulSoup]:
    """The pages of the index of people, as Markdown in which the lists are HTML."""
    site = rendered_site(docs)
    found = [page for page in site.pages if page.path.startswith("people/") and "bf-register" in page.markdown]
    ordered = sorted(found, key=lambda page: page.path.replace("index", "_1"))
    return [BeautifulSoup(page.markdown, "html.parser") for page in ordered]


def lines(within: BeautifulSoup | Tag) -> list[str]:
    return [line.get_text() for line in within.select(".bf-register > li .bf-entry-name")]


@pytest.mark.parametrize("count", [1, FEW])
def test_few_names_have_neither_letters_nor_a_field(tmp_path: Path, count: int) -> None:
    (page,) = index_pages(write_crowd(tmp_path, count))
    assert len(lines(page)) == count
    assert not page.select("form, nav, h2")


def test_many_names_are_below_their_letters_and_every_letter_leads_there(tmp_path: Path) -> None:
    count = 60
    (page,) = index_pages(write_crowd(tmp_path, count))
    assert len(lines(page)) == count
    assert len(page.select("form.bf-look-up[hidden]")) == 1
    shown = {heading["id"]: heading.get_text() for heading in page.select("h2")}
    assert sorted(shown.values()) == sorted({name[0] for name in names(count).values()})
    (letters,) = page.select("nav.bf-letters")
    for id, letter in shown.items():
        assert f"[{letter}](../people/index.md#{id})" in letters.get_text(), letter


@pytest.mark.full
def test_letters_lead_to_the_page_on_which_they_begin(tmp_path: Path) -> None:
    count = MOST + 30
    first, second = index_pages(write_crowd(tmp_path, count))
    assert (len(lines(first)), len(lines(second))) == (MOST, count - MOST)
    (letters,) = first.select("nav.bf-letters")
    begun = [heading["id"] for heading in first.select("h2")]
    later = [heading["id"] for heading in second.select("h2[id]")]
    assert later and not set(begun) & set(later)
    assert all(f"](../people/index.md#{id})" in letters.get_text() for id in begun)
    assert all(f"](../people/_2.md#{id})" in letters.get_text() for id in later)


SURVEY = {"id": "survey", "title": "A survey", "url": "https://example.org/survey", "publisher": "The Survey Office"}


def works(docs: Path, briefings: int) -> BeautifulSoup:
    """The index of references of a library whose briefings all cite one work."""
    case = {"quotes": [{"target": WORDS}], "references": [SURVEY]}
    write_world(docs, {f"b{n}": case for n in range(briefings)})
    (page,) = (page for page in rendered_site(docs).pages if page.path == "references/index.md")
    return BeautifulSoup(page.markdown, "html.parser")


def test_where_one_briefing_cites_all_works_each_has_its_number_there(tmp_path: Path) -> None:
    text = works(tmp_path, 1).get_text()
    assert "Cited in" not in text
    assert "[R1](../b0/method.md#survey)" in text


def test_a_work_that_few_briefings_cite_names_them(tmp_path: Path) -> None:
    page = works(tmp_path, 3)
    assert all(f"[About b{n}](../b{n}/method.md#survey)" in page.get_text() for n in range(3))
    assert not page.select("details")


def test_a_work_that_many_briefings_cite_counts_them(tmp_path: Path) -> None:
    (folded,) = works(tmp_path, 5).select("details")
    assert folded.select_one("summary").get_text() == "Cited in 5 briefings"  # type: ignore[union-attr]
    assert folded.get_text().count("method.md#survey") == 5


def test_the_contents_of_a_person_have_a_briefing_once(tmp_path: Path) -> None:
    quoted = [{"target": WORDS, "speaker": "ada"}, {"target": "It costs 5 percent", "kind": "fragment", "via": ["ada"]}]
    case = {
        "source.txt": f"“{WORDS},” Ada Lang said, quoting the Council: “It costs 5 percent of the budget.”\n",
        "briefing": {"people": {"council": "Council of the town"}},
        "quotes": [quoted[0], {**quoted[1], "speaker": "council"}],
    }
    write_world(tmp_path, {"a": case})
    (page,) = (page for page in rendered_site(tmp_path).pages if page.path == "people/ada.md")
    groups = BeautifulSoup(page.markdown, "html.parser").select(".bf-from-title")
    assert [(group.name, group.get("role")) for group in groups] == [("h2", None), ("p", "heading")]
