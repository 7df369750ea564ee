"""Take back what was saved last: several steps, each file as it was, or without the change where more has changed."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.authoring.edit.files import ChangedMeanwhileError, Content, write_all
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import TriedChange, try_files, write

STEPS = 100
"""How many saved changes can be taken back; each keeps the texts of its files."""


class UndoneError(Exception):
    """A change cannot be taken back; the message says why, to its author."""


@dataclass(frozen=True, slots=True)
class _Saved:
    briefing: str
    id: str
    texts: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)
    """By file: what it held before, None where there was none, and what was written."""
    files: Mapping[Path, tuple[Content | None, Content | None]] = field(default_factory=dict)
    """The same of files that belong to no one briefing any more; None, too, where there is none now."""


class SavedChanges:
    """The changes that were saved since the program began, those of all briefings."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self._saved: dict[str, _Saved] = {}
        self._run = secrets.token_hex(4)  # so that a name from before the program was started again is known as such

    def keep(self, change: TriedChange) -> str:
        """Note a change that was written, and return the name to take it back by."""
        files = change.before.files
        texts = {name: (files[name].text if name in files else None, text) for name, text in change.contents.items()}
        return self._note(_Saved(change.before.checked.path, change.id, texts))

    def keep_files(self, files: Mapping[Path, tuple[Content | None, Content | None]]) -> str:
        """Note whole files that were written or removed, each with what it held before and what it holds now, and
        return the name to take that back by."""
        return self._note(_Saved("", "", files=files))

    def _note(self, saved: _Saved) -> str:
        name = f"{self._run}-{secrets.token_urlsafe(9)}"
        self._saved[name] = saved
        while len(self._saved) > STEPS:
            del self._saved[next(iter(self._saved))]
        return name

    def take_back(self, name: str, briefings: OpenBriefings) -> str:
        """Write the files as they were before a change, and return the id of the entry that it was about.

        Where more has changed since, only the lines of the change are taken back, if a check then finds no new error.
        Raises UndoneError where these were changed, too, and what `write` does.
        """
        saved = self._saved.get(name)
        if saved is None and not name.startswith(f"{self._run}-"):
            raise UndoneError(
                "the preview has been started again since, and no longer knows what was there before: it is saved, and "
                "stays as it is"
            )
        if saved is None:
            raise UndoneError(f"this was saved too long ago to be taken back: more than {STEPS} changes")
        if saved.files:
            self._put_back(saved.files)
        else:
            self._take_out(saved, briefings)
        del self._saved[name]
        return saved.id

    def _put_back(self, files: Mapping[Path, tuple[Content | None, Content | None]]) -> None:
        before, after = ({path: each[at] for path, each in files.items()} for at in (0, 1))
        try:
            write_all(before, was=after, inside=self.docs)
        except ChangedMeanwhileError as error:
            raise UndoneError("the same files have been changed since, so this cannot be taken back") from error

    def _take_out(self, saved: _Saved, briefings: OpenBriefings) -> None:
        opened = briefings.open(saved.briefing)
        files = opened.files
        now = {file: files[file].text if file in files else None for file in saved.texts}
        if all(now[file] == after for file, (_, after) in saved.texts.items()):
            contents: dict[Path, Content | None] = {
                self.docs / file: before for file, (before, _) in saved.texts.items()
            }
            write_all(contents, was={self.docs / file: now[file] for file in now}, inside=self.docs)
        else:
            texts = {file: without_change(*saved.texts[file], now[file]) for file in now}
            kept = {file: text for file, text in texts.items() if text is not None}
            if kept.keys() != texts.keys():
                raise UndoneError("the same lines have been changed since, so this cannot be taken back")
            write(try_files(opened, kept, saved.id))


def without_change(before: str | None, after: str, now: str | None) -> str | None:
    """Return a text without what `after` changed in `before`; None where the lines of that, or those beside them, are
    not as they were in `after`."""
    if before is None or now is None:
        return None
    old, new, present = (text.splitlines(keepends=True) for text in (before, after, now))
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    first, last = max(start - 1, 0), min(len(new) - end + 1, len(new))
    for block in difflib.SequenceMatcher(None, new, present, autojunk=False).get_matching_blocks():
        if block.a <= first and last <= block.a + block.size:
            moved = block.b - block.a
            kept = present[: start + moved], old[start : len(old) - end], present[len(new) - end + moved :]
            return "".join(line for lines in kept for line in lines)
    return None
