"""Where things are in the files that people write, and what is wrong there.

A `Place` names a node of a YAML file (or characters of a plain text file) without knowing lines and columns;
`locate` turns it into line and column at the very end, so records stay small and pure.
Offsets are Unicode code points, end exclusive; lines and columns count from 1.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from posixpath import normpath
from typing import Literal, TypeVar

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from briefing.model.codes import CODES, Severity

NodePath = tuple[str | int, ...]
T = TypeVar("T")


class Span(Struct, frozen=True, order=True):
    """Start and end in code points, end exclusive (W3C TextPositionSelector)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that this span covers in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


_START, _END = attrgetter("start"), attrgetter("end")


def overlapping(spans: Sequence[Span], span: Span) -> range:
    """Return the numbers of those spans that overlap one; they are in order and do not overlap each other.

    Takes time in proportion to the logarithm of their number.
    """
    return range(bisect_right(spans, span.start, key=_END), bisect_left(spans, span.end, key=_START))


def outermost(found: Iterable[T], span: Callable[[T], Span]) -> Iterator[T]:
    """Yield what lies in nothing longer, in the order of the text."""
    end = -1
    for one in sorted(found, key=lambda one: (span(one).start, -span(one).end)):
        if span(one).start >= end:
            yield one
            end = span(one).end


def clear_of(found: Iterable[T], span: Callable[[T], Span], taken: Iterable[Span]) -> Iterator[T]:
    """Yield what overlaps none of the spans that are taken; both are in the order of the text."""
    spans, at = list(taken), 0
    for one in found:
        while at < len(spans) and spans[at].end <= span(one).start:
            at += 1
        if at == len(spans) or not spans[at].overlaps(span(one)):
            yield one


class Place(Struct, frozen=True):
    """A node of a YAML file, or characters of a file."""

    file: str
    """Path relative to the docs folder, with `/`."""
    path: NodePath = ()
    """Keys and indexes from the root of the YAML file to the node; empty for the file itself."""
    span: Span | None = None
    """Part of what `of` names; None for the whole of it."""
    of: Literal["value", "key", "file"] = "value"
    """What `span` counts in: the node's value as it was read, the node's key, or the text of the file."""

    def child(self, *path: str | int) -> Place:
        """Return the place of a node below this one."""
        return Place(self.file, self.path + path)

    def part(self, span: Span) -> Place:
        """Return the place of some characters of this node's value."""
        return replace(self, span=span, of="value")

    def key(self) -> Place:
        """Return the place of this node's key."""
        return replace(self, span=None, of="key")


def in_file(file: str, start: int, end: int | None = None) -> Place:
    """Return the place of some characters of a file's text."""
    return Place(file, span=Span(start, start if end is None else end), of="file")


OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal, a log or a browser obeys: controls, line ends, and marks that turn the writing direction (Unicode
TR 36 and 9; CVE-2021-42574). Joiners, which scripts need, are not among them."""
_COMMAND = re.compile(r"^(?=[ \t]*(?:::|##\[))", re.M)
"""Before what begins a workflow command of GitHub or Azure in a log."""


def unescaped(text: str) -> str:
    """Return a text with the characters that its character references stand for. Python reads no number of thousands
    of digits, and a reference with so many is none to any character."""
    return html.unescape(_ZEROS.sub(r"\1\2", _ENDLESS.sub("&#xfffd;", text)))


_ENDLESS = re.compile(r"&#(?:0*[1-9][0-9]{7,}|[xX]0*[1-9a-fA-F][0-9a-fA-F]{7,});?")
_ZEROS = re.compile(r"(&#)0+(?=[0-9])|(&#[xX])0+(?=[0-9a-fA-F])")


def in_marks(words: str) -> str:
    """Return words in quotation marks for a message: single ones around words that have double ones of their own."""
    return f"‘{words}’" if re.search("[“”„]", words) else f"“{words}”"


def one_line(text: str) -> str:
    """Return a text with what a terminal or log would obey as escapes, on one line."""
    return _escape_obeyed(text.replace("\n", "\\n").replace("\t", "\\t"))


def several_lines(text: str) -> str:
    """Return a text of several lines with what a terminal or log would obey as escapes."""
    return _COMMAND.sub(r"\\", _escape_obeyed(text.replace("\r\n", "\n")))


def _escape_obeyed(text: str) -> str:
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Problem(Struct, frozen=True):
    """A located finding with a stable code; a value that is collected, never raised."""

    code: str
    """One of `codes.CODES`."""
    message: str
    """What is wrong, for an author who is no programmer: one sentence without a full stop."""
    at: Place
    hint: str = ""
    """What to write instead; may have several lines, YAML to paste among them."""
    passage: str = ""
    """The words that it is about, where an allowance may name them; empty for other problems."""

    def __post_init__(self) -> None:
        """What it quotes comes from strangers, and terminals and logs obey some characters."""
        force_setattr(self, "message", one_line(self.message))
        force_setattr(self, "hint", several_lines(self.hint))

    @property
    def severity(self) -> Severity:
        """Whether it stops a publication."""
        return CODES[self.code].severity


class Node(Struct, frozen=True):
    """Where one YAML node is in its file."""

    span: Span
    """The node's own characters, with its quotation marks or block indicator."""
    key: Span | None = None
    """The key whose value it is."""
    runs: tuple[tuple[int, int], ...] = ()
    """For a scalar: (offset in the value, offset in the file); between two runs both count one to one."""

    @property
    def words(self) -> Span:
        """The node's own characters, but of a block its words alone: what an author looks for is not `>-`."""
        first = self.runs[0][1] if self.runs else self.span.start
        return Span(first, self.span.end) if first > self.span.start + 1 else self.span

    def file_offset(self, value_offset: int) -> int:
        """Return where a code point of the scalar's value is in the file."""
        if not self.runs:
            return self.span.start
        at = bisect_right(self.runs, (value_offset, float("inf"))) - 1
        value_start, file_start = self.runs[max(at, 0)]
        return min(file_start + value_offset - value_start, self.span.end)


