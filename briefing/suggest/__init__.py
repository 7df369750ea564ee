"""Draft annotations by rules: quotations with their speakers, figures with their values, names worth a note."""

from briefing.suggest.figures import figure_drafts
from briefing.suggest.quotations import quotation_drafts

__all__ = ["figure_drafts", "quotation_drafts"]
