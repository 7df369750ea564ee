"""What is to be filled in before a draft can be kept, or is asked of it: what it is for, and what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.attribution.coreference import referents
from briefing.attribution.credit import Called, called, credit, named, says
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.doubts import doubted
from briefing.attribution.subjects import subjects, words_of
from briefing.authoring import vocabulary
from briefing.authoring.found_entry import FoundEntry
from briefing.authoring.vocabulary import FieldForm
from briefing.check.quotation_bounds import passages_at
from briefing.load.schema.fields import is_todo
from briefing.model import Anchor, Briefing
from briefing.model.places import Problem, one_line
from briefing.text import Language, language, speech

TODO_CODES = ("todo-left", "todo-published")


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field that is to be filled in before the draft can be kept, or that its author is asked about."""

    path: tuple[str | int, ...]
    """From the entry to the field."""
    help: str
    """What it is for."""
    given: str = ""
    """What a program offers for it; empty where nothing."""
    type: str = "short"
    """As a form has it, see `vocabulary.FieldForm`."""
    choices: tuple[tuple[str, str], ...] = ()
    """What can be chosen with what each is called; the likeliest first. Empty for free text."""
    optional: bool = False
    """Whether the draft can be kept without it."""

    @property
    def name(self) -> str:
        """The path in dots, as `allow.0.reason`."""
        return ".".join(map(str, self.path))

    def is_meant(self, problem: Problem) -> bool:
        """Return whether a problem says no more than that this is to be filled in."""
        missing = problem.code == "missing-field" and f"“{self.name}” is missing" in problem.message
        return missing or (problem.code in TODO_CODES and problem.at.path[-len(self.path) :] == self.path)


def open_fields(briefing: Briefing, entry: FoundEntry, inside: Iterable[Problem], around: str) -> Iterator[OpenField]:
    """Yield the fields that say TODO, those that an annotation needs and the draft has left out, and who gives a figure
    where the source credits it to somebody.

    `inside` are the problems in the entry, `around` is the text around its words.
    """
    forms = {form.name: form for form in vocabulary.forms()[str(entry.path[0])]}
    todos = [problem.at.path[len(entry.path) :] for problem in inside if problem.code in TODO_CODES]
    missing = [(name,) for name, form in forms.items() if form.required and not entry.data.get(name)]
    for path in dict.fromkeys([*todos, *missing]):
        form = _form_at(tuple(forms.values()), path)
        if path and form:
            offered = offered_words(_value_at(entry.data, path), ".".join(map(str, path)))
            likely_first = sorted(_choices(briefing, form, around), key=lambda choice: choice[0] != offered)
            yield OpenField(path, _asked(briefing, form, offered), offered, form.type, tuple(likely_first))
    if asked := _ask_giver(briefing, entry):
        words, given = asked
        form = forms["speaker"]
        choices = tuple(_choices(briefing, form, around))
        yield OpenField(("speaker",), _giver_question(words), given, form.type, choices, optional=True)


def offered_words(value: str, path: str) -> str:
    """Return what a draft offers behind the TODO of a field, by its path in dots: words of the source for a label, the
    id of who is likely to speak; empty where it offers nothing, as behind any other TODO is what an author has to do.
    """
    return re.sub(r"^TODO:?\s*", "", value) if path in ("label", "speaker") and is_todo(value) else ""


def _asked(briefing: Briefing, form: FieldForm, offered: str) -> str:
    """Return the question of a field, which says of a speaker who is offered why that is no more."""
    if form.name != "speaker" or offered not in briefing.people:
        return form.help
    name = briefing.people[offered].name
    return f"Who says this? Perhaps {name}: the words right beside it do not say, so read what comes before them."


def _giver_question(words: str) -> str:
    return f"Who gives this figure? The source credits it by “{one_line(words)}”."


def _ask_giver(briefing: Briefing, entry: FoundEntry) -> tuple[str, str] | None:
    """Return the words by which the source credits a claimed figure that has no speaker, and the id of whom they surely
    mean, empty where that is open. None where the source credits nobody: it says the figure itself, and so may the
    briefing, which the check accepts."""
    found, source = briefing.anchors.get(str(entry.data.get("id"))), briefing.source
    if entry.data.get("basis") != "claim" or entry.data.get("speaker") or found is None or found.comment:
        return None
    if turn := source.turn_at(found.whole):
        return turn.speaker, turn.speaker if turn.speaker in briefing.people else ""
    return _said_within(briefing, found) or _credited(briefing, found)


