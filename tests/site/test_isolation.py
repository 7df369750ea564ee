"""A site with pages of its own: without a briefing not a byte changes, with one only the briefing's files are added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites import GOOD, build_site, make_site

FIFTY = {
    f"section-{n % 5}/page-{n}.md": f"---\ntags: [a, b{n % 3}]\n---\n# Page {n}\n\nWords {{: .not-ours }} *of* it.\n\n"
    f'<div markdown="1">\n*raw*\n</div>\n\n[next](page-{(n + 5) % 50}.md)\n'
    for n in range(50)
} | {"index.md": "# Home\n\nWords.\n", "tags.md": "# Tags\n\n<!-- material/tags -->\n"}

NAV = [{"Home": "index.md"}, {"Tags": "tags.md"}, *[{f"Page {n}": f"section-{n % 5}/page-{n}.md"} for n in range(50)]]

PLUGINS: dict[str, list[Any]] = {
    "plain": ["search"],
    "tags": ["search", "tags"],
    "awesome-nav": ["search", "awesome-nav"],
}


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def build(folder: Path, docs: Path | None, plugins: list[Any], nav: list[Any] | None) -> dict[str, bytes]:
    return files_of(build_site(make_site(folder, docs=docs, files=FIFTY, plugins=plugins, nav=nav)))


@pytest.mark.parametrize("plugins", PLUGINS)
@pytest.mark.parametrize("nav", [None, NAV], ids=["auto", "explicit"])
def test_without_a_briefing_no_page_changes_by_a_byte(tmp_path: Path, plugins: str, nav: list[Any] | None) -> None:
    without = build(tmp_path / "a", None, PLUGINS[plugins], nav)
    with_plugin = build(tmp_path / "b", None, [*PLUGINS[plugins], "briefing"], nav)
    assert without.keys() == with_plugin.keys()
    changed = [name for name in without if without[name] != with_plugin[name]]
    assert [name for name in changed if not name.startswith("sitemap")] == []


@pytest.mark.parametrize("plugins", PLUGINS)
def test_with_a_briefing_only_its_files_are_added(tmp_path: Path, plugins: str) -> None:
    without = build(tmp_path / "a", None, PLUGINS[plugins], NAV)
    with_one = build(tmp_path / "b", GOOD, [*PLUGINS[plugins], "briefing"], NAV)
    added = with_one.keys() - without.keys()
    assert added
    assert all(name.startswith(("briefings/good/", "assets/briefing/")) for name in added)
    changed = [name for name in without if without[name] != with_one[name]]
    whole_site = ("sitemap", "search/", "tags/")
    assert [name for name in changed if not name.startswith(whole_site)] == []


def test_awesome_nav_lists_the_overview_and_none_of_the_other_pages(tmp_path: Path) -> None:
    built = build(tmp_path, GOOD, ["search", "awesome-nav", "briefing"], None)
    home = built["index.html"].decode()
    assert 'href="briefings/good/"' in home
    assert 'href="briefings/good/quotes/"' not in home
