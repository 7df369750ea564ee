"""Operations on annotations: what can be written, where words are, try, save, take back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from briefing.authoring import locate, vocabulary
from briefing.authoring.annotate import ChosenWords, add_entry
from briefing.authoring.change_entry import (
    KINDS,
    change_entry,
    cited_by,
    delete_entry,
    find_entry,
    withdraw_entry,
)
from briefing.authoring.new_entries import selector_values, used_ids
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable
from briefing.editor.interface import Arguments, EditSession, Operation, RequestError, failure_row, problem_rows
from briefing.model import Briefing
from briefing.model.places import line_and_column

Answered = Mapping[str, Any]
AROUND = 60
"""Characters of the text that are shown before and after words."""


def vocabulary_of(session: EditSession, asked: Arguments) -> Answered:
    """Return the fields of each kind of entry, what they can name, and the ids that are taken."""
    briefing = readable(session.open(asked.text("briefing")))
    forms, labels = vocabulary.forms(), vocabulary.MODELS
    kinds = {kind: {"label": labels[kind][1], "fields": [asdict(each) for each in forms[kind]]} for kind in forms}
    return {"kinds": kinds, **vocabulary.words_of(briefing), "ids": sorted(used_ids(briefing))}


def place(session: EditSession, asked: Arguments) -> Answered:
    """Return every place of some words, with a target for each; or why there is none."""
    briefing = readable(session.open(asked.text("briefing")))
    passage = _passage(asked)
    found = locate.look_up(briefing, passage.words, passage.comment, (passage.prefix, passage.suffix))
    rows = problem_rows(found.problems, {found.given.name: found.given})
    return {"places": [_place_row(briefing, spot) for spot in found.spots], "problems": rows}


def _passage(asked: Arguments) -> ChosenWords:
    words = tuple(part for part in asked.texts("words") if part.strip())
    if not words:
        raise RequestError("no words are selected", "select the words that the annotation is about", 422)
    return ChosenWords(words, asked.text("in"), asked.text("prefix"), asked.text("suffix"), asked.number("number"))


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


# --- writing ----------------------------------------------------------------------------------------------------


def try_(session: EditSession, asked: Arguments) -> Answered:
    """Return what would be written, and what a check would say of it."""
    try:
        change = _change(session, asked)
    except ChangeRefusedError as error:
        rows = problem_rows(error.problems, error.files, lambda _: "target")
        return {"id": asked.text("id"), "file": "", "line": 0, "yaml": "", "problems": rows or [failure_row(error)]}
    rows = problem_rows(change.problems, change.result.files, change.field_of)
    return {**_written(change), "yaml": change.yaml, "problems": rows}


def save(session: EditSession, asked: Arguments) -> Answered:
    """Write it, where the check has no new error."""
    change = _change(session, asked)
    return {**_written(change), "undo": session.save(change)}


def _change(session: EditSession, asked: Arguments) -> TriedChange:
    """Return the change that a form asks for: a new annotation, or with an `id` an existing one changed."""
    opened = session.open(asked.text("briefing"))
    selected, fields, id = asked.part("place"), asked.mapping("fields"), asked.text("id")
    passage = _passage(selected) if selected else None
    if id:
        return change_entry(opened, id, fields, passage, _seen(asked))
    key = next((kind for kind in KINDS if kind == asked.text("kind")), None)
    if key is None:
        raise RequestError(f"“kind” is to be one of {', '.join(KINDS)}")
    if passage is None:
        raise RequestError("no words are selected", "select the words that the annotation is about", 422)
    return add_entry(opened, key, fields, passage)


def _seen(asked: Arguments) -> Mapping[str, str] | None:
    """Return the marks of the fields as the page has seen them; None where it does not say."""
    return asked.mapping("seen") if "seen" in asked.given else None


def _written(change: TriedChange) -> Answered:
    return {"id": change.id, "file": change.file, "line": change.line}


# --- existing entries -------------------------------------------------------------------------------------------


def open_(session: EditSession, asked: Arguments) -> Answered:
    """Return an entry with its fields as they are written, its words, and who cites it."""
    opened, id = session.open(asked.text("briefing")), asked.text("id")
    entry = find_entry(opened, id)
    fields = {name: value for name, value in entry.data.items() if name not in ("id", "target", "in")}
    if isinstance(fields.get("series"), list):  # short for this
        fields["series"] = {"points": fields["series"]}
    line = line_and_column(entry.file.text, entry.file.nodes[entry.path].span.start)[0]
    return {
        "id": id,
        "kind": entry.key,
        "fields": fields,
        "status": entry.data.get("status") or "published",
        "file": entry.file.name,
        "line": line,
        "seen": entry.seen,
        "cited_by": cited_by(opened, id),
        "place": _present_place(opened, id),
    }


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
    ways: Mapping[str, Callable[[], TriedChange]] = {
        "withdraw": lambda: withdraw_entry(opened, id, asked.text("reason"), datetime.date.today()),
        "delete": lambda: delete_entry(opened, id),
    }
    if how not in ways:
        raise RequestError(f"“how” is to be one of {', '.join(ways)}")
    change = ways[how]()
    return {**_written(change), "undo": session.save(change)}


def undo(session: EditSession, asked: Arguments) -> Answered:
    """Take back what was saved under a name."""
    return {"id": session.undo(asked.text("undo"))}


OPERATIONS: Mapping[str, Operation] = {
    "vocabulary": vocabulary_of,
    "place": place,
    "try": try_,
    "save": save,
    "open": open_,
    "remove": remove,
    "undo": undo,
}
