"""A draft as the files of a new folder, put on the disk whole or not at all; what is there already is never touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from briefing.authoring.edit.entries import Value, field, modeline
from briefing.authoring.ingest.draft import TODO, Draft, DraftComment, Metadata, Omission, visible
from briefing.render.messages import messages


class FolderThereError(Exception):
    """There is something at that place already."""


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files below a folder that is not there yet, or is empty.

    They are first written into a temporary folder beside it, which is then renamed; the folders above are made, and
    taken away again where writing fails. FolderThereError, or OSError where the disk refuses.
    """
    if os.path.lexists(folder) and not (folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())):
        raise FolderThereError(f"{folder} is there already; nothing was written")
    made = [above for above in folder.parents if not above.exists()]
    fresh: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        fresh.chmod(0o755)
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.rename(folder)
    except OSError:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        for above in made:
            _remove_empty(above)
        raise


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return


EXAMPLE = """\
# The words that somebody says, copied from source.txt. Take the # away and put your own in their place:
# quotes:
#   - id: a-short-name
#     target: >-
#       the exact words
#     speaker: an-id-of-people-yml
"""


def files(
    draft: Draft,
    data: bytes,
    extension: str,
    *,
    today: str,
    retrieved: str = "",
    people: Mapping[str, str] | None = None,
    folder: Path = Path(),
    schemas: Path | None = None,
) -> dict[str, bytes]:
    """The files of a new briefing by name; `original` keeps every byte of `data`.

    `today` and `retrieved` are ISO days. `people` are ids of people.yml by name in small letters. `folder` is the
    briefing's, and `schemas` that of the JSON Schemas, if there is one.
    """
    known = people or {}

    def head(name: str) -> str:
        return modeline(folder / name, schemas) if schemas else ""

    main = head("briefing.yml") + _explained(_yaml(_briefing(draft, data, extension, today, retrieved, known)))
    made = {
        f"original{extension}": data,
        "source.txt": "".join(f"{visible(text)}\n" for text in draft.paragraphs).encode(),
        "briefing.yml": main.encode(),
    }
    if draft.comments:
        made["comments.yml"] = (head("comments.yml") + _apart(_yaml(_comments(draft)))).encode()
    made["annotations/quotes.yml"] = (head("annotations/quotes.yml") + EXAMPLE).encode()
    return made


WHY_EXCERPTS = "only what you refer to; `full` publishes the whole text: write it if you may, and say in `rights` why"


def _lines(text: str) -> str:
    """A text with the white space of each line folded."""
    lines = map(visible, text.split("\n"))
    return "\n".join(line for line in lines if line)


def _yaml(fields: Mapping[str, Value]) -> str:
    return "\n".join(field(key, value, 0) for key, value in fields.items() if value) + "\n"


def _explained(main: str) -> str:
    """The same with the reason beside what is published of the source."""
    return main.replace("\n  publish: excerpts\n", f"\n  publish: excerpts # {WHY_EXCERPTS}\n", 1)


def _apart(comments: str) -> str:
    """The same with an empty line between comments."""
    return comments.replace("\n  - id: ", "\n\n  - id: ").replace("comments:\n\n", "comments:\n")


# --- briefing.yml -----------------------------------------------------------------------------------------------


def _briefing(
    draft: Draft, data: bytes, extension: str, today: str, retrieved: str, known: Mapping[str, str]
) -> dict[str, Value]:
    about = draft.metadata
    sure = about.title and not about.title.startswith(TODO)
    fields: dict[str, Value] = {
        "title": visible(about.title) if sure else f"{TODO}: a headline for the briefing",
        "date": today,
        "language": about.language or f"{TODO}: the language that you write in, such as en-GB or de",
        "authors": [f"{TODO}: your name"],
        "status": "draft",
        "source": _source(draft, data, extension, retrieved, known),
    }
    roles = {known[name.lower()]: name for name in draft.speakers.values() if name.lower() in known}
    if roles:
        fields["people"] = {id: {"role": f"{TODO}: what {name} was then"} for id, name in roles.items()}
    return fields


def _source(draft: Draft, data: bytes, extension: str, retrieved: str, known: Mapping[str, str]) -> dict[str, Value]:
    about = draft.metadata
    fields: dict[str, Value] = {"kind": draft.kind}
    if about.language:
        fields["language"] = about.language
    fields["title"] = visible(about.title) or f"{TODO}: its own headline"
    for key in ("author", "publisher", "url", "published"):
        fields[key] = visible(getattr(about, key)) or f"{TODO}: {_asks(key)}"
    if retrieved:
        fields["retrieved"] = retrieved
    fields["rights"] = visible(about.rights) or f"{TODO}: who holds the rights and what they allow"
    fields["publish"] = "excerpts"
    if draft.speakers:
        fields["turns"] = {
            label: known.get(name.lower(), f"{TODO}: the id in people.yml of {visible(name)}")
            for label, name in draft.speakers.items()
        }
    elif draft.kind == "transcript":
        fields["speaker"] = f"{TODO}: the id in people.yml of who speaks"
    original: dict[str, Value] = {"file": f"original{extension}", "sha256": hashlib.sha256(data).hexdigest()}
    original["reader"] = draft.reader
    if draft.encoding:
        original["encoding"] = draft.encoding
    fields["original"] = original
    if draft.left_out:
        fields["left_out"] = [
            {"elements" if out.elements else "text": visible(out.elements or out.text), "reason": _reason(out, about)}
            for out in draft.left_out
        ]
    return fields


def _reason(out: Omission, about: Metadata) -> str:
    language = about.language if about.language and not about.language.startswith(TODO) else "en"
    return messages(language)(f"left_out.{out.reason}")


def _asks(key: str) -> str:
    return {
        "author": "who wrote it, if it says so",
        "publisher": "who published it",
        "url": "where it was published",
        "published": "when, as year-month-day",
    }[key]


# --- the other files --------------------------------------------------------------------------------------------


def _comments(draft: Draft) -> dict[str, Value]:
    return {
        "comments": [_comment(number, comment) for number, comment in enumerate(draft.comments, start=1)],
        "scope": visible(draft.scope),
    }


def _comment(number: int, comment: DraftComment) -> dict[str, Value]:
    fields: dict[str, Value] = {"id": f"c{number}", "text": _lines(comment.text)}
    if comment.author:
        fields["author"] = visible(comment.author)
    if comment.date:
        fields["date"] = comment.date
    if comment.parent is not None:
        fields["reply_to"] = f"c{comment.parent + 1}"
    if comment.votes is not None:
        fields["votes"] = str(comment.votes)
    return fields
