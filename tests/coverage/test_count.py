"""What became of each passage and number of a source."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.coverage import Coverage, coverage
from briefing.model import Briefing
from tests.check.folders import make

SOURCE = "“We go,” Ada said. “We stay.” Ben spoke of “great harm” to 40 boats and 12 crews in 2019.\n“No,” said Cleo."


def states(folder: Path, **case: Any) -> dict[str, str]:
    briefing = make(folder, {"source.txt": SOURCE, **case})
    return {item.span.of(briefing.source.text): item.state for item in coverage(briefing).items}


def test_nothing_is_annotated_at_first(tmp_path: Path) -> None:
    assert set(states(tmp_path).values()) == {"uncovered"}
    assert list(states(tmp_path / "b")) == ["We go,", "We stay.", "great harm", "No,", "40", "12", "2019"]


def test_annotated_set_aside_in_draft(tmp_path: Path) -> None:
    found = states(
        tmp_path,
        quotes=[{"target": ["We go", "We stay"]}, {"target": "No", "speaker": "cleo", "status": "draft"}],
        figures=[
            {"target": "40 boats", "value": 40},
            {"target": "2019", "type": "date", "value": 2019, "status": "review"},
        ],
        ignore=[{"target": "12", "reason": "Crews are not boats."}],
    )
    assert found == {
        "We go,": "annotated",
        "We stay.": "annotated",
        "great harm": "uncovered",
        "No,": "draft",
        "40": "annotated",
        "12": "set-aside",
        "2019": "draft",
    }


def test_an_ignored_sentence_sets_all_of_it_aside_but_what_is_annotated(tmp_path: Path) -> None:
    ignore = [{"target": "Ben spoke of “great harm” to 40 boats and 12 crews in 2019."}]
    found = states(tmp_path, ignore=ignore, figures=[{"target": "40 boats", "value": 40}])
    aside = {words for words, state in found.items() if state == "set-aside"}
    assert aside == {"great harm", "12", "2019"}
    assert found["40"] == "annotated"


def test_a_figure_in_words_of_a_quotation_is_no_quotation(tmp_path: Path) -> None:
    briefing = make(
        tmp_path, {"source.txt": "“We have 40 boats,” Ada said.", "figures": [{"target": "40 boats", "value": 40}]}
    )
    assert [(item.kind, item.state) for item in coverage(briefing).items] == [
        ("passage", "uncovered"),
        ("number", "annotated"),
    ]


def test_an_annotation_in_a_comment_covers_nothing_of_the_source(tmp_path: Path) -> None:
    found = states(
        tmp_path,
        comments=[{"id": "c1", "text": "There were 40 boats."}],
        figures=[{"target": "40 boats", "in": "c1", "value": 40}],
    )
    assert found["40"] == "uncovered"


UNMARKED = {"code": "not-in-quotation-marks", "reason": "A block quotation."}


def test_what_a_quotation_takes_without_marks_counts_on_both_sides(tmp_path: Path) -> None:
    source = f"{SOURCE}\nIt is not the boats. It is the sea.\nwas how Ada put it."
    block = {"target": "It is not the boats. It is the sea.", "allow": [UNMARKED]}
    quotes = [{"target": "We go"}, block, {"id": "part", "target": "It is the sea.", "allow": [UNMARKED]}]
    found = states(tmp_path / "a", **{"source.txt": source}, quotes=quotes)
    assert found["It is not the boats. It is the sea."] == "annotated"
    assert [words for words, state in found.items() if state == "annotated"] == ["We go,", block["target"]]
    assert len(found) == len(states(tmp_path / "b")) + 1
    draft = states(tmp_path / "c", **{"source.txt": source}, quotes=[block | {"status": "draft"}])
    assert block["target"] not in draft


def test_a_reported_statement_is_no_quoted_passage(tmp_path: Path) -> None:
    source = f"{SOURCE}\nAda said that the sea rises."
    assert "the sea rises" not in states(
        tmp_path, **{"source.txt": source}, quotes=[{"target": "the sea rises", "kind": "reported"}]
    )


def test_a_term_that_is_quoted_is_a_passage_and_no_term(tmp_path: Path) -> None:
    case: dict[str, Any] = {"source.txt": "The so-called “harbour peace” is over.\n“We go,” Ada said."}
    assert len(coverage(make(tmp_path / "a", case)).named) == 1
    told = coverage(make(tmp_path / "b", case | {"quotes": [{"target": "harbour peace", "kind": "fragment"}]}))
    assert [item.state for item in told.of("passage")] == ["annotated", "uncovered"]
    assert told.named == ()


def test_per_cent(tmp_path: Path) -> None:
    briefing = make(
        tmp_path, {"source.txt": SOURCE, "figures": [{"target": "40 boats", "value": 40}], "ignore": [{"target": "12"}]}
    )
    told = coverage(briefing)
    assert round(told.percent("number")) == 67
    assert told.percent("passage") == 0
    assert Coverage((), ()).percent("passage") == 100


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["“We go,” Ada said. ", "40 boats. ", "‘Yes’ ", "In 2019 it was “so”. ", "\n", "12–15% "]),
        min_size=1,
    )
)
def test_every_item_is_one_of_four_and_stands_in_the_text(tmp_path_factory: Any, pieces: list[str]) -> None:
    text = "".join(pieces) + "x"
    briefing: Briefing = make(tmp_path_factory.mktemp("b"), {"source.txt": text})
    told = coverage(briefing)
    for kind in ("passage", "number"):
        spans = [item.span for item in told.of(kind)]  # type: ignore[arg-type]
        assert spans == sorted(spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
