"""Compares the lists of a whole site, `llms.txt` and the sitemap, with its briefings and pages."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

from briefing.anchor.quoting import letters
from briefing.render.names import TEXT
from briefing.verify.briefing_data import Data, head_of
from briefing.verify.findings import Mismatch
from briefing.verify.folder_check import page_files, pages_of
from briefing.verify.known_texts import KnownTexts
from briefing.verify.site_files import LARGEST, SiteFiles
from briefing.verify.text_check import readable

SITEMAP, PACKED = "sitemap.xml", "sitemap.xml.gz"
_ENTRY = re.compile(rf"- \[(.*?)\]\(([^()]*?)/?{re.escape(TEXT)}\)(?:: (.*))?")


def check_list(site: SiteFiles, briefings: Mapping[str, KnownTexts], data: Mapping[str, Data]) -> Iterator[Mismatch]:
    """Yield the briefings that the list for programs does not have, has twice, or describes otherwise."""
    if TEXT not in site.sizes:
        if briefings:
            yield Mismatch("missing", TEXT, "", "nothing lists the briefings for programs")
        return
    listed: dict[str, tuple[str, str]] = {}
    yield from _read_list(site.read(TEXT).decode("utf-8", "replace"), briefings, listed)
    for path, texts in briefings.items():
        if path in listed:
            yield from _check_entry(path, *listed[path], texts, head_of(data.get(path, {})))
        else:
            yield Mismatch("missing", TEXT, path, "the briefing is not listed")


def _read_list(
    text: str, briefings: Mapping[str, KnownTexts], listed: dict[str, tuple[str, str]]
) -> Iterator[Mismatch]:
    """Put title and description of each entry into `listed`, by its briefing; yield what is no entry of one."""
    for line in text.split("\n"):
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            if line.startswith("- "):
                yield Mismatch("added", TEXT, line[:60], "this is no entry of a briefing")
            continue
        path = next((path for path in briefings if _leads_to(entry[2], path)), None)
        if path is None or path in listed:
            yield Mismatch("added", TEXT, entry[2], "there is no such briefing, or it is listed already")
            continue
        listed[path] = entry[1], entry[3] or ""


def _check_entry(path: str, title: str, about: str, texts: KnownTexts, head: Data) -> Iterator[Mismatch]:
    if letters(readable(title)) != letters(texts.manifest.title):
        yield Mismatch("text", TEXT, path, "it is called otherwise", texts.manifest.title, title)
    if not head:  # a briefing without annotations has no data to compare with
        return
    known = str(head.get("description") or "")
    if not letters(known).startswith(letters(readable(about).removesuffix("…"))) or bool(known) != bool(about):
        yield Mismatch("text", TEXT, path, "it is described otherwise", known, about)


def _leads_to(address: str, path: str) -> bool:
    """Return whether an address, complete or not, is that of a folder of the site."""
    found = unquote(urlsplit(address).path).strip("/")
    return found == path or found.endswith(f"/{path}") or (not path and "://" in address)


# --- sitemap -----------------------------------------------------------------------------------------------------


def check_sitemap(site: SiteFiles, briefings: Mapping[str, KnownTexts], data: Mapping[str, Data]) -> Iterator[Mismatch]:
    """Yield the addresses of the sitemap that lead to no page, and the pages of briefings that it does not have."""
    if SITEMAP not in site.sizes:
        return  # not every theme makes one
    content = site.read(SITEMAP)
    if PACKED in site.sizes and _unpacked(site.read(PACKED)) != content:
        yield Mismatch("altered", PACKED, "", f"it does not have what {SITEMAP} has")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        yield Mismatch("altered", SITEMAP, "", "it is damaged: it cannot be read as XML")
        return
    yield from _check_addresses([(one.text or "").strip() for one in root.iter("{*}loc")], site, briefings, data)


def _check_addresses(
    given: list[str], site: SiteFiles, briefings: Mapping[str, KnownTexts], data: Mapping[str, Data]
) -> Iterator[Mismatch]:
    top = _top_of(given)
    listed = set()
    for address in given:
        page = unquote(urlsplit(address).path.removeprefix(top))
        file = f"{page}index.html" if not page or page.endswith("/") else page
        listed.add(file)
        if file not in site.sizes:
            yield Mismatch("added", SITEMAP, address, "there is no such page")
    if not given and not any("://" in str(head_of(one).get("permalink")) for one in data.values()):
        return  # a site that does not know its own address has none to list
    for path, texts in briefings.items():
        folder = f"{path}/".removeprefix("/")
        for page in pages_of(texts.manifest):
            if listed.isdisjoint(page_files(folder, page)):
                yield Mismatch("missing", SITEMAP, f"{folder}{page}", "a page of a briefing is not in it")


def _top_of(addresses: list[str]) -> str:
    """Return the path of the site’s top: the shortest of all."""
    paths = [urlsplit(address).path for address in addresses]
    return min((f"{path.rpartition('/')[0]}/" for path in paths), key=len, default="/")


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            return packed.read(LARGEST)
    except (OSError, EOFError, zlib.error):
        return b""
