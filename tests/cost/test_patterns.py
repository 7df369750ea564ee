"""Every regular expression takes time in proportion to its input: twice as much of the worst takes twice as long.

Only how time grows is compared, never how much it is. An expression for which it grows faster is named with what keeps
its input short.
"""

from __future__ import annotations

import re
import time

import pytest

from tests.cost.patterns import SEARCHING, Used, attacks, patterns
from tests.sizes import WHOLE

LENGTH, LARGE = 2_500, 20_000
"""Code points: what is quadratic takes some milliseconds for so many, what is linear hardly any. Of what sees whole
files eight times as many, since a quick expression is as bad with megabytes."""
WHOLE_FILES = (
    "briefing.readers.",
    "briefing.tables",
    "briefing.load.",
    "briefing.anchor.",
    "briefing.prose.",
    "briefing.authoring.ingest.",
    "briefing.authoring.references.",
)
SHOWS = 0.008
"""Seconds from which on growth can be measured."""
QUADRATIC = 2.8
"""What is linear takes twice as long for twice as much, what is quadratic four times."""
SHORT = {
    "briefing.attribution.entities": "30 to 80 characters before a name",
    "briefing.authoring.ingest.comment_systems:": "the selectors that we write for comments",
    "briefing.authoring.ingest.saved_page.DECLARED": "the first 4,096 bytes of a page",
    "briefing.load.validate.COMMENT": "matched behind each value, of which each has its own spaces",
    "briefing.readers.html.AROUND_BREAK": "runs of spaces are one space by then",
    "briefing.readers.html.DECLARED": "the first 4,096 bytes of a page",
    "briefing.authoring.suggest.figures._LAST_WORD": "20 characters before a number",
    "briefing.authoring.suggest.numbers._ABBREVIATION": "40 characters before a number",
    "briefing.authoring.suggest.numbers._NAME_BEFORE": "40 characters before a number",
    "briefing.check.attributed_prose._INTRODUCED": "120 characters before a passage",
    "briefing.check.rules.cut_quotations": "40 characters before a quotation",
    "briefing.coverage._WORD_BEFORE": "a few words before a name",
    "briefing.check.readable_numbers": "40 characters before a number",
    "briefing.mkdocs.theme_styles": "the style sheet of the theme",
    "briefing.report.LINK": "a paragraph of the manual",
    "briefing.site.findings": "the name of a file",
    "briefing.text.sentences._WORD_BEFORE": "a few words before a full stop",
    "briefing.load.yaml.pasted._IN_BRACKETS": "matched at the beginning of a value alone",
    "briefing.readers.reading._OF_EXTRA": "metadata of packages that are installed",
}
"""By the beginning of a name: what keeps the input of an expression short, which may take longer than in proportion."""
PAGES = ("briefing.site.cited_numbers.", "briefing.site.markdown_scan._TITLE", "briefing.site.quoted_prose.")
"""For ordinary pages, which only somebody who writes the site itself can make slow; not yet in proportion."""
PARTS = 40


def test_expressions_are_found_wherever_they_are_written() -> None:
    names = {used.name for used in patterns()}
    assert len(names) > 400
    assert "briefing.readers.html.SCRIPT" in names and "briefing.authoring.references.works._keys" not in names
    known = {used.pattern.pattern: used.methods for used in patterns()}
    assert known[r"\W+"] >= {"sub"}


if WHOLE:  # a busy machine may measure wrongly, so this stops no change of something else

    @pytest.mark.soak
    def test_a_quadratic_expression_is_seen() -> None:
        assert worst(Used("one", re.compile(r"\s*x"), {"search"}))
        assert worst(Used("two", re.compile(r"(a|b|ab)*c"), {"match"}))
        assert not worst(Used("three", re.compile(r"(?<!\s)\s*x"), {"search"}))

    @pytest.mark.soak
    @pytest.mark.parametrize("part", range(PARTS))
    def test_time_grows_with_the_input(part: int) -> None:
        slow = {used.name: found for used in patterns()[part::PARTS] if (found := worst(used))}
        assert {name: how for name, how in slow.items() if not name.startswith((*SHORT, *PAGES))} == {}


def worst(used: Used) -> tuple[str, str, str] | None:
    """What takes more than in proportion, as a beginning, what is repeated, and an end."""
    for lead, pump, end in dict.fromkeys(attacks(used.pattern)):
        if seconds(used, lead + pump * 22 + end) > SHOWS:  # what grows by powers would never end with more
            return lead, pump, end
        length = LARGE if used.name.startswith(WHOLE_FILES) else LENGTH
        once, twice = (lead + pump * (times * max(1, length // len(pump))) + end for times in (1, 2))
        if (first := seconds(used, once)) > SHOWS and seconds(used, twice) > QUADRATIC * first:
            first = min(first, seconds(used, once))
            if first > SHOWS and min(seconds(used, twice) for _ in range(2)) > QUADRATIC * first:
                return lead, pump, end
    return None


def seconds(used: Used, text: str) -> float:
    """The time of this process for all uses of an expression."""
    given = text if isinstance(used.pattern.pattern, str) else text.encode()
    began = time.process_time()
    if used.methods & SEARCHING:
        for _ in used.pattern.finditer(given):  # type: ignore[arg-type]
            pass
    else:
        used.pattern.match(given)  # type: ignore[arg-type]
        used.pattern.fullmatch(given)  # type: ignore[arg-type]
    return time.process_time() - began
