"""The pages of the good briefing, as a diff to be reviewed when a template or a stage changes."""

from __future__ import annotations

import pytest

from briefing.pipeline.briefing_build import EditLinks
from tests.conftest import CASES, Golden
from tests.sites import GOOD, rendered_site


@pytest.mark.parametrize("name", ["index", "text", "quotes", "figures", "context", "comments", "method"])
def test_a_page_is_as_expected(name: str, golden: Golden) -> None:
    site = rendered_site(GOOD, edit=EditLinks(edit_uri="https://example.org/"))
    page = next(page for page in site.pages if page.path == f"briefings/good/{name}.md")
    golden.check(CASES / "pages" / "good" / f"{name}.md", page.markdown)


def test_making_the_pages_twice_gives_the_same() -> None:
    assert rendered_site(GOOD).pages == rendered_site(GOOD).pages
