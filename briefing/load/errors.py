"""pydantic's errors as problems: with a code, a place in the file, and words for an author."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from briefing.load.fields import LIST, MAPPING, TEXT
from briefing.load.formats import did_you_mean
from briefing.load.inputs import keys, models_in
from briefing.load.inputs.annotations import RANGE, WORDS
from briefing.load.repair import repaired, shortened
from briefing.load.tree import COMMENT, Map, Scalar, Seq, Tree
from briefing.places import NodePath, Place, Problem, Span

Error = Mapping[str, Any]

BARE = re.compile(r"\s*[,}]")

EXPECTED = {
    "model_type": "fields (`name: value`)",
    "model_attributes_type": "fields (`name: value`)",
    "dict_type": "names with a value each (`name: value`)",
    "list_type": "a list (lines that begin with “- ”)",
    "wrong-type": "text",
    "string_type": "text",
    TEXT: "text",
    LIST: "a list",
    WORDS: "`{words: …}`",
    RANGE: "`{from: …, to: …}`",
    MAPPING: "fields (`name: value`)",
}


def path_of(error: Error) -> NodePath:
    """The path of the node in the file; pydantic's `loc` also holds the tags of unions and marks keys."""
    *parents, last = error["loc"] or ("‹›",)
    known = [part for part in parents if not str(part).startswith("‹")]
    is_key = error["type"] in ("extra_forbidden", "missing") or not str(last).startswith(("‹", "[key]"))
    return (*known, last) if is_key else tuple(known)


def problem(error: Error, tree: Tree, model: type[BaseModel]) -> Problem:
    """One error of pydantic as a problem in a file that `model` describes."""
    path, code = path_of(error), error["type"]
    context = error.get("ctx", {})
    if context.get("message"):
        place = _place(tree, path, context.get("span"))
        return Problem(code, context["message"], place.key() if "[key]" in error["loc"] else place, context["hint"])
    if code == "extra_forbidden":
        return _unknown_field(tree, path, model)
    if code in ("missing", "missing-field"):
        return _missing(tree, path, code)
    if code == "literal_error":
        return _wrong_value(tree, path, error)
    if code == "text-cut-by-hash":
        return _cut(tree, path)
    if code == "quote-this-value":
        return _misread(tree, path)
    return _wrong_type(tree, path, error)


def _place(tree: Tree, path: NodePath, span: Span | None = None) -> Place:
    place = Place(tree.file.name, path)
    return place.part(span) if span else place


