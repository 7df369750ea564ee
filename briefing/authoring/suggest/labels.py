"""What a drafted figure is called where no noun behind its number says what is counted: the words around it.

These are the noun phrase that holds the number, "a fine of £300,000", or else its clause: dull, but true, and in the
source's own words. It is cut at marks, commas and conjunctions, and before a preposition where it is too long. Other
numbers, which a label cannot cite, are left out, with … in their place, but where the words behind them say enough, or
those before the verb: none begins with a verb of speech, nor ends with ….
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from briefing.authoring.suggest.quotations import sentence_at
from briefing.model.places import Span
from briefing.text import Language, Quantity, quantities, speech, trimmed, worth
from briefing.text.language_rules import GAP, Patterns, any_of

_LONG = 90
"""Code points from which a label is cut before a preposition, and beyond which none is widened."""
_EDGES = " \u00a0\u202f\t,;:.!?…،؛؟–—-"
_MARK = re.compile(r"[\"“”„‟«»‹›()\[\]:;؛…](?!\d)|(?<!\w)['‘’‚]|['‘’](?!\w)|(?<!\w)[–—-](?!\w)|—")
"""What no label goes beyond: quotation marks, brackets, colons, dashes."""
_ENDS = ",.!?،؟\n"
_COMMA = re.compile(r"[,،](?!\d)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def label_around(text: str, language: Language, target: Span) -> str:
    """Return the words around those of a figure as one line, with … for what is left out; never empty."""
    sentence = sentence_at(text, language, target.start)
    held = _between(text, _MARK, Span(sentence.start, max(sentence.end, target.end)), target)
    phrase = _noun_phrase(text, language, held, target)
    words = _said(text, (phrase,) if phrase else _clause(text, language, held, target))
    return words[:1].upper() + words[1:]


def _said(text: str, parts: Sequence[Span]) -> str:
    return " … ".join(" ".join(part.of(text).split()) for part in parts).strip()


def _between(text: str, border: re.Pattern[str], held: Span, target: Span) -> Span:
    """Return what is between the borders next to a figure's words."""
    start = max((found.end() for found in border.finditer(text, held.start, target.start)), default=held.start)
    end = border.search(text, target.end, held.end)
    return Span(start, end.start() if end else held.end)


def _noun_phrase(text: str, language: Language, held: Span, target: Span) -> Span | None:
    """Return the noun phrase that a number is the size of, without its article; None where none can be read surely."""
    shapes = _patterns(language)
    if before := shapes.size_of.search(text, held.start, target.start):
        return None if before["noun"].lower() in worth(language).values else Span(before.start("noun"), target.end)
    if not shapes.article.search(text, held.start, target.start):
        return None
    behind = shapes.noun_behind.match(text, target.end, held.end)
    sure = behind and (speech(language).nouns_have_capitals or _ends_phrase(text, language, behind.end(), held.end))
    return Span(target.start, behind.end()) if behind and sure else None


def _ends_phrase(text: str, language: Language, at: int, end: int) -> bool:
    """Return whether a noun phrase cannot go on at a place, nor the word before it be the verb of its clause."""
    following = _WORD.search(text, at, end)
    return following is None or bool(text[at : following.start()].strip()) or following[0].lower() in _stop(language)


# --- clauses ----------------------------------------------------------------------------------------------------


def _clause(text: str, language: Language, held: Span, target: Span) -> tuple[Span, ...]:
    """Return the parts of the clause that holds the words of a figure, with the next one where that says too little."""
    found = [_with_sign(text, language, held, one) for one in quantities(held.of(text), language)]
    others = [each for each in found if not each.span.overlaps(target)]
    wider = _wider(text, language, held, target)
    clauses = [_cut(text, language, clause, target, others) for clause in wider]
    whole = [cut for cut, clause in zip(clauses, wider, strict=True) if not _adds(text, language, clause)]
    return next((each for each in whole if _tells(text, language, each, target)), clauses[0])


def _wider(text: str, language: Language, held: Span, target: Span) -> list[Span]:
    """Return the clause of a figure's words, then the same with more and more before it, then with more behind it."""
    commas = [comma.end() for comma in _COMMA.finditer(text, held.start, held.end)]
    told = [found.end() for found in _patterns(language).told.finditer(text, held.start, target.start)]
    starts = sorted((at for at in (held.start, *commas, *told) if at <= target.start), reverse=True)
    ends = sorted(at for at in (*commas, held.end) if at >= target.end)
    return [*(Span(start, ends[0]) for start in starts), *(Span(starts[0], end) for end in ends[1:])]


def _adds(text: str, language: Language, clause: Span) -> bool:
    """Return whether a clause only adds to what is before it: "which cost £3 million"."""
    first, words = _WORD.search(text, clause.start, clause.end), speech(language)
    return first is not None and first[0] in (language.breaks | words.relative) - _joins(language)


