"""What many briefings hold together: people, topics, time, measures, the same words, the same works. Pure.

`collect` takes the briefings that a site shows (`pipeline.public_view` has dropped the drafts) and gives one
`Collection` of records; `render.collection` shows them, feeds and exports may too. Each family has its module. All of
them are linear in what the briefings hold.
"""

from briefing.collection.collect import collect
from briefing.collection.echoes import Echoes, SearchedWords, WordHashes, echoes, searched_words, word_hashes
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
from briefing.collection.topics import TagUse, fold_tag, spelling_problems, tag_uses, topic_name

__all__ = [
    "Collection",
    "CollectionItem",
    "Echo",
    "Echoes",
    "Moment",
    "Profile",
    "SearchedWords",
    "TagUse",
    "Topic",
    "Trend",
    "WordHashes",
    "Work",
    "WorkUse",
    "collect",
    "date_of",
    "echoes",
    "fold_tag",
    "searched_words",
    "spelling_problems",
    "tag_uses",
    "topic_name",
    "word_hashes",
]
