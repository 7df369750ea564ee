"""One namespace over everything that can be cited, so that an id in prose or in an address means one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from briefing.load.convert import Report
from briefing.model import Annotation, Comment, ContextNote, Derived, Figure, Quotation, Reference, Theme
from briefing.places import Place, Problem, TextFile, locate

R = TypeVar("R", Quotation, Figure, Derived, ContextNote, Theme, Comment, Reference)


def unique(
    records: Iterable[R], taken: dict[str, Place], files: Mapping[str, TextFile], report: Report
) -> tuple[R, ...]:
    """The records whose id is not in `taken`, where their ids, former ones too, are then written down."""
    return tuple(record for record in records if _takes(record, taken, files, report))


def _takes(
    record: Quotation | Figure | Derived | ContextNote | Theme | Comment | Reference,
    taken: dict[str, Place],
    files: Mapping[str, TextFile],
    report: Report,
) -> bool:
    """Whether the record may keep its id; a former id that is taken is reported, but costs nothing."""
    former = record.was if isinstance(record, Annotation | Derived | Theme) else ()
    clash = False
    for id, field in [(record.id, "id"), *((id, "was") for id in former)]:
        at = record.at.child(field)
        if id in taken:
            report(_duplicate(id, at, taken[id], files))
            clash = clash or field == "id"
        else:
            taken[id] = at
    return not clash


def _duplicate(id: str, at: Place, first: Place, files: Mapping[str, TextFile]) -> Problem:
    found = locate(first, files)
    line = f", line {found.line}" if found else ""
    hint = f"the first stands in “{first.file}”{line}; choose another"
    return Problem("duplicate-id", f"the id “{id}” is taken", at, hint)
