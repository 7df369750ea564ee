"""Runs Pagefind over documents and keeps what it made, for as long as no indexed text changes.

Pagefind is a program of its own (the extra `search`). It is started as a process that reads a folder of HTML; its
Python interface takes a tenth of a second for each record.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = "search/pagefind"
"""Where an index is in a site."""
INSTALL = "pip install 'pagefind[bin]>=1.5,<1.6'"
_NEEDED = ("pagefind.js", "pagefind-entry.json")
"""What the panel of the search loads besides the index; Pagefind's own interfaces are left out."""


class PagefindError(Exception):
    """Pagefind could not make an index; the message says what it said."""


def is_installed() -> bool:
    """Return whether Pagefind can be started."""
    return all(importlib.util.find_spec(name) for name in ("pagefind", "pagefind_bin"))


def make_index(documents: Iterable[tuple[str, str]], language: str, kept: Path | None) -> Mapping[str, bytes]:
    """Return the files of an index of documents, by their paths in a folder; each document has the name of its file.

    `kept` is a folder in which an index stays for the next time; what is in it is taken if it was made of the very same
    documents and is whole. Where it cannot be written to, nothing is kept. Raises PagefindError, and OSError where
    there is no room for the documents.
    """
    given = sorted(documents)
    key = _key(given, language)
    if kept and (files := _read_kept(kept, key)) is not None:
        return files
    files = _run(given, language)
    if kept:
        _keep(kept, key, files)
    return files


def _key(documents: Iterable[tuple[str, str]], language: str) -> str:
    digest = blake2b(digest_size=16)
    versions = [importlib.metadata.version(name) for name in ("pagefind", "pagefind_bin")]
    for part in (*versions, language, *(part for document in documents for part in document)):
        digest.update(f"{len(part)} {part}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _run(documents: Iterable[tuple[str, str]], language: str) -> dict[str, bytes]:
    with TemporaryDirectory(prefix="briefing-search-") as folder:
        source, made = Path(folder, "documents"), Path(folder, "index")
        source.mkdir()
        for name, text in documents:
            (source / name).write_text(text, "utf-8", "replace", newline="")
        options = ("--site", source, "--output-path", made, "--force-language", language.partition("-")[0])
        command = [sys.executable, "-m", "pagefind", *map(str, options), "--quiet"]
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, cwd=folder)
        if ran.returncode or not (made / "pagefind-entry.json").is_file():
            said = (ran.stderr or ran.stdout).strip().splitlines()
            raise PagefindError(said[-1] if said else f"it ended with {ran.returncode}")
        return dict(sorted(_needed(made)))


def _needed(made: Path) -> Iterable[tuple[str, bytes]]:
    (language,) = json.loads((made / "pagefind-entry.json").read_bytes())["languages"].values()
    for path in made.rglob("*"):
        name = path.relative_to(made).as_posix()
        wanted = name in _NEEDED or path.parent != made or path.suffix == ".pf_meta"
        if path.is_file() and (wanted or name == f"wasm.{language['wasm'] or 'unknown'}.pagefind"):
            yield name, path.read_bytes()


# --- what was made before --------------------------------------------------------------------------------------------


_MANIFEST = "manifest.json"


def _read_kept(kept: Path, key: str) -> dict[str, bytes] | None:
    """Return the files of an index that was kept under a key; None where there is none, or not all of it is as it
    was."""
    try:
        manifest = json.loads((kept / _MANIFEST).read_text("utf-8"))
        if manifest["key"] != key:
            return None
        files = {name: _inside(kept, name).read_bytes() for name in manifest["files"]}
        return files if all(_hash(files[name]) == digest for name, digest in manifest["files"].items()) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _inside(kept: Path, name: str) -> Path:
    path = (kept / name).resolve()
    if not path.is_relative_to(kept.resolve()):
        raise ValueError(name)
    return path


def _keep(kept: Path, key: str, files: Mapping[str, bytes]) -> None:
    """Put an index where the next build finds it. Builds at once do not share a folder, and a manifest comes last, so
    that what was interrupted is not taken for whole."""
    beside = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        manifest = {"key": key, "files": {name: _hash(content) for name, content in files.items()}}
        (beside / _MANIFEST).write_text(json.dumps(manifest), "utf-8")
        shutil.rmtree(kept, ignore_errors=True)
        beside.rename(kept)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
