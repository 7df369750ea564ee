"""The configuration of a site that Zensical builds: as its author wrote it, and as Zensical gets it with the pages."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from briefing.exports import named_settings
from briefing.mkdocs.site_input import ConfigurationUnusableError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_READ = (
    "site_name",
    "site_url",
    "site_author",
    "repo_url",
    "edit_uri",
    "edit_uri_template",
    "docs_dir",
    "exclude_docs",
    "draft_docs",
    "use_directory_urls",
    "nav",
)
"""What the pages of briefings depend on, and what says which files are published."""
_NEEDED = ("attr_list", "md_in_html")
"""Extensions without which the pages of briefings are not what they should be."""
DOCS, SITE, OVERRIDES = "docs", "site", "overrides"
"""The folders of a staged site."""
FILE = "mkdocs.yml"
"""The configuration of a staged site; Zensical reads it as it does its own."""


@dataclass(frozen=True, slots=True)
class ZensicalConfiguration:
    """What the author of a site wrote for Zensical, or for MkDocs."""

    file: Path
    """Where it was read from."""
    written: Mapping[str, Any]
    """The settings; those of a zensical.toml are below `project` there."""

    @property
    def theme(self) -> Mapping[str, Any]:
        """The settings of the theme."""
        theme = self.written.get("theme") or {}
        return theme if isinstance(theme, Mapping) else {"name": str(theme)}

    @property
    def overrides(self) -> Path | None:
        """The author's own theme folder."""
        own = self.theme.get("custom_dir")
        return self.file.parent / str(own) if own else None

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.file.parent / str(self.written.get("site_dir") or SITE)

    def for_mkdocs(self) -> MkDocsConfig:
        """Return what the pages of briefings depend on as MkDocs' configuration. Raises ConfigurationUnusableError."""
        read = {name: self.written[name] for name in _READ if self.written.get(name) is not None}
        theme = {"name": "material", "language": str(self.theme.get("language") or "en")}
        plugins = {"briefing": _options(self.written.get("plugins"))}
        text = json.dumps({"site_dir": SITE, **read, "theme": theme, "plugins": plugins})
        try:
            return load_config(io.BytesIO(text.encode()), config_file_path=str(self.file.absolute()))
        except ConfigurationError as error:
            raise ConfigurationUnusableError(f"{self.file.name}: {error}") from error

    def staged(self, folder: Path, hidden: Sequence[str]) -> bytes:
        """Return the configuration of a site that is staged in a folder; `hidden` pages are not in its navigation."""
        added: dict[str, Any] = {
            "docs_dir": DOCS,
            "site_dir": SITE,
            "theme": {**self.theme, "name": self.theme.get("name", "material"), "custom_dir": OVERRIDES},
            # what it leaves out is not staged, and what is generated is published whatever it is called
            "exclude_docs": "",
            "draft_docs": "",
            "not_in_nav": "\n".join((str(self.written.get("not_in_nav") or ""), *(f"/{path}" for path in hidden))),
        }
        extensions = self.written.get("markdown_extensions")
        if extensions is not None or self.file.suffix != ".toml":
            lacking = [name for name in _NEEDED if name not in _names(extensions)]
            more = {name: {} for name in lacking} if isinstance(extensions, Mapping) else lacking
            added |= {"markdown_extensions": more} if more else {}
        if self.file.suffix == ".toml":
            whole = _merged({**self.written, "exclude_docs": "", "draft_docs": ""}, added)
            return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False).encode()
        # tags, such as those of functions, cannot be written once more: the author's own file is read instead
        above = os.path.relpath(self.file.absolute(), folder.absolute())
        del added["theme"]
        theme = {"name": self.theme.get("name", "material"), "custom_dir": OVERRIDES}
        return yaml.safe_dump({"INHERIT": above, **added, "theme": theme}, allow_unicode=True).encode()


def read_configuration(file: Path) -> ZensicalConfiguration:
    """Return what is configured in a zensical.toml or mkdocs.yml. Raises ConfigurationUnusableError."""
    try:
        if file.suffix == ".toml":
            read = tomllib.loads(file.read_bytes().decode("utf-8-sig")).get("project")
            missing = "it has no [project], where Zensical reads its settings"
        else:
            with file.open("rb") as opened:
                read = yaml_load(opened)
            missing = "it has no settings"
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError, ConfigurationError) as error:
        raise ConfigurationUnusableError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(read, Mapping) or not read:
        raise ConfigurationUnusableError(f"{file.name} cannot be used: {missing}")
    return ZensicalConfiguration(file, read)


def _names(value: object) -> frozenset[str]:
    return frozenset(name for name, _ in named_settings(value))


def _options(plugins: object) -> Mapping[str, Any]:
    options = dict(named_settings(plugins)).get("briefing")
    return options if isinstance(options, Mapping) else {}


def _merged(written: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with more in them: a mapping or a list is added to, anything else replaced."""
    merged = dict(written)
    for key, value in added.items():
        before = merged.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = {**before, **value}
        elif isinstance(before, list) and isinstance(value, list):
            merged[key] = [*before, *value]
        else:
            merged[key] = value
    return merged
