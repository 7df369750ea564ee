"""Review a changed source: what a new version of the document does to every word that a briefing rests on.

`divide_document` divides the new document into source, comments and what is left out, as the old one was; `plan` says
what becomes of every target, comment and entry of `left_out`; `change` makes the new contents of the files; `report`
prints the plan. All of it is pure: nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from briefing.anchor import Candidate
from briefing.authoring.rebase.divide_document import DividedDocument
from briefing.model import Briefing, Figure, Quotation, Selector
from briefing.model.places import Place, Span
from briefing.readers import DocumentText
from briefing.readers.places import recorded_block_quotations, recorded_headings, recorded_pages, recorded_times
from briefing.reanchor import Difference, follow
from briefing.reanchor.follow import difference

Status = Literal["unchanged", "moved", "altered", "gone", "added"]
BY_REBASE = "rebase: "
"""What a comment begins with that is left above an annotation to be reviewed, and taken out when it has been."""
ItemKind = Literal["quotation", "reported statement", "figure", "context note", "theme", "comment", "left out"]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing for the author to see, and to decide unless it is unchanged."""

    id: str
    """Of the annotation or comment; of a theme with that of the comment: `guns/c1`."""
    part: int
    """Which part of a target with several; 0 for the only one."""
    what: ItemKind
    status: Status
    at: Place
    """The place where its words are written."""
    selector: Selector
    """As it is written; of a comment its whole text as `exact`."""
    text: str = ""
    """The new text that spans count in: the source, or a comment."""
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()
    because: str = ""
    """Why it is gone."""
    differences: tuple[Difference, ...] = ()
    skipped: str = ""

    @property
    def name(self) -> str:
        """The name by which a decision refers to it."""
        return f"{self.id}#{self.part + 1}" if self.part else self.id

    @property
    def reviewable(self) -> bool:
        """Whether it is an annotation, which can be off the site while somebody looks at it."""
        return self.what not in ("theme", "comment", "left out")

    @property
    def withdrawable(self) -> bool:
        """Whether the briefing can do without it: everything but what is left out."""
        return self.what != "left out" and self.status != "added"


@dataclass(frozen=True, slots=True)
class RebasePlan:
    """A new version of the source, and what it does to a briefing."""

    briefing: Briefing
    document: DividedDocument
    items: tuple[ReviewItem, ...]
    pages: str = ""
    times: str = ""
    block_quotations: str = ""
    headings: str = ""
    """Where its paragraphs are in the new original and what they are there, as the fields of a source have it."""

    def count(self, status: Status) -> int:
        """Return how many items have a status."""
        return sum(item.status == status for item in self.items)


def plan(briefing: Briefing, new: DividedDocument, reading: DocumentText) -> RebasePlan:
    """Follow everything in an anchored briefing into a new version, which was read so and divided so.

    What has no anchor is gone already.
    """
    items = (_annotation_items, _theme_items, _comment_items, _left_out_items)
    paragraphs = [line for line in new.source.splitlines() if line.strip()]
    return RebasePlan(
        briefing,
        new,
        tuple(item for each in items for item in each(briefing, new)),
        recorded_pages(paragraphs, reading),
        recorded_times(paragraphs, reading),
        recorded_block_quotations(paragraphs, reading),
        recorded_headings(paragraphs, reading),
    )


def _annotation_items(briefing: Briefing, new: DividedDocument) -> Iterator[ReviewItem]:
    for annotation in briefing.annotations:
        what: ItemKind = "figure" if isinstance(annotation, Figure) else "context note"
        if isinstance(annotation, Quotation):
            what = "reported statement" if annotation.kind == "reported" else "quotation"
        anchor, comment = briefing.anchors.get(annotation.id), annotation.target.comment
        for number, part in enumerate(annotation.target.parts):
            span = anchor.spans[number] if anchor else None
            yield _follow_item(
                briefing, new, comment, span, ReviewItem(annotation.id, number, what, "gone", part.at, part.selector)
            )


def _theme_items(briefing: Briefing, new: DividedDocument) -> Iterator[ReviewItem]:
    """Follow the words that put a comment into a theme."""
    for theme in briefing.themes:
        for member in theme.members:
            if member.words:
                anchor = briefing.words.get((theme.id, member.comment))
                name, at = f"{theme.id}/{member.comment}", member.at.child("words")
                item = ReviewItem(name, 0, "theme", "gone", at, Selector(member.words))
                yield _follow_item(briefing, new, member.comment, anchor.whole if anchor else None, item)


def _follow_item(
    briefing: Briefing, new: DividedDocument, comment: str, span: Span | None, item: ReviewItem
) -> ReviewItem:
    """Return an item with what becomes of its words, which are at a span of the old source or of a comment."""
    old, text = briefing.source.text, new.source
    if comment:
        texts = ((each.text, new.comments.get(n, "")) for n, each in enumerate(briefing.comments) if each.id == comment)
        old, text = next(texts, ("", ""))
        if old and not text:
            return replace(item, because=f"the new document does not have comment {comment}")
    if span is None:
        return replace(item, text=text, because="it is not in the old text either: fix that first")
    if text == old:
        return replace(item, text=text, status="unchanged", span=span)
    found = follow(text, item.selector, old, span)
    return replace(
        item,
        text=text,
        status=found.status,
        span=found.span,
        candidates=found.candidates,
        because=found.because,
        differences=found.differences,
        skipped=found.skipped,
    )


# --- comments and what is left out ------------------------------------------------------------------------------


def _comment_items(briefing: Briefing, new: DividedDocument) -> Iterator[ReviewItem]:
    because = (
        "the new document does not have it; if you withdraw it, it keeps its place and is counted, without its words"
    )
    for number, comment in enumerate(briefing.comments):
        if comment.written.strip():
            item = ReviewItem(comment.id, 0, "comment", "gone", comment.at.child("text"), Selector(comment.written))
            yield _compare_whole(item, new.comments.get(number), because)
    for number, text in enumerate(new.added):
        at = Place(f"{briefing.path}/comments.yml", ("comments",))
        yield ReviewItem(f"new comment {number + 1}", 0, "comment", "added", at, Selector(text), text)


def _left_out_items(briefing: Briefing, new: DividedDocument) -> Iterator[ReviewItem]:
    for number, entry in enumerate(briefing.source.left_out):
        at = entry.at.child("elements" if entry.elements else "text")
        # what was left out and is no longer there needs no reason any more
        name, selector = f"left out {number + 1}", Selector(entry.elements or entry.text)
        yield _compare_whole(ReviewItem(name, 0, "left out", "moved", at, selector), new.left_out.get(number), "")


def _compare_whole(item: ReviewItem, new: str | None, because: str) -> ReviewItem:
    old = item.selector.exact
    if new is None:
        return replace(item, because=because)
    status: Status = "unchanged" if new == old else "altered"
    differences = () if new == old else difference(old, new)
    return replace(item, status=status, text=new, span=Span(0, len(new)), differences=differences)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one item."""

    do: Literal["accept", "review", "withdraw"]
    """`accept`: write what is at `span`. `review`: write it, and have the annotation off the site until somebody keeps
    it. `withdraw`: do without it. An annotation is kept as a YAML comment, and its address says that it was withdrawn;
    a comment is set aside as gone; a theme keeps the comment, not its words."""
    span: Span | None = None
    """The candidate that was chosen; None for the item's own place."""


def open_items(plan: RebasePlan, decided: Mapping[str, Decision]) -> tuple[ReviewItem, ...]:
    """Return what is still to be decided: everything that is not unchanged.

    An annotation is withdrawn with all its parts, and a comment with the words for which it is in its themes.
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
