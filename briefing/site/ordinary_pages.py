"""Where a site asks for it (`require_review`), nothing is published that nobody but its authors has read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from briefing.load.project import relative_name
from briefing.model import Briefing
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.pipeline.site_build import BriefingBuilds, Site
from briefing.render.environment import Templates
from briefing.render.own_templates import template_problems
from briefing.site.exclusions import not_excluded
from briefing.site.lookup import make_lookup
from briefing.site.page_filler import Filled, Setting, check_page, check_pages, fill
from briefing.site.redirects import alias_problems


def review_missing(briefing: Briefing) -> Iterator[Problem]:
    """Of what is published: a briefing or annotation whose reviewers are its authors, or nobody."""
    if briefing.status != "published":
        return
    if not _others(briefing.reviewed_by, briefing.authors):
        yield _problem("the briefing", briefing.reviewed_by, Place(briefing.at.file, ("status",)))
    for item in (*briefing.annotations, *briefing.derived, *briefing.themes):
        by, reviewers = item.by or briefing.authors, item.reviewed_by or briefing.reviewed_by
        own = item.by or item.reviewed_by
        if item.status == "published" and own and not _others(reviewers, by):
            yield _problem(f"“{item.id}”", reviewers, item.at.child("reviewed_by" if item.reviewed_by else "id"))


def _others(reviewers: Collection[str], authors: Collection[str]) -> set[str]:
    """Return the reviewers who are no authors; names are compared without regard to case and spaces."""
    return {_plain(name) for name in reviewers} - {_plain(name) for name in authors}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _problem(what: str, reviewers: Collection[str], at: Place) -> Problem:
    why = "was reviewed only by who wrote it" if reviewers else "was not reviewed"
    hint = "write `reviewed_by:` with the name of somebody else who has read it, or `status: review`"
    return Problem("review-missing", f"{what} is published and {why}", at, hint)


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
    library: BriefingBuilds,
    docs: Path,
    texts: Mapping[str, str],
    *,
    require_review: bool,
    configuration: Path | None = None,
    templates: Templates | None = None,
) -> Findings:
    """Return what is wrong with a site; `texts` are its ordinary pages by their paths, `configuration` is the one that
    is used, where it has a name of its own, and `templates` are those of its pages."""
    of_pages, files = check_pages(texts, make_lookup(library))
    own = {name: file for checked in library.briefings for name, file in checked.files.items()}
    reviews = [
        problem
        for checked in library.briefings
        if checked.briefing and require_review
        for problem in review_missing(checked.briefing)
    ]
    left_in = list(not_excluded(library, docs, configuration))
    outdated = list(template_problems(templates, lambda path: relative_name(Path(path), docs))) if templates else []
    everything = {
        **own,
        **files,
        **{file.name: file for _, file in outdated},
        **{file.name: file for _, file in left_in if file},
    }
    excluded = (problem for problem, _ in left_in)
    found = sort_problems(
        (*of_pages, *alias_problems(library, docs), *reviews, *excluded, *(one for one, _ in outdated)), everything
    )
    return Findings(tuple(found), everything)


@dataclass(frozen=True, slots=True)
class OrdinaryPages:
    """What fills in the ordinary pages of a site."""

    setting: Setting
    reported: frozenset[tuple[str, str]]
    """File and message of each problem that was found in the pages as they were written."""

    def fill(self, text: str, file: str) -> Filled:
        """Return the page with what it asks for."""
        return fill(text, file, self.setting)

    def new_problems(self, text: str, file: str) -> Iterator[Problem]:
        """Yield what is wrong with a page as other plugins have made it, without what is reported already."""
        for problem in check_page(text, file, self.setting.lookup):
            if (file, problem.message) not in self.reported:
                yield problem


def ordinary_pages(
    library: BriefingBuilds, site: Site, templates: Environment, language: str, found: Findings
) -> OrdinaryPages:
    """Return what fills in the ordinary pages of a site."""
    reported = frozenset((problem.at.file, problem.message) for problem in found.problems)
    return OrdinaryPages(Setting(make_lookup(library, site.listed), templates, language, site.routes), reported)
