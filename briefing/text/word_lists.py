"""The word lists of a language, as its JSON file has them: what each key of `numbers`, `stated`, `speech` … means.

A language that does not have one of these objects has its empty record: nothing is read by it, and nothing fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct, convert, field

Pair = tuple[str, str]
Words = frozenset[str]
_T = TypeVar("_T")


class WordList(Struct, frozen=True, eq=False, rename=lambda name: name.rstrip("_")):
    """Words by what they do; `and` cannot be a name in Python, and is `and_`."""


class NumberWords(WordList, frozen=True, eq=False):
    """How cardinal numbers are built from words; all words are lower case."""

    tens_first: bool = True
    """twenty-one; False where units come first and all is one word, as in einundzwanzig."""
    units: Mapping[str, int] = field(default_factory=dict)
    teens: Mapping[str, int] = field(default_factory=dict)
    """10 to 19, and 0: words that join with neither tens nor units."""
    tens: Mapping[str, int] = field(default_factory=dict)
    hundred: tuple[str, ...] = ()
    multipliers: Mapping[str, int] = field(default_factory=dict)
    """thousand and above; they also follow digits, "1.5 million"."""
    dozen: Mapping[str, int] = field(default_factory=dict)
    """Words that count like a multiplier but join with nothing smaller."""
    and_: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    """Words that mean one, but only before hundred, a multiplier or a dozen."""
    alone: tuple[str, ...] = ()
    """Of hundred and the multipliers: those that may be alone ("tausend")."""
    point: tuple[str, ...] = ()
    """What is said for the decimal mark."""
    between: tuple[str, ...] = ()
    """After these, `and` separates two numbers instead of joining one."""
    not_: tuple[str, ...] = ()
    """Phrases in which a number word is none ("no one")."""


class FractionWords(WordList, frozen=True, eq=False):
    """How fractions are named; all words are lower case."""

    half: tuple[str, ...] = ()
    nouns_one: Mapping[str, int] = field(default_factory=dict)
    """The denominator, by its noun after the numerator one."""
    nouns: Mapping[str, int] = field(default_factory=dict)
    """The denominator, by its noun after another numerator."""
    one: tuple[str, ...] = ()
    """Words for the numerator one."""
    of: tuple[str, ...] = ()
    """Words one of which must follow a numerator one, because "a third" may be an ordinal; empty where it may not."""
    after: tuple[str, ...] = ()
    """Words before a numerator one that make such a word needless ("rose by a quarter", "nearly a third were")."""
    sure: tuple[str, ...] = ()
    """Numerator one and a noun that need no such word: "one third", not "one quarter", which may be a time."""
    and_a_half: tuple[tuple[str, ...], ...] = ()
    """What adds a half to a whole number, word by word."""
    measured: tuple[str, ...] = ()
    """Of `half`: adjectives, which are a number only before a unit or multiplier ("halbe Stunde", not "halbe Welt")."""
    mixed: Mapping[str, str] = field(default_factory=dict)
    """Words for a whole number with a half ("anderthalb")."""
    not_after: tuple[str, ...] = ()
    """Words after which a half is a period or a side ("the first half")."""
    before: tuple[str, ...] = ()
    """Words before a numerator one that make `of` needless where no noun follows ("fell to a third.")."""
    plural: tuple[str, ...] = ()
    """Words after a fraction with the numerator one that make `of` needless ("a third were")."""


class StatedWords(WordList, frozen=True, eq=False):
    """What surrounds a number in prose and says what it is, or that it is none; `stated` reads by these."""

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words for each unit, in lower case; the unit's name is the same in all languages."""
    multiples: Mapping[str, str] = field(default_factory=dict)
    """Words that multiply, and by what ("doubled")."""
    glued: Mapping[str, str] = field(default_factory=dict)
    """Ends of words that begin with a number word, and the unit that they say ("sechsmonatig")."""
    composed: tuple[str, ...] = ()
    """Patterns for the rest of a word that begins with a number word and counts something ("dreiköpfig")."""
    periods: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Words for a period, with its length as a number and a unit."""
    minus: tuple[str, ...] = ()
    """Words before a number that make it a negative one."""
    about: tuple[str, ...] = ()
    """Words before a number that make it a round one; `less` and `more` say on which side it errs."""
    less: tuple[str, ...] = ()
    bounds: frozenset[str] = frozenset()
    """Of `less`, such as only say what a number does not reach, and not that it is near: fewer than."""
    more: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Words that a number follows as a name ("Article 5")."""
    names: tuple[str, ...] = ()
    """Names of things that come with a number ("Boeing 737")."""
    calibre: tuple[str, ...] = ()
    """Beginnings of words after millimetres that make them the name of a calibre."""
    fixed: tuple[str, ...] = ()
    """Phrases that say no number ("24/7")."""
    streets: tuple[str, ...] = ()
    """Words for streets: after the number in English, ending the name before it in German."""
    pointing: tuple[str, ...] = ()
    """Words after which two, three or four points back at what was named ("the two")."""
    small: Mapping[str, int] = field(default_factory=dict)
    """Words for two to twelve, which may count what the sentence itself lists or cites."""
    one: tuple[str, ...] = ()
    """Words for one that are pronouns as well."""
    out_of: tuple[str, ...] = ()
    """Words between two numbers that make a share of them ("one in five")."""
    ends: tuple[str, ...] = ()
    """Words between two numbers of one unit, which may be after the second only."""
    superlative: tuple[str, ...] = ()
    """Patterns for what makes an ordinal in words a rank ("second-largest")."""
    comparing: tuple[str, ...] = ()
    """Words after a number that has the unit of the number before it ("31 hours, ten more than planned")."""
    year_after: tuple[str, ...] = ()
    """Words after which four digits are a year, even before a noun ("in 2022 prices rose")."""
    ranked: tuple[str, ...] = ()
    """Words after an ordinal in digits that are no part of a name."""
    function: tuple[str, ...] = ()
    """Words after a number that are not what it counts."""
    nouns_have_capitals: bool = False
    """Whether a word without a capital is no noun."""
    ranked_in_words: tuple[str, ...] = ()
    """Words after an ordinal in words, from the third on, that make it a rank ("the third time in a row")."""
    series: tuple[str, ...] = ()
    """Words after an ordinal and a noun that make it a rank too ("the third win in a row")."""
    rank_before: tuple[str, ...] = ()
    """Words before an ordinal in words that is a rank where no noun follows ("finished third")."""
    rank_compounds: tuple[str, ...] = ()
    """Patterns for words that begin or end with an ordinal; `{stem}` is one without its ending ("dritt")."""
    decades: Mapping[str, int] = field(default_factory=dict)
    """Words for decades, and where in a century they begin."""
    decade_patterns: tuple[str, ...] = ()
    """Patterns for decades, with a group `digits` or `word`; `{decade}` is any of `decades`."""
    share_patterns: tuple[str, ...] = ()
    """Patterns in which `{ordinal}` or the fraction `{part}` is a share of a whole ("every fifth")."""
    one_of_patterns: tuple[str, ...] = ()
    """Patterns in which a `{number}` is the whole of which one is said to be ("einer von fünf")."""
    clock_patterns: tuple[str, ...] = ()
    """Patterns for times of day with the groups `hour`, `minute` and `half` (a.m., p.m.) as far as they have them;
    `{number}` is any word for an hour, `{shift}` any of `clock_shifts`."""
    clock_shifts: Mapping[str, int] = field(default_factory=dict)
    """Words for minutes from the hour that they name ("half past": 30)."""
    hour_one: tuple[str, ...] = ()
    """Words for one before the hour."""
    age_before: tuple[str, ...] = ()
    """Words before a number that make it an age ("aged")."""
    old: tuple[str, ...] = ()
    """Words after years that make them an age."""
    occasions: tuple[str, ...] = ()
    """Words after a number that count how often something happens ("times")."""
    than: tuple[str, ...] = ()
    """Words after those that make them a multiple ("three times as many")."""
    about_after: tuple[str, ...] = ()
    """Words after a number that make it a round one ("or so")."""
    against: tuple[str, ...] = ()
    """Words between the two numbers of a score or ratio ("3 to 1")."""


