"""Which numbers of a text are drafted as figures: those that an editor would keep, each of them whole.

They are those that `coverage` counts, and what a text states besides ("half a mile", "every third child"). Shares,
votes and ranges are one. Left out are references (Section 38, pages 14–15, FRS 102, a telephone number, the mark of a
note), times of day, the numbers of sections and lists, headlines and datelines, which say what the text below them says
in full, and the cells of tables, of which an author takes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from briefing.coverage import NumberMention, mentions
from briefing.model.places import Span, clear_of
from briefing.text import Language, Quantity, quantities, speech, worth
from briefing.text.language_rules import GAP, Patterns, any_of
from briefing.text.numbers.quantities import names
from briefing.text.numbers.quantity import exactly
from briefing.text.units import TIMES

_LOOK_BACK = 40
"""Code points before a number in which what makes it a name is looked for."""
_FEW = 12
"""The largest number in which a share is so many: "one in nine"; "29 in 34 houses" counts houses."""
_ROUND = (3, 4, 5, 10, 100)
"""The numbers of which it is one: "four of five"; "three of nine members" counts members."""
_TITLE = 15
"""Words of a line without a full stop that may be a headline."""
_CELLS = 3
"""Numbers from which a line that has hardly anything else is a row of a table."""

_END = re.compile(r"[.!?…:;,][\"'”’»“)\]]*$")
_SECTION = re.compile(r"(?:\d{1,3}(?:[./]\d{1,3})+[.)]?|\d{1,3}[.)])(?=[ \u00a0]+[^\W\d_])")
"""How a numbered paragraph begins: 4., 2.3, 26/114."""
_REFERENCE = re.compile(
    r"(?<![\w.,])(?:\+\d[\d ()/-]{6,}\d|\(?0\d{2,5}\)?[ /-][\d /-]{3,}\d|\(?\d{3}\)?[ -]\d{3}-\d{4})(?!\w)"
    r"|(?<!\S)[\[(]?(?=[\w/-]*\d)[A-Z]+\w*(?:[/-]\w+)+|(?<![\w.,])\d+(?:\(\d*\w?\))+(?:\(\w+\))*"
    r"|(?<![\w.,/])(?!20[012]\d/)\d{1,5}/\d{2,4}(?![\w/]|[.,]\d)"
)
"""Telephones, FWMA/19/22, 12(b)(6), 318/25."""
_MARK = r"\[\d{1,3}(?:[,;–-][ \u00a0]?\d{1,3})*\]"
_NOTE_MARK = re.compile(rf"(?<=[^\s(\[]){_MARK}|{_MARK}(?=[.,;:!?]|[ \u00a0]*$)", re.MULTILINE)
"""The marks of notes: “listed.[1]”, “listed [2, 3].”; but “[30] boats” is a number that an editor has put in."""
_ABBREVIATION = re.compile(r"(?<![\w-])(?:[^\W\d_]*[A-ZÄÖÜ]){2}[^\W\d_]*[ \u00a0]$|(?<![\w-])[A-Z][ \u00a0]$")
"""Capitals before a bare number make it a name: FRS 102, BVerwGE 129, A 61."""
_NEXT = re.compile(r"[ \u00a0]?[,/–-][ \u00a0]?(?:[A-Z][a-z]{0,4}\.[ \u00a0])?")
"""What is between the numbers of one reference: BVerwGE 129, 209, Rn. 14."""
_CELL = re.compile(r"(?:(?<![^:;])|(?<=; ))([^:;]+): [^;]+(?:; |$)")
_WORD = re.compile(r"[ \u00a0-]([^\W\d_]+)")
_NO_PLURAL = ("ss", "us", "is", "’s", "'s")
_OLDEST = 120
"""Years: no larger number is an age."""
_NAME_BEFORE = re.compile(r"[^\W\d_a-zäöüß][\w’'-]+,?[ \u00a0]\(?$")
_AGE_BEHIND = re.compile(r"[,)]")
"""Around an age that follows a name: Anna Berg, 52, said; Anna Berg (52)."""
_DASHES = ("–", "—", "-")
_MOST_VOTES = 999
"""With a dash between two numbers: 2019–18 are years."""
_DECADE = re.compile(r"(?<!\d)\d{2,4}er(?:n|jahren?)?\b")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5]\d")


def drafted_mentions(text: str, language: Language) -> list[NumberMention]:
    """Return the numbers and dates of a text that are worth a draft, in its order."""
    stated = quantities(text, language)
    counted = [_with_minus(text, language, mention) for mention in mentions(text, language)]
    found: list[NumberMention] = []
    for more in (_shares(text, language, stated), _measured(stated, counted), _votes(text, language, counted), counted):
        found += clear_of(more, attrgetter("span"), sorted(mention.span for mention in found))
    barred = [*_headlines_and_rows(text), *names(text, language), *(one.span for one in stated if one.clock)]
    shapes = (_REFERENCE, _NOTE_MARK, _DECADE, _patterns(language).part)
    barred += [Span(*m.span()) for shape in shapes for m in shape.finditer(text)]
    clear = clear_of(sorted(found, key=attrgetter("span")), attrgetter("span"), sorted(barred))
    return list(_without_ages(text, language, _without_references(text, language, clear)))


# --- whole numbers ----------------------------------------------------------------------------------------------


def _with_minus(text: str, language: Language, mention: NumberMention) -> NumberMention:
    """Return a number with the word for its sign."""
    found = _patterns(language).minus.search(text, max(mention.span.start - _LOOK_BACK, 0), mention.span.start)
    if not found or len(mention.numbers) != 1 or mention.numbers[0].low <= 0:
        return mention
    number = mention.numbers[0]
    negative = replace(number, span=Span(found.start(), number.span.end), low=-number.low, high=-number.low)
    return replace(mention, span=Span(found.start(), mention.span.end), numbers=(negative,))


def _shares(text: str, language: Language, stated: Sequence[Quantity]) -> Iterator[NumberMention]:
    """Yield two numbers that make a share, "one in nine", and what counts some of many, "29 of the 34"."""
    for one in stated:
        if not one.fraction or not one.values or len(one.span.of(text).split()) < 2:
            continue
        parts = [part for part in one.parts if part.values]
        if len(parts) == 1 and parts[0].unit:  # "one of two hours and 40 minutes": a journey of these
            continue
        if len(parts) == 1 and parts[0].values[0] > _FEW:  # "one of 130 people": it is those that are counted
            continue
        if len(parts) == 2 and not _is_share(text, language, *parts):
            end = parts[1].span.end if not parts[1].unit else one.span.start + len(one.span.of(text).rsplit(None, 1)[0])
            yield NumberMention(Span(one.span.start, end), (exactly(parts[0].span, parts[0].values[0]),))
        else:
            yield NumberMention(one.span, (exactly(one.span, one.values[0], fraction=True),))


def _is_share(text: str, language: Language, first: Quantity, second: Quantity) -> bool:
    """Return whether two numbers tell a share, and do not count some of those that there are."""
    of = text[first.span.end : second.span.start].split()[0] in worth(language).of
    return second.values[0] in _ROUND if of else second.values[0] <= _FEW


def _measured(stated: Sequence[Quantity], counted: Sequence[NumberMention]) -> Iterator[NumberMention]:
    """Yield numbers with a unit among their words, "half a mile", "an hour and a half", that are not counted so."""
    known = {(number.span.start, number.low) for mention in counted for number in mention.numbers}
    for one in stated:
        bare = not (one.date or one.fraction or one.rank or one.verbatim) and one.unit not in ("", TIMES)
        if bare and one.values and not _is_whole(one.values[0]) and (one.span.start, one.values[0]) not in known:
            yield NumberMention(one.span, (exactly(one.span, one.values[0]),))


def _is_whole(number: Decimal) -> bool:
    """Return whether a number has no part behind its point; of thousands of digits no remainder can be taken."""
    return number == number.to_integral_value()


def _votes(text: str, language: Language, counted: Sequence[NumberMention]) -> Iterator[NumberMention]:
    """Yield two falling numbers that stand against one another, "19 to 14", "9 votes to 3", but not "from 19 to 14"."""
    shapes = _patterns(language)
    for first, second in pairwise(counted):
        single = all(len(one.numbers) == 1 and not one.numbers[0].fraction for one in (first, second))
        before = Span(max(first.span.start - _LOOK_BACK, 0), first.span.start)
        between = single and shapes.against.fullmatch(text, first.span.end, second.span.start)
        if (
            between
            and (between.group() not in _DASHES or _MOST_VOTES >= first.numbers[0].low > second.numbers[0].low)
            and not shapes.changes.search(text, before.start, before.end)
            and (len(between.group().split()) == 1 or not _counts(text, language, second.span.end))
        ):
            yield NumberMention(Span(first.span.start, second.span.end), (first.numbers[0], second.numbers[0]))


# --- what is no figure ------------------------------------------------------------------------------------------


def headlines(text: str) -> list[Span]:
    """Return the lines of a text that look like headings, short and without a full stop; none of a single line."""
    lines = [Span(*line.span()) for line in re.finditer(r"[^\n]+", text)]
    return [line for line in lines if _is_headline(line.of(text))] if len(lines) > 1 else []


def _is_headline(line: str) -> bool:
    return len(line.split()) <= _TITLE and not _END.search(line.rstrip())


def _headlines_and_rows(text: str) -> Iterator[Span]:
    """Yield headlines and datelines, rows of tables, and the numbers of paragraphs."""
    lines = [Span(*line.span()) for line in re.finditer(r"[^\n]+", text)]
    headings = [tuple(_CELL.findall(line.of(text))) for line in lines]
    for number, line in enumerate(lines):
        words, around = line.of(text).strip().split(), headings[max(number - 1, 0) : number + 2]
        cells = len(headings[number]) > 1 and around.count(headings[number]) > 1
        numbers = sum(any(map(str.isdigit, word)) for word in words)
        bare = numbers >= _CELLS and 2 * numbers > len(words)
        if cells or bare or (len(lines) > 1 and _is_headline(line.of(text))):
            yield line
        elif section := _SECTION.match(text, line.start):
            yield Span(*section.span())


def _without_references(text: str, language: Language, found: Iterable[NumberMention]) -> Iterator[NumberMention]:
    """Yield numbers but those of references, and times that are written like numbers, "at 22.47"."""
    end = -1
    for mention in found:
        span, before = mention.span, max(mention.span.start - _LOOK_BACK, 0)
        bare = not mention.date and not _counts(text, language, span.end)
        named = _ABBREVIATION.search(text, before, span.start) or (end >= 0 and _NEXT.fullmatch(text, end, span.start))
        if bare and named and span.of(text).isdigit():
            end = span.end
        elif not (bare and _CLOCK.fullmatch(span.of(text)) and _patterns(language).at.search(text, before, span.start)):
            yield mention


def _without_ages(text: str, language: Language, found: Iterable[NumberMention]) -> Iterator[NumberMention]:
    """Yield numbers but those that say how old somebody is, and times of day in words, "seven in the morning"."""
    shapes, end = _patterns(language), -1
    for mention in found:
        span, is_bare = mention.span, _is_bare(mention)
        before = max(span.start - _LOOK_BACK, 0)
        goes_on = end >= 0 and shapes.more_ages.fullmatch(text, end, span.start)
        if is_bare and (
            goes_on
            or shapes.years_old.match(text, span.end)
            or (shapes.aged.search(text, before, span.start) and not _counts(text, language, span.end))
            or (shapes.bounded.search(text, before, span.start) and not _is_measured(text, language, span.end))
            or (_NAME_BEFORE.search(text, before, span.start) and _AGE_BEHIND.match(text, span.end))
        ):
            end = span.end
        elif not (is_bare and shapes.of_day.match(text, span.end)):
            yield mention


def _is_bare(mention: NumberMention) -> bool:
    """Return whether a number can be an age: small, and neither money nor a share."""
    if mention.date or mention.rank or mention.span.start != mention.numbers[0].span.start:
        return False
    return all(one.low <= _OLDEST and not one.percent and not one.fraction for one in mention.numbers)


def _is_measured(text: str, language: Language, end: int) -> bool:
    """Return whether a number counts or measures what follows it, and no years: "people over 40 miles away"."""
    found = _WORD.match(text, end)
    if not found or _patterns(language).years.match(text, end):
        return False
    return is_noun(found[1], language) or any(found[1] in words for words in language.stated.units.values())


def is_noun(word: str, language: Language) -> bool:
    """Return whether a word looks like a noun that is counted: a plural, or one with a capital where nouns have one."""
    if speech(language).nouns_have_capitals:
        return word[0].isupper()
    return word in worth(language).people_nouns or (word.endswith("s") and not word.endswith(_NO_PLURAL))


def _counts(text: str, language: Language, end: int) -> bool:
    """Return whether a word follows a number that it may count."""
    found = _WORD.match(text, end)
    return found is not None and found[1].lower() not in worth(language).stop


@cache
def _patterns(language: Language) -> Patterns:
    words = language.stated
    against = any_of(word for word in (*words.against, *language.range) if word.isalpha())
    also = any_of((*language.range, *language.numbers.and_))
    whoever = (*worth(language).whoever, *worth(language).people_nouns)
    currency = r"(?:[^\w\s.,;:!?()–-]\s?)?"
    return Patterns(
        minus=rf"(?<!\w){any_of(words.minus)}{GAP}$",
        against=rf"{GAP}(?:[^\W\d_]+{GAP})?{against}{GAP}{currency}|[–—-]",
        changes=rf"(?<!\w){any_of(worth(language).changes)}{GAP}{currency}$",
        part=rf"(?<!\w){any_of(worth(language).parts)}{GAP}\d[\d.()–-]*",
        at=rf"(?<!\w){any_of(worth(language).clock)}{GAP}$",
        of_day=rf"{GAP}{any_of(worth(language).of_day)}(?!\w)",
        aged=rf"(?<!\w){any_of(worth(language).aged)}{GAP}$",
        bounded=rf"(?<!\w){any_of(whoever)}{GAP}(?:[^\W\d_]+{GAP})?{any_of(worth(language).age_bounds)}{GAP}$",
        years=rf"{GAP}(?:years?|Jahren?)(?!\w)",
        years_old=rf"(?:-?{GAP}?{also}{GAP}?\d+)?(?:{'|'.join(worth(language).years_old) or '(?!)'})(?!\w)",
        more_ages=rf"(?:,?{GAP}|-{GAP}?)?{also}{GAP}?|, ",
    )
