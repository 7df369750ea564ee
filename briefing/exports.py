"""The second door: the same pages as plain Markdown with a plain mkdocs.yml.

What is written builds without this plugin, under MkDocs, ProperDocs or Zensical, so a user's work outlives the program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import yaml

from briefing.render.names import MARKDOWN

_EXTENSIONS = ("attr_list", "md_in_html")
_KEPT_PLUGINS = ("search",)
"""Plugins that every engine has under this name."""
_REPLACED = (
    "plugins",
    "markdown_extensions",
    "extra_css",
    "extra_javascript",
    "not_in_nav",
    "exclude_docs",  # what it leaves out is not written, and it is not about the pages that are
    "hooks",
    "docs_dir",
    "site_dir",
    "INHERIT",
)


class MarkdownPage(Protocol):
    """A page that is to be written."""

    @property
    def path(self) -> str:
        """Relative to the docs folder, ending in .md."""

    @property
    def markdown(self) -> str:
        """Its text."""


class ContentFile(Protocol):
    """A file that is to be written."""

    @property
    def path(self) -> str:
        """Relative to the docs folder."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class Export:
    """A folder to be written."""

    files: Mapping[str, bytes]
    """By path relative to the folder."""
    dropped: tuple[str, ...]
    """Settings of the site that a plain one does not carry."""


def plain_site(
    settings: Mapping[str, object],
    files: Mapping[str, bytes],
    pages: Sequence[MarkdownPage],
    attachments: Sequence[ContentFile],
    assets: Mapping[str, bytes],
    overrides: Mapping[str, bytes],
    navigation: frozenset[str] = frozenset(),
) -> Export:
    """The folder for a site: its own files, the briefings' pages and downloads, assets and a plain mkdocs.yml.

    Of the pages only those in `navigation` may be in one that makes itself from files.
    """
    hidden = [page.path for page in pages if "nav" in settings or page.path not in navigation]
    plain, dropped = _settings(settings, hidden, list(assets), bool(overrides))
    written = {f"docs/{path}": content for path, content in files.items()}
    written |= {f"docs/{page.path}": _without_template(page.markdown).encode() for page in pages}
    # A page as Markdown is what is exported already, and an engine would make a page of a file beside it.
    beside = {file.path: file.content for file in attachments if not file.path.endswith(MARKDOWN)} | dict(assets)
    written = {f"docs/{path}": content for path, content in beside.items()} | written
    written |= {f"overrides/{path}": content for path, content in overrides.items()}
    written[MARKER] = b""
    written["mkdocs.yml"] = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110).encode()
    return Export(written, tuple(dropped))


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as people do."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _settings(
    settings: Mapping[str, object], hidden: Sequence[str], assets: Sequence[str], overrides: bool
) -> tuple[dict[str, object], list[str]]:
    """mkdocs.yml without this plugin, and the names of what was left behind; `hidden` stay out of the navigation."""
    plain: dict[str, object] = {}
    dropped: list[str] = []
    for key, value in settings.items():
        if key not in _REPLACED:
            plain[key] = _plain_value(value, key, dropped)
    if isinstance(plain.get("theme"), str):
        plain["theme"] = {"name": plain["theme"]}
    theme: Any = plain.setdefault("theme", {"name": "mkdocs"})
    theme.pop("custom_dir", None)
    if overrides:
        theme["custom_dir"] = "overrides"
    plain["plugins"] = _plugins(settings.get("plugins"), dropped)
    plain["markdown_extensions"] = _extensions(settings.get("markdown_extensions"), dropped)
    for key, ending in (("extra_css", ".css"), ("extra_javascript", ".js")):
        own = settings.get(key)
        plain[key] = [*(own if isinstance(own, list) else ()), *(path for path in assets if path.endswith(ending))]
    plain["not_in_nav"] = "\n".join(
        [*str(settings.get("not_in_nav") or "").split("\n"), *(f"/{p}" for p in hidden)]
    ).strip()
    dropped += [key for key in ("hooks",) if key in settings]
    return plain, dropped


def _plugins(value: object, dropped: list[str]) -> list[object]:
    kept: list[object] = []
    for name, options in named_settings(value):
        if name in _KEPT_PLUGINS:
            kept.append({name: _plain_value(options, f"plugins.{name}", dropped)} if options else name)
        elif name != "briefing":
            dropped.append(f"plugins.{name}")
    return kept


def _extensions(value: object, dropped: list[str]) -> list[object]:
    """The site's own Markdown extensions and the two that the pages need."""
    own = dict(named_settings(value))
    for name in _EXTENSIONS:
        own.setdefault(name, None)
    return [
        {name: _plain_value(options, f"markdown_extensions.{name}", dropped)} if options else name
        for name, options in own.items()
    ]


def named_settings(value: object) -> list[tuple[str, object]]:
    """Return MkDocs' lists of names, of names with options, or mappings of both, as pairs."""
    if isinstance(value, Mapping):
        return [(str(name), options) for name, options in value.items()]
    found: list[tuple[str, object]] = []
    for item in value if isinstance(value, list) else []:
        found += [(str(n), o) for n, o in item.items()] if isinstance(item, Mapping) else [(str(item), None)]
    return found


def _plain_value(value: object, name: str, dropped: list[str]) -> object:
    """Only what YAML can say without tags; what else there was is named in `dropped`."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        kept = {str(k): _plain_value(v, f"{name}.{k}", dropped) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain_value(item, name, dropped) for item in value]
    dropped.append(name)
    return None


def _without_template(markdown: str) -> str:
    """The page without the two lines of front matter that only the plugin's template reads."""
    head, mark, body = markdown.partition("\n---\n")
    kept = (line for line in head.split("\n") if not line.startswith(("template:", "briefing:")))
    return "\n".join(kept) + mark + body


MARKER = ".briefing-export"
"""Says that a folder was written by an export and may be replaced by the next."""
