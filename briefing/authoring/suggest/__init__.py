"""Draft annotations by rules: quotations with their speakers, figures with their values, names worth a note.

`suggest` gives the entries for a checked briefing, `plan` what would be written into its files and `write` writes it.
The rules of each language are its `speech` and `worth` (see `briefing.text.word_lists`).
"""

from briefing.authoring.suggest.draft import Suggestions, suggest
from briefing.authoring.suggest.figures import figure_drafts
from briefing.authoring.suggest.quotations import quotation_drafts
from briefing.authoring.suggest.write import DraftPlan, SuggestError, plan, write

__all__ = ["DraftPlan", "SuggestError", "Suggestions", "figure_drafts", "plan", "quotation_drafts", "suggest", "write"]
