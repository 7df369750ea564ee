"""Words that are not in a briefing's source but in that of another one: the annotation may be in the wrong folder.

A second look, for when all briefings are known; it only adds to hints. It is bounded: so many orphans, so much text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from briefing.anchor.find import find
from briefing.anchor.fold import fold
from briefing.model import Briefing, MatchLevel, Part, Selector
from briefing.model.places import NodePath, Place, Problem

LOOKED_FOR = 100
"""Orphans of one briefing that are looked for elsewhere."""
READ = 5_000_000
"""Code points of other sources that are looked through: some seconds at the most."""
_ENOUGH = 3
"""Words from which it means something that another text has them too."""


def elsewhere(briefing: Briefing, problems: Iterable[Problem], sources: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return the problems, orphans with a hint that names the briefings whose source has their words.

    `sources` has the texts of the other briefings by their folders.
    """
    found = tuple(problems)
    parts = {(part.at.file, part.at.path): part for part in _unfound(briefing)}
    orphans = [problem for problem in found if problem.code == "orphan" and _key(problem.at) in parts][:LOOKED_FOR]
    texts = _folded(sources) if orphans else {}
    hinted = {problem: _add_hint(problem, parts[_key(problem.at)], texts, sources) for problem in orphans}
    return tuple(hinted.get(problem, problem) for problem in found)


def _key(at: Place) -> tuple[str, NodePath]:
    return at.file, at.path


def _unfound(briefing: Briefing) -> Iterable[Part]:
    """Yield the parts of targets that have no place, of more than a few words."""
    for annotation in briefing.annotations:
        if annotation.id not in briefing.anchors:
            yield from (part for part in annotation.target.parts if len(part.selector.exact.split()) >= _ENOUGH)


def _folded(sources: Mapping[str, str]) -> Mapping[str, str]:
    """Return texts with typography folded, as far as the limit reaches: a quick look before the exact one."""
    read, texts = 0, {}
    for path, text in sources.items():
        read += len(text)
        if read > READ:
            break
        texts[path] = fold(text, MatchLevel.TYPOGRAPHY).text
    return texts


def _add_hint(problem: Problem, part: Part, texts: Mapping[str, str], sources: Mapping[str, str]) -> Problem:
    wanted = fold(part.selector.exact, MatchLevel.TYPOGRAPHY).text.strip()
    near = (path for path, text in texts.items() if wanted in text)
    there = [path for path in near if find(sources[path], Selector(part.selector.exact), 1)]
    if not there:
        return problem
    named = " and ".join(f"“{path}”" for path in there[:3])
    hint = f"these words are in the source of {named}: is this annotation in the wrong folder?"
    return replace(problem, hint="\n".join(filter(None, (hint, problem.hint))))
