"""A folder as people write it → records and located problems. The only stage that knows YAML and files.

`folder_files` reads names and bytes, `files` makes text of them, `yaml` builds a tree with places (`scalars` maps every
character, `syntax_errors` explains what cannot be parsed), `schema` says which fields there are (`fields` and `formats`
how each is read), `validate` compares the tree with them, `records` makes records, and `folder` does all of this for a
briefing. `project` reads the site around briefings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.load.folder import (
        Loaded,
        Measures,
        People,
        Topics,
        load_briefing,
        load_measures,
        load_people,
        load_topics,
        parse_briefing,
        parse_measures,
        parse_people,
        parse_topics,
        with_contents,
    )
    from briefing.load.project import load_text, load_texts
    from briefing.load.schema import schemas
    from briefing.load.site_files import REGISTERS, find_briefings, register_files, source_texts

__all__ = [
    "REGISTERS",
    "Loaded",
    "Measures",
    "People",
    "Topics",
    "find_briefings",
    "load_briefing",
    "load_measures",
    "load_people",
    "load_text",
    "load_texts",
    "load_topics",
    "parse_briefing",
    "parse_measures",
    "parse_people",
    "parse_topics",
    "register_files",
    "schemas",
    "source_texts",
    "with_contents",
]

_LATE = {
    "load_text": "project",
    "load_texts": "project",
    "schemas": "schema",
    **dict.fromkeys(("REGISTERS", "find_briefings", "register_files", "source_texts"), "site_files"),
}
"""The modules of names that are not in `folder`, which imports all of the schema."""


def __getattr__(name: str) -> Any:
    """Return what has this name here, its module imported now; kept, so that this is asked once. AttributeError."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_LATE.get(name, 'folder')}"), name)
    return found
