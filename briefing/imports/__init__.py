"""What others have collected, as drafts for a briefing: comments from tables, annotations from other programs.

`rows` reads files, `comments` and `annotations` make entries of what they hold and say what they left and why; nothing
is guessed and nothing that stands in the folder is changed. Only the command line uses this stage.
"""

from briefing.imports.annotations import import_annotations
from briefing.imports.comments import import_comments
from briefing.imports.rows import ImportFaultError, Left, Taken

__all__ = ["ImportFaultError", "Left", "Taken", "import_annotations", "import_comments"]
