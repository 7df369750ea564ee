"""What a site says of itself: pages, feeds and citations name it, and give its addresses."""

from __future__ import annotations

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
    def root(self) -> str:
        """The address with a slash at its end."""
        return self.url.rstrip("/") + "/"

    @property
    def complete(self) -> bool:
        """Whether the addresses of pages can be complete."""
        parts = urlsplit(self.url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def address(self, page: str) -> str:
        """Return where a page is, by its path relative to the docs folder; the site's home for an empty one."""
        stem = page.removesuffix(".md")
        return self.root + (quote(stem) + ("/" if self.directory_urls else ".html") if stem else "")


NOWHERE = Publication()
"""A site of which nothing is known."""
