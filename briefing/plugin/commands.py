"""MkDocs' own commands for our command line, and what an export needs to know of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click
from mkdocs.__main__ import build_command, serve_command
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import get_files

from briefing import build, pages, resources
from briefing.model import Attachment, Page
from briefing.pages.environment import environment
from briefing.plugin import (
    BriefingPlugin,
    asks_for_listing,
    docs_prefix,
    edit_url,
    insert_listing,
    site_language,
)

MOUNTED: Mapping[str, click.Command] = {"build": build_command, "serve": serve_command}
"""`mkdocs build` and `mkdocs serve`, as they are."""


class ConfigurationUnusableError(Exception):
    """The site's mkdocs.yml cannot be used; the message is MkDocs' own."""


@dataclass(frozen=True, slots=True)
class SiteInput:
    """A site as an export needs it."""

    library: build.Library
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
    docs = Path(config.docs_dir)
    library = build.check_library(docs)
    site = build.site(
        library,
        templates,
        edit_url(config),
        preview=False,
        language=site_language(config),
        parts=plugin.config.library if isinstance(plugin, BriefingPlugin) else pages.PARTS,
        taken={path for path in _contents(config) if path.endswith(".md")},
    )
    library = replace(library, across=(*library.across, *site.problems))
    raw = {*library.names, *(name for checked in library.briefings for name in checked.names)}
    files = {path: content for path, content in _contents(config).items() if path not in raw}
    for path, content in files.items():
        if path.endswith(".md") and asks_for_listing(text := content.decode("utf-8", "replace")):
            listing = pages.listing(site.listed, path, templates, site_language(config), site.signs)
            files[path] = insert_listing(text, listing).encode()
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return SiteInput(
        library=library,
        prefix=docs_prefix(docs),
        settings=config.user_configs[0],
        files=files,
        pages=site.pages,
        navigation=site.navigation,
        attachments=site.attachments,
        overrides=custom,
    )


def _contents(config: MkDocsConfig) -> dict[str, bytes]:
    """Every file that MkDocs itself would publish from the docs folder."""
    files = (file for file in get_files(config) if not file.inclusion.is_excluded())
    return {file.src_uri: file.content_bytes for file in files}
