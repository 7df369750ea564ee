"""Makes other people's words safe inside a Markdown page: they are shown literally, whatever they hold.

Everything stands on one physical line, and ASCII punctuation is written as character references, because trials with
hostile text against all Markdown extensions showed that backslashes leak and that newlines and indentation do most of
the damage (docs/decisions/0004-showing-other-peoples-text.md).

What has been made safe is `Markup`, and nothing else is printed as it is (docs/decisions/0043-what-is-markup.md).
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

_BREAKS = "\t-\r\x1c-\x1f\x85\u2028\u2029"
_WHITE = re.compile(f" *[{_BREAKS}][ {_BREAKS}]*|  +")
"""White space that is more than one space; single spaces, which are most, cost nothing."""
_READABLE_IN_MARKDOWN = ",;"
_READABLE_IN_HTML = ".,;?!()'-"
_READABLE_IN_ATTRIBUTES = _READABLE_IN_HTML + "%/:_"


def _references(readable: str) -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in readable}
    # Python-Markdown uses these two as its own marks; the others are not allowed in HTML at all.
    return table | dict.fromkeys((*range(9), *range(14, 28), 127))


_IN_MARKDOWN = _references(_READABLE_IN_MARKDOWN)
_IN_HTML = _references(_READABLE_IN_HTML)
_IN_ATTRIBUTES = _references(_READABLE_IN_ATTRIBUTES)


class Markup(str):
    """Markdown and HTML that are printed as they are.

    Joining, adding and filling in keep that quality, and make safe for Markdown whatever is still plain text. All
    else that is done to it, as to any string, gives plain text again: nothing is trusted by accident. It is no
    `markupsafe.Markup`, which makes plain text safe for HTML alone, and Markdown reads what that lets through.
    """

    __slots__ = ()

    def join(self, parts: Iterable[str]) -> Markup:
        """The parts with this between them."""
        return Markup(str.join(self, map(markup, parts)))

    def format(self, *parts: object, **named: object) -> Markup:
        """This with the parts in place of its braces."""
        return Markup(str.format(self, *map(markup, parts), **{name: markup(part) for name, part in named.items()}))

    def __add__(self, other: str) -> Markup:
        return Markup(str.__add__(self, markup(other)))

    def __radd__(self, other: str) -> Markup:
        return Markup(str.__add__(markup(other), self))


def markup(value: object) -> Markup:
    """What is printed for a value: markup as it is, anything else made safe for Markdown."""
    return value if isinstance(value, Markup) else in_markdown(str(value))


@lru_cache(maxsize=4096)
def in_markdown(text: str) -> Markup:
    """Text for a Markdown paragraph, heading, label or list item."""
    return Markup(in_one_line(text).translate(_IN_MARKDOWN))


_IN_TEXT = str.maketrans({**{mark: f"\\{mark}" for mark in "\\`*_[]|~"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})
_BEGINS = re.compile(r"([-+=#])|(\d{1,9})([.)])")


def in_text(text: str) -> str:
    """Text for a paragraph of a Markdown file that is read as text, and by no engine of a site: in one line, and
    readable."""
    line = in_one_line(text).strip().translate(_IN_TEXT)
    return (
        _BEGINS.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line, 1)
        if (_BEGINS.match(line))
        else line
    )


@lru_cache(maxsize=4096)
def in_html(text: str) -> Markup:
    """Text for the inside of a raw HTML element, which Markdown does not read."""
    return Markup(in_one_line(text).translate(_IN_HTML))


@lru_cache(maxsize=4096)
def in_attribute(text: str) -> Markup:
    """Text for an attribute in quotation marks of an element that Markdown does not read."""
    return Markup(in_one_line(text).translate(_IN_ATTRIBUTES))


def in_record(text: str) -> str:
    """Text for a record of a search index, which is HTML that no Markdown reads: its words stay as they are."""
    return html.escape(in_one_line(text), quote=False)


def in_lines(text: str) -> Markup:
    """Text for the inside of a `<pre>` element: its lines and spaces stay, and still it stands on one line."""
    lines = (Markup("&#32;").join(map(in_html, line.split(" "))) for line in text.split("\n"))
    return Markup("&#10;").join(lines)


def unbroken(text: str) -> str:
    """A sentence in which no line breaks between a number and what it counts; markup stays markup."""
    kept = _COUNT.sub("\N{NO-BREAK SPACE}", text)
    return Markup(kept) if isinstance(text, Markup) else kept


_COUNT = re.compile(r"(?<=\d) (?=[^\W\d_])")


@lru_cache(maxsize=4096)
def in_address(address: str) -> Markup:
    """An address for the destination of a Markdown link: what could end or mark up the link is percent-encoded."""
    return Markup(quote(address, safe="/:?#@!$&+,;=%~-._").replace("&", "&amp;"))


def link(label: Markup, address: str, title: str = "") -> Markup:
    """A Markdown link; MkDocs rewrites it for both URL modes and reports it where it leads nowhere."""
    tail = f' "{in_markdown(title)}"' if title else ""
    return Markup(f"[{label}]({in_address(address)}{tail})")


def linked(words: str, address: str) -> Markup:
    """Words as Markdown, with a link where there is an address."""
    return link(in_markdown(words), address) if address else in_markdown(words)


def in_one_line(text: str) -> str:
    """White space that breaks lines or indents becomes single spaces; no-break spaces stay."""
    if text.isprintable() and "  " not in text:
        return text  # most texts, and asked sooner than the pattern
    return _WHITE.sub(" ", text)


def collapse_blank_lines(markdown: str) -> str:
    """No trailing spaces and no runs of blank lines."""
    text = "\n".join([line.rstrip(" ") for line in markdown.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
