"""Draft figures: each number and date that an editor would keep, with its value, unit, type, basis and period.

All of it is read in the words of the source; where they do not say, the field is left out. A value that the rules of
`check` would not read in its target is written in the source's own words, and no draft is made that they refuse.

Units: read what a number counts: the currency, the per cent and of what, or the noun after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from briefing.attribution import Entity
from briefing.authoring.edit.entries import Value
from briefing.authoring.suggest.changes import is_change
from briefing.authoring.suggest.givers import is_claimed
from briefing.authoring.suggest.labels import label_around
from briefing.authoring.suggest.numbers import drafted_mentions, is_noun
from briefing.authoring.suggest.quotations import findable, sentence_at
from briefing.authoring.trial import with_figure_alone
from briefing.check.rules.figures import value_not_in_target
from briefing.coverage import NumberMention
from briefing.model import Briefing, FigureBasis, FigureType
from briefing.model import Value as FigureValue
from briefing.model.places import Span
from briefing.text import Date, Language, Number, in_digits, language, quoted, speech, worth
from briefing.text.numbers.quantities import hedge_before
from briefing.text.numbers.quantity import Hedge

# --- units -----------------------------------------------------------------------------------------------------------


_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LONGEST = 20
_UNIT_WORD = re.compile(r"[ \u00a0-]([^\W\d_][\w’'-]*)")
_NOUN_WORDS = 3
"""Words of which a noun with its adjectives has at most."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts."""

    name: str
    """Empty where the words after the number do not say."""
    end: int
    """The end of the words for it."""
    measured: bool
    """Whether it is a unit of measurement or money."""


def unit_after(text: str, language: Language, mention: NumberMention) -> Unit:
    """Return the unit of a number, in the source's own words."""
    end, rules = mention.span.end, worth(language)
    if mention.date or mention.rank or not rules.stop:
        return Unit("", end, False)
    if any(number.percent or number.fraction for number in mention.numbers):
        return _share_of(text, language, end)
    last = mention.numbers[-1]
    if within := _unit_within(text, language, mention):
        return within
    unit = _money_of(text, language, mention, end)
    if not unit and text[end : end + 1] == "-":
        unit = _hyphened_unit(text, language, end, one=last.low == 1)
    elif not unit:
        behind = end + (last.multiplier > 1 and _is_shortened(text, language, end))
        unit = _noun_after(text, language, behind, vague=bool(last.words))
    if not unit.name:
        return Unit("", end, False)
    per = _per_pattern(language).match(text, unit.end)
    return Unit(f"{unit.name}{per.group()}", per.end(), unit.measured) if per else unit


def _is_shortened(text: str, language: Language, end: int) -> bool:
    """Return whether a full stop ends a shortened word of a number, "3 Mio.", and not a sentence, "3 million."."""
    word = _LAST_WORD.search(text, max(end - _LONGEST, 0), end)
    whole = word is not None and word[0].lower() in _words_of_size(language)
    return word is not None and not whole and text[end : end + 1] == "."


@cache
def _words_of_size(language: Language) -> frozenset[str]:
    """Return the words that multiply a number, in full: million."""
    return frozenset(word.lower() for word in (*language.numbers.multipliers, *language.numbers.dozen))


def _unit_within(text: str, language: Language, mention: NumberMention) -> Unit | None:
    """Return the unit that is among the words of a number: "half a mile"."""
    within = [word for word in _LETTERS.findall(mention.span.of(text)) if word in _unit_words(language)]
    if not within or mention.numbers[-1].multiplier > 1:
        return None
    return Unit(within[-1], mention.span.end, within[-1] in worth(language).measures)


def _money_of(text: str, language: Language, mention: NumberMention, end: int) -> Unit | None:
    """Return the currency by the sign before a number, or the sign itself where it is not known."""
    sign = text[mention.span.start : mention.numbers[0].span.start].strip(" \u00a0")
    if not sign:
        return None
    return Unit(worth(language).currencies.get(sign.lstrip("-−–"), sign), end, True)


