"""What a search finds: a record for each thing of a briefing that can be cited, and for each page across briefings.

The line of a record says what a hit is, who says it, the verdict and the words; its text is all that is searched. Both
are plain, so that any engine can show them (`site/search_index.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefing.collection import Collection, Profile
from briefing.model import Annotation, Briefing, ContextNote, Figure, Quotation
from briefing.model.prose import Prose, plain
from briefing.render import statements
from briefing.render.collection.context import distinct_name
from briefing.render.figures import SAID, between, value_in_words, with_unit
from briefing.render.index import in_text_order, index, speaker_of
from briefing.render.messages import Messages, messages
from briefing.render.routes import Routes
from briefing.render.source_text import shown_words
from briefing.render.statements import shorten
from briefing.render.summary_counts import counter
from briefing.render.text_pages import text_parts
from briefing.render.verdicts import verdict_of
from briefing.text import in_digits, language, quantities, sentences

LENGTH = 100
"""Characters of somebody's words in a line."""
OWN, PAGE, COMMENT, WORK = 50.0, 1.0, 0.05, 0.01
"""How much a hit weighs: in an annotation, in a page that has it too, in what readers wrote, in a work that is cited.
Material weighs a title a thousand times, so that a word in it would come before all the words of a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """One thing that a search finds."""

    page: str
    """The file that has it: its name in the folder of its briefing, or the path of a page across briefings."""
    fragment: str = ""
    """Empty for the whole page."""
    kind: str = ""
    """What it is, in words."""
    speaker: str = ""
    """Who says it; empty where nobody is named."""
    verdict: str = ""
    """The name of the verdict on it; empty without one."""
    verdict_word: str = ""
    words: str
    """Its own first words or its title."""
    text: tuple[str, ...]
    """Paragraphs: what is searched besides the line."""
    weight: float = OWN


def search_records(briefing: Briefing) -> tuple[SearchRecord, ...]:
    """Return what a search finds of a published briefing, in the order of the text and of its pages."""
    return tuple(_Records(briefing, messages(briefing.language)).all())


@dataclass(frozen=True, slots=True)
class _Records:
    """Makes the records of one briefing."""

    briefing: Briefing
    say: Messages

    def all(self) -> Iterator[SearchRecord]:
        """Yield every record."""
        briefing, say = self.briefing, self.say
        about = (*self._plain(briefing.summary, *briefing.key_points), *briefing.tags)
        yield self._page("index.md", say("index.briefing"), "", briefing.title, about, briefing.language)
        source = briefing.source
        title = source.title or say(f"method.kind.{source.kind}")
        for part in text_parts(briefing):
            words = shown_words(briefing, part)
            yield self._page(f"{part.name}.md", say("page.text"), source.publisher, title, words, source.language)
        # of hits that are as good the first comes first: a passage before what is about some words of it
        for annotation in sorted(in_text_order(briefing), key=self._beginning):
            yield self._statement(annotation) if isinstance(annotation, Quotation) else self._noted(annotation)
        for derived in briefing.derived:
            value = with_unit(say.number(derived.value), derived.unit, say)
            yield self._record(derived.id, f"{derived.label}: {value}", (derived.formula, *self._plain(derived.note)))
        for theme in briefing.themes:
            yield self._record(
                theme.id, theme.title, (theme.about, *self._plain(theme.summary), *theme.tags), weight=COMMENT
            )
        aside = {entry.comment for entry in briefing.set_aside}
        for comment in (one for one in briefing.comments if one.id not in aside):
            author = comment.author if briefing.show_authors else ""
            yield self._record(
                comment.id, shorten(comment.text, LENGTH), (comment.text,), speaker=author, weight=COMMENT
            )
        for work in briefing.references:
            names, excerpts = ", ".join(work.authors), (excerpt.exact for excerpt in work.excerpts)
            text = tuple(filter(None, (names, *excerpts, work.note)))
            yield self._record(work.id, work.title, text, speaker=work.publisher, weight=WORK)

    def _beginning(self, annotation: Annotation) -> tuple[bool, int]:
        """Return where an annotation begins: in the source, or behind it in a comment."""
        anchor = self.briefing.anchors[annotation.id]
        return bool(anchor.comment), anchor.whole.start

    def _page(
        self, page: str, kind: str, speaker: str, words: str, text: Iterable[str], language_of_text: str
    ) -> SearchRecord:
        """Return a page as a hit. Of its text Material shows what it finds, in pieces, or all of it where it finds
        nothing: so it is cut into sentences, and the words of the line are in it."""
        rules = language(language_of_text)
        pieces = tuple(sentence.of(part) for part in text for sentence in sentences(part, rules))
        line = " · ".join(filter(None, (kind, speaker, words)))
        return SearchRecord(page=page, kind=kind, speaker=speaker, words=words, text=(*pieces, line), weight=PAGE)

    def _record(
        self, id: str, words: str, text: Iterable[str], *, speaker: str = "", verdict: str = "", weight: float = OWN
    ) -> SearchRecord:
        entry = index(self.briefing)[id]
        return SearchRecord(
            page=entry.href.partition("#")[0],
            fragment=entry.id,
            kind=self.say(f"kind.{entry.kind}"),
            speaker=speaker,
            verdict=verdict,
            verdict_word=self.say(f"verdict.{verdict}") if verdict else "",
            words=words,
            text=_with_digits(text, self.briefing.language),
            weight=weight,
        )

    def _statement(self, quotation: Quotation) -> SearchRecord:
        briefing, reported = self.briefing, statements.is_reported(quotation)
        names = (briefing.people[id].name for id in quotation.via if id in briefing.people)
        translation = quotation.translation.text if quotation.translation else ""
        facts = filter(None, (briefing.roles.get(quotation.speaker, ""), *names, translation))
        return self._record(
            quotation.id,
            statements.told_words(briefing, quotation, LENGTH)
            if reported
            else statements.quoted_words(briefing, quotation, self.say, LENGTH),
            (*self._said(quotation), *facts),
            speaker=speaker_of(briefing, quotation, self.say),
            verdict=verdict_of(quotation),
        )

    def _noted(self, annotation: Figure | ContextNote) -> SearchRecord:
        if isinstance(annotation, ContextNote):
            return self._record(annotation.id, annotation.title, self._said(annotation))
        value = value_in_words(self.briefing, annotation, self.say)
        return self._record(
            annotation.id,
            f"{annotation.label}: {value}" if value and len(value) <= SAID else annotation.label,
            (*self._said(annotation), value, *self._values(annotation)),
            speaker=statements.sayer(self.briefing, annotation, self.say),
            verdict=verdict_of(annotation),
        )

    def _said(self, annotation: Quotation | Figure | ContextNote) -> tuple[str, ...]:
        """Return the words of an annotation, with their numbers in digits, and what is said of them."""
        judged = None if isinstance(annotation, ContextNote) else annotation.assessment
        words = _with_digits(statements.parts_of(self.briefing, annotation), self.briefing.source.language)
        prose = (annotation.note, *((judged.note, judged.response) if judged else ()))
        return (*words, *self._plain(*prose), *annotation.tags)

    def _values(self, figure: Figure) -> Iterator[str]:
        """Yield what a figure is compared with."""
        series = figure.series
        for point in series.points if series else ():
            assert series
            shown = between(point, series.unit, self.say)
            value = shown if series.unit.startswith("%") else with_unit(shown, series.unit, self.say)
            yield " ".join(filter(None, (point.of, point.by, self.say.date(point.period), value, point.counts)))

    def _plain(self, *fields: Prose | None) -> tuple[str, ...]:
        count = counter(self.briefing, self.say)
        return tuple(plain(field, count) for field in fields if field)


def _with_digits(text: Iterable[str], tag: str) -> tuple[str, ...]:
    """Return paragraphs, and behind them in digits alone what numbers they write otherwise: 4500000, 5%."""
    given, rules = tuple(text), language(tag)
    read = (one for part in given for one in quantities(part, rules) if not one.date)
    found = dict.fromkeys(
        f"{in_digits(value)}{'%' if one.unit == 'percent' else ''}" for one in read for value in one.values
    )
    has = {word.strip(_MARKS) for part in given for word in part.split()}
    digits = " ".join(number for number in found if number not in has)
    return (*given, digits) if digits else given


_MARKS = ".,;:!?()[]“”„‘’'\"£$€"


# --- pages across briefings ------------------------------------------------------------------------------------------


def records_across(collection: Collection, routes: Routes, language: str) -> tuple[SearchRecord, ...]:
    """Return what a search finds of the pages across briefings: the page of each person, topic and measure, and the
    first of each index.

    What people say is found at its briefing; here it would only be found twice.
    """
    return tuple(_records_across(collection, routes, messages(language)))


def _records_across(collection: Collection, routes: Routes, say: Messages) -> Iterator[SearchRecord]:
    for part, path in routes.indexes:
        yield _across(path, say("across.title"), say(f"across.{part}"), (say(f"{part}.intro"),))
    for profile in collection.people:
        if path := routes.people.get(profile.person.id, ""):
            kind = say(f"people.{profile.person.kind}")
            yield replace(_across(path, kind, distinct_name(profile), _roles_of(profile)), weight=OWN)
    for topic in collection.topics:
        if path := routes.topics.get(topic.key, ""):
            yield _across(path, say("topics.one"), topic.name, (spelling for spelling, _ in topic.spellings))
    for trend in collection.trends:
        if path := routes.measures.get(trend.measure.id, ""):
            yield _across(path, say("measures.one"), trend.measure.label, (trend.measure.unit,))


def _roles_of(profile: Profile) -> Iterator[str]:
    yield from (role for role, _ in profile.roles)


def _across(path: str, kind: str, words: str, text: Iterable[str]) -> SearchRecord:
    """Return a page as a hit; the words of its line are in its text too, see `_Records._page`."""
    told = dict.fromkeys(part for part in text if part)
    return SearchRecord(page=path, kind=kind, words=words, text=(*told, f"{kind} · {words}"), weight=PAGE)
