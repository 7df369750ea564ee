"""What is written where the new document no longer has something: comments that are gone, annotations taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefing.edit import insert, parsed, remove, replace_text, same
from briefing.edit.lines import line_break, line_start
from briefing.messages import messages
from briefing.model import Annotation, Briefing, Comment, Origin
from briefing.places import NodePath, TextFile

LISTS: tuple[Origin, ...] = ("quotes", "figures", "context")
"""The lists whose entries can be taken back here."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why something is taken back, as its address will say."""

    date: str
    """ISO 8601 day."""
    reason: str
    """For readers; empty for what the build says where nobody gave one."""


def set_aside(file: TextFile, comment: Comment) -> TextFile:
    """comments.yml with a comment that is gone: its id, place and count stay, its words and author do not."""
    path = comment.at.path
    for name in ("text", "author"):
        if (*path, name) in parsed(file).file.nodes:
            file = remove(file, (*path, name))
    for entry in _entries(file, comment.id):
        return replace_text(file, (*entry, "reason"), "gone")
    return insert(file, ("set_aside",), {"comment": comment.id, "reason": "gone"})


def _entries(file: TextFile, comment: str) -> list[NodePath]:
    data = parsed(file).data
    aside = data.get("set_aside") if isinstance(data, Mapping) else None
    return [("set_aside", number) for number, entry in enumerate(aside or ()) if str(entry["comment"]) == comment]


def without_member(files: dict[str, TextFile], briefing: Briefing, comment: Comment) -> None:
    """Take a comment out of the themes that it is in, since it has no words that could show anything.

    A YAML comment in its place says what the author had made of it.
    """
    members = [member for theme in briefing.themes for member in theme.members if member.comment == comment.id]
    for member in sorted(members, key=lambda member: member.at.path, reverse=True):
        stance = f" ({member.stance})" if member.stance else ""
        noted = _noted(files[member.at.file], member.at.path, f"gone from the document: {comment.id}{stance}")
        files[member.at.file] = remove(noted, member.at.path)


def _noted(file: TextFile, path: NodePath, note: str) -> TextFile:
    """The file with a YAML comment above an entry; as it was where the entry does not begin a line."""
    tree = parsed(file)
    text = tree.file.text
    dash = text.rfind("-", 0, tree.file.nodes[path].span.start + 1)
    start = line_start(text, dash)
    if dash < 0 or text[start:dash].strip():
        return file
    noted = f"{text[:start]}{text[start:dash]}# {note}{line_break(text)}{text[start:]}"
    fresh = parsed(replace(file, text=noted, nodes={}))
    return fresh.file if same(fresh.data, tree.data) else file


def tombstone(file: TextFile, briefing: Briefing, annotation: Annotation, why: Withdrawal) -> TextFile:
    """The annotation's file with an entry of `withdrawn`: its address stays, and says when and why.

    A draft has no address that anybody could know.
    """
    if "draft" in (annotation.status, briefing.status):
        return file
    say = messages(briefing.source.language)
    reason = why.reason or say("withdrawn.not_in_source")
    origin = next(name for name in LISTS if name == annotation.at.path[0])
    was = {"was": list(annotation.was)} if annotation.was else {}
    return insert(
        file, ("withdrawn",), {"id": annotation.id, **was, "from": origin, "date": why.date, "reason": reason}
    )
