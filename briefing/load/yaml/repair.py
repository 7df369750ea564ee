"""Text that YAML misread, printed as the block that it should have been."""

from __future__ import annotations

import re
import textwrap

from briefing.load.files import FORBIDDEN
from briefing.model.places import NodePath

WIDTH = 100
"""Columns of a printed block; what the editor's user would wrap at, no rule."""


def repaired(path: NodePath, words: str) -> str:
    """The field or list entry at `path` with its text as a `>-` block, to paste."""
    last = path[-1] if path else ""
    return block(last if isinstance(last, str) else None, words)


def block(key: str | None, words: str) -> str:
    """A field, or a list entry where there is no key, with its text as a `>-` block."""
    head, indent = (f"{key}: >-", "  ") if key is not None else ("- >-", "    ")
    words = re.sub(r"\s*[\r\n]\s*", " ", words.strip())
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
    """A field on one line, as it can stand in braces too."""
    line = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}: "{line}"'


def shortened(words: str, limit: int = 60) -> str:
    """Words on one line, without control characters, cut to a length that a message can hold."""
    line = FORBIDDEN.sub("\ufffd", " ".join(words.split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
