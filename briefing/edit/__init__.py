"""Changes files that people write, without disturbing what they wrote around it.

`block` writes values as YAML, `splice` puts them into a file's text and proves that nothing else changed, `files`
writes several files or none.
"""

from briefing.edit.files import ChangedMeanwhileError, LeavesFolderError, write, write_all
from briefing.edit.render import Value
from briefing.edit.splice import EditError, insert, parsed, remove, replace_text, set_field

__all__ = [
    "ChangedMeanwhileError",
    "EditError",
    "LeavesFolderError",
    "Value",
    "insert",
    "parsed",
    "remove",
    "replace_text",
    "set_field",
    "write",
    "write_all",
]
