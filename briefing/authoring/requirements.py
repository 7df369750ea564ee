"""Says how this program can be installed once more: from where it was installed, or from a wheel made of it.

What the installer recorded (PEP 610, `direct_url.json`) is the only thing to go by. A name alone is written only for
what came from an index: anybody may register a name that is on none.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from briefing import resources

NAME = "mkdocs-briefing"
EXTRA = "ingest"
FOLDER = "wheels"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of all files in a wheel, so that the same program gives the same bytes; a ZIP file knows none before it."""
_CARRIED = re.compile(r"(?:METADATA|entry_points\.txt|licenses/.*)")
"""What a wheel takes of the installed metadata; the rest is about this one installation."""


class NotInstalledError(Exception):
    """The program runs without having been installed, so that nothing says where it is from."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a site has to install to get this program."""

    line: str
    """As `requirements.txt` has it."""
    origin: str
    """Where the program is from, for people."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What the line needs beside it, by path."""


def own_requirement() -> Requirement:
    """Return how the running program was installed, as a requirement that works elsewhere too.

    Raises NotInstalledError.
    """
    try:
        return requirement(distribution(NAME))
    except PackageNotFoundError as error:
        raise NotInstalledError(f"{NAME} is not installed here: install it with pip or pipx first") from error


def requirement(installed: Distribution) -> Requirement:
    """Return how a distribution was installed: from an index, an address, or a place that only this computer has."""
    recorded = installed.read_text("direct_url.json")
    if recorded is None:
        return Requirement(f"{NAME}[{EXTRA}]=={installed.version}", "the package index, as it was installed here")
    address = _public_address(json.loads(recorded))
    if address:
        return Requirement(f"{NAME}[{EXTRA}] @ {address}", f"{address}, as it was installed here")
    name, content = wheel(installed)
    path = f"{FOLDER}/{name}"
    return Requirement(f"./{path}[{EXTRA}]", f"{path}, made of the program on this computer", {path: content})


def _public_address(recorded: Mapping[str, Any]) -> str:
    """Return the address that was recorded, with the commit or the hash; empty where other computers cannot ask it."""
    parts = urlsplit(str(recorded.get("url", "")))
    if parts.scheme not in ("http", "https") or not parts.hostname or _is_private(parts.hostname):
        return ""
    host = parts.netloc.rpartition("@")[2]  # a password is nobody else's
    address = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    fragments = []
    if vcs := recorded.get("vcs_info"):
        address = f"{vcs['vcs']}+{address}@{vcs['commit_id']}"
    elif archive := recorded.get("archive_info"):
        hashes = archive.get("hashes") or dict([archive["hash"].split("=", 1)] if archive.get("hash") else [])
        fragments = [f"{name}={value}" for name, value in hashes.items() if name == "sha256"]
    if folder := recorded.get("subdirectory"):
        fragments.append(f"subdirectory={folder}")
    return address + (f"#{'&'.join(fragments)}" if fragments else "")


def _is_private(host: str) -> bool:
    """Return whether a host is this computer, or one of a network that others are not in."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def wheel(installed: Distribution) -> tuple[str, bytes]:
    """Return a wheel of the running program, with its file name: what would be built from it, without a build.

    The bytes are those that run here, whether they were installed or are a checkout that is worked on.
    """
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    about = f"{stem}.dist-info"
    files = resources.shipped()
    for found in installed.files or ():
        folder, _, name = found.as_posix().partition("/")
        if folder.endswith(".dist-info") and _CARRIED.fullmatch(name):
            files[f"{about}/{name}"] = Path(str(found.locate())).read_bytes()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: briefing\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    rows = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in files.items()]
    files[f"{about}/RECORD"] = "".join(f"{row}\n" for row in (*rows, f"{about}/RECORD,,")).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            archive.writestr(entry, content)
    return f"{stem}-py3-none-any.whl", packed.getvalue()


def _digest(content: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
