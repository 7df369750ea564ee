"""Which passages of a text in quotation marks are somebody's words.

Not counted are the titles of works (the film “…”), words that are named and not said (the so-called “…”), and up to
three words in a sentence in which nobody speaks. In a language without rules every passage counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from briefing.model.places import Span
from briefing.text import Language, Quoted, joined, quoted, sentences, speech
from briefing.text.language_rules import Patterns, any_of

TITLE_WORDS = 8
"""Words that the title of a work has at most."""
TERM_WORDS = 3
"""Words that may be a term in quotation marks and nobody's."""
REACH = 300
"""Code points on each side of a passage in which a word for speaking is looked for."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LOOK_BACK = 40
"""Code points before a passage in which the word for a work or term is looked for."""
_STOPS = (".", "!", "?", ",", "…")


def spoken(text: str, language: Language) -> tuple[Quoted, ...]:
    """Return the passages that are somebody's words, in the order of the text; one over several paragraphs is one."""
    return tuple(passage for passage in _all_passages(text, language) if not _is_name(text, language, passage))


def named(text: str, language: Language) -> tuple[Quoted, ...]:
    """Return the passages in quotation marks that are treated as titles and terms."""
    return tuple(passage for passage in _all_passages(text, language) if _is_name(text, language, passage))


def _all_passages(text: str, language: Language) -> tuple[Quoted, ...]:
    passages = joined(quoted(text, language))
    return tuple(passage for passage in passages if _WORD.search(text, passage.inner.start, passage.inner.end))


def _is_name(text: str, language: Language, passage: Quoted) -> bool:
    rules = speech(language)
    words = _WORD.findall(passage.inner.of(text))
    if not rules.verbs or len(words) > TITLE_WORDS or passage.inner.of(text).rstrip().endswith(_STOPS):
        return False
    before = Span(max(passage.outer.start - _LOOK_BACK, 0), passage.outer.start)
    if _name_patterns(language).term.search(text, before.start, before.end):
        return True
    if _name_patterns(language).work.search(text, before.start, before.end):
        return rules.nouns_have_capitals or _has_capitals(words)
    if _mark_before(text, passage) == ":":
        return False
    if not rules.nouns_have_capitals and len(words) > 1 and _has_capitals(words) and not _is_set_off(text, passage):
        return True
    return len(words) <= TERM_WORDS and not _somebody_speaks(text, language, passage)


def _is_set_off(text: str, passage: Quoted) -> bool:
    """Return whether a comma parts the passage from its sentence, as it parts words that are said."""
    return _mark_before(text, passage) == "," or text[passage.outer.end : passage.outer.end + 1] == ","


def _mark_before(text: str, passage: Quoted) -> str:
    """Return what is before a passage."""
    at = passage.outer.start
    return text[max(at - 3, 0) : at].rstrip(" \u00a0")[-1:]


def _has_capitals(words: list[str]) -> bool:
    """Return whether all words but short ones have a capital, the first one in any case."""
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in words if len(word) > 3)


def _somebody_speaks(text: str, language: Language, passage: Quoted) -> bool:
    """Return whether the sentence around a passage, or one that it touches, has a word for speaking not too far
    away."""
    rules = speech(language)
    end = text.find("\n", passage.outer.end)
    line = Span(text.rfind("\n", 0, passage.outer.start) + 1, end if end >= 0 else len(text))
    found = sentences(text, language, line)
    starts = [sentence.start for sentence in found]
    first = max(bisect_right(starts, passage.outer.start) - 1, 0)
    last = max(bisect_right(starts, passage.outer.end - 1) - 1, first)
    lead = text[max(found[first].start, passage.outer.start - REACH) : passage.outer.start]
    rest = text[passage.outer.end : min(found[last].end, passage.outer.end + REACH)]
    words = set(_WORD.findall(f"{lead} … {rest}"))
    if lead.partition(" ")[0].lower() in rules.views and words & rules.copulas:
        return True
    if any(phrase in lead or phrase in rest for phrase in rules.impersonal):
        return True
    speaks = words & (rules.verbs | rules.frames | rules.participles | rules.quoting | rules.reported)
    return bool(speaks or any(map(_name_patterns(language).according.search, (lead, rest))))


@cache
def _name_patterns(language: Language) -> Patterns:
    """Return patterns for phrases before a term or the title of a work, and for those before who says something."""
    words = speech(language)
    comma = "" if words.nouns_have_capitals else ",?"
    return Patterns(
        term=rf"(?<!\w){any_of(words.terms)}[ \u00a0]$",
        work=rf"(?<!\w){any_of(words.works)}{comma}[ \u00a0]$",
        according=rf"(?<!\w){any_of(words.according)}(?!\w)",
    )
