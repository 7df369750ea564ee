"""Former paths of briefings: each old address leads to the new one, its fragment kept.

A page that sends on has a script of its own file, a refresh for where no scripts run, and a link; nothing is inline, so
that a strict Content-Security-Policy holds.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from briefing.load.schema.formats import as_one_folder, wrong_name
from briefing.model import Attachment, Briefing
from briefing.model.places import Place, Problem
from briefing.pipeline.built import Outline
from briefing.pipeline.checking import BriefingBuilds
from briefing.render import page_names
from briefing.render.messages import messages
from briefing.render.names import CITE, EMBED

FLOW_SAFE = re.compile(r"[A-Za-z][\w./-]*")
"""Text that needs no quotation marks between brackets."""
SCRIPT = "assets/briefing/moved.js"


def name_problems(library: BriefingBuilds) -> Iterator[Problem]:
    """Yield the folders of briefings that cannot be on every system, each once."""
    seen: dict[str, str] = {}
    for path in (checked.path for checked in library.briefings):
        above = seen.setdefault(as_one_folder(path), path)
        reason = wrong_name(path)
        if above != path:
            reason = f"“{path}” and “{above}” are one folder on Windows and macOS"
        if reason:
            hint = "rename the folder, and write its old path into `aliases` if it was published"
            yield Problem("folder-name", reason, Place(f"{path}/briefing.yml"), hint)


def alias_problems(
    library: BriefingBuilds, docs: Path, former: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Problem]:
    """Yield former paths that are in use: by a briefing, by the author's own pages, or as another's former path; and
    those of `former`, by the path that the briefing has now, that are free and lead nowhere."""
    present = {as_one_folder(checked.path) for checked in library.briefings}
    claimed: dict[str, str] = {}
    outlines = [checked.outline for checked in library.briefings]
    for one in outlines:
        for number, alias in enumerate(one.aliases):
            holder = _holder(alias, one.path, present, claimed, docs)
            if holder:
                at = Place(f"{one.path}/briefing.yml", ("aliases", number))
                hint = "take it out here; an address leads to one place"
                yield Problem("alias-taken", f"the former path “{alias}” is {holder}", at, hint)
            claimed.setdefault(as_one_folder(alias), one.path)
    for one in outlines:
        before = (former or {}).get(one.path, ())
        lost = [old for old in before if not _holder(old, one.path, present, claimed, docs)]
        if lost and one.status == "published":
            yield _alias_missing(one, lost)


def _alias_missing(briefing: Outline, lost: Sequence[str]) -> Problem:
    """Return that a briefing has moved and what links to its former addresses arrives nowhere."""
    names = ", ".join(f"“{old}”" for old in lost)
    message = f"this briefing was published as {names}, and links to that lead nowhere now"
    written = ", ".join(old if FLOW_SAFE.fullmatch(old) else f'"{old}"' for old in (*briefing.aliases, *lost))
    hint = f"if readers may have the old address, write into briefing.yml:\naliases: [{written}]"
    return Problem("alias-missing", message, Place(f"{briefing.path}/briefing.yml"), hint)


def _holder(alias: str, path: str, present: set[str], claimed: dict[str, str], docs: Path) -> str:
    """Return what has a former path of the briefing at `path`; empty where it is free."""
    one = as_one_folder(alias)
    if one == as_one_folder(path):
        exactly = "" if alias == path else ", but for capital letters or how accents are encoded"
        return f"the path that the briefing has now{exactly}"
    if one in present:
        return "that of another briefing"
    if one in claimed:
        return "named twice here" if claimed[one] == path else f"claimed by “{claimed[one]}” too"
    folder = docs / alias
    inside = folder.is_dir() and any(
        name.endswith((".md", ".html")) for _, _, names in os.walk(folder) for name in names
    )
    return "a page of yours" if inside or folder.with_name(f"{folder.name}.md").exists() else ""


def redirects(briefings: Iterable[Briefing], *, directory_urls: bool, site_url: str) -> Iterator[Attachment]:
    """Yield the files at the former addresses of all pages of the briefings, and of what other sites show of them."""
    for briefing in briefings:
        for alias in briefing.aliases:
            pages = [_file("", name, directory_urls) for name in page_names(briefing)]
            for name in (*pages, f"/{CITE}", f"/{EMBED}"):
                old, new = f"{alias}{name}", f"{briefing.path}{name}"
                yield Attachment(old, _page(briefing, old, new, site_url).encode())


def _file(path: str, name: str, directory_urls: bool) -> str:
    """Return the file of a page in a built site."""
    if name == "index":
        return f"{path}/index.html"
    return f"{path}/{name}/index.html" if directory_urls else f"{path}/{name}.html"


def _page(briefing: Briefing, old: str, new: str, site_url: str) -> str:
    say, folder = messages(briefing.language), old.rpartition("/")[0]
    target = quote(relpath(new, folder))
    address = target.removesuffix("index.html") or "./"
    whole = site_url.rstrip("/") + "/" + quote(new).removesuffix("index.html") if site_url else address
    values = {
        "lang": say.tag,
        "dir": say.direction,
        "title": say("moved.title"),
        "words": say("moved.words"),
        "name": briefing.title,
        "address": address,
        "canonical": whole,
        "script": quote(relpath(SCRIPT, folder)),
    }
    return _MOVED.format_map({name: html.escape(value) for name, value in values.items()})


_MOVED = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<link rel="icon" href="data:,">
<script src="{script}" data-to="{address}"></script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
</head>
<body>
<p>{words} <a href="{address}">{name}</a></p>
</body>
</html>
"""
