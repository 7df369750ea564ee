"""Hashes of files, and where a file differs from the one that was hashed."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator

from briefing.model.manifest import ManifestFile

BLOCK = 4096
_IDS = re.compile(rb' id="?([^"\s>]{1,80})')
_TEXTS = (".html", ".json", ".jsonld", ".js", ".css", ".xml", ".txt", ".csv", ".md", ".svg")


def hash_file(name: str, data: bytes) -> ManifestFile:
    """Return what a manifest says of a file."""
    checksums = tuple(_checksums(data)) if name.endswith(_TEXTS) else ()
    blocks = struct.pack(f">{len(checksums)}I", *checksums).hex()
    return ManifestFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data), blocks=blocks)


def place_of_change(data: bytes, known: ManifestFile) -> str:
    """Return about where a file differs first from the one that a manifest knows, in lines; empty if that is open."""
    expected = [known.blocks[at : at + 8] for at in range(0, len(known.blocks), 8)]
    found = [f"{each:08x}" for each in _checksums(data)]
    if not expected:
        return ""
    both = range(min(len(expected), len(found)))
    at = next((at for at in both if expected[at] != found[at]), len(both))
    within = data[at * BLOCK : (at + 1) * BLOCK]
    ids = _IDS.findall(within) or _IDS.findall(data[: at * BLOCK])[-1:]
    near = ", ".join(f"#{each.decode('utf-8', 'replace')}" for each in ids[:3])
    first = data.count(b"\n", 0, at * BLOCK) + 1
    last = data.count(b"\n", 0, (at + 1) * BLOCK) + 1
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{lines}, at {near}" if near else lines


def _checksums(data: bytes) -> Iterator[int]:
    view = memoryview(data)
    yield from (zlib.crc32(view[at : at + BLOCK]) for at in range(0, len(data), BLOCK))
