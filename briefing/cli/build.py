"""`briefing build`: MkDocs' build of the site, with progress, a profile, and briefings that are built elsewhere."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import click

from briefing.cli.engine_options import NO_CONFIGURATION, check_for_zensical, start_engine, with_engine_options
from briefing.model.places import one_line
from briefing.pipeline.dask_executor import SCHEME, ClusterUnusableError, dask_executor
from briefing.pipeline.shards import ShardNumber, ShardUnusableError
from briefing.pipeline.timing import BuildObserver, BuildProfile, Seconds

log = logging.getLogger("mkdocs.plugins.briefing")
"""MkDocs shows what is said below its name, and `--quiet` and `--verbose` are about that."""
MANY = 50
"""Briefings from which on a log has lines on the way, and not one at the end only."""
LINES = 10
"""Such lines."""
SLOWEST = 10
"""Briefings that a profile names."""


def _shard(ctx: click.Context, param: click.Parameter, value: str | None) -> ShardNumber | None:
    try:
        return None if value is None else ShardNumber.parse(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not value.startswith(SCHEME) or not value.removeprefix(SCHEME).strip("/")):
        raise click.BadParameter(f"“{value}” is no address of a Dask scheduler: write {SCHEME}host:8786")
    return value


@click.command
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--executor", "address", metavar="dask://HOST:PORT", callback=_address, help="Build on a Dask cluster.")
@click.option("--shard", "part", metavar="K/N", callback=_shard, help="Build the K-th of N parts; see --output.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where a shard is written, else shard-K-of-N.bin here; needs --shard.",
)
@click.option("--merge", is_flag=True, help="Build the site with what is in the shards FILES.")
@click.option(
    "--profile", "profiled", is_flag=True, help="Print where the time went: stages, steps, and the slowest briefings."
)
@click.option("-c", "--clean/--dirty", default=True, help="Whether old files are removed from the site (default).")
@click.option("-d", "--site-dir", type=click.Path(), help="Where the site is built.")
@with_engine_options
def build(
    files: tuple[Path, ...],
    address: str | None,
    part: ShardNumber | None,
    output: Path | None,
    merge: bool,
    profiled: bool,
    clean: bool,
    engine: str | None,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Build the site, with the engine whose configuration is there: MkDocs, ProperDocs or Zensical.

    What has not changed since the last build is taken from it. A large site can be built on several machines: by a
    Dask cluster (--executor), or in parts by jobs that share nothing but files: each runs with --shard, and one more
    with --merge and their files. The site is the same, byte for byte.
    """
    _check_arguments(files, part, output, merge)
    started = start_engine(engine, options["config_file"], quiet, verbose)
    profile = BuildProfile()
    progress = ProgressShown(profile, quiet)
    try:
        if started.engine.name == "zensical":
            if part or merge:
                raise click.UsageError("--shard and --merge are for MkDocs and ProperDocs")
            check_for_zensical(options)
            _build_with_zensical(started.configuration, progress, _maker_of_executor(address), clean, options)
        else:
            _build_with_plugin(progress, _maker_of_executor(address), files, part, output, clean, options)
    except (ShardUnusableError, ClusterUnusableError) as error:
        raise click.ClickException(one_line(str(error))) from error
    finally:
        progress.close()
    if profiled:
        click.echo("\n".join(profile_lines(profile, os.times())))


def _check_arguments(files: tuple[Path, ...], part: ShardNumber | None, output: Path | None, merge: bool) -> None:
    if part and merge:
        raise click.UsageError("--shard makes a part and --merge puts parts together: use one of them")
    if output and not part:
        raise click.UsageError("--output is where a shard is written: it needs --shard (a site's folder is --site-dir)")
    if merge and not files:
        raise click.UsageError("--merge needs the files that --shard has written")
    if files and not merge:
        raise click.UsageError(f"{one_line(str(files[0]))}: files are given with --merge only")


MakeExecutor = Callable[[], AbstractContextManager[Executor | None]]


def _maker_of_executor(address: str | None) -> MakeExecutor:
    return partial(dask_executor, address, log.warning) if address else nullcontext


