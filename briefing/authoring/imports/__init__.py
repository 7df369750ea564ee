"""What others have collected, as drafts for a briefing: comments from exports, annotations from other programs.

`comments` and `annotations` make entries of what a file holds and say what they left and why; nothing is guessed and
nothing that stands in the folder is changed. Only the command line uses this stage.
"""

from briefing.authoring.imports.annotations import import_annotations
from briefing.authoring.imports.comments import Imported, import_comments
from briefing.authoring.imports.record import record, scope
from briefing.authoring.imports.taken import Left, Taken

__all__ = ["Imported", "Left", "Taken", "import_annotations", "import_comments", "record", "scope"]
