"""Rules on speakers in an article: the source credits a quotation to its speaker, and quotes within quotes have `via`.

Turns of a transcript have their own rule (`quotations.wrong_speaker`). In a language without verbs of speech
(`language.SpeakerWords`) nothing is checked, and the method page says so.

People: rules on people: everybody who is quoted is in people.yml, and has a role in the briefing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.anchor.diagnose import short
from briefing.attribution.coreference import referents
from briefing.attribution.credit import Credit, called, credit, mentions, named
from briefing.attribution.doubts import doubted
from briefing.attribution.rivals import may_be_unnamed
from briefing.attribution.subjects import Word, words_of
from briefing.attribution.unsaid import is_outcry
from briefing.check.attributed_prose import gives
from briefing.check.grounds import KnownIds
from briefing.check.quotation_bounds import passages_at, turn_at
from briefing.model import Anchor, Briefing, Quotation, Turn
from briefing.model.places import Place, Problem, Span, in_marks, overlapping
from briefing.text import language, speech
from briefing.text import named as text_named
from briefing.text.language_rules import Language
from briefing.text.word_lists import SpeakerWords

# --- people ----------------------------------------------------------------------------------------------------------


_TYPO = 0.85
"""How like a known id another must be to be that one misspelt: of eight letters one or two differ."""


def unknown_person(briefing: Briefing) -> Iterator[Problem]:
    """Everybody in the briefing's `people` is in people.yml, and every speaker, `via` and turn names one of these.

    `by` and `authors` are names of annotators, not ids, and are free. Who may be unread is nobody's mistake. Somebody
    in people.yml who has no role is named once: one line fixes it.
    """
    people = KnownIds(briefing.people, "people in people.yml")
    roles = KnownIds(briefing.roles, "people of this briefing")
    by_name = {person.name: id for id, person in briefing.people.items()}
    for id in briefing.roles:
        if id not in briefing.people and not briefing.unread.may_have(id, "people"):
            yield _not_in_people(people, id, briefing.at.child("people", id).key())
    first = dict(reversed(list(_named(briefing))))
    for id, at in dict.fromkeys(_named(briefing)):
        if not id or id in briefing.roles or briefing.unread.may_have(id, "roles"):
            continue
        if id not in briefing.people:
            yield _nowhere(roles, by_name.get(id, ""), id, at)
        elif first[id] == at:
            yield _not_in_briefing(briefing, id, at)


def _named(briefing: Briefing) -> Iterator[tuple[str, Place]]:
    """Yield every id of a person that the briefing uses, and where."""
    for turn in briefing.source.turns:
        yield turn.speaker, _place_of(briefing, turn)
    for quotation in briefing.quotations:
        yield quotation.speaker, quotation.at.child("speaker")
        yield from ((id, quotation.at.child("via", at)) for at, id in enumerate(quotation.via))
    for figure in briefing.figures:
        yield figure.speaker, figure.at.child("speaker")


def _place_of(briefing: Briefing, turn: Turn) -> Place:
    """Return the label in briefing.yml that a turn begins with, or `speaker` where it has none."""
    text = briefing.source.text
    label = text[max(text.rfind(end, 0, turn.span.start) for end in "\r\n") + 1 : turn.span.start].strip()
    return briefing.source.at.child("turns", label) if label else briefing.source.at.child("speaker")


def _not_in_people(people: KnownIds, id: str, at: Place) -> Problem:
    near = people.near(id)
    meant = f"did you mean “{near[0]}”? Otherwise " if near else ""
    return Problem(
        "unknown-person",
        f"“{id}” is not in people.yml",
        at,
        f"{meant}add to people.yml:\n\n{id}:\n  name: …",
    )


def _not_in_briefing(briefing: Briefing, id: str, at: Place) -> Problem:
    name = briefing.people[id].name
    return Problem(
        "unknown-person",
        f"“{id}” ({name}) is in people.yml, but not among the people of this briefing",
        at,
        f"say in briefing.yml who this was when the source was made:\n\npeople:\n  {id}: {{role: …}}",
    )


def _nowhere(roles: KnownIds, named: str, id: str, at: Place) -> Problem:
    """Return that nobody has an id; `named` is the id of whoever has it as a name."""
    if named:
        hint = f"people are named by their ids in people.yml: write “{named}”"
    else:
        new = re.sub("[^a-z0-9]+", "-", id.lower()).strip("-")
        hint = roles.hint(id)
        if not roles.near(id, _TYPO):
            hint += f"\nfor a new person add to people.yml:\n\n{new}:\n  name: …\n\nand to briefing.yml:\n\n"
            hint += f"people:\n  {new}: {{role: …}}"
    return Problem("unknown-person", f"nobody has the id “{id}” in this briefing or in people.yml", at, hint)


# --- speakers --------------------------------------------------------------------------------------------------------


_ENDS = ' \t\n,.;:!?—–-…()[]“”„"«»'
"""What is beside single quotation marks that are no apostrophes."""


def speakers_checked(briefing: Briefing) -> bool:
    """Return whether speakers can be compared with the source's crediting words in its language."""
    return bool(language(briefing.source.language).speakers.verbs)


