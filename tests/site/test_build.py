"""Real MkDocs builds of the complete good briefing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort

from tests.conftest import CASES
from tests.sites import GOOD, build_site, make_site, search_index

PAGES = ("index", "text", "quotes", "figures", "context", "comments", "method")


def page(site: Path, name: str, urls: bool = True, briefing: str = "briefings/good") -> BeautifulSoup:
    folder = site / briefing
    path = (
        folder / "index.html" if name == "index" else folder / name / "index.html" if urls else folder / f"{name}.html"
    )
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_site(tmp_path_factory.mktemp("site"), edit_uri="https://example.org/edit/docs/"))


@pytest.mark.parametrize("urls", [True, False])
def test_every_page_is_built_strictly_in_both_url_modes(tmp_path: Path, urls: bool) -> None:
    built = build_site(make_site(tmp_path, use_directory_urls=urls))
    for name in PAGES:
        shown = page(built, name, urls)
        assert shown.find("h1")
        folder = built / "briefings/good" / (name if urls and name != "index" else "")
        own = "index.html.md" if urls or name == "index" else f"{name}.html.md"
        written = [folder / str(link["href"]) for link in shown.select('link[rel~="alternate"][type="text/markdown"]')]
        assert [file.resolve() for file in written] == [folder / own]
        assert written[0].read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("urls", [True, False])
def test_every_link_leads_to_a_file_and_fragment_of_the_site(tmp_path: Path, urls: bool) -> None:
    built = build_site(make_site(tmp_path, use_directory_urls=urls, site_url="https://example.org/sub/path/"))
    checked = 0
    for path in built.rglob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        body = soup.find("article") or soup
        for link in body.find_all("a", href=True):
            target, _, fragment = str(link["href"]).partition("#")
            if re.match("[a-z]+:", target):
                continue
            file = (path.parent / target).resolve() if target else path
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), f"{path}: {link['href']}"
            if fragment and not fragment.startswith("__"):
                assert f'id="{fragment}"' in file.read_text("utf-8"), f"{path}: {link['href']}"
            checked += 1
    assert checked > 100


def test_raw_files_of_a_briefing_are_not_in_the_site(site: Path) -> None:
    published = {path.suffix for path in site.rglob("*") if path.is_file() and path.name != "llms.txt"}
    assert not published & {".yml", ".yaml", ".txt"}


def test_the_text_page_without_its_numbers_is_the_source(site: Path) -> None:
    soup = page(site, "text")
    for number in soup.select(".bf-ref, .bf-number, .bf-notes"):
        number.decompose()
    shown = [paragraph.get_text() for paragraph in soup.select(".bf-paragraph p")]
    source = (GOOD / "briefings/good/source.txt").read_text("utf-8").splitlines()
    assert shown == [line for line in source if line.strip()]


def test_each_annotation_has_one_focusable_number_and_a_way_back(site: Path) -> None:
    soup = page(site, "text")
    numbers = [str(link["href"]) for link in soup.select(".bf-ref a")]
    assert len(numbers) == len(set(numbers)) > 5
    for href in numbers:
        note = soup.select_one(f"aside[id='{href[1:]}']")
        assert note and note.select_one(f"a[href='#t-{href[2:]}']")
        assert soup.find(id=f"t-{href[2:]}")


def test_search_shows_each_annotation_once(site: Path) -> None:
    shown = [entry for entry in search_index(site) if entry["title"]]
    locations = [entry["location"] for entry in shown]
    assert len(locations) == len(set(locations))
    quotes = page(site, "quotes").select("article.bf-quotation > h3[id]")
    assert quotes
    for heading in quotes:
        found = [location for location in locations if location.endswith(f"#{heading['id']}")]
        assert found == [f"briefings/good/quotes/?at={heading['id']}#{heading['id']}"]
    text = next(entry["text"] for entry in shown if entry["location"] == "briefings/good/text/")
    assert not BeautifulSoup(text, "html.parser").select("aside, sup")


def test_every_card_has_an_edit_link_to_its_yaml_file(site: Path) -> None:
    for name in ("quotes", "figures", "context"):
        cards = page(site, name).select("article.bf-card")
        assert cards
        for card in cards:
            edit = [
                str(a["href"]) for a in card.select("a") if str(a["href"]).startswith("https://example.org/edit/docs/")
            ]
            assert len(edit) == 1
            assert (GOOD / edit[0].removeprefix("https://example.org/edit/docs/")).is_file()


def test_home_lists_the_briefing(site: Path) -> None:
    soup = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    assert [str(a["href"]) for a in soup.select(".bf-item-title a:not(.headerlink)")] == ["briefings/good/"]


def test_drafts_are_nowhere_in_a_build_and_marked_in_a_preview(tmp_path: Path) -> None:
    annotations = GOOD / "briefings/good/annotations"
    draft = next(path for path in annotations.glob("*.yml") if "status: draft" in path.read_text("utf-8"))
    id = re.search(r"- id: (\S+)(?:(?!- id:)[\s\S])*status: draft", draft.read_text("utf-8"))
    assert id
    built = build_site(make_site(tmp_path / "a"))
    assert not [path for path in built.rglob("*.*ml") if f'"{id[1]}"' in path.read_text("utf-8")]
    preview = build_site(make_site(tmp_path / "b"), command="serve")
    shown = [path for path in preview.rglob("*.html") if f'"{id[1]}"' in path.read_text("utf-8")]
    assert shown


def test_a_briefing_that_is_a_draft_is_not_built(tmp_path: Path) -> None:
    path = "briefings/good/briefing.yml"
    text = (GOOD / path).read_text("utf-8").replace("status: published", "status: draft")
    built = build_site(make_site(tmp_path, files={path: text}))
    assert not (built / "briefings/good/index.html").exists()


def test_excerpts_show_cited_passages_and_never_the_whole(tmp_path: Path) -> None:
    path = "briefings/good/briefing.yml"
    text = (GOOD / path).read_text("utf-8")
    files = {path: re.sub(r"publish: full", "publish: excerpts", text)}
    built = build_site(make_site(tmp_path, files=files))
    source = (GOOD / "briefings/good/source.txt").read_text("utf-8")
    shown = page(built, "text")
    assert shown.select(".bf-gap")
    assert len(shown.select_one(".bf-text").get_text()) > 200  # type: ignore[union-attr]
    everything = " ".join(path.read_text("utf-8") for path in built.rglob("*.*ml"))
    unseen = [
        line
        for line in source.splitlines()
        if line.strip() and line not in BeautifulSoup(everything, "html.parser").get_text()
    ]
    assert unseen


def test_a_broken_briefing_fails_the_build_once_and_logs_every_problem(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = "briefings/good/source.txt"
    text = (GOOD / path).read_text("utf-8").replace("the", "teh")
    with pytest.raises(Abort):
        build_site(make_site(tmp_path, files={path: text}))
    assert len([record for record in caplog.records if "orphan" in record.getMessage()]) > 1


def test_in_a_preview_every_page_of_a_broken_briefing_shows_the_problems(tmp_path: Path) -> None:
    path = "briefings/good/source.txt"
    text = (GOOD / path).read_text("utf-8").replace("the", "teh")
    built = build_site(make_site(tmp_path, files={path: text}), command="serve")
    for name in PAGES:
        assert "orphan" in page(built, name).get_text()
    assert "traceback" not in (built / "briefings/good/index.html").read_text("utf-8").lower()


def test_the_page_templates_can_be_overridden_and_extended_one_by_one(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (own / "context.md.jinja").write_text('{% include "default/context.md.jinja" %}\n\nWritten by the desk.\n', "utf-8")
    built = build_site(make_site(tmp_path, plugins=["search", {"briefing": {"templates": "mine"}}]))
    text = page(built, "context").get_text()
    assert "Written by the desk." in text
    assert page(built, "context").select("article.bf-context")
    assert page(built, "quotes").select("article.bf-quotation")


def test_the_theme_block_can_be_extended(tmp_path: Path) -> None:
    own = tmp_path / "theme"
    own.mkdir()
    block = '{% block extrahead %}{{ super() }}<meta name="desk" content="yes">{% endblock %}'
    (own / "briefing.html").write_text('{% extends "default/briefing.html" %}' + block, "utf-8")
    built = build_site(make_site(tmp_path, theme={"name": "material", "font": False, "custom_dir": "theme"}))
    assert page(built, "text").select("meta[name=desk]")
    assert page(built, "text").select("link[href$='assets/briefing/briefing.css']")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_build_readable_pages(tmp_path: Path, theme: str) -> None:
    built = build_site(make_site(tmp_path, theme={"name": theme}))
    assert page(built, "quotes").select("article.bf-quotation")
    assert "markdown=" not in (built / "briefings/good/text/index.html").read_text("utf-8")


def test_strangers_words_are_shown_literally_everywhere(tmp_path: Path) -> None:
    hostile: list[str] = json.loads((CASES / "hostile.json").read_text("utf-8"))
    one_line = [" ".join("".join(c for c in text if c >= " ").split()) for text in hostile]
    comments: list[dict[str, Any]] = [{"id": f"c{n}", "text": text} for n, text in enumerate(one_line, 1) if text]
    folder = tmp_path / "docs/briefings/hostile"
    folder.mkdir(parents=True)
    source = "\n".join(f"Line {n} {text}" for n, text in enumerate(one_line, 1))
    (folder / "source.txt").write_text(source, "utf-8")
    (folder / "comments.yml").write_text(
        json.dumps({"comments": comments, "scope": one_line[0]}, ensure_ascii=False), "utf-8"
    )
    about = {
        "title": "<b>bold</b> [x](y) {{ z }} \\*",
        "date": "2026-01-01",
        "language": "en",
        "status": "published",
        "source": {"kind": "document", "language": "en", "title": "<i>t</i>", "rights": "*own*", "publish": "full"},
    }
    (folder / "briefing.yml").write_text(json.dumps(about), "utf-8")
    theme = {"id": "all", "title": "All", "comments": [comment["id"] for comment in comments]}
    (folder / "annotations").mkdir()
    (folder / "annotations/themes.yml").write_text(json.dumps({"themes": [theme]}), "utf-8")
    extensions: list[str] = json.loads((CASES / "extensions.json").read_text("utf-8"))
    built = build_site(make_site(tmp_path, docs=None, markdown_extensions=[e for e in extensions if e != "meta"]))
    text = page(built, "text", briefing="briefings/hostile")
    for number in text.select(".bf-ref, .bf-number"):
        number.decompose()
    shown = [paragraph.get_text() for paragraph in text.select(".bf-paragraph p")]
    assert shown == source.split("\n")
    quoted = [
        p.get_text() for p in page(built, "comments", briefing="briefings/hostile").select(".bf-comment blockquote p")
    ]
    assert quoted == [comment["text"] for comment in comments]
    assert page(built, "index", briefing="briefings/hostile").find("h1").get_text("").startswith(about["title"])  # type: ignore[union-attr]
