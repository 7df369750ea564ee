"""Every passage in quotation marks of a briefing's authored texts, with what it must be found in.

Prose is read sentence by sentence: a passage must be in what its sentence cites, or in the paragraph of the
annotation that the prose is about. Fields that cannot cite are looked up in everything that can be quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from msgspec import Struct

from briefing.anchor.quoting import letters
from briefing.check.attributed_prose import Known, belongs, gives, known_names, speaks
from briefing.check.named_passages import is_name, reports, somebody_speaks
from briefing.check.quotables import Quoting, everything, quotables
from briefing.check.sentences import Authored, Laid, Sentence, authored, split
from briefing.model import Briefing, ContextNote, Derived, Figure, Quotation, Reference, Theme
from briefing.model.places import Place, Span
from briefing.model.prose import Emphasis, Prose, inlines
from briefing.text import Language, Quoted, language, sentences
from briefing.text.marked_passages import marked

SHORT = 4
"""Words from which a passage is checked also where nobody is said to speak."""
EMPHASISED = 6
"""Words that emphasis may mark as a term."""


class QuotedPassage(Struct, frozen=True):
    """Words in quotation marks that somebody is taken to have said."""

    words: str
    at: Place
    sources: tuple[Quoting, ...]
    """What it must be in one of."""
    cited: tuple[str, ...]
    """The ids that its sentence cites."""
    own: str = ""
    """The annotation that its field is about."""
    can_cite: bool = True
    said: bool = False
    """Whether its sentence gives it to somebody else than the article, its publisher or who wrote it."""
    around: tuple[str, Span] | None = None
    """Its paragraph, and where in that it stands with its marks."""


def passages(briefing: Briefing) -> Iterator[QuotedPassage]:
    """Yield all that are checked, of prose and then of the other fields."""
    yield from _of_prose(briefing)
    yield from _of_plain_fields(briefing)


# --- prose ------------------------------------------------------------------------------------------------------


def _of_prose(briefing: Briefing) -> Iterator[QuotedPassage]:
    rules, names = language(briefing.language), known_names([briefing])
    for field in authored(briefing):
        if not field.draft:
            terms = _emphasised(field.prose)
            for _, group in groupby(split(briefing, field.prose), key=lambda sentence: id(sentence.laid)):
                for taken in quoted_in(tuple(group), names, terms, rules):
                    yield from _cited(briefing, field, taken)


class AttributedPassage(Struct, frozen=True):
    """A passage that is treated as what somebody said."""

    words: str
    span: Span
    """In the field's value."""
    over: Sequence[Sentence]
    """The sentences that it is in."""
    said: bool
    """Whether they give it to somebody else than the article."""
    around: tuple[str, Span] | None = None
    """The paragraph, and where in that it stands with its marks."""


def quoted_in(
    group: Sequence[Sentence], names: Known, terms: frozenset[Span], rules: Language
) -> Iterator[AttributedPassage]:
    """Yield the passages of a paragraph's sentences that are treated as what somebody said.

    `terms` is what is in italics, in the field's value.
    """
    laid = group[0].laid
    found = marked(laid.text, rules)
    spoken = _spoken(laid.text, [each.span for each in group], found, names, rules)
    of_article: set[str] = set()
    for passage in found:
        over = _sentences_over(group, passage.outer)
        words, says = passage.inner.of(laid.text).strip(), _combine(spoken[over])
        if says.reports:
            of_article.add(words.lower())
        owned = belongs(laid.text[: passage.outer.start], rules)
        if not _checked(laid.text, passage, words, owned or says.attributed, rules):
            continue
        if says.verb or not _is_term(laid, passage, words, terms):
            said = says.said and (says.verb or owned or len(words.split()) >= SHORT)
            said = said and (says.person or words.lower() not in of_article)
            around = (laid.text, passage.outer)
            yield AttributedPassage(words, laid.span(passage.inner), group[over], said, around)


def _sentences_over(group: Sequence[Sentence], span: Span) -> slice:
    """Return which sentences a passage is in: where it is between two, the one after it; one at least."""
    first = min(bisect_right(group, span.start, key=lambda sentence: sentence.span.end), len(group) - 1)
    return slice(first, max(bisect_left(group, span.end, key=lambda sentence: sentence.span.start), first + 1))


