"""The index of people and organisations, and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from briefing.collection import Profile
from briefing.model import Quotation
from briefing.render.collection.claims import claims_over_time
from briefing.render.collection.context import (
    CollectionContext,
    CollectionPage,
    IndexRow,
    distinct_name,
    make_index,
    make_pages,
)
from briefing.render.collection.statements import Statement, groups
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import kind_of
from briefing.render.pagination import PageSlice

Said = tuple[Statement, bool]
"""A statement, and whether the person only passes it on."""


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index and all pages of people; nothing without people."""
    people = context.collection.people
    yield from make_index(
        context, "people", people, lambda own, part: {"lines": [_person_row(own, one) for one in part.items]}
    )
    by_id = {profile.person.id: profile for profile in people}
    for profile in people:
        yield from _person_pages(context, profile, [by_id[id] for id in profile.namesakes])


def _person_row(context: CollectionContext, profile: Profile) -> IndexRow:
    return IndexRow(
        link=context.to_person(profile.person.id, profile.person.name),
        role=profile.roles[0][0] if profile.roles else context.say(f"people.{profile.person.kind}"),
        contents=_contents(context, profile),
    )


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
            "kind": say(f"people.{person.kind}"),
            "same_as": link(in_markdown(say("people.same_as")), person.same_as) if person.same_as else Markup(),
            "contents": _contents(own, profile),
            "feeds": own.feeds(path),
            "roles": [(role, own.to_briefing(briefing)) for role, briefing in profile.roles],
            "namesakes": [own.to(distinct_name(one), own.routes.people[one.person.id]) for one in namesakes],
            "quoted_by": _passed_on_by(own, profile, "quotation"),
            "reported_by": _passed_on_by(own, profile, "reported"),
            "claims": claims_over_time(own, profile.said) if part.number == 1 else (),
            "groups": list(groups(own, said, person.id)),
            "passed_on": list(groups(own, passed_on, prefix="_v")),
        }

    about = say("people.about", name=person.name, holds=_contents(context, profile))
    title = distinct_name(profile)
    yield from make_pages(context, path, rows, views, template="person", title=title, about=about, edit="people.yml")


def _own_words_first(said: Sequence[Statement]) -> Iterator[Statement]:
    """Yield what a person says in each briefing: what is quoted, then what is reported in other words, then figures."""
    order = ("quotation", "reported", "figure")
    for _, found in groupby(said, key=lambda item: item.briefing.path):
        yield from sorted(found, key=lambda item: order.index(kind_of(item.record)))


def _contents(context: CollectionContext, profile: Profile) -> str:
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
    found = Counter(
        (id, item.briefing.people[id].name)
        for item in profile.said
        if isinstance(item.record, Quotation) and kind_of(item.record) == kind
        for id in item.record.via
        if id in item.briefing.people
    )
    return [context.to_person(id, name) for (id, name), _ in found.most_common()]
