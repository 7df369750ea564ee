"""Find the places of words that an author gives, as targets to paste; or say why there is no such place.

Show: show one thing of a briefing as its author looks it up: its words in their paragraph, what it says, who cites
it.
"""

from __future__ import annotations

import difflib
import textwrap
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from briefing import anchor, report
from briefing.anchor import diagnose
from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.nearest import nearest
from briefing.authoring.trial import GIVEN, with_quotation_alone
from briefing.model import (
    Annotation,
    Briefing,
    Comment,
    ContextNote,
    Derived,
    Figure,
    Part,
    Quotation,
    Reference,
    Selector,
    Target,
    Theme,
)
from briefing.model.places import Node, NodePath, Place, Problem, Span, TextFile, line_and_column, locate, one_line
from briefing.model.prose import Prose, keys
from briefing.pipeline.briefing_build import BriefingBuild


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
        return FoundWords((make_spot(briefing, comment, found.spans),), (), given)
    if len(words) > 1 or any(problem.code != "ambiguous" for problem in problems):
        return FoundWords((), problems, given)
    matches = anchor.find(text_of(briefing, comment), target.parts[0].selector)
    return FoundWords(tuple(make_spot(briefing, comment, (match.span,)) for match in matches), problems, given)


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


def make_spot(briefing: Briefing, comment: str, spans: tuple[Span, ...]) -> Spot:
    """Return the spot of words that are at these spans of the source, or of a comment."""
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


# --- show ------------------------------------------------------------------------------------------------------------


WIDTH = 96
"""Columns of shown text: it fits a terminal with what stands before it."""

Record = Quotation | Figure | ContextNote | Theme | Comment | Reference


def _records(briefing: Briefing) -> tuple[Record, ...]:
    return (*briefing.annotations, *briefing.themes, *briefing.comments, *briefing.references)


def find_record(briefing: Briefing, id: str) -> Record | None:
    """Return what has, or had, this id."""
    named = {record.id: record for record in _records(briefing)}
    former = {old: each for each in _records(briefing) for old in each.was}
    return named.get(id) or former.get(id)


def nearest_id(briefing: Briefing, id: str) -> str:
    """Return the id that a misspelt one was probably meant to be; empty where none is near."""
    return next(iter(difflib.get_close_matches(id, [record.id for record in _records(briefing)], 1)), "")


def record_lines(checked: BriefingBuild, record: Record, prefix: str, remarks: Collection[str] = ()) -> Iterator[str]:
    """Return everything about a record, to print. `prefix` leads to the docs folder; `remarks` are by colleagues."""
    briefing = checked.briefing
    assert briefing is not None
    location = locate(record.at, checked.files)
    yield f"{kind(record)} {record.id}  {prefix}{record.at.file}" + (f":{location.line}" if location else "")
    yield from _words_of(briefing, record)
    for name, value in _fields_of(briefing, record):
        if value:
            yield from textwrap.wrap(value, WIDTH, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13)
    yield f"  {'cited by':<10} " + ("; ".join(dict.fromkeys(citing(briefing, record.id))) or "nothing yet")
    for remark in remarks:
        yield from textwrap.wrap(
            one_line(remark), WIDTH, initial_indent=f"  {'remark':<10} ", subsequent_indent=" " * 13
        )
    found = list(_problems_in(checked, record.at))
    yield f"  {'problems':<10} " + (str(len(found)) if found else "none")
    for problem in found:
        yield textwrap.indent(report.as_text(problem, checked.files, prefix), "    ")


def kind(record: Record | Derived) -> str:
    """Return what a record is called."""
    if isinstance(record, Quotation) and record.kind == "reported":
        return "reported statement"
    names = {ContextNote: "context note", Derived: "derived figure"}
    return names.get(type(record), type(record).__name__.lower())


def _words_of(briefing: Briefing, record: Record) -> Iterator[str]:
    """Return the words that an annotation is about, underlined in their paragraph; or a comment's own words."""
    if isinstance(record, Comment):
        yield from textwrap.wrap(record.text, WIDTH, initial_indent="  | ", subsequent_indent="  | ")
    if not isinstance(record, Annotation):
        return
    found = briefing.anchors.get(record.id)
    if found is None:
        yield "  its words were not found; see the problems below"
        return
    text = text_of(briefing, found.comment)
    start, end = text.rfind("\n", 0, found.whole.start) + 1, (text + "\n").index("\n", found.whole.end)
    number = sum(paragraph.span.start <= found.whole.start for paragraph in briefing.source.paragraphs)
    yield f"  in comment {found.comment}:" if found.comment else f"  in paragraph {number} of source.txt:"
    yield from underlined(text, Span(start, end), found.spans)


