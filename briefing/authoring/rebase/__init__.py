"""Review a changed source: what a new version of the document does to every word that a briefing rests on.

`divide_document` takes the new document apart into source, comments and what is left out, as the old one was; `plan`
says what becomes of every target, and holds what the author decided; `change` makes the new contents of the files;
`report` prints the plan. All of it is pure: nothing is written here.
"""

from briefing.authoring.rebase.change import CannotChangeError, Withdrawal, changed
from briefing.authoring.rebase.divide_document import Split, split
from briefing.authoring.rebase.plan import Decision, RebasePlan, ReviewItem, open_items, plan

__all__ = [
    "CannotChangeError",
    "Decision",
    "RebasePlan",
    "ReviewItem",
    "Split",
    "Withdrawal",
    "changed",
    "open_items",
    "plan",
    "split",
]
