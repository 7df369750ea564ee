"""Rules on measures: a figure that gives a value of one has its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from briefing.anchor.diagnose import short
from briefing.anchor.find import find
from briefing.check.equal_numbers import contradicts, valued
from briefing.check.grounds import Ground, KnownIds, grounds, nearest, of_target, of_text, valued_as
from briefing.check.readable_numbers import Readable, readable
from briefing.check.rules.cited_numbers import supported
from briefing.model import Briefing, Figure, Selector, SeriesPoint
from briefing.model.places import Problem, in_marks
from briefing.text import Date, Language, Number, Quantity, in_digits, language, numbers
from briefing.text.units import comparable


def unknown_measure(briefing: Briefing) -> Iterator[Problem]:
    """The `measure` of every figure is in measures.yml. What may be unread there is nobody's mistake."""
    suggestions = KnownIds(briefing.measures, "measures")
    for figure in briefing.figures:
        id = figure.measure
        if not id or id in briefing.measures or briefing.unread.may_have(id, "measures"):
            continue
        near = suggestions.hint(id) if briefing.measures else ""
        unit = f'\n  unit: "{figure.unit}"' if figure.unit else ""
        hint = f"{near}\nfor a new measure add to measures.yml, beside people.yml:\n\n{id}:\n  label: …{unit}".strip()
        yield Problem("unknown-measure", f"“{id}” is not in measures.yml", figure.at.child("measure"), hint)


def measure_unit(briefing: Briefing) -> Iterator[Problem]:
    """A figure with a `measure` is no date, and has that measure's unit, white space apart."""
    for figure in briefing.figures:
        measure = briefing.measures.get(figure.measure)
        if measure is None:
            continue
        if figure.type == "date":
            hint = "take “measure” out: a date is shown on the timeline"
            message = f"a date is no value of “{measure.label}”"
            yield Problem("measure-unit", message, figure.at.child("measure"), hint)
        elif figure.unit.split() != measure.unit.split():
            own, right = _named(figure.unit), _named(measure.unit)
            unit = f'write `unit: "{measure.unit}"`' if measure.unit else "leave “unit” out"
            yield Problem(
                "measure-unit",
                f"the unit of this figure is {own}, and that of “{measure.label}” is {right}",
                figure.at.child("unit" if figure.unit else "measure"),
                f"if its value is one of that measure, {unit}; else take “measure” out or name another one",
            )


def _named(unit: str) -> str:
    return f"“{unit}”" if unit else "not given"


Parts = tuple[int | None, int | None, int | None]
"""Year, month and day of a date, as far as it has them."""


def value_not_in_target(briefing: Briefing) -> Iterator[Problem]:
    """A number, both ends of a range, words, or all parts of a date can be read in the target.

    Words are verbatim, and `min` and `max` agree with the numbers in them. `resolved` may complete a date, and state a
    number that the target does not; the dates that the target touches must fit it. A value whose unit begins with %
    is a percentage or named fraction there. Where the language has no rules for number words, a number is refused
    only if the target has others in digits.
    """
    for figure in briefing.figures:
        anchor = briefing.anchors.get(figure.id)
        if anchor is not None:
            yield from _check(figure, readable(briefing, anchor), _scale(briefing, figure.unit))


def series_value(briefing: Briefing) -> Iterator[Problem]:
    """Every value of a series can be read in the excerpts of the reference that it cites.

    So can the numbers in what is said of it: whose it is, who gives it, what it counts. A reference without an excerpt
    shows nothing that it could be compared with. Its unit is that of the series where it has one there; a table that
    is cited seldom repeats it.
    """
    known, rules = grounds(briefing), language(briefing.language)
    references = {reference.id for reference in briefing.references}
    for series in (figure.series for figure in briefing.figures if figure.series):
        for point in series.points:
            cited = known.get(point.cite) if point.cite in references else None
            if cited and not cited.blind:
                yield from _check_point(point, series.unit, cited, rules)
                yield from _check_words(point, cited, rules)


