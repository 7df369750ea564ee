"""Write values and entries as YAML: as blocks wherever people may continue to write, else as plain as possible.

What is written here reads back to exactly the same text (tests hold this for any text), whatever it holds: in a
`>-` block neither `#` nor `: ` nor a quotation mark means anything, so authors can edit it without knowing YAML.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.load.schema import PROSE_KEYS

WIDTH = 88
"""Columns, with the indentation; a block whose words are longer has longer lines."""

LONG = PROSE_KEYS & {
    "about",
    "after",
    "before",
    "exact",
    "key_points",
    "note",
    "response",
    "scope",
    "summary",
    "target",
    "text",
}
"""Fields in which people write sentences: always a block. Titles, names and units stay plain where they can."""

FIRST = re.compile(r"[^\W_]|[“‘„«»(€$£…–—]")
"""What plain text may begin with; YAML gives a meaning to most other marks there."""

NOT_PLAIN = re.compile(r":(?:\s|$)|\s#|\s$|(?i:^(?:null|true|false|yes|no|on|off|y|n)$)")
"""What ends plain text or is a comment in it, and words that other programs take for no text."""

UNBLOCKED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What a block cannot hold, or no editor shows: these are written as escapes."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, indent: int, *, column: int = 0, long: bool = False, width: int = WIDTH) -> str:
    """Return a text as it is written after `key: ` or `- `; further lines begin with `indent` spaces.

    `column` is where it begins, to see whether a plain one fits; `long` asks for a block in any case.
    """
    if not long and plain(text) and column + len(text) <= width:
        return text
    if not long and column + len(text) + 2 <= width and not re.search('["\\\\\n]', text):
        return quoted(text)
    return block(text, indent, width=width)


def plain(text: str) -> bool:
    """Return whether a text can be written plainly, and is then read as it is, by this program and by people."""
    return bool(FIRST.match(text)) and "\n" not in text and not (UNBLOCKED.search(text) or NOT_PLAIN.search(text))


def blockable(text: str) -> bool:
    """Return whether a `>-` block can hold a text."""
    lines = text.split("\n")
    edges = bool(lines[0].strip()) and bool(lines[-1].strip())
    return edges and not UNBLOCKED.search(text) and not any(line != line.strip(" ") for line in lines)


def block(text: str, indent: int, *, width: int = WIDTH, literal: bool = False) -> str:
    """Return a text as a folded block, or a literal one; in quotation marks where no block can hold it."""
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
    """Return words in lines of at most `width` code points, divided only at single spaces and never within a word."""
    lines: list[str] = []
    for word in re.split("(?<! ) (?! )", line):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def quoted(text: str) -> str:
    """Return a text in double quotation marks, on one line, with escapes for what no editor shows."""

    def escape(found: re.Match[str]) -> str:
        code = ord(found[0])
        return ESCAPES.get(found[0]) or (f"\\u{code:04X}" if code > 255 else f"\\x{code:02X}")

    return '"' + re.sub(UNBLOCKED.pattern + '|["\\\\\n]', escape, text) + '"'


def in_brackets(text: str) -> str:
    """Return a text as an entry of a list in brackets, where commas, brackets and colons separate."""
    return text if plain(text) and not re.search("[^\\w ./%+-]", text) else quoted(text)


Value = str | Mapping[str, "Value"] | Sequence["Value"]
"""What a field holds. Every scalar is text, as the field that reads it is what gives it a meaning."""

SHORT = 60
"""Columns up to which a list of single words, such as tags, is written in brackets."""


def entry(value: Value, indent: int) -> str:
    """Return an entry of a list, from its dash on, which is `indent` columns from the left."""
    if isinstance(value, str):
        return "- " + scalar(value, indent + 2, column=indent + 2)
    if isinstance(value, Mapping):
        return "- " + (_fields(value, indent + 2) if value else "{}")
    return "- " + (brackets(value) or flow(value))


def field(key: str, value: Value, indent: int) -> str:
    """Return a key with its value, from the key on, which is `indent` columns from the left."""
    if isinstance(value, str):
        return f"{key}: " + scalar(value, indent + 2, column=indent + len(key) + 2, long=key in LONG)
    if isinstance(value, Mapping):
        return f"{key}:\n{' ' * (indent + 2)}{_fields(value, indent + 2)}" if value else f"{key}: {{}}"
    short = brackets(value) if key not in LONG else None
    if short is not None and len(short) <= SHORT:
        return f"{key}: {short}"
    return f"{key}:\n{entries(value, indent + 2, long=key in LONG)}"


def entries(values: Sequence[Value], indent: int, *, long: bool = False) -> str:
    """Return a list, from the first column of its first line on."""
    written = (
        f"- {scalar(value, indent + 2, long=True)}" if long and isinstance(value, str) else entry(value, indent)
        for value in values
    )
    return "\n".join(" " * indent + each for each in written)


def brackets(values: Sequence[Value]) -> str | None:
    """Return a list on one line; None where it holds more than plain words."""
    words = [in_brackets(value) if isinstance(value, str) else '"' for value in values]
    return None if any(word.startswith('"') for word in words) else f"[{', '.join(words)}]"


def flow(value: Value) -> str:
    """Return a value within brackets, on one line."""
    if isinstance(value, str):
        return in_brackets(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _fields(value: Mapping[str, Value], indent: int) -> str:
    """Return the fields of a mapping; the first begins where the text is already."""
    keys = {
        key: key if key.replace("-", "").replace("_", "").isalnum() and not key[0].isdigit() else quoted(key)
        for key in value
    }
    return f"\n{' ' * indent}".join(field(keys[key], inner, indent) for key, inner in value.items())


# --- the line that names a schema -------------------------------------------------------------------------------

START = "# yaml-language-server: $schema="
ANY = re.compile(r"#\s*yaml-language-server:")

KINDS = ("people", "measures", "briefing", "comments", "references", "corrections")


def kind_of(name: str) -> str:
    """Return which schema a file has, from its path; empty for a file that is none of ours."""
    path = Path(name)
    if path.parent.name == "annotations" and path.suffix in (".yml", ".yaml"):
        return "annotations"
    return path.stem if path.suffix == ".yml" and path.stem in KINDS else ""


def modeline(file: Path, schemas: Path) -> str:
    """Return the line, with its line end, for a file; `schemas` is the folder that `briefing schema` wrote."""
    relative = Path(os.path.relpath(schemas, file.parent)).as_posix()
    return f"{START}{relative}/{kind_of(file.as_posix())}.schema.json\n"


def with_modeline(text: str, file: Path, schemas: Path) -> str:
    """Return a file's text with such a line; unchanged where it has one already or needs none."""
    first = text.split("\n", 1)[0]
    if ANY.match(first) or not kind_of(file.as_posix()):
        return text
    line = modeline(file, schemas)
    return (line.replace("\n", "\r\n") if first.endswith("\r") else line) + text
