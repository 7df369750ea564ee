"""The blocks of a page, one after the other: elements, headings, paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.render.page_html.contents import Contents, Heading
from briefing.render.page_html.inline import (
    BLOCKS,
    TAG,
    RefusedError,
    StartTag,
    ids,
    level,
    names,
    require_dialect,
    start_tag,
)
from briefing.render.page_html.links import LinkRules
from briefing.render.page_html.plain import plain_element
from briefing.render.page_html.rules import HtmlRules
from briefing.render.slots import EchoSlot

_NAME = re.compile("<(/?)([a-z][a-zA-Z0-9]*)")
_HEADING = re.compile(r"(#{1,6}) ([^#\s{}](?:[^\n{}]*[^\s{}])?)(?: \{: ([^{}\n]*) \})?")
_LISTED = re.compile(r"#([a-z0-9_-]+)|\.([a-zA-Z0-9-]+)|([a-z][a-z0-9-]*)=\"([a-zA-Z0-9-]*)\"")
_ITEM = re.compile(r"(-|\d+\.) +(?=\S)")
_OTHER_BLOCK = re.compile(r"[#>=+:~!?^/$%@\s-]|\d+\.(?:\s|$)")
"""How a line begins that may be something else than a paragraph's."""
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
        self._text = ""
        self._out: list[str] = []
        self._waiting: list[tuple[int, Heading, str, dict[str, str]]] = []
        self._open: list[_Open] = []
        self._after_list = False
        self._slots: dict[int, tuple[str, str]] = {}

    def content(self, parts: Sequence[str | EchoSlot]) -> tuple[str | EchoSlot, ...]:
        """Return the HTML of a page's Markdown without its front matter. Raises RefusedError."""
        self._text = text = "".join(
            part if isinstance(part, str) else f"\n{part.before}{_OPEN}{number}{_CLOSE}{part.after}\n"
            for number, part in enumerate(parts)
        ).strip("\n")
        slots = {number: part for number, part in enumerate(parts) if isinstance(part, EchoSlot)}
        if text.count(_OPEN) != len(slots) or text.count(_CLOSE) != len(slots):
            raise RefusedError
        require_dialect(text + "\n")
        self._blocks()
        self._own |= {heading.id for heading in self.contents.headings if heading.id}
        self.contents.name(self._own)
        for at, heading, name, attributes in self._waiting:
            written = sorted({**attributes, "id": heading.id}.items())
            start = "".join(f' {key}="{value}"' for key, value in written)
            self._out[at] = self._heading(heading, f"<{name}{start}>", f"</{name}>\n")
        self.anchors = self._own | set(ids(text))
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

    # --- blocks ------------------------------------------------------------------------------------------------

    def _blocks(self) -> None:
        text, at, end = self._text, 0, len(self._text)
        while at < end:
            if text[at] == "\n":
                at += 1
                if self._open:
                    self._open[-1].fresh = False
                continue
            found = _NAME.match(text, at)
            if found and found[2] in BLOCKS:
                at = self._ended(found[2], at) if found[1] else self._element(found[2], at)
            elif at and text[at - 1] != "\n":
                raise RefusedError
            else:
                at = self._words(at)
        if self._open:
            raise RefusedError

    def _ended(self, name: str, at: int) -> int:
        after = at + len(name) + 3
        if not self._open or self._open[-1].name != name or self._text[after - 1 : after] != ">":
            raise RefusedError
        opened = self._open.pop()
        if len(self._out) == opened.at:
            self._out[-1] = self._out[-1].rstrip("\n")
        self._out.append(f"</{name}>\n")
        self._at_end(after)
        self._after_list = False
        return after

    def _at_end(self, at: int) -> None:
        """After an element there is the end of the line, or of the element around it, or the next of a row."""
        following = self._text[at : at + 1]
        if following not in ("", "\n") and not (self._open and self._open[-1].fresh and following == "<"):
            raise RefusedError

    def _element(self, name: str, at: int) -> int:
        text = self._text
        after = text.index(">", at) + 1
        self._after_list = False
        if at and text[at - 1] != "\n" and not (self._open and self._open[-1].fresh):
            raise RefusedError
        if not self._open and " markdown" not in text[at:after]:
            return self._raw(name, at)
        tag = start_tag(text[at:after])
        if tag.id:
            self._own.add(tag.id)
        if tag.markdown == "block":
            self._out.append(f"{tag.html}\n")
            self._open.append(_Open(name, len(self._out)))
            if text[after : after + 1] not in ("\n", "<"):
                raise RefusedError
            return after
        if tag.markdown == "span":
            after = self._span(tag, after)
        elif self._open:
            after = self._plain(tag, after)
        else:
            raise RefusedError
        self._at_end(after)
        return after

    def _span(self, tag: StartTag, at: int) -> int:
        end = self._text.find(f"</{tag.name}>", at)
        if end < 0:
            raise RefusedError
        words = self._text[at:end]
        if _OPEN in words:
            self._slot(tag, words)
        else:
            self._put(tag, self.links.inline(words))
        return end + len(tag.name) + 3

    def _slot(self, tag: StartTag, words: str) -> None:
        """An element with a slot is left out where nothing fills it, so nothing may depend on it."""
        found = _SLOT.fullmatch(words)
        if not found or level(tag.name) or not self._open or len(self._out) == self._open[-1].at:
            raise RefusedError
        if tag.id or self._open[-1].fresh or found[1].endswith("!"):
            raise RefusedError
        before, after = self.links.inline(found[1]), self.links.inline(found[3])
        self._slots[int(found[2])] = (f"{tag.html}{before}", f"{after}</{tag.name}>\n")
        self._out.append(f"{_OPEN}{found[2]}{_CLOSE}")

    def _put(self, tag: StartTag, html: str) -> None:
        if level(tag.name):
            heading = self.contents.add(Heading(level(tag.name), tag.id, html, tag.label))
            if not tag.id:
                raise RefusedError
            self._out.append(self._heading(heading, tag.html, f"</{tag.name}>\n"))
        else:
            self._out.append(f"{tag.html}{html}</{tag.name}>\n")

    def _heading(self, heading: Heading, before: str, after: str) -> str:
        permalink = self.rules.permalink
        link = f"{permalink[0]}{heading.id}{permalink[1]}" if permalink else ""
        return f"{before}{heading.html}{link}{after}"

    def _raw(self, name: str, at: int) -> int:
        """An element outside of all Markdown stays as it is; an empty line after it, too."""
        text = self._text
        end = text.find(f"</{name}>", at)
        if end < 0:
            raise RefusedError
        end += len(name) + 3
        if text.find(f"<{name}", at + 1, end) >= 0:
            end = _end_of(text, at)
        following = text[end : end + 2]
        if following[:1] not in ("", "\n"):
            raise RefusedError
        self._out.append(text[at:end] + ("\n\n" if following == "\n\n" else "\n"))
        return end

    def _plain(self, tag: StartTag, at: int) -> int:
        """An element in which nothing is Markdown, within one in which something is."""
        text = self._text
        around = {opened.name for opened in self._open}
        end = text.find(f"</{tag.name}>", at)
        if end < 0:
            raise RefusedError
        html = text[at:end]
        within = BLOCKS.intersection(names(html))
        first = _NAME.match(html)
        one_line = "\n" not in html and not (first and first[2] in BLOCKS)
        if within and not (one_line and within.isdisjoint(around) and tag.name not in within):
            element, end = plain_element(text, tag, at, around)
            self._own |= element.ids
            self._out.append(f"{element.html}\n")
            return end
        self._put(tag, html)
        return end + len(tag.name) + 3

    # --- words -------------------------------------------------------------------------------------------------

    def _words(self, at: int) -> int:
        if self._open:
            self._open[-1].fresh = False
        if self._text[at] == "#":
            return self._marked_heading(at)
        end = self._text.find("\n\n", at)
        lines: list[str] = []
        for line in self._text[at : None if end < 0 else end].split("\n"):
            found = _NAME.match(line)
            if found and found[2] in BLOCKS:
                break
            lines.append(line)
        if _ITEM.match(lines[0]):
            self._list(lines)
        else:
            if any(map(_OTHER_BLOCK.match, lines)):
                raise RefusedError
            self._out.append(f"<p>{self.links.inline(chr(10).join(lines))}</p>\n")
            self._after_list = False
        return at + len("\n".join(lines))

    def _marked_heading(self, at: int) -> int:
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        found = _HEADING.fullmatch(self._text, at, end)
        if not found or found[2].endswith("#"):
            raise RefusedError
        name, attributes = f"h{len(found[1])}", _listed(found[3] or "")
        html, id = self.links.inline(found[2]), attributes.pop("id", "")
        heading = self.contents.add(Heading(len(found[1]), id, html))
        self._waiting.append((len(self._out), heading, name, attributes))
        if not self._out:
            self.contents.begins = heading
        self._out.append("")
        self._after_list = False
        return end

    def _list(self, lines: list[str]) -> None:
        if self._after_list:
            raise RefusedError
        items: list[str] = []
        for line in lines:
            found = _ITEM.match(line)
            if not found or (found[1] == "-") != (lines[0][0] == "-"):
                raise RefusedError
            words = line[found.end() :]
            inner = _NAME.match(words)
            if _OTHER_BLOCK.match(words) or (inner and inner[2] in BLOCKS):
                raise RefusedError
            items.append(f"<li>{self.links.inline(words)}</li>\n")
        if lines[0][0] != "-" and not lines[0].startswith("1."):
            raise RefusedError
        name = "ul" if lines[0][0] == "-" else "ol"
        self._out.append(f"<{name}>\n{''.join(items)}</{name}>\n")
        self._after_list = True


def _listed(written: str) -> dict[str, str]:
    """Return the attributes of a list in braces."""
    found: dict[str, str] = {}
    for one in written.split():
        part = _LISTED.fullmatch(one)
        if not part or ((key := "id" if part[1] else "class" if part[2] else part[3]) in found and key != "class"):
            raise RefusedError
        found[key] = f"{found[key]} {part[2]}" if key in found else part[1] or part[2] or part[4]
    return found


def _end_of(text: str, at: int) -> int:
    stack: list[str] = []
    for found in TAG.finditer(text, at):
        if not found[1] and not found[4]:
            stack.append(found[2])
        elif found[1] and found[2] in stack:
            while stack.pop() != found[2]:
                pass
        if not stack:
            return found.end()
    raise RefusedError
