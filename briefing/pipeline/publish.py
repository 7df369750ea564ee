"""Makes all that the briefings below a docs folder add to a site: the one function for plugin and export.

Build: reads folders from the disk and has them built.

The plugin, the commands and the exports all use it, so they cannot disagree about what is wrong or what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from briefing import load, render
from briefing.load.git_history import former_paths
from briefing.model import Attachment, Page
from briefing.model.places import Problem, TextFile
from briefing.model.publication import Publication
from briefing.pipeline import fingerprints
from briefing.pipeline.briefing_build import EditLinks, PageSettings, Registers
from briefing.pipeline.checking import BriefingBuilds, join_builds, looked_elsewhere, read_registers
from briefing.pipeline.encoding import digest
from briefing.pipeline.executor import map_briefings
from briefing.pipeline.pdf_copies import pdf_files
from briefing.pipeline.site_build import Site, broken_in, build_site
from briefing.pipeline.site_pages import SiteFile, SitePage, made_file, made_page
from briefing.pipeline.store import MemoryStore, Store, remembered
from briefing.pipeline.timing import UNOBSERVED, BuildObserver
from briefing.render.environment import Templates
from briefing.render.page_html import HtmlRules
from briefing.site.correction_feed import correction_channel
from briefing.site.error_notice import frames, notices
from briefing.site.feeds import FeedChannel, feed_channels
from briefing.site.findings import Findings, findings
from briefing.site.llms import list_for_programs
from briefing.site.lookup import make_lookup
from briefing.site.page_filler import OrdinaryPages, Setting
from briefing.site.redirects import redirects, renamed_pages

# --- publish ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site wants of its briefings: the plugin's settings, and what the site says of itself."""

    publication: Publication
    """Name, address, author and language of the site."""
    library: Collection[str] = render.PARTS
    """The pages across briefings that are wanted."""
    feeds: bool | str = False
    """True, "site" or False: feeds of the site and of every person and topic, of the site alone, or none."""
    require_review: bool = False
    on_error: str = "fail"
    """What a build does about a broken briefing: "fail" (nothing is published), or "notice" in its place."""
    configuration: Path | None = None
    """The site's configuration file, where it is known."""
    copies: tuple[str, ...] = ()
    """The formats of the copies in one file that each briefing has."""

    @property
    def feeds_of_pages(self) -> bool:
        """Whether pages of people and topics lead to feeds of theirs."""
        return self.feeds is True and self.publication.complete


@dataclass(frozen=True, slots=True)
class Published:
    """The pages and files of a site's briefings, and everything that was found wrong."""

    briefings: BriefingBuilds
    findings: Findings
    """The problems of the site's other pages, of addresses and of reviews."""
    site: Site
    ordinary: OrdinaryPages
    """What fills in the site's other pages."""
    pages: tuple[SitePage, ...]
    attachments: tuple[SiteFile, ...]
    channels: Mapping[str, FeedChannel] = field(default_factory=dict)
    """Feeds by the page that they follow."""

    @property
    def raw(self) -> frozenset[str]:
        """The files, relative to the docs folder, that briefings are made from: none is published as it is."""
        return _raw_files(self.briefings)

    @property
    def broken(self) -> bool:
        """Whether anything is an error."""
        return any(problem.severity == "error" for problem, _ in self.located())

    def located(self) -> Iterator[tuple[Problem, Mapping[str, TextFile]]]:
        """Yield every problem with the files that it points into."""
        yield from self.briefings.located()
        yield from ((problem, self.findings.files) for problem in self.findings.problems)
        yield from ((problem, {}) for problem in self.site.problems)


