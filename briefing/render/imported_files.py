"""Where imported comments are from: the exported files with their hashes, and what became of their entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.check.rules import imported_comments
from briefing.model import Briefing, CommentsOriginal
from briefing.render.messages import Messages


@dataclass(frozen=True, slots=True)
class ExportView:
    """An exported file as the method page shows it."""

    name: str
    sha256: str
    entries: str
    """How many entries it has, how many are comments here, and why the others are not; empty where it is not here."""


def exports(briefing: Briefing, say: Messages) -> tuple[ExportView, ...]:
    """The exported files, in the order of comments.yml."""
    reads = {one.original.at: one for one in imported_comments.read_all(briefing)}
    ids = {comment.id for comment in briefing.comments}
    return tuple(
        ExportView(_name(original, say), original.sha256, _entries(reads.get(original.at), ids, say))
        for original in briefing.comment_originals
    )


def exports_checked(briefing: Briefing, say: Messages) -> str:
    """What was compared when the page was built."""
    if not briefing.comment_originals:
        return ""
    if imported_comments.unverified(briefing):
        return say("method.exports_private")
    ids = imported_comments.imported(briefing)
    allowed = (allow.code for comment in briefing.comments if comment.id in ids for allow in comment.allow)
    return say("method.exports_differ" if "not-in-original" in allowed else "method.exports_verified")


def _name(original: CommentsOriginal, say: Messages) -> str:
    if not original.exported_from:
        return say("method.export")
    return say("method.export_of", program=original.exported_from)


def _entries(read: imported_comments.Read | None, ids: set[str], say: Messages) -> str:
    return say("list.comma").join(_counts(read, ids, say)) if read else ""


def _counts(read: imported_comments.Read, ids: set[str], say: Messages) -> Iterator[str]:
    here = {comment for comment in read.comments.values() if comment in ids}
    yield say("method.export_rows", all=len(read.records), n=len(here))
    for left in read.original.left_out:
        yield say("method.export_left", reason=left.reason, n=len(left.numbers()))
