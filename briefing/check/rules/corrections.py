"""Rules on what was released: readers are told of every change of substance, and of nothing that has not changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from briefing.check.shown_texts import (
    cited_in,
    differences,
    former_ids,
    gone,
    is_withheld,
    known_texts,
    pending,
    shown_ids,
    shown_texts,
    without,
)
from briefing.check.shown_texts import withheld as checksum
from briefing.model import Briefing, CorrectedField, Named
from briefing.model.places import Place, Problem

WHOLE = "the briefing"
"""What messages call the briefing itself."""
PROSE = ("note", "summary", "key_points", "response", "verdict_note")
"""Fields in which an author may quote a comment."""
_SHOWN = 160
"""Characters of a text that a message shows."""


def correction_missing(briefing: Briefing) -> Iterator[Problem]:
    """Whatever readers were shown at the release is shown as it was, or a correction says what has changed and why."""
    if briefing.status != "published":
        return
    found: dict[str, list[CorrectedField]] = {}
    for each in briefing.derive(differences):
        if not _is_false(briefing, each):
            found.setdefault(each.id, []).append(each)
    for about, changes in found.items():
        removed = removed_comments(briefing, about)
        told = [_withheld(change) if removed else change for change in changes]
        fields = ", ".join(change.field for change in changes)
        yield Problem(
            "correction-missing",
            f"{_whose(about)} was released, and readers are shown something else now: {fields}",
            place_of(briefing, about),
            f"{_described(told)}\ntell readers why:\n{command(briefing, about)}\n"
            f"or, in corrections.yml:\n\n{_as_yaml(told, withheld=bool(removed))}",
        )


def withdrawal_missing(briefing: Briefing) -> Iterator[Problem]:
    """Whatever was released and has gone is withdrawn, so that its address says when and why."""
    if briefing.status != "published" or briefing.releases is None:
        return
    for id in gone(briefing):
        origin = "".join(briefing.derive(known_texts)[id].get("from", ()))
        here = next((item for item in _named(briefing) if item.id == id), None)
        at = here.at.child("status") if here else _released(briefing, id)
        why = f"it has the status {here.status} now" if here else "nothing has this id any more"
        yield Problem(
            "withdrawal-missing",
            f"“{id}” was released, and {why}",
            at,
            "publish it again; or take it out, and write into a file of annotations:\n\n"
            f"withdrawn:\n  - id: {id}\n    from: {origin}\n    date: TODO\n    reason: TODO",
        )


def correction_unmatched(briefing: Briefing) -> Iterator[Problem]:
    """A correction since the release is about something that was released, and about a change that was made."""
    if briefing.releases is None:
        return
    if len(briefing.corrections) < briefing.releases.corrections:
        yield Problem(
            "correction-unmatched",
            f"there were {briefing.releases.corrections} corrections at the last release, "
            f"and there are {len(briefing.corrections)} now",
            briefing.releases.at.child("corrections"),
            "put back what was taken out of corrections.yml: a correction is never unsaid",
        )
        return
    former = briefing.derive(former_ids)
    for change in pending(briefing):
        id = former.get(change.id, change.id)
        if id not in _released_ids(briefing):
            yield Problem(
                "correction-unmatched",
                f"nothing that was released is called “{change.id}”",
                change.at.child("id"),
                "write the id of what has changed; leave `id` out for the title, summary or key points",
            )
    for each in briefing.derive(differences):
        if _is_false(briefing, each):
            change = _last_about(briefing, each)
            yield Problem(
                "correction-unmatched",
                f"a correction says that {_named_field(each)} has changed, and readers are shown what "
                "they were shown before",
                change.at.child("after"),
                f"{_described([each])}\nmake the change in the entry, or take the correction out",
            )


def removed_words_kept(briefing: Briefing) -> Iterator[Problem]:
    """No record of what readers were shown keeps what was said of a comment that has been removed on request."""
    if briefing.releases is None and not briefing.corrections:
        return
    for number, correction in enumerate(briefing.corrections):
        for change in correction.changes:
            removed = removed_comments(briefing, change.id)
            if removed and change.field in PROSE and any(not is_withheld(text) for text in change.before):
                yield Problem(
                    "removed-text-kept",
                    f"correction {number + 1} may repeat words of a comment that was removed on request: "
                    f"{_named_field(change)} cited {', '.join(sorted(removed))}",
                    change.at.child("before"),
                    "keep no former words, and say so:\n\n"
                    f"withheld: They quoted a comment that was removed on request.\n{_as_yaml([_withheld(change)])}",
                )
    if briefing.releases is not None:
        yield from _kept_in_release(briefing)


def _kept_in_release(briefing: Briefing) -> Iterator[Problem]:
    assert briefing.releases is not None
    shown = briefing.derive(shown_texts)
    for about, fields in (("", briefing.releases.briefing), *briefing.releases.entries.items()):
        if not removed_comments(briefing, about):
            continue
        for field in PROSE:
            left = without(fields.get(field, ()), shown.get(about, {}).get(field, ()))
            if any(not is_withheld(text) for text in left):
                yield Problem(
                    "removed-text-kept",
                    f"releases.yml may keep words of a comment that was removed on request: the "
                    f"{field} of {_whose(about)}",
                    _released(briefing, about),
                    f"{command(briefing, about)}\nkeeps a checksum of them alone",
                )


def removed_comments(briefing: Briefing, about: str) -> frozenset[str]:
    """Return the comments that were removed on request and that something cited when it was released or corrected."""
    removed = {entry.comment for entry in briefing.set_aside if entry.reason == "request"}
    if not removed or briefing.releases is None:
        return frozenset()
    released = briefing.releases.entries.get(about, {}) if about else briefing.releases.briefing
    cited = cited_in(released)
    for correction in briefing.corrections:
        for change in correction.changes:
            if change.id == about:
                cited |= cited_in({"before": change.before, "after": change.after})
    return frozenset(removed & cited)


def _is_false(briefing: Briefing, each: CorrectedField) -> bool:
    """Return whether a difference is only that a correction says what was not done."""
    changes = [change for change in pending(briefing) if (change.id, change.field) == (each.id, each.field)]
    return any(
        not without(each.before, change.after)
        and not without(change.after, each.before)
        and not without(each.after, change.before)
        for change in changes
    )


def _last_about(briefing: Briefing, each: CorrectedField) -> CorrectedField:
    return [change for change in pending(briefing) if (change.id, change.field) == (each.id, each.field)][-1]


def _released_ids(briefing: Briefing) -> set[str]:
    assert briefing.releases is not None
    former = briefing.derive(former_ids)
    withdrawn = {id for entry in briefing.withdrawn for id in (entry.id, *entry.was)}
    return {"", *(former.get(id, id) for id in briefing.releases.entries), *shown_ids(briefing), *withdrawn}


# --- places and words ------------------------------------------------------------------------------------------------


def _named(briefing: Briefing) -> tuple[Named, ...]:
    return (*briefing.annotations, *briefing.derived, *briefing.themes)


def place_of(briefing: Briefing, about: str) -> Place:
    """Return where something with an id is written; briefing.yml for the briefing itself."""
    records = {item.id: item.at for item in _named(briefing)} | {work.id: work.at for work in briefing.references}
    return records[about].child("id") if about in records else briefing.at


def _released(briefing: Briefing, about: str) -> Place:
    assert briefing.releases is not None
    at = briefing.releases.at
    former = next((old for old, new in briefing.derive(former_ids).items() if new == about), about)
    id = about if about in briefing.releases.entries else former
    return at.child("entries", id).key() if about else at.child("briefing").key()


def _whose(about: str) -> str:
    return f"“{about}”" if about else WHOLE


def _named_field(change: CorrectedField) -> str:
    return f"the {change.field} of {_whose(change.id)}"


def command(briefing: Briefing, about: str) -> str:
    """Return the command that writes a correction."""
    return f'briefing correct {about or briefing.path} -b {briefing.path} --reason "What was wrong."'


def _described(changes: Iterable[CorrectedField]) -> str:
    """Return what a message shows of changes, a line for each."""
    return "\n".join(f"{one.field}: {_texts(one.before)} → {_texts(one.after)}" for one in changes)


def _texts(texts: Sequence[str]) -> str:
    shown = "; ".join(texts) or "nothing"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _withheld(change: CorrectedField) -> CorrectedField:
    """Return the same without its former words."""
    return replace(change, before=tuple(map(checksum, change.before))) if change.field in PROSE else change


def _as_yaml(changes: Iterable[CorrectedField], withheld: bool = False) -> str:
    """Return changes as they are written in corrections.yml; what is in quotation marks of JSON is YAML."""
    lines = ["corrections:", "  - date: TODO", "    reason: TODO"]
    lines += ["    withheld: They quoted a comment that was removed on request."] if withheld else []
    lines.append("    changes:")
    for change in changes:
        lines += [f"      - id: {change.id}"] if change.id else []
        dash = "        " if change.id else "      - "
        lines.append(f"{dash}field: {change.field}")
        for name, texts in (("before", change.before), ("after", change.after)):
            written = [json.dumps(text, ensure_ascii=False) for text in texts]
            value = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
            lines += [f"        {name}: {value}"] if texts else []
    return "\n".join(lines)
