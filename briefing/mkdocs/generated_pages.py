"""The pages of briefings as MkDocs has them: files of the site whose HTML is ready before MkDocs would make it.

A page that is ready passes MkDocs' two loops over all pages (reading and rendering Markdown, rendering the theme) in no
time, because it is not among the documentation pages while they run; everywhere else it is one of them, so that
navigations, links, sitemaps and other plugins find it. Made for MkDocs 1.6.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta as front_matter
from mkdocs.utils import weak_property

from briefing.pipeline.kept_files import write_site_file
from briefing.pipeline.site_pages import SiteFile
from briefing.render.page_html import PageHtml, PageLinks, TocEntry

FILLED = ("markdown", "meta", "content", "toc", "_title_from_render")
"""What MkDocs sets when it reads and renders a page; a ready page has none of it until it is asked for."""


@dataclass(slots=True)
class Loop:
    """Whether MkDocs is in a loop over all pages, where those that are ready are left out."""

    running: bool = False


OwnFile = TypeVar("OwnFile", bound="LazyFile")


class LazyFile(File):
    """A file that is made of briefings, whose content is read when something asks for it."""

    read: Callable[[], str | bytes] | None = None

    @classmethod
    def of(
        cls: type[OwnFile],
        config: MkDocsConfig,
        path: str,
        inclusion: InclusionLevel,
        read: Callable[[], str | bytes],
    ) -> OwnFile:
        """Return the file at `path` below the docs folder with the content that `read` gives."""
        file = cls.generated(config, path, content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.read, file._content = read, None
        return file

    @property
    def replaced(self) -> bool:
        """Whether somebody has given it another content."""
        return vars(self).get("given") is not None

    @property
    def _content(self) -> str | bytes | None:
        given: str | bytes | None = vars(self).get("given")
        return self.read() if given is None and self.read else given

    @_content.setter
    def _content(self, given: str | bytes | None) -> None:
        vars(self)["given"] = given


class GeneratedAttachment(LazyFile):
    """A file beside the pages of a briefing, for readers to download."""

    key = ""
    """Of its content."""
    waits = False
    """Whether it is written with the pages, and not when MkDocs copies files."""

    @classmethod
    def made(cls, config: MkDocsConfig, attachment: SiteFile) -> GeneratedAttachment:
        """Return the file of an attachment."""
        file = cls.of(config, attachment.path, InclusionLevel.INCLUDED, lambda: attachment.content)
        file.key = f"file {attachment.key}"
        return file

    def is_documentation_page(self) -> bool:
        """Return False: it is no page, though it may be Markdown."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Write it, unless it waits."""
        content = None if self.waits or self.replaced else self._content
        if isinstance(content, bytes):
            write_site_file(content, self.abs_dest_path)
        elif not self.waits:
            super().copy_file(dirty)


