"""The options that `briefing build` and `briefing serve` share: the engine, its configuration, and what is logged.

They are those of `mkdocs build` and `mkdocs serve`, and mean the same; they are written here because an engine is
imported only when it is known which.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import click

from briefing.engines import ENGINES, Engine, EngineUnusableError, choose_engine, take_the_place_of_mkdocs

_OPTIONS = (
    click.option("--engine", type=click.Choice(list(ENGINES)), help="What builds; else what its configuration is for."),
    click.option("-f", "--config-file", type=click.File("rb"), help="The site’s configuration; - reads it from stdin."),
    click.option("-s", "--strict/--no-strict", default=None, help="Whether a warning ends the build."),
    click.option("-t", "--theme", metavar="NAME", help="The theme, in place of the configuration’s."),
    click.option(
        "--use-directory-urls/--no-directory-urls", default=None, help="Whether addresses end in a slash (default)."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Show errors alone."),
    click.option("-v", "--verbose", is_flag=True, help="Show everything that is done, and each TODO with its place."),
)


def with_engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an engine."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


NO_CONFIGURATION = "there is no zensical.toml here, and no mkdocs.yml: name the file with --config-file"


def check_for_zensical(options: Mapping[str, Any]) -> None:
    """Refuse options that Zensical knows from its configuration alone."""
    for name in ("theme", "use_directory_urls"):
        if options[name] is not None:
            raise click.UsageError(f"Zensical takes this from its configuration: write “{name}” there")


@dataclass(frozen=True, slots=True)
class StartedEngine:
    """An engine that can be used, and where the configuration of the site is; None where the engine looks for it."""

    engine: Engine
    configuration: Path | None


def start_engine(engine: str | None, config_file: BinaryIO | None, quiet: bool, verbose: bool) -> StartedEngine:
    """Choose the engine and have its log shown. A ClickException says why it cannot be used."""
    given = Path(config_file.name) if config_file and config_file.name != "<stdin>" else None
    try:
        chosen, configuration = choose_engine(engine, given, Path.cwd())
        if chosen.name == "properdocs":
            take_the_place_of_mkdocs()
    except EngineUnusableError as error:
        raise click.ClickException(str(error)) from error
    # here, since it imports the engine
    from briefing.mkdocs.commands import show_log

    level = logging.ERROR if quiet else logging.DEBUG if verbose else logging.INFO
    click.get_current_context().obj = show_log(level)
    return StartedEngine(chosen, configuration)
