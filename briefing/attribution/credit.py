"""Whom crediting words mean: "Rutte said", "the minister told them", "he added".

Only what the words surely say is told. They may name somebody, by name or by an office that one person of the briefing
held; or refer to somebody by a pronoun or a description, who is then the person named last before, if any is. A person
is named by any part of the name, an organisation by its full name, its last two words or its initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from briefing.attribution.occupations import begins_with_verb
from briefing.attribution.subjects import Word, is_noun, run_after, subject_apart, subjects, words_of
from briefing.model import Briefing, Person
from briefing.model.places import Place
from briefing.text import Language, Speech, language, speech
from briefing.text.filing import untitled
from briefing.text.word_lists import SpeakerWords

_OWNED = re.compile(r"\w[’']s?\s+[^\W\dA-Z]")
"""What describes somebody by a genitive, without an article: "Ukraine’s president"."""
_SPELT = 85
"""Per cent of likeness from which two names are one name in two spellings ("Zelensky", "Zelenskyy")."""
_ROLES = re.compile(r"(?:(?<!\s)\s+)?(?:[,;/]|\band\b|\bund\b)\s*")
_PLURAL_OWNER = re.compile(r"(?<=s)[’'](?=\s)")
_ENDING = re.compile("(?:e[nrsm]?|[ns])$")
"""Of German nouns and of adjectives that are used as nouns: der Angeklagte, ein Angeklagter."""
_LONG_ENOUGH = 5
"""Letters from which a noun may be the end of a compound: "Minister" of "Außenminister"."""
_END_OF_BODY = 4
"""Letters from which a noun for a body may be the end of a compound: "Amt" is too short for "Hafenamt"."""
_INITIALS = 3
"""Letters of an abbreviation from which it names an organisation."""


class Called(Struct, frozen=True):
    """What a text may call somebody."""

    id: str
    names: frozenset[str]
    """Any of these words names the person; small letters."""
    phrases: frozenset[tuple[str, ...]]
    """Words in a row that name an organisation."""
    about: frozenset[str]
    """Every word of the name and of what the person was."""
    offices: tuple[tuple[str, ...], ...]
    """What a person was then, each as far as the first particle; or an organisation's name."""
    office: frozenset[str]
    """Of their words, those that tell what somebody is: "director" of "harbour department director"."""
    gender: str = ""
    """m or f where the first name or the role tells it, `it` for an organisation; empty where nothing tells it."""


def called(briefing: Briefing, rules: SpeakerWords) -> Mapping[str, Called]:
    """Return what the source may call each person who has a role in a briefing."""
    known = briefing.derive(_called_by_rules)
    if rules not in known:
        people = ((id, briefing.people[id]) for id in briefing.roles if id in briefing.people)
        spoken = language(briefing.source.language)
        known[rules] = {id: _called(person, briefing.roles[id], rules, spoken) for id, person in people}
    return known[rules]


def _called_by_rules(briefing: Briefing) -> dict[SpeakerWords, Mapping[str, Called]]:
    """Return where it is kept what the source may call each person, by the words of a language."""
    return {}


def called_in(briefing: Briefing, spoken: Language) -> Mapping[str, Called]:
    """Return what a text in some language may call them: the source, or the author's prose."""
    people = ((id, briefing.people[id]) for id in briefing.roles if id in briefing.people)
    return {id: _called(person, briefing.roles[id], spoken.speakers, spoken) for id, person in people}


def _gender(person: Person, role: str, said: Speech) -> str:
    """Return what the title or first name tells of the gender, or else a word of the role; empty for nothing."""
    if person.kind != "person":
        return "it"
    names = [name.rstrip(".") for name in person.name.split()]
    told = said.honorifics.get(names[0], "") if names else ""
    first = next((name for name in person.name.split() if name.rstrip(".") not in said.honorifics), "")
    told = told or next((sex for sex, known in said.first_names.items() if first in known), "")
    return told or _gender_of_role(role, said)


def _gender_of_role(role: str, said: Speech) -> str:
    nouns = [word.text for word in words_of(role) if word.capital or not said.nouns_have_capitals]
    for sex, ends in (("f", tuple(said.women)), ("m", tuple(said.men))):
        if any(noun.endswith(ends) for noun in nouns):
            return sex
    men = said.nouns_have_capitals and any(is_noun(noun, said.people, said) for noun in nouns if noun[-1:] != "e")
    return "m" if men else ""  # der Trainer, not die Trainerin nor die Vorsitzende


