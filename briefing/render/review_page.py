"""The review file: one HTML page of a briefing with its drafts, in which a colleague writes remarks without a network.

It is no page of a site. Everything of the briefing is text in it (Jinja escapes all values), and its policy lets
nothing run but the one script that the page was made with, and nothing be loaded.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefing import resources

MARKER = "<!doctype html><!-- briefing review file -->"
"""What a review file begins with, by which a later one may take its place."""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """An annotation in a review file."""

    number: int
    """Its place on the page, from 1."""
    id: str
    state: str
    """A mark of it as it is written, by which a later change is noticed."""
    kind: str
    """What it is called: Quotation, Figure."""
    key: str
    """The list that it is in: quotes, figures or context."""
    title: str
    is_draft: bool
    words: Sequence[tuple[str, bool]]
    """Its words with the text around them, and which they are; empty where the text beside it shows them."""
    fields: Sequence[tuple[str, str]]
    """What its author has written: label and value."""


@dataclass(frozen=True, slots=True)
class ReviewParagraph:
    """A paragraph of the source in a review file."""

    number: int
    pieces: Sequence[tuple[str, ReviewCard | None]]
    """Its text in pieces, each with an annotation that it belongs to."""
    cards: Sequence[ReviewCard]
    """The annotations that begin in it."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a review file shows of a briefing."""

    briefing: str
    """Its folder, relative to the docs folder."""
    title: str
    language: str
    """BCP 47, of what the author writes."""
    text_language: str
    """BCP 47, of the source."""
    is_draft: bool
    state: str
    """SHA-256 of the files that it was made from, in hexadecimal."""
    day: str
    """ISO 8601, on which the file was made."""
    about: Sequence[tuple[str, str]]
    """What the briefing says of itself: label and value."""
    paragraphs: Sequence[ReviewParagraph]
    elsewhere: Sequence[ReviewCard]
    """Annotations of readers’ comments, and those whose words are not found."""
    references: Sequence[tuple[str, str]]
    """The works that notes cite: id and description."""


def review_html(page: ReviewPage) -> str:
    """Return the whole file."""
    folder = resources.templates() / "review"
    style, script = ((folder / name).read_text("utf-8") for name in ("review.css", "review.js"))
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_source_hash(style)}'",
            f"script-src '{_source_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(folder),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("review.html.jinja")
    # the two files of ours are the only values that are no text
    made = template.render(page=page, policy=policy, style=Markup(style), script=Markup(script))
    return f"{MARKER}\n{made}\n"


def _source_hash(content: str) -> str:
    """Return how a policy names an inline script or style."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
