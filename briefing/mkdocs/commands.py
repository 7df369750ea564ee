"""What our command line has of MkDocs, or of ProperDocs in its place: its log, and what a site is built with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs import __main__ as mkdocs

from briefing.pipeline.timing import BuildObserver

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from briefing.mkdocs.plugin import BriefingPlugin
    from briefing.mkdocs.preview_site import MkDocsSite
    from briefing.pipeline.shards import ShardMade, ShardNumber

log = logging.getLogger("mkdocs.plugins.briefing")


def show_log(level: int) -> object:
    """Have the engine's log, and ours below it, shown on the terminal from a level on, while what is returned lives."""
    state = mkdocs.State()
    state.logger.setLevel(min(level, logging.INFO))
    # not that of the log, which a strict build counts the warnings of
    state.stream.setLevel(level)
    return state


def open_site(watch: Sequence[str], watch_theme: bool, **options: Any) -> MkDocsSite:
    """Return the site for a preview, with options of `mkdocs serve`. Raises what MkDocs says of its configuration."""
    # here, since the help of the command needs nothing of it
    from briefing.mkdocs.preview_site import MkDocsSite

    mkdocs._enable_warnings()
    return MkDocsSite(options, watch, watch_theme)


class PluginMissingError(Exception):
    """The site's configuration does not have this plugin."""


@dataclass(frozen=True, slots=True)
class HowToBuild:
    """What a build is made with beside the site's configuration."""

    observer: BuildObserver
    executor: Callable[[], AbstractContextManager[Executor | None]]
    """Makes what builds the briefings; None for this process and its own."""
    shards: Sequence[Path] = ()
    """Files with results that were made apart."""


def build_site(how: HowToBuild, *, clean: bool, **options: Any) -> None:
    """Build the site, as `mkdocs build` does with the same options.

    Raises what MkDocs says of its configuration and of its build, PluginMissingError where shards are given to a site
    that has no briefings, and ShardUnusableError.
    """
    # here, since the help of the command needs nothing of it
    from mkdocs.commands.build import build

    config = _configuration(options)
    plugin = _plugin(config)
    if plugin:
        plugin.executor, plugin.observer = how.executor, how.observer
    elif how.shards:
        raise PluginMissingError
    config.plugins.on_startup(command="build", dirty=not clean)
    try:
        if plugin:
            _take_shards(how.shards, plugin, config)
        build(config, dirty=not clean)
        how.observer.stage("other plugins")
    finally:
        config.plugins.on_shutdown()


def build_shard(how: HowToBuild, part: ShardNumber, file: Path, **options: Any) -> ShardMade:
    """Build a part of the briefings and write their results to a file; nothing is written into the site's folder.

    Raises what MkDocs says of its configuration, PluginMissingError, and what `make_shard` does.
    """
    # here, since the help of the command needs nothing of it
    from briefing.mkdocs.fast_pages import FastPages
    from briefing.mkdocs.plugin import as_plugin_error, copy_formats, edit_links, publication
    from briefing.pipeline.briefing_build import PageSettings
    from briefing.pipeline.shards import make_shard

    config = _configuration(options)
    plugin = _plugin(config)
    if plugin is None:
        raise PluginMissingError
    config.plugins.on_startup(command="build", dirty=True)  # so that nothing that was built before is set aside
    try:
        # Another plugin may change the configuration, or write briefings, before a build.
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        rules = FastPages(config, plugin, plugin.config.fast, None, looped=False).rules
        library = frozenset(plugin.config.library)
        with as_plugin_error(), how.executor() as executor:
            settings = PageSettings(
                plugin.templates(),
                edit_links(config),
                library,
                html=rules,
                publication=publication(config),
                copies=copy_formats(plugin.config.copies),
            )
            made = make_shard(
                file,
                part,
                Path(config.docs_dir),
                settings,
                plugin.store(config),
                executor=executor,
                observer=how.observer,
            )
        how.observer.stage("briefings")
        return made
    finally:
        config.plugins.on_shutdown()


def _take_shards(files: Sequence[Path], plugin: BriefingPlugin, config: MkDocsConfig) -> None:
    from briefing.pipeline.shards import ShardUnusableError, take_results

    for file in files:
        try:
            number = take_results(file, plugin.store(config))
        except ShardUnusableError as error:
            raise ShardUnusableError(f"{file}: {error}") from error
        if number:
            log.info("%s: %d briefings", file, number)
        else:
            told = "made with other versions of something, or of no briefing; what it should have is built here"
            log.info("%s: %s", file, told)


def _configuration(options: dict[str, Any]) -> MkDocsConfig:
    from mkdocs.config import load_config

    mkdocs._enable_warnings()
    return load_config(**options)


def _plugin(config: MkDocsConfig) -> BriefingPlugin | None:
    from briefing.mkdocs.plugin import BriefingPlugin

    return next((one for one in config.plugins.values() if isinstance(one, BriefingPlugin)), None)
