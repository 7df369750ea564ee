"""Everything that can only be found with all of a site before one's eyes: its pages, former paths, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.build import Library
from briefing.places import Problem, TextFile, sort_problems
from briefing.site.exclusions import not_excluded
from briefing.site.moved import alias_problems
from briefing.site.pages import check_pages
from briefing.site.review import review_missing
from briefing.site.shelf import shelf


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a site beside those of its briefings, sorted, with the files that they point into."""

    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]

    @property
    def broken(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def findings(
    library: Library, docs: Path, texts: Mapping[str, str], *, require_review: bool, configuration: Path | None = None
) -> Findings:
    """What is wrong with a site; `texts` are its ordinary pages by their paths, and `configuration` is the one that is
    used, where it has a name of its own."""
    of_pages, files = check_pages(texts, shelf(library))
    own = {name: file for checked in library.briefings for name, file in checked.files.items()}
    reviews = [
        problem
        for checked in library.briefings
        if checked.briefing and require_review
        for problem in review_missing(checked.briefing)
    ]
    left_in = list(not_excluded(library, docs, configuration))
    everything = {**own, **files, **{file.name: file for _, file in left_in if file}}
    excluded = (problem for problem, _ in left_in)
    found = sort_problems((*of_pages, *alias_problems(library, docs), *reviews, *excluded), everything)
    return Findings(tuple(found), everything)
