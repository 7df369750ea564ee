"""Readers: the bytes of an original document become the paragraphs that a person sees.

The provenance check compares them with what the briefing holds, and a first draft is made from them. A reader is a
function from bytes to a `DocumentText`; to add one, write it and name its extensions in `READERS`. Its module is
imported when there is something for it to read, since parsers of HTML take longer to import than a text to check. A
reader whose result changes gets a new version, because the version is recorded. Those with large libraries work in
a process of their own, which is bounded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath
from types import MappingProxyType

from briefing.readers.reading import (
    DEFAULT,
    DocumentText,
    MissingLibrary,
    Options,
    UnknownReader,
    UnreadableDocument,
    UnreadableSelector,
)

__all__ = [
    "READERS",
    "DocumentText",
    "MissingLibrary",
    "Options",
    "UnknownReader",
    "UnreadableDocument",
    "UnreadableSelector",
    "read",
    "read_here",
]

MAX_BYTES = 20_000_000
"""A saved page with its pictures inside is a few megabytes; more is no document to be annotated."""

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "reading:read_text",
        ".md": "documents:read_markdown",
        ".markdown": "documents:read_markdown",
        ".html": "html:read",
        ".htm": "html:read",
        ".docx": "documents:read_word",
        ".pdf": "pdf:read",
        ".vtt": "subtitles:read_vtt",
        ".srt": "subtitles:read_srt",
    }
)
"""By extension of the file's name, in small letters: the module of the reader here, and the function in it."""

APART = frozenset({".docx", ".pdf"})
"""What is read in a process of its own."""


def read(data: bytes, filename: str, options: Options = DEFAULT) -> DocumentText:
    """Read a document by the extension of its name.

    Raises UnknownReader, UnreadableDocument or, for a selector of `options`, UnreadableSelector, and nothing else.
    """
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in READERS:
        raise UnknownReader(extension, tuple(READERS))
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if extension in APART and sys.executable:  # a program that Python is built into may have none
        from briefing.readers.child_process import read_apart

        return read_apart(data, filename, options)
    return read_here(data, filename, options)


def read_here(data: bytes, filename: str, options: Options = DEFAULT) -> DocumentText:
    """Read a document as `read` does, in this process and without its limits; the extension is one of `READERS`."""
    module, _, name = READERS[PurePosixPath(filename).suffix.lower()].partition(":")
    reader: Callable[[bytes, Options], DocumentText] = getattr(import_module(f"{__name__}.{module}"), name)
    return reader(data, options)
