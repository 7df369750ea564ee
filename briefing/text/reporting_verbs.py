"""What news prose says around quotations and numbers, read from `speech`, `worth` and `named`
in the JSON files.

A language without these objects has empty rules: its quotations are found, and nobody is named for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

from briefing.text.language_rules import Language, own_data

Words = frozenset[str]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language credits a quotation."""

    verbs: Words = frozenset()
    """Finite forms that credit words before or after them: said, added."""
    frames: Words = frozenset()
    """Finite forms that credit only words that follow: she called it “…”."""
    participles: Words = frozenset()
    """Forms without a subject, after which the same person goes on: adding, “…”."""
    quoting: Words = frozenset()
    """Forms whose object is who says the words: quoting Roosevelt."""
    reported: Words = frozenset()
    """Finite forms that tell that a sentence reports what somebody has said: er habe."""
    according: Words = frozenset()
    """Phrases directly before who says it: according to."""
    impersonal: Words = frozenset()
    """Phrases that credit whoever is named behind them, or before: heißt es in."""
    views: Words = frozenset()
    """Words before whose view it is, with one of `copulas` behind: for the mayor it is “…”; lower case."""
    copulas: Words = frozenset()
    goes_on: Words = frozenset()
    """What credits the document that has just been quoted: it went on."""
    pronouns: Mapping[str, str] = field(default_factory=dict)
    """The gender that each tells: m, f, `it` for organisations, empty where it tells none."""
    nouns_have_capitals: bool = False
    """So that a capital tells no name from another noun."""
    works: Words = frozenset()
    """Nouns before the title of a work or the name of something: the film “…”."""
    terms: Words = frozenset()
    """Phrases before a word that is named and not said: so-called “…”."""
    honorifics: Mapping[str, str] = field(default_factory=dict)
    """With the gender that each tells."""
    roles: Words = frozenset()
    """Words with a capital that are a role where they stand before a name: Minister."""
    people: Words = frozenset()
    """Nouns for somebody who speaks without a name, or beside it: a spokesman; the mayor, Ada Thornbury."""
    inverting: Words = frozenset()
    """Of these, such as have whom they credit behind them in any place: so."""
    addressing: Words = frozenset()
    """Of `verbs`: such as have behind them to whom somebody speaks: told."""
    somebody: Words = frozenset()
    """Words for somebody without a name, or for several: someone."""
    documents: Words = frozenset()
    """Nouns for what is written and has no speaker, and for a voice without a person: a memo."""
    letters: Words = frozenset()
    """Nouns for what a body says in writing: Mitteilung."""
    names: Words = frozenset()
    """Nouns for a name, before a colon: "it has a nickname: “…”"."""
    makes: Words = frozenset()
    """Forms of verbs whose object may be a work: she read “…”."""
    authorities: Words = frozenset()
    """Of `organisations`: such as are no company."""
    plurals: Words = frozenset()
    """Such as mean several and do not look like it; lower case."""
    spoke: Words = frozenset()
    """Phrases for having said what stands above: was speaking."""
    titles_of_rank: Words = frozenset()
    """Roles of several words."""
    person_ends: Words = frozenset()
    """Ends of other such nouns: winemaker, Näherin."""
    spokespeople: Words = frozenset()
    """Nouns for somebody who speaks for a body: a spokesman."""
    demonyms: Words = frozenset()
    """Words with a capital that stand for a person with an article: the Dane."""
    organisations: Words = frozenset()
    """Nouns for a body that speaks: the ministry."""
    organisation_names: Words = frozenset()
    """Words that make a name with capitals that of a body: Harbour Trust."""
    things: Words = frozenset()
    """Words that make a name with capitals that of a place, a building, an event or a law."""
    not_names: Words = frozenset()
    """Words that have a capital where they are no name."""
    articles: Words = frozenset()
    """Articles and possessives that begin a noun's phrase."""
    prepositions: Words = frozenset()
    """Words that show that the phrase behind them is no subject; lower case."""
    relative: Words = frozenset()
    """Words that begin a clause about the phrase before them: who."""
    indefinite: Words = frozenset()
    """Articles of somebody new."""
    companies: Words = frozenset()
    """Nouns that mean a company or club by whatever name; lower case."""
    the: Words = frozenset()
    """Articles of what has been named before, or is known to all."""
    cases: Mapping[str, Words] = field(default_factory=dict)
    """Articles of no subject: for any gender under an empty key, of a noun for men or women under m and f."""
    genitives: Words = frozenset()
    """Articles that, behind a noun, say whose it is: die Chefin der Werft."""
    tails: Words = frozenset()
    """Prepositions that go on with a noun's phrase: a spokesman for the ministry."""
    clause_words: Words = frozenset()
    """Words that end it."""
    joins: Words = frozenset()
    """Words after which a verb has the subject of the one before: and."""
    women: Words = frozenset()
    """Ends of nouns for women."""
    men: Words = frozenset()
    name_joints: Words = frozenset()
    """Small words inside the name of a body."""
    name_links: Words = frozenset()
    """Such of these as follow the first word of one: Bureau of Dams."""
    particles: Words = frozenset()
    """Small words inside names: van der."""
    genders: Mapping[str, str] = field(default_factory=dict)
    """The gender that an article tells of a subject: der m, die f, das it."""
    first_names: Mapping[str, Words] = field(default_factory=dict)
    """Frequent ones, by gender; empty for both."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Which numbers of a text say something, and what they count."""

    labels: Words = frozenset()
    """Words before a number that is their name: Article 5."""
    names_after: Words = frozenset()
    """Words after a number that is a name: 155 mm."""
    anaphora: Words = frozenset()
    """Phrases with a number that only point back: the two."""
    idioms: Words = frozenset()
    """Phrases with a number that counts nothing: net zero."""
    stop: Words = frozenset()
    """Words that end the noun phrase after a number."""
    people_nouns: Words = frozenset()
    """Plurals that do not look like one."""
    measures: Words = frozenset()
    """Units of measurement: what is measured is an amount, no count."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """The name of what a sign stands for."""
    currency_words: Words = frozenset()
    of: Words = frozenset()
    """Words between a share and what it is a share of."""
    per: Words = frozenset()
    """Phrases that belong to a unit: a year."""
    rank_ends: Words = frozenset()
    """What makes an ordinal a rank: third-largest."""
    period: Words = frozenset()
    """Words before the year that a number is about."""
    estimate: Words = frozenset()
    """Words beside a number that is an estimate."""
    pledge: Words = frozenset()
    """Words beside a number that is promised."""


@dataclass(frozen=True, slots=True)
class Named:
    """Which passages in quotation marks of authored prose are names, by the words beside them."""

    terms: Words = frozenset()
    """Phrases before a term or a name: so-called; lower case."""
    works: Words = frozenset()
    """Nouns before the title of a work or the name of something: the film “…”."""
    speaking: Words = frozenset()
    """Words by which authored prose gives words to somebody, besides those of `speech`: a statement; lower case."""
    parts: Words = frozenset()
    """Words before or behind the name of a part of a page: the button “…”."""
    media: Words = frozenset()
    """Nouns for what is read, and for who wrote it: the article; lower case."""


@cache
def named(language: Language) -> Named:
    """Which passages are names; empty for a language without rules."""
    return _made(Named, own_data(language.tag).get("named", {}))


@cache
def speech(language: Language) -> Speech:
    """How a language credits quotations; empty for one without rules."""
    return _made(Speech, own_data(language.tag).get("speech", {}))


@cache
def worth(language: Language) -> Worth:
    """Which numbers of a language say something; empty for one without rules."""
    return _made(Worth, own_data(language.tag).get("worth", {}))


def _made(record: type[_T], data: Mapping[str, Any]) -> _T:
    names = {item.name for item in fields(record)}  # type: ignore[arg-type]
    return record(**{key: _frozen(value) for key, value in data.items() if key in names})


def _frozen(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {key: frozenset(inner) if isinstance(inner, list) else inner for key, inner in value.items()}
    return frozenset(value)
