"""A rule on the speakers of figures: the page says "claim by Ford", and so must the source.

A figure is often given in the source's own words, and who pledges or measures something need not be who speaks of it.
So only what the source surely credits to somebody else is refused; where it is unsure the rule asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.anchor.diagnose import short
from briefing.attribution.coreference import referents
from briefing.attribution.credit import Called, Credit, called, credit, mentions, named, says
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.doubts import doubted
from briefing.attribution.subjects import words_of
from briefing.check.grounds import folded_name
from briefing.check.quotation_bounds import passages_at, turn_at
from briefing.check.rules.speakers import speakers_checked
from briefing.model import Anchor, Briefing, Figure, comments_by_id
from briefing.model.places import Problem, Span, in_marks, overlapping
from briefing.text import Language, language, sentences

_BEFORE = 2
"""Paragraphs before that of a figure in which whoever gives it may have been named last."""
_BELOW = 3
"""Paragraphs below that of a figure in a headline or standfirst, which name nobody, in which its giver may be named
first: "County leader tells …"."""


def figure_speaker(briefing: Briefing) -> Iterator[Problem]:
    """The source credits a figure to its speaker or to nobody else, and names the speaker nearby.

    A figure in a comment is the commenter's, or that of somebody whom the comment names; one in a turn likewise. What
    the source says in its own words is its publisher's and its author's, too.
    """
    for figure in briefing.figures:
        anchor = briefing.anchors.get(figure.id)
        if anchor is None or figure.speaker not in briefing.people or figure.speaker not in briefing.roles:
            continue
        if anchor.comment:
            found = _in_comment(briefing, figure, anchor.comment)
        elif briefing.source.turns:
            found = _in_turn(briefing, figure, anchor)
        else:
            found = _in_article(briefing, figure, anchor) if speakers_checked(briefing) else None
        if found:
            yield found


def _wrong(figure: Figure, message: str, who: str = "who gives it there") -> Problem:
    return Problem("wrong-speaker", message, figure.at.child("speaker"), f"write {who} as `speaker`, or leave it out")


def _asked(briefing: Briefing, figure: Figure, why: str) -> Problem:
    message = f"does {briefing.people[figure.speaker].name} give this figure? {why}"
    hint = "read the passage again and name as `speaker` who gives it there, or leave `speaker` out"
    return Problem("speaker-not-named", message, figure.at.child("speaker"), hint)


def _in_comment(briefing: Briefing, figure: Figure, id: str) -> Problem | None:
    """Return what is wrong with a commenter's figure: it is nobody else's, unless the comment names who gave it."""
    comment = briefing.derive(comments_by_id)[id]
    name = briefing.people[figure.speaker].name
    if folded_name(comment.author) == folded_name(name) or _names(briefing, figure, comment.text):
        return None
    who = f"is by {in_marks(short(comment.author))}" if comment.author else "has no author"
    message = f"this figure is in the comment “{id}”, which {who} and does not name {name}"
    return _wrong(figure, message, "the commenter")


def _in_turn(briefing: Briefing, figure: Figure, anchor: Anchor) -> Problem | None:
    """Return what is wrong with a figure of a turn: it is its speaker's, unless the turn names who gave it."""
    turn = turn_at(briefing, anchor.whole)
    if turn is None or turn.speaker == figure.speaker:
        return None
    if _names(briefing, figure, turn.span.of(briefing.source.text)):
        return None
    message = f"the source has this figure in the turn of “{turn.speaker}”, not of “{figure.speaker}”"
    return _wrong(figure, message, f"“{turn.speaker}”")


def _names(briefing: Briefing, figure: Figure, text: str) -> bool:
    """Return whether a text names a figure's speaker, by a name or an office."""
    spoken = language(briefing.source.language)
    return mentions(words_of(text), called(briefing, spoken.speakers)[figure.speaker], spoken.speakers)


# --- in an article ----------------------------------------------------------------------------------------------


class _Passage(Struct, frozen=True):
    """A figure in its article."""

    briefing: Briefing
    figure: Figure
    anchor: Anchor
    spoken: Language
    people: Mapping[str, Called]

    @property
    def speaker(self) -> str:
        return self.figure.speaker

    @property
    def lines(self) -> tuple[Span, ...]:
        return self.briefing.source.lines

    @property
    def quoted(self) -> bool:
        """Whether it is in quotation marks: then somebody is credited with it."""
        return any(passage.inner.holds(self.anchor.whole) for passage in passages_at(self.briefing, self.anchor.whole))

    def near(self, span: Span) -> bool:
        """Return whether the words at a span name the speaker; figures of one paragraph ask for the same words."""
        known = self.briefing.derive(_named_near)
        if (self.speaker, span) not in known:
            words = words_of(span.of(self.briefing.source.text))
            known[self.speaker, span] = mentions(words, self.people[self.speaker], self.spoken.speakers)
        return known[self.speaker, span]

    def shortened(self, span: Span) -> str:
        """Return the words at a span as a message quotes them."""
        return f"{in_marks(short(span.of(self.briefing.source.text)))}"

    @property
    def sentence(self) -> Span:
        """The sentences that it touches."""
        here = [self.lines[number] for number in overlapping(self.lines, self.anchor.whole)]
        text = self.briefing.source.text
        lines = [sentences(text, self.spoken, line) for line in here]
        touched = [every[number] for every in lines for number in overlapping(every, self.anchor.whole)]
        found = touched or here or [self.anchor.whole]
        return Span(found[0].start, found[-1].end)

    @property
    def around(self) -> Span:
        """Its paragraph and those just before it; in what stands above the first name, down to that."""
        here = overlapping(self.lines, self.anchor.whole)
        last = max(here[-1], min(self.briefing.derive(_first_named), here[0] + _BELOW))
        return Span(self.lines[max(here[0] - _BEFORE, 0)].start, self.lines[last].end)

    @property
    def own_words(self) -> bool:
        """Whether the speaker is the source's publisher or author, whose words those of the source are."""
        source, name = self.briefing.source, folded_name(self.briefing.people[self.speaker].name)
        return name in (folded_name(source.publisher), folded_name(source.author))


