"""Change one digit in the prose of the site's own briefing, and the check says so, at that digit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.check.grounds import grounds
from briefing.check.rules.cited_numbers import judge
from briefing.check.sentences import Authored, authored, split
from briefing.model import Briefing
from briefing.model.places import Span
from briefing.model.prose import Prose
from briefing.pipeline import checking
from briefing.prose.parse import parse
from briefing.text import language

DOCS = Path(__file__).parent.parent.parent / "docs"
FLOOR = 0.93
"""Of the changed digits; the rest makes a number that stands in what is cited as well (3.5% and 1.5%)."""


def own_briefing() -> Briefing:
    briefing = checking.check_library(DOCS, ["briefings/nato-ammunition"]).briefings[0].briefing
    assert briefing is not None
    return briefing


def reported(briefing: Briefing, field: Authored, prose: Prose) -> set[Span]:
    """The places in a field's value of the numbers that nothing has."""
    rules, known = language(briefing.language), grounds(briefing)
    judged = [judge(briefing, replace(field, prose=prose), each, known, rules) for each in split(briefing, prose)]
    return {each.sentence.laid.span(one.span) for each in judged for one in each.missing}


def digits(briefing: Briefing, field: Authored) -> Iterator[Span]:
    """Every digit of every number that the check reads in a field, with the number's place."""
    rules, known = language(briefing.language), grounds(briefing)
    for sentence in split(briefing, field.prose):
        for one in judge(briefing, field, sentence, known, rules).stated:
            place = sentence.laid.span(one.span)
            yield from (Span(at, place.end) for at in range(place.start, place.end) if field.prose.text[at].isdigit())


@pytest.mark.full
def test_a_changed_digit_is_reported_at_its_place() -> None:
    briefing = own_briefing()
    missed, all_ = [], 0
    for field in authored(briefing):
        for digit in digits(briefing, field):
            text = field.prose.text
            changed = text[: digit.start] + str((int(text[digit.start]) + 1) % 10) + text[digit.start + 1 :]
            prose, problems = parse(changed, field.prose.at)
            found = reported(briefing, field, prose)
            all_ += 1
            if not problems and not any(span.overlaps(Span(digit.start, digit.start + 1)) for span in found):
                missed.append(changed[max(0, digit.start - 20) : digit.start + 20])
    assert all_ > 150
    assert len(missed) / all_ <= 1 - FLOOR, "\n".join(missed)
