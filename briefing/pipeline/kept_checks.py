"""What a check of some briefings found, kept by the hash of all that it read, and found again without any check.

Nothing that reads YAML or checks is imported here, so that a check of what has not changed costs little more than to
read and hash it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from briefing.load.folder_files import ContentNeededError, FolderFiles, read_files, read_folder
from briefing.load.site_files import REGISTERS
from briefing.model.places import Problem, TextFile
from briefing.pipeline import fingerprints
from briefing.pipeline.encoding import UnencodableError, decode, digest, encode
from briefing.pipeline.store import Store

_NEEDED, _FOUND = "needed", "checked"
"""The parts: the name of a file that has to be read as well before there is a result, or the result."""
_OF_OTHERS = "orphan"
"""The problem whose hint depends on the texts of other briefings: what has it is not kept."""


class CheckedFiles(Struct, frozen=True):
    """The bytes that a check reads: what is hashed is what is checked."""

    registers: tuple[FolderFiles, ...]
    """People.yml, measures.yml and topics.yml, each alone."""
    folders: tuple[FolderFiles, ...]

    @property
    def key(self) -> str:
        """A hash of them all and of the program."""
        hashes = [fingerprints.folder(files) for files in (*self.registers, *self.folders)]
        return digest(_FOUND, fingerprints.program(), len(self.registers), hashes)


class CheckResult(Struct, frozen=True):
    """What a check found, in the order in which it is told."""

    problems: tuple[Problem, ...]
    files: dict[str, TextFile]
    """By their names: those that the problems point into."""


def kept_findings(
    docs: Path, paths: Sequence[str], store: Store, check: Callable[[CheckedFiles], CheckResult]
) -> CheckResult:
    """Return what `check` finds in the briefings in the folders `paths` below `docs`, from the store where it is kept.

    `check` may raise ContentNeededError, and is asked again with the bytes of that file.
    """
    also: list[str] = []
    while True:
        registers = tuple(read_files(docs, "", (name,)) for name in REGISTERS)
        files = CheckedFiles(registers, tuple(read_folder(docs, path, also) for path in paths))
        key = files.key
        with suppress(ValueError):  # somebody has put another value there
            if data := store.get(key, _FOUND):
                kept: CheckResult = decode(data, CheckResult)
                return kept
            if (data := store.get(key, _NEEDED)) and (name := decode(data, str)) not in also:
                also.append(name)
                continue
        try:
            found = check(files)
        except ContentNeededError as needed:
            also.append(needed.name)
            store.put(key, {_NEEDED: encode(needed.name)})
            continue
        if all(problem.code != _OF_OTHERS for problem in found.problems):
            with suppress(UnencodableError):
                store.put(key, {_FOUND: encode(found)})
        return found
