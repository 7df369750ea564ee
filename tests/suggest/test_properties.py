"""Whatever a source holds, drafting never fails, and every draft is one that the check accepts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.attribution.entities import names_in
from briefing.authoring.suggest import slug
from briefing.authoring.suggest.write import plan_drafts, write_drafts
from briefing.pipeline.checking import check_alone
from briefing.text import language
from tests.check.folders import make

PIECES = [
    "“We go,” said Ada Lang. ", "“We stay.” ", "‘No’, he said, ‘not now.’ ", "He called it “a mess”", " and “worse” ",
    "According to the ministry, ", "quoting Ben Ruiz’s ", "“", "”", "‘", "’", "\n", "40 boats ", "€4bn ",
    "3–5% of GDP ", "a fifth of ", "dozens of ", "in 2019 ", "6 November", ". ", ": ", "Dr. ", "NATO ",
    "Harbour Trust (HT) ", "’s ",
    "„Ja“, so die Ministerin. ", "Er sagte: ", "\u00a0", "\u2066", "🙂", "ǅ ", "1.", "- ", "# ", "é", "x: y ",
]  # fmt: skip
LONG_NUMBERS = ("9" * 5000, " and 0." + "0" * 5000 + "1", " and 1" + ",000" * 2000)
"""With more digits than Python reads as a number."""


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_drafts_are_accepted(tag: str, pieces: list[str], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("b")
    source = {"kind": "article", "title": "An article", "language": tag}
    make(folder, {"source.txt": "x" + "".join(pieces), "briefing": {"source": source}})
    planned = plan_drafts(folder / "docs", "b", every_number=True)
    write_drafts(folder / "docs", planned)
    assert planned.dropped == []
    assert {problem.code for problem in check_alone(folder / "docs", "b").problems} <= {"todo-left"}
    assert plan_drafts(folder / "docs", "b", every_number=True).suggestions.empty


def test_a_number_that_no_figure_can_hold_is_left_out_with_the_reason(tmp_path: Path) -> None:
    for unit in (" miles", " boats"):
        source = {"kind": "article", "title": "An article", "language": "en"}
        text = "".join(f"It has {number}{unit}.\n" for number in LONG_NUMBERS) + "It has 40 boats.\n"
        make(tmp_path / unit.strip(), {"source.txt": text, "briefing": {"source": source}})
        planned = plan_drafts(tmp_path / unit.strip() / "docs", "b", every_number=True)
        assert {reason.rpartition("” ")[2] for _, reason in planned.dropped} <= {"is not a number"}
        write_drafts(tmp_path / unit.strip() / "docs", planned)
        assert {one.code for one in check_alone(tmp_path / unit.strip() / "docs", "b").problems} <= {"todo-left"}


@given(st.text())
def test_names_are_apart_and_in_the_text(text: str) -> None:
    found = [each.span for each in names_in(text, language("en"))]
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(before.end <= span.start for before, span in pairwise(found))


@given(st.text())
def test_a_slug_can_be_part_of_an_id(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug(text).startswith("-")
