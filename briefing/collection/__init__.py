"""What many briefings hold together: people, topics, time, measures, the same words, the same works. Pure.

`collect` takes the briefings that a site shows (`pipeline.public_view` has dropped the drafts) and gives one
`Collection` of records; `render.collection` shows them, feeds and exports may too. Each family has its module. All of
them are linear in what the briefings hold.
"""

from briefing.collection.collect import collect
from briefing.collection.records import (
    Collection,
    CollectionItem,
    Echo,
    Moment,
    Profile,
    Topic,
    Trend,
    Work,
    WorkUse,
    date_of,
)
from briefing.collection.topics import fold_tag, spelling_problems, topic_name

__all__ = [
    "Collection",
    "CollectionItem",
    "Echo",
    "Moment",
    "Profile",
    "Topic",
    "Trend",
    "Work",
    "WorkUse",
    "collect",
    "date_of",
    "fold_tag",
    "spelling_problems",
    "topic_name",
]
