"""On which page each comment and theme stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.model import Briefing, Theme
from briefing.pipeline import checking
from briefing.render.pagination import COMMENTS_PER_PAGE, FEW_THEMES, further, layout
from tests.generate import write_comments, write_library

Made = Callable[[int, int], Briefing]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(comments: int, themes: int) -> Briefing:
        write_library(tmp_path / "docs", 1, annotations=4, paragraphs=2)
        write_comments(tmp_path / "docs/briefings/b0000", comments, themes)
        briefing = checking.check_library(tmp_path / "docs").briefings[0].briefing
        assert briefing
        return briefing

    return make


def standing(briefing: Briefing) -> list[tuple[str, Theme | None, int]]:
    """Page, theme and number of comments of each section."""
    return [(p.name, s.theme, len(s.comments)) for p in layout(briefing).pages for s in p.sections]


def test_few_comments_in_few_themes_stand_on_one_page_in_their_order(made: Made) -> None:
    briefing = made(COMMENTS_PER_PAGE, FEW_THEMES)
    assert not layout(briefing).by_theme and further(briefing) == () and standing(briefing) == []
    assert set(layout(briefing).places.values()) == {"comments"}


def test_many_themes_stand_below_an_overview_even_of_few_comments(made: Made) -> None:
    briefing = made(3 * FEW_THEMES, FEW_THEMES + 1)
    assert layout(briefing).by_theme and further(briefing) == ("comments-2",)
    assert [theme for _, theme, _ in standing(briefing)] == list(briefing.themes)


def test_each_page_has_whole_themes_as_far_as_there_is_room(made: Made) -> None:
    briefing = made(600, 14)
    assert [theme for _, theme, _ in standing(briefing)] == [*briefing.themes, None]
    for page in layout(briefing).pages:
        assert sum(len(section.comments) for section in page.sections) <= COMMENTS_PER_PAGE
        assert all(section.begins for section in page.sections)


def test_a_theme_that_is_too_long_for_a_page_goes_on_at_the_next(made: Made) -> None:
    briefing = made(600, 1)
    (theme,) = briefing.themes
    assert standing(briefing) == [
        ("comments-2", theme, 250),
        ("comments-3", theme, 250),
        ("comments-4", theme, 94),
        ("comments-4", None, 6),
    ]
    parts = [section.begins for page in layout(briefing).pages for section in page.sections]
    assert parts == [True, False, False, True]
    assert layout(briefing).places["c1"] == "comments-2" and layout(briefing).places["c600"] == "comments-4"


def test_a_comment_in_two_themes_has_its_place_under_the_first(made: Made) -> None:
    briefing = made(600, 14)
    by_theme = {s.theme.id: (p.name, s.comments) for p in layout(briefing).pages for s in p.sections if s.theme}
    assert "c200" in by_theme["theme-4"][1] and "c200" in by_theme["theme-5"][1]
    assert layout(briefing).places["c200"] == by_theme["theme-4"][0] != by_theme["theme-5"][0]


def test_without_themes_the_comments_stand_in_their_order(made: Made) -> None:
    briefing = replace(made(600, 14), themes=())
    assert standing(briefing) == [("comments-2", None, 250), ("comments-3", None, 250), ("comments-4", None, 100)]
    assert not layout(replace(briefing, comments=())).pages
