"""What does not fit an input model as problems: with a code, a place in the file, and words for an author."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Generic, TypeVar

from msgspec import Struct

from briefing.load.schema.annotations import RANGE, WORDS
from briefing.load.schema.formats import did_you_mean, nearest
from briefing.load.schema.inputs import LIST, MAPPING, NAMES, TEXT, Error, Input, keys, models_in, read
from briefing.load.yaml import COMMENT, Map, Scalar, Seq, Tree, node_at
from briefing.load.yaml.pasted import name_character
from briefing.load.yaml.scalars import in_quotation_marks, repaired, shortened
from briefing.model.places import NodePath, Place, Problem, Span, in_marks

TEXTS = ("key_points", "target")
"""Lists of texts; the entries of all other lists have fields."""

_NO_SPACE = re.compile(r"([A-Za-z_][\w-]*):(\S.*)")
BARE = re.compile(r"\s*[,}]")

EXPECTED = {
    TEXT: "text",
    LIST: "a list",
    MAPPING: "fields (`name: value`)",
    NAMES: "names with a value each (`name: value`)",
    WORDS: "`{words: …}`",
    RANGE: "`{from: …, to: …}`",
}


def problem(error: Error, tree: Tree, model: type[Input]) -> Problem:
    """Return what does not fit as a problem in a file that `model` describes."""
    path = error.path
    if error.message:
        place = _place_at(tree, path, error.span)
        return Problem(error.code, error.message, place.key() if error.of_key else place, error.hint)
    if error.code == "unknown-field":
        return _unknown_field(tree, path, model)
    if error.code == "missing-field":
        return _missing_problem(tree, path)
    if error.code == "todo-left":
        return todo(_place_at(tree, path), str(node_at(tree.data, path)))
    if error.code == "wrong-value":
        return _wrong_value(tree, error)
    if error.code == "text-cut-by-hash":
        return _cut_problem(tree, path)
    if error.code == "quote-this-value":
        return _misread_problem(tree, path)
    return _wrong_type(tree, error)


def todo(at: Place, words: str) -> Problem:
    """That a field is still to be filled in."""
    what = shortened(" ".join(words.split()).removeprefix("TODO").lstrip(": "), 200)
    name = next((f"“{part}”" for part in reversed(at.path) if isinstance(part, str)), "a field")
    message = f"{name} is not filled in" + (f": {what}" if what else "")
    hint = "replace the TODO with the value, or delete the line if the field is not needed"
    return Problem("todo-left", message, at, hint)


def _place_at(tree: Tree, path: NodePath, span: Span | None = None) -> Place:
    place = Place(tree.file.name, path)
    return place.part(span) if span else place


def _name_of(tree: Tree, path: NodePath) -> str:
    """Return what to call a node in a sentence: a list entry by its id, if it has one."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "the file" if not path else f"entry {path[-1]}"
    if path and isinstance(path[-1], int):
        id = _id_of(tree, path)
        return (f"{in_marks(shortened(id))}, " if id else "") + f"entry {path[-1] + 1} of “{names[-1]}”"
    return f"“{names[-1]}”"


def _id_of(tree: Tree, path: NodePath) -> str:
    entry = node_at(tree.data, path)
    id = entry.get("id") if isinstance(entry, Map) else None
    return str(id) if isinstance(id, Scalar) else ""


# --- fields -----------------------------------------------------------------------------------------------------


def _unknown_field(tree: Tree, path: NodePath, model: type[Input]) -> Problem:
    split = _split_by_comma(tree, path)
    if split:
        return split
    key = str(path[-1])
    where = f" in {_name_of(tree, path[:-1])}" if path[:-1] else ""
    message = f"there is no field {in_marks(shortened(key))}{where}"
    known = fields_at(model, path[:-1])
    hint = did_you_mean(key, known)
    if nearest(key, known) and (foreign := next((sign for sign in key if sign.isalpha() and not sign.isascii()), "")):
        hint = f"write “{nearest(key, known)}”: what looks like one of its letters is {name_character(foreign)}"
    return Problem("unknown-field", message, _place_at(tree, path).key(), hint)


