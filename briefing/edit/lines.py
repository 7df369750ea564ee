"""Lines of a text by offset. They end at LF, CRLF or CR, as in `places`."""

from __future__ import annotations

import re

from briefing.places import Span

BREAK = re.compile("\r\n|[\r\n]")
BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
COMMENT = re.compile("[ \t]*#")


def line_start(text: str, at: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of an offset ends, before its line break."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def past_break(text: str, at: int) -> int:
    """Past the line break at an offset, if there is one."""
    found = BREAK.match(text, at)
    return found.end() if found else at


def with_comments_above(text: str, at: int, indent: int) -> int:
    """The start of the comment lines directly above a line that are indented as it is."""
    while at:
        above = line_start(text, before_break(text, at))
        found = COMMENT.match(text, above)
        if found is None or found.end() - 1 - above != indent or found.end() > at:
            break
        at = above
    return at


def blank_before(text: str, at: int) -> bool:
    """Whether the line above the one that begins here is blank."""
    above = BREAK.split(text[:at])
    return len(above) > 1 and not above[-2].strip()


def before_break(text: str, at: int) -> int:
    """Before the line break that ends at an offset, if there is one."""
    return at - (2 if text[:at].endswith("\r\n") else 1 if text[:at].endswith(("\n", "\r")) else 0)


def past_blank(text: str, at: int) -> int:
    """Past the line end at `at` and the blank lines below it."""
    found = re.compile(r"(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))*").match(text, at)
    return found.end() if found else at


def point(at: int) -> Span:
    """No characters: where something is put between two."""
    return Span(at, at)


def line_break(text: str) -> str:
    """How the lines of a file end: as its first one does."""
    found = BREAK.search(text)
    return found[0] if found else "\n"
