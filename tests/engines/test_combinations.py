"""The same site under every combination of engine and theme: what readers see, follow, search and download."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from lxml import html
from lxml.html import HtmlElement

from briefing import resources
from briefing.cli import main
from briefing.load.folder_files import RAW
from briefing.model.manifest import SITE_MANIFEST
from tests.engines.combinations import OTHERS, STANDARD, Combination, build, materialx
from tests.generate import write_library
from tests.shared import made_once
from tests.sites import build_site, make_site

ROOT = Path(__file__).parent.parent.parent
FIRST = "briefings/nato-ammunition"


@dataclass(frozen=True, slots=True)
class Sites:
    """A site by the name of the combination that built it."""

    folder: Path

    def of(self, combination: Combination) -> Path:
        return self.folder / str(combination)


def _make(folder: Path, factory: pytest.TempPathFactory) -> None:
    """The first briefing, the example of a new site and a library of twenty, in one site, and an ordinary page."""
    docs = folder / "source" / "docs"
    write_library(docs, 20, annotations=6, paragraphs=6)
    shutil.copytree(ROOT / "docs" / FIRST, docs / FIRST)
    people = (ROOT / "docs/people.yml").read_text("utf-8")
    with (docs / "people.yml").open("a", encoding="utf-8") as file:
        file.write(people)
    for path, content in resources.project("Example").items():
        if path.startswith("docs/briefings/"):
            file_ = folder / "source" / path
            file_.parent.mkdir(parents=True, exist_ok=True)
            file_.write_bytes(content)
    example = resources.project("Example")["docs/people.yml"].decode()
    with (docs / "people.yml").open("a", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in example.splitlines() if not line.startswith("#")))
    (docs / "own.md").write_text(ORDINARY, "utf-8")
    configuration = make_site(folder / "source", docs=None, markdown_extensions=["attr_list", "md_in_html", "tables"])
    with ThreadPoolExecutor(2) as pool:  # whoever else asks for these sites waits for them
        installed = pool.submit(materialx, factory)
        build_site(configuration, site_dir=str(folder / str(STANDARD)))
        sites = [folder / str(combination) for combination in OTHERS]
        list(pool.map(partial(build, materialx=installed.result()), OTHERS, repeat(configuration), sites))


ORDINARY = """# Cited here

A page of the site’s own says that NATO’s target is five percent [@nato-ammunition/five-percent].

<!-- briefing: nato-ammunition/overtaken -->

<!-- briefings -->
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(made_once(tmp_path_factory, "engines", partial(_make, factory=tmp_path_factory)))