def fields_at(model: type[Input], path: NodePath) -> list[str]:
    """Return the fields that the mapping at `path` can have."""
    models = list(models_in(model))
    for part in path:
        if isinstance(part, str) and any(part in keys(known) for known in models):
            fields = [keys(known)[part] for known in models if part in keys(known)]
            models = [inner for field in fields for inner in models_in(field.hint)]
    return list(dict.fromkeys(key for known in models for key in keys(known)))


def misspelt(errors: Iterable[Error], model: type[Input]) -> set[NodePath]:
    """Return where the fields would be that unknown ones were probably meant to be: those are not missing too."""
    paths = [error.path for error in errors if error.code == "unknown-field"]
    return {(*path[:-1], nearest(str(path[-1]), fields_at(model, path[:-1]))) for path in paths}


def _missing_problem(tree: Tree, path: NodePath) -> Problem:
    if path in tree.file.nodes:
        message = f"{_name_of(tree, path)} is empty"
        is_entry = path and isinstance(path[-1], int)
        hint = "write it after the “- ”, or delete the line" if is_entry else "write its value after the colon"
        return Problem("missing-field", message, _place_at(tree, path), hint)
    parent = f" in {_name_of(tree, path[:-1])}" if path[:-1] else ""
    message = f"the field “{path[-1]}” is missing{parent}"
    return Problem("missing-field", message, _place_of_mapping(tree, path[:-1]), f"add a line “{path[-1]}: …”")


def _place_of_mapping(tree: Tree, path: NodePath) -> Place:
    """Return the id of an entry, the key of another mapping, the file itself; a mapping without any begins with its
    own."""
    if _id_of(tree, path):
        return _place_at(tree, (*path, "id"))
    place = _place_at(tree, path)
    return place.key() if path and isinstance(path[-1], str) else place


def _wrong_value(tree: Tree, error: Error) -> Problem:
    message = f"{_name_of(tree, error.path)} cannot be {in_marks(shortened(str(error.value)))}"
    hint = did_you_mean(str(error.value), [word for word in error.expected if word])
    return Problem("wrong-value", message, _place_at(tree, error.path), hint)


def _wrong_type(tree: Tree, error: Error) -> Problem:
    expected = " or ".join(EXPECTED[kind] for kind in error.expected)
    expected += " (lines that begin with “- ”)" * (error.expected == (LIST,))
    message = f"{_name_of(tree, error.path)} must be {expected}, but it is {_describe_value(error.value)}"
    return Problem("wrong-type", message, _place_at(tree, error.path), _type_hint(error))


def _describe_value(value: object) -> str:
    if isinstance(value, Seq):
        return "a list"
    if isinstance(value, Map):
        return "fields"
    return f"the text {in_marks(shortened(str(value)))}" if str(value or "").strip() else "empty"


def _type_hint(error: Error) -> str:
    """Return a missing space or dash, or a single entry where a list is needed: mistakes that can be told."""
    path, value, needs_list = error.path, error.value, error.expected == (LIST,)
    if isinstance(value, Map) and value and needs_list:
        return f"begin each entry with “- ”:\n{path[-1]}:\n  - {next(iter(value))}: …"
    if isinstance(value, Seq) and error.expected == (TEXT,):
        return "write one text without “- ” before it"
    if not isinstance(value, Scalar) or not value.strip():
        return ""
    found = _NO_SPACE.match(value)
    if found:
        return f"a space is missing after “{found[1]}:”"
    if needs_list and path and path[-1] not in TEXTS:
        return f"write each entry with its fields, the first after “- ”; leave “{path[-1]}” out where there is none"
    if needs_list and path:
        entry = repaired((*path, 0), value).replace("\n", "\n  ")
        return f"write each entry like this:\n{path[-1]}:\n  {entry}"
    return ""


# --- text that YAML misread -------------------------------------------------------------------------------------


