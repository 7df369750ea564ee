"""Tags as topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.collection.topics import fold_tag, slug
from briefing.pipeline import checking
from tests.library.world import WORDS, collected, write_world


@pytest.mark.parametrize("tag", ["Sea Ports", "sea ports", " SEA  PORTS ", "sea-ports", "Sea_Ports", "sea – ports"])
def test_spellings_that_nobody_means_apart_are_one_topic(tag: str) -> None:
    assert fold_tag(tag) == "sea ports"


@pytest.mark.parametrize(("one", "other"), [("defence", "defense"), ("C", "C++"), ("sea ports", "seaports")])
def test_other_spellings_are_other_topics_with_addresses_of_their_own(one: str, other: str) -> None:
    assert fold_tag(one) != fold_tag(other)
    assert slug(fold_tag(one)) != slug(fold_tag(other))


@pytest.mark.parametrize("tag", ["index", "C++", "R&D", "../../etc", "x" * 400, "💥", "دفاع", "a/b", "."])
def test_an_address_is_a_safe_file_name_whatever_the_tag(tag: str) -> None:
    made = slug(fold_tag(tag))
    assert made not in ("", "index") and not set(made) & set("/\\. ") and len(made.encode()) < 250


def test_a_tag_in_three_spellings_is_one_topic_with_the_commonest_name_and_a_warning(tmp_path: Path) -> None:
    quotation = {"target": WORDS}
    world = {
        "a": {"briefing": {"tags": ["Sea ports"]}, "quotes": [quotation | {"tags": ["sea-ports", "Sea ports"]}]},
        "b": {"briefing": {"tags": ["Sea ports"]}, "quotes": [quotation | {"id": "loud", "tags": ["SEA PORTS"]}]},
    }
    docs = write_world(tmp_path, world)
    (topic,) = collected(docs).topics
    assert (topic.name, topic.slug, topic.spellings[0]) == ("Sea ports", "sea-ports", ("Sea ports", 3))
    assert {briefing.path for briefing in topic.briefings} == {"a", "b"}
    assert {(item.briefing.path, item.record.id) for item in topic.items} == {("a", "q0"), ("b", "loud")}
    (problem,) = [problem for problem, _ in checking.check_library(docs).located() if problem.code == "tag-spellings"]
    assert "“sea-ports”" in problem.message and "“SEA PORTS”" in problem.message
    assert "“SEA PORTS”: b/annotations/all.yml (loud)" in problem.hint


def test_annotations_and_themes_of_a_topic_are_there_and_a_tag_given_twice_counts_once(tmp_path: Path) -> None:
    case = {
        "context": [{"target": "the harbour", "tags": ["Boats", "boats"]}],
        "comments": [{"id": "c1", "text": "Good."}],
        "themes": [{"tags": "boats", "comments": ["c1"], "summary": "One agrees [@c1]."}],
    }
    (topic,) = collected(write_world(tmp_path, {"a": case})).topics
    assert [item.record.id for item in topic.items] == ["c0", "t0"]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("nato", "NATO"),
        ("russia", "Russia"),
        ("ammunition", "Ammunition"),
        ("north-korea", "North Korea"),
        ("defence-spending", "Defence spending"),
        ("south-korea", "South Korea"),
        ("us", "Us"),
        ("US", "US"),
        ("iPhone", "iPhone"),
        ("état", "État"),
    ],
)
def test_a_topic_is_called_as_the_text_spells_it(tmp_path: Path, tag: str, name: str) -> None:
    """A word is spelt in capitals where it is never without, and the keys of citations are no text."""
    text = "NATO told us that Russia, and North Korea too, has ammunition. Ammunition is defence. The US agrees."
    reference = {"id": "nato-russia", "title": "A work", "excerpts": [{"exact": "Spending"}]}
    world = {
        "a": {
            "source.txt": text,
            "briefing": {"tags": [tag], "summary": "Spending is a word here [@nato-russia]."},
            "references": [reference],
            "context": [
                {"target": "ammunition", "title": "A parade", "note": "It went to South Korea [@nato-russia]."}
            ],
        }
    }
    (topic,) = collected(write_world(tmp_path, world)).topics
    assert topic.name == name
