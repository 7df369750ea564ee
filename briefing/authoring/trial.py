"""Try something before it is written: one annotation alone against the rules, or changed files in a copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from briefing import load
from briefing.authoring.edit.files import Content
from briefing.load.folder_files import ANNOTATIONS, FolderFiles, NoContent, read_files, read_folder
from briefing.load.site_files import CORRECTIONS, RELEASES
from briefing.model import Anchor, Briefing, Figure, Match, MatchLevel, Part, Quotation, QuotationKind, Selector, Target
from briefing.model.places import Place, Problem, Span, TextFile, sort_problems
from briefing.pipeline.briefing_build import BriefingBuild, Registers, build_briefing

GIVEN = "your words"
"""What problems call words that are in no file, in place of its name; also their id."""
_UNSAID: Mapping[str, Any] = {
    "id": GIVEN, "was": (), "note": None, "tags": (), "by": (), "status": "draft", "allow": (), "assessment": None,
}  # fmt: skip
"""What a quotation or figure that is only tried does not say."""


def target_of(text: str, spans: Iterable[Span], comment: str = "") -> Target:
    """Return a target with the words of these spans."""
    parts = tuple(Part(Selector(span.of(text)), Place(GIVEN)) for span in spans)
    return Target(parts, comment, Place(GIVEN))


def with_quotation_alone(
    briefing: Briefing,
    target: Target,
    *,
    kind: QuotationKind = "direct",
    speaker: str = "",
    matches: tuple[Match, ...] = (),
) -> Briefing:
    """Return the briefing with no annotation but one quotation, anchored where `matches` say."""
    made = Quotation(
        **_UNSAID, target=target, at=target.at, kind=kind, speaker=speaker, via=(), attribution="", translation=None
    )
    anchors = {GIVEN: Anchor(matches, target.comment)} if matches else {}
    return replace(briefing, quotations=(made,), figures=(), context=(), themes=(), anchors=anchors)


def with_figure_alone(briefing: Briefing, span: Span, **said: Any) -> Briefing:
    """Return the briefing with no annotation but one figure, whose words are at a span of the source."""
    target = target_of(briefing.source.text, [span])
    made = Figure(**_UNSAID, target=target, at=target.at, speaker="", resolved=None, series=None, **said)
    anchors = {GIVEN: Anchor(exact_matches([span]))}
    return replace(briefing, figures=(made,), quotations=(), context=(), anchors=anchors)


def exact_matches(spans: Sequence[Span]) -> tuple[Match, ...]:
    """Return the matches of words that are the source's own."""
    return tuple(Match(span, MatchLevel.EXACT) for span in spans)


# --- changed files ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenBriefing:
    """A briefing as it was read, for a change of its files."""

    docs: Path
    checked: BriefingBuild
    registers: Mapping[str, TextFile] = field(default_factory=dict)
    """people.yml, measures.yml and topics.yml, where they were read for this."""

    @property
    def files(self) -> Mapping[str, TextFile]:
        """Every text file that was read, by its name relative to the docs folder."""
        return {**self.registers, **self.checked.files}

    @property
    def folder(self) -> str:
        """What the names of its files begin with, relative to the docs folder."""
        return "" if self.checked.path == "." else f"{self.checked.path}/"


class OpenBriefings:
    """Opens briefings of a docs folder, and keeps those that were opened last for as long as their files stay."""

    KEPT = 4
    """How many: an author works on one, and each keeps its texts and records in memory."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self._kept: dict[str, tuple[FolderFiles, FolderFiles, OpenBriefing]] = {}

    def open(self, path: str) -> OpenBriefing:
        """Return the briefing in the folder `path` below the docs folder, checked, as its files are now."""
        shared, before = _read_shared(self.docs), self._kept.pop(path, None)
        if before and (before[0], before[1]) == (shared, self._read_again(path, before[1])):
            self._kept[path] = before
            return before[2]
        registers = _registers(shared)
        files, checked = load.with_contents(self.docs, path, lambda files: (files, build_briefing(files, registers)))
        self._kept = dict([*self._kept.items()][-self.KEPT + 1 :])
        self._kept[path] = shared, files, OpenBriefing(self.docs, checked, registers.files)
        return self._kept[path][2]

    def _read_again(self, path: str, files: FolderFiles) -> FolderFiles:
        return read_folder(self.docs, path, (name for name, entry in files.entries.items() if isinstance(entry, bytes)))


def check_with(docs: Path, checked: BriefingBuild, contents: Mapping[str, bytes]) -> BriefingBuild:
    """Check the briefing as it would be with these files, by name relative to the docs folder."""
    shared = _read_shared(docs)
    registers = _registers(_with(shared, contents))
    result = load.with_contents(docs, checked.path, lambda files: build_briefing(_with(files, contents), registers))
    if contents.keys().isdisjoint(load.REGISTERS):
        return result
    known = Counter(map(_identity, _registers(shared).problems))
    fresh = (*result.problems, *_beyond(registers.problems, known))
    files = {**registers.files, **result.files}
    return replace(result, problems=tuple(sort_problems(fresh, files)), files=files)


def _read_shared(docs: Path) -> FolderFiles:
    return read_files(docs, "", load.REGISTERS)


def _registers(shared: FolderFiles) -> Registers:
    return Registers(load.parse_people(shared), load.parse_measures(shared), load.parse_topics(shared))


def _with(files: FolderFiles, contents: Mapping[str, bytes]) -> FolderFiles:
    """Return the files of a folder with those of the contents that are in it, and the folders that these are in."""
    start = f"{files.path}/" if files.path else ""
    own = {name: content for name, content in contents.items() if name.startswith(start)}
    above = {parent.as_posix() for name in own for parent in PurePosixPath(name).parents}
    folders = {name: NoContent("folder") for name in sorted(above - {".", files.path}) if name not in files.entries}
    return replace(files, entries={**files.entries, **folders, **own})


_HOMES = ("quotes.yml", "figures.yml", "context.yml", "themes.yml", "suggested.yml", "imported.yml")
"""Files of annotations/ that commands make."""


def as_read(docs: Path, checked: BriefingBuild) -> dict[Path, Content | None]:
    """Return what a check has read: by its path the text of every file, of the registers, too, whose ids the briefing
    has; None for files that commands might make."""
    folder = "" if checked.path == "." else f"{checked.path}/"
    homes = (folder + name for name in (*(f"{ANNOTATIONS}/{name}" for name in _HOMES), CORRECTIONS, RELEASES))
    missing: dict[Path, Content | None] = {docs / name: None for name in homes if name not in checked.names}
    return {**missing, **{docs / name: file.text for name, file in {**checked.registers, **checked.files}.items()}}


def new_problems(before: BriefingBuild, after: BriefingBuild) -> list[Problem]:
    """Return the problems that were not there before; places may have moved, so code, message and file identify one."""
    return list(_beyond(after.problems, Counter(map(_identity, before.problems))))


def _beyond(problems: Iterable[Problem], known: Counter[tuple[str, str, str]]) -> Iterator[Problem]:
    for problem in problems:
        if not known[_identity(problem)]:
            yield problem
        known[_identity(problem)] -= 1


def _identity(problem: Problem) -> tuple[str, str, str]:
    return problem.code, _NUMBERED.sub("entry of", problem.message), problem.at.file


_NUMBERED = re.compile(r"\bentry \d+ of\b")
"""What a message says of an entry by its place in a list, which is another where one above it is taken out."""
