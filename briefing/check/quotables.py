"""Collects what prose may quote from: the words behind every id that prose can cite.

An annotation gives the paragraph of its target, and the translation of a quotation; a comment its text; a theme the
texts of its comments; a reference each of its excerpts. Notes, titles and labels give nothing: they are authored prose
themselves, and a derived figure has no words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from briefing.anchor.quoting import Quotable, in_marks, quotable, stands, within
from briefing.model import Briefing, Comment, ContextNote, Figure, Quotation, Reference
from briefing.model.places import Span
from briefing.model.prose import ALL_COMMENTS
from briefing.text import Language, language, paragraphs, quoted
from briefing.text.language_rules import is_foreign


class QuotableWords(Struct, frozen=True, eq=False, dict=True):
    """A text that may be quoted."""

    text: str
    where: str
    """What a message calls it: paragraph 3."""
    rules: Language
    narrated: bool = False
    """Whether only what is in its quotation marks was said: an article, not a comment or a speech."""
    paragraphs: bool = False
    """Whether no quotation goes from one of its paragraphs to another."""
    set_apart: tuple[Span, ...] = ()
    """Its block quotations, which somebody said without quotation marks."""

    @cached_property
    def read(self) -> Quotable:
        """The text as quotations are looked for in it; read when the first one is."""
        return quotable(self.text, self.rules)

    @cached_property
    def parts(self) -> tuple[QuotableWords, ...]:
        """Itself, or its paragraphs, those together through which a quotation goes."""
        if not self.paragraphs:
            return (self,)
        spans = dict.fromkeys(within(self.text, line, self.rules) for line in paragraphs(self.text))
        return tuple(map(self._part, spans))

    def _part(self, span: Span) -> QuotableWords:
        told = self.narrated and not any(block.overlaps(span) for block in self.set_apart)
        return replace(self, text=span.of(self.text), narrated=told, paragraphs=False, set_apart=())

    def has(self, passage: str, said: bool) -> bool:
        """Return whether a passage is in it; with `said`, as what somebody said in it."""
        if self.paragraphs:
            return any(part.has(passage, said) for part in self.parts)
        return stands(passage, in_marks(self.text, self.rules) if said and self.narrated else self.read)


class Quoting(Struct, frozen=True, eq=False):
    """What an id gives to quote from."""

    id: str
    words: tuple[QuotableWords, ...]
    lost: bool = False
    """Whether its words were not found: that is reported already, and nothing that cites it is a problem as well."""

    def has(self, passage: str, said: bool = False) -> bool:
        """Return whether a passage may be quoted from it; with `said`, as words of somebody whom it quotes."""
        return any(each.has(passage, said) for each in self.words)


def quotables(briefing: Briefing) -> Mapping[str, Quoting]:
    """Return what every id gives, former ids too."""
    return briefing.derive(_quotables)


def everything(briefing: Briefing) -> Quoting:
    """Return all that can be quoted: source, comments, excerpts, what was left out, and translations."""
    return briefing.derive(_everything)


def _everything(briefing: Briefing) -> Quoting:
    rules = language(briefing.source.language)
    known = quotables(briefing)
    source = QuotableWords(
        briefing.source.text,
        "the source",
        rules,
        _narrates(briefing),
        paragraphs=True,
        set_apart=briefing.source.set_apart,
    )
    left_out = [QuotableWords(each.text, "what is left out", rules) for each in briefing.source.left_out if each.text]
    ids = (*(each.id for each in briefing.comments), *(each.id for each in briefing.references))
    translations = [words for each in briefing.quotations for words in _translation(briefing, each)]
    return Quoting("", (source, *(words for id in ids for words in known[id].words), *left_out, *translations))


def _quotables(briefing: Briefing) -> Mapping[str, Quoting]:
    return dict(_by_id(briefing))


def _by_id(briefing: Briefing) -> Iterator[tuple[str, Quoting]]:
    rules = language(briefing.source.language)
    comments = {each.id: Quoting(each.id, (_comment(each, rules),)) for each in briefing.comments}
    for record in briefing.annotations:
        words = tuple(_annotation(briefing, record, comments, rules))
        quoting = Quoting(record.id, words, record.id not in briefing.anchors)
        yield from ((id, quoting) for id in (*record.was, record.id))
    for derived in briefing.derived:
        yield from ((id, Quoting(derived.id, ())) for id in (*derived.was, derived.id))
    yield from ((id, comments[each.id]) for each in briefing.comments for id in (*each.was, each.id))
    for theme in briefing.themes:
        members = dict.fromkeys(member.comment for member in theme.members)
        yield from ((id, _several(id, members, comments)) for id in (*theme.was, theme.id))
    yield ALL_COMMENTS, _several(ALL_COMMENTS, comments, comments)
    for reference in briefing.references:
        quoting = Quoting(reference.id, tuple(_excerpts(briefing, reference)))
        yield from ((id, quoting) for id in (*reference.was, reference.id))


def _comment(comment: Comment, rules: Language) -> QuotableWords:
    return QuotableWords(comment.text, f"comment {comment.id}", rules)


def _several(id: str, members: Iterable[str], comments: Mapping[str, Quoting]) -> Quoting:
    known = [comments[member] for member in members if member in comments]
    return Quoting(id, tuple(words for each in known for words in each.words))


def _annotation(
    briefing: Briefing,
    record: Quotation | Figure | ContextNote,
    comments: Mapping[str, Quoting],
    rules: Language,
) -> Iterator[QuotableWords]:
    """Yield the paragraphs that its target is in, or all of its comment; and its translation."""
    anchor = briefing.anchors.get(record.id)
    if anchor and anchor.comment:
        yield from comments[anchor.comment].words
    elif anchor:
        span = within(briefing.source.text, anchor.whole, rules)
        told = _narrates(briefing) and not any(block.overlaps(span) for block in briefing.source.set_apart)
        yield QuotableWords(span.of(briefing.source.text), _where(briefing, span), rules, told)
    if isinstance(record, Quotation):
        yield from _translation(briefing, record)


def _narrates(briefing: Briefing) -> bool:
    """Return whether a source marks what it quotes, so that all other words are its reporter's."""
    source = briefing.source
    marks = bool(source.set_apart or quoted(source.text, language(source.language)))
    return source.kind == "article" and not source.turns and marks


