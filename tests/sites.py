"""Makes real MkDocs sites in temporary folders and builds them, as a user would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing import resources
from briefing.load.folder_files import RAW
from briefing.model import Briefing, Page
from briefing.pipeline.briefing_build import EditLinks, PageSettings
from briefing.pipeline.checking import check_library
from briefing.pipeline.site_build import Site
from briefing.pipeline.site_build import build_site as join_site
from briefing.render import PARTS, render
from briefing.render.environment import Templates, read_templates

GOOD = Path(__file__).parent / "cases" / "good" / "docs"
"""A docs folder with one complete briefing at briefings/good."""

SETTINGS: Mapping[str, Any] = {
    "site_name": "A site",
    "theme": {"name": "material", "font": False},
    "plugins": ["search", "briefing"],
    "exclude_docs": "\n".join(RAW),
    "markdown_extensions": [{"toc": {"permalink": True}}],
    "validation": {"links": {"anchors": "warn", "not_found": "warn", "unrecognized_links": "warn"}},
}


def make_site(folder: Path, docs: Path | None = GOOD, files: Mapping[str, str] | None = None, **settings: Any) -> Path:
    """Make a site's folder; `files` are written over the copy of `docs`. Gives the path of its mkdocs.yml."""
    if docs:
        shutil.copytree(docs, folder / "docs", dirs_exist_ok=True)
    home = {} if (folder / "docs" / "index.md").exists() else {"index.md": "# Home\n\n<!-- briefings -->\n"}
    for name, text in {**home, **(files or {})}.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    configuration = folder / "mkdocs.yml"
    chosen = {key: value for key, value in {**SETTINGS, **settings}.items() if value is not None}
    configuration.write_text(yaml.safe_dump(chosen, sort_keys=False), encoding="utf-8")
    return configuration


def build_site(configuration: Path, *, command: str = "build", **overrides: Any) -> Path:
    """Build with MkDocs itself, strictly unless for a preview; gives the site's folder. Raises Abort as it does."""
    config = load_config(str(configuration), **{"strict": command == "build", **overrides})
    config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir)


def search_index(site: Path) -> list[dict[str, Any]]:
    """The entries of the search index of a built site."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    entries: list[dict[str, Any]] = index["docs"]
    return entries


def templates() -> Templates:
    """The shipped page templates."""
    return read_templates(resources.templates() / "pages")


def rendered_site(
    docs: Path, *, preview: bool = False, parts: Collection[str] = PARTS, edit: EditLinks | None = None
) -> Site:
    """What the briefings below `docs` add to an English site, without MkDocs."""
    settings = PageSettings(templates(), edit or EditLinks(), frozenset(parts), preview)
    builds = check_library(docs, settings=settings)
    return join_site(builds, templates(), "en", preview=preview, parts=parts)


def rendered(briefing: Briefing) -> dict[str, Page]:
    """The pages of a briefing by their paths, alone on its site."""
    pages = (page.filled(lambda _: "") for page in render(briefing, templates().environment()))
    return {page.path: page for page in pages}
