"""Which search a site has: the theme's own, or Material's box with a script that fetches nothing before it is opened.

Only a theme with Material's search box and plugin gets the latter, and only where there is a briefing: without one not
a byte of a site's pages changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig

from briefing import resources
from briefing.render.assets import search_assets
from briefing.render.messages import messages

CHOICES = ("auto", "lunr", "theme")
"""What can be written as `search:`; all but "theme" take the theme's box over."""
BOX = "partials/search.html"
"""The theme's template of it."""


def has_own_box(config: MkDocsConfig, choice: str) -> bool:
    """Return whether the site's search is shown by our script: the theme has a box whose place it can take, and the
    site's own templates have none."""
    own = config.theme.custom_dir
    if choice == "theme" or not _is_enabled(config) or (own and Path(own, BOX).is_file()):
        return False
    return any(Path(folder, BOX).is_file() for folder in config.theme.dirs)


def _is_enabled(config: MkDocsConfig) -> bool:
    plugin = config.plugins.get("material/search")
    return plugin is not None and bool(plugin.config.get("enabled", True))


def put_box(environment: Environment, config: MkDocsConfig, language: str) -> bool:
    """Have a site's templates find our search box before the theme's; return whether they can."""
    loader = environment.loader
    if not isinstance(loader, FileSystemLoader):
        return False
    behind_the_sites_own = 1 if config.theme.custom_dir else 0
    loader.searchpath.insert(behind_the_sites_own, str(resources.templates() / "search"))
    said: dict[str, Any] = {"engine": "lunr", "failed": messages(language)("search.failed")}
    environment.globals["briefing_search"] = said
    return True


def files_of_box() -> Mapping[str, bytes]:
    """Return the script and the styles of the box by their paths in a site."""
    return search_assets()