def _where(briefing: Briefing, span: Span) -> str:
    """Return the paragraph as the text page counts it."""
    lines = briefing.source.paragraphs
    return f"paragraph {bisect_right(lines, span.start, key=lambda line: line.span.start)}"


def _translation(briefing: Briefing, record: Quotation) -> Iterator[QuotableWords]:
    """Yield a translation; one into the quotation's own language only where the author says why that is one."""
    if record.translation and (
        not untranslated(briefing, record) or any(a.code == NO_TRANSLATION for a in record.allow)
    ):
        yield QuotableWords(record.translation.text, f"the translation of “{record.id}”", language(briefing.language))


NO_TRANSLATION = "not-a-translation"


def untranslated(briefing: Briefing, record: Quotation) -> bool:
    """Whether a quotation is in the language of the briefing already: source and briefing have one, by their tags, and
    the quotation's small words are no other's."""
    (own, *more), (other, *others) = (tag.lower().split("-") for tag in (briefing.language, briefing.source.language))
    scripts = {part for part in (*more, *others) if len(part) == 4 and part.isalpha()}
    words = " ".join(part.selector.exact for part in record.target.parts)
    return own == other and len(scripts) < 2 and not is_foreign(words, own)


def _excerpts(briefing: Briefing, reference: Reference) -> Iterator[QuotableWords]:
    rules = language(reference.language or briefing.language)
    for excerpt in reference.excerpts:
        yield QuotableWords(excerpt.exact, f"an excerpt of “{reference.id}”", rules)
