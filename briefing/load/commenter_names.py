"""Names of commenters that readers are not shown: which they are, where a text has one, and comments without them.

A name is looked for as a whole. How surely its words are the name is a matter of how it is written:

- with digits or an underscore, or behind an @: anywhere, in any case;
- with a capital behind its first letter ("Rob T", "SkerryLass"), or of several words in a script without capitals:
  wherever it is written like that;
- else it may be an ordinary word ("Reader", "Hope", "Old salt"): with its capital where nothing else asks for one, or
  beside a verb of speech.

What is public anyway is no secret: words of the source and of works, people of the briefing and who wrote it.

In a comment only what is a name without doubt gives way by itself, as soon as the folder is read: every page, file and
index is made of these words, and annotations are about them. The rest is a finding, and its author decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefing.model import Allow, Briefing, Comment, ContextNote, Figure, Quotation
from briefing.model.places import Span
from briefing.text import Language, language, speech

CODE = "hidden-name"
NOBODY = frozenset(["anonymous", "anonym", "guest", "gast", "user", "nutzer", "مجهول", "زائر"])
"""What systems call somebody who gives no name."""
_WORD = re.compile(r"\w+")
_BEGINS = tuple(':“"„«‘(')
_LONG = 4
"""Letters of a word that has a capital in the title of a book."""

_Annotation = TypeVar("_Annotation", Quotation, Figure, ContextNote)


# --- the names ------------------------------------------------------------------------------------------------------


class HiddenName(Struct, frozen=True):
    """The name of a commenter, from its first letter or digit to its last."""

    words: str
    comment: str
    """The first that has it."""

    @property
    def key(self) -> str:
        """What it is looked up by: its words in no case."""
        return self.words.casefold()

    @property
    def is_distinctive(self) -> bool:
        """Whether no text has it by chance: of one word with a digit or an underscore among its letters."""
        return " " not in self.words and re.search(r"[\d_]", self.words) is not None


class HiddenNames(Struct, frozen=True):
    """Names as they are looked up."""

    by_key: Mapping[str, HiddenName]
    lengths: Mapping[str, set[int]]
    """By their first words: how many words there are in each."""


def look_up_by(by_key: Mapping[str, HiddenName]) -> HiddenNames:
    """Return names, by their keys, as they are looked up."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in by_key:
        if words := _WORD.findall(key):  # what an author wants hidden may be no word
            lengths[words[0]].add(len(words))
    return HiddenNames(by_key, lengths)


def hidden_names(briefing: Briefing) -> HiddenNames:
    """Return the names that readers are not shown: none of those that they are shown at another comment."""
    aside = {entry.comment for entry in briefing.set_aside}
    shown = {_core(each.author).casefold() for each in briefing.comments if each.id not in aside}
    names: dict[str, HiddenName] = {}
    for comment in briefing.comments:
        core = _core(comment.author)
        if core and not (briefing.show_authors and core.casefold() in shown):
            names.setdefault(core.casefold(), HiddenName(core, comment.id))
    nouns = NOBODY.union(language(briefing.language).quantifiers.nouns)
    return look_up_by({key: name for key, name in names.items() if _names_somebody(key, nouns)})


def _names_somebody(key: str, nouns: frozenset[str]) -> bool:
    return any(len(word) > 1 and word not in nouns and not word.isdigit() for word in _WORD.findall(key))


def _core(author: str) -> str:
    """Return a name on one line, without what is around its letters and digits."""
    words = list(_WORD.finditer(author))
    return _flat(author[words[0].start() : words[-1].end()]) if words else ""


def _flat(words: str) -> str:
    return " ".join(words.split()).replace("’", "'")


def public_names(briefing: Briefing, names: Mapping[str, HiddenName]) -> frozenset[str]:
    """Return which of some names are in what readers are shown or can read elsewhere, as the names of others, too."""
    source = briefing.source
    texts = [source.text, source.title, source.author, source.publisher, *briefing.authors, *briefing.reviewed_by]
    texts += [briefing.people[id].name for id in briefing.roles if id in briefing.people]
    texts += [name for item in (*briefing.annotations, *briefing.derived, *briefing.themes) for name in item.by]
    for work in briefing.references:
        texts += [work.title, work.publisher, *work.authors, *(excerpt.exact for excerpt in work.excerpts)]
    known = look_up_by(names)
    return frozenset(
        name.key for text in texts for name, span in written_names(text, known) if _flat(span.of(text)) == name.words
    )


