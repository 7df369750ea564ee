"""What a preview shows after an edit is what a fresh one shows: the briefing at once, everything after a build."""

from __future__ import annotations

import html
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.mkdocs.preview_site import MkDocsSite
from briefing.preview.session import COARSE, PreviewSession
from tests.sites import make_site

Edit = Callable[[Path], object]
GOOD_FOLDER, SECOND = "docs/briefings/good", "docs/briefings/second"
QUOTES, MAIN = f"{GOOD_FOLDER}/annotations/quotes.yml", f"{GOOD_FOLDER}/briefing.yml"


class Preview:
    """A preview without a server: it is told of edits, and asked for pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.site = MkDocsSite({"config_file": str(folder / "mkdocs.yml")})
        self.session = PreviewSession(self.site, self.said.append)
        time.sleep(2 * COARSE / 1e9)  # else the files are as new as the build, and looked at again
        self.session.first_build()

    def page(self, path: str) -> str | None:
        """A page as it is shown; the time of a build is on the home page of one theme."""
        found = self.session.content(path)
        text = found.read_text("utf-8") if isinstance(found, Path) else found.decode() if found is not None else None
        return re.sub(r"Build Date UTC[^-]*", "", text) if text else text

    def pages(self, below: str = "") -> dict[str, str | None]:
        """All pages of the last whole build, as they are shown."""
        built = {path.relative_to(self.built).as_posix() for path in self.built.rglob("*.html")}
        assert self.session._shown
        built |= self.session._shown.whole.pages.keys()
        return {path: self.page(path) for path in sorted(built) if path.startswith(below)}

    @property
    def built(self) -> Path:
        assert self.session._shown
        return self.session._shown.whole.folder


@contextmanager
def preview(folder: Path) -> Iterator[Preview]:
    made = Preview(folder)
    try:
        yield made
    finally:
        made.session.close()
        made.site.clean()


def fresh(folder: Path) -> dict[str, str | None]:
    """The pages of a preview of the same files that has seen no edit."""
    copy = folder.parent / "fresh"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with preview(copy) as made:
        return made.pages()


def article(page: str | None) -> str:
    """A page without the navigation, where a briefing with errors is not named after a whole build."""
    found = re.search("<article.*</article>", page or "", re.S)
    return found[0] if found else ""


def replace(name: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return edit


def write(name: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    return edit


def add_briefing(folder: Path) -> None:
    shutil.copytree(folder / GOOD_FOLDER, folder / "docs/briefings/third")


MORE = """context:
  - id: fine-to-see
    target: before the boats are bought
    title: When it comes
    note: >-
      Nobody said when that is.
"""
ALONE: dict[str, Edit] = {
    "a note": replace(QUOTES, "promises a ferry", "promises a boat"),
    "a title": replace(MAIN, "title: ", "title: Once more, "),
    "an id, and nobody who cites it": replace(QUOTES, "- id: held-up", "- id: kept-waiting"),
    "an error": replace(MAIN, "title:", "titel:"),
    "an error in the source": write(f"{GOOD_FOLDER}/source.txt", ""),
    "a draft": replace(MAIN, "status: published", "status: draft"),
    "a new file of annotations": write(f"{GOOD_FOLDER}/annotations/more.yml", MORE),
    "an error: a deleted file": lambda folder: (folder / QUOTES).unlink(),
}
"""Edits of one briefing, shown before all of the site is built."""
WHOLE: dict[str, Edit] = {
    "a person": replace("docs/people.yml", "Ada Thornbury", "Ada Thorne"),
    "a page template": write("templates/quotes.md.jinja", "# Other quotes\n\n{{ briefing.title }}\n"),
    "a page template in Markdown that only MkDocs reads": write(
        "templates/quotes.md.jinja", "# Ours\n\n1. *one*\n2. `two`\n\n    code\n\n[text](text.md#p2)\n"
    ),
    "the configuration": replace("mkdocs.yml", "site_name: A site", "site_name: Another site"),
    "a block of the theme": write(
        "overrides/main.html", '{% extends "base.html" %}{% block footer %}Ours{% endblock %}'
    ),
    "an ordinary page": write("docs/index.md", "# Another home\n\n<!-- briefings -->\n"),
    "a new page": write("docs/more/new.md", "# A new page\n\n<!-- briefings -->\n"),
    "a new briefing": add_briefing,
    "a deleted briefing": lambda folder: shutil.rmtree(folder / SECOND),
    "a briefing's new folder": lambda folder: (folder / SECOND).rename(folder / "docs/briefings/renamed"),
}
"""Edits that are shown after a build of all of the site."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two briefings that quote the same words, with templates and a theme of its own."""
    folder = tmp_path / "site"
    for name in ("templates", "overrides"):
        (folder / name).mkdir(parents=True)
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    make_site(folder, theme=theme, plugins=["search", {"briefing": {"templates": "templates"}}])
    shutil.copytree(folder / GOOD_FOLDER, folder / SECOND)
    return folder


