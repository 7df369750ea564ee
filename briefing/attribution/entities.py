"""Who is named in a text: people and bodies, each once, with what the text says beside the name.

A run of words with capitals is a name where something shows it: a first name, a title or a role before it, an age or a
description behind it, a word for a body in it, or a verb of speech beside it. Everything else with capitals is a place,
a work or, in German, a noun. A surname alone is whoever has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from briefing.attribution.occupations import LONGEST, occupation_behind
from briefing.attribution.subjects import is_noun
from briefing.model.places import Span
from briefing.text import Language, Speech, joined, quoted, sentences, speech
from briefing.text.language_rules import any_of


class Entity(Struct, eq=False):
    """A person or a body that a text names."""

    name: str
    """Without its title."""
    role: str = ""
    """What the text, or the briefing, says that somebody is, with a noun."""
    occupation: str = ""
    """What a clause of the text says: chairs the library board."""
    body: bool = False
    """Whether it is an organisation."""
    gender: str = ""
    """m or f where a title or a description tells it."""
    id: str = ""
    """In people.yml, where it is known."""
    title: str = ""
    """What belongs to the name as it is shown: Dr, Sir; no courtesy such as Mr."""


class NameFound(Struct, frozen=True):
    """A place where a name is written, and what shows that it is one."""

    span: Span
    """Of the name alone."""
    name: str
    role: str
    body: bool
    gender: str
    sure: bool
    """Whether something shows that it is somebody's name."""
    titled: bool = False
    """Whether a title is before it: Ms."""
    title: str = ""
    """That title, where it is shown with a name."""
    occupation: str = ""