class QuantifierWords(WordList, frozen=True, eq=False):
    """How a text says how many commenters say something."""

    counts: Mapping[str, str] = field(default_factory=dict)
    """Words for how many, and the line of the rubric that they are judged by."""
    nouns: tuple[str, ...] = ()
    """Words for commenters and comments."""
    printed: tuple[str, ...] = ()
    """Of these, such as a computed count prints itself."""
    of_them: tuple[str, ...] = ()
    """Words between a quantifier and whom it counts ("most of the")."""
    verbs: tuple[str, ...] = ()
    """Words after a quantifier that stands for commenters by itself ("most agree")."""
    clauses: tuple[str, ...] = ()
    """Words after which a quantifier may begin a clause."""
    reporting: tuple[str, ...] = ()
    """Of these: words that begin what somebody says, in which a number counts what it is about ("that")."""
    singular: tuple[str, ...] = ()
    """Of `verbs`: such as have a number itself before them, and not so many commenters ("six is wrong")."""
    alone: tuple[str, ...] = ()
    """Of `counts`: those that mean people by themselves at the beginning of a sentence ("everyone")."""
    further: tuple[str, ...] = ()
    """Words before a quantifier that adds to another ("weitere zwei")."""
    negations: tuple[str, ...] = ()
    """Words before "all" that leave open how many there are."""
    or_: tuple[str, ...] = ()
    """Words between two numbers one of which is meant ("one or two")."""
    ratio: tuple[str, ...] = ()
    """Of `out_of`: words between two numbers of which the second is no whole ("one in five")."""
    out_of: tuple[str, ...] = ()
    """Words between two numbers of which the second is the whole ("two of five")."""
    except_: tuple[str, ...] = ()
    """Words before how many are left out of all ("all but two")."""
    excepted: Mapping[str, int] = field(default_factory=dict)
    """Forms of numbers behind them beside those that count from two to twelve ("zweien"); 0 leaves open how many."""


