"""Show one thing of a briefing as its author looks it up: its words in their paragraph, what it says, who cites it."""

from __future__ import annotations

import difflib
import textwrap
import unicodedata
from collections.abc import Collection, Iterator

from briefing import report
from briefing.authoring.locate import text_of
from briefing.model import Annotation, Briefing, Comment, ContextNote, Figure, Quotation, Reference, Theme
from briefing.model.places import Place, Problem, Span, locate
from briefing.model.prose import Prose, keys
from briefing.pipeline.briefing_build import BriefingBuild

WIDTH = 96
"""Columns of shown text: it fits a terminal with what stands before it."""

Record = Quotation | Figure | ContextNote | Theme | Comment | Reference


def _records(briefing: Briefing) -> tuple[Record, ...]:
    return (*briefing.annotations, *briefing.themes, *briefing.comments, *briefing.references)


def find_record(briefing: Briefing, id: str) -> Record | None:
    """Return what has, or had, this id."""
    named = {record.id: record for record in _records(briefing)}
    former = {old: each for each in _records(briefing) if isinstance(each, Annotation | Theme) for old in each.was}
    return named.get(id) or former.get(id)


def nearest_id(briefing: Briefing, id: str) -> str:
    """Return the id that a misspelt one was probably meant to be; empty where none is near."""
    return next(iter(difflib.get_close_matches(id, [record.id for record in _records(briefing)], 1)), "")


def record_lines(checked: BriefingBuild, record: Record, prefix: str) -> Iterator[str]:
    """Return everything about a record, to print. `prefix` leads to the docs folder."""
    briefing = checked.briefing
    assert briefing is not None
    location = locate(record.at, checked.files)
    yield f"{kind(record)} {record.id}  {prefix}{record.at.file}" + (f":{location.line}" if location else "")
    yield from _words_of(briefing, record)
    for name, value in _fields_of(briefing, record):
        if value:
            yield from textwrap.wrap(value, WIDTH, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13)
    yield f"  {'cited by':<10} " + ("; ".join(dict.fromkeys(citing(briefing, record.id))) or "nothing yet")
    found = list(_problems_in(checked, record.at))
    yield f"  {'problems':<10} " + (str(len(found)) if found else "none")
    for problem in found:
        yield textwrap.indent(report.as_text(problem, checked.files, prefix), "    ")


def kind(record: Record) -> str:
    """Return what a record is called."""
    if isinstance(record, Quotation) and record.kind == "reported":
        return "reported statement"
    return "context note" if isinstance(record, ContextNote) else type(record).__name__.lower()


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
