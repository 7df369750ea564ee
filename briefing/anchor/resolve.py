"""Anchor every target of a briefing: its spans, the attributions of its quotations, and the words of its themes.

What is not found, or found in several places, has a problem and no anchor; the stages behind go on without it.

Multipart: fit the parts of an interrupted target together, and say where the source interrupts them.

They are in the source's order, in one paragraph, with no other quoted words between them: a gap is a closing mark, an
attribution and an opening mark. Words may occur in several places; the rule chooses among them, and nothing else.

A passage is what one pair of quotation marks encloses, a turn, or a comment. Between two parts of one passage words of
the speaker were left out; between two passages are the source's own words, and whether the speaker said anything in
between is not known.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.anchor import diagnose
from briefing.anchor.characters import DOUBLE_QUOTES
from briefing.anchor.diagnose import LISTED, Diagnosis, Paste, Places, Texts, short
from briefing.anchor.find import find
from briefing.anchor.nearest import nearest
from briefing.attribution.crediting_words import Attribution, attribute
from briefing.model import (
    Anchor,
    Annotation,
    Briefing,
    Figure,
    Ignored,
    Match,
    MatchLevel,
    Member,
    Part,
    Quotation,
    Selector,
    Source,
    Target,
    text_at,
)
from briefing.model.places import Place, Problem, Span, in_marks
from briefing.text import Language, Quoted, joined, language, quoted

MOST_LISTED = 500
"""Ambiguous targets of which every place is listed with the selector for it, which takes milliseconds."""
EXAMINED = 100
"""Targets that are not found and whose nearest words are looked for. With more of them the source is the wrong one,
and looking for likeness would only keep the author waiting."""

_TRIMMED = DOUBLE_QUOTES + string.whitespace
_MOST_PIECES = 12
"""Words between ellipses, each of which is looked for; more are no sentence that somebody has shortened."""
_ELLIPSIS = re.compile(r"(?:(?<!\s)\s+)?(?:\[\s*)?(?:…|\.\s?\.\s?\.)(?:\s*\])?\s*")

Outcome = Anchor | Problem
Key = TypeVar("Key")


class _Work(Struct):
    """One run: the texts, and what has been read or done so far."""

    texts: Texts
    language: str
    rules: dict[str, JoinRules] = field(default_factory=dict)
    examined: int = 0
    listed: int = 0
    found: dict[tuple[str, Selector], tuple[Match, ...]] = field(default_factory=dict)

    def join_rules(self, comment: str) -> JoinRules:
        """Return the rules for the parts of targets in a text, which the first interrupted target needs."""
        if comment not in self.rules:
            self.rules[comment] = join_rules(self.texts.text(comment), language(self.language))
        return self.rules[comment]

    def find(self, comment: str, selector: Selector) -> tuple[Match, ...]:
        """Return where a selector is in a text, at most `LISTED` places; many annotations may be about the same."""
        asked = (comment, selector)
        if asked not in self.found:
            self.found[asked] = find(self.texts.text(comment), selector, LISTED)
        return self.found[asked]

    def has_enough(self) -> bool:
        """Return whether enough targets that are not found have been examined; counts one more."""
        self.examined += 1
        return self.examined > EXAMINED


def resolve(briefing: Briefing) -> tuple[Briefing, tuple[Problem, ...]]:
    """Return the briefing with `anchors`, `attributions` and `words`, and a problem for each target that has none.

    A theme's member whose comment does not exist is passed over: that is for `check` to say. So is a target in a
    comment that was not read: that has been said.
    """
    texts = Texts(briefing.source.text, {comment.id: comment.text for comment in briefing.comments})
    work = _Work(texts, briefing.source.language)
    annotations = [each for each in briefing.annotations if not _is_unread(briefing, texts, each.target)]
    targets = [(annotation.id, each) for annotation in annotations for each in _anchor_target(work, annotation)]
    members = list(_anchor_members(work, briefing))
    aside = [each for each in briefing.ignored if not _is_unread(briefing, texts, each.target)]
    ignored = [(entry.at, each) for entry in aside for each in _anchor_target(work, entry)]
    found = _anchored(targets)
    anchors = {
        annotation.id: read_passages(briefing, annotation, found[annotation.id])
        for annotation in annotations
        if annotation.id in found
    }
    resolved = replace(
        briefing,
        anchors=anchors,
        attributions=_find_attributions(briefing, anchors),
        words=_anchored(members),
        ignored_at=_anchored(ignored),
    )
    outcomes = [outcome for _, outcome in (*targets, *members, *ignored)]
    return resolved, tuple(outcome for outcome in outcomes if isinstance(outcome, Problem))


def _anchored(outcomes: Iterable[tuple[Key, Outcome]]) -> dict[Key, Anchor]:
    return {key: outcome for key, outcome in outcomes if isinstance(outcome, Anchor)}


def _is_unread(briefing: Briefing, texts: Texts, target: Target) -> bool:
    """Return whether a target is in a comment that may be there but was not read."""
    unknown = bool(target.comment) and target.comment not in texts.comments
    return unknown and briefing.unread.may_have(target.comment, "comments")


def _find_attributions(briefing: Briefing, anchors: dict[str, Anchor]) -> dict[str, Span]:
    """Return the source's crediting words, for the quotations that are in the source and have some."""
    credited = (
        (quotation.id, attribution_of(briefing.source, quotation, anchors[quotation.id]).span)
        for quotation in briefing.quotations
        if quotation.id in anchors and not anchors[quotation.id].comment
    )
    return {id: span for id, span in credited if span is not None}


