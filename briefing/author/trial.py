"""A briefing with files that are not written yet: checked in a copy of its folder, as the real check would."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from briefing import build, load
from briefing.build import Checked
from briefing.places import Problem


def tried(docs: Path, checked: Checked, contents: Mapping[str, bytes]) -> Checked:
    """The briefing as it would be with these files, by name relative to the docs folder."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        copy = Path(folder)
        registers = load.load_people(docs), load.load_measures(docs)
        for name in (*checked.names, *(file for register in registers for file in register.files)):
            if name not in contents and (docs / name).is_file():
                _make_room(copy / name)
                shutil.copyfile(docs / name, copy / name)
        for name, content in contents.items():
            _make_room(copy / name)
            (copy / name).write_bytes(content)
        return build.check_alone(copy, checked.path)


def added(before: Checked, after: Checked) -> tuple[Problem, ...]:
    """The errors that were not there before; places may have moved, so they are told by code and message."""
    known = Counter((problem.code, problem.message) for problem in before.problems)
    fresh = []
    for problem in after.problems:
        if problem.severity == "error" and not known[(problem.code, problem.message)]:
            fresh.append(problem)
        known[(problem.code, problem.message)] -= 1
    return tuple(fresh)


def _make_room(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