def publish(
    docs: Path,
    texts: Mapping[str, str],
    settings: SiteSettings,
    templates: Templates,
    edit: EditLinks,
    *,
    taken: Collection[str] = (),
    preview: bool = False,
    whole: bool = False,
    html: HtmlRules | None = None,
    executor: Executor | None = None,
    store: Store | None = None,
    observer: BuildObserver = UNOBSERVED,
) -> Published:
    """Build the briefings below `docs`, the pages across them, feeds, notices and redirects.

    `texts` are the site's other pages by their paths below `docs`; `taken` are those paths and every other page that
    another plugin makes, in whose place nothing is generated. A build that fails on errors gives no pages where there
    is one; a preview shows the problems in place of a broken briefing's pages, and the whole of every source where
    `whole` says that only its author sees it. `html` says how HTML is made of the pages, where it is wanted.

    What `store` has of earlier builds is not made again, and pages and files are read from it when they are asked for:
    close it after that. `executor` builds the briefings; without one they are built here, or in processes of our own.
    `observer` is told of each, and of the stages. Raises PageTemplateError for a page template that cannot be used, and
    PdfFailedError where copies are to be printed and cannot.
    """
    store = store or MemoryStore()
    about, language, environment = settings.publication, settings.publication.language, templates.environment()
    pages = PageSettings(templates, edit, frozenset(settings.library), preview, whole, html, about, settings.copies)
    registers = read_registers(docs)
    built = map_briefings(
        docs, load.find_briefings(docs), registers, pages, store, executor=executor, observer=observer
    )
    observer.stage("briefings")
    builds = join_builds(looked_elsewhere(docs, built), registers, load.register_files(docs), store)
    raw = _raw_files(builds)
    own = {path: text for path, text in texts.items() if path not in raw}
    found = findings(
        builds,
        docs,
        own,
        require_review=settings.require_review,
        configuration=settings.configuration,
        templates=templates,
        former=_former_paths(docs, builds, preview),
        store=store,
    )
    observer.stage("problems of the site")
    stopped = (builds.broken or found.broken) and settings.on_error == "fail" and not preview
    made = Site()
    if not stopped:
        made = build_site(
            builds,
            templates,
            language,
            preview=preview,
            parts=settings.library,
            taken=frozenset((*own, *taken)),
            feeds=settings.feeds_of_pages,
            html=html,
            store=store,
            copies=_copies(settings, preview),
        )
    observer.stage("pages across briefings")
    channels = {channel.page: channel for channel in _channels(made, settings, store)}
    listed = _list_for_programs(made, about, store)
    moved = _at_former_addresses(made, registers, {*own, *taken}, channels, about)
    broken = broken_in(builds, preview)
    filling = Setting(make_lookup(builds, made.listed), environment, language, made.routes, about.made_by, broken)
    notice_pages: Iterable[Page] = ()
    notice_frames: Iterable[Attachment] = ()
    printed: tuple[SiteFile, ...] = ()
    if not (preview or stopped):
        notice_pages, notice_frames = notices(builds, environment, language), frames(builds, about)
        printed = tuple(pdf_files(made.listed.builds.values(), settings.copies, store))
    store.finish()
    observer.stage("feeds, redirects, store")
    return Published(
        briefings=builds,
        findings=found,
        site=made,
        ordinary=OrdinaryPages(
            filling,
            frozenset((one.at.file, one.message) for one in found.problems),
            digest(
                builds.key,
                made.listed.key,
                made.routes,
                language,
                about.made_by,
                broken,
                fingerprints.templates(templates),
            ),
            store,
        ),
        pages=(*made.pages, *(made_page(page, html) for page in notice_pages)),
        attachments=(
            *made.attachments,
            *printed,
            *map(
                made_file,
                (*listed, *moved, *notice_frames, *(file for one in channels.values() for file in one.files)),
            ),
        ),
        channels=channels,
    )


def _at_former_addresses(
    made: Site,
    registers: Registers,
    taken: Collection[str],
    channels: Mapping[str, FeedChannel],
    about: Publication,
) -> Iterator[Attachment]:
    """Yield the files at former addresses; none in the place of a page, as those in `taken` are."""
    yield from redirects(made.listed.with_aliases(), directory_urls=about.directory_urls, site_url=about.url)
    present = {*taken, *(page.path for page in made.pages)}
    yield from renamed_pages(registers, made.routes, present, channels, about)


def _channels(made: Site, settings: SiteSettings, store: Store) -> tuple[FeedChannel, ...]:
    """Return the feeds of a site, kept by the facts of its briefings."""
    if not settings.feeds or not made.listed:
        return ()
    found: tuple[FeedChannel, ...] = remembered(
        store,
        "feeds",
        tuple[FeedChannel, ...],
        lambda: tuple(_all_channels(made, settings)),
        made.listed.key,
        made.routes,
        settings.publication,
    )
    return found


def _all_channels(made: Site, settings: SiteSettings) -> Iterator[FeedChannel]:
    listed = tuple(made.listed.values())
    yield from feed_channels(listed, made.collection, made.routes, settings.publication)
    yield from correction_channel(listed, settings.publication)


def _list_for_programs(made: Site, site: Publication, store: Store) -> tuple[Attachment, ...]:
    """Return the list of briefings for programs that read text, kept by their facts; none without any."""
    if not made.listed:
        return ()
    found: Attachment = remembered(
        store, "llms", Attachment, lambda: list_for_programs(made.listed.values(), site), made.listed.key, site
    )
    return (found,)


def _copies(settings: SiteSettings, preview: bool) -> tuple[str, ...]:
    """Return the formats of the copies that there are: none in a preview."""
    return () if preview else settings.copies


def _former_paths(docs: Path, builds: BriefingBuilds, preview: bool) -> Mapping[str, Sequence[str]]:
    """Return what git knows of earlier paths; a preview does not ask it at every edit."""
    return {} if preview else former_paths(docs, (one.path for one in builds.briefings))


def _raw_files(builds: BriefingBuilds) -> frozenset[str]:
    of_briefings = (name for build in builds.briefings for name in (*build.names, *build.outline.withheld))
    return frozenset((*builds.names, *of_briefings))
