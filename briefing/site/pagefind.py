"""Runs Pagefind over documents and keeps what it made, for as long as no indexed text changes.

Pagefind is a program of its own (the extra `search`). It is started as a process that is sent documents and sends back
an index, so that of thousands of small files none is written but those of the site. Its Python interface does the same
and waits a tenth of a second for each answer.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec

FOLDER = "search/pagefind"
"""Where an index is in a site."""
KEPT = "search.msgpack"
"""The name of the file in which one stays."""
INSTALL = "pip install 'pagefind[bin]>=1.5,<1.6'"
_NEEDED = ("pagefind.js", "pagefind-entry.json")
"""What the panel of the search loads besides the index; Pagefind's own interfaces are left out."""


class PagefindError(Exception):
    """Pagefind could not make an index; the message says what it said."""


def is_installed() -> bool:
    """Return whether Pagefind can be started."""
    return all(importlib.util.find_spec(name) for name in ("pagefind", "pagefind_bin"))


def versions() -> tuple[str, ...]:
    """Return the versions that an index depends on; none where Pagefind is not installed."""
    return tuple(map(importlib.metadata.version, ("pagefind", "pagefind_bin"))) if is_installed() else ()


def make_index(
    documents: Iterable[tuple[str, str]], language: str, kept: Path | None = None, key: str = ""
) -> Mapping[str, bytes]:
    """Return the files of an index of documents, by their paths in a folder; each document has the name of its file.

    `kept` is a file in which an index stays for the next time; what is in it is taken if it was kept under the same
    `key`, a hash of all that the documents are made of, and is whole: then no document is made. Where it cannot be
    written to, nothing is kept. Raises PagefindError, and OSError where Pagefind cannot be started.
    """
    if kept and (files := _read_kept(kept, key)) is not None:
        return files
    files = _run(documents, language)
    if kept:
        _keep(kept, key, files)
    return files


def _run(documents: Iterable[tuple[str, str]], language: str) -> dict[str, bytes]:
    with _service() as service:
        service.ask("NewIndex", config={"force_language": language.partition("-")[0]})
        for name, text in documents:
            sent = text.encode("utf-8", "replace").decode()
            service.ask("AddFile", index_id=0, file_path=name, file_contents=sent)
        made = service.ask("GetFiles", index_id=0)["files"]
    files = {file["path"]: b64decode(file["content"]) for file in made}
    return {name: files[name] for name in sorted(_needed(files))}


class _Service:
    """Pagefind as a process that answers one message after the other: JSON in base64, with a comma behind each."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self._process, self._errors = process, errors

    def ask(self, kind: str, **given: object) -> dict[str, Any]:
        """Send a message and return the answer. Raises PagefindError."""
        to, answers = self._process.stdin, self._process.stdout
        assert to and answers
        message = {"message_id": 1, "payload": {"type": kind, **given}}
        with suppress(BrokenPipeError):  # it has ended, and sends nothing either
            to.write(b64encode(json.dumps(message).encode()) + b",")
            to.flush()
        parts = [b""]
        while not parts[-1].endswith(b","):
            parts.append(os.read(answers.fileno(), 1 << 20))
            if not parts[-1]:
                raise PagefindError(self._last_words())
        answer: dict[str, Any] = json.loads(b64decode(b"".join(parts)[:-1]))["payload"]
        if answer["type"] == "Error":
            raise PagefindError(str(answer["message"]))
        return answer

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else f"it ended with {code}"


@contextmanager
def _service() -> Iterator[_Service]:
    from pagefind_bin import get_executable  # an extra

    program, pipe = Path(get_executable()), subprocess.PIPE
    with TemporaryFile() as errors:
        # In its own folder, where no file of a site's author can be taken for its settings.
        process = subprocess.Popen(
            (program, "--service"), stdin=pipe, stdout=pipe, stderr=errors, cwd=program.resolve().parent
        )
        try:
            yield _Service(process, errors)
        finally:
            process.communicate()  # which closes what it reads from, and so ends it


def _needed(files: Mapping[str, bytes]) -> Iterator[str]:
    (language,) = json.loads(files["pagefind-entry.json"])["languages"].values()
    for name in files:
        part_of_index = "/" in name or name.endswith(".pf_meta")
        if name in _NEEDED or part_of_index or name == f"wasm.{language['wasm'] or 'unknown'}.pagefind":
            yield name


# --- what was made before --------------------------------------------------------------------------------------------

_NAME = re.compile(r"(?:\w+/)?\w[\w.-]*", re.ASCII)


class _Kept(msgspec.Struct):
    """An index as it stays in a file."""

    key: str
    digest: str
    files: dict[str, bytes]


def _read_kept(kept: Path, key: str) -> dict[str, bytes] | None:
    """Return the files of an index that was kept under a key; None where there is none, or not all of it is as it
    was."""
    try:
        found = msgspec.msgpack.decode(kept.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    whole = found.key == key and found.digest == _digest(found.files) and all(map(_NAME.fullmatch, found.files))
    return found.files if whole else None


def _keep(kept: Path, key: str, files: dict[str, bytes]) -> None:
    """Put an index where the next build finds it, whole or not at all."""
    beside = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.msgpack.encode(_Kept(key, _digest(files), files)))
        beside.replace(kept)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _digest(files: Mapping[str, bytes]) -> str:
    found = blake2b(digest_size=16)
    for name, content in files.items():
        found.update(f"{len(name)} {name} {len(content)} ".encode("utf-8", "surrogatepass") + content)
    return found.hexdigest()
