"""Writes the pages of briefings without MkDocs' loops over all pages: their HTML is ready, only the theme is rendered.

The result is that of MkDocs, byte for byte. Where a plugin must see every page, or a page is not ready, MkDocs builds
the pages as it does all others; see `page_events`. A page that shows the same as in the last build is not rendered
again: its file is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from briefing.mkdocs.fingerprint import (
    digest,
    note_names,
    note_templates,
    page_facts,
)
from briefing.mkdocs.generated_pages import (
    GeneratedAttachment,
    GeneratedFile,
    Loop,
    ReadyPage,
    is_as_made,
    leads_to_pages,
    take_html,
)
from briefing.mkdocs.html_rules import html_rules
from briefing.mkdocs.page_events import concerns, plugin_with_pages
from briefing.mkdocs.page_keeper import PageKeeper
from briefing.mkdocs.page_renderer import Presentation, Renderer, index_pages, log
from briefing.pipeline.forked import forked
from briefing.pipeline.kept_files import KeptFiles, Note, stat_of
from briefing.pipeline.site_pages import SitePage
from briefing.render.page_html import PageHtml, PageLinks, page_html


class FastPages:
    """The pages of one build that are ready, and what writes them."""

    def __init__(
        self, config: MkDocsConfig, own: BasePlugin[Any], wanted: bool, kept: KeptFiles | None, looped: bool
    ) -> None:
        """Decide how the pages of the plugin `own` become HTML, if that is `wanted`, and what goes through the loops.

        `kept` has the files of the last build, if any of it may be used; `looped` says that all pages shall go through
        the loops.
        """
        rules, looking = html_rules(config) if wanted else "", plugin_with_pages(config, own)
        self.rules = None if isinstance(rules, str) else rules
        """How HTML is made of pages, if it may be made without MkDocs."""
        self.reason = f"the plugin {looking} processes every page" if wanted and looking else ""
        """Why pages go through the loops, in words; empty where they do not, or only because they shall."""
        if isinstance(rules, str):
            self.reason = rules
        self.looped = looped or bool(self.reason) or not wanted
        self.kept = kept
        self.loop = Loop()
        self.offered: Mapping[str, SitePage] = {}
        self.ready: list[GeneratedFile] = []
        self.waiting: list[GeneratedAttachment] = []
        self.pages: list[File] = []
        """All documentation pages of the site in their order."""
        self.places = ""

    def offer(self, pages: Iterable[SitePage]) -> None:
        """Take the pages that there are."""
        self.offered = {page.path: page for page in pages}

    def begin(self, files: Files, config: MkDocsConfig) -> None:
        """Leave the pages that are ready out of the loops of MkDocs that follow.

        To be called when the navigation is complete. A page that leads to what the site does not have stays in the
        loops, where MkDocs says so in its own words.
        """
        if self.looped:
            return
        self.places = digest([(path, file.inclusion.name, file.url) for path, file in files.src_uris.items()])
        same_places = self.kept is not None and self.kept.last.facts.get("places") == self.places
        for path, made in self.offered.items():
            file = files.src_uris.get(path)
            if not isinstance(file, GeneratedFile) or not _is_usual(file):
                continue
            known = same_places and self.kept is not None and self.kept.knew(file.dest_uri, made.key)
            if known or self._stands_alone(made.html, file, files, config):
                file.make_ready(partial(_html_of, made), self.loop, partial(_reach_of, made))
                self.ready.append(file)
        self.loop.running = bool(self.ready)
        if self.kept and self.ready:
            self._delay_attachments(files, config)

    def _delay_attachments(self, files: Files, config: MkDocsConfig) -> None:
        """Have the files beside the pages written with these, where nothing else has their places in the site."""
        places = Counter(file.dest_uri for file in files)
        places.update(config.theme.static_templates)
        for file in files:
            if isinstance(file, GeneratedAttachment) and not file.replaced and places[file.dest_uri] == 1:
                file.waits = True
                self.waiting.append(file)

    def take(self, page: MkDocsPage, config: MkDocsConfig) -> None:
        """Have a page that goes through the loops take its HTML, before MkDocs renders it."""
        made, rules = self.offered.get(page.file.src_uri), self.rules
        if made and rules and isinstance(page.file, GeneratedFile):
            used = (list(config.markdown_extensions), repr(config.mdx_configs))
            take_html(
                page,
                lambda: made.html or page_html(made.make(), rules),
                lambda: (list(config.markdown_extensions), repr(config.mdx_configs)) == used,
            )

    @staticmethod
    def _stands_alone(html: PageHtml | None, file: File, files: Files, config: MkDocsConfig) -> bool:
        """Return whether nothing of MkDocs and its plugins has to look at a page: all that it leads to is there."""
        return html is not None and leads_to_pages(html, files) and not concerns(config, file, html.meta)

    def pause(self) -> None:
        """The loop that reads pages is over, and other plugins see all of them again."""
        self.loop.running = False

    def resume(self, files: Files, env: Environment) -> None:
        """The loop that writes pages is next, with the templates of `env`."""
        self.pages = list(files.documentation_pages())
        self.loop.running = bool(self.ready)
        if self.ready:
            self.templates = note_templates(env)
            note_names(env)
            self.env = env

    def complete(self, context: TemplateContext) -> None:
        """Have a template see all pages."""
        if self.ready:
            context["pages"] = self.pages

    def write(
        self, files: Files, config: MkDocsConfig, nav: Navigation, plugin: Presentation, repeatable: bool
    ) -> None:
        """Render the theme of all ready pages and write them, or keep their files of the last build.

        `repeatable` says that nothing is known to make the same page differ from build to build.
        """
        self.loop.running = False
        if self.kept and not (self.ready and repeatable):
            self.kept.finish(Note())  # nothing of this build is kept, and nothing that was set aside is needed
        if not self.ready:
            return
        for file in self.ready:
            assert isinstance(file.page, ReadyPage)
            file.page.hold()
        renderer = Renderer(config, self.env, nav, self.pages, plugin, self.templates)
        keeper = PageKeeper(self.kept if repeatable else None, self.env, config, nav)
        unknown = [file.page for file in self.ready if not plugin.has_records(file.src_uri)]
        index_pages(unknown, self.pages, config, nav)
        keys = {file.src_uri: self._key(file, plugin.facts(file.src_uri)) for file in self.ready}
        keeper.take({file.dest_uri: keys[file.src_uri] for file in self.ready}, self._attachment_keys())
        self._write_others(renderer, keeper, keys)
        links = digest(sorted(keys.values()), self.places, list(_anchors(self.pages)))
        if keeper.last.get("links") == links or self._check_links(files, config):
            keeper.facts["links"] = links
        keeper.facts["places"] = self.places
        keeper.finish(self.templates.noted)

    def _write_others(self, renderer: Renderer, keeper: PageKeeper, keys: Mapping[str, str]) -> None:
        """Write the files that are not kept: those beside the pages, and the pages, whose `keys` are by their paths."""
        for attachment in self.waiting:
            if attachment.dest_uri not in keeper.files:
                attachment.waits = False
                attachment.copy_file()
                keeper.note(attachment, attachment.key, stat_of(attachment.abs_dest_path))
        anew = [file for file in self.ready if file.dest_uri not in keeper.files]
        # The first is rendered here, so that copies of this process have the templates compiled.
        written = chain(map(renderer.write, anew[:1]), forked(renderer.write, anew[1:]))
        for file, made in zip(anew, written, strict=True):
            if not made.shown:
                log.info("Page skipped: '%s'. Generated empty output.", file.src_uri)
            keeper.note(file, keys[file.src_uri], made.stat, made.templates)

    def _key(self, file: GeneratedFile, facts: object) -> str:
        """Return what a page is kept by, apart from what all have in common; it begins with the key of its content.

        Its navigation shows the overview of its briefing.
        """
        assert file.page is not None
        overview = self.offered.get(f"{file.src_uri.rpartition('/')[0]}/index.md")
        return f"{self.offered[file.src_uri].key} {digest(page_facts(file.page), facts, overview and overview.key)}"

    def _attachment_keys(self) -> dict[str, str]:
        """Return the keys of files that wait, but for those that somebody has changed since."""
        return {file.dest_uri: file.key for file in self.waiting if not file.replaced}

    def _check_links(self, files: Files, config: MkDocsConfig) -> bool:
        """Have MkDocs say which links lead to no place in their page; return whether there is none."""
        well = True
        for file in self.ready:
            page = file.page
            assert isinstance(page, ReadyPage)
            if not _leads_to_places(page.reach(), files):
                well = False
                page.links_to_anchors = page.links(files)
                page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        return well


def _is_usual(file: GeneratedFile) -> bool:
    """Return whether a page is as it was made: no plugin has given it other text or a class of its own."""
    return not file.replaced and is_as_made(file) and type(file.page) is MkDocsPage


def _leads_to_places(page: PageLinks, files: Files) -> bool:
    """Return whether every place that a page leads to is in its page, as far as MkDocs knows the places of that."""
    for path, fragment in page.links:
        target = files.src_uris[path].page if fragment else None
        if target and target.present_anchor_ids is not None and fragment not in target.present_anchor_ids:
            return False
    return True


def _anchors(pages: Sequence[File]) -> Iterator[object]:
    """Yield the places in the pages that MkDocs reads."""
    for file in pages:
        page = file.page
        if page is not None and not isinstance(page, ReadyPage):
            yield file.src_uri, sorted(page.present_anchor_ids or ())


def _html_of(made: SitePage) -> PageHtml:
    html = made.html
    assert html is not None
    return html


def _reach_of(made: SitePage) -> PageLinks:
    found = made.links
    assert found is not None
    return found