def _cited(briefing: Briefing, field: Authored, taken: AttributedPassage) -> Iterator[QuotedPassage]:
    """Yield the passage with what it rests on; nothing where that could not be read, which is reported already."""
    known = quotables(briefing)
    cited = tuple(dict.fromkeys(id for sentence in taken.over for id in sentence.cited))
    own = field.own.id if field.own else ""
    sources = [known[id] for id in dict.fromkeys((*([own] if own else []), *cited)) if id in known]
    if any(id not in known for id in cited) or any(source.lost for source in sources):
        return
    at = field.prose.at.part(taken.span)
    yield QuotedPassage(taken.words, at, tuple(sources), cited, own, said=taken.said, around=taken.around)


def _emphasised(prose: Prose) -> frozenset[Span]:
    """Return what is between the signs of emphasis, in the field's value."""
    nodes = (node for node in inlines(prose) if isinstance(node, Emphasis))
    return frozenset(Span(node.span.start + 1, node.span.end - 1) for node in nodes)


def _is_term(laid: Laid, passage: Quoted, words: str, terms: frozenset[Span]) -> bool:
    """Return whether a passage is in italics, all of it: *“patchwork”*."""
    own = terms & {laid.span(passage.inner), laid.span(passage.outer)} if terms else frozenset()
    return bool(own) and len(words.split()) <= EMPHASISED


# --- what is checked --------------------------------------------------------------------------------------------


class _Spoken(Struct, frozen=True):
    """What a sentence says of its quoted words."""

    attributed: bool
    """Whether it gives them to somebody."""
    verb: bool
    """Whether it says that somebody speaks."""
    said: bool
    """Whether it gives them to somebody else than the article that they are from."""
    person: bool
    """Whether a person is the subject of a verb of speech in it."""
    reports: bool
    """Whether it gives them to that article."""


def _spoken(text: str, spans: Sequence[Span], found: Sequence[Quoted], names: Known, rules: Language) -> list[_Spoken]:
    """Return what each sentence says; one that is nothing but a quotation goes on with what the one before it says."""
    made: list[_Spoken] = []
    bare = _without(text, found)
    for span in spans:
        outside = bare[span.start : span.end]
        if not any(letter.isalnum() for letter in outside) and made:
            made.append(made[-1])
        else:
            given = gives(outside, names.people, rules)
            person = somebody_speaks(outside, names, rules)
            reported = not person and reports(outside, names.publications, rules)
            made.append(_Spoken(given, speaks(outside, rules), given and not reported, person, reported))
    return made


def _combine(spoken: Sequence[_Spoken]) -> _Spoken:
    """Return what several sentences say together."""
    return _Spoken(
        any(each.attributed for each in spoken),
        any(each.verb for each in spoken),
        any(each.said for each in spoken),
        any(each.person for each in spoken),
        any(each.reports for each in spoken),
    )


def _without(text: str, found: Sequence[Quoted]) -> str:
    """Return a text with nothing in its quotation marks."""
    parts, at = [], 0
    for passage in found:
        parts += [text[at : passage.outer.start], " " * (passage.outer.end - passage.outer.start)]
        at = passage.outer.end
    return "".join((*parts, text[at:]))


def _checked(text: str, passage: Quoted, words: str, attributed: bool, rules: Language) -> bool:
    """Return whether a passage is treated as what somebody said."""
    number = sum(any(letter.isalnum() for letter in word) for word in words.split())
    if not number or not (attributed or number >= SHORT):
        return False
    before, behind = text[max(passage.outer.start - 100, 0) : passage.outer.start], text[passage.outer.end :][:100]
    return not is_name(before.rstrip(), words, behind, rules)


# --- fields that cannot cite ------------------------------------------------------------------------------------


class PlainField(Struct, frozen=True):
    """An authored text in which nothing can be cited."""

    text: str
    at: Place
    name: bool = False
    """Whether it is a name or title: a person in it says nothing yet, as in “Red” Adair."""
    former: tuple[str, ...] = ()
    """What readers were shown before, of which a correction may quote the words."""
    copied: bool = False
    """Whether it is what the source calls itself, or part of that: words quoted in it are the source's own."""

    def quotes_former(self, words: str) -> bool:
        """Return whether quoted words are of what readers were shown before."""
        return any(letters(words) in letters(text) for text in self.former)


