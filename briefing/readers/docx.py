"""Word documents: running text, lists, tables and notes, as mammoth turns them into a page, without pictures.

What was deleted with tracked changes, comments in the margin, and the text of headers and footers are not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from briefing.readers.html import visible
from briefing.readers.reading import DEFAULT, MissingLibrary, Options, Reading, UnreadableDocument

VERSION = "docx 1"

MAX_XML = 10_000_000
"""Bytes of XML when unpacked: more than a long book, and its tree still fits into memory."""
MAX_UNPACKED = 200_000_000
"""Bytes of everything, pictures too, which are never unpacked: more is no document that anybody wrote."""
MAX_ENTRIES = 5_000
MAX_PROPERTIES = 1_000_000
"""Bytes of a document's properties, which have some hundred."""

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def read(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read a Word document."""
    try:
        import mammoth
    except ImportError as error:
        raise MissingLibrary(".docx", "mammoth", "docx") from error
    _refuse_bombs(data)
    try:
        page = mammoth.convert_to_html(BytesIO(data), convert_image=lambda image: []).value
    except Exception as error:  # a broken document fails anywhere in mammoth, zipfile or expat
        raise UnreadableDocument(f"it is a broken Word document ({type(error).__name__})") from error
    return Reading(VERSION, visible(page), "utf-8", False)


def _refuse_bombs(data: bytes) -> None:
    """Look at the sizes that the archive states before anything is unpacked; zipfile unpacks no more than those."""
    try:
        entries = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument("it is no Word document: its archive is broken, or it is an old .doc file") from error
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if len(entries) > MAX_ENTRIES or xml > MAX_XML or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableDocument(
            f"it would unpack to more than {MAX_XML // 1_000_000} MB of text or far too many files"
        )
    if not any(entry.filename == "word/document.xml" for entry in entries) and not any(
        entry.filename == "_rels/.rels" for entry in entries
    ):
        raise UnreadableDocument("it is an archive, but no Word document")


def properties(data: bytes) -> Mapping[str, str]:
    """The core properties of a Word document (ISO/IEC 29500-2); empty where they are broken."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if archive.getinfo("docProps/core.xml").file_size > MAX_PROPERTIES:
                return {}
            xml = archive.read("docProps/core.xml")
        root = fromstring(xml) if b"<!DOCTYPE" not in xml else None
    except (KeyError, BadZipFile, OSError, ValueError, NotImplementedError, ParseError):
        return {}
    if root is None:
        return {}
    said = {element.tag: element.text or "" for element in root}
    return {
        "title": said.get(f"{DUBLIN_CORE}title", ""),
        "author": said.get(f"{DUBLIN_CORE}creator", ""),
        "published": said.get(f"{TERMS}created", "")[:10],
    }