def attribution_of(source: Source, quotation: Quotation, anchor: Anchor) -> Attribution:
    """Return the source's crediting words for an anchored quotation, or what is wrong with those that its author
    gives."""
    given = find(source.text, Selector(quotation.attribution)) if quotation.attribution else ()
    return attribute(source, quotation, anchor, [match.span for match in given])


def _anchor_target(work: _Work, annotation: Annotation | Ignored) -> tuple[Outcome, ...]:
    """Return the anchor of a target, or everything that is wrong with it."""
    target = annotation.target
    if target.comment and target.comment not in work.texts.comments:
        return (_unknown_comment(work, target, annotation.at.child("in")),)
    if len(target.parts) == 1:
        return (_anchor_whole(work, target, target.parts[0]),)
    return _anchor_parts(work, target)


def _unknown_comment(work: _Work, target: Target, at: Place) -> Problem:
    known = ", ".join(list(work.texts.comments)[: diagnose.SHOWN])
    more = " …" if len(work.texts.comments) > diagnose.SHOWN else ""
    hint = f"comments.yml has {known}{more}" if known else "comments.yml has no comments"
    return Problem("unknown-comment", f"there is no comment {in_marks(diagnose.short(target.comment))}", at, hint)


def _anchor_whole(work: _Work, target: Target, part: Part) -> Outcome:
    """Anchor a target in one piece, which may run over the end of a paragraph."""
    matches = work.find(target.comment, part.selector)
    if len(matches) == 1:
        return Anchor(matches, target.comment)
    if not matches:
        return _orphan_problem(work, target, part)
    return _ambiguity_problem(work, target, part, Places(matches, LISTED))


def _anchor_parts(work: _Work, target: Target) -> tuple[Outcome, ...]:
    """Anchor a target that the source interrupts: where its parts are together may tell where each of them is."""
    text = work.texts.text(target.comment)
    found = [find(text, part.selector) for part in target.parts]
    if not all(found):
        lost = (part for part, matches in zip(target.parts, found, strict=True) if not matches)
        return tuple(_orphan_problem(work, target, part) for part in lost)
    how = fit_parts(work.join_rules(target.comment), found)
    if how.chosen:
        return (Anchor(how.chosen, target.comment),)
    if how.open:
        return (_ambiguity_problem(work, target, target.parts[how.part], Places(how.open)),)
    return (_splice_problem(target.parts, how.part, how.because),)


def _splice_problem(parts: tuple[Part, ...], number: int, because: str) -> Problem:
    words = [f"{in_marks(diagnose.short(part.selector.exact))}" for part in parts]
    which = f"{words[number]} does not follow {words[number - 1]}: {because}" if number else f"{words[0]}: {because}"
    hint = (
        "the parts of a target are in the order of the source, in one paragraph, "
        "with nothing else quoted between them; make two annotations"
    )
    return Problem("spliced", which, parts[number].at, hint)


def _paste_for(target: Target) -> Paste:
    return partial(diagnose.target, comment=target.comment) if len(target.parts) == 1 else diagnose.part


