"""Write other names in place of old ones wherever files name something: fields that hold ids, prose that cites, pages.

Only the characters of a name change. The new text is read again, and kept only if its data are the old with new names
in them, as with `edit`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from briefing.authoring import edit
from briefing.authoring.edit.entries import in_brackets, quoted
from briefing.load.yaml import Map, Scalar, Seq, Tree
from briefing.model.places import NodePath, Span, TextFile
from briefing.site.lookup import card_key, citation_keys
from briefing.site.markdown_scan import Bracket, scan

Rewrite = Callable[[str], str]
"""From the text of a field to what it is to be; the same where it names something else."""
Fields = Callable[[NodePath], Rewrite | None]
"""Which field holds a name, and how it is written anew; by its path in a file."""
PROSE = frozenset({"key_points", "note", "response", "summary"})
"""Fields in which ids are cited."""
LINK = re.compile(
    r"(?<=\]\()(?P<path>[^()\s#?:]+\.md)(?P<rest>#[^()\s]*)?(?=[\s)])"
    r"|^(?P<label> {0,3}\[[^\]\n]+\]:[ ]+)(?P<defined>[^\s#?:]+\.md)",
    re.MULTILINE,
)
"""A relative link to a page, and its definition below."""


def named_path(path: NodePath) -> tuple[str, ...]:
    """Return the keys of a path, without the numbers of entries."""
    return tuple(part for part in path if isinstance(part, str))


def rewrite_yaml(file: TextFile, fields: Fields, keys: Mapping[NodePath, str] | None = None) -> TextFile:
    """Return a file with other names in some fields, and other keys at some paths. EditError where it has problems."""
    tree = edit.parsed(file)
    splices: list[tuple[Span, str]] = []
    wanted = _expected(tree.data, (), fields, keys or {})
    for path, node in file_nodes(tree).items():
        value = _value(tree, path)
        if isinstance(value, Scalar) and (written := fields(path)) and written(str(value)) != str(value):
            splices.append((node.span, _in_raw(node.span.of(file.text), str(value), written)))
        if keys and path in keys and node.key:
            splices.append((node.key, keys[path]))
    text = file.text
    for span, new in sorted(splices, key=lambda each: each[0].start, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    if text == file.text:
        return file
    fresh = edit.parsed(TextFile(file.name, text))
    if not edit.same(fresh.data, wanted):
        raise edit.EditError(f"the names in {file.name} cannot be changed without changing more; do it by hand")
    return fresh.file


def file_nodes(tree: Tree) -> Mapping[NodePath, Any]:
    """Return the nodes of a file, but the file itself."""
    return {path: node for path, node in tree.file.nodes.items() if path}


def _in_raw(raw: str, value: str, written: Rewrite) -> str:
    """Return the characters of a scalar with its new text; what is around that, such as quotation marks, stays."""
    if raw.count(value) != 1:
        return written(raw)
    new = written(value)
    if raw == value and in_brackets(value) == value:
        return in_brackets(new)  # which may need quotation marks where the old name did not
    if raw[0] in "\"'" and re.search("[\"'\\\\]", new):
        return quoted(new)
    return raw.replace(value, new)


def _value(tree: Tree, path: NodePath) -> Any:
    data: Any = tree.data
    for part in path:
        data = data[part]
    return data


def _expected(data: Any, path: NodePath, fields: Fields, keys: Mapping[NodePath, str]) -> Any:
    """Return what the data of a file are to be."""
    if isinstance(data, Map):
        return {
            keys.get((*path, str(key)), str(key)): _expected(value, (*path, str(key)), fields, keys)
            for key, value in data.items()
        }
    if isinstance(data, Seq):
        return [_expected(value, (*path, number), fields, keys) for number, value in enumerate(data)]
    if data is None:
        return None  # also all of an empty file
    written = fields(path)
    return written(str(data)) if written else data


# --- what is written anew ---------------------------------------------------------------------------------------


def whole(old: str, new: str) -> Rewrite:
    """Return what writes a field anew that is a name and nothing else."""
    return lambda text: new if text.strip() == old else text


def in_prose(old: str, new: str) -> Rewrite:
    """Return what writes an id anew where a text cites or counts it: `[@old]`, `[#old]`."""
    one = re.compile(rf"(?<=[@#]){re.escape(old)}(?![\w-])")
    return lambda text: re.sub(r"\[[@#][^\[\]]*\]", lambda found: one.sub(new, found[0]), text)


def in_formula(old: str, new: str) -> Rewrite:
    """Return what writes an id anew in a formula."""
    return lambda text: re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text)


def in_links(moved: Callable[[str], str], here: str, there: str) -> Rewrite:
    """Return what writes relative links of a text anew: it was on a page in the folder `here` and will be on one in
    `there`; `moved` says where a page will be."""

    def link(found: re.Match[str]) -> str:
        path = found["path"] or found["defined"]
        target = posixpath.normpath(posixpath.join(here, path))
        if path.startswith("/") or (moved(target) == target and here == there):
            return found[0]
        new = posixpath.relpath(moved(target), there or ".")
        return f"{found['label'] or ''}{new}{found['rest'] or ''}"

    return lambda text: LINK.sub(link, text)


# --- ordinary pages ---------------------------------------------------------------------------------------------


def rewrite_page(text: str, key: Callable[[str, str], str], tags: Rewrite) -> str:
    """Return a page with other keys in its citations and cards, and other tags in its lists.

    `key` gets the name of a briefing and an id, as they are written, and returns the new key.
    """
    splices: list[tuple[Span, str]] = []
    for asked in scan(text):
        if isinstance(asked, Bracket):
            splices += [(one.span, key(one.briefing, one.id)) for one in citation_keys(text, asked.inner)]
        elif asked.kind == "briefings":
            splices.append((asked.argument, tags(asked.argument.of(text))))
        elif one := card_key(text, asked.argument):
            splices.append((one.span, key(one.briefing, one.id)))
    for span, new in sorted(splices, key=lambda each: each[0].start, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text
