"""Briefings of a docs folder, checked: what every command asks for, and a build before it makes pages.

No page is made here, so nothing that makes pages is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from briefing import check, load
from briefing.check import quoted_in_registers
from briefing.collection import spelling_problems
from briefing.model.places import Problem, TextFile, sort_problems
from briefing.pipeline.briefing_build import BriefingBuild, PageSettings, Registers, build_briefing
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.encoding import digest
from briefing.pipeline.kept_checks import CheckedFiles, CheckResult

if TYPE_CHECKING:
    from briefing.pipeline.store import Store


class BriefingBuilds(Struct, frozen=True):
    """The builds of all briefings below a docs folder, with what they share."""

    briefings: tuple[BuiltBriefing, ...]
    problems: tuple[Problem, ...]
    """Those of people.yml, measures.yml and topics.yml, which belong to no single briefing."""
    files: Mapping[str, TextFile]
    names: tuple[str, ...]
    """The files of these; none is published as it is."""
    registers: Registers
    across: tuple[Problem, ...] = ()
    """Those that only several briefings together have."""

    def located(self) -> Iterator[tuple[Problem, Mapping[str, TextFile]]]:
        """Yield every problem with the files that it points into, those of the registers once."""
        yield from ((problem, self.files) for problem in self.problems)
        if self.across:
            everything = self.files_of(self.across)
            yield from ((problem, everything) for problem in self.across)
        for checked in self.briefings:
            own = [problem for problem in checked.problems if problem.at.file not in self.files]
            files = checked.files if own else {}
            yield from ((problem, files) for problem in own)

    def files_of(self, problems: Iterable[Problem]) -> Mapping[str, TextFile]:
        """Return the files of briefings that problems may point into."""
        named = {problem.at.file for problem in problems}
        concerned = (
            one
            for one in self.briefings
            if any(f"{file}/".startswith(f"{one.path}/") for file in named) or one.path == "."
        )
        return {name: file for one in concerned for name, file in one.files.items()}

    @property
    def key(self) -> str:
        """A hash of what pages may cite of them, drafts too."""
        outlines = (build.outline for build in self.briefings)
        return digest([(one.path, one.whole, one.aliases, one.tags) for one in outlines])

    @property
    def broken(self) -> bool:
        """Whether any briefing must not be published."""
        every = (*self.problems, *self.across, *(p for one in self.briefings for p in one.problems))
        return any(problem.severity == "error" for problem in every)


def check_library(
    docs: Path, paths: Iterable[str] | None = None, settings: PageSettings | None = None
) -> BriefingBuilds:
    """Build all briefings below `docs`, or those in the folders `paths`, in this process; with pages where `settings`
    say how."""
    registers = read_registers(docs)
    chosen = load.find_briefings(docs) if paths is None else tuple(paths)
    builds = [
        BuiltBriefing.of(load.with_contents(docs, path, lambda files: build_briefing(files, registers, settings)))
        for path in chosen
    ]
    return join_builds(looked_elsewhere(docs, builds), registers, load.register_files(docs))


def check_files(docs: Path, files: CheckedFiles) -> CheckResult:
    """Check briefings below `docs` from bytes that have been read; nothing else of them is read.

    Raises ContentNeededError where the bytes of a file that they name were not taken along.
    """
    people, measures, topics = files.registers
    registers = Registers(load.parse_people(people), load.parse_measures(measures), load.parse_topics(topics))
    builds = [BuiltBriefing.of(build_briefing(folder, registers)) for folder in files.folders]
    located = tuple(join_builds(looked_elsewhere(docs, builds), registers, ()).located())
    files_named = {problem.at.file: found[problem.at.file] for problem, found in located if problem.at.file in found}
    return CheckResult(tuple(problem for problem, _ in located), files_named)


def check_alone(docs: Path, path: str) -> BriefingBuild:
    """Check the briefing in the folder `path` below `docs`, with the registers of all as they are."""
    return check_briefing(docs, path, read_registers(docs))


def check_briefing(docs: Path, path: str, registers: Registers) -> BriefingBuild:
    """Return the same with registers that have been read."""
    return load.with_contents(docs, path, lambda files: build_briefing(files, registers))


def read_registers(docs: Path) -> Registers:
    """Read people.yml, measures.yml and topics.yml of a docs folder."""
    return Registers(load.load_people(docs), load.load_measures(docs), load.load_topics(docs))


def looked_elsewhere(docs: Path, builds: list[BuiltBriefing]) -> list[BuiltBriefing]:
    """Return the same with a hint where words that were not found are in the source of another briefing of the site."""
    lost = {build.path for build in builds if any(problem.code == "orphan" for problem in build.problems)}
    sources = load.source_texts(docs) if lost else {}

    def looked(build: BuiltBriefing) -> BuiltBriefing:
        briefing = build.briefing if build.path in lost else None
        if briefing is None:
            return build
        others = {path: text for path, text in sources.items() if path != build.path}
        return build.with_problems(check.elsewhere(briefing, build.problems, others))

    return [looked(build) for build in builds]


def join_builds(
    builds: Sequence[BuiltBriefing | BriefingBuild],
    registers: Registers,
    names: tuple[str, ...],
    store: Store | None = None,
) -> BriefingBuilds:
    """Return the builds of a docs folder with its registers, whose files are `names`, and the problems of them all."""
    built = tuple(BuiltBriefing.of(build) if isinstance(build, BriefingBuild) else build for build in builds)
    problems = sort_problems((*registers.problems, *_quoted(built, registers, store)), registers.files)
    across = sort_problems(spelling_problems(use for build in built for use in build.outline.tag_uses), {})
    return BriefingBuilds(built, tuple(problems), registers.files, names, registers, tuple(across))


def _quoted(built: Sequence[BuiltBriefing], registers: Registers, store: Store | None) -> tuple[Problem, ...]:
    """Return what is wrong with words that people.yml and measures.yml quote from briefings."""

    def make() -> tuple[Problem, ...]:
        return tuple(quoted_in_registers([build.briefing for build in built if build.briefing]))

    if store is None:
        return make()
    from briefing.pipeline import fingerprints
    from briefing.pipeline.store import remembered

    wholes = [(build.path, build.outline.whole) for build in built]
    shared = fingerprints.registers(registers)
    return remembered(store, "quoted in registers", tuple[Problem, ...], make, shared, wholes)
