"""The words that credit a quotation, and the subjects of the verbs of speech among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.text.word_lists import SpeakerWords

_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_PARTS = ",;:—–-()،、，"
_BELONGS = ("by", "for", "from", "of")
"""Words before a noun that belongs to the one before them: "a voice from the benches"."""
_LONGEST = 6
"""Words of a description that are looked through for its article."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of crediting words."""

    text: str
    """Without the ending of a genitive."""
    start: int
    parted: bool = False
    """Whether a comma or another mark stands between it and the word before."""
    owner: bool = False
    """Whether it is a genitive: in "the student’s mother" the student does not speak."""

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        """Whether it is written like a name."""
        return self.text[:1].isupper()


def words_of(text: str) -> list[Word]:
    """The words of a text, genitives without their ending."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.group() not in ("s", "S"):
            found.append(Word(match.group(), match.start(), any(mark in _PARTS for mark in text[end : match.start()])))
        elif found and text[end : match.start()] in ("'", "’"):
            found[-1] = replace(found[-1], owner=True)
        end = match.end()
    return found


def subjects(words: Sequence[Word], rules: SpeakerWords) -> Iterator[Sequence[Word]]:
    """The subject of each verb of speech: the words before it, or else those after it."""
    for at, word in enumerate(words):
        if word.low not in rules.verbs:
            continue
        before = at - 1
        while before >= 0 and (words[before].low in rules.between or words[before].low.endswith("ly")):
            before -= 1
        earlier, later = _run_before(words, before, rules), run_after(words, at + 1, rules)
        if word.parted and rules.nouns_have_capitals and later and later[0].capital and not later[0].parted:
            earlier = ()  # "sei der Abend gewesen, schwärmte Thal"
        elif word.parted:  # "Shah, prosecuting, said"
            earlier = _past_aside(words, at - 1, earlier, rules)
        if word.low in rules.participles:  # "habe er einem Dichter gesagt"
            auxiliary = next((n for n in range(at - 1, -1, -1) if words[n].low in rules.auxiliaries), None)
            inner = run_after(words, auxiliary + 1, rules) if auxiliary is not None else ()
            earlier = inner or (_run_before(words, auxiliary - 1, rules) if auxiliary is not None else ()) or earlier
        # "Gegenüber Rutte versicherte Selenskyj": a phrase with a particle before it is no subject where there is one.
        phrase = bool(earlier) and earlier[0].low in rules.particles
        phrase = phrase and earlier[0].low not in (*rules.articles, *rules.indefinite)
        phrase = phrase or (rules.nouns_have_capitals and _after_preposition(words, earlier, rules))
        if word.low in rules.inverting or (later and _is_object(earlier, later, rules)):
            earlier = ()
        if phrase and earlier and not later:  # "Rolf Tennhardt von der Universität Kiel sprach"
            earlier = _before_preposition(words, earlier, rules) or earlier
        yield later if later and (phrase or not earlier) else earlier


def subject_apart(words: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """The subject of the last clause, where that is its own: "with the mayor calling it", "wobei der Minister"."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].parted and words[at].low in rules.apart:
            return run_after(words, at + 1, rules)
        if words[at].low in rules.verbs or (words[at].parted and words[at].low in rules.absolute):
            return ()
        if words[at].low in rules.absolute:
            run = _run_before(words, at - 1, rules)
            first = next((n for n, word in enumerate(words) if run and word is run[0]), 0)
            return run if first and (words[first].parted or words[first - 1].low == "with") else ()
    return ()


