"""Compares what an RO-Crate says with the files of its folder, and with what data.json says of the briefing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model.manifest import BriefingManifest
from briefing.render.names import CRATE
from briefing.verify.briefing_data import Data, head_of, read_at, rows_in, source_of
from briefing.verify.findings import Mismatch
from briefing.verify.site_files import SiteFiles

Entities = Mapping[str, Mapping[str, Any]]


def check_crate(site: SiteFiles, manifest: BriefingManifest, data: Data, folder: str) -> Iterator[Mismatch]:
    """Yield what in the metadata of a crate is not so; what programs call kinds of files is not compared."""
    name = folder + CRATE
    if name not in site.sizes:
        yield Mismatch("missing", name, "", "nothing describes the folder as a whole")
        return
    try:
        entities: Entities = {str(one["@id"]): dict(one) for one in json.loads(site.read(name))["@graph"]}
        root = entities["./"]
        files = [(str(part["@id"]), entities[str(part["@id"])]) for part in root["hasPart"]]
        found = dict(_told(root, entities))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Mismatch("altered", name, "@graph", "it is damaged: it describes no briefing")
        return
    for field, known in _known(manifest, data).items():
        given = found.get(field)
        if _without_nothing(given) != _without_nothing(known):
            yield Mismatch("altered", name, f"./ {field}", "it is another one", str(known or ""), str(given or ""))
    for file, about in files:
        yield from _check_file(site, name, folder, file, about)


def _told(root: Mapping[str, Any], entities: Entities) -> Iterator[tuple[str, Any]]:
    """Yield what a crate says, by names of our own."""
    for field in ("name", "datePublished", "inLanguage", "description", "keywords", "url"):
        yield field, root.get(field) or None
    yield "author", [entities[one["@id"]].get("name") for one in root.get("author", ())]
    yield "citation", [_work(one["@id"], entities) for one in root.get("citation", ())]
    based = entities[root["isBasedOn"][0]["@id"]]
    publisher = entities.get(based.get("publisher", {}).get("@id", ""), {}).get("name")
    yield "isBasedOn", (*_work(based["@id"], entities), based.get("inLanguage"), publisher)
    yield "program", entities["#_program"].get("softwareVersion")


def _without_nothing(value: Any) -> Any:
    """Return a value in which what is empty and what is not there are the same."""
    if isinstance(value, list | tuple):
        return [_without_nothing(one) for one in value]
    return value or None


def _work(id: str, entities: Entities) -> tuple[Any, ...]:
    about = entities[id]
    return id, about.get("name"), about.get("creditText"), about.get("datePublished")


def _known(manifest: BriefingManifest, data: Data) -> Mapping[str, Any]:
    """Return the same from the manifest, and from data.json where there is one."""
    about, own = head_of(data), manifest.source
    facts = {
        "name": manifest.title,
        "datePublished": manifest.date,
        "inLanguage": manifest.language,
        "program": manifest.program.rpartition(" ")[2],
    }
    if not about:
        return facts
    home, source = str(about.get("permalink")), source_of(data)
    based = read_at(source) or "#_source", own.title or own.publisher or own.kind, own.author, source.get("published")
    works = {based[0]: based}
    cited = [_cited(row) for row in rows_in(data, "references")]
    for work in cited:
        works.setdefault(work[0], work)
    return {
        **facts,
        "description": about.get("description") or manifest.title,
        "keywords": ", ".join(about.get("tags") or ()),
        "url": home if "://" in home else "",
        "author": list(about.get("authors") or ()),
        "citation": [works[id] for id in dict.fromkeys(work[0] for work in cited)],
        "isBasedOn": (*based, own.language, own.publisher),
    }


def _cited(row: Mapping[str, Any]) -> tuple[Any, ...]:
    credit = ", ".join(row.get("authors") or ()) or row.get("publisher")
    title = row.get("title") or row.get("url") or row.get("id")
    return read_at(row) or f"#{row.get('id')}", title, credit, row.get("published")


def _check_file(site: SiteFiles, name: str, folder: str, file: str, about: Mapping[str, Any]) -> Iterator[Mismatch]:
    if folder + file not in site.sizes:
        yield Mismatch("missing", name, file, "it describes a file that is not there")
        return
    size, digest = about.get("contentSize"), about.get("sha256")
    if size is not None and size != str(site.sizes[folder + file]):
        yield Mismatch("altered", name, file, "its size is another one", str(site.sizes[folder + file]), str(size))
    if digest is not None and digest != (found := hashlib.sha256(site.read(folder + file)).hexdigest()):
        yield Mismatch("altered", name, file, "its hash is another one", found, str(digest))