class SpeakerWords(WordList, frozen=True, eq=False):
    """How a text says who speaks; all words are lower case. Without verbs nothing can be said of a language."""

    pronouns: tuple[str, ...] = ()
    """Those that are subjects: somebody who was named before."""
    articles: tuple[str, ...] = ()
    """What begins a description of somebody who was named before ("the minister")."""
    indefinite: tuple[str, ...] = ()
    """What begins one of somebody who need not have been named ("a spokeswoman")."""
    between: tuple[str, ...] = ()
    """What may be between a subject and its verb of speech."""
    crediting: tuple[str, ...] = ()
    """Words that credit like verbs of speech ("laut"), and their forms with an auxiliary ("gesagt")."""
    participles: tuple[str, ...] = ()
    """Of `crediting`: the forms with an auxiliary, whose subject is beside that."""
    auxiliaries: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    """Verbs in the mood in which words are reported ("habe"); whose they are is elsewhere."""
    quoting: tuple[str, ...] = ()
    """Verbs that say that a speaker uses the words of another one."""
    quoted_as: tuple[str, ...] = ()
    """Words behind whom a speaker quotes ("quoted Stein as saying")."""
    belonging: tuple[str, ...] = ()
    """Words before a noun that belongs to the one before them ("a voice from the benches")."""
    datives: tuple[str, ...] = ()
    """Articles of somebody to whom something is said, behind whoever says it ("sagte Ford dem Bäcker")."""
    denials: tuple[str, ...] = ()
    """Patterns of words that say that somebody did not say something, or only might."""
    names_behind: tuple[str, ...] = ()
    """Patterns of words behind what somebody or something is called ("as it is known")."""
    outcries: tuple[str, ...] = ()
    """Patterns of words before what somebody in a crowd calls ("a cry of")."""
    passives: tuple[str, ...] = ()
    """Patterns of words before what somebody is called, with a group `by` for those who do so ("is known as")."""
    apart: tuple[str, ...] = ()
    """Words that begin a clause whose subject speaks and whose verb comes last ("wobei")."""
    statements: tuple[str, ...] = ()
    """Nouns whose genitive says whose the words behind them are ("Stein’s claim that")."""
    letters: tuple[str, ...] = ()
    """Nouns for something written whose words are those of whoever wrote it ("a letter from Stein")."""
    letters_from: tuple[str, ...] = ()
    """Words between such a noun and who wrote it."""
    reading_out: tuple[str, ...] = ()
    """Verbs whose subject makes such words heard or seen ("read out a letter from Stein")."""
    joins: tuple[str, ...] = ()
    """Words between the names of several who speak."""
    verbs_of_several: frozenset[str] = frozenset()
    """Forms for several who speak that are nouns as well ("fear"), so that only a plural before them tells."""
    conjunctions: tuple[str, ...] = ()
    """Words that begin what is reported to be said ("that")."""
    example: str = ""
    """Words that credit somebody, with `{}` for the name."""
    relative: frozenset[str] = frozenset()
    """Of `speech`: words that begin a clause about somebody."""
    particles: tuple[str, ...] = ()
    """Parts of names and offices that tell nobody from another."""
    verbs: frozenset[str] = frozenset()
    """Verbs of speech, in the forms that credit a quotation: those of `speech`, and `crediting`."""
    saying: frozenset[str] = frozenset()
    """Of these, without those that credit only words beside them ("called it")."""
    people: frozenset[str] = frozenset()
    """Nouns for somebody who speaks, of `speech`."""
    bodies: frozenset[str] = frozenset()
    """Nouns for a body that are none for a person, of `speech`."""
    absolute: frozenset[str] = frozenset()
    """Of `speech`: participles of speech, which may have a subject of their own ("with the mayor calling it")."""
    inverting: frozenset[str] = frozenset()
    """Of `speech`: words that have whom they credit behind them ("so")."""
    according: frozenset[str] = frozenset()
    """Of `speech`: phrases before who says it."""
    honorifics: tuple[Pair, ...] = ()
    """Of `speech`, with the gender that each tells."""
    nouns_have_capitals: bool = False
    """Of `speech`: a capital tells no name from another noun."""


