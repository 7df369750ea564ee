"""Pages that skip MkDocs' loops, and files that are kept from build to build: the same site, byte for byte."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search.plugin import SearchPlugin
from mkdocs.commands.build import build
from mkdocs.config import load_config

from briefing.mkdocs.page_renderer import Renderer, without_marks
from briefing.mkdocs.plugin import BriefingPlugin
from briefing.pipeline.forked import FEW
from briefing.pipeline.kept_files import KeptFiles, Note
from tests.generate import write_library
from tests.sites import make_site
from tests.sizes import sample

EPOCH = "1764400000"
"""The time of every build, which the pages of some themes show."""
PAGE = """---
tags: [desk]
---
# Article

Words [@good/leave-early], a [figure](briefings/good/figures.md#fare-cover), [nothing](briefings/good/quotes.md#nothing)
and [no page](briefings/good/none.md); [people](people/index.md).
"""
POST = "---\ndate: 2025-12-01\n---\n# From the desk\n\nFirst [@good/leave-early].\n\n<!-- more -->\n\nMore.\n"
FILES = {
    "article.md": PAGE,
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "about/.meta.yml": "author: Nobody\n",
    "about/us.md": "# About us\n",
}
LANGUAGES = [
    {"locale": "en", "name": "English", "default": True, "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]


@pytest.fixture(autouse=True)
def same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def built(configuration: Path, site: Path, *, fast: bool = True) -> BriefingPlugin:
    """Build a site into a folder, with or without its fast pages, and give the plugin as it was at the end."""
    config = load_config(str(configuration), site_dir=str(site))
    plugin = config.plugins["briefing"]
    assert isinstance(plugin, BriefingPlugin)
    plugin.config.fast = fast
    config.plugins.on_startup(command="build", dirty=False)
    build(config)  # and no shutdown: MkDocs keeps plugins from build to build
    return plugin


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names of files that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@contextmanager
def said(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The warnings of a build, sorted: fast pages are looked at after the others."""
    caplog.clear()
    found: list[str] = []
    with caplog.at_level(logging.INFO), caplog.at_level(logging.INFO, "mkdocs"):
        yield found
    found += sorted(f"{one.levelname} {one.getMessage()}" for one in caplog.records if _is_finding(one))


def _is_finding(record: logging.LogRecord) -> bool:
    passing = ("Documentation built", "Building ", "Cleaning", "pages of briefings are built", "HTML minified")
    return record.name.startswith("mkdocs") and not any(words in record.getMessage() for words in passing)


def write_site(folder: Path, **settings: Any) -> Path:
    """A site with two kinds of briefings, pages that lead to them, and links that lead nowhere."""
    write_library(folder / "docs", 2, annotations=8, paragraphs=4)
    people = (folder / "docs/people.yml").read_text("utf-8")
    configuration = make_site(folder, files=FILES, site_url="https://example.org/", **settings)
    good = (folder / "docs/people.yml").read_text("utf-8")
    (folder / "docs/people.yml").write_text(people + good, "utf-8")
    return configuration


SITES: dict[str, tuple[str, dict[str, Any]]] = {
    "plain": ("", {}),
    "pages with extensions": ("", {"use_directory_urls": False}),
    "a navigation": (
        "",
        {
            "nav": [
                "index.md",
                {"Who": ["people/index.md", "briefings/good/quotes.md"]},
                {"Out": "https://a.example/"},
            ],
            "theme": {"name": "material", "font": False, "features": ["navigation.tabs", "navigation.indexes"]},
            "repo_url": "https://code.example/a/b",
            "edit_uri": "edit/main/docs/",
        },
    ),
    "no search": ("", {"plugins": ["briefing"]}),
    "theme mkdocs": ("", {"theme": {"name": "mkdocs"}}),
    "theme readthedocs": ("", {"theme": {"name": "readthedocs"}, "use_directory_urls": False}),
    "another language": ("", {"theme": {"name": "material", "font": False, "language": "de"}}),
    "awesome-nav": ("", {"plugins": ["search", "awesome-nav", "briefing"]}),
    "literate-nav": ("", {"plugins": ["search", "briefing", {"literate-nav": {"nav_file": "about/us.md"}}]}),
    "tags and meta": (
        "",
        {"plugins": ["meta", "search", "briefing", "tags"], "markdown_extensions": ["attr_list", "toc"]},
    ),
    "blog": ("", {"plugins": ["search", "briefing", "blog"]}),
    "offline": ("", {"plugins": ["search", "briefing", "offline"]}),
    "macros": ("macros", {"plugins": ["search", "macros", "briefing"]}),
    "rss": (
        "rss",
        {
            "plugins": [
                "search",
                "briefing",
                {"rss": {"use_git": False, "match_path": "briefings/.*/index.md"}},
            ]
        },
    ),
    "minify": ("minify", {"plugins": ["search", "briefing", {"minify": {"minify_html": True}}]}),
    "privacy": (
        "privacy",
        {"plugins": ["search", "briefing", {"privacy": {"assets_exclude": ["unpkg.com/*", "*.example/*"]}}]},
    ),
    "static-i18n": (
        "i18n",
        {"plugins": ["search", {"i18n": {"docs_structure": "suffix", "languages": LANGUAGES}}, "briefing"]},
    ),
    "an extension": ("smarty", {"markdown_extensions": ["smarty", {"toc": {"permalink": True}}]}),
}
"""By what they have: the name that the fallback's message has, and the settings."""


@pytest.mark.parametrize("name", SITES)
def test_the_site_is_that_of_mkdocs(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    named, settings = SITES[name]
    configuration = write_site(tmp_path / "site", **settings)
    if name == "blog":  # whose views come after the briefings
        (tmp_path / "site/docs/blog/posts").mkdir(parents=True)
        (tmp_path / "site/docs/blog/index.md").write_text("# Blog\n", "utf-8")
        (tmp_path / "site/docs/blog/posts/one.md").write_text(POST, "utf-8")
    with said(caplog) as expected:
        built(configuration, tmp_path / "stock", fast=False)
    with said(caplog) as found:
        plugin = built(configuration, tmp_path / "fast")
    messages = [one.getMessage() for one in caplog.records if "pages of briefings are built" in one.getMessage()]
    assert different(tree(tmp_path / "fast"), tree(tmp_path / "stock")) == []
    assert found == expected
    assert plugin.fast and bool(plugin.fast.ready) is not bool(named)
    assert len(messages) == bool(named) and all(named in message for message in messages)


def test_what_mkdocs_says_of_a_page_that_leads_nowhere_it_says_of_a_fast_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A note of an author may lead to any page of the site."""
    configuration = write_site(tmp_path / "site")
    quotes = tmp_path / "site/docs/briefings/good/annotations/quotes.yml"
    quotes.write_text(
        quotes.read_text("utf-8").replace(
            "note: ", "note: See [a](../../article.md#nowhere), [b](../../none.md) and [c](../../article.md). ", 1
        ),
        "utf-8",
    )
    with said(caplog) as expected:
        built(configuration, tmp_path / "stock", fast=False)
    with said(caplog) as found:
        plugin = built(configuration, tmp_path / "fast")
    assert plugin.fast and plugin.fast.ready
    assert different(tree(tmp_path / "fast"), tree(tmp_path / "stock")) == []
    assert found == expected


HOOKS = {
    "a page left out": """
def on_files(files, config):
    files.get_file_from_path("briefings/good/figures.md").inclusion = InclusionLevel.EXCLUDED
""",
    "another text": """
def on_files(files, config):
    files.get_file_from_path("briefings/good/quotes.md").content_string = "# Another\\n\\nOther *words*.\\n"
""",
    "other downloads": """
def on_files(files, config):
    for file in files:
        if file.src_uri.endswith(".csv"):
            file.content_string = "a,b\\n"
""",
    "a page elsewhere": """
def on_files(files, config):
    file = files.get_file_from_path("article.md")
    file.dest_uri, file.url = "other/place.html", "other/place.html"
    file.abs_dest_path = config.site_dir + "/other/place.html"
    made = files.get_file_from_path("briefings/good/context.md")
    made.dest_uri, made.url = "there/index.html", "there/"
    made.abs_dest_path = config.site_dir + "/there/index.html"
""",
    "another title": """
def on_nav(nav, config, files):
    files.get_file_from_path("briefings/good/quotes.md").page.title = "Another title"
    files.get_file_from_path("briefings/good/text.md").page.edit_url = "https://example.org/edit"
""",
    "another content": """
def on_env(env, config, files):
    for file in files.documentation_pages():
        file.page.content = file.page.content.replace("a", "b")
        file.page.meta["description"] = "Another"
""",
    "another name": """
def on_env(env, config, files):
    env.globals["now"] = env.filters["now"] = lambda *given: Path(config.docs_dir, "../now.txt").read_text("utf-8")
""",
    "other pages": """
def on_post_build(config):
    for path in Path(config.site_dir).rglob("*.html"):
        path.write_text(path.read_text("utf-8").replace("e", "E", 1), "utf-8")
""",
}
"""Scripts of a site that have no event of a single page, so that its pages are fast."""


@pytest.mark.parametrize("name", HOOKS)
def test_what_hooks_do_to_pages_is_done_to_fast_ones(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    (folder / "overrides").mkdir(parents=True)
    override = '{% extends "base.html" %}{% block footer %}{% if now is defined %}{{ now() }}{% endif %}{% endblock %}'
    (folder / "overrides/main.html").write_text(override, "utf-8")
    configuration = write_site(folder, theme=theme, hooks=["hook.py"])
    head = "from pathlib import Path\nfrom mkdocs.structure.files import InclusionLevel\n"
    (folder / "hook.py").write_text(head + HOOKS[name], "utf-8")
    quotes = folder / "docs/briefings/good/annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("note: ", "note: See [a](../../article.md). ", 1), "utf-8")
    expected: dict[str, bytes] = {}
    for now in ("one", "two"):
        (folder / "now.txt").write_text(now, "utf-8")
        plugin = built(configuration, tmp_path / "fast")
        assert plugin.fast and plugin.fast.ready
        if now == "one" or "now.txt" in HOOKS[name]:  # for the others, nothing is another than in the first round
            expected = cold(folder, tmp_path / "cold")
        assert different(tree(tmp_path / "fast"), expected) == []


def test_what_a_template_shows_of_the_whole_site_is_never_old(tmp_path: Path) -> None:
    """The list of all pages, the time of the build, and other pages' content change without the page."""
    folder = tmp_path / "site"
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    (folder / "overrides").mkdir(parents=True)
    configuration = write_site(folder, theme=theme)
    for number, shown in enumerate(("{{ pages|length }}", "{{ nav.pages[0].content }}", "{{ page.update_date }}")):
        override = '{% extends "base.html" %}{% block footer %}' + shown + "{% endblock %}"
        (folder / "overrides/main.html").write_text(override, "utf-8")
        for round in range(2):
            (folder / f"docs/new{number}.md").write_text(f"# New {round}\n", "utf-8")
            (folder / f"docs/more{number}{round}.md").write_text("# More\n", "utf-8")
            (folder / "docs/index.md").write_text(f"# Home {number} {round}\n", "utf-8")
            built(configuration, tmp_path / "fast")
            assert different(tree(tmp_path / "fast"), cold(folder, tmp_path / "cold")) == [], shown


# --- files that are kept -----------------------------------------------------------------------------------------


class Edits:
    """Changes of a site, each made by a method; names and words are numbered, so that each is new."""

    def __init__(self, folder: Path, site: Path, chance: random.Random) -> None:
        self.folder, self.site, self.chance, self.number = folder, site, chance, 0

    def make(self) -> str:
        """Make one of them; return its name."""
        self.number += 1
        name = self.chance.choice([name for name in vars(Edits) if name.startswith("edit_")])
        getattr(self, name)()
        return name

    def edit_note(self) -> None:
        self._replace(self._briefing() / "annotations/quotes.yml", "note: ", f"note: Once more {self.number}. ")

    def edit_title(self) -> None:
        self._replace(self._briefing() / "briefing.yml", "title: ", f"title: T{self.number} ")

    def edit_id(self) -> None:
        self._replace(self._briefing() / "annotations/figures.yml", "- id: f0x0", f"- id: other{self.number}")

    def edit_add(self) -> None:
        shutil.copytree(self._briefing(), self.folder / f"docs/briefings/n{self.number}")

    def edit_remove(self) -> None:
        shutil.rmtree(self._briefing())

    def edit_rename(self) -> None:
        self._briefing().rename(self.folder / f"docs/briefings/r{self.number}")

    def edit_people(self) -> None:
        self._replace(self.folder / "docs/people.yml", ": Ada", f": Ada{self.number}")

    def edit_page(self) -> None:
        (self.folder / "docs/about/us.md").write_text(f"# About {self.number}\n\n## More {self.number}\n", "utf-8")

    def edit_new_page(self) -> None:
        (self.folder / f"docs/page{self.number}.md").write_text("# New\n", "utf-8")

    def edit_theme(self) -> None:
        extra = f"<!-- {self.number} -->"
        content = '{% extends "base.html" %}{% block footer %}' + extra + "{{ pages|length }}{% endblock %}"
        self._override(
            "main.html", content if self.chance.random() < 0.3 else content.replace("{{ pages|length }}", "")
        )

    def edit_partial(self) -> None:
        self._override("partials/logo.html", f"<b>{self.number}</b>")

    def edit_no_theme(self) -> None:
        shutil.rmtree(self.folder / "overrides")
        (self.folder / "overrides").mkdir()

    def edit_templates(self) -> None:
        content = '{% extends "default/quotes.md.jinja" %}\n'
        (self.folder / "templates/quotes.md.jinja").write_text(content + f"{{# {self.number} #}}", "utf-8")

    def edit_name(self) -> None:
        self._configure(site_name=f"Site {self.number}")

    def edit_features(self) -> None:
        features = self.chance.sample(["navigation.tabs", "navigation.indexes", "navigation.top", "toc.integrate"], 2)
        theme = {"name": "material", "font": False, "custom_dir": "overrides", "features": features}
        self._configure(theme=theme)

    def edit_language(self) -> None:
        theme = {
            "name": "material",
            "font": False,
            "custom_dir": "overrides",
            "language": self.chance.choice(["de", "en", "fr"]),
        }
        self._configure(theme=theme)

    def edit_permalinks(self) -> None:
        self._configure(markdown_extensions=[{"toc": {"permalink": self.chance.choice([True, False, "#"])}}])

    def edit_addresses(self) -> None:
        self._configure(use_directory_urls=self.chance.random() < 0.5)

    def edit_plugins(self) -> None:
        more = self.chance.choice([[], ["offline"], ["awesome-nav"], [{"minify": {"minify_html": True}}]])
        self._configure(plugins=["search", {"briefing": {"templates": "templates"}}, *more])

    def edit_library(self) -> None:
        library = self.chance.choice([["people"], ["people", "topics", "timeline"], []])
        self._configure(plugins=["search", {"briefing": {"templates": "templates", "library": library}}])

    def edit_written_page(self) -> None:
        path = self.chance.choice(sorted(self.site.rglob("briefings/**/*.html")))
        path.write_text(path.read_text("utf-8") + "<p>by hand</p>", "utf-8")

    def edit_written_page_in_secret(self) -> None:
        path = self.chance.choice(sorted(self.site.rglob("briefings/**/*.html")))
        path.unlink()

    def edit_note_of_files(self) -> None:
        for path in (self.folder / ".cache/briefing").glob("site-*.json"):
            path.write_bytes(path.read_bytes()[: self.chance.randrange(300)])

    def _briefing(self) -> Path:
        return self.chance.choice(sorted((self.folder / "docs/briefings").iterdir()))

    def _replace(self, path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    def _override(self, name: str, text: str) -> None:
        path = self.folder / "overrides" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def _configure(self, **settings: Any) -> None:
        path = self.folder / "mkdocs.yml"
        path.write_text(
            yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), **settings}, sort_keys=False), "utf-8"
        )