def _cut_problem(tree: Tree, path: NodePath) -> Problem:
    text, node = tree.file.text, tree.file.nodes[path]
    found = COMMENT.match(text, node.span.end)
    end = found.end() if found else node.span.end
    words = text[node.span.end : end].strip()
    message = f"YAML dropped {in_marks(shortened(words))} as a comment"
    hint = f"if it belongs to the text:\n{repaired(path, text[node.span.start : end])}"
    hint += "\nif it is a remark, put it on a line of its own"
    start = end - len(words)
    return Problem("text-cut-by-hash", message, Place(tree.file.name, path, Span(start, end), "file"), hint)


def _misread_problem(tree: Tree, path: NodePath) -> Problem:
    """Return text of which YAML made a list or a mapping: the whole of it as the file has it."""
    node = tree.file.nodes[path]
    words = node.span.of(tree.file.text)
    value = node_at(tree.data, path)
    what = "a list" if isinstance(value, Seq) else "a field and its value"
    if isinstance(value, Seq) and path[-1] in ("target", "key_points"):
        return _split_list(tree, path, words)
    message = f"{_name_of(tree, path)} is text, but YAML read {in_marks(shortened(words))} as {what}"
    hint = f"write the text as a block:\n{repaired(path, words)}"
    return Problem("quote-this-value", message, _place_at(tree, path), hint)


def _split_list(tree: Tree, path: NodePath, words: str) -> Problem:
    inner = words.removeprefix("[").removesuffix("]")
    message = f"{_name_of(tree, path)} has text in brackets without quotation marks, so every comma splits it"
    whole = repaired(path, inner) if path[-1] == "target" else _as_list(path, [inner])
    hint = f"as one text:\n{whole}\nas several:\n{_as_list(path, [str(part) for part in node_at(tree.data, path)])}"
    return Problem("quote-this-value", message, _place_at(tree, path), hint)


def _as_list(path: NodePath, texts: list[str]) -> str:
    """Return a field with a list of texts, each as a block."""
    items = (repaired((*path, 0), text).replace("\n", "\n  ") for text in texts)
    return f"{path[-1]}:\n  " + "\n  ".join(items)


def _split_by_comma(tree: Tree, path: NodePath) -> Problem | None:
    """`{id: c1, text: Well, I think}`: a comma in braces ends the text, and the rest becomes a field."""
    if not _lacks_colon(tree, path):
        return None
    parent, siblings = path[:-1], node_at(tree.data, path[:-1])
    names = list(siblings) if isinstance(siblings, Map) else []
    at = names.index(path[-1]) if path[-1] in names else 0
    whole = [name for name in names[:at] if not _lacks_colon(tree, (*parent, name))]
    if not whole:
        return None
    rest = list(itertools.takewhile(lambda name: _lacks_colon(tree, (*parent, name)), names[at:]))
    cut = (*parent, whole[-1])
    last = (*parent, rest[-1])
    span = Span(tree.file.nodes[cut].span.start, tree.file.span_of(Place(tree.file.name, last, of="key")).end)
    words = span.of(tree.file.text)
    message = f"the comma in {in_marks(shortened(words))} ends the text, because it is in braces"
    hint = f"put it in quotation marks:\n{in_quotation_marks(str(cut[-1]), words)}"
    return Problem("quote-this-value", message, Place(tree.file.name, cut, span, "file"), hint)


def _lacks_colon(tree: Tree, path: NodePath) -> bool:
    """Return whether no colon follows a key, as happens only in braces."""
    node = tree.file.nodes.get(path)
    return node is not None and node.key is not None and bool(BARE.match(tree.file.text, node.key.end))


M = TypeVar("M", bound=Input)

Stands = Mapping[NodePath, str]
"""What takes the place of a required field that is missing or wrong, so that the rest of the file can be checked."""


class Valid(Struct, Generic[M], frozen=True):
    """What of a file could be used."""

    given: M | None
    """None where nothing could."""
    problems: tuple[Problem, ...]
    cut: tuple[NodePath, ...]
    """Where something was cut out, in a file of entries only whole entries; the root where all was."""


