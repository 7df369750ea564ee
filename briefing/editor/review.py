"""Operations on drafts: what waits, and one decision at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from briefing.authoring.annotate import ChosenWords
from briefing.authoring.change_entry import KINDS
from briefing.authoring.found_entry import Marks
from briefing.authoring.review import (
    ReviewDraft,
    as_row,
    count_waiting,
    ignored_drafts,
    ignored_position,
    ignored_row,
    kept_rows,
    review_queue,
    shows_reason,
)
from briefing.authoring.review.decisions import bring_back, ignore, keep, kept_draft, put_off, revise
from briefing.authoring.review.reasons import common_reasons
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import TriedChange, readable
from briefing.editor.annotations import chosen_words, todos_of, tried
from briefing.editor.interface import Arguments, BarItem, EditSession, Operation, RequestError
from briefing.report import count_of

Answered = Mapping[str, Any]


def review_list(session: EditSession, asked: Arguments) -> Answered:
    """Return every draft in the order of the source, and the files that cannot be read."""
    return _state(session.open(asked.text("briefing")))


def try_keeping(session: EditSession, asked: Arguments) -> Answered:
    """Return what would be written if a draft were kept with these fields, and what a check would say of it then."""
    return tried(lambda: kept_draft(*_decided(session, asked)), asked)


def decide(session: EditSession, asked: Arguments) -> Answered:
    """Keep a draft, change it, ignore it, or leave it for later; return by what that can be taken back, if anything was
    written, and what then waits."""
    opened, id, fields, seen, chosen = _decided(session, asked)
    ways: Mapping[str, Callable[[], TriedChange]] = {
        "keep": lambda: keep(opened, id, fields, seen, chosen),
        "edit": lambda: revise(opened, id, fields, seen, chosen),
        "ignore": lambda: ignore(opened, id, datetime.date.today(), asked.text("reason"), seen),
        "later": lambda: put_off(opened, id, seen),
    }
    if asked.text("decision") not in ways:
        raise RequestError(f"“decision” is to be one of {', '.join(ways)}")
    change = ways[asked.text("decision")]()
    undo = session.save(change) if change.contents else ""
    return {"undo": undo, **_state(session.open(asked.text("briefing")))}


def bring_back_ignored(session: EditSession, asked: Arguments) -> Answered:
    """Make a draft again of one that was ignored, by its `name` in the list; return its id, by what that can be taken
    back, and what then waits."""
    change = bring_back(session.open(asked.text("briefing")), asked.text("name"))
    undo = session.save(change)
    return {"id": change.id, "undo": undo, **_state(session.open(asked.text("briefing")))}


def _decided(
    session: EditSession, asked: Arguments
) -> tuple[OpenBriefing, str, dict[str, Any], Marks | None, ChosenWords | None]:
    """Return the briefing, the draft that is meant by its id, its fields as they are to be, the marks by which its
    author has seen it, and the words that are chosen for it."""
    seen = asked.mapping("seen") if "seen" in asked.given else None
    return session.open(asked.text("briefing")), asked.text("id"), asked.mapping("fields"), seen, chosen_words(asked)


def _state(opened: OpenBriefing) -> Answered:
    briefing, queue = readable(opened), review_queue(opened)
    return {
        "title": briefing.title,
        "status": briefing.status,
        "language": briefing.source.language,
        "drafts": [_row(opened, draft) for draft in queue.drafts],
        "ignored": [
            {**ignored_row(each), "position": ignored_position(briefing, each)} for each in ignored_drafts(opened)
        ],
        "kept": kept_rows(opened),
        "unread": list(queue.unread),
        "reasons": {key: list(common_reasons(briefing, key)) for key in KINDS},
    }


def _row(opened: OpenBriefing, draft: ReviewDraft) -> Answered:
    row = as_row(draft)
    briefing = readable(opened)
    told = {
        "list": str(draft.entry.path[0]),
        "seen": draft.entry.seen,
        "reason_shown": shows_reason(briefing, draft),
        "position": draft.position,
        "before": draft.before,
    }
    return {**row, **told, "todos": todos_of(row["fields"])}


def drafts_left(opened: OpenBriefing) -> BarItem:
    """Return how many drafts wait, for the author's bar."""
    count = count_waiting(opened)
    return BarItem("review", "Review", count, count_of(count, "draft"))


OPERATIONS: Mapping[str, Operation] = {
    "review/list": review_list,
    "review/try": try_keeping,
    "review/decide": decide,
    "review/bring-back": bring_back_ignored,
}
