"""Rules on quotations: whether they are quoted, whole, and credited, as their labels say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.anchor.diagnose import short
from briefing.anchor.find import find
from briefing.anchor.resolve import attribution_of
from briefing.check.credit_hints import CreditedWithin, chosen_with_credit, credited_within, example
from briefing.check.quotables import NO_TRANSLATION, untranslated
from briefing.check.quotation_bounds import (
    Answer,
    Passage,
    at_end,
    at_start,
    begins,
    ends,
    passage_of,
    passages_at,
    turn_at,
)
from briefing.model import Anchor, Briefing, Quotation, Selector
from briefing.model.places import Problem, Span, in_marks

Piece = tuple[Passage, Span]
"""A part of a target in its passage."""
Pieces = Sequence[Piece]


def not_in_quotation_marks(briefing: Briefing) -> Iterator[Problem]:
    """Each part of a direct quotation or fragment lies inside one pair of double quotation marks, one block
    quotation or one turn.

    Words of a comment need no marks.
    """
    for quotation, anchor in _in_source(briefing, "direct", "fragment"):
        for part, span in zip(quotation.target.parts, anchor.spans, strict=True):
            if passage_of(briefing, span) is None:
                what, hint = _unquoted(briefing, span)
                message = f"{in_marks(short(part.selector.exact))} {what}, but is labelled {quotation.kind}"
                yield Problem("not-in-quotation-marks", message, part.at, hint)


def in_quotation_marks(briefing: Briefing) -> Iterator[Problem]:
    """No part of a reported statement lies inside quotation marks or half inside; it may hold a whole quotation."""
    for quotation, anchor in _in_source(briefing, "reported"):
        for part, span in zip(quotation.target.parts, anchor.spans, strict=True):
            whole = all(span.holds(passage.outer) for passage in passages_at(briefing, span))
            if not whole or briefing.source.set_apart_at(span):
                where = "a block quotation" if briefing.source.set_apart_at(span) else "quotation marks"
                message = f"{in_marks(short(part.selector.exact))} is labelled reported, but is in {where}"
                hint = "write `kind: direct` for whole sentences, `kind: fragment` for less; `reported` is for what "
                yield Problem("in-quotation-marks", message, part.at, hint + "the source tells in its own words")


def not_a_translation(briefing: Briefing) -> Iterator[Problem]:
    """No quotation is translated into the language that it is in: that would be words that the speaker never used."""
    for quotation in briefing.quotations:
        if quotation.translation and quotation.status != "draft" and untranslated(briefing, quotation):
            yield Problem(
                NO_TRANSLATION,
                f"source and briefing are in one language (“{briefing.source.language}”, “{briefing.language}”), so "
                f"{in_marks(short(quotation.translation.text))} is no translation but other words in the "
                "speaker's name",
                quotation.at.child("translation"),
                "take `translation` out; where the source is in another language, write that as `language` of `source`",
            )


def wording_not_found(briefing: Briefing) -> Iterator[Problem]:
    """Every part of the wording of another report is in an excerpt of that report, typography apart."""
    works = {reference.id: reference for reference in briefing.references}
    for quotation in briefing.quotations:
        for wording in quotation.wordings:
            excerpts = [excerpt.exact for excerpt in works[wording.cite].excerpts] if wording.cite in works else None
            for words in wording.words if excerpts is not None else ():
                if not any(find(excerpt, Selector(words)) for excerpt in excerpts or ()):
                    message = f"{in_marks(short(words))} is in no excerpt of “{wording.cite}”"
                    hint = "copy the words from an excerpt, or add the excerpt that has them to references.yml"
                    yield Problem("quotation-not-found", message, wording.at.child("words"), hint, words)


def not_a_fragment(briefing: Briefing) -> Iterator[Problem]:
    """A direct quotation begins and ends where sentences of its passage do, and a fragment does not do both.

    `extent` says what beginning and end are. Between the parts of a direct quotation no words of a sentence are left
    out but an attribution. Where that cannot be decided, both labels are right.
    """
    for quotation, anchor in _anchored(briefing, "direct", "fragment"):
        pieces = [(passage, span) for span in anchor.spans if (passage := passage_of(briefing, span, anchor.comment))]
        if len(pieces) < len(anchor.spans):
            continue
        fault, at = _less_than_sentences(pieces), quotation.at.child("kind")
        words = short(" […] ".join(part.selector.exact for part in quotation.target.parts))
        if quotation.kind == "direct" and fault:
            hint = "write `kind: fragment`, or let the target begin and end where its sentences do"
            yield Problem("not-a-fragment", f"“{words}” {fault}, so it is a fragment", at, hint)
        elif quotation.kind == "fragment" and _surely_whole(pieces):
            message = f"“{words}” begins and ends where sentences do, so it is no fragment"
            yield Problem("not-a-fragment", message, at, "write `kind: direct`")


def attribution(briefing: Briefing) -> Iterator[Problem]:
    """Every quotation in the source is credited there, in words outside quotation marks: `attribution` says how."""
    for quotation, anchor in _in_source(briefing, "direct", "fragment", "reported"):
        found = attribution_of(briefing.source, quotation, anchor)
        if found.problem == "attribution-misplaced":
            yield Problem(
                found.problem,
                f"{in_marks(short(quotation.attribution))} is in quotation marks, or not in the sentence of the "
                "quotation or beside it",
                quotation.at.child("attribution"),
                "copy the words that credit this very quotation, or leave `attribution` out to have them found",
            )
        elif found.problem == "attribution-missing" and quotation.attribution:
            yield Problem(
                found.problem,
                f"the attribution {in_marks(short(quotation.attribution))} is not in the source",
                quotation.at.child("attribution"),
                f"copy the words that credit it from the source{example(briefing, quotation)}",
            )
        elif found.problem == "attribution-missing" and (own := _credited_within(briefing, quotation, anchor)):
            yield chosen_with_credit(quotation, own)
        elif found.problem == "attribution-missing":
            yield Problem(
                found.problem,
                "the source's words that credit this quotation were not found beside it",
                quotation.at.child("target"),
                "say which they are, exactly as in the source:\n\nattribution: >-\n  …",
            )


def _credited_within(briefing: Briefing, quotation: Quotation, anchor: Anchor) -> CreditedWithin | None:
    return credited_within(briefing, anchor) if quotation.kind == "reported" else None


def wrong_speaker(briefing: Briefing) -> Iterator[Problem]:
    """A quotation from a turn, outside quotation marks in it, is by the speaker of the turn."""
    for quotation, anchor in _in_source(briefing, "direct", "fragment"):
        turn = turn_at(briefing, anchor.whole)
        quotes = any(passage.inner.holds(anchor.whole) for passage in passages_at(briefing, anchor.whole))
        if turn and not quotes and quotation.speaker and turn.speaker != quotation.speaker:
            yield Problem(
                "wrong-speaker",
                f"the source has these words in the turn of “{turn.speaker}”, not of “{quotation.speaker}”",
                quotation.at.child("speaker"),
                f"write `speaker: {turn.speaker}`",
            )


# --- what the rules ask -----------------------------------------------------------------------------------------


def _anchored(briefing: Briefing, *kinds: str) -> Iterator[tuple[Quotation, Anchor]]:
    for quotation in briefing.quotations:
        if quotation.kind in kinds and quotation.id in briefing.anchors:
            yield quotation, briefing.anchors[quotation.id]


def _in_source(briefing: Briefing, *kinds: str) -> Iterator[tuple[Quotation, Anchor]]:
    return ((quotation, anchor) for quotation, anchor in _anchored(briefing, *kinds) if not anchor.comment)


def _unquoted(briefing: Briefing, span: Span) -> tuple[str, str]:
    """Return what is said of words that are not inside one pair of quotation marks, and what to do."""
    touched = passages_at(briefing, span)
    if briefing.source.turns and not touched:
        return "is in no speaker's turn", "choose words that somebody says, or write `kind: reported`"
    if not touched:
        return "is not in quotation marks in the source", "where the source tells it in its own words: `kind: reported`"
    if len(touched) > 1:
        return "runs over several quotations", "make each a part of `target`, without the words between them"
    if touched[0].outer.holds(span):
        return "includes the quotation marks", "leave the marks out of the target: the page adds its own"
    return "is only partly in quotation marks", "choose words inside the marks, or write `kind: reported`"


def _less_than_sentences(pieces: Pieces) -> str:
    """Return what makes a target surely less than whole sentences; empty where nothing does."""
    (first, first_span), (last, last_span) = pieces[0], pieces[-1]
    if begins(first, first_span.start) == "no":
        return "begins in the middle of a sentence"
    if ends(last, last_span.end) == "no":
        return "ends in the middle of a sentence"
    if any(_leaves_out(before, after) == "yes" for before, after in pairwise(pieces)):
        return "leaves words of its sentence out between its parts"
    return ""


def _surely_whole(pieces: Pieces) -> bool:
    (first, first_span), (last, last_span) = pieces[0], pieces[-1]
    whole = begins(first, first_span.start) == ends(last, last_span.end) == "yes"
    return whole and all(_leaves_out(before, after) == "no" for before, after in pairwise(pieces))


def _leaves_out(before: Piece, after: Piece) -> Answer:
    """Return whether words of a sentence are missing between two parts; an attribution between two passages is none."""
    (passage, span), (next_passage, next_span) = before, after
    if passage.span != next_passage.span and at_end(passage, span.end) and at_start(next_passage, next_span.start):
        return "no"
    answers = {ends(passage, span.end), begins(next_passage, next_span.start)}
    return "yes" if "no" in answers else "maybe" if "maybe" in answers else "no"