def editable_site(folder: Path, more: int = 1) -> Path:
    """A site with everything that edits are about, and so many briefings more."""
    for name in ("overrides", "templates"):
        (folder / name).mkdir(parents=True)
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    plugins = ["search", {"briefing": {"templates": "templates"}}]
    configuration = write_site(folder, theme=theme, plugins=plugins)
    for number in range(2, 2 + more):
        shutil.copytree(folder / "docs/briefings/b0000", folder / f"docs/briefings/b000{number}")
    return configuration


def cold(folder: Path, site: Path) -> dict[str, bytes]:
    """The same site built by MkDocs' own loops from nothing, in a folder of its own."""
    copy = folder.parent / "copy"
    for each in (copy, site):
        shutil.rmtree(each, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".cache"))
    built(copy / "mkdocs.yml", site, fast=False)
    return tree(site)


def numbers(site: Path) -> dict[str, int]:
    """The number that the file system gives each page, which a page that is written anew does not keep."""
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*.html")}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(sample(20, part=20)))
def test_after_any_edits_the_site_is_that_of_a_cold_build(seed: int, tmp_path: Path) -> None:
    folder, site = tmp_path / "site", tmp_path / "out"
    configuration = editable_site(folder)
    edits = Edits(folder, site, random.Random(seed))
    built(configuration, site)
    made: list[str] = []
    for _ in range(sample(80, part=20)):
        made.append(edits.make())
        try:
            built(configuration, site)
        except Exception as error:  # an edit may break the site, for which both builds must fail
            with pytest.raises(type(error)):
                cold(folder, tmp_path / "cold")
            continue
        assert different(tree(site), cold(folder, tmp_path / "cold")) == [], made


