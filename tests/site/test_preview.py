"""A rebuild of a preview does again only what an edit has changed, and shows exactly what a fresh one would."""

from __future__ import annotations

import html
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from briefing.load.folder_files import FolderFiles
from briefing.mkdocs.preview import GenerationalCache, guard
from briefing.pipeline import executor
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.preview.hosts import is_own_host
from tests.sites import GOOD, make_site


def rebuilt(configuration: Path, out: Path) -> tuple[MkDocsConfig, dict[str, str]]:
    """What `mkdocs serve` does at each change: the configuration is read anew, the plugin is the same."""
    config = load_config(str(configuration), site_dir=str(out))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    pages = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in out.rglob("*.html")}
    # the time of the build is on the home page
    return config, {name: re.sub(r"Build Date UTC[^-]*", "", text) for name, text in pages.items()}


def fresh(folder: Path, out: Path) -> dict[str, str]:
    """The same site built by a plugin that remembers nothing: in a folder of its own."""
    copy = folder.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return rebuilt(copy / "mkdocs.yml", out)[1]


def test_every_edit_shows_what_a_fresh_preview_shows(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    configuration = make_site(folder, templates=None)
    shutil.copytree(GOOD / "briefings/good", folder / "docs/briefings/second")
    good = folder / "docs/briefings/good"
    quotes = (good / "annotations/quotes.yml").read_text("utf-8")
    rebuilt(configuration, tmp_path / "out")
    edits = [
        ("docs/briefings/good/annotations/quotes.yml", quotes.replace("promises a ferry", "promises a boat")),
        ("docs/people.yml", (folder / "docs/people.yml").read_text("utf-8").replace("Ada Thornbury", "Ada Thorne")),
        ("docs/briefings/good/annotations/quotes.yml", quotes.replace("speaker: vane", "speaker: vain")),
        ("docs/briefings/good/annotations/quotes.yml", quotes),
        ("docs/new.md", "# A new page\n\n<!-- briefings -->\n"),
    ]
    for name, text in edits:
        (folder / name).write_text(text, "utf-8")
        _, shown = rebuilt(configuration, tmp_path / "out")
        assert shown == fresh(folder, tmp_path / "fresh"), name


def test_a_page_of_problems_begins_with_what_is_in_the_way(tmp_path: Path) -> None:
    configuration = make_site(tmp_path / "site", templates=None)
    annotations = tmp_path / "site/docs/briefings/good/annotations"
    changes = {
        "figures.yml": ("label: Day of the vote", "label: TODO\n    status: draft"),
        "quotes.yml": ("speaker: vane", "speaker: vain"),
    }
    for name, (before, after) in changes.items():
        text = (annotations / name).read_text("utf-8")
        (annotations / name).write_text(text.replace(before, after, 1), "utf-8")
    (annotations / "empty.yml").write_text("", "utf-8")
    _, shown = rebuilt(configuration, tmp_path / "out")
    page = html.unescape(shown["briefings/good/quotes/index.html"])
    severities = re.findall(r"\.yml(?::\d+:\d+)?: (error|warning) ", page)
    assert severities == sorted(severities) and {*severities} == {"error", "warning"}
    assert "is not filled in" not in page and "In drafts 1 field is still to be filled in" in page
    home = html.unescape(shown["index.html"])
    assert re.search(r'<a href="briefings/good/">[^<]+ \(has problems\)</a>', home)


def test_only_the_edited_briefing_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = make_site(tmp_path)
    shutil.copytree(GOOD / "briefings/good", tmp_path / "docs/briefings/second")
    built: list[str] = []
    build = executor.build_briefing

    def noted(files: FolderFiles, *rest: Any) -> BriefingBuild:
        built.append(files.path)
        return build(files, *rest)

    monkeypatch.setattr(executor, "build_briefing", noted)
    rebuilt(configuration, tmp_path / "out")
    assert sorted(built) == ["briefings/good", "briefings/second"]
    file = tmp_path / "docs/briefings/good/annotations/quotes.yml"
    file.write_text(file.read_text("utf-8").replace("promises a ferry", "promises a boat"), "utf-8")
    _, shown = rebuilt(configuration, tmp_path / "out")
    assert sorted(built) == ["briefings/good", "briefings/good", "briefings/second"]
    assert "promises a boat" in shown["briefings/good/quotes/index.html"]
    assert "promises a ferry" in shown["briefings/second/quotes/index.html"]


def test_a_rebuild_costs_less_than_the_first_build(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    for number in range(4):
        shutil.copytree(GOOD / "briefings/good", tmp_path / f"docs/briefings/more{number}")
    times = []
    for number in range(3):
        file = tmp_path / "docs/briefings/good/annotations/quotes.yml"
        file.write_text(file.read_text("utf-8") + f"# {number}\n", "utf-8")
        start = time.process_time()
        rebuilt(configuration, tmp_path / "out")
        times.append(time.process_time() - start)
    assert min(times[1:]) < 0.8 * times[0], times


@pytest.mark.parametrize(
    ("asked", "served", "own"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("briefing.localhost:8000", "localhost", True),
        ("evil.example:8000", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("192.168.1.5:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("user@localhost:8000", "127.0.0.1", True),
        ("[::1", "127.0.0.1", False),
        ("192.168.1.5:8000", "0.0.0.0", True),
        ("evil.example", "0.0.0.0", False),
        ("desk.local:8000", "desk.local", True),
    ],
)
def test_a_preview_answers_under_its_own_name_alone(asked: str, served: str, own: bool) -> None:
    assert is_own_host(asked, served) is own


def test_another_host_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a draft")
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    guard(server, "127.0.0.1")
    app, seen = server.get_app(), []
    for host in ("127.0.0.1:8000", "evil.example:8000"):
        environ = {"HTTP_HOST": host, "PATH_INFO": "/index.html", "REQUEST_METHOD": "GET"}
        answer = app(environ, lambda status, headers: seen.append(status))
        assert (b"a draft" in b"".join(answer)) is (host == "127.0.0.1:8000")
        getattr(answer, "close", lambda: None)()
    assert seen == ["200 OK", "403 Forbidden"]
    server.server_close()


def test_what_a_rebuild_does_not_ask_for_is_forgotten() -> None:
    kept: GenerationalCache[object] = GenerationalCache()
    first = kept.get("a", object)
    kept.next_generation()
    assert kept.get("a", object) is first
    kept.next_generation()
    kept.next_generation()
    assert kept.get("a", object) is not first
