"""Operations on annotations: what can be written, where words are, try, save, take back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from briefing.attribution.entities import is_body
from briefing.authoring import locate, vocabulary
from briefing.authoring.annotate import ChosenWords, add_entry
from briefing.authoring.change_entry import (
    KINDS,
    REFERENCES,
    change_entry,
    cited_by,
    delete_entry,
    find_entry,
    withdraw_entry,
)
from briefing.authoring.found_entry import FoundEntry
from briefing.authoring.new_entries import WHY, selector_values, used_ids
from briefing.authoring.proposals import proposed_fields
from briefing.authoring.review.open_fields import offered_words
from briefing.authoring.settings import (
    change_settings,
    find_measure,
    find_person,
    find_settings,
    put_measure,
    put_person,
    remove_person,
)
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable
from briefing.editor.form_words import form_words, message_in_form
from briefing.editor.interface import Arguments, EditSession, Operation, RequestError, failure_row, problem_rows
from briefing.editor.problem_list import listed
from briefing.load.schema.fields import is_todo
from briefing.model import AnnotationKey, Briefing
from briefing.model.places import Problem, line_and_column
from briefing.text.language_rules import language, speech

Answered = Mapping[str, Any]
AROUND = 60
"""Characters of the text that are shown before and after words."""


def vocabulary_of(session: EditSession, asked: Arguments) -> Answered:
    """Return the fields of each kind of entry, what they can name, and the ids that are taken."""
    briefing = readable(session.open(asked.text("briefing")))
    forms = vocabulary.forms()
    kinds = {
        name: {"label": kind.label, "fields": [asdict(each) for each in forms[name]]}
        for name, kind in vocabulary.KINDS.items()
    }
    return {"kinds": kinds, **vocabulary.words_of(briefing), "ids": sorted(used_ids(briefing))}


def kind_of_name(session: EditSession, asked: Arguments) -> Answered:
    """Return whether a name looks like that of a person or of an organisation, for the author to confirm."""
    source = readable(session.open(asked.text("briefing"))).source
    words = [word[:1].upper() + word[1:] for word in asked.text("name").split()]
    body = is_body(words, speech(language(source.language)))
    return {"kind": "organisation" if body else "person"}


def place(session: EditSession, asked: Arguments) -> Answered:
    """Return every place of some words, with a target for each; or why there is none."""
    briefing = readable(session.open(asked.text("briefing")))
    chosen = _chosen(asked)
    found = locate.look_up(briefing, chosen.words, chosen.comment, (chosen.prefix, chosen.suffix))
    rows = problem_rows(found.problems, {found.given.name: found.given})
    return {"places": [_place_row(briefing, spot) for spot in found.spots], "problems": rows}


def _chosen(asked: Arguments) -> ChosenWords:
    words = tuple(part for part in asked.texts("words") if part.strip())
    if not words:
        raise RequestError("no words are selected", "select the words that the annotation is about", 422)
    return ChosenWords(words, asked.text("in"), asked.text("prefix"), asked.text("suffix"), asked.number("number"))


def chosen_words(asked: Arguments) -> ChosenWords | None:
    """Return the words that an author has chosen for an annotation as its `place`; None where they stay as they are."""
    selected = asked.part("place")
    return _chosen(selected) if selected else None


def _place_row(briefing: Briefing, spot: locate.Spot) -> Answered:
    text = locate.text_of(briefing, spot.comment)
    start, end = spot.spans[0].start, spot.spans[-1].end
    return {
        "target": selector_values(spot.selectors),
        "in": spot.comment,
        "words": [span.of(text) for span in spot.spans],
        "before": text[max(start - AROUND, 0) : start],
        "after": text[end : end + AROUND],
        "line": spot.line,
        "described": locate.describe_place(spot),
    }


def propose(session: EditSession, asked: Arguments) -> Answered:
    """Return the fields that the words of a new annotation settle by themselves."""
    briefing, key = readable(session.open(asked.text("briefing"))), _key(asked.text("kind"))
    try:
        fields = proposed_fields(briefing, key, _chosen(asked.part("place") or asked))
    except ChangeRefusedError:  # trying says what is wrong with the words
        fields = {}
    return {"fields": fields}


# --- writing ----------------------------------------------------------------------------------------------------


def try_(session: EditSession, asked: Arguments) -> Answered:
    """Return what would be written, and what a check would say of it."""
    return tried(lambda: _change(session, asked), asked)


def tried(make: Callable[[], TriedChange], asked: Arguments) -> Answered:
    """Return what a change of a form would write, and what a check would say of it, in the words of the form."""
    try:
        change = make()
    except ChangeRefusedError as error:
        rows = problem_rows(error.problems, error.files, error.field_of)
        return {"id": asked.text("id"), "file": "", "line": 0, "yaml": "", "problems": rows or [failure_row(error)]}
    rows = problem_rows(change.problems, change.files, change.field_of)
    return {
        **_written(change),
        "yaml": change.yaml,
        **({"elsewhere": change.elsewhere} if change.elsewhere else {}),
        "problems": _in_the_form(change, rows, asked.text("kind")),
        **_assumed(change, asked),
    }


def _assumed(change: TriedChange, asked: Arguments) -> Answered:
    """Return the kind that the words of a new quotation show, with the reason, where its author has named none."""
    if asked.text("kind") != "quotes" or asked.text("id") or asked.mapping("fields").get("kind"):
        return {}
    # as it is written: while its speaker is missing, the briefing has no such quotation
    place, file = change.entry, change.files[change.file]
    node = file.nodes.get((*place.path, "kind")) if place else None
    kind = node.span.of(file.text) if node else ""
    return {"assumed": {"value": kind, "reason": WHY[kind]}} if kind in WHY else {}


def _in_the_form(change: TriedChange, rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return the rows of a change’s problems, those of its form in the words of a form."""
    people = change.result.briefing.people if change.result.briefing else {}
    names = {person.id: person.name for person in people.values()}
    nobody = {row["field"] for row in rows if row["code"] == "unknown-person"}  # what else is wrong there is no news
    found = zip(change.problems, rows, strict=True)
    pairs = [(one, row) for one, row in found if row["field"] not in nobody or one.code == "unknown-person"]
    return [
        {**row, **(_elsewhere(change, problem, names) if row["field"] is None else form_words(problem, kind, names))}
        for problem, row in pairs
    ]


