"""Remarks of colleagues: read from the small file that a review file saves, and added to remarks.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from briefing.authoring import edit
from briefing.authoring.change_entry import LISTS, annotation_files, entries_of
from briefing.authoring.edit.entries import Value
from briefing.authoring.found_entry import FoundEntry, mark
from briefing.authoring.review.review_file import state_of, state_of_entry
from briefing.authoring.trial import OpenBriefing
from briefing.load.folder_files import FORBIDDEN, YAML_LIMIT
from briefing.load.yaml import Map, Seq
from briefing.model.places import TextFile, line_and_column
from briefing.tables import TableError

LIMIT = 2_000_000
"""Bytes of a file that somebody sends."""
_HEADER = """\
# What colleagues remark, taken in by `briefing import review`. It is for the authors: no page shows it.
# Delete an entry when it is dealt with; `taken` keeps it from coming again.
"""
_Mark = Annotated[str, Meta(max_length=64, pattern="^[0-9a-f]*$")]


class SentRemark(Struct, frozen=True, forbid_unknown_fields=True):
    """A remark as it was sent."""

    annotation: Annotated[str, Meta(max_length=300)]
    """Its id; empty for the briefing as a whole."""
    state: _Mark
    """The mark of the annotation that the colleague saw."""
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]


class SentRemarks(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of remarks as it was sent."""

    format: Literal["briefing-remarks-1"]
    briefing: Annotated[str, Meta(max_length=1000)]
    """The folder of the briefing, relative to the docs folder, when the review file was made."""
    state: _Mark
    """The SHA-256 of the briefing's files then."""
    exported: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    reviewer: Annotated[str, Meta(max_length=300)]
    remarks: Annotated[Sequence[SentRemark], Meta(max_length=10_000)]


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """A remark with the place that it is about now."""

    file: str
    """Relative to the docs folder."""
    line: int
    """From 1."""
    on: str
    """The id of the annotation as it is now; empty for the briefing as a whole."""
    by: str
    text: str
    since: Literal["", "changed", "gone"]
    """What has happened to what it is about since the colleague saw it."""
    key: str
    """By which the same remark is known again."""


def read_remarks(data: bytes, name: str) -> SentRemarks:
    """Return the remarks in a file. Raises TableError where it is not what a review file saves."""
    if len(data) > LIMIT:
        raise TableError(f"{name} is larger than {LIMIT // 1_000_000} MB, which no file of remarks is")
    help = "ask for the file that “Save remarks” makes, unchanged"
    try:
        sent = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf").strip(), type=SentRemarks)
    except msgspec.ValidationError as error:
        raise TableError(f"{name} is no file of remarks ({_lowered(error)}): {help}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise TableError(f"{name} is not valid JSON ({_lowered(error)}): {help}") from None
    for number, text in enumerate(
        [sent.briefing, sent.reviewer, *(t for r in sent.remarks for t in (r.annotation, r.text))]
    ):
        if FORBIDDEN.search(text):
            where = "its head" if number < 2 else f"remark {number // 2}"
            raise TableError(f"{name} holds a control character in {where}: {help}")
    return sent


def _lowered(error: Exception) -> str:
    reason = str(error)
    return reason[:1].lower() + reason[1:200]


def place_remarks(opened: OpenBriefing, sent: SentRemarks) -> list[PlacedRemark]:
    """Return each remark that says anything with its place, in the order of the file.

    Raises EditError where a file of annotations cannot be read.
    """
    entries = _entries_by_id(opened)
    changed = state_of(opened) != sent.state
    by = " ".join(sent.reviewer.split())
    return [_place(opened, entries, each, by, changed) for each in sent.remarks if each.text.strip()]


def _entries_by_id(opened: OpenBriefing) -> Mapping[str, FoundEntry]:
    """Return the entries of all files by their ids and former ids."""
    entries = [entry for file in annotation_files(opened) for entry in entries_of(file, LISTS)]
    former = {str(old): entry for entry in entries for old in _as_list(entry.data.get("was"))}
    return {**former, **{str(entry.data["id"]): entry for entry in reversed(entries) if entry.data.get("id")}}


def _as_list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value else []


def _place(
    opened: OpenBriefing, entries: Mapping[str, FoundEntry], sent: SentRemark, by: str, changed: bool
) -> PlacedRemark:
    text = "\n".join(line.rstrip() for line in sent.text.strip().splitlines())
    key = mark([sent.annotation, by, text])
    entry = entries.get(sent.annotation) if sent.annotation else None
    if entry is None:
        since: Literal["", "changed", "gone"] = "gone" if sent.annotation else "changed" if changed else ""
        return PlacedRemark(f"{opened.folder}briefing.yml", 1, sent.annotation, by, text, since, key)
    line = line_and_column(entry.file.text, entry.file.nodes[entry.path].span.start)[0]
    since = "" if state_of_entry(entry) == sent.state else "changed"
    return PlacedRemark(entry.file.name, line, str(entry.data["id"]), by, text, since, key)


# --- remarks.yml ------------------------------------------------------------------------------------------------


def with_remarks(file: TextFile, remarks: Sequence[PlacedRemark], day: str) -> tuple[TextFile, list[PlacedRemark]]:
    """Return remarks.yml with those remarks that it has never had, and these; `day` is when the review file was made.

    Raises EditError where the file cannot be changed, or would be too large to be read.
    """
    data = edit.parsed(file).data
    taken = data.get("taken") if isinstance(data, Map) else None
    known = {str(key) for key in taken} if isinstance(taken, Seq) else set()
    fresh = [each for each in {each.key: each for each in remarks}.values() if each.key not in known]
    if not fresh:
        return file, []
    changed = file if file.text.strip() else TextFile(file.name, _HEADER)
    changed = edit.insert_all(changed, ("remarks",), [_entry(each, day) for each in fresh])
    changed = edit.insert_all(changed, ("taken",), [each.key for each in fresh])
    if len(changed.text.encode()) > YAML_LIMIT:
        raise edit.EditError(
            f"{file.name} would be larger than {YAML_LIMIT // 1_000_000} MB; delete what is dealt with"
        )
    return changed, fresh


def _entry(remark: PlacedRemark, day: str) -> Value:
    said: dict[str, Value] = {"annotation": remark.on, "by": remark.by, "seen": day, "since": remark.since}
    return {**{name: value for name, value in said.items() if value}, "text": remark.text}
