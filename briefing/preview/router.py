"""From the target of a request to its answer: what a preview shows there, a redirect, or that there is nothing."""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import parse_qs, quote, unquote_to_bytes

from briefing import resources
from briefing.preview.hosts import is_own_host
from briefing.preview.session import PreviewSession

OWN = "/.briefing/"
"""Where the preview's own addresses begin; no site has a page there, since hidden files are not published."""
HTML = "text/html; charset=utf-8"
PATIENCE = 2.0
"""Seconds that a request waits for the first build, before a page says that it is under way."""
POLL = 25.0
"""Seconds that a browser waits for a change before it asks again."""
LONGEST = 2000
"""Characters of an address."""
_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": HTML,
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""What systems answer differently, or without a character set."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request."""

    status: int
    content: bytes | Path
    """The bytes, or a file that holds them."""
    type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class PageEditor(Protocol):
    """Lets pages of the preview change the files that it shows."""

    def tags(self, briefing: str, page: str) -> str:
        """Return what is put at the end of a page of the briefing in a folder; the page is named without that."""

    def page(self, name: str, framed: bool) -> Answer | None:
        """Return what there is to read at a name below the preview's own addresses, perhaps in a frame; None for
        nothing."""

    def refuse(self, headers: Mapping[str, str]) -> Answer | None:
        """Return why a request to write is refused, by its headers in lower case, before its content is read."""

    def answer(self, name: str, content: bytes) -> Answer:
        """Return the answer to a request to write at a name below the preview's own addresses."""


