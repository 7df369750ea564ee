"""The folders of builds: the last two are there, and none outlives the preview."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.preview.build_folders import BuildFolders


def made(folders: BuildFolders) -> Path:
    with folders.another() as folder:
        (folder / "index.html").write_text("page", "utf-8")
    return folder


def test_the_last_two_builds_stay_until_the_preview_ends() -> None:
    folders = BuildFolders()
    builds = [made(folders) for _ in range(4)]
    assert [folder.exists() for folder in builds] == [False, False, True, True]
    folders.clean()
    assert not any(folder.exists() for folder in builds)


def test_a_build_that_fails_leaves_nothing_and_counts_for_none() -> None:
    folders = BuildFolders()
    first, tried = made(folders), []
    for _ in range(3):
        with pytest.raises(SystemExit), folders.another() as folder:
            tried.append(folder)
            (folder / "half.html").touch()
            raise SystemExit(1)
    second = made(folders)
    assert first.exists() and second.exists()
    assert not any(folder.exists() for folder in tried)
    folders.clean()


def test_the_folders_go_although_a_build_is_running() -> None:
    folders = BuildFolders()
    with folders.another() as folder:
        folders.clean()
        assert not folder.exists()
