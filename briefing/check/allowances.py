"""Findings that an author lets pass, with a reason that the pages show.

`allow` silences the findings of rules, with its code: at an annotation, theme, reference or comment those in that
record, in briefing.yml all of the briefing; but nothing in briefing.yml silences what the whole promise rests on
(`NEVER_ALL`). What is said of quoted words is let pass for one passage alone: the allowance names it. What an earlier
stage found cannot be allowed: without its target a record has nothing to show. No allowance is called unused before
everything is read and found, because a rule may not have come that far.

Whoever meets a finding that is right in general and wrong here has to know that it can be allowed, so every finding of
a rule says how, after what it says itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.anchor.quoting import letters
from briefing.model import Allow, Annotation, Briefing, Comment, Derived, Reference, Theme
from briefing.model.places import Place, Problem

NEVER_ALL = ("not-in-original", "original-not-covered", "original-changed")
"""Codes that are allowed for one comment or not at all: for a whole briefing that would switch the comparison with
the originals off."""

PASSAGES = frozenset({"quotation-not-found", "cut-before-but"})
"""What is found of one quoted passage, and can be allowed for that alone."""
ONE_IN_A_RECORD = frozenset({"cut-before-but"})
"""Of these, such as an annotation has one of, but a theme may have several: there, the passage need not be named."""


def allowed(briefing: Briefing, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that no allowance silences, and one for each allowance that silences nothing or names too little."""
    found = tuple(problems)
    allowances = tuple(_allowances(briefing))
    left = [problem for problem in found if not any(_silences(record, allow, problem) for record, allow in allowances)]
    wide = [_names_no_passage(allow) for record, allow in allowances if _too_wide(record, allow)]
    unused = (
        _unused(record, allow)
        for record, allow in allowances
        if not _too_wide(record, allow)
        and not any(_silences(record, allow, problem) for problem in found)
        and _looked_at(briefing, record)
    )
    return (*(replace(problem, hint=_how(briefing, problem)) for problem in left), *wide, *unused)


def _how(briefing: Briefing, problem: Problem) -> str:
    """A finding's own hint, and the line that allows it, with where it is to be written."""
    record = next((each for each in _records(briefing) if _within(each.at, problem.at)), None)
    if record is None and problem.code in NEVER_ALL:
        return problem.hint
    where = f"“{record.id}”" if record else "briefing.yml"
    words = f"passage: {json.dumps(' '.join(problem.passage.split()), ensure_ascii=False)}, " if problem.passage else ""
    given, line = record.allow if record else briefing.allow, f'{{code: {problem.code}, {words}reason: "…"}}'
    told = f"add to `allow` of {where}: {line}" if given else f"write in {where}: allow: [{line}]"
    return f"{problem.hint}{_GAP if _GAP in problem.hint else _LINE}or, where it is right as it stands, {told}"


_LINE, _GAP = "\n", "\n\n"


def _records(briefing: Briefing) -> Iterator[Annotation | Derived | Theme | Reference | Comment]:
    """Everything that has an `allow` of its own."""
    yield from (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)


def _within(record: Place, at: Place) -> bool:
    return at.file == record.file and at.path[: len(record.path)] == record.path


def _unused(record: Place | None, allow: Allow) -> Problem:
    if record is None and allow.code in NEVER_ALL:
        message = f"“{allow.code}” is never allowed for a whole briefing, so this does nothing"
        hint = (
            "take it out; allow `not-in-original` at the one comment that it is about, and name what is missing of an "
            "original under `left_out`, with the reason"
        )
        return Problem("unused-allow", message, allow.at, hint)
    message = f"nothing here has the finding “{allow.code}”{_of_passage(allow)}, so allowing it does nothing"
    hint = "take this allowance out; it lets pass what a check finds, not what cannot be read or found at all"
    return Problem("unused-allow", message, allow.at, hint)


def _allowances(briefing: Briefing) -> Iterator[tuple[Place | None, Allow]]:
    """Every allowance with the record that it is for; None for the whole briefing."""
    yield from ((None, allow) for allow in briefing.allow)
    for item in _records(briefing):
        yield from ((item.at, allow) for allow in item.allow)


def _too_wide(record: Place | None, allow: Allow) -> bool:
    """Whether it would let pass more than one passage."""
    alone = record is not None and record.path[:1] != ("themes",) and allow.code in ONE_IN_A_RECORD
    return allow.code in PASSAGES and not allow.passage and not alone


def _names_no_passage(allow: Allow) -> Problem:
    message = f"“{allow.code}” is allowed for one passage alone, and this allowance names none"
    hint = "write beside `code` the quoted words that may stand:\npassage: >-\n  …"
    return Problem("missing-field", message, allow.at, hint)


def _of_passage(allow: Allow) -> str:
    return " for this passage" if allow.passage else ""


def _looked_at(briefing: Briefing, record: Place | None) -> bool:
    """Whether all rules could look at a record; None for the whole briefing."""
    lost = [item.at for item in briefing.annotations if item.id not in briefing.anchors]
    return record not in lost if record else not (lost or briefing.unread.entries)


def _silences(record: Place | None, allow: Allow, problem: Problem) -> bool:
    if problem.code != allow.code or _too_wide(record, allow):
        return False
    if allow.passage and letters(allow.passage) != letters(problem.passage):
        return False
    if record is None:
        return problem.code not in NEVER_ALL
    return _within(record, problem.at)
