"""PDF documents: the paragraphs of their pages, and which of them are running heads and feet.

What the streams of one file unpack to is bounded, and what one page draws: pdfminer unpacks a stream whole, whatever
comes out, and keeps whatever is drawn, so that a file of some kilobytes could fill the memory. Its three packers that
can do so and what it draws with are wrapped here, once; outside `at_most` they do what they did.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from itertools import accumulate, islice
from statistics import median
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

from msgspec import Struct

from briefing.readers.pdf_tables import is_outside, read_tables
from briefing.readers.reading import DEFAULT, DocumentText, Options, UnreadableDocument, needed


class TooMuchDataError(Exception):
    """The streams unpack to more than the bound, or a page draws more."""


class Budget:
    """How many bytes may still be unpacked, and how much the page that is read may still draw."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.all_characters = self.all_drawn = 0
        self.refused = ""
        """What there was too much of. pdfminer swallows some exceptions, so this has to be looked at afterwards."""
        self.begin_page(0)

    def begin_page(self, number: int) -> None:
        """Count anew what is drawn."""
        self.page, self.characters, self.shapes, self.drawn = number, 0, 0, 0

    def take(self, count: int) -> None:
        """Count bytes; TooMuchDataError where there are more than are left."""
        self.left -= count
        if self.left < 0:
            self._refuse(f"it would unpack to more than {MAX_UNPACKED // 1_000_000} MB")

    def draw(self, count: int) -> None:
        """Count bytes of what says how the page is drawn; TooMuchDataError where there are too many."""
        self.drawn += count
        self.all_drawn += count
        if self.all_drawn > MAX_ALL_DRAWN:
            self._refuse(f"up to page {self.page} more than {MAX_ALL_DRAWN // 1_000_000} MB are drawn{DIVIDE}")
        if self.drawn > MAX_DRAWN:
            self._refuse(f"page {self.page} is drawn with more than {MAX_DRAWN // 1_000_000} MB{INSTEAD}")

    def draw_character(self) -> None:
        """Count a character of the page; TooMuchDataError where there are too many."""
        self.characters += 1
        self.all_characters += 1
        if self.all_characters > MAX_ALL_CHARACTERS:
            self._refuse(f"up to page {self.page} there are more than {MAX_ALL_CHARACTERS:,} characters{DIVIDE}")
        if self.characters > MAX_CHARACTERS:
            self._refuse(f"page {self.page} has more than {MAX_CHARACTERS:,} characters{INSTEAD}")

    def _refuse(self, reason: str) -> None:
        self.refused = reason
        raise TooMuchDataError


BUDGET: ContextVar[Budget | None] = ContextVar("BUDGET", default=None)


@contextmanager
def at_most(count: int) -> Iterator[Budget]:
    """Bound what pdfminer unpacks meanwhile, in bytes."""
    _count_unpacking()
    _count_drawing()
    budget = Budget(count)
    token = BUDGET.set(budget)
    try:
        yield budget
    finally:
        BUDGET.reset(token)


class _Inflater:
    """What `zlib.decompressobj` gives, counted."""

    def __init__(self) -> None:
        self.inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        budget = BUDGET.get()
        if budget is None:
            return self.inner.decompress(data)
        found = self.inner.decompress(data, budget.left + 1)
        budget.take(len(found))
        return found


class _Zlib:
    """The part of `zlib` that pdfminer uses, counted."""

    error = zlib.error
    decompressobj = _Inflater

    @staticmethod
    def decompress(data: bytes) -> bytes:
        if BUDGET.get() is None:
            return zlib.decompress(data)
        inflater = _Inflater()
        found = inflater.decompress(data)
        if not inflater.inner.eof:
            raise zlib.error("incomplete or truncated stream")
        return found


