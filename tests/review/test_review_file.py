"""The review file: a briefing with its drafts in one page, in which everything of the briefing is text."""

from __future__ import annotations

import hashlib
import re
import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.render.review_page import MARKER
from tests.sites import GOOD

BRIEFING = "briefings/good"
HOSTILE = """</script></style><img src=x onerror=alert(1)><b onclick="a">'"&lt;{{ 7 }}"""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    return tmp_path / "docs"


def export(docs: Path, file: Path | str = "review.html", *options: str) -> Result:
    chosen = options or ("-b", str(docs / BRIEFING))
    return CliRunner().invoke(main, ["export", "--format", "review", str(docs.parent / file), *chosen])


def page(docs: Path) -> BeautifulSoup:
    assert export(docs).exit_code == 0
    return BeautifulSoup((docs.parent / "review.html").read_text("utf-8"), "html.parser")


def test_it_shows_the_whole_text_and_every_annotation_with_its_drafts(docs: Path) -> None:
    quotes = docs / BRIEFING / "annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("  - id: who-pays\n", "  - id: who-pays\n    status: draft\n"))
    found = page(docs)
    source = (docs / BRIEFING / "source.txt").read_text("utf-8")
    shown = [paragraph.get_text() for paragraph in found.select("p.text")]
    assert shown == [line for line in source.split("\n") if line.strip()]
    written = "".join(path.read_text("utf-8") for path in (docs / BRIEFING / "annotations").glob("*.yml"))
    lists = re.split(r"^(\w+):\n", written, flags=re.M)
    ids = {
        id
        for key, part in zip(lists[1::2], lists[2::2], strict=True)
        if key in ("quotes", "figures", "context")
        for id in re.findall(r"^  - id: (\S+)$", part, re.M)
    }
    assert {str(box["data-annotation"]) for box in found.select(".card textarea")} == ids
    drafts = [card.code.get_text() for card in found.select(".card") if card.strong and card.code]
    told = export(docs).output
    assert f"{len(ids)} annotations of {BRIEFING}, {len(drafts)} drafts among them" in told
    assert "who-pays" in drafts and "leave-early" not in drafts
    assert "Not for publication" in found.header.get_text()  # type: ignore[union-attr]
    places = {link["href"] for link in found.select("p.text a")}
    assert places <= {f"#{card['id']}" for card in found.select(".card")} and len(places) > 5


def test_whatever_a_briefing_says_is_text(docs: Path) -> None:
    clean = page(docs)
    folder = docs / BRIEFING
    source = (folder / "source.txt").read_text("utf-8")
    (folder / "source.txt").write_text(source + f"\n{HOSTILE}\n", "utf-8")
    notes = folder / "annotations/context.yml"
    notes.write_text(re.sub(r"title: .*", f"title: |\n      {HOSTILE}", notes.read_text("utf-8"), count=1), "utf-8")
    found = page(docs)
    assert found.select("p.text")[-1].get_text() == HOSTILE
    assert HOSTILE in [title.get_text().strip() for title in found.select("h3")]
    names = ("script", "style", "img", "b", "iframe", "link", "object", "form")
    assert [len(found.find_all(name)) for name in names] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert {name for tag in found.find_all() for name in tag.attrs} == {
        name for tag in clean.find_all() for name in tag.attrs
    }


def test_its_policy_lets_only_its_own_script_and_style_in(docs: Path) -> None:
    found = page(docs)
    policy = str(found.select_one("meta[http-equiv]")["content"])  # type: ignore[index]
    hashes = {
        tag: b64encode(hashlib.sha256(str(found.find(tag).string).encode()).digest()).decode()  # type: ignore[union-attr]
        for tag in ("style", "script")
    }
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert all(str(link["href"]).startswith("#") for link in found.select("[href]")) and not found.select("[src]")


def test_its_state_is_that_of_the_files_and_of_each_annotation(docs: Path) -> None:
    def states() -> dict[str, str]:
        found = page(docs)
        marks = {str(box["data-annotation"]): str(box["data-state"]) for box in found.select(".remark textarea")}
        return {**marks, "": str(found.body["data-state"])}  # type: ignore[index]

    before = states()
    assert states() == before
    quotes = docs / BRIEFING / "annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("promises a ferry", "promises boats"), "utf-8")
    assert {id for id, mark in states().items() if mark != before[id]} == {"", "leave-early"}


def test_it_is_written_where_nothing_is_lost_and_nothing_published(docs: Path) -> None:
    (docs.parent / "notes.html").write_text("my notes", "utf-8")
    for file, reason in {
        "docs/review.html": "would be published",
        "docs/briefings/../x.html": "would be published",
        "notes.html": "is there already, and is no review file",
        "docs/..": "is a folder",
    }.items():
        result = export(docs, file)
        assert result.exit_code == 2 and reason in result.output, file
    assert (docs.parent / "notes.html").read_text("utf-8") == "my notes"
    assert [export(docs).exit_code, export(docs).exit_code] == [0, 0]
    assert (docs.parent / "review.html").read_text("utf-8").startswith(MARKER)


def test_what_cannot_be_read_is_told(docs: Path) -> None:
    (docs / BRIEFING / "annotations/quotes.yml").write_text("quotes: [", "utf-8")
    result = export(docs)
    assert result.exit_code == 1 and "nothing was written: " in result.output and "quotes.yml" in result.output
    (docs / BRIEFING / "source.txt").unlink()
    assert export(docs).exit_code == 1
    assert not (docs.parent / "review.html").exists()
