"""What git knows of the folders of briefings: when each was last changed, and under which paths it was published."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

from briefing.load.site_files import MAIN, SOURCE

_PATIENCE = 20
"""Seconds for git; a history of ten thousand commits takes about two."""


# --- when folders were last changed ------------------------------------------------------------------------------


def last_changes(docs: Path, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the day of the last change of each folder, ISO 8601; what git has not, or not yet, counts by its files'
    times."""
    chosen = list(paths)
    committed = _commit_days(docs, chosen)
    fresh = _uncommitted_files(docs)
    days = {}
    for path in chosen:
        if path in committed and not any(path == "." or name.startswith(f"{path}/") for name in fresh):
            days[path] = committed[path]
        else:
            times = [file.stat().st_mtime for file in (docs / path).rglob("*") if file.is_file()]
            days[path] = datetime.fromtimestamp(max(times), timezone.utc).date().isoformat() if times else ""
    return days


def _commit_days(docs: Path, paths: Iterable[str]) -> dict[str, str]:
    """By folder the day of the last commit that touches it."""
    left, found, day = set(paths), {}, ""
    for line in _run_git(docs, "log", "--format=%x00%cs", "--name-only", "--relative", "--no-renames", "--", "."):
        if line.startswith("\0"):
            day = line[1:]
        for path in [path for path in left if line.startswith(f"{path}/") or (path == "." and line)]:
            found[path] = day
            left.discard(path)
        if not left:
            break
    return found


def _uncommitted_files(docs: Path) -> list[str]:
    """Files that differ from what is committed, relative to docs."""
    prefix = next(iter(_run_git(docs, "rev-parse", "--show-prefix")), "")
    changed = (
        line[3:].split(" -> ")[-1].strip('"') for line in _run_git(docs, "status", "--porcelain", "-uall", "--", ".")
    )
    return [name.removeprefix(prefix) for name in changed]


# --- where folders were before ------------------------------------------------------------------------------------

_PUBLISHED = re.compile(r"^status:[ \t]*[\"']?published\b", re.M)
_SAME = "-M90%"
"""How much of a source must be the same to have moved; people move a folder as it is."""


def former_paths(docs: Path, paths: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return by folder the other paths under which it was published once, the oldest first, as far as git knows.

    A folder has moved where its source is gone from one path and is at another, committed or not.
    """
    present = list(paths)
    moves = [*_uncommitted_moves(docs, present), *_committed_moves(docs)] if present else []
    found: dict[str, tuple[str, ...]] = {}
    for path in present:
        names, before = {path}, list[str]()
        for commit, old, new in moves:
            if new in names and old not in (*names, *present):
                names.add(old)
                if _PUBLISHED.search("\n".join(_run_git(docs, "show", f"{commit}:./{old}/{MAIN}"))):
                    before.insert(0, old)
        if before:
            found[path] = tuple(before)
    return found


def _committed_moves(docs: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each move of a source, the newest first: the commit before it, the old folder and the new one."""
    options = ("--diff-filter=R", _SAME, "--name-status", "--relative", "--format=%x00%H")
    commit = ""
    for line in _run_git(docs, "log", *options, "--", f":(glob)**/{SOURCE}"):
        kind, *names = line.split("\t")
        if kind.startswith("\0"):
            commit = f"{kind[1:]}^"
        elif len(names) == 2:
            old, new = (name.strip('"').rpartition("/")[0] for name in names)
            yield commit, old, new


def _uncommitted_moves(docs: Path, present: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the moves since the last commit: the source of a folder that is gone is, byte for byte, in a new one."""
    committed = {}
    for line in _run_git(docs, "ls-tree", "-r", "HEAD", "."):
        about, _, name = line.partition("\t")
        folder, _, file = name.strip('"').rpartition("/")
        if file == SOURCE:
            committed[folder] = about.split()[-1]
    gone = {hash: folder for folder, hash in committed.items() if not (docs / folder / SOURCE).exists()}
    new = [path for path in present if path not in committed and (docs / path / SOURCE).is_file()]
    if gone and new:
        hashes = _run_git(docs, "hash-object", "--", *(f"{path}/{SOURCE}" for path in new))
        yield from (("HEAD", gone[hash], path) for hash, path in zip(hashes, new, strict=False) if hash in gone)


def _run_git(docs: Path, *arguments: str) -> list[str]:
    """Return what git prints, by lines; nothing where there is no git or no repository."""
    command = ["git", "-C", str(docs), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return done.stdout.decode("utf-8", "replace").splitlines()
