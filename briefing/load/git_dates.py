"""When a briefing's folder was last changed: by its history where git knows it, else by its files."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path

_PATIENCE = 20
"""Seconds for git; a history of ten thousand commits takes about two."""


def last_changes(docs: Path, paths: Iterable[str]) -> Mapping[str, str]:
    """The day of the last change of each folder, ISO 8601; what git has not, or not yet, counts by its files' times."""
    chosen = list(paths)
    committed = _committed(docs, chosen)
    fresh = _uncommitted(docs)
    return {
        path: committed[path] if path in committed and not _within(fresh, path) else _by_files(docs / path)
        for path in chosen
    }


def _committed(docs: Path, paths: Iterable[str]) -> dict[str, str]:
    """By folder the day of the last commit that touches it."""
    left, found, day = set(paths), {}, ""
    for line in _git(docs, "log", "--format=%x00%cs", "--name-only", "--relative", "--no-renames", "--", "."):
        if line.startswith("\0"):
            day = line[1:]
        for path in [path for path in left if line.startswith(f"{path}/") or (path == "." and line)]:
            found[path] = day
            left.discard(path)
        if not left:
            break
    return found


def _uncommitted(docs: Path) -> list[str]:
    """Files that differ from what is committed, relative to docs."""
    prefix = next(iter(_git(docs, "rev-parse", "--show-prefix")), "")
    changed = (
        line[3:].split(" -> ")[-1].strip('"') for line in _git(docs, "status", "--porcelain", "-uall", "--", ".")
    )
    return [name.removeprefix(prefix) for name in changed]


def _within(names: Iterable[str], path: str) -> bool:
    return any(path == "." or name.startswith(f"{path}/") for name in names)


def _git(docs: Path, *arguments: str) -> list[str]:
    """What git prints, by lines; nothing where there is no git or no repository."""
    command = ["git", "-C", str(docs), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return done.stdout.decode("utf-8", "replace").splitlines()


def _by_files(folder: Path) -> str:
    times = [path.stat().st_mtime for path in folder.rglob("*") if path.is_file()]
    return datetime.fromtimestamp(max(times), timezone.utc).date().isoformat() if times else ""
