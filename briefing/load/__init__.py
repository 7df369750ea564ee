"""A folder as people write it → records and located problems. The only stage that knows YAML, pydantic and files.

`folder_files` reads names and bytes, `files` makes text of them, `yaml` builds a tree with places (`scalars` maps every
character, `syntax_errors` explains what cannot be parsed), `schema` says which fields there are (`fields` and `formats`
how each is read), `validate` compares the tree with them, `records` makes records, and `folder` does all of this for a
briefing. `project` reads the site around briefings.
"""

from briefing.load.folder import (
    REGISTERS,
    Loaded,
    Measures,
    People,
    find_briefings,
    load_briefing,
    load_measures,
    load_people,
    parse_briefing,
    parse_measures,
    parse_people,
    register_files,
    source_texts,
    with_contents,
)
from briefing.load.project import load_text, load_texts
from briefing.load.schema import schemas

__all__ = [
    "REGISTERS",
    "Loaded",
    "Measures",
    "People",
    "find_briefings",
    "load_briefing",
    "load_measures",
    "load_people",
    "load_text",
    "load_texts",
    "parse_briefing",
    "parse_measures",
    "parse_people",
    "register_files",
    "schemas",
    "source_texts",
    "with_contents",
]
