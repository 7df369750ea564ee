"""What a preview asks of an engine, and what it gets: a whole site, or the pages of one briefing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

Content = Callable[[], bytes]
"""Gives the content of a file of the site; it may be made when it is first asked for."""


class BuildFailedError(Exception):
    """A site cannot be built as it is; the message says why, to its author."""


@dataclass(frozen=True, slots=True)
class WholeBuild:
    """A site as it was built from all of its files."""

    folder: Path
    """Where its files are."""
    briefings: frozenset[str] = frozenset()
    """The folders of its briefings, relative to the docs folder."""
    pages: Mapping[str, Content] = field(default_factory=dict)
    """What is made only when it is asked for, by path in the site; what is in the folder comes after it."""
    assets: str = ""
    """Changes with the styles and scripts of its pages."""


@dataclass(frozen=True, slots=True)
class FreshBriefing:
    """The pages and other files of one briefing, newer than those of the last whole build."""

    files: Mapping[str, Content]
    """By path in the site."""
    gone: frozenset[str] = frozenset()
    """What the last whole build has of the briefing and is no longer there."""


class SiteBuilder(Protocol):
    """An engine, for one site. A whole build and a refresh may run at the same time in two threads."""

    @property
    def docs(self) -> Path:
        """The docs folder."""

    @property
    def watched(self) -> Collection[Path]:
        """The files and folders that the site is made from."""

    def build(self, give_way: Callable[[], None]) -> WholeBuild:
        """Build all of the site into a folder of its own, which stays until the second build after it.

        `give_way` is to be called often: it returns at once, or when something more urgent is done. Raises
        BuildFailedError.
        """

    def refresh(self, briefing: str) -> FreshBriefing | None:
        """Build the briefing in this folder alone, as it now is; None where only a whole build can show it.

        Facts of the other briefings are those of the last whole build.
        """

    def clean(self) -> None:
        """Remove what was built."""


class ServedSite(SiteBuilder, Protocol):
    """An engine's site with where it is served."""

    host: str
    port: int
    """0 until it is known which."""

    @property
    def mount(self) -> str:
        """The path of the site, which ends in a slash."""

    @property
    def address(self) -> str:
        """Where the preview is, as it is told to the author."""


def briefing_of(path: Path, docs: Path, known: Collection[str], main: str = "briefing.yml") -> str:
    """Return the folder, relative to `docs`, of the briefing that a changed file belongs to; empty where there is none.

    `known` are the briefings of the last build: the folder of one that lost its `main` file is still its own.
    """
    try:
        inner = path.relative_to(docs)
    except ValueError:
        return ""
    for folder in inner.parents:
        name = folder.as_posix()
        if name != "." and (name in known or (docs / folder / main).is_file()):
            return name
    return ""


def at_address(path: str, known: Collection[str]) -> str:
    """Return the folder of the briefing whose pages are at a path of the site; empty where there is none."""
    parts: Sequence[str] = path.split("/")
    names = ("/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((name for name in names if name in known), "")


def address_of(host: str, port: int, mount: str) -> str:
    """Return the address of a preview as it is told to its author; `mount` is the path of the site."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{mount}"
