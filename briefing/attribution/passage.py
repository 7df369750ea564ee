"""A quotation whose speaker is looked for, with what stands around it and what the words say that credit it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from briefing.attribution.coreference import before_pronoun
from briefing.attribution.credit import Credit, credit
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.mentions import TextReading
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Speech, sentences, speech
from briefing.text.word_lists import SpeakerWords

_NOBODY = Credit(frozenset(), False, "")
_WORDS = re.compile(r"[^\W_]")
_CLAUSE = re.compile(r" [^,.;:!?\n„“”«»–—-]+")
"""As far as a mark behind a quotation."""


class Speaker(Struct, frozen=True):
    """Who says a quotation."""

    id: str
    """Empty where it is open."""
    via: str = ""
    """Who quotes the speaker; empty where nobody does."""
    speaks: bool = True
    """Whether somebody says the words: nobody says a title, a term or a sign."""
    stranger: bool = False
    """Whether somebody says them who is told of and has no name: a senior official."""


OPEN = Speaker("")
STRANGER = Speaker("", stranger=True)
UNSAID = Speaker("", speaks=False)


class Said(Struct, frozen=True):
    """An earlier quotation and who says it."""

    span: Span
    speaker: Speaker


class SpokenPassage(Struct, frozen=True, dict=True):
    """A quotation whose speaker is looked for, in its text."""

    reading: TextReading
    spans: tuple[Span, ...]
    """Its parts, with their marks."""
    earlier: Sequence[Said]
    known: Span | None = None
    """The words that credit it, where they are not looked for."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1].end

    @property
    def rules(self) -> SpeakerWords:
        """The words by which its language says who speaks."""
        return self.reading.language.speakers

    @property
    def said(self) -> Speech:
        """The words by which its language credits quotations."""
        return speech(self.reading.language)

    # --- what stands around it ----------------------------------------------------------------------------------

    @cached_property
    def line(self) -> Span:
        """The paragraph that it begins in."""
        return self.reading.lines[self.reading.line(self.start)]

    @cached_property
    def above(self) -> Span | None:
        """The paragraph before that."""
        number = self.reading.line(self.start)
        return self.reading.lines[number - 1] if number else None

    @cached_property
    def heard(self) -> Sequence[Said]:
        """The earlier quotations that somebody says."""
        return [said for said in self.earlier if said.speaker.speaks]

    @cached_property
    def within(self) -> Sequence[Said]:
        """Those of its paragraph."""
        return [said for said in self.heard if said.span.start >= self.line.start]

    @cached_property
    def since(self) -> int:
        """Where the words begin that can say who has the floor: behind the last quotation of the paragraph."""
        return max([self.line.start, *(said.span.end for said in self.earlier[-1:])])

    @cached_property
    def alone(self) -> bool:
        """Whether it begins its paragraph."""
        return not _WORDS.search(self.reading.text, self.line.start, self.start)

    def sentence(self, at: int) -> Span:
        """Return the sentence of the paragraph that an offset is in."""
        found = sentences(self.reading.text, self.reading.language, self.line)
        return next((each for each in found if each.start <= at < each.end), Span(at, at))

    # --- the words that credit it -------------------------------------------------------------------------------

    @cached_property
    def span(self) -> Span:
        """The words that credit it; empty where there are none."""
        if self.known:
            return self.known
        found = crediting_words(self.reading.text, self.reading.language, self.reading.lines, self.spans).span
        return found or Span(self.start, self.start)

    @cached_property
    def words(self) -> Sequence[Word]:
        """The same as words."""
        return words_of(self.span.of(self.reading.text))

    @cached_property
    def credit(self) -> Credit:
        """What they say of who speaks."""
        if not self.words:
            return _NOBODY
        return credit(self.span.of(self.reading.text), self.reading.people, self.rules, self.span.start < self.start)

    @property
    def until(self) -> int:
        """Return the end of the text in which a pronoun’s person is named: before it, or else before the quotation."""
        if self.credit.pronoun and self.credit.at >= 0:
            return before_pronoun(self.reading.text, self.reading.language, self.span, self.credit)
        return self.start if self.span.start < self.start else self.span.end

    @cached_property
    def according(self) -> bool:
        """Whether they have a phrase like "according to"."""
        words = " ".join(word.low for word in self.words)
        return any(phrase in words for phrase in self.rules.according)

    @cached_property
    def says(self) -> bool:
        """Whether they have a verb of speech."""
        return any(word.low in self.rules.verbs for word in self.words)

    @cached_property
    def speaks(self) -> bool:
        """Whether they have any word for speaking."""
        return self.says or self.according or any(word.low in self.rules.reporting for word in self.words)

    @cached_property
    def reports(self) -> bool:
        """Whether they have no verb of speech, but the mood in which words are reported: Man habe „…“."""
        clause = _CLAUSE.match(self.reading.text, self.end) if self.span.start < self.start else None
        behind = words_of(clause.group()) if clause else ()
        return not self.says and any(word.low in self.rules.reporting for word in (*self.words, *behind))

    @cached_property
    def plural(self) -> bool:
        """Whether their German verb of speech tells that several speak: "Sie sprachen von einem"."""
        verbs = {word.low for word in self.words} & self.rules.verbs - set(self.rules.participles)
        return self.rules.nouns_have_capitals and bool(verbs) and all(verb.endswith("en") for verb in verbs)
