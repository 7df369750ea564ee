"""What fills in the ordinary pages of one build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment

from briefing.build import Library, Site
from briefing.places import Problem
from briefing.site.findings import Findings
from briefing.site.pages import Filled, Setting, check_page, fill
from briefing.site.shelf import shelf


@dataclass(frozen=True, slots=True)
class Around:
    """The ordinary pages' way to the briefings."""

    setting: Setting
    told: frozenset[tuple[str, str]]
    """File and message of each problem that was found in the pages as they were written."""

    def fill(self, text: str, file: str) -> Filled:
        """The page with what it asks for."""
        return fill(text, file, self.setting)

    def new_problems(self, text: str, file: str) -> Iterator[Problem]:
        """What is wrong with a page as other plugins have made it, without what has been told."""
        for problem in check_page(text, file, self.setting.shelf):
            if (file, problem.message) not in self.told:
                yield problem


def around(library: Library, site: Site, templates: Environment, language: str, found: Findings) -> Around:
    """What fills in the ordinary pages of a site."""
    told = frozenset((problem.at.file, problem.message) for problem in found.problems)
    return Around(Setting(shelf(library, site.listed), templates, language, site.signs), told)
