"""The library as the ordinary pages of a site see it: every briefing with what may be cited in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.build import Checked, Library
from briefing.check.citations import cites_withdrawn
from briefing.check.names import Named, named, suggestion, withdrawn
from briefing.model import Briefing
from briefing.places import Place, Problem, in_file
from briefing.site.keys import Key, meant

ALL_COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All briefings of a library."""

    checked: Mapping[str, Checked]
    """By path, drafts and broken ones too."""
    shown: Mapping[str, Briefing]
    """By path: those that the site shows, as it shows them."""

    def paths(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each path with its former ones."""
        for path, checked in self.checked.items():
            yield path, checked.briefing.aliases if checked.briefing else ()

    def tags(self) -> set[str]:
        """Every tag of a briefing, drafts included: a list may be asked for before there is anything in it."""
        return {tag for one in self.checked.values() if one.briefing for tag in one.briefing.tags}


def shelf(library: Library, listed: Sequence[Briefing] = ()) -> Shelf:
    """The shelf of a library; `listed` are the briefings that the site shows."""
    return Shelf({one.path: one for one in library.briefings}, {one.path: one for one in listed})


@dataclass(frozen=True, slots=True)
class Found:
    """What a key leads to."""

    path: str
    """Of the briefing; empty where the key is none of ours."""
    item: Named | None = None
    problem: Problem | None = None


def look_up(shelf: Shelf, key: Key, file: str) -> Found:
    """What a key on a page leads to, or what is wrong with it; of a broken briefing, nothing is known."""
    paths = meant(key.briefing, shelf.paths())
    if not paths:
        return Found("")
    if len(paths) > 1:
        return Found(paths[0], problem=_ambiguous(key, paths, file))
    checked = shelf.checked[paths[0]]
    if checked.briefing is None:
        return Found(paths[0])
    item, problem = _item(checked.briefing, key, in_file(file, key.of_id.start, key.of_id.end))
    return Found(paths[0], item, problem)


def _item(briefing: Briefing, key: Key, at: Place) -> tuple[Named | None, Problem | None]:
    known, gone = named(briefing), withdrawn(briefing)
    item = Named(ALL_COMMENTS, "comment", "published") if _cites_all(briefing, key) else known.get(key.id)
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


def _cites_all(briefing: Briefing, key: Key) -> bool:
    return key.id == ALL_COMMENTS and bool(briefing.comments)


def _ambiguous(key: Key, paths: Sequence[str], file: str) -> Problem:
    at = in_file(file, key.span.start, key.of_id.start - 1)
    listed = ", ".join(f"“{path}”" for path in paths)
    hint = f"write more of its path: [@{'/'.join(paths[0].split('/')[-2:])}/{key.id}]"
    return Problem("ambiguous-briefing", f"“{key.briefing}” may be any of {listed}", at, hint)
