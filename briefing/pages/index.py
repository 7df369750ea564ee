"""Where everything that can be cited stands: page, fragment, number and name.

Fragments: an annotation, theme, comment or reference has its own id on its canonical page. On the text page an
annotation's first mark is `t-<id>` and its note `_<id>`; paragraphs are `p<number>`. No other fragment is promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.messages import Messages
from briefing.model import Annotation, Briefing, ContextNote, Figure, Quotation
from briefing.pages.paging import layout
from briefing.places import Span

Kind = Literal["quotation", "figure", "derived", "context", "theme", "comment", "reference", "comments"]

PAGES: Mapping[Kind, str] = {
    "quotation": "quotes.md",
    "figure": "figures.md",
    "derived": "figures.md",
    "context": "context.md",
    "theme": "comments.md",
    "comment": "comments.md",
    "comments": "comments.md",
    "reference": "method.md",
}
ALL_COMMENTS = "_comments"
"""Fragment of the list of all comments."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that prose can cite."""

    id: str
    kind: Kind
    number: int
    """From 1: annotations share one count in the order of the text, the other kinds have one each."""
    label: str
    """What a citation shows."""
    name: str
    """What a citation says when it is pointed at."""
    page: str = ""
    """The file where it stands; empty for the one page of its kind."""

    @property
    def href(self) -> str:
        """The Markdown link from another page of the briefing."""
        return f"{self.page or PAGES[self.kind]}#{ALL_COMMENTS if self.kind == 'comments' else self.id}"


Index = Mapping[str, Entry]


def index(briefing: Briefing, say: Messages) -> Index:
    """Everything that can be cited by id, former ids included."""
    entries = {entry.id: entry for entry in _entries(briefing, say)}
    former = {
        old: record.id for record in (*briefing.annotations, *briefing.derived, *briefing.themes) for old in record.was
    }
    return entries | {old: entries[new] for old, new in former.items() if old not in entries}


def kind_of(annotation: Annotation) -> Literal["quotation", "figure", "context"]:
    """The kind of an annotation, as class names and messages call it."""
    if isinstance(annotation, Quotation):
        return "quotation"
    return "figure" if isinstance(annotation, Figure) else "context"


def in_text_order(briefing: Briefing) -> tuple[Quotation | Figure | ContextNote, ...]:
    """Annotations that were found, by their place: first the source's, then those in comments; longer ones first."""
    comments = {comment.id: number for number, comment in enumerate(briefing.comments, 1)}

    def place(annotation: Annotation) -> tuple[int, int, int]:
        anchor = briefing.anchors[annotation.id]
        return comments.get(anchor.comment, 0), anchor.whole.start, -anchor.whole.end

    return tuple(sorted((a for a in briefing.annotations if a.id in briefing.anchors), key=place))


def heading(briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages) -> str:
    """A short name for an annotation, for headings, contents and search results."""
    name = short_name(briefing, annotation, say)
    return f"{speaker_of(briefing, annotation, say)}: {name}" if isinstance(annotation, Quotation) else name


def speaker_of(briefing: Briefing, quotation: Quotation, say: Messages) -> str:
    """The name of who says the words; in a draft that may not be known yet."""
    return briefing.people[quotation.speaker].name if quotation.speaker else say("quotes.unknown_speaker")


def short_name(briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages) -> str:
    """The same where it is clear who speaks."""
    if isinstance(annotation, Figure):
        return annotation.label
    if isinstance(annotation, ContextNote):
        return annotation.title
    return say("quotes.quoted", words=shorten(words_of(briefing, annotation), 60))


def words_of(briefing: Briefing, annotation: Annotation, gap: str = " […] ") -> str:
    """The annotated words, as slices of what they stand in, each on one line."""
    text = text_of(briefing, annotation)
    return gap.join(" ".join(span.of(text).split()) for span in briefing.anchors[annotation.id].spans)


def text_of(briefing: Briefing, annotation: Annotation) -> str:
    """The text that an annotation's spans count in: the source or a comment."""
    comment = briefing.anchors[annotation.id].comment
    return next((c.text for c in briefing.comments if c.id == comment), "") if comment else briefing.source.text


def shorten(text: str, length: int) -> str:
    """At most about `length` characters, cut at a space where there is one, with … where something was cut."""
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.–—-") + "…"


def paragraph_at(briefing: Briefing, span: Span) -> int:
    """The number of the source's paragraph in which a span begins."""
    return next((p.number for p in briefing.source.paragraphs if p.span.start <= span.start <= p.span.end), 1)


def _entries(briefing: Briefing, say: Messages) -> Iterator[Entry]:
    for number, annotation in enumerate(in_text_order(briefing), 1):
        kind = kind_of(annotation)
        name = f"{say(f'kind.{kind}')}: {heading(briefing, annotation, say)}"
        yield Entry(annotation.id, kind, number, str(number), name)
    for number, derived in enumerate(briefing.derived, 1):
        name = f"{say('kind.derived')}: {derived.label}"
        yield Entry(derived.id, "derived", number, say("label.derived", n=number), name)
    places = layout(briefing).places
    for number, theme in enumerate(briefing.themes, 1):
        name = f"{say('kind.theme')}: {theme.title}"
        yield Entry(theme.id, "theme", number, say("label.theme", n=number), name, f"{places[theme.id]}.md")
    aside = {entry.comment for entry in briefing.set_aside}
    for number, comment in enumerate(briefing.comments, 1):
        words = say("comments.set_aside") if comment.id in aside else shorten(comment.text, 80)
        name = f"{say('comment.title', n=number)}: {words}"
        yield Entry(comment.id, "comment", number, say("label.comment", n=number), name, f"{places[comment.id]}.md")
    for number, reference in enumerate(briefing.references, 1):
        name = ", ".join(filter(None, (reference.publisher, reference.title)))
        yield Entry(reference.id, "reference", number, say("label.reference", n=number), name)
    if briefing.comments:
        yield Entry("comments", "comments", 1, say("label.comments"), say("comments.all"))