class TextFile(Struct, frozen=True):
    """A file as it was read: its text, and for YAML where each node is."""

    name: str
    """Path relative to the docs folder, with `/`."""
    text: str
    nodes: Mapping[NodePath, Node] = field(default_factory=dict)

    def span_of(self, place: Place) -> Span:
        """Return the characters of the file that `place` names; where it names none the text that stands for a list, or
        the key of the nearest node above."""
        if place.of == "file":
            return place.span or Span(0, 0)
        path = place.path
        while path and path not in self.nodes:
            path = path[:-1]
        node = self.nodes.get(path)
        if node is None:
            return Span(0, 0)
        if place.of == "key" or (path != place.path and not node.runs):
            return node.key or node.span
        if place.span is None or path != place.path:
            return node.words
        start = node.file_offset(place.span.start)
        if place.span.end <= place.span.start:
            return Span(start, start)
        return Span(start, max(start, node.file_offset(place.span.end - 1) + 1))


class Location(Struct, frozen=True):
    """A place as a person or an editor looks for it."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    """The whole line that the place begins on."""


def locate(place: Place, files: Mapping[str, TextFile]) -> Location | None:
    """Return line and column of a place, or None where its file was never read (it is missing, or not text)."""
    file = files.get(place.file)
    if file is None:
        return None
    span = file.span_of(place)
    line, column, text = line_and_column(file.text, span.start)
    end_line, end_column, _ = line_and_column(file.text, max(span.start, span.end))
    return Location(line, column, end_line, end_column, text)


def shown_path(file: str, prefix: str) -> str:
    """Return a file as messages name it, where `prefix` leads to the docs folder: of what lies outside of that without
    `..`"""
    name = one_line(normpath(prefix + file) if file.startswith("../") else prefix + file)
    return f"./{name}" if name.startswith(("::", "##[")) else name


def line_and_column(text: str, offset: int) -> tuple[int, int, str]:
    """Return line and column (from 1) of an offset, and the text of that line. Lines end at LF, CRLF or CR."""
    offset = min(offset, len(text))
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    start = starts[line - 1]
    end = starts[line] if line < len(starts) else len(text)
    return line, offset - start + 1, text[start:end].rstrip("\r\n")


@lru_cache(maxsize=16)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where each line begins; kept, because a file with one problem often has ten thousand."""
    return (0, *(end.end() for end in _LINE_END.finditer(text)))


_LINE_END = re.compile("\r\n|[\r\n]")


def sort_problems(problems: Iterable[Problem], files: Mapping[str, TextFile]) -> Iterator[Problem]:
    """Yield problems in the order in which an author meets them: by file, then by place, each once."""

    def key(problem: Problem) -> tuple[str, int, str, str]:
        file = files.get(problem.at.file)
        return problem.at.file, file.span_of(problem.at).start if file else 0, problem.code, problem.message

    yield from sorted(dict.fromkeys(problems), key=key)
