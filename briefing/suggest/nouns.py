"""Nouns for people and bodies in a row of words, with their articles and what belongs to them; and ages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.language import Speech
from briefing.places import Span
from briefing.suggest.phrase import Phrase, Token, gender_of_noun, has_first_name, is_noun, is_person

_BACK = 4
"""Words before a noun that may belong to it: its article and adjectives."""
_TAIL = 5
"""Words of a phrase after a noun: a spokesman for the ministry of transport."""


def nouns(text: str, tokens: Sequence[Token], rules: Speech) -> Iterator[Phrase]:
    """Every noun that is in a list, in its order."""
    at = 0
    while at < len(tokens):
        owner = tokens[at].text.endswith(("’s", "'s"))
        word = tokens[at].text[:-2] if owner else tokens[at].text
        introduced = at > 0 and tokens[at - 1].text.lower() in rules.articles
        person = is_person(word, rules) if introduced else is_noun(word, rules.people, rules)
        body = is_noun(word, rules.organisations, rules)
        plain = rules.nouns_have_capitals or not word[0].isupper() or _begins_sentence(text, tokens[at].span.start)
        if not (person or body) or not plain:
            at += 1
            continue
        first, end = _start(tokens, at, rules), _end(tokens, at, rules)
        end = at + 1 if owner else end
        span = Span(tokens[first].span.start, tokens[end - 1].span.end - 2 * owner)
        name = _without_article(" ".join(span.of(text).split()), rules)
        gender = gender_of_noun(word, rules) if person else ""
        if body and not person and rules.nouns_have_capitals and any(f" {link} " in name for link in rules.name_links):
            yield Phrase(span, "name", name, body=True, gender=gender)
            at = end
            continue
        yield Phrase(span, "noun", name, body=body and not person, gender=gender, possessive=owner)
        at = end


def ages(tokens: Sequence[Token], rules: Speech) -> Iterator[Phrase]:
    """An age that stands for a person: the 54-year-old; nothing where it stands before a noun or a name."""
    for at in range(2, len(tokens)):
        number, hyphen, word = (token.text for token in tokens[at - 2 : at + 1])
        if word not in rules.ages or hyphen != "-" or not number.isdigit():
            continue
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if not (following[:1].isupper() or is_person(following, rules)):
            start = at - 3 if at > 2 and tokens[at - 3].text.lower() in rules.articles else at - 2
            article = tokens[start].text.lower()
            gender = rules.genders.get(article, "")
            span = Span(tokens[start].span.start, tokens[at].span.end)
            yield Phrase(span, "noun", f"{number}-{word}", gender=gender, age=int(number))


def _without_article(words: str, rules: Speech) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in rules.articles else words


def _begins_sentence(text: str, at: int) -> bool:
    return text[max(at - 2, 0) : at].strip() in ("", ".", "“", '"') and text[max(at - 2, 0) : at] != " "


def _start(tokens: Sequence[Token], at: int, rules: Speech) -> int:
    """The first word of a noun's phrase: back over adjectives to its article."""
    first = at
    while first > 0 and at - first < _BACK and _leads(tokens[first - 1].text, rules):
        if (
            tokens[first - 1].text.endswith(("’s", "'s"))
            and first > 1
            and has_first_name([tokens[first - 2].text], rules)
        ):
            break
        first -= 1
        if tokens[first].text.lower() in rules.articles:
            return first
    while first < at and tokens[first].text in rules.clause_words:
        first += 1
    return at if rules.nouns_have_capitals else first


def _leads(word: str, rules: Speech) -> bool:
    """Whether a word before a noun may belong to it."""
    lower = word.lower()
    if lower in rules.articles:
        return True
    if not word[0].isalpha() or lower in rules.pronouns or word in rules.tails or lower in rules.prepositions:
        return False
    if word in rules.verbs or word in rules.frames or word in rules.clause_words:
        return False
    return not word[0].isupper() or not (rules.nouns_have_capitals or word in rules.not_names)


def _end(tokens: Sequence[Token], at: int, rules: Speech) -> int:
    """Where a noun's phrase ends: behind "of the ministry", "des Verbands"."""
    end = at + 1
    while end < len(tokens) and end - at <= _TAIL and tokens[end].text in rules.tails:
        ahead = end + 1
        while ahead < len(tokens) and ahead - end <= 3 and _goes_on(tokens[ahead].text, rules):
            ahead += 1
        if ahead == end + 1:
            break
        end = ahead
    return end


def _goes_on(word: str, rules: Speech) -> bool:
    if not word[0].isalpha() or word in rules.verbs or word in rules.frames or word in rules.tails:
        return False
    if word[0].isupper() and (has_first_name([word], rules) or word in rules.not_names):
        return False
    return word.lower() not in rules.pronouns and word not in rules.clause_words
