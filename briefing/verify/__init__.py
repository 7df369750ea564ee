"""Checks a published site with nothing but its files: that nothing was altered, and that what is quoted is there.

The manifests say what was built. The hashes in them show what has changed since; the rest is proved without them, by
comparing pages and data files with the texts, so that hashes which somebody has made anew prove nothing wrong right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from briefing.anchor.quoting import letters
from briefing.model.data_tables import DATA
from briefing.model.manifest import (
    MANIFEST,
    SITE_MANIFEST,
    BriefingManifest,
    ManifestUnusableError,
    SiteManifest,
    decode_manifest,
)
from briefing.render.citation_formats import FORMATS
from briefing.render.names import MARKDOWN, TEXT
from briefing.text import Language, language
from briefing.text.marked_passages import UnpairedMarks
from briefing.verify.briefing_data import NOTHING, Data, read_tables
from briefing.verify.citation_check import ITEMS, check_citation_page, check_citations, check_embeds
from briefing.verify.copy_check import check_copy, copies_of
from briefing.verify.data_check import INDEX, check_data, page_of
from briefing.verify.feed_items import check_feeds
from briefing.verify.field_check import check_fields
from briefing.verify.file_hashes import hash_file, place_of_change
from briefing.verify.findings import Mismatch, Verification
from briefing.verify.folder_check import check_folder
from briefing.verify.known_texts import KnownTexts
from briefing.verify.linked_data_check import check_linked_data
from briefing.verify.listing_check import check_list, check_sitemap
from briefing.verify.page_check import PageTexts, check_cards, check_page, check_text
from briefing.verify.page_reader import PageRead, read_page
from briefing.verify.record_check import check_records
from briefing.verify.site_files import SiteFiles, SiteUnusableError, open_site
from briefing.verify.table_check import check_tables
from briefing.verify.text_check import check_together
from briefing.verify.verdict_check import check_words

_DATA = (".json", ".jsonld", ".csv", ".xml", ".js", ".pf_fragment", MARKDOWN, TEXT)
_PAGES = (".html", ".htm", ".xhtml", ".svg")
"""What browsers show as a page."""
HOST = frozenset(("CNAME", ".nojekyll", ".htaccess", "_headers", "_redirects"))
"""Files that hosts ask for beside a site; they show nothing."""


def verify(place: Path) -> Verification:
    """Return what is wrong with the site in a folder or a zip.

    Raises SiteUnusableError where it cannot be read, or has no manifest that this program understands.
    """
    with open_site(place) as site:
        manifest = _site_manifest(site)
        result = Verification(program=manifest.program, briefings=list(manifest.briefings))
        result.findings += _check_files(site, manifest, result)
        briefings = {path: texts for path in manifest.briefings if (texts := _texts_of(site, path, result))}
        for texts in briefings.values():
            result.annotations += len(texts.manifest.annotations)
            result.excerpts += [] if texts.whole else [texts.manifest.path]
            result.findings += check_records(texts)
        _check_contents(site, manifest, briefings, result)
    result.findings = list(dict.fromkeys(result.findings))
    return result


def _site_manifest(site: SiteFiles) -> SiteManifest:
    if SITE_MANIFEST not in site.sizes:
        raise SiteUnusableError(
            f"it has no {SITE_MANIFEST}: it was not built by this program, or by an older version, so nothing in it "
            "can be verified"
        )
    try:
        return decode_manifest(site.read(SITE_MANIFEST), SiteManifest)
    except ManifestUnusableError as error:
        raise SiteUnusableError(f"its {SITE_MANIFEST} cannot be used, so nothing is verified: {error}") from error


def _texts_of(site: SiteFiles, path: str, result: Verification) -> KnownTexts | None:
    """Return what a briefing's manifest has; None where it is missing or damaged, which is a finding."""
    name = f"{path}/{MANIFEST}".lstrip("/")
    if name not in site.sizes:
        return None  # among the files that are missing already
    try:
        found = decode_manifest(site.read(name), BriefingManifest)
    except ManifestUnusableError as error:
        result.findings.append(Mismatch("altered", name, "", f"it cannot be used: {error}"))
        return None
    if found.path != path:
        result.findings.append(Mismatch("altered", name, "path", "it is of another briefing", path, found.path))
        return None
    return KnownTexts(found)


# --- files -----------------------------------------------------------------------------------------------------------


def _check_files(site: SiteFiles, manifest: SiteManifest, result: Verification) -> Iterator[Mismatch]:
    for name, known in manifest.files.items():
        if name not in site.sizes:
            yield Mismatch("missing", name, "", "it was part of the site and is not there")
            continue
        result.files += 1
        data = site.read(name)
        found = hash_file("", data)
        if found.sha256 != known.sha256:
            element = place_of_change(data, known)
            yield Mismatch("altered", name, element, "it is not as it was built", known.sha256, found.sha256)
    for name in (*site.sizes, *site.others):
        if name not in manifest.files and name != SITE_MANIFEST and name not in HOST:
            yield Mismatch("added", name, "", "it was no part of the site")


# --- what files show -------------------------------------------------------------------------------------------------