def test_only_pages_that_show_something_else_are_written_anew(tmp_path: Path) -> None:
    folder, site = tmp_path / "site", tmp_path / "out"
    configuration = editable_site(folder)
    built(configuration, site)
    before = numbers(site)
    built(configuration, site)
    ours = {name for name in before if name.startswith(("briefings/", "people/", "topics/", "timeline/"))}
    assert {name for name in ours if numbers(site)[name] != before[name]} == set()
    figures = folder / "docs/briefings/b0001/annotations/figures.yml"
    figures.write_text(figures.read_text("utf-8").replace("label: ", "label: Almost ", 1), "utf-8")
    built(configuration, site)
    anew = {name for name in ours if numbers(site)[name] != before[name]}
    assert anew and not any(re.match("briefings/(good|b0000|b0002)/", name) for name in anew)
    assert different(tree(site), cold(folder, tmp_path / "cold")) == []


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The folder of a site that was built once, and what was built."""
    folder = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        built(write_site(folder / "site"), folder / "out")
    return folder, tree(folder / "out")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"version": 1, "files": [["../x/y", "k", 1, 2, 3]]}', "\x00", "[" * 9999]
)
def test_a_note_that_is_damaged_or_somebody_elses_is_not_used(text: str, once: tuple[Path, dict[str, bytes]]) -> None:
    folder, before = once
    (note,) = (folder / "site/.cache/briefing").glob("site-*.json")
    note.write_text(text, "utf-8")
    built(folder / "site/mkdocs.yml", folder / "out")
    assert different(tree(folder / "out"), before) == []


def test_a_note_cannot_reach_outside_the_site(tmp_path: Path) -> None:
    site, cache = tmp_path / "a/site", tmp_path / "cache"
    (tmp_path / "a/other").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    site.mkdir()
    (site / "linked").symlink_to(tmp_path / "outside")
    kept = KeptFiles(site, cache)
    files = dict.fromkeys(("../other/x", "/a/b", "linked/x", "..", "a/../../other/x"), ("key", (1, 2, 3)))
    kept.finish(Note("common", {}, files))
    again = KeptFiles(site, cache)
    again.set_aside()
    assert set(again.last.files) == {"linked/x"}
    assert (tmp_path / "a/other").is_dir() and (site / "linked").is_symlink()


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    configuration, site = write_site(tmp_path / "site"), tmp_path / "out"
    (tmp_path / "site/.cache").write_text("a file where the folder would be", "utf-8")
    built(configuration, site)
    first = tree(site)
    built(configuration, site)
    assert different(tree(site), first) == []


@pytest.mark.parametrize("plugins", [["search", "briefing", "macros"], ["search", {"briefing": {"cache": False}}]])
def test_nothing_that_was_set_aside_stays(plugins: list[Any], tmp_path: Path) -> None:
    configuration, site = write_site(tmp_path / "site"), tmp_path / "out"
    built(configuration, site)
    settings = {**yaml.safe_load(configuration.read_text("utf-8")), "plugins": plugins}
    configuration.write_text(yaml.safe_dump(settings), "utf-8")
    for _ in range(2):
        built(configuration, site)
        assert not [path for path in (tmp_path / "site/.cache/briefing").glob("site-*") if path.is_dir()]


@contextmanager
def started(configuration: Path, site: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A build in a process of its own, which is over at the end."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration), "-d", str(site)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        yield run


def test_pages_that_copies_of_the_process_write_are_the_same(tmp_path: Path) -> None:
    """On a command line there are copies; beside the threads that pytest may have there are none."""
    folder = tmp_path / "site"
    write_library(folder / "docs", 12, annotations=4, paragraphs=3)
    configuration = make_site(folder, docs=None)
    with started(configuration, tmp_path / "out") as process:
        assert process.wait() == 0
    assert len(numbers(tmp_path / "out")) > FEW
    assert different(tree(tmp_path / "out"), cold(folder, tmp_path / "cold")) == []


MARKS = ("data-search-", "exclude", '="', "x", '"', " ", "\t", "\u2003", 'data-search-a="b"', '=""', "<p>", "\u00e9_")


@pytest.mark.quick
@given(st.lists(st.sampled_from(MARKS), max_size=16).map("".join))
def test_a_page_loses_what_materials_search_removes(html: str) -> None:
    page = _SearchedPage(html)
    search_that_indexes_nothing().on_page_context({}, page=page, config=None, nav=None)
    assert without_marks(html) == page.content


@pytest.mark.quick
def test_what_another_search_removes_is_removed_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of Material may remove something else."""

    def remove(self: SearchPlugin, context: object, *, page: _SearchedPage, config: object, nav: object) -> None:
        page.content = page.content.replace("data-search-exclude", "")

    html = '<p data-search-exclude="x">Words</p>'
    config = SimpleNamespace(plugins={"material/search": search_that_indexes_nothing()})
    for search, expected in ((SearchPlugin.on_page_context, "<p>Words</p>"), (remove, '<p ="x">Words</p>')):
        monkeypatch.setattr(SearchPlugin, "on_page_context", search)
        unused: Any = None
        page: Any = _SearchedPage(html)
        Renderer(cast(Any, config), unused, unused, (), unused, unused)._remove_marks(unused, page)
        assert page.content == expected


