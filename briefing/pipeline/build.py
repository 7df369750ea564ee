"""Reads folders from the disk and has them built.

The plugin, the commands and the exports all use it, so they cannot disagree about what is wrong or what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from briefing import check, load
from briefing.load.folder_files import FolderFiles
from briefing.pipeline.briefing_build import BriefingBuild, PageSettings, Registers, build_briefing
from briefing.pipeline.site_build import BriefingBuilds, join_builds

Build = Callable[[FolderFiles, Registers, PageSettings | None], BriefingBuild]


def check_library(
    docs: Path,
    paths: Iterable[str] | None = None,
    settings: PageSettings | None = None,
    build: Build = build_briefing,
) -> BriefingBuilds:
    """Build all briefings below `docs`, or those in the folders `paths`; with pages where `settings` say how.

    `build` may remember earlier ones.
    """
    registers = read_registers(docs)
    chosen = load.find_briefings(docs) if paths is None else tuple(paths)
    builds = [load.with_contents(docs, path, lambda files: build(files, registers, settings)) for path in chosen]
    return join_builds(_looked_elsewhere(docs, builds), registers, load.register_files(docs))


def check_alone(docs: Path, path: str) -> BriefingBuild:
    """Check the briefing in the folder `path` below `docs`, with people.yml and measures.yml as they are."""
    return check_briefing(docs, path, read_registers(docs))


def check_briefing(docs: Path, path: str, registers: Registers) -> BriefingBuild:
    """Return the same with people and measures that have been read."""
    return load.with_contents(docs, path, lambda files: build_briefing(files, registers))


def read_registers(docs: Path) -> Registers:
    """Read people.yml and measures.yml of a docs folder."""
    return Registers(load.load_people(docs), load.load_measures(docs))


def _looked_elsewhere(docs: Path, builds: list[BriefingBuild]) -> list[BriefingBuild]:
    """Return the same with a hint where words that were not found are in the source of another briefing of the site."""
    lost = {build.path for build in builds if any(problem.code == "orphan" for problem in build.problems)}
    sources = load.source_texts(docs) if lost else {}

    def looked(build: BriefingBuild) -> BriefingBuild:
        if build.briefing is None or build.path not in lost:
            return build
        others = {path: text for path, text in sources.items() if path != build.path}
        return replace(build, problems=check.elsewhere(build.briefing, build.problems, others))

    return [looked(build) for build in builds]
