"""Record what readers of a briefing are shown (`releases.yml`), and what has been corrected since (`corrections.yml`).

Nobody types former words: they are in the record of the last release, and what was corrected is the difference from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from briefing.authoring import edit
from briefing.authoring.edit.entries import Value, plain, quoted
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable, try_files
from briefing.check.rules.corrections import PROSE, removed_comments
from briefing.check.shown_texts import State, between, differences, known_texts, shown_texts, withheld
from briefing.load.site_files import CORRECTIONS, RELEASES
from briefing.model import Briefing, CorrectedField, CorrectionKind
from briefing.model.places import Place, TextFile
from briefing.pipeline.briefing_build import BriefingBuild, public_view
from briefing.render.messages import messages

_HEAD = (
    "# Written by `briefing release`: what readers were shown. Change nothing here; a correction has its own file.\n"
)


# --- releases --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedRelease:
    """What a release would record."""

    number: int
    """Which release of the briefing it is, from 1; or was, where nothing has changed."""
    change: TriedChange | None
    """What it writes; None where readers are shown what they were shown at the last release."""
    added: Sequence[str] = ()
    """Ids of what was not released before."""
    taken: Sequence[str] = ()
    """Ids of what was, and is not shown any more."""
    changed: Sequence[CorrectedField] = ()
    """What reads otherwise than at the last release."""


def plan_release(opened: OpenBriefing, day: datetime.date) -> PlannedRelease:
    """Return what a release on a day would record. Raises ChangeRefusedError where the briefing cannot be released."""
    briefing = readable(opened)
    errors = [problem for problem in opened.checked.problems if problem.severity == "error"]
    if errors:
        raise ChangeRefusedError("it has problems: correct them first", "", errors, opened.files)
    shown = public_view(briefing)
    if shown is None:
        help = "write `status: published` into briefing.yml when readers are to see it"
        raise ChangeRefusedError("it is not published, so nobody is shown anything of it", help)
    return _compared(opened, briefing, shown_texts(shown), day)


def _compared(opened: OpenBriefing, briefing: Briefing, state: State, day: datetime.date) -> PlannedRelease:
    """Return the release of a state, beside what was shown at the last one."""
    before = _released(briefing)
    added, taken = _beyond(state, before), _beyond(before, state)
    changed = [each for id in state if id in before for each in between(id, before[id], state[id])]
    dates = briefing.releases.dates if briefing.releases else ()
    told = briefing.releases.corrections if briefing.releases else 0
    if dates and not (added or taken or changed or told != len(briefing.corrections)):
        return PlannedRelease(len(dates), None)
    text = release_file((*dates, day.isoformat()), len(briefing.corrections), state)
    change = try_files(opened, {f"{opened.folder}{RELEASES}": text}, briefing.path)
    return PlannedRelease(len(dates) + 1, change, added, taken, changed)


def _beyond(state: State, other: State) -> list[str]:
    """Return the ids that only one state has."""
    return [id for id in state if id and id not in other]


def _released(briefing: Briefing) -> State:
    """Return what was shown at the last release, without what was corrected since."""
    return known_texts(replace(briefing, corrections=())) if briefing.releases else {}


def release_file(dates: Iterable[str], corrections: int, state: State) -> str:
    """Return the text of releases.yml: a line for each field, so that version control shows what has changed."""
    lines = [f"releases: [{', '.join(dates)}]", f"corrections: {corrections}", "briefing:"]
    lines += _lines(state.get("", {}), 2)
    lines.append("entries:")
    for id, fields in state.items():
        if id:
            lines += [f"  {id}:", *_lines(fields, 4)]
    return _HEAD + "\n".join(lines) + "\n"


def _lines(fields: Mapping[str, Sequence[str]], indent: int) -> Iterable[str]:
    for name, texts in fields.items():
        written = [text if plain(text) and text.isalnum() else quoted(text) for text in texts]
        value = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
        yield f"{' ' * indent}{name}: {value}"


# --- corrections -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WhyCorrected:
    """What readers are told of a change."""

    kind: CorrectionKind
    reason: str
    day: datetime.date
    withheld: str = ""
    """Why the former words are not repeated; empty where they are."""


def plan_correction(opened: OpenBriefing, ids: Collection[str], why: WhyCorrected) -> tuple[TriedChange, Sequence[str]]:
    """Return the change that records what has changed in entries since the release, and the fields, in words.

    `ids` are those of the entries, the path of the briefing for its own texts; without any, all that has changed.
    Raises ChangeRefusedError where there is nothing to correct.
    """
    briefing = readable(opened)
    if briefing.releases is None:
        raise ChangeRefusedError("it was never released, so nothing needs a correction", "first: briefing release")
    if not why.reason.strip():
        raise ChangeRefusedError("readers are told what was wrong", "write the reason")
    wanted = {"" if id == briefing.path else id for id in ids}
    found = [each for each in briefing.derive(differences) if not wanted or each.id in wanted]
    missing = sorted(wanted - {each.id for each in found})
    if missing and missing != [""]:
        raise ChangeRefusedError(f"readers are shown “{missing[0]}” as they were before, or it was never released")
    if not found:
        raise ChangeRefusedError("readers are shown what they were shown before: there is nothing to correct")
    contents = corrected_files(briefing, opened.files, found, why)
    fields = [f"{each.id or briefing.path}: {each.field}" for each in found]
    return try_files(opened, contents, briefing.path, Place(next(iter(contents)))), fields


OF_THE_SOURCE = ("words", "place")
"""Fields that change where the source does."""


def followed_source(
    after: BriefingBuild, files: Mapping[str, TextFile], day: str, reason: str = ""
) -> Mapping[str, str]:
    """Return what tells readers that the source has other words now under what was released; nothing where it has not.

    `after` is the briefing as it is then, `files` as they were. Raises EditError.
    """
    briefing = after.briefing
    if briefing is None or briefing.releases is None or briefing.status != "published":
        return {}
    found = [each for each in briefing.derive(differences) if each.field in OF_THE_SOURCE]
    why = reason or messages(briefing.language)("corrections.source_changed")
    told = WhyCorrected("source-change", why, datetime.date.fromisoformat(day))
    return corrected_files(briefing, files, found, told) if found else {}


def corrected_files(
    briefing: Briefing, files: Mapping[str, TextFile], found: Sequence[CorrectedField], why: WhyCorrected
) -> dict[str, str]:
    """Return corrections.yml with what has changed, and releases.yml without the words that are withheld.

    What cited a comment that was removed on request is withheld, whether that is asked for or not. Raises EditError.
    """
    removed = [each for each in found if each.field in PROSE and removed_comments(briefing, each.id)]
    kept = [each for each in found if each not in removed or why.withheld]
    entries: list[Value] = [_entry(kept, why, why.withheld)] if kept else []
    if removed and not why.withheld:
        entries.append(_entry(removed, why, messages(briefing.language)("corrections.removed")))
    folder = "" if briefing.path == "." else f"{briefing.path}/"
    name = f"{folder}{CORRECTIONS}"
    file = edit.insert_all(files.get(name) or TextFile(name, ""), ("corrections",), entries)
    contents = {name: file.text}
    hidden = found if why.withheld else removed
    if hidden:
        contents[f"{folder}{RELEASES}"] = _without_words(briefing, hidden)
    return contents


def _entry(changes: Sequence[CorrectedField], why: WhyCorrected, hidden: str) -> Value:
    entry: dict[str, Value] = {"date": why.day.isoformat(), "kind": why.kind, "reason": why.reason.strip()}
    if hidden:
        entry["withheld"] = hidden
    entry["changes"] = [_change(each, bool(hidden)) for each in changes]
    return entry


def _change(each: CorrectedField, hidden: bool) -> Value:
    before = tuple(map(withheld, each.before)) if hidden else each.before
    fields: dict[str, Value] = {"id": each.id} if each.id else {}
    fields["field"] = each.field
    for name, texts in (("before", before), ("after", each.after)):
        if texts:
            fields[name] = texts[0] if len(texts) == 1 else list(texts)
    return fields


def _without_words(briefing: Briefing, hidden: Sequence[CorrectedField]) -> str:
    """Return releases.yml with checksums in place of the former words of some fields."""
    releases = briefing.releases
    assert releases is not None
    state: dict[str, dict[str, tuple[str, ...]]] = {"": dict(releases.briefing)}
    state |= {id: dict(fields) for id, fields in releases.entries.items()}
    names = {item.id: (item.id, *item.was) for item in briefing.citable}
    for each in hidden:
        for id in names.get(each.id, (each.id,)):
            if id in state and each.field in state[id]:
                state[id][each.field] = tuple(map(withheld, state[id][each.field]))
    return release_file(releases.dates, releases.corrections, state)
