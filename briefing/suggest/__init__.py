"""Draft annotations by rules: quotations with their speakers, figures with their values, names worth a note.

`suggest` gives the entries for a checked briefing, `plan` what would be written into its files and `write` writes it.
The rules of each language are its `speech` and `worth` (see `briefing.language.press`).
"""

from briefing.suggest.draft import Suggestions, suggest
from briefing.suggest.figures import figure_drafts
from briefing.suggest.quotations import quotation_drafts
from briefing.suggest.write import Plan, SuggestError, plan, write

__all__ = ["Plan", "SuggestError", "Suggestions", "figure_drafts", "plan", "quotation_drafts", "suggest", "write"]
