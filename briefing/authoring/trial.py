"""Try something before it is written: one annotation alone against the rules, or changed files in a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing import load
from briefing.authoring.edit.files import Content, temporary
from briefing.load.folder_files import ANNOTATIONS
from briefing.model import Anchor, Briefing, Figure, Match, MatchLevel, Part, Quotation, QuotationKind, Selector, Target
from briefing.model.places import Place, Problem, Span
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import BriefingBuild

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


def check_with(docs: Path, checked: BriefingBuild, contents: Mapping[str, bytes]) -> BriefingBuild:
    """Check the briefing as it would be with these files, by name relative to the docs folder."""
    names = (*checked.names, *load.register_files(docs))
    present = {name: (docs / name).read_bytes() for name in names if name not in contents and (docs / name).is_file()}
    with temporary({**present, **contents}) as copy:
        return checking.check_alone(copy, checked.path)


_HOMES = ("quotes.yml", "figures.yml", "context.yml", "suggested.yml", "imported.yml")
"""Files of annotations/ that commands make."""


def as_read(docs: Path, checked: BriefingBuild) -> dict[Path, Content | None]:
    """Return what a check has read: by its path the text of every file, None for files that commands might make."""
    folder = "" if checked.path == "." else f"{checked.path}/"
    homes = (f"{folder}{ANNOTATIONS}/{name}" for name in _HOMES)
    missing: dict[Path, Content | None] = {docs / name: None for name in homes if name not in checked.names}
    return {**missing, **{docs / name: file.text for name, file in checked.files.items()}}


def new_problems(before: BriefingBuild, after: BriefingBuild) -> list[Problem]:
    """Return the problems that were not there before; places may have moved, so code, message and file identify one."""
    known = Counter((problem.code, problem.message, problem.at.file) for problem in before.problems)
    fresh = []
    for problem in after.problems:
        key = problem.code, problem.message, problem.at.file
        if not known[key]:
            fresh.append(problem)
        known[key] -= 1
    return fresh
