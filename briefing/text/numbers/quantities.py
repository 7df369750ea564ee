"""What a text states in numbers, in its order.

Names, labels, addresses and phrases that only look like numbers are left out. The list of these is documented, with
examples that the tests run, in docs/manual/numbers.md ("What is no number").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from briefing.model.places import Span, outermost
from briefing.text.dates import as_written, clocks, dates, written
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers.lenient_numbers import CLOCKED, read_leniently
from briefing.text.numbers.numerals import numbers
from briefing.text.numbers.ordinals import decades, ranks, shares
from briefing.text.numbers.quantity import Hedge, Number, Quantity
from briefing.text.numbers.shared_units import in_millions, shared
from briefing.text.openings import (
    CALIBRE,
    COMPOSED,
    DIGITS,
    FIXED,
    GLUED,
    HALF,
    LABEL,
    MULTIPLE,
    NAMED,
    SMALL,
    STREET,
    kinds_in,
)
from briefing.text.units import BASIS_POINTS, PERCENT, POINTS, TIMES, YEARS, counts_something, money_before, unit_after

_LISTED = rf"\d[\w.()]*(?:(?:,|{GAP}?[–/-]|{GAP}(?:and|or|to|und|oder|bis)){GAP}?\d[\w.()]*)*"
"""A number as labels have it, or several: 5, 4(2), 12a, 3 and 4."""


def names(text: str, language: Language, surely: bool = False) -> tuple[Span, ...]:
    """Return the passages of a text whose digits and number words say no number.

    With `surely` without calibres and what points back: other prose may rest on those for their number.
    """
    kinds, sources = kinds_in(text, language), _name_patterns(language)[: -_HALF if surely else None]
    tried = (source for needed, source in sources if kinds & needed == needed)
    return tuple(Span(*found.span()) for source in tried for found in _compiled(source).finditer(text))


_compiled = cache(re.compile)
"""A pattern, compiled when it is first tried."""


@cache
def _name_patterns(language: Language) -> tuple[tuple[int, str], ...]:
    """Return the patterns of names, each with the kinds that a text must have for it."""
    words = language.stated
    cap = r"[^\W\d_a-zäöüß][\w’'-]{0,40}"
    small = any_of(word for word, value in words.small.items() if value <= 4)
    millimetres = any_of([*words.units.get("mm", ()), *language.unit_symbols["mm"]])
    measured = any_of(word for unit in words.units for word in words.units[unit])
    factors = any_of((*language.numbers.multipliers, *language.numbers.dozen, *language.numbers.hundred))
    percent = any_of(language.percent)
    titled = rf"(?<!\w)(?:{any_of(words.labels)[3:-1].title()}){GAP}{_LISTED}" if words.labels else "(?!)"
    street_first = rf"(?<!\w){cap}{any_of(words.streets)}{GAP}\d+(?:{GAP}?[a-z])?(?!\w)"
    street_last = rf"(?<![\w.,])\d+[a-z]?(?:[–-]\d+)?{GAP}(?:{cap}{GAP}){{1,3}}{any_of(words.streets)}(?!\w)"
    of_calibre = (
        rf"(?<![\d.,])\d[\d.,]*(?:{GAP}?(?:and|or|und|oder|/){GAP}?\d[\d.,]*)?(?:{GAP}|-)?{millimetres}"
        rf"(?:{GAP}|-)(?:[^\W\d_]+(?:{GAP}|-)){{0,2}}?(?i:{any_of(words.calibre)})\w*"
    )
    counted = rf"(?!(?:{GAP}|-)(?i:{measured}|{factors}|{percent})(?!\w))"
    return (
        (DIGITS, rf"§§?{GAP}?{_LISTED}"),
        (DIGITS, r"\(\d{1,2}\)|(?<!\S)\d{1,2}\)|#\d+"),
        (DIGITS | LABEL, rf"(?<!\w){any_of(words.labels)}{GAP}{_LISTED}"),
        (DIGITS | LABEL, titled),
        (DIGITS | NAMED, rf"(?<!\w){any_of(words.names)}(?:{GAP}|-)\d[\w.-]*"),
        (FIXED, rf"(?<![\w/])(?i:{any_of(words.fixed)})(?![\w/])"),
        (DIGITS | STREET, street_last),
        (DIGITS | STREET, street_first),
        (DIGITS | CALIBRE, of_calibre),
        (DIGITS | CALIBRE, rf"(?i:calib(?:re|er)s?|Kalibers?){GAP}(?:of{GAP})?\d[\d.,]*(?:{GAP}?{millimetres})?"),
        (SMALL, rf"(?<!\w)(?i:{any_of(words.pointing)}){GAP}(?i:{small})(?!\w){counted}"),
    )


_HALF = 3
"""The last patterns: names that say a number all the same."""

_OF_A_FRACTION = Decimal("0.2")
"""One step of a number that a fraction names, as a share of it."""
_FEW = 2
"""The least of vague words that say no more than that there are some."""
_LOOK_BACK = 30
"""Code points before a number in which words like "about" are looked for."""


@lru_cache(maxsize=16384)  # rules ask for them again; of ten thousand notes, too
def quantities(text: str, language: Language, with_names: bool = False) -> tuple[Quantity, ...]:
    """Return everything that a text states in numbers, in its order; never fails.

    `with_names` reads what may be a name and a number as well ("155 mm shells", "one"), because prose may rest on it.
    """
    if not kinds_in(text, language):
        return ()
    found = [*_read_numbers(text, language), *_read_dates(text, language), *_read_multiples(text, language)]
    found += [*_read_compounds(text, language), *_and_a_half(text, language)]
    found += [*_read_ordered(text, language, with_names), *_read_verbatim(text, language)]
    if not found:
        return tuple(read_leniently(text, language, ())) if with_names else ()
    named = _covered_places(text, names(text, language, surely=with_names))
    kept = [one for one in found if not any(named[one.span.start : one.span.end])]
    kept.sort(key=lambda one: (one.span.start, -one.span.end))
    scores = list(_read_scores(text, language, kept, with_names))
    joined = sorted(_read_shares(text, language, list(in_millions(text, scores))), key=lambda one: one.date is None)
    read = tuple(shared(text, language, outermost(joined, attrgetter("span"))))
    if with_names:
        return (*read, *read_leniently(text, language, read))
    said = (one for one in read if one.unit or one.least is None or one.least > _FEW)  # not "ein paar"
    return tuple(one for one in said if one.unit or not _is_one(text, one, language))


def _covered_places(text: str, spans: Iterable[Span]) -> bytearray:
    """For each code point whether a span covers it, so that long texts take time in proportion."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return covered