def _share_of(text: str, language: Language, end: int) -> Unit:
    """Return per cent, and what a share is a share of: "% of GDP"."""
    rules, articles = worth(language), speech(language).articles
    found = _UNIT_WORD.match(text, end)
    at, count = found.end() if found else end, 0
    while count < _NOUN_WORDS and (word := _UNIT_WORD.match(text, at)):
        if word[1].lower() in rules.stop and not (count == 0 and word[1].lower() in articles):
            break
        if not count and word[1].lower() in rules.them:
            break  # "a third of them wanted"
        at, count = word.end(), count + 1
        if is_noun(word[1], language):
            break
    if not found or found[1] not in rules.of or not count:
        return Unit("%", end, False)
    words = text[found.start() + 1 : at]
    if words.endswith(_OWNERS):
        return Unit("%", end, False)  # "a third of the island’s 412 residents"
    return Unit("%", end, False) if words.split()[-1].lower() in articles else Unit(f"% {words}", at, False)


_OWNERS = ("’s", "'s", "s’", "s'")


def _noun_after(text: str, language: Language, end: int, *, vague: bool) -> Unit:
    """Return the noun after a number with its adjectives, as far as it can be read: "40 boats", "dozens of boats"."""
    rules, words = worth(language), list[str]()
    of = _UNIT_WORD.match(text, end) if vague else None
    at = of.end() if of and of[1] in rules.of else end
    while len(words) < _NOUN_WORDS and (found := _UNIT_WORD.match(text, at)):
        word = found[1]
        if word.lower() in rules.stop:
            break
        words.append(word)
        at = found.end()
        measured = word in rules.currency_words or word in rules.measures
        if measured or (not words[1:] and word in _unit_words(language)):
            return Unit(" ".join(words), at, measured)
        if is_noun(word, language):
            return Unit(" ".join(words), at, False)
    return Unit("", end, False)


def _hyphened_unit(text: str, language: Language, end: int, *, one: bool) -> Unit:
    """Return the unit that a hyphen joins to a number, "a 20-mile road", "der 20-Kilometer-Lauf": as after a space.

    `one` says that the number is 1.
    """
    found, rules = _LETTERS.match(text, end + 1), worth(language)
    word = found.group() if found else ""
    alike = next((words for words in language.stated.units.values() if word.lower() in words), ())
    if not found or not alike:
        return Unit("", end, False)
    measured = word in rules.measures or word in rules.currency_words
    if not one and not speech(language).nouns_have_capitals:  # foot, century
        word = f"{word}s" if f"{word}s" in alike else alike[0] if alike[1:] == (word,) else word
    return Unit(word, found.end(), measured)


@cache
def _unit_words(language: Language) -> frozenset[str]:
    """Return the words for units that have one name in all languages: mile, hours."""
    return frozenset(word for words in language.stated.units.values() for word in words)


@cache
def _per_pattern(language: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, worth(language).per), key=len, reverse=True))
    return re.compile(rf"[ \u00a0](?:{listed})(?!\w)" if listed else "(?!)")


# --- figures ---------------------------------------------------------------------------------------------------------


_BASIS_REACH = 60
"""Code points before a number in which a word for an estimate or a promise is looked for."""
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"(?<![^\W_])(?<!-)(?:[^\W_][\w’'-]{0,60}[ \u00a0]){1,3}$")
"""Up to three words before a number."""
_TIMES = ("s", "min", "h", "d", "w", "fortnight", "mon", "a", "dec", "cent")
"""The units of time among `stated.units`."""
_SHARE = 20
"""The largest denominator of a fraction that has a name."""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A number or date as it is suggested."""

    core: Span
    """The number or date alone."""
    target: Span
    """With the words for what it counts."""
    type: FigureType
    unit: str = ""
    name: str = ""
    """The target's own words, with those before a number alone: what an id is made of."""
    label: str = ""
    """What is measured, in the source's own words."""
    basis: FigureBasis = "reported"
    value: str = ""
    """A number or date; empty where it is a range or words."""
    ends: tuple[str, str] | None = None
    """Both ends of a range."""
    words: str = ""
    """The source's own words, where they are not an exact number or date."""
    least: str = ""
    """The least that vague words can mean; empty where they do not say."""
    most: str = ""
    """The most that words can mean, likewise."""
    qualified: bool = False
    """Whether the words before the number say that it is not exact: about 40."""
    period: str = ""
    speaker: Entity | None = None
    exact: str = ""
    """The value as one text, a fraction as a fraction."""

    @property
    def written_value(self) -> Value:
        """The value as a file has it."""
        if self.words:
            bounds = {"min": self.least, "max": self.most}
            return {"words": self.words, **{name: bound for name, bound in bounds.items() if bound}}
        return {"from": self.ends[0], "to": self.ends[1]} if self.ends else self.value


