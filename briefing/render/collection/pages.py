"""The pages across briefings: people, topics, works and the timeline.

The index of people and organisations has a page for each, and so has the index of topics. The index of references says
which briefings rest on which documents. The timeline has when sources were published, and the dates that they speak of,
by year and month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.collection import Moment, Profile, Topic, Work, WorkUse, date_of
from briefing.model import Briefing, Person, Quotation
from briefing.render.collection.claims import claims_over_time
from briefing.render.collection.context import (
    CollectionContext,
    CollectionPage,
    distinct_name,
    make_index,
    make_pages,
)
from briefing.render.collection.registers import IndexRow, make_register
from briefing.render.collection.statements import Statement, groups
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.excerpts import slices
from briefing.render.index import index, kind_of
from briefing.render.messages import Messages, messages
from briefing.render.pagination import PageSlice, paginate
from briefing.text.filing import filed_as

# --- people ----------------------------------------------------------------------------------------------------------


Said = tuple[Statement, bool]
"""A statement, and whether the person only passes it on."""


def people_pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index and all pages of people; nothing without people."""
    people = context.collection.people
    yield from make_register(context, "people", people, lambda one: filed_as(one.person), _person_row)
    by_id = {profile.person.id: profile for profile in people}
    for profile in people:
        yield from _person_pages(context, profile, [by_id[id] for id in profile.namesakes])


def _person_row(context: CollectionContext, profile: Profile) -> IndexRow:
    return IndexRow(
        link=context.to_person(profile.person.id, profile.person.name),
        role=profile.roles[0][0] if profile.roles else _kind(profile.person, context.say),
        contents=_person_contents(context, profile),
    )


def _kind(person: Person, say: Messages) -> str:
    """Return that it is an organisation; that somebody is a person says nothing."""
    return "" if person.kind == "person" else say(f"people.{person.kind}")


def _person_pages(
    context: CollectionContext, profile: Profile, namesakes: Sequence[Profile]
) -> Iterator[CollectionPage]:
    """Yield what they say, then what others say as quoted by them."""
    person, say = profile.person, context.say
    path = context.routes.people[person.id]
    rows: list[Said] = [
        *((item, False) for item in _own_words_first(profile.said)),
        *((item, True) for item in profile.passed_on),
    ]

    def views(own: CollectionContext, part: PageSlice[Said]) -> Mapping[str, object]:
        said, passed_on = ([(i.briefing, i) for i, passed in part.items if passed == kind] for kind in (False, True))
        return {
            "index": own.to(say("across.people"), "people/index.md"),
            "name": person.name,
            "kind": _kind(person, say),
            "same_as": link(in_markdown(say("people.same_as")), person.same_as) if person.same_as else Markup(),
            "contents": _person_contents(own, profile),
            "feeds": own.feeds(path),
            "roles": [(role, own.to_briefing(briefing)) for role, briefing in profile.roles],
            "namesakes": [own.to(distinct_name(one), own.routes.people[one.person.id]) for one in namesakes],
            "quoted_by": _passed_on_by(own, profile, "quotation"),
            "reported_by": _passed_on_by(own, profile, "reported"),
            "claims": claims_over_time(own, profile.said) if part.number == 1 else (),
            "groups": list(groups(own, said, person.id)),
            "passed_on": list(groups(own, passed_on, prefix="_v")),
        }

    about = say("people.about", name=person.name, holds=_person_contents(context, profile))
    title = distinct_name(profile)
    facts = (
        person,
        profile.roles,
        tuple((distinct_name(one), one.person.id) for one in namesakes),
        *(tuple(_passed_on(profile, kind).items()) for kind in ("quotation", "reported")),
    )
    yield from make_pages(
        context,
        path,
        rows,
        views,
        template="person",
        title=title,
        about=about,
        edit="people.yml",
        shows=lambda part: (*facts, *part.items, *(profile.said if part.number == 1 else ())),
    )


def _own_words_first(said: Sequence[Statement]) -> Iterator[Statement]:
    """Yield what a person says in each briefing: what is quoted, then what is reported in other words, then figures."""
    order = ("quotation", "reported", "figure")
    for _, found in groupby(said, key=lambda item: item.briefing.path):
        yield from sorted(found, key=lambda item: order.index(kind_of(item.record)))


