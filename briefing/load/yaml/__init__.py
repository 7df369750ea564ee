"""A YAML file as it was read: text, mappings and lists that know their place, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from briefing.model.places import NodePath, Problem, TextFile

COMMENT = re.compile("[ \t]+#[^\r\n]*")
"""Words that YAML drops after a value."""


class Scalar(str):
    """A value as text, as it is written."""

    __slots__ = ("cut", "folded", "path", "plain")
    path: NodePath
    plain: bool
    """Without quotation marks, and no block."""
    cut: bool
    """Followed by `#` and words, which YAML drops as a comment."""
    folded: bool
    """Written so that lines are joined: a line end that is left in it was a blank line."""

    @classmethod
    def at(cls, path: NodePath, words: str, plain: bool = True, cut: bool = False, folded: bool = False) -> Scalar:
        """Return a value that is at a path."""
        made = cls(words)
        made.path, made.plain, made.cut, made.folded = path, plain, cut, folded
        return made


class Map(dict[str, Any]):
    """A mapping."""

    __slots__ = ("path",)
    path: NodePath

    @classmethod
    def at(cls, path: NodePath, fields: Iterable[tuple[str, Any]] = ()) -> Map:
        """Return a mapping that is at a path."""
        made = cls(fields)
        made.path = path
        return made


class Seq(list[Any]):
    """A list."""

    __slots__ = ("flow", "path")
    path: NodePath
    flow: bool
    """Written in brackets."""

    @classmethod
    def at(cls, path: NodePath, flow: bool, entries: Iterable[Any] = ()) -> Seq:
        """Return a list that is at a path."""
        made = cls(entries)
        made.path, made.flow = path, flow
        return made


Data = Scalar | Map | Seq


def node_at(data: Any, path: NodePath) -> Any:
    """Return the value at a path, or None where there is none."""
    for part in path:
        present = (
            part in data
            if isinstance(data, Map)
            else isinstance(data, Seq) and isinstance(part, int) and part < len(data)
        )
        data = data[part] if present else None
    return data


class Tree(Struct, frozen=True):
    """A YAML file as it was read."""

    file: TextFile
    """Its text, and where each node is."""
    data: Data | None
    """None for a file that is empty or cannot be read."""
    problems: tuple[Problem, ...] = ()
    bad: frozenset[NodePath] = frozenset()
    """Nodes that problems have been reported for and that must not be used."""