def called_as(name: str, role: str, body: bool, gender: str, spoken: Language) -> Called:
    """Return what a text may call somebody whose name is in it."""
    person = Person(name, name, "organisation" if body else "person", "", _NOWHERE)
    found = _called(person, role, spoken.speakers, spoken)
    return replace(found, gender=gender) if gender and not body else found


_NOWHERE = Place("")


@lru_cache(maxsize=1024)
def _called(person: Person, role: str, rules: SpeakerWords, spoken: Language) -> Called:
    own = person.name if person.kind != "person" else untitled(person.name)  # not every Dr is this one
    name, said = [word.low for word in words_of(own)], speech(spoken)
    offices_of = () if begins_with_verb(role, said) else _ROLES.split(_PLURAL_OWNER.sub("’s", role))
    heads = [head for part in offices_of if (head := _head(words_of(part), rules))]
    about = frozenset((*name, *_lows(words_of(role))))
    telling = [word for word in name if word not in rules.particles]
    if person.kind != "person":
        return _body_called(person, telling, about, [_head(words_of(person.name), rules), *heads])
    names, offices = frozenset(word for word in telling if len(word) > 1), tuple(map(_lows, heads))
    office = frozenset(low for head in heads for low in _telling(head, rules, said))
    return Called(person.id, names, frozenset(), about, offices, office, _gender(person, role, said))


def _body_called(
    person: Person, telling: Sequence[str], about: frozenset[str], heads: Sequence[Sequence[Word]]
) -> Called:
    name, offices = _lows(words_of(person.name)), tuple(map(_lows, heads))
    initials = "".join(word[0] for word in telling)
    names = frozenset({initials} if len(initials) >= _INITIALS else ())
    phrases = frozenset({name, name[-2:], name[:2]})
    return Called(person.id, names, phrases, about, offices, frozenset().union(*offices), "it")


def _lows(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.low for word in words)


def _telling(office: Sequence[Word], rules: SpeakerWords, said: Speech) -> Iterator[str]:
    """Yield the words of an office that tell what somebody is: its noun, and others that are nouns for people.

    A person is no body: "the council" is not the council leader. Nor is every former soldier the former mayor.
    """
    able = [word for word in office if not is_body(word, said)] or office
    if said.nouns_have_capitals:
        yield from (word.low for word in [word for word in able if word.capital] or able)
    else:
        yield from (word.low for word in able if word is office[-1] or word.low in rules.people)


def is_body(word: Word, said: Speech) -> bool:
    """Return whether a word is a noun for a body: council, Schulamt."""
    nouns = {noun.casefold() for noun in said.organisations}
    ends = tuple(noun for noun in nouns if len(noun) >= _END_OF_BODY) if said.nouns_have_capitals else ()
    return word.low in nouns or word.low.endswith(ends)


