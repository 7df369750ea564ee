"""How text is written for authors: as a block wherever people may go on writing, else as plain as can be.

What is written here reads back to exactly the same text (tests hold this for any text), whatever it holds: in a
`>-` block neither `#` nor `: ` nor a quotation mark means anything, so authors can edit it without knowing YAML.
"""

from __future__ import annotations

import re

from briefing.load.inputs import PROSE_KEYS

WIDTH = 88
"""Columns, with the indentation; a block whose words are longer has longer lines."""

LONG = PROSE_KEYS & {"about", "exact", "key_points", "note", "response", "scope", "summary", "target", "text"}
"""Fields in which people write sentences: always a block. Titles, names and units stay plain where they can."""

FIRST = re.compile(r"[^\W_]|[“‘„«»(€$£…–—]")
"""What plain text may begin with; YAML gives a meaning to most other marks there."""

NOT_PLAIN = re.compile(r":(?:\s|$)|\s#|\s$|(?i:^(?:null|true|false|yes|no|on|off|y|n)$)")
"""What ends plain text or is a comment in it, and words that other programs take for no text."""

UNBLOCKED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What a block cannot hold, or no editor shows: these are written as escapes."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, indent: int, *, column: int = 0, long: bool = False, width: int = WIDTH) -> str:
    """A text as it is written after `key: ` or `- `; further lines begin with `indent` spaces.

    `column` is where it begins, to see whether a plain one fits; `long` asks for a block in any case.
    """
    if not long and plain(text) and column + len(text) <= width:
        return text
    if not long and column + len(text) + 2 <= width and not re.search('["\\\\\n]', text):
        return quoted(text)
    return block(text, indent, width=width)


def plain(text: str) -> bool:
    """Whether a text can stand as it is, and is then read as it is, by this program and by people."""
    return bool(FIRST.match(text)) and "\n" not in text and not (UNBLOCKED.search(text) or NOT_PLAIN.search(text))


def blockable(text: str) -> bool:
    """Whether a `>-` block can hold a text."""
    lines = text.split("\n")
    edges = bool(lines[0].strip()) and bool(lines[-1].strip())
    return edges and not UNBLOCKED.search(text) and not any(line != line.strip(" ") for line in lines)


def block(text: str, indent: int, *, width: int = WIDTH, literal: bool = False) -> str:
    """A text as a folded block (or a literal one, line by line); in quotation marks where no block can hold it."""
    if not blockable(text):
        return quoted(text)
    margin = " " * indent
    if literal:
        lines = [margin + line if line else "" for line in text.split("\n")]
        return "\n".join(["|-", *lines])
    wrapped = [wrap(line, max(width - indent, 20)) if line else [] for line in text.split("\n")]
    # a folded line break is a space, so a real one is a blank line more
    lines = [margin + words if words else "" for line in wrapped for words in ("", *line)][1:]
    return "\n".join([">-", *lines])


def wrap(line: str, width: int) -> list[str]:
    """Words in lines of at most `width` code points, parted only at single spaces and never within a word."""
    lines: list[str] = []
    for word in re.split("(?<! ) (?! )", line):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def quoted(text: str) -> str:
    """A text in double quotation marks, on one line, with escapes for what no editor shows."""
    return '"' + re.sub(UNBLOCKED.pattern + '|["\\\\\n]', _escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return ESCAPES.get(character) or (
        f"\\u{ord(character):04X}" if ord(character) > 255 else f"\\x{ord(character):02X}"
    )


def in_brackets(text: str) -> str:
    """A text as an entry of a list in brackets, where commas, brackets and colons part."""
    return text if plain(text) and not re.search("[^\\w ./%+-]", text) else quoted(text)
