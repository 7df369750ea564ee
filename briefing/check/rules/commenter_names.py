"""The rule on names of commenters that readers are not shown: nothing that an author writes gives them away.

A name is looked for as a whole. How surely its words are the name is a matter of how it is written:

- with digits or an underscore, or behind an @: anywhere, in any case;
- with a capital behind its first letter ("Rob T", "SkerryLass"), or of several words in a script without capitals:
  wherever it is written like that;
- else it may be an ordinary word ("Reader", "Hope", "Old salt"): with its capital where nothing else asks for one, or
  beside a verb of speech.

What is public anyway is no secret: words of the source and of works, people of the briefing and who wrote it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from briefing.check.quotables import everything
from briefing.check.quoted_words import plain_fields
from briefing.check.sentences import authored, lay
from briefing.model import Briefing, Quotation
from briefing.model.places import Place, Problem, Span
from briefing.model.prose import Code, inlines, paragraphs
from briefing.text import Language, language, sentences, speech
from briefing.text.marked_passages import marked

CODE = "hidden-name"
NOBODY = frozenset(["anonymous", "anonym", "guest", "gast", "user", "nutzer", "مجهول", "زائر"])
"""What systems call somebody who gives no name."""
_WORD = re.compile(r"\w+")
_BEGINS = tuple(':“"„«‘(')
_LONG = 4
"""Letters of a word that has a capital in the title of a book."""


def hidden_name(briefing: Briefing) -> Iterator[Problem]:
    """No published text of the author's has the name of a commenter whose name readers are not shown."""
    names = _hidden(briefing)
    if not names.by_key:
        return
    rules = language(briefing.language)
    found = [(text, name, span) for text in _texts(briefing) for name, span in _named(text, names, rules)]
    public = _public(briefing, {name.key: name for _, name, _ in found}) if found else frozenset()
    told: set[tuple[Place, str]] = set()
    quoted: dict[str, tuple[Span, ...]] = {}
    for text, name, span in found:
        if name.key in public or (text.at, name.key) in told:
            continue
        if text.words not in quoted:
            quoted[text.words] = tuple(each.inner for each in marked(text.words, rules))
        passage = _around(quoted[text.words], span)
        if passage and passage != span and everything(briefing).has(passage.of(text.words)):
            continue  # somebody else wrote these words, and readers are shown them
        told.add((text.at, name.key))
        yield _problem(briefing, text, name, span)


def hides_names(briefing: Briefing) -> bool:
    """Return whether some commenter has a name that readers are not shown."""
    return bool(_hidden(briefing).by_key)


# --- the names ------------------------------------------------------------------------------------------------------


class _Name(Struct, frozen=True):
    """The name of a commenter, from its first letter or digit to its last."""

    words: str
    comment: str
    """The first that has it."""

    @property
    def key(self) -> str:
        return self.words.casefold()

    @property
    def is_distinctive(self) -> bool:
        """Whether no text has it by chance: of one word with a digit or an underscore among its letters."""
        return " " not in self.words and re.search(r"[\d_]", self.words) is not None


class _Names(Struct, frozen=True):
    """Names as they are looked up."""

    by_key: Mapping[str, _Name]
    lengths: Mapping[str, set[int]]
    """By their first words: how many words there are in each."""


def _looked_up(by_key: Mapping[str, _Name]) -> _Names:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in by_key:
        words = _WORD.findall(key)
        lengths[words[0]].add(len(words))
    return _Names(by_key, lengths)


def _hidden(briefing: Briefing) -> _Names:
    """Return the names that readers are not shown: none of those that they are shown at another comment."""
    aside = {entry.comment for entry in briefing.set_aside}
    shown = {_core(each.author).casefold() for each in briefing.comments if each.id not in aside}
    names: dict[str, _Name] = {}
    for comment in briefing.comments:
        core = _core(comment.author)
        if core and not (briefing.show_authors and core.casefold() in shown):
            names.setdefault(core.casefold(), _Name(core, comment.id))
    nouns = NOBODY.union(language(briefing.language).quantifiers.nouns)
    return _looked_up({key: name for key, name in names.items() if _names_somebody(key, nouns)})


def _names_somebody(key: str, nouns: frozenset[str]) -> bool:
    return any(len(word) > 1 and word not in nouns and not word.isdigit() for word in _WORD.findall(key))


def _core(author: str) -> str:
    """Return a name on one line, without what is around its letters and digits."""
    words = list(_WORD.finditer(author))
    return _flat(author[words[0].start() : words[-1].end()]) if words else ""