def _counted_run_length(unpack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def counted(data: bytes) -> bytes:
        budget, at = BUDGET.get(), 0
        while budget is not None and at < len(data) and data[at] != 128:
            literal = data[at] < 128
            budget.take(data[at] + 1 if literal else 257 - data[at])
            at += data[at] + 2 if literal else 2
        return unpack(data)

    return counted


def _counted_lzw(unpack: Callable[[bytes], bytes], decoder: Callable[[BytesIO], Any]) -> Callable[[bytes], bytes]:
    def counted(data: bytes) -> bytes:
        budget = BUDGET.get()
        if budget is None:
            return unpack(data)
        pieces = []
        for piece in decoder(BytesIO(data)).run():
            budget.take(len(piece))
            pieces.append(piece)
        return b"".join(pieces)

    return counted


def _count_unpacking() -> None:
    from pdfminer import lzw
    from pdfminer import pdftypes as module

    pdftypes: Any = module
    if pdftypes.zlib is not _Zlib:
        pdftypes.rldecode = _counted_run_length(pdftypes.rldecode)
        pdftypes.lzwdecode = _counted_lzw(pdftypes.lzwdecode, lzw.LZWDecoder)
        pdftypes.zlib = _Zlib


def _count_drawing() -> None:
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import stream_value

    analyzer: Any = PDFLayoutAnalyzer
    interpreter: Any = PDFPageInterpreter
    if getattr(interpreter.execute, "is_counted", False):
        return
    execute, render_char = interpreter.execute, analyzer.render_char

    def counted_execute(self: Any, streams: Any) -> Any:
        if (budget := BUDGET.get()) is not None:
            budget.draw(CALL + sum(len(stream_value(stream).get_data()) for stream in streams))
        return execute(self, streams)

    def counted_character(self: Any, *given: Any, **named: Any) -> Any:
        if (budget := BUDGET.get()) is not None:
            budget.draw_character()
        return render_char(self, *given, **named)

    def few(draw: Callable[..., None]) -> Callable[..., None]:
        def counted(self: Any, *given: Any, **named: Any) -> None:
            budget = BUDGET.get()
            if budget is None or budget.shapes <= MAX_SHAPES:
                if budget is not None:
                    budget.shapes += 1
                draw(self, *given, **named)

        return counted

    counted_execute.is_counted = True  # type: ignore[attr-defined]
    interpreter.execute, analyzer.render_char = counted_execute, counted_character
    analyzer.paint_path, analyzer.render_image = few(analyzer.paint_path), few(analyzer.render_image)


VERSION = "pdf 2"

MAX_PAGES = 500
"""A page full of text takes some 0.2 seconds, so that the longest document takes about two minutes."""
MAX_UNPACKED = 300_000_000
"""Bytes of all streams that are read, pictures not among them: more than 500 pages of drawings have."""
MAX_CHARACTERS = 20_000
"""Of a page: a page of a newspaper in small print has some 15,000."""
MAX_ALL_CHARACTERS = 1_500_000
"""Of all pages: as many as source.txt may have, and as 500 full pages of a report have."""
MAX_ALL_DRAWN = 40_000_000
"""Bytes of what says how all pages are drawn; 500 full pages of text have 10 MB."""
MAX_DRAWN = 2_000_000
"""Bytes of what says how one page is drawn, forms as often as they are shown: they take up to 1.5 microseconds each,
and a full page of text has some 20,000. The most detailed maps have more."""
CALL = 1_000
"""Bytes for which each form counts that is shown, beside its own."""
MAX_SHAPES = 2_000
"""Lines, boxes and pictures of a page that are kept: where there are more than `MAX_RULES` of them it is a drawing, and
no table is looked for."""
INSTEAD = "; copy its text into a .txt file"
DIVIDE = "; divide it, or copy the text that you need into a .txt file"
MAX_PROPERTIES = 1_000_000
"""Bytes of a document's metadata, which has some thousand."""
EDGE = 2
"""Paragraphs at a page's top, and as many at its foot, that may be a running head or foot."""
RUNS = 2
"""Pages that have a running head at least, and it has to be most of them."""
RUNNING = 15
"""Words of a running head or foot at most."""
SMALL, RAISED = 0.8, 0.15
"""Of the size of the character before it: the size of a note’s mark at most, and how much higher it ends."""
MARKS = frozenset("0123456789*†‡")
"""Characters that mark notes."""
POWERED = 2
"""Letters of a unit at most that a raised number is a power of."""
CLOSE = 0.75
"""Of a line's height: white space above a line that goes on with the paragraph; a blank line is a whole height."""
FULL = 0.75
"""Of the width of the widest line: a line that goes on in the next is at least so long."""
LARGE = 1.15
"""Of the height of the usual line of a page: a line of a heading, which may go on in the next however short it is."""

PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DIGITS = re.compile(r"\d+")
DIVIDED = re.compile(r"(?<!\w)(\w+)[-\u2010]$")
WORD = re.compile(r"\w+")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\ud800-\udfff\ufffe\uffff]")
"""What fonts without a table of characters leave behind; nobody sees it."""


