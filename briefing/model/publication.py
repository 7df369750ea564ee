"""What a site says of itself: pages, feeds and citations name it, and give its addresses."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct


class Publication(Struct, frozen=True):
    """The site that briefings are published on."""

    name: str = ""
    url: str = ""
    """With http or https; empty where it is not known."""
    author: str = ""
    language: str = "en"
    directory_urls: bool = True
    """Whether `people/ada.md` is at `people/ada/`, or at `people/ada.html`."""

    @property
    def made_by(self) -> str:
        """Who makes it; empty where nobody but its name is given as its author."""
        return self.author if self.author != self.name else ""

    @property
    def root(self) -> str:
        """The address with a slash at its end."""
        return self.url.rstrip("/") + "/"

    @property
    def complete(self) -> bool:
        """Whether the addresses of pages can be complete."""
        return _is_complete(self.url)

    def address(self, page: str) -> str:
        """Return where a page is, by its path relative to the docs folder; the site's home for an empty one."""
        folder, slash, name = page.rpartition("/")
        return self.page(name, self.root + quote(folder + slash)) if page else self.root

    def folder(self, path: str) -> str:
        """Return what addresses of the files in a briefing's folder begin with; empty where none can be complete."""
        return _folder(self, path)

    def page(self, href: str, folder: str = "") -> str:
        """Return where a page is, of `quotes.md#id`, below the address of its folder, or else relative to it."""
        name, mark, fragment = href.partition("#")
        return (folder + _page(name, self.directory_urls) or "./") + mark + fragment

    def overview(self, path: str) -> str:
        """Return the address by which a briefing is cited; empty where it cannot be complete."""
        return self.page("index.md", self.folder(path)) if self.complete else ""


@lru_cache(maxsize=64)  # asked for every address
def _is_complete(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@lru_cache(maxsize=256)  # all briefings have pages of the same names
def _page(name: str, directory_urls: bool) -> str:
    stem = quote(name.removesuffix(".md"))
    if directory_urls:
        return "" if stem == "index" else f"{stem}/"
    return f"{stem}.html"


@lru_cache(maxsize=64)  # thousands of addresses begin with it
def _folder(site: Publication, path: str) -> str:
    return site.root + (f"{quote(path)}/" if path not in ("", ".") else "") if site.complete else ""


NOWHERE = Publication()
"""A site of which nothing is known."""
