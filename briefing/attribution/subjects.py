"""The words that credit a quotation, and the subjects of the verbs of speech among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from briefing.model.places import Span
from briefing.text import Language, Speech, joined, quoted
from briefing.text.word_lists import SpeakerWords

_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_PARTS = ",;:—–-()،、，"
_LONGEST = 6
"""Words of a description that are looked through for its article."""
_OFFICE = 2
"""Words without a capital of an office that begins with one: Dunmere library manager."""


class Word(Struct, frozen=True):
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
    """Return the words of a text, genitives without their ending."""
    return list(_words_of(text))


@lru_cache(maxsize=1024)  # the words that credit a quotation are looked at in several ways
def _words_of(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.group() not in ("s", "S"):
            between = text[end : match.start()]
            parted = between != " " and any(mark in _PARTS for mark in between)
            found.append(Word(match.group(), match.start(), parted))
        elif found and text[end : match.start()] in ("'", "’"):
            found[-1] = replace(found[-1], owner=True)
        end = match.end()
    return tuple(found)


def unquoted(text: str, rules: Language, within: Span) -> str:
    """Return the source's own words in a span."""
    passages = [passage.outer for passage in joined(quoted(text, rules, within))]
    edges = [within.start, *(edge for span in passages for edge in (span.start, span.end)), within.end]
    gaps = [Span(start, end) for start, end in list(pairwise(edges))[::2]]
    return " ".join(gap.of(text) for gap in gaps if gap.start < gap.end)


def is_noun(word: str, nouns: frozenset[str], rules: Speech) -> bool:
    """Return whether a word is one of some nouns; where nouns are compounded, also at the end of a longer word."""
    if not rules.nouns_have_capitals:
        return word in nouns or word[:1].lower() + word[1:] in nouns
    return _compounds(nouns).search(word) is not None


@cache
def _compounds(nouns: frozenset[str]) -> re.Pattern[str]:
    whole = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "(?!)"
    ends = "|".join(re.escape(noun.lower()) for noun in sorted(nouns) if len(noun) >= _COMPOUND) or "(?!)"
    return re.compile(rf"^(?:\w[\w-]*-)?(?:{whole})(?:s|es|n|e|en)?$|^[A-ZÄÖÜ][\w-]*\w(?:{ends})(?:s|es|n|e|en)?$")


_COMPOUND = 4
"""Letters that a noun must have to count at the end of a compound (Verkehrsministerin)."""


def subjects(words: Sequence[Word], rules: SpeakerWords) -> Iterator[Sequence[Word]]:
    """Yield the subject of each verb of speech: the words before it, or else those after it."""
    for at, word in enumerate(words):
        noun = rules.nouns_have_capitals and at and word.capital  # "nannte er das Schreiben"
        if word.low in rules.verbs and not noun:
            earlier, later = _subject_before(words, at, rules), run_after(words, at + 1, rules)
            later = () if later and later[0].parted else later  # "konterte, Kamp solle"
            yield _choose(words, word, earlier, later, rules)


def _choose(
    words: Sequence[Word], verb: Word, earlier: Sequence[Word], later: Sequence[Word], rules: SpeakerWords
) -> Sequence[Word]:
    """Return the one of two phrases around a verb that is its subject."""
    if _leads(verb, later, rules) or (later and _is_object(earlier, later, rules)):
        return later
    if not earlier or not _is_in_phrase(words, earlier, rules):
        return earlier or later
    return later or _before_preposition(words, earlier, rules) or earlier


def _leads(verb: Word, later: Sequence[Word], rules: SpeakerWords) -> bool:
    """Return whether a verb begins its clause: "so Thal", "sei der Abend gewesen, schwärmte Thal"."""
    inverted = verb.parted and rules.nouns_have_capitals and any(w.capital for w in later[:1])
    return inverted or verb.low in rules.inverting


def _subject_before(words: Sequence[Word], at: int, rules: SpeakerWords) -> Sequence[Word]:
    """Return the phrase before a verb, or beside its auxiliary, that may be its subject."""
    before = at - 1
    while before >= 0 and (words[before].low in rules.between or words[before].low.endswith("ly")):
        before -= 1
    earlier = _run_before(words, before, rules)
    if words[at].parted:  # "Shah, prosecuting, said"
        earlier = _past_aside(words, at - 1, earlier, rules)
    auxiliary = next((n for n in reversed(range(at)) if words[n].low in rules.auxiliaries), None)
    if words[at].low not in rules.participles or auxiliary is None:
        return earlier
    inner = run_after(words, auxiliary + 1, rules)  # "habe er einem Dichter gesagt"
    return inner or _run_before(words, auxiliary - 1, rules) or earlier


