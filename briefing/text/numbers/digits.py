"""Numbers that are written in digits.

A cluster is digits with all the marks that join them. It is read as a whole, as one number or as two with a dash
between, or not at all: so nothing is read out of versions, times, dates and phone numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers.quantity import Number, exactly
from briefing.text.openings import DIGITS, kinds_in

_DASHES = "-–—−‐‑"
_DASH = re.compile(f"[{re.escape(_DASHES)}]")
_SIGNS = "-−–"
_BEFORE_SIGN = "([{/„“”\"'‘’«»"
_SWISS = r"[’'](?=\d{3}(?!\d))"
"""What parts thousands in Switzerland: 45’000."""
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LOOK_BACK = 6
"""Code points before a number in which a currency is looked for."""
_LETTERS = re.compile(r"[^\W\d_]+")


def cardinals(text: str, language: Language) -> Iterator[Number]:
    """Yield every number in digits, and the signs for fractions (½)."""
    if not kinds_in(text, language) & DIGITS:
        return
    for cluster in _digit_patterns(language).cluster.finditer(text):
        pieces = [(start, written, _value_of(written, language)) for start, written in _cluster_pieces(cluster)]
        if _is_named(text, cluster.start()) or any(value is None for _, _, value in pieces):
            continue
        if _is_below_one(text, cluster, language):
            pieces = [(cluster.start(), cluster.group(), Decimal(f"0.{cluster.group()}"))]
        for start, written, value in pieces:
            if value is not None:
                yield from _with_multiplier(text, language, Span(start, start + len(written)), value)


def ordinals(text: str, language: Language) -> Iterator[Number]:
    """Yield every ordinal in digits: "6th", and where the language writes it so "6." before another word."""
    if not kinds_in(text, language) & DIGITS:
        return
    for found in _digit_patterns(language).ordinal.finditer(text):
        yield exactly(Span(*found.span()), Decimal(found["digits"]))


def _is_below_one(text: str, cluster: re.Match[str], language: Language) -> bool:
    """Return whether digits are behind a decimal mark that nothing is before: .3 percent."""
    mark, before = (
        text[max(cluster.start() - 1, 0) : cluster.start()],
        text[max(cluster.start() - 2, 0) : max(cluster.start() - 1, 0)],
    )
    return mark == language.decimal == "." and (not before or before.isspace()) and cluster.group().isdecimal()


@cache
def _word_factors(language: Language) -> Mapping[str, int]:
    """Return the words that multiply digits before them, in lower case."""
    words = language.numbers
    return {**words.multipliers, **words.dozen, **dict.fromkeys(words.hundred, 100)}


@cache
def _digit_patterns(language: Language) -> Patterns:
    """Return the patterns for what is in and around digits in one language."""
    point, group, dash = (re.escape(marks) for marks in (language.decimal + "٫", language.grouping + "٬", _DASHES))
    spaced = " (?=[0-9]{3}(?![0-9]))" if any(mark.isspace() for mark in language.grouping[:1]) else "(?!)"
    day_point = rf"|\.(?={GAP}+[^\W\d_])" if language.day_point else ""
    return Patterns(
        cluster=(
            rf"(?:(?<![\d.,:/])[1-9]\d{{0,2}}(?: \d{{3}}(?!\d))+|\d+)"
            rf"(?:(?:[.,:/{point}{group}{dash}]|{spaced}|{_SWISS})\d+)*[{_VULGAR}]?|[{_VULGAR}]"
        ),
        number=rf"(?:(?!0)\d{{1,3}}(?:([{group}’' ])\d{{3}}(?:\1\d{{3}})*)|(?!0\d)\d+)(?:[{point}]\d+)?",
        multiplier=rf"(?:{GAP}|-)({any_of(_word_factors(language))})(?!\w)",
        suffix=rf"({GAP}?)((?-i:{any_of([*language.suffixes, *language.money_suffixes])}))(?!\w)",
        currency=rf"(?<!\w)(?-i:{any_of(language.currencies)}){GAP}?$",
        ordinal=rf"(?<![\w.,:/-])(?P<digits>\d{{1,9}})(?:(?-i:{any_of(language.ordinal_suffixes)})(?!\w){day_point})",
    )


def _cluster_pieces(cluster: re.Match[str]) -> list[tuple[int, str]]:
    """Return a cluster, or the two ends of a range; nothing for seasons (2024-25) and longer chains."""
    written = _DASH.split(cluster.group())
    if len(written) == 1:
        return [(cluster.start(), written[0])]
    season = len(written[0]) == 4 and len(written[1]) == 2
    if len(written) > 2 or season:
        return []
    return [(cluster.start(), written[0]), (cluster.end() - len(written[1]), written[1])]


def _value_of(written: str, language: Language) -> Decimal | None:
    """Return what digits mean in the language, or None where they are no number in it."""
    vulgar = written[-1] if written[-1] in _VULGAR else ""
    whole = written.removesuffix(vulgar)
    if whole and not _digit_patterns(language).number.fullmatch(whole):
        return None
    for mark in language.grouping + "٬’' ":
        whole = whole.replace(mark, "")
    value = Decimal(whole.replace(language.decimal, ".").replace("٫", ".") or 0)
    if not vulgar:
        return value
    top, bottom = unicodedata.normalize("NFKC", vulgar).split("⁄")
    return value + Decimal(top) / Decimal(bottom)


def _is_named(text: str, start: int) -> bool:
    """Return whether digits belong to a name, as in G7, F-16 and v_2: a letter that has case, or its hyphen, is
    before."""
    before = text[max(start - 2, 0) : start]
    last, letter = before[-1:], before[:-1]
    if last in ("_", "@", ".", ",", ":") and not (letter.isspace() or not letter):
        return last in "_@" or letter.isdigit()
    return _has_case(last) or (last != "" and last in _DASHES and _has_case(letter))


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()


def _with_multiplier(text: str, language: Language, span: Span, value: Decimal) -> Iterator[Number]:
    """Yield the number at a span with its sign and multiplier; none where letters make it a name (5G) or decade
    (1980s)."""
    shapes = _digit_patterns(language)
    fraction = text[span.end - 1] in _VULGAR and value < 1
    start, money = _find_sign(text, span.start, shapes)
    if start < span.start and text[start] in _SIGNS:
        value = -value
    else:
        start = span.start
    factor, end = 1, span.end
    while found := shapes.multiplier.match(text, end):  # "2 million million"
        factor, end = factor * _word_factors(language)[found[1].lower()], found.end()
    if end > span.end:
        yield exactly(Span(start, end), value * factor, factor)
        return
    suffix = shapes.suffix.match(text, span.end)
    if suffix and _is_multiplier(language, suffix, money):
        factor = {**language.suffixes, **language.money_suffixes}[suffix[2]]
        also = value if suffix[2] in language.doubtful_suffixes and not money else None
        yield exactly(Span(start, suffix.end()), value * factor, factor, also)
    elif not _is_name(text, span.end):
        yield exactly(Span(start, span.end), value, fraction=fraction)


def _find_sign(text: str, start: int, shapes: Patterns) -> tuple[int, bool]:
    """Return where a number begins with its sign, and whether a currency is before it."""
    before = text[max(start - _LOOK_BACK, 0) : start]
    bare = before.rstrip(" \u00a0\u202f")
    code = shapes.currency.search(before)
    money = bool(code) or unicodedata.category(bare[-1:] or " ") == "Sc"
    at = start - 1
    if money and not code:
        at = start - len(before) + len(bare) - 2
    if at >= 0 and text[at] in _SIGNS and _opens_number(text[at - 1 : at] if at else "", text[at]):
        return at, money
    return start, money


def _opens_number(before: str, sign: str) -> bool:
    """Return whether a sign is where a number can begin."""
    if not before or before.isspace() or before in _BEFORE_SIGN or unicodedata.category(before) == "Sc":
        return True
    return sign == "−" and not before.isalnum()


def _is_multiplier(language: Language, suffix: re.Match[str], money: bool) -> bool:
    """Return whether a suffix is a multiplier here."""
    if money:
        return True
    apart = bool(suffix[1])
    return suffix[2] in language.suffixes and not (apart and suffix[2] in language.doubtful_suffixes)


def _is_name(text: str, end: int) -> bool:
    """Return whether the letters close after digits make them a name: 5G, 3D, 1980s, 4x4, 6th."""
    found = _LETTERS.match(text, end, end + 30)
    if found is None:
        return False
    letters = found.group()
    glued = text[found.end() : found.end() + 1].isdigit()
    return glued or letters in ("s", "st", "nd", "rd", "th") or (len(letters) == 1 and letters.isupper())
