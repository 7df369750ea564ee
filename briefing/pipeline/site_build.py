"""All briefings together: their facts → pages across them, and the open slots of their own pages filled.

Nothing of a briefing is rendered again here; only a preview's reports in place of what is broken are made, since a hint
in them may name other briefings. What is made of all is kept by the hash of what it shows, and pages are read from the
store when they are asked for: where nothing has changed, nothing is made and nothing is read.
"""

from __future__ import annotations

from collections.abc import Collection as Those
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment

from briefing import render, report
from briefing.collection import Collection, Echoes, collect
from briefing.model import Page
from briefing.model.places import Place, Problem
from briefing.pipeline.across import AcrossPage, PagesAcross, echoes_of
from briefing.pipeline.briefing_build import BriefingBuild, files_of_page
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.checking import BriefingBuilds
from briefing.pipeline.site_pages import Facts, SiteFile, SitePage, made_page, site_files, site_pages
from briefing.pipeline.store import MemoryStore, Store
from briefing.render.environment import Templates
from briefing.render.page_html import HtmlRules
from briefing.render.routes import NO_ROUTES, PARTS, Routes
from briefing.site.search import SearchRecord


@dataclass(frozen=True, slots=True)
class Site:
    """What a docs folder's briefings add to a site."""

    pages: tuple[SitePage, ...] = ()
    attachments: tuple[SiteFile, ...] = ()
    listed: Facts = field(default_factory=Facts)
    """The facts of those that lists of briefings show."""
    routes: Routes = NO_ROUTES
    """The pages across briefings that there are."""
    navigation: frozenset[str] = frozenset()
    """The pages that a navigation may name which makes itself from files; all others stay out, however many."""
    problems: tuple[Problem, ...] = ()
    """What prevents pages across briefings."""
    echoes: Echoes = field(default_factory=dict)
    """Where else the words of annotations are, as far as pages show it."""
    records: tuple[SearchRecord, ...] = ()
    """What a search finds of the pages across briefings."""

    @property
    def collection(self) -> Collection:
        """The records across the listed briefings, made anew each time."""
        return collect(self.listed.values())


def build_site(
    builds: BriefingBuilds,
    templates: Templates,
    language: str,
    *,
    preview: bool = False,
    parts: Those[str] = PARTS,
    taken: Those[str] = (),
    feeds: bool = False,
    html: HtmlRules | None = None,
    store: Store | None = None,
    copies: tuple[str, ...] = (),
) -> Site:
    """Return the pages of all briefings, their slots filled, and those across them, in the site's `language`.

    A preview has problems in place of what is broken. `parts` are the pages across briefings that are wanted; `taken`
    are the paths of the author's own pages, which stay; `feeds` says whether people and topics have feeds of theirs;
    `html` how HTML is made of pages. `store` has what earlier builds made. `copies` are the formats of the copies that
    each briefing has.
    """
    store = store or MemoryStore()
    shown = tuple(build for build in builds.briefings if build.outline.facts)
    facts = Facts(shown)
    wanted = tuple(filter(parts.__contains__, PARTS))
    across = PagesAcross(facts, templates, language, wanted, feeds, html, store, copies)
    planned = across.outline()
    elsewhere = echoes_of(shown, store) if planned.routes.elsewhere else {}
    own = dict(_taken_addresses(planned.pages, taken))
    pages = [
        page
        for build in builds.briefings
        for page in briefing_pages(build, elsewhere, html, templates.environment(), language, preview=preview)
    ]
    return Site(
        pages=(*pages, *(across.page(page) for page in planned.pages if page.path not in own)),
        attachments=tuple(file for build in shown for file in site_files(build)),
        listed=facts,
        routes=planned.routes,
        navigation=frozenset(
            (*(path for _, path in planned.routes.indexes), *_in_navigation(shown, broken_in(builds, preview)))
        ),
        problems=tuple(_taken(path, file) for path, file in own.items()),
        echoes=elsewhere,
        records=tuple(record for record in planned.records if record.page not in own),
    )


# --- pages of one briefing -------------------------------------------------------------------------------------------


def briefing_pages(
    build: BuiltBriefing,
    echoes: Echoes,
    rules: HtmlRules | None,
    templates: Environment,
    language: str,
    *,
    preview: bool = False,
) -> Iterator[SitePage]:
    """Yield the pages of one briefing with links to the same words in others, which `echoes` has.

    A preview has problems in place of what is broken, in the site's `language`.
    """
    if preview and build.broken:
        yield from (made_page(page, rules) for page in _problem_pages(build, templates, language))
    yield from site_pages(build, echoes, rules)


NAMED = 30
"""Briefings in a navigation that makes itself. Every page holds all of the navigation, so more would make a site grow
with the square of its briefings; lists lead to them."""


def _in_navigation(listed: Sequence[BuiltBriefing], broken: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the overviews that a navigation may name."""
    paths = [*(one.path for one in listed), *(path for path, _ in broken)]
    yield from (f"{path}/index.md" for path in (paths if len(paths) <= NAMED else ()))


def _addresses(path: str) -> tuple[str, ...]:
    """Return the files of an author's own that MkDocs would publish at the address of a page."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    files = files_of_page(name, f"{folder}/")
    return (*files, f"{folder}.md") if name == "index" else files


def _taken_addresses(pages: Iterable[AcrossPage], taken: Those[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of generated pages in whose place a file of the author's own is, with that."""
    yield from ((page.path, file) for page in pages for file in _addresses(page.path) if file in taken)


def _taken(page: str, file: str) -> Problem:
    part = page.partition("/")[0]
    hint = f"rename or move your file, or leave `{part}` out of the setting `library`; your file stays as it is"
    return Problem(
        "page-collision", "a page across briefings would be generated where your file stands", Place(file), hint
    )


def _problem_pages(build: BriefingBuild | BuiltBriefing, templates: Environment, language: str) -> tuple[Page, ...]:
    drafted = [problem for problem in build.problems if report.is_draft_todo((problem, build.files, ""))]
    in_the_way_first = sorted(
        (problem for problem in build.problems if problem not in drafted), key=lambda one: one.severity != "error"
    )
    reports = [report.as_text(problem, build.files) for problem in in_the_way_first]
    more = render.further(build.briefing) if build.briefing else ()
    return render.broken(build.path, _title_of(build), reports, templates, language, more, drafted=len(drafted))


def broken_in(builds: BriefingBuilds, preview: bool) -> tuple[tuple[str, str], ...]:
    """Return the path and the title of each briefing that a preview has only the problems of."""
    return tuple((build.path, _title_of(build)) for build in builds.briefings if preview and build.broken)


def _title_of(build: BriefingBuild | BuiltBriefing) -> str:
    """Return the title of a briefing; its folder where too little of it can be read."""
    return build.briefing.title if build.briefing else build.path