class Router:
    """Answers requests for a site below `mount`, an absolute path that ends in a slash, on the address `host`.

    With `reload`, pages ask for changes of theirs and load again. Without an `editor` nothing can be written.
    """

    def __init__(
        self,
        session: PreviewSession,
        host: str,
        mount: str = "/",
        *,
        reload: bool = True,
        editor: PageEditor | None = None,
    ) -> None:
        self.session, self.host, self.mount, self.reload, self.editor = session, host, mount, reload, editor

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a request for a target, as its first line has it, with these headers in lower case."""
        path, query = self._asked(target, headers)
        if isinstance(path, Answer):
            return path
        if path.startswith(OWN):
            return self._own(path.removeprefix(OWN), parse_qs(query), _is_framed(headers))
        if path == "/" != self.mount:
            return _redirect(self.mount)
        if not path.startswith(self.mount):
            return Answer(404, b"There is nothing at this address.\n")
        return self._page(path, query, _is_framed(headers))

    def refuse(self, target: str, headers: Mapping[str, str]) -> Answer | None:
        """Return why a request to write to a target is refused; None where its content may be read."""
        path, _ = self._asked(target, headers)
        if isinstance(path, Answer):
            return path
        if self.editor is None or not path.startswith(OWN):
            return Answer(405, b"Nothing can be written here.\n", headers={"Allow": "GET, HEAD"})
        return self.editor.refuse(headers)

    def write(self, target: str, content: bytes) -> Answer:
        """Return the answer to a request to write that was not refused."""
        assert self.editor is not None
        with self.session.precedence.urgent():
            return self.editor.answer((_path(target.partition("?")[0]) or "").removeprefix(OWN), content)

    def _asked(self, target: str, headers: Mapping[str, str]) -> tuple[str | Answer, str]:
        """Return the path and the query of a target, or the answer to a request that is not for this preview."""
        if not is_own_host(headers.get("host", ""), self.host):
            return Answer(403, b"The preview answers only under the address that `briefing serve` names.\n"), ""
        if len(target) > LONGEST:
            return Answer(414, b"The address is too long.\n"), ""
        written, _, query = target.partition("#")[0].partition("?")
        path = _path(written)
        return (Answer(400, b"This is no address of a page.\n") if path is None else path), query

    def _page(self, path: str, query: str, framed: bool) -> Answer:
        if not self.session.wait(PATIENCE):
            return Answer(503, self._with_script(_WAITING, ""), HTML, {"Retry-After": "1"})
        inner = path.removeprefix(self.mount)
        name = _file_at(inner)
        found = self.session.content(name)
        if found is not None:
            return self._found(name, found, framed)
        if inner and not inner.endswith("/") and self.session.content(f"{inner}/index.html") is not None:
            return _redirect(f"{path}/", query)
        missing = self.session.content("404.html")
        content = missing.read_bytes() if isinstance(missing, Path) else missing or _MISSING
        return Answer(404, self._with_script(content, self.session.version_of(None)), HTML)

    def _found(self, name: str, found: bytes | Path, framed: bool) -> Answer:
        kind = media_type(name)
        if kind != HTML:
            return Answer(200, found, kind)
        content = found.read_bytes() if isinstance(found, Path) else found
        return Answer(
            200, self._with_script(content, self.session.version_of(content), "" if framed else self._tags(name)), kind
        )

    def _tags(self, name: str) -> str:
        """Return what makes a page of a briefing one to edit."""
        briefing = self.session.briefing_at(name)
        if self.editor is None or not briefing:
            return ""
        return self.editor.tags(briefing, name.removeprefix(f"{briefing}/").removesuffix("index.html").strip("/"))

    def _with_script(self, content: bytes, version: str, tags: str = "") -> bytes:
        """Return a page that asks for changes: `version` is the mark of what it is now."""
        problem = escape(self.session.problem, quote=True)
        live = " data-live" if self.reload else ""
        script = (
            f'<script src="{OWN}preview.js" data-version="{version}" data-problem="{problem}"{live} defer></script>'
        )
        added = ((script if self.reload or self.editor else "") + tags).encode()
        before, end, after = content.rpartition(b"</body>")
        return b"".join((before, added, end, after)) if end else content + added

    def _own(self, name: str, asked: Mapping[str, list[str]], framed: bool) -> Answer:
        if name == "preview.js":
            return Answer(200, resources.templates() / "preview" / "preview.js", _TYPES[".js"])
        if name != "changes":
            found = self.editor.page(name, framed) if self.editor else None
            return found or Answer(404, b"There is nothing at this address.\n")
        path, seen, problem = (asked.get(key, [""])[0] for key in ("page", "seen", "problem"))
        at = _path(path.partition("?")[0])
        if at is None or not at.startswith(self.mount):
            return Answer(400, b"This is no address of a page.\n")
        if not self.session.wait(POLL):
            return Answer(200, json.dumps({"version": "", "problem": ""}).encode(), "application/json")
        version = self.session.wait_for_version(_file_at(at.removeprefix(self.mount)), seen, problem, POLL)
        told = {"version": version, "problem": self.session.problem}
        return Answer(200, json.dumps(told).encode(), "application/json")


def _is_framed(headers: Mapping[str, str]) -> bool:
    """Return whether a page is asked for to be part of another, by what browsers say of that (Fetch Metadata): a
    stranger's page may lay a frame below a button of its own, so that its reader presses one in the frame."""
    return headers.get("sec-fetch-dest", "document") not in ("document", "empty")


def media_type(name: str) -> str:
    """Return the media type of a file by its name, the same on every system."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _TYPES:
        return _TYPES[suffix]
    guessed, encoding = mimetypes.guess_type(name)
    return "application/gzip" if encoding == "gzip" else guessed or "application/octet-stream"


_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


def _path(written: str) -> str | None:
    """Return the path that an address writes; None for one that could lead elsewhere, which no browser sends."""
    if not written.startswith("/"):
        return None
    try:
        path = unquote_to_bytes(written).decode("utf-8")
    except UnicodeDecodeError:
        return None
    parts = path[1:].split("/")
    wrong = any(part in (".", "..") for part in parts) or "" in parts[:-1] or _CONTROL.search(path)
    return None if wrong else path


def _file_at(inner: str) -> str:
    return f"{inner}index.html" if inner.endswith("/") or not inner else inner


def _redirect(path: str, query: str = "") -> Answer:
    return Answer(302, b"", headers={"Location": quote(path) + (f"?{query}" if query else "")})


_WAITING = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>The site is being built</title>
<body style="font: 1.1rem/1.5 system-ui; margin: 4rem auto; max-width: 30rem; padding: 0 1rem">
<h1 style="font-size: 1.4rem">The site is being built</h1>
<p>This page shows it as soon as it is ready.</p>
</body></html>
"""
_MISSING = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not found</title>
<body><h1>Not found</h1><p>There is nothing at this address.</p></body></html>
"""