def _build_with_plugin(
    progress: ProgressShown,
    executor: MakeExecutor,
    files: tuple[Path, ...],
    part: ShardNumber | None,
    output: Path | None,
    clean: bool,
    options: Mapping[str, Any],
) -> None:
    # here, since it imports the engine
    from briefing.mkdocs.commands import HowToBuild, PluginMissingError, build_shard, build_site

    how = HowToBuild(progress, executor, files)
    try:
        if not part:
            build_site(how, clean=clean, **options)
            return
        output = output or Path(f"shard-{part.number}-of-{part.of}.bin")
        # A shard needs neither, since it is no site.
        given = {name: value for name, value in options.items() if name not in ("site_dir", "strict")}
        made = build_shard(how, part, output, **given)
    except PluginMissingError as error:
        raise click.UsageError("the site's configuration does not have the plugin “briefing”") from error
    if made.broken:
        log.info("%d of them have errors, which the merge prints", len(made.broken))
    log.info("shard %d of %d: %d briefings in %s", part.number, part.of, made.briefings, one_line(str(output)))


def _build_with_zensical(
    configuration: Path | None, progress: ProgressShown, executor: MakeExecutor, clean: bool, options: Mapping[str, Any]
) -> None:
    # here, since it imports what reads the configuration
    from briefing.mkdocs.site_input import ConfigurationUnusableError
    from briefing.preview.builder import BuildFailedError
    from briefing.zensical.site import ZensicalFailedError, build_site

    if configuration is None:
        raise click.UsageError(NO_CONFIGURATION)
    site = Path(options["site_dir"]) if options["site_dir"] else None
    strict = bool(options["strict"])
    try:
        build_site(configuration, site, strict=strict, clean=clean, executor=executor, observer=progress)
    except (ConfigurationUnusableError, BuildFailedError, ZensicalFailedError) as error:
        raise click.ClickException(one_line(str(error))) from error


# --- progress --------------------------------------------------------------------------------------------------------


class ProgressShown(BuildObserver):
    """Shows how many briefings are done: a bar on a terminal, lines of the log elsewhere. Tells `profile` everything.

    `quiet` shows no bar; the lines are the log's.
    """

    def __init__(self, profile: BuildProfile, quiet: bool = False) -> None:
        self.profile, self.quiet = profile, quiet
        self._bar: Any = None
        self._total = self._done = self._kept = 0

    def begin(self, total: int) -> None:
        """Show that it begins."""
        self.close()
        self.profile.begin(total)
        self._total, self._done, self._kept = total, 0, 0
        if total and sys.stderr.isatty() and not self.quiet:
            self._bar = click.progressbar(
                length=total, label="briefings", file=sys.stderr, item_show_func=lambda told: told, update_min_steps=1
            )
            self._bar.__enter__()

    def done(self, path: str, kept: bool, seconds: Seconds) -> None:
        """Show one more."""
        self.profile.done(path, kept, seconds)
        self._done += 1
        self._kept += kept
        if self._bar:
            self._bar.update(1, f"{self._kept:,} from the store" if self._kept else "")
        elif self._total >= MANY and self._is_line_due():
            log.info("briefings: %s of %s, %s from the store", *map(_number, (self._done, self._total, self._kept)))
        if self._done == self._total:
            self.close()
            built = self._done - self._kept
            log.info("briefings: %s built, %s from the store", _number(built), _number(self._kept))

    def stage(self, name: str) -> None:
        """Tell the profile."""
        self.profile.stage(name)

    def close(self) -> None:
        """End the line of the bar, if there is one."""
        bar, self._bar = self._bar, None
        if bar:
            bar.__exit__(None, None, None)

    def _is_line_due(self) -> bool:
        """Return whether another tenth is done, the last apart."""
        before, now = (LINES * done // self._total for done in (self._done - 1, self._done))
        return before < now < LINES


def _number(number: int) -> str:
    return f"{number:,}"


# --- profile ---------------------------------------------------------------------------------------------------------


def profile_lines(profile: BuildProfile, used: os.times_result) -> list[str]:
    """Return a profile as it is printed; `used` is what the process has computed, with those that it started."""
    whole = sum(profile.stages.values())
    lines = [f"The build took {whole:.2f} s, in which {sum(used[:4]):.2f} s were computed here. By stage:", ""]
    lines += _rows(profile.stages, whole)
    if profile.steps:
        computed, number = sum(profile.steps.values()), len(profile.briefings)
        of = f"{number:,} briefings were built in {computed:.2f} s of computing, wherever that was"
        lines += ["", f"{of}; {profile.kept:,} were in the store. By step:", "", *_rows(profile.steps, computed)]
        lines += ["", "The slowest briefings:", ""]
        lines += [f"{seconds:9.3f} s         {one_line(path)}" for path, seconds in profile.slowest[:SLOWEST]]
    return lines


def _rows(seconds: Seconds, whole: float) -> list[str]:
    return [f"{each:9.3f} s {each / whole if whole else 0:6.1%}  {name}" for name, each in seconds.items()]
