"""What the annotations of a briefing account for in its source: quoted passages, and numbers.

`spoken` and `named` say which passages there are, `mentions` which numbers, and `coverage` what became of each. Draft
annotations are suggested by the same finders, so what is drafted is what is counted.

- Passages are somebody's words. Not counted are the titles of works (the film “…”), words that are named and not said
  (the so-called “…”), and up to three words in a sentence in which nobody speaks. In a language without rules every
  passage counts. Counted are words besides that a published quotation takes: a title or term, and words that the
  source has without quotation marks, such as a block quotation, where their author allowed that.
- Numbers and dates say something. Left out are numbers that are names (F-16, Article 5, 155 mm, Agenda 2030), "one"
  that counts nothing, phrases that point back ("the two"), ordinals that are no rank ("the third largest" is one), and
  months without a day or year.
- A passage is annotated where a published quotation takes words of it, a number where a published figure takes all of
  it. Both are set aside where an entry under `ignore` that gives a reason holds all of their words. What has only an
  annotation in draft or review is neither: it will be annotated once that is published.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Literal, TypeVar

from msgspec import Struct

from briefing.model import Anchor, Annotation, AnnotationKey, Briefing, Figure, Ignored, Quotation, Source
from briefing.model.places import Place, Span, clear_of
from briefing.text import (
    Date,
    Language,
    Number,
    Quoted,
    dates,
    joined,
    language,
    ordinals,
    past_percent,
    quoted,
    ranges,
    sentences,
    speech,
    trimmed,
    worth,
)
from briefing.text.language_rules import Patterns, any_of

# --- passages --------------------------------------------------------------------------------------------------------


TITLE_WORDS = 8
"""Words that the title of a work has at most."""
TERM_WORDS = 3
"""Words that may be a term in quotation marks and nobody's."""
REACH = 300
"""Code points on each side of a passage in which a word for speaking is looked for."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PHRASE_LENGTH = 40
"""Code points before a passage in which the word for a work or term is looked for."""
_STOPS = (".", "!", "?", ",", "…")


def spoken(text: str, language: Language) -> tuple[Quoted, ...]:
    """Return the passages that are somebody's words, in the order of the text; one over several paragraphs is one."""
    return tuple(passage for passage in _all_passages(text, language) if not _is_title_or_term(text, language, passage))


def spoken_in(source: Source) -> tuple[Quoted, ...]:
    """Return the same of a source, with its block quotations, which need no marks; marks within one are part of it."""
    marked = spoken(source.text, language(source.language))
    apart = [block for block in source.set_apart if not any(passage.outer.holds(block) for passage in marked)]
    outside = (passage for passage in marked if not any(block.holds(passage.outer) for block in apart))
    return tuple(sorted((*outside, *(Quoted(block, block) for block in apart)), key=lambda each: each.outer.start))


def named(text: str, language: Language) -> tuple[Quoted, ...]:
    """Return the passages in quotation marks that are treated as titles and terms."""
    return tuple(passage for passage in _all_passages(text, language) if _is_title_or_term(text, language, passage))


def _all_passages(text: str, language: Language) -> tuple[Quoted, ...]:
    passages = joined(quoted(text, language))
    return tuple(passage for passage in passages if _WORD.search(text, passage.inner.start, passage.inner.end))


def _is_title_or_term(text: str, language: Language, passage: Quoted) -> bool:
    rules = speech(language)
    words = _WORD.findall(passage.inner.of(text))
    if not rules.verbs or len(words) > TITLE_WORDS or passage.inner.of(text).rstrip().endswith(_STOPS):
        return False
    before = Span(max(passage.outer.start - _PHRASE_LENGTH, 0), passage.outer.start)
    if _phrases_before(language).term.search(text, before.start, before.end):
        return True
    if _phrases_before(language).work.search(text, before.start, before.end):
        return rules.nouns_have_capitals or _has_capitals(words)
    if _mark_before(text, passage) == ":":
        return False
    if not rules.nouns_have_capitals and len(words) > 1 and _has_capitals(words) and not _is_set_off(text, passage):
        return True
    return len(words) <= TERM_WORDS and not _somebody_speaks(text, language, passage)


def _is_set_off(text: str, passage: Quoted) -> bool:
    """Return whether a comma parts the passage from its sentence, as it parts words that are said."""
    return _mark_before(text, passage) == "," or text[passage.outer.end : passage.outer.end + 1] == ","


def _mark_before(text: str, passage: Quoted) -> str:
    """Return what is before a passage."""
    at = passage.outer.start
    return text[max(at - 3, 0) : at].rstrip(" \u00a0")[-1:]


def _has_capitals(words: list[str]) -> bool:
    """Return whether all words but short ones have a capital, the first one in any case."""
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in words if len(word) > 3)


