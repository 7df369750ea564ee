"""Rules on what a quotation's crediting words belong to: a comment's own author, this passage, and one speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from briefing.anchor.diagnose import short
from briefing.anchor.resolve import attribution_of
from briefing.attribution.credit import Credit, called, credit, named, says, several_say
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.subjects import Word, unquoted, words_of
from briefing.check.credit_hints import chosen_with_credit, credited_within, example
from briefing.check.grounds import folded_name
from briefing.model import Anchor, Briefing, Quotation
from briefing.model.places import Problem, Span, in_marks, overlapping
from briefing.text import language, quoted


def comment_speaker(briefing: Briefing) -> Iterator[Problem]:
    """A quotation from a comment has nobody as speaker but the commenter; what a commenter reports may be another's."""
    authors = {comment.id: comment.author for comment in briefing.comments}
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if quotation.kind == "reported" or anchor is None or not anchor.comment:
            continue
        if quotation.speaker not in briefing.people:
            continue
        author, name = authors.get(anchor.comment, ""), briefing.people[quotation.speaker].name
        if folded_name(author) == folded_name(name):
            continue
        who = f"is by {in_marks(short(author))}" if author else "has no author"
        yield Problem(
            "wrong-speaker",
            f"these words are in the comment “{anchor.comment}”, which {who}: they are not by {name}",
            quotation.at.child("speaker"),
            f"take this quotation out, and show the words in a theme, as `words` of “{anchor.comment}”; "
            f"if {name} wrote the comment, say so there: `author: {name}`",
        )


def reported_without_credit(briefing: Briefing) -> Iterator[Problem]:
    """The words that credit a reported statement say that somebody speaks; else it is the source's own statement."""
    spoken = language(briefing.source.language)
    for quotation, anchor in _in_source(briefing):
        span = briefing.attributions.get(quotation.id)
        if quotation.kind != "reported" or span is None or not spoken.speakers.verbs:
            continue
        words = span.of(briefing.source.text)
        follows = briefing.source.text[span.end :].split(maxsplit=1)[:1]  # "Ada", where the target has "called it"
        able = " ".join((words, *follows)) if quotation.attribution else words
        if not says(able, spoken) and not _reports(briefing, quotation, words_of(words)):
            if not quotation.attribution and (own := credited_within(briefing, anchor)):
                yield chosen_with_credit(quotation, own)
                continue
            yield Problem(
                "attribution-missing",
                f"nothing beside these words says that anybody said them: {in_marks(short(words))} has no word for "
                "speaking",
                quotation.at.child("attribution" if quotation.attribution else "target"),
                "if the source says it itself, it is nobody’s statement: take this quotation out; otherwise give the "
                f"source’s words that credit it{example(briefing, quotation)}, as `attribution`",
            )


def _reports(briefing: Briefing, quotation: Quotation, words: Sequence[Word]) -> bool:
    """Return whether words report what somebody says, though by no verb of speech alone: by the mood of a verb
    ("habe"), "residents fear", or "are warning" beside the name of the speaker."""
    spoken = language(briefing.source.language)
    rules = spoken.speakers
    if any(word.low in rules.reporting for word in words) or several_say(words, spoken):
        return True
    speaker = called(briefing, rules).get(quotation.speaker)
    return speaker is not None and named(words, speaker) and any(word.low in rules.absolute for word in words)


def credit_of_another(briefing: Briefing) -> Iterator[Problem]:
    """Words that are given as `attribution` credit this quotation, and no other one."""
    rules = language(briefing.source.language).speakers
    if not rules.verbs or briefing.source.turns:
        return
    for quotation, anchor in _in_source(briefing):
        span = briefing.attributions.get(quotation.id)
        if not quotation.attribution or span is None:
            continue
        message = _own_credit(briefing, quotation, anchor, span) or _others_credit(briefing, quotation, anchor, span)
        if message:
            yield Problem(
                "attribution-misplaced",
                message,
                quotation.at.child("attribution"),
                "copy the words that credit this very quotation, or leave `attribution` out to have them found; "
                "and correct `speaker` if somebody else says it",
            )


