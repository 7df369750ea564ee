"""An error of the YAML parser, what was read before it, and the fields on the lines around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from msgspec import Struct

from briefing.load.yaml.scalars import block
from briefing.model.places import Problem, Span, TextFile, in_file


class Last(Struct, frozen=True):
    """The last scalar or bracketed collection before the error."""

    span: Span
    style: str | None
    """YAML's for a scalar (None for plain), `[` or `{` for a collection, `*` for an alias."""


class Level(Struct, frozen=True):
    """A list or mapping, not in brackets, whose end was not met before the error."""

    start: int
    """Where its first dash or key is."""
    is_list: bool
    key: str
    """Of a mapping, the last key that was read."""
    first_key: str


class ReadSoFar(Struct, frozen=True):
    """What was read of a file before the error."""

    last: Last
    levels: tuple[Level, ...]
    """What is open, outermost first."""
    root: int
    """Where the outermost collection begins."""
    is_outside: Callable[[int], bool]
    """Returns whether no text holds the character at an offset."""


class Fault(Struct, frozen=True):
    """An error of the parser, and what is around it."""

    file: TextFile
    at: int
    """Where the parser stumbled."""
    since: int
    """Where what it was reading began."""
    words: str
    """The parser's own, in lower case."""
    before: ReadSoFar
    prose_keys: Set[str]

    @property
    def last(self) -> Last:
        """The last scalar or bracketed collection before the error."""
        return self.before.last

    def line(self, offset: int) -> Span:
        """Return the line around an offset, without its end."""
        text = self.file.text
        start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
        end = LINE_END.search(text, max(offset, start))
        return Span(start, end.start() if end else len(text))

    def problem(self, code: str, span: Span, message: str, hint: str) -> Problem:
        """Return a problem at some characters of the file."""
        return Problem(code, message, in_file(self.file.name, span.start, span.end), hint)

    def syntax(self, span: Span, message: str, hint: str) -> Problem:
        """Return a problem of plain syntax."""
        return self.problem("yaml-syntax", span, message, hint)


LINE_END = re.compile("[\r\n]|$")
FIELD = re.compile(r"(?P<lead>[ ]*(?:- +)*)(?:(?P<key>[A-Za-z_][\w-]*):[ \t]+)?(?P<value>\S.*)?")

BRACKET = re.compile(r"[\[\]{}]")

START = 400
"""Characters of a line that are looked at; what a mistake of syntax needs, however long the line is."""


def glued(fault: Fault) -> bool:
    """Return whether more words follow on the line where the last quoted text or bracket ended."""
    between = fault.file.text[fault.last.span.end : fault.at]
    return fault.at >= fault.last.span.end and not re.search("[\r\n]", between)


def never_closed(fault: Fault) -> int:
    """Return where the last bracket opens that is open at the end of the file; -1 where the parser stumbled earlier."""
    text = fault.file.text
    opened: list[int] = []
    if text[fault.at :].strip():
        return -1
    for found in BRACKET.finditer(text):
        if found[0] in "[{":
            opened.append(found.start())
        elif opened:
            opened.pop()
    return opened[-1] if opened else -1


# --- the field on a line ----------------------------------------------------------------------------------------


def field_on(fault: Fault, line: Span) -> re.Match[str] | None:
    """Return the key and value on a line, with the indentation and the `- ` before them."""
    return FIELD.fullmatch(line.of(fault.file.text))


def is_prose(fault: Fault, field: re.Match[str]) -> bool:
    """Return whether a field holds text; of a list entry only that it is no single word is known here."""
    if field["key"]:
        return field["key"] in fault.prose_keys
    return "-" in field["lead"] and " " in (field["value"] or "").strip()


def whole(fault: Fault, line: Span, field: re.Match[str]) -> str:
    """Return the value with the lines that continue it: those that are indented more than its key."""
    text = fault.file.text
    words, at = [field["value"]], line.end
    indent = len(field["lead"]) if field["key"] else max(field["lead"].rfind("-"), 0)
    while at < len(text) and len(words) < START:
        at += 2 if text.startswith("\r\n", at) else 1
        following = fault.line(at).of(text)
        if not following.strip() or len(following) - len(following.lstrip(" ")) <= indent:
            break
        words.append(following.strip())
        at += len(following)
    return " ".join(words)


def as_block(fault: Fault, start: int) -> str:
    """Return the text on the line of an offset as a block, its quotation marks with it."""
    line = fault.line(start)
    field = field_on(fault, line)
    return block(field["key"], whole(fault, line, field)) if field and field["value"] else ""


def quoted(fault: Fault) -> str:
    """Return the line with its value in single quotation marks."""
    line = fault.line(fault.at)
    field = field_on(fault, line)
    value = (field["value"] or "") if field else line.of(fault.file.text).strip()
    if value.count('"') == 2 and value[0] == value[-1] == '"':
        value = value[1:-1]
    lead = f"{field['key']}: " if field and field["key"] else "- " if field and "-" in field["lead"] else ""
    return f"{lead}'{value[:START].replace(chr(39), chr(39) * 2)}'"