# --- the speaker is whom the source credits ---------------------------------------------------------------------


def credited_to_speaker(briefing: Briefing) -> Iterator[Problem]:
    """The words that credit a quotation name its speaker, or refer to nobody but possibly the speaker.

    Only where a name is the subject of a verb of speech are they surely somebody else's. An office, a description or a
    pronoun is read by who is named before it, which may be misread: then the rule asks. Where a quotation has `via`,
    the words may name that person instead.
    """
    spoken = language(briefing.source.language)
    rules = spoken.speakers
    people = called(briefing, rules) if speakers_checked(briefing) and not briefing.source.turns else {}
    for quotation in briefing.quotations:
        span = briefing.attributions.get(quotation.id)
        if span is None or quotation.speaker not in people:
            continue
        if not quotation.via and _is_quoted(briefing, quotation):
            continue  # `via_missing` says so
        meant = {quotation.speaker, *quotation.via, _outer_speaker(briefing, quotation, briefing.anchors[quotation.id])}
        before = span.start < briefing.anchors[quotation.id].whole.start
        found = credit(span.of(briefing.source.text), people, rules, before)
        if _is_described(briefing, quotation, span, found):
            continue
        problem = (
            _called_out(briefing, quotation, meant)
            or _credited(briefing, quotation, span, found, meant)
            or _doubted(briefing, quotation, span, found)
        )
        if problem is None and found.refers and not found.people & meant:
            problem = _referred(briefing, quotation, span, found, meant)
        if problem:
            yield problem


def _is_described(briefing: Briefing, quotation: Quotation, span: Span, found: Credit) -> bool:
    """Return whether the source credits words to the description that is a speaker's name: "A taxi driver"."""
    rules, text = language(briefing.source.language).speakers, briefing.source.text
    article, _, description = briefing.people[quotation.speaker].name.partition(" ")
    if found.people or not description or article.lower() not in {*rules.articles, *rules.indefinite}:
        return False
    start = text.rfind("\n", 0, span.start) + 1 if _follows_stranger(briefing, span, found) else span.start
    called = rf"(?<!\w){re.escape(description)}(?!\w)"
    return re.search(called, text[start : span.end], re.IGNORECASE) is not None


def _follows_stranger(briefing: Briefing, span: Span, found: Credit) -> bool:
    """Return whether a pronoun can mean only somebody without a name whom its paragraph introduces: "a woman … she"."""
    text, spoken = briefing.source.text, language(briefing.source.language)
    gender, people = speech(spoken).pronouns.get(found.pronoun, ""), called(briefing, spoken.speakers)
    line = Span(text.rfind("\n", 0, span.start) + 1, span.start)
    alone = not any(mentions(words_of(line.of(text)), each, spoken.speakers) for each in people.values())
    return gender in ("m", "f") and alone and may_be_unnamed(text, spoken, gender, line)


def _words_before(briefing: Briefing, span: Span) -> str:
    text = briefing.source.text
    return in_marks(short(text[text.rfind("\n", 0, span.start) + 1 : span.end]))