def _own_credit(briefing: Briefing, quotation: Quotation, anchor: Anchor, given: Span) -> str:
    """Return what is wrong where the words beside a quotation credit somebody else than those that are given."""
    spoken = language(briefing.source.language)
    own = attribution_of(briefing.source, replace(quotation, attribution=""), anchor).span
    if own is None or own.overlaps(given) or not says(own.of(briefing.source.text), spoken):
        return ""
    found = _credit(briefing, own, own.start < anchor.whole.start)
    meant = {quotation.speaker, *quotation.via}
    if found.people and not found.people & meant and not found.pronoun:
        return (
            f"{in_marks(short(given.of(briefing.source.text)))} does not credit this quotation: "
            f"beside it the source says {in_marks(short(own.of(briefing.source.text)))}"
        )
    return ""


def _others_credit(briefing: Briefing, quotation: Quotation, anchor: Anchor, given: Span) -> str:
    """Return what is wrong where given words are in another paragraph and credit a passage there."""
    text, spoken = briefing.source.text, language(briefing.source.language)
    lines = briefing.source.lines
    line = next((lines[number] for number in overlapping(lines, given) if lines[number].holds(given)), None)
    if line is None or line.overlaps(anchor.whole):
        return ""
    for passage in quoted(text, spoken, line):
        credited = crediting_words(text, spoken, lines, [passage.inner]).span
        if credited is not None and credited.overlaps(given) and not passage.continues:
            there = short(passage.inner.of(text))
            return f"{in_marks(short(given.of(text)))} credits other words, in another paragraph: “{there}”"
    return ""


def two_speakers(briefing: Briefing) -> Iterator[Problem]:
    """Between two parts of a quotation nobody else begins to speak."""
    spoken = language(briefing.source.language)
    if not spoken.speakers.verbs or briefing.source.turns:
        return
    for quotation, anchor in _in_source(briefing):
        parts = zip(pairwise(anchor.spans), quotation.target.parts[1:], strict=True)
        for (before, after), part in parts:
            between = Span(before.end, after.start)
            words = unquoted(briefing.source.text, spoken, _between_marks(briefing, between))
            people = called(briefing, spoken.speakers)
            first, last = (credit(words, people, spoken.speakers, late) for late in (False, True))
            if _another(first, last, words, quotation):
                who = " or ".join(briefing.people[id].name for id in sorted(last.people)) or last.stranger
                yield Problem(
                    "wrong-speaker",
                    f"{in_marks(short(part.selector.exact))} is said by {who}, not by the speaker of the part before "
                    f"it: {in_marks(short(words))}",
                    part.at,
                    "make a quotation of its own of it, with its own `speaker`",
                )


def _between_marks(briefing: Briefing, between: Span) -> Span:
    """Return the words between two parts without the quotation marks at their ends."""
    text = between.of(briefing.source.text)
    left, right = len(text) - len(text.lstrip(_MARKS)), len(text) - len(text.rstrip(_MARKS))
    return Span(between.start + left, max(between.start + left, between.end - right))


_MARKS = " ,.;:!?…“”„\"«»‘’'"


def _another(first: Credit, last: Credit, words: str, quotation: Quotation) -> bool:
    """Return whether the last credit between two parts means somebody else than the first."""
    if first == last or not (first.people or first.stranger or first.pronoun) or not words:
        return False
    other = last.people or ({last.stranger} if last.stranger and last.sure else set())
    return bool(other) and not set(other) & {quotation.speaker, *quotation.via, *first.people}


def _credit(briefing: Briefing, span: Span, before: bool) -> Credit:
    rules = language(briefing.source.language).speakers
    return credit(span.of(briefing.source.text), called(briefing, rules), rules, before)


def _in_source(briefing: Briefing) -> Iterator[tuple[Quotation, Anchor]]:
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor is not None and not anchor.comment:
            yield quotation, anchor
