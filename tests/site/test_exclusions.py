"""What is published where the plugin does not run: nothing of the raw files, and the check says where it would be."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files

from briefing import load
from briefing.cli import main
from briefing.load.folder_files import RAW
from briefing.pipeline import checking
from briefing.site.findings import findings
from tests.sites import build_site, make_site

MARK = "zq-marker-"

HELD = {
    "people.yml~": "hidden: {name: #, kind: person}\n",
    "measures.yml": "# #\n",
    "briefings/example/annotations/suggested.yml": "quotes:\n- {id: a, target: bridge, note: #, status: draft}\n",
    "briefings/example/annotations/kept/old.yaml": "# #\n",
    "briefings/example/comments.yml.bak": "#\n",
    "briefings/example/comments.yml.orig": "#\n",
    "briefings/example/annotations/quotes.yml.rej": "#\n",
    "briefings/example/source.txt~": "#\n",
    "briefings/example/comments-original.csv": "name,text\n#,#\n",
    "briefings/example/comments-original.json": '["#"]\n',
    ".briefing-unfinished/1": "#\n",
    "briefings/held/briefing.yml": "title: #\n",
    "briefings/held/source.txt": "#\n",
    **{f"briefings/held/original.{kind}": "#\n" for kind in ("html", "md", "docx", "pdf", "vtt", "srt", "mhtml")},
}
"""Files of every kind that no reader is to download; `#` stands for words to look for."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as `init` makes it, with more that is not to be published, and a mark in each of its raw files."""
    folder = tmp_path_factory.mktemp("begun") / "site"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    docs = folder / "docs"
    comments = docs / "briefings/example/comments.yml"
    comments.write_text(re.sub("author: .*", f"author: {MARK}name", comments.read_text("utf-8")), "utf-8")
    for name, text in HELD.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text.replace("#", f"{MARK}held"), "utf-8")
    for path in (path for path in docs.rglob("*.yml") if MARK not in path.read_text("utf-8")):
        path.write_text(f"{path.read_text('utf-8')}# {MARK}{path.stem}\n", "utf-8")
    with (docs / "briefings/example/original.txt").open("a", encoding="utf-8") as original:
        original.write(f"{MARK}original\n")
    return folder


def published(begun: Path, folder: Path, engine: str, change: tuple[str, str]) -> tuple[set[str], set[str]]:
    """The files that an engine makes of a changed copy, and those in which a mark is."""
    shutil.copytree(begun, folder)
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    changed = re.sub(*change, text, flags=re.M | re.S)
    assert changed != text
    configuration.write_text(changed, "utf-8")
    command = [str(Path(sys.executable).parent / engine), "build", "-f", "mkdocs.yml"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder)
    site = folder / "site"
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return set(files), {name for name, content in files.items() if MARK.encode() in content}


WITHOUT_PLUGIN = ("^  - briefing\n", "")
WITHOUT_LINES = ("^  - briefing\n(.*)^exclude_docs: .*?^\n", r"\1")


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_no_engine_publishes_raw_files_of_a_site_that_init_made(begun: Path, tmp_path: Path, engine: str) -> None:
    files, marked = published(begun, tmp_path / "site", engine, WITHOUT_PLUGIN)
    assert "index.html" in files
    assert marked == set()
    assert not [name for name in files if name.startswith("briefings/")]


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_without_the_lines_every_engine_would(begun: Path, tmp_path: Path, engine: str) -> None:
    _, marked = published(begun, tmp_path / "site", engine, WITHOUT_LINES)
    assert {"people.yml", "briefings/example/comments.yml", "briefings/held/original.pdf"} <= marked


WIDER = ("/briefings/\n/people/\n/topics/**\n", "*.md\n!/index.md\n", "*.csv\n*.jsonld\n/assets/briefing/\n")
LEFT = [name.replace("example", "good") for name in HELD if re.search("example/.*(old|~|bak|orig|rej|csv)", name)]
"""What may lie beside a briefing without being wrong."""