def _elsewhere(change: TriedChange, problem: Problem, names: Mapping[str, str]) -> Answered:
    """Return what is said of a problem that a form would bring to another annotation, with the words of that one; it is
    a warning where the form is saved all the same."""
    severity = "warning" if problem in change.left_over else problem.severity
    words = change.other_words(problem)
    if not words:
        return {"message": message_in_form(problem), "severity": severity}
    said = form_words(problem, str(problem.at.path[0]), names)
    return {"message": f"with this, in “{words}”: {said['message']}", "help": said["help"], "severity": severity}


def save(session: EditSession, asked: Arguments) -> Answered:
    """Write it, where the check has no new error."""
    return _saved(session, _change(session, asked))


def _saved(session: EditSession, change: TriedChange) -> Answered:
    """Write a change; return what is written, and as `found` what a check finds elsewhere now."""
    told = {**_written(change), "undo": session.save(change)}
    left = change.left_over
    return {**told, "found": listed(change.before, change.result, change.files, left)} if left else told


def _change(session: EditSession, asked: Arguments) -> TriedChange:
    """Return the change that a form asks for: something new, or with an `id` something that is there changed."""
    opened = session.open(asked.text("briefing"))
    kind, fields, id, seen = asked.text("kind"), asked.mapping("fields"), asked.text("id"), _seen(asked)
    if kind == "briefing":
        return change_settings(opened, fields, seen)
    if kind in ("person", "measure"):
        return (put_person if kind == "person" else put_measure)(opened, id, fields, seen)
    if kind == "reference":
        return change_entry(opened, id, fields, seen=seen, lists=REFERENCES)
    chosen = chosen_words(asked)
    if id:
        return change_entry(opened, id, fields, chosen, seen)
    key = _key(kind)
    if chosen is None:
        raise RequestError("no words are selected", "select the words that the annotation is about", 422)
    return add_entry(opened, key, fields, chosen)