class OccupationWords(WordList, frozen=True, eq=False):
    """What is said beside a name of what somebody is, besides nouns for people."""

    somebody: Words = frozenset()
    """Words that begin a clause about a person, as its subject: who."""
    is_: Words = frozenset()
    """The verb of a clause in which a noun says it: who is a nurse."""
    adverbs: Words = frozenset()
    """Words beside a verb of such a clause that say that it lasts: who also chairs."""
    verbs: Words = frozenset()
    """Verbs that say it with their object: chairs."""
    phrases: Words = frozenset()
    """Verbs that say it with what is behind their preposition: works at."""
    participles: Words = frozenset()
    """Participles that say it with one of `since`: has run the shop since."""
    since: Words = frozenset()
    tails: Words = frozenset()
    """Prepositions, besides those of `tails`, that go on with a description behind a name: Bäcker aus Harwick."""
    founded: Words = frozenset()
    """Verbs that say it of the past."""
    once: Words = frozenset()
    """Verbs that say it of the past with one of `undertakings`: led the study."""
    undertakings: Words = frozenset()
    pointing_back: Words = frozenset()
    """Words with which a clause says nothing by itself: who runs it."""
    adding: Words = frozenset()
    """Of `joins`, such as may be between nouns."""
    openers: Words = frozenset()
    """Words with a capital that may begin what somebody is, before words without one: Former council leader."""
    limiting: Words = frozenset()
    """Adjectives without which somebody would be something else, where nouns have capitals: die frühere Ministerin."""


