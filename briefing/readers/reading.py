"""What a reader gives back, and the two ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass


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


class UnknownReader(Exception):  # noqa: N818 - the name says what is missing, and is caught by it
    """No reader for this kind of file is there."""

    def __init__(self, extension: str, supported: tuple[str, ...]) -> None:
        self.extension = extension
        self.supported = supported
        kind = f"{extension} files" if extension else "files without an extension"
        super().__init__(f"{kind} cannot be read here; those that can end in {', '.join(supported)}")


class UnreadableDocument(Exception):  # noqa: N818 - as above
    """A document's bytes cannot be read as what its name says."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
