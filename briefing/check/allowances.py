"""Findings that an author allows, with a reason that the pages show.

Which findings can be allowed, and where, is a property of their code (`model/codes.py`): only where the program may
read wrongly or an editor may rightly differ. `allow` at an annotation, theme, reference or comment is for the findings
in that record. In briefing.yml it is for one passage, which it names, or for what is about the whole briefing. What
cannot be allowed is not silenced, and an allowance of it is reported. Otherwise no allowance is called unused before
everything is read and found, because a rule may not have come that far.

Whoever meets a finding that is right in general and wrong here has to know that it can be allowed, so every finding
that can be says how, after what it says itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec.structs import replace

from briefing.anchor.quoting import letters
from briefing.model import Allow, Annotation, Briefing, Comment, Derived, Reference, Theme
from briefing.model.codes import CODES
from briefing.model.places import NodePath, Place, Problem

PASSAGES = frozenset({"quotation-not-found", "cut-before-but", "hidden-name"})
"""What is found of one quoted passage or name, and can be allowed for that alone, in a record too."""
ONE_IN_A_RECORD = frozenset({"cut-before-but"})
"""Of these, such as an annotation has one of, but a theme may have several: there, the passage need not be named."""


def allowed(briefing: Briefing, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that no allowance silences, and one for each allowance that silences nothing or too much."""
    found = tuple(problems)
    allowances = tuple(_allowances(briefing))
    keys = {_key(*each) for each in allowances if not (_nowhere(each[0], each[1].code) or _too_wide(*each))}
    silencing = [_silencing(keys, problem) for problem in found]
    used = frozenset(key for each in silencing for key in each)
    left = [problem for problem, silent in zip(found, silencing, strict=True) if not silent]
    lost = frozenset(item.at for item in briefing.annotations if item.id not in briefing.anchors)
    useless = (each for record, allow in allowances for each in _useless(briefing, record, allow, used, lost))
    records: _Records = {(record.at.file, record.at.path): record for record in reversed([*_records(briefing)])}
    return (*(replace(problem, hint=_how(briefing, records, problem)) for problem in left), *useless)


_Key = tuple[tuple[str, NodePath] | None, str, str | None]
"""What an allowance silences: in which record, None for the whole briefing; which code; of which passage, None for any.
Looked up, since there may be ten thousand allowances and as many problems."""


def _key(record: Place | None, allow: Allow) -> _Key:
    place = (record.file, record.path) if record else None
    return place, allow.code, letters(allow.passage) if allow.passage else None


def _silencing(keys: Set[_Key], problem: Problem) -> list[_Key]:
    """Return those of some keys that silence a problem."""
    if not keys:
        return []
    at, passages = problem.at, (None, letters(problem.passage))
    places = (None, *((at.file, at.path[:length]) for length in range(len(at.path) + 1)))
    return [key for place in places for passage in passages if (key := (place, problem.code, passage)) in keys]


def _useless(
    briefing: Briefing, record: Place | None, allow: Allow, used: Set[_Key], lost: Set[Place]
) -> Iterator[Problem]:
    """Yield what is wrong with an allowance itself; `lost` are the annotations whose words were not found."""
    if _nowhere(record, allow.code):
        yield _not_allowable(allow)
    elif _too_wide(record, allow):
        yield _names_no_passage(allow)
    elif _key(record, allow) not in used:
        # where not all rules could look, nobody knows
        looked_at = record not in lost if record else not (lost or briefing.unread.entries)
        yield from [_unused(allow)] if looked_at else []


def _nowhere(record: Place | None, code: str) -> bool:
    """Return whether a code cannot be allowed here at all: in a record, or for None in briefing.yml."""
    return CODES[code].allowable == "never" or (record is None and CODES[code].allowable == "record")


