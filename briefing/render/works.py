"""The works that a page cites, as a list for paper: there, no link leads to them.

Most pages hold the list themselves, hidden on a screen. That of the annotated text, the heaviest page, is in a file of
its briefing, which a script fetches when the page is printed (`later.js`); without a script, the sheet says where the
list is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from briefing.model import Attachment, Briefing
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, linked
from briefing.render.index import index
from briefing.render.messages import Messages
from briefing.render.names import WORKS

_CITED = re.compile(r"\(method\.md#([a-z][a-z0-9-]*)")


def works_cited(context: RenderContext, markdown: str) -> list[tuple[int, Markup]]:
    """Return the references that a page links to, in the order of their numbers: each number with a link."""
    cited = {context.index[id].id for id in _CITED.findall(markdown) if id in context.index}
    entries = [(context.index[reference.id], reference) for reference in context.briefing.references]
    return [
        (
            entry.number,
            linked(entry.name, reference.read_at),
        )
        for entry, reference in entries
        if entry.id in cited
    ]


def works_file(briefing: Briefing) -> Iterator[Attachment]:
    """Yield the file of a briefing's works; none where it has none.

    It is a script, because a page that is opened from a disk may read nothing else, and holds nothing but a call of
    `bfWorks` with JSON: for each work its id, its number, its name and its address, which may be empty.
    """
    if briefing.references:
        entries = index(briefing)
        works = [
            [reference.id, entries[reference.id].number, entries[reference.id].name, reference.read_at]
            for reference in briefing.references
        ]
        written = json.dumps(works, ensure_ascii=False, separators=(",", ":"))
        yield Attachment(f"{briefing.path}/{WORKS}", f"bfWorks({written})\n".encode())


def print_place(volume: str, issue: str, pages: str, say: Messages) -> tuple[str, ...]:
    """Return where in print a work is, in words: “vol. 12”, “no. 3”, “pp. 45–67”; nothing of what is not known."""
    several = re.search(r"[–,\s-]", pages.strip())
    return (
        *((say("work.volume", what=volume),) if volume else ()),
        *((say("work.issue", what=issue),) if issue else ()),
        *((say("work.pages" if several else "work.page", what=pages),) if pages else ()),
    )