class Speech(WordList, frozen=True, eq=False):
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
    possessives: Mapping[str, str] = field(default_factory=dict)
    """Other forms of them, with the gender that each tells: his."""
    nouns_have_capitals: bool = False
    """So that a capital tells no name from another noun."""
    works: Words = frozenset()
    """Nouns before the title of a work or the name of something: the film “…”."""
    terms: Words = frozenset()
    """Phrases before a word that is named and not said: so-called “…”."""
    honorifics: Mapping[str, str] = field(default_factory=dict)
    """With the gender that each tells."""
    courtesy: Words = frozenset()
    """Of `honorifics`, such as no page shows with a name: Mr."""
    title_roles: Mapping[str, str] = field(default_factory=dict)
    """Of `honorifics`, such as are short for a role, with that: Cllr."""
    roles: Words = frozenset()
    """Words with a capital that are a role where they are before a name: Minister."""
    people: Words = frozenset()
    """Nouns for somebody who speaks without a name, or beside it: a spokesman; the mayor, Ada Thornbury."""
    inverting: Words = frozenset()
    """Of these, such as have whom they credit behind them in any place: so."""
    addressing: Words = frozenset()
    """Of `verbs`: such as have behind them to whom somebody speaks: told."""
    somebody: Words = frozenset()
    """Words for somebody without a name, or for several: someone."""
    someone: Words = frozenset()
    """Pronouns for somebody without a name: jemand."""
    whereabouts: Words = frozenset()
    """Words behind which a name is a place."""
    one: Words = frozenset()
    """Words for one of several: one of them."""
    objects: Words = frozenset()
    """Pronouns that are whom somebody quotes: quoted him."""
    pointing: Words = frozenset()
    """Words that, without a noun, mean who was named last: teilte diese mit."""
    own: Words = frozenset()
    """Words that say whose the words are that somebody heard: nach eigenen Worten."""
    documents: Words = frozenset()
    """Nouns for what is written and has no speaker, and for a voice without a person: a memo."""
    letters: Words = frozenset()
    """Nouns for what a body says in writing: Mitteilung."""
    asking: Words = frozenset()
    """Forms of verbs after whose subject somebody else speaks: wollte der Richter wissen."""
    asked: Words = frozenset()
    """Participles and phrases that begin a clause about what somebody is asked: asked whether Reid had laughed, he."""
    questions: Words = frozenset()
    """Words that begin what is asked behind a comma: auf die Frage, ob."""
    denies: Words = frozenset()
    """Forms of verbs whose subject says that words are not theirs, or untrue: denied."""
    passive: Words = frozenset()
    """Auxiliaries that make of whoever asks the one who is asked: was asked."""
    of_things: Words = frozenset()
    """Relative pronouns that mean nobody: which."""
    modals: Words = frozenset()
    """Auxiliaries that a clause with a subject of its own begins with: an expert would call it."""
    written: Words = frozenset()
    """Forms of verbs that say that words are to be read: auf dem Schild steht."""
    there: Words = frozenset()
    """Words for what they are to be read on, instead of its noun: darauf."""
    names: Words = frozenset()
    """Nouns for a name, before a colon: "it has a nickname: “…”"."""
    makes: Words = frozenset()
    """Forms of verbs whose object may be a work: she read “…”."""
    authorities: Words = frozenset()
    """Of `organisations`: such as are no company."""
    state: Words = frozenset()
    """Of these, such as no body is called that has no authority in its name."""
    plurals: Words = frozenset()
    """Such as mean several and do not look like it; lower case."""
    spoke: Words = frozenset()
    """Phrases for having said what is above: was speaking."""
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
    of_time: Words = frozenset()
    """Of these, such as may stand before a clause: after Berg left."""
    relative: Words = frozenset()
    """Words that begin a clause about the phrase before them: who."""
    indefinite: Words = frozenset()
    """Articles of somebody new."""
    determiners: Words = frozenset()
    """Words that, directly or with an adjective between, stand before no name of a person: ein, zum."""
    definite: Words = frozenset()
    """Articles that stand directly before no name of one word."""
    adjective_ends: Words = frozenset()
    """Ends of adjectives, which have a capital at the beginning of a sentence."""
    any_company: Words = frozenset()
    """Ends of nouns that mean any company: das Traditionsunternehmen."""
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
    besides: Words = frozenset()
    """Others that begin what can stand by itself: while, or."""
    meanwhile: Words = frozenset()
    """Words that begin a clause in which somebody else may act: as a man shouted."""
    appearing: Words = frozenset()
    """Verbs that have behind them whom a sentence introduces: in front stood a man."""
    inverted_behind: Words = frozenset()
    """Words beside prepositions that begin a sentence whose subject is behind its verb: there, dann."""
    reflexive: Words = frozenset()
    """Pronouns between such a verb and its subject: sich."""
    likening: Words = frozenset()
    """Words behind which a noun says what somebody named is, or who else acts: as, by."""
    women: Words = frozenset()
    """Ends of nouns for women."""
    men: Words = frozenset()
    occupations: OccupationWords = OccupationWords()
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