# --- numbers ----------------------------------------------------------------------------------------------------


def _read_numbers(text: str, language: Language) -> Iterator[Quantity]:
    years = {date.span: date for date in dates(text, language) if date.parts == 1 and date.year}
    for number in numbers(text, language):
        if _is_ordinal(text, number, language):
            continue
        one = _read_number(text, number, language)
        if number.span in years:
            before = text[max(0, number.span.start - _LOOK_BACK) : number.span.start]
            surely = bool(_quantity_patterns(language).year_after.search(before))
            if surely and one.unit == YEARS:  # "bis 2030 Jahr für Jahr"
                one = replace(one, span=number.span, unit="")
            if not one.unit and (not one.noun or surely):
                one = replace(one, date=years[number.span])
        yield one


def _is_ordinal(text: str, number: Number, language: Language) -> bool:
    """Return whether digits with a full stop are an ordinal, which `ranks` reads where it ranks something: "1. FC"."""
    if not language.day_point or not number.span.of(text).isdecimal() or len(number.span.of(text)) > 2:
        return False
    following = _ORDINAL.match(text, number.span.end)
    return following is not None and following[1] not in language.starters


_ORDINAL = re.compile(rf"\.{GAP}([A-ZÄÖÜ][\w-]*)")


def _read_number(text: str, number: Number, language: Language) -> Quantity:
    words, end = number.span.of(text), number.span.end
    before = text[max(0, number.span.start - _LOOK_BACK) : number.span.start]
    unit, after = _find_unit(text, number, language)
    patterns = _quantity_patterns(language)
    old = patterns.old.match(text, after) or patterns.old.fullmatch(text, end, after)  # "22 years old", "22-jährige"
    age = unit == YEARS and bool(old)
    if not unit and patterns.age_before.search(before):
        unit, age = YEARS, True
    readings = number.readings
    if unit == BASIS_POINTS:
        unit, readings = POINTS, tuple(value / 100 for value in readings)
    if number.low > 0 and patterns.minus.search(before):
        readings = tuple(-value for value in readings)
    return Quantity(
        span=Span(number.span.start, after),
        values=readings,
        least=number.low if number.high is None else None,
        unit=unit,
        noun=_is_count(text, unit, end, after, language),
        fraction=number.fraction and unit in ("", PERCENT, TIMES),
        hedge=_find_hedge(text, number.span.start, language, end, after),
        age=age,
        small=0 if unit else language.stated.small.get(words.lower(), 0),
        known=language.known,
        multiplier=number.multiplier,
        step=_step_of(number, words, language),
    )


