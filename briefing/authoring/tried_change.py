"""A change of a briefing's files as a value: the new texts, and what a check says of the briefing with them.

Nothing is written before `write`, and nothing whose check has an error that was not there before.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from briefing.authoring.edit.files import write_all
from briefing.authoring.trial import OpenBriefing, as_read, check_with, new_problems
from briefing.authoring.vocabulary import words_for
from briefing.model import Briefing
from briefing.model.codes import CODES
from briefing.model.places import Node, Place, Problem, TextFile, line_and_column
from briefing.pipeline.briefing_build import BriefingBuild

_TOLD_LATER = frozenset({"correction-missing"})
"""Codes of errors that are no mistake of any change: what was released may be changed, and its author then says why."""
JUDGED = frozenset(code for code, known in CODES.items() if known.allowable in ("record", "passage"))
"""Codes of what a program may read wrongly, in an entry that can be read."""
_MISSING = re.compile("the field “(.+?)” is missing")
"""Such a problem is at the id of what lacks the field, or at the whole of it; which one it is, only its words say."""


class ChangeRefusedError(Exception):
    """A change cannot be made; the message says why, to its author.

    `help` says what to do instead, `problems` what a check would find, in `files`, and `field_of` in which field of
    the entry at hand, as `TriedChange.field_of` does.
    """

    def __init__(
        self,
        message: str,
        help: str = "",
        problems: Iterable[Problem] = (),
        files: Mapping[str, TextFile] | None = None,
        field_of: Callable[[Problem], str | None] = lambda _: None,
    ) -> None:
        super().__init__(message)
        self.help, self.problems, self.files, self.field_of = help, tuple(problems), files or {}, field_of


class EntryChangedError(ChangeRefusedError):
    """Somebody else has changed the same thing since it was read."""


@dataclass(frozen=True, slots=True)
class TriedChange:
    """A change of files, and what a check says of the briefing as it would be."""

    before: OpenBriefing
    contents: Mapping[str, str]
    """The new texts by the names of their files, relative to the docs folder; only those that change."""
    result: BriefingBuild
    id: str
    """Of the entry that it is about."""
    entry: Place | None = None
    """Where that is then; None where it has gone."""
    left: frozenset[str] = frozenset()
    """Codes of errors that are no mistake of the change: it leaves them to be corrected afterwards."""
    left_elsewhere: frozenset[str] = frozenset()
    """The same of errors in other entries than that which it is about."""

    @property
    def file(self) -> str:
        """The file that it is or was in."""
        return self.entry.file if self.entry else next(iter(self.contents), "")

    @property
    def line(self) -> int:
        """The line of the file that it then begins on, from 1; 0 where it has gone."""
        node = self._node
        return line_and_column(self.files[self.file].text, node.span.start)[0] if node else 0

    @property
    def files(self) -> Mapping[str, TextFile]:
        """Every text file as it would be, by its name relative to the docs folder."""
        return {**self.before.files, **self.result.files}

    @property
    def yaml(self) -> str:
        """The entry as it would be in its file, from its dash or key on; of a whole file the lines that change; empty
        where it has gone."""
        node, path = self._node, self.entry.path if self.entry else ()
        if node is None:
            return ""
        text = self.files[self.file].text
        if not path:
            return self._new_lines(self.file)
        start, dash = (node.key.start, "") if node.key else (node.span.start, "- ")
        margin = " " * (line_and_column(text, start)[1] - 1 - len(dash))
        lines = text[start : node.span.end].rstrip().splitlines()
        return dash + "\n".join(line.removeprefix(margin) for line in lines)

    @property
    def elsewhere(self) -> dict[str, str]:
        """The lines that change in other files, by the names of these."""
        found = {name: self._new_lines(name) for name in self.contents if name != self.file}
        return {name: lines for name, lines in found.items() if lines}

    def _new_lines(self, name: str) -> str:
        before, after = (each.splitlines() for each in (_text_of(self.before, name) or "", self.files[name].text))
        return "\n".join(line[2:] for line in difflib.ndiff(before, after) if line.startswith("+ "))

    @property
    def _node(self) -> Node | None:
        file = self.files.get(self.file)
        return file.nodes.get(self.entry.path) if file and self.entry else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the entry, then what is wrong elsewhere and was not before."""
        inside = [problem for problem in self.result.problems if self.field_of(problem) is not None]
        fresh = new_problems(self.before.checked, self.result)
        return (*inside, *(problem for problem in fresh if problem not in inside))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being written: errors that were not there before, and are not left for later."""
        return tuple(problem for problem in self._fresh if not self.leaves(problem))

    @property
    def left_over(self) -> tuple[Problem, ...]:
        """Errors in other entries that were not there before, for which it is written all the same."""
        return tuple(one for one in self._fresh if self.field_of(one) is None and self._leaves_elsewhere(one))

    @property
    def _fresh(self) -> tuple[Problem, ...]:
        return tuple(one for one in new_problems(self.before.checked, self.result) if one.severity == "error")

    def leaves(self, problem: Problem) -> bool:
        """Return whether it is written in spite of an error: one that is corrected afterwards, or one of another entry
        that no reader sees."""
        if problem.code in self.left | _TOLD_LATER:
            return True
        return self.field_of(problem) is None and self._leaves_elsewhere(problem)

    def _leaves_elsewhere(self, problem: Problem) -> bool:
        if problem.code in self.left_elsewhere:
            return True
        # which of two has the id of the other is a matter of their order
        return problem.code != "duplicate-id" and is_draft(problem.at, self.files)

    def other_words(self, problem: Problem) -> str:
        """Return the words of the annotation that a problem is in where that is another; else nothing."""
        if self.field_of(problem) is not None:
            return ""
        known = self.result.briefing.annotations if self.result.briefing else ()
        here = (problem.at.file, problem.at.path[:2])
        return next((words_for(each) for each in known if (each.at.file, each.at.path) == here), "")

    def field_of(self, problem: Problem) -> str | None:
        """Return the field of the entry that a problem is about, as `value.from`; empty for all of it, None for one
        elsewhere."""
        entry, at = self.entry, problem.at
        if entry is None or at.file != entry.file or at.path[: len(entry.path)] != entry.path:
            return None
        inner = at.path[len(entry.path) :]
        missing = _MISSING.match(problem.message) if problem.code == "missing-field" else None
        if missing:
            inner = (*(inner[:-1] if inner and inner[-1] == "id" else inner), missing[1])
        return ".".join(map(str, inner))


def try_files(
    before: OpenBriefing,
    contents: Mapping[str, str],
    id: str,
    entry: Place | None = None,
    *,
    left: frozenset[str] = frozenset(),
    left_elsewhere: frozenset[str] = frozenset(),
) -> TriedChange:
    """Return a change of files with what a check says of it; a text that is as it was is no change.

    `left` are codes of errors for which it is written all the same, `left_elsewhere` those of errors in other entries.
    """
    changed = {name: text for name, text in contents.items() if _text_of(before, name) != text}
    encoded = {name: text.encode() for name, text in changed.items()}
    result = check_with(before.docs, before.checked, encoded) if changed else before.checked
    return TriedChange(before, changed, result, id, entry, left, left_elsewhere)


def write(change: TriedChange) -> None:
    """Write the files of a change, all or none.

    Raises ChangeRefusedError where it would bring errors, and what `edit.files` does: ChangedMeanwhileError above all.
    """
    if errors := change.errors:
        where = f"with this, in “{words}”: " if (words := change.other_words(errors[0])) else ""
        more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
        help = f"{where}{errors[0].message}{more}; what was there is as it was"
        raise ChangeRefusedError("nothing was written", help, errors, change.files, change.field_of)
    docs = change.before.docs
    contents = {docs / name: text for name, text in change.contents.items()}
    read = {docs / name: _text_of(change.before, name) for name in (*change.contents, *change.before.registers)}
    write_all(contents, was={**as_read(docs, change.before.checked), **read}, inside=docs)


def _text_of(opened: OpenBriefing, name: str) -> str | None:
    file = opened.files.get(name)
    return file.text if file else None


def is_draft(at: Place, files: Mapping[str, TextFile]) -> bool:
    """Return whether a place is in an entry of a list that says of itself that it is a draft."""
    file = files.get(at.file)
    status = file.nodes.get((*at.path[:2], "status")) if file and len(at.path) > 1 else None
    return bool(file and status and status.span.of(file.text).strip("\"'") == "draft")


def readable(opened: OpenBriefing) -> Briefing:
    """Return the briefing. Raises ChangeRefusedError where too little of it can be read."""
    checked = opened.checked
    if checked.briefing is None:
        help = "correct the facts about the briefing or its source first"
        raise ChangeRefusedError(f"{checked.path} cannot be read", help, checked.problems, checked.files)
    return checked.briefing
