"""What is worked out from a briefing is worked out once, however many briefings there are, and belongs to it alone."""

from __future__ import annotations

import pickle
from pathlib import Path

from msgspec.structs import replace

from briefing.check.grounds import grounds
from briefing.check.quotables import quotables
from briefing.check.rules.cited_numbers import judged
from briefing.model import Briefing
from briefing.pipeline import checking
from briefing.render.index import index
from tests.generate import write_library

MAKERS = (grounds, quotables, judged, index)


def several(docs: Path, number: int) -> list[Briefing]:
    write_library(docs, number, annotations=4, paragraphs=2)
    return [found.briefing for found in checking.check_library(docs).briefings if found.briefing]


def test_nothing_is_worked_out_twice_with_many_briefings(tmp_path: Path) -> None:
    briefings = several(tmp_path, 12)
    assert len(briefings) == 12
    for make in MAKERS:
        first = [make(briefing) for briefing in briefings]
        assert all(make(briefing) is found for briefing, found in zip(briefings, first, strict=True))


def test_a_changed_copy_begins_with_nothing(tmp_path: Path) -> None:
    (briefing,) = several(tmp_path, 1)
    before = index(briefing)
    fewer = replace(briefing, figures=())
    assert len(index(fewer)) < len(before) and index(briefing) is before
    assert fewer != briefing and replace(briefing) == briefing


def test_a_copy_in_another_process_begins_with_nothing(tmp_path: Path) -> None:
    (briefing,) = several(tmp_path, 1)
    index(briefing)
    copy = pickle.loads(pickle.dumps(briefing))
    assert copy == briefing and not copy.derived_values.found and index(copy) == index(briefing)
