"""Looks up the briefing of a key of a page: `[@nato-ammunition/overtaken]` by its folder, or more of its path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.check.names import NamedThing, named, suggestion, withdrawn
from briefing.check.rules.citations import cites_withdrawn
from briefing.model import Briefing
from briefing.model.places import Place, Problem, Span, in_file
from briefing.model.prose import ALL_COMMENTS
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.pipeline.site_build import BriefingBuilds

KEY = re.compile(r"@([^\s;,@\[\]()]+)/([^\s;,@\[\]()/]+)")
CITATION = re.compile(rf"\s*{KEY.pattern}(?:\s*;\s*{KEY.pattern})*\s*")


@dataclass(frozen=True, slots=True)
class CitationKey:
    """A briefing's name and an id in it, as a page writes them."""

    briefing: str
    id: str
    span: Span
    """Of name, slash and id, without the @."""
    of_id: Span


def citation_keys(text: str, within: Span) -> Iterator[CitationKey]:
    """Yield the keys with a slash in a stretch of a page."""
    for found in KEY.finditer(text, within.start, within.end):
        yield CitationKey(found[1], found[2], Span(found.start(1), found.end(2)), Span(*found.span(2)))


def card_key(text: str, argument: Span) -> CitationKey | None:
    """Return the key of a line that asks for a card, with or without its @; None where it is none."""
    match = KEY.fullmatch(f"@{argument.of(text).removeprefix('@')}")
    if match is None:
        return None
    own = Span(argument.end - len(match[0]) + 1, argument.end)
    return CitationKey(match[1], match[2], own, Span(own.end - len(match[2]), own.end))


def matching_paths(name: str, paths: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the paths of the briefings that a name may mean: the path, its last part if no other has it, or more.

    `paths` are paths with their former ones, which mean a briefing only where no path does.
    """
    known = list(paths)
    if any(path == name for path, _ in known):
        return (name,)
    present = tuple(path for path, _ in known if path.endswith(f"/{name}"))
    return present or tuple(
        path for path, former in known if any(old == name or old.endswith(f"/{name}") for old in former)
    )


@dataclass(frozen=True, slots=True)
class Lookup:
    """All briefings of a library."""

    checked: Mapping[str, BriefingBuild]
    """By path, drafts and broken ones too."""
    shown: Mapping[str, Briefing]
    """By path: those that the site shows, as it shows them."""

    def paths(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each path with its former ones."""
        for path, checked in self.checked.items():
            yield path, checked.briefing.aliases if checked.briefing else ()

    def tags(self) -> set[str]:
        """Return every tag of a briefing, drafts included: a list may be asked for before there is anything in it."""
        return {tag for one in self.checked.values() if one.briefing for tag in one.briefing.tags}


def make_lookup(library: BriefingBuilds, listed: Sequence[Briefing] = ()) -> Lookup:
    """Return the lookup of all briefings; `listed` are the briefings that the site shows."""
    return Lookup({one.path: one for one in library.briefings}, {one.path: one for one in listed})


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a key leads to."""

    path: str
    """Of the briefing; empty where the key is none of ours."""
    item: NamedThing | None = None
    problem: Problem | None = None


def look_up(lookup: Lookup, key: CitationKey, file: str) -> LookupResult:
    """Return what a key on a page leads to, or what is wrong with it; of a broken briefing, nothing is known."""
    paths = matching_paths(key.briefing, lookup.paths())
    if not paths:
        return LookupResult("")
    if len(paths) > 1:
        return LookupResult(paths[0], problem=_ambiguous(key, paths, file))
    checked = lookup.checked[paths[0]]
    if checked.briefing is None:
        return LookupResult(paths[0])
    item, problem = _item(checked.briefing, key, in_file(file, key.of_id.start, key.of_id.end))
    return LookupResult(paths[0], item, problem)


def _item(briefing: Briefing, key: CitationKey, at: Place) -> tuple[NamedThing | None, Problem | None]:
    known, gone = named(briefing), withdrawn(briefing)
    item = NamedThing(ALL_COMMENTS, "comment", "published") if _cites_all(briefing, key) else known.get(key.id)
    if key.id in gone:
        return None, cites_withdrawn(key.id, gone[key.id], at)
    if item is None:
        if briefing.unread.may_have(key.id, "annotations", "comments", "references"):
            return None, None
        hint = suggestion(key.id, known, "annotations, themes, comments or references")
        return None, Problem("unknown-citation", f"nothing in “{briefing.path}” is called “{key.id}”", at, hint)
    status = briefing.status if briefing.status != "published" else item.status
    if status != "published":
        what = "its briefing" if briefing.status != "published" else f"the {item.kind} “{item.id}”"
        message = f"a page cites “{key.id}”, and {what} is not published: its status is {status}"
        return item, Problem("draft-cited", message, at, "write `status: published` there, or leave it out here")
    return item, None


def _cites_all(briefing: Briefing, key: CitationKey) -> bool:
    return key.id == ALL_COMMENTS and bool(briefing.comments)


def _ambiguous(key: CitationKey, paths: Sequence[str], file: str) -> Problem:
    at = in_file(file, key.span.start, key.of_id.start - 1)
    listed = ", ".join(f"“{path}”" for path in paths)
    hint = f"write more of its path: [@{'/'.join(paths[0].split('/')[-2:])}/{key.id}]"
    return Problem("ambiguous-briefing", f"“{key.briefing}” may be any of {listed}", at, hint)
