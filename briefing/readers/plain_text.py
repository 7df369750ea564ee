"""Plain text, where every line that is not blank is a paragraph, and Markdown.

Of Markdown it is the visible text of the page that it makes: markup, addresses and front matter are gone.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from briefing.readers.html import visible
from briefing.readers.reading import DEFAULT, Options, Reading, UnreadableDocument, decode

TEXT_VERSION = "text 1"
LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def read_text(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read plain text. Lines are not joined to paragraphs: whether a break was meant cannot be seen."""
    decoded = decode(data, options.encoding)
    lines = (line.strip(" \t") for line in LINE_END.split(decoded.text))
    return Reading(TEXT_VERSION, tuple(line for line in lines if line.strip()), decoded.encoding, decoded.guessed)


MARKDOWN_VERSION = "markdown 1"
MAX_LENGTH = 2_000_000
"""In code points: brackets alone cost some 20 microseconds each, so hostile text this long takes under a minute."""
MAX_NESTING = 40
"""Twenty lists in one another; markdown-it drops without a word what is deeper, so that is refused."""

FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w\"'-]+[ \t]*:).*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
"""Only where a key follows: else the line of dashes divides, and words would be dropped."""


def read_markdown(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read Markdown: CommonMark with tables and struck-out text, HTML in it as a browser shows it."""
    decoded = decode(data, options.encoding)
    if len(decoded.text) > MAX_LENGTH:
        raise UnreadableDocument(f"it has more than {MAX_LENGTH:,} characters")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if front := FRONT_MATTER.match(text):
        text = text[front.end() :]
    return Reading(MARKDOWN_VERSION, visible(_page(text)), decoded.encoding, decoded.guessed)


def _page(text: str) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    if any(token.block and token.level >= MAX_NESTING - 1 for token in tokens):
        raise UnreadableDocument(f"its lists and quotations are nested more than {MAX_NESTING // 2} deep")
    page = parser.renderer.render(tokens, parser.options, {})
    assert isinstance(page, str)
    return page