def _called_out(briefing: Briefing, quotation: Quotation, meant: set[str]) -> Problem | None:
    """Return what to ask where words are what somebody in a crowd calls ("a cry of “Shame!”"), and their clause does
    not name the speaker behind them."""
    text, spoken, whole = briefing.source.text, language(briefing.source.language), briefing.anchors[quotation.id].whole
    start = whole.start - 1 if text[max(whole.start - 1, 0)] in _MARKS else whole.start
    behind = words_of(re.split("[,;.:\n]", text[whole.end : whole.end + _CLAUSE].lstrip(_ENDS))[0])
    people = called(briefing, spoken.speakers)
    if not is_outcry(text, spoken, start) or any(named(behind, people[id]) for id in meant if id in people):
        return None
    message = (
        f"is {briefing.people[quotation.speaker].name} the speaker? The words are called out, by nobody who is named"
    )
    hint = "leave the quotation out where the source does not say who called it"
    return Problem("speaker-not-named", message, quotation.at.child("speaker"), hint)


_CLAUSE = 100
"""Code points behind words that are called out in which whoever calls them is named."""
_MARKS = '“”„"‘’«»‹›'


def _credited(briefing: Briefing, quotation: Quotation, span: Span, found: Credit, meant: set[str]) -> Problem | None:
    """Return what is wrong with crediting words by what they say themselves."""
    words = f"{in_marks(short(span.of(briefing.source.text)))}"
    named_speaker = bool(found.people & meant)
    if named_speaker and not found.stranger:
        return None
    if found.unnamed and any(briefing.people[id].kind != "person" for id in meant if id in briefing.people):
        return None  # "a spokeswoman" may speak for a body
    if found.people and not named_speaker:
        sure = found.sure and not (found.stranger or _mentioned(briefing, span, meant))
        return _credited_to_others(briefing, quotation, words, _names(briefing, found.people), sure)
    if found.stranger:
        return _credited_to_stranger(briefing, quotation, words, found)
    if _introduces(briefing, span, found) and not _may_be(briefing, span, meant):
        return _introduces_somebody(briefing, quotation, words)
    return None if found.refers else _names_nobody(briefing, quotation, words)


def _credited_to_others(briefing: Briefing, quotation: Quotation, words: str, others: str, sure: bool) -> Problem:
    if sure:
        return _wrong(quotation, f"the source credits these words to {others}: {words}")
    return _asked(briefing, quotation, words, others)


def _introduces_somebody(briefing: Briefing, quotation: Quotation, words: str) -> Problem:
    message = f"is {briefing.people[quotation.speaker].name} the speaker? {words} introduces somebody without a name"
    hint = "leave the quotation out where nobody is named, or give the words that name the speaker as `attribution`"
    return Problem("speaker-not-named", message, quotation.at.child("speaker"), hint)


def _names_nobody(briefing: Briefing, quotation: Quotation, words: str) -> Problem:
    person = briefing.people[quotation.speaker]
    hint = "give the words that say who speaks, exactly as in the source, as `attribution`; or correct `speaker`"
    if person.kind == "person" and person.name.casefold() in words.casefold():
        hint = f"if {person.name} are a group or a body, say so in people.yml: `kind: organisation`; otherwise {hint}"
    return Problem(
        "speaker-not-named",
        f"the words that credit this quotation, {words}, neither name {person.name} nor refer to them",
        quotation.at.child("speaker"),
        hint,
    )


def _credited_to_stranger(briefing: Briefing, quotation: Quotation, words: str, found: Credit) -> Problem:
    if not found.sure:
        return _asked(briefing, quotation, words, f"“{found.stranger}”")
    message = f"the source credits these words to “{found.stranger}”, who is nobody of this briefing: {words}"
    return _wrong(quotation, message)


def _doubted(briefing: Briefing, quotation: Quotation, span: Span, found: Credit) -> Problem | None:
    """Return what to ask where words name the speaker but do not say that they speak, or refer to a body, no person."""
    spoken, person = language(briefing.source.language), briefing.people[quotation.speaker]
    people, words = called(briefing, spoken.speakers), span.of(briefing.source.text)
    if doubted(words, people[quotation.speaker], people, spoken):
        message = f"is {person.name} the speaker? {in_marks(short(words))} does not say that they say these words"
    elif found.body and person.kind == "person" and not quotation.via:
        message = f"is {person.name} the speaker? {in_marks(short(words))} means “{found.body}”, which is no person"
    else:
        return None
    hint = "read the passage again and correct `speaker`, or leave the quotation out; if you are right, allow it"
    return Problem("speaker-not-named", message, quotation.at.child("speaker"), hint)


