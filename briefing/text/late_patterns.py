"""Patterns that are compiled when they are first used: with classes of many scripts that takes milliseconds each, and
most texts need few of them."""

from __future__ import annotations

import re
from typing import Any, cast


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what is used like `re.compile(source, flags)`."""
    return cast("re.Pattern[str]", _LatePattern(source, flags))


class _LatePattern:
    """A pattern once it is asked for anything; what was asked for is kept, so that this happens once for each."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found
