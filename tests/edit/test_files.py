"""Files are written all or none, and nothing of theirs but the content changes."""

from __future__ import annotations

import ast
import errno
import fcntl
import hashlib
import json
import os
import stat
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from briefing.authoring.edit import files
from briefing.authoring.edit.files import (
    UNFINISHED,
    ChangedMeanwhileError,
    FolderTakenError,
    LeavesFolderError,
    finish,
    write_all,
    write_folder,
)
from briefing.load import lock
from briefing.load.folder_files import read_folder
from briefing.model import JOURNAL

BRIEFING = Path(__file__).parents[2] / "briefing"


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_and_folders_are_made(tmp_path: Path) -> None:
    write_all({tmp_path / "a.yml": b"a", tmp_path / "deep/er/b.yml": b"b"}, inside=tmp_path)
    assert names(tmp_path) == ["a.yml", "deep", "deep/er", "deep/er/b.yml"]
    assert (tmp_path / "deep/er/b.yml").read_bytes() == b"b"


def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"x")
    old.chmod(0o640)
    (tmp_path / "other").touch()
    write_all({old: b"y", new: b"z"}, inside=tmp_path)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_none_is_written_if_one_cannot_be_replaced(tmp_path: Path) -> None:
    first, folder = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"old")
    folder.mkdir()
    with pytest.raises(OSError):
        write_all({first: b"new", tmp_path / "fresh/file": b"new", folder: b"new"}, inside=tmp_path)
    assert first.read_bytes() == b"old"
    assert names(tmp_path) == ["first", "second"]


def test_what_was_renamed_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    paths[0].write_bytes(b"old")
    replace, calls = Path.replace, []

    def breaks(source: Path, target: Path) -> Path:
        calls.append(target)
        if target == paths[2]:
            raise OSError("no space left")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", breaks)
    with pytest.raises(OSError, match="no space left"):
        write_all(dict.fromkeys(paths, b"new"), inside=tmp_path)
    assert [path for path in calls if path.name != "journal.json"][:3] == paths
    assert names(tmp_path) == ["a"]
    assert paths[0].read_bytes() == b"old"


def test_a_file_that_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"what an editor saved meanwhile")
    with pytest.raises(ChangedMeanwhileError):
        write_all({path: b"new", other: b"new"}, was={path: b"what was read"}, inside=tmp_path)
    with pytest.raises(ChangedMeanwhileError):
        write_all({path: b"new"}, was={path: None}, inside=tmp_path)
    assert path.read_bytes() == b"what an editor saved meanwhile"
    assert not other.exists()


def test_links_are_written_through_but_not_out_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "real").write_bytes(b"old")
    (outside / "secret").write_bytes(b"old")
    (inside / "link").symlink_to("real")
    (inside / "out").symlink_to(outside / "secret")
    (inside / "folder").symlink_to(outside)
    write_all({inside / "link": b"new"}, inside=inside)
    assert (inside / "link").is_symlink()
    assert (inside / "real").read_bytes() == b"new"
    for path in (inside / "out", inside / "folder/new", inside / "../out/new"):
        with pytest.raises(LeavesFolderError):
            write_all({path: b"new"}, inside=inside)
    with pytest.raises(LeavesFolderError):
        write_folder(inside / "folder/briefing", {"briefing.yml": b"new"}, inside=inside)
    assert names(outside) == ["secret"]
    assert (outside / "secret").read_bytes() == b"old"


def test_a_link_in_the_place_of_the_hidden_folder_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / UNFINISHED).symlink_to(outside)
    (inside / "a").write_bytes(b"old")
    with pytest.raises(LeavesFolderError, match="is a link; delete it"):
        write_all({inside / "a": b"new", inside / "b": b"new"}, inside=inside)
    with pytest.raises(LeavesFolderError, match="is a link; delete it"):
        write_folder(inside / "new", {"briefing.yml": b"new"}, inside=inside)
    assert names(outside) == []
    assert (inside / "a").read_bytes() == b"old"
    assert sorted(path.name for path in inside.iterdir()) == [UNFINISHED, "a"]


def test_a_file_with_the_same_content_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))
    write_all({path: b"same"}, inside=tmp_path)
    assert path.stat().st_mtime == 1


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path, new = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"\xef\xbb\xbfold")
    write_all({path: "é", new: "é"}, was={path: "old", new: None}, inside=tmp_path)
    assert path.read_bytes() == b"\xef\xbb\xbf\xc3\xa9"
    assert new.read_bytes() == b"\xc3\xa9"


def test_what_is_not_utf8_is_never_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(OSError, match="not UTF-8"):
        write_all({path: "caf\ufffd and more"}, was={path: "caf\ufffd"}, inside=tmp_path)
    assert path.read_bytes() == b"caf\xe9"


