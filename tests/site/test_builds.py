"""A briefing’s build is a pure function of bytes; a site is made of the builds, in whatever process they were made."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from briefing.load import find_briefings
from briefing.load.folder_files import ContentNeededError, FolderFiles, read_folder
from briefing.model import Page
from briefing.pipeline.briefing_build import BriefingBuild, EditLinks, PageSettings, Registers, build_briefing
from briefing.pipeline.checking import check_alone, join_builds, read_registers
from briefing.pipeline.site_build import build_site
from briefing.render import PARTS
from briefing.render.slots import EchoSlot, elsewhere, open_page
from tests.generate import write_library
from tests.sites import rendered_site, templates

SETTINGS = PageSettings(templates(), EditLinks("https://example.org/", "edit/docs/"), frozenset(PARTS))


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Briefings that share people, topics and words."""
    folder = tmp_path_factory.mktemp("library") / "docs"
    write_library(folder, 3)
    return folder


@pytest.fixture(scope="module")
def inputs(docs: Path) -> list[FolderFiles]:
    return [read_folder(docs, path) for path in find_briefings(docs)]


def joined(builds: list[BriefingBuild], registers: Registers) -> tuple[tuple[Page, ...], object]:
    site = build_site(join_builds(builds, registers, ()), templates(), "en")
    return tuple(page.make() for page in site.pages), tuple(file.make() for file in site.attachments)


def test_a_build_survives_being_sent_and_makes_the_same_site(docs: Path, inputs: list[FolderFiles]) -> None:
    registers = read_registers(docs)
    builds = [build_briefing(files, registers, SETTINGS) for files in inputs]
    sent = pickle.loads(pickle.dumps(builds))
    assert sent == builds
    assert joined(sent, registers) == joined(builds, registers)


def test_other_processes_make_the_same_site_byte_for_byte(docs: Path, inputs: list[FolderFiles]) -> None:
    registers = read_registers(docs)
    here = [build_briefing(files, registers, SETTINGS) for files in inputs]
    with ProcessPoolExecutor(2) as pool:
        there = list(pool.map(build_briefing, inputs, [registers] * len(inputs), [SETTINGS] * len(inputs)))
    assert joined(there, registers) == joined(here, registers)


def test_the_disk_is_not_looked_at_again(
    docs: Path, inputs: list[FolderFiles], monkeypatch: pytest.MonkeyPatch
) -> None:
    registers = read_registers(docs)

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a build reads nothing but its input")

    templates().environment()
    for name in ("open", "read_bytes", "read_text", "stat", "exists", "iterdir", "rglob"):
        monkeypatch.setattr(Path, name, refuse)
    assert not [build.path for files in inputs if (build := build_briefing(files, registers)).broken]


def test_slots_are_filled_with_what_other_briefings_have(docs: Path) -> None:
    alone = {page.path: page.markdown for page in rendered_site(docs, parts=set(PARTS) - {"elsewhere"}).pages}
    together = {page.path: page.markdown for page in rendered_site(docs).pages}
    assert alone.keys() == together.keys()
    assert [path for path in alone if alone[path] != together[path]]
    assert not [path for path, text in together.items() if "briefing-elsewhere" in text]


def test_a_line_without_links_is_left_out_with_the_empty_line_before_it() -> None:
    text = f"one\n\n<p>Also in: {elsewhere('a')}.</p>\n\ntwo\n\n<p>{elsewhere('b')}</p>\nthree\n"
    page = open_page("x.md", text, "x.yml")
    assert [part.annotation for part in page.parts if isinstance(part, EchoSlot)] == ["a", "b"]
    assert page.filled(lambda id: "").markdown == "one\n\ntwo\nthree\n"
    assert (
        page.filled({"a": "[1](x)", "b": ""}.__getitem__).markdown == "one\n\n<p>Also in: [1](x).</p>\n\ntwo\nthree\n"
    )


def test_a_file_that_is_named_in_escapes_is_read_all_the_same(tmp_path: Path) -> None:
    about = (
        "title: A\ndate: 2025-01-01\nlanguage: en\nstatus: draft\n"
        f'source: {{kind: article, rights: Own., original: {{file: "scan\\x6eed.html", sha256: "{64 * "0"}"}}}}\n'
    )
    (tmp_path / "b").mkdir()
    for name, text in {"briefing.yml": about, "source.txt": "Words.", "scanned.html": "<p>Words.</p>"}.items():
        (tmp_path / "b" / name).write_text(text)
    with pytest.raises(ContentNeededError, match=r"b/scanned\.html"):
        build_briefing(read_folder(tmp_path, "b"), read_registers(tmp_path))
    found = check_alone(tmp_path, "b")
    assert "b/scanned.html" in found.names
    assert "file-missing" not in [problem.code for problem in found.problems]