def _key(kind: str) -> AnnotationKey:
    """Return the list that a kind of annotation is in."""
    key = next((each for each in KINDS if each == kind), None)
    if key is None:
        raise RequestError(f"“kind” is to be one of {', '.join((*KINDS, *FINDERS))}")
    return key


def _seen(asked: Arguments) -> Mapping[str, str] | None:
    """Return the marks of the fields as the page has seen them; None where it does not say."""
    return asked.mapping("seen") if "seen" in asked.given else None


def _written(change: TriedChange) -> Answered:
    return {"id": change.id, "file": change.file, "line": change.line, "files": list(change.contents)}


# --- existing entries -------------------------------------------------------------------------------------------


FINDERS: Mapping[str, Callable[[OpenBriefing, str], FoundEntry]] = {
    "person": find_person,
    "reference": lambda opened, id: find_entry(opened, id, REFERENCES),
    "measure": find_measure,
    "briefing": lambda opened, _: find_settings(opened),
}
"""By kind: what finds an entry that is about no words."""


def open_(session: EditSession, asked: Arguments) -> Answered:
    """Return an entry with its fields as they are written, its words, and who cites it."""
    opened, id, kind = session.open(asked.text("briefing")), asked.text("id"), asked.text("kind")
    if kind in FINDERS:
        return {**_entry_row(FINDERS[kind](opened, id)), "id": id, "kind": kind}
    entry = find_entry(opened, id)
    status = entry.data.get("status") or "published"
    told = {"id": id, "kind": entry.path[0], "status": status, "cited_by": cited_by(opened, id)}
    return {**_entry_row(entry), **told, "place": _present_place(opened, id)}


def _entry_row(entry: FoundEntry) -> dict[str, Any]:
    fields = {name: value for name, value in entry.data.items() if name not in ("id", "target", "in")}
    if isinstance(fields.get("series"), list):  # short for this
        fields["series"] = {"points": fields["series"]}
    node = entry.file.nodes.get(entry.path)
    line = line_and_column(entry.file.text, node.span.start)[0] if node else 0
    return {"fields": fields, "todos": todos_of(fields), "file": entry.file.name, "line": line, "seen": entry.seen}


def todos_of(value: Any, path: str = "") -> dict[str, Any]:
    """Return the values that only say what is to be filled in, by their paths in dots: what the file has there, and as
    `offered` the words that a draft has for a label, or the id that it has for a speaker."""
    texts = value if isinstance(value, list) else [value]
    if texts and all(isinstance(each, str) and is_todo(each) for each in texts):
        offered = offered_words(value, path) if isinstance(value, str) else ""
        return {path: {"value": value, "offered": offered}}
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return {key: found for name, one in inner for key, found in todos_of(one, f"{path}.{name}".strip(".")).items()}


def _present_place(opened: OpenBriefing, id: str) -> Answered | None:
    """Return where the words of an annotation are; None where it has none, or they are not found."""
    briefing = opened.checked.briefing
    anchor = briefing.anchors.get(id) if briefing else None
    return (
        _place_row(briefing, locate.make_spot(briefing, anchor.comment, anchor.spans)) if briefing and anchor else None
    )


def remove(session: EditSession, asked: Arguments) -> Answered:
    """Withdraw an entry, or delete it."""
    opened, id, how = session.open(asked.text("briefing")), asked.text("id"), asked.text("how")
    if asked.text("kind") == "person":
        return _saved(session, remove_person(opened, id))
    ways: Mapping[str, Callable[[], TriedChange]] = {
        "withdraw": lambda: withdraw_entry(opened, id, asked.text("reason"), datetime.date.today(), _seen(asked)),
        "delete": lambda: delete_entry(opened, id, _seen(asked)),
    }
    if how not in ways:
        raise RequestError(f"“how” is to be one of {', '.join(ways)}")
    return _saved(session, ways[how]())


def undo(session: EditSession, asked: Arguments) -> Answered:
    """Take back what was saved under a name."""
    return {"id": session.undo(asked.text("undo"))}


OPERATIONS: Mapping[str, Operation] = {
    "vocabulary": vocabulary_of,
    "kind-of-name": kind_of_name,
    "place": place,
    "propose": propose,
    "try": try_,
    "save": save,
    "open": open_,
    "remove": remove,
    "undo": undo,
}
