"""Names in a row of words: those with capitals, as far as they are no nouns, with the title or role before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.language import Speech
from briefing.places import Span
from briefing.suggest.phrase import (
    Phrase,
    Token,
    first_name,
    gender_of,
    gender_of_noun,
    has_first_name,
    is_noun,
)

_NAME_WORDS = 2
"""Words of a name where nothing else tells how many they are."""


def proper_names(tokens: Sequence[Token], rules: Speech) -> Iterator[Phrase]:
    """Every name, or noun with a capital that is a role, in its order."""
    at = 0
    while at < len(tokens):
        end = _run(tokens, at, rules)
        if end > at:
            phrase = _name(tokens[at:end], rules)
            if phrase:
                yield _with_office(tokens, at, phrase, rules)
        at = max(end, at + 1)


def _with_office(tokens: Sequence[Token], at: int, phrase: Phrase, rules: Speech) -> Phrase:
    """A name with the office before it that ends in a word with a capital: Minister for Health Liam Forde."""
    first = at - 2
    if first < 0 or tokens[at - 1].text not in rules.tails or tokens[first].text not in rules.roles:
        return phrase
    if phrase.kind != "name" or not phrase.role or phrase.role.split()[0] not in tokens[at].text:
        return phrase
    role = f"{tokens[first].text} {tokens[at - 1].text} {phrase.role}"
    return replace(phrase, span=Span(tokens[first].span.start, phrase.span.end), role=role, body=False, person=True)


def _run(tokens: Sequence[Token], at: int, rules: Speech) -> int:
    """Where a run of words with capitals ends that begins at a token; particles and dots of titles may be inside."""
    end = at
    while end < len(tokens):
        text = tokens[end].text
        if text[0].isupper() and (text not in rules.not_names or (end > at and not rules.nouns_have_capitals)):
            end += 1
            if text.endswith(("’s", "'s")):
                break
            end = _past_of(tokens, end, rules)
        elif end > at and _is_inside(tokens, end, rules):
            end += 1
        elif end > at and text in rules.particles and _may_have_particle(tokens[end - 1].text, rules):
            ahead = end
            while ahead < len(tokens) and tokens[ahead].text in rules.particles:
                ahead += 1
            if ahead == len(tokens) or not tokens[ahead].text[0].isupper():
                break
            end = ahead
        else:
            break
    return end


def _is_inside(tokens: Sequence[Token], at: int, rules: Speech) -> bool:
    """Whether a mark belongs to a name: the stop of a title or initial, or the sign in Harlan & Pym."""
    if tokens[at].text == ".":
        return _is_short(tokens[at - 1].text, rules) and _close(tokens, at)
    return tokens[at].text == "&" and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()


def _may_have_particle(word: str, rules: Speech) -> bool:
    """Whether a particle can follow a word in a name; where nouns have capitals, only a first name or a title."""
    if not rules.nouns_have_capitals:
        return True
    return word in rules.honorifics or any(word in names for names in rules.first_names.values())


def _past_of(tokens: Sequence[Token], end: int, rules: Speech) -> int:
    """The next capital behind "of" after a word for a body: Bureau of Dams; otherwise where the run stands."""
    if rules.nouns_have_capitals or tokens[end - 1].text not in rules.organisation_names:
        return end
    ahead = end
    while ahead < len(tokens) and ahead - end < 2 and tokens[ahead].text in rules.name_links:
        ahead += 1
    opens = ahead > end and ahead < len(tokens) and tokens[ahead].text[0].isupper()
    return ahead if opens and tokens[ahead].text not in rules.not_names else end


def _is_short(word: str, rules: Speech) -> bool:
    return word in rules.honorifics or (len(word) == 1 and word.isupper())


def _close(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].span.end == tokens[at].span.start


def _name(tokens: Sequence[Token], rules: Speech) -> Phrase | None:
    """A run of words with capitals as a role and a name."""
    words = [token for token in tokens if token.text != "."]
    while words and words[0].text in rules.not_names:
        words = words[1:]
    if not words:
        return None
    last = words[-1].text
    possessive = last.endswith(("’s", "'s"))
    texts = [token.text for token in words[:-1]] + [last[:-2] if possessive else last]
    first = _after_role(texts, rules)
    role = " ".join(text for text in texts[:first] if text not in rules.honorifics)
    name = _joined_initials(texts[first:])
    gender = next((rules.honorifics[text] for text in texts[:first] if rules.honorifics.get(text)), "")
    span = Span(words[0].span.start, words[-1].span.end - 2 * possessive)
    if not name:
        noun = role or " ".join(texts)
        return Phrase(span, "noun", noun, gender=gender or gender_of_noun(noun, rules), possessive=possessive)
    body = not role and _is_body(texts[first:], rules)
    thing = not role and not body and any(text in rules.things for text in texts)
    person = not body and not thing and (first > 0 or has_first_name(texts, rules))
    sure = not rules.nouns_have_capitals or body or person
    at = first_name(texts, rules)
    if not role and not body and at > 0:
        # Words before a first name are a role, in whatever list: Health Liam Forde, Hüttenwart Beat Zurfluh.
        role, name = " ".join(texts[:at]), _joined_initials(texts[at:])
    elif not sure and len(texts) > _NAME_WORDS:
        # A noun that is in no list, before a name: Staatsarchivarin Regula Ammann.
        role, name = " ".join(texts[:-_NAME_WORDS]), " ".join(texts[-_NAME_WORDS:])
    noun, _, rest = name.partition(" ")
    if body and rest and rules.nouns_have_capitals and noun.lower().endswith(tuple(rules.companies)):
        role, name = noun, rest  # Reederei Nordlicht; but Universität Bonn
    gender = gender or (gender_of(name, role, rules) if " " in name else gender_of_noun(role, rules))
    return Phrase(span, "name", name, role, body, gender, possessive, sure, person, thing)


def _joined_initials(words: Sequence[str]) -> str:
    """A name as it is written; a stop after an initial has been a token of its own."""
    return " ".join(f"{word}." if len(word) == 1 and word.isupper() and len(words) > 1 else word for word in words)


def _after_role(texts: Sequence[str], rules: Speech) -> int:
    """How many words at the beginning are a role or a title."""
    first = 0
    end = first_name(texts, rules)
    for at, text in enumerate(texts[: end if end >= 0 else len(texts)]):
        if at and at == len(texts) - 1 and texts[at - 1] in rules.honorifics:
            break
        if at > 1 and at == len(texts) - 1 and not _is_role(texts[at - 1], rules):
            break  # Schaffner Ottokar Prinz
        if _is_role(text, rules):
            first = at + 1
    for title in rules.titles_of_rank:
        size = len(title.split())
        for at in range(len(texts) - size + 1):
            if " ".join(texts[at : at + size]) == title:
                first = max(first, at + size)
    return first


def _is_role(word: str, rules: Speech) -> bool:
    return word in rules.roles or word in rules.honorifics or is_noun(word, rules.people, rules)


def _is_body(texts: Sequence[str], rules: Speech) -> bool:
    """Whether a name is that of an organisation: by a word in it, or as an abbreviation."""
    if any(text in rules.organisation_names for text in texts) or "&" in texts:
        return True
    if rules.nouns_have_capitals and any(is_noun(text, rules.organisations, rules) for text in texts):
        return True
    return len(texts) == 1 and len(texts[0]) > 1 and texts[0].isupper()
