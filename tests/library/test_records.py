"""Time, measures, works and words that stand elsewhere too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.collection.collect import same_address
from briefing.collection.echoes import SearchedText, SearchedWords, echoes, long_enough, split, word_hashes
from tests.library.world import WORDS, collected, write_world
from tests.sites import rendered_site


def test_dates_of_sources_and_figures_stand_in_order(tmp_path: Path) -> None:
    text = "It opens on 3 May 2027, and was built in 1931. It opens on 4 May.\n"
    figures = [
        {"target": "3 May 2027", "type": "date", "value": "2027-05-03"},
        {"target": "1931", "type": "date", "value": "1931"},
        {
            "target": "4 May",
            "type": "date",
            "value": {"words": "4 May"},
            "resolved": {"value": "2026-05-04", "because": "The article says so."},
        },
    ]
    world = {"a": {"source.txt": text, "figures": figures, "briefing": {"source": {"published": "2026-01"}}}}
    found = collected(write_world(tmp_path, world)).moments
    assert [(moment.date, moment.figure.id if moment.figure else "") for moment in found] == [
        ("1931", "f1"),
        ("2026-01", ""),
        ("2026-05-04", "f2"),
        ("2027-05-03", "f0"),
    ]


def test_values_of_one_measure_are_put_together_by_id_and_in_order(tmp_path: Path) -> None:
    def figure(period: str, **more: str) -> dict[str, Any]:
        return {"target": "5 percent", "value": 5, "unit": "%", "period": period, "measure": "share", **more}

    years = "It was 5 percent in 2020, 2024 and 2026.\n"
    world = {
        "a": {"source.txt": years, "figures": [figure("2026")]},
        "b": {"source.txt": years, "figures": [figure("2024")]},
        "c": {"source.txt": years, "figures": [figure("2020", measure="other"), figure("")]},
    }
    measures = {"share": {"label": "Share", "unit": "%"}, "other": {"label": "Other", "unit": "%"}}
    found = collected(write_world(tmp_path, world, measures=measures)).trends
    told = [(trend.measure.id, [(item.briefing.path, item.record.period) for item in trend.items]) for trend in found]
    assert told == [("other", [("c", "2020")]), ("share", [("b", "2024"), ("a", "2026"), ("c", "")])]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "http://www.example.org/a/",
        "https://EXAMPLE.org:443/a#part",
        "https://example.org/a?utm_source=x&fbclid=1",
    ],
)
def test_addresses_of_one_document_are_the_same(url: str) -> None:
    assert same_address(url) == "example.org/a"


def test_what_an_address_asks_for_tells_documents_apart() -> None:
    assert same_address("https://example.org/?id=1") != same_address("https://example.org/?id=2")
    assert same_address("https://example.org/?a=1&b=2") == same_address("https://example.org/?b=2&a=1")


def test_briefings_that_rest_on_one_work_are_put_together(tmp_path: Path) -> None:
    note = [{"target": "the harbour", "note": "See [@r1]."}]
    one = {"references": [{"id": "r1", "title": "A Survey", "url": "http://example.org/s/"}], "context": note}
    two = {"references": [{"id": "r1", "title": "Survey", "url": "https://www.example.org/s"}], "context": note}
    bare = {"references": [{"id": "r1", "title": "a  survey", "publisher": "The Town"}], "context": note}
    source = {"briefing": {"source": {"url": "https://example.org/s", "title": "The survey itself"}}}
    found = collected(write_world(tmp_path, {"a": one, "b": two, "c": bare, "d": source})).works
    uses = {frozenset(use.briefing.path for use in work.uses) for work in found}
    assert uses == {frozenset({"a", "b", "d"}), frozenset({"c"}), frozenset({"a", "b", "c"})}
    (survey,) = [work for work in found if len(work.uses) == 3 and work.url]
    assert [use.reference is None for use in survey.uses] == [True, False, False]


# --- where else -------------------------------------------------------------------------------------------------


def elsewhere(docs: Path) -> dict[str, list[tuple[str, str, int]]]:
    found = rendered_site(docs).echoes
    return {f"{path}#{id}": [(e.path, e.id, e.paragraph) for e in others] for (path, id), others in found.items()}


def test_the_same_words_in_another_briefing_are_found_however_they_are_typed(tmp_path: Path) -> None:
    typed = 'He said: "We will open the   harbour again before the end of summer".\n'
    world = {
        "a": {"quotes": [{"target": WORDS}]},
        "b": {"quotes": [{"target": WORDS, "id": "again"}]},
        "c": {"source.txt": "Other words stand here.\n\n" + typed},
    }
    found = elsewhere(write_world(tmp_path, world))
    assert found["a#q0"] == [("c", "", 2), ("b", "again", 0)]
    assert found["b#again"] == [("c", "", 2), ("a", "q0", 0)]


def test_words_within_a_longer_quotation_are_found(tmp_path: Path) -> None:
    part = "open the harbour again before the end"
    world = {
        "a": {"quotes": [{"target": part, "kind": "fragment"}]},
        "b": {"quotes": [{"target": WORDS}]},
    }
    assert elsewhere(write_world(tmp_path, world)) == {"a#q0": [("b", "q0", 0)]} | {"b#q0": [("a", "", 1)]}


def test_few_words_are_no_echo_and_other_words_are_not_the_same(tmp_path: Path) -> None:
    other = "“We will open the harbour again before the end of winter,” Ada Lang said. It costs 5 percent.\n"
    short = {"target": "5 percent", "value": 5}
    world = {
        "a": {"quotes": [{"target": WORDS}], "figures": [short]},
        "b": {"source.txt": other, "figures": [short]},
    }
    assert elsewhere(write_world(tmp_path, world)) == {}


def test_what_may_not_be_shown_in_full_is_found_by_its_annotations_alone(tmp_path: Path) -> None:
    excerpts = {"source": {"publish": "excerpts"}}
    world = {
        "a": {"quotes": [{"target": WORDS}]},
        "b": {"briefing": excerpts},
        "c": {"briefing": excerpts, "quotes": [{"target": WORDS}]},
    }
    assert elsewhere(write_world(tmp_path, world))["a#q0"] == [("c", "q0", 0)]


def test_a_number_is_one_word_and_scripts_without_spaces_have_words_too() -> None:
    assert split("it is -3.5% now") == ["it", "is", "-3.5%", "now"]
    assert not long_enough(split("五パーセント"))
    assert long_enough(split("国内総生産の五パーセント以上"))


def test_texts_that_repeat_themselves_take_no_time(tmp_path: Path) -> None:
    long, short = "so " * 4000 + "it is.\n", "so " * 300 + "it is"
    world: dict[str, dict[str, Any]] = {
        "a": {"source.txt": long, "context": [{"target": long.strip()}]},
        "b": {"source.txt": f"{short}.\n", "context": [{"target": short}]},
    }
    assert elsewhere(write_world(tmp_path, world)) == {"b#c0": [("a", "c0", 0)]}


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.sampled_from(["the", "a", "harbour", "open", "5%", "3.5", "-5", "“so”", "end"]), min_size=6),
        min_size=2,
        max_size=5,
    )
)
def test_whatever_stands_in_a_text_is_found_and_nothing_else(texts: list[list[str]]) -> None:
    """The hashes against the plain comparison of every passage with every place."""
    found = [split(" ".join(text)) for text in texts]
    joined = ["\n".join(("", *words, "")) for words in found]
    known = {
        str(at): SearchedWords(str(at), "", (("own", text),), (SearchedText(text, "quotes", "own", 0),))
        for at, text in enumerate(joined)
    }
    elsewhere = echoes([word_hashes(one) for one in known.values()], known.__getitem__)
    for at, passage in enumerate(found):
        size = len(passage)
        stands = [
            str(other)
            for other, text in enumerate(found)
            if other != at and any(text[start : start + size] == passage for start in range(len(text) - size + 1))
        ]
        assert [echo.path for echo in elsewhere.get((str(at), "own"), ())] == stands