def _name(path: NodePath) -> str:
    """What to call a node in a sentence."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "the file" if not path else f"entry {path[-1]}"
    if path and isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of “{names[-1]}”"
    return f"“{names[-1]}”"


# --- fields -----------------------------------------------------------------------------------------------------


def _unknown_field(tree: Tree, path: NodePath, model: type[BaseModel]) -> Problem:
    split = _split_by_comma(tree, path)
    if split:
        return split
    key = str(path[-1])
    where = f" in {_name(path[:-1])}" if path[:-1] else ""
    message = f"there is no field “{shortened(key)}”{where}"
    hint = did_you_mean(key, fields_at(model, path[:-1]))
    return Problem("unknown-field", message, _place(tree, path).key(), hint)


def fields_at(model: type[BaseModel], path: NodePath) -> list[str]:
    """The fields that the mapping at `path` can have."""
    models = list(models_in(model))
    for part in path:
        if isinstance(part, str) and any(part in keys(known) for known in models):
            fields = [keys(known)[part] for known in models if part in keys(known)]
            models = [inner for field in fields for inner in models_in(field.annotation)]
    return list(dict.fromkeys(key for known in models for key in keys(known)))


def _missing(tree: Tree, path: NodePath, code: str) -> Problem:
    if path in tree.file.nodes or code != "missing":
        message = f"{_name(path)} is empty"
        is_entry = path and isinstance(path[-1], int)
        hint = "write it after the “- ”, or take the line out" if is_entry else "write its value after the colon"
        return Problem("missing-field", message, _place(tree, path), hint)
    parent = f" in {_name(path[:-1])}" if path[:-1] else ""
    message = f"the field {_name(path)} is missing{parent}"
    return Problem("missing-field", message, _place(tree, path[:-1]), f"add a line “{path[-1]}: …”")


def _wrong_value(tree: Tree, path: NodePath, error: Error) -> Problem:
    allowed = [word for word in re.findall("'([^']*)'", error["ctx"]["expected"]) if word]
    message = f"{_name(path)} cannot be “{shortened(str(error['input']))}”"
    return Problem("wrong-value", message, _place(tree, path), did_you_mean(str(error["input"]), allowed))


def _wrong_type(tree: Tree, path: NodePath, error: Error) -> Problem:
    expected = EXPECTED.get(error["type"], "")
    if not expected:
        tags = error.get("ctx", {}).get("expected_tags", "")
        expected = " or ".join(EXPECTED[tag] for tag in re.findall("'([^']*)'", tags) if tag in EXPECTED)
    message = f"{_name(path)} must be {expected or 'something else'}, and here it is {_what(error['input'])}"
    return Problem("wrong-type", message, _place(tree, path), _type_hint(path, error))


def _what(value: object) -> str:
    if isinstance(value, Seq):
        return "a list"
    if isinstance(value, Map):
        return "fields"
    return f"the text “{shortened(str(value))}”" if str(value or "").strip() else "empty"


def _type_hint(path: NodePath, error: Error) -> str:
    """A missing space, or a single entry where a list is needed: mistakes that can be told."""
    value = error["input"]
    if not isinstance(value, Scalar) or not value.strip():
        return ""
    found = re.match(r"([A-Za-z_][\w-]*):\S", value)
    if found:
        return f"a space is missing after “{found[1]}:”"
    if error["type"] == "list_type" and path:
        entry = repaired((*path, 0), value).replace("\n", "\n  ")
        return f"write each entry like this:\n{path[-1]}:\n  {entry}"
    return ""


# --- text that YAML misread -------------------------------------------------------------------------------------


def _cut(tree: Tree, path: NodePath) -> Problem:
    text, node = tree.file.text, tree.file.nodes[path]
    found = COMMENT.match(text, node.span.end)
    end = found.end() if found else node.span.end
    words = text[node.span.end : end].strip()
    message = f"YAML dropped “{shortened(words)}” as a comment"
    hint = f"if it belongs to the text:\n{repaired(path, text[node.span.start : end])}"
    hint += "\nif it is a remark, put it on a line of its own"
    start = end - len(words)
    return Problem("text-cut-by-hash", message, Place(tree.file.name, path, Span(start, end), "file"), hint)


def _misread(tree: Tree, path: NodePath) -> Problem:
    """Text of which YAML made a list or a mapping: the whole of it as the file has it."""
    node = tree.file.nodes[path]
    words = node.span.of(tree.file.text)
    value = _at(tree, path)
    what = "a list" if isinstance(value, Seq) else "a field and its value"
    if isinstance(value, Seq) and path[-1] in ("target", "key_points"):
        return _split_list(tree, path, words)
    message = f"{_name(path)} is text, and YAML made {what} of “{shortened(words)}”"
    hint = f"write the text as a block:\n{repaired(path, words)}"
    return Problem("quote-this-value", message, _place(tree, path), hint)


def _split_list(tree: Tree, path: NodePath, words: str) -> Problem:
    inner = words.removeprefix("[").removesuffix("]")
    message = f"{_name(path)} has text in brackets without quotation marks, which every comma splits"
    text = repaired((*path, 0), inner).replace("\n", "\n  ")
    hint = f"as one text:\n{path[-1]}:\n  {text}\nas several, write each as such an entry"
    return Problem("quote-this-value", message, _place(tree, path), hint)


def _split_by_comma(tree: Tree, path: NodePath) -> Problem | None:
    """`{id: c1, text: Well, I think}`: a comma in braces ends the text, and the rest becomes a field."""
    parent, siblings = path[:-1], _at(tree, path[:-1])
    names = list(siblings) if isinstance(siblings, Map) else []
    at = names.index(path[-1]) if path[-1] in names else 0
    whole = [name for name in names[:at] if not _bare(tree, (*parent, name))]
    if not whole or not _bare(tree, path):
        return None
    rest = list(itertools.takewhile(lambda name: _bare(tree, (*parent, name)), names[at:]))
    cut = (*parent, whole[-1])
    last = (*parent, rest[-1])
    span = Span(tree.file.nodes[cut].span.start, tree.file.span_of(Place(tree.file.name, last, of="key")).end)
    words = span.of(tree.file.text)
    message = f"the comma in “{shortened(words)}” ends the text, because it stands in braces"
    hint = f"put it in quotation marks, or write it as a block:\n{repaired(cut, words)}"
    return Problem("quote-this-value", message, Place(tree.file.name, cut, span, "file"), hint)


def _bare(tree: Tree, path: NodePath) -> bool:
    """Whether no colon follows a key, as happens only in braces."""
    node = tree.file.nodes.get(path)
    return node is not None and node.key is not None and bool(BARE.match(tree.file.text, node.key.end))


def _at(tree: Tree, path: NodePath) -> Any:
    value: Any = tree.data
    for part in path:
        value = value[part]
    return value
