"""Numbers that are written in words, for languages that have rules of their own.

The words that can be part of a number are gathered into runs with nothing but a space or hyphen between them; in
German a word that is made of such words ("zweihundertsechs") counts as several. A run is read by a small grammar:
units and tens, hundreds of them, then thousands and more, which must fall; fractions of these; a dozen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from msgspec import Struct

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers.quantity import Number, exactly
from briefing.text.openings import CARDINAL, ORDINAL, VAGUE, kinds_in
from briefing.text.word_lists import NumberWords

_LOOK_BACK = 24
"""Code points before a number in which "between", or a word like "first" before "half", is looked for."""

Found = tuple[Decimal, int]
"""A value, and how many words of the run have been read."""


class _Word(Struct, frozen=True):
    """A word, or part of a compound, that can be part of a number."""

    word: str
    """In lower case."""
    span: Span
    glued: bool
    """Whether it follows the one before without a gap."""


Run = Sequence["_Word"]


def cardinals(text: str, language: Language) -> Iterator[Number]:
    """Yield every number and fraction in words that is not vague."""
    for run in _find_runs(text, language) if kinds_in(text, language) & CARDINAL else ():
        at = 0
        while at < len(run):
            found = _read_number(text, run, at, language)
            if found is None:
                at += 1
                continue
            number, at = found
            yield number


def vague(text: str, language: Language) -> Iterator[Number]:
    """Yield words for no exact number, with the least that they can mean."""
    if kinds_in(text, language) & VAGUE:
        least = _least_of_vague(language)
        for found in _word_patterns(language).vague.finditer(text):
            words = " ".join(found.group().lower().split())
            yield Number(Span(*found.span()), least[words], None, words=found.group())


@cache
def _least_of_vague(language: Language) -> Mapping[str, Decimal]:
    """Return the least that vague words can mean, by the words in lower case."""
    return {words.lower(): Decimal(value) for words, value in language.vague.items()}


def ordinals(text: str, language: Language) -> Iterator[Number]:
    """Yield every ordinal in words ("twenty-first")."""
    if kinds_in(text, language) & ORDINAL:
        for found in _word_patterns(language).ordinal.finditer(text):
            tens = language.numbers.tens[found["tens"].lower()] if found["tens"] else 0
            yield exactly(Span(*found.span()), Decimal(tens + language.ordinals[found["last"].lower()]))


# --- runs of words ----------------------------------------------------------------------------------------------


@cache
def _word_patterns(language: Language) -> Patterns:
    words, parts = language.numbers, language.fractions
    counted = (words.units, words.teens, words.tens, words.hundred, words.multipliers, words.dozen)
    named = (parts.half, parts.nouns_one, parts.nouns, parts.one, parts.of, parts.mixed, *parts.and_a_half)
    part = any_of(word for group in (*counted, *named, words.and_, words.article, words.point) for word in group)
    tens, last = any_of(words.tens), any_of(language.ordinals)
    compounds = "" if words.tens_first else "+"
    return Patterns(
        words=rf"(?<!\w)(?:(?P<none>{any_of(words.not_)})|{part}{compounds})(?!\w)",
        part=part,
        gap=f"{GAP}|-",
        vague=rf"(?<![\w-]){any_of(language.vague)}(?![\w-])".replace(r"\ ", GAP),
        ordinal=rf"(?<!\w)(?:(?P<tens>{tens})(?:-|{GAP}))?(?P<last>{last})(?!\w)",
        between=rf"(?<!\w){any_of(words.between)}{GAP}$",
        after=rf"(?<!\w){any_of(parts.after)}{GAP}$",
        before=rf"(?<!\w){any_of(parts.before)}{GAP}$",
        unit=rf"{GAP}{any_of(w for words in language.stated.units.values() for w in words)}(?!\w)",
        plural=rf"{GAP}{any_of(parts.plural)}(?!\w)",
        no_noun=rf"\s*(?:$|[.,;:)!?]|{any_of(language.stated.function)}(?!\w))",
        not_after=rf"(?<!\w){any_of(parts.not_after)}{GAP}$",
    )


def _find_runs(text: str, language: Language) -> Iterator[list[_Word]]:
    """Yield the words of a text that can be part of a number, together as far as only a gap is between them."""
    if not language.numbers.units:
        return
    patterns = _word_patterns(language)
    run: list[_Word] = []
    for found in patterns.words.finditer(text):
        apart = not run or not patterns.gap.fullmatch(text, run[-1].span.end, found.start())
        if run and (apart or found["none"]):
            yield run
            run = []
        for piece in () if found["none"] else patterns.part.finditer(text, *found.span()):
            run.append(_Word(piece.group().lower(), Span(*piece.span()), piece.start() > found.start()))
    if run:
        yield run


# --- the grammar ------------------------------------------------------------------------------------------------


def _read_number(text: str, run: Run, at: int, language: Language) -> tuple[Number, int] | None:
    """Return the number that begins at a word, and the place after it."""
    words, start = language.numbers, run[at].span.start
    before = text[max(0, start - _LOOK_BACK) : start]
    found = _read_fraction(text, run, at, language, before)
    if found:
        following = found[1] + (_word_at(run, found[1]) in language.fractions.of)  # "half of a million"
        scale = _factor_at(run, following + (_word_at(run, following) in words.article), words)
    elif _word_at(run, at) in words.article and _word_at(run, at + 1) in words.dozen:  # "a dozen"
        found = Decimal(words.dozen[_word_at(run, at + 1)]), at + 2
        scale = _factor_at(run, found[1], words)
    else:
        found = _with_part(run, at, language, joined=not _word_patterns(language).between.search(before))
        if found is None:
            return None
        scale = _factor_at(run, found[1], words)
    value, end = (found[0] * scale[0], scale[1]) if scale else found
    last = run[end - 1]
    fraction = value < 1 and value != 0
    if (end < len(run) and run[end].glued) or (fraction and _HYPHENED.match(text, last.span.end)):
        return None
    multiplier = words.multipliers.get(last.word, 1)
    return exactly(Span(start, last.span.end), value, multiplier, fraction=fraction), end


_HYPHENED = re.compile(r"-\w")
"""What makes "half" the beginning of another word, as in half-hearted."""


def _read_fraction(text: str, run: Run, at: int, language: Language, before: str) -> Found | None:
    """ "half", "a third of", "two-thirds": not "the third", nor "the first half"."""
    return _read_half(text, run, at, language, before) or (
        _one_part(text, run, at, language, before)
        if _word_at(run, at) in language.fractions.one and _word_at(run, at + 1) in language.fractions.nouns_one
        else _several_parts(run, at, language)
    )


def _read_half(text: str, run: Run, at: int, language: Language, before: str) -> Found | None:
    parts = language.fractions
    half = at + 1 if _word_at(run, at) in language.numbers.article else at
    if _word_at(run, half) not in parts.half or _word_patterns(language).not_after.search(before):
        return None
    if _word_at(run, half) in parts.measured and not _factor_at(run, half + 1, language.numbers):
        return (Decimal("0.5"), half + 1) if _word_patterns(language).unit.match(text, run[half].span.end) else None
    return Decimal("0.5"), half + 1


def _one_part(text: str, run: Run, at: int, language: Language, before: str) -> Found | None:
    """ "a third", where what surrounds it shows that it is no ordinal."""
    parts, noun = language.fractions, _word_at(run, at + 1)
    shown = (
        not parts.of
        or text[run[at].span.end] == "-"
        or f"{_word_at(run, at)} {noun}" in parts.sure
        or _word_at(run, at + 2) in parts.of
        or _word_patterns(language).after.search(before)
        or _counts_nothing(text, run[at + 1].span.end, before, language)
    )
    return (1 / Decimal(parts.nouns_one[noun]), at + 2) if shown else None


def _several_parts(run: Run, at: int, language: Language) -> Found | None:
    """ "two-thirds"."""
    top, nouns = _below_hundred(run, at, language.numbers), language.fractions.nouns
    if top is None or top[0] <= 1 or _word_at(run, top[1]) not in nouns:
        return None
    return top[0] / nouns[_word_at(run, top[1])], top[1] + 1


def _counts_nothing(text: str, end: int, before: str, language: Language) -> bool:
    """Return whether what follows shows that "a third" counts nothing: "a third were", "fell to a third."."""
    patterns = _word_patterns(language)
    if patterns.plural.match(text, end):
        return True
    return bool(patterns.before.search(before) and patterns.no_noun.match(text, end))


def _with_part(run: Run, at: int, language: Language, joined: bool) -> Found | None:
    """Return a whole number with what may follow it: "and a half", "point five"."""
    parts, words = language.fractions, language.numbers
    if run[at].word in parts.mixed:
        return Decimal(parts.mixed[run[at].word]), at + 1
    whole = _read_cardinal(run, at, words, joined)
    if whole is None or (whole[1] == at + 1 and run[at].word in words.article):
        return None
    value, end = whole
    for phrase in parts.and_a_half:
        if tuple(word.word for word in run[end : end + len(phrase)]) == tuple(phrase):
            return value + Decimal("0.5"), end + len(phrase)
    digits = ""
    if _word_at(run, end) in words.point:
        digits = _read_digits(run, end + 1, words)
    return (Decimal(f"{value}.{digits}"), end + 1 + len(digits)) if digits else whole


def _read_digits(run: Run, at: int, words: NumberWords) -> str:
    """Return the digits that are named one by one after the decimal point."""
    named = {**words.units, **{word: value for word, value in words.teens.items() if value == 0}}
    digits = ""
    while (word := _word_at(run, at + len(digits))) in named:
        digits += str(named[word])
    return digits


def _read_cardinal(run: Run, at: int, words: NumberWords, joined: bool) -> Found | None:
    """Return a whole number; what would not make its multipliers fall is left to the next."""
    total, end, limit = Decimal(0), at, Decimal("Infinity")
    while limit > 1:
        begin = _past_and(run, end, words) if joined and end > at else end
        piece = _with_hundreds(run, begin, words, joined) or _implied_one(run, begin, words)
        if piece is None:
            break
        factor = words.multipliers.get(_word_at(run, piece[1]), 1)
        counted = factor > 1 or piece[0] != 1 or not _is_implied(run, begin, words)
        if not counted or piece[0] * factor >= limit:
            break
        total, end, limit = total + piece[0] * factor, piece[1] + (factor > 1), Decimal(factor)
    return (total, end) if end > at else None


def _past_and(run: Run, at: int, words: NumberWords) -> int:
    """Return the place after "and", where it is at a place."""
    return at + (_word_at(run, at) in words.and_)


def _is_implied(run: Run, at: int, words: NumberWords) -> bool:
    """Return whether a word is an article, or a multiplier that may be alone, and no number by itself."""
    word = _word_at(run, at)
    return word in words.article or word in words.alone


def _implied_one(run: Run, at: int, words: NumberWords) -> Found | None:
    """Return the one in "a million" and "tausend"."""
    if _word_at(run, at) in words.article and _word_at(run, at + 1) in words.multipliers:
        return Decimal(1), at + 1
    alone = _word_at(run, at) in words.alone and _word_at(run, at) in words.multipliers
    return (Decimal(1), at) if alone else None


def _with_hundreds(run: Run, at: int, words: NumberWords, joined: bool) -> Found | None:
    """Return a number with hundreds, or a small one."""
    lead = _below_hundred(run, at, words)
    if lead is None and _word_at(run, at) in words.article and _word_at(run, at + 1) in words.hundred:
        lead = Decimal(1), at + 1
    if lead is None and _word_at(run, at) in words.hundred and _word_at(run, at) in words.alone:
        lead = Decimal(1), at
    if lead is None or _word_at(run, lead[1]) not in words.hundred:
        return lead
    value, end = lead[0] * 100, lead[1] + 1
    rest = _below_hundred(run, _past_and(run, end, words) if joined else end, words)
    if rest is None or _word_at(run, rest[1]) in words.hundred:
        return value, end
    return value + rest[0], rest[1]


def _below_hundred(run: Run, at: int, words: NumberWords) -> Found | None:
    """Return a number below a hundred."""
    word, following = _word_at(run, at), _word_at(run, at + 1)
    if words.tens_first and word in words.tens:
        if following in words.units:
            return Decimal(words.tens[word] + words.units[following]), at + 2
        return Decimal(words.tens[word]), at + 1
    last = _word_at(run, at + 2)
    compound = word in words.units and following in words.and_ and last in words.tens
    if compound and not words.tens_first and run[at + 1].glued and run[at + 2].glued:
        return Decimal(words.units[word] + words.tens[last]), at + 3
    for group in (words.tens, words.teens, words.units):
        if word in group:
            return Decimal(group[word]), at + 1
    return None


def _factor_at(run: Run, at: int, words: NumberWords) -> Found | None:
    """Return a multiplier or dozen that follows."""
    word = _word_at(run, at)
    factor = words.multipliers.get(word) or words.dozen.get(word)
    return (Decimal(factor), at + 1) if factor else None


def _word_at(run: Run, at: int) -> str:
    return run[at].word if at < len(run) else ""
