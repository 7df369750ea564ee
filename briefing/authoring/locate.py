"""Find the places of words that an author gives, as targets to paste; or say why there is no such place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing import anchor
from briefing.anchor import diagnose
from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.nearest import nearest
from briefing.authoring.trial import GIVEN, with_quotation_alone
from briefing.model import Briefing, Part, Selector, Target
from briefing.model.places import Node, NodePath, Place, Problem, Span, TextFile, line_and_column


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where words are."""

    file: str
    """source.txt or comments.yml, relative to the docs folder."""
    comment: str
    """The comment that they are in; empty for the source."""
    spans: tuple[Span, ...]
    """One for each part, in code points of the source or of the comment's text."""
    line: int
    """Of source.txt, from 1; 0 for a comment."""
    column: int
    paragraph: int
    """From 1, as pages number them; 0 for a comment."""
    selectors: tuple[Selector, ...]

    @property
    def yaml(self) -> str:
        """The target as an annotation has it."""
        if len(self.selectors) == 1:
            return diagnose.target(self.selectors[0], self.comment)
        return diagnose.parts(self.selectors, self.comment)


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Every place where words are; where there is none, the problems say why, and `given` shows the words."""

    spots: tuple[Spot, ...]
    problems: tuple[Problem, ...]
    given: TextFile


def look_up(
    briefing: Briefing, words: tuple[str, ...], comment: str = "", context: tuple[str, str] = ("", "")
) -> FoundWords:
    """Find words in the source, or in one comment; several are the parts of one target.

    `context` is what is just before and just after, for words in one part. Without a place there is a problem, the one
    that a check would report for such a target.
    """
    given, target = _make_target(words, comment, context)
    resolved, problems = anchor.resolve(with_quotation_alone(briefing, target))
    found = resolved.anchors.get(GIVEN)
    if found:
        return FoundWords((_make_spot(briefing, comment, found.spans),), (), given)
    if len(words) > 1 or any(problem.code != "ambiguous" for problem in problems):
        return FoundWords((), problems, given)
    matches = anchor.find(text_of(briefing, comment), target.parts[0].selector)
    return FoundWords(tuple(_make_spot(briefing, comment, (match.span,)) for match in matches), problems, given)


def look_up_everywhere(briefing: Briefing, words: tuple[str, ...]) -> FoundWords:
    """Find words in the source and in all comments."""
    first = look_up(briefing, words)
    more = [look_up(briefing, words, comment.id) for comment in briefing.comments if comment.text.strip()]
    spots = (*first.spots, *(spot for answer in more for spot in answer.spots))
    return replace(first, spots=spots, problems=() if spots else first.problems)


def likeness(briefing: Briefing, words: tuple[str, ...]) -> float:
    """Return how similar the nearest passage of the source or a comment is, in per cent; 0 for not at all."""
    texts = (briefing.source.text, *(comment.text for comment in briefing.comments))
    return max((near.score for text in texts for part in words if (near := nearest(text, part))), default=0)


def text_of(briefing: Briefing, comment: str) -> str:
    """Return a comment's text, or the source's where the id is empty."""
    texts = {each.id: each.text for each in briefing.comments}
    return texts.get(comment, "") if comment else briefing.source.text


def _make_target(words: tuple[str, ...], comment: str, context: tuple[str, str]) -> tuple[TextFile, Target]:
    """Return the words as a target, and a file to show them in."""
    text, parts = "", []
    nodes: dict[NodePath, Node] = {}
    for number, part in enumerate(words):
        span = Span(len(text), len(text) + len(part))
        nodes[(number,)] = Node(span, None, ((0, span.start),))
        parts.append(Part(Selector(part, *context), Place(GIVEN, (number,))))
        text += part + "\n"
    return TextFile(GIVEN, text, nodes), Target(tuple(parts), comment, Place(GIVEN, (0,)))


def _make_spot(briefing: Briefing, comment: str, spans: tuple[Span, ...]) -> Spot:
    text = text_of(briefing, comment)
    if len(spans) == 1:
        selectors = [describe_on_one_line(text, spans[0])]
    else:  # each part of a target says where the others are, so none needs a context
        selectors = [Selector(" ".join(span.of(text).split())) for span in spans]
    if comment:
        file = briefing.source.file.removesuffix("source.txt") + "comments.yml"
        return Spot(file, comment, spans, 0, 0, 0, tuple(selectors))
    line, column, _ = line_and_column(text, spans[0].start)
    paragraph = sum(each.span.start <= spans[0].start for each in briefing.source.paragraphs)
    return Spot(briefing.source.file, "", spans, line, column, paragraph, tuple(selectors))


def describe_place(spot: Spot) -> str:
    """Return a spot's place in words, for a person."""
    return f"in comment {spot.comment}" if spot.comment else f"line {spot.line}, paragraph {spot.paragraph}"


def yaml_blocks(spots: tuple[Spot, ...], prefix: str) -> Iterator[str]:
    """Return each spot as YAML to paste, below a line that says where it is."""
    for spot in spots:
        where = f"{prefix}{spot.file}" + (f":{spot.line}:{spot.column}" if spot.line else "")
        place = describe_place(spot) if spot.comment else f"paragraph {spot.paragraph}"
        yield f"# {where}, {place}\n{spot.yaml}"