def search_that_indexes_nothing() -> SearchPlugin:
    plugin = SearchPlugin()
    plugin.load_config({})
    plugin.search_index = SimpleNamespace(add_entry_from_context=lambda page: None)
    return plugin


@dataclass
class _SearchedPage:
    content: str


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(sample(30, part=15)))
def test_after_a_build_that_was_killed_the_next_one_is_right(seed: int, tmp_path: Path) -> None:
    folder, site, chance = tmp_path / "site", tmp_path / "out", random.Random(seed)
    configuration = editable_site(folder, more=3)  # so many pages that there is time to kill the build amid them
    built(configuration, site)
    edits = Edits(folder, site, chance)
    edits.edit_title()
    edits.edit_name() if chance.random() < 0.5 else edits.edit_note()
    with started(configuration, site) as process:
        wait_until_written(site, chance.randrange(60), process)
        os.killpg(process.pid, signal.SIGKILL)
    built(configuration, site)
    assert different(tree(site), cold(folder, tmp_path / "cold")) == []


def wait_until_written(site: Path, files: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the folder has been emptied and so many pages are there again, or the build is over."""
    emptied = False
    while process.poll() is None:
        there = sum(name.endswith(".html") for _, _, names in os.walk(site) for name in names)
        emptied = emptied or there == 0
        if emptied and there >= files:
            return
        time.sleep(0.005)
