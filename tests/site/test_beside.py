"""The plugin beside others on one site, each doing its work on briefings too; and under other themes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.sites import GOOD, build_site, make_site

TAGS: dict[str, Any] = {"markdown_extensions": ["attr_list", {"toc": {"permalink": True}}]}
"""Without `attr_list`, Material's own listing of tags does not work."""
ROOT = Path(__file__).parents[2]
KEY = "[@good/leave-early]"
POST = f"""---
date: 2025-12-01
tags: [desk]
---
# From the desk

First words {KEY}.

<!-- more -->

<!-- briefing: good/fare-cover -->
"""
ARTICLE = f"""---
tags: [desk]
---
# Article

{{{{ desk.name }}}} writes {KEY}.
"""


def soup(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Blog, tags, macros, rss and minify on one site."""
    folder = tmp_path_factory.mktemp("beside")
    files = {
        "blog/index.md": "# Blog\n",
        "blog/posts/desk.md": POST,
        "article.md": ARTICLE,
        "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    }
    plugins: list[Any] = [
        "search",
        "briefing",
        {"blog": {"archive": False, "categories": False}},
        "tags",
        "macros",
        {"rss": {"use_git": False, "match_path": "briefings/.*/index.md", "date_from_meta": {"as_creation": "date"}}},
        {"minify": {"minify_html": True}},
    ]
    extra = {"desk": {"name": "The desk"}}
    return build_site(
        make_site(folder, files=files, plugins=plugins, extra=extra, site_url="https://example.org/", **TAGS)
    )


def test_a_post_of_the_blog_cites_and_shows_cards(site: Path) -> None:
    (name,) = (path.relative_to(site).as_posix() for path in site.glob("blog/2025/*/*/*/index.html"))
    post = soup(site, name)
    (link,) = post.select(".bf-cite a")
    target = (site / name).parent / str(link["href"]).partition("#")[0] / "index.html"
    assert BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id="leave-early")
    assert post.select("article.bf-embed .bf-value")
    assert post.select("link[href$='assets/briefing/briefing.css']") and post.select("script[src$='later.js']")


def test_the_blogs_excerpt_leads_to_the_same_place(site: Path) -> None:
    (link,) = soup(site, "blog/index.html").select(".bf-cite a")
    target = site / "blog" / str(link["href"]).partition("#")[0] / "index.html"
    assert BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id="leave-early")


def test_macros_work_on_pages_that_cite_and_not_on_strangers_words(site: Path) -> None:
    page = soup(site, "article/index.html")
    assert "The desk writes" in page.get_text() and page.select(".bf-cite a")


def test_minify_leaves_the_annotated_text_as_it_is(site: Path) -> None:
    text = soup(site, "briefings/good/text/index.html")
    for number in text.select(".bf-ref, .bf-number, .bf-notes"):
        number.decompose()
    source = (GOOD / "briefings/good/source.txt").read_text("utf-8").splitlines()
    assert [p.get_text() for p in text.select(".bf-paragraph p")] == [line for line in source if line.strip()]


def test_rss_and_tags_know_the_briefing(site: Path) -> None:
    feed = (site / "feed_rss_created.xml").read_text("utf-8")
    assert "https://example.org/briefings/good/" in feed
    tags = soup(site, "tags/index.html")
    assert {"desk"} <= {heading.get_text().strip("¶ \n") for heading in tags.select("h2")}


def test_privacy_and_offline_find_nothing_of_ours_to_fetch(tmp_path: Path) -> None:
    # what `privacy` would fetch for diagrams, which these pages have not
    privacy = {"privacy": {"cache_dir": str(tmp_path / "cache"), "assets_exclude": ["unpkg.com/mermaid*"]}}
    files = {"article.md": f"# A\n\nWords {KEY}.\n"}
    built = build_site(make_site(tmp_path, plugins=["search", "briefing", privacy, "offline"], files=files))
    assert (built / "search/search_index.js").is_file()
    (link,) = soup(built, "article.html").select(".bf-cite a")
    assert str(link["href"]) == "briefings/good/quotes.html#leave-early"
    pages = [soup(built, f"{name}.html") for name in ("article", "briefings/good/text", "briefings/good/quotes")]
    scripts = [str(script["src"]) for page in pages for script in page.select("script[src]")]
    assert scripts and not [src for src in scripts if src.startswith("http")]


@pytest.mark.parametrize("plugins", [["search", "briefing", "offline"], ["search", "offline", "briefing"]])
def test_offline_finds_its_worker_in_the_site(tmp_path: Path, plugins: list[str]) -> None:
    built = build_site(make_site(tmp_path, plugins=plugins))
    for name, root in (("index.html", ""), ("briefings/good/text.html", "../../")):
        found = [str(script["src"]) for script in soup(built, name).select("script[src*=worker]")]
        assert found == [f"{root}assets/briefing/iframe-worker.js"]
    assert (built / "assets/briefing/iframe-worker.LICENSE.txt").is_file()
    vendored = (ROOT / "templates/vendored/README.md").read_text("utf-8")
    assert hashlib.sha256((built / "assets/briefing/iframe-worker.js").read_bytes()).hexdigest() in vendored


def test_without_offline_there_is_no_worker_and_ones_own_is_kept(tmp_path: Path) -> None:
    assert not list((build_site(make_site(tmp_path / "plain")) / "assets/briefing").glob("iframe-worker*"))
    extra = {"polyfills": ["javascripts/iframe-worker.js"]}
    own = {"javascripts/iframe-worker.js": "// mine\n"}
    built = build_site(make_site(tmp_path / "own", plugins=["search", "briefing", "offline"], extra=extra, files=own))
    found = soup(built, "index.html").select("script[src*=worker]")
    assert [str(script["src"]) for script in found] == extra["polyfills"]


def test_literate_nav_names_a_briefing(tmp_path: Path) -> None:
    files = {"SUMMARY.md": "* [Home](index.md)\n* [The ferry](briefings/good/index.md)\n"}
    plugins = ["search", "briefing", {"literate-nav": {"nav_file": "SUMMARY.md"}}]
    home = soup(build_site(make_site(tmp_path, files=files, plugins=plugins)), "index.html")
    assert "The ferry" in {link.get_text(strip=True) for link in home.select("nav a[href='briefings/good/']")}


def test_i18n_keeps_the_briefing_and_the_citations_of_every_language(tmp_path: Path) -> None:
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    files = {"article.md": f"# A\n\nWords {KEY}.\n", "article.de.md": f"# A\n\nWorte {KEY}.\n"}
    plugins: list[Any] = ["search", {"i18n": {"docs_structure": "suffix", "languages": languages}}, "briefing"]
    built = build_site(make_site(tmp_path, files=files, plugins=plugins))
    assert (built / "briefings/good/quotes/index.html").is_file()
    for name in ("article", "de/article"):
        (link,) = soup(built, f"{name}/index.html").select(".bf-cite a")
        target = built / name / str(link["href"]).partition("#")[0] / "index.html"
        assert BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id="leave-early")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_show_citations_cards_and_lists(tmp_path: Path, theme: str) -> None:
    files = {
        "article.md": f"# A\n\nWords {KEY}.\n\n<!-- briefing: good/fare-cover -->\n\n<!-- briefings: newest=1 -->\n"
    }
    page = soup(build_site(make_site(tmp_path, files=files, theme={"name": theme})), "article/index.html")
    assert page.select(".bf-cite a") and page.select("article.bf-embed") and page.select("article.bf-item")
    assert "markdown=" not in str(page)
    assert json.dumps(str(page)).count("briefing.css") == 1
