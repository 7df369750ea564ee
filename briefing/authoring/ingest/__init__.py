"""A document → the first draft of a briefing. Nothing later depends on it.

`draft` reads what the document holds (`saved` for web pages, `plain` for everything else), and `folder` writes it as
the files of a folder and puts those on the disk, all or none. What is uncertain becomes a TODO that the check
points at; nothing is invented.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from briefing.authoring.ingest.detect import encoding_of, text_of
from briefing.authoring.ingest.draft import Draft, NoArticleError
from briefing.authoring.ingest.folder import FolderThereError, files, write_new
from briefing.authoring.ingest.plain import of_document
from briefing.authoring.ingest.saved import of_html
from briefing.readers import MAX_BYTES, READERS, UnknownReader, UnreadableDocument

__all__ = ["Draft", "FolderThereError", "NoArticleError", "draft", "files", "write_new"]

PAGES = (".html", ".htm")


def draft(data: bytes, filename: str) -> Draft:
    """A document as a draft, by the extension of its name.

    Raises UnknownReader (MissingLibrary among them), UnreadableDocument or NoArticleError, each with a reason that an
    author can act on.
    """
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in READERS:
        raise UnknownReader(extension, tuple(READERS))
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    encoding = encoding_of(data, filename)
    if extension in PAGES:
        return of_html(text_of(data, filename, encoding), encoding)
    return of_document(data, filename, encoding)
