"""The pages of the good briefing, as a diff to be reviewed when a template or a stage changes."""

from __future__ import annotations

import pytest

from briefing import resources
from briefing.pipeline import build
from briefing.render.environment import environment
from tests.conftest import CASES, Golden
from tests.sites import GOOD


@pytest.mark.parametrize("name", ["index", "text", "quotes", "figures", "context", "comments", "method"])
def test_a_page_is_as_expected(name: str, golden: Golden) -> None:
    library = build.check_library(GOOD)
    templates = environment(resources.templates() / "pages")
    site = build.site(library, templates, lambda file: f"https://example.org/{file}", preview=False, language="en")
    page = next(page for page in site.pages if page.path == f"briefings/good/{name}.md")
    golden.check(CASES / "pages" / "good" / f"{name}.md", page.markdown)


def test_making_the_pages_twice_gives_the_same() -> None:
    templates = environment(resources.templates() / "pages")

    def made() -> object:
        return build.site(build.check_library(GOOD), templates, lambda file: "", preview=False, language="en").pages

    assert made() == made()
