"""`on_error: notice`: what is broken is a notice, everything else is published, and the command still fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from tests.generate import write_library
from tests.sites import build_site, make_site

SETTING = {"plugins": ["search", {"briefing": {"on_error": "notice"}}]}


def library(folder: Path) -> Path:
    write_library(folder / "docs", 3, annotations=4)
    (folder / "docs/briefings/b0001/source.txt").write_text("Canary words.\n", "utf-8")
    files = {"page.md": "# P\n\nWords [@b0001/q0] and [@b0002/q0] and [@b0002/no-such].\n"}
    return make_site(folder, docs=None, files=files, **SETTING)


def test_the_others_are_published_before_the_command_fails(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(library(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "b0001/annotations" in done.stderr and "error orphan" in done.stderr
    site = tmp_path / "site"
    for name in ("index.html", "text/index.html", "quotes/index.html", "comments/index.html"):
        notice = BeautifulSoup((site / "briefings/b0001" / name).read_text("utf-8"), "html.parser")
        assert "This briefing is not shown" in notice.get_text()
    frame = BeautifulSoup((site / "briefings/b0001/embed.html").read_text("utf-8"), "html.parser")
    assert [one["class"] for one in frame.select("article")] == [["bf-frame", "bf-gone", "bf-unknown"]]
    for name in ("b0000", "b0002"):
        assert "bf-quotation" in (site / f"briefings/{name}/quotes/index.html").read_text("utf-8")
    assert (site / "search/search_index.json").is_file()
    assert not [path for path in site.rglob("*.*") if path.is_file() and b"Canary" in path.read_bytes()]
    page = BeautifulSoup((site / "page/index.html").read_text("utf-8"), "html.parser")
    assert len(page.select(".bf-cite a")) == 1
    assert page.get_text().count("This citation is not verified") == 2


def test_a_broken_draft_gets_no_notice(tmp_path: Path) -> None:
    configuration = library(tmp_path)
    main = tmp_path / "docs/briefings/b0001/briefing.yml"
    main.write_text(main.read_text("utf-8").replace("published", "draft", 1), "utf-8")
    (tmp_path / "docs/page.md").unlink()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration)]
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 1
    assert not (tmp_path / "site/briefings/b0001").exists()


def test_a_site_without_errors_is_built_as_ever(tmp_path: Path) -> None:
    assert (build_site(make_site(tmp_path, **SETTING)) / "briefings/good/quotes/index.html").is_file()
