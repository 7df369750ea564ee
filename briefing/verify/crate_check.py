"""Compares what an RO-Crate says of the files in the folder of a briefing with these files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from briefing.model.manifest import BriefingManifest
from briefing.render.names import CRATE
from briefing.verify.findings import Mismatch
from briefing.verify.site_files import SiteFiles


def check_crate(site: SiteFiles, manifest: BriefingManifest, folder: str) -> Iterator[Mismatch]:
    """Yield what in the metadata of a crate is not so."""
    name = folder + CRATE
    if name not in site.sizes:
        yield Mismatch("missing", name, "", "nothing describes the folder as a whole")
        return
    try:
        entities = {str(one["@id"]): one for one in json.loads(site.read(name))["@graph"]}
        root = entities["./"]
        facts = {field: root.get(field) for field in ("name", "datePublished", "inLanguage")}
        files = [(str(part["@id"]), dict(entities[str(part["@id"])])) for part in root["hasPart"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Mismatch("altered", name, "@graph", "it is damaged: it describes no briefing")
        return
    known = {"name": manifest.title, "datePublished": manifest.date, "inLanguage": manifest.language}
    for field, value in known.items():
        if facts[field] != value:
            yield Mismatch("altered", name, f"./ {field}", "it is another one", value, str(facts[field]))
    for file, about in files:
        if folder + file not in site.sizes:
            yield Mismatch("missing", name, file, "it describes a file that is not there")
            continue
        size, digest = about.get("contentSize"), about.get("sha256")
        if size is not None and size != str(site.sizes[folder + file]):
            yield Mismatch("altered", name, file, "its size is another one", str(site.sizes[folder + file]), str(size))
        if digest is not None and digest != (found := hashlib.sha256(site.read(folder + file)).hexdigest()):
            yield Mismatch("altered", name, file, "its hash is another one", found, str(digest))