@pytest.mark.parametrize("lines", WIDER)
def test_the_plugin_builds_all_of_its_own_and_nothing_raw_with_wider_patterns(tmp_path: Path, lines: str) -> None:
    usual = build_site(make_site(tmp_path / "usual"))
    left = dict.fromkeys(LEFT, MARK)
    wide = build_site(make_site(tmp_path / "wide", files=left, exclude_docs="\n".join((*RAW, lines))))
    assert names(wide) == names(usual)


def test_a_strict_build_wants_the_lines_and_nothing_raw_is_published_without_them(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, files=dict.fromkeys(LEFT, MARK), exclude_docs=None)
    with pytest.raises(Abort):
        build_site(configuration)
    site = build_site(configuration, strict=False)
    assert names(site) == names(build_site(make_site(tmp_path / "usual")))


def names(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


CONFIGURATIONS = {
    "none": None,
    "as init has it": "\n".join(RAW),
    "anchored": "/people.yml\n/briefings/good/**\n",
    "a folder": "briefings/\npeople.*\n",
    "by its ending, spaces and comments": "# raw\n\n*.y*ml  \nsource.*\noriginal.???\n",
    "one file forgotten": "*.yml\noriginal.*\n",
    "taken in again": "\n".join([*RAW, "!comments.yml"]),
    "taken in again, and out": "\n".join([*RAW, "!comments.yml", "comments.yml"]),
    "a folder cannot be taken in again": "/briefings/\n/people.yml\n!source.txt\n",
    "another case": "*.YML\nSOURCE.TXT\nOriginal.*\n",
    "a pattern for the wrong folder": "/*.yml\n/source.txt\n/original.*\n",
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_check_says_what_mkdocs_would_publish(tmp_path: Path, name: str) -> None:
    configuration = make_site(tmp_path, exclude_docs=CONFIGURATIONS[name])
    kept = {file.src_uri for file in get_files(load_config(str(configuration))) if not file.inclusion.is_excluded()}
    raw = {path for path in kept if not path.endswith(".md")}
    found = told(tmp_path / "docs")
    assert bool(raw) == bool(found), raw
    if found:
        configuration.write_text(re.sub("^exclude_docs: .*?(?=^\\w)", "", configuration.read_text(), flags=re.M | re.S))
        with configuration.open("a", encoding="utf-8") as file:
            file.write(found[0][1].split("\n", 1)[1] + "\n")
        assert not told(tmp_path / "docs")
        config = load_config(str(configuration))
        assert {f.src_uri for f in get_files(config) if not f.inclusion.is_excluded()} <= kept - raw


def told(docs: Path) -> list[tuple[str, str]]:
    """The file and the hint of every problem of the kind."""
    found = findings(checking.check_library(docs), docs, load.load_texts(docs), require_review=False)
    return [(each.at.file, each.hint) for each in found.problems if each.code == "files-not-excluded"]


def test_copies_of_raw_files_under_other_names_are_raw(tmp_path: Path) -> None:
    """An export stays where somebody saved it: what has the bytes of a raw file is one, whatever it is called."""
    same = {
        "export.csv": "comments.yml", "original (copy).txt": "original.txt", "source.old.txt": "source.txt",
        "kept/report.pdf": "original.txt", "Briefing.YML": "source.txt",
    }  # fmt: skip
    other = "the bytes of no other file"
    folder = "briefings/good"
    configuration = make_site(tmp_path, files={f"{folder}/data.csv": other})
    docs = tmp_path / "docs"
    (docs / folder / "kept").mkdir()
    for copy, raw in same.items():
        (docs / folder / copy).write_bytes((docs / folder / raw).read_bytes())
    found = told(docs)
    assert len(found) == 1
    assert {line.strip().replace("\\", "") for line in found[0][1].splitlines() if f"/{folder}" in line} == {
        f"/{folder}/{name}" for name in same
    }
    site = build_site(configuration, strict=False)
    assert (site / folder / "data.csv").read_text("utf-8") == other
    assert not [name for name in same if (site / folder / name).exists()]
