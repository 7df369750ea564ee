"""The rule on whom prose names as its source: the article’s words rest on the article, a reader’s on comments.

A sentence is read in parts that end where it cites. Such a part names its source where the article, a reader, a person
or a body is the subject of a verb of speech in it, or follows “according to”.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from briefing.anchor.diagnose import short
from briefing.attribution.credit import is_body
from briefing.attribution.subjects import words_of
from briefing.check.attributed_prose import WORD, Known, known_names
from briefing.check.grounds import Ground, grounds
from briefing.check.named_passages import SentenceWord, is_medium, sentence_words, somebody_speaks
from briefing.check.quotables import quotables
from briefing.check.rules.cited_numbers import JudgedSentence, judged_in, supported
from briefing.check.rules.quantifiers import counted
from briefing.check.sentences import Authored, Sentence, authored
from briefing.model import Briefing
from briefing.model.places import Problem, Span
from briefing.text import Language, language, named, speech
from briefing.text.language_rules import any_of, contrast
from briefing.text.marked_passages import marked

_Kind = Literal["article", "reader", "other"]


class _NamedSource(Struct, frozen=True):
    """Whom a part of a sentence names as the source of what it says."""

    kind: _Kind
    span: Span
    """The words that name it, in the laid words."""
    part: Span
    """The part of the sentence, which ends where it cites."""


class _Naming(Struct, frozen=True):
    """The names by which the sources of a briefing are called, and its language."""

    known: Known
    readers: frozenset[tuple[str, ...]]
    """The names of commenters that nobody in the source has."""
    people: frozenset[tuple[str, ...]]
    """The names of the source's people, whole and in part, and their roles in one word."""
    rules: Language


def wrong_source(briefing: Briefing) -> Iterator[Problem]:
    """What prose gives to the article, a person or a body is not only from comments; what it gives to a reader is.

    Numbers and quoted words that are given to the article are in what is cited of it, and not in a comment beside that.
    """
    naming = briefing.derive(_naming)
    for field in authored(briefing):
        for judged in judged_in(briefing, field.prose) if not field.draft else ():
            for found in _named_sources(briefing, field, judged.sentence, naming):
                yield from _judge(briefing, judged, found)


def _naming(briefing: Briefing) -> _Naming:
    everybody, rules = known_names([briefing]), language(briefing.language)
    of_roles = frozenset(_low(role) for role in briefing.roles.values() if len(role.split()) == 1)
    own = {_low(briefing.people[id].name) for id in briefing.roles if id in briefing.people}
    readers = frozenset(_low(each.author) for each in briefing.comments if each.author) - own - {()}
    return _Naming(everybody, readers, (everybody.people | of_roles) - readers - {()}, rules)


def _low(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(name))


# --- whom a sentence names --------------------------------------------------------------------------------------------


def _named_sources(briefing: Briefing, field: Authored, sentence: Sentence, naming: _Naming) -> Iterator[_NamedSource]:
    """Yield whom the parts of a sentence name, one at most for each, and none where a part names several."""
    outside = _without_quotations(sentence, naming.rules)
    ends = [at for at, _ in sentence.citations if sentence.span.start < at < sentence.span.end]
    has_readers = _mentions_readers(sentence_words(outside), naming)
    counting = [one.span for one in counted(briefing, sentence, naming.rules)]
    for start, end in zip((sentence.span.start, *ends), (*ends, sentence.span.end), strict=True):
        part = Span(start, end)
        text = outside[start - sentence.span.start : end - sentence.span.start]
        is_counted = any(span.overlaps(part) for span in counting)
        if found := _subject(sentence_words(text), text, naming, is_counted):
            kind, said = found
            if kind != "other" or not (field.theme or has_readers or counting):
                yield _NamedSource(kind, Span(said.start + start, said.end + start), part)


def _without_quotations(sentence: Sentence, rules: Language) -> str:
    """Return a sentence with blanks for its quotation marks and what is in them."""
    laid, text = sentence.laid.text, sentence.span.of(sentence.laid.text)
    found = marked(laid, rules)
    for passage in found[bisect_right(found, sentence.span.start, key=lambda each: each.outer.end) :]:
        if passage.outer.start >= sentence.span.end:
            break
        start = max(passage.outer.start - sentence.span.start, 0)
        end = min(passage.outer.end - sentence.span.start, len(text))
        text = text[:start] + "“" * (end > start) + " " * (end - start - 1) + text[end:]
    return text


def _subject(words: Sequence[SentenceWord], text: str, naming: _Naming, is_counted: bool) -> tuple[_Kind, Span] | None:
    """Return the first that is said to speak in a part, and the words that say so; None where others do, too."""
    by_reader = is_counted or _mentions_readers(words, naming)
    for at in range(len(words)):
        kind = _kind(words, at, naming)
        if not kind or (kind != "reader" and by_reader):
            continue
        first = _noun_phrase(words, at, naming.rules)
        said = _said_by(words, first, at, text, naming.rules)
        if said and not _is_denied(words, first, said, naming.rules):
            by_another = somebody_speaks(text[: said.start], naming.known, naming.rules)
            return None if kind != "other" and by_another else (kind, said)
    return None