def plain_fields(briefing: Briefing) -> tuple[PlainField, ...]:
    """Return every authored text in which nothing can be cited, without those of drafts (docs/decisions/0040)."""
    return briefing.derive(_plain_fields)


def _plain_fields(briefing: Briefing) -> tuple[PlainField, ...]:
    return tuple(_every_plain_field(briefing))


def _every_plain_field(briefing: Briefing) -> Iterator[PlainField]:
    main = briefing.at
    yield PlainField(briefing.title, main.child("title"), copied=_is_part(briefing.title, briefing.source.title))
    yield from _names(main, authors=briefing.authors, reviewed_by=briefing.reviewed_by, tags=briefing.tags)
    yield from _of_source(briefing)
    yield from (PlainField(role, main.child("people", id)) for id, role in briefing.roles.items())
    yield from _reasons(briefing.allow)
    yield from _reasons(briefing.ignored)
    yield from _reasons(briefing.withdrawn)
    for correction in briefing.corrections:
        former = tuple(text for change in correction.changes for text in change.before)
        yield PlainField(correction.reason, correction.at.child("reason"), former=former)
        yield PlainField(correction.withheld, correction.at.child("withheld"))
    if briefing.comments:
        yield PlainField(briefing.scope, Place(briefing.comments[0].at.file, ("scope",)))
    for comment in briefing.comments:
        yield from _reasons(comment.allow)
    for original in briefing.comment_originals:
        yield from _reasons(original.left_out)
        yield PlainField(original.exported_from, original.at.child("exported_from"), name=True)
    if briefing.references:
        yield PlainField(briefing.references_note, Place(briefing.references[0].at.file, ("note",)))
    for reference in briefing.references:
        yield from _of_work(reference)
    for record in (*briefing.annotations, *briefing.derived, *briefing.themes):
        if record.status != "draft":
            yield from _of_record(record)


def _is_part(title: str, of: str) -> bool:
    """Return whether a title is another or some whole words of it."""
    words = letters(title)
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", letters(of)) is not None


class _Reasoned(Protocol):
    """What an author gives a reason for."""

    @property
    def reason(self) -> str: ...
    @property
    def at(self) -> Place: ...


def _reasons(given: Sequence[_Reasoned]) -> Iterator[PlainField]:
    yield from (PlainField(each.reason, each.at.child("reason")) for each in given)


def _names(at: Place, **fields: Sequence[str]) -> Iterator[PlainField]:
    """Yield each entry of lists of names."""
    for key, names in fields.items():
        yield from (PlainField(name, at.child(key, number), name=True) for number, name in enumerate(names))


def _of_source(briefing: Briefing) -> Iterator[PlainField]:
    source = briefing.source
    yield PlainField(source.rights, source.at.child("rights"))
    for key in ("title", "author", "publisher"):
        yield PlainField(getattr(source, key), source.at.child(key), name=True, copied=True)
    yield from _reasons(source.left_out)


def _of_work(reference: Reference) -> Iterator[PlainField]:
    yield PlainField(reference.note, reference.at.child("note"))
    yield PlainField(reference.title, reference.at.child("title"), name=True)
    yield PlainField(reference.publisher, reference.at.child("publisher"), name=True)
    yield from _names(reference.at, authors=reference.authors)
    yield from _reasons(reference.allow)
    yield from (PlainField(each.where, each.at.child("where")) for each in reference.excerpts)


