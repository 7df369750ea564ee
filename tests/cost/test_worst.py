"""The worst inputs that are known for each format are read, or refused in words; `make soak` reads all of them."""

from __future__ import annotations

import sys

import pytest

from tests.cost.worst import WorstInput, all_inputs
from tests.sizes import WHOLE

INPUTS = all_inputs()
SAMPLE = INPUTS if WHOLE else ()


def test_every_format_has_its_worst_inputs() -> None:
    names = {one.name.split(":")[0].split(",")[0] for one in INPUTS}
    assert names >= {"source.txt", "prose", "HTML", "Markdown", "VTT", "SRT", "DOCX", "PDF", "comments", "works", "zip"}
    assert len({one.name for one in INPUTS}) == len(INPUTS) > 300


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="needs a process that is forked")
@pytest.mark.parametrize("one", SAMPLE, ids=lambda one: one.name)
def test_the_worst_input_is_answered(one: WorstInput) -> None:
    from tests.cost.measure import measure

    cost = measure(one)
    assert not cost.answer.startswith("failed"), cost