def _with_sign(text: str, language: Language, held: Span, number: Quantity) -> Quantity:
    """Return a number at its place in the text, with the sign of its currency."""
    start, end = held.start + number.span.start, held.start + number.span.end
    sign = _patterns(language).sign.search(text, held.start, start)
    return replace(number, span=Span(sign.start() if sign else start, end))


def _tells(text: str, language: Language, parts: Sequence[Span], target: Span) -> bool:
    """Return whether a clause says what a number measures, and is not too long."""
    apart = [Span(part.start, min(part.end, target.start)) for part in parts if part.start < target.start]
    apart += [Span(max(part.start, target.end), part.end) for part in parts if part.end > target.end]
    return _says_something(text, language, apart) and len(_said(text, parts)) <= _LONG


def _says_something(text: str, language: Language, spans: Iterable[Span]) -> bool:
    return any(word.lower() not in _stop(language) for span in spans for word in _WORD.findall(span.of(text)))


def _cut(text: str, language: Language, clause: Span, target: Span, others: Sequence[Quantity]) -> tuple[Span, ...]:
    """Return the parts of a clause without other numbers; the last is empty where it is cut in a phrase."""
    before = [other for other in others if clause.start <= other.span.start and other.span.end <= target.start]
    behind = [other for other in others if target.end <= other.span.start < clause.end]
    lead, start = _start_of(text, language, clause, target, before) if before else (None, clause.start)
    end = _end_of(text, language, Span(start, clause.end), target, behind)
    main = _closed(text, language, Span(start, end), target, lead is None)
    if lead is None:
        return (_without_preposition(text, language, main, target),)
    lead = _closed(text, language, lead, Span(lead.end, lead.end), True)
    if _stands_alone(text, language, Span(main.start, target.start)):
        return (main,)
    shapes = _patterns(language)
    verb = shapes.auxiliary.search(text, lead.start, lead.end)
    subject = trimmed(text, Span(lead.start, verb.start()), _EDGES) if verb else lead
    return (subject,) if verb and _says_something(text, language, [subject]) else (lead, main)


def _stands_alone(text: str, language: Language, before: Span) -> bool:
    """Return whether words before a number, behind another one, are of its own noun or clause: "licence costing"."""
    first = _WORD.search(text, before.start, before.end)
    if first is None or speech(language).nouns_have_capitals or first[0].lower() in speech(language).prepositions:
        return False
    return _says_something(text, language, [before])


def _without_preposition(text: str, language: Language, part: Span, target: Span) -> Span:
    """Return a part without the preposition that it begins with: "with fines of £2,500" or, where the number is next to
    it, what the number is for: "against £23 for day trippers"; as it is where nothing is left then."""
    shapes = _patterns(language)
    if found := shapes.led.match(text, part.start, target.start):
        return Span(found.end(), part.end)
    if shapes.bare.fullmatch(text, part.start, max(target.start - 1, part.start)) and part.start < target.start:
        behind = shapes.behind.match(text, target.end, part.end)
        return Span(behind.end(), part.end) if behind else part
    return part


def _start_of(
    text: str, language: Language, clause: Span, target: Span, others: Sequence[Quantity]
) -> tuple[Span | None, int]:
    """Return the words of a clause before the first other number, and where it goes on behind the last.

    What a conjunction joins to these is by itself.
    """
    shapes, start, joined = _patterns(language), others[-1].span.end, False
    joins = [*shapes.join.finditer(text, start, target.start)]
    for found in joins:
        if (nouns := _joins_nouns(text, language, start, found)) and (not nouns["of"] or found is not joins[-1]):
            continue
        if _says_something(text, language, [Span(found.end(), target.start)]):
            return None, found.end()
        start, joined = found.end(), True
    lead = trimmed(text, Span(clause.start, others[0].span.start), _EDGES)
    when = others[0].date and shapes.bare.fullmatch(text, lead.start, lead.end)  # "In 2018 fares covered"
    empty = lead.start == lead.end or (joined and not _says_something(text, language, [lead]))
    return None if when or empty else lead, start


def _end_of(text: str, language: Language, clause: Span, target: Span, others: Sequence[Quantity]) -> int:
    """Return where a clause ends: before another number, or at its bearable length."""
    shapes, is_long = _patterns(language), clause.end - clause.start > _LONG
    if not others and not is_long:
        return clause.end
    last = others[0].span.start if others else max(clause.start + _LONG, target.end)
    phrases = [found for found in shapes.phrase.finditer(text, target.end, clause.end) if found.start() <= last]
    joins = [
        found.start()
        for found in phrases
        if shapes.join.fullmatch(found[0]) and not _joins_nouns(text, language, target.end, found)
    ]
    if joins:
        return joins[0]
    phrases = [found for found in phrases if not shapes.join.fullmatch(found[0])]
    if phrases:
        return phrases[-1].start()
    return last if others else clause.end


