"""Keeps answers for a day, so that checking again does not ask the same hosts again.

A JSON file in the user's cache folder (XDG Base Directory: `$XDG_CACHE_HOME`, else `~/.cache`). A file that cannot be
read or written only means that hosts are asked again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from briefing.authoring.edit import write
from briefing.authoring.links.ask import LinkAnswer

KEPT = 24 * 3600
"""Seconds. An answer of "come back later" or none at all is not kept."""


def place() -> Path:
    """The file."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "mkdocs-briefing" / "links.json"


def remembered(file: Path, now: float | None = None) -> Mapping[str, LinkAnswer]:
    """The answers of the last day."""
    return {url: answer for url, (_, answer) in _read(file, time.time() if now is None else now).items()}


def remember(file: Path, answers: Mapping[str, LinkAnswer], now: float | None = None) -> None:
    """Keep answers, those of the last day that are there already as they are."""
    now = time.time() if now is None else now
    fresh = {url: (now, answer) for url, answer in answers.items() if answer.status and answer.status not in (429, 503)}
    kept = {url: {"at": at, **asdict(answer)} for url, (at, answer) in (fresh | dict(_read(file, now))).items()}
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())


def _read(file: Path, now: float) -> Mapping[str, tuple[float, LinkAnswer]]:
    try:
        data = json.loads(file.read_text("utf-8"))
        read = {url: (float(entry.pop("at")), LinkAnswer(**entry)) for url, entry in data.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    return {url: (at, answer) for url, (at, answer) in read.items() if 0 <= now - at < KEPT}