def _check_contents(
    site: SiteFiles, manifest: SiteManifest, briefings: Mapping[str, KnownTexts], result: Verification
) -> None:
    listed = frozenset(letters(one.words) for one in manifest.quoted)
    marks = UnpairedMarks(_listed_texts(manifest, briefings.values()))
    every = PageTexts(None, briefings, listed, marks)
    citing = frozenset(manifest.citing)
    pages: dict[str, dict[str, PageRead]] = {path: {} for path in briefings}
    ended: dict[str, bool] = {}
    for name in sorted(site.sizes.keys() - _check_copies(site, briefings, every, result)):
        folder = _folder_of(name, briefings)
        texts = replace(every, own=briefings.get(folder) if folder is not None else None)
        if name.lower().endswith(_PAGES) and (folder is not None or name in citing):
            page = _read_page(site, name, result)
            if page is None:
                continue
            ended[name] = b"</html>" in site.read(name)[-4096:]
            result.findings += check_page(page, name, texts, result)
            if folder is not None:
                pages[folder][name] = page
        elif name.endswith(_DATA) and _holds_words(name, folder):
            result.findings += check_data(name, site.read(name), texts, result)
        if texts.own and name.rpartition("/")[2] in FORMATS:
            result.findings += _check_citations(site, name, texts.own)
    result.findings += _check_ends(ended)
    _check_together(site, briefings, pages, result)


def _listed_texts(site: SiteManifest, briefings: Iterable[KnownTexts]) -> Iterator[tuple[str, Language]]:
    """Yield what manifests list, each in its language; without what readers were shown before a correction."""
    lists = [(site.language, site.quoted), *((each.manifest.language, each.manifest.quoted) for each in briefings)]
    for tag, quoted in lists:
        yield from ((one.words, language(tag)) for one in quoted if one.reason != "former")


def _check_ends(ended: Mapping[str, bool]) -> Iterator[Mismatch]:
    """Yield the pages that are cut, by whether each has its end; what makes pages smaller may leave out all ends."""
    if any(ended.values()):
        yield from (Mismatch("altered", name, "", "it ends before its end") for name in ended if not ended[name])


def _check_together(
    site: SiteFiles,
    briefings: Mapping[str, KnownTexts],
    pages: Mapping[str, Mapping[str, PageRead]],
    result: Verification,
) -> None:
    """Compare the files of each briefing with each other, and the lists and feeds of the site with all of them."""
    data = {path: _data_of(site, path) for path in briefings}
    for path, known in briefings.items():
        result.findings += _check_briefing(site, pages[path], data[path], known)
    result.findings += check_list(site, briefings, data)
    result.findings += check_sitemap(site, briefings, data)
    result.findings += check_feeds(site, briefings, data)


def _read_page(site: SiteFiles, name: str, result: Verification) -> PageRead | None:
    """Return a page as it is read; None where it cannot be, which is a finding."""
    try:
        return read_page(site.read(name))
    except SiteUnusableError as error:
        result.findings.append(Mismatch("altered", name, "", str(error)))
        return None


def _check_briefing(
    site: SiteFiles, pages: Mapping[str, PageRead], data: Data, texts: KnownTexts
) -> Iterator[Mismatch]:
    """Yield what the tables and the pages of a briefing have too little, too much, or otherwise than it has."""
    yield from check_folder(site, texts.manifest)
    yield from check_tables(site, texts, pages)
    yield from check_fields(site, data, pages, texts)
    yield from check_cards(pages, texts)
    yield from check_embeds(pages, texts)
    yield from check_citation_page(pages, _read(site, texts.manifest.path, ITEMS), texts)
    yield from check_linked_data(pages, texts.manifest, data)
    yield from check_text(pages, texts)
    yield from check_words(pages)
    yield from _check_markdown(site, texts)


def _check_markdown(site: SiteFiles, texts: KnownTexts) -> Iterator[Mismatch]:
    """Compare the briefing as plain Markdown in one file with that of its pages."""
    path = texts.manifest.path
    folder = f"{path}/".lstrip("/")
    pages = {
        name: (page, site.read(name))
        for name in site.sizes
        if name.startswith(folder) and (page := page_of(name, texts))
    }
    yield from check_together(folder + TEXT, _read(site, path, TEXT), pages)


def _check_copies(
    site: SiteFiles, briefings: Mapping[str, KnownTexts], texts: PageTexts, result: Verification
) -> frozenset[str]:
    """Check the copies of briefings in one file, and return which these are."""
    copies = {name: known for known in briefings.values() for name in copies_of(known) if name in site.sizes}
    for name, known in copies.items():
        result.findings += check_copy(site, name, replace(texts, own=known), known, result)
    return frozenset(copies)


def _data_of(site: SiteFiles, path: str) -> Data:
    return read_tables(_read(site, path, DATA)) or NOTHING


def _read(site: SiteFiles, path: str, name: str) -> bytes:
    """Return a file of a briefing’s folder; nothing where it is not there."""
    file = f"{path}/{name}".lstrip("/")
    return site.read(file) if file in site.sizes else b""


def _check_citations(site: SiteFiles, name: str, texts: KnownTexts) -> Iterator[Mismatch]:
    return check_citations(name, site.read(name), _read(site, name.rpartition("/")[0], ITEMS), texts)


def _folder_of(name: str, briefings: Mapping[str, KnownTexts]) -> str | None:
    """Return the briefing in whose folder a file is; None where it is in none."""
    folder = name.rpartition("/")[0]
    while folder:
        if folder in briefings:
            return folder
        folder = folder.rpartition("/")[0]
    return "" if "" in briefings and "/" not in name else None


def _holds_words(name: str, folder: str | None) -> bool:
    """Return whether a file shows words of briefings: data of one, feeds, and what is searched."""
    own = name.rpartition("/")[2]
    if own in (MANIFEST, SITE_MANIFEST):
        return False
    return folder is not None or name.startswith("feeds/") or name.endswith(".pf_fragment") or name in (INDEX, TEXT)


__all__ = ["Mismatch", "SiteUnusableError", "Verification", "verify"]