def _said_within(briefing: Briefing, found: Anchor) -> tuple[str, str] | None:
    """Return the crediting words and the speaker of a quotation that is kept and has a figure among its words."""
    for quotation in briefing.quotations:
        anchor, span = briefing.anchors.get(quotation.id), briefing.attributions.get(quotation.id)
        if anchor is None or span is None or anchor.comment or quotation.speaker not in briefing.people:
            continue
        if quotation.status != "draft" and any(part.holds(found.whole) for part in anchor.spans):
            return span.of(briefing.source.text), quotation.speaker
    return None


def _credited(briefing: Briefing, found: Anchor) -> tuple[str, str] | None:
    """Return the words beside a figure in an article that credit somebody with it, and the id of whom they surely
    mean; None where they credit nobody."""
    source = briefing.source
    spoken = language(source.language)
    span = crediting_words(source.text, spoken, source.lines, found.spans).span
    is_quoted = any(passage.inner.holds(found.whole) for passage in passages_at(briefing, found.whole))
    if span is None or not (is_quoted or says(span.of(source.text), spoken)):
        return None
    words, people = span.of(source.text), called(briefing, spoken.speakers)
    made = credit(words, people, spoken.speakers, span.start < found.whole.start)
    if not (made.people or _credits_somebody(words, people.values(), spoken)):
        return None
    meant = made.people
    if not meant and speech(spoken).pronouns.get(made.pronoun):  # "she", and not "they", who may be anybody
        meant = referents(source.text, spoken, source.lines, span, made, people)
    sure = [id for id in meant if not doubted(words, people[id], people, spoken)]
    return _as_far_as_verb(words, spoken), sure[0] if len(meant) == len(sure) == 1 else ""


def _as_far_as_verb(words: str, spoken: Language) -> str:
    """Return crediting words without what is said behind their verb of speech: "Ann Ford, the mayor, said".

    They are whole where nobody is surely its subject before it: "In May, said Ann Ford", and in German.
    """
    told = words_of(words)
    verb = next((at for at, each in enumerate(told) if at and each.low in spoken.speakers.verbs), None)
    if verb is None or speech(spoken).nouns_have_capitals:
        return words
    behind_one_mark = told[verb].parted and sum(each.parted for each in told[:verb]) == 0
    short = words[: told[verb].start + len(told[verb].text)]
    return short if any(subjects(words_of(short), spoken.speakers)) and not behind_one_mark else words


def _credits_somebody(text: str, people: Iterable[Called], spoken: Language) -> bool:
    """Return whether words with a verb of speech say of somebody that they speak, and not that something is "proposed"
    or that there are "river states"."""
    words = words_of(text)
    phrases = any(f" {each} " in f" {' '.join(word.low for word in words)} " for each in spoken.speakers.according)
    has_subject = any(subjects(words, spoken.speakers))
    return phrases or has_subject or len(words) <= _SHORT or any(named(words, person) for person in people)


_SHORT = 3
"""Words of a credit that is nothing else: "diplomats said"."""


def _form_at(forms: tuple[FieldForm, ...], path: tuple[str | int, ...]) -> FieldForm | None:
    form = None
    for name in (part for part in path if isinstance(part, str)):
        form = next((each for each in forms if each.name == name), None)
        forms = form.fields if form else ()
    return form


def _value_at(data: Any, path: tuple[str | int, ...]) -> str:
    for part in path:
        inside = isinstance(data, Mapping) or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        data = (data.get(part) if isinstance(data, Mapping) else data[part]) if inside else None
    return str(data or "")


def _choices(briefing: Briefing, form: FieldForm, around: str) -> Iterator[tuple[str, str]]:
    """Yield what a field can be: of people those first whom the sentences around name."""
    yield from ((choice, choice) for choice in form.choices)
    if form.type in ("person", "people"):
        people = [(id, briefing.people[id].name) for id in briefing.roles if id in briefing.people]
        yield from sorted(people, key=lambda person: person[1].split()[-1].casefold() not in around.casefold())
