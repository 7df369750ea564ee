"""A YAML tree against its input model: every error becomes a problem, and what is right lives on.

What is wrong is cut out and the rest is read again, until it stands: an entry goes as a whole (half an annotation
would only make later stages complain), in briefing.yml only the field, because everything hangs on that file. So it is
where a draft says TODO: the field counts as not known, and the draft stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from briefing.load.errors import misspelt, path_of, problem
from briefing.load.tree import Map, Scalar, Seq, Tree
from briefing.places import NodePath, Place, Problem

M = TypeVar("M", bound=BaseModel)

Stands = Mapping[NodePath, str]
"""What takes the place of a required field that is missing or wrong, so that the rest of the file can be checked."""


@dataclass(frozen=True, slots=True)
class Valid(Generic[M]):
    """What of a file could be used."""

    given: M | None
    """None where nothing could."""
    problems: tuple[Problem, ...]
    cut: tuple[NodePath, ...]
    """Where something was cut out, in a file of entries only whole entries; the root where all was."""


def validate(model: type[M], tree: Tree, depth: int | None = None, stands: Stands | None = None) -> Valid[M]:
    """The file as its model, without what is wrong.

    `depth` is the length of an entry's path: 1 in people.yml, 2 for lists under a key; None cuts only what is wrong.
    A file of entries may be empty.
    """
    if depth is not None and (tree.data is None or tree.data == "") and not tree.problems:
        return Valid(model.model_validate({}), (), ())
    if not isinstance(tree.data, Map):
        return Valid(None, tuple(_no_mapping(tree)), ((),))
    problems: list[Problem] = []
    bad = {path[:depth] for path in tree.bad}
    while () not in bad:
        try:
            given = model.model_validate(_without(tree.data, bad, stands or {}))
            cut = (path for path in bad if depth is None or len(path) <= depth)
            return Valid(given, tuple(dict.fromkeys(problems)), tuple(sorted(cut, key=str)))
        except ValidationError as error:
            before = frozenset(bad)
            details = error.errors(include_url=False)
            meant = misspelt(details, model)
            for detail in details:
                path = path_of(detail)
                wider = _follows(path, before)
                todo = detail["type"] == "todo-left" and waits(tree.data, path[:depth])
                bad.add(wider if wider is not None else path if todo else path[:depth])
                if wider is None and not (detail["type"] == "missing" and path in meant):
                    problems.append(problem(detail, tree, model))
    return Valid(None, tuple(problems), ((),))


def waits(data: Map, entry: NodePath) -> bool:
    """Whether an entry says of itself that it is not to be published yet."""
    found: Any = data
    for part in entry:
        found = found[part]
    return isinstance(found, Map) and found.get("status") in ("draft", "review")


def _follows(path: NodePath, bad: Set[NodePath]) -> NodePath | None:
    """What else to cut where an error is only there because something was cut; None for an error of its own."""
    for length in range(len(path) + 1):
        if path[:length] in bad:
            return path[: length - 1]
    return path if any(cut[: len(path)] == path for cut in bad) else None


def _no_mapping(tree: Tree) -> list[Problem]:
    if tree.problems:
        return []
    place = Place(tree.file.name)
    if tree.data is None or (isinstance(tree.data, Scalar) and not tree.data):
        return [Problem("missing-field", f"“{tree.file.name}” is empty", place, "write its first field")]
    what = "a list" if isinstance(tree.data, Seq) else "text"
    hint = "begin with fields: a name, a colon, a space, and the value"
    return [Problem("wrong-type", f"“{tree.file.name}” must hold fields, and it holds {what}", place, hint)]


def _without(data: Map, bad: Set[NodePath], stands: Stands) -> Map:
    """The tree without what is bad, with a stand-in for what cannot be missing."""
    if not bad:
        return data
    made: Map = _pruned(data, bad)
    for path, words in stands.items():
        if any(path[:length] in bad for length in range(1, len(path) + 1)):
            _put(made, path, words)
    return made


def _pruned(value: Any, bad: Set[NodePath]) -> Any:
    if isinstance(value, Map):
        fields = Map((key, _pruned(inner, bad)) for key, inner in value.items() if inner.path not in bad)
        fields.path = value.path
        return fields
    if isinstance(value, Seq):
        entries = Seq(_pruned(inner, bad) for inner in value if inner.path not in bad)
        entries.path, entries.flow = value.path, value.flow
        return entries
    return value


def _put(data: Map, path: NodePath, words: str) -> None:
    """Set a text deep in a mapping, making the mappings on the way."""
    for depth, key in enumerate(path[:-1], start=1):
        if key not in data:
            data[str(key)] = Map()
            data[str(key)].path = path[:depth]
        data = data[str(key)]
    value = Scalar(words)
    value.path, value.plain, value.cut = path, True, False
    data[str(path[-1])] = value