def _how(briefing: Briefing, records: _Records, problem: Problem) -> str:
    """Return the hint of a problem, with the line that allows it, and its place, where it can be allowed."""
    file, path = problem.at.file, problem.at.path
    around = (records.get((file, path[:length])) for length in range(len(path) + 1))
    record = next((each for each in around if each), None)
    if _nowhere(record.at if record else None, problem.code):
        return problem.hint
    where, words = f"“{record.id}”" if record else "briefing.yml", ""
    if problem.passage and (record is None or problem.code in PASSAGES):
        words = f"passage: {json.dumps(' '.join(problem.passage.split()), ensure_ascii=False)}, "
    given, line = record.allow if record else briefing.allow, f'{{code: {problem.code}, {words}reason: "…"}}'
    allowing = f"add to `allow` of {where}: {line}" if given else f"write in {where}: allow: [{line}]"
    return f"{problem.hint}{_GAP if _GAP in problem.hint else _LINE}{ALLOWING}{allowing}"


def allowance(problem: Problem, *, of_briefing: bool = False) -> dict[str, str] | None:
    """Return the entry of `allow` that silences a problem, still without its reason, in its record or, for one
    `of_briefing`, in briefing.yml; None where the problem cannot be allowed."""
    if ALLOWING not in problem.hint:
        return None
    names_passage = problem.passage and (of_briefing or problem.code in PASSAGES)
    passage = {"passage": " ".join(problem.passage.split())} if names_passage else {}
    return {"code": problem.code, **passage, "reason": ""}


ALLOWING = "or, where it is right as it stands, "
"""Begins what a hint says of allowing a finding."""
_LINE, _GAP = "\n", "\n\n"


_Record = Annotation | Derived | Theme | Reference | Comment
_Records = Mapping[tuple[str, NodePath], _Record]
"""By file and path: looked up, for a file may have ten thousand records with a problem in each."""


def _records(briefing: Briefing) -> Iterator[_Record]:
    """Yield everything that has an `allow` of its own."""
    yield from (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)


def _not_allowable(allow: Allow) -> Problem:
    known = CODES[allow.code]
    if known.allowable == "never":
        message = f"“{allow.code}” is never allowed, so this does nothing: {known.why}"
        hint = "take this allowance out, and fix what is found; `briefing explain` with the code says how"
    else:
        message = f"“{allow.code}” is never allowed for a whole briefing, so this does nothing"
        hint = (
            "take it out here; where the finding is right as it stands, write the allowance in the one annotation, "
            "theme, reference or comment that it is about"
        )
    return Problem("unused-allow", message, allow.at, hint)


def _unused(allow: Allow) -> Problem:
    message = f"nothing here has the finding “{allow.code}”{_of_passage(allow)}, so allowing it does nothing"
    hint = "take this allowance out; it can allow what a check finds, not what cannot be read or found at all"
    return Problem("unused-allow", message, allow.at, hint)


def _allowances(briefing: Briefing) -> Iterator[tuple[Place | None, Allow]]:
    """Yield every allowance with the record that it is for; None for the whole briefing."""
    yield from ((None, allow) for allow in briefing.allow)
    for item in _records(briefing):
        yield from ((item.at, allow) for allow in item.allow)


def _too_wide(record: Place | None, allow: Allow) -> bool:
    """Return whether it would allow more than one passage."""
    if allow.passage or CODES[allow.code].allowable != "passage":
        return False
    alone = record is not None and record.path[:1] != ("themes",) and allow.code in ONE_IN_A_RECORD
    return record is None or (allow.code in PASSAGES and not alone)


def _names_no_passage(allow: Allow) -> Problem:
    what = "words that may stand" if allow.code in PASSAGES else "words of the sentence that may stand"
    message = f"“{allow.code}” is allowed for one passage alone, and this allowance names none"
    return Problem("missing-field", message, allow.at, f"write beside `code` the {what}:\npassage: >-\n  …")


def _of_passage(allow: Allow) -> str:
    return " for this passage" if allow.passage else ""
