"""All briefings together: their facts → pages across them, and the open slots of their own pages filled.

Nothing of a briefing is rendered again here; only a preview's reports in place of what is broken are made, since a hint
in them may name other briefings. What is made of all is kept by the hash of what it shows, and pages are read from the
store when they are asked for: where nothing has changed, nothing is made and nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Those
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from jinja2 import Environment

from briefing import render, report
from briefing.check import quoted_in_registers
from briefing.collection import Collection, CollectionItem, Echo, Echoes, collect, echoes, spelling_problems
from briefing.model import Attachment, Briefing, Page
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.pipeline import fingerprints
from briefing.pipeline.briefing_build import BriefingBuild, Registers, files_of_page
from briefing.pipeline.built import BuiltBriefing, PageHead, head_of
from briefing.pipeline.encoding import decode, digest, encode
from briefing.pipeline.fingerprints import program
from briefing.pipeline.store import MemoryStore, Store, remembered
from briefing.render.collection import PlannedPage
from briefing.render.environment import Templates
from briefing.render.page_html import HtmlRules, PageHtml, links_html, page_html
from briefing.render.routes import NO_ROUTES, PARTS, Routes
from briefing.render.slots import OpenPage, echo_links
from briefing.site.search import SearchRecord, records_across


@dataclass(frozen=True, slots=True)
class BriefingBuilds:
    """The builds of all briefings below a docs folder, with what they share."""

    briefings: tuple[BuiltBriefing, ...]
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


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of a site; its text is read or made when it is asked for, and not held."""

    path: str
    """Relative to the docs folder, ending in .md."""
    edit: str
    """The file to open for a change, relative to the docs folder."""
    key: str
    """A hash of its text and its HTML."""
    make: Callable[[], Page] = field(compare=False, repr=False)
    make_html: Callable[[], PageHtml | None] = field(compare=False, repr=False)
    head: PageHead | None = None
    """What navigations show of it, without its text being read; None where there is no HTML."""

    @property
    def markdown(self) -> str:
        """Its text."""
        return self.make().markdown

    @property
    def html(self) -> PageHtml | None:
        """The page as HTML without open slots; None where that is not certain, or the site has no rules for it."""
        return self.make_html()


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that is made beside the pages; its content is read or made when it is asked for, and not held."""

    path: str
    """Relative to the docs folder."""
    key: str
    """A hash of its content."""
    make: Callable[[], Attachment] = field(compare=False, repr=False)

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.make().content


class Facts(Mapping[str, Briefing]):
    """What readers see of each briefing by its path; each is read when it is asked for."""

    def __init__(self, builds: Iterable[BuiltBriefing] = ()) -> None:
        self.builds = {build.path: build for build in builds}

    def __getitem__(self, path: str) -> Briefing:
        facts = self.builds[path].facts
        assert facts is not None
        return facts

    def __iter__(self) -> Iterator[str]:
        return iter(self.builds)

    def __len__(self) -> int:
        return len(self.builds)

    def with_aliases(self) -> Iterator[Briefing]:
        """Yield those that have former paths."""
        yield from (self[path] for path, build in self.builds.items() if build.outline.aliases)

    @property
    def key(self) -> str:
        """A hash of them all, which reads none."""
        return digest([(path, build.outline.facts) for path, build in self.builds.items()])


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


def join_builds(
    builds: Sequence[BuiltBriefing | BriefingBuild],
    registers: Registers,
    names: tuple[str, ...],
    store: Store | None = None,
) -> BriefingBuilds:
    """Return the builds of a docs folder with its registers, whose files are `names`, and the problems of them all."""
    built = tuple(BuiltBriefing.of(build) if isinstance(build, BriefingBuild) else build for build in builds)
    store = store or MemoryStore()
    quoted = remembered(
        store,
        "quoted in registers",
        tuple[Problem, ...],
        lambda: tuple(quoted_in_registers([build.briefing for build in built if build.briefing])),
        fingerprints.registers(registers),
        [(build.path, build.outline.whole) for build in built],
    )
    problems = sort_problems((*registers.problems, *quoted), registers.files)
    across = sort_problems(spelling_problems(use for build in built for use in build.outline.tag_uses), {})
    return BriefingBuilds(built, tuple(problems), registers.files, names, tuple(across))


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
) -> Site:
    """Return the pages of all briefings, their slots filled, and those across them, in the site's `language`.

    A preview has problems in place of what is broken. `parts` are the pages across briefings that are wanted; `taken`
    are the paths of the author's own pages, which stay; `feeds` says whether people and topics have feeds of theirs;
    `html` how HTML is made of pages. `store` has what earlier builds made.
    """
    store = store or MemoryStore()
    shown = tuple(build for build in builds.briefings if build.outline.facts)
    facts = Facts(shown)
    across = _Across(facts, templates, language, tuple(part for part in PARTS if part in parts), feeds, html, store)
    planned = across.outline()
    elsewhere = _echoes(shown, store) if planned.routes.elsewhere else {}
    own = dict(_taken_addresses(planned.pages, taken))
    pages: list[SitePage] = []
    for build in builds.briefings:
        if preview and build.broken:
            reports = _problem_pages(build, templates.environment(), language)
            pages += (made_page(page, html) for page in reports)
        pages += _site_pages(build, elsewhere, html)
    return Site(
        pages=(*pages, *(across.page(page) for page in planned.pages if page.path not in own)),
        attachments=tuple(file for build in shown for file in _site_files(build)),
        listed=facts,
        routes=planned.routes,
        navigation=frozenset((*(path for _, path in planned.routes.indexes), *_in_navigation(shown))),
        problems=tuple(_taken(path, file) for path, file in own.items()),
        echoes=elsewhere,
        records=tuple(record for record in planned.records if record.page not in own),
    )


# --- pages of one briefing -------------------------------------------------------------------------------------------


def briefing_pages(
    build: BriefingBuild | BuiltBriefing,
    echoes: Echoes,
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
    if build.facts:
        links = partial(_links, build.path, build.facts.language, echoes)
        yield from (page.filled(links) for page in build.pages)


def _links(path: str, language: str, echoes: Echoes, annotation: str) -> str:
    found = echoes.get((path, annotation))
    return echo_links(path, language, found) if found else ""


def _site_pages(build: BuiltBriefing, echoes: Echoes, rules: HtmlRules | None) -> Iterator[SitePage]:
    """Yield the pages of a build as they are read later."""
    links = partial(_links, build.path, build.outline.language, echoes)
    pages, html = (lru_cache(maxsize=1)(partial(getattr, build, name)) for name in ("pages", "html"))
    for at, page in enumerate(build.outline.pages):
        key = digest(page.key, [links(slot) for slot in page.slots]) if page.slots else page.key
        yield SitePage(
            page.path, page.edit, key, partial(_filled, pages, at, links), partial(_in_html, html, at, links, rules)
        )


def _filled(pages: Callable[[], Sequence[OpenPage]], at: int, links: Callable[[str], str]) -> Page:
    return pages()[at].filled(links)


def _in_html(
    pages: Callable[[], Sequence[PageHtml | None]], at: int, links: Callable[[str], str], rules: HtmlRules | None
) -> PageHtml | None:
    """Return a page as HTML with its slots filled; None where that is not certain."""
    every = pages()
    page = every[at] if every else None
    if page is None or rules is None:
        return None
    slots = {part.annotation: links(part.annotation) for part in page.parts if not isinstance(part, str)}
    made = {id: links_html(markdown, page.path, rules) if markdown else ("", ()) for id, markdown in slots.items()}
    written = {id: each[0] for id, each in made.items() if each}
    if len(written) < len(made):
        return None
    led = dict.fromkeys((*page.links, *(link for each in made.values() if each for link in each[1])))
    return replace(page, parts=(page.filled(written.__getitem__),), links=tuple(led))


def _site_files(build: BuiltBriefing) -> Iterator[SiteFile]:
    for at, file in enumerate(build.outline.attachments):
        yield SiteFile(file.path, file.key, partial(_attachment, build, at))


def _attachment(build: BuiltBriefing, at: int) -> Attachment:
    return build.attachments[at]


def made_page(page: Page, rules: HtmlRules | None) -> SitePage:
    """Return a page that is there already."""
    html = page_html(page, rules) if rules else None
    return SitePage(page.path, page.edit, digest(page, rules), lambda: page, lambda: html, head_of(html))


def made_file(file: Attachment) -> SiteFile:
    """Return a file that is there already."""
    return SiteFile(file.path, digest(file), lambda: file)


# --- pages across briefings ------------------------------------------------------------------------------------------


def _newest_first(builds: Iterable[BuiltBriefing]) -> list[BuiltBriefing]:
    """Return builds in the order of `collect`."""
    return sorted(builds, key=lambda one: (one.outline.said, one.outline.date, one.path), reverse=True)


def _echoes(shown: Sequence[BuiltBriefing], store: Store) -> Echoes:
    newest = _newest_first(shown)
    of = {build.path: build for build in newest}
    found = remembered(
        store,
        "echoes",
        list[tuple[tuple[str, str], tuple[Echo, ...]]],
        lambda: list(echoes([build.hashes for build in newest], lambda path: of[path].words).items()),
        [(build.path, build.outline.facts) for build in newest],
    )
    return dict(found)


@dataclass(frozen=True, slots=True)
class AcrossPage:
    """A page across briefings without its text."""

    path: str
    edit: str
    key: str
    """A hash of its text."""
    kept: str
    """Its key in the store: a hash of what it shows."""
    head: PageHead | None


@dataclass(frozen=True, slots=True)
class AcrossOutline:
    """The pages across briefings without their text, and what a search finds of them."""

    routes: Routes
    pages: tuple[AcrossPage, ...]
    records: tuple[SearchRecord, ...]


_Rendered = tuple[Page, PageHtml | None]


class _Across:
    """Makes the pages across briefings, or finds them in a store by what they show."""

    def __init__(
        self,
        shown: Facts,
        templates: Templates,
        language: str,
        parts: tuple[str, ...],
        feeds: bool,
        html: HtmlRules | None,
        store: Store,
    ) -> None:
        self._facts, self._html, self._store = shown, html, store
        self._keys = {path: build.outline.facts for path, build in shown.builds.items()}
        self._templates, self._language, self._parts, self._feeds = templates, language, parts, feeds
        self._look = digest(fingerprints.templates(templates), language, html)

    def outline(self) -> AcrossOutline:
        """Return which pages there are."""
        inputs = (self._facts.key, self._look, self._parts, self._feeds)
        found: AcrossOutline = remembered(self._store, "across", AcrossOutline, self._make, *inputs)
        for page in found.pages:
            self._store.use(page.kept)
        return found

    def page(self, page: AcrossPage) -> SitePage:
        """Return a page that is read when it is asked for."""
        read = partial(self._read, page)
        return SitePage(page.path, page.edit, page.key, lambda: read()[0], lambda: read()[1], page.head)

    def _make(self) -> AcrossOutline:
        collection = collect(self._facts.values())
        routes, planned = self._plan(collection)
        pages = tuple(self._outline_of(page, routes) for page in planned)
        return AcrossOutline(routes, pages, records_across(collection, routes, self._language))

    def _plan(self, collection: Collection) -> tuple[Routes, Iterator[PlannedPage]]:
        routes = render.make_routes(collection, self._parts, feeds=self._feeds)
        return routes, render.plan_across(collection, routes, self._templates.environment(), self._language)

    def _outline_of(self, page: PlannedPage, routes: Routes) -> AcrossPage:
        shows = self._facts.key if page.shows is None else self._in_keys(page.shows)
        kept = digest("page across", program(), self._look, routes, page.path, page.edit, page.rest, shows)
        made = self._kept(kept)
        if made is None:
            made = self._render(page)
            self._store.put(kept, {"page": encode(made)})
        return AcrossPage(page.path, page.edit, digest(made), kept, head_of(made[1]))

    def _render(self, planned: PlannedPage) -> _Rendered:
        page = planned.make()
        return page, page_html(page, self._html) if self._html else None

    def _in_keys(self, value: object) -> object:
        """Return what a page shows, with the hash of its briefing in place of each record."""
        if isinstance(value, tuple):
            return [self._in_keys(one) for one in value]
        if isinstance(value, Briefing):
            return self._keys[value.path]
        if isinstance(value, CollectionItem):
            return self._keys[value.briefing.path], type(value.record).__name__, value.record.id
        return value

    def _kept(self, key: str) -> _Rendered | None:
        data = self._store.get(key, "page")
        return None if data is None else decode(data, _Rendered)

    def _read(self, page: AcrossPage) -> _Rendered:
        if made := self._kept(page.kept):
            return made
        return next(
            self._render(planned)
            for planned in self._plan(collect(self._facts.values()))[1]
            if planned.path == page.path
        )


NAMED = 30
"""Briefings in a navigation that makes itself. Every page holds all of the navigation, so more would make a site grow
with the square of its briefings; lists lead to them."""


def _in_navigation(listed: Sequence[BuiltBriefing]) -> Iterator[str]:
    """Yield the overviews that a navigation may name."""
    yield from (f"{briefing.path}/index.md" for briefing in (listed if len(listed) <= NAMED else ()))


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
    title = build.briefing.title if build.briefing else build.path
    reports = [report.as_text(problem, build.files) for problem in build.problems]
    more = render.further(build.briefing) if build.briefing else ()
    return render.broken(build.path, title, reports, templates, language, more)
