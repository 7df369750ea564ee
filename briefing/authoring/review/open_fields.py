"""What is to be filled in before a draft can be kept: what it is for, and what there is to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.attribution.crediting_words import crediting_words
from briefing.authoring import vocabulary
from briefing.authoring.found_entry import FoundEntry
from briefing.authoring.vocabulary import FieldForm
from briefing.load.schema.fields import is_todo
from briefing.model import Briefing
from briefing.model.places import Problem, one_line
from briefing.text import language

TODO_CODES = ("todo-left", "todo-published")


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field that is to be filled in before the draft can be kept."""

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

    @property
    def name(self) -> str:
        """The path in dots, as `allow.0.reason`."""
        return ".".join(map(str, self.path))

    def is_meant(self, problem: Problem) -> bool:
        """Return whether a problem says no more than that this is to be filled in."""
        missing = problem.code == "missing-field" and f"“{self.name}” is missing" in problem.message
        return missing or (problem.code in TODO_CODES and problem.at.path[-len(self.path) :] == self.path)


def open_fields(briefing: Briefing, entry: FoundEntry, inside: Iterable[Problem], around: str) -> Iterator[OpenField]:
    """Yield the fields that say TODO, and those that an annotation needs and the draft has left out.

    `inside` are the problems in the entry, `around` is the text around its words.
    """
    forms = {form.name: form for form in vocabulary.forms()[str(entry.path[0])]}
    todos = [problem.at.path[len(entry.path) :] for problem in inside if problem.code in TODO_CODES]
    missing = [(name,) for name, form in forms.items() if form.required and not entry.data.get(name)]
    for path in dict.fromkeys([*todos, *missing]):
        form = _form_at(tuple(forms.values()), path)
        if path and form:
            # a label is drafted in words of the source; behind any other TODO is what its author has to do
            given = _value_at(entry.data, path)
            offered = re.sub(r"^TODO:?\s*", "", given) if path == ("label",) and is_todo(given) else ""
            help = form.help if offered or path != ("label",) else f"{_label_question(entry)} {form.help}".strip()
            yield OpenField(path, help, offered, form.type, tuple(_choices(briefing, form, around)))


def _label_question(entry: FoundEntry) -> str:
    """Return what is asked where there is nothing to offer for a label; empty where its words are in several parts."""
    target = entry.data.get("target")
    words = target.get("exact") if isinstance(target, Mapping) else target
    return f"What does “{one_line(words)}” measure?" if isinstance(words, str) else ""


def questions(briefing: Briefing, entry: FoundEntry) -> Iterator[str]:
    """Yield what is to be looked at in an entry that can be published as it is: who gives a figure that is a claim."""
    found = briefing.anchors.get(str(entry.data.get("id")))
    if entry.data.get("basis") != "claim" or entry.data.get("speaker") or found is None or found.comment:
        return
    source = briefing.source
    span = crediting_words(source.text, language(source.language), source.lines, found.spans).span
    credited = f", which the source credits by “{one_line(span.of(source.text))}”" if span else ""
    yield f"who gives this figure{credited}? Name them as speaker, or choose another basis than claim"


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