# --- what is a name -------------------------------------------------------------------------------------------------


def written_names(text: str, names: HiddenNames) -> Iterator[tuple[HiddenName, Span]]:
    """Yield where the words of a name are, in any case."""
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        for length in names.lengths.get(word[0].casefold(), ()):
            if at + length <= len(words):
                span = Span(word.start(), words[at + length - 1].end())
                name = names.by_key.get(_flat(span.of(text)).casefold())
                if name:
                    yield name, span


def is_meant(name: HiddenName, text: str, span: Span, sentence: Span, rules: Language) -> bool:
    """Return whether the words at `span` of a text, in a sentence of it, are the name and no ordinary words."""
    written = _flat(span.of(text))
    if name.is_distinctive or text[: span.start].endswith("@"):
        return True
    if written not in (name.words, name.words.title()):
        return False
    if written.upper() == written.lower():
        return " " in written
    if any(letter.isupper() for letter in written[1:]):
        return True
    if not written[:1].isupper():
        return False
    before, behind = text[sentence.start : span.start], text[span.end : sentence.end]
    if _is_beside_verb(before, behind, rules):
        return True
    return not (speech(rules).nouns_have_capitals or _may_be_ordinary(before, behind, rules))


def _is_beside_verb(before: str, behind: str, rules: Language) -> bool:
    """Return whether somebody speaks: Hope asks, asks Hope, Hope’s question."""
    preceding, following = re.search(r"\w+(?=\s*$)", before), _WORD.match(behind.lstrip())
    last = preceding[0].lower() if preceding else ""
    if last in (*rules.speakers.articles, *rules.speakers.indefinite):
        return False
    verbs = rules.speakers.verbs
    return last in verbs or (following is not None and following[0] in verbs) or re.match("['’]s ", behind) is not None


def _may_be_ordinary(before: str, behind: str, rules: Language) -> bool:
    """Return whether something else asks for the capital: the beginning of a sentence, or a title with many of them."""
    words = _WORD.findall(before)
    if not words or before.rstrip().endswith(_BEGINS):
        return True
    if words[-1].lower() in (*rules.speakers.articles, *rules.speakers.indefinite):
        return True
    long = [word for word in (*words[1:], *_WORD.findall(behind)) if len(word) >= _LONG]
    return len(long) > 1 and all(word[0].isupper() for word in long)


# --- comments without them ------------------------------------------------------------------------------------------


def without_names(briefing: Briefing) -> Briefing:
    """Return a briefing as readers see its comments: “[name]” stands for each name that they are not shown.

    What annotations and themes name of these comments has the same in place of the names. `Comment.written` keeps the
    text of the file.
    """
    names, chosen = hidden_names(briefing), frozenset(map(_flat, briefing.hide_names))
    if not names.by_key and not chosen:
        return briefing
    known = look_up_by({**{words.casefold(): HiddenName(words, "") for words in chosen}, **names.by_key})
    aside = {entry.comment for entry in briefing.set_aside}
    found = {
        comment: tuple(written_names(comment.text, known)) for comment in briefing.comments if comment.id not in aside
    }
    written = {name.key: name for here in found.values() for name, _ in here}
    if not written:
        return briefing
    stays = public_names(briefing, written) | _allowed(briefing.allow)
    ordinary, rules = ordinary_words(briefing), language(briefing.language)

    def goes(comment: Comment, name: HiddenName, span: Span) -> bool:
        if _flat(span.of(comment.text)) in chosen:
            return True
        if name.key in stays or name.key in own_allowances(comment):
            return False
        return _is_certain(name, comment.text, span, ordinary, rules)

    gone = {each: _longest(span for name, span in here if goes(each, name, span)) for each, here in found.items()}
    return _replaced(briefing, {comment.id: spans for comment, spans in gone.items() if spans})


