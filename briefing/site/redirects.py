"""Former addresses: of briefings that have moved, and of the pages of people, topics and measures that were renamed.
Each leads to the new one, its fragment kept.

A page that sends on has a script of its own file, a refresh for where no scripts run, and a link; nothing is inline, so
that a strict Content-Security-Policy holds.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import relpath
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

from briefing.collection import fold_tag
from briefing.load.schema.formats import as_one_folder, wrong_folder
from briefing.model import Attachment, Briefing, Measure, Person
from briefing.model.places import Place, Problem
from briefing.model.publication import Publication
from briefing.pipeline.briefing_build import Registers
from briefing.pipeline.built import Outline
from briefing.pipeline.checking import BriefingBuilds
from briefing.render import page_names
from briefing.render.messages import Messages, messages
from briefing.render.names import CITE, EMBED
from briefing.render.routes import Routes, entry_page, feeds_of, topic_page
from briefing.site.feeds import FeedChannel

FLOW_SAFE = re.compile(r"[A-Za-z][\w./-]*")
"""Text that needs no quotation marks between brackets."""
SCRIPT = "assets/briefing/moved.js"


def name_problems(library: BriefingBuilds) -> Iterator[Problem]:
    """Yield the folders of briefings that cannot be on every system, each once."""
    seen: dict[str, str] = {}
    for path in (checked.path for checked in library.briefings):
        above = seen.setdefault(as_one_folder(path), path)
        reason = wrong_folder(path)
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
        say = messages(briefing.language)
        for alias in briefing.aliases:
            pages = [_file("", name, directory_urls) for name in page_names(briefing)]
            for name in (*pages, f"/{CITE}", f"/{EMBED}"):
                old, new = f"{alias}{name}", f"{briefing.path}{name}"
                yield Attachment(old, _page(say, briefing.title, old, new, site_url).encode())


def _file(path: str, name: str, directory_urls: bool) -> str:
    """Return the file of a page in a built site."""
    if name == "index":
        return f"{path}/index.html"
    return f"{path}/{name}/index.html" if directory_urls else f"{path}/{name}.html"


def _page(say: Messages, name: str, old: str, new: str, site_url: str) -> str:
    folder = old.rpartition("/")[0]
    target = quote(relpath(new, folder))
    address = target.removesuffix("index.html") or "./"
    whole = site_url.rstrip("/") + "/" + quote(new).removesuffix("index.html") if site_url else address
    values = {
        "lang": say.tag,
        "dir": say.direction,
        "title": say("moved.title"),
        "words": say("moved.words"),
        "name": name,
        "address": address,
        "canonical": whole,
        "script": quote(relpath(SCRIPT, folder)),
    }
    return _MOVED.format_map({name: html.escape(value) for name, value in values.items()})


# --- people, topics, measures ----------------------------------------------------------------------------------------


class FormerName(Struct, frozen=True):
    """A former id or tag of an entry of a register."""

    page: str
    """The page that it had across briefings, relative to the docs folder."""
    now: str
    """The page that the entry has now, whether the site shows it or not."""
    name: str
    """The former id or tag, as it is written."""
    entry: str
    """The id or tag that there is now."""
    title: str
    """What readers call it."""
    at: Place


def former_names(registers: Registers) -> Iterator[FormerName]:
    """Yield all former names in the registers, those of an entry from the oldest on."""
    entries: tuple[tuple[Literal["people", "measures"], Iterable[Person | Measure]], ...] = (
        ("people", registers.people.people.values()),
        ("measures", registers.measures.measures.values()),
    )
    for part, found in entries:
        for one in found:
            title = one.name if isinstance(one, Person) else one.label
            for number, old in enumerate(one.was):
                pages = entry_page(part, old), entry_page(part, one.id)
                yield FormerName(*pages, old, one.id, title, one.at.child("was", number))
    for topic in registers.topics.topics:
        for number, old in enumerate(topic.was):
            pages = topic_page(fold_tag(old)), topic_page(fold_tag(topic.tag))
            yield FormerName(*pages, old, topic.tag, topic.tag, topic.at.child("was", number))


def register_problems(library: BriefingBuilds, docs: Path) -> Iterator[Problem]:
    """Yield former names of people, measures and topics that are in use, and topics that nothing has."""
    registers = library.registers
    tags = {fold_tag(use.tag) for build in library.briefings for use in build.outline.tag_uses}
    present = {entry_page("people", id) for id in registers.people.people}
    present |= {entry_page("measures", id) for id in registers.measures.measures}
    present |= {topic_page(key) for key in tags}
    claimed: dict[str, str] = {}
    for one in former_names(registers):
        if holder := _page_holder(one, present, claimed, docs):
            message = f"the former name “{one.name}” of “{one.entry}” is {holder}"
            yield Problem("was-taken", message, one.at, "take it out here; an address leads to one place")
        claimed.setdefault(one.page, one.entry)
    for topic in registers.topics.topics:
        if fold_tag(topic.tag) not in tags:
            message = f"nothing has the tag “{topic.tag}”, so its former names lead nowhere"
            yield Problem("unknown-topic", message, topic.at, "write the tag that there is now, or take the entry out")


def _page_holder(one: FormerName, present: Collection[str], claimed: Mapping[str, str], docs: Path) -> str:
    """Return what has the page of a former name; empty where it is free."""
    if one.page == one.now:
        return "its present name"
    if one.page in present:
        return "in use"
    if one.page in claimed:
        return "named twice here" if claimed[one.page] == one.entry else f"claimed by “{claimed[one.page]}” too"
    file, folder = docs / one.page, (docs / one.page).with_suffix("")
    return "the address of a page of yours" if file.exists() or (folder / "index.md").exists() else ""


def renamed_pages(
    registers: Registers,
    routes: Routes,
    pages: Collection[str],
    channels: Mapping[str, FeedChannel],
    about: Publication,
) -> Iterator[Attachment]:
    """Yield the files at the former addresses of pages across briefings, and the feeds of these, which programs fetch.

    `pages` are the paths of all pages of the site: nothing is put in the place of one.
    """
    shown = (*routes.people.values(), *routes.topics.values(), *routes.measures.values())
    say, made = messages(about.language), set(pages)
    for one in former_names(registers):
        if one.now not in shown or one.page in made:
            continue
        made.add(one.page)
        stem = one.now.removesuffix(".md")
        further = (page.removeprefix(stem) for page in pages if page.startswith(f"{stem}/"))
        for rest in ("", *(each.removesuffix(".md") for each in further)):
            old, new = (
                _file("", f"{page.removesuffix('.md')}{rest}", about.directory_urls).lstrip("/")
                for page in (one.page, one.now)
            )
            yield Attachment(old, _page(say, one.title, old, new, about.url).encode())
        if one.now in channels:
            yield from (
                Attachment(path, file.content)
                for path, file in zip(feeds_of(one.page), channels[one.now].files, strict=True)
            )


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