def test_nothing_is_written_where_what_it_rests_on_has_changed(tmp_path: Path) -> None:
    path, source = tmp_path / "a", tmp_path / "source.txt"
    source.write_text("the next version", "utf-8")
    for read in ("the version that was read", None):
        with pytest.raises(ChangedMeanwhileError):
            write_all({path: "new"}, was={path: None, source: read}, inside=tmp_path)
    assert names(tmp_path) == ["source.txt"]


def test_an_edit_between_preparing_and_replacing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves the second file when the first is in place already: both are as they were, but for the edit."""
    paths = [tmp_path / name for name in ("a", "b")]
    for path in paths:
        path.write_bytes(b"old")
    replace = Path.replace

    def meanwhile(source: Path, target: Path) -> Path:
        if target == paths[0] and source.read_bytes() == b"new":
            paths[1].write_bytes(b"edited")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        write_all(dict.fromkeys(paths, b"new"), was=dict.fromkeys(paths, b"old"), inside=tmp_path)
    assert [path.read_bytes() for path in paths] == [b"old", b"edited"]
    assert names(tmp_path) == ["a", "b"]


# --- folders ----------------------------------------------------------------------------------------------------


def test_a_folder_is_written_whole_and_takes_no_others_place(tmp_path: Path) -> None:
    folder = tmp_path / "new/briefing"
    write_folder(folder, {"briefing.yml": b"a", "annotations/quotes.yml": b"b"}, inside=tmp_path)
    assert names(folder) == ["annotations", "annotations/quotes.yml", "briefing.yml"]
    with pytest.raises(FolderTakenError):
        write_folder(folder, {"briefing.yml": b"other"}, inside=tmp_path)
    with pytest.raises(FolderTakenError):
        write_folder(folder, {"briefing.yml": b"other"}, inside=tmp_path, marker=".mark")
    assert (folder / "briefing.yml").read_bytes() == b"a"
    (folder / ".mark").touch()
    write_folder(folder, {"briefing.yml": b"other", ".mark": b""}, inside=tmp_path, marker=".mark")
    assert names(folder) == [".mark", "briefing.yml"]
    assert names(tmp_path) == ["new", "new/briefing", "new/briefing/.mark", "new/briefing/briefing.yml"]


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_folder(tmp_path / "old", {"a": b"old", ".mark": b""}, marker=".mark")
    monkeypatch.setattr(Path, "write_bytes", full)
    for folder in (tmp_path / "new/briefing", tmp_path / "old"):
        with pytest.raises(OSError, match="No space"):
            write_folder(folder, {"a": b"new"}, marker=".mark")
    assert names(tmp_path) == ["old", "old/.mark", "old/a"]


# --- what a killed process leaves -------------------------------------------------------------------------------


def test_git_sees_nothing_of_a_hidden_folder_that_is_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        files._made_hidden(tmp_path / UNFINISHED)
    assert (tmp_path / UNFINISHED / ".git/ignore").is_file()
    status = ["git", "-C", str(tmp_path), "status", "--porcelain", "-uall"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""


def test_what_a_killed_process_left_is_deleted_by_the_next(tmp_path: Path) -> None:
    hidden = tmp_path / UNFINISHED
    hidden.mkdir()
    (hidden / "1").write_bytes(b"half")
    write_all({tmp_path / "a": b"new"}, inside=tmp_path)
    assert names(tmp_path) == ["a"]
    hidden.mkdir()
    assert finish(tmp_path) == ()
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("first", "second", "after"),
    [
        ("old", "old", ("new", "new")),
        ("new", "old", ("new", "new")),
        ("new", "new", ("new", "new")),
        ("old", "edited", ("old", "edited")),
        ("edited", "old", ("edited", "old")),
        ("new", "edited", None),
    ],
)
def test_a_journal_is_followed_unless_the_author_has_gone_on(
    tmp_path: Path, first: str, second: str, after: tuple[str, str] | None
) -> None:
    hidden = tmp_path / UNFINISHED
    hidden.mkdir()
    rows = []
    for name, now in (("a", first), ("b", second)):
        (tmp_path / name).write_text(now, "utf-8")
        if now != "new":
            (hidden / name).write_text("new", "utf-8")
        new, old = (hashlib.sha256(content).hexdigest() for content in (b"new", b"old"))
        rows.append({"target": name, "fresh": f"{UNFINISHED}/{name}", "sha256": new, "was": old})
    (tmp_path / JOURNAL).write_text(json.dumps(rows), "utf-8")
    if after is None:
        with pytest.raises(OSError, match="b has been changed since a command was interrupted"):
            finish(tmp_path)
        assert (hidden / "b").read_text("utf-8") == "new"
        after = (first, second)
    else:
        finish(tmp_path)
        assert names(tmp_path) == ["a", "b"]
    assert tuple((tmp_path / name).read_text("utf-8") for name in ("a", "b")) == after


# --- the lock ---------------------------------------------------------------------------------------------------


def test_a_lock_that_is_not_let_go_of_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with lock.locked(tmp_path), pytest.raises(lock.BusyError, match="another command has been writing"):
        write_all({tmp_path / "a": b"new"}, inside=tmp_path)
    write_all({tmp_path / "a": b"new"}, inside=tmp_path)
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("system", ["a file system that locks no folders", "Windows"])
def test_a_file_is_locked_where_folders_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    folder, elsewhere = tmp_path / "docs", tmp_path / "tmp"
    folder.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    flock = fcntl.flock

    def only_files(descriptor: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(descriptor, operation)

    def no_folders(path: Path) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    if system == "Windows":
        monkeypatch.setattr(lock, "_open_folder", no_folders)
    else:
        monkeypatch.setattr(fcntl, "flock", only_files)
    with lock.locked(folder):
        assert len(names(elsewhere)) == 1 and names(folder) == []
        with pytest.raises(lock.BusyError), lock.locked(folder):
            pass
    with lock.locked(folder):
        pass


def test_without_any_lock_the_comparison_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    write_all({tmp_path / "a": b"new"}, was={tmp_path / "a": None}, inside=tmp_path)
    with pytest.raises(ChangedMeanwhileError):
        write_all({tmp_path / "a": b"other"}, was={tmp_path / "a": b"old"}, inside=tmp_path)
    assert (tmp_path / "a").read_bytes() == b"new"


# --- nothing else writes ----------------------------------------------------------------------------------------

WRITING = {
    "chmod", "copy", "copy2", "copyfile", "copymode", "copytree", "fdopen", "hardlink_to", "link", "makedirs", "mkdir",
    "mkdtemp", "mkstemp", "move", "remove", "rename", "renames", "rmdir", "rmtree", "symlink", "symlink_to", "touch",
    "truncate", "unlink", "write_bytes", "write_text", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile",
}  # fmt: skip
"""What changes a disk; of `open` and `replace`, the arguments say it."""


COMMON = {"copy", "link", "move", "remove"}
"""Names of other things too, where they are not of the modules that write."""


def writes(path: Path) -> list[str]:
    """The calls of a module that write to the disk."""
    found = []
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        values = [arg.value for arg in (*call.args, *(word.value for word in call.keywords if word.arg == "mode"))
                  if isinstance(arg, ast.Constant)]  # fmt: skip
        opens = name == "open" and any(set(str(value)) & set("wax+") for value in values if value in MODES)
        moves = name == "replace" and len(call.args) == 1 and not call.keywords
        owner = (
            call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
        )
        if (name in WRITING and (name not in COMMON or owner in ("os", "shutil"))) or opens or moves:
            found.append(f"{path.name}:{call.lineno}: {name}")
    return found


MODES = {a + b + c for a in "rwax" for b in ("", "b", "t", "+") for c in ("", "b", "t", "+")}


def test_commands_write_through_one_module() -> None:
    own = BRIEFING / "authoring/edit"
    stages = (path for stage in ("authoring", "cli", "editor", "mkdocs") for path in (BRIEFING / stage).rglob("*.py"))
    built = {BRIEFING / "mkdocs/site_manifest.py"}  # which writes into the built site and the cache alone
    paths = {*stages, BRIEFING / "exports.py"} - {own / "files.py"} - built
    assert [line for path in sorted(paths) for line in writes(path)] == []
    assert len(writes(own / "files.py")) > 10


# --- reading meanwhile ------------------------------------------------------------------------------------------


def test_who_reads_in_the_middle_of_a_change_waits_for_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = {"source.txt": b"old", "briefing.yml": b"old"}, {"source.txt": b"new", "briefing.yml": b"new"}
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)
    put, half, read = files._put_in_place, threading.Event(), threading.Event()

    def slowly(fresh: Path, target: Path) -> None:
        put(fresh, target)
        half.set()
        read.wait(0.3)  # who does not wait has read by then

    monkeypatch.setattr(files, "_put_in_place", slowly)
    contents = {tmp_path / name: content for name, content in new.items()}
    writer = threading.Thread(target=lambda: write_all(contents, inside=tmp_path))
    writer.start()
    half.wait()
    found = read_folder(tmp_path, ".").entries
    read.set()
    writer.join()
    assert {name: found[name] for name in new} == new
    assert JOURNAL not in found


def test_what_a_killed_process_left_is_seen_by_who_reads(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).mkdir()
    (tmp_path / JOURNAL).write_text("[]", "utf-8")
    assert JOURNAL in read_folder(tmp_path, ".").entries
