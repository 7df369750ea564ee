"""Reads what an export needs to know of a site."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import InclusionLevel, get_files
from mkdocs.utils.yaml import yaml_load

from briefing import resources
from briefing.mkdocs.plugin import BriefingPlugin, docs_prefix, edit_links, publication
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.pdf_copies import PdfFailedError
from briefing.pipeline.publish import Published, SiteSettings, publish
from briefing.pipeline.timing import UNOBSERVED, BuildObserver
from briefing.render import PARTS
from briefing.render.environment import PageTemplateError, read_templates


class ConfigurationUnusableError(Exception):
    """The site's mkdocs.yml, a page template of its own or the browser that prints cannot be used."""


@dataclass(frozen=True, slots=True)
class SiteInput:
    """A site as an export needs it."""

    published: Published
    keeps_going: bool
    """Whether a notice takes the place of what is broken."""
    prefix: str
    """What leads to the docs folder in messages."""
    settings: Mapping[str, object]
    """mkdocs.yml as its author wrote it."""
    files: Mapping[str, bytes]
    """By path relative to the docs folder: every published file that is not a briefing's, lists filled in."""
    asking: frozenset[str]
    """Those of them in which something of briefings was filled in."""
    overrides: Path | None
    """The author's own theme folder."""


def site_input(config_file: str | None) -> SiteInput:
    """Read the configuration and content of a site of MkDocs without building it. Raises ConfigurationUnusableError."""
    config = read_mkdocs_configuration(config_file)
    overrides = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return read_site(config, _as_written(config), overrides)


def copy_settings(config: MkDocsConfig, formats: tuple[str, ...]) -> PageSettings:
    """Return how the copies of a briefing are made on a site with this configuration: as by a build of it."""
    plugin = config.plugins.get("briefing")
    ours = plugin if isinstance(plugin, BriefingPlugin) else None
    templates = ours.templates() if ours else read_templates(resources.templates() / "pages")
    library = frozenset(ours.config.library if ours else PARTS)
    return PageSettings(templates, edit_links(config), library, publication=publication(config), copies=formats)


def read_site(
    config: MkDocsConfig,
    written: Mapping[str, object],
    overrides: Path | None,
    *,
    preview: bool = False,
    whole: bool = False,
    executor: Executor | None = None,
    observer: BuildObserver = UNOBSERVED,
) -> SiteInput:
    """Read the content of a site with this configuration, which its author has `written`, for a build or a preview.

    Its preview shows the `whole` of every source where only the author sees it. Raises ConfigurationUnusableError.
    """
    plugin = config.plugins.get("briefing")
    used = Path(config.config_file_path) if config.config_file_path else None
    ours = plugin if isinstance(plugin, BriefingPlugin) else None
    templates = ours.templates() if ours else read_templates(resources.templates() / "pages")
    settings = ours.settings(config) if ours else SiteSettings(publication(config), configuration=used)
    store = ours.store(config) if ours else None
    docs, contents = Path(config.docs_dir), _contents(config, preview)
    texts = {path: content.decode("utf-8-sig", "replace") for path, content in contents.items() if _is_page(path)}
    try:
        published = publish(
            docs,
            texts,
            settings,
            templates,
            edit_links(config),
            preview=preview,
            whole=whole,
            executor=executor,
            store=store,
            observer=observer,
        )
        files = {path: content for path, content in contents.items() if path not in published.raw}
        asking = {}
        for path in texts.keys() & files.keys():
            if (filled := published.ordinary.fill(texts[path], path)).asked:
                asking[path] = files[path] = filled.markdown.encode()
    except (PageTemplateError, PdfFailedError) as error:
        raise ConfigurationUnusableError(str(error)) from error
    return SiteInput(
        published=published,
        keeps_going=settings.on_error == "notice",
        prefix=docs_prefix(docs),
        settings=written,
        files=files,
        asking=frozenset(asking),
        overrides=overrides,
    )


def read_mkdocs_configuration(file: str | None) -> MkDocsConfig:
    """Return the configuration of a site of MkDocs. Raises ConfigurationUnusableError."""
    try:
        return load_config(config_file=file)
    except ConfigurationError as error:
        raise ConfigurationUnusableError(str(error)) from error


def _as_written(config: MkDocsConfig) -> Mapping[str, object]:
    """Return mkdocs.yml once more: what MkDocs validates it also empties, options of extensions and plugins first."""
    written: Mapping[str, object] = config.user_configs[0]
    if config.config_file_path:
        with Path(config.config_file_path).open("rb") as file:
            written = yaml_load(file)
    return written


def _is_page(path: str) -> bool:
    return path.endswith(".md")


def _contents(config: MkDocsConfig, preview: bool) -> dict[str, bytes]:
    """Return every file that MkDocs itself would publish from the docs folder, or show in a preview."""
    draft = InclusionLevel.DRAFT
    files = [
        file for file in get_files(config) if not file.inclusion.is_excluded() or (preview and file.inclusion is draft)
    ]
    return {file.src_uri: file.content_bytes for file in files}
