"""Imports the libraries that only some documents need, and says what is wrong where that fails.

A library that is not installed is one thing, one that is installed and fails to import another: whoever is told to
install what is there already is helped by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires

from briefing.readers.reading import UnknownReader

PROGRAM = "mkdocs-briefing"
_OF_EXTRA = re.compile(r"(?P<what>[^;]+?)\s*;.*\bextra == ['\"](?P<extra>[^'\"]+)['\"]")


class MissingLibrary(UnknownReader):
    """A reader needs a library that is not installed, or that fails to import."""

    def __init__(self, extension: str, library: str, extra: str, reason: str = "") -> None:
        """Say what is missing; `reason` is why a library that is there fails."""
        if reason:
            told = f"which is installed, but fails to import ({reason}): `pip install --force-reinstall {library}`"
            told += " may repair it; if not, the reason says what it needs"
        else:
            told = f"which is not installed: `pip install {_requirements(extra) or library}` brings it"
        Exception.__init__(self, f"reading {extension} files needs {library}, {told}")
        self.extension = extension
        self.supported = ()


@contextmanager
def needed(module: str, extension: str, extra: str, library: str = "") -> Iterator[None]:
    """Import a module within this: MissingLibrary where it is not there or fails, with the reason that it gives.

    `library` is the name by which it is installed, if another.
    """
    try:
        yield
    except Exception as error:  # a library that is broken, or does not fit its own needs, fails in any way
        own = isinstance(error, ModuleNotFoundError) and error.name == module
        reason = "" if own else f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise MissingLibrary(extension, library or module, extra, reason) from error


def _requirements(extra: str) -> str:
    """Return what an extra of the program brings, to be typed; empty where the program is not installed."""
    try:
        listed = [found for each in requires(PROGRAM) or () if (found := _OF_EXTRA.match(each))]
    except PackageNotFoundError:
        return ""
    # not by the name of the program and of the extra: anybody may register a name that is on no index
    brought = [found["what"] for found in listed if found["extra"] == extra and not found["what"].startswith(PROGRAM)]
    return " ".join(f"'{what}'" for what in brought)