def underlined(text: str, block: Span, spans: Collection[Span]) -> Iterator[str]:
    """Return part of a text in lines, with carets under the characters of the spans."""
    at = block.start
    for paragraph in block.of(text).split("\n"):
        for line in _split_line(paragraph):
            inside = [any(span.start <= at + n < span.end for span in spans) for n in range(len(line))]
            yield "  | " + "".join(map(report.visible, line)).rstrip()
            if any(inside):
                below = ("^" if caret else " " for caret in inside)
                carets = (mark * report.cells(c) for mark, c in zip(below, line, strict=True))
                yield "  | " + "".join(carets).rstrip()
            at += len(line)
        at += 1


def _split_line(paragraph: str) -> Iterator[str]:
    """Split a paragraph into pieces that join to it again, after spaces where there are any."""
    rest = paragraph.rstrip("\r")
    while len(rest) > WIDTH:
        cut = rest.rfind(" ", 0, WIDTH) + 1 or WIDTH
        while unicodedata.combining(rest[cut]) and cut > 1:
            cut -= 1
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _fields_of(briefing: Briefing, record: Record) -> Iterator[tuple[str, str]]:
    """Return what a record says, by the names of the folder format."""
    if isinstance(record, Quotation | Figure) and record.speaker:
        person = briefing.people.get(record.speaker)
        yield "speaker", f"{person.name} ({record.speaker})" if person else record.speaker
    if isinstance(record, Quotation):
        yield "kind", record.kind
    if isinstance(record, Figure):
        yield "label", record.label
        yield "value", _describe_value(record)
        yield "reading", _describe_reading(record)
        yield "type", f"{record.type}, {record.basis}"
    if isinstance(record, ContextNote | Theme | Reference):
        yield "title", record.title
    if isinstance(record, Reference):
        yield "url", record.url
    if isinstance(record, Annotation):
        yield "note", _text_of_prose(record.note)
    if isinstance(record, Quotation | Figure) and record.assessment:
        yield "verdict", record.assessment.verdict
    if isinstance(record, Theme):
        yield "comments", ", ".join(member.comment for member in record.members)
        yield "summary", _text_of_prose(record.summary)
    if not isinstance(record, Comment | Reference):
        yield "tags", ", ".join(record.tags)
        yield "status", record.status


def _describe_value(figure: Figure) -> str:
    """Return the value as the source gives it in words, or as the author has written it down."""
    number = figure.value.words or " ".join(filter(None, (figure.value.text, figure.unit)))
    return " ".join(filter(None, (number, figure.period and f"({figure.period})")))


def _describe_reading(figure: Figure) -> str:
    """Return what the author takes the source's words to mean."""
    low, high = figure.value.low, figure.value.high
    if not figure.value.words or (low is None and high is None):
        return ""
    ends = [f"at least {low}" if low is not None else "", f"at most {high}" if high is not None else ""]
    return " ".join(filter(None, (", ".join(filter(None, ends)), figure.unit)))


def citing(briefing: Briefing, id: str) -> Iterator[str]:
    """Return the names of the places that cite an id, in the order of the pages."""
    yield from ("the summary" for cited in _cited_in(briefing.summary) if cited == id)
    for number, point in enumerate(briefing.key_points, 1):
        yield from (f"key point {number}" for cited in _cited_in(point) if cited == id)
    for record in (*briefing.annotations, *briefing.themes):
        yield from (f"{kind(record)} {record.id}" for cited in _ids_cited_by(record) if cited == id)


def _ids_cited_by(record: Annotation | Theme) -> list[str]:
    if isinstance(record, Theme):
        return [*_cited_in(record.summary), *(member.comment for member in record.members)]
    found = _cited_in(record.note)
    if isinstance(record, Quotation | Figure) and record.assessment:
        found += [*_cited_in(record.assessment.note), *record.assessment.evidence]
    if isinstance(record, Figure) and record.series:
        found += [point.cite for point in record.series.points]
    if isinstance(record, Quotation):
        found += [wording.cite for wording in record.wordings]
    return found


def _text_of_prose(prose: Prose | None) -> str:
    return prose.text if prose else ""


def _cited_in(prose: Prose | None) -> list[str]:
    return [key.id for key in keys(prose)] if prose else []


def _problems_in(checked: BriefingBuild, at: Place) -> Iterator[Problem]:
    """Return the problems within a record."""
    file = checked.files.get(at.file)
    whole = file.span_of(at) if file else None
    for problem in checked.problems:
        if problem.at.file == at.file and file and whole and whole.overlaps(file.span_of(problem.at)):
            yield problem
