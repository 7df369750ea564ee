"""Rules on what an author sets aside: `ignore` names quoted passages and numbers that nothing is said about."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.anchor.diagnose import short
from briefing.coverage import CoverageItem, coverage
from briefing.model import Briefing, Ignored
from briefing.model.places import Problem


def unused_ignore(briefing: Briefing) -> Iterator[Problem]:
    """Each entry under `ignore` gives a reason and holds a whole quoted passage or a whole number, as `coverage` counts
    them.

    One that says what its words are not annotated as says enough: they may be a name, or somebody's reported words, or
    only not be drafted again.
    """
    for entry, items in _held(briefing):
        if not entry.reason and not entry.lists:
            yield Problem(
                "unused-ignore",
                f"“{_words(entry)}” is not set aside: there is no reason, which readers would see",
                entry.at.child("target"),
                "write `reason:` and why it is not annotated; if it is only not to be drafted again, write "
                "`as: figures` (or `quotes`, `context`) instead",
            )
        elif not items and not entry.lists:
            yield Problem(
                "unused-ignore",
                f"“{_words(entry)}” holds no whole quoted passage and no number that would be counted",
                entry.at.child("target"),
                "take this entry out, or let its target hold all words of the passage or number that you set aside "
                "(`briefing check --coverage` lists what is counted); for a name that gets no note write `as: context`",
            )


def ignored_annotated(briefing: Briefing) -> Iterator[Problem]:
    """No entry under `ignore` holds only what is annotated: readers would be told that it was set aside."""
    for entry, items in _held(briefing):
        if items and all(item.annotations for item in items):
            ids = dict.fromkeys(id for item in items for id in item.annotations)
            yield Problem(
                "ignored-annotated",
                f"“{_words(entry)}” is set aside here, and annotated as {', '.join(f'“{id}”' for id in ids)}",
                entry.at.child("target"),
                "take this entry out, or the annotation",
            )


def _held(briefing: Briefing) -> Iterator[tuple[Ignored, list[CoverageItem]]]:
    """Yield each entry that was found in the source, with the passages and numbers that it holds."""
    items = coverage(briefing).items if briefing.ignored else ()
    for entry in briefing.ignored:
        if entry.at in briefing.ignored_at:
            yield entry, [item for item in items if entry.at in item.ignored]


def _words(entry: Ignored) -> str:
    return short(" […] ".join(part.selector.exact for part in entry.target.parts))
