"""Collect what many briefings hold together: their people, the works they rest on, and everything with a date.

Who somebody is says people.yml: the id, never the name. Works are references and the sources themselves. Dates are
those when sources were published, and those that they speak of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct, field

from briefing.collection.records import (
    Collection,
    CollectionItem,
    Moment,
    Profile,
    Trend,
    Work,
    WorkUse,
    alphabetical,
    date_of,
    in_text_order,
)
from briefing.collection.topics import topics
from briefing.model import Briefing, Figure, Measure, Person, Quotation, Reference, Source
from briefing.text.filing import filed_as

# --- works -----------------------------------------------------------------------------------------------------------


_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")
"""Parameters that say where a reader came from, and nothing of the document."""


def works(briefings: Sequence[Briefing]) -> tuple[Work, ...]:
    """All works by publisher and title, those without a publisher last; `briefings` are the newest first.

    Two entries are one work if their addresses are the same (`same_address`); where there is none, if their titles and
    publishers are, but for letter case and white space. What has neither address nor title is no work.
    """
    found: dict[tuple[str, ...], dict[str, tuple[WorkUse, Reference | Source]]] = {}
    for briefing in briefings:
        for use, given in _uses(briefing):
            if key := _key(given):
                found.setdefault(key, {}).setdefault(briefing.path, (use, given))
    return tuple(sorted((_work(list(uses.values())) for uses in found.values()), key=_order))


def same_address(url: str) -> str:
    """What two addresses of one document have in common: not the scheme, “www.”, a slash at the end, the fragment,
    the order of parameters, or where a reader came from."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(kept)}".rstrip("?")


def _uses(briefing: Briefing) -> Iterator[tuple[WorkUse, Reference | Source]]:
    yield WorkUse(briefing, None), briefing.source
    yield from ((WorkUse(briefing, reference), reference) for reference in briefing.references)


def _key(given: Reference | Source) -> tuple[str, ...]:
    if given.url:
        return (same_address(given.url),)
    title = " ".join(given.title.casefold().split())
    return (title, " ".join(given.publisher.casefold().split())) if title else ()


def _work(uses: Sequence[tuple[WorkUse, Reference | Source]]) -> Work:
    """Described as the newest use does, and where that is silent as an older one."""

    def first(name: str) -> str:
        return next((str(value) for _, given in uses if (value := getattr(given, name))), "")

    return Work(
        title=first("title") or first("url"),
        publisher=first("publisher"),
        url=first("read_at"),
        published=first("published"),
        uses=tuple(use for use, _ in uses),
    )


def _order(work: Work) -> tuple[bool, tuple[str, str], tuple[str, str], str]:
    return not work.publisher, alphabetical(work.publisher), alphabetical(work.title), work.url


# --- people ----------------------------------------------------------------------------------------------------------


class _Found(Struct):
    """What is gathered for one id."""

    person: Person
    said: list[CollectionItem[Quotation | Figure]] = field(default_factory=list)
    passed_on: list[CollectionItem[Quotation]] = field(default_factory=list)
    roles: dict[str, Briefing] = field(default_factory=dict)


def profiles(briefings: Sequence[Briefing]) -> tuple[Profile, ...]:
    """Everybody who says something or quotes somebody, by name; `briefings` are the newest first.

    Two people with one name are two ids and stay two; each knows the other as a namesake. An id that people.yml does
    not have is a problem of its briefing and is passed over here.
    """
    found: dict[str, _Found] = {}
    for briefing in briefings:
        _gather(briefing, found)
    names = defaultdict(list)
    for id, one in found.items():
        names[one.person.name.casefold()].append(id)
    made = (_profile(one, names[one.person.name.casefold()]) for one in found.values())
    return tuple(sorted(made, key=lambda profile: (alphabetical(filed_as(profile.person)), profile.person.id)))


def _profile(one: _Found, same: Sequence[str]) -> Profile:
    return Profile(
        person=one.person,
        said=tuple(one.said),
        passed_on=tuple(one.passed_on),
        roles=tuple(one.roles.items()),
        namesakes=tuple(sorted(id for id in same if id != one.person.id)),
    )


def _gather(briefing: Briefing, found: dict[str, _Found]) -> None:
    for id, annotation, speaks in _statements(briefing):
        if id not in briefing.people:
            continue
        one = found.setdefault(id, _Found(briefing.people[id]))
        if speaks:
            one.said.append(CollectionItem(briefing, annotation))
        elif isinstance(annotation, Quotation):
            one.passed_on.append(CollectionItem(briefing, annotation))
        if role := briefing.roles.get(id, ""):
            one.roles.setdefault(role, briefing)


def _statements(briefing: Briefing) -> Iterator[tuple[str, Quotation | Figure, bool]]:
    """Who has to do with each quotation and figure, and whether they say it themselves, in the order of the text."""
    spoken: tuple[Quotation | Figure, ...] = (*briefing.quotations, *briefing.figures)
    for annotation in in_text_order(briefing, spoken):
        if annotation.speaker:
            yield annotation.speaker, annotation, True
        if isinstance(annotation, Quotation):
            yield from ((id, annotation, False) for id in dict.fromkeys(annotation.via))


# --- time, and all together ------------------------------------------------------------------------------------------


def moments(briefings: Sequence[Briefing]) -> tuple[Moment, ...]:
    """All dates, the oldest first; of one day a source stands before what figures say of it."""
    found = (moment for briefing in briefings for moment in _of(briefing))
    return tuple(sorted(found, key=lambda m: (m.date, m.figure is not None, m.briefing.path)))


def dated(figure: Figure) -> str:
    """The date that a figure is, as ISO 8601; empty for other figures and for dates in words alone."""
    if figure.type != "date":
        return ""
    return figure.resolved.value if figure.resolved else figure.value.date


def _of(briefing: Briefing) -> Iterator[Moment]:
    if briefing.source.published:
        yield Moment(briefing.source.published, briefing, None)
    for figure in in_text_order(briefing, briefing.figures):
        if date := dated(figure):
            yield Moment(date, briefing, figure)


def trends(briefings: Sequence[Briefing]) -> tuple[Trend, ...]:
    """The measures that have values, by label."""
    found: dict[str, tuple[Measure, list[CollectionItem[Figure]]]] = {}
    for briefing in briefings:
        for figure in in_text_order(briefing, briefing.figures):
            if measure := briefing.measures.get(figure.measure):
                found.setdefault(measure.id, (measure, []))[1].append(CollectionItem(briefing, figure))
    made = (Trend(measure, tuple(sorted(items, key=_when))) for measure, items in found.values())
    return tuple(sorted(made, key=lambda trend: (alphabetical(trend.measure.label), trend.measure.id)))


def _when(item: CollectionItem[Figure]) -> tuple[bool, str, str]:
    """By period, then by when it was said; without a period last."""
    return not item.record.period, item.record.period, item.date


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
    )
