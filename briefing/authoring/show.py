"""One thing of a briefing as its author looks it up: its words in their paragraph, what it says, who cites it."""

from __future__ import annotations

import difflib
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from briefing import report
from briefing.authoring.locate import text_of
from briefing.model import Annotation, Assessment, Briefing, Comment, ContextNote, Figure, Quotation, Reference, Theme
from briefing.model.places import Place, Problem, Span, locate
from briefing.model.prose import Prose, keys
from briefing.pipeline.briefing_build import BriefingBuild

WIDTH = 96
"""Columns of shown text: it fits a terminal with what stands before it."""

Record = Quotation | Figure | ContextNote | Theme | Comment | Reference


def find(briefing: Briefing, id: str) -> Record | None:
    """What has, or had, this id."""
    records: tuple[Record, ...] = (*briefing.annotations, *briefing.themes, *briefing.comments, *briefing.references)
    named = {record.id: record for record in records}
    former = {old: record for record in records if isinstance(record, Annotation | Theme) for old in record.was}
    return named.get(id) or former.get(id)


def nearest(briefing: Briefing, id: str) -> str:
    """The id that a misspelt one may have been meant for; empty where none is near."""
    known = [r.id for r in (*briefing.annotations, *briefing.themes, *briefing.comments, *briefing.references)]
    return next(iter(difflib.get_close_matches(id, known, 1)), "")


def lines(checked: BriefingBuild, record: Record, prefix: str) -> Iterator[str]:
    """Everything about a record, to print. `prefix` leads to the docs folder."""
    briefing = checked.briefing
    assert briefing is not None
    location = locate(record.at, checked.files)
    yield f"{kind(record)} {record.id}  {prefix}{record.at.file}" + (f":{location.line}" if location else "")
    yield from _words(briefing, record)
    for name, value in _fields(briefing, record):
        if value:
            yield from textwrap.wrap(value, WIDTH, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13)
    yield f"  {'cited by':<10} " + ("; ".join(dict.fromkeys(citing(briefing, record.id))) or "nothing yet")
    found = list(_problems(checked, record.at))
    yield f"  {'problems':<10} " + (str(len(found)) if found else "none")
    for problem in found:
        yield textwrap.indent(report.as_text(problem, checked.files, prefix), "    ")


def kind(record: Record) -> str:
    """What a record is called."""
    if isinstance(record, Quotation) and record.kind == "reported":
        return "reported statement"
    return "context note" if isinstance(record, ContextNote) else type(record).__name__.lower()


def _words(briefing: Briefing, record: Record) -> Iterator[str]:
    """The words that an annotation is about, underlined in their paragraph; a comment's own words."""
    if isinstance(record, Comment):
        yield from textwrap.wrap(record.text, WIDTH, initial_indent="  | ", subsequent_indent="  | ")
    if not isinstance(record, Annotation):
        return
    found = briefing.anchors.get(record.id)
    if found is None:
        yield "  its words were not found; see the problems below"
        return
    text = text_of(briefing, found.comment)
    block = Span(text.rfind("\n", 0, found.whole.start) + 1, _end_of_paragraph(text, found.whole.end))
    number = sum(paragraph.span.start <= found.whole.start for paragraph in briefing.source.paragraphs)
    yield f"  in comment {found.comment}:" if found.comment else f"  in paragraph {number} of source.txt:"
    yield from underlined(text, block, found.spans)