def _person_contents(context: CollectionContext, profile: Profile) -> str:
    """Return how much there is, in words."""
    own = Counter(kind_of(item.record) for item in profile.said)
    others = Counter(kind_of(item.record) for item in profile.passed_on)
    counts = {
        "quotations": own["quotation"],
        "reported": own["reported"],
        "figures": own["figure"],
        "passed_on": others["quotation"],
        "reported_of_others": others["reported"],
    }
    return context.contents(counts, {item.briefing.path for item in profile.items})


def _passed_on_by(context: CollectionContext, profile: Profile, kind: str) -> list[Markup]:
    """Return who quotes them, or reports what they say; who does so most first."""
    return [context.to_person(id, name) for (id, name), _ in _passed_on(profile, kind).most_common()]


def _passed_on(profile: Profile, kind: str) -> Counter[tuple[str, str]]:
    """Return how often each, by id and name, quotes them or reports what they say."""
    return Counter(
        (id, item.briefing.people[id].name)
        for item in profile.said
        if isinstance(item.record, Quotation) and kind_of(item.record) == kind
        for id in item.record.via
        if id in item.briefing.people
    )


# --- topics ----------------------------------------------------------------------------------------------------------


def topic_pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index and all pages of topics; nothing without topics."""
    paths = context.routes.topics
    yield from make_register(
        context,
        "topics",
        context.collection.topics,
        lambda topic: topic.name,
        lambda own, topic: IndexRow(own.to(topic.name, paths[topic.key]), _topic_contents(own, topic)),
    )
    for topic in context.collection.topics:
        yield from _topic_pages(context, topic)


def _topic_pages(context: CollectionContext, topic: Topic) -> Iterator[CollectionPage]:
    path, say, contents = context.routes.topics[topic.key], context.say, _topic_contents(context, topic)
    about = say("topics.about", name=topic.name, holds=contents)
    yield from make_pages(
        context,
        path,
        _rows(topic),
        lambda own, part: {
            "index": own.to(say("across.topics"), "topics/index.md"),
            "name": topic.name,
            "contents": contents,
            "feeds": own.feeds(path),
            "groups": list(groups(own, part.items)),
        },
        template="topic",
        title=topic.name,
        about=about,
        shows=lambda part: part.items,
    )


def _rows(topic: Topic) -> list[tuple[Briefing, Statement | None]]:
    """Return briefings that have the tag, and what in others has it of its own, the newest briefing first."""
    rows: list[tuple[Briefing, Statement | None]] = [(briefing, None) for briefing in topic.briefings]
    rows += [(item.briefing, item) for item in topic.items]
    return sorted(rows, key=lambda row: (date_of(row[0]), row[0].date, row[0].path), reverse=True)


def _topic_contents(context: CollectionContext, topic: Topic) -> str:
    paths = {item.briefing.path for item in topic.items} | {briefing.path for briefing in topic.briefings}
    return context.contents({"annotations": len(topic.items)}, paths)


# --- references ------------------------------------------------------------------------------------------------------


_FEW_USES = 3
"""Briefings that are named where they cite a work; more are counted, and named when they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One document."""

    title: Markup
    """A link where its address is known."""
    published: str
    source_of: tuple[Markup, ...]
    """The briefings that it is the source of."""
    cited_in: tuple[Markup, ...]
    """The entries in other briefings' references; where one briefing cites all works, the number that it has there."""
    times: str
    """How many briefings cite it, in words; empty for few, which are seen at a glance."""


@dataclass(frozen=True, slots=True)
class PublisherWorks:
    """The documents of one publisher."""

    publisher: str
    lines: tuple[WorkRow, ...]


