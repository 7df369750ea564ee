"""What becomes of everything that a briefing rests on: one item for each target, comment and entry of `left_out`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.anchor import Candidate
from briefing.authoring.rebase.divide_document import Split
from briefing.model import Annotation, Briefing, Figure, Quotation, Selector
from briefing.model.places import Place, Span
from briefing.reanchor import Difference, Followed, follow
from briefing.reanchor.follow import difference

Status = Literal["unchanged", "moved", "altered", "gone", "added"]
What = Literal["quotation", "reported statement", "figure", "context note", "theme", "comment", "left out"]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing for the author to see, and to decide unless it is unchanged."""

    id: str
    """Of the annotation or comment; of a theme with that of the comment: `guns/c1`."""
    part: int
    """Which part of a target with several; 0 for the only one."""
    what: What
    status: Status
    at: Place
    """Where its words are written."""
    selector: Selector
    """As it is written; of a comment its whole text as `exact`."""
    text: str
    """The new text that spans count in: the source, or a comment."""
    span: Span | None
    candidates: tuple[Candidate, ...] = ()
    because: str = ""
    """Why it is gone."""
    differences: tuple[Difference, ...] = ()
    skipped: str = ""

    @property
    def name(self) -> str:
        """How a decision names it."""
        return f"{self.id}#{self.part + 1}" if self.part else self.id

    @property
    def withdrawable(self) -> bool:
        """Whether the briefing can do without it: everything but what is left out."""
        return self.what != "left out" and self.status != "added"


@dataclass(frozen=True, slots=True)
class RebasePlan:
    """A new version of the source, and what it does to a briefing."""

    briefing: Briefing
    split: Split
    items: tuple[ReviewItem, ...]

    def count(self, status: Status) -> int:
        """How many items have a status."""
        return sum(item.status == status for item in self.items)


def plan(briefing: Briefing, new: Split) -> RebasePlan:
    """Follow everything in an anchored briefing into a new version. What has no anchor is gone already."""
    comments = tuple(_comments(briefing, new))
    left_out = tuple(_left_out(briefing, new))
    return RebasePlan(briefing, new, (*_annotations(briefing, new), *_members(briefing, new), *comments, *left_out))


def _annotations(briefing: Briefing, new: Split) -> Iterator[ReviewItem]:
    for annotation in briefing.annotations:
        old, text = _both(briefing, new, annotation.target.comment)
        anchor = briefing.anchors.get(annotation.id)
        for number, part in enumerate(annotation.target.parts):
            span = anchor.spans[number] if anchor else None
            followed = _followed(text, part.selector, old, span)
            yield _item(annotation.id, number, _what(annotation), part.at, part.selector, text, followed)


def _what(annotation: Annotation) -> What:
    if isinstance(annotation, Quotation):
        return "reported statement" if annotation.kind == "reported" else "quotation"
    return "figure" if isinstance(annotation, Figure) else "context note"


def _members(briefing: Briefing, new: Split) -> Iterator[ReviewItem]:
    """The words that put a comment into a theme."""
    for theme in briefing.themes:
        for member in theme.members:
            if member.words:
                old, text = _both(briefing, new, member.comment)
                anchor = briefing.words.get((theme.id, member.comment))
                selector = Selector(member.words)
                followed = _followed(text, selector, old, anchor.whole if anchor else None)
                at = member.at.child("words")
                yield _item(f"{theme.id}/{member.comment}", 0, "theme", at, selector, text, followed)


def _both(briefing: Briefing, new: Split, comment: str) -> tuple[str, str]:
    """The old and the new text that a target stands in."""
    if not comment:
        return briefing.source.text, new.source
    for number, one in enumerate(briefing.comments):
        if one.id == comment:
            return one.text, new.comments.get(number, "")
    return "", ""


def _followed(text: str, selector: Selector, old: str, span: Span | None) -> Followed:
    if span is None:
        return Followed("gone", None, (), "it was not found in the old text either: fix that first", (), "")
    if text == old:
        return Followed("unchanged", span, (), "", (), "")
    return follow(text, selector, old, span)


def _item(id: str, part: int, what: What, at: Place, selector: Selector, text: str, followed: Followed) -> ReviewItem:
    return ReviewItem(
        id, part, what, followed.status, at, selector, text, followed.span,
        candidates=followed.candidates,
        because=followed.because,
        differences=followed.differences,
        skipped=followed.skipped,
    )  # fmt: skip


# --- comments and what is left out ------------------------------------------------------------------------------


def _comments(briefing: Briefing, new: Split) -> Iterator[ReviewItem]:
    for number, comment in enumerate(briefing.comments):
        if comment.text.strip():
            because = (
                "the new document does not have it; withdrawn, it keeps its place and is counted, without its words"
            )
            yield _whole(
                comment.id, "comment", comment.at.child("text"), comment.text, new.comments.get(number), because
            )
    for number, text in enumerate(new.added):
        at = Place(f"{briefing.path}/comments.yml", ("comments",))
        yield ReviewItem(f"new comment {number + 1}", 0, "comment", "added", at, Selector(text), text, None)


def _left_out(briefing: Briefing, new: Split) -> Iterator[ReviewItem]:
    for number, entry in enumerate(briefing.source.left_out):
        name, now = f"left out {number + 1}", new.left_out.get(number)
        key = "elements" if entry.elements else "text"
        yield _whole(name, "left out", entry.at.child(key), entry.elements or entry.text, now, "")


def _whole(id: str, what: What, at: Place, old: str, new: str | None, because: str) -> ReviewItem:
    selector = Selector(old)
    if new is None:
        # what was left out and is no longer there needs no reason any more
        status: Status = "gone" if because else "moved"
        return ReviewItem(id, 0, what, status, at, selector, "", None, because=because)
    if new == old:
        return ReviewItem(id, 0, what, "unchanged", at, selector, new, Span(0, len(new)))
    return ReviewItem(id, 0, what, "altered", at, selector, new, Span(0, len(new)), differences=difference(old, new))


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one item."""

    do: Literal["accept", "withdraw"]
    """`accept`: write what stands at `span`. `withdraw`: do without it. An annotation is kept as a YAML comment, and
    its address says that it was withdrawn; a comment is set aside as gone; a theme keeps the comment, not its words."""
    span: Span | None = None
    """The candidate that was chosen; None for the item's own place."""


def open_items(plan: RebasePlan, decided: Mapping[str, Decision]) -> tuple[ReviewItem, ...]:
    """What is still to be decided: everything that is not unchanged.

    An annotation that is withdrawn is so whole, and a comment with the words for which it is in its themes.
    """
    withdrawn = {item.id for item in plan.items if (one := decided.get(item.name)) and one.do == "withdraw"}
    return tuple(
        item
        for item in plan.items
        if item.status != "unchanged"
        and item.name not in decided
        and item.id not in withdrawn
        and not (item.what == "theme" and item.id.split("/")[-1] in withdrawn)
    )
