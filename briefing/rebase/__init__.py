"""The ceremony for a changed source: what a new version of the document does to every word that a briefing rests on.

`split` takes the new document apart into source, comments and what is left out, as the old one was; `plan` says what
becomes of every target; `decide` holds what the author chose; `change` makes the new contents of the files, with
`gone` for what the briefing does without. All of it is pure: nothing is written here.
"""

from briefing.rebase.change import CannotChangeError, changed
from briefing.rebase.decide import Decision, open_items
from briefing.rebase.gone import Withdrawal
from briefing.rebase.plan import Item, Plan, plan
from briefing.rebase.split import Split, split

__all__ = [
    "CannotChangeError",
    "Decision",
    "Item",
    "Plan",
    "Split",
    "Withdrawal",
    "changed",
    "open_items",
    "plan",
    "split",
]
