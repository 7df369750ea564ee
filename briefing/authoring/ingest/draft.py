"""The records of a first draft: what could be read of a document, before it is written as a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.load.files import FORBIDDEN
from briefing.model import SourceKind

TODO = "TODO"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself. What it does not say is empty; what is uncertain begins with TODO."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    """ISO 8601 day, month or year."""
    language: str = ""
    """BCP 47."""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class DraftComment:
    """What one reader wrote, as found."""

    text: str
    """Its paragraphs, with a line feed between two."""
    author: str = ""
    date: str = ""
    """ISO 8601; empty where the page gives none that is certain, such as "3 hours ago"."""
    votes: int | None = None
    parent: int | None = None
    """The index of the comment that it answers."""


@dataclass(frozen=True, slots=True)
class Omission:
    """What of the original is in neither source nor comments."""

    reason: str
    """A key of the catalogue without its `left_out.`: the reader of a page sees it in the language of the briefing."""
    text: str = ""
    elements: str = ""
    """CSS selector, for a web page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as far as it can be turned into a briefing without asking anybody."""

    kind: SourceKind
    reader: str
    """Name and version of the reader."""
    encoding: str = ""
    """Only where the document does not say it itself and it is not UTF-8."""
    metadata: Metadata = Metadata()
    paragraphs: tuple[str, ...]
    comments: tuple[DraftComment, ...] = ()
    scope: str = ""
    """Which comments these are; begins with TODO where it is uncertain that they are any."""
    left_out: tuple[Omission, ...] = ()
    speakers: Mapping[str, str] = field(default_factory=dict)
    """For a transcript: the labels that begin a paragraph, each with the name in it."""


class NoArticleError(Exception):
    """A document in which no text was found that a briefing could be about."""


def visible(text: str) -> str:
    """The words of a text on one line, without the control characters that nobody sees and YAML does not hold."""
    return " ".join(kept for word in text.split() if (kept := FORBIDDEN.sub("", word)))
