"""The index of people and organisations, and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.collection import Profile
from briefing.model import Quotation
from briefing.render.collection.context import CollectionContext, CollectionPage, told_apart
from briefing.render.collection.statements import groups
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import kind_of
from briefing.render.pagination import paginate
from briefing.render.routes import relative_link


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the index."""

    link: Markup
    role: str
    """What they were last said to be, or that it is an organisation."""
    holds: str


def leaves(desk: CollectionContext) -> Iterator[CollectionPage]:
    """The index and all pages of people; nothing without people."""
    people = desk.collection.people
    path = "people/index.md"
    for page in paginate(path, people) if people else ():
        own = replace(desk, here=page.path)
        yield CollectionPage(
            page.path,
            "people",
            desk.say("across.people"),
            desk.say("people.intro"),
            {"lines": [_line(own, one) for one in page.items], "pager": page.pager(desk.say)},
            number=page.number,
        )
    by_id = {profile.person.id: profile for profile in people}
    for profile in people:
        yield from _pages(desk, profile, [by_id[id] for id in profile.namesakes])


def _line(desk: CollectionContext, profile: Profile) -> PersonRow:
    return PersonRow(
        link=desk.to_person(profile.person.id, profile.person.name),
        role=profile.roles[0][0] if profile.roles else desk.say(f"people.{profile.person.kind}"),
        holds=_holds(desk, profile),
    )


def _pages(desk: CollectionContext, profile: Profile, namesakes: Sequence[Profile]) -> Iterator[CollectionPage]:
    """What they say, then what others say as quoted by them, cut into pages."""
    id, say = profile.person.id, desk.say
    path = desk.signs.people[id]
    rows = [(item.briefing, item, False) for item in profile.said]
    rows += [(item.briefing, item, True) for item in profile.passed_on]
    for page in paginate(path, rows):
        own = replace(desk, here=page.path)
        said = [row[:2] for row in page.items if not row[2]]
        passed = [row[:2] for row in page.items if row[2]]
        about = say("people.about", name=profile.person.name, holds=_holds(desk, profile))
        views = {
            "index": link(in_markdown(say("across.people")), relative_link(page.path, "people/index.md")),
            "name": profile.person.name,
            "kind": say(f"people.{profile.person.kind}"),
            "same_as": link(in_markdown(say("people.same_as")), profile.person.same_as)
            if profile.person.same_as
            else Markup(),
            "holds": _holds(desk, profile),
            "feeds": own.feeds(path),
            "roles": [(role, own.to_briefing(briefing)) for role, briefing in profile.roles],
            "namesakes": [own.to(told_apart(other), desk.signs.people[other.person.id]) for other in namesakes],
            "quoted_by": _passed_on_by(own, profile, "quotation"),
            "related_by": _passed_on_by(own, profile, "reported"),
            "groups": list(groups(own, said, id)),
            "passed": list(groups(own, passed, prefix="_v")),
            "pager": page.pager(say),
        }
        yield CollectionPage(
            page.path, "person", told_apart(profile), about, views, edit="people.yml", number=page.number
        )


def _holds(desk: CollectionContext, profile: Profile) -> str:
    """How much there is, in words."""
    counts = Counter(kind_of(item.record) for item in profile.said)
    others = Counter(kind_of(item.record) for item in profile.passed_on)
    held = {
        "quotations": counts["quotation"],
        "reported": counts["reported"],
        "figures": counts["figure"],
        "passed_on": others["quotation"],
        "reported_of_others": others["reported"],
    }
    return desk.holds(held, {item.briefing.path for item in profile.items})


def _passed_on_by(desk: CollectionContext, profile: Profile, kind: str) -> list[Markup]:
    """Who quotes them, or reports what they say; who does so most first."""
    found = Counter(
        (id, item.briefing.people[id].name)
        for item in profile.said
        if isinstance(item.record, Quotation) and kind_of(item.record) == kind
        for id in item.record.via
        if id in item.briefing.people
    )
    return [desk.to_person(id, name) for (id, name), _ in found.most_common()]