def find_entities(text: str, language: Language, known: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """Return everybody whom a text names outside quotation marks, those who are `known` first."""
    made = list(known)
    found = names_in(text, language)
    for each in _sure_names(found):
        entity = next((entity for entity in made if _are_same(each, entity)), None)
        if entity is None:
            entity = Entity(each.name, body=each.body)
            made.append(entity)
        elif not entity.id and len(each.name) > len(entity.name):
            entity.name = each.name
        entity.role = entity.role or each.role
        entity.occupation = entity.occupation or each.occupation
        entity.gender = entity.gender or each.gender
        entity.title = max(entity.title, each.title, key=len)
    _add_titles(made, found)
    return tuple(made)


def _add_titles(made: Iterable[Entity], found: Sequence[NameFound]) -> None:
    """Give people what is before their surname elsewhere: a title, a role, the gender that "Ms Deshpande" tells."""
    surnames = Counter(each.name.split()[-1] for each in made if not each.body)
    for entity in made:
        surname = entity.name.split()[-1]
        if entity.body or surnames[surname] > 1:
            continue
        _take_titles(entity, [each for each in found if each.name == surname and each.titled])


def _take_titles(entity: Entity, titled: Sequence[NameFound]) -> None:
    told = {each.gender for each in titled} - {""}
    entity.gender = entity.gender or (told.pop() if len(told) == 1 else "")
    entity.title = max((entity.title, *(each.title for each in titled)), key=len)
    entity.role = entity.role or next((each.role for each in titled if each.role), "")


def _sure_names(found: Sequence[NameFound]) -> Iterator[NameFound]:
    """Yield the names that are somebody's, full names first: also those whose surname stands alone somewhere."""
    single = {each.name for each in found if " " not in each.name}
    surnames = {each.name.split()[-1] for each in found if each.sure and " " in each.name}
    for each in found:
        if " " in each.name and (each.sure or each.name.split()[-1] in single):
            yield each
    yield from (each for each in found if each.sure and " " not in each.name and each.name not in surnames)


def _are_same(found: NameFound, entity: Entity) -> bool:
    """Return whether a name is that of an entity, or a shorter or longer form of it."""
    short, long = sorted((found.name.split(), entity.name.split()), key=len)
    begins, bodies = long[: len(short)] == short, found.body or entity.body
    return begins or (not bodies and long[-len(short) :] == short)


def names_in(text: str, language: Language, pieces: Iterable[tuple[int, Span]] | None = None) -> list[NameFound]:
    """Return every run of capitals that may be a name, in their order: outside quotation marks, or in `pieces`.

    A piece comes with where its sentence begins.
    """
    rules = speech(language)
    if not rules.verbs:
        return []
    return [
        name
        for start, piece in (unquoted_pieces(text, language) if pieces is None else pieces)
        for run in _runs(text, piece, rules)
        if (name := _name(text, language, rules, run, Span(start, piece.end)))
    ]


def unquoted_pieces(text: str, language: Language) -> Iterator[tuple[int, Span]]:
    """Yield the stretches of each sentence outside quotation marks, with where the sentence begins."""
    marks = [passage.outer for passage in joined(quoted(text, language))]
    at = 0
    for sentence in sentences(text, language):
        while at < len(marks) and marks[at].end <= sentence.start:
            at += 1
        start, number = sentence.start, at
        while number < len(marks) and marks[number].start < sentence.end:
            if start < marks[number].start:
                yield sentence.start, Span(start, marks[number].start)
            start = max(start, marks[number].end)
            number += 1
        if start < sentence.end:
            yield sentence.start, Span(start, sentence.end)


# --- runs of words with capitals --------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*[\w]|[^\W\d_]|&")
_DATELINE = re.compile(r"[^\W\d_][^\n.!?“”„\"()]{0,40}(?:\w\. |\([^()\n]{2,30}\) ?)?[–—-] (?=[^\W\d_])")
"""A place and an agency before the first sentence: WASHINGTON (AP) — ."""
_OWNER = re.compile(r"[’']s?$")


class _Token(Struct, frozen=True):
    text: str
    span: Span
    owner: bool


def _runs(text: str, piece: Span, rules: Speech) -> Iterator[list[_Token]]:
    """Yield words with capitals next to each other, with the small words that belong to names."""
    run: list[_Token] = []
    for token in _tokens(text, piece):
        if run and (run[-1].owner or not _is_joint(text[run[-1].span.end : token.span.start], run[-1], rules)):
            yield run
            run = []
        if _begins_name(token.text, run, rules) or (run and _goes_on(token.text, run, rules)):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _tokens(text: str, piece: Span) -> Iterator[_Token]:
    """Yield the words of a piece behind its dateline, without the ending of a genitive."""
    dateline = _DATELINE.match(text, piece.start, piece.end)
    for found in _TOKEN.finditer(text, dateline.end() if dateline else piece.start, piece.end):
        owner = _OWNER.search(found.group())
        bare = found.group()[: owner.start()] if owner else found.group()
        yield _Token(bare, Span(found.start(), found.start() + len(bare)), owner is not None)


def _begins_name(word: str, run: Sequence[_Token], rules: Speech) -> bool:
    """Return whether a word has a capital that may be that of a name."""
    plain = word in rules.not_names and (not run or rules.nouns_have_capitals)
    return (word[:1].isupper() or word == "&") and not plain


def _goes_on(word: str, run: Sequence[_Token], rules: Speech) -> bool:
    return _is_particle(run[-1].text, word, rules) or _joins_body(run, word, rules)


def _is_joint(between: str, before: _Token, rules: Speech) -> bool:
    return between in (" ", "\u00a0") or (
        between in (". ", ".") and (before.text in rules.honorifics or len(before.text) == 1)
    )


def _is_particle(before: str, word: str, rules: Speech) -> bool:
    """Return whether a small word is in a name; where nouns have capitals, only behind a first name or a title."""
    if word not in rules.particles or not rules.nouns_have_capitals:
        return word in rules.particles
    return before in rules.honorifics or before in rules.particles or has_first_name([before], rules)


def _joins_body(run: Sequence[_Token], word: str, rules: Speech) -> bool:
    """Return whether a small word is in the name of a body: Department of the Marine, Bundesamt für Naturschutz."""
    return word in rules.name_links and (
        any(_names_body(token.text, rules) for token in run) or run[-1].text in rules.name_links
    )


class BesideName(Struct, frozen=True):
    """What is said directly beside a name."""

    role: str = ""
    occupation: str = ""
    """What a clause says, with the role that it is about."""
    sure: bool = False
    """Whether it shows that the name is a person's."""
    gender: str = ""
    article: bool = False
    """Whether an article is before it."""


class _Run(Struct, frozen=True):
    """A run that is not a role alone, with what is beside it."""

    tokens: list[_Token]
    first: int
    """Where its name begins, behind a title or a role."""
    before: BesideName
    behind: BesideName
    speaks: bool
    """Whether a verb of speech is beside it."""
    forename: bool = False
    """Whether it is a first name alone, behind a verb or before a clause about somebody: "Then came Thilo."."""

    @property
    def words(self) -> list[str]:
        """Of the whole run."""
        return [token.text for token in self.tokens]

    @property
    def name(self) -> list[str]:
        """The words of the name."""
        return self.words[self.first :]

    @property
    def span(self) -> Span:
        """Of the name."""
        return Span(self.tokens[self.first].span.start, self.tokens[-1].span.end)


def _name(text: str, language: Language, rules: Speech, run: list[_Token], sentence: Span) -> NameFound | None:
    """Return a run as a role and a name; None where it is a role alone, or the beginning of one."""
    found = None if _opens_role(text, rules, run) else _read_run(text, language, rules, run, sentence.end)
    if found is None:
        return None
    titles = [rules.honorifics[word] for word in found.words[: found.first] if word in rules.honorifics]
    if not titles and _is_common_noun(text, found, rules):
        return None
    body, sure = _is_sure(text, rules, found, sentence.start, bool(titles))
    role, gender = "" if body else _role(text, found, rules), (titles[:1] or [""])[0] or found.behind.gender
    title = "" if body else _title(text, found, rules)
    name, occupation = " ".join(found.span.of(text).split()), "" if body else found.behind.occupation
    return NameFound(found.span, name, role, body, gender, sure, bool(titles), title, occupation)


def _opens_role(text: str, rules: Speech, run: Sequence[_Token]) -> bool:
    """Return whether words with a capital begin a role without one: "Labour councillor Tom Reece"."""
    words, role = [token.text for token in run], _ROLE_AHEAD.match(text, run[-1].span.end)
    if rules.nouns_have_capitals or role is None or run[-1].owner or not is_noun(role["noun"], rules.people, rules):
        return False
    listed = words[-1] in rules.occupations.openers
    named = (is_body(words, rules) and not listed) or any(has_first_name([word], rules) for word in words)
    return not named and (role["more"] is None or listed)


_ROLE_AHEAD = re.compile(r" (?P<more>[a-z][\w’'-]* )?(?P<noun>[a-z][\w’'-]*) (?=[A-Z])")


def _title(text: str, run: _Run, rules: Speech) -> str:
    """Return the titles directly before a name that are shown with it, as the text writes them: Prof. Dr."""
    shown = rules.honorifics.keys() - rules.courtesy - rules.title_roles.keys()
    at = run.first
    while at and run.words[at - 1] in shown:
        at -= 1
    return " ".join(text[run.tokens[at].span.start : run.span.start].split())


def _is_sure(text: str, rules: Speech, found: _Run, sentence: int, titled: bool) -> tuple[bool, bool]:
    """Return whether a name is that of a body, and whether something shows that it is somebody's."""
    body = _is_known_body(found, rules)
    sure = _is_known(found, rules, body, titled)
    if not sure and found.speaks:
        sure = len(found.name) > 1 or _is_single_name(text, rules, found.span)
        body = sure and not rules.nouns_have_capitals and found.before.article
    elif not sure and _opens_sentence(text, rules, found, sentence):
        single = len(found.name) == 1
        body = body or single or (found.before.article and not rules.nouns_have_capitals)
        sure = body or not (single and rules.nouns_have_capitals)
    return body, sure


_LEAD = 90
"""Code points before a name in which it is said who it is, and by whom."""


def _lead(text: str, at: int) -> str:
    """Return what is before a place in its line, as far as it may belong to a name there."""
    return text[max(at - _LEAD, text.rfind("\n", 0, at) + 1) : at]


@cache
def _ends_with(words: frozenset[str], more: str = "") -> re.Pattern[str]:
    """Return a pattern for a text that ends with one of some words."""
    return re.compile(rf"(?:^|\W)(?i:{'|'.join(sorted(words)) or '(?!)'}) {more}$")


_ADJECTIVE = "(?:[a-zäöüß]+ )?"


def _is_common_noun(text: str, run: _Run, rules: Speech) -> bool:
    """Return whether a German run without a first name has an article that no name has: "ein Glas Honig"."""
    if not rules.nouns_have_capitals or run.first or has_first_name(run.name, rules) or _is_known_body(run, rules):
        return False
    some, the = _ends_with(rules.determiners, _ADJECTIVE), _ends_with(rules.definite)
    if len(run.name) > 1:
        return bool(some.search(_lead(text, run.span.start)))
    word = re.compile(rf"(?<!\w){re.escape(run.name[0])}(?!\w)")
    leads = [_lead(text, each.start()) for each in word.finditer(text)]
    return any(some.search(lead) or the.search(lead) for lead in leads)


def _read_run(text: str, language: Language, rules: Speech, run: list[_Token], limit: int) -> _Run | None:
    """Return a run with what is beside it; None where it has no name."""
    last = max((at for at, token in enumerate(run) if token.text[:1].isupper()), default=-1)
    run = run[: last + 1]
    first = _first_of_name([token.text for token in run], rules) if run else 0
    if first == len(run):
        return None
    start, span = run[0].span.start, Span(run[first].span.start, run[-1].span.end)
    words, where = [token.text for token in run], not first and _is_where(text, rules, run)
    nobody = where or is_body(words[first:], rules)
    behind = BesideName() if nobody else _behind_name(text, language, Span(span.start, limit), span.end)
    speaks = not where and _speaks(text, rules, start, span.end)
    forename = len(run) == 1 and _is_forename_alone(text, rules, run[0])
    return _Run(run, first, _before(text, rules, start), behind, speaks, forename)


def _is_where(text: str, rules: Speech, run: Sequence[_Token]) -> bool:
    """Return whether a name that begins with no known first name is that of a place: "a student from Thringdale Head,
    who" tells of the student."""
    before = _LAST_WORD.search(_lead(text, run[0].span.start))
    return before is not None and before[1].lower() in rules.whereabouts and not has_first_name([run[0].text], rules)


_LAST_WORD = re.compile(r"(?<!\w)([^\W\d_]+) $")
_TOLD = re.compile(r", ([a-z]+) ")


def _is_forename_alone(text: str, rules: Speech, token: _Token) -> bool:
    """Return whether a word is a first name that stands by itself like a person's."""
    if not any(token.text in names for sex, names in rules.first_names.items() if sex):
        return False
    before = _LAST_WORD.search(_lead(text, token.span.start))
    told = _TOLD.match(text, token.span.end)
    plain = rules.prepositions | rules.articles | rules.the | rules.honorifics.keys() | rules.things
    subject = before and before[1].islower() and before[1] not in plain
    return bool(subject or (told and told[1] in rules.relative))


def _role(text: str, run: _Run, rules: Speech) -> str:
    """Return what the text says beside a name, first in the run itself."""
    plain = rules.honorifics.keys() | {article.capitalize() for article in rules.articles}
    own = " ".join(word for word in run.words[: run.first] if word not in plain)
    short = next((rules.title_roles[word] for word in run.words[: run.first] if word in rules.title_roles), "")
    if own in rules.title_roles.values():
        short, own = own, ""
    own = own and f"{_limiting_before(text, run, rules)}{own}"
    return own or run.before.role or run.behind.role or short


def _limiting_before(text: str, run: _Run, rules: Speech) -> str:
    """Return the adjective before a role without which it would be another one: "der frühere Minister Berg"."""
    start = run.tokens[0].span.start
    found = re.search(rf"(?<!\w){any_of(rules.occupations.limiting)}[nmrs]? $", text[max(start - 30, 0) : start])
    return found.group() if found else ""


def _is_known_body(run: _Run, rules: Speech) -> bool:
    """Return whether a name is that of a body, by a word in it or, in German, before it: Brauerei Goldader."""
    company = not run.first or run.words[0].lower().endswith(tuple(rules.companies))
    if is_body(run.name, rules) and company:
        return True
    kind = bool(run.first) and rules.nouns_have_capitals and _names_body(run.words[run.first - 1], rules)
    return kind and not has_first_name(run.name, rules)


def _is_known(run: _Run, rules: Speech, body: bool, titled: bool) -> bool:
    """Return whether something shows that a run is a name, besides where it is in its sentence."""
    shown = run.before.sure or (run.behind.sure and (len(run.name) > 1 or _tells_somebody(run.behind.role, rules)))
    if len(run.name) > 1:
        return body or run.first > 0 or shown or has_first_name(run.name, rules)
    if body:
        return _is_known_by_noun(run, rules)
    if run.forename:
        return True
    return titled or (shown and not rules.nouns_have_capitals) or (run.first > 0 and run.speaks)


def _tells_somebody(role: str, rules: Speech) -> bool:
    """Return whether what is behind one word with a capital is of somebody: not "Smokey, a name he dislikes"."""
    somebody = rules.people | rules.organisations | rules.companies
    return not role or any(is_noun(word, somebody, rules) for word in role.split())


def _opens_sentence(text: str, rules: Speech, found: _Run, sentence: int) -> bool:
    """Return whether a name is the subject of a sentence, before its verb: "Halima Noor walked"."""
    run, dateline = found.tokens, _DATELINE.match(text, sentence)
    before = text[dateline.end() if dateline else sentence : run[0].span.start].strip().lower()
    following = _FOLLOWING.match(text, found.span.end)
    if following is None or following[2] in rules.joins or _is_thing(run, rules):
        return False
    if rules.nouns_have_capitals:
        plain = not run[0].text.endswith(tuple(rules.adjective_ends)) or following[2] in rules.tails
        return not before and len(run) == 2 and plain
    preposition = following[2] if following[2] in rules.prepositions and not following[1] else ""
    again = len(re.findall(rf"(?<!\w){re.escape(run[0].text)}(?!\w)", text)) > 1 or bool(following[1])
    return _opens_english(run, before, preposition, again and not text[:sentence].strip(), rules)


_FOLLOWING = re.compile(r"(,)? ([a-z]+)")


def _opens_english(run: Sequence[_Token], before: str, preposition: str, opens_text: bool, rules: Speech) -> bool:
    """Return whether an English name is a subject, by the words of its sentence before it and a preposition behind."""
    if before.endswith(","):  # "At the terminal, Keisha Brown was waiting"
        return 1 < len(run) < 4
    person = len(run) == 2 and preposition in rules.tails  # "Ann Osei of the Chronicle"
    if before or (preposition and not person):
        return before in rules.the and opens_text and len(run) > 1
    return 1 < len(run) < 4 or (opens_text and not run[0].text.endswith("s"))  # one word opens only the text


def _is_known_by_noun(run: _Run, rules: Speech) -> bool:
    """Return whether one word for a body is its name: "das Umweltministerium sagte", not "die Behörde sagte"."""
    (word,) = run.name
    if not rules.nouns_have_capitals or run.first:
        return word not in rules.organisation_names
    generic = word in rules.organisations or word.lower().endswith(tuple(rules.any_company))
    return run.speaks and run.before.article and not run.before.role and not generic


def _is_thing(run: Sequence[_Token], rules: Speech) -> bool:
    return run[-1].owner or any(token.text in rules.things for token in run)


def _first_of_name(words: Sequence[str], rules: Speech) -> int:
    """Return how many words at the beginning are a title or a role."""
    named = _first_name_at(words, rules)
    if is_body(words, rules) and (not named or _names_body(words[-1], rules)):
        company = rules.nouns_have_capitals and words[0].lower().endswith(tuple(rules.companies))
        return int(company and any(word[0].isupper() for word in words[1:2]))  # Reederei Nordlicht, not Verein für …
    return named[0] if named else _end_of_titles(words, rules)


def _end_of_titles(words: Sequence[str], rules: Speech) -> int:
    titles = [at for at, word in enumerate(words[:-1] or words) if word in rules.honorifics or _is_role(word, rules)]
    first = titles[-1] + 1 if titles else 0
    if 1 < len(words) == first + 1 and _is_role(words[-1], rules):
        first += words[-2] not in rules.honorifics  # "Prime Minister" is a role, Mr Baker is not
    return max(first, len(words) - _NAME_WORDS) if rules.nouns_have_capitals and first < len(words) else first


def _is_role(word: str, rules: Speech) -> bool:
    return word in rules.roles or is_noun(word, rules.people, rules)


_NAME_WORDS = 2
"""Words of a name where nouns have capitals and nothing else tells how many they are."""


def _first_name_at(words: Sequence[str], rules: Speech) -> list[int]:
    """Return where first names are that have another name behind them."""
    return [at for at, word in enumerate(words[:-1]) if has_first_name([word], rules)]


def has_first_name(words: Sequence[str], rules: Speech) -> bool:
    """Return whether a name begins with a first name that is known."""
    return any(words[0] in names for names in rules.first_names.values())


def is_body(words: Sequence[str], rules: Speech) -> bool:
    """Return whether a name is that of a body: by a word in it, or as an abbreviation."""
    if "&" in words or any(_names_body(word, rules) for word in words):
        return True
    return len(words) == 1 and any(len(word) > 1 and word.isupper() for word in words)


def _names_body(word: str, rules: Speech) -> bool:
    if word in rules.organisation_names:
        return True
    return rules.nouns_have_capitals and is_noun(word, rules.organisations, rules)


# --- what the text says beside a name ---------------------------------------------------------------------------


_AGE = r"(?: ?[,(] ?\d{1,3}(?: Jahre alt)?(?=[,).]))"
_PARTY = r"(?: \([A-ZÄÖÜ][\w/ -]{1,12}\))"


def _behind_name(text: str, language: Language, within: Span, at: int) -> BesideName:
    """Return what is behind a name between commas or brackets: an age, a description, a clause."""
    found, occupation = _behind(language).match(text, at), occupation_behind(text, language, at, within.end)
    if found is None or not found.group():
        return BesideName("", occupation)
    rules, role = speech(language), (found["role"] or found["plain"] or "").strip()
    gender = rules.genders.get(found["article"] or "", "")
    if not role:
        return BesideName("", occupation, True, gender)
    if not _describes(role, bool(found["plain"]), rules):
        return BesideName("", occupation)
    if more := _more(language).match(text, found.end()):
        return BesideName(role + more.group(), "", True, gender)
    clause = _clause_of(text, language, role, Span(found.end(), within.end))
    return BesideName(role, clause, True, gender)


def _clause_of(text: str, language: Language, role: str, behind: Span) -> str:
    """Return a role with the clause that goes on with it: "baker who has run the shop since 1998"."""
    clause = occupation_behind(text, language, behind.start, behind.end)
    at = text.find(clause, behind.start) if clause and not text.startswith(",", behind.start) else -1
    whole = f"{role}{text[behind.start : at + len(clause)]}" if at >= 0 else ""
    return whole if len(whole) <= LONGEST else ""


def _describes(role: str, plain: bool, rules: Speech) -> bool:
    """Return whether words behind a name say what somebody is."""
    last = role.split()[-1]
    noun = is_noun(last, rules.people, rules)
    if rules.nouns_have_capitals:
        return noun or (role.endswith("in") and not plain and not set(role.split()) & rules.clause_words)
    several = plain and (last in rules.plurals or (last.endswith("s") and not last.endswith("ss")))
    other = not plain and role[0].islower() and not set(role.split()) & rules.clause_words
    return (noun and not several) or other


@cache
def _more(language: Language) -> re.Pattern[str]:
    """Return what belongs to a role: "mayor of the twin town of Zandhaven"."""
    tails = any_of(speech(language).tails | speech(language).occupations.tails)
    return re.compile(rf" {tails} [^,.;:()“”„»«\n]{{2,60}}(?=[,.;)])")


@cache
def _behind(language: Language) -> re.Pattern[str]:
    rules = speech(language)
    articles, tails = any_of(rules.articles), any_of(rules.tails | rules.occupations.tails)
    end = rf"(?=[,.;:)]| {any_of(rules.prepositions | rules.relative | rules.joins | rules.tails)}(?!\w))"
    if rules.nouns_have_capitals:
        noun, since = r"(?:[a-zäöüß]+ )?[A-ZÄÖÜ][\w-]+", rf"(?:{any_of(rules.occupations.since)} \w+ (?:[A-Z]\w+ )?)?"
        plain = rf"(?P<plain>{since}{noun}(?=[,.]| {tails}\b))"
        described = rf", (?:(?P<article>{articles}) (?P<role>{noun})|{plain}){end}"
        return re.compile(rf"(?:{_AGE}\)?|{_PARTY})?(?:{described}|(?<=[\d)]))|{_AGE}|{_PARTY}|(?!)(?P<x>)")
    word = rf"(?!{any_of(rules.prepositions | rules.relative | rules.joins | rules.tails)}\b)[a-z][\w’'-]*"
    opener = r"(?:[A-Z][\w’'-]+ ){0,2}"
    plain = rf"(?P<plain>{opener}{word}(?: {word}){{0,2}}(?=[,.;)]| {tails} ))"
    described = rf", (?:(?P<article>{articles}) (?P<role>{opener}{word}(?: {word}){{0,3}}?)|{plain}){end}"
    return re.compile(rf"(?:{_AGE}\)?)?(?:{described}|(?<=[\d)]))|{_AGE}|, who(?:se)?\b")


def _before(text: str, rules: Speech, at: int) -> BesideName:
    """Return what is before a name: "the agriculture minister, Samuel Otieno", "head coach Lena Kowalczyk"."""
    lead = _lead(text, at)
    article = _LAST_WORD.search(lead)
    described = _described_before(rules).search(lead)
    if described:
        owned = _LAST_WORD.search(lead[: described.start()])
        role = described["role"]
        if rules.nouns_have_capitals or is_noun(role.split()[-1], rules.people, rules):
            whole = role + (described["more"] or "")
            return BesideName("" if owned and owned[1] in rules.prepositions else whole, sure=True)
    if rules.nouns_have_capitals:
        return BesideName(article=bool(article and article[1].lower() in rules.genders))
    role = _role_before(lead, rules)
    return (
        BesideName(role, sure=True) if role else BesideName(article=bool(article and article[1].lower() in rules.the))
    )


def _role_before(lead: str, rules: Speech) -> str:
    """Return the English role that ends a text, without an article before it: "met finance minister "."""
    found = re.search(r"(?<!\S)((?:[a-z][\w’'-]* ){1,3})$", lead)
    words = found.group().split() if found else []
    if not found or not is_noun(words[-1], rules.people, rules):
        return ""
    stops = rules.prepositions | rules.articles | rules.verbs | rules.clause_words | rules.frames
    name = _FULL_NAME.search(lead[: found.start()])
    does = name is not None and has_first_name([name[1]], rules)  # "Ben Ruiz met finance minister Ann Ford"
    first = max((at + 1 for at, word in enumerate(words) if word in stops), default=int(does and len(words) > 1))
    opener = "" if first or does else _opener_of_role(lead[: found.start()], words, rules)
    return " ".join([*opener.split(), *words[first:]])


def _opener_of_role(lead: str, role: Sequence[str], rules: Speech) -> str:
    """Return the words with a capital that a role begins with, at the end of a text: "said Independent "."""
    found = re.search(r"(?:(?<!\S)([\w’'-]+) )??((?:[A-Z][\w-]+ ){1,3})$", lead)
    words = found[2].split() if found else []
    while words and words[0] in rules.not_names and words[0] not in rules.occupations.openers:
        words = words[1:]
    listed, before = bool(words) and words[-1] in rules.occupations.openers, (found[1] or "") if found else ""
    if not words or has_first_name(words, rules):
        return ""
    if not listed and (
        is_body(words, rules)
        or len(role) > 1
        or before in (*rules.prepositions, *rules.joins)
        or _is_form(words[-1], rules)
    ):
        return ""
    return " ".join(words)


def _is_form(word: str, rules: Speech) -> bool:
    """Return whether a word at the beginning of a sentence looks like a verb or an adverb: Addressing, Surprisingly."""
    return word in rules.not_names or word.endswith(("ing", "ed", "ly"))


_FULL_NAME = re.compile(r"([A-Z][\w’'-]+) [A-Z][\w-]+ $")
"""Behind which a word without a capital is what somebody does."""


@cache
def _described_before_pattern(articles: tuple[str, ...], tails: tuple[str, ...], capitals: bool) -> re.Pattern[str]:
    listed, links = "|".join(map(re.escape, articles)), "|".join(map(re.escape, tails))
    noun = r"(?:[a-zäöüß]+ )?[A-ZÄÖÜ][\w-]+" if capitals else r"(?:[a-z][\w’'-]* ){0,3}[a-z][\w-]*"
    return re.compile(rf"(?<!\w)(?i:{listed}) (?P<role>{noun})(?P<more> (?:{links}) [^,.;:]{{2,40}})?, $")


def _described_before(rules: Speech) -> re.Pattern[str]:
    return _described_before_pattern(
        tuple(sorted(rules.articles)), tuple(sorted(rules.tails)), rules.nouns_have_capitals
    )


def _speaks(text: str, rules: Speech, start: int, end: int) -> bool:
    """Return whether a verb or phrase of speech is directly beside a name."""
    said, lead = rules.verbs | rules.frames, _lead(text, start)
    ahead = _VERB_AHEAD.search(lead) or _VERB_BEFORE_ROLE.search(lead)
    if ahead and ((ahead[1] in said and ahead[1] not in rules.addressing) or ahead[1].lower() in ("laut", "so")):
        return True
    if any(lead.lower().endswith(f"{phrase.lower()} ") for phrase in rules.according):
        return True
    behind = _VERB_BEHIND.match(text, end)
    return bool(behind and behind[1] in said)


_VERB_AHEAD = re.compile(r"([^\W\d_]+)(?: (?:the|der|die|das))? $")
_VERB_BEFORE_ROLE = re.compile(r"([^\W\d_]+) [^,.;:“”„]{2,40}, $")
_VERB_BEHIND = re.compile(
    r"(?:,[^,\n]{1,90},)? (?:(?:has|had|also|then|later|hat|habe|hatte|auch) |[a-z]+ly )?([^\W\d_]+)"
)


def _is_single_name(text: str, rules: Speech, span: Span) -> bool:
    """Return whether one word with a capital beside a verb of speech is a name."""
    word = span.of(text)
    if word in rules.not_names or word in rules.roles or is_noun(word, rules.people, rules):
        return False
    if rules.nouns_have_capitals:
        return len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text)) > 1 and not word.endswith(("en", "er", "ung"))
    if _SHORT_PLURAL.fullmatch(word):
        return False
    return re.search(rf"[a-z,] {re.escape(word)}(?!\w)", text) is not None and word not in rules.demonyms


_SHORT_PLURAL = re.compile("[A-Z]+s")
"""MPs."""
