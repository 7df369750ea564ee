"""What the manual says of a problem code, as plain text for a terminal. The manual is the only source."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Mapping

from briefing.model.codes import CODES

WIDTH = 88

PARAGRAPH = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```\w*\n(.*?)\n```$", re.MULTILINE | re.DOTALL)

LINK = re.compile(r"(`[^`]*`)|\[((?:`[^`]*`|[^\]])*)\]\([^)]*\)")
"""Code, in which nothing is a link, or a link."""


def paragraphs(manual: str) -> Mapping[str, str]:
    """The Markdown under each code's heading, by code."""
    return {code: text.strip() for code, text in PARAGRAPH.findall(manual)}


def explained(code: str, manual: str) -> str:
    """A code with its severity, what it means, an example and how to mend it. KeyError for one that is none."""
    known = CODES[code]
    return f"{_filled(f'{code} ({known.severity}): {known.summary}', '  ')}\n\n{as_text(paragraphs(manual)[code])}"


def as_text(markdown: str) -> str:
    """Markdown without its marks: paragraphs wrapped, links as their words, examples indented."""
    parts: list[str] = []
    for number, part in enumerate(FENCE.split(markdown)):
        if number % 2:
            parts.append(textwrap.indent(part, "    "))
        else:
            parts += [_paragraph(each) for each in re.split(r"\n\s*\n", part) if each.strip()]
    return "\n\n".join(parts)


def _paragraph(markdown: str) -> str:
    words = LINK.sub(lambda found: found[1] or found[2], markdown.strip()).replace("**", "")
    if words.startswith("- "):
        return "\n".join(_filled(line, "  ") for line in words.splitlines())
    return words if words.startswith("|") else _filled(words, "")


def _filled(words: str, indent: str) -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def nearest(code: str) -> str:
    """The code that a misspelt one may have been meant for; empty where none is near."""
    return next(iter(difflib.get_close_matches(code.lower(), CODES, 1)), "")


def command(code: str) -> str:
    """What to type to read more about a code."""
    return f"briefing explain {code}"
