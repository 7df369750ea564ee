"""Compares the folder of a briefing with its records as a whole: every page and file that it must have is there."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model.manifest import BriefingManifest
from briefing.render.citation_formats import FORMATS
from briefing.render.names import CITE, CRATE, EMBED, TEXT, WEB_ANNOTATIONS, WORKS
from briefing.verify.findings import Mismatch
from briefing.verify.site_files import SiteFiles

PAGE_OF = {"quotation": "quotes", "reported": "quotes", "figure": "figures", "context": "context"}
"""The page of each kind of annotation."""


def check_folder(site: SiteFiles, manifest: BriefingManifest) -> Iterator[Mismatch]:
    """Yield the pages and files that are not there, whatever the manifest of the site says."""
    folder = f"{manifest.path}/".removeprefix("/")
    for page in pages_of(manifest):
        places = page_files(folder, page)
        found = [place for place in places if place in site.sizes]
        if not found:
            yield Mismatch("missing", places[0], "", "the briefing has such records, and no page of them")
        elif f"{found[0]}.md" not in site.sizes:
            yield Mismatch("missing", f"{found[0]}.md", "", "every page of a briefing has such a file")
    files = [
        CITE,
        EMBED,
        *FORMATS,
        TEXT,
        CRATE,
        *([WEB_ANNOTATIONS] if manifest.annotations else []),
        *([WORKS] if manifest.works else []),
    ]
    if folder + WORKS in site.sizes:
        script = site.read(folder + WORKS).decode("utf-8", "replace")
        for work in manifest.works:
            if f'"{work.id}"' not in script:
                yield Mismatch("missing", folder + WORKS, work.id, "it does not have this work")
    for file in files:
        if folder + file not in site.sizes:
            yield Mismatch("missing", folder + file, "", "every briefing has such a file")


def pages_of(manifest: BriefingManifest) -> tuple[str, ...]:
    """Return the names of the pages that a briefing has at least."""
    named = [PAGE_OF[each.kind] for each in manifest.annotations]
    named += ["figures"] if manifest.derived else []
    named += ["comments"] if manifest.comments else []
    named += [entry.page for entry in manifest.withdrawn]
    return tuple(dict.fromkeys(("index", "text", *named, "method")))


def page_files(folder: str, page: str) -> tuple[str, ...]:
    """Return where the page of a name may be."""
    if page == "index":
        return (f"{folder}index.html",)
    return f"{folder}{page}/index.html", f"{folder}{page}.html"
