"""What many briefings hold together: people, topics, time, measures, the same words, the same works. Pure.

`collect` takes the briefings that a site shows (drafts are gone by then, see `edition`) and gives one `Collection` of
records; `pages.library` shows them, feeds and exports may too. Each family has its module: `people`, `topics`, `time`,
`measures`, `echoes`, `works`. All of them are linear in what the briefings hold.
"""

from briefing.library.collect import collect
from briefing.library.records import (
    Collection,
    Echo,
    Item,
    Moment,
    Profile,
    Topic,
    Trend,
    Use,
    Work,
    date_of,
)
from briefing.library.topics import fold_tag, spelling_problems

__all__ = [
    "Collection",
    "Echo",
    "Item",
    "Moment",
    "Profile",
    "Topic",
    "Trend",
    "Use",
    "Work",
    "collect",
    "date_of",
    "fold_tag",
    "spelling_problems",
]
