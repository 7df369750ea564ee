"""Where each character of a YAML scalar is in its file, through folds, escapes and indentation.

YAML libraries give a scalar's value and where it begins and ends, but not what became of the characters between. Here
the value is built a second time from the raw characters, in pieces that remember where they were; only if both values
are equal is the map used, so a mistake here can make a position coarse but never wrong. Line breaks are those of YAML
1.1, as libyaml has them: LF, CRLF, CR, NEL, U+2028 and U+2029.

Text that YAML misread is printed as the block that it should have been.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from briefing.load.folder_files import FORBIDDEN
from briefing.model.places import NodePath, Span

Runs = tuple[tuple[int, int], ...]


class ScalarPiece(NamedTuple):
    """Characters of the value that are in one row in the file."""

    text: str
    at: int
    """Where the first of them is in the file."""


class FileLine(NamedTuple):
    """A line of the file, and the line break that ends it."""

    text: str
    at: int
    end: ScalarPiece


BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
BLANK = " \t"
HEADER = re.compile("[|>](?P<a>[+-]?)(?P<indent>[1-9]?)(?P<b>[+-]?)[ \t]*(?:#[^\n\r\x85\u2028\u2029]*)?")
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
ESCAPES = dict(zip("0abtnvfre\tN_LP", "\0\a\b\t\n\v\f\r\x1b\t\x85\xa0\u2028\u2029", strict=True))


def trace(text: str, span: Span, style: str | None, value: str) -> tuple[Span, Runs]:
    """Return the scalar's own characters, and (offset in the value, offset in the file) wherever the distance changes.

    `style` is YAML's: None for plain, a quotation mark, `|` or `>`. Without runs the map is not known.
    """
    raw = span.of(text)
    if style in ("|", ">"):
        return _trace_block(raw, span, value)
    inner, start = (raw[1:-1], span.start + 1) if style else (raw, span.start)
    if inner == value:
        return span, ((0, start),)
    build = {"'": _single_quoted, '"': _double_quoted}.get(style or "", _fold_lines)
    pieces = list(build(inner, start))
    return span, _runs_of(pieces) if _joined_value(pieces) == value else ()


def _trace_block(raw: str, span: Span, value: str) -> tuple[Span, Runs]:
    """Return a block scalar, without the blank lines below it unless they count (`+`)."""
    header = HEADER.match(raw)
    if header is None:
        return span, ()
    lines = [*_split_lines(raw[header.end() :], span.start + header.end())][1:]
    chomping = header["a"] or header["b"]
    for indent in _possible_indents(lines, given=bool(header["indent"])):
        pieces = list(_block_pieces(lines, indent, folded=raw[0] == ">", chomping=chomping))
        if _joined_value(pieces) == value:
            ends = [line.at + len(line.text) for line in lines if len(line.text) > indent]
            end = span.end if chomping == "+" else max(ends, default=span.start + header.end())
            return Span(span.start, end), _runs_of(pieces)
    return span, ()


def _split_lines(raw: str, start: int) -> Iterator[FileLine]:
    at = 0
    for found in BREAK.finditer(raw):
        end = found[0] if found[0] in "\u2028\u2029" else "\n"
        yield FileLine(raw[at : found.start()], start + at, ScalarPiece(end, start + found.start()))
        at = found.end()
    yield FileLine(raw[at:], start + at, ScalarPiece("", start + len(raw)))


# --- plain and quoted -------------------------------------------------------------------------------------------


def _fold_lines(raw: str, start: int, continued: bool = False) -> Iterator[ScalarPiece]:
    """Yield lines joined as YAML does: one line break becomes a space, of several the first is dropped.

    `continued` after an escaped line break: the line begins without its blanks, and no break is dropped.
    """
    breaks: list[ScalarPiece] = []
    inside = continued
    for line in _split_lines(raw, start):
        text = line.text.lstrip(BLANK) if inside else line.text
        at = line.at + len(line.text) - len(text)
        text = text.rstrip(BLANK) if line.end.text else text
        if text or not line.end.text:
            yield from breaks if continued else _folded_breaks(breaks)
            yield ScalarPiece(text, at)
            breaks, continued = [], False
        breaks.append(line.end)
        inside = True


def _folded_breaks(breaks: list[ScalarPiece]) -> list[ScalarPiece]:
    """Return what is in the value for the line breaks between two lines of words."""
    if not breaks or breaks[0].text != "\n":
        return breaks
    return breaks[1:] or [ScalarPiece(" ", breaks[0].at)]


def _single_quoted(raw: str, start: int) -> Iterator[ScalarPiece]:
    for piece in _fold_lines(raw, start):
        done = 0
        for found in re.finditer("''", piece.text):
            yield ScalarPiece(piece.text[done : found.start() + 1], piece.at + done)
            done = found.end()
        yield ScalarPiece(piece.text[done:], piece.at + done)


def _double_quoted(raw: str, start: int) -> Iterator[ScalarPiece]:
    done, continued = 0, False
    for found in ESCAPE.finditer(raw):
        yield from _fold_lines(raw[done : found.start()], start + done, continued)
        continued = BREAK.fullmatch(found[1]) is not None
        if not continued:
            yield ScalarPiece(_resolve_escape(found[1]), start + found.start())
        done = found.end()
    yield from _fold_lines(raw[done:], start + done, continued)


def _resolve_escape(escape: str) -> str:
    if len(escape) > 1:
        return chr(min(int(escape[1:], 16), 0x10FFFF))
    return ESCAPES.get(escape, escape)


# --- block scalars ----------------------------------------------------------------------------------------------


def _possible_indents(lines: list[FileLine], given: bool) -> list[int]:
    """Indentations to try. One that is given counts from a parent that is not known here, so all are tried."""
    first = next((line.text for line in lines if line.text.strip(" ")), "")
    found = len(first) - len(first.lstrip(" ")) or max((len(line.text) for line in lines), default=0) or 1
    return list(range(1, found + 1)) if given else [found]


def _block_pieces(lines: list[FileLine], indent: int, folded: bool, chomping: str) -> Iterator[ScalarPiece]:
    """Yield lines without their indentation; folded, a line break between two lines that begin with a word is a
    space."""
    breaks: list[ScalarPiece] = []
    words = spaced = False
    for line in lines:
        text = line.text[indent:]
        if text:
            stays = not folded or not words or spaced or text[0] in BLANK
            yield from breaks if stays else _folded_breaks(breaks)
            yield ScalarPiece(text, line.at + indent)
            breaks, words, spaced = [], True, text[0] in BLANK
        breaks.append(line.end)
    yield from {"-": [], "": breaks[:1] if words else [], "+": breaks}[chomping]


# --- pieces -----------------------------------------------------------------------------------------------------


def _joined_value(pieces: list[ScalarPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def _runs_of(pieces: list[ScalarPiece]) -> Runs:
    runs: list[tuple[int, int]] = []
    offset = 0
    for piece in pieces:
        if piece.text and not (runs and piece.at - runs[-1][1] == offset - runs[-1][0]):
            runs.append((offset, piece.at))
        offset += len(piece.text)
    return tuple(runs)


# --- printing ---------------------------------------------------------------------------------------------------

WIDTH = 100
"""Columns of a printed block; what the editor's user would wrap at, no rule."""


def repaired(path: NodePath, words: str) -> str:
    """Return the field or list entry at `path` with its text as a `>-` block, to paste."""
    last = path[-1] if path else ""
    return block(last if isinstance(last, str) else None, words)


def block(key: str | None, words: str) -> str:
    """Return a field, or a list entry where there is no key, with its text as a `>-` block."""
    head, indent = (f"{key}: >-", "  ") if key is not None else ("- >-", "    ")
    words = re.sub(r"(?<![^\S\r\n])[^\S\r\n]*[\r\n]\s*", " ", words.strip())
    lines = textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join([head, *lines])


def in_quotation_marks(key: str, words: str) -> str:
    """Return a field on one line, as it can be in braces too."""
    line = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}: "{line}"'


def shortened(words: str, limit: int = 60) -> str:
    """Return words on one line, without control characters, cut to a length that a message can hold."""
    line = FORBIDDEN.sub("\ufffd", " ".join(words.split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