def figure_drafts(
    briefing: Briefing, said: Sequence[tuple[Span, Entity]], *, within: Sequence[Span] | None = None
) -> tuple[FigureDraft, ...]:
    """Return a draft for every number and date of the source that an editor would keep, in its order.

    `said` are the words of quotations with who says them; with `within`, only what is in these spans is drafted.
    """
    text, rules = briefing.source.text, language(briefing.source.language)
    mentions = drafted_mentions(text, rules)
    if within is not None:
        mentions = [mention for mention in mentions if any(span.holds(mention.span) for span in within)]
    found = (_draft_figure(briefing, rules, mention, said, within) for mention in mentions)
    return tuple(draft for draft in found if draft is not None)


def _draft_figure(
    briefing: Briefing,
    rules: Language,
    mention: NumberMention,
    said: Sequence[tuple[Span, Entity]],
    within: Sequence[Span] | None,
) -> FigureDraft | None:
    text = briefing.source.text
    unit = unit_after(text, rules, mention)
    slang = _slang_of_size(text, rules, mention)
    hedge, start = _qualifier_of(text, rules, mention, within)
    target = findable(text, Span(start, max(mention.span.end, unit.end, slang)))
    if target is None:
        return None
    speaker = next((speaker for words, speaker in said if words.holds(mention.span)), None)
    draft = replace(
        _draft_value(text, mention, unit, is_vote=_is_vote(text, rules, mention, unit, target.start)),
        target=target,
        name=_draft_name(text, rules, target, alone=target == mention.span),
        label=_draft_label(rules, unit),
        basis=_read_basis(text, rules, mention.span, said=speaker is not None),
        period=_read_period(briefing, rules, mention),
        speaker=speaker,
    )
    if _counts_some(mention):  # the label would name all of them
        draft = replace(draft, label="", unit=" ".join(text[mention.numbers[0].span.end : target.end].split()))
    elif not unit.name.startswith("% ") and is_change(text, rules, mention, start):
        draft = replace(draft, label="", type="comparison")
    draft = replace(draft, label=draft.label or label_around(text, rules, target))
    if hedge:
        draft = _with_qualifier(text, draft, hedge, behind=unit.end > mention.span.end)
    if slang:
        words = text[mention.span.start : slang]
        draft = replace(draft, value="", ends=None, words=words, least="", most="", unit="", type="amount", exact=words)
        draft = replace(draft, label=label_around(text, rules, target))
    unit_in_words = "" if draft.unit.startswith("%") else draft.unit
    in_words = (
        draft if draft.words else replace(draft, value="", ends=None, words=mention.span.of(text), unit=unit_in_words)
    )
    return next((each for each in (draft, in_words) if _is_accepted(briefing, each)), None)


def _slang_of_size(text: str, rules: Language, mention: NumberMention) -> int:
    """Return the end of a word behind a number that multiplies it and that no value is read in: "three hundred grand",
    but not "two grand pianos"; 0 where there is none."""
    found = _UNIT_WORD.match(text, mention.span.end)
    if found is None or mention.date or mention.rank or found[1] not in worth(rules).multiplying:
        return 0
    behind = _UNIT_WORD.match(text, found.end())
    return found.end() if behind is None or behind[1].lower() in worth(rules).stop else 0


def _is_accepted(briefing: Briefing, draft: FigureDraft) -> bool:
    """Return whether the check reads the value of a draft in its target."""
    if draft.words:
        low, high = (Decimal(bound) if bound else None for bound in (draft.least, draft.most))
        value = FigureValue(draft.words, low, high, draft.words, "")
    elif draft.ends:
        value = FigureValue("", Decimal(draft.ends[0]), Decimal(draft.ends[1]), "", "")
    elif draft.type == "date":
        value = FigureValue(draft.value, None, None, "", draft.value)
    else:
        value = FigureValue(draft.value, Decimal(draft.value), Decimal(draft.value), "", "")
    alone = with_figure_alone(
        briefing, draft.target,
        label=draft.label, type=draft.type, basis=draft.basis, value=value, unit=draft.unit, period=draft.period,
    )  # fmt: skip
    return not any(value_not_in_target(alone))


# --- value and type ---------------------------------------------------------------------------------------------