def _flat(words: str) -> str:
    return " ".join(words.split()).replace("’", "'")


# --- the texts ------------------------------------------------------------------------------------------------------


class _Text(Struct, frozen=True):
    """Some words that an author wrote."""

    words: str
    at: Place
    offsets: tuple[int, ...] = ()
    """For each of them where it is in the field's value; empty where the words are the value."""
    former: bool = False
    """Whether a correction repeats them."""

    def place(self, span: Span) -> Place:
        if self.former:
            return self.at
        return self.at.part(Span(self.offsets[span.start], self.offsets[span.end - 1] + 1) if self.offsets else span)


def _texts(briefing: Briefing) -> Iterator[_Text]:
    """Yield every text of the author's that is published, each once."""
    for field in authored(briefing):
        if field.draft:
            continue
        prose = field.prose
        for paragraph in paragraphs(prose):
            laid = lay(prose, paragraph)
            yield _Text(laid.text, prose.at, laid.offsets)
        for node in inlines(prose):
            if isinstance(node, Code):
                at = prose.text.find(node.text, node.span.start)
                yield _Text(node.text, prose.at, tuple(range(at, at + len(node.text))))
    yield from (_Text(field.text, field.at) for field in {field.at: field for field in plain_fields(briefing)}.values())
    for quotation in briefing.quotations:
        yield from _translations(quotation)
    for correction in briefing.corrections:
        for change in correction.changes:
            yield from (_Text(text, change.at, former=True) for text in (*change.before, *change.after))


def _translations(quotation: Quotation) -> Iterator[_Text]:
    """Yield how an author translates what others than commenters say."""
    if quotation.status != "draft" and not quotation.target.comment:
        given = (quotation.translation, *(wording.translation for wording in quotation.wordings))
        yield from (_Text(each.text, each.at.child("text")) for each in given if each)


def _public(briefing: Briefing, names: Mapping[str, _Name]) -> frozenset[str]:
    """Return which of some names are in what readers are shown or can read elsewhere, as the names of others, too."""
    source = briefing.source
    texts = [source.text, source.title, source.author, source.publisher, *briefing.authors, *briefing.reviewed_by]
    texts += [briefing.people[id].name for id in briefing.roles if id in briefing.people]
    texts += [name for item in (*briefing.annotations, *briefing.derived, *briefing.themes) for name in item.by]
    for work in briefing.references:
        texts += [work.title, work.publisher, *work.authors, *(excerpt.exact for excerpt in work.excerpts)]
    known = _looked_up(names)
    return frozenset(
        name.key for text in texts for name, span in _written(text, known) if _flat(span.of(text)) == name.words
    )


# --- what is a name -------------------------------------------------------------------------------------------------


def _written(text: str, names: _Names) -> Iterator[tuple[_Name, Span]]:
    """Yield where the words of a name are, in any case."""
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        for length in names.lengths.get(word[0].casefold(), ()):
            if at + length <= len(words):
                span = Span(word.start(), words[at + length - 1].end())
                name = names.by_key.get(_flat(span.of(text)).casefold())
                if name:
                    yield name, span


def _named(text: _Text, names: _Names, rules: Language) -> Iterator[tuple[_Name, Span]]:
    """Yield the names in a text that are surely meant."""
    spans: tuple[Span, ...] = ()
    for name, span in _written(text.words, names):
        spans = spans or sentences(text.words, rules)
        sentence = _around(spans, span) or Span(0, len(text.words))
        if _is_meant(name, text.words, span, sentence, rules):
            yield name, span


def _is_meant(name: _Name, text: str, span: Span, sentence: Span, rules: Language) -> bool:
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


def _around(spans: Sequence[Span], span: Span) -> Span | None:
    """Return which of some spans, in their order, holds another."""
    at = bisect_right(spans, span.start, key=lambda each: each.start)
    return spans[at - 1] if at and spans[at - 1].holds(span) else None


# --- the problem ----------------------------------------------------------------------------------------------------


def _problem(briefing: Briefing, text: _Text, name: _Name, span: Span) -> Problem:
    words = " ".join(span.of(text.words).split())
    message = f"“{words}” is the name of who wrote the comment “{name.comment}”, and readers are not shown that name"
    hint = f"write “one reader” in its place, and cite the comment where that is possible: [@{name.comment}]"
    if not briefing.show_authors:
        hint += "\nor show the names of all commenters: write in comments.yml: show_authors: true"
    return Problem(CODE, message, text.place(span), _FORMER if text.former else hint, words)


_FORMER = (
    "a correction repeats the former words; where they are not to be repeated, write at the correction why: withheld: …"
)
