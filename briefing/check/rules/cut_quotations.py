"""The rule on quotations that stop before a “but” or a condition of their speaker.

Looked at is what the same speaker says right behind the quoted words: the rest of the sentence, also behind an
attribution that interrupts it, and how the next sentence begins. A condition counts in the same sentence alone. The
words of each language are in its JSON file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from briefing.anchor.diagnose import short
from briefing.check.attributed_prose import speaks
from briefing.check.quotation_bounds import turn_at
from briefing.model import Anchor, Briefing, Quotation
from briefing.model.places import Place, Problem, Span, in_marks
from briefing.text import Contrast, Language, Quoted, contrast, language, quoted, sentences

_PART = "[,;:–—-]"
_MARKS = "\"“”„«»‹›‘’'‚"
_GAP = 200
"""Code points of an attribution between two passages of one speaker."""


class Cut(Struct, frozen=True):
    """What follows quoted words and takes something of them back."""

    word: str
    words: str
    """From that word on, as far as its sentence goes."""
    same_sentence: bool


def cut_before_but(briefing: Briefing) -> Iterator[Problem]:
    """No quotation, and no words of a comment in a theme, stop where their speaker goes on with “but” or the like."""
    rules = language(briefing.source.language)
    comments = {comment.id: comment.text for comment in briefing.comments}
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor is None or quotation.status == "draft" or (anchor.comment and anchor.comment not in comments):
            continue
        text, parts = comments.get(anchor.comment, briefing.source.text), quotation.target.parts
        words = " […] ".join(part.selector.exact for part in parts)
        cut = _cut(_rest(briefing, quotation, anchor, text, rules), rules)
        yield from _problems(words, _denied(text, anchor.whole.start, rules), parts[0].at, cut, parts[-1].at)
        for part, before, after in zip(parts[1:], anchor.spans, anchor.spans[1:], strict=False):
            if left_out := _denial_between(text[before.end : after.start], rules):
                yield _leaves_out(words, left_out, part.at)
    for theme in briefing.themes:
        for member in theme.members if theme.status != "draft" else ():
            anchor = briefing.words.get((theme.id, member.comment))
            if anchor and member.words:
                text, at = comments.get(member.comment, ""), member.at.child("words")
                cut = _cut(_same_voice(text, Span(0, len(text)), anchor.whole.end, rules), rules)
                yield from _problems(member.words, _denied(text, anchor.whole.start, rules), at, cut, at)


def _problems(words: str, denied: str, start: Place, cut: Cut | None, end: Place) -> Iterator[Problem]:
    if denied:
        yield _begins_behind(words, denied, start)
    if cut:
        yield _problem(words, cut, end)


def _denied(text: str, start: int, rules: Language) -> str:
    """Return the negation right before quoted words, which they leave out."""
    before = re.search(r"([^\W_]+(?:[’'][^\W_]+)*)[ \u00a0]+$", text[max(start - 40, 0) : start])
    word = before[1].lower().replace("’", "'") if before else ""
    denies = word in contrast(rules).negations - _DOUBTFUL or word.endswith("n't")
    return before[1] if before and denies else ""


_DOUBTFUL = frozenset({"no", "noch", "kaum", "ohne", "without"})
"""Negations that often deny nothing of what is behind them: immer noch."""


def _denial_between(gap: str, rules: Language) -> str:
    """Return the negation of what follows it that a target leaves out between two parts: “would […] cost” of “would
    not cost”. What is set apart by punctuation denies nothing of that."""
    words = re.findall(r"[^\W_]+(?:[’'][^\W_]+)*", re.split(r"[^\w\s’'-]", gap)[-1])
    lower = [(word, word.lower().replace("’", "'")) for word in words]
    denials = contrast(rules).negations - _DOUBTFUL
    return next((word for word, low in lower if low in denials or low.endswith("n't")), "")


def _leaves_out(words: str, denied: str, at: Place) -> Problem:
    message = f"{in_marks(short(words))} leaves out a “{denied}” between its parts"
    return Problem("cut-before-but", message, at, f"show the “{denied}” in one of the parts", words)


def _begins_behind(words: str, denied: str, at: Place) -> Problem:
    message = f"{in_marks(short(words))} leaves out the “{denied}” right before it"
    return Problem("cut-before-but", message, at, f"begin the quotation with “{denied}”, or before it", words)


def _problem(words: str, found: Cut, at: Place) -> Problem:
    where = "its sentence goes on" if found.same_sentence else "the next sentence begins"
    message = f"{in_marks(short(words))} stops before a “{found.word}”: {where} {in_marks(short(found.words))}"
    hint = "quote as far as that goes, or show it in another part of the target"
    return Problem("cut-before-but", message, at, hint, words)


# --- what the speaker goes on to say ----------------------------------------------------------------------------


class _Rest(Struct, frozen=True):
    """What one voice says behind a quotation."""

    before: str
    """The words of the sentence as far as the quotation goes."""
    sentence: str
    """The rest of the sentence."""
    following: str
    """The next sentence."""


def _rest(briefing: Briefing, quotation: Quotation, anchor: Anchor, text: str, rules: Language) -> _Rest:
    end = anchor.whole.end
    if anchor.comment:
        return _same_voice(text, Span(0, len(text)), end, rules)
    turn = turn_at(briefing, anchor.whole)
    if quotation.kind == "reported":
        return _reported(text, end, rules)
    line = _line(text, end)
    passages = quoted(text, rules, line)
    own = next((each for each in passages if each.inner.start < end <= each.inner.end + 1), None)
    if own is None:
        return _same_voice(text, turn.span, end, rules) if turn else _Rest("", "", "")
    here = _same_voice(text, own.inner, end, rules)
    if here.sentence or here.following:
        return here
    return _Rest(here.before, *_goes_on(text, own.outer.end, passages, rules))


def _same_voice(text: str, span: Span, end: int, rules: Language) -> _Rest:
    """Return the rest of what one voice says without a break."""
    line = _line(text, end)
    within = Span(max(span.start, line.start), min(span.end, line.end))
    found = sentences(text, rules, within)
    at = next((number for number, each in enumerate(found) if each.start < end <= each.end), None)
    if at is None:
        return _Rest("", "", "")
    own = found[at]
    following = found[at + 1].of(text) if at + 1 < len(found) else ""
    return _Rest(text[own.start : end], _words(text[end : own.end]), following)


def _goes_on(text: str, end: int, passages: tuple[Quoted, ...], rules: Language) -> tuple[str, str]:
    """Return what the same speaker says behind an attribution: in the same sentence, or as the next one."""
    later = [each for each in passages if each.outer.start >= end][:1]
    if not later or later[0].outer.start - end > _GAP:
        return "", ""
    gap = text[end : later[0].outer.start]
    words = next((each.of(text) for each in sentences(text, rules, later[0].inner)), later[0].inner.of(text))
    stops = len(re.findall(r"[.!?](?:\s|$)", gap.strip()))
    if stops > 1 or not gap.strip(" ,.;:–—-"):
        return "", ""
    if not stops and gap.rstrip().endswith((",", "–", "—")):
        return f", {words}", ""
    return "", words if stops == 1 and gap.rstrip().endswith(".") and speaks(gap, rules) else ""


def _reported(text: str, end: int, rules: Language) -> _Rest:
    """Return the rest of the sentence in which something is reported, if nobody else speaks there."""
    line = _line(text, end)
    own = next((each for each in sentences(text, rules, line) if each.start < end <= each.end), None)
    rest = _words(text[end : own.end]) if own else ""
    if own is None or speaks(rest, rules):
        return _Rest("", "", "")
    return _Rest(text[own.start : end], rest, "")


def _line(text: str, at: int) -> Span:
    start = max(text.rfind(each, 0, at) for each in "\r\n") + 1
    ends = [found for each in "\r\n" if (found := text.find(each, at)) >= 0]
    return Span(start, min(ends, default=len(text)))


def _words(rest: str) -> str:
    return rest if any(letter.isalnum() for letter in rest) else ""


# --- whether it takes something back ----------------------------------------------------------------------------


def _cut(rest: _Rest, rules: Language) -> Cut | None:
    known = contrast(rules)
    if not known.words:
        return None
    found = _in_sentence(rest, rules, known) if rest.sentence else None
    if found:
        return found
    opened = _opening(rules).match(rest.following.lstrip(f" \t{_MARKS}")) if not rest.sentence else None
    if opened and not _idle(rest.following.lstrip(f" \t{_MARKS}"), known):
        return Cut(opened[1].lower(), rest.following.strip(), False)
    return None


def _in_sentence(rest: _Rest, rules: Language, known: Contrast) -> Cut | None:
    direct = _direct(rules).match(rest.sentence)
    if direct and not _idle(rest.sentence[direct.start(1) :], known):
        return Cut(direct[1].lower(), rest.sentence[direct.start(1) :], True)
    for turn in _turns(rules).finditer(rest.sentence):
        word = (turn["word"]).lower()
        before = f"{rest.before}{rest.sentence[: turn.start('word')]}".lower()
        parted = bool(re.search(rf"(?:^|{_PART}|[.!?])\s*(?:and\s+|und\s+)?[{_MARKS}]?$", before.rstrip(" ")))
        if word in known.parted and not parted:
            continue
        if _idle(rest.sentence[turn.start("word") :], known) or _after(before, known, parted):
            continue
        if any(pair in before for pair in known.pairs):
            continue
        return Cut(word, rest.sentence[turn.start("word") :], True)
    return _condition(rest, rules, known)


_ASKED = 5
"""Words between a verb of asking and its “if”."""


def _condition(rest: _Rest, rules: Language, known: Contrast) -> Cut | None:
    """Return a condition of the quoted words: in the same clause, or right behind a comma or dash."""
    found = _conditions(rules).match(rest.sentence)
    if found is None:
        return None
    words = rest.sentence[found.start("word") :]
    before = f"{rest.before}{rest.sentence[: found.start('word')]}".lower().replace("’", "'")
    ahead = re.findall(r"[\w'-]+", before)
    idle = _idle(words, known) or known.even & {*ahead[-1:]} or known.whether & {*ahead[-_ASKED:]}
    return None if idle else Cut(found["word"].lower(), words, True)


def _idle(words: str, known: Contrast) -> bool:
    """Return whether words begin with a phrase that takes nothing back."""
    lower = " ".join(words.lower().split())
    return any(re.match(rf"{re.escape(phrase)}(?!\w)", lower) for phrase in known.no_contrast)


def _after(before: str, known: Contrast, parted: bool) -> bool:
    """Return whether the word before makes a “but” something else: nothing but."""
    lower = " ".join(re.findall(r"[\w'-]+", before.replace("’", "'"))[-3:])
    return not parted and any(re.search(rf"(?<!\w){re.escape(phrase)}$", lower) for phrase in known.after)


@cache
def _turns(rules: Language) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(contrast(rules).words, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'-])(?P<word>{listed})(?![\w’'-])", re.I)


@cache
def _conditions(rules: Language) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(contrast(rules).conditions, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"[^,;:–—.!?]*?(?:[,–—]\s*[{_MARKS}]?)?(?<![\w’'-])(?P<word>{listed})(?![\w’'-])", re.I)


@cache
def _opening(rules: Language) -> re.Pattern[str]:
    known = contrast(rules)
    listed = "|".join(re.escape(word) for word in sorted(known.words | known.direct, key=len, reverse=True))
    return re.compile(rf"({listed})(?![\w’'-])", re.I)


@cache
def _direct(rules: Language) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(contrast(rules).direct)) or "(?!)"
    return re.compile(rf"\s*(?:{_PART}\s*)?({listed})(?![\w’'-])", re.I)
