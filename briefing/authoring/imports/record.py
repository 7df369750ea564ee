"""What comments.yml records of an imported file, and what its `scope` says of it."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.authoring.edit import Value
from briefing.authoring.imports.comments import Imported
from briefing.check.rules.imported_comments import runs
from briefing.model import TableFormat
from briefing.render.messages import Messages


def record(taken: Imported, file: str, sha256: str, style: TableFormat, say: Messages) -> Mapping[str, Value]:
    """The entry of `originals`."""
    fields: dict[str, Value] = {"file": file, "sha256": sha256, "format": style}
    fields |= {"exported_from": taken.program} if taken.program else {}
    fields |= {"columns": [f"{name}={column}" for name, column in taken.columns.items()]}
    if taken.renamed:
        fields["renumbered"] = [
            {"row": str(one.row), **({"id": one.given} if one.given else {}), "comment": one.comment}
            for one in taken.renamed
        ]
    if taken.left_out:
        fields["left_out"] = [
            {"rows": list(runs(numbers)), "reason": say(f"row.{reason}")} for reason, numbers in taken.left_out.items()
        ]
    return fields


def scope(taken: Imported, say: Messages) -> str:
    """Which comments of a file were taken, in the language of the briefing."""
    name = {"program": taken.program} if taken.program else {}
    what = say("scope.export_of" if name else "scope.export", n=len(taken.entries), all=taken.total, **name)
    parts = [say("scope.left", reason=say(f"row.{reason}"), n=len(rows)) for reason, rows in taken.left_out.items()]
    return f"{what} ({say('list.comma').join(parts)})" if parts else what
