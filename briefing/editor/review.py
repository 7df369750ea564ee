"""Operations on drafts: what waits, and one decision at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from briefing.authoring.change_entry import KINDS
from briefing.authoring.review import ReviewDraft, as_row, count_waiting, review_queue, shows_reason
from briefing.authoring.review.decisions import ignore, keep, revise
from briefing.authoring.review.reasons import common_reasons
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, TriedChange, readable
from briefing.editor.interface import Arguments, BarItem, EditSession, Operation, RequestError, problem_rows
from briefing.model.places import Problem
from briefing.report import count_of

Answered = Mapping[str, Any]


def review_list(session: EditSession, asked: Arguments) -> Answered:
    """Return every draft in the order of the source, and the files that cannot be read."""
    return _state(session.open(asked.text("briefing")))


def decide(session: EditSession, asked: Arguments) -> Answered:
    """Keep a draft, change it, or ignore it; return by what that can be taken back, and what then waits.

    Where it is refused, `refused` says why and nothing was written.
    """
    opened, id = session.open(asked.text("briefing")), asked.text("id")
    seen = asked.mapping("seen") if "seen" in asked.given else None
    fields = asked.mapping("fields")
    ways: Mapping[str, Callable[[], TriedChange]] = {
        "keep": lambda: keep(opened, id, fields, seen),
        "edit": lambda: revise(opened, id, fields, seen),
        "ignore": lambda: ignore(opened, id, datetime.date.today(), asked.text("reason"), seen),
    }
    if asked.text("decision") not in ways:
        raise RequestError(f"“decision” is to be one of {', '.join(ways)}")
    try:
        undo = session.save(ways[asked.text("decision")]())
    except EntryChangedError:
        raise
    except ChangeRefusedError as error:
        rows = problem_rows(error.problems, error.files, _field_of)
        return {"refused": {"message": str(error), "help": error.help, "problems": rows}, **_state(opened)}
    return {"undo": undo, **_state(session.open(asked.text("briefing")))}


def _state(opened: OpenBriefing) -> Answered:
    briefing, queue = readable(opened), review_queue(opened)
    return {
        "title": briefing.title,
        "status": briefing.status,
        "language": briefing.source.language,
        "drafts": [_row(opened, draft) for draft in queue.drafts],
        "unread": list(queue.unread),
        "reasons": {key: list(common_reasons(briefing, key)) for key in KINDS},
    }


def _row(opened: OpenBriefing, draft: ReviewDraft) -> Answered:
    rows = problem_rows(draft.problems, opened.checked.files, _field_of)
    shown = shows_reason(readable(opened), draft)
    told = {"list": str(draft.entry.path[0]), "seen": draft.entry.seen, "problems": rows, "reason_shown": shown}
    return {**as_row(draft), **told}


def _field_of(problem: Problem) -> str | None:
    """Return the field of an entry of a list that a problem is about, as `value.from`."""
    return ".".join(map(str, problem.at.path[2:])) if len(problem.at.path) > 1 else None


def drafts_left(opened: OpenBriefing) -> BarItem:
    """Return how many drafts wait, for the author's bar."""
    count = count_waiting(opened)
    return BarItem("review", "Review", count, count_of(count, "draft"))


OPERATIONS: Mapping[str, Operation] = {"review/list": review_list, "review/decide": decide}
