"""Whatever a source holds, drafting never fails, and every draft is one that the check accepts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import anchor, check
from briefing.language import language
from briefing.model import Briefing
from briefing.places import Span
from briefing.suggest import suggest
from briefing.suggest.draft import slug
from briefing.suggest.phrases import phrases
from tests.check.folders import FILES, make

PIECES = [
    "“We go,” said Ada Lang. ", "“We stay.” ", "‘No’, he said, ‘not now.’ ", "He called it “a mess”", " and “worse” ",
    "According to the ministry, ", "quoting Ben Ruiz’s ", "“", "”", "‘", "’", "\n", "40 boats ", "€4bn ",
    "3–5% of GDP ", "a fifth of ", "dozens of ", "in 2019 ", "6 November", ". ", ": ", "Dr. ", "NATO ",
    "Harbour Trust (HT) ", "’s ",
    "„Ja“, so die Ministerin. ", "Er sagte: ", "\u00a0", "\u2066", "🙂", "ǅ ", "1.", "- ", "# ", "é", "x: y ",
]  # fmt: skip


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_drafts_are_accepted(tag: str, pieces: list[str], tmp_path_factory: Any) -> None:
    text = "x" + "".join(pieces)
    source = {"kind": "article", "title": "An article", "language": tag}
    made = suggest(make(tmp_path_factory.mktemp("b"), {"source.txt": text, "briefing": {"source": source}}))
    again = with_drafts(tmp_path_factory.mktemp("b"), text, source, made)
    resolved, unanchored = anchor.resolve(again)
    assert [problem.message for problem in (*unanchored, *check.run(resolved))] == []
    second = suggest(resolved)
    assert (second.quotes, second.figures) == ((), ())


def with_drafts(folder: Any, text: str, source: dict[str, str], made: Any) -> Briefing:
    """The briefing with its drafts in its files."""
    case = {
        "source.txt": text,
        "briefing": {"source": source, "people": {id: role or {} for id, role in made.roles.items()}},
        "people.yml": dict(made.people),
        "quotes": [{"speaker": "", **entry} for entry in made.quotes],
        "figures": list(made.figures),
        "context": list(made.context),
    }
    return make(folder, {key: value for key, value in case.items() if value or key not in FILES})


@given(st.text())
def test_phrases_are_apart_and_in_the_text(text: str) -> None:
    found = phrases(text, language("en"), Span(0, len(text)))
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)


@given(st.text())
def test_a_slug_can_be_part_of_an_id(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug(text).startswith("-")