def _is_count(text: str, unit: str, end: int, after: int, language: Language) -> bool:
    """Return whether a number counts something: "5 soldiers"; "it shook 27 times", but not "27 times as much"."""
    patterns = _quantity_patterns(language)
    if unit == TIMES:
        return bool(patterns.occasions.match(text, end)) and not patterns.than.match(text, after)
    return not unit and counts_something(text, end, language)


def _find_unit(text: str, number: Number, language: Language) -> tuple[str, int]:
    """Return the unit of a number, and where the words for it end."""
    end = number.span.end
    unit, after = (PERCENT, end) if number.percent else unit_after(text, end, language)
    if unit == PERCENT:
        found = _quantity_patterns(language).percent.match(text, end)
        return PERCENT, found.end() if found else end
    return unit or money_before(text, number.span.start, language), after


def _step_of(number: Number, words: str, language: Language) -> Decimal | None:
    """Return one step of a number in dozens, and of a large one that a fraction names ("a quarter of a million")."""
    said = set(re.findall(r"[^\W\d_]+", words.lower()))
    dozens = [value for word, value in language.numbers.dozen.items() if word in said]
    if dozens:
        return Decimal(dozens[0])
    parts = language.fractions
    named = said & {*parts.half, *parts.nouns_one, *parts.nouns, *parts.mixed}
    return number.low * _OF_A_FRACTION if named and (number.multiplier > 1 or number.fraction) else None


def _read_compounds(text: str, language: Language) -> Iterator[Quantity]:
    """Yield number words in one word with a unit or a noun: "sechsmonatig", "Zweiundzwanzigjährige", "dreiköpfig"."""
    words = language.stated
    kinds, patterns = kinds_in(text, language), _quantity_patterns(language)
    for found in patterns.glued.finditer(text) if kinds & GLUED else ():
        value = _spelt_value(found["number"], language)
        if value is not None:
            unit = words.glued[found["unit"].lower()]
            yield Quantity(Span(*found.span()), (value,), unit=unit, age=unit == YEARS)
    for found in patterns.composed.finditer(text) if kinds & COMPOSED else ():
        value = _spelt_value(found["number"], language)
        if value is not None and value > 1:
            yield Quantity(Span(*found.span()), (value,), noun=True, small=words.small.get(found["number"].lower(), 0))


def _and_a_half(text: str, language: Language) -> Iterator[Quantity]:
    """Yield half of a unit after the unit: "an hour and a half", "two years and a half"."""
    if not kinds_in(text, language) & HALF:
        return
    for found in _quantity_patterns(language).and_a_half.finditer(text):
        unit, after = unit_after(text, found.end("number"), language)
        value = (
            Decimal(1)
            if found["number"].lower() in language.numbers.article
            else _spelt_value(found["number"], language)
        )
        if unit and after == found.end("unit") and value is not None:
            span = Span(*found.span())
            yield Quantity(span, (value + Decimal("0.5"),), unit=unit, hedge=_find_hedge(text, span.start, language))