def validate(model: type[M], tree: Tree, depth: int | None = None, stands: Stands | None = None) -> Valid[M]:
    """Return the file as its model, without what is wrong.

    `depth` is the length of an entry's path: 1 in people.yml, 2 for lists under a key; None cuts only what is wrong.
    A file of entries may be empty, unless it has a field that is required.
    """
    if depth is not None and (tree.data is None or tree.data == "") and not tree.problems:
        empty, errors = read(model, Map.at(()))
        if not errors:
            return Valid(empty, (), ())
    if not isinstance(tree.data, Map):
        return Valid(None, tuple(_no_mapping(tree)), ((),))
    problems: list[Problem] = []
    bad = {path[:depth] for path in tree.bad}
    while () not in bad:
        given, errors = read(model, _without_bad(tree.data, bad, stands or {}))
        if not errors:
            cut = (path for path in bad if depth is None or len(path) <= depth)
            return Valid(given, tuple(dict.fromkeys(problems)), tuple(sorted(cut, key=str)))
        found, wrong = _read_errors(errors, tree, model, depth, bad)
        problems += found
        bad |= wrong
    return Valid(None, tuple(problems), ((),))


def _read_errors(
    errors: Sequence[Error], tree: Tree, model: type[Input], depth: int | None, bad: Set[NodePath]
) -> tuple[list[Problem], set[NodePath]]:
    """Return the problems that errors are, and what to cut; what only follows from a cut is no problem."""
    problems: list[Problem] = []
    wrong: set[NodePath] = set()
    meant = misspelt(errors, model)
    for error in errors:
        path = error.path
        wider = _wider_cut(path, bad)
        if wider is not None:
            wrong.add(wider)
            continue
        waiting = error.code == "todo-left" and (waits(tree.data, path[:depth]) or _is_left_out(path))
        wrong.add(path if waiting else path[:depth])
        if error.code != "missing-field" or error.value is not None or path not in meant:
            problems.append(problem(error, tree, model))
    return problems, wrong


def _is_left_out(path: NodePath) -> bool:
    """Return whether a field means the same where it is missing as where it is to be filled in.

    A theme needs no summary, and without the theme its comments would be in none.
    """
    return path[:1] == ("themes",) and path[2:] == ("summary",)


def waits(data: Any, entry: NodePath) -> bool:
    """Return whether an entry says of itself that it is not to be published yet."""
    found = node_at(data, entry)
    return isinstance(found, Map) and found.get("status") in ("draft", "review")


def _wider_cut(path: NodePath, bad: Set[NodePath]) -> NodePath | None:
    """Return what else to cut where an error is only there because something was cut; None for an error of its own."""
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
    if isinstance(tree.data, Scalar) and (found := _NO_SPACE.match(tree.data)):
        message = f"a space is missing after “{found[1]}:”"
        return [Problem("yaml-syntax", message, place, f"write “{found[1]}: {shortened(found[2], 30)}”")]
    what = "a list" if isinstance(tree.data, Seq) else "text"
    hint = "begin with fields: a name, a colon, a space, and the value"
    return [Problem("wrong-type", f"“{tree.file.name}” must hold fields, and it holds {what}", place, hint)]


def _without_bad(data: Map, bad: Set[NodePath], stands: Stands) -> Map:
    """Return the tree without what is bad, with something in place of what cannot be missing."""
    if not bad:
        return data
    made: Map = _without_paths(data, bad)
    for path, words in stands.items():
        if any(path[:length] in bad for length in range(1, len(path) + 1)):
            _put_text(made, path, words)
    return made


def _without_paths(value: Any, bad: Set[NodePath]) -> Any:
    if isinstance(value, Map):
        fields = ((key, _without_paths(inner, bad)) for key, inner in value.items() if inner.path not in bad)
        return Map.at(value.path, fields)
    if isinstance(value, Seq):
        return Seq.at(value.path, value.flow, (_without_paths(inner, bad) for inner in value if inner.path not in bad))
    return value


def _put_text(data: Map, path: NodePath, words: str) -> None:
    """Set a text deep in a mapping, making the mappings on the way."""
    for depth, key in enumerate(path[:-1], start=1):
        if key not in data:
            data[str(key)] = Map.at(path[:depth])
        data = data[str(key)]
    data[str(path[-1])] = Scalar.at(path, words)
