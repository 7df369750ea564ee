"""All briefings together: their facts → pages across them, and the open slots of their own pages filled.

Nothing of a briefing is rendered again here; only a preview's reports in place of what is broken are made, since a hint
in them may name other briefings.
"""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment

from briefing import render, report
from briefing.check import quoted_in_registers
from briefing.collection import Collection, Echo, collect, spelling_problems
from briefing.model import Attachment, Briefing, Page
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.pipeline.briefing_build import BriefingBuild, Registers, files_of_page
from briefing.render.routes import NO_ROUTES, PARTS, Routes
from briefing.render.slots import echo_links


@dataclass(frozen=True, slots=True)
class BriefingBuilds:
    """The builds of all briefings below a docs folder, with what they share."""

    briefings: tuple[BriefingBuild, ...]
    problems: tuple[Problem, ...]
    """Those of people.yml and measures.yml, which belong to no single briefing."""
    files: Mapping[str, TextFile]
    names: tuple[str, ...]
    """The files of people.yml and measures.yml; none is published as it is."""
    across: tuple[Problem, ...] = ()
    """Those that only several briefings together have."""

    def located(self) -> Iterator[tuple[Problem, Mapping[str, TextFile]]]:
        """Yield every problem with the files that it points into, those of people.yml and measures.yml once."""
        yield from ((problem, self.files) for problem in self.problems)
        if self.across:
            everything = {name: file for checked in self.briefings for name, file in checked.files.items()}
            yield from ((problem, everything) for problem in self.across)
        for checked in self.briefings:
            own = (problem for problem in checked.problems if problem.at.file not in self.files)
            yield from ((problem, checked.files) for problem in own)

    @property
    def broken(self) -> bool:
        """Whether any briefing must not be published."""
        return any(problem.severity == "error" for problem, _ in self.located())


@dataclass(frozen=True, slots=True)
class Site:
    """What a docs folder's briefings add to a site."""

    pages: tuple[Page, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    listed: tuple[Briefing, ...] = ()
    """The facts of those that lists of briefings show."""
    routes: Routes = NO_ROUTES
    """The pages across briefings that there are."""
    navigation: frozenset[str] = frozenset()
    """The pages that a navigation may name which makes itself from files; all others stay out, however many."""
    problems: tuple[Problem, ...] = ()
    """What prevents pages across briefings."""
    collection: Collection = field(default_factory=Collection)
    """The records across the listed briefings."""


def join_builds(builds: Sequence[BriefingBuild], registers: Registers, names: tuple[str, ...]) -> BriefingBuilds:
    """Return the builds of a docs folder with its registers, whose files are `names`, and the problems of them all."""
    briefings = [build.briefing for build in builds if build.briefing]
    files = registers.files
    problems = sort_problems((*registers.problems, *quoted_in_registers(briefings)), files)
    across = sort_problems(spelling_problems(briefings), {})
    return BriefingBuilds(tuple(builds), tuple(problems), files, names, tuple(across))


def build_site(
    builds: BriefingBuilds,
    templates: Environment,
    language: str,
    *,
    preview: bool = False,
    parts: Those[str] = PARTS,
    taken: Those[str] = (),
    feeds: bool = False,
) -> Site:
    """Return the pages of all briefings, their slots filled, and those across them, in the site's `language`.

    A preview has problems in place of what is broken. `parts` are the pages across briefings that are wanted; `taken`
    are the paths of the author's own pages, which stay; `feeds` says whether people and topics have feeds of theirs.
    """
    listed = tuple(build.facts for build in builds.briefings if build.facts)
    collection = collect(listed)
    routes = render.make_routes(collection, parts, feeds=feeds)
    across = render.across(collection, routes, templates, language)
    own = dict(_taken_addresses(across, taken))
    pages: list[Page] = []
    echoes = collection.echoes if routes.elsewhere else {}
    for build in builds.briefings:
        pages += briefing_pages(build, echoes, templates, language, preview=preview)
    return Site(
        pages=(*pages, *(page for page in across if page.path not in own)),
        attachments=tuple(file for build in builds.briefings for file in build.attachments),
        listed=listed,
        routes=routes,
        navigation=frozenset((*(path for _, path in routes.indexes), *_in_navigation(listed))),
        problems=tuple(_taken(path, file) for path, file in own.items()),
        collection=collection,
    )


def briefing_pages(
    build: BriefingBuild,
    echoes: Mapping[tuple[str, str], Sequence[Echo]],
    templates: Environment,
    language: str,
    *,
    preview: bool = False,
) -> Iterator[Page]:
    """Yield the pages of one briefing with links to the same words in others, which `echoes` has.

    A preview has problems in place of what is broken, in the site's `language`.
    """
    if preview and build.broken:
        yield from _problem_pages(build, templates, language)
    if build.facts is None:
        return
    language = build.facts.language

    def links(annotation: str) -> str:
        return echo_links(build.path, language, echoes.get((build.path, annotation), ()))

    yield from (page.filled(links) for page in build.pages)


NAMED = 30
"""Briefings in a navigation that makes itself. Every page holds all of the navigation, so more would make a site grow
with the square of its briefings; lists lead to them."""


def _in_navigation(listed: Sequence[Briefing]) -> Iterator[str]:
    """Yield the overviews that a navigation may name."""
    yield from (f"{briefing.path}/index.md" for briefing in (listed if len(listed) <= NAMED else ()))


def _addresses(path: str) -> tuple[str, ...]:
    """Return the files of an author's own that MkDocs would publish at the address of a page."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    files = files_of_page(name, f"{folder}/")
    return (*files, f"{folder}.md") if name == "index" else files


def _taken_addresses(pages: Iterable[Page], taken: Those[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of generated pages in whose place a file of the author's own is, with that."""
    yield from ((page.path, file) for page in pages for file in _addresses(page.path) if file in taken)


def _taken(page: str, file: str) -> Problem:
    part = page.partition("/")[0]
    hint = f"rename or move your file, or leave `{part}` out of the setting `library`; your file stays as it is"
    return Problem(
        "page-collision", "a page across briefings would be generated where your file stands", Place(file), hint
    )


def _problem_pages(build: BriefingBuild, templates: Environment, language: str) -> tuple[Page, ...]:
    title = build.briefing.title if build.briefing else build.path
    reports = [report.as_text(problem, build.files) for problem in build.problems]
    more = render.further(build.briefing) if build.briefing else ()
    return render.broken(build.path, title, reports, templates, language, more)
