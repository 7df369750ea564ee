"""The pages of one briefing as they now are, in the site as the last whole build left it.

A briefing alone needs what a whole build has found out: the configuration, the navigation, the files, and the facts of
the other briefings. All of that is kept of the last build that ended, and nothing of one that is under way.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from briefing.mkdocs.deferred_pages import DeferredPages, put_page
from briefing.mkdocs.generated_pages import GeneratedFile
from briefing.mkdocs.navigation import show_place
from briefing.mkdocs.page_renderer import Presentation
from briefing.mkdocs.plugin import BriefingPlugin, address_in, records_of, root_of, with_feeds
from briefing.mkdocs.site_search import INDEX
from briefing.pipeline.built import BuiltBriefing, Outline
from briefing.pipeline.publish import Published
from briefing.pipeline.site_build import briefing_pages
from briefing.pipeline.site_pages import SiteFile, SitePage, site_files
from briefing.preview.builder import Content, FreshBriefing
from briefing.site.feeds import channels_of_page
from briefing.site.search_index import found_records, with_records


class Shell:
    """What the pages of a briefing show of the site around them; `lock` is held by whoever uses any of it."""

    def __init__(
        self, config: MkDocsConfig, plugin: BriefingPlugin, published: Published, nav: Navigation, fast: DeferredPages
    ) -> None:
        """Take what `plugin` knows at the end of a whole build: it is another site's as soon as the next begins."""
        self.lock = threading.RLock()
        self.config, self.published, self.nav, self.fast = config, published, nav, fast
        self.files = plugin.files
        self.settings = plugin.page_settings(config)
        self.generated = dict(plugin.generated)
        """Pages that are made of briefings, each with the outline of the one that it is of."""
        self.attached = {path: _attached(build) for path, build in published.site.listed.builds.items()}
        """The files beside the pages, by the folder of their briefing."""
        presentation = Presentation(self._present, self._finish, lambda _: None, lambda _: True)
        self._renderer = fast.renderer(config, nav, presentation)

    def pages(self) -> Mapping[str, Content]:
        """Return all pages and files of briefings and the index of the search, each made when it is first asked for."""
        pages = {file.dest_uri: Once(partial(self._page, file)) for file in self.fast.ready}
        index = Path(self.config.site_dir, INDEX)
        found = {INDEX: Once(self._index)} if self.published.site.listed and index.is_file() else {}
        attached = {file.dest_uri: Once(partial(getattr, file, "content_bytes")) for file in self.fast.waiting}
        return {**attached, **pages, **found}

    def show(self, build: BuiltBriefing) -> FreshBriefing:
        """Return the pages and files of a briefing, each made when it is first asked for."""
        with self.lock:
            site, setting = self.published.site, self.published.ordinary.setting
            rules, templates, language = self.settings.html, setting.templates, setting.language
            pages = tuple(briefing_pages(build, site.echoes, rules, templates, language, preview=True))
            before = {path for path in self.generated if path.rpartition("/")[0] == build.path}
            gone = {self._remove(path) for path in before - {page.path for page in pages}}
            gone |= self.attached.get(build.path, frozenset())
            self.attached[build.path] = _attached(build)
            outline = build.outline if build.outline.facts else None
            shown = [file for page in pages if (file := self._put(page, outline))]
            made = {file.dest_uri: Once(partial(self._page, file)) for file in shown}
            attached = {file.path: Once(partial(_content, file)) for file in site_files(build)}
            files = {**made, **attached}
            return FreshBriefing(files, frozenset(gone - files.keys()))

    def _remove(self, path: str) -> str:
        """Forget a page that is no longer made; return where it was."""
        del self.generated[path]
        file = self.files.src_uris[path]
        self.files.remove(file)
        return file.dest_uri

    def _put(self, page: SitePage, of: Outline | None) -> GeneratedFile | None:
        """Return the file of a page with its new text; None where the author has a file of that name."""
        file = self.files.get_file_from_path(page.path)
        if file is None:
            file = GeneratedFile.of(self.config, page.path, InclusionLevel.NOT_IN_NAV, lambda: page.markdown)
            self.files.append(file)
        if not isinstance(file, GeneratedFile):
            return None
        self.generated[page.path] = of
        file.edit_uri = page.edit or None
        file.abs_src_path = str(Path(self.config.docs_dir) / page.edit)
        put_page(page, file, self.config, self.files, self.fast)
        return file

    def _page(self, file: GeneratedFile) -> bytes:
        """Return a page as MkDocs writes it."""
        with self.lock:
            assert file.page is not None
            return self._renderer.output(file.page).encode("utf-8", errors="xmlcharrefreplace")

    def _present(self, context: TemplateContext, page: MkDocsPage) -> None:
        show_place(context, page, self.generated.get(page.file.src_uri), self.nav, self.files, self.config)

    def _finish(self, output: str, page: MkDocsPage) -> str:
        channels = channels_of_page(page.file.src_uri, self.published.channels)
        return with_feeds(output, root_of(page), channels)

    def _index(self) -> bytes:
        with self.lock:
            written = Path(self.config.site_dir, INDEX).read_text("utf-8")
            found = found_records(records_of(self.published.site), partial(address_in, self.files))
            return with_records(written, [one for own in found for one in own]).encode()


def take_shell(config: MkDocsConfig, plugin: BriefingPlugin | None) -> Shell | None:
    """Return what a whole build that has just ended knows; None where briefings cannot be shown alone.

    They cannot where another plugin looks at every page, since it may change any of them.
    """
    if plugin is None or plugin.published is None or plugin.nav is None:
        return None
    if not isinstance(plugin.fast, DeferredPages) or plugin.fast.looped or plugin.env is None:
        return None
    return Shell(config, plugin, plugin.published, plugin.nav, plugin.fast)


def _attached(build: BuiltBriefing) -> frozenset[str]:
    return frozenset(file.path for file in build.outline.attachments if build.outline.facts)


def _content(file: SiteFile) -> bytes:
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
