"""Rules on what prose says of commenters: each sentence rests on comments, and words for how many agree with them.

`RUBRIC` is what the method page publishes and docs/manual/numbers.md explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from msgspec import Struct

from briefing.check.grounds import grounds
from briefing.check.sentences import Authored, Sentence, authored, split
from briefing.model import Briefing, Theme
from briefing.model.places import Problem, Span
from briefing.model.prose import Citation
from briefing.text import Language, Quantity, language, quantities
from briefing.text.language_rules import GAP, Patterns, any_of
from briefing.text.openings import COUNT, kinds_in
from briefing.text.units import PERCENT, counts_something

Test = Callable[[int, int], bool]
"""Whether a word agrees with so many comments out of so many."""

RUBRIC: Mapping[str, Test] = {
    "all": lambda cited, whole: cited == whole >= 2,
    "nearly-all": lambda cited, whole: Fraction(4, 5) * whole <= cited < whole,
    "most": lambda cited, whole: whole < 2 * cited and whole >= 3,
    "half": lambda cited, whole: whole == 2 * cited,
    "about-half": lambda cited, whole: 2 * whole <= 5 * cited <= 3 * whole,
    "minority": lambda cited, whole: 0 < 2 * cited < whole,
    "many": lambda cited, whole: cited >= 5 and 3 * cited >= whole,
    "several": lambda cited, whole: cited >= 3,
    "some": lambda cited, whole: 2 <= cited < whole,
    "a-few": lambda cited, whole: 2 <= cited <= 5 and cited < whole,
    "few": lambda cited, whole: 0 < 4 * cited <= whole,
    "both": lambda cited, whole: cited == 2,
    "two": lambda cited, whole: cited == 2,
    "one": lambda cited, whole: cited == 1,
    "neither": lambda cited, whole: cited == 2,
    "none": lambda cited, whole: cited == whole > 0,
}
"""By the name of its line: what a word for how many means. What is said of none, rests on the whole."""


class Quantified(Struct, frozen=True):
    """A word or number that says how many commenters say something."""

    span: Span
    """In the laid words of its paragraph."""
    line: str
    """The line of the rubric; empty for a number."""
    number: Decimal | None = None
    """How many, or their share where `share` says so."""
    share: bool = False
    of: int | None = None
    """The whole, where the sentence names it ("two of five")."""
    excepted: int | None = None
    """How many are left out of all ("all but two"); 0 where that is left open ("all but a few")."""


def counted(briefing: Briefing, sentence: Sentence, rules: Language) -> tuple[Quantified, ...]:
    """Return the words of a sentence that say how many commenters there are, where it rests on comments."""
    known = grounds(briefing)
    if not any(known[id].comments for id in sentence.cited if id in known):
        return ()
    return _quantified(sentence, rules)


@lru_cache(maxsize=1024)
def _quantified(sentence: Sentence, rules: Language) -> tuple[Quantified, ...]:
    # most sentences have no word for how many, and the patterns for these are the largest of a language
    worded = kinds_in(sentence.laid.text, rules) & COUNT
    said = (*_exceptions(sentence, rules), *_words(sentence, rules)) if worded else ()
    found = [*said, *_numbers(sentence, rules)]
    found.sort(key=lambda one: (one.span.start, -one.span.end))
    return tuple(one for at, one in enumerate(found) if not any(o.span.holds(one.span) for o in found[:at]))


# --- finding them -----------------------------------------------------------------------------------------------


@cache
def _patterns(rules: Language) -> Patterns:
    """Return the patterns for how many commenters a sentence says there are.

    `whom` is what follows a quantifier of comments: their noun, or a verb where it stands for them. `left_out` is how
    many are left out, behind "all" and their noun ("all readers but two"), `left_out_first` the same before "all"
    ("except for two, all readers"), `left_out_last` the same at the end of a clause ("all praise it, except two").
    `clause` is what is before a quantifier that may mean commenters by itself, `either` what is before the second of
    two numbers one of which is meant, `ratio` what joins two numbers of which the second is no whole ("one in five").
    `begun` is what may be between a citation and a quantifier that begins the next clause, `ellipsis` what follows one
    that stands for commenters after a citation ("one the ferry [@c4]").
    """
    words, small = rules.quantifiers, rules.stated.small
    of_them, out_of = (any_of(group).replace(r"\ ", GAP) for group in (words.of_them, words.out_of))
    adjective = rf"(?!{any_of(rules.stated.function)}(?!\w))[^\W\d_]+"
    noun = rf"(?:{of_them}{GAP})?(?:{adjective}{GAP}){{0,2}}?{any_of(words.nouns)}(?!\w)"
    verb = rf"{any_of(words.verbs)}(?!\w)"
    number = rf"(?:{any_of(small)}|\d+)"
    after_comma = any_of(word for word in words.except_ if word not in words.clauses).replace(r"\ ", GAP)
    except_, left = any_of(words.except_).replace(r"\ ", GAP), any_of((*small, *words.excepted)).replace(r"\ ", GAP)
    left = rf"(?P<left>{left}|\d+)(?!\w)(?!{GAP}?%)"
    everyone = any_of(word for word, line in words.counts.items() if line in ("all", "none")).replace(r"\ ", GAP)
    return Patterns(
        word=rf"(?<![\w-]){any_of(words.counts)}(?![\w-])".replace(r"\ ", GAP),
        whom=rf"{GAP}(?:(?P<noun>{noun})|(?P<verb>{verb})|(?P<them>{of_them})(?={GAP}{verb}|[.,;:]))",
        of_whole=rf"{GAP}(?P<out>{out_of}){GAP}(?P<whole>{number})(?!\w)(?!{GAP}?%)",
        negated=rf"(?<!\w){any_of(words.negations)}{GAP}$".replace(r"\ ", GAP),
        either=rf"\w{GAP}{any_of(words.or_)}{GAP}*$",
        ratio=rf"(?:{any_of(words.ratio)})".replace(r"\ ", GAP),
        begun=rf"[\s,;–—]*(?:{any_of(words.clauses)}{GAP})?(?:{any_of(words.further)}{GAP})?$",
        ellipsis=rf"{GAP}(?:{any_of((*rules.stated.function, *words.verbs))})(?!\w)|$",
        left_out=rf"(?:{GAP}{number}(?!\w))?(?P<noun>{GAP}{noun})?(?:{GAP}{except_}|,{GAP}{after_comma}){GAP}{left}",
        left_out_first=(
            rf"(?<!\w){except_}{GAP}{left}(?:{GAP}{noun})?(?=,|{GAP}{verb})[^.;:“„\"]{{0,80}}?(?<!\w){everyone}(?!\w)"
        ),
        left_out_last=(
            rf"[^.;:“„\"]{{0,120}}?(?:{GAP}|,{GAP}){after_comma}{GAP}{left}(?:{GAP}{noun})?"
            rf"(?={GAP}*(?:[.,;:!?)]|$))"
        ),
        clause=rf"(?:^|[.;:,–—(“„]|(?<!\w){any_of(words.clauses)}){GAP}*$",
    )


@cache
def _lines(rules: Language) -> Mapping[str, str]:
    """Return the line of the rubric that each word for how many stands for."""
    return {" ".join(word.split()): line for word, line in rules.quantifiers.counts.items()}


def _words(sentence: Sentence, rules: Language) -> Iterator[Quantified]:
    """Yield quantifiers before commenters, or by themselves at the beginning of a clause."""
    if not rules.quantifiers.counts:
        return
    patterns, text = _patterns(rules), sentence.laid.text
    for found in patterns.word.finditer(text, sentence.span.start, sentence.span.end):
        span, line = Span(*found.span()), _lines(rules)[" ".join(found.group().lower().split())]
        whole = patterns.of_whole.match(text, span.end) or _bare(text, span, line, rules)
        if line in ("all", "both") and patterns.negated.search(text, sentence.span.start, span.start):
            continue  # "not all" says no number
        if whole and patterns.ratio.fullmatch(whole["out"] if "out" in whole.groupdict() else ""):
            continue  # "one in three" is a share
        alone = found.group().lower() in rules.quantifiers.alone and _opens(text, span, sentence, rules)
        if whole or alone or _of_comments(text, span, sentence, rules) or _elliptic(span, sentence, rules):
            of = _integer(whole["whole"], rules) if whole else None
            yield Quantified(span, line, of=of)


def _exceptions(sentence: Sentence, rules: Language) -> Iterator[Quantified]:
    """Yield how many are left out of all: "all but two readers", "bis auf zwei loben alle", "all, except two"."""
    if not rules.quantifiers.except_:
        return
    patterns, text, end = _patterns(rules), sentence.laid.text, sentence.span.end
    for found in patterns.left_out_first.finditer(text, sentence.span.start, end):
        line = _lines(rules)[" ".join(_last_of(found.group().lower(), patterns).split())]
        yield _leaving_out(Span(*found.span()), line, found, text, patterns, rules)
    for found in patterns.word.finditer(text, sentence.span.start, end):
        line = _lines(rules)[" ".join(found.group().lower().split())]
        if line not in ("all", "none") or patterns.negated.search(text, sentence.span.start, found.start()):
            continue
        if behind := patterns.left_out.match(text, found.end(), end):
            span, by_itself = Span(found.start(), behind.end()), found.group().lower() in rules.quantifiers.alone
            if behind["noun"] or by_itself or _of_comments(text, span, sentence, rules):
                yield _leaving_out(span, line, behind, text, patterns, rules)
        elif _of_comments(text, Span(*found.span()), sentence, rules) and (
            behind := patterns.left_out_last.match(text, found.end(), end)
        ):
            yield _leaving_out(Span(*found.span()), line, behind, text, patterns, rules)


def _last_of(words: str, patterns: Patterns) -> str:
    """Return the last word for how many in some words."""
    return list(patterns.word.finditer(words))[-1].group()


def _leaving_out(
    span: Span, line: str, found: re.Match[str], text: str, patterns: Patterns, rules: Language
) -> Quantified:
    words = " ".join(found["left"].lower().split())
    left = rules.quantifiers.excepted.get(words)
    whole = patterns.of_whole.match(text, span.end)
    if whole:
        span = Span(span.start, whole.end())
    return Quantified(
        span,
        line,
        of=_integer(whole["whole"], rules) if whole else None,
        excepted=_integer(words, rules) if left is None else left,
    )


def _bare(text: str, span: Span, line: str, rules: Language) -> re.Match[str] | None:
    """Return the number in "all five want": the whole."""
    if line != "all":
        return None
    number = rf"{GAP}(?P<whole>{any_of(rules.stated.small)}|\d+)(?={GAP}{any_of(rules.quantifiers.verbs)}(?!\w))"
    return re.compile(number, re.I).match(text, span.end)


def _numbers(sentence: Sentence, rules: Language) -> Iterator[Quantified]:
    """Yield numbers before commenters: "two readers", "40% of the commenters", "two of five"."""
    if not rules.quantifiers.counts:
        return
    patterns, text = _patterns(rules), sentence.laid.text
    for one in quantities(text, rules):
        if not sentence.span.holds(one.span) or not _may_count_commenters(one):
            continue
        if patterns.either.search(text, sentence.span.start, one.span.start):
            continue  # "one or two readers" says no number
        if found := _read_count(one, sentence, rules):
            yield found


def _may_count_commenters(one: Quantity) -> bool:
    """Return whether a number is a single one without a unit, or a share."""
    return len(one.values) == 1 and not one.date and (not one.unit or _is_share(one))


def _is_share(one: Quantity) -> bool:
    return one.unit == PERCENT or one.fraction


def _read_count(one: Quantity, sentence: Sentence, rules: Language) -> Quantified | None:
    """Return how many commenters a number says, by the words around it; None where it counts something else."""
    patterns, text = _patterns(rules), sentence.laid.text
    value = one.values[0] / 100 if one.unit == PERCENT else one.values[0]
    within = patterns.of_whole.search(one.span.of(text)) if one.fraction else None
    if within and not patterns.ratio.fullmatch(within["out"]):  # "two of five" was read as a share
        of = _integer(within["whole"], rules)
        return Quantified(one.span, "", value * of, of=of) if _of_comments(text, one.span, sentence, rules) else None
    if _of_comments(text, one.span, sentence, rules):
        return None if _is_meant(one, sentence, rules) else Quantified(one.span, "", value, _is_share(one))
    if behind := patterns.of_whole.match(text, one.span.end):  # "drei der fünf loben"
        if not _of_comments(text, Span(one.span.start, behind.end()), sentence, rules):
            return None
        return Quantified(one.span, "", value, of=_integer(behind["whole"], rules))
    return Quantified(one.span, "", value, _is_share(one)) if _elliptic(one.span, sentence, rules) else None


def _is_meant(one: Quantity, sentence: Sentence, rules: Language) -> bool:
    """Return whether a number by itself is what commenters speak of: "one doubts that six is right".

    It then has to be in what is cited, like any other.
    """
    words, text = rules.quantifiers, sentence.laid.text
    whom = _patterns(rules).whom.match(text, one.span.end)
    if whom is None or whom["noun"] or _is_share(one):
        return False
    before, verb = (text[sentence.span.start : one.span.start].lower().split() or [""])[-1], whom["verb"]
    return before in words.reporting or (one.values[0] != 1 and verb is not None and verb.lower() in words.singular)


def _opens(text: str, span: Span, sentence: Sentence, rules: Language) -> bool:
    """Return whether words are at the beginning of a sentence."""
    return not re.search(r"\w", text[sentence.span.start : span.start])


def _elliptic(span: Span, sentence: Sentence, rules: Language) -> bool:
    """Return whether a quantifier begins a clause after a citation and has one itself: "five agree [@…], one does not".

    A number that counts something is none: "[@c1], two buses".
    """
    patterns, text = _patterns(rules), sentence.laid.text
    before = [at for at, _ in sentence.citations if sentence.span.start < at <= span.start]
    if not before or not any(at >= span.end for at, _ in sentence.citations):
        return False
    if not patterns.begun.fullmatch(text, before[-1], span.start):
        return False
    return bool(patterns.ellipsis.match(text, span.end)) or (
        rules.stated.nouns_have_capitals and not counts_something(text, span.end, rules)
    )


def _of_comments(text: str, span: Span, sentence: Sentence, rules: Language) -> bool:
    """Return whether what is at a span counts commenters, by the words around it."""
    patterns = _patterns(rules)
    after = patterns.whom.match(text, span.end)
    if after is None:
        return False
    if after["noun"]:
        return True
    return bool(patterns.clause.search(text[sentence.span.start : span.start]))


def _integer(words: str, rules: Language) -> int:
    return rules.stated.small.get(words.lower()) or int(words)


# --- judging them -----------------------------------------------------------------------------------------------


class _Cited(Struct, frozen=True):
    """How many comments a quantifier may be about."""

    counts: tuple[int, ...]
    """Those of the citation that follows it, and those of its whole sentence."""
    wholes: tuple[int, ...]
    """The theme, or all comments."""


def wrong_quantifier(briefing: Briefing) -> Iterator[Problem]:
    """Words and numbers for how many commenters say something agree with the comments that are cited, by the rubric.

    The comments are those of the next citation, or of all before the next such word; where a colon opens a list, those
    of the whole sentence. The whole is the theme in its own summary, elsewhere the theme that is cited or all comments.
    """
    rules = language(briefing.language)
    if briefing.unread.lacks("comments"):  # nobody can count them
        return
    for field in authored(briefing):
        for sentence in split(briefing, field.prose):
            for one in counted(briefing, sentence, rules):
                cited = _cited(briefing, field, sentence, one, rules)
                if cited.counts and not _agrees(one, cited):  # else what it cites is unknown, which is said
                    at = field.prose.at.part(sentence.laid.span(one.span))
                    message, hint = _message(one, cited, sentence), _hint(one, cited)
                    yield Problem("wrong-quantifier", message, at, hint, sentence.words)


def _cited(briefing: Briefing, field: Authored, sentence: Sentence, one: Quantified, rules: Language) -> _Cited:
    known = grounds(briefing)
    groups = [[key.id for citation in group for key in citation.keys] for group in _groups(sentence, one, rules)]
    if not any(groups):
        groups = [list(sentence.cited)]
    sets = [{comment for id in ids if id in known for comment in known[id].comments} for ids in groups]
    return _Cited(tuple(dict.fromkeys(len(found) for found in sets if found)), _wholes(briefing, field, sentence, one))


def _groups(sentence: Sentence, one: Quantified, rules: Language) -> Iterator[list[Citation]]:
    """Yield the citation that follows a quantifier; those before the next one; after a colon those of the sentence."""
    following = [(at, citation) for at, citation in sentence.citations if at >= one.span.end]
    if not following:
        return
    yield [following[0][1]]
    others = [other.span.start for other in _quantified(sentence, rules) if other.span.start >= following[0][0]]
    yield [citation for at, citation in following if not others or at <= others[0]]
    if re.search(r"[:–—]", sentence.laid.text[one.span.end : following[0][0]]):
        yield [citation for _, citation in sentence.citations]


def _wholes(briefing: Briefing, field: Authored, sentence: Sentence, one: Quantified) -> tuple[int, ...]:
    everyone = len(briefing.comments)
    if field.theme:
        size = _size(field.theme)
        return (everyone, size) if one.of == everyone else (size,)
    themes = [theme for theme in briefing.themes if {theme.id, *theme.was} & set(sentence.cited)]
    return (*((_size(themes[0]),) if len(themes) == 1 else ()), everyone)


def _size(theme: Theme) -> int:
    return len({member.comment for member in theme.members})


def _agrees(one: Quantified, cited: _Cited) -> bool:
    if one.of is not None and one.of not in cited.wholes:
        return False
    wholes = (one.of,) if one.of is not None else cited.wholes
    return any(_fits(one, count, whole) for count in cited.counts for whole in wholes)


def _fits(one: Quantified, count: int, whole: int) -> bool:
    if one.excepted is not None:
        return _fits_without(one.line, one.excepted, count, whole)
    if one.line:
        return RUBRIC[one.line](count, whole)
    if one.number is None:
        return False
    if one.share:
        return whole > 0 and abs(Decimal(count) / whole - one.number) <= Decimal("0.005")
    return one.number == count


def _fits_without(line: str, excepted: int, count: int, whole: int) -> bool:
    """Return whether all but so many are cited; or, of "none but two", these two. "All but a few" are nearly all."""
    if line == "none":
        return count == excepted if excepted else RUBRIC["a-few"](count, whole)
    return 0 < count == whole - excepted if excepted else RUBRIC["nearly-all"](count, whole)


def _message(one: Quantified, cited: _Cited, sentence: Sentence) -> str:
    words = one.span.of(sentence.laid.text)
    counts = " or ".join(map(str, cited.counts))
    wholes = " or ".join(map(str, cited.wholes))
    where = "of the paragraph's last citation" if sentence.by_closing else "that are cited"
    return f"“{words}” does not agree with the comments {where}: {counts} of {wholes}"


def _hint(one: Quantified, cited: _Cited) -> str:
    count, whole = cited.counts[0], cited.wholes[0]
    right = [name.replace("-", " ") for name, test in RUBRIC.items() if test(count, whole) and name not in _NEGATIVE]
    if one.of is not None and one.of not in cited.wholes:
        return f"the whole is {' or '.join(map(str, cited.wholes))}: write “{count} of {whole}”"
    if one.excepted is not None:
        return f"for {count} of {whole} write “{count} of {whole}”, or leave out {whole - count}; or cite the others"
    if one.line in _NEGATIVE:
        return f"what is said of nobody rests on the whole: cite all {whole}, for example with the id of the theme"
    words = " or ".join(f"“{name}”" for name in right[:4]) or "a number"
    also = f", or the number {count}" if count != 1 else ""
    return f"for {count} of {whole} write {words}{also}; or cite the others too"


_NEGATIVE = ("none", "neither")


def ungrounded(briefing: Briefing) -> Iterator[Problem]:
    """Every sentence of a theme's summary cites a comment of the theme, or the theme."""
    comments = {id: comment.id for comment in briefing.comments for id in (*comment.was, comment.id)}
    for field in authored(briefing):
        theme = field.theme
        if theme is None:
            continue
        members = dict.fromkeys(member.comment for member in theme.members)
        mine = {theme.id, *theme.was, *members}
        for sentence in split(briefing, field.prose):
            if not mine & {comments.get(id, id) for id in sentence.own} and re.search(
                r"\w", sentence.span.of(sentence.laid.text)
            ):
                at = field.prose.at.part(sentence.laid.span(sentence.span))
                others = [id for id in sentence.own if id in comments]
                listed = "; ".join(f"@{id}" for id in list(members)[:6])
                hint = f"end it with the comments that say so, of these: [{listed}]"
                yield Problem("ungrounded", _ungrounded(others), at, hint, sentence.words)


def _ungrounded(others: list[str]) -> str:
    if others:
        return f"this sentence cites “{others[0]}”, which is not in the theme, and no comment that is"
    return "this sentence of the summary cites no comment of the theme"