class PdfLine(Struct, frozen=True):
    """One line of a page; lengths are points, from the top and left of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    is_row: bool = False
    """Whether it is a row of a table, which is a paragraph of its own."""


def read(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read a PDF."""
    with needed("pdfplumber", ".pdf", "pdf"):
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    try:
        with at_most(MAX_UNPACKED) as budget:
            pages = _read_pages(pdfplumber.open(BytesIO(data)), budget)  # not closed: that makes all its pages
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:  # a broken document fails anywhere in pdfminer
        if budget.refused:
            raise UnreadableDocument(budget.refused) from error
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise UnreadableDocument("it is protected by a password: save a copy without one") from error
        raise UnreadableDocument(f"it is a broken PDF ({type(cause).__name__})") from error
    if budget.refused:
        raise UnreadableDocument(budget.refused)
    words = _whole_words(pages)
    texts = [[text for lines in page if (text := _join_lines(lines, words))] for page in pages]
    paragraphs = tuple(text for page in texts for text in page)
    if not paragraphs:
        raise UnreadableDocument("it has no text, so it is probably a scan: run text recognition (OCR) on it first")
    running, numbers = _running_lines(texts), _page_of_each(texts)
    return DocumentText(
        VERSION, paragraphs, "utf-8", False, running=running, pages=numbers, properties=properties(data)
    )


def _page_of_each(texts: list[list[str]]) -> tuple[int, ...]:
    return tuple(number for number, page in enumerate(texts, 1) for _ in page)


PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d_]{1,6}\.?\s+)?\d{1,4}(?:\s*(?:/|[^\W\d_]{2,3})\s*\d{1,4})?\W*$")
"""1, – 1 –, Page 1, 1 of 2, Seite 1 von 2."""


def _running_lines(pages: list[list[str]]) -> tuple[int, ...]:
    """Return the indexes of paragraphs that are at the top or foot of most pages, but for their numbers."""
    looks = [[DIGITS.sub("#", text) for text in page] for page in pages]
    often = Counter(look for page in looks for look in {*page[:EDGE], *page[-EDGE:]} if len(look.split()) <= RUNNING)
    most = max(RUNS, len(pages) / 2)
    starts = accumulate((len(page) for page in pages), initial=0)
    found = set()
    for start, page in zip(starts, looks, strict=False):
        for way in (range(len(page)), reversed(range(len(page)))):
            for at in list(way)[:EDGE]:
                if often[page[at]] < most:
                    break
                found.add(start + at)
    found |= _page_numbers(pages)
    return tuple(sorted(found))


def _page_numbers(pages: list[list[str]]) -> set[int]:
    """Return the indexes of the last or first paragraph of each page, where these are numbers that count the pages."""
    starts = [*accumulate((len(page) for page in pages), initial=0)]
    for edge in (-1, 0):
        at = {number: page[edge] for number, page in enumerate(pages) if page and PAGE_NUMBER.match(page[edge])}
        counted = {int(DIGITS.findall(text)[0]) - number for number, text in at.items()}
        if len(at) >= RUNS and 2 * len(at) > len(pages) and len(counted) == 1:
            return {(starts[number + 1] if edge else starts[number] + 1) - 1 for number in at}
    return set()


def _read_pages(document: Any, budget: Budget) -> list[list[list[str]]]:
    """Return for each page its paragraphs, each as its lines."""
    from pdfminer.pdfpage import PDFPage

    # counted before `document.pages`, which makes all of them
    if sum(1 for _ in islice(PDFPage.create_pages(document.doc), MAX_PAGES + 1)) > MAX_PAGES:
        raise UnreadableDocument(f"it has more than {MAX_PAGES:,} pages")
    pages = []
    for number, page in enumerate(document.pages, 1):
        budget.begin_page(number)
        shown = page.filter(_is_no_mark(page))
        tables = read_tables(shown)
        rows = [
            PdfLine(text, left, right, top + row / 1000, bottom, is_row=True)
            for (left, top, right, bottom), texts in tables
            for row, text in enumerate(texts)
        ]
        found = shown.filter(is_outside([box for box, _ in tables])).extract_text_lines(return_chars=False, strip=True)
        lines = [PdfLine(line["text"], line["x0"], line["x1"], line["top"], line["bottom"]) for line in found]
        lines = [line for line in lines if line.text.strip()]
        pages.append(list(_paragraphs(sorted([*lines, *rows], key=lambda line: line.top) if rows else lines)))
        page.close()  # or every page's letters stay in memory
    return pages