def _head(words: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """Return the words as far as the first particle, without those whose it is.

    In "Head of state at the summit" and "Ukraine’s head of state" only "Head" is what somebody is.
    """
    start = next((at for at, word in enumerate(words) if word.low not in rules.particles), 0)
    end = next((at for at in range(start, len(words)) if words[at].low in rules.particles), len(words))
    owner = max((at for at in range(start, end) if words[at].owner), default=-1)
    return words[owner + 1 if start <= owner < end - 1 else start : end]


def named(words: Sequence[Word], person: Called) -> bool:
    """Return whether words name somebody, in any spelling that is clearly the same name."""
    lows = [word.low for word in words]
    if any(tuple(lows[at : at + len(row)]) == row for row in person.phrases for at in range(len(lows))):
        return True
    return any(_same(word, name) for word in words if word.capital for name in person.names)


def by_office(words: Sequence[Word], person: Called) -> bool:
    """Return whether words have two words of an office next to each other, as in "the Secretary General"."""
    lows = [word.low for word in words]
    pairs = {pair for office in person.offices for pair in pairwise(office) if person.office & set(pair)}
    return any(pair in pairs for pair in pairwise(lows))


def mentions(words: Sequence[Word], person: Called, rules: SpeakerWords) -> bool:
    """Whether words may be about somebody at all: by a name, or by any word of an office."""
    return named(words, person) or any(_is_office(word, person, rules) for word in words)


def _same(word: Word, name: str) -> bool:
    """Return whether a word is a name, also with the s of a German genitive or in another transliteration."""
    return word.low in (name, name + "s") or (len(name) > 5 and fuzz.ratio(word.low, name) >= _SPELT)


class Credit(Struct, frozen=True):
    """What crediting words say."""

    people: frozenset[str]
    """Those whom they name as speaking; several where they leave it open."""
    refers: bool
    """Whether they refer to somebody named before, by a pronoun, a description or an office."""
    stranger: str
    """A name that they credit and that is nobody's in the briefing; empty where there is none."""
    pronoun: str = ""
    """The pronoun by which they refer; empty where they do it by other words."""
    unnamed: bool = False
    """Whether they credit somebody without a name ("a spokesman"), who may speak for a body."""
    reported: bool = False
    """Whether they are part of what somebody is reported to say ("Die Ministerin habe … gestellt")."""
    body: str = ""
    """The noun for a body that they describe somebody by ("the department"), where they name nobody."""
    sure: bool = False
    """Whether they can mean nobody else: the subject of a verb of speech is a name, and nothing but that."""
    written: bool = False
    """Whether the words are read out, and these people wrote them."""
    at: int = -1
    """Where the subject of their verb of speech begins; -1 where they have none."""


def credit(text: str, people: Mapping[str, Called], rules: SpeakerWords, before: bool = False) -> Credit:
    """Return what crediting words say of who speaks: by the subject of a verb of speech, else by all of them.

    Of several verbs the one next to the quotation counts, which is the last where the words stand `before` it.
    """
    words = words_of(text)
    owner = _whose(words, people, rules) if before else frozenset()
    if owner:
        return Credit(owner, False, "")
    if written := _written_by(words, people, rules):
        return written
    apart = subject_apart(words, rules) if before else ()
    runs = _subjects(words, people, rules, before) if not apart else [apart]
    if not runs and _reported(words, rules) < len(words):
        return Credit(frozenset(), True, "", reported=True)
    found = _credit_of_subjects(runs, people, rules)
    if found is None:
        return _credit_of_words(text, words, runs, people, rules)
    return replace(found, sure=found.sure and not apart)


def _subjects(
    words: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords, before: bool
) -> list[Sequence[Word]]:
    """Return the phrases that are the subject of the verb of speech next to a quotation."""
    found = [subject for subject in subjects(words, rules) if subject]
    found = [subject for subject in found if subject[-1].low not in rules.relative] or found  # "the dog that found him"
    chosen = (found[-1:] if before else found[:1]) or _guessed(words[: _reported(words, rules)], rules)
    return [part for run in chosen for part in _together(words, _past_adverb(words, run, people, rules), rules)]


def _credit_of_subjects(
    runs: Sequence[Sequence[Word]], people: Mapping[str, Called], rules: SpeakerWords
) -> Credit | None:
    """Return what subjects say that name somebody or refer to somebody; None for others."""
    names = _names_among(runs, rules)
    named_here, held = _people(names, people, rules), held_by(runs, people, rules)
    refers = bool(held) or any(word.low in (*rules.pronouns, *rules.articles) for word, *_ in runs)
    if not named_here and not refers:
        return None
    meant = named_here or held
    pronoun = next((word.low for word, *_ in runs if word.low in rules.pronouns), "")
    sure = bool(named_here) and all(_surely(run, people, named_here, rules) for run in names)
    body = _body(runs, rules) if not meant and not pronoun else ""
    return Credit(meant, refers, "", pronoun, _unnamed(runs, rules), body=body, sure=sure, at=_at(runs))


def _credit_of_words(
    text: str, words: Sequence[Word], runs: Sequence[Sequence[Word]], people: Mapping[str, Called], rules: SpeakerWords
) -> Credit:
    """Return what all crediting words say, where the subject of a verb of speech tells nobody."""
    mentioned, names = _people([words], people, rules), _names_among(runs, rules)
    stranger = _stranger(names, rules)
    pronoun = next((word.low for word in words if word.low in rules.pronouns), "")
    if mentioned and pronoun:
        return Credit(frozenset(), True, "", pronoun)
    if mentioned:
        return Credit(mentioned, False, "" if len(mentioned) > 1 else stranger, at=_at(runs))
    loose = any(word.low in (*rules.pronouns, *rules.articles) for word in words) or bool(_OWNED.search(text))
    # Words without a verb of speech ("And then: “…”") credit nobody else: whoever spoke goes on.
    refers = not stranger and (loose or not any(word.low in rules.verbs for word in words))
    sure = bool(stranger) and _is_full_name(names[0], words, rules)
    return Credit(held_by([words], people, rules), refers, stranger, pronoun, _unnamed(runs, rules), sure=sure)


def _names_among(runs: Sequence[Sequence[Word]], rules: SpeakerWords) -> list[Sequence[Word]]:
    """Return the phrases, without what belongs to others, that end like a name."""
    heads = [_described_as(run, rules) for run in runs if run[0].low not in rules.pronouns]
    return [run for run in heads if run and run[-1].capital]


def _unnamed(runs: Sequence[Sequence[Word]], rules: SpeakerWords) -> bool:
    return any(word.low in rules.indefinite for word, *_ in runs)


def _body(runs: Sequence[Sequence[Word]], rules: SpeakerWords) -> str:
    """Return the noun for a body that ends one of some phrases; empty where none does."""
    heads = [_described_as(run, rules) for run in runs]
    return next((run[-1].text for run in heads if run and run[-1].low in rules.bodies), "")


def _at(runs: Sequence[Sequence[Word]]) -> int:
    return min((word.start for word, *_ in runs), default=-1)


def _whose(words: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords) -> frozenset[str]:
    """Return whose statement the words behind are: "rejected Stein’s claim that", "Stein’s view of it as"."""
    at = next((at for at in range(len(words) - 1, 0, -1) if words[at].low in rules.statements), 0)
    behind = words[at + 1 :]
    leads_on = not behind or behind[-1].low == "as" or [word.low for word in behind] == ["that"]
    if not at or not words[at - 1].owner or not leads_on or any(w.parted or w.low in rules.verbs for w in behind):
        return frozenset()
    return _people([words[at - 1 : at]], people, rules)


def _written_by(words: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords) -> Credit | None:
    """Return who wrote what is read out: "Berg read out a letter from the island’s doctor, Lena Stein".

    None where nobody reads out anything. Without a name it is somebody who is not named.
    """
    letter = _read_out(words, rules)
    if not letter:
        return None
    owner = words[letter - 1]
    if owner.owner or (rules.nouns_have_capitals and owner.low.endswith("s")):
        whose = _people([[owner]], people, rules)
        if whose:
            return Credit(whose, False, "", written=True)
    behind = next(
        (at for at in range(letter + 1, min(letter + _LETTER, len(words))) if words[at].low in rules.letters_from), 0
    )
    return _first_named(words[behind + 1 :], people, rules) if behind else None


_LETTER = 6
"""Words behind a noun for a letter in which it is said who wrote it: "a letter to the council dated May from"."""


def _read_out(words: Sequence[Word], rules: SpeakerWords) -> int:
    """Return the place of the letter that somebody reads out; 0 where nobody does, or a verb of speech is nearer.

    "Said in a letter from her lawyer", "reading a note from Stein, he said".
    """
    ends = tuple(rules.letters) if rules.nouns_have_capitals else ()
    nouns = (
        at for at, word in enumerate(words) if word.low in rules.letters or (word.capital and word.low.endswith(ends))
    )
    letter = max(nouns, default=0)
    spoken = [at for at, word in enumerate(words) if word.low in rules.verbs or word.low in rules.reading_out]
    before = [at for at in spoken if at < letter]
    reads = bool(before) and not any(at > letter for at in spoken) and words[before[-1]].low in rules.reading_out
    return letter if reads else 0


def _first_named(words: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords) -> Credit:
    """Return who wrote a letter by the words behind its "from": the first name that is no genitive."""
    names: list[list[Word]] = [[]]
    for word in words:
        if not word.capital or word.parted:
            names.append([])
        names[-1] += [word] if word.capital else []
    whole = [run for run in names if run and not run[-1].owner]
    found = next((here for run in whole if (here := _people([run], people, rules))), None)
    if found:
        return Credit(found, False, "", written=True)
    stranger = next((" ".join(word.text for word in run) for run in whole if len(run) > 1), "")
    return Credit(frozenset(), not stranger, stranger, unnamed=not stranger, written=True)


def _past_adverb(
    words: Sequence[Word], run: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords
) -> Sequence[Word]:
    """Return the subject behind the verb, where a word before it only begins a sentence: "Zugleich wies sie …"."""
    first = len(run) == 1 and run[0] is words[0] and run[0].capital and rules.nouns_have_capitals
    if (
        not first
        or len(words) < 3
        or run[0].low in (*rules.pronouns, *rules.articles)
        or any(named(run, person) for person in people.values())
    ):
        return run
    return run_after(words, 2, rules) or run


def _together(words: Sequence[Word], run: Sequence[Word], rules: SpeakerWords) -> list[Sequence[Word]]:
    """Return the phrases of a subject that is several: "Tom Dale, Ruth Finch and Ben Moor said"."""
    joint = next((at for at, word in enumerate(run) if at and word.low in rules.joins), None)
    if joint is None or run[0].low in (*rules.articles, *rules.indefinite):
        return [run]
    first = next(at for at, word in enumerate(words) if word is run[0])
    return [part for part in (run[:joint], run[joint + 1 :], *_names_before(words, first)) if part]


def _names_before(words: Sequence[Word], first: int) -> Iterator[Sequence[Word]]:
    """Yield the names before a word, each parted by a comma from the next."""
    while first and words[first].parted and words[first - 1].capital:
        end = first
        first -= 1
        while first and not words[first].parted and words[first - 1].capital:
            first -= 1
        yield words[first:end]


def _surely(run: Sequence[Word], people: Mapping[str, Called], found: frozenset[str], rules: SpeakerWords) -> bool:
    """Return whether a name that is credited is nobody else's: "Green Party" is not Ann Green, nor Jane Hall Peter."""
    titles = {title.rstrip(".").casefold() for title, _ in rules.honorifics}
    plain = {*titles, *rules.people, *rules.articles, *rules.indefinite}
    for person in (people[id] for id in found):
        known = [word.low in person.about or word.low in plain for word in run]
        known = [each or _named_by(word, person) for each, word in zip(known, run, strict=True)]
        if _named_by(run[-1], person) and all(known):
            return True
    return False


def _named_by(word: Word, person: Called) -> bool:
    if not person.names or person.phrases:
        return word.low in person.about
    return any(_same(word, name) for name in person.names)


def _is_full_name(run: Sequence[Word], words: Sequence[Word], rules: SpeakerWords) -> bool:
    """Return whether a name is surely that of somebody: two words, or one that begins nothing and is no noun."""
    if len(run) > 1:
        return run[0].low not in rules.people and all(word.capital for word in run)
    return not rules.nouns_have_capitals and run[0] is not words[0]


def _reported(words: Sequence[Word], rules: SpeakerWords) -> int:
    """Return where words begin that are only reported to be said ("Die Ministerin habe …"); their end else."""
    if any(word.low in rules.verbs for word in words):
        return len(words)
    mood = next((at for at, word in enumerate(words) if word.low in rules.reporting), None)
    if mood is None:
        return len(words)
    return max((at for at, word in enumerate(words) if at <= mood and word.parted), default=0)


def _stranger(names: Sequence[Sequence[Word]], rules: SpeakerWords) -> str:
    """Return the first name that is credited; where all nouns have a capital, one word may be a noun."""
    for run in names:
        bare = run[1:] if rules.nouns_have_capitals and run[0].low in (*rules.articles, *rules.indefinite) else run
        noun = rules.nouns_have_capitals and len(bare) == 1 and (bare is not run or bare[0].low in rules.people)
        if bare and not noun:
            return " ".join(word.text for word in run)
    return ""


def _guessed(words: Sequence[Word], rules: SpeakerWords) -> list[Sequence[Word]]:
    """Return the subject of a verb that no list has, at the beginning: "mutters Reid", "the Dane grumbled"."""
    if any(word.low in rules.verbs for word in words) or len(words) < 2:
        return []
    first = words[0]
    if first.low in rules.pronouns and not first.parted:
        return [words[:1]]
    if first.low in (*rules.articles, *rules.indefinite) or first.low in rules.particles:
        return [words[: _end_of_noun(words, rules)]] if first.low in rules.articles else []
    if not first.capital and first.low not in rules.between and not first.low.endswith("ly"):
        later = run_after(words, 1, rules)
        return [later] if later else []
    return []


def _end_of_noun(words: Sequence[Word], rules: SpeakerWords) -> int:
    """Return where a description at the beginning ends at the latest."""
    ends = (at for at, word in enumerate(words) if at and (word.parted or word.low in rules.particles))
    return min(next(ends, len(words)), 3)


def says(text: str, language: Language) -> bool:
    """Return whether words have a verb or phrase that credits somebody."""
    rules, words = language.speakers, [word.low for word in words_of(text)]
    phrases = any(f" {phrase} " in f" {' '.join(words)} " for phrase in rules.according)
    return phrases or any(word in rules.verbs for word in words)


def several_say(words: Sequence[Word], language: Language) -> bool:
    """Return whether several speak, by a verb that is a noun as well: "residents fear that", not "the fear that"."""
    rules, plurals = language.speakers, speech(language).plurals
    return any(
        after.low in rules.verbs_of_several and not after.parted and (before.low.endswith("s") or before.low in plurals)
        for before, after in pairwise(words)
    )


def speaking(text: str, people: Mapping[str, Called], rules: SpeakerWords) -> frozenset[str]:
    """Return those whom a text surely credits with words, by name."""
    said = replace(rules, verbs=rules.saying)
    return _people(
        [_described_as(subject, rules) for subject in subjects(words_of(text), said) if subject], people, rules
    )


def _people(runs: Sequence[Sequence[Word]], people: Mapping[str, Called], rules: SpeakerWords) -> frozenset[str]:
    """Return those whom phrases name."""
    return frozenset(id for run in runs for id in _named_by_phrase(run, people, rules))


def _named_by_phrase(run: Sequence[Word], people: Mapping[str, Called], rules: SpeakerWords) -> set[str]:
    """Return those whom a phrase names; of several with one surname those whose first name stands there too."""
    able = {id: person for id, person in people.items() if named(run, person)}
    here = _without_owners(run, able) if rules.nouns_have_capitals else able
    if len(here) < 2 or not _same_surname(list(here.values())):
        return set(here)
    number = {id: _words_named(run, person) for id, person in here.items()}
    most = {id for id in here if number[id] == max(number.values())}
    titles = dict(rules.honorifics)
    sex = next((titles[word.text] for word in run if titles.get(word.text)), "")
    return {id for id in most if not sex or people[id].gender in ("", sex)} or most  # "Mrs Peel", not Mr Peel


def _without_owners(run: Sequence[Word], able: Mapping[str, Called]) -> Mapping[str, Called]:
    """Return those whom a German phrase names by more than a genitive: "Prantls Sprecher Gruber"."""
    owners = {id for id, person in able.items() if run[0].low in {f"{name}s" for name in person.names}}
    last = any(id not in owners and named(run[-1:], person) for id, person in able.items())
    return {id: person for id, person in able.items() if not last or id not in owners}


def _words_named(run: Sequence[Word], person: Called) -> int:
    return len({name for name in person.names for word in run if word.capital and _same(word, name)})


def _same_surname(people: Sequence[Called]) -> bool:
    return bool(frozenset.intersection(*(person.names for person in people)))


def held_by(runs: Sequence[Sequence[Word]], people: Mapping[str, Called], rules: SpeakerWords) -> frozenset[str]:
    """Return those one of whose offices is named, with nothing beside it that is not theirs ("Ukraine's president").

    More than one where several held such an office. What stands behind a particle is not what somebody is: "the mother
    of the student".
    """
    heads = [_described_as(run, rules) for run in runs]
    return frozenset(id for id, person in people.items() if any(_holds(run, person, rules) for run in heads))


def _described_as(run: Sequence[Word], rules: SpeakerWords) -> Sequence[Word]:
    """Return a phrase as far as the first particle after its noun, without those whose it is."""
    ends = (at for at, word in enumerate(run) if at > 1 and word.low in rules.particles)
    kept = run[: next(ends, len(run))]
    owner = max((at for at, word in enumerate(kept) if word.owner and not word.capital), default=-1)
    return kept[owner + 1 :]


def _holds(run: Sequence[Word], person: Called, rules: SpeakerWords) -> bool:
    if person.gender == "it" and run and run[-1].low in rules.people and run[-1].low not in person.office:
        return False  # "the United striker" is not United
    offices = {word.low for word in run if _is_office(word, person, rules)}
    names = {word.low for word in run[1:] if word.capital} | ({run[0].low} if run and _proper(run) else set())
    return bool(offices) and names - offices <= person.about


def _is_office(word: Word, person: Called, rules: SpeakerWords) -> bool:
    """Return whether a word is one of an office; where nouns are compounded, also the end of one."""
    low = word.low
    if low in person.office:
        return True
    if not (rules.nouns_have_capitals and word.capital and len(low) >= _LONG_ENOUGH):
        return False
    form, offices = _ENDING.sub("", low), {_ENDING.sub("", each) for each in person.office if len(each) >= _LONG_ENOUGH}
    return any(each.endswith(form) or form.endswith(each) for each in offices)


def _proper(run: Sequence[Word]) -> bool:
    """Return whether a run begins with a name that somebody else's office may belong to: a genitive."""
    return run[0].capital and len(run) > 1 and run[0].owner
