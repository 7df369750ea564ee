"""An author at a page of the editor, without a browser: what the page would send, and what it would get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.editor.annotations import OPERATIONS
from briefing.editor.interface import EditInterface
from briefing.editor.problem_list import OPERATIONS as LISTING
from briefing.editor.publishing import OPERATIONS as PUBLISHING

GOOD = "briefings/good"

State = Mapping[str, bytes | None]


def state(folder: Path) -> State:
    """Every file below a folder with its content, every folder and link with None; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }


class Author:
    """Asks an interface; the briefing is the good one unless said otherwise."""

    def __init__(self, docs: Path) -> None:
        self.interface = EditInterface(docs, {**OPERATIONS, **LISTING, **PUBLISHING})

    def ask(self, operation: str, **asked: Any) -> tuple[int, dict[str, Any]]:
        content = json.dumps({"briefing": GOOD, **asked}).encode()
        answer = self.interface.answer(f"edit/{operation}", content)
        assert isinstance(answer.content, bytes)
        told: dict[str, Any] = json.loads(answer.content)
        return answer.status, told

    def done(self, operation: str, **asked: Any) -> dict[str, Any]:
        """The answer to what is not refused."""
        status, told = self.ask(operation, **asked)
        assert status == 200, told
        return told

    def refused(self, status: int, operation: str, **asked: Any) -> str:
        """The words with which something is refused with a status."""
        found, told = self.ask(operation, **asked)
        assert found == status, told
        return f"{told['error']}: {told['help']}"
