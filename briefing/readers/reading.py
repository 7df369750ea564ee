"""What readers have in common: what they return, how they can fail, and how bytes are read as characters; and
plain text.

Libraries: imports the libraries that only some documents need, and says what is wrong where that fails.

A library that is not installed is one thing, one that is installed and fails to import another: whoever is told to
install what is there already is helped by nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct


class Options(Struct, frozen=True):
    """What a briefing says of how its original is to be read."""

    encoding: str = ""
    """Where the document itself does not say it; empty for what it says, or UTF-8."""
    without: tuple[str, ...] = ()
    """CSS selectors of the elements of a web page that are left out; other documents have none."""


DEFAULT = Options()


class DocumentText(Struct, frozen=True):
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
    """The indexes of paragraphs that are on most pages of a document: running heads and feet."""
    voices: tuple[str, ...] = ()
    """The names of those who speak, where the document marks them; each begins a paragraph, with a colon."""
    pages: tuple[int, ...] = ()
    """The page of each paragraph, from 1; empty for a document without pages."""
    block_quotations: tuple[int, ...] = ()
    """The indexes of paragraphs that the document sets apart as block quotations."""
    headings: tuple[tuple[int, int], ...] = ()
    """The indexes of paragraphs that are headings, each with its level, 1 to 6."""
    times: tuple[int, ...] = ()
    """When each paragraph begins, in whole seconds from the beginning; empty for what is no recording's."""
    properties: Mapping[str, str] = {}
    """What a Word or PDF document says of itself: `title`, `author`, `published`; empty for others."""


class UnknownReader(Exception):  # noqa: N818 - the name says what is missing, and is caught by it
    """No reader for this kind of file is there."""

    def __init__(self, extension: str, supported: tuple[str, ...]) -> None:
        self.extension = extension
        self.supported = supported
        kind = f"{extension} files" if extension else "files without an extension"
        super().__init__(f"{kind} cannot be read here; files that can be read end in {', '.join(supported)}")


class UnreadableDocument(Exception):  # noqa: N818 - as above
    """A document's bytes cannot be read as what its name says."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class UnreadableSelector(Exception):  # noqa: N818 - as above
    """What names elements to leave out is not a CSS selector."""

    def __init__(self, selector: str, reason: str) -> None:
        self.selector = selector
        self.reason = reason
        super().__init__(reason)


MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

STRAY = 0.0005
"""Of the bytes of a text: so many NULs are slips of the program that wrote it, and browsers do not show them."""
WESTERN = ("cp1252", "latin-1")
"""What browsers assume where nothing is said; Latin-1 has a character for the five bytes that cp1252 leaves open."""

DECLARABLE = {
    "utf-8", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "shift_jis", "cp932", "euc_jp", "iso2022_jp",
    "euc_kr", "cp949", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp866", "cp874",
    *(f"cp125{number}" for number in range(9)), *(f"iso8859-{number}" for number in range(2, 17)),
}  # fmt: skip
"""By Python's names: what the Encoding Standard lets a page declare. Python has others that run or unpack things."""


class Decoded(Struct, frozen=True):
    """Characters, and how they came about."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode by byte order mark, else as the document declares, else as UTF-8, else as Western European (a guess)."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding, False)
            except UnicodeDecodeError as error:
                reason = f"its byte order mark says {encoding}, but byte {error.start} is not"
                raise UnreadableDocument(reason) from error
    if data.count(0) > STRAY * len(data):
        raise UnreadableDocument("it has NUL bytes: it is not text, or it is UTF-16 without a byte order mark")
    data = data.replace(b"\0", b"")
    declared = _declarable(declared)
    for encoding in (declared, "utf-8", *WESTERN):
        try:
            return Decoded(data.decode(encoding), encoding, encoding in WESTERN and encoding != declared)
        except UnicodeDecodeError:
            continue
    raise AssertionError("Latin-1 decodes every byte")


def _declarable(label: str) -> str:
    """Return Python's name for a declared encoding; UTF-8 for none or one that a page cannot have."""
    try:
        name = codecs.lookup(label).name if label else "utf-8"
    except LookupError:
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if name in DECLARABLE else "utf-8"


# --- marks of notes ---------------------------------------------------------------------------------------------

_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?(?:\s*,\s*\d{1,3})*\s*$")
_POWER_OF_UNIT = re.compile(r"(?:^|[\s\d(/])(?:k|c|m|d|µ)?(?:m|g|s|ft|in|yd)$")


def is_note_mark(raised: str) -> bool:
    """Return whether raised characters may be the mark of a note: up to three digits, a letter, asterisks, daggers."""
    return bool(_NOTE_MARK.match(raised))


def is_power(before: str, *, noted: bool) -> bool:
    """Return whether raised digits are a power of what is before them: m², 10⁶.

    `noted` says that a note has that mark, so that it is one behind a number, too.
    """
    return bool(_POWER_OF_UNIT.search(before)) or (not noted and before[-1:].isdigit())


# --- libraries -------------------------------------------------------------------------------------------------------


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
        self.made_of = (extension, library, extra, reason)
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
    except MemoryError:
        raise
    except Exception as error:  # a library that is broken, or does not fit its own needs, fails in any way
        own = isinstance(error, ModuleNotFoundError) and error.name == module
        reason = "" if own else f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise MissingLibrary(extension, library or module, extra, reason) from error


def _requirements(extra: str) -> str:
    """Return what an extra of the program brings, to be typed; empty where the program is not installed."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        listed = [found for each in requires(PROGRAM) or () if (found := _OF_EXTRA.match(each))]
    except PackageNotFoundError:
        return ""
    # not by the name of the program and of the extra: anybody may register a name that is on no index
    brought = [found["what"] for found in listed if found["extra"] == extra and not found["what"].startswith(PROGRAM)]
    return " ".join(f"'{what}'" for what in brought)


# --- plain text ------------------------------------------------------------------------------------------------------

TEXT_VERSION = "text 1"
MAX_LENGTH = 10_000_000
"""Code points: several books, and thousands of comments below them."""
MAX_LINES = 200_000
"""As many as source.txt may have."""
LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def read_text(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read plain text. Lines are not joined to paragraphs: whether a break was meant cannot be seen."""
    decoded = decode(data, options.encoding)
    if len(decoded.text) > MAX_LENGTH:
        raise UnreadableDocument(f"it has more than {MAX_LENGTH:,} characters; divide it")
    found = LINE_END.split(decoded.text)
    if len(found) > MAX_LINES:
        raise UnreadableDocument(f"it has more than {MAX_LINES:,} lines; leave out those that are blank, or divide it")
    lines = (line.strip(" \t") for line in found)
    return DocumentText(TEXT_VERSION, tuple(line for line in lines if line.strip()), decoded.encoding, decoded.guessed)
