"""A site with pages of its own: without a briefing not a byte changes; with one its files are added, and the search box
is ours unless the theme's is kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.sites import GOOD, build_site, make_site

OURS = (
    *("site-manifest.json", "llms.txt", "briefings/good/", "assets/briefing/"),
    *("people/", "topics/", "timeline/", "references/", "data/"),
)
"""The folders of what this program adds."""

FIFTY = {
    f"section-{n % 5}/page-{n}.md": f"---\ntags: [a, b{n % 3}]\n---\n# Page {n}\n\nWords {{: .not-ours }} *of* it.\n\n"
    f'<div markdown="1">\n*raw*\n</div>\n\n[next](page-{(n + 5) % 50}.md)\n'
    for n in range(50)
} | {"index.md": "# Home\n\nWords.\n", "tags.md": "# Tags\n\n<!-- material/tags -->\n"}

NAV = [{"Home": "index.md"}, {"Tags": "tags.md"}, *[{f"Page {n}": f"section-{n % 5}/page-{n}.md"} for n in range(50)]]

AWESOME = "nav:\n  - index.md\n  - tags.md\n" + "".join(f"  - section-{n}\n" for n in range(5))

SITES: dict[str, dict[str, Any]] = {
    "auto": {"plugins": ["search"]},
    "explicit": {"plugins": ["search"], "nav": NAV},
    "tags": {"plugins": ["search", "tags"], "nav": NAV},
    "awesome-nav": {"plugins": ["search", "awesome-nav"], "files": {".nav.yml": AWESOME}},
}
"""A site with fifty pages under several ways of navigation."""


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


THEMES_SEARCH = {"briefing": {"search": "theme"}}
BOX = re.compile(rb'<div class="md-search.*?(?=\s*</nav>\s*</header>)', re.S)


def build(folder: Path, docs: Path | None, kind: str, *plugins: object) -> dict[str, bytes]:
    settings = {**SITES[kind]}
    files = {**FIFTY, **settings.pop("files", {})}
    own = [*settings.pop("plugins"), *plugins]
    return files_of(build_site(make_site(folder, docs=docs, files=files, plugins=own, **settings)))


@pytest.mark.parametrize("kind", SITES)
def test_without_a_briefing_no_page_changes_by_a_byte(tmp_path: Path, kind: str) -> None:
    without = build(tmp_path / "a", None, kind)
    with_plugin = build(tmp_path / "b", None, kind, "briefing")
    assert without.keys() == with_plugin.keys()
    changed = [name for name in without if without[name] != with_plugin[name]]
    assert [name for name in changed if not name.startswith("sitemap")] == []


@pytest.mark.parametrize("kind", [kind for kind in SITES if kind != "auto"])
def test_with_a_briefing_only_its_files_are_added(tmp_path: Path, kind: str) -> None:
    without = build(tmp_path / "a", None, kind)
    with_one = build(tmp_path / "b", GOOD, kind, THEMES_SEARCH)
    added = with_one.keys() - without.keys()
    assert added
    assert all(name.startswith(OURS) for name in added)
    changed = [name for name in without if without[name] != with_one[name]]
    assert [name for name in changed if not name.startswith(("sitemap", "search/"))] == []


def test_with_a_briefing_nothing_but_the_search_box_of_other_pages_changes(tmp_path: Path) -> None:
    without = build(tmp_path / "a", None, "explicit")
    with_one = build(tmp_path / "b", GOOD, "explicit", "briefing")
    pages = [name for name in without if name.endswith(".html")]
    assert [name for name in pages if without[name] == with_one[name]] == []
    assert [name for name in pages if BOX.sub(b"", without[name]) != BOX.sub(b"", with_one[name])] == []


def test_a_navigation_made_by_itself_lists_the_overview_and_no_other_page(tmp_path: Path) -> None:
    home = build(tmp_path, GOOD, "auto", "briefing")["index.html"].decode()
    assert 'href="briefings/good/"' in home
    assert 'href="briefings/good/quotes/"' not in home