@pytest.mark.parametrize("name", ALONE)
def test_an_edit_of_a_briefing_is_shown_at_once(folder: Path, name: str) -> None:
    with preview(folder) as made:
        before, untouched = made.pages("briefings/good/"), made.pages("briefings/second/")
        ALONE[name](folder)
        after = fresh(folder)
        own = {path: text for path, text in after.items() if path.startswith("briefings/good/")}
        shown = {path: made.page(path) for path in own}
        assert own != before
        assert shown == own or (
            "error" in name and all(article(shown[path]) == article(own[path]) != "" for path in own)
        )
        assert all(made.page(path) is None for path in before.keys() - own.keys())
        assert made.site.built == 1 and made.pages("briefings/second/") == untouched
        made.session._build_whole()
        assert made.pages() == after
        assert {path: made.page(path) for path in before.keys() - own.keys()} == dict.fromkeys(
            before.keys() - own.keys()
        )


@pytest.mark.parametrize("name", WHOLE)
def test_any_other_edit_is_shown_after_a_build(folder: Path, name: str) -> None:
    with preview(folder) as made:
        before = made.pages()
        WHOLE[name](folder)
        made.session._build_whole()
        after = fresh(folder)
        assert after != before and made.pages() == after


def test_an_error_and_its_repair_take_no_whole_build(folder: Path) -> None:
    with preview(folder) as made:
        before = made.pages("briefings/good/")
        good = (folder / MAIN).read_text("utf-8")
        for _ in range(2):
            ALONE["an error"](folder)
            for name in ("", "quotes/", "text/"):
                shown = made.page(f"briefings/good/{name}index.html")
                assert shown and "unknown-field" in shown and "did you mean “title”" in html.unescape(shown)
            (folder / MAIN).write_text(good, "utf-8")
            assert made.pages("briefings/good/") == before
        assert made.site.built == 1


def test_an_edit_during_a_build_stays_visible_after_it(folder: Path) -> None:
    with preview(folder) as made:
        build = made.site.build

        def disturbed(give_way: Callable[[], None]) -> object:
            whole = build(give_way)
            ALONE["a note"](folder)
            made.session.changed(folder / QUOTES)
            assert "promises a boat" in (made.page("briefings/good/quotes/index.html") or "")
            return whole

        made.site.build = disturbed  # type: ignore[method-assign, assignment]
        made.session._build_whole()
        assert "promises a boat" in (made.page("briefings/good/quotes/index.html") or "")
        made.site.build = build  # type: ignore[method-assign]
        made.session._build_whole()
        assert made.pages() == fresh(folder)


def test_a_plugin_that_looks_at_every_page_has_all_built_at_once(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("- search\n", "- search\n- minify\n")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    with preview(folder) as made:
        before = made.pages()
        ALONE["a note"](folder)
        made.session.changed(folder / QUOTES)
        assert made.pages() == before and made.session._wanted and made.session._at_once
        made.session._build_whole()
        after = made.pages()
        assert after == fresh(folder) and "promises a boat" in (after["briefings/good/quotes/index.html"] or "")


def test_the_search_finds_what_the_last_whole_build_had(folder: Path) -> None:
    with preview(folder) as made:
        index = made.page("search/search_index.json")
        assert index and "quotes/?at=leave-early#leave-early" in index and "promises a ferry" in index
        ALONE["a note"](folder)
        made.session._build_whole()
        assert "promises a boat" in (made.page("search/search_index.json") or "")
