"""Rules on the numbers of fields that cannot cite: titles, labels, tags, units and periods.

They are numbers of the site as those of prose are. A field of an annotation rests on its target and value and on what
its notes, its series and its evidence cite; the title and the tags of a briefing on everything that can be cited in it.

Scope counts: A rule on the `scope` of comments: what it counts is there, or in the file that they were taken from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from msgspec import Struct

from briefing.check.equal_numbers import rests
from briefing.check.grounds import Ground, StatedNumber, dated, grounds, nearest, of_text
from briefing.check.rules.cited_numbers import supported
from briefing.check.rules.formulas import bases
from briefing.check.rules.imported_comments import ImportedExport, file_name, read_exports, unverified
from briefing.model import Annotation, Briefing, ContextNote, Derived, Figure, Quotation, Theme, text_at
from briefing.model.places import Place, Problem, Span, overlapping
from briefing.model.prose import Prose, keys
from briefing.readers import Options, UnknownReader, UnreadableDocument, read
from briefing.text import Language, Quantity, language, quantities, sentences
from briefing.text.language_rules import GAP, any_of
from briefing.text.units import LENGTHS, PERCENT, TIMES

Record = Quotation | Figure | ContextNote | Derived | Theme


class _Field(Struct, frozen=True):
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
    # a draft without a title is called by its folder, whose name says nothing about the source
    if briefing.status != "draft" or briefing.title != briefing.path.rpartition("/")[2]:
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
        beside.append(Ground("", partial(_times_beside, briefing, record)))
    return (*_cited_by(briefing, record), *beside)


def _times_beside(briefing: Briefing, record: Annotation) -> Iterator[StatedNumber]:
    """Yield the dates and lengths of time of the sentences that a target is in.

    "In 2018 fares covered 41 percent" is of 2018, and what "will get $1 billion over five years" gets it in five years.
    """
    anchor = briefing.anchors.get(record.id)
    if anchor is None:
        return
    text, rules = text_at(briefing, anchor), language(briefing.source.language)
    every = sentences(text, rules)
    for number in sorted({number for span in anchor.spans for number in overlapping(every, span)}):
        yield from (
            one
            for one in of_text(every[number].of(text), rules)
            if one.stated.date or one.stated.unit in LENGTHS or _IN_TWO_YEARS.fullmatch(one.stated.verbatim)
        )


_IN_TWO_YEARS = re.compile(r"[12]\d{3}-\d\d")
"""A financial or school year, however it is written: 2023-24, 2023/24."""


def _cited_by(briefing: Briefing, record: Record) -> tuple[Ground, ...]:
    known = grounds(briefing)
    cited = dict.fromkeys((record.id, *_cited(record)))
    return tuple(known[id] for id in cited if id in known)


_NOWHERE = Span(0, 0)
"""Of numbers that are compared and stand in no text."""


def _constants(formula: str) -> Iterator[StatedNumber]:
    """Yield the numbers of a formula as words say them: "share * 2" is twice the share, "share / 2" half of it."""
    for found in re.finditer(r"(?<![\w-])(?:(?P<by>[/÷])\s*)?(?P<number>\d+(?:\.\d+)?)(?![\w-])", formula):
        value = Decimal(found["number"])
        yield StatedNumber(Quantity(_NOWHERE, (value,)), found["number"])
        yield StatedNumber(Quantity(_NOWHERE, (value,), unit=TIMES), found["number"])
        if found["by"] and value:
            yield StatedNumber(Quantity(_NOWHERE, (1 / value,), fraction=True), f"1 / {value}")


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
    rules = language(briefing.source.language)
    for text in (*briefing.source.text.split("\n"), briefing.source.title):  # targets are read in their lines, too
        yield from of_text(text, rules)
    for text in (briefing.source.published, briefing.source.retrieved, briefing.date):
        yield from dated(text)
    for ground in grounds(briefing).values():
        yield from ground.read


# --- scope counts ----------------------------------------------------------------------------------------------------


_SHORT = 60
"""Letters of a line of a page that says how many comments there are, at most."""


def scope_count(briefing: Briefing) -> Iterator[Problem]:
    """Every number in `scope` that counts something counts comments that are here, or rows of an imported export.

    After a word for all it counts comments that are here. A saved page may itself say how many there are. Dates, times
    and numbers with a unit count no comments; a percentage is a share of two of these counts.
    """
    if not briefing.comments or briefing.unread.lacks("comments"):
        return
    rules, at = language(briefing.language), Place(briefing.comments[0].at.file, ("scope",))
    here, reads = _here(briefing), read_exports(briefing)
    anywhere = here | {count for one in reads for count in _in_export(one)}
    for one in quantities(briefing.scope, rules):
        if not _may_count_comments(one):
            continue
        if _follows_all(briefing.scope[: one.span.start], rules):
            right = _is_count(one, here)
        else:
            right = _is_count(one, anywhere) or unverified(briefing) or _page_says(briefing, one)
        if not right:
            yield _scope_problem(briefing, one, at, reads)


def _may_count_comments(one: Quantity) -> bool:
    """Return whether a number is no date, time, rank or measurement; a percentage may be a share of comments."""
    return not (one.date or one.rank or one.clock or one.verbatim) and one.unit in ("", PERCENT)


def _follows_all(before: str, rules: Language) -> bool:
    """Return whether the words before a number end with one for all: "all 40 comments", but not "all of the 40"."""
    every = any_of(word for word, line in rules.quantifiers.counts.items() if line == "all")
    all_of = rf"(?<!\w)(?:{every})(?:{GAP}(?:the|of|der|die|den))?{GAP}$"
    part_of = rf"{any_of(rules.quantifiers.out_of)}{GAP}\S+{GAP}$"
    return bool(re.search(all_of, before, re.I)) and not re.search(part_of, before, re.I)


def _here(briefing: Briefing) -> set[int]:
    """Return how many comments there are, in all and by what became of them."""
    total, aside = len(briefing.comments), Counter(entry.reason for entry in briefing.set_aside)
    taken: list[int] = []
    known: frozenset[str] = frozenset()
    for one in read_exports(briefing):  # a later export may have the comments of an earlier one again
        these = frozenset(one.comments.values())
        taken += [len(these), len(these - known)]
        known |= these
    answers = sum(bool(comment.reply_to) for comment in briefing.comments)
    writers = len({comment.author for comment in briefing.comments if comment.author})
    counts = {total, aside.total(), total - aside.total(), *aside.values(), len(briefing.themes), *taken, len(known)}
    return {*counts, total - len(known), answers, total - answers, writers}


def _in_export(one: ImportedExport) -> Iterator[int]:
    """Yield how many rows an export has, and how many were left out or given another id."""
    yield from (len(one.records), len(one.comments), len(one.records) - len(one.comments))
    yield from (len(entry.numbers()) for entry in one.original.left_out)
    yield len(one.original.renumbered)


def _is_count(one: Quantity, counts: set[int]) -> bool:
    if one.parts:
        return all(_is_count(part, counts) for part in one.parts)
    if one.unit == PERCENT:
        shares = (Decimal(100 * part) / whole for part in counts for whole in counts if 0 <= part <= whole and whole)
        return any(abs(share - value) <= Decimal("0.5") for share in shares for value in one.values)
    return any(rests(one, Quantity(_NOWHERE, (Decimal(count),))) for count in counts)


def _page_says(briefing: Briefing, one: Quantity) -> bool:
    """Return whether a short line of the original, as a saved page has one, says the number."""
    original, rules = briefing.source.original, language(briefing.source.language)
    if original is None or original.data is None:
        return original is not None and original.held == "private"
    try:
        reading = read(original.data, original.file, Options(original.encoding))
    except (UnknownReader, UnreadableDocument):
        return True  # reported by the rules on the original
    lines = (line for paragraph in reading.paragraphs if len(paragraph) < _SHORT for line in paragraph.splitlines())
    return any(rests(one, each) for line in lines for each in quantities(line, rules))


def _scope_problem(briefing: Briefing, one: Quantity, at: Place, reads: tuple[ImportedExport, ...]) -> Problem:
    text, total, aside = briefing.scope, len(briefing.comments), len(briefing.set_aside)
    counts = [f"{total} comment{'s' * (total != 1)} here" + (f", {aside} of them set aside" if aside else "")]
    counts += [f"{len(each.records)} rows in {file_name(each.original)}" for each in reads]
    words = one.span.of(text).rstrip(".")
    return Problem(
        "cited-number",
        f"“{words}” in `scope` counts nothing that is there: {'; '.join(counts)}",
        at.part(one.span),
        f"write how many comments these are: {total}; how many there were elsewhere is known only from an export that "
        "was imported (`briefing import comments`) or from the saved page",
        next((span.of(text) for span in sentences(text, language(briefing.language)) if span.holds(one.span)), text),
    )