def _kind(words: Sequence[SentenceWord], at: int, naming: _Naming) -> _Kind | None:
    """Return what a word is for, if it is for a source."""
    more, rules = named(naming.rules), naming.rules
    low = words[at].low
    if low in more.commenters or _ends_name(words, at, naming.readers):
        return "reader"
    if is_medium(words, at, naming.known.publications, rules) and low not in rules.quantifiers.nouns:
        return "article"
    is_other = _ends_name(words, at, naming.people) or any(
        is_body(word, speech(rules)) for word in words_of(words[at].text)
    )
    return "other" if is_other and low not in rules.quantifiers.nouns else None


def _ends_name(words: Sequence[SentenceWord], at: int, names: frozenset[tuple[str, ...]]) -> bool:
    """Return whether a name of one to four words ends with a word."""
    lower = tuple(word.low for word in words[max(at - 3, 0) : at + 1])
    return any(lower[start:] in names for start in range(len(lower)))


def _mentions_readers(words: Sequence[SentenceWord], naming: _Naming) -> bool:
    nouns = {*naming.rules.quantifiers.nouns, *named(naming.rules).commenters} - named(naming.rules).media
    return any(word.low in nouns or _ends_name(words, at, naming.readers) for at, word in enumerate(words))


def _noun_phrase(words: Sequence[SentenceWord], at: int, rules: Language) -> int:
    """Return where the article before a noun is, with a word between at most; else the noun."""
    articles = {*rules.speakers.articles, *rules.speakers.indefinite, *_DATIVE}
    return next((first for first in (at - 1, at - 2) if first >= 0 and words[first].low in articles), at)


_DATIVE = {"dem", "diesem", "im"}
_OF_DATIVE = {"zufolge", "nach", "heißt", "hieß", "steht", "stand"}
"""Words that say in German that what is in the dative speaks: dem Artikel zufolge, im Artikel heißt es."""
_BEFORE = 100
"""Code points before a noun in which a phrase such as “according to” is."""
_NEAR = 3
"""Words behind a subject among which its verb is."""


def _said_by(words: Sequence[SentenceWord], first: int, at: int, text: str, rules: Language) -> Span | None:
    """Return the words by which a noun phrase is said to speak: with its verb, or the phrase before it."""
    before = text[max(words[first].start - _BEFORE, 0) : words[first].start]
    if phrase := _phrases(rules).search(before):
        return Span(words[first].start - len(before) + phrase.start(), words[at].end)
    if (
        first
        and words[first - 1].low in _verbs(rules)
        and _opens(text[max(words[first - 1].start - _BEFORE, 0) : words[first - 1].start], rules)
    ):
        return Span(words[first - 1].start, words[at].end)
    if not _may_be_subject(words, first, before, rules):
        return None
    verbs = _OF_DATIVE if words[first].low in _DATIVE else _verbs(rules)
    for verb in words[at + 1 : at + 1 + _NEAR]:
        if re.search(r"[,;:.!?()–—]", text[words[at].end : verb.start]):
            break
        if verb.low in verbs:
            return Span(words[first].start, verb.end)
    return None


def _may_be_subject(words: Sequence[SentenceWord], first: int, before: str, rules: Language) -> bool:
    """Return whether a noun phrase may be the subject: no preposition, owner or verb is right before it."""
    if _opens(before, rules):
        return True
    ahead = words[first - 1].low
    return ahead in rules.quantifiers.clauses or ahead in _SUBORDINATE or ahead in _verbs(rules)


_SUBORDINATE = frozenset({"as", "what", "because", "although", "so", "wie", "was", "weil", "obwohl"})
"""Words before a clause, besides those of the language rules."""


def _opens(before: str, rules: Language) -> bool:
    """Return whether a clause begins behind a text: its verb may come before its subject there."""
    before = before.rstrip(" *_\u00a0")
    return not before or before[-1] in ',;:–—.!?“”„«»"،؛؟' or not rules.known


@cache
def _phrases(rules: Language) -> re.Pattern[str]:
    """Return what is right before one whose words something is: according to."""
    phrases = {*speech(rules).according, *rules.speakers.according, *named(rules).giving_phrases} - {"so", "zufolge"}
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})\s*$", re.IGNORECASE) if phrases else re.compile("(?!)")


@cache
def _verbs(rules: Language) -> frozenset[str]:
    said = speech(rules)
    return frozenset({*said.verbs, *said.inverting, *said.quoting, *rules.speakers.verbs, *named(rules).giving})


def _is_denied(words: Sequence[SentenceWord], first: int, said: Span, rules: Language) -> bool:
    """Return whether a negation is in or near the words that say that somebody speaks: does not say, says nothing."""
    inside = [at for at, word in enumerate(words) if word.start >= said.start and word.end <= said.end]
    beside = words[max(min((first, *inside)) - 1, 0) : max((first, *inside)) + _NEAR]
    return any(word.low in contrast(rules).negations for word in beside)


# --- what it rests on -------------------------------------------------------------------------------------------------