def pages(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name != "404.html":
            yield name


def content_of(site: Path, name: str) -> HtmlElement:
    """The part of a page that is ours, without what a theme puts into it."""
    page = html.fromstring((site / name).read_bytes())
    body = next(iter(page.xpath(f"//article[{of_class('md-content__inner')}]")), page)
    own: HtmlElement = next(iter(body.xpath(f".//*[{of_class('bf-page')}]")), body)
    themes = ("headerlink", "md-source-file", "md-content__button")
    for theme in own.xpath(f".//script | .//style | .//*[@id='__skip' or {' or '.join(map(of_class, themes))}]"):
        theme.drop_tree()
    return own


def of_class(name: str) -> str:
    """Of an element in XPath, that one of its classes is so named."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def resolved(name: str, href: str) -> str:
    parts = urlsplit(href)
    if parts.scheme:
        return href
    target = normpath(join(name.rpartition("/")[0], parts.path)) if parts.path else name
    target = target if target.rpartition("/")[2].count(".") else normpath(join(target, "index.html"))
    return f"{target}#{parts.fragment}"


def facts(site: Path, name: str) -> Mapping[str, object]:
    """What a reader sees and can follow on a page."""
    own = content_of(site, name)
    return {
        "text": words_of(own),
        "ids": own.xpath(".//@id"),
        "links": [resolved(name, href) for href in own.xpath(".//a/@href")],
        "marks": [(mark.get("class"), mark.text_content()) for mark in own.xpath(".//mark")],
        "notes": [words_of(note) for note in own.xpath(f".//*[{of_class('bf-note')}]")],
        "filters": [words_of(control) for control in own.xpath(".//button | .//input | .//select")],
        "previews": own.xpath(".//a/@title"),
    }


def words_of(element: HtmlElement) -> str:
    return " ".join(" ".join(element.xpath(".//text()")).split())


@pytest.mark.long
@pytest.mark.parametrize("combination", OTHERS, ids=str)
def test_every_page_shows_the_same(sites: Sites, combination: Combination) -> None:
    standard, other = sites.of(STANDARD), sites.of(combination)
    names = list(pages(standard))
    assert len(names) > 150
    assert list(pages(other)) == names
    for name in names:
        assert facts(other, name) == facts(standard, name), name


@pytest.mark.parametrize("combination", OTHERS, ids=str)
def test_all_that_can_be_downloaded_is_the_same(sites: Sites, combination: Combination) -> None:
    standard, other = sites.of(STANDARD), sites.of(combination)
    kinds = {".csv", ".json", ".jsonld", ".md", ".txt"}
    found = (path.relative_to(standard) for path in standard.rglob("*") if path.suffix in kinds)
    data = [name for name in found if name.name != SITE_MANIFEST and name.parts[0] != "search"]
    assert len(data) > 20
    for name in data:
        assert (other / name).read_bytes() == (standard / name).read_bytes(), name


@pytest.mark.parametrize("combination", [STANDARD, *OTHERS], ids=str)
def test_the_head_of_a_page_says_what_it_is(sites: Sites, combination: Combination) -> None:
    page = BeautifulSoup((sites.of(combination) / FIRST / "index.html").read_text("utf-8"), "html.parser")
    assert page.select_one('meta[name="citation_title"]') is not None
    data = page.select_one('script[type="application/ld+json"]')
    assert data is not None
    assert json.loads(data.get_text())["@type"] == "Article"
    folder = sites.of(combination) / FIRST / "text"
    text = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    written = text.select('link[rel~="alternate"][type="text/markdown"]')
    assert [(folder / str(link["href"])).read_text("utf-8")[:2] for link in written] == ["# "]
    sheets = [str(link["href"]) for link in text.select('link[rel="stylesheet"]')]
    scripts = [str(script["src"]) for script in text.select("script[src]")]
    assert "../../../assets/briefing/briefing.css" in sheets
    assert "../../../assets/briefing/text.js" in scripts


@pytest.mark.parametrize("combination", [STANDARD, *OTHERS], ids=str)
def test_no_raw_file_of_a_briefing_is_published(sites: Sites, combination: Combination) -> None:
    site = sites.of(combination)
    names = {path.name for path in site.rglob("*") if path.is_file()}
    raw = {path.name for path in (sites.folder / "source/docs").rglob("*") if path.suffix != ".md" and path.is_file()}
    assert raw
    assert not names & raw
    assert not [name for name in names if name.endswith((".yml", ".yaml"))]


def test_zensical_alone_publishes_no_raw_file_either(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, exclude_docs="\n".join(RAW))
    command = [sys.executable, "-m", "zensical", "build", "-f", configuration.name]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    published = {path.name for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert "index.html" in published
    assert not [
        name for name in published if name.endswith((".yml", ".yaml")) or name.startswith(("source.", "original."))
    ]


@pytest.mark.parametrize("combination", [STANDARD, OTHERS[0], OTHERS[2]], ids=str)
def test_a_reader_can_verify_the_site(sites: Sites, combination: Combination) -> None:
    """The search of MaterialX has whole pages, with the numbers of notes amid the words; the manual says so."""
    done = CliRunner().invoke(main, ["verify", str(sites.of(combination))])
    assert done.exit_code == 0, done.output
    assert "22 briefings" in done.output


def searched(site: Path) -> Mapping[str, str]:
    """By address, the text of everything that a site's search finds."""
    zensical = site / "search.json"
    if zensical.exists():
        items = json.loads(zensical.read_text("utf-8"))["items"]
        return {item["location"]: f"{item['title']} {item['text']}" for item in items}
    items = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    return {item["location"]: f"{item['title']} {item['text']}" for item in items}


@pytest.mark.parametrize("words", ["overtaken Russia", "Secretary General", "Roosevelt"])
def test_the_search_finds_the_same_annotations(sites: Sites, words: str) -> None:
    """Of MaterialX nothing is asked: its own search has an index of Pagefind, in which annotations are not apart."""
    found = []
    for combination in (STANDARD, OTHERS[0], OTHERS[2]):
        index = searched(sites.of(combination))
        hits = {address for address, text in index.items() if words.lower() in text.lower() and "#" in address}
        found.append(
            {hit.rpartition("#")[2] for hit in hits if not hit.rpartition("#")[2].startswith(("_", "t-", "p"))}
        )
    assert found[0]
    assert found[0] <= found[1]


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_a_theme_that_is_not_material_shows_the_same(tmp_path: Path, theme: str) -> None:
    with_material = build_site(make_site(tmp_path / "material"))
    site = build_site(make_site(tmp_path / theme, theme={"name": theme}))
    names = [name for name in pages(with_material) if name.startswith("briefings/")]
    assert len(names) > 6
    for name in names:
        assert facts(site, name) == facts(with_material, name), name
        if name.endswith(("/cite.html", "/embed.html")):
            continue  # no theme has a part in these
        page = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        assert "assets/briefing/briefing.css" in str(page.head)
        assert len(page.select("h1")) == 1