def _named_near(briefing: Briefing) -> dict[tuple[str, Span], bool]:
    """Return where it is kept whether the words at a span name a speaker."""
    return {}


def _first_named(briefing: Briefing) -> int:
    """Return the number of the first paragraph that names anybody of the briefing; 0 where none does."""
    spoken = language(briefing.source.language)
    people, text = called(briefing, spoken.speakers).values(), briefing.source.text
    lines = enumerate(map(words_of, (line.of(text) for line in briefing.source.lines)))
    return next((number for number, words in lines if any(named(words, one) for one in people)), 0)


def _in_article(briefing: Briefing, figure: Figure, anchor: Anchor) -> Problem | None:
    spoken = language(briefing.source.language)
    passage = _Passage(briefing, figure, anchor, spoken, called(briefing, spoken.speakers))
    if passage.own_words and figure.basis == "reported":
        return None  # whoever said it, the source reports it
    text = briefing.source.text
    span = crediting_words(text, spoken, passage.lines, anchor.spans).span
    said = span is not None and (passage.quoted or says(span.of(text), spoken))
    if span is None:
        return _uncredited(passage)
    asked = said or figure.basis == "claim"
    if asked and doubted(span.of(text), passage.people[figure.speaker], passage.people, spoken):
        return _asked(briefing, figure, f"{passage.shortened(span)} does not say so")
    if not said:
        return _uncredited(passage)
    before = span.start < anchor.whole.start
    return _check_credit(passage, span, credit(span.of(text), passage.people, spoken.speakers, before))


def _uncredited(passage: _Passage, span: Span | None = None) -> Problem | None:
    """Return what to ask where nobody is credited: the source says it itself, perhaps of the speaker. The words at
    `span`, where there are any, credit somebody without a name.

    What is quoted in an interview or below a headline need not be credited at each answer.
    """
    everything = Span(0, len(passage.briefing.source.text))
    if passage.own_words or passage.near(everything if passage.quoted else passage.around):
        return None
    person = passage.briefing.people[passage.speaker].name
    where = "anywhere" if passage.quoted else "nearby"
    credited = f"{passage.shortened(span)} names nobody" if span else "nobody is credited with it there"
    return _asked(passage.briefing, passage.figure, f"{credited}, and the source does not name {person} {where}")


def _check_credit(passage: _Passage, span: Span, found: Credit) -> Problem | None:
    """Return what is wrong, or to be asked, by the words that credit a figure."""
    briefing, figure = passage.briefing, passage.figure
    if passage.speaker in found.people:
        return None
    if found.unnamed and briefing.people[passage.speaker].kind != "person":
        return None  # "a spokeswoman" may speak for a body
    here = passage.near(span) or passage.near(passage.sentence)
    if here and figure.basis != "claim":
        return None  # whoever reports it: "the council pledged 5, Ford said"
    if found.refers and not found.people:
        return None if here else _check_referents(passage, span, found)
    who = _name_people(briefing, found.people) or found.stranger
    if not who:
        return _uncredited(passage, span)
    if found.sure and not here:
        return _wrong(figure, f"the source credits this figure to {who}: {passage.shortened(span)}")
    return _asked(briefing, figure, f"{passage.shortened(span)} seems to mean {who}")


def _check_referents(passage: _Passage, span: Span, found: Credit) -> Problem | None:
    """Return what to ask where crediting words refer to somebody named before, by a pronoun or a description."""
    briefing = passage.briefing
    people = referents(briefing.source.text, passage.spoken, passage.lines, span, found, passage.people)
    if passage.speaker in people:
        return None
    if people:
        who = _name_people(briefing, people)
        return _asked(briefing, passage.figure, f"{passage.shortened(span)} seems to mean {who}")
    return None if passage.near(passage.around) else _uncredited(passage, span)


def _name_people(briefing: Briefing, ids: frozenset[str]) -> str:
    return " or ".join(briefing.people[id].name for id in sorted(ids))
