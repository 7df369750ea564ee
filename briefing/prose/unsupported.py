"""What looks like markup and is none in prose: a table of constructs, each with what to write instead.

A construct that is added here is found, reported and kept as literal words without a change elsewhere.
Every pattern is matched at one position and runs in linear time: no two repetitions in it can share a character.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import Literal

from msgspec import Struct

from briefing.model.places import Span

QUOTED_LENGTH = 60
"""How many characters of the author's words a message repeats."""


Extent = Literal["line", "fence", "run", "body", "paragraph"]
"""How far a construct reaches that begins a line: that line; to a closing line; all lines that begin like it;
the indented lines below; all lines down to the next blank one."""


class Finding(Struct, frozen=True):
    """A problem before its place is known: what `Problem` says, with a span of the text at hand."""

    code: str
    span: Span
    message: str
    hint: str


class Construct(Struct, frozen=True):
    """A kind of markup that prose does not have."""

    name: str
    """As it is after "is": with its article."""
    pattern: re.Pattern[str]
    instead: str
    """What to write instead, and how to write the characters where they are meant."""
    extent: Extent = "line"


def _line(name: str, pattern: str, instead: str, extent: Extent = "line") -> Construct:
    return Construct(name, re.compile(pattern), instead, extent)


BREAK = _line("a dividing line", r"([-*_])(?:[ \t]*\1){2,}[ \t]*$", "leave it out: a blank line parts paragraphs")
UNDERLINED = _line(
    "an underlined heading",
    r"(?:={2,}|-{2,})[ \t]*$",
    "write the heading's words in **strong** type, without the line under them",
    "paragraph",
)
TABLE = _line(
    "a table",
    r"(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$",
    "write a sentence or a list; numbers belong in a figure's `series`",
    "paragraph",
)
INDENTED = _line("a block of code, because it is indented", r"", "take the spaces away from the beginning of the line")


LINES = (
    _line("a heading", r"#{1,6}(?:[ \t]|$)", r"write the words in **strong** type; for the character itself write \#"),
    _line("a block of code", r"`{3,}[^`]*$|~{3,}", "write short code between single backticks: `code`", "fence"),
    _line(
        "a block quotation",
        r">(?![ \t]*[\d=])",
        r"write the words in quotation marks and cite where they are from; for the character itself write \>",
        "run",
    ),
    _line(
        "a footnote",
        r"\[\^[^\[\]]+\]:",
        "put the words in the text, or a work into references.yml and cite it: [@id]",
        "paragraph",
    ),
    _line(
        "a link definition",
        r"\[(?![@#^])(?:\d+\]:[ \t]*\S|[^\[\]]+\]:[ \t]*(?:<[^<>]*>|(?=\S*(?:[/:#]|\.\w))\S+)(?:[ \t]+[\"'(].*)?$)",
        r"write the address where it is used: [words](https://…); for the bracket itself write \[",
    ),
    _line("an abbreviation", r"\*\[[^\[\]]+\]:", "explain it in the text or in a context note"),
    _line("an inclusion of another file", r";*-+8<-+", r"write the words themselves; for the characters write \-\-8<"),
    _line("an admonition", r"(?:!!!|\?\?\?\+?)[ \t]+\w|===[!+]?[ \t]+[\"']", "write a paragraph", "body"),
    _line("a container", r":{3,}|/{3,}[ \t]*\w", r"write a paragraph; for the characters themselves write \:::"),
    BREAK,
)
"""What a line can begin with; each ends a paragraph above it."""

COMMENT = _line("an HTML comment", r"<!--", "leave it out: YAML has comments, after a # on a line of their own")
TAG = _line(
    "an HTML tag",
    r"</?([A-Za-z][A-Za-z0-9-]*)(?:[\s/][^<>]*)?>|<[!?][A-Za-z\[][^<>]*>",
    r"use *emphasis*, **strong**, `code`, lists and links; for the character itself write \<",
)
REFERENCE = _line(
    "a character reference",
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    "write the character itself; for the characters as they are write \\&",
)
FOOTNOTE = _line("a footnote", r"\[\^[^\s\[\]]+\]", r"cite a reference: [@id]; for the bracket itself write \[")
IMAGE = _line("an image", r"!\[", r"leave it out, or link to it: [words](https://…); for the characters write !\[")
INDIRECT = _line(
    "a link by reference", r"\[", r"write the address: [words](https://…); for the bracket itself write \["
)

INLINES = (
    _line(
        "an address in angle brackets",
        r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>",
        "write a link with words: [words](https://…)",
    ),
    TAG,
    REFERENCE,
    _line(
        "a template tag",
        r"\{\{(?:[^{}]*\}\})?|\{%(?:[^{}%]*%\})?",
        r"write the words themselves; for the characters write \{\{ or \{%",
    ),
    _line(
        "an attribute list",
        r"\{:[^{}]*\}|\{[ \t]*[#.][A-Za-z_-][^{}]*\}",
        r"leave it out: prose has no attributes; for the brace itself write \{",
    ),
    _line("struck-out text", r"~~(?=[^\s~])[^~]+~~", r"leave the words out; for the characters themselves write \~\~"),
)
"""What can be within a paragraph and needs no look at brackets."""


def found(construct: Construct, span: Span, words: str) -> Finding:
    """Return the finding for a construct, with the author's words."""
    instead = construct.instead
    if construct is REFERENCE and (character := unescape(words.strip())).isprintable():
        instead = instead.replace("itself", f"itself: {character}", 1)
    message = f"{quoted(words)} is {construct.name}, which prose does not have"
    return Finding("unsupported-markup", span, message, instead)


def is_reference(words: str) -> bool:
    """Return whether `&name;` names a character, as `AT&T;` does not."""
    return words.startswith("&#") or words[1:] in html5


def quoted(words: str) -> str:
    """Return an author's words for a message: on one line, shortened, in quotation marks."""
    line = " ".join(words[: 4 * QUOTED_LENGTH].split())
    return f"“{line if len(line) <= QUOTED_LENGTH else line[:QUOTED_LENGTH].rstrip() + '…'}”"
