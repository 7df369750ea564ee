"""The blocks of a page, one after the other: elements, headings, paragraphs and lists.

A page is cut at the tags of its blocks, which are known by name; what is between them are words, with elements of a
line in them. So the work in Python is a step for each such tag, and one for each link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.render.page_html.contents import Contents, Heading
from briefing.render.page_html.inline import BLOCK_TAG, RefusedError, StartTag, ids, raw_end, require_dialect, start_tag
from briefing.render.page_html.links import LinkRules
from briefing.render.page_html.plain import MOST, PlainElement
from briefing.render.page_html.rules import HtmlRules
from briefing.render.page_html.words import HeadingLine, heading_line, list_items
from briefing.render.slots import EchoSlot

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Around the number of a slot."""
_SLOT_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_SLOT = re.compile(f"([^{_OPEN}]*){_OPEN}([0-9]+){_CLOSE}([^{_OPEN}]*)")


class _Open:
    """An element whose content is blocks, and whose end has not come yet."""

    __slots__ = ("at", "fresh", "name")

    def __init__(self, name: str, at: int) -> None:
        self.name = name
        self.at = at
        """How many pieces had been written when it began."""
        self.fresh = True
        """Whether there was nothing but elements in it: only then may one follow another on a line."""


class PageWriter:
    """Writes the HTML of one page."""

    def __init__(self, path: str, rules: HtmlRules) -> None:
        self.rules = rules
        self.links = LinkRules(path, rules.directory_urls)
        self.contents = Contents(rules)
        self.anchors: set[str] = set()
        self._own: set[str] = set()
        """The ids of elements in Python-Markdown's tree: what the id of a heading must differ from."""
        self._out: list[str] = []
        self._waiting: list[tuple[int, Heading, HeadingLine]] = []
        self._open: list[_Open] = []
        self._after_list = False
        self._slots: dict[int, tuple[str, str]] = {}
        self._ends: list[str] = []
        self._tags: list[str] = []
        self._texts: list[str] = []
        """The tags of blocks, as the slash of an end and the name with attributes, and the text after each."""

    def content(self, parts: Sequence[str | EchoSlot]) -> tuple[str | EchoSlot, ...]:
        """Return the HTML of a page's Markdown without its front matter. Raises RefusedError."""
        text = "".join(
            part if isinstance(part, str) else f"\n{part.before}{_OPEN}{number}{_CLOSE}{part.after}\n"
            for number, part in enumerate(parts)
        ).strip("\n")
        slots = {number: part for number, part in enumerate(parts) if isinstance(part, EchoSlot)}
        if not text or text.count(_OPEN) != len(slots) or text.count(_CLOSE) != len(slots):
            raise RefusedError
        self._blocks(f"{text}\n\n")
        self._own.update(heading.id for heading in self.contents.headings if heading.id)
        self.contents.name(self._own)
        for at, heading, line in self._waiting:
            self._out[at] = self._heading(heading, line.start_tag(heading.id), f"</{line.name}>\n")
        self.anchors = self._own.union(ids(text))
        return self._with_slots("".join(self._out).strip(), slots)

    def _with_slots(self, html: str, slots: dict[int, EchoSlot]) -> tuple[str | EchoSlot, ...]:
        if slots.keys() != self._slots.keys():
            raise RefusedError
        pieces = _SLOT_MARK.split(html)
        parts: list[str | EchoSlot] = [pieces[0]]
        for number, following in zip(map(int, pieces[1::2]), pieces[2::2], strict=True):
            before, after = self._slots[number]
            parts += (EchoSlot(slots[number].annotation, before, after), following)
        return tuple(parts)

    def _blocks(self, text: str) -> None:
        pieces = BLOCK_TAG.split(text)
        require_dialect(text, pieces[::3])
        self._ends, self._tags, self._texts = pieces[1::3], pieces[2::3], pieces[3::3]
        if pieces[0]:
            self._between(f"\n{pieces[0]}")
        ends, texts, open_elements = self._ends, self._texts, self._open
        at, count = 0, len(ends)
        while at < count:
            last = self._ended(at) if ends[at] else self._element(at)
            at, text = last + 1, texts[last]
            self._after_list = False
            if text != "\n" and text != "\n\n":
                self._between(text)
            elif open_elements:
                open_elements[-1].fresh = False
        if self._open:
            raise RefusedError

    # --- elements: each of these takes the number of a tag, and returns that of the last one it has read -----------

    def _ended(self, at: int) -> int:
        name = self._tags[at]
        if not self._open or self._open[-1].name != name:
            raise RefusedError
        opened = self._open.pop()
        if len(self._out) == opened.at:
            self._out[-1] = self._out[-1].rstrip("\n")
        self._out.append(f"</{name}>\n")
        return at

    def _element(self, at: int) -> int:
        written = self._tags[at]
        if not self._open and " markdown" not in written:
            return self._raw(at)
        tag = start_tag(written)
        if tag.id:
            self._own.add(tag.id)
        if tag.markdown == "block":
            if len(self._open) > MOST:
                raise RefusedError
            self._out.append(f"{tag.html}\n")
            self._open.append(_Open(tag.name, len(self._out)))
            return at
        following = at + 1
        if following < len(self._tags) and self._ends[following] and self._tags[following] == tag.name:
            words = self._texts[at]
            if tag.markdown == "span":
                if _OPEN in words:
                    self._slot(tag, words)
                    return following
                words = self.links.inline(words)
            elif not self._open:
                raise RefusedError
            if tag.level:
                self._html_heading(tag, words)
            else:
                self._out.append(f"{tag.html}{words}</{tag.name}>\n")
            return following
        if tag.markdown == "span" or not self._open:
            raise RefusedError
        return self._plain(at, tag)

    def _slot(self, tag: StartTag, words: str) -> None:
        """An element with a slot is left out where nothing fills it, so nothing may depend on it."""
        found = _SLOT.fullmatch(words)
        if not found or tag.level or not self._open or len(self._out) == self._open[-1].at:
            raise RefusedError
        if tag.id or self._open[-1].fresh or found[1].endswith("!"):
            raise RefusedError
        before, after = self.links.inline(found[1]), self.links.inline(found[3])
        self._slots[int(found[2])] = (f"{tag.html}{before}", f"{after}</{tag.name}>\n")
        self._out.append(f"{_OPEN}{found[2]}{_CLOSE}")

    def _plain(self, at: int, tag: StartTag) -> int:
        """An element in which nothing is Markdown, within one in which something is."""
        element = PlainElement(tag, self._texts[at], {opened.name for opened in self._open})
        for number in range(at + 1, len(self._tags)):
            html = element.read(self._ends[number], self._tags[number], self._texts[number])
            if html is not None:
                self._own |= element.ids
                self._out.append(f"{html}\n")
                return number
        raise RefusedError

    def _raw(self, at: int) -> int:
        """An element outside of all Markdown stays as it is; an empty line after it, too."""
        name = self._tags[at].partition(" ")[0]
        raw = [f"<{self._tags[at]}>"]
        deep = 1
        for number in range(at + 1, len(self._tags)):
            end, tag = self._ends[number], self._tags[number]
            raw += (self._texts[number - 1], f"<{end}{tag}>")
            if end and " " in tag:
                raise RefusedError
            if tag == name or tag.startswith(f"{name} "):
                deep += -1 if end else 1
                if not deep:
                    html = "".join(raw)
                    if raw_end(html) != len(html):
                        raise RefusedError
                    self._out.append(f"{html}\n\n" if self._texts[number].startswith("\n\n") else f"{html}\n")
                    return number
        raise RefusedError

    def _html_heading(self, tag: StartTag, html: str) -> None:
        if not tag.id:
            raise RefusedError
        heading = self.contents.add(Heading(tag.level, tag.id, html, tag.label))
        self._out.append(self._heading(heading, tag.html, f"</{tag.name}>\n"))

    def _heading(self, heading: Heading, before: str, after: str) -> str:
        permalink = self.rules.permalink
        link = f"{permalink[0]}{heading.id}{permalink[1]}" if permalink else ""
        return f"{before}{heading.html}{link}{after}"

    # --- words -------------------------------------------------------------------------------------------------

    def _between(self, text: str) -> None:
        """The text between tags where blocks stand: it has its own lines, and none only in a row of elements."""
        if not text:
            if not self._open or not self._open[-1].fresh:
                raise RefusedError
            return
        if self._open:
            self._open[-1].fresh = False
        if text[0] != "\n" or text[-1] != "\n":
            raise RefusedError
        for block in text.strip("\n").split("\n\n"):
            if block[0] == "#":
                self._heading_line(block)
            elif ("\n" in block or not block[0].isalpha()) and (items := list_items(block)):
                self._list(items)
            else:
                self._out.append(f"<p>{self.links.inline(block)}</p>\n")
                self._after_list = False

    def _heading_line(self, block: str) -> None:
        line, _, rest = block.partition("\n")
        found = heading_line(line)
        if rest or not found:
            raise RefusedError
        heading = self.contents.add(Heading(found.level, found.id, self.links.inline(found.words)))
        self._waiting.append((len(self._out), heading, found))
        if not self._out:
            self.contents.begins = heading
        self._out.append("")
        self._after_list = False

    def _list(self, items: Sequence[str]) -> None:
        """A list; another right after it would be of the same list for Python-Markdown, and loosen it."""
        if self._after_list:
            raise RefusedError
        name, *words = items
        inner = "".join(f"<li>{self.links.inline(one)}</li>\n" for one in words)
        self._out.append(f"<{name}>\n{inner}</{name}>\n")
        self._after_list = True
