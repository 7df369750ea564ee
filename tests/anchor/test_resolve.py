"""resolve: each case is a folder's worth of targets, and what became of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from briefing.anchor import Match, MatchLevel, resolve
from briefing.anchor.diagnose import Places
from briefing.model.places import Span
from tests.anchor.house import briefing, story
from tests.conftest import Golden
from tests.tables import Case, parameters

CASES = Path(__file__).parent.parent / "cases" / "anchor" / "resolve"
EACH = parameters(CASES.glob("*.table"))

_PASTED = re.compile(r"^target:.*\n(?:  .*\n?)+(?:in: .*)?", re.MULTILINE)


@pytest.mark.parametrize("case", EACH)
def test_targets_are_anchored_or_explained(case: Case, golden: Golden) -> None:
    case.check(golden, story(*resolve(briefing(yaml.safe_load(case.given)))))


@pytest.mark.parametrize(
    ("found", "limit", "count"),
    [(2, None, "2"), (1000, 1001, "1,000"), (1001, 1001, "more than 1,000"), (1001, None, "1,001")],
)
def test_how_many_places_there_are(found: int, limit: int | None, count: str) -> None:
    assert Places((Match(Span(0, 1), MatchLevel.EXACT),) * found, limit).count == count


@pytest.mark.parametrize("case", EACH)
def test_every_target_has_an_anchor_or_a_problem(case: Case) -> None:
    whole = briefing(yaml.safe_load(case.given))
    resolved, problems = resolve(whole)
    wrong = {problem.at.path[1] for problem in problems}
    right = resolved.anchors.keys() | {theme for theme, _ in resolved.words}
    ids = {annotation.id for annotation in whole.annotations}
    assert ids <= wrong | right
    assert not ids & wrong & right


@pytest.mark.parametrize("case", EACH)
def test_a_target_that_a_hint_offers_is_found_in_one_place(case: Case) -> None:
    whole = briefing(yaml.safe_load(case.given))
    for problem in resolve(whole)[1]:
        for block in _PASTED.findall(problem.hint):
            pasted = yaml.safe_load(block)
            target, comment = pasted["target"], pasted.get("in", "")
            own = target if isinstance(target, dict) else {"parts": target}
            again = {**yaml.safe_load(case.given), "quotes": {"pasted": {**own, "in": comment}}, "themes": {}}
            resolved, problems = resolve(briefing(again))
            assert "pasted" in resolved.anchors, (block, problems)
