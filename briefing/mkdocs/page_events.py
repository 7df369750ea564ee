"""What plugins and hooks of a site do with its pages: whether pages that are ready can be left out of MkDocs' loops.

A plugin that looks at every page, or changes it, must be given every page. Known are those whose handlers leave pages
of briefings as they are; any other has MkDocs treat those pages as it treats all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File

PER_PAGE = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
SEARCHES = frozenset(["material.plugins.search.plugin.SearchPlugin", "mkdocs.contrib.search.SearchPlugin"])
"""They take each page into their index and change nothing else of it that is shown."""
HARMLESS = SEARCHES | {
    "material.plugins.blog.plugin.BlogPlugin",  # its posts and views alone
    "material.plugins.meta.plugin.MetaPlugin",  # pages below a .meta.yml, see `concerns`
    "material.plugins.tags.plugin.TagsPlugin",  # pages with tags of their own, see `concerns`
}
"""Plugins whose handlers of pages do nothing to pages of briefings, unless `concerns` says so."""
REPEATABLE = HARMLESS | {
    "material.plugins.group.plugin.GroupPlugin",
    "material.plugins.info.plugin.InfoPlugin",
    "material.plugins.offline.plugin.OfflinePlugin",
    "mkdocs_awesome_nav.plugin.AwesomeNavPlugin",
    "mkdocs_literate_nav.plugin.LiterateNavPlugin",
}
"""Plugins after which a page is the same again if all that it shows of the site is."""


def plugin_with_pages(config: MkDocsConfig, own: BasePlugin[Any]) -> str:
    """Return the name of a plugin or hook that must be given every page, or an empty text.

    `own` is the plugin that asks.
    """
    return next((_name(config, method) for method in _foreign(config, own, PER_PAGE) if not _is(method, HARMLESS)), "")


def unrepeatable_plugin(config: MkDocsConfig, own: BasePlugin[Any]) -> str:
    """Return the name of a plugin or hook that may make pages differ from build to build, or an empty text.

    What it does to the configuration and to the navigation is seen in them; what it does to the theme or to the pages
    that are written is not.
    """
    events = ("env", "post_build")
    return next((_name(config, method) for method in _foreign(config, own, events) if not _is(method, REPEATABLE)), "")


def concerns(config: MkDocsConfig, file: File, meta: Mapping[str, Any]) -> bool:
    """Return whether a plugin that is harmless otherwise does something with a page that has this front matter."""
    for plugin in config.plugins.values():
        path, options = _path(type(plugin)), getattr(plugin, "config", {})  # a hook, which is a module, has none
        if path.endswith(".MetaPlugin"):
            # as the plugin itself compares them: with what stands before the last slash, whatever follows that
            if any(file.src_path.startswith(name.rpartition(os.sep)[0]) for name in getattr(plugin, "meta", {})):
                return True
        elif path.endswith(".TagsPlugin"):
            listing = str(options.get("listings_directive", "material/tags"))
            if meta.get(options.get("tags_name_property", "tags")) or listing in file.content_string:
                return True
    return False


def searches(config: MkDocsConfig) -> Iterator[Any]:
    """Yield the plugins that take pages into an index; one that is switched off has none."""
    known = (plugin for plugin in config.plugins.values() if _path(type(plugin)) in SEARCHES)
    yield from (plugin for plugin in known if hasattr(plugin, "search_index"))


def _foreign(config: MkDocsConfig, own: BasePlugin[Any], events: tuple[str, ...]) -> Iterator[Callable[..., Any]]:
    methods = (method for event in events for method in config.plugins.events[event])
    yield from (method for method in methods if getattr(method, "__self__", None) is not own)


def _is(method: Callable[..., Any], known: frozenset[str]) -> bool:
    owner = getattr(method, "__self__", None)
    return owner is not None and _path(type(owner)) in known


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _name(config: MkDocsConfig, method: Callable[..., Any]) -> str:
    """Return what mkdocs.yml calls the plugin or hook that a handler belongs to."""
    owner = getattr(method, "__self__", None)
    names = (name for name, plugin in config.plugins.items() if plugin is owner)
    return next(names, getattr(method, "__module__", "") or type(owner).__name__)
