"""All that the briefings below a docs folder add to a site: the one function that the plugin and the export call."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from briefing import render
from briefing.model import Attachment, Page
from briefing.model.places import Problem, TextFile
from briefing.pipeline.build import Check, CheckedBriefings, Render, Site, check_library, site
from briefing.render.context import EditUrl
from briefing.site.error_notice import notices
from briefing.site.feeds import FeedChannel, Publication, feed_channels
from briefing.site.ordinary_pages import Findings, OrdinaryPages, findings, ordinary_pages
from briefing.site.redirects import redirects


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

    @property
    def feeds_of_pages(self) -> bool:
        """Whether pages of people and topics lead to feeds of theirs."""
        return self.feeds is True and self.publication.complete


@dataclass(frozen=True, slots=True)
class Published:
    """The pages and files of a site's briefings, and everything that was found wrong."""

    briefings: CheckedBriefings
    findings: Findings
    """The problems of the site's other pages, of addresses and of reviews."""
    site: Site
    ordinary: OrdinaryPages
    """What fills in the site's other pages."""
    pages: tuple[Page, ...]
    attachments: tuple[Attachment, ...]
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
        """Every problem with the files that it points into."""
        yield from self.briefings.located()
        yield from ((problem, self.findings.files) for problem in self.findings.problems)
        yield from ((problem, {}) for problem in self.site.problems)


def publish(
    docs: Path,
    texts: Mapping[str, str],
    settings: SiteSettings,
    templates: Environment,
    edit_url: EditUrl,
    *,
    taken: Collection[str] = (),
    preview: bool = False,
    check: Check | None = None,
    render_briefing: Render = render.render,
) -> Published:
    """Check the briefings below `docs` and make their pages, the pages across them, feeds, notices and redirects.

    `texts` are the site's other pages by their paths below `docs`; `taken` are those paths and every other page that
    another plugin makes, in whose place nothing is generated. `check` and `render_briefing` may remember earlier
    results. A build that fails on errors renders nothing where there is one; a preview shows the problems in place of
    a broken briefing's pages.
    """
    about, language = settings.publication, settings.publication.language
    library = check_library(docs, check=check)
    raw = _raw_files(library)
    own = {path: text for path, text in texts.items() if path not in raw}
    found = findings(library, docs, own, require_review=settings.require_review, configuration=settings.configuration)
    stopped = (library.broken or found.broken) and settings.on_error == "fail" and not preview
    made = (
        Site()
        if stopped
        else site(
            library,
            templates,
            edit_url,
            preview=preview,
            language=language,
            render=render_briefing,
            parts=settings.library,
            taken=frozenset((*own, *taken)),
            feeds=settings.feeds_of_pages,
        )
    )
    wants_feeds = settings.feeds and made.listed
    followed = feed_channels(made.listed, made.collection, made.signs, about) if wants_feeds else ()
    channels = {channel.page: channel for channel in followed}
    moved = redirects(made.listed, directory_urls=about.directory_urls, site_url=about.url)
    return Published(
        briefings=library,
        findings=found,
        site=made,
        ordinary=ordinary_pages(library, made, templates, language, found),
        pages=(*made.pages, *(() if preview or stopped else notices(library, templates, language))),
        attachments=(*made.attachments, *moved, *(file for one in channels.values() for file in one.files)),
        channels=channels,
    )


def _raw_files(library: CheckedBriefings) -> frozenset[str]:
    return frozenset((*library.names, *(name for checked in library.briefings for name in checked.names)))