def _check_point(point: SeriesPoint, unit: str, cited: Ground, rules: Language) -> Iterator[Problem]:
    """Yield the problem of a value of a series, or of an end of its range, that cannot be read in what it cites."""
    for end in dict.fromkeys((point.low, point.high)):
        value = next(valued_as((end,), unit, rules)).stated
        bare = Quantity(value.span, (end,))
        if not any(_has_value(read.stated, value, bare) for read in cited.read):
            what = f"the value {in_digits(end)} for {point.period}"
            yield _not_read(what, value, point, cited, "value")


def _check_words(point: SeriesPoint, cited: Ground, rules: Language) -> Iterator[Problem]:
    """Yield the problems of the numbers in what is said of a value."""
    for key in ("of", "by", "counts"):
        for one in of_text(getattr(point, key), rules):
            if not supported(one.stated, (cited,)):
                yield _not_read(f"the number {in_marks(short(one.words))}", one.stated, point, cited, key)


def _not_read(what: str, wanted: Quantity, point: SeriesPoint, cited: Ground, key: str) -> Problem:
    near = ", ".join(f"{in_marks(short(read.words))}" for read in nearest(wanted, cited.read))
    message = f"{what} cannot be read in what it cites: “{point.cite}”"
    hint = "write what is there, or add the excerpt that has it to references.yml"
    hint = f"nearest there: {near}\n{hint}" if near else hint
    return Problem("value-not-in-target", message, point.at.child(key), hint)


def _has_value(found: Quantity, value: Quantity, bare: Quantity) -> bool:
    """Return whether a number has a value, with its unit or, where there is none of another, as the bare number."""
    if contradicts(value.unit, found):
        return comparable(value.unit, found.unit) and valued(value, found)
    return valued(value, found) or valued(bare, found)


def unit_not_in_target(briefing: Briefing) -> Iterator[Problem]:
    """Yield a problem for a unit that is not that of the value in the target: euros where the source has pounds.

    Percentages are asked for with the value.
    """
    rules = language(briefing.language)
    for figure in briefing.figures:
        if figure.value.words or figure.value.date or figure.resolved or _is_share(figure):
            continue
        target, scale = tuple(of_target(briefing, figure)), _scale(briefing, figure.unit)
        for wanted in dict.fromkeys(end for end in (figure.value.low, figure.value.high) if end is not None):
            unit = next(valued_as((wanted,), figure.unit, rules)).stated.unit
            having = [one for one in target if {wanted, wanted * scale} & {*one.values}]
            if having and all(contradicts(unit, one.stated) for one in having):
                message = f"the source has {in_marks(short(having[0].words))}, which are not {figure.unit}"
                yield _problem(figure, message, "write the unit that the source has", "unit")


def _check(figure: Figure, target: Readable, scale: Decimal) -> Iterator[Problem]:
    if figure.resolved:
        yield from _resolved(figure, target)
    if figure.value.words:
        yield from _words(figure, target, scale)
    elif figure.value.date:
        if not figure.resolved:
            yield from _date(figure, target)
    elif not figure.resolved:
        yield from _numbers(figure, target, scale)


def _problem(figure: Figure, message: str, hint: str, *field: str) -> Problem:
    return Problem("value-not-in-target", message, figure.at.child(*(field or ("value",))), hint)


def _scale(briefing: Briefing, unit: str) -> Decimal:
    """Return what a unit multiplies by ("billion euros"), in the language of the briefing or of the source."""
    scale = Decimal(1)
    for word in re.findall(r"[^\W\d_]+", unit):
        for rules in (language(briefing.language), language(briefing.source.language)):
            factor = rules.numbers.multipliers.get(word.lower()) or rules.suffixes.get(word)
            if factor:
                scale = Decimal(factor)
    return scale


# --- numbers ----------------------------------------------------------------------------------------------------


def _numbers(figure: Figure, target: Readable, scale: Decimal) -> Iterator[Problem]:
    """Yield the problems of a number, or of both ends of a range; of one end where there is only a least or a most."""
    value = figure.value
    for wanted in dict.fromkeys(end for end in (value.low, value.high) if end is not None):
        found = [number for number in _candidates(figure, target) if _says(number, wanted, scale)]
        if found:
            yield from _check_reading(figure, target, wanted, found)
        elif not _may_be_words(target):
            message = f"the value {in_digits(wanted)} cannot be read in the target {in_marks(short(target.words))}"
            yield _problem(figure, message, _hint(figure, target, wanted))


