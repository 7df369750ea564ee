"""Where words stand that an author gives, as targets to paste; or why there is no such place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing import anchor
from briefing.anchor import diagnose
from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.nearest import nearest
from briefing.authoring.edit import Value
from briefing.model import Briefing, Part, Quotation, Selector, Target
from briefing.model.places import Node, NodePath, Place, Problem, Span, TextFile, line_and_column

GIVEN = "your words"
"""What problems call the words on the command line, in place of a file."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where words stand."""

    file: str
    """source.txt or comments.yml, relative to the docs folder."""
    comment: str
    """The comment that they stand in; empty for the source."""
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
        parts = "\n".join("  " + line for each in self.selectors for line in diagnose.part(each).splitlines())
        return f"target:\n{parts}" + (f"\nin: {self.comment}" if self.comment else "")

    @property
    def value(self) -> Value:
        """The target as a value to write into a file."""
        values = [_yaml_value(selector) for selector in self.selectors]
        return values[0] if len(values) == 1 else values


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Every place where words stand; where there is none, the problems say why, and `given` shows the words."""

    spots: tuple[Spot, ...]
    problems: tuple[Problem, ...]
    given: TextFile


def look_up(
    briefing: Briefing, words: tuple[str, ...], comment: str = "", context: tuple[str, str] = ("", "")
) -> FoundWords:
    """Where words stand in the source, or in one comment; several are the parts of one target.

    `context` is what stands just before and just after, for words in one part. Without a place there is a problem,
    the one that a check would have of such a target.
    """
    given, target = _make_target(words, comment, context)
    alone = replace(briefing, quotations=(quotation(target),), figures=(), context=(), themes=())
    resolved, problems = anchor.resolve(alone)
    found = resolved.anchors.get(GIVEN)
    if found:
        return FoundWords((_make_spot(briefing, comment, found.spans),), (), given)
    if len(words) > 1 or any(problem.code != "ambiguous" for problem in problems):
        return FoundWords((), problems, given)
    text = text_of(briefing, comment)
    matches = anchor.find(text, target.parts[0].selector)
    return FoundWords(tuple(_make_spot(briefing, comment, (match.span,)) for match in matches), problems, given)


def everywhere(briefing: Briefing, words: tuple[str, ...]) -> FoundWords:
    """Where words stand in the source and in all comments."""
    first = look_up(briefing, words)
    more = [look_up(briefing, words, comment.id) for comment in briefing.comments if comment.text.strip()]
    spots = (*first.spots, *(spot for answer in more for spot in answer.spots))
    return replace(first, spots=spots, problems=() if spots else first.problems)


def likeness(briefing: Briefing, words: tuple[str, ...]) -> float:
    """How much the nearest passage of the source, or of a comment, is like the words, in per cent; 0 for not at all."""
    texts = (briefing.source.text, *(comment.text for comment in briefing.comments))
    return max((near.score for text in texts for part in words if (near := nearest(text, part))), default=0)


def text_of(briefing: Briefing, comment: str) -> str:
    """A comment's text, or the source's where the id is empty."""
    texts = {each.id: each.text for each in briefing.comments}
    return texts.get(comment, "") if comment else briefing.source.text


def _make_target(words: tuple[str, ...], comment: str, context: tuple[str, str]) -> tuple[TextFile, Target]:
    """The words as a target, and a file to show them in."""
    text, parts = "", []
    nodes: dict[NodePath, Node] = {}
    for number, part in enumerate(words):
        span = Span(len(text), len(text) + len(part))
        nodes[(number,)] = Node(span, None, ((0, span.start),))
        parts.append(Part(Selector(part, *context), Place(GIVEN, (number,))))
        text += part + "\n"
    return TextFile(GIVEN, text, nodes), Target(tuple(parts), comment, Place(GIVEN, (0,)))


def quotation(target: Target, speaker: str = "") -> Quotation:
    """A quotation of these words that stands in no file."""
    return Quotation(
        id=GIVEN,
        was=(),
        target=target,
        note=None,
        tags=(),
        by=(),
        status="draft",
        allow=(),
        at=Place(GIVEN),
        kind="direct",
        speaker=speaker,
        via=(),
        attribution="",
        translation=None,
        assessment=None,
    )


def _make_spot(briefing: Briefing, comment: str, spans: tuple[Span, ...]) -> Spot:
    text = text_of(briefing, comment)
    selectors = tuple(_selector_lines(text, span, alone=len(spans) == 1) for span in spans)
    if comment:
        file = briefing.source.file.removesuffix("source.txt") + "comments.yml"
        return Spot(file, comment, spans, 0, 0, 0, selectors)
    line, column, _ = line_and_column(text, spans[0].start)
    paragraph = sum(each.span.start <= spans[0].start for each in briefing.source.paragraphs)
    return Spot(briefing.source.file, "", spans, line, column, paragraph, selectors)


def _selector_lines(text: str, span: Span, *, alone: bool) -> Selector:
    """The smallest selector; parts of one target need no context, as they tell each other's places."""
    return describe_on_one_line(text, span) if alone else Selector(" ".join(span.of(text).split()))


def _yaml_value(selector: Selector) -> Value:
    fields = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    return (
        {key: words for key, words in fields.items() if words} if selector.prefix or selector.suffix else selector.exact
    )


def told(spot: Spot) -> str:
    """A spot's place in words, for a person."""
    return f"in comment {spot.comment}" if spot.comment else f"line {spot.line}, paragraph {spot.paragraph}"


def blocks(spots: tuple[Spot, ...], prefix: str) -> Iterator[str]:
    """Each spot as YAML to paste, under a line that says where it is."""
    for spot in spots:
        where = f"{prefix}{spot.file}" + (f":{spot.line}:{spot.column}" if spot.line else "")
        yield f"# {where}, " + (told(spot) if spot.comment else f"paragraph {spot.paragraph}") + f"\n{spot.yaml}"