def _orphan_problem(work: _Work, target: Target, part: Part) -> Problem:
    comment, selector = target.comment, part.selector
    if work.has_enough():
        return _as_problem("orphan", part.at, diagnose.unexamined(comment, selector))
    around = _around_ellipsis(work, comment, selector) if len(target.parts) == 1 else ()
    if around:
        return _as_problem("orphan", part.at, diagnose.left_out(work.texts, comment, selector, around))
    return _as_problem("orphan", part.at, diagnose.orphan(work.texts, comment, selector, _paste_for(target)))


def _around_ellipsis(work: _Work, comment: str, selector: Selector) -> tuple[Span, ...]:
    """Return where the words before and after an author's own ellipsis are, if they fit together in one way."""
    text = work.texts.text(comment)
    pieces = [piece for piece in _ELLIPSIS.split(selector.exact.strip(_TRIMMED)) if piece]
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return ()
    found = []
    for piece in pieces:
        matches = find(text, Selector(piece))
        near = None if matches else nearest(text, piece)
        found.append((Match(near.span, MatchLevel.EXACT),) if near else matches)
    chosen = fit_parts(work.join_rules(comment), found).chosen if all(found) else ()
    return tuple(match.span for match in chosen)


def _ambiguity_problem(work: _Work, target: Target, part: Part, places: Places) -> Problem:
    text = work.texts.text(target.comment)
    work.listed += 1
    if work.listed > MOST_LISTED:
        told = diagnose.ambiguous_words(target.comment, part.selector.exact, places)
    else:
        told = diagnose.ambiguous(text, target.comment, part.selector, places, _paste_for(target))
    return _as_problem("ambiguous", part.at, told)


def _as_problem(code: str, at: Place, told: Diagnosis) -> Problem:
    return Problem(code, told.message, at if told.part is None else at.part(told.part), told.hint)


def _anchor_members(work: _Work, briefing: Briefing) -> Iterator[tuple[tuple[str, str], Outcome]]:
    """Yield the words that put a comment into a theme; without words it is the whole comment, if it still has a
    text."""
    for theme in briefing.themes:
        for member in theme.members:
            text = work.texts.comments.get(member.comment)
            if text is not None and (text.strip() or member.words):
                yield (theme.id, member.comment), _anchor_member(work, member)


def _anchor_member(work: _Work, member: Member) -> Outcome:
    text, at = work.texts.text(member.comment), member.at.child("words")
    selector = Selector(member.words or text)
    matches = find(text, selector, LISTED)
    if len(matches) == 1:
        return Anchor(matches, member.comment)
    if matches:
        return _as_problem(
            "ambiguous", at, diagnose.ambiguous_words(member.comment, member.words, Places(matches, LISTED))
        )
    if work.has_enough():
        return _as_problem("orphan", at, diagnose.unexamined(member.comment, selector))
    return _as_problem("orphan", at, diagnose.orphan_words(work.texts, member.comment, member.words))


# --- multipart -------------------------------------------------------------------------------------------------------


Matches = Sequence[Match]

_LINE_END = re.compile(r"[\r\n]")
_WORD = re.compile(r"\w+")
_MARK = re.compile(f"[{DOUBLE_QUOTES}]")
_MANY = 2


class PartsFit(Struct, frozen=True):
    """How the parts fit together: in one way, in none, or in several."""

    chosen: tuple[Match, ...] = ()
    """One match for each part; empty unless there is exactly one way."""
    part: int = 0
    """The first part that fits in several places, or that does not fit behind the one before it."""
    open: tuple[Match, ...] = ()
    """The places in which that part fits; empty where there is none."""
    because: str = ""
    """Why it does not fit."""


class JoinRules(Struct, frozen=True):
    """What decides whether one part may follow another in a text."""

    text: str
    line_ends: tuple[int, ...]
    quoted: tuple[int, ...]
    """Where the words in quotation marks begin."""

    def reach(self, match: Match) -> int:
        """Return the last offset at which the next part may begin."""
        end = match.span.end
        return min(
            _first_not_before(self.line_ends, end, len(self.text)), _first_not_before(self.quoted, end, len(self.text))
        )

    def one_line(self, match: Match) -> bool:
        """Return whether a match lies in one paragraph."""
        return _first_not_before(self.line_ends, match.span.start, len(self.text)) >= match.span.end


def join_rules(text: str, language: Language) -> JoinRules:
    """Return what decides about parts in a text, read once for all its targets."""
    words = (
        word.start()
        for passage in quoted(text, language)
        for word in _WORD.finditer(text, passage.inner.start, passage.inner.end)
    )
    return JoinRules(text, tuple(end.start() for end in _LINE_END.finditer(text)), tuple(words))