class GeneratedFile(LazyFile):
    """A page that is made of briefings, and not read from the docs folder."""

    loop: Loop | None = None
    """Given to pages that are ready."""

    def is_documentation_page(self) -> bool:
        """Return whether MkDocs shall treat it as a page; a page that is ready is none while MkDocs loops over them."""
        return not (self.loop and self.loop.running)

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: a ready page, which MkDocs treats as a static file in its loops, is written with the others."""

    def make_ready(
        self, source: Callable[[], PageHtml], loop: Loop, reach: Callable[[], PageLinks] | None = None
    ) -> None:
        """Have MkDocs leave this page out of its loops; `source` gives its HTML where something asks for it, and
        `reach` its links and anchors where these cost less alone."""
        page = self.page
        assert page is not None and type(page) is MkDocsPage
        for name in FILLED:
            vars(page).pop(name, None)
        # The navigation and other plugins hold this very object, so it becomes another and is not replaced.
        page.__class__ = ReadyPage
        vars(page).update(source=source, led=reach)
        _ = self.dest_uri, self.url  # both depend on whether it is a documentation page
        self.loop = loop


class ReadyPage(MkDocsPage):
    """A page of MkDocs that takes its HTML from `source` when it is needed, if it ever is."""

    source: Callable[[], PageHtml]
    led: Callable[[], PageLinks] | None

    def reach(self) -> PageLinks:
        """Return where it leads, and where others can lead within it."""
        return self.led() if self.led else self.source().reach

    def __getattr__(self, name: str) -> Any:
        if name not in FILLED:
            raise AttributeError(name)
        found = {"markdown": _body(self.file.content_string)} if name == "markdown" else filled(self.source())
        vars(self).update({**found, **vars(self)})
        return vars(self)[name]

    @weak_property
    def title(self) -> str | None:
        """The title, found without its Markdown."""
        found: str | None = self.meta.get("title", self._title_from_render)
        return found

    held = False

    def hold(self) -> None:
        """Keep what somebody has asked for and may have changed."""
        self.held = any(name in vars(self) for name in FILLED)

    def forget(self) -> None:
        """Let go of its HTML, which is taken anew if it is needed again; but what is held stays."""
        for name in () if self.held else FILLED:
            vars(self).pop(name, None)

    @cached_property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """The places in this page that links can lead to."""
        return set(self.reach().anchors)

    def links(self, files: Files) -> dict[File, dict[str, str]]:
        """Return the links to places in pages, as MkDocs keeps them: for each file the places with the links."""
        return links_to_anchors(self.source(), files)


def take_html(page: MkDocsPage, make: Callable[[], PageHtml | None], unchanged: Callable[[], bool]) -> None:
    """Have MkDocs take the HTML that `make` gives when it comes to render a page that goes through its loops.

    It renders the page itself where there is none, where the page leads to what the site does not have, and where a
    plugin has changed the page's Markdown or, as `unchanged` says, what MkDocs renders it with. MkDocs has no hook in
    place of its own rendering, so it is this page's `render` that is replaced.
    """
    file, render = page.file, page.render
    if isinstance(file, LazyFile) and file.replaced:
        return
    given = _body(file.content_string)

    def taken(config: MkDocsConfig, files: Files) -> None:
        html = make() if page.markdown == given and is_as_made(file) and unchanged() else None
        if html is None or not leads_to_pages(html, files):
            render(config, files)
            return
        vars(page).update({name: value for name, value in filled(html).items() if name != "meta"})
        page.present_anchor_ids = set(html.anchors)
        page.links_to_anchors = links_to_anchors(html, files)

    page.render = taken  # type: ignore[method-assign]


def is_as_made(file: File) -> bool:
    """Return whether a file has the address that it has by its path, and is part of the site: links rely on it."""
    usual = (file._get_dest_path(), file._get_url())
    ready = isinstance(file, GeneratedFile) and file.loop is not None  # this was found before, and is not seen now
    return file.inclusion.is_included() and (ready or (file.dest_uri, file.url) == usual)


def leads_to_pages(html: PageHtml, files: Files) -> bool:
    """Return whether the site has everything that a page leads to, at its usual address."""
    targets = (files.src_uris.get(path) for path in {path for path, _ in html.links})
    return all(target is not None and is_as_made(target) for target in targets)


def filled(html: PageHtml) -> dict[str, Any]:
    """Return what MkDocs sets when it reads and renders a page, by name, but for its Markdown."""
    return {
        "meta": deepcopy(dict(html.meta)),
        "content": html.filled(lambda _: ""),
        "toc": table_of_contents(html.toc),
        "_title_from_render": html.title,
    }


def table_of_contents(entries: Sequence[TocEntry]) -> TableOfContents:
    """Return the contents of a page as MkDocs has them."""
    items = [_anchor_link(entry) for entry in entries]
    if items:
        items[0].active = True  # type: ignore[attr-defined]
    return TableOfContents(items)


def links_to_anchors(html: PageHtml, files: Files) -> dict[File, dict[str, str]]:
    """Return the links of a page to places, each as the page's Markdown has it."""
    found: dict[File, dict[str, str]] = {}
    folder = posixpath.dirname(html.path)
    for path, fragment in html.links:
        file = files.get_file_from_path(path)
        if file and fragment:
            there = "" if path == html.path else posixpath.relpath(path, folder)
            found.setdefault(file, {}).setdefault(fragment, f"{there}#{fragment}")
    return found


def _anchor_link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(entry.name, entry.id, entry.level)
    link.children = [_anchor_link(child) for child in entry.children]
    return link


def _body(source: str) -> str:
    """Return a page's Markdown without its head, as MkDocs has it."""
    head = front_matter.YAML_RE.match(source)
    return source[head.end() :].lstrip("\n") if head else source