def _somebody_speaks(text: str, language: Language, passage: Quoted) -> bool:
    """Return whether the sentence around a passage, or one that it touches, has a word for speaking not too far
    away."""
    rules = speech(language)
    end = text.find("\n", passage.outer.end)
    line = Span(text.rfind("\n", 0, passage.outer.start) + 1, end if end >= 0 else len(text))
    found = sentences(text, language, line)
    starts = [sentence.start for sentence in found]
    first = max(bisect_right(starts, passage.outer.start) - 1, 0)
    last = max(bisect_right(starts, passage.outer.end - 1) - 1, first)
    lead = text[max(found[first].start, passage.outer.start - REACH) : passage.outer.start]
    rest = text[passage.outer.end : min(found[last].end, passage.outer.end + REACH)]
    words = set(_WORD.findall(f"{lead} … {rest}"))
    if lead.partition(" ")[0].lower() in rules.views and words & rules.copulas:
        return True
    if any(phrase in lead or phrase in rest for phrase in rules.impersonal):
        return True
    speaks = words & (rules.verbs | rules.frames | rules.participles | rules.quoting | rules.reported)
    return bool(speaks or any(map(_phrases_before(language).according.search, (lead, rest))))


@cache
def _phrases_before(language: Language) -> Patterns:
    """Return patterns for phrases before a term or the title of a work, and for those before who says something."""
    words = speech(language)
    comma = "" if words.nouns_have_capitals else ",?"
    return Patterns(
        term=rf"(?<!\w){any_of(words.terms)}[ \u00a0]$",
        work=rf"(?<!\w){any_of(words.works)}{comma}[ \u00a0]$",
        according=rf"(?<!\w){any_of(words.according)}(?!\w)",
    )


# --- numbers ---------------------------------------------------------------------------------------------------------


_LOOK_BACK = 40
"""Code points before a number in which its label or sign is looked for."""
_WORD_BEFORE = re.compile(r"(?P<before>[.!?:“\"„»] |^|\n)?(?P<word>[^\W\d_][\w’'.-]*)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0-]?([^\W\d_][\w’'-]*)")
_SIGN_BEFORE = re.compile(r"(?:(?<!\w)[A-Z]{1,3})?[^\w\s.,;:!?()–\-%“”„\"‘’«»/*]$")
_FIRST_OWN_YEAR = 1900
"""Before this a number with a plural after it is mostly a count: 1500 tanks, but the 2025 elections."""


class NumberMention(Struct, frozen=True):
    """A number or date that says something."""

    span: Span
    """The words that say it, with sign, currency sign and percent."""
    numbers: tuple[Number, ...] = ()
    """One, or both ends of a range; none for a date."""
    date: Date | None = None
    rank: bool = False


@lru_cache(maxsize=64)
def mentions(text: str, language: Language) -> tuple[NumberMention, ...]:
    """Return every number and date of a text that says something, in its order."""
    dated = []
    for date in dates(text, language):
        if _is_date(text, language, date):
            stop = text[date.span.end - 1] == "."  # may be of the name of a month; in "3 March." it is the sentence's
            dated.append(NumberMention(Span(date.span.start, date.span.end - stop), date=date))
    taken = [mention.span for mention in dated]
    found = filter(None, (_counted_mention(text, language, group) for group in ranges(text, language)))
    counted = list(clear_of(found, attrgetter("span"), taken))
    taken = sorted((*taken, *(mention.span for mention in counted)))
    ranked = clear_of(_find_ranks(text, language), attrgetter("span"), taken)
    return tuple(sorted([*dated, *counted, *ranked], key=lambda mention: mention.span))


# --- dates ------------------------------------------------------------------------------------------------------


def _is_date(text: str, language: Language, date: Date) -> bool:
    """Return whether a date is one: a year alone may be a number or belong to a name, a month alone says too little."""
    if date.parts > 1:
        return True
    if date.year is None or _is_labelled(text, language, date.span):
        return False
    if (
        _sign_start(text, date.span.start) < date.span.start
        or past_percent(text, language, date.span.end) > date.span.end
    ):
        return False
    rules, following = worth(language), _word_after(text, date.span.end)
    if following in rules.measures | rules.people_nouns | rules.currency_words:
        return False
    return date.year >= _FIRST_OWN_YEAR or not (following.islower() and following.endswith("s"))


# --- numbers ----------------------------------------------------------------------------------------------------


def _counted_mention(text: str, language: Language, group: tuple[Number, ...]) -> NumberMention | None:
    """Return the mention of a number or range, or none where it says nothing."""
    span = Span(group[0].span.start, group[-1].span.end)
    if _is_one(text, language, group) or _is_phrase(text, language, span):
        return None
    start = _sign_start(text, span.start)
    if start == span.start and _is_labelled(text, language, span):
        return None
    return NumberMention(Span(start, past_percent(text, language, span.end)), group)


