"""The pages of one briefing as they now are, in the site as the last whole build left it.

A briefing alone needs what a whole build has found out: the configuration, the navigation, the files, and the facts of
the other briefings. All of that is kept of the last build that ended, and nothing of one that is under way.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from briefing.mkdocs.navigation import keep_navigation, navigation_of
from briefing.mkdocs.plugin import EXTENSIONS, BriefingPlugin, with_feeds
from briefing.model import Attachment, Page
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.built import BuiltBriefing, Outline
from briefing.pipeline.publish import Published
from briefing.pipeline.site_build import briefing_pages
from briefing.preview.builder import Content, FreshBriefing
from briefing.site.feeds import channels_of_page


@dataclass
class Shell:
    """What the pages of a briefing show of the site around them, as the last whole build left it."""

    config: MkDocsConfig
    plugin: BriefingPlugin
    env: Environment
    nav: Navigation
    files: Files
    published: Published
    generated: dict[str, Outline | None]
    """Pages that are made of briefings, each with the outline of the one that it is of."""
    settings: PageSettings
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held by whoever makes a page, or changes what is known of the files."""

    def show(self, build: BuiltBriefing) -> FreshBriefing:
        """Return the pages and files of a briefing, each made when it is first asked for."""
        with self.lock:
            site = self.published.site
            language = self.published.ordinary.setting.language
            pages = tuple(
                briefing_pages(build, site.echoes, self.published.ordinary.setting.templates, language, preview=True)
            )
            before = self._paths_of(build.path)
            gone = {self._remove(path) for path in before - {page.path for page in pages}}
            shown = [
                file for page in pages if (file := self._put(page, build.outline if build.outline.facts else None))
            ]
            made = {file.dest_uri: Once(partial(self._page, file)) for file in shown}
            attached = {one.path: Once(partial(_content, one)) for one in build.attachments}
            return FreshBriefing({**made, **attached}, frozenset(gone - made.keys()))

    def _paths_of(self, briefing: str) -> set[str]:
        return {path for path in self.generated if path.rpartition("/")[0] == briefing}

    def _remove(self, path: str) -> str:
        """Forget a page that is no longer made; return where it was."""
        del self.generated[path]
        file = self.files.src_uris[path]
        self.files.remove(file)
        return file.dest_uri

    def _put(self, page: Page, of: Outline | None) -> File | None:
        """Return the file of a page with its new text; None where an author's own stands in its place."""
        file = self.files.get_file_from_path(page.path)
        if file is None:
            file = File.generated(self.config, page.path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            self.files.append(file)
        elif page.path not in self.generated:
            return None
        self.generated[page.path] = of
        file._content = page.markdown  # its setter forgets where the page is edited
        file.edit_uri = page.edit or None
        file.abs_src_path = str(Path(self.config.docs_dir) / page.edit)
        shown = file.page or MkDocsPage(None, file, self.config)
        shown.read_source(self.config)
        return file

    def _page(self, file: File) -> bytes:
        """Return a page as MkDocs writes it."""
        with self.lock:
            page, config = file.page, self.config
            assert page is not None
            config.markdown_extensions = [*self.plugin.extensions, *(set(EXTENSIONS) - set(self.plugin.extensions))]
            page.read_source(config)
            page.render(config, self.files)
            page.active = True
            context = get_context(self.nav, self.files, config, page)
            features = config.theme.get("features", ())
            keep_navigation(page, features)
            for plugin in _searches(config):
                plugin.on_page_context(context, page=page, config=config, nav=self.nav)
            context["nav"] = navigation_of(page, self.generated[file.src_uri], self.nav, self.files, features)
            output = self.env.get_template(page.meta.get("template", "main.html")).render(context)
            root = page.url.count("/") * "../" if page.url else ""
            output = with_feeds(output, root, channels_of_page(file.src_uri, self.published.channels))
            page.active = False
            return output.encode("utf-8", errors="xmlcharrefreplace")


def _searches(config: MkDocsConfig) -> Iterator[Any]:
    """Yield the site's searches, which take marks of theirs out of a page; these take nothing into an index."""
    for plugin in config.plugins.values():
        if hasattr(plugin, "search_index"):
            made = copy(plugin)
            made.search_index = _NoIndex()
            yield made


class _NoIndex:
    def add_entry_from_context(self, page: MkDocsPage) -> None:
        """Do nothing."""


def _content(file: Attachment) -> bytes:
    return file.content


class Once:
    """Makes something when it is first asked for, and keeps it."""

    def __init__(self, make: Content) -> None:
        self._make, self._made, self._lock = make, b"", threading.Lock()
        self._done = False

    def __call__(self) -> bytes:
        """Return it."""
        with self._lock:
            if not self._done:
                self._made, self._done = self._make(), True
            return self._made


def needs_all_pages(shell: Shell) -> bool:
    """Return whether a plugin of the site looks at every page, so that none can be made without the others."""
    return False


def take_shell(config: MkDocsConfig, plugin: BriefingPlugin | None) -> Shell | None:
    """Return what a whole build that has just ended knows; None where the site has no briefings."""
    if plugin is None or plugin.published is None or plugin.env is None or plugin.nav is None:
        return None
    return Shell(
        config,
        plugin,
        plugin.env,
        plugin.nav,
        plugin.files,
        plugin.published,
        dict(plugin.generated),
        plugin.page_settings(config),
    )
