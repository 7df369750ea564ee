"""Markdown as a careful author leaves it, whatever a template has left behind."""

from __future__ import annotations

import re


def tidy(markdown: str) -> str:
    """No trailing spaces and no runs of blank lines."""
    lines = (line.rstrip(" ") for line in markdown.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
