"""What strangers wrote, in every file beside the pages: feeds, data, indexes, metadata, exports. A reader of each kind
finds text and nothing else, and `briefing verify` proves the site."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from markdown_it import MarkdownIt

from briefing.cli import main
from briefing.model.places import OBEYED
from tests.everywhere import write_everywhere
from tests.shared import made_once
from tests.sites import build_site, make_site

BEGINS_FORMULA = re.compile(r"[=+@\t\r-]")
"""What programs that open a table take for one: https://owasp.org/www-community/attacks/CSV_Injection"""
NUMBER = re.compile(r"[-+]?[\d.,]+(?:e[-+]?\d+)?")
ACTIVE = ("script", "img", "svg", "style", "base", "form", "iframe", "object", "link", "meta")


def make(folder: Path) -> None:
    write_everywhere(folder / "docs")
    comments = folder / "docs/b/comments.yml"
    data = json.loads(comments.read_text("utf-8"))
    for one, begins in zip(data["comments"], "=+-@", strict=False):
        one["author"] = f"{begins}HYPERLINK(1)"
    comments.write_text(json.dumps(data), "utf-8")
    configuration = make_site(folder, docs=None, site_url="https://example.org/", site_description="A site")
    build_site(configuration)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder / "out")])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "hostile-files", make)


def files(made: Path, *endings: str) -> list[Path]:
    found = [path for path in sorted(made.glob("site/**/*")) if path.suffix in endings and "assets" not in path.parts]
    assert found, endings
    return found


def active(text: str) -> list[str]:
    """The elements of a piece of HTML that do something."""
    soup = BeautifulSoup(text, "lxml")
    with_handlers = [tag.name for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]
    leading = [tag["href"] for tag in soup.find_all(href=re.compile(r"^\s*javascript:", re.I))]
    return [tag.name for tag in soup.find_all(ACTIVE)] + with_handlers + [str(one) for one in leading]


def test_feeds_hold_text_and_harmless_html(made: Path) -> None:
    own = {
        "feed",
        "entry",
        "id",
        "title",
        "updated",
        "published",
        "link",
        "author",
        "name",
        "summary",
        "content",
        "rights",
    }
    for file in files(made, ".xml"):
        root = ElementTree.fromstring(file.read_bytes())
        names = {element.tag.partition("}")[2] for element in root.iter()}
        assert names <= own | {"subtitle", "category", "generator", "uri", "icon", "urlset", "url", "loc", "lastmod"}
        for element in root.iter():
            if element.get("type") == "html":
                assert active(element.text or "") == [], (file, element.text)


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    return (
        [text for inner in value for text in strings(inner)]
        if isinstance(value, list)
        else [value] * isinstance(value, str)
    )


def test_html_in_a_json_feed_is_harmless(made: Path) -> None:
    feeds = [json.loads(file.read_text("utf-8")) for file in files(made, ".json") if "feeds" in file.parts]
    assert feeds
    for feed in feeds:
        shown = [item["content_html"] for item in feed["items"] if "content_html" in item]
        assert shown and [active(text) for text in shown if active(text)] == []


def test_json_is_json_and_the_words_in_it_are_as_they_were_written(made: Path) -> None:
    texts = [text for file in files(made, ".json", ".jsonld") for text in strings(json.loads(file.read_text("utf-8")))]
    assert sum("<script>hit()</script>" in text for text in texts) > 20


def test_records_of_the_search_are_escaped_where_the_theme_takes_them_for_html(made: Path) -> None:
    index = json.loads((made / "site/search/search_index.json").read_text("utf-8"))
    found = [f"{record['title']} {record['text']}" for record in index["docs"]]
    assert any("hit()" in text for text in found)
    assert [active(text) for text in found if active(text)] == []


def test_metadata_ends_no_script(made: Path) -> None:
    seen = 0
    for file in files(made, ".html"):
        page = BeautifulSoup(file.read_text("utf-8"), "lxml")
        for script in page.find_all("script", type="application/ld+json"):
            seen += "hit()" in str(script.string)
            json.loads(str(script.string))
    assert seen


def test_no_cell_is_taken_for_a_formula(made: Path) -> None:
    cells = [
        (file.name, cell)
        for file in files(made, ".csv")
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig")))
        for cell in row
    ]
    assert any("hit()" in cell for _, cell in cells)
    assert [(name, cell) for name, cell in cells if BEGINS_FORMULA.match(cell) and not NUMBER.fullmatch(cell)] == []


def test_exported_markdown_and_texts_for_programs_hold_no_element_of_theirs(made: Path) -> None:
    read = MarkdownIt("commonmark", {"html": True}).enable("table")
    texts = [*made.glob("out/**/*.md"), *made.glob("site/**/llms.txt"), *made.glob("site/**/*.html.md")]
    assert len(texts) > 8
    shown = 0
    for file in texts:
        page = read.render(re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.S))
        shown += "hit()" in page
        assert [name for name in active(page.replace('<form class="bf-compare"', "<div")) if name != "svg"] == [], file
    assert shown > 8


def test_citations_for_other_programs_have_one_entry_for_each(made: Path) -> None:
    ris, bib = ((made / "site/b" / f"citations.{kind}").read_text("utf-8") for kind in ("ris", "bib"))
    entries = json.loads((made / "site/b/citations.json").read_text("utf-8"))
    for kind in ("TY", "ID", "ER"):
        assert len(re.findall(rf"^{kind}  - ", ris, re.M)) == len(entries)
    assert len(re.findall(r"^@\w+\{", bib, re.M)) == len(entries)


def test_whoever_verifies_the_site_is_told_of_it_in_lines_that_nothing_obeys(made: Path) -> None:
    """Their quotation marks quote what nobody said, so the site is not verified."""
    result = CliRunner().invoke(main, ["verify", str(made / "site")])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert "hit()" in result.output and not OBEYED.search(result.output)
