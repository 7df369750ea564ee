"""What of a site's configuration the HTML of a generated page depends on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HtmlRules:
    """The settings under which a page becomes HTML; the same in any process."""

    directory_urls: bool = True
    """Whether `a/b.md` is at `a/b/`, else at `a/b.html`."""
    permalink: tuple[str, str] | None = None
    """What a heading ends with: HTML up to the heading's id, and after it."""
    toc_levels: tuple[int, int] = (1, 6)
    """The levels of headings that the table of contents names, from and to."""
    slug: str = "ascii"
    """How a heading that has no id gets one: `ascii` or `unicode` as Python-Markdown makes it, `pymdownx` or
    `pymdownx lower` as that library does."""
    separator: str = "-"
    """Between the words of such an id: `-` or `_`."""
