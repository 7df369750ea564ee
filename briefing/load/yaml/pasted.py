"""Find characters that other programs put in place of those that YAML knows: dashes, spaces, colons, quotation marks.

A word processor, a chat or a web page turns "-" into "–" and a space into a no-break space. YAML then reads a list as
text and a field as part of the one before it, and complains lines later, or not at all.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.model.places import Problem, Span, TextFile, in_file
from briefing.text.late_patterns import late

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_BLANK = _SPACES + _HIDDEN
_OPENING, _CLOSING = "“„‟”«‘‚‛’‹", "”“»’‘›"
_NAME = r"[A-Za-z_][\w-]*"

_MEANT = {
    "hyphen": ("‐‑‒–—―−﹣－•◦‣▪●○∙·*", "where YAML needs the hyphen “-” of the keyboard", "-"),
    "colon": ("：﹕︓", "where YAML needs the colon “:” of the keyboard and a space", ": "),
    "comma": ("，、،﹐", "where YAML needs the comma “,” of the keyboard", ", "),
    "bracket": ("［【", "where YAML needs the bracket “[” of the keyboard", "["),
    "mark": (_OPENING, "which is no quotation mark of YAML’s", ""),
    "space": (_SPACES, "where YAML needs an ordinary space", " "),
    "hidden": (_HIDDEN, "which nobody sees and YAML reads as part of the text", ""),
}
"""Characters by what they were meant as: what to say of them, and what to write instead."""

_PASTED = late(
    rf"""[ \t]*(?:-[ ]+)*
    (?: (?P<blank>[{_BLANK}])
      | -(?P<after_dash>[{_BLANK}])
      | (?P<dash>[{_MEANT["hyphen"][0]}]) (?=[\s{_HIDDEN}])
      | (?P<mark>[{_OPENING}]) (?={_NAME}[{_CLOSING}]\s*:)
      | {_NAME}[ ]?(?P<colon>[{_MEANT["colon"][0]}])
      | {_NAME}:(?P<after_colon>[{_BLANK}])
      | [A-Za-z_][\w-]*?(?P<within>[{_HIDDEN}])[\w-]*:
    )""",
    re.VERBOSE,
)
_IN_BRACKETS = re.compile(rf"[^{_MEANT['comma'][0]}]*(?P<comma>[{_MEANT['comma'][0]}])")
_BRACKETED = re.compile(rf"(?P<bracket>[{_MEANT['bracket'][0]}])")
_MARKED = re.compile(rf"[{_OPENING}]([^{_OPENING}{_CLOSING}]*)[{_CLOSING}]")
_LONGEST = 100
"""Characters of a line that a message repeats."""


def find_pasted(text: str, start: int, end: int) -> Span | None:
    """Return the character that has the place of one of YAML's where a line, a key or an entry begins, if any."""
    return _place_of(_PASTED.match(text, start, end))


def find_pasted_in_value(text: str, span: Span, in_brackets: bool) -> Span | None:
    """Return such a character in a value that is no prose: a bracket or, between brackets, a comma."""
    return _place_of((_IN_BRACKETS if in_brackets else _BRACKETED).match(text, span.start, span.end))


def _place_of(found: re.Match[str] | None) -> Span | None:
    return Span(*found.span(found.lastgroup or 0)) if found else None


def pasted_problem(file: TextFile, at: Span) -> Problem:
    """Return that YAML cannot read a character of the file, with the line as it should be."""
    text, character = file.text, at.of(file.text)
    start = max(text.rfind("\n", 0, at.start), text.rfind("\r", 0, at.start)) + 1
    line = re.compile(r"[^\r\n]*").match(text, start)
    written = (line[0] if line else "")[: at.start - start + _LONGEST]
    said, meant = next((said, meant) for many, said, meant in _MEANT.values() if re.match(f"[{many}]", character))
    hint = f"write it like this:\n{_corrected(written, at.start - start, meant)}"
    lines = len(re.findall(rf"^[ \t]*(?:- +)*{re.escape(character)}", text, re.M))
    if lines > 1:
        hint += f"\n{lines:,} lines of this file begin like this one; an editor can replace all of them at once"
    message = f"there is {name_character(character)} here, {said}"
    return Problem("yaml-syntax", message, in_file(file.name, at.start, at.end), hint)


def name_character(character: str) -> str:
    """Return a character by its name, itself where it can be seen, and its number: an en dash (–, U+2013)."""
    name = "byte order mark" if character == "\ufeff" else unicodedata.name(character, "unknown character").lower()
    shown = "" if re.match(f"[{_BLANK}]", character) else f"{character}, "
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} ({shown}U+{ord(character):04X})"


def _corrected(line: str, at: int, meant: str) -> str:
    """Return a line with what was meant in place of the character at an offset, and of the blanks behind it."""
    head, tail = line[:at], line[at + 1 :]
    if line[at] in _OPENING:
        return head + _MARKED.sub(r"\1", line[at:], count=1)
    tail = re.sub(
        f"^[{_BLANK} ]+", lambda found: re.sub(f"[{_SPACES}]", " ", re.sub(f"[{_HIDDEN}]", "", found[0])), tail
    )
    if meant == "[":
        tail = re.sub("[］】]", "]", tail)
    return f"{head.rstrip()}{meant}{tail.lstrip()}" if meant[1:] == " " else head + meant + tail


def without_marks(value: str) -> str:
    """Return a value without the curly quotation marks around it; empty where it has none."""
    found = _MARKED.fullmatch(value.strip())
    return found[1].strip() if found else ""
