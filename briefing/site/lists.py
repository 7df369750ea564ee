"""Lists of briefings in ordinary pages: `<!-- briefings: tag=defence newest=5 -->`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.collection import fold_tag
from briefing.model import Briefing
from briefing.model.places import Problem, in_file
from briefing.site.lookup import Lookup
from briefing.site.markdown_scan import Directive

OPTIONS = ("newest", "tag", "under", "language")
"""What a list can be narrowed by; all conditions hold together, a tag given twice is a condition each."""
_OPTION = re.compile(r"""(?P<name>[^\s="']+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]*)))?""")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which briefings a list shows."""

    newest: int | None = None
    """At most so many."""
    tags: tuple[str, ...] = ()
    """In any spelling of their topics, as the pages of topics take them."""
    under: str = ""
    """Only those in this folder below the docs folder."""
    language: str = ""

    def of(self, briefings: Sequence[Briefing]) -> tuple[Briefing, ...]:
        """Return the briefings that are wanted, newest first."""
        found = [briefing for briefing in briefings if self._takes(briefing)]
        found.sort(key=lambda briefing: (briefing.date, briefing.path), reverse=True)
        return tuple(found[: self.newest])

    def _takes(self, briefing: Briefing) -> bool:
        in_language = not self.language or briefing.language.lower().split("-")[0] == self.language.lower()
        inside = not self.under or briefing.path.startswith(f"{self.under}/") or briefing.path == self.under
        return in_language and inside and set(map(fold_tag, self.tags)) <= set(map(fold_tag, briefing.tags))


def wanted(text: str, ask: Directive, lookup: Lookup, file: str) -> tuple[ListQuery, tuple[Problem, ...]]:
    """Return which briefings a line asks for, and what is wrong with it; an option that is wrong narrows nothing."""
    given: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for found in _OPTION.finditer(text, ask.argument.start, ask.argument.end):
        value = found["quoted"] if found["quoted"] is not None else found["plain"] or ""
        reasons = list(_wrong(found["name"], value, found.group().find("=") >= 0, lookup))
        at = in_file(file, found.start(), found.end())
        problems += (Problem("bad-list-option", message, at, hint) for message, hint in reasons)
        if not reasons:
            given.setdefault(found["name"], []).append(value)
    newest = given.get("newest", [""])[-1]
    under, language = (given.get(name, [""])[-1] for name in ("under", "language"))
    tags = tuple(given.get("tag", ()))
    return ListQuery(int(newest) if newest else None, tags, under.strip("/"), language), tuple(problems)


def _wrong(name: str, value: str, has_value: bool, lookup: Lookup) -> Iterator[tuple[str, str]]:
    """Yield why an option cannot be followed, and what to write."""
    if name not in OPTIONS:
        near = difflib.get_close_matches(name, OPTIONS, n=1)
        meant = f"did you mean “{near[0]}”?" if near else "write newest=5, tag=defence, under=folder or language=de"
        yield f"a list of briefings has no option “{name}”", meant
    elif not has_value or not value:
        yield f"“{name}” has no value", f"write {name}={'5' if name == 'newest' else '…'} without spaces around ="
    elif name == "newest" and not re.fullmatch("[1-9][0-9]{0,5}", value):
        yield f"“{value}” is not a number of briefings", "write a whole number from 1, for example newest=5"
    elif name == "tag" and fold_tag(value) not in set(map(fold_tag, lookup.tags())):
        near = difflib.get_close_matches(value, lookup.tags(), n=1)
        yield f"no briefing has the tag “{value}”", f"did you mean “{near[0]}”?" if near else "look how it is written"
    elif name == "under" and not any(f"{path}/".startswith(f"{value.strip('/')}/") for path in lookup.checked):
        yield f"there is no briefing in “{value}”", "write a folder below the docs folder, for example briefings/2025"
