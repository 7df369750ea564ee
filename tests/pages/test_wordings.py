"""The same sentence in other reports: what differs is marked, in words for those who do not see it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from briefing.render.messages import messages
from briefing.render.wordings import compare

SAY = messages("en")
MONEY = "Five percent is serious money, but it is what we need to stay safe"


def told(markup: str) -> str:
    """What differs, as −only in the source− and +only in the report+."""
    words = re.sub(r'<del><span class="bf-unseen">only in the source: </span>(.*?)</del>', r"−\1−", markup)
    return unescape(re.sub(r'<ins><span class="bf-unseen">only in this report: </span>(.*?)</ins>', r"+\1+", words))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "difference"),
    [
        (MONEY, [MONEY], [MONEY], "same"),
        (
            MONEY,
            ["That’s serious spending, but it is what we need to stay safe,"],
            ["−Five percent is− +That’s+ serious −money− +spending+, but it is what we need to stay safe,"],
            "differs",
        ),
        (
            "Until recently we trailed all Allies. But not anymore Across the Alliance we build",
            ["We are turning the tide,", "Until recently we trailed all allies. But not anymore."],
            ["+We are turning the tide+,", "Until recently we trailed all allies. But not anymore."],
            "more",
        ),
        (
            "we trailed them. But not anymore We build",
            ["we trailed them,", "we build"],
            ["we trailed them,", "we build"],
            "same",
        ),
        ("open lines, and new ones", ["open lines and “new” ones."], ["open lines and “new” ones."], "same"),
        ("a b c d e f", ["b c"], ["b c"], "same"),
        ("a b c d e", ["a b e"], ["a b −c d− e"], "differs"),
        ("a b c d", ["a b x", "y c d"], ["a b +x+", "+y+ c d"], "more"),
        ("a destabilising force", ["a destabilizing force"], ["a −destabilising− +destabilizing+ force"], "differs"),
        ("one two", ["three four"], ["−one two− +three four+"], "differs"),
        ("<b>x</b> y", ["<i>x</i> z"], ["<−b− +i+>x</−b y− +i> z+"], "differs"),
        ("", ["x"], ["+x+"], "more"),
    ],
)
def test_only_words_that_differ_are_marked(ours: str, theirs: list[str], expected: list[str], difference: str) -> None:
    parts, found = compare(ours, theirs, SAY)
    assert [told(part) for part in parts] == expected
    assert found == difference


def test_nothing_that_a_report_says_runs_or_is_markup() -> None:
    (part,), _ = compare("x", ["<script>alert(1)</script> [x](javascript:y) *b*"], SAY)
    shown = re.sub(r"</?(?:ins|del|span)[^>]*>", "", part)
    assert "<" not in shown and "[" not in shown and "*" not in shown
