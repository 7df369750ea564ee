"""The whole text of a source is published only on request; an author's own preview shows it, marked."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.sites import GOOD, build_site, make_site

BRIEFING = "briefings/good/briefing.yml"
UNCITED = "In a letter read out at the meeting"
"""Words of the source that no annotation and no excerpt has."""
BANNER = "The whole text is not published: only this preview shows it."


def site(folder: Path, publish: str, command: str, address: str) -> dict[str, str]:
    """Every text file of a site whose source is published so."""
    text = (GOOD / BRIEFING).read_text("utf-8")
    changed = text.replace("  publish: full\n", publish)
    assert changed != text or "full" in publish
    configuration = make_site(folder, files={BRIEFING: changed})
    built = build_site(configuration, command=command, dev_addr=address)
    kinds = (".html", ".json", ".xml", ".csv", ".jsonld")
    found = (path for path in built.rglob("*") if path.suffix in kinds)
    return {path.relative_to(built).as_posix(): html.unescape(path.read_text("utf-8")) for path in found}


@pytest.mark.parametrize("publish", ["", "  publish: excerpts\n"])
@pytest.mark.parametrize("address", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_a_preview_on_this_computer_shows_all_and_says_so(tmp_path: Path, publish: str, address: str) -> None:
    text = site(tmp_path, publish, "serve", address)["briefings/good/text/index.html"]
    assert UNCITED in text
    assert BANNER in text


@pytest.mark.parametrize(
    ("command", "address"), [("build", "127.0.0.1:8000"), ("serve", "0.0.0.0:8000"), ("serve", "192.0.2.7:80")]
)
def test_nothing_else_shows_what_is_not_cited(tmp_path: Path, command: str, address: str) -> None:
    files = site(tmp_path, "", command, address)
    assert "briefings/good/text/index.html" in files
    assert not [name for name, text in files.items() if UNCITED in text or BANNER in text]


def test_a_text_that_is_published_in_full_has_no_banner_and_says_whose_it_is(tmp_path: Path) -> None:
    text = site(tmp_path, "  publish: full\n", "serve", "127.0.0.1:8000")["briefings/good/text/index.html"]
    assert UNCITED in text
    assert BANNER not in text
    words = re.sub(r"\s+", " ", text)
    assert "This text is by Nell Okafor, The Harwick Courier, not by this site." in words
    assert "Rights: Written for the tests of this program; CC0." in words[words.index(UNCITED) :], "below the text"
    assert 'href="#source-rights">The rights are stated below the text.</a>' in words[: words.index(UNCITED)]


def test_no_page_of_a_preview_shows_a_placeholder(tmp_path: Path) -> None:
    """Neither of today nor as earlier versions wrote it."""
    drafted = "Drafted by `briefing suggest`: say why the speaker is certain."
    allow = f'    allow: [{{code: wrong-speaker, reason: "{drafted}"}}]\n    status: draft\n'
    name = "briefings/good/annotations/quotes.yml"
    text = (GOOD / name).read_text("utf-8").replace("    status: draft\n", allow, 1)
    built = build_site(make_site(tmp_path, files={name: text}), command="serve")
    pages = [path.read_text("utf-8") for path in built.rglob("*.html")]
    assert any("fine-thing" in page for page in pages)
    assert not [page for page in pages if "Drafted by" in page]
