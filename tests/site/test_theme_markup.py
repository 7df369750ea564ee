"""What pages of briefings change in the markup of the theme's blocks."""

from __future__ import annotations

import pytest

from briefing.mkdocs.theme_markup import unindented, with_named_sections


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        ("\n  \n\t\n", ""),
        ("<a>", "<a>\n"),
        ("  <nav>\n\n    <a>b  c</a>  \r\n  </nav>", "<nav>\n<a>b  c</a>\n</nav>\n"),
    ],
)
def test_lines_lose_their_indentation_and_empty_ones_go(markup: str, expected: str) -> None:
    assert unindented(markup) == expected


def test_a_section_is_named_by_its_title_and_nothing_else_changes() -> None:
    theirs = (
        '<label class="md-nav__link" for="__nav_3_1" id="__nav_3_1_label" tabindex="0"></label>'
        '<nav class="md-nav" aria-labelledby="__nav_3_1_label" aria-expanded="true">'
        '<label class="md-nav__title" for="__nav_3_1">Bridge</label></nav>'
        '<label class="md-nav__title" for="__drawer">Site</label>'
    )
    ours = (
        '<label class="md-nav__link" for="__nav_3_1" id="__nav_3_1_label" tabindex="0"></label>'
        '<nav class="md-nav" aria-labelledby="__nav_3_1_title" aria-expanded="true">'
        '<label class="md-nav__title" id="__nav_3_1_title" for="__nav_3_1">Bridge</label></nav>'
        '<label class="md-nav__title" for="__drawer">Site</label>'
    )
    assert with_named_sections(theirs) == ours
