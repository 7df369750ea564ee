"""Tags, attributes, character references and the text between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape


class RefusedError(Exception):
    """Something is not certain to become the HTML that Python-Markdown makes of it."""


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


SPAN = _named("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th")
"""Blocks whose content is a line of text, unless they ask for more."""
_RAW = _named("canvas math option pre script style textarea")
_DIVISIONS = _named(
    "article aside blockquote details div dl fieldset figcaption figure footer form header hgroup main menu nav ol "
    "section table ul colgroup body group html iframe map noscript output object progress tbody tfoot thead tr video "
    "center"
)
BLOCKS = SPAN | _RAW | _DIVISIONS | {"hr"}
"""The elements that Python-Markdown treats as blocks."""

_ATTRIBUTE = r' (?!id[ />]|iD)[a-z_:][a-zA-Z0-9_:.-]*(?:="[^"<>\[\]\\`\n]*")?'
_UNREADABLE = "hr|script|style|iframe|noscript|html|body|plaintext|xmp|noembed|noframes|template|base"
"""Elements in which text is read otherwise, or that need no end."""
TAG = re.compile(rf"<(/?)([a-z][a-zA-Z0-9]*)((?:{_ATTRIBUTE})*) ?(/?)>")
REFERENCE = r"&(?:#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]*);"
_PLAIN = r"[^\s()<>&\"'\[\]\\`]"
_PHRASE = r"[^\n()<>&\"'\[\]\\`]"
DESTINATION = rf'\(((?:{_PLAIN}|{REFERENCE})+)(?: "((?:{_PHRASE}|{REFERENCE})*)")?\)'
"""What follows the label of a link: its address, and its title if it has one."""
_KNOWN = re.compile(
    rf"</?(?!(?:{_UNREADABLE})[ />])[a-z][a-zA-Z0-9]*(?:{_ATTRIBUTE})* ?/?>|{REFERENCE}|"
    rf"\]{DESTINATION}|"
    r"\{: [^{}\n]* \}(?=\n)"
)
"""What may hold characters that mean something in Markdown or HTML: tags, references, links, attribute lists."""
_MEANINGFUL = re.compile(r"[<>&\\`*_{}|^~$@\x00-\x09\x0b-\x1f\x7f]")
"""What of the rest means something, in Python-Markdown itself or to its usual extensions."""
_SHORTCODE = re.compile(r":[\w+-]+:")
_NAMES = re.compile("</?([a-zA-Z0-9]+)")
_PARTS = re.compile(r' ([a-zA-Z_:][a-zA-Z0-9_:.-]*)(?:="([^"]*)")?')
_IDS = re.compile(r' id="([^"]*)"')
_NO_ID = re.compile(r"[\s<>=&]|^$")
_ANCHOR_NAME = re.compile("<a [^<>]*name=")
_BARE = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.I)


def require_dialect(text: str) -> None:
    """Refuse a page that has anything beside tags, references, links, attribute lists and plain words."""
    words = _KNOWN.sub("", text)
    if _MEANINGFUL.search(words) or "++" in words or "==" in words or _SHORTCODE.search(words):
        raise RefusedError
    if " \n" in text or "\n\n\n" in text or ' id="' in words:
        raise RefusedError


def ids(text: str) -> list[str]:
    """Return the ids that the tags of a page have, whose dialect is known."""
    found = _IDS.findall(text)
    if _ANCHOR_NAME.search(text) or any(map(_NO_ID.search, found)):
        raise RefusedError
    return found


def names(text: str) -> list[str]:
    """Return the names of all tags."""
    return _NAMES.findall(text)


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
    label: str | None = None
    """A heading's name in the table of contents."""


@lru_cache(maxsize=4096)
def start_tag(tag: str) -> StartTag:
    """Read the start tag of a block, which its attributes leave in alphabetical order."""
    found = TAG.fullmatch(tag)
    if not found or found[1] or found[4]:
        raise RefusedError
    name, written = found[2], _PARTS.findall(found[3])
    attributes: dict[str, str] = {}
    for (key, value), bare in zip(written, _bare(found[3]), strict=True):
        if key in attributes or key != key.lower():
            raise RefusedError
        attributes[key] = key if bare else unescape(value)
    wanted = attributes.pop("markdown", "0")
    label = attributes.pop("data-toc-label", None) if level(name) else None
    id = attributes.get("id", "")
    if "id" in attributes and (not id or not id.strip() or "&" in id):
        raise RefusedError
    html = "".join(f' {key}="{_in_quotes(attributes[key])}"' for key in sorted(attributes))
    return StartTag(name, f"<{name}{html}>", _state(name, wanted), id, label)


def _bare(attributes: str) -> list[bool]:
    return [not found[0].endswith('"') for found in _PARTS.finditer(attributes)]


def _in_quotes(value: str) -> str:
    return escape_text(value).replace('"', "&quot;")


def _state(name: str, wanted: str) -> str:
    if wanted in ("1", "markdown"):
        return "block" if name in _DIVISIONS else "span" if name in SPAN else "off"
    if wanted in ("block", "span"):
        return "off" if name in _RAW else wanted
    return "off"


def level(name: str) -> int:
    """Return the level of a heading; 0 for other elements."""
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0
