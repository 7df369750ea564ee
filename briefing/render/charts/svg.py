"""Writes SVG elements: one line, everything escaped, looks by class alone.

Across, places are percentages of the picture's width; down, they are pixels. So a picture fits every screen while its
words keep their size. A page that runs from right to left mirrors the places; `text-anchor` follows by itself.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.render.escape import Markup, in_attribute, in_html
from briefing.render.messages import Messages
from briefing.render.statements import shorten

LETTER = 100 / 44
"""The share of the narrowest picture (a phone of 320 pixels) that a letter of its words takes at most."""


def tag(name: str, *content: Markup, **attributes: str | float) -> Markup:
    """An element; `class_` stands for `class`, an underscore for a hyphen."""
    given = Markup("").join(
        Markup(' {}="{}"').format(Markup(key.strip("_").replace("_", "-")), _written(value))
        for key, value in attributes.items()
        if value != ""
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, Markup("").join(content))


def _written(value: str | float) -> Markup:
    return in_attribute(value) if isinstance(value, str) else Markup(_short(value))


def _short(value: float) -> str:
    """At most two decimals, and never “-0”."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in one direction of reading."""

    mirrored: bool
    """Whether reading begins on the right."""

    def x(self, place: float) -> str:
        """A place across, from where reading begins."""
        return _short(100 - place if self.mirrored else place) + "%"

    def line(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
        """A straight line."""
        return tag("line", class_=kind, x1=self.x(x1), y1=y1, x2=self.x(x2), y2=y2)

    def dot(self, kind: str, x: float, y: float, r: float, name: str = "") -> Markup:
        """A circle, and what it says when it is pointed at."""
        return tag("circle", *_title(name), class_=kind, cx=self.x(x), cy=y, r=r)

    def bar(self, kind: str, x1: float, y: float, x2: float, height: float, name: str = "") -> Markup:
        """A rectangle between two places across."""
        left, right = sorted((100 - x1, 100 - x2) if self.mirrored else (x1, x2))
        width = _short(right - left) + "%"
        return tag("rect", *_title(name), class_=kind, x=_short(left) + "%", y=y, width=width, height=height)

    def text(self, kind: str, x: float, y: float, words: str, anchor: str = "start") -> Markup:
        """Words on one line."""
        anchor = "" if anchor == "start" else anchor
        return tag("text", in_html(words), class_=kind, x=self.x(x), y=y, text_anchor=anchor)


def pen(say: Messages) -> Pen:
    """A pen that draws as a language is read."""
    return Pen(say.direction == "rtl")


def picture(id: str, height: float, say: Messages, title: str, description: str, content: Iterable[Markup]) -> Markup:
    """The whole picture, with its name and description for those who do not see it."""
    return tag(
        "svg",
        tag("title", in_html(title), id=f"{id}-title"),
        tag("desc", in_html(description), id=f"{id}-desc"),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_="bf-picture",
        role="img",
        width="100%",
        height=height,
        lang=say.tag,
        direction="rtl" if say.direction == "rtl" else "",
        aria_labelledby=f"{id}-title {id}-desc",
    )


def width(words: str) -> float:
    """About how many letters wide words are; those of East Asia are twice as wide."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in words)


def wrapped(words: str, letters: int, lines: int) -> list[str]:
    """Words on so many lines of so many letters at most, with … where they do not fit."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in words) * 2 > len(words)
    letters = letters // 2 if wide else letters
    found = textwrap.wrap(" ".join(words.split()), letters) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], shorten(" ".join(found[lines - 1 :]), letters - 1)]
    return found


def _title(name: str) -> list[Markup]:
    return [tag("title", in_html(name))] if name else []