def _judge(briefing: Briefing, judged: JudgedSentence, found: _NamedSource) -> Iterator[Problem]:
    sentence = judged.sentence
    if set(sentence.cited) - grounds(briefing).keys():
        return  # what is cited and could not be read is reported already
    resting = tuple(_resting(judged, found))
    if not resting or any(ground.blind for ground in resting):
        return
    comments = [ground for ground in resting if _is_of_comments(briefing, ground)]
    others = [ground for ground in resting if ground not in comments]
    words, ids = found.span.of(sentence.laid.text), ", ".join(f"“{ground.id}”" for ground in resting[:6])
    if not comments or not others:
        if wrong := _wrongly_cited(briefing, found, words, comments, others):
            at = judged.at.part(sentence.laid.span(found.span))
            yield Problem("wrong-source", f"{wrong}: {ids}", at, _HINTS[found.kind], sentence.words)
    elif found.kind == "article":
        for span in _only_in_comments(briefing, judged, found, comments, others):
            message = _IN_COMMENT.format(short(span.of(sentence.laid.text)), ids)
            at = judged.at.part(sentence.laid.span(span))
            yield Problem("wrong-source", message, at, _HINTS[found.kind], sentence.words)


def _wrongly_cited(
    briefing: Briefing, found: _NamedSource, words: str, comments: Sequence[Ground], others: Sequence[Ground]
) -> str:
    """Return what is wrong where either comments or other things only are cited; empty where that is right."""
    if found.kind == "reader":
        of_source = not comments and all(_is_of_source(briefing, each, words) for each in others)
        return _NO_COMMENT.format(words) if of_source else ""
    if others or (found.kind == "other" and _comments_themselves(briefing, comments)):
        return ""
    return _ONLY_COMMENTS.format(words, "the article" if found.kind == "article" else "somebody in the source")


def _resting(judged: JudgedSentence, found: _NamedSource) -> Iterator[Ground]:
    """Yield what a part rests on: the citations that end it, or all of its sentence, and what its field is about."""
    sentence = judged.sentence
    ending = {key.id for at, citation in sentence.citations if _ends(at, found.part, sentence) for key in citation.keys}
    yield from (judged.own,) if judged.own else ()
    for ground, id in zip(judged.cited, sentence.cited, strict=True):
        if not ending or id in ending:
            yield ground


def _ends(at: int, part: Span, sentence: Sentence) -> bool:
    """Return whether a citation is at the end of a part, with nothing but punctuation between."""
    return at >= part.end and not any(letter.isalnum() for letter in sentence.laid.text[part.end : at])


def _is_of_comments(briefing: Briefing, ground: Ground) -> bool:
    anchor = briefing.anchors.get(ground.id)
    return bool(ground.comments) or (anchor is not None and bool(anchor.comment))


def _is_of_source(briefing: Briefing, ground: Ground, words: str) -> bool:
    """Return whether something is annotated in the source, in a paragraph that has none of the nouns of some words."""
    nouns = {word.lower() for word in WORD.findall(words)} & named(language(briefing.language)).commenters
    quoting = quotables(briefing).get(ground.id)
    own = quoting is not None and ground.id in briefing.anchors
    return own and not any(
        noun[:6] in text.text.lower() for noun in nouns for text in (quoting.words if quoting else ())
    )


def _comments_themselves(briefing: Briefing, comments: Sequence[Ground]) -> bool:
    """Return whether somebody who speaks in the source wrote one of some comments."""
    ids = {id for ground in comments for id in ground.comments}
    ids |= {briefing.anchors[ground.id].comment for ground in comments if ground.id in briefing.anchors}
    own = {_low(briefing.people[id].name) for id in briefing.roles if id in briefing.people}
    return any(each.id in ids and _low(each.author) in own for each in briefing.comments)


def _only_in_comments(
    briefing: Briefing,
    judged: JudgedSentence,
    found: _NamedSource,
    comments: Sequence[Ground],
    others: Sequence[Ground],
) -> Iterator[Span]:
    """Yield the numbers and quoted words of a part that comments have and nothing else that it rests on."""
    known, text = quotables(briefing), judged.sentence.laid.text

    def has(words: str, grounds: Sequence[Ground]) -> bool:
        return any(known[each.id].has(words) for each in grounds)

    for passage in marked(text, language(briefing.language)):
        words = passage.inner.of(text).strip()
        if words and found.part.holds(passage.outer) and has(words, comments) and not has(words, others):
            yield passage.inner
    for one in judged.stated:
        if found.part.holds(one.span) and not supported(one, others) and supported(one, comments):
            yield one.span


_ONLY_COMMENTS = "“{}” gives this to {}, but all that is cited is from comments"
_IN_COMMENT = "“{}” is given to the article, but of what is cited only comments have it: {}"
_NO_COMMENT = "“{}” gives this to a reader, but nothing that is cited is a comment"
_CITE_SOURCE = "cite the annotation of the source that has it, or say that a reader says it"
_HINTS: Mapping[_Kind, str] = {
    "article": _CITE_SOURCE,
    "other": _CITE_SOURCE,
    "reader": "cite the comment that has it, or say who says it in the source",
}