def _draft_value(text: str, mention: NumberMention, unit: Unit, *, is_vote: bool) -> FigureDraft:
    """Return the draft with its type, value and unit."""
    if mention.date:
        return _draft_date(text, mention, mention.date)
    first, last = mention.numbers[0], mention.numbers[-1]
    draft = FigureDraft(mention.span, mention.span, _type_of(mention, unit), unit.name)
    if first.high is None or last.high is None:
        least = "" if len(mention.numbers) > 1 else in_digits(first.low)
        return replace(draft, words=mention.span.of(text), least=least, exact=least)
    ends = in_digits(first.low), in_digits(last.low)
    if first is not last and (first.low > last.low or is_vote):
        return replace(draft, words=mention.span.of(text), exact="-".join(ends))  # a vote: no range
    if first is not last:
        return replace(draft, ends=ends, exact="-".join(ends))
    if first.fraction and not first.percent:
        return _draft_fraction(text, draft, first)
    value = in_digits(first.low)
    return replace(draft, value=value, exact=value)


def _is_vote(text: str, language: Language, mention: NumberMention, unit: Unit, start: int) -> bool:
    """Return whether two rising numbers are those of a vote or a match, and no range: "rejected by 86 to 143"."""
    contests, sentence = worth(language).contests, sentence_at(text, language, mention.span.start)
    before = _LAST_WORD.search(text[sentence.start : start].rstrip())
    ranged = start < mention.span.start or (before is not None and before[0].lower() in worth(language).changes)
    told = not contests.isdisjoint(_WORD.findall(sentence.of(text)))
    return len(mention.numbers) == 2 and told and not ranged and unit.name in {"", *contests}


def _draft_date(text: str, mention: NumberMention, date: Date) -> FigureDraft:
    parts = [f"{part:0{width}}" for part, width in ((date.year, 4), (date.month, 2), (date.day, 2)) if part is not None]
    written = "-".join(parts)
    draft = FigureDraft(mention.span, mention.span, "date", exact=written)
    return replace(draft, value=written) if date.year else replace(draft, words=mention.span.of(text))


def _draft_fraction(text: str, draft: FigureDraft, number: Number) -> FigureDraft:
    """Return a named fraction: as a percentage where that is exact, in words otherwise."""
    named = Fraction(number.low).limit_denominator(_SHARE)
    percent = named * 100
    if percent.denominator == 1 and percent >= 10:
        unit = "%" + draft.unit.removeprefix("%")
        return replace(draft, value=str(percent.numerator), unit=unit, exact=str(named))
    return replace(draft, words=draft.core.of(text), unit="", exact=str(named))


def _type_of(mention: NumberMention, unit: Unit) -> FigureType:
    if mention.rank:
        return "rank"
    if any(number.percent or (number.fraction and number.low < 1) for number in mention.numbers):
        return "share"
    return "amount" if unit.measured else "count"


# --- what is said around it -------------------------------------------------------------------------------------


def _start_of(text: str, rules: Language, mention: NumberMention) -> int:
    """Return where a number begins, or the "between" before a range."""
    listed = "|".join(map(re.escape, rules.numbers.between))
    before = text[max(mention.span.start - _BASIS_REACH, 0) : mention.span.start]
    found = re.search(rf"(?<!\w)(?:{listed})[ \u00a0]$", before, re.IGNORECASE) if listed else None
    return mention.span.start - len(found.group()) if found and len(mention.numbers) > 1 else mention.span.start


def _qualifier_of(
    text: str, rules: Language, mention: NumberMention, within: Sequence[Span] | None
) -> tuple[Hedge, int]:
    """Return what the words before a number say of its exactness, and where it begins with them; of a date nothing."""
    start = _start_of(text, rules, mention)
    if mention.date or mention.rank:
        return "", start
    hedge, words = hedge_before(text, start, rules)
    outside = within is not None and not any(span.holds(Span(words.start, mention.span.end)) for span in within)
    if not hedge or outside or words.of(text).lower() in worth(rules).no_qualifiers:
        return "", start
    return hedge, words.start


def _with_qualifier(text: str, draft: FigureDraft, hedge: Hedge, *, behind: bool) -> FigureDraft:
    """Return a draft of a number that is not exact: in the source's words, with the bound that they set.

    `behind` says whether the words for its unit are behind it, and not among its own.
    """
    bound = draft.value if draft.value and draft.exact == draft.value else draft.least
    words, unit = (
        text[draft.target.start : draft.core.end],
        draft.unit if behind and not draft.unit.startswith("%") else "",
    )
    least, most = bound if hedge == "more" else "", bound if hedge in ("nearly", "less") and draft.value else ""
    return replace(draft, value="", ends=None, words=words, least=least, most=most, unit=unit, qualified=True)


