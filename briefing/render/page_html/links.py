"""Text with links, and where links lead: MkDocs' rule that a link to a file of the docs folder becomes its address."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import dirname, join, normpath, splitext
from urllib.parse import quote, unquote

from briefing.render.page_html.inline import DESTINATION, RefusedError

_LINK = re.compile(rf"\[([^\[\]\n]+)\]{DESTINATION}")
_WHITE = re.compile(r"\s")
_WITH_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\\]")
_TARGET = re.compile("[A-Za-z0-9_.~/%-]+")
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")


class LinkRules:
    """The inline Markdown of one page; it notes where its links lead."""

    def __init__(self, path: str, directory_urls: bool) -> None:
        self.path = path
        self.directory_urls = directory_urls
        self.found: dict[tuple[str, str], None] = {}
        self._known: dict[str, tuple[str, str]] = {}
        """Addresses that have been met."""

    def inline(self, text: str) -> str:
        """Return a text of words, elements within lines, references and links."""
        if "[" in text:
            image = "![" in text
            text = _LINK.sub(self._link, text)
            if "[" in text or image:
                raise RefusedError
        if "]" in text or "{" in text:
            raise RefusedError
        return text

    def _link(self, found: re.Match[str]) -> str:
        label, address, title = found.groups()
        url = self._address(address)
        if title is None:
            return f'<a href="{url}">{label}</a>'
        if not title.isprintable():
            title = _WHITE.sub(" ", title)
        if title != title.strip():
            raise RefusedError
        return f'<a href="{url}" title="{title}">{label}</a>'

    def _address(self, address: str) -> str:
        """Return an address as it is written in the page, and note where in the site it leads."""
        named, mark, fragment = address.partition("#")
        known = self._known.get(named) or self._look(named)
        path, url = known
        if mark and (not fragment or "#" in fragment):
            raise RefusedError
        if path:
            self.found[path, fragment] = None
        return f"{url}#{fragment}" if mark else url

    def _look(self, named: str) -> tuple[str, str]:
        """Return the file of the site that an address without its fragment names, or nothing, and how it is written."""
        if not named:
            known = self.path, ""
        elif _WITH_SCHEME.match(named):
            known = "", named
        elif _TARGET.fullmatch(named):
            known = _resolved(self.path, named, self.directory_urls)
        else:
            raise RefusedError
        self._known[named] = known
        return known


@lru_cache(maxsize=4096)
def _resolved(page: str, link: str, directory_urls: bool) -> tuple[str, str]:
    """Return the file that a relative link of a page names, and how its address is written there."""
    named = unquote(link)
    path = normpath(join(dirname(page), named))
    if named[0] == "/" or named[-1] == "/" or path[:3] == "../" or not splitext(named)[1]:
        raise RefusedError
    if "%" in link and ("\\" in named or "\x00" in named):
        raise RefusedError
    there = quote(_address_of(path, directory_urls))
    return path, _relative(there, quote(_address_of(page, directory_urls)))


def _address_of(path: str, directory_urls: bool) -> str:
    """Return the address of a file of the docs folder, as MkDocs has it."""
    stem, ending = splitext(path)
    if ending in _OTHER_MARKDOWN or stem.rpartition("/")[2] == "README":
        raise RefusedError
    if ending != ".md":
        return path
    if not directory_urls:
        return f"{stem}.html"
    folder, _, name = stem.rpartition("/")
    return f"{folder or '.'}/" if name == "index" else f"{stem}/"


def _relative(there: str, here: str) -> str:
    """Return an address relative to a page's, as MkDocs writes it."""
    folder, _, name = here.rpartition("/")
    base = _steps(folder if "." in name else here)
    steps = _steps(there)
    common = 0
    while common < min(len(base), len(steps)) and base[common] == steps[common]:
        common += 1
    relative = "/".join([".."] * (len(base) - common) + steps[common:]) or "."
    return f"{relative}/" if there.endswith("/") else relative


def _steps(address: str) -> list[str]:
    return [step for step in address.split("/") if step not in ("", ".")]