def _check_reading(figure: Figure, target: Readable, wanted: Decimal, found: Sequence[Number]) -> Iterator[Problem]:
    """Yield the problem of a value that is in the target, but denied or multiplied there, or no percentage."""
    if all(number in target.denied for number in found):
        message = f"the source denies {in_digits(wanted)}: a negation precedes it"
        yield _problem(figure, message, f"let the target hold the negation, and {_AS_WORDS}")
    elif behind := _multiplied(found, target, figure.unit):
        message = f"the source does not say {in_digits(wanted)}: “{behind}” follows it and multiplies it"
        yield _problem(figure, message, f"let the target hold “{behind}”, and {_AS_WORDS}")
    elif _is_share(figure) and target.language.known and not any(_is_percentage(number, target) for number in found):
        message = f"the target {in_marks(short(target.words))} does not say that {in_digits(wanted)} is a percentage"
        yield _problem(figure, message, "let the target reach as far as the percent sign, or change `unit`", "unit")


_AS_WORDS = "write the source’s words: `value: {words: …}`"


def _multiplied(found: Sequence[Number], target: Readable, unit: str) -> str:
    """Return the word that multiplies a value beyond what is known; empty if the unit has it or a number has none."""
    behind = [target.multiplied.get(number, "") for number in found]
    return behind[0] if all(behind) and behind[0].lower() not in unit.lower() else ""


def _candidates(figure: Figure, target: Readable) -> tuple[Number, ...]:
    return (*target.ordinals, *target.numbers) if figure.type == "rank" else target.numbers


def _says(number: Number, wanted: Decimal, scale: Decimal) -> bool:
    """Return whether a number can be read as the wanted one; a fraction also as a rounded one or a percentage."""
    if wanted * scale in number.readings or (number.multiplier == 1 and wanted in number.readings):
        return True
    return number.fraction and any(_rounded(value, wanted) for value in (number.low, number.low * 100))


def _rounded(value: Decimal, wanted: Decimal) -> bool:
    """Return whether a value has been rounded to the wanted one, which has two digits at least."""
    if not 2 <= len(wanted.as_tuple().digits) <= _DIGITS:
        return False
    return value.quantize(Decimal(1).scaleb(-_decimals(wanted)), ROUND_HALF_UP) == wanted


_DIGITS = 20
"""More than anybody rounds to, and fewer than Decimal computes with."""


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _is_share(figure: Figure) -> bool:
    return figure.unit.lstrip().startswith("%")


def _is_percentage(number: Number, target: Readable) -> bool:
    return number.fraction or (number.percent and target.percent)


def _may_be_words(target: Readable) -> bool:
    """Return whether a value may be in words that cannot be read, because the language has no rules."""
    return not target.language.known and not target.numbers


def _words(figure: Figure, target: Readable, scale: Decimal) -> Iterator[Problem]:
    """Yield the problem of words that are not in the target, or of what their numbers say."""
    value = figure.value
    if not any(find(part, Selector(value.words)) for part in target.parts):
        message = f"the words {in_marks(short(value.words))} are not in the target {in_marks(short(target.words))}"
        yield _problem(figure, message, "copy them from the target letter for letter", "value", "words")
        return
    yield from _bounds(figure, numbers(value.words, target.language), scale)


def _bounds(figure: Figure, named: Iterable[Number], scale: Decimal) -> Iterator[Problem]:
    """Yield where the least and the most are not what the words say, if they say a number."""
    named = tuple(named)
    least = [value for number in named for value in number.readings or (number.low,)]
    most = [value for number in named for value in number.readings]
    for field, wanted, said in (("min", figure.value.low, least), ("max", figure.value.high, most)):
        if wanted is not None and said and not _agrees(wanted, said, named, scale):
            meant = " or ".join(in_digits(value) for value in dict.fromkeys(said))
            message = f"{in_marks(short(figure.value.words))} says {meant}, and `{field}` is {in_digits(wanted)}"
            yield _problem(figure, message, f"write `{field}: {in_digits(said[0])}`", "value", field)