def _is_object(before: Sequence[Word], behind: Sequence[Word], rules: SpeakerWords) -> bool:
    """Whether a thing before a verb is its object, and what is behind it the subject: "Die Zahlen nannte sie …"."""
    if not rules.nouns_have_capitals or not before:
        return False
    if behind[0].low not in rules.pronouns:  # "Ambergs Reise nannte Thal …"
        return len(before) > 1 and before[0].low.endswith("s") and before[1].capital and not behind[0].parted
    ends = tuple(noun for noun in rules.people | rules.bodies if len(noun) > 4)
    nouns = [word.low for word in before if word.capital]
    somebody = any(noun in rules.people or noun in rules.bodies or noun.endswith(ends) for noun in nouns)
    return before[0].low in (*rules.articles, *rules.indefinite) and not somebody


def _after_preposition(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> bool:
    """Whether a noun belongs to a preposition: "In einem offenen Brief nennt der Verein …"."""
    first = next((at for at, word in enumerate(words) if word is run[0]), 0) if run else 0
    for word in reversed(words[max(first - 3, 0) : first]):
        if word.capital and word is not words[0]:
            return False
        if word.low in rules.particles and word.low not in (*rules.articles, *rules.indefinite):
            return True
    return False


def _before_preposition(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """The name before the preposition that a noun belongs to."""
    last = next((at for at, word in enumerate(words) if word is run[0]), 0)
    while last > 0 and words[last].low in (*rules.particles, *rules.articles):
        last -= 1
    first = last + 1
    while first > 0 and words[first - 1].capital and not words[min(first, last)].parted:
        first -= 1
    return words[first : last + 1] if last > first else ()


def _past_aside(words: Sequence[Word], last: int, direct: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """The subject before an aside between commas that ends at a word; a name in the aside tells more than a noun."""
    first = next((at for at in range(last, 0, -1) if words[at].parted), 0)
    outer = _run_before(words, first - 1, rules) if first else ()
    noun = bool(outer) and outer[0].low in (*rules.articles, *rules.indefinite)
    return direct if direct and (not outer or (noun and words[first].capital)) else outer


def _run_before(words: Sequence[Word], last: int, rules: SpeakerWords) -> Sequence[Word]:
    """A pronoun, a name, or a description with its article, that ends at a word."""
    if last < 0:
        return ()
    if words[last].low in rules.pronouns:
        return words[last : last + 1]
    described = _described(words, last, rules)
    if described:
        return described
    run: list[Word] = []
    for word in reversed(words[: last + 1]):
        if not (word.capital or (run and word.low in rules.particles)):
            break
        run.insert(0, word)
        if word.parted:
            break
    return _from_capital(run)


def _described(words: Sequence[Word], last: int, rules: SpeakerWords) -> Sequence[Word]:
    """A description that ends at a word, from its article on; nothing where it has none."""
    for first in range(last, max(last - _LONGEST, -1), -1):
        if words[first].low in (*rules.articles, *rules.indefinite):
            wider = first > 1 and not rules.nouns_have_capitals and words[first - 1].low in _BELONGS
            outer = _described(words, first - 2, rules) if wider and not words[first].parted else ()
            return words[first - 1 - len(outer) : last + 1] if outer else words[first : last + 1]
        if words[first].parted or words[first].low in (*rules.verbs, *rules.pronouns):
            break
    return ()


def run_after(words: Sequence[Word], first: int, rules: SpeakerWords) -> Sequence[Word]:
    """The same that begins at a word."""
    if first < len(words) and words[first].low in rules.pronouns:
        inverted = rules.nouns_have_capitals or first + 1 == len(words)  # "said he had" has no subject here
        return words[first : first + 1] if inverted else ()
    if first < len(words) and words[first].low in (*rules.articles, *rules.indefinite):
        return words[first : first + 5]
    run: list[Word] = []
    for word in words[first:]:
        if not (word.capital or (run and word.low in rules.particles)) or (run and word.parted):
            break
        run.append(word)
    return _from_capital(run[::-1])[::-1]


def _from_capital(run: list[Word]) -> list[Word]:
    """The words from the first that is written like a name on: particles stand between names only."""
    first = next((at for at, word in enumerate(run) if word.capital), len(run))
    return run[first:]