def _introduces(briefing: Briefing, span: Span, found: Credit) -> bool:
    """Return whether crediting words introduce somebody without a name: "a resident, who had waited, said"."""
    spoken = language(briefing.source.language)
    words = words_of(span.of(briefing.source.text))
    owned = bool(words) and words[0].low in text_named(spoken).owners
    if found.pronoun or not found.refers or found.people or owned:
        return False
    first = [word for number, word in enumerate(words[:3]) if not any(each.parted for each in words[1 : number + 1])]
    somebody = gives(" ".join(word.text for word in first[1:]), frozenset(), spoken)
    return found.unnamed or bool(words and words[0].low in spoken.speakers.indefinite and somebody)


def _may_be(briefing: Briefing, span: Span, meant: set[str]) -> bool:
    """Return whether crediting words have a word of the speaker's name or office: "a harbour master said"."""
    rules = language(briefing.source.language).speakers
    people, words = called(briefing, rules), words_of(span.of(briefing.source.text))
    return any(mentions(words, people[id], rules) for id in meant if id in people)


def _mentioned(briefing: Briefing, span: Span, meant: set[str]) -> bool:
    """Return whether crediting words name the speaker, too, wherever they do."""
    people = called(briefing, language(briefing.source.language).speakers)
    words = words_of(span.of(briefing.source.text))
    return any(named(words, people[id]) for id in meant if id in people)


def _referred(briefing: Briefing, quotation: Quotation, span: Span, found: Credit, meant: set[str]) -> Problem | None:
    """Return what to ask where a pronoun or description seems to mean somebody else."""
    spoken, lines = language(briefing.source.language), briefing.source.lines
    people = called(briefing, spoken.speakers)
    before = referents(briefing.source.text, spoken, lines, span, found, people)
    if not before and briefing.people[quotation.speaker].kind == "person" and _follows_stranger(briefing, span, found):
        return _introduces_somebody(briefing, quotation, _words_before(briefing, span))
    if not before or before & meant:
        return None
    words = f"{in_marks(short(span.of(briefing.source.text)))}"
    told = words_of(briefing.source.text[: span.start])
    where = "just before" if any(named(told, people[id]) for id in before) else "further on"
    return _asked(briefing, quotation, words, f"{_names(briefing, before)}, named {where}")


def _wrong(quotation: Quotation, message: str) -> Problem:
    hint = "write who says it as `speaker`; where somebody else quotes them, say who as `via`"
    return Problem("wrong-speaker", message, quotation.at.child("speaker"), hint)


def _asked(briefing: Briefing, quotation: Quotation, words: str, who: str) -> Problem:
    """Return the question whether somebody else speaks, where crediting words seem to say so and may be misread."""
    return Problem(
        "speaker-not-named",
        f"is {briefing.people[quotation.speaker].name} the speaker? {words} seems to mean {who}",
        quotation.at.child("speaker"),
        "read the passage again and correct `speaker` if somebody else says it, or give the words that name the "
        "speaker as `attribution`",
    )


def _names(briefing: Briefing, ids: frozenset[str]) -> str:
    return " or ".join(f"{briefing.people[id].name} (“{id}”)" for id in sorted(ids))


# --- words within words -----------------------------------------------------------------------------------------


def via_missing(briefing: Briefing) -> Iterator[Problem]:
    """Words that are within another speaker's words have that speaker in `via`.

    They stand so where they lie in a quotation of another speaker; in quotation marks within a turn; and where the
    source's crediting words say that somebody quotes the speaker ("quoting Roosevelt’s statement that").
    """
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor is None or anchor.comment:
            continue
        outer = _outer_speaker(briefing, quotation, anchor)
        if outer and outer not in quotation.via:
            name = briefing.people[outer].name if outer in briefing.people else outer
            message = f"these words are within words of {name}, and `via` does not say so"
            yield _without_via(quotation, message, outer)
        elif not outer and not quotation.via and _is_quoted(briefing, quotation):
            words = short(briefing.attributions[quotation.id].of(briefing.source.text))
            message = f"“{words}” says that somebody quotes the speaker, and `via` does not say who"
            yield _without_via(quotation, message, "…")


