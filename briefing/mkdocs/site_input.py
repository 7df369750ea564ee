"""What an export needs to know of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import get_files

from briefing import render, resources
from briefing.mkdocs.plugin import BriefingPlugin, docs_prefix, edit_url, publication, site_language
from briefing.model import Attachment, Page
from briefing.pipeline import build
from briefing.render.environment import environment
from briefing.site.error_notice import notices
from briefing.site.feeds import feed_channels
from briefing.site.ordinary_pages import Findings, findings, ordinary_pages
from briefing.site.redirects import redirects


class ConfigurationUnusableError(Exception):
    """The site's mkdocs.yml cannot be used; the message is MkDocs' own."""


@dataclass(frozen=True, slots=True)
class SiteInput:
    """A site as an export needs it."""

    library: build.CheckedBriefings
    findings: Findings
    keeps_going: bool
    """Whether a notice takes the place of what is broken."""
    prefix: str
    """What leads to the docs folder in messages."""
    settings: Mapping[str, object]
    """mkdocs.yml as its author wrote it."""
    files: Mapping[str, bytes]
    """By path relative to the docs folder: every published file that is not a briefing's, lists filled in."""
    pages: tuple[Page, ...]
    navigation: frozenset[str]
    """The pages that a navigation may name which makes itself from files."""
    attachments: tuple[Attachment, ...]
    overrides: Path | None
    """The author's own theme folder."""


def site_input(config_file: str | None) -> SiteInput:
    """Read a site's configuration and content without building it."""
    try:
        config = load_config(config_file=config_file)
    except ConfigurationError as error:
        raise ConfigurationUnusableError(str(error)) from error
    plugin = config.plugins.get("briefing")
    templates = (
        plugin.templates() if isinstance(plugin, BriefingPlugin) else environment(resources.templates() / "pages")
    )
    own = plugin.config if isinstance(plugin, BriefingPlugin) else None
    about, docs = publication(config), Path(config.docs_dir)
    library = build.check_library(docs)
    site = build.site(
        library,
        templates,
        edit_url(config),
        preview=False,
        language=site_language(config),
        parts=own.library if own else render.PARTS,
        taken={path for path in _contents(config) if path.endswith(".md")},
        feeds=about.complete and own is not None and own.feeds is True,
    )
    library = replace(library, across=(*library.across, *site.problems))
    raw = {*library.names, *(name for checked in library.briefings for name in checked.names)}
    files = {path: content for path, content in _contents(config).items() if path not in raw}
    texts = {path: content.decode("utf-8-sig", "replace") for path, content in files.items() if path.endswith(".md")}
    found = findings(
        library,
        docs,
        texts,
        require_review=bool(own and own.require_review),
        configuration=Path(config.config_file_path) if config.config_file_path else None,
    )
    filling = ordinary_pages(library, site, templates, site_language(config), found)
    for path, text in texts.items():
        if (filled := filling.fill(text, path)).asked:
            files[path] = filled.markdown.encode()
    moved = redirects(site.listed, directory_urls=config.use_directory_urls, site_url=config.site_url or "")
    followed = feed_channels(site.listed, site.collection, site.signs, about) if own and own.feeds else ()
    made = (*site.attachments, *moved, *(file for channel in followed for file in channel.files))
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return SiteInput(
        library=library,
        findings=found,
        keeps_going=bool(own and own.on_error == "notice"),
        prefix=docs_prefix(docs),
        settings=config.user_configs[0],
        files=files,
        pages=(*site.pages, *notices(library, templates, site_language(config))),
        navigation=site.navigation,
        attachments=made,
        overrides=custom,
    )


def _contents(config: MkDocsConfig) -> dict[str, bytes]:
    """Every file that MkDocs itself would publish from the docs folder."""
    files = (file for file in get_files(config) if not file.inclusion.is_excluded())
    return {file.src_uri: file.content_bytes for file in files}