def work_pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index of references by publisher; nothing without works."""
    works = context.collection.works
    citing = {use.briefing.path: use.briefing for work in works for use in work.uses if use.reference}
    alone = next(iter(citing.values())) if len(citing) == 1 else None
    yield from make_index(
        context,
        "references",
        works,
        lambda own, part: {
            "all_in": own.to_briefing(alone) if alone else Markup(),
            "publishers": [
                _publisher_works(own, name, list(found), alone)
                for name, found in groupby(part.items, key=lambda work: work.publisher)
            ],
        },
        shows=lambda part: (alone, *map(_facts_of_work, part.items)),
    )


def _facts_of_work(work: Work) -> tuple[object, ...]:
    """Return all that a row is made of."""
    uses = ((use.briefing, use.reference and use.reference.id) for use in work.uses)
    return work.title, work.publisher, work.url, work.published, tuple(uses)


def _publisher_works(
    context: CollectionContext, publisher: str, works: Sequence[Work], alone: Briefing | None
) -> PublisherWorks:
    rows = tuple(_work_row(context, work, alone) for work in works)
    return PublisherWorks(publisher or context.say("references.no_publisher"), rows)


def _work_row(context: CollectionContext, work: Work, alone: Briefing | None) -> WorkRow:
    """Return a work; where `alone` is the only briefing that cites any, its title is not repeated."""
    cited = [use for use in work.uses if use.reference]
    return WorkRow(
        title=link(in_markdown(work.title), work.url) if work.url else in_markdown(work.title),
        published=context.say.date(work.published),
        source_of=tuple(context.to_briefing(use.briefing) for use in work.uses if not use.reference),
        cited_in=tuple(_entry_link(context, use, numbered=bool(alone)) for use in cited),
        times=context.say("references.cited_in_many", n=len(cited)) if len(cited) > _FEW_USES else "",
    )


def _entry_link(context: CollectionContext, use: WorkUse, numbered: bool) -> Markup:
    assert use.reference
    words = index(use.briefing)[use.reference.id].label if numbered else use.briefing.title
    return context.to(words, f"{use.briefing.path}/method.md", use.reference.id)


# --- timeline --------------------------------------------------------------------------------------------------------


_FEW = 12
"""Dates of a year that are seen at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One date."""

    date: str
    figure: bool
    """Whether a figure says it; else it is the day on which a source was published."""
    link: Markup
    """To the figure, or to the briefing."""
    language: str
    """Of the link's words."""
    parts: tuple[Markup, ...] = ()
    """The source's own words for the date, a part for each passage: HTML on one line; empty for a publication."""
    words_language: str = ""
    place: Markup
    """The briefing that a figure is from, or the publisher of a source."""


@dataclass(frozen=True, slots=True)
class Year:
    """The dates of a year."""

    id: Markup
    name: str
    months: tuple[tuple[str, tuple[TimelineEntry, ...]], ...]
    """The name of each month, empty for what has none, with its dates."""
    by_month: bool
    """Whether there are so many that the months are worth a heading."""


def timeline_pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the timeline, the oldest first; nothing without dates."""
    begins = _year_pages(context)
    yield from make_index(
        context,
        "timeline",
        context.collection.moments,
        lambda own, part: {
            "year_links": [own.to(own.say.date(year), path, f"_{year}") for year, path in begins.items()],
            "years": [_year(own, year, list(found)) for year, found in groupby(part.items, key=_year_of)],
        },
        shows=lambda part: (
            tuple(begins.items()),
            *((one.date, one.briefing, one.figure and one.figure.id) for one in part.items),
        ),
    )


def _year_of(moment: Moment) -> str:
    return moment.date.split("-")[0]


def _year_pages(context: CollectionContext) -> dict[str, str]:
    """Return the page on which each year begins."""
    begins: dict[str, str] = {}
    for part in paginate("timeline/index.md", context.collection.moments):
        for moment in part.items:
            begins.setdefault(_year_of(moment), part.path)
    return begins


def _year(context: CollectionContext, year: str, moments: Sequence[Moment]) -> Year:
    months = groupby(moments, key=lambda moment: moment.date[:7] if "-" in moment.date else "")
    named = (
        (context.say.date(month) if month else "", tuple(_entry(context, moment) for moment in found))
        for month, found in months
    )
    return Year(Markup(f"_{year}"), context.say.date(year), tuple(named), len(moments) > _FEW)


def _entry(context: CollectionContext, moment: Moment) -> TimelineEntry:
    briefing, figure = moment.briefing, moment.figure
    if figure is None:
        title = briefing.source.title or f"[{context.say(f'method.kind.{briefing.source.kind}')}]"
        return TimelineEntry(
            date=context.say.date(moment.date),
            figure=False,
            link=context.to_briefing(briefing, title),
            language=briefing.source.language if briefing.source.title else context.say.tag,
            place=in_html(briefing.source.publisher),
        )
    return TimelineEntry(
        date=context.say.date(moment.date),
        figure=True,
        link=context.to(figure.label, f"{briefing.path}/figures.md", figure.id),
        language=messages(briefing.language).tag,
        parts=slices(briefing, figure, away=True),
        words_language=briefing.source.language,
        place=context.to_briefing(briefing),
    )