def _is_in_phrase(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> bool:
    """Return whether a phrase has a particle before it, and is no subject where there is another: "Gegenüber Rutte"."""
    if run[0].low in rules.particles and run[0].low not in (*rules.articles, *rules.indefinite):
        return True
    return rules.nouns_have_capitals and _after_preposition(words, run, rules)


def subject_apart(words: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """Return the subject of the last clause, where that is its own: "with the mayor calling it"."""
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
    """Return whether a thing before a verb is its object, and what is behind the subject: "Die Zahlen nannte sie …"."""
    if not rules.nouns_have_capitals or not before:
        return False
    if behind[0].low not in rules.pronouns:  # "Ambergs Reise nannte Thal …"
        return len(before) > 1 and before[0].low.endswith("s") and before[1].capital and not behind[0].parted
    ends = tuple(noun for noun in rules.people | rules.bodies if len(noun) > 4)
    nouns = [word.low for word in before if word.capital]
    somebody = any(noun in rules.people or noun in rules.bodies or noun.endswith(ends) for noun in nouns)
    return before[0].low in (*rules.articles, *rules.indefinite) and not somebody


def _after_preposition(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> bool:
    """Return whether a noun belongs to a preposition: "In einem offenen Brief nennt der Verein …"."""
    first = next((at for at, word in enumerate(words) if word is run[0]), 0) if run else 0
    for word in reversed(words[:first][-3:]):
        if word.capital and word is not words[0]:
            return False
        if word.low in rules.particles and word.low not in (*rules.articles, *rules.indefinite):
            return True
    return False


def _before_preposition(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """Return the name before the preposition that a noun belongs to."""
    last = next((at for at, word in enumerate(words) if word is run[0]), 0)
    while last > 0 and words[last].low in (*rules.particles, *rules.articles):
        last -= 1
    first = last + 1
    while first > 0 and words[first - 1].capital and not words[min(first, last)].parted:
        first -= 1
    return words[first : last + 1] if last > first else ()


def _past_aside(words: Sequence[Word], last: int, direct: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """Return the subject before an aside between commas; a name in the aside tells more than a noun."""
    first = max((at for at, word in enumerate(words) if at <= last and word.parted), default=0)
    outer = _run_before(words, first - 1, rules) if first else ()
    noun = bool(outer) and outer[0].low in (*rules.articles, *rules.indefinite)
    return direct if direct and (not outer or (noun and words[first].capital)) else outer


def _run_before(words: Sequence[Word], last: int, rules: SpeakerWords) -> Sequence[Word]:
    """Return a pronoun, a name, or a description with its article, that ends at a word."""
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
    """Return a description that ends at a word, from its article on; nothing where it has none."""
    for first in range(last, max(last - _LONGEST, -1), -1):
        if words[first].low in (*rules.articles, *rules.indefinite):
            wider = first > 1 and not rules.nouns_have_capitals and words[first - 1].low in rules.belonging
            if wider and words[first - 2].capital and not words[first].parted:
                return _run_before(words, first - 2, rules)  # "Ann Dole of the harbour trust"
            outer = _described(words, first - 2, rules) if wider and not words[first].parted else ()
            return words[first - 1 - len(outer) : last + 1] if outer else words[first : last + 1]
        if words[first].parted or words[first].low in (*rules.verbs, *rules.pronouns):
            break
    return ()


def run_after(words: Sequence[Word], first: int, rules: SpeakerWords) -> Sequence[Word]:
    """Return the same that begins at a word."""
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
    named = _behind_office(words, first + len(run), rules) if run else len(words)
    return run_after(words, named, rules) if named < len(words) else _from_capital(run[::-1])[::-1]


def _behind_office(words: Sequence[Word], at: int, rules: SpeakerWords) -> int:
    """Return where the name is behind an office that begins with a capital: "said Labour councillor Tom Reece"."""
    ends = (n for n in range(at, min(at + _OFFICE, len(words) - 1)) if words[n].low in rules.people)
    last = next(ends, len(words)) if not rules.nouns_have_capitals else len(words)
    within = words[at : last + 2]
    plain = all(not (word.capital or word.low in rules.particles) for word in within[:-1])
    is_named = plain and bool(within) and within[-1].capital and not any(word.parted or word.owner for word in within)
    return last + 1 if is_named else len(words)


def _from_capital(run: list[Word]) -> list[Word]:
    """Return the words from the first that is written like a name on: particles stand between names only."""
    first = next((at for at, word in enumerate(run) if word.capital), len(run))
    return run[first:]
