"""Markdown and Word, as the web pages that they make.

Of Markdown it is the visible text of its page: markup, addresses and front matter are gone. Of Word documents it is
running text, lists, tables and notes, as mammoth makes a page of them, without pictures; what was deleted with tracked
changes, comments in the margin, and headers and footers are not shown. Each row of a table is a paragraph with its
headings, and the marks of notes are left out: they cut sentences, and are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the library's own name says nothing

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdown_it import MarkdownIt

from briefing.readers.html import block_quotations, blocks, headings, parse
from briefing.readers.reading import (
    DEFAULT,
    DocumentText,
    Options,
    UnreadableDocument,
    decode,
    is_note_mark,
    is_power,
    needed,
)
from briefing.readers.table_rows import write_as_rows

# --- Markdown ---------------------------------------------------------------------------------------------------

MARKDOWN_VERSION = "markdown 1"
MAX_LENGTH = 2_000_000
"""In code points."""
MAX_LINES = 50_000
"""Blank ones too: tables cost some 90 microseconds a line. A book of two megabytes has 30,000."""
MAX_MARKS = 50_000
"""Characters that may begin or end something: an exclamation mark and a bracket cost some 90 microseconds."""
_MARK = re.compile(r"[*_~`\[<&\\]")
MAX_NESTING = 40
"""Twenty lists in one another; markdown-it drops without a word what is deeper, so that is refused."""

FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w\"'-]+[ \t]*:).*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
"""Only where a key follows: else the line of dashes divides, and words would be dropped."""


def read_markdown(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read Markdown: CommonMark with tables and struck-out text, HTML in it as a browser shows it."""
    decoded = decode(data, options.encoding)
    if len(decoded.text) > MAX_LENGTH:
        raise UnreadableDocument(f"it has more than {MAX_LENGTH:,} characters")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    for what, found, most in (("lines", text.count("\n"), MAX_LINES), ("marks", _count_marks(text), MAX_MARKS)):
        if found > most:
            raise UnreadableDocument(f"it has more than {most:,} {what} of Markdown; copy its text into a .txt file")
    if front := FRONT_MATTER.match(text):
        text = text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    if any(token.block and token.level >= MAX_NESTING - 1 for token in tokens):
        raise UnreadableDocument(f"its lists and quotations are nested more than {MAX_NESTING // 2} deep")
    page = str(parser.renderer.render(tokens, parser.options, {}))
    shown = blocks(parse(page))
    texts = tuple(block.text for block in shown)
    return DocumentText(
        MARKDOWN_VERSION,
        texts,
        decoded.encoding,
        decoded.guessed,
        block_quotations=block_quotations(shown),
        headings=headings(shown),
    )


def _count_marks(text: str) -> int:
    return sum(1 for _ in _MARK.finditer(text))


# --- Word -------------------------------------------------------------------------------------------------------

WORD_VERSION = "docx 2"

MAX_XML = 10_000_000
"""Bytes of XML when unpacked: more than a long book, and its tree still fits into memory."""
MAX_PARTS = 100_000
"""Elements of this XML: paragraphs, runs, their properties. mammoth takes up to some 40 microseconds for each."""
MAX_PARAGRAPHS = 20_000
"""Of a document, those in the cells of its tables too: some six hundred pages. Each is looked up in all styles."""
_PART = re.compile(rb"<[^/?!]")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s/>]")
MAX_UNPACKED = 200_000_000
"""Bytes of everything, pictures too, which are never unpacked: more is no document that anybody wrote."""
MAX_ENTRIES = 5_000
MAX_PROPERTIES = 1_000_000
"""Bytes of a document's properties, which have some hundred."""

_QUOTES = "\n".join(f"p[style-name='{style}'] => blockquote > p:fresh" for style in ("Quote", "Intense Quote"))
"""Word's own styles of block quotations; their names are English in documents of every language."""

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def read_word(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read a Word document."""
    with needed("mammoth", ".docx", "docx"):
        import mammoth
    _refuse_bombs(data)
    try:
        page = mammoth.convert_to_html(BytesIO(data), convert_image=lambda image: [], style_map=_QUOTES).value
    except MemoryError:
        raise
    except Exception as error:  # a broken document fails anywhere in mammoth, zipfile or expat
        raise UnreadableDocument(f"it is a broken Word document ({type(error).__name__})") from error
    soup = parse(page)
    _leave_out_note_marks(soup)
    write_as_rows(soup)
    found = blocks(soup)
    shown = tuple(block.text for block in found)
    return DocumentText(
        WORD_VERSION,
        shown,
        "utf-8",
        False,
        properties=properties(data),
        block_quotations=block_quotations(found),
        headings=headings(found),
    )


def _leave_out_note_marks(soup: BeautifulSoup) -> None:
    """Take the marks of notes away, where they are referred to and where the notes begin; powers stay."""
    for link in soup.select('a[href^="#footnote"], a[href^="#endnote"]'):
        link.decompose()
    raised = [sup for sup in soup("sup") if is_note_mark(sup.get_text())]
    begun = {sup.get_text().strip() for sup in raised if not _text_before(sup)}
    for sup in raised:
        if not is_power(_text_before(sup), noted=sup.get_text().strip() in begun):
            sup.decompose()


def _text_before(element: Tag) -> str:
    """Return what stands before an element in its paragraph."""
    before = element.previous_sibling
    return str(before.get_text()) if before else ""


def _refuse_bombs(data: bytes) -> None:
    """Look at the sizes that the archive states before anything is unpacked; zipfile unpacks no more than those."""
    try:
        archive = ZipFile(BytesIO(data))
        entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(
            "it is not a Word document: its archive is broken, or it is an old .doc file"
        ) from error
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if len(entries) > MAX_ENTRIES or xml > MAX_XML or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableDocument(
            f"it would unpack to more than {MAX_XML // 1_000_000} MB of text or far too many files"
        )
    if not {"word/document.xml", "_rels/.rels"} & {entry.filename for entry in entries}:
        raise UnreadableDocument("it is an archive, but not a Word document")
    _bound_parts(archive)


def _bound_parts(archive: ZipFile) -> None:
    """Count what the XML consists of, which is soon done; mammoth makes several objects of each part."""
    try:
        xml = [archive.read(entry) for entry in archive.infolist() if entry.filename.endswith(".xml")]
    except (BadZipFile, ZlibError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument(f"it is a broken Word document ({type(error).__name__})") from error
    for what, pattern, most in (("elements", _PART, MAX_PARTS), ("paragraphs", _PARAGRAPH, MAX_PARAGRAPHS)):
        if sum(1 for part in xml for _ in pattern.finditer(part)) > most:
            raise UnreadableDocument(f"it has more than {most:,} {what}; copy its text into a .txt file, or divide it")


def properties(data: bytes) -> Mapping[str, str]:
    """Return the core properties of a Word document (ISO/IEC 29500-2); empty where they are broken."""
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