def _counts_some(mention: NumberMention) -> bool:
    """Return whether a number counts some of those that its words number: "four of the nine"."""
    [*numbers] = mention.numbers
    return (
        len(numbers) == 1
        and numbers[0].span.end < mention.span.end
        and bool(numbers[0].high)
        and not (numbers[0].percent or numbers[0].fraction or mention.rank or mention.date)
    )


def _draft_label(rules: Language, unit: Unit) -> str:
    """Return what is counted, or of what something is a share; empty for money, measures and times, which do not say
    it."""
    if unit.name.startswith("% ") and worth(rules).share:
        of, *words = unit.name[2:].split()
        whose = not speech(rules).nouns_have_capitals and words[0].lower() in speech(rules).articles  # "of their trade"
        return " ".join([worth(rules).share, of, *(words[1:] if whose else words)])
    counted = unit.name and unit.name != "%" and not unit.measured and unit.name.lower() not in time_words(rules)
    return unit.name[:1].upper() + unit.name[1:] if counted else ""


@cache
def time_words(language: Language) -> frozenset[str]:
    """Return the words for units of time."""
    return frozenset(word for name in _TIMES for word in language.stated.units.get(name, ()))


def _draft_name(text: str, rules: Language, target: Span, alone: bool) -> str:
    """Return the target's own words, after those before it where it is a number alone."""
    start = target.start
    if alone:
        before = text[sentence_at(text, rules, target.start).start : start]
        led = _BEFORE.search(before)
        start -= len(led.group()) if led else 0
    words = " ".join(text[start : target.end].split())
    return words[:1].upper() + words[1:]


def _read_basis(text: str, rules: Language, span: Span, said: bool) -> FigureBasis:
    """Return what a number rests on, by the words just before it, or by whether somebody says it.

    `said` is whether it is in somebody's quotation.
    """
    sentence = sentence_at(text, rules, span.start)
    start = max(sentence.start, span.start - _BASIS_REACH)
    before = set(_WORD.findall(text[start : span.start]))
    if before & worth(rules).pledge:
        return "pledge"
    if before & worth(rules).estimate:
        return "estimate"
    inside = said or any(passage.outer.holds(span) for passage in quoted(text, rules, span))
    claimed = inside or is_claimed(text[sentence.start : span.start], text[span.end : sentence.end], rules)
    return "claim" if claimed else "reported"


def _read_period(briefing: Briefing, rules: Language, mention: NumberMention) -> str:
    """Return the year that a number is for, where its sentence names one with a word like "in" or "by" before it, or
    by that of the source: last year."""
    if mention.date:
        return ""
    text = briefing.source.text
    sentence, listed = sentence_at(text, rules, mention.span.start), "|".join(sorted(worth(rules).period)) or "(?!)"
    year = re.compile(
        rf"(?<!\w)(?i:{listed})[ \u00a0](?:[^\W\d_]+[ \u00a0])?([12]\d{{3}}(?:[-–/]\d\d)?)(?![\w.,-]\d|\w)"
    )
    found = [
        (match.start(), re.sub("[–/]", "-", match[1])) for match in year.finditer(text, sentence.start, sentence.end)
    ]
    if not re.search(r"(?<!\d)[12]\d{3}(?!\d)", sentence.of(text)):
        found = [*_near_years(briefing, rules, sentence)]
    if len(found) != 1:
        return ""
    [(at, told)] = found
    between = text[mention.span.end : at]
    other = re.search("[,;:]", between) or worth(rules).clauses.intersection(_WORD.findall(between))
    return told if at == sentence.start or (at >= mention.span.end and not other) else ""


def _near_years(briefing: Briefing, rules: Language, sentence: Span) -> Iterator[tuple[int, str]]:
    """Yield the years that a sentence names by that of its source, with their places; "" where the year is not sure.

    It is not in quotation marks, for what is quoted may have been said in another year.
    """
    text, published = briefing.source.text, briefing.source.published[:4]
    phrases, not_in = worth(rules).near_years, worth(rules).not_in
    listed = "|".join(sorted(phrases, key=len, reverse=True)) or "(?!)"
    for found in re.finditer(rf"(?<!\w)(?i:{listed})(?![\w’'-])", sentence.of(text)):
        at = sentence.start + found.start()
        before = re.search(r"(\w+)\W*$", text[sentence.start : at])
        is_quoted = any(passage.outer.start <= at < passage.outer.end for passage in quoted(text, rules, sentence))
        is_sure = published.isdigit() and not is_quoted and not (before and before[1].lower() in not_in)
        yield at, str(int(published) + phrases[found[0].lower()]) if is_sure else ""