def _is_one(text: str, language: Language, group: tuple[Number, ...]) -> bool:
    """Return whether a number is the word for one, which mostly counts nothing."""
    first = group[0]
    plain = first.low == 1 and first.multiplier == 1 and not (first.percent or first.fraction or first.words)
    return len(group) == 1 and plain and not any(letter.isdigit() for letter in first.span.of(text))


def _is_labelled(text: str, language: Language, span: Span) -> bool:
    """Return whether a number belongs to a name: by the word before it, or by that after it."""
    rules = worth(language)
    if _name_patterns(language).named_after.match(text, span.end):
        return True
    found = _WORD_BEFORE.search(text, max(span.start - _LOOK_BACK, 0), span.start)
    if not found or not text[span.start].isdigit():
        return False
    if found["word"].rstrip(".") in rules.labels:
        return True
    # In English a capital within a sentence is a name's: Leopard 2, Camp 7.
    small = span.end - span.start <= 3 and text[span.start : span.end].isdigit()
    if small and rules.labels and not speech(language).nouns_have_capitals and found["before"] is None:
        following = _word_after(text, span.end)
        return found["word"][0].isupper() and (not following or following in rules.stop)
    return False


def _word_after(text: str, end: int) -> str:
    """Return the word after a number, where only a space or hyphen is between."""
    found = _WORD_AFTER.match(text, end)
    return found[1] if found else ""


def _sign_start(text: str, start: int) -> int:
    """Return where a currency sign before a number begins, or the number itself."""
    bare = text[max(start - _LOOK_BACK, 0) : start].rstrip(" \u00a0\u202f")
    found = _SIGN_BEFORE.search(bare)
    if not found or unicodedata.category(bare[-1]) != "Sc":
        return start
    return max(start - _LOOK_BACK, 0) + found.start()


def _is_phrase(text: str, language: Language, span: Span) -> bool:
    """Return whether a number is in a phrase that counts nothing."""
    phrases = _name_patterns(language).phrase
    around = phrases.finditer(text, max(span.start - _LOOK_BACK, 0), span.end + _LOOK_BACK)
    return any(Span(*found.span()).holds(span) for found in around)


def _find_ranks(text: str, language: Language) -> Iterator[NumberMention]:
    """Yield ordinals that make a rank, with the superlative after them."""
    rules = worth(language)
    for number in ordinals(text, language):
        following = _WORD_AFTER.match(text, number.span.end)
        if following and following[1] in rules.rank_ends:
            yield NumberMention(Span(number.span.start, following.end()), (number,), rank=True)
        elif number.span.of(text).lower().endswith(tuple(rules.rank_ends) or ("\0",)):
            yield NumberMention(number.span, (number,), rank=True)


@cache
def _name_patterns(language: Language) -> Patterns:
    """Return patterns for phrases that count nothing, and for words after a number that make it a name: 155 mm."""
    words = worth(language)
    return Patterns(
        phrase=rf"(?<![\w.,]){any_of(words.anaphora | words.idioms)}(?!\w)",
        named_after=(
            rf"[ \u00a0-]?(?-i:(?:[A-Z][\w’'-]+ ){{0,2}}{any_of(words.names_after)})(?!\w)"
            rf"|[ \u00a0-]?mm[ \u00a0-](?:\w+[ \u00a0-]){{0,2}}?{any_of(language.stated.calibre)}"
        ),
    )


# --- what became of them ---------------------------------------------------------------------------------------------


T = TypeVar("T")
Kind = Literal["passage", "number"]
State = Literal["annotated", "draft", "set-aside", "uncovered"]

KINDS: tuple[Kind, ...] = ("passage", "number")
_EDGES = " \t\u00a0\u202f.,;:!?…-–—'‘’‚‹›\"“”„«»"


class CoverageItem(Struct, frozen=True):
    """A quoted passage or a number of the source, and what became of it."""

    kind: Kind
    span: Span
    """The words without quotation marks; a number with its currency and percent sign."""
    state: State
    annotations: tuple[str, ...] = ()
    """Ids of the annotations that take it, drafts too."""
    reason: str = ""
    """Why it is set aside."""
    ignored: tuple[Place, ...] = ()
    """The entries under `ignore` that hold it."""

    def is_held(self, text: str, words: Span) -> bool:
        """Return whether words of the text hold all of it, punctuation at its ends aside."""
        return words.holds(trimmed(text, self.span, _EDGES))


class Coverage(Struct, frozen=True):
    """The passages and numbers of one source."""

    items: tuple[CoverageItem, ...]
    """In the order of the source, passages first."""
    named: tuple[Span, ...]
    """What is in quotation marks and was treated as the title of a work or as a term; not among the items."""

    def of(self, kind: Kind, *states: State) -> tuple[CoverageItem, ...]:
        """Return the items of a kind, all or those in some states."""
        return tuple(item for item in self.items if item.kind == kind and (not states or item.state in states))

    def percent(self, kind: Kind) -> float:
        """Return how many of a kind are annotated or set aside, in per cent; 100 where there are none."""
        total = len(self.of(kind))
        return 100 * len(self.of(kind, "annotated", "set-aside")) / total if total else 100.0


