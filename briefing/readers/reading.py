"""What a reader gives back, and the two ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What a briefing says of how its original is to be read."""

    encoding: str = ""
    """Where the document itself does not say it; empty for what it says, or UTF-8."""
    without: tuple[str, ...] = ()
    """CSS selectors of the elements of a web page that are left out; other documents have none."""


DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class Reading:
    """The visible text of a document."""

    reader: str
    """Name and version of the reader, such as "html 1"."""
    paragraphs: tuple[str, ...]
    """In reading order, none blank; a line break within one is a line feed."""
    encoding: str
    """How bytes were turned into characters, by Python's name."""
    guessed: bool
    """Whether neither the document nor UTF-8 said so: the characters may be wrong."""
    removed: tuple[int, ...] = ()
    """For each selector that was to be left out: how many words it took away."""
    running: tuple[int, ...] = ()
    """The indexes of paragraphs that stand on most pages of a document: running heads and feet."""


class UnknownReader(Exception):  # noqa: N818 - the name says what is missing, and is caught by it
    """No reader for this kind of file is there."""

    def __init__(self, extension: str, supported: tuple[str, ...]) -> None:
        self.extension = extension
        self.supported = supported
        kind = f"{extension} files" if extension else "files without an extension"
        super().__init__(f"{kind} cannot be read here; those that can end in {', '.join(supported)}")


class MissingLibrary(UnknownReader):
    """A reader needs a library that is not installed."""

    def __init__(self, extension: str, library: str, extra: str) -> None:
        Exception.__init__(
            self,
            f"reading {extension} files needs {library}, which is not installed: "
            f"`pip install 'mkdocs-briefing[{extra}]'` brings it",
        )
        self.extension = extension
        self.supported = ()


class UnreadableDocument(Exception):  # noqa: N818 - as above
    """A document's bytes cannot be read as what its name says."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class UnreadableSelector(Exception):  # noqa: N818 - as above
    """What names elements to leave out is no CSS selector."""

    def __init__(self, selector: str, reason: str) -> None:
        self.selector = selector
        self.reason = reason
        super().__init__(reason)