class Worth(WordList, frozen=True, eq=False):
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
    """Words before the year that a number is for; not those for a time that only begins or ends in it: since."""
    estimate: Words = frozenset()
    """Words beside a number that somebody estimates or expects; "about" says only that it is rounded."""
    near_years: Mapping[str, int] = field(default_factory=dict)
    """Phrases for a year, with how many years it is after that of the text: last year."""
    not_in: Words = frozenset()
    """Words before such a phrase that make it no time at which something is: since last year, than last year."""
    deeds: Words = frozenset()
    """Verbs of speech that do something to what is counted directly behind them: added 12 boats, told 40 staff."""
    further: Words = frozenset()
    """Words between a verb and the number behind it: another."""
    finite: Words = frozenset()
    """Verbs that make what is behind a deed something said: she added 12 boats would go."""
    of_things: Words = frozenset()
    """Relatives that are of no person: behind a verb of speech, their clause is said too."""
    clauses: Words = frozenset()
    """Words behind which a year belongs to another clause than the number before them: since, where."""
    multiplying: Words = frozenset()
    """Nouns that multiply the number before them and are read as no value: grand."""
    pledge: Words = frozenset()
    """Words beside a number that is promised; what is planned or wanted nobody has promised."""
    changes: Words = frozenset()
    """Words before a number that becomes another: from 26 weeks to nine."""
    parts: Words = frozenset()
    """Words before the number of a part of a text: section 19."""
    clock: Words = frozenset()
    """Words before a time of day that looks like a number: at 22.47."""
    of_day: Words = frozenset()
    """Words behind a number that is a time of day: seven in the morning."""
    aged: Words = frozenset()
    """Words before an age: aged."""
    age_bounds: Words = frozenset()
    """Words before an age, behind whoever has it: children under ten."""
    whoever: Words = frozenset()
    """Words for whoever has an age, besides `people_nouns`: those."""
    years_old: tuple[str, ...] = ()
    """Patterns of words behind an age: years old."""
    them: Words = frozenset()
    """Words for those that a share is a share of, which need no noun: a third of them."""
    share: str = ""
    """What a share of something is called."""
    values: Words = frozenset()
    """Words before the value of something: an average of nine."""
    lasting: Words = frozenset()
    """Words before how long something takes: took six years."""
    rising: Words = frozenset()
    """Words in a sentence in which something rises or falls."""
    changes_to: Words = frozenset()
    """Words before what it rises or falls from, to or by."""
    change_nouns: Words = frozenset()
    """Nouns for a rise or a fall: an increase of 3 per cent."""
    no_change: Words = frozenset()
    """Phrases that end with a word of `rising` and tell no change: made up 3 per cent."""
    change_by: Words = frozenset()
    """Words between something that rises or falls and by how much: rose by 3 per cent."""
    change_of: Words = frozenset()
    """Words between such a noun and by how much: an increase of 3 per cent."""
    change_behind: Words = frozenset()
    """Words behind how much more or less something is: 3 per cent more."""
    counted_passive: Words = frozenset()
    """Words behind one or two that are worth a figure: two people were hurt."""
    not_before: Words = frozenset()
    """Words directly before a number that is denied: 90 days, not 20."""
    withdrawn: tuple[str, ...] = ()
    """Patterns of words in a sentence that says what a text said before it was corrected."""
    contests: Words = frozenset()
    """Words in a sentence about a vote or a match, in which "86 to 143" is no range."""
    parts_of_days: Words = frozenset()
    """Nouns of which a few in words say little: four nights a week, three things."""
    no_qualifiers: Words = frozenset()
    """Of the words that say that a number is round (`stated.about`, `less`, `more`): verbs, and prepositions that are
    seldom meant so; they are no part of the number."""
    counted_before: tuple[str, ...] = ()
    """Patterns of words before a number that stands for those it counts: killed twelve."""
    counted_behind: tuple[str, ...] = ()
    """Patterns of words behind such a number: forty were hurt."""