def coverage(briefing: Briefing) -> Coverage:
    """Return what the annotations of an anchored briefing account for in its source."""
    text, rules = briefing.source.text, language(briefing.source.language)
    passages = _outside_headings(briefing, (passage.inner for passage in spoken_in(briefing.source)))
    terms = _outside_headings(briefing, (passage.inner for passage in named(text, rules)))
    quoted_terms, unmarked = _quoted_besides(briefing, passages, terms)
    passages = sorted([*passages, *quoted_terms, *unmarked])
    numbers = _outside_headings(briefing, (mention.span for mention in mentions(text, rules)))
    return Coverage(
        items=(
            *_items(briefing, "passage", passages, briefing.quotations),
            *_items(briefing, "number", numbers, briefing.figures),
        ),
        named=tuple(term for term in terms if term not in quoted_terms),
    )


def _outside_headings(briefing: Briefing, spans: Iterable[Span]) -> list[Span]:
    """Return spans but those in headings, which say what the text below them says."""
    lines = briefing.source.heading_lines
    last = [(span, bisect_right(lines, span.start, key=attrgetter("start")) - 1) for span in spans]
    return [span for span, at in last if at < 0 or not lines[at].holds(span)]


def _quoted_besides(
    briefing: Briefing, passages: Sequence[Span], terms: Sequence[Span]
) -> tuple[list[Span], list[Span]]:
    """Return what published quotations take besides the passages that are somebody's words: of the terms those that
    they quote, and words that the source has as somebody's without marks, which their author allowed."""
    terms_taken: list[Span] = []
    unmarked: list[Span] = []
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if not anchor or anchor.comment or quotation.status != "published" or quotation.kind == "reported":
            continue
        terms_taken += [term for term in terms if any(term.overlaps(span) for span in anchor.spans)]
        if any(allow.code == "not-in-quotation-marks" for allow in quotation.allow):
            unmarked += anchor.spans
    marked = sorted([*passages, *terms])
    free = clear_of(sorted(unmarked), lambda span: span, marked)
    return sorted(set(terms_taken)), _merged(free)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in the order of a text, those that overlap as one."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].overlaps(span):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _items(
    briefing: Briefing, kind: Kind, spans: Sequence[Span], annotations: Sequence[Quotation] | Sequence[Figure]
) -> Iterator[CoverageItem]:
    """Yield each passage or number with what takes it and what sets it aside; all are in the order of the source."""
    anchors = {each.id: briefing.anchors.get(each.id) for each in annotations}
    taking = _words_touching(spans, [(each, anchor) for each in annotations if (anchor := anchors[each.id])])
    holding = _words_touching(spans, _set_aside(briefing, "quotes" if kind == "passage" else "figures"))
    for number, span in enumerate(spans):
        core = trimmed(briefing.source.text, span, _EDGES)
        taken = [each for each, other in taking[number] if kind == "passage" or other.holds(core)]
        aside = [entry for entry, other in holding[number] if other.holds(core)]
        state = _state_of(taken, bool(aside))
        reason = aside[0].reason if state == "set-aside" else ""
        ids = tuple(dict.fromkeys(each.id for each in taken))
        yield CoverageItem(kind, span, state, ids, reason, tuple(entry.at for entry in aside))


def _set_aside(briefing: Briefing, key: AnnotationKey) -> Iterator[tuple[Ignored, Anchor]]:
    """Yield what is set aside as far as entries of a list are concerned, with where it is."""
    for entry in briefing.ignored:
        if entry.reason and entry.is_about(key) and entry.at in briefing.ignored_at:
            yield entry, briefing.ignored_at[entry.at]


def _state_of(taken: Iterable[Annotation], aside: bool) -> State:
    statuses = {each.status for each in taken}
    if "published" in statuses:
        return "annotated"
    return "set-aside" if aside else "draft" if statuses else "uncovered"


def _words_touching(spans: Sequence[Span], others: Iterable[tuple[T, Anchor]]) -> list[list[tuple[T, Span]]]:
    """Return for each span what has words in the source that overlap it, with those; spans are apart and in order."""
    found: list[list[tuple[T, Span]]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for one, anchor in others:
        for words in () if anchor.comment else anchor.spans:
            first = bisect_right(starts, words.start) - 1
            for number in range(max(first, 0), bisect_left(starts, words.end)):
                if spans[number].overlaps(words):
                    found[number].append((one, words))
    return [sorted(each, key=lambda pair: pair[1]) for each in found]
