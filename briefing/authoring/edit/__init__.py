"""Change files that people write, without disturbing what they wrote around it.

`entries` writes values as YAML, `splice` puts them into a file's text and proves that nothing else changed, `files`
writes several files or none.
"""

from briefing.authoring.edit.entries import Value, entry
from briefing.authoring.edit.files import ChangedMeanwhileError, LeavesFolderError, encoded, write, write_all
from briefing.authoring.edit.splice import EditError, insert, insert_all, parsed, remove, replace_text, same, set_field

__all__ = [
    "ChangedMeanwhileError",
    "EditError",
    "LeavesFolderError",
    "Value",
    "encoded",
    "entry",
    "insert",
    "insert_all",
    "parsed",
    "remove",
    "replace_text",
    "same",
    "set_field",
    "write",
    "write_all",
]