def _outer_speaker(briefing: Briefing, quotation: Quotation, anchor: Anchor) -> str:
    """Return who else says the words around a quotation, where that is known; empty otherwise."""
    turn = turn_at(briefing, anchor.whole)
    if turn and any(passage.inner.holds(anchor.whole) for passage in passages_at(briefing, anchor.whole)):
        return turn.speaker if turn.speaker != quotation.speaker else ""
    nested = _within_single_marks(briefing, anchor)
    for other, around in _quotations_near(briefing, anchor.whole):
        if other.speaker == quotation.speaker or other.kind == "reported":
            continue
        if _lies_within(anchor, around) or (nested and _lies_in_marks(briefing, anchor, around)):
            return other.speaker
    return ""


def _quotations_near(briefing: Briefing, span: Span) -> Iterator[tuple[Quotation, Anchor]]:
    """Yield the quotations of the source in the paragraphs of a span and of the passages that it touches, in order."""
    whole = [span, *(passage.outer for passage in passages_at(briefing, span))]
    reach = Span(min(each.start for each in whole), max(each.end for each in whole))
    by_line = briefing.derive(_by_line)
    lines = overlapping(briefing.source.lines, reach)
    numbers = {number for line in lines for number in by_line.get(line, ())[:MOST_NEAR]}
    for number in sorted(numbers):
        yield briefing.quotations[number], briefing.anchors[briefing.quotations[number].id]


MOST_NEAR = 200
"""Quotations of a paragraph that each other one there is compared with: nobody quotes one paragraph more often."""


def _by_line(briefing: Briefing) -> Mapping[int, list[int]]:
    """Return the numbers of the quotations that touch each paragraph of the source."""
    found: dict[int, list[int]] = {}
    for number, quotation in enumerate(briefing.quotations):
        anchor = briefing.anchors.get(quotation.id)
        if anchor is not None and not anchor.comment:
            for line in overlapping(briefing.source.lines, anchor.whole):
                found.setdefault(line, []).append(number)
    return found


def _lies_within(anchor: Anchor, around: Anchor) -> bool:
    """Return whether words are part of those of another quotation."""
    return any(span.holds(anchor.whole) and span != anchor.whole for span in around.spans)


def _lies_in_marks(briefing: Briefing, anchor: Anchor, around: Anchor) -> bool:
    """Return whether another quotation lies between the quotation marks that words lie between."""
    return any(passage.inner.holds(around.whole) for passage in passages_at(briefing, anchor.whole))


def _within_single_marks(briefing: Briefing, anchor: Anchor) -> bool:
    """Return whether words lie in quotation marks within quotation marks."""
    text, rules = briefing.source.text, language(briefing.source.language)
    passages = [passage.inner for passage in passages_at(briefing, anchor.whole)]
    return any(mark.holds(anchor.whole) for passage in passages for mark in _single(text, rules, passage))


def _single(text: str, rules: Language, within: Span) -> Iterator[Span]:
    """Yield the passages in single quotation marks; a mark between letters is an apostrophe."""
    opened: tuple[int, str] | None = None
    closes = dict(rules.single)
    if not any(mark in closes for mark in set(within.of(text))):
        return
    for at in range(within.start, within.end):
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if opened and text[at] == opened[1] and after in _ENDS and before not in " \t\n":
            yield Span(opened[0] + 1, at)
            opened = None
        elif not opened and text[at] in closes and before in _ENDS and after not in " \t\n":
            opened = (at, closes[text[at]])


def _is_quoted(briefing: Briefing, quotation: Quotation) -> bool:
    """Return whether crediting words name the speaker after a verb of quoting."""
    rules, span = language(briefing.source.language).speakers, briefing.attributions.get(quotation.id)
    people = called(briefing, rules)
    words = words_of(span.of(briefing.source.text)) if span and quotation.speaker in people else []
    after = next((at for at, word in enumerate(words) if word.low in rules.quoting), len(words))
    if not words[after + 1 :] or (words[after].low in rules.verbs and not _somebody(words[:after], rules)):
        return False  # "recalled Roosevelt": he does so himself
    return named(words[after + 1 :], people[quotation.speaker])


def _somebody(words: Sequence[Word], rules: SpeakerWords) -> bool:
    """Return whether words have a subject: a name, a pronoun or a description."""
    return any(word.capital or word.low in (*rules.pronouns, *rules.articles, *rules.indefinite) for word in words)


def _without_via(quotation: Quotation, message: str, who: str) -> Problem:
    return Problem("via-missing", message, quotation.at.child("speaker"), f"say who quotes the speaker:\n\nvia: {who}")
