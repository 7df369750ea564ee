"""Files are written all or none, and nothing of theirs but the content changes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from briefing.authoring.edit.files import ChangedMeanwhileError, LeavesFolderError, encoded, write, write_all


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_and_folders_are_made(tmp_path: Path) -> None:
    write_all({tmp_path / "a.yml": b"a", tmp_path / "deep/er/b.yml": b"b"})
    assert names(tmp_path) == ["a.yml", "deep", "deep/er", "deep/er/b.yml"]
    assert (tmp_path / "deep/er/b.yml").read_bytes() == b"b"


def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"x")
    old.chmod(0o640)
    (tmp_path / "other").touch()
    write_all({old: b"y", new: b"z"})
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_none_is_written_if_one_cannot_be_replaced(tmp_path: Path) -> None:
    first, folder = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"old")
    folder.mkdir()
    with pytest.raises(OSError):
        write_all({first: b"new", tmp_path / "fresh/file": b"new", folder: b"new"})
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
        write_all(dict.fromkeys(paths, b"new"))
    assert calls[:3] == paths
    assert names(tmp_path) == ["a"]
    assert paths[0].read_bytes() == b"old"


def test_a_file_that_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"what an editor saved meanwhile")
    with pytest.raises(ChangedMeanwhileError):
        write_all({path: b"new", other: b"new"}, was={path: b"what was read"})
    with pytest.raises(ChangedMeanwhileError):
        write_all({path: b"new"}, was={path: None})
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
    write(inside / "link", b"new")
    assert (inside / "link").is_symlink()
    assert (inside / "real").read_bytes() == b"new"
    for path in (inside / "out", inside / "folder/new", inside / "../out/new"):
        with pytest.raises(LeavesFolderError):
            write(path, b"new", inside=inside)
    with pytest.raises(LeavesFolderError):
        write(inside / "out", b"new")
    assert names(outside) == ["secret"]
    assert (outside / "secret").read_bytes() == b"old"


def test_a_file_with_the_same_content_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))
    write(path, b"same")
    assert path.stat().st_mtime == 1


def test_a_byte_order_mark_stays() -> None:
    assert encoded("é", b"\xef\xbb\xbfold") == b"\xef\xbb\xbf\xc3\xa9"
    assert encoded("é", b"old") == encoded("é", None) == b"\xc3\xa9"