def fit_parts(on: JoinRules, parts: Sequence[Matches]) -> PartsFit:
    """Choose one match for each part, if there is exactly one way to do so."""
    lines = [[match for match in matches if on.one_line(match)] for matches in parts]
    for number, matches in enumerate(lines):
        if not matches:
            return PartsFit(part=number, because="the words continue past the end of a paragraph")
    alive = _reachable_from_first(on, lines)
    for number, matches in enumerate(alive):
        if not matches:
            return PartsFit(part=number, because=_why_not(on, alive[number - 1], parts[number]))
    alive = _reachable_from_first(on, _leading_to_last(on, alive))
    for number, matches in enumerate(alive):
        if len(matches) >= _MANY:
            return PartsFit(part=number, open=tuple(matches))
    return PartsFit(chosen=tuple(matches[0] for matches in alive))


def _reachable_from_first(on: JoinRules, parts: Sequence[Matches]) -> list[list[Match]]:
    """Return the matches that can be reached from a match of the first part."""
    alive = [list(parts[0])]
    for matches in parts[1:]:
        starts = [match.span.start for match in matches]
        turns = [0] * (len(matches) + 1)
        for before in alive[-1]:
            turns[bisect_left(starts, before.span.end)] += 1
            turns[max(bisect_right(starts, on.reach(before)), bisect_left(starts, before.span.end))] -= 1
        alive.append([match for match, ways in zip(matches, accumulate(turns), strict=False) if ways])
    return alive


def _leading_to_last(on: JoinRules, parts: Sequence[Matches]) -> list[list[Match]]:
    """Return the matches from which a match of the last part can be reached."""
    finishing = [list(parts[-1])]
    for matches in reversed(parts[:-1]):
        starts = [match.span.start for match in finishing[0]]
        beyond = len(on.text) + 1
        finishing.insert(
            0, [match for match in matches if _first_not_before(starts, match.span.end, beyond) <= on.reach(match)]
        )
    return finishing


def _first_not_before(offsets: Sequence[int], at: int, otherwise: int) -> int:
    """Return the first of sorted offsets that is not before another."""
    index = bisect_left(offsets, at)
    return offsets[index] if index < len(offsets) else otherwise


def _why_not(on: JoinRules, before: Matches, after: Matches) -> str:
    """Return why no match can follow any of those before it, said of the two that come nearest."""
    ahead = [match for match in after if match.span.start >= before[0].span.end]
    if not ahead:
        overlap = after[-1].span.overlaps(before[0].span)
        return "the two overlap" if overlap else "it comes earlier"
    following = ahead[0].span
    last = [match for match in before if match.span.end <= following.start][-1].span
    if _first_not_before(on.line_ends, last.end, len(on.text)) < following.start:
        return "it is in another paragraph"
    word = _first_not_before(on.quoted, last.end, len(on.text))
    return f"other quoted words come between them: {in_marks(short(_MARK.split(on.text[word : following.start])[0]))}"


# --- passages ---------------------------------------------------------------------------------------------------


def read_passages(briefing: Briefing, annotation: Annotation, anchor: Anchor) -> Anchor:
    """Return the anchor with `interrupted` and `spoken`."""
    rules, text = language(briefing.source.language), text_at(briefing, anchor)
    at = None if anchor.comment else briefing.source.turn_at(anchor.whole)
    turn = at.speaker if at else ""
    if turn and isinstance(annotation, Quotation | Figure) and annotation.speaker == turn:
        return replace(anchor, spoken=True)
    marked = [
        next((each for each in joined(quoted(text, rules, span)) if each.inner.holds(span)), None)
        or (None if anchor.comment else _set_apart(briefing, span))
        for span in anchor.spans
    ]
    whole = bool(anchor.comment or turn)
    return replace(anchor, interrupted=_interruptions(marked, whole=whole), spoken=whole or all(marked))


def _set_apart(briefing: Briefing, span: Span) -> Quoted | None:
    block = briefing.source.set_apart_at(span)
    return Quoted(block, block) if block else None


def _interruptions(marked: Sequence[Quoted | None], *, whole: bool) -> tuple[int, ...]:
    """Return the parts that are in another passage than the part before them.

    In a turn or comment, which is a passage itself (`whole`), only marks on both sides make two passages.
    """
    pairs = enumerate(pairwise(marked), 1)
    return tuple(at for at, (before, after) in pairs if before != after and (not whole or (before and after)))
