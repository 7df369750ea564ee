"""Which engine builds a site: the one that is named, or whose configuration is there; and whether it can be used.

An engine turns Markdown pages into a site. MkDocs and ProperDocs run our plugin; Zensical runs none, and gets real
pages. Nothing of an engine is imported here.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


class EngineUnusableError(Exception):
    """The engine cannot build the site; the message says what its author can do about it."""


UNTRIED = "BRIEFING_UNTRIED_ENGINES"
"""The environment variable with which engines are tried that are newer than those known to work."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A generator of sites."""

    name: str
    """As it is named on the command line, and as its distribution is called."""
    configurations: tuple[str, ...]
    """What its own configuration may be called."""
    least: tuple[int, ...]
    """The first release that it can be used from."""
    below: tuple[int, ...]
    """The first that is not known to work."""
    reason: str
    """Why that one cannot be used."""

    @property
    def requirement(self) -> str:
        """What pip installs."""
        least, below = (".".join(map(str, numbers)) for numbers in (self.least, self.below))
        return f"{self.name}>={least},<{below}"


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("mkdocs", ("mkdocs.yml", "mkdocs.yaml"), (1, 6, 1), (2,), "MkDocs 2 runs no plugins"),
        Engine("properdocs", ("properdocs.yml", "properdocs.yaml"), (1, 6, 7), (2,), "nobody has tried it yet"),
        Engine("zensical", ("zensical.toml",), (0, 0, 60), (0, 1), "nobody has tried it yet"),
    )
}
"""By name; the first is the default."""


def choose_engine(named: str | None, configuration: Path | None, folder: Path) -> tuple[Engine, Path | None]:
    """Return the engine of a site and its configuration; no configuration where the engine is to look for it itself.

    `named` is the engine that was asked for, `configuration` the file, `folder` where both are looked for if not given.
    Raises EngineUnusableError for an engine that is not installed, or in a version that cannot be used.
    """
    configuration = configuration or find_configuration(named, folder)
    engine = ENGINES[named] if named else _engine_of(configuration)
    if configuration and configuration.suffix == ".toml" and engine.name != "zensical":
        raise EngineUnusableError(f"{configuration.name} is a configuration for Zensical: add --engine zensical")
    _check_version(engine)
    return engine, configuration


def find_configuration(named: str | None, folder: Path) -> Path | None:
    """Return the configuration in a folder. ProperDocs and Zensical also build what is configured for MkDocs."""
    engines = [ENGINES[named], ENGINES["mkdocs"]] if named else list(ENGINES.values())
    files = (folder / name for engine in engines for name in engine.configurations)
    return next((file for file in files if file.is_file()), None)


def _engine_of(configuration: Path | None) -> Engine:
    name = configuration.name if configuration else ""
    fitting = (engine for engine in ENGINES.values() if name in engine.configurations)
    if configuration and configuration.suffix == ".toml":
        return ENGINES["zensical"]
    return next(fitting, ENGINES["mkdocs"])


def _check_version(engine: Engine) -> None:
    try:
        installed = version(engine.name)
    except PackageNotFoundError as error:
        told = f"the engine “{engine.name}” is not installed: pip install '{engine.requirement}'"
        raise EngineUnusableError(told) from error
    numbers = tuple(map(int, re.findall(r"\d+", re.match(r"[\d.]*", installed)[0])))  # type: ignore[index]
    if numbers >= engine.below and not os.environ.get(UNTRIED):
        why = f"{engine.name} {installed} cannot be used yet ({engine.reason})"
        raise EngineUnusableError(f"{why}: pip install '{engine.requirement}'")
    if numbers < engine.least:
        raise EngineUnusableError(f"{engine.name} {installed} is too old: pip install '{engine.requirement}'")


def take_the_place_of_mkdocs() -> None:
    """Have ProperDocs answer to every import of MkDocs, also of plugins that know MkDocs alone.

    Raises EngineUnusableError where MkDocs is there already.
    """
    if "mkdocs" in sys.modules and sys.modules["mkdocs"].__name__ == "mkdocs":
        raise EngineUnusableError("MkDocs runs in this process already; ProperDocs needs one of its own")
    import properdocs.replacement  # noqa: F401
