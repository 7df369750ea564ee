"""Everything that can only be found with all of a site before one's eyes: its pages, former paths, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.build import Library
from briefing.places import Problem, TextFile, sort_problems
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


def findings(library: Library, docs: Path, texts: Mapping[str, str], *, require_review: bool) -> Findings:
    """What is wrong with a site; `texts` are its ordinary pages by their paths."""
    of_pages, files = check_pages(texts, shelf(library))
    own = {name: file for checked in library.briefings for name, file in checked.files.items()}
    reviews = [
        problem
        for checked in library.briefings
        if checked.briefing and require_review
        for problem in review_missing(checked.briefing)
    ]
    everything = {**own, **files}
    found = sort_problems((*of_pages, *alias_problems(library, docs), *reviews), everything)
    return Findings(tuple(found), everything)
