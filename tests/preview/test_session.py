"""What is built when, and what is shown meanwhile."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from briefing.preview.builder import BuildFailedError, at_address, briefing_of
from briefing.preview.session import COARSE, Precedence, PreviewSession
from briefing.preview.watcher import Watcher
from tests.preview.fake import FakeSite, make, page, write

PATIENCE = 20


def begun(site: FakeSite) -> PreviewSession:
    time.sleep(2 * COARSE / 1e9)  # else the files are as new as the build, and looked at again
    session = PreviewSession(site, lambda _: None)
    session.first_build()
    return session


def words(session: PreviewSession, path: str) -> str | None:
    found = session.content(path)
    return found.read_text("utf-8") if isinstance(found, Path) else found.decode() if found else None


def shown(session: PreviewSession, briefing: str = "one") -> str | None:
    return words(session, f"briefings/{briefing}/index.html")


def wait_until(said: object, *ways: object) -> None:
    end = time.monotonic() + PATIENCE
    while not said():  # type: ignore[operator]
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_nothing_is_built_again_while_nothing_changes(tmp_path: Path) -> None:
    site = make(tmp_path)
    session = begun(site)
    assert [shown(session) for _ in range(3)] == [page("first")] * 3
    assert (site.builds, site.refreshed) == (1, 0)


def test_what_is_asked_for_is_never_older_than_its_files(tmp_path: Path) -> None:
    site = make(tmp_path)
    session = begun(site)
    file = write(tmp_path, "one", "changed")
    assert shown(session) == page("changed") and shown(session, "two") == page("second")
    file.unlink()
    assert shown(session) == page("changed")  # a whole build is asked for, which decides what is there
    assert session._wanted and session._at_once
    session._build_whole()
    assert shown(session) is None


def test_an_edit_that_a_build_cannot_have_seen_is_shown_after_it(tmp_path: Path) -> None:
    site = make(tmp_path)
    session = begun(site)

    def edit() -> None:
        session.changed(write(tmp_path, "one", "changed during the build"))
        assert shown(session) == page("changed during the build")

    site.during = edit
    session._build_whole()
    site.during = lambda: None
    assert shown(session) == page("changed during the build")
    assert session._wanted, "another build is due"
    session._build_whole()
    assert shown(session) == page("changed during the build")


def test_an_edit_before_a_build_is_in_it(tmp_path: Path) -> None:
    site = make(tmp_path)
    session = begun(site)
    write(tmp_path, "one", "changed")
    assert shown(session) == page("changed")
    session._build_whole()
    assert session._shown and not session._shown.fresh and shown(session) == page("changed")


def test_edits_are_followed_by_a_whole_build_once_they_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.preview.session.QUIET", 0.2)
    site = make(tmp_path)
    session = begun(site)
    rebuilt: list[int] = []
    running = threading.Thread(target=session.run, args=(lambda: rebuilt.append(site.builds),), daemon=True)
    running.start()
    for number in range(5):
        session.changed(write(tmp_path, "one", f"edit {number}"))
        wait_until(lambda number=number: session._shown and shown(session) == page(f"edit {number}"))
    assert site.builds == 1
    wait_until(lambda: rebuilt == [2])
    home = tmp_path / "docs/index.html"
    home.write_text(page("another home"), "utf-8")
    session.changed(home)
    wait_until(lambda: words(session, "index.html") == page("another home"))
    session.close()
    running.join(PATIENCE)
    assert not running.is_alive()


def test_a_build_that_fails_leaves_the_last_one_and_its_reason(tmp_path: Path) -> None:
    site = make(tmp_path)
    session = begun(site)
    running = threading.Thread(target=session.run, daemon=True)
    running.start()
    home = tmp_path / "docs/index.html"
    write(tmp_path, "two", "BROKEN")
    session.changed(home)
    wait_until(lambda: session.problem == "a briefing is BROKEN")
    assert shown(session) == page("first")
    write(tmp_path, "two", "repaired")
    session.changed(home)
    wait_until(lambda: not session.problem)
    assert shown(session, "two") == page("repaired")
    session.close()


def test_a_first_build_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BuildFailedError, match="BROKEN"):
        PreviewSession(make(tmp_path, one="BROKEN"), lambda _: None).first_build()


def test_long_work_gives_way_to_short_work_and_short_work_never_to_itself() -> None:
    precedence, done = Precedence(), list[str]()

    def long() -> None:
        precedence.give_way()
        done.append("long")

    thread = threading.Thread(target=long)
    with precedence.urgent(), precedence.urgent():
        thread.start()
        precedence.give_way()
        time.sleep(0.05)
        done.append("short")
    thread.join(PATIENCE)
    assert done == ["short", "long"]


def test_a_file_belongs_to_the_nearest_briefing(tmp_path: Path) -> None:
    file = write(tmp_path, "one", "first")
    docs = tmp_path / "docs"
    assert briefing_of(file.parent / "annotations/more.yml", docs, ()) == "briefings/one"
    assert briefing_of(docs / "briefings/gone/briefing.yml", docs, ("briefings/gone",)) == "briefings/gone"
    for other in (docs / "people.yml", docs / "briefings/other/x.md", tmp_path / "mkdocs.yml"):
        assert briefing_of(other, docs, ("briefings/one",)) == ""


def test_an_address_belongs_to_the_longest_folder() -> None:
    known = {"briefings/one", "briefings", "briefings/one/more"}
    paths = ("briefings/one/more/quotes/index.html", "briefings/one/quotes.html", "briefings/x.html", "index.html")
    assert [at_address(path, known) for path in paths] == ["briefings/one/more", "briefings/one", "briefings", ""]


@pytest.mark.parametrize("polling", [False, True])
def test_changes_of_files_are_reported_and_what_editors_write_for_themselves_is_not(
    tmp_path: Path, polling: bool
) -> None:
    docs, configuration = tmp_path / "docs", tmp_path / "mkdocs.yml"
    (docs / "inner").mkdir(parents=True)
    for file in (docs / "inner/a.yml", configuration, tmp_path / "other.txt"):
        file.write_text("words", "utf-8")
    seen: set[str] = set()
    watcher = Watcher(lambda path: seen.add(path.relative_to(tmp_path).as_posix()), polling=polling)
    watcher.start()
    watcher.watch([docs, configuration])
    try:
        (docs / "inner/a.yml").read_text("utf-8")
        for name in ("docs/inner/a.yml~", "docs/.b.yml.swp", "docs/4913", "other.txt"):
            (tmp_path / name).write_text("more", "utf-8")
        (docs / "new").mkdir()
        time.sleep(0.1)  # a folder is watched when it is known
        (docs / "new/b.yml").write_text("words", "utf-8")
        (tmp_path / "draft").write_text("other words", "utf-8")
        (tmp_path / "draft").replace(configuration)
        (docs / "inner/a.yml").unlink()
        wait_until(lambda: {"docs/inner/a.yml", "docs/new/b.yml", "mkdocs.yml"} <= seen)
        assert seen <= {"docs/inner/a.yml", "docs/new", "docs/new/b.yml", "mkdocs.yml"}
    finally:
        watcher.close()
