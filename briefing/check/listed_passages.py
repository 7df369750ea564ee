"""Every passage in quotation marks of what an author wrote, with where its words are, or why they are nowhere.

The rules refuse what is attributed to somebody who never said it. This list has the others too, so that whoever reads
the pages can account for every pair of quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.anchor.known_words import KnownWords
from briefing.anchor.quoting import letters
from briefing.check.quotables import everything, quotables
from briefing.check.quoted_words import plain_fields
from briefing.check.rules.quoted_prose import titles
from briefing.check.sentences import authored, split
from briefing.model import Allow, Briefing, Quotation
from briefing.model.manifest import Reason
from briefing.text import Language, language
from briefing.text.marked_passages import marked, unpaired


class ListedPassage(Struct, frozen=True):
    """Words in quotation marks."""

    words: str
    found: str
    """What has them, as messages call it: `the source`; empty where nothing has."""
    reason: Reason | None = None
    """Why they are there, where nothing has them."""
    note: str = ""
    """What the author says to it."""


def listed_passages(briefing: Briefing) -> tuple[ListedPassage, ...]:
    """Return each passage once, in the order of the fields; also the texts that pages put in quotation marks."""
    known, names, allowed = briefing.derive(known_words), titles(briefing), dict(_allowed(briefing))
    listed: dict[str, ListedPassage] = {}
    for words, reason in _marked_words(briefing):
        key = letters(words)
        if not key or key in listed:
            continue
        if found := known.find(words):
            listed[key] = ListedPassage(words, found)
        elif key in allowed:
            listed[key] = ListedPassage(words, "", "allowed", allowed[key])
        else:
            listed[key] = ListedPassage(words, "", "title" if key in names else reason)
    return tuple(listed.values())


def known_words(briefing: Briefing) -> KnownWords:
    """Return source, comments and excerpts of a briefing as quotations are looked for in them, for `Briefing.derive`:
    what anybody but its author wrote."""
    known = quotables(briefing)
    ids = (*(each.id for each in briefing.comments), *(each.id for each in briefing.references))
    texts = (everything(briefing).words[0], *(words for id in ids for words in known[id].words))
    return KnownWords((each.where, part.read) for each in texts for part in each.parts)


def _marked_words(briefing: Briefing) -> Iterator[tuple[str, Reason]]:
    """Yield the passages of all fields, each with what it is if nothing has its words."""
    rules = language(briefing.language)
    yield from _in_authored(briefing, rules)
    for title in (briefing.title, briefing.source.title, *(work.title for work in briefing.references)):
        yield title, "title"
    for theme in briefing.themes:
        yield theme.about, "statement"
    if briefing.source.publish == "full":
        yield from ((each.text, "left-out") for each in briefing.source.left_out)
    for quotation in briefing.quotations:
        yield from ((words, "translation") for words in _translations(quotation))
    yield from ((name, "name") for name in _names(briefing) if unpaired(name, rules))


def _names(briefing: Briefing) -> Iterator[str]:
    """Yield what pages show within other words: names, titles, labels, each whole.

    A mark in one of them that is in no pair would make a pair with that of another.
    """
    yield from (field.text for field in plain_fields(briefing) if not field.former)
    yield from _people(briefing)


def _in_authored(briefing: Briefing, rules: Language) -> Iterator[tuple[str, Reason]]:
    for field in authored(briefing):
        if not field.draft:
            texts = dict.fromkeys(sentence.laid.text for sentence in split(briefing, field.prose))
            yield from ((passage.inner.of(text).strip(), "term") for text in texts for passage in marked(text, rules))
    for name in _people(briefing):
        yield from ((passage.inner.of(name).strip(), "name") for passage in marked(name, rules))
    for plain in plain_fields(briefing):
        passages = (passage.inner.of(plain.text).strip() for passage in marked(plain.text, rules))
        yield from ((words, "former" if plain.quotes_former(words) else "name") for words in passages)


def _people(briefing: Briefing) -> Iterator[str]:
    """Yield the names of everybody whom the pages name, as they are shown and as lists file them."""
    for person in briefing.people.values():
        yield person.name
        yield from person.sort_as.split(", ")
    if briefing.show_authors:
        aside = {entry.comment for entry in briefing.set_aside}
        yield from (comment.author for comment in briefing.comments if comment.id not in aside)


def _former(briefing: Briefing) -> Iterator[str]:
    rules = language(briefing.language)
    changes = (change for correction in briefing.corrections for change in correction.changes)
    for text in (text for change in changes for text in (*change.before, *change.after)):
        yield from (passage.inner.of(text).strip() for passage in marked(text, rules))


def _translations(quotation: Quotation) -> Iterator[str]:
    given = (quotation.translation, *(wording.translation for wording in quotation.wordings))
    yield from (each.text for each in given if each)


def _allowed(briefing: Briefing) -> Iterator[tuple[str, str]]:
    records = (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)
    every: list[Allow] = [allow for record in (briefing, *records) for allow in record.allow]
    yield from ((letters(allow.passage), allow.reason) for allow in every if allow.passage)