def own_allowances(comment: Comment) -> frozenset[str]:
    """Return the names that an author lets stand in a comment, as they are looked up."""
    return _allowed(comment.allow)


def _allowed(given: Iterable[Allow]) -> frozenset[str]:
    return frozenset(_flat(allow.passage).casefold() for allow in given if allow.code == CODE)


def ordinary_words(briefing: Briefing) -> frozenset[str]:
    """Return the words that the source or a comment writes without a capital."""
    texts = (briefing.source.text, *(comment.text for comment in briefing.comments))
    return frozenset(word for text in texts for word in _WORD.findall(text) if word[0] == word[0].lower())


def _is_certain(name: HiddenName, text: str, span: Span, ordinary: frozenset[str], rules: Language) -> bool:
    """Return whether words of a comment can be nothing but the name: no handle that is a word, or a word's spelling."""
    if not name.comment:
        return False  # one that the author chose, as it is written
    if re.search(r"(?<!\w)@$", text[: span.start]):
        return True
    words, written = name.words.split(), _flat(span.of(text))
    if len(words) == 1:
        return _is_handle(name, written)
    if written != name.words or speech(rules).nouns_have_capitals:
        return False
    return all(word[0].isupper() for word in words) and ordinary.isdisjoint(
        word.lower() for word in words if len(word) > 1
    )


def _is_handle(name: HiddenName, written: str) -> bool:
    """Return whether one word is no word of a language: rob_t88, SkerryLass."""
    if name.is_distinctive:
        return "_" in written or sum(letter.isalpha() for letter in written) > _MODEL
    return written == name.words and any(one.islower() and two.isupper() for one, two in pairwise(written))


_MODEL = 2
"""Letters that things have beside a number: F35, G7, CO2."""


def _longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without those in a longer one before them, in their order."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _replaced(briefing: Briefing, gone: Mapping[str, tuple[Span, ...]]) -> Briefing:
    sign = language(briefing.language).hidden_name
    texts = {comment.id: comment.text for comment in briefing.comments}
    same = {id: _same_names(texts[id], spans, sign) for id, spans in gone.items()}

    def shown(comment: Comment) -> Comment:
        pieces, at = [], 0
        for span in gone[comment.id]:
            pieces += [comment.text[at : span.start], sign]
            at = span.end
        return replace(comment, text="".join((*pieces, comment.text[at:])), with_names=comment.text)

    return replace(
        briefing,
        comments=tuple(shown(each) if each.id in gone else each for each in briefing.comments),
        quotations=tuple(_with_target(each, same) for each in briefing.quotations),
        figures=tuple(_with_target(each, same) for each in briefing.figures),
        context=tuple(_with_target(each, same) for each in briefing.context),
        themes=tuple(
            replace(
                theme,
                members=tuple(
                    replace(each, words=same[each.comment](each.words)) if each.comment in same else each
                    for each in theme.members
                ),
            )
            for theme in briefing.themes
        ),
    )


def _same_names(text: str, spans: Iterable[Span], sign: str) -> Callable[[str], str]:
    """Return what puts a sign in place of some words of a text wherever else they are; behind an @ only with it."""
    signs = {("@" if text[: span.start].endswith("@") else "") + span.of(text) for span in spans}
    written = "|".join(re.escape(each) for each in sorted(signs, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{written})(?!\w)")
    return lambda words: pattern.sub(lambda found: ("@" if found[0].startswith("@") else "") + sign, words)


def _with_target(item: _Annotation, same: Mapping[str, Callable[[str], str]]) -> _Annotation:
    """Return an annotation whose target says of a comment what that says now."""
    target = item.target
    if target.comment not in same:
        return item
    names = same[target.comment]
    parts = tuple(
        replace(
            part,
            selector=replace(
                part.selector,
                exact=names(part.selector.exact),
                prefix=names(part.selector.prefix),
                suffix=names(part.selector.suffix),
            ),
        )
        for part in target.parts
    )
    return replace(item, target=replace(target, parts=parts))
