"""A comment that was removed on request is counted and has its place, and its words are nowhere in what is built."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from briefing.cli import main
from tests.sites import GOOD, build_site, make_site

WORDS = "Best watches, lowest prices, write to me today!"
ID = "c3"
BRIEFING = "briefings/good"


def removed(folder: Path, *, text: bool = False, redacted: bool = True) -> Path:
    """A site whose third comment was removed on request; the words may still stand in comments.yml, or the original."""
    here = GOOD / BRIEFING
    comments = (here / "comments.yml").read_text("utf-8").replace("reason: spam", "reason: request")
    about = (here / "briefing.yml").read_text("utf-8")
    original = (here / "original.txt").read_bytes()
    if not text:
        comments = comments.replace(f'    text: "{WORDS}"\n', "")
    if redacted:
        changed = original.replace(WORDS.encode(), b"")
        about = about.replace(hashlib.sha256(original).hexdigest(), hashlib.sha256(changed).hexdigest())
        original = changed
    else:
        about += "allow: [{code: removed-text-in-original, reason: Nobody else can read the folder.}]\n"
    files = {f"{BRIEFING}/comments.yml": comments, f"{BRIEFING}/briefing.yml": about}
    return make_site(folder, files={**files, f"{BRIEFING}/original.txt": original.decode()})


def holding(folder: Path) -> list[str]:
    """The files below a folder that hold any of the telling words, in any case."""
    telling = (b"watches", b"lowest prices")
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(word in path.read_bytes().lower() for word in telling)]


@pytest.mark.parametrize("redacted", [True, False])
def test_its_words_are_nowhere_in_the_site(tmp_path: Path, redacted: bool) -> None:
    site = build_site(removed(tmp_path, redacted=redacted))
    assert holding(site) == []
    page = (site / BRIEFING / "comments" / "index.html").read_text("utf-8")
    assert f'id="{ID}"' in page and "Removed on request" in page
    assert "3 comments: 2 in themes and 1 set aside." in page.replace("&#58;", ":").replace("\N{NO-BREAK SPACE}", " ")
    assert "Removed on request" in (site / BRIEFING / "method" / "index.html").read_text("utf-8")


def test_its_words_are_nowhere_in_an_export(tmp_path: Path) -> None:
    configuration = removed(tmp_path / "site")
    out = tmp_path / "plain"
    main(["export", str(out), "-f", str(configuration)], standalone_mode=False)
    assert (out / "docs" / BRIEFING / "comments.md").is_file()
    assert holding(out) == []


def test_words_that_were_left_by_mistake_stop_the_build(tmp_path: Path) -> None:
    with pytest.raises(Abort):
        build_site(removed(tmp_path, text=True))
    assert not (tmp_path / "site").exists() or holding(tmp_path / "site") == []
