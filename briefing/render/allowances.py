"""What an author lets pass, in words: on the method page all of it, and on a card what its readers have to know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from briefing.anchor.quoting import letters
from briefing.check.rules.cited_numbers import judged
from briefing.model import Allow, Annotation, Briefing, Comment, Derived, Reference, Theme
from briefing.model.codes import CODES
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import Index
from briefing.render.messages import Messages

_Record = Annotation | Derived | Theme | Reference | Comment

ON_CARDS = ("wrong-speaker", "speaker-not-named", "not-in-quotation-marks", "value-not-in-target")
"""What would mislead who sees the card alone."""
OF_SPEAKERS = ("wrong-speaker", "speaker-not-named", "via-missing", "attribution-missing", "attribution-misplaced")
"""What is let pass of the comparison of speakers."""


@dataclass(frozen=True, slots=True)
class AllowedView:
    """A finding that is let pass, as the method page lists it."""

    place: Markup
    """A link to the record that it is about; empty for the whole briefing."""
    passage: str
    """The words that it is about; empty for all of the record."""
    words: str
    """What was found, and the author's reason."""

    def __iter__(self) -> Iterator[str]:
        """What it is about and the words, for templates of the last release."""
        yield from (self.place or self.passage, self.words)


def allowed_views(briefing: Briefing, entries: Index, say: Messages) -> list[AllowedView]:
    """Every finding that is let pass with a reason."""
    return [
        AllowedView(_place(briefing, record, allow, entries, say), allow.passage, _words(allow, say))
        for record, allow in _given(briefing)
    ]


def on_card(annotation: Annotation, say: Messages) -> tuple[str, ...]:
    """What the card of an annotation says of the findings about it that its author lets pass."""
    return tuple(_words(allow, say) for allow in annotation.allow if allow.code in ON_CARDS and allow.reason)


def exceptions(briefing: Briefing, codes: Collection[str], say: Messages) -> str:
    """How often the author lets pass what a check finds, as a sentence to follow what it says; empty for never."""
    n = sum(allow.code in codes for _, allow in _given(briefing))
    return say("method.exceptions", n=n) if n else ""


def _given(briefing: Briefing) -> Iterator[tuple[_Record | None, Allow]]:
    """Every allowance that has a reason and can be one, with its record; None for the whole briefing."""
    records = (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)
    for record in (None, *records):
        for allow in record.allow if record else briefing.allow:
            if allow.reason and CODES[allow.code].allowable != "never":
                yield record, allow


def _words(allow: Allow, say: Messages) -> str:
    return say("allowed.line", what=say(f"allowed.{allow.code}"), reason=allow.reason)


def _place(briefing: Briefing, record: _Record | None, allow: Allow, entries: Index, say: Messages) -> Markup:
    if record:
        entry = entries.get(record.id)
        return link(in_markdown(entry.name), entry.href) if entry else Markup()
    own = (each.sentence.words for each in judged(briefing) if each.at.file == briefing.at.file)
    if allow.passage and any(letters(allow.passage) in letters(words) for words in own):
        return link(in_markdown(say("tab.index")), "index.md")
    return Markup()