class NameWords(WordList, frozen=True, eq=False):
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
    commenters: Words = frozenset()
    """Nouns for those who comment and for what they write, which are seldom anything else: a reader; lower case."""
    giving: Words = frozenset()
    """Verbs by which something read gives what it has, besides those of `speech`: the article puts; lower case."""
    giving_phrases: Words = frozenset()
    """Phrases right before it that do, besides those of `speech`: it says in; lower case."""
    people: Words = frozenset()
    """Nouns for people, besides those of `speech`."""
    person_ends: Words = frozenset()
    """How other nouns for people end: skipper."""
    things: Words = frozenset()
    """Words that end so and are none: river; lower case."""
    thinking: Words = frozenset()
    """Of the verbs by which words are given to somebody: those for what is not said aloud."""
    owners: Words = frozenset()
    """Words for whose something is: her “never again”."""


class Contrast(WordList, frozen=True, eq=False):
    """How a language takes something back, or denies it; all words are lower case."""

    words: frozenset[str] = frozenset()
    """Words that begin what limits the words before them: but."""
    parted: frozenset[str] = frozenset()
    """Of these, such as do so only after a comma, semicolon, dash or full stop: however."""
    direct: frozenset[str] = frozenset()
    """Words that turn what is right before them: not."""
    no_contrast: frozenset[str] = frozenset()
    """Phrases that begin with such a word and limit nothing: but also."""
    after: frozenset[str] = frozenset()
    """Phrases that end right before such a word, which limits nothing then: nothing but."""
    pairs: frozenset[str] = frozenset()
    """Beginnings of pairs of which such a word is the second half: not only … but."""
    negations: frozenset[str] = frozenset()
    """Words that deny. Those of Arabic are the ones that OERabic (University of Edinburgh, “Arabic Negation”, 2020)
    teaches, with the forms of ليس, and with و and ف, which are written close before them."""
    denying: frozenset[str] = frozenset()
    """Other words that turn what they are before into its opposite: failed to."""
    disputing: frozenset[str] = frozenset()
    """Words of somebody who disputes, denies or corrects what another one says: opponents dispute the figure."""
    conditions: frozenset[str] = frozenset()
    """Words that begin a condition of what was said: if."""
    whether: frozenset[str] = frozenset()
    """Words of asking and knowing, after which these begin none: I do not know if."""
    even: frozenset[str] = frozenset()
    """Words right before which these begin none: even if."""


def read_words(record: type[_T], data: Mapping[str, Any]) -> _T:
    """Return the record of a JSON object, each key in the type of the field of its name; other keys are left out."""
    return convert(data, record)
