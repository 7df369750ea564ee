"""How lists across briefings are put in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from unicodedata import combining, normalize

from briefing.model import Annotation, Briefing

A = TypeVar("A", bound=Annotation)


def alphabetical(text: str) -> tuple[str, str]:
    """A key that puts names in the order of a register: case and accents count only between equals."""
    plain = "".join(mark for mark in normalize("NFKD", text.casefold()) if not combining(mark))
    return plain, text


def in_text_order(briefing: Briefing, annotations: Iterable[A]) -> list[A]:
    """The annotations that were found, by their place in the text; those in comments last."""

    def place(annotation: A) -> tuple[bool, str, int, int]:
        anchor = briefing.anchors[annotation.id]
        return bool(anchor.comment), anchor.comment, anchor.whole.start, -anchor.whole.end

    return sorted((one for one in annotations if one.id in briefing.anchors), key=place)
