"""Tags, attributes, character references and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape


class RefusedError(Exception):
    """Something is not certain to become the HTML that Python-Markdown makes of it."""


_SPANS = "p|li|td|th|h1|h2|h3|h4|h5|h6|dd|dt|summary|address|legend"
"""Blocks whose content is a line of text, unless they ask for more."""
_AS_WRITTEN = "pre|option|textarea|canvas|math"
_DIVISIONS = (
    "div|article|aside|section|blockquote|figcaption|figure|tr|ul|ol|nav|dl|table|tbody|thead|tfoot|details|footer|form|"
    "output|header|hgroup|main|menu|colgroup|fieldset|map|object|progress|video|group|center"
)
_SPAN_NAMES, _DIVISION_NAMES = frozenset(_SPANS.split("|")), frozenset(_DIVISIONS.split("|"))
_IN_LINE = (
    "span|a|mark|sup|em|strong|q|button|ins|del|code|b|bdi|cite|abbr|small|sub|time|i|s|u|kbd|samp|var|dfn|data|br|wbr|"
    "svg|g|path|line|text|tspan|title|desc|circle|rect|ellipse|polygon|polyline|defs|use|"
    "caption|label|input|select|dialog|img|bdo|ruby|rt|rp|meter|optgroup|datalist"
)
"""The elements that may stand in a line of text. Others are refused, scripts and styles among them."""

_ATTRIBUTE = r' (?!id[ />]|iD)[a-z_:][a-zA-Z0-9_:.-]*(?:="[^"<>\[\]\\`\n]*")?'
BLOCK_TAG = re.compile(rf"<(/?)((?:{_SPANS}|{_DIVISIONS}|{_AS_WRITTEN})(?:{_ATTRIBUTE})*)>")
"""The tag of an element that Python-Markdown treats as a block: the slash of an end; its name with attributes."""
_ANY_TAG = re.compile(r"<(/?)([a-z][a-zA-Z0-9]*)(?![a-zA-Z0-9])[^<>]*?(/?)>")
_REFERENCE = r"&(?:#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]*);"
_PLAIN = "[!#$%*-;=?-Z^_a-z{|}~]"
_PHRASE = r"[^\x00-\x1f()<>&\"'\[\]\\`]"
DESTINATION = rf'\(({_PLAIN}+(?:{_REFERENCE}{_PLAIN}*)*)(?: "({_PHRASE}*(?:{_REFERENCE}{_PHRASE}*)*)")?\)'
"""What follows the label of a link: its address, and its title if it has one."""
_KNOWN = re.compile(
    rf"<(?:(?:{_IN_LINE})(?:{_ATTRIBUTE})* ?/?|/(?:{_IN_LINE}))>|{_REFERENCE}|\]{DESTINATION}|"
    r"\{: [^{}\n]* \}(?=\n)"
)
"""What may hold characters that mean something in Markdown or HTML: tags, references, links, attribute lists."""
_MEANINGFUL = re.compile(r"[<>&\\`*_{}|^~$@\x00-\x09\x0b-\x1f\x7f]")
"""What of the rest means something, in Python-Markdown itself or to its usual extensions."""
_SHORTCODE = re.compile(r":[\w+-]+:")
_IDS = re.compile(' id="([^"]*)"')
_PARTS = re.compile(r' ([^ =]+)(?:(=)"([^"]*)")?')
_BARE = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.I)


def require_dialect(text: str, between: Iterable[str]) -> None:
    """Refuse a page that has anything beside tags, references, links, attribute lists and plain words.

    `between` is what is between the tags of its blocks.
    """
    words = _KNOWN.sub("", "\n".join(between))
    if _MEANINGFUL.search(words) or "++" in words or "==" in words or _SHORTCODE.search(words):
        raise RefusedError
    if " \n" in text or "\n\n\n" in text or ' id="' in words or "\t" in text or "\r" in text:
        raise RefusedError
    if "\x02" in text or "\x03" in text:  # Python-Markdown's own marks
        raise RefusedError


def ids(text: str) -> list[str]:
    """Return the ids that the tags of a page have, whose dialect is known."""
    found: list[str] = _IDS.findall(text)
    together = " ".join(found)
    if together.split() != found or any(mark in together for mark in "<>=&"):
        raise RefusedError
    at = text.find(' name="')
    while at >= 0:  # the name of a link is an id, too; only fields of forms have one here
        if text.startswith("<a ", text.rfind("<", 0, at)):
            raise RefusedError
        at = text.find(' name="', at + 1)
    return found


def escape_text(text: str) -> str:
    """Return text as it is written between tags; references in it stay."""
    return _BARE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class StartTag:
    """The start tag of an element that Python-Markdown puts into its tree."""

    name: str
    html: str
    markdown: str
    """What is read as Markdown in it: `block`, `span`, or `off`."""
    id: str = ""
    level: int = 0
    """Of a heading."""
    label: str | None = None
    """A heading's name in the table of contents."""


_MOST_OPEN = 1000
"""Elements that may be open at once, those without an end among them, so that work stays in proportion."""


@lru_cache(maxsize=4096)
def start_tag(tag: str) -> StartTag:
    """Read the name and attributes of a block's start tag, which Python-Markdown leaves in alphabetical order."""
    name, _, rest = tag.partition(" ")
    level = int(name[1]) if name[0] == "h" and name[1:].isdigit() else 0
    attributes: dict[str, str] = {}
    label = None
    for key, given, value in _PARTS.findall(f" {rest}") if rest else ():
        if key in attributes or not key.islower():
            raise RefusedError
        if level and key == "data-toc-label":
            label = unescape(value)
        else:
            attributes[key] = (_in_quotes(unescape(value)) if "&" in value else value) if given else key
    markdown = attributes.pop("markdown", "0")
    html = "".join([f' {key}="{attributes[key]}"' for key in sorted(attributes)])
    return StartTag(name, f"<{name}{html}>", _state(name, markdown), attributes.get("id", ""), level, label)


def _in_quotes(value: str) -> str:
    if "&" in value or "<" in value or ">" in value:
        value = escape_text(value)
    return value.replace('"', "&quot;")


def _state(name: str, wanted: str) -> str:
    if wanted in ("1", "markdown"):
        return "block" if name in _DIVISION_NAMES else "span" if name in _SPAN_NAMES else "off"
    if wanted in ("block", "span") and (name in _DIVISION_NAMES or name in _SPAN_NAMES):
        return wanted
    return "off"


def raw_end(html: str) -> int:
    """Return where Python-Markdown ends a block that it leaves as it is: where no element is open."""
    name = html[1:].partition(">")[0].partition(" ")[0]
    if html.find(f"<{name}", 1) < 0:
        return html.find(f"</{name}>") + len(name) + 3
    waiting: list[str] = []
    for found in _ANY_TAG.finditer(html):
        if not found[1] and not found[3]:
            waiting.append(found[2])
        elif found[1] and found[2] in waiting:
            while waiting.pop() != found[2]:
                pass
        if not waiting:
            return found.end()
        if len(waiting) > _MOST_OPEN:
            break
    return -1
