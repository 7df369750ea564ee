"""Rules on the numbers of fields that cannot cite: titles, labels, tags, units and periods.

They are numbers of the site as those of prose are. A field of an annotation rests on its target and value and on what
its notes, its series and its evidence cite; the title and the tags of a briefing on everything that can be cited in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from briefing.check.grounds import Ground, StatedNumber, dated, grounds, nearest, of_text
from briefing.check.rules.cited_numbers import supported
from briefing.check.rules.formulas import bases
from briefing.model import Annotation, Briefing, ContextNote, Derived, Figure, Quotation, Theme
from briefing.model.places import Place, Problem, Span
from briefing.model.prose import Prose, keys
from briefing.text import Quantity, language, quantities, sentences
from briefing.text.units import TIMES

Record = Quotation | Figure | ContextNote | Derived | Theme


@dataclass(frozen=True, slots=True)
class _Field:
    """A text in which nothing can be cited, with what its numbers may rest on."""

    text: str
    at: Place
    resting: tuple[Ground, ...]
    where: str
    """What a message calls that."""


def field_number(briefing: Briefing) -> Iterator[Problem]:
    """Every number in a title, label, tag, unit or period can be read in what its record is about or cites."""
    rules = language(briefing.language)
    for field in _fields(briefing):
        for one in quantities(field.text, rules):
            if not supported(one, field.resting, unseen=True, completed=True):
                yield _problem(field, one)


def _problem(field: _Field, one: Quantity) -> Problem:
    words = one.span.of(field.text).rstrip(".")
    near = nearest(one, [each for ground in field.resting for each in ground.read])
    listed = ", ".join(dict.fromkeys(f"“{each.words}”" for each in near))
    hint = "write what is there, or leave the number out; a number that you compute belongs under `derived`"
    return Problem(
        "cited-number",
        f"the number “{words}” cannot be read in {field.where}",
        field.at.part(one.span),
        f"nearest there: {listed}\n{hint}" if listed else hint,
        field.text,
    )


# --- the fields -------------------------------------------------------------------------------------------------


def _fields(briefing: Briefing) -> Iterator[_Field]:
    whole = (_everything(briefing),)
    everywhere = "the source, the comments or any excerpt"
    unread = {annotation.id for annotation in briefing.annotations if annotation.id not in briefing.anchors}
    yield _Field(briefing.title, briefing.at.child("title"), whole, everywhere)
    yield from _tags(briefing.tags, briefing.at, whole, everywhere)
    for record in (*briefing.annotations, *briefing.derived, *briefing.themes):
        if record.status == "draft":
            continue
        if record.id in unread:
            continue  # its target is nowhere: that is reported already
        resting, where = _about(briefing, record), f"what “{record.id}” is about or cites"
        yield from (_Field(text, at, resting, where) for text, at in _of_record(record))
        yield from _tags(record.tags, record.at, whole, everywhere)
        if isinstance(record, Figure):
            known = (*_cited_by(briefing, record), *whole, Ground("", partial(_near_years, briefing)))
            yield _Field(record.period, record.at.child("period"), known, everywhere)
    yield from _measures(briefing)


def _near_years(briefing: Briefing) -> Iterator[StatedNumber]:
    """Return the years beside that of the source: "last year" may be given as a year."""
    year = briefing.source.published[:4]
    return (one for near in (-1, 1) if year.isdigit() for one in dated(str(int(year) + near)))


def _tags(tags: Iterable[str], at: Place, whole: tuple[Ground, ...], where: str) -> Iterator[_Field]:
    return (_Field(tag, at.child("tags", number), whole, where) for number, tag in enumerate(tags))


def _of_record(record: Record) -> Iterator[tuple[str, Place]]:
    at = record.at
    if isinstance(record, ContextNote | Theme):
        yield record.title, at.child("title")
    if isinstance(record, Theme):
        yield record.about, at.child("about")
    if isinstance(record, Figure | Derived):
        yield record.label, at.child("label")
        yield record.unit, at.child("unit")
    if isinstance(record, Figure) and record.series:
        series = record.series
        yield from ((series.label, series.at.child("label")),) if series.label != record.label else ()
        yield from ((series.unit, series.at.child("unit")),) if series.unit != record.unit else ()


def _measures(briefing: Briefing) -> Iterator[_Field]:
    """Yield the label and unit of each measure that is used here, with the figures that give values of it here."""
    for measure in briefing.measures.values():
        figures = [figure for figure in briefing.figures if figure.measure == measure.id and figure.status != "draft"]
        if figures:
            resting = tuple(ground for figure in figures for ground in _about(briefing, figure))
            where = f"the figures that give values of “{measure.id}”"
            resting = (*resting, _everything(briefing))
            yield from (
                _Field(getattr(measure, key), measure.at.child(key), resting, where) for key in ("label", "unit")
            )


def _about(briefing: Briefing, record: Record) -> tuple[Ground, ...]:
    """Return what a record is about, all that it cites, and its period or formula, which is checked itself."""
    period = record.period if isinstance(record, Figure) else ""
    beside = [Ground("", partial(of_text, period, language(briefing.language)))]
    if isinstance(record, Derived):
        beside.append(Ground("", partial(_constants, record.formula)))
    elif not isinstance(record, Theme):
        beside.append(Ground("", partial(_dates_beside, briefing, record)))
    return (*_cited_by(briefing, record), *beside)


def _dates_beside(briefing: Briefing, record: Annotation) -> Iterator[StatedNumber]:
    """Yield the dates of the sentences that a target is in: "In 2018 fares covered 41 percent" is of 2018."""
    anchor = briefing.anchors.get(record.id)
    if anchor is None:
        return
    comment = next((each.text for each in briefing.comments if each.id == anchor.comment), "")
    text, rules = comment or briefing.source.text, language(briefing.source.language)
    for sentence in sentences(text, rules):
        if any(sentence.overlaps(span) for span in anchor.spans):
            yield from (one for one in of_text(sentence.of(text), rules) if one.stated.date)


def _cited_by(briefing: Briefing, record: Record) -> tuple[Ground, ...]:
    known = grounds(briefing)
    cited = dict.fromkeys((record.id, *_cited(record)))
    return tuple(known[id] for id in cited if id in known)


def _constants(formula: str) -> Iterator[StatedNumber]:
    """Yield the numbers of a formula as words say them: "share * 2" is twice the share, "share / 2" half of it."""
    for found in re.finditer(r"(?<![\w-])(?P<by>[/÷]?)\s*(?P<number>\d+(?:\.\d+)?)(?![\w-])", formula):
        value = Decimal(found["number"])
        yield StatedNumber(Quantity(Span(0, 0), (value,)), found["number"])
        yield StatedNumber(Quantity(Span(0, 0), (value,), unit=TIMES), found["number"])
        if found["by"] and value:
            yield StatedNumber(Quantity(Span(0, 0), (1 / value,), fraction=True), f"1 / {value}")


def _cited(record: Record) -> Iterator[str]:
    prose: list[Prose | None] = [record.summary if isinstance(record, Theme) else record.note]
    if isinstance(record, Quotation | Figure) and record.assessment:
        prose += [record.assessment.note, record.assessment.response]
        yield from record.assessment.evidence
    if isinstance(record, Figure) and record.series:
        yield from (point.cite for point in record.series.points)
    if isinstance(record, Derived):
        yield from (id for id, _ in bases(record))
    yield from (key.id for each in prose if each for key in keys(each))


def _everything(briefing: Briefing) -> Ground:
    return Ground("", partial(_read_everything, briefing))


def _read_everything(briefing: Briefing) -> Iterator[StatedNumber]:
    """Yield the source, what can be cited, and when the source and the briefing were made."""
    yield from of_text(briefing.source.text, language(briefing.source.language))
    yield from of_text(briefing.source.title, language(briefing.source.language))
    for text in (briefing.source.published, briefing.source.retrieved, briefing.date):
        yield from dated(text)
    for ground in grounds(briefing).values():
        yield from ground.read