def _of_record(record: Quotation | Figure | ContextNote | Derived | Theme) -> Iterator[PlainField]:
    at = record.at
    yield from _reasons(record.allow)
    yield from _names(at, by=record.by, reviewed_by=record.reviewed_by, tags=record.tags)
    if isinstance(record, Quotation) and record.translation:
        yield PlainField(record.translation.by, at.child("translation", "by"), name=True)
    if isinstance(record, Quotation):
        translations = ((each.at, each.translation) for each in record.wordings if each.translation)
        yield from (PlainField(given.by, at.child("translation", "by"), name=True) for at, given in translations)
    if isinstance(record, Quotation | Figure) and record.assessment:
        yield PlainField(record.assessment.by, at.child("assessment", "by"), name=True)
    if isinstance(record, ContextNote | Theme):
        yield PlainField(record.title, at.child("title"))
    if isinstance(record, Theme):
        yield PlainField(record.about, at.child("about"))
        yield PlainField(record.dissent_withheld, at.child("dissent", "withheld"))
    if isinstance(record, Figure | Derived):
        yield PlainField(record.label, at.child("label"))
        yield PlainField(record.unit, at.child("unit"))
    if isinstance(record, Figure):
        yield from _of_figure(record)


def _of_figure(figure: Figure) -> Iterator[PlainField]:
    yield PlainField(figure.period, figure.at.child("period"))
    if figure.resolved:
        yield PlainField(figure.resolved.because, figure.resolved.at.child("because"))
    if figure.series:
        yield PlainField(figure.series.label, figure.series.at.child("label"))
        yield PlainField(figure.series.unit, figure.series.at.child("unit"))
        for point in figure.series.points:
            yield from (PlainField(getattr(point, key), point.at.child(key)) for key in ("period", "of", "counts"))
            yield PlainField(point.by, point.at.child("by"), name=True)


def _of_plain_fields(briefing: Briefing) -> Iterator[QuotedPassage]:
    for field in {field.at: field for field in plain_fields(briefing)}.values():
        yield from in_plain_field(field, [briefing])


def in_plain_field(field: PlainField, briefings: Sequence[Briefing]) -> Iterator[QuotedPassage]:
    """Yield the passages of a text that briefings share and that can cite none of them."""
    rules = language(briefings[0].language)
    if field.copied or not marked(field.text, rules):
        return
    known = tuple(everything(briefing) for briefing in briefings)
    for words, span, said, outer in quoted_words(field.text, known_names(briefings), rules, field.name):
        around = (field.text, outer)
        if field.quotes_former(words):
            continue
        yield QuotedPassage(words, field.at.part(span), known, (), can_cite=False, said=said, around=around)


def of_registers(briefings: Sequence[Briefing]) -> Iterator[tuple[QuotedPassage, Sequence[Briefing]]]:
    """Yield the passages of people.yml and measures.yml, each with the briefings that show it."""
    for field, showing in (*_shown_names(briefings), *_shown_measures(briefings)):
        for taken in in_plain_field(field, showing):
            yield taken, showing


def _shown_names(briefings: Sequence[Briefing]) -> Iterator[tuple[PlainField, Sequence[Briefing]]]:
    people = {id: each.people[id] for each in briefings for id in each.roles if id in each.people}
    for id, person in people.items():
        showing = [each for each in briefings if id in each.roles]
        yield PlainField(person.name, person.at.child("name"), name=True), showing


def _shown_measures(briefings: Sequence[Briefing]) -> Iterator[tuple[PlainField, Sequence[Briefing]]]:
    for id, measure in {id: one for each in briefings for id, one in each.measures.items()}.items():
        showing = [each for each in briefings if any(figure.measure == id for figure in each.figures)]
        if showing:
            yield PlainField(measure.label, measure.at.child("label")), showing
            yield PlainField(measure.unit, measure.at.child("unit")), showing


def quoted_words(
    text: str, names: Known, rules: Language, name: bool = False
) -> Iterator[tuple[str, Span, bool, Span]]:
    """Yield the passages of a text without markup that are treated as what somebody said, each also with its marks.

    With `name`, the text is a name or title: only a verb of speech or a name with a colon gives words to somebody.
    """
    found = marked(text, rules)
    if not found:
        return
    spans = list(sentences(text, rules))
    spoken = _spoken(text, spans, found, names, rules)
    for passage in found:
        words = passage.inner.of(text).strip()
        says = _combine([spoken[at] for at, span in enumerate(spans) if span.overlaps(passage.outer)])
        attributed = (says.verb if name else says.attributed) or belongs(text[: passage.outer.start], rules)
        if _checked(text, passage, words, attributed, rules):
            yield words, passage.inner, says.said, passage.outer