def _agrees(wanted: Decimal, said: Sequence[Decimal], named: Iterable[Number], scale: Decimal) -> bool:
    """Return whether a bound is one of the values that words say, or a rounded one of a fraction among them."""
    if wanted in said or wanted * scale in said:
        return True
    return any(_rounded(value, wanted) for number in named if number.fraction for value in number.readings)


def _hint(figure: Figure, target: Readable, wanted: Decimal) -> str:
    """Return what the target does say, and how to write it."""
    said = [number for number in _candidates(figure, target) if number.high is not None]
    vague = next((number for number in target.numbers if number.high is None), None)
    scaled = next((number for number in said if wanted * number.multiplier in number.readings), None)
    if target.cut:
        return f"the source has “{target.cut[0]}” there: let the target hold all of it"
    if scaled:
        return (
            f"write `value: {in_digits(scaled.low)}`, or name the multiplier in the unit, for example “million” or “bn”"
        )
    if target.multiplied:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(target.multiplied.values()))
        return f"{words} multiplies the number in a way that is not known here: {_AS_WORDS}"
    if vague:
        return f"the source gives no exact number:\n\nvalue: {{words: {vague.words}, min: {in_digits(vague.low)}}}"
    if said:
        listed = ", ".join(dict.fromkeys(in_digits(number.low) for number in said))
        return f"the target has {listed}: write one of these, or choose the words that have the value"
    return "the target has no number: choose the words that have it, or write `value: {words: …}` where it is not exact"


# --- dates ------------------------------------------------------------------------------------------------------


def _date(figure: Figure, target: Readable) -> Iterator[Problem]:
    """Yield the problem of a date whose parts are not all in one date of the target."""
    wanted = _parts(figure.value.date)
    if not any(_covers(date, wanted) for date in target.dates):
        fits = any(_fits(date, wanted) for date in target.touched)
        message = f"the date {figure.value.date} cannot be read in the target {in_marks(short(target.words))}"
        hint = f"say where the rest comes from:\n\nresolved:\n  value: {figure.value.date}\n  because: …"
        yield _problem(figure, message, hint if fits or not target.touched else _dated_hint(target))


def _dated_hint(target: Readable) -> str:
    return f"the source has {', '.join(f'“{words}”' for words in target.dated)}"


def _resolved(figure: Figure, target: Readable) -> Iterator[Problem]:
    """Yield where what the author resolved differs from the value, or from the dates that the target touches."""
    resolved = figure.resolved
    if resolved is None:
        return
    at = ("resolved", "value")
    if figure.type != "date":
        number = _decimal(resolved.value)
        if number is not None and figure.value.low is not None and number not in (figure.value.low, figure.value.high):
            message = f"the value is {figure.value.text}, and it is resolved as {resolved.value}"
            yield _problem(figure, message, "write the same number in both", *at)
        return
    wanted = _parts(resolved.value)
    if figure.value.date and not _agree(_parts(figure.value.date), wanted):
        message = f"the value is {figure.value.date}, and it is resolved as {resolved.value}"
        yield _problem(figure, message, "write the same date in both, one perhaps shorter", *at)
    if target.touched and not any(_fits(date, wanted) for date in target.touched):
        message = f"the target {in_marks(short(target.words))} does not fit the date {resolved.value}"
        yield _problem(figure, message, _dated_hint(target), *at)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _parts(text: str) -> Parts:
    """Return the year, month and day of an ISO 8601 date."""
    parts = [int(part) for part in text.split("-")]
    return (parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None)


def _of(date: Date) -> Parts:
    return date.year, date.month, date.day


def _covers(date: Date, wanted: Parts) -> bool:
    """Return whether a date has all the wanted parts."""
    return all(want is None or part == want for part, want in zip(_of(date), wanted, strict=True))


def _fits(date: Date, wanted: Parts) -> bool:
    """Return whether no part of a date contradicts the wanted ones."""
    return _agree(_of(date), wanted)


def _agree(one: Parts, other: Parts) -> bool:
    return all(left is None or right is None or left == right for left, right in zip(one, other, strict=True))
