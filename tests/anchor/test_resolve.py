"""resolve: each case is a folder's worth of targets in one file, and beside it what became of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from briefing.anchor import Selector, find, resolve
from tests.anchor.house import briefing, story
from tests.conftest import Golden

CASES = Path(__file__).parent.parent / "cases" / "anchor" / "resolve"
PATHS = sorted(CASES.glob("*.yml"))

_PASTED = re.compile(r"^target:.*\n(?:  .*\n?)+(?:in: .*)?", re.MULTILINE)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_targets_are_anchored_or_explained(path: Path, golden: Golden) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    golden.check(path.with_suffix(".txt"), story(*resolve(briefing(case))))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_target_has_an_anchor_or_a_problem(path: Path) -> None:
    whole = briefing(yaml.safe_load(path.read_text(encoding="utf-8")))
    resolved, problems = resolve(whole)
    wrong = {problem.at.path[1] for problem in problems}
    right = resolved.anchors.keys() | {theme for theme, _ in resolved.words}
    ids = {annotation.id for annotation in whole.annotations}
    assert ids <= wrong | right
    assert not ids & wrong & right


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_target_that_a_hint_offers_is_found_in_one_place(path: Path) -> None:
    whole = briefing(yaml.safe_load(path.read_text(encoding="utf-8")))
    texts = {comment.id: comment.text for comment in whole.comments}
    for problem in resolve(whole)[1]:
        for block in _PASTED.findall(problem.hint):
            pasted = yaml.safe_load(block)
            target = pasted["target"]
            selector = Selector(target) if isinstance(target, str) else Selector(**target)
            assert len(find(texts.get(pasted.get("in"), whole.source.text), selector)) == 1, block