@lru_cache(maxsize=256)
def _spelt_value(word: str, language: Language) -> Decimal | None:
    """Return the value of one number word; None for any other word."""
    read = numbers(word, language)
    exact = len(read) == 1 and read[0].span == Span(0, len(word)) and read[0].high is not None
    return read[0].low if exact else None


def _find_hedge(text: str, start: int, language: Language, *ends: int) -> Hedge:
    """Return whether words before a number, or behind one of its ends, say that it is round."""
    found, _ = hedge_before(text, start, language)
    about_after = _quantity_patterns(language).about_after
    if not found and any(about_after.match(text, end) for end in ends):  # "500 or so"
        return "about"
    return found


def hedge_before(text: str, start: int, language: Language) -> tuple[Hedge, Span]:
    """Return whether words before a number say that it is round, and these words; none are empty."""
    first = max(0, start - _LOOK_BACK)
    found = _quantity_patterns(language).hedge.search(text[first:start])
    if not found:
        return "", Span(start, start)
    words, span = " ".join(found[1].lower().split()), Span(first + found.start(1), first + found.end(1))
    if words in language.stated.about:
        return "about", span
    if words in language.stated.less:
        return "less" if words in language.stated.bounds else "nearly", span
    return "more", span


def _read_multiples(text: str, language: Language) -> Iterator[Quantity]:
    if not kinds_in(text, language) & MULTIPLE:
        return
    for found in _quantity_patterns(language).multiple.finditer(text):
        value = Decimal(language.stated.multiples[" ".join(found.group().lower().split())])
        hedge = _find_hedge(text, found.start(), language)
        yield Quantity(Span(*found.span()), (value,), unit=TIMES, hedge=hedge, known=language.known)


def _read_shares(text: str, language: Language, found: list[Quantity]) -> Iterator[Quantity]:
    """Yield two numbers with "in" or "out of" between them as one share, beside the two."""
    for first, second in pairwise(found):
        gap = text[first.span.end : second.span.start]
        bare = not (first.unit or first.date or second.date or first.fraction or second.fraction)
        small = bare and first.values and second.values
        if small and _quantity_patterns(language).out_of.fullmatch(gap) and 0 < first.values[0] < second.values[0]:
            span = Span(first.span.start, second.span.end)
            parts = tuple(one for one in (first, second) if not _is_one(text, one, language))
            value = first.values[0] / second.values[0]
            yield Quantity(span, (value,), fraction=True, hedge=first.hedge, parts=parts)
    yield from found


def _read_scores(text: str, language: Language, found: list[Quantity], leniently: bool) -> Iterator[Quantity]:
    """ "3–1" as it is written: with the higher number first, a dash joins no range.

    Leniently the two numbers can be read in it as well.
    """
    scores = [score for first, second in pairwise(found) if (score := _read_score(text, first, second))]
    joined = _covered_places(text, (score.span for score in scores))
    kept = [*scores, *(one for one in found if not all(joined[one.span.start : one.span.end]))]
    for one in kept:
        digits = one.verbatim.split("-")
        plain = leniently and len(digits) in (2, 3) and all(each.isdecimal() and len(each) < 3 for each in digits)
        yield replace(one, parts=tuple(_digits_apart(one.span, digits))) if plain else one


def _digits_apart(span: Span, digits: Sequence[str]) -> Iterator[Quantity]:
    """Yield the numbers of a score, ratio or duration: each alone, and "2:35" as two minutes and 35 seconds, or as
    hours."""
    for units in (("",) * len(digits), CLOCKED[: len(digits)], CLOCKED[-len(digits) :]):
        yield from (Quantity(span, (Decimal(each),), unit=unit) for each, unit in zip(digits, units, strict=True))