def _joins_nouns(text: str, language: Language, start: int, found: re.Match[str]) -> re.Match[str] | None:
    """Return the noun before a conjunction with another or the rest of a name behind it: "the county and Dunmere
    District Council"; `of` is the preposition that it belongs to."""
    shapes = _patterns(language)
    if found[0].lower() not in language.numbers.and_ or not shapes.noun_next.match(text, found.end()):
        return None
    return shapes.noun_before.search(text, start, found.start())


def _closed(text: str, language: Language, part: Span, target: Span, first: bool) -> Span:
    """Return a part without the marks at its ends, and the conjunctions there, unless its clause ends with them."""
    shapes = _patterns(language)
    inner, is_whole = trimmed(text, part, _EDGES), text[part.end - 1 : part.end + 1].strip(" ")[-1:] in _ENDS
    while first and (found := shapes.opens.match(text, inner.start, target.start)):
        inner = Span(found.end(), inner.end)
    while not is_whole and (found := shapes.dangles.search(text, target.end, inner.end)):
        inner = trimmed(text, Span(inner.start, found.start()), _EDGES)
    return Span(min(inner.start, target.start), max(inner.end, target.end))


@cache
def _joins(language: Language) -> frozenset[str]:
    """Return the words after which a clause or phrase may stand by itself: and, while."""
    return speech(language).joins | speech(language).besides


@cache
def _stop(language: Language) -> frozenset[str]:
    """Return the words that say nothing by themselves."""
    words = speech(language)
    return frozenset(worth(language).stop | words.articles | words.prepositions | language.breaks)


@cache
def _patterns(language: Language) -> Patterns:
    words, of = speech(language), worth(language).of
    prepositions, articles = set(words.prepositions) - of, set(words.articles) | set(language.speakers.indefinite)
    joins = set(_joins(language))
    conjunctions = set(language.speakers.conjunctions)
    name = "" if words.nouns_have_capitals else r"|(?-i:[A-Z])[\w’'-]+"
    opening = joins | conjunctions | (language.breaks & words.relative - articles)
    return Patterns(
        size_of=rf"(?<!\w){any_of(articles)}{GAP}(?P<noun>(?:[^\W\d_]+{GAP})?[^\W\d_]+){GAP}{any_of(of)}{GAP}$",
        article=rf"(?<!\w){any_of(articles)}{GAP}$",
        noun_behind=rf"-?{GAP}?[^\W\d_]+"
        if not words.nouns_have_capitals
        else rf"(?:{GAP}[a-zäöüß]\w+){{0,2}}{GAP}(?-i:[A-ZÄÖÜ])\w+",
        told=rf"(?<!\w){any_of(words.verbs)}(?:{GAP}[\w’'-]+){{0,4}}{GAP}{any_of(conjunctions)}(?!\w)"
        rf"|(?<!\w){any_of(set(words.pronouns))}{GAP}{any_of(words.verbs)}{GAP}(?={any_of(articles)}(?!\w))",
        sign=rf"(?:{any_of(worth(language).currencies)}){GAP}?$",
        join=rf"(?<!\w){any_of(joins)}(?!\w)",
        phrase=rf"(?<!\w){any_of(prepositions | joins | language.breaks)}(?!\w)",
        bare=rf"(?:{any_of(set(words.prepositions))}(?:{GAP}{any_of(articles)})?)?",
        opens=rf"{any_of(opening)}{GAP}+|{any_of(words.verbs)}{GAP}+(?:{any_of(conjunctions)}{GAP}+)?(?={any_of(articles)}(?!\w)|[^,]+,)",
        auxiliary=rf"(?<!\w){any_of(words.modals | words.passive)}(?!\w)",
        led=rf"{any_of(prepositions)}{GAP}(?=(?:[^\W\d_]+{GAP}){{1,2}}{any_of(of)}{GAP})",
        behind=rf"{GAP}{any_of(prepositions)}{GAP}(?={any_of(articles)}?{GAP}?[^\W\d_])",
        noun_before=rf"(?<!\w)(?:(?P<of>{any_of(set(words.prepositions))}){GAP})?(?:{any_of(articles)}{GAP}(?:[^\W\d_]+{GAP})?[^\W\d_]+{name}){GAP}$",
        noun_next=rf"{GAP}(?:{any_of(articles)}{GAP}[^\W\d_]|(?-i:[A-ZÄÖÜ])\w)",
        dangles=rf"(?<!\w){any_of(prepositions | joins | language.breaks | articles | of)}$",
    )
