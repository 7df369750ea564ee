"""One namespace over everything that can be cited, so that an id in prose or in an address means one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from briefing.load.convert import Report
from briefing.model import Annotation, Comment, ContextNote, Derived, Figure, Quotation, Reference, Theme, Withdrawn
from briefing.places import Place, Problem, TextFile, locate

R = TypeVar("R", Quotation, Figure, Derived, ContextNote, Theme, Comment, Reference, Withdrawn)


def unique(
    records: Iterable[R], taken: dict[str, Place], files: Mapping[str, TextFile], report: Report
) -> tuple[R, ...]:
    """The records whose id is not in `taken`, where their ids, former ones too, are then written down."""
    return tuple(record for record in records if _takes(record, taken, files, report))


def _takes(
    record: Quotation | Figure | Derived | ContextNote | Theme | Comment | Reference | Withdrawn,
    taken: dict[str, Place],
    files: Mapping[str, TextFile],
    report: Report,
) -> bool:
    """Whether the record may keep its id; a former id that is taken is reported, but costs nothing."""
    former = record.was if isinstance(record, Annotation | Derived | Theme | Withdrawn) else ()
    clash = False
    if circle := _circle(record.id, former, record.at, taken):
        report(circle)
        return False
    for id, field in [(record.id, "id"), *((id, "was") for id in former)]:
        at = record.at.child(field)
        if id in taken:
            report(_duplicate(id, at, taken[id], files))
            clash = clash or field == "id"
        else:
            taken[id] = at
    return not clash


def _circle(id: str, former: Iterable[str], at: Place, taken: Mapping[str, Place]) -> Problem | None:
    """A former id leads to what has it now; where two lead to each other, neither address has an end."""
    if id in former:
        hint = f"leave “{id}” out of `was`"
        return Problem("duplicate-id", f"“{id}” is named as its own former id", at.child("was"), hint)
    claimed = taken[id].path if id in taken else ()
    other = next((old for old in former if old in taken and taken[old].path == (*claimed[:-1], "id")), "")
    if not other or claimed[-1] != "was":
        return None
    message = f"“{id}” and “{other}” are former ids of each other, so neither address has an end"
    return Problem("duplicate-id", message, at.child("was"), "keep `was` at the one that was renamed last")


def _duplicate(id: str, at: Place, first: Place, files: Mapping[str, TextFile]) -> Problem:
    found = locate(first, files)
    line = f", line {found.line}" if found else ""
    hint = f"the first stands in “{first.file}”{line}; choose another"
    return Problem("duplicate-id", f"the id “{id}” is taken", at, hint)
