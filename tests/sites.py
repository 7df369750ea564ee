"""Makes real MkDocs sites in temporary folders and builds them, as a user would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing.load.raw_files import RAW

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