def _read_score(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    if text[first.span.end : second.span.start] not in ("-", "–") or not (first.values and second.values):
        return None
    written = Span(first.span.start, second.span.end)
    plain = not (first.unit or second.unit or first.date or second.date) and written.of(text)[-1].isdigit()
    if not plain or not 100 > first.values[0] >= second.values[0] or text[written.start] in "-–−":
        return None
    return Quantity(written, verbatim=as_written(written.of(text)))


def _is_one(text: str, one: Quantity, language: Language) -> bool:
    """Return whether a word is a pronoun rather than a number."""
    return one.span.of(text).lower() in language.stated.one


# --- dates and the rest -----------------------------------------------------------------------------------------


def _read_dates(text: str, language: Language) -> Iterator[Quantity]:
    read = {number.span for number in numbers(text, language)}
    for date in dates(text, language):
        if date.parts > 1 or date.span not in read:
            yield Quantity(date.span, date=date, known=language.known)


def _read_ordered(text: str, language: Language, leniently: bool) -> Iterator[Quantity]:
    """Yield ranks, decades, and shares that an ordinal tells."""
    for span, value in ranks(text, language, leniently):
        yield Quantity(span, (value,), rank=True, known=language.known)
    for span, decade in decades(text, language):
        yield Quantity(span, decade=decade)
    for span, share in shares(text, language):
        yield Quantity(span, (share,), fraction=True, hedge=_find_hedge(text, span.start, language))


def _read_verbatim(text: str, language: Language) -> Iterator[Quantity]:
    """Yield times of day, and what is compared as it is written: seasons, scores, durations."""
    for span, meant in clocks(text, language):
        yield Quantity(span, verbatim=as_written(span.of(text)), clock=meant)
    numbered = (number.span for number in numbers(text, language))
    read = _covered_places(text, (*numbered, *(date.span for date in dates(text, language) if date.parts > 1)))
    for span, digits in written(text):
        if not any(read[span.start : span.end]):
            yield Quantity(span, verbatim=digits)


@cache
def _quantity_patterns(language: Language) -> Patterns:
    words = language.stated
    money = any_of(sign for signs in language.unit_symbols.values() for sign in signs)
    hedges = any_of([*words.about, *words.less, *words.more]).replace(r"\ ", GAP)
    out_of = any_of(words.out_of).replace(r"\ ", GAP)
    composed = "|".join(words.composed) or "(?!)"
    halves = "|".join(GAP.join(phrase) for phrase in language.fractions.and_a_half if len(phrase) > 2) or "(?!)"
    return Patterns(
        hedge=rf"(?<!\w)({hedges}){GAP}(?:(?:a|an|the|one|die|das|ein|eine){GAP})?(?:{money}{GAP}?)?$",
        multiple=rf"(?<![\w-]){any_of(words.multiples)}(?![\w-])".replace(r"\ ", GAP),
        out_of=rf"{GAP}{out_of}{GAP}",
        year_after=rf"(?<!\w){any_of(words.year_after)}(?:{GAP}|-)$",
        glued=rf"(?<!\w)(?P<number>[^\W\d_]{{3,40}}?)(?P<unit>{any_of(words.glued)})\w{{0,2}}(?!\w)",
        composed=rf"(?<!\w)(?P<number>{any_of(words.small)})(?!{any_of(words.glued)})(?:{composed})(?!\w)",
        minus=rf"(?<!\w){any_of(words.minus)}{GAP}$",
        age_before=rf"(?<!\w){any_of(words.age_before)}{GAP}(?:\d{{1,3}}{GAP}(?:and|or|und|oder){GAP})?$",
        old=rf"(?:{GAP}|-)?{any_of(words.old)}(?!\w)",
        occasions=rf"{GAP}{any_of(words.occasions)}(?!\w)",
        than=rf"{GAP}{any_of(words.than)}(?!\w)",
        and_a_half=(
            rf"(?<!\w)(?P<number>{any_of((*language.numbers.article, *words.one, *words.small))}|\d+){GAP}"
            rf"(?P<unit>[^\W\d_]+){GAP}(?:{halves})(?!\w)"
        ),
        about_after=rf"(?:{GAP}|-){any_of(words.about_after)}(?!\w)",
        percent=rf"{GAP}?{any_of(language.percent)}",
    )