def _end_of_paragraph(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def underlined(text: str, block: Span, spans: Iterable[Span]) -> Iterator[str]:
    """Part of a text in lines, with carets under the characters of the spans."""
    marked = list(spans)
    at = block.start
    for paragraph in block.of(text).split("\n"):
        for line in _wrapped(paragraph):
            inside = [any(span.start <= at + n < span.end for span in marked) for n in range(len(line))]
            yield "  | " + "".join(map(report.visible, line)).rstrip()
            if any(inside):
                below = ("^" if caret else " " for caret in inside)
                carets = (mark * report.cells(c) for mark, c in zip(below, line, strict=True))
                yield "  | " + "".join(carets).rstrip()
            at += len(line)
        at += 1


def _wrapped(paragraph: str) -> Iterator[str]:
    """A paragraph in pieces that join to it again, parted after spaces where there are any."""
    rest = paragraph.rstrip("\r")
    while len(rest) > WIDTH:
        cut = rest.rfind(" ", 0, WIDTH) + 1 or WIDTH
        while unicodedata.combining(rest[cut]) and cut > 1:
            cut -= 1
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _fields(briefing: Briefing, record: Record) -> Iterator[tuple[str, str]]:
    """What a record says, by the names of the folder format."""
    if isinstance(record, Quotation | Figure) and record.speaker:
        person = briefing.people.get(record.speaker)
        yield "speaker", f"{person.name} ({record.speaker})" if person else record.speaker
    if isinstance(record, Quotation):
        yield "kind", record.kind
    if isinstance(record, Figure):
        yield "label", record.label
        yield "value", _value(record)
        yield "reading", _reading(record)
        yield "type", f"{record.type}, {record.basis}"
    if isinstance(record, ContextNote | Theme | Reference):
        yield "title", record.title
    if isinstance(record, Reference):
        yield "url", record.url
    yield from _notes(record)
    if isinstance(record, Annotation | Theme):
        yield "tags", ", ".join(record.tags)
        yield "status", record.status


def _value(figure: Figure) -> str:
    """As the source gives it in words, or as the author has written it down."""
    number = figure.value.words or " ".join(filter(None, (figure.value.text, figure.unit)))
    return " ".join(filter(None, (number, figure.period and f"({figure.period})")))


def _reading(figure: Figure) -> str:
    """What the author takes the source's words to mean."""
    low, high = figure.value.low, figure.value.high
    if not figure.value.words or (low is None and high is None):
        return ""
    ends = [f"at least {low}" if low is not None else "", f"at most {high}" if high is not None else ""]
    return " ".join(filter(None, (", ".join(filter(None, ends)), figure.unit)))


def _notes(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Annotation):
        yield "note", record.note.text if record.note else ""
    if isinstance(record, Quotation | Figure) and record.assessment:
        yield "verdict", record.assessment.verdict
    if isinstance(record, Theme):
        yield "comments", ", ".join(member.comment for member in record.members)
        yield "summary", record.summary.text if record.summary else ""


def citing(briefing: Briefing, id: str) -> Iterator[str]:
    """Names of the places that cite an id, in the order of the pages."""
    yield from _in("the summary", briefing.summary, id)
    for number, point in enumerate(briefing.key_points, 1):
        yield from _in(f"key point {number}", point, id)
    for annotation in briefing.annotations:
        name = f"{kind(annotation)} {annotation.id}"
        yield from _in(name, annotation.note, id)
        if isinstance(annotation, Quotation | Figure) and annotation.assessment:
            yield from _in_assessment(name, annotation.assessment, id)
        if isinstance(annotation, Figure) and annotation.series:
            yield from (name for point in annotation.series.points if point.cite == id)
    for theme in briefing.themes:
        yield from _in(f"theme {theme.id}", theme.summary, id)
        yield from (f"theme {theme.id}" for member in theme.members if member.comment == id)


def _in(name: str, prose: Prose | None, id: str) -> Iterator[str]:
    yield from (name for key in keys(prose) if key.id == id) if prose else ()


def _in_assessment(name: str, assessment: Assessment, id: str) -> Iterator[str]:
    yield from _in(name, assessment.note, id)
    yield from (name for cited in assessment.evidence if cited == id)


def _problems(checked: BriefingBuild, at: Place) -> Iterator[Problem]:
    """The problems within a record."""
    file = checked.files.get(at.file)
    whole = file.span_of(at) if file else None
    for problem in checked.problems:
        if problem.at.file == at.file and file and whole and whole.overlaps(file.span_of(problem.at)):
            yield problem
