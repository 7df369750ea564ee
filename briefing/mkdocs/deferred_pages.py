"""The pages of briefings in a preview: rendered when they are asked for, so that a build does not wait for them."""

from __future__ import annotations

from copy import copy
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from briefing.mkdocs.fast_pages import FastPages
from briefing.mkdocs.generated_pages import GeneratedFile, ReadyPage
from briefing.mkdocs.html_rules import EXTENSIONS, toc_entries
from briefing.mkdocs.page_renderer import Presentation, Renderer
from briefing.pipeline.site_pages import SitePage
from briefing.render.page_html import PageHtml


class DeferredPages(FastPages):
    """The pages of one build, none of which is written; `renderer` makes those that are asked for."""

    def begin(self, files: Files, config: MkDocsConfig) -> None:
        """Leave all pages out of the loops of MkDocs; what is wrong with one is told by a build that is no preview."""
        if self.looped:
            return
        for made in self.offered.values():
            file = files.src_uris.get(made.path)
            if isinstance(file, GeneratedFile) and type(file.page) is MkDocsPage:
                file.make_ready(partial(html_of, made, config, files), self.loop)
                self.ready.append(file)
        self.loop.running = bool(self.ready)
        self._delay_attachments(files, config)

    def write(
        self, files: Files, config: MkDocsConfig, nav: Navigation, plugin: Presentation, repeatable: bool
    ) -> None:
        """Write nothing."""
        self.loop.running = False

    def renderer(self, config: MkDocsConfig, nav: Navigation, plugin: Presentation) -> Renderer:
        """Return what renders pages of this build, once it has ended."""
        return Renderer(config, self.env, nav, self.pages, plugin, self.templates)


def put_page(made: SitePage, file: GeneratedFile, config: MkDocsConfig, files: Files, pages: DeferredPages) -> None:
    """Give a file of the site another page than it had, if it had any."""
    file.read = lambda: made.markdown
    source = partial(html_of, made, config, files)
    if isinstance(file.page, ReadyPage):
        file.page.forget()
        vars(file.page).pop("present_anchor_ids", None)
        vars(file.page).update(source=source, led=None)
    else:
        MkDocsPage(None, file, config)
        file.make_ready(source, pages.loop)


def html_of(made: SitePage, config: MkDocsConfig, files: Files) -> PageHtml:
    """Return the HTML of a page; where it is not certain by our rules, as MkDocs makes it."""
    return made.html or _stock_html(made, config, files)


def _stock_html(made: SitePage, config: MkDocsConfig, files: Files) -> PageHtml:
    """Return the HTML of a page as MkDocs makes it, from copies, so that nothing else notices."""
    own = copy(config)
    missing = [name for name in EXTENSIONS if name not in config.markdown_extensions]
    own.markdown_extensions = [*config.markdown_extensions, *missing]
    file = File(made.path, config.docs_dir, config.site_dir, config.use_directory_urls)
    file._content = made.markdown
    page = MkDocsPage(None, file, own)
    page.read_source(own)
    page.render(own, files)
    anchors, entries = frozenset(page.present_anchor_ids or ()), toc_entries(page.toc)
    title = page._title_from_render or ""
    return PageHtml(made.path, dict(page.meta), (page.content or "",), title, entries, anchors, ())
