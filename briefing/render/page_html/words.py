"""Blocks of words: headings with marks, lists, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.render.page_html.inline import RefusedError

_HEADING = re.compile(r"(#{1,6}) ([^#\s{}](?:[^\n{}]*[^\s{}])?)(?: \{: ([^{}\n]*) \})?")
_LISTED = re.compile(r"#([a-z0-9_-]+)|\.([a-zA-Z0-9-]+)|([a-z][a-z0-9-]*)=\"([a-zA-Z0-9-]*)\"")
_ITEM = re.compile(r"(-|\d+\.) +(?=\S)")
_OTHER_BLOCK = re.compile(r"[#>=+:~!?^/$%@\s-]|\d+\.(?:\s|$)")
"""How a line begins that may be something else than a paragraph's."""


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading as Markdown: its marks, its words, and its attributes in braces."""

    level: int
    words: str
    attributes: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Of its element."""
        return f"h{self.level}"

    @property
    def id(self) -> str:
        """Empty where it names none."""
        return dict(self.attributes).get("id", "")

    def start_tag(self, id: str) -> str:
        """Return the start tag of its element."""
        written = sorted({**dict(self.attributes), "id": id}.items())
        return f"<{self.name}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in written)}>"


def heading_line(line: str) -> HeadingLine | None:
    """Read a line that begins with a mark of headings; None where it is not certain to be one."""
    found = _HEADING.fullmatch(line)
    if not found or found[2].endswith("#"):
        return None
    return HeadingLine(len(found[1]), found[2], tuple(_listed(found[3] or "").items()))


def _listed(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in written.split(" ") if written else ():
        part = _LISTED.fullmatch(one)
        if not part:
            raise RefusedError
        key = "id" if part[1] else "class" if part[2] else part[3]
        if key in found and not part[2]:
            raise RefusedError
        found[key] = f"{found[key]} {part[2]}" if key in found else part[1] or part[2] or part[4]
    return found


def list_items(block: str) -> tuple[str, ...]:
    """Return the name of a list's element and the words of its items, each of one line; empty for a paragraph.

    What may be another block is refused.
    """
    first = _ITEM.match(block)
    if not first:
        require_paragraph(block)
        return ()
    numbered = first[1] != "-"
    items = ["ol" if numbered else "ul"]
    for line in block.split("\n"):
        found = _ITEM.match(line)
        if not found or (found[1] != "-") != numbered:
            raise RefusedError
        words = line[found.end() :]
        require_paragraph(words)
        items.append(words)
    if numbered and first[1] != "1.":
        raise RefusedError
    return tuple(items)


def require_paragraph(block: str) -> None:
    """Refuse words that may be something else than a paragraph or the words of an item."""
    if any(map(_OTHER_BLOCK.match, block.split("\n"))):
        raise RefusedError