def _is_no_mark(page: Any) -> Callable[[Mapping[str, Any]], bool]:
    """Return whether a character of a page is no raised mark of a note: a smaller digit behind a word, set higher.

    What is raised behind a number or a word of one or two letters is its power: 10³, 12 km².
    """
    marks: set[int] = set()
    before: Mapping[str, Any] | None = None
    letters = 0  # of the word so far
    for char in page.chars:
        near = before is not None and abs(char["x0"] - before["x1"]) < before["size"] / 4
        if before is not None and near and char["text"] in MARKS and _is_raised(char, before):
            last = before["text"]
            if letters > POWERED or not last.isalnum():
                marks.add(id(char))
                continue
        letters = 0 if not char["text"].isalpha() else letters + 1 if near else 1
        before = char
    return lambda char: id(char) not in marks


def _is_raised(char: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Return whether a character is smaller than the one before it and ends higher."""
    smaller = bool(char["size"] < SMALL * before["size"] and char["top"] < before["bottom"])
    return smaller and bool(char["bottom"] < before["bottom"] - RAISED * before["size"])


def _paragraphs(lines: list[PdfLine]) -> Iterator[list[str]]:
    """Return the lines of a page by paragraph."""
    width = max((line.right - line.left for line in lines if not line.is_row), default=0)
    usual = median([line.bottom - line.top for line in lines if not line.is_row] or [0])
    current: list[PdfLine] = []
    for line in lines:
        if current and not _is_continued(current[-1], line, width, usual):
            yield [part.text for part in current]
            current = []
        current.append(line)
    if current:
        yield [part.text for part in current]


def _is_continued(above: PdfLine, below: PdfLine, width: float, usual: float) -> bool:
    """Return whether a line goes on with the paragraph of the line above it; `usual` is the height of most lines."""
    if above.is_row or below.is_row:
        return False
    height = max(above.bottom - above.top, 1)
    alike = 0.8 < (below.bottom - below.top) / height < 1.25
    close = -height < below.top - above.bottom < CLOSE * height
    long = above.right - above.left >= FULL * width or bool(DIVIDED.search(above.text))
    heading = min(height, below.bottom - below.top) > LARGE * usual
    return alike and close and (long or heading)


def _whole_words(pages: list[list[list[str]]]) -> set[str]:
    """Return every word that is whole in a line."""
    lines = (line for page in pages for paragraph in page for line in paragraph)
    return {word.lower() for line in lines for word in WORD.findall(DIVIDED.sub("", line))}


def _join_lines(lines: list[str], words: set[str]) -> str:
    """Return a paragraph's lines as one text."""
    text = lines[0]
    for line in lines[1:]:
        divided = DIVIDED.search(text)
        if not divided or not line[0].islower():
            text = f"{text} {line}"
            continue
        follows = WORD.match(line)
        own = follows is not None and {divided[1].lower(), follows[0].lower()} <= words
        text = text + line if own else text[:-1] + line
    return CONTROLS.sub("", text).strip()


def properties(data: bytes) -> Mapping[str, str]:
    """Return the document information of a PDF (ISO 32000-1, 14.3.3), or its XMP where that is empty."""
    import pdfplumber

    try:
        with at_most(50 * MAX_PROPERTIES):
            document = pdfplumber.open(BytesIO(data))
            info = {key: value for key, value in document.metadata.items() if isinstance(value, str)}
            xmp = _read_xmp(document.doc)
    except Exception:  # what is broken here was read well enough for its text
        return {}
    made = PDF_DATE.match(info.get("CreationDate", ""))
    return {
        "title": info.get("Title", "") or xmp.get("title", ""),
        "author": info.get("Author", "") or xmp.get("creator", ""),
        "published": "-".join(part for part in made.groups() if part) if made else "",
    }


def _read_xmp(document: Any) -> dict[str, str]:
    """Return the first title and creator of the metadata stream."""
    from pdfminer.pdftypes import resolve1

    stream = resolve1(document.catalog.get("Metadata"))
    xml = stream.get_data()[:MAX_PROPERTIES] if stream is not None else b""
    if not xml or b"<!DOCTYPE" in xml:
        return {}
    try:
        root = fromstring(xml.strip())
    except (ParseError, ValueError):
        return {}
    found = {}
    for name in ("title", "creator"):
        texts = (text for element in root.iter(f"{DUBLIN_CORE}{name}") for text in element.itertext() if text.strip())
        found[name] = next(texts, "")
    return found
