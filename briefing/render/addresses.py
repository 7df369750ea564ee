"""Where the pages of a briefing are, for files that are read apart from them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

from briefing.model import Briefing
from briefing.model.publication import Publication
from briefing.render.index import index


class PageAddresses(Struct, frozen=True):
    """How a site addresses its pages."""

    site: str = ""
    """Its own address, with http or https; addresses are relative to the briefing's folder where it is not known."""
    directory_urls: bool = True
    """Whether `quotes.md` is at `quotes/`, or at `quotes.html`."""

    @classmethod
    def of(cls, site: Publication) -> PageAddresses:
        """Return those of a site."""
        return cls(site.url if site.complete else "", site.directory_urls)

    @property
    def complete(self) -> bool:
        """Whether addresses are complete."""
        parts = urlsplit(self.site)
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def folder(self, path: str) -> str:
        """Return what addresses of the files in a briefing's folder begin with."""
        return _folder(self, path)

    def page(self, path: str, href: str) -> str:
        """Return where a page of the briefing at `path` is, of `quotes.md#id`."""
        name, mark, fragment = href.partition("#")
        stem = name.removesuffix(".md")
        own = ("" if stem == "index" else f"{stem}/") if self.directory_urls else f"{stem}.html"
        return (self.folder(path) + own or "./") + mark + fragment

    def permalink(self, briefing: Briefing, id: str) -> str:
        """Return where something that can be cited is shown, by its id."""
        return self.page(briefing.path, index(briefing)[id].href)


@lru_cache(maxsize=64)  # thousands of addresses begin with it
def _folder(addresses: PageAddresses, path: str) -> str:
    own = "" if path in ("", ".") else f"{quote(path)}/"
    return f"{addresses.site.rstrip('/')}/{own}" if addresses.complete else ""


RELATIVE = PageAddresses()
"""Of a site that does not know its own address."""
