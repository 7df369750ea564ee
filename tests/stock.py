"""Pages as MkDocs and Python-Markdown render them, to compare with: by `Page.render`, without a site around them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import meta

from briefing.mkdocs.html_rules import html_rules
from briefing.model import Page
from briefing.render.page_html import HtmlRules, PageHtml, TocEntry, page_html

INIT: tuple[Any, ...] = ("attr_list", "md_in_html", "tables", {"toc": {"permalink": True}})
"""The extensions that `briefing init` writes, which this repository's own site has too."""
BARE: tuple[Any, ...] = ("attr_list", "md_in_html")
"""Those that the plugin gives to generated pages itself."""


class EveryFile(Files):
    """The files of a site in which every link finds what it names."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__([])
        self.config = config
        self.made: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File:
        """Give a file, whatever its path."""
        if path not in self.made:
            config = self.config
            self.made[path] = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        return self.made[path]


class Stock:
    """A configuration of MkDocs, and the rules that our own rendering makes of it."""

    def __init__(self, extensions: Iterable[Any] = INIT, *, directory_urls: bool = True, **settings: Any) -> None:
        self.config = MkDocsConfig()
        self.config.load_dict(
            {
                "site_name": "A site",
                "docs_dir": ".",
                "site_dir": "../site",
                "theme": {"name": "mkdocs"},
                "plugins": [],
                "markdown_extensions": deepcopy(list(extensions)),
                "use_directory_urls": directory_urls,
                "validation": {"links": {"anchors": "warn"}},
                **settings,
            }
        )
        failed, _ = self.config.validate()
        assert not failed, failed
        self.files = EveryFile(self.config)

    @functools.cached_property
    def rules(self) -> HtmlRules:
        """The rules of this configuration."""
        rules = html_rules(self.config)
        assert isinstance(rules, HtmlRules), rules
        return rules

    def render(self, page: Page) -> MkDocsPage:
        """Return the page as MkDocs renders it."""
        shown = MkDocsPage(None, self.files.get_file_from_path(page.path), self.config)
        shown.markdown, shown.meta = meta.get_data(page.markdown)
        shown.render(self.config, self.files)
        return shown

    def same(self, page: Page) -> bool:
        """Compare our HTML of a page with MkDocs'; return False where we refuse the page."""
        ours = page_html(page, self.rules)
        if ours is None:
            return False
        stock = self.render(page)
        assert ours.path == page.path
        assert ours.filled(lambda _: "") == stock.content, page.path
        assert ours.title == stock.title, page.path
        assert ours.meta == stock.meta, page.path
        assert ours.toc == entries(stock.toc), page.path
        assert ours.anchors == stock.present_anchor_ids, page.path
        assert fragments(ours, stock) == stock_fragments(stock), page.path
        return True


def entries(toc: Any) -> tuple[TocEntry, ...]:
    """The table of contents that MkDocs made, as ours."""
    return tuple(TocEntry(each.level, each.id, each.title, entries(each.children)) for each in toc)


def fragments(page: PageHtml, stock: MkDocsPage) -> set[tuple[str, str]]:
    """Where links with a fragment lead, without those of headings to themselves."""
    return {link for link in page.links if link[1]} - permalinks(stock)


def stock_fragments(stock: MkDocsPage) -> set[tuple[str, str]]:
    """The same of MkDocs' page, whose permalinks are links."""
    found: Mapping[File, Mapping[str, str]] = stock.links_to_anchors or {}
    return {(file.src_uri, fragment) for file, fragments in found.items() for fragment in fragments} - permalinks(stock)


def permalinks(stock: MkDocsPage) -> set[tuple[str, str]]:
    """The links of headings to themselves."""
    return {(stock.file.src_uri, id) for id in re.findall('class="headerlink" href="#([^"]*)"', stock.content or "")}
