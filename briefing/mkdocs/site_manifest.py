"""Writes the manifest of a site when everything else is written: the hash of every file, and what it was made from.

A file whose size, time and number are those that the last build noted is not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from briefing import __version__
from briefing.model.manifest import (
    MANIFEST,
    SITE_MANIFEST,
    VERSION,
    ManifestFile,
    ManifestQuoted,
    SiteManifest,
    encode_manifest,
)
from briefing.pipeline.kept_files import stat_of
from briefing.render.manifest import interface_passages
from briefing.text import language
from briefing.text.marked_passages import marked, unpaired
from briefing.verify.file_hashes import hash_file

PACKAGES = (
    "mkdocs",
    "mkdocs-material",
    "properdocs",
    "zensical",
    "markdown",
    "pymdown-extensions",
    "jinja2",
    "babel",
    "pagefind",
)
"""Those whose version may change a page."""


@dataclass(frozen=True, slots=True)
class SiteInputs:
    """What a site is made from, apart from its briefings."""

    language: str
    files: Mapping[str, bytes]
    """The configuration, what all briefings share, and the site's own pages, by their paths."""
    citing: Mapping[str, str]
    """The pages outside of briefings that show words of them, by their path in the site: the text of an author's own
    page, nothing for one that was made."""
    names: Sequence[str] = ()
    """What all pages call the site and who makes it."""


def write_site_manifest(site: Path, inputs: SiteInputs, cache: Path | None) -> None:
    """Write the manifest of the site in a folder; `cache` is a folder in which its hashes stay for the next build."""
    known = _Hashes(site, cache)
    files = {name: known.of(name) for name in _files(site)}
    known.keep(files)
    folders = (name.rpartition("/")[0] for name in files if name.rpartition("/")[2] == MANIFEST)
    manifest = SiteManifest(
        format="briefing-site-manifest",
        version=VERSION,
        program=f"mkdocs-briefing {__version__}",
        packages=dict(_packages()),
        inputs={name: hashlib.sha256(data).hexdigest() for name, data in sorted(inputs.files.items())},
        language=inputs.language,
        briefings=tuple(folders),
        citing=tuple(sorted(name for name in inputs.citing if name in files)),
        quoted=tuple(_quoted(inputs)),
        files=files,
    )
    (site / SITE_MANIFEST).write_bytes(encode_manifest(manifest))


def _files(site: Path) -> list[str]:
    found, top = [], len(str(site)) + 1
    for folder, _, names in os.walk(str(site)):
        place = folder[top:].replace(os.sep, "/")
        found += [f"{place}/{name}" for name in names] if place else names
    return sorted(name for name in found if name != SITE_MANIFEST)


def _packages() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def _quoted(inputs: SiteInputs) -> Iterator[ManifestQuoted]:
    """Yield what the site's interface puts in quotation marks, and every passage of an author's page that cites: what
    is attributed there to somebody was found when the site was built, and is found again when it is verified."""
    seen: set[str] = set()
    for text in inputs.citing.values():
        for words in _passages_of(text.split("\n\n"), inputs.language):
            if words not in seen:
                seen.add(words)
                yield ManifestQuoted(words=words, found="", reason="page", note="")
    rules = language(inputs.language)
    for name in inputs.names:
        passages = (passage.inner.of(name).strip() for passage in marked(name, rules))
        for words in (*passages, *((name,) if unpaired(name, rules) else ())):
            yield ManifestQuoted(words=words, found="", reason="name", note="")
    yield from interface_passages(inputs.language, seen)


def _passages_of(paragraphs: Iterable[str], tag: str) -> Iterator[str]:
    rules = language(tag)
    for paragraph in paragraphs:
        yield from (passage.inner.of(paragraph).strip() for passage in marked(paragraph, rules))


class _Hashes:
    """The hashes of a site's files, kept from build to build by what a file is recognised by."""

    def __init__(self, site: Path, cache: Path | None) -> None:
        self.site = site
        name = hashlib.blake2b(os.fsencode(site.absolute()), digest_size=8).hexdigest()
        self.note = cache / f"hashes-{name}.json" if cache else None
        self.last: dict[str, list[object]] = {}
        self.stats: dict[str, list[int]] = {}
        with suppress(OSError, ValueError, RecursionError):
            read = json.loads(self.note.read_bytes()) if self.note else {}
            self.last = read["files"] if isinstance(read, dict) and read.get("version") == VERSION else {}

    def of(self, name: str) -> ManifestFile:
        found = list(stat_of(f"{self.site}{os.sep}{name}"))
        self.stats[name] = found
        with suppress(TypeError, ValueError, KeyError, AttributeError):
            stat, known = self.last[name]
            if stat == found:
                return ManifestFile(**known)  # type: ignore[arg-type]
        with open(f"{self.site}{os.sep}{name}", "rb", buffering=0) as opened:  # noqa: PTH123 - as in `stat_of`
            return hash_file(name, opened.read())

    def keep(self, files: Mapping[str, ManifestFile]) -> None:
        """Keep the hashes for the next build; where that fails, they are made anew then."""
        if self.note is None:
            return
        with suppress(OSError):
            self.note.parent.mkdir(parents=True, exist_ok=True)
            noted = {name: (self.stats[name], file) for name, file in files.items()}
            draft = self.note.with_name(f"{self.note.name}.{os.getpid()}")
            draft.write_bytes(msgspec.json.encode({"version": VERSION, "files": noted}))
            draft.replace(self.note)
