"""What a build takes from the results of earlier ones is what it would have made itself; whatever happens to them makes
it slower and no more."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing import resources
from briefing.load import find_briefings
from briefing.load.folder_files import read_folder
from briefing.model.publication import Publication
from briefing.pipeline import executor, fingerprints
from briefing.pipeline.briefing_build import EditLinks, PageSettings, build_briefing
from briefing.pipeline.built import OUTLINE, BuiltBriefing, Outline, pack
from briefing.pipeline.checking import read_registers
from briefing.pipeline.encoding import UnencodableError, decode, digest, encode
from briefing.pipeline.publish import Published, SiteSettings, publish
from briefing.pipeline.store import FILE, DiskStore, MemoryStore, Store
from briefing.pipeline.timing import BuildObserver, BuildProfile, Seconds
from briefing.render.environment import read_templates
from briefing.render.page_html import HtmlRules, page_html
from tests.library.world import WORDS, spoken_by, write_world
from tests.locks import locks_hold
from tests.sites import GOOD, templates
from tests.sizes import soak

PUBLICATION = Publication("Site", "https://example.org/", "Desk", "en")
HOME = "# Home\n\n<!-- briefings -->\n\nSee [@a/q0].\n"
Shown = dict[str, object]


@dataclass
class Project:
    """A docs folder, and how its site is built."""

    docs: Path
    settings: SiteSettings
    own: Path
    """Page templates of its own."""
    preview: bool = False
    home: str = HOME
    html: HtmlRules | None = field(default_factory=HtmlRules)

    def publish(self, store: Store | None, **more: Any) -> Published:
        shipped = resources.templates() / "pages"
        return publish(
            self.docs,
            {"index.md": self.home},
            self.settings,
            read_templates(shipped, self.own),
            EditLinks("https://example.org/", "edit/docs/"),
            preview=self.preview,
            html=self.html,
            store=store,
            **more,
        )


def shown(published: Published, home: str = HOME) -> Shown:
    """All that a published library gives to a site."""
    site = published.site
    return {
        "pages": {page.path: (page.markdown, page.html, page.edit) for page in published.pages},
        "files": {file.path: file.content for file in published.attachments},
        "problems": [
            (problem, files[problem.at.file].text if problem.at.file in files else "")
            for problem, files in published.located()
        ],
        "raw": published.raw,
        "facts": dict(site.listed),
        "routes": site.routes,
        "navigation": site.navigation,
        "channels": dict(published.channels),
        "home": published.ordinary.fill(home, "index.md"),
        "search": {path: executor.search_of(build) for path, build in site.listed.builds.items()},
    }


def keys(published: Published) -> dict[str, str]:
    return {one.path: one.key for one in (*published.pages, *published.attachments)}


def entry(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "target": WORDS, "speaker": "ada", "kind": "direct", **more}


def begin(folder: Path) -> Project:
    world = {
        name: {
            "source.txt": spoken_by(person) + f"\nWords of {name} alone.\n",
            "quotes": [{"target": WORDS, "speaker": id}],
            "figures": [{"target": "5 percent", "value": 5, "unit": "%", "measure": "share"}],
            "briefing": {"tags": ["defence"], "date": f"2025-01-0{at}"},
        }
        for at, (name, person, id) in enumerate(
            (("a", "Ada Lang", "ada"), ("b", "Ben Ruiz", "ben"), ("c", "Ada Lang", "ada")), 1
        )
    }
    write_world(folder / "docs", world, measures={"share": {"label": "Share of the budget", "unit": "%"}})
    (folder / "own").mkdir()
    return Project(folder / "docs", SiteSettings(PUBLICATION, feeds=True, on_error="notice"), folder / "own")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return begin(tmp_path)


def opened(folder: Path, told: list[str] | None = None) -> DiskStore:
    return DiskStore(folder, (told if told is not None else []).append)


@dataclass
class Noting(BuildObserver):
    """Notes of each briefing whether it was kept."""

    kept: list[bool]

    def done(self, path: str, kept: bool, seconds: Seconds) -> None:
        self.kept.append(kept)


# --- the same as without --------------------------------------------------------------------------------------------


def replace_in(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def edit_note(project: Project, chance: random.Random) -> None:
    folder = chance.choice(find_briefings(project.docs))
    with (project.docs / folder / "annotations/all.yml").open("a", encoding="utf-8") as file:
        file.write(f"# {chance.random()}\n")


def edit_title(project: Project, chance: random.Random) -> None:
    file = project.docs / chance.choice(find_briefings(project.docs)) / "briefing.yml"
    lines = file.read_text("utf-8").splitlines()
    changed = (f"title: Title {chance.randrange(9)}" if line.startswith("title:") else line for line in lines)
    file.write_text("\n".join(changed) + "\n", "utf-8")


def edit_tags(project: Project, chance: random.Random) -> None:
    file = project.docs / chance.choice(find_briefings(project.docs)) / "briefing.yml"
    replace_in(file, "defence", chance.choice(["Defence", "ferries", "defence, ferries"]))


def edit_source(project: Project, chance: random.Random) -> None:
    folder = project.docs / chance.choice(find_briefings(project.docs))
    with (folder / "source.txt").open("a", encoding="utf-8") as file:
        file.write(f"\n{chance.choice([WORDS, 'Nothing else was said that day'])}.\n")


def set_status(project: Project, chance: random.Random) -> None:
    file = project.docs / chance.choice(find_briefings(project.docs)) / "briefing.yml"
    old, new = chance.sample(["status: published", "status: draft", "status: review"], 2)
    replace_in(file, old, new)


def break_it(project: Project, chance: random.Random) -> None:
    folder = project.docs / chance.choice(find_briefings(project.docs))
    replace_in(folder / "annotations/all.yml", *chance.choice([("harbour", "harbor"), ("harbor", "harbour")]))


def add(project: Project, chance: random.Random) -> None:
    there = project.docs / f"new{chance.randrange(3)}"
    if not there.exists():
        shutil.copytree(project.docs / chance.choice(find_briefings(project.docs)), there)


def delete(project: Project, chance: random.Random) -> None:
    if len(paths := find_briefings(project.docs)) > 1:
        shutil.rmtree(project.docs / chance.choice(paths))


def rename(project: Project, chance: random.Random) -> None:
    there = project.docs / f"moved{chance.randrange(3)}"
    if not there.exists():
        (project.docs / chance.choice(find_briefings(project.docs))).rename(there)


def edit_people(project: Project, chance: random.Random) -> None:
    replace_in(
        project.docs / "people.yml",
        *chance.choice([("Ada Lang", "Ada Long"), ("Ada Long", "Ada Lang"), ("Bath", "York")]),
    )


def edit_measures(project: Project, chance: random.Random) -> None:
    replace_in(project.docs / "measures.yml", "Share", chance.choice(["Part", "Share"]))


def edit_template(project: Project, chance: random.Random) -> None:
    name = chance.choice(["foot.md.jinja", "person.md.jinja", "topic.md.jinja"])
    own, shipped = project.own / name, resources.templates() / "pages" / name
    own.unlink() if own.exists() else own.write_text(shipped.read_text("utf-8") + "\nOwn words.\n", "utf-8")


def edit_settings(project: Project, chance: random.Random) -> None:
    parts = [
        part
        for part in ("people", "topics", "timeline", "references", "measures", "elsewhere")
        if chance.random() < 0.7
    ]
    language = chance.choice(["en", "de", "ar"])
    about = replace(PUBLICATION, language=language, directory_urls=chance.random() < 0.5)
    project.settings = SiteSettings(
        about, parts, chance.choice([True, False, "site"]), chance.random() < 0.3, chance.choice(["fail", "notice"])
    )
    project.preview = chance.random() < 0.3
    project.html = chance.choice([HtmlRules(), HtmlRules(directory_urls=False), None])


def edit_home(project: Project, chance: random.Random) -> None:
    project.home = chance.choice([HOME, "# Home\n", f"# Home\n\nHe said “{WORDS}” [@a/q0] and 7 percent.\n"])


CHANGES: tuple[Callable[[Project, random.Random], None], ...] = (
    *(edit_note, edit_title, edit_tags, edit_source, set_status, break_it, add, delete, rename),
    *(edit_people, edit_measures, edit_template, edit_settings, edit_home),
)


@soak(200, part=20)
@given(st.integers(0, 2**32))
def test_a_build_with_a_store_is_the_build_without(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    project = begin(tmp_path_factory.mktemp("store"))
    memory = MemoryStore()
    for _ in range(4):
        told: list[str] = []
        with closing(opened(project.docs.parent / "cache", told)) as disk:
            fresh = project.publish(None)
            expected = shown(fresh, project.home)
            for store in (disk, memory):
                kept = project.publish(store)
                assert shown(kept, project.home) == expected
                assert keys(kept) == keys(fresh)
        assert told == []
        for _ in range(chance.randrange(1, 3)):
            chance.choice(CHANGES)(project, chance)


def test_where_nothing_has_changed_nothing_is_read_but_outlines(project: Project, tmp_path: Path) -> None:
    with closing(opened(tmp_path / "cache")) as store:
        first = keys(project.publish(store))
    with closing(opened(tmp_path / "cache")) as store:
        asked: list[str] = []
        get = store.get

        def noted(key: str, part: str) -> bytes | None:
            asked.append(part)
            return get(key, part)

        store.get = noted  # type: ignore[method-assign]
        again = project.publish(store)
        assert keys(again) == first
        assert not {"briefing", "facts", "pages", "files", "words", "hashes", "search", "page"} & {*asked}
        assert next(iter(again.pages)).markdown


def test_html_is_that_of_the_whole_page(project: Project) -> None:
    published = project.publish(None)
    assert published.site.echoes
    for page in published.pages:
        made = page_html(page.make(), HtmlRules())
        assert page.html is not None and made is not None, page.path
        assert page.html.filled(str) == made.filled(str), page.path
        assert (page.html.meta, page.html.title, page.html.toc) == (made.meta, made.title, made.toc)
        assert set(page.html.links) == set(made.links) and page.html.anchors == made.anchors


def test_links_are_read_without_the_html_that_has_them(project: Project, tmp_path: Path) -> None:
    with closing(opened(tmp_path / "cache")) as store:
        project.publish(store)
    with closing(opened(tmp_path / "cache")) as store:
        published = project.publish(store)
        own = [page for page in published.pages if page.path.startswith(("a/", "b/"))]
        alone = {page.path: page.links for page in own}
        with_html = {page.path: page.html for page in own}
    assert published.site.echoes and own
    assert alone == {path: html and html.reach for path, html in with_html.items()} and all(alone.values())


def test_a_page_keeps_its_key_where_an_edit_does_not_show(project: Project, tmp_path: Path) -> None:
    with closing(opened(tmp_path / "cache")) as store:
        first = keys(project.publish(store))
        replace_in(project.docs / "a/briefing.yml", "About a", "About another")
        second = keys(project.publish(store))
    changed = {path for path in first if first[path] != second[path]}
    assert "a/index.md" in changed and "people/ada.md" in changed
    assert "b/text.md" not in changed and "people/ben.md" not in changed


# --- other processes ------------------------------------------------------------------------------------------------


def test_other_processes_build_the_same(project: Project, tmp_path: Path) -> None:
    expected = shown(project.publish(None))
    with ProcessPoolExecutor(2) as pool, closing(opened(tmp_path / "cache")) as store:
        assert shown(project.publish(store, executor=pool)) == expected
        assert shown(project.publish(store)) == expected


def test_many_briefings_are_built_in_processes_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = begin(tmp_path)
    for number in range(4):
        shutil.copytree(project.docs / "a", project.docs / f"copy{number}")
    expected = shown(project.publish(None))
    monkeypatch.setattr(executor, "MANY", 2)
    monkeypatch.setattr(executor, "CHUNK", 1)
    monkeypatch.setattr(executor, "build_briefing", None)  # a fork has it too: nothing is built in either
    with pytest.raises(TypeError):
        project.publish(None)
    monkeypatch.undo()
    monkeypatch.setattr(executor, "MANY", 2)
    monkeypatch.setattr(executor, "CHUNK", 1)
    monkeypatch.setattr(executor, "_processors", lambda: 2)
    profile = BuildProfile()
    assert shown(project.publish(None, observer=profile)) == expected
    assert (sorted(profile.briefings), profile.kept) == (sorted(find_briefings(project.docs)), 0)


def test_a_file_that_is_named_in_escapes_is_remembered(project: Project, tmp_path: Path) -> None:
    replace_in(
        project.docs / "a/briefing.yml",
        "rights: Made for a test.",
        f'rights: Made for a test.\n  original: {{file: "scan\\x6eed.html", sha256: "{64 * "0"}"}}',
    )
    (project.docs / "a/scanned.html").write_text("<p>Words.</p>")
    expected = shown(project.publish(None))
    for _ in range(2):
        done: list[bool] = []
        with closing(opened(tmp_path / "cache")) as store:
            assert shown(project.publish(store, observer=Noting(done))) == expected
    assert all(done)


@pytest.mark.parametrize("path", find_briefings(GOOD))
def test_a_build_goes_into_bytes_and_back(path: str) -> None:
    settings = PageSettings(templates(), html=HtmlRules())
    build = build_briefing(read_folder(GOOD, path), read_registers(GOOD), settings)
    parts = pack(build, {}).parts
    back = BuiltBriefing(decode(parts[OUTLINE], Outline), parts.get)
    here = BuiltBriefing.of(build)
    assert back.outline == here.outline
    for name in ("facts", "files", "pages", "html", "attachments", "words", "hashes"):
        if name != "facts" or not (build.briefing and build.briefing.source.original):
            assert getattr(back, name) == getattr(here, name), name


def test_what_no_file_can_hold_is_built_each_time(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UnencodableError):
        encode("\ud800")
    assert digest("\ud800") != digest("\ud801")
    name = project.docs / "a" / "odd\udcff.bak"
    try:
        name.write_text("x")
    except OSError:
        pytest.skip("names are UTF-8 here")
    expected = shown(project.publish(None))
    for _ in range(2):
        with closing(opened(tmp_path / "cache")) as store:
            assert shown(project.publish(store)) == expected


# --- what happens to stores -----------------------------------------------------------------------------------------


def fill(project: Project, folder: Path) -> None:
    with closing(opened(folder)) as store:
        project.publish(store)


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(4096, len(data), 512):
        data[at] ^= 0xFF
    file.write_bytes(data)


def turn_bits(file: Path) -> None:
    """Every part is one that was never written, in a file that SQLite has nothing against."""
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data))")
    connection.close()


def of_another(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def of_the_future(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def as_link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "spoilt": spoil,
    "bits": turn_bits,
    "cut": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "text": lambda file: file.write_text("Not a database. " * 500),
    "another program's": of_another,
    "another version's": of_the_future,
    "a link": as_link,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_store_that_cannot_be_used_is_put_aside_with_one_line(project: Project, tmp_path: Path, damage: str) -> None:
    folder, told = tmp_path / "cache", list[str]()
    expected = shown(project.publish(None))
    fill(project, folder)
    DAMAGES[damage](folder / FILE)
    with closing(opened(folder, told)) as store:
        assert shown(project.publish(store)) == expected
    (line,) = told
    assert "cannot be used" in line and "\n" not in line
    told.clear()
    done: list[bool] = []
    with closing(opened(folder, told)) as store:
        assert shown(project.publish(store, observer=Noting(done))) == expected
    assert all(done) and told == []


def test_a_value_that_is_none_of_ours_is_made_again(project: Project, tmp_path: Path) -> None:
    expected = shown(project.publish(None))
    fill(project, tmp_path / "cache")
    with closing(opened(tmp_path / "cache")) as store, closing(sqlite3.connect(tmp_path / "cache" / FILE)) as given:
        for key, part in given.execute("SELECT key, part FROM parts").fetchall():
            if part in (OUTLINE, "across", "echoes", "feeds", "pages checked"):
                store.put(key, {part: encode({"path": 5})})
    with closing(opened(tmp_path / "cache")) as store:
        assert shown(project.publish(store)) == expected


def test_an_empty_file_is_a_new_store(project: Project, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE).touch()
    with closing(opened(tmp_path / "cache", told)) as store:
        project.publish(store)
    assert told == []


def test_parts_that_are_deleted_meanwhile_are_made_again(project: Project, tmp_path: Path) -> None:
    expected = shown(project.publish(None))
    fill(project, tmp_path / "cache")
    with closing(opened(tmp_path / "cache")) as store:
        published = project.publish(store)
        with sqlite3.connect(tmp_path / "cache" / FILE) as connection:
            connection.execute("DELETE FROM parts")
        connection.close()
        assert shown(published) == expected


def test_parts_that_are_gone_are_those_of_the_folder_as_it_is(project: Project, tmp_path: Path) -> None:
    with closing(opened(tmp_path / "cache")) as store:
        published = project.publish(store)
        with sqlite3.connect(tmp_path / "cache" / FILE) as connection:
            connection.execute("DELETE FROM parts")
        connection.close()
        replace_in(project.docs / "a/briefing.yml", "About a", "About another")
        assert "About another" in next(page.markdown for page in published.pages if page.path == "a/index.md")


def test_a_store_in_memory_has_what_the_last_two_builds_asked_for() -> None:
    store = MemoryStore()
    store.put("a", {"x": b"1"})
    store.finish()
    store.put("b", {"x": b"2"})
    store.finish()
    store.finish()
    assert (store.get("a", "x"), store.get("b", "x")) == (None, b"2")


def test_a_folder_that_may_not_be_written_makes_no_difference(project: Project, tmp_path: Path) -> None:
    folder, told = tmp_path / "locked" / "cache", list[str]()
    expected = shown(project.publish(None))
    folder.parent.mkdir()
    folder.parent.chmod(0o555)
    try:
        with locks_hold(), closing(opened(folder, told)) as store:
            assert shown(project.publish(store)) == expected
    finally:
        folder.parent.chmod(0o755)
    (line,) = told
    assert "are not kept" in line


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk that is full before a store is."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can make a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_makes_no_difference(project: Project, small: Path) -> None:
    expected, told = shown(project.publish(None)), list[str]()
    for _ in range(2):
        with closing(opened(small / "cache", told)) as store:
            assert shown(project.publish(store)) == expected
    assert told and all("are not kept" in line for line in told)


def test_two_builds_use_one_store_at_once(project: Project, tmp_path: Path) -> None:
    expected = shown(project.publish(None))
    with closing(opened(tmp_path / "cache")) as one, closing(opened(tmp_path / "cache")) as other:
        first = project.publish(one)
        second = project.publish(other)
        third = project.publish(one)
        assert shown(first) == shown(second) == shown(third) == expected


KILLED = """
import sys
from pathlib import Path
from tests.site.test_store import Project, SiteSettings, PUBLICATION, opened
docs = Path(sys.argv[1])
project = Project(docs, SiteSettings(PUBLICATION, feeds=True, on_error="notice"), docs.parent / "own")
import briefing.pipeline.store as store
store.BATCH = 1
print("begun", flush=True)
project.publish(opened(docs.parent / "cache"))
print("done", flush=True)
"""


def test_a_build_that_is_killed_leaves_nothing_wrong(project: Project, tmp_path: Path) -> None:
    expected = shown(project.publish(None))
    for delay in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5):
        command = [sys.executable, "-c", KILLED, str(project.docs)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout and child.stdout.readline() == "begun\n"
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
        told: list[str] = []
        with closing(opened(tmp_path / "cache", told)) as store:
            assert shown(project.publish(store)) == expected
        assert told == []
        shutil.rmtree(tmp_path / "cache")


def test_what_nobody_asks_for_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.pipeline.store.ROOM", 10_000)
    days = [100]
    monkeypatch.setattr("briefing.pipeline.store._today", lambda: days[0])

    def built(*numbers: int) -> None:
        with closing(opened(tmp_path)) as store:
            for number in numbers:
                if store.get(str(number), "x") is None:
                    store.put(str(number), {"x": bytes(3000)})
            store.finish()

    def left() -> set[int]:
        with closing(sqlite3.connect(tmp_path / FILE)) as connection:
            return {int(key) for (key,) in connection.execute("SELECT key FROM results")}

    for number in range(6):
        built(number)
        days[0] += 1
    assert 5 in left() and 0 not in left() and len(left()) <= 4
    days[0] += 40
    built(7)
    assert left() == {7}


def test_a_fingerprint_knows_names_and_contents(tmp_path: Path) -> None:
    seen = set()

    def look() -> None:
        registers = read_registers(tmp_path)
        seen.add((fingerprints.folder(read_folder(tmp_path, "b")), fingerprints.registers(registers)))

    (tmp_path / "b").mkdir()
    look()
    for name, text in [("source.txt", "x"), ("source.txt", "y"), ("comments.yml", ""), ("source.txt", "")]:
        (tmp_path / "b" / name).write_text(text)
        look()
    (tmp_path / "b/comments.yml").rename(tmp_path / "b/references.yml")
    look()
    (tmp_path / "people.yml").write_text("ann: {name: Ann}\n")
    look()
    (tmp_path / "people.yml").write_bytes(b"\x00")
    look()
    assert len(seen) == 8
