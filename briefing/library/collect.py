"""From briefings to the collection of all that they hold together."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.library.echoes import echoes
from briefing.library.measures import trends
from briefing.library.people import profiles
from briefing.library.records import Collection, date_of
from briefing.library.time import moments
from briefing.library.topics import topics
from briefing.library.works import works
from briefing.model import Briefing


def collect(briefings: Iterable[Briefing]) -> Collection:
    """The collection of checked briefings; the caller has left out what must not be shown."""
    newest = tuple(sorted(briefings, key=lambda b: (date_of(b), b.date, b.path), reverse=True))
    return Collection(
        briefings=newest,
        people=profiles(newest),
        topics=topics(newest),
        moments=moments(newest),
        trends=trends(newest),
        works=works(newest),
        echoes=echoes(newest),
    )
