"""Change fields of a mapping in a file, together with whoever else has changed it since its author saw it.

A field has a mark, by which a later change of it is noticed. What only one side has changed is taken from that side;
where both have changed the same field, the later one is told so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.authoring import edit
from briefing.authoring.edit.entries import LONG, Value
from briefing.authoring.tried_change import EntryChangedError
from briefing.model.places import NodePath, Place, TextFile

Marks = Mapping[str, str]
"""A mark of each field of a mapping, by which a later change is noticed."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """A mapping in a file, such as an annotation, as it is written."""

    file: TextFile
    path: NodePath
    data: Mapping[str, Any]
    assumed: Mapping[str, str] = field(default_factory=dict)
    """What a field says where it is left out; to write that is no change."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.data.get("id") or (self.path[-1] if self.path else self.file.name.rpartition("/")[2]))

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.file.name, self.path)

    @property
    def seen(self) -> dict[str, str]:
        """The marks of its fields as they are."""
        return {name: self._mark(name, value) for name, value in self.data.items()}

    def _mark(self, name: str, value: Any) -> str:
        return mark("" if value == self.assumed.get(name) else value)

    def changes(self, wanted: Mapping[str, Value], seen: Marks | None = None) -> dict[str, Value]:
        """Return the fields that an author wants otherwise than they were seen; an empty value is one to leave out.

        `seen` are the marks as the author has seen them; without them, as they are now. Raises EntryChangedError where
        somebody else has changed such a field since.
        """
        found: dict[str, Value] = {}
        for name, value in wanted.items():
            now, own = self._mark(name, self.data.get(name)), self._mark(name, value)
            before = now if seen is None else seen.get(name, mark(""))
            if own in (now, before):
                continue
            if now != before:
                message = f"“{name}” of “{self.name}” has been changed by somebody else meanwhile"
                raise EntryChangedError(message, "look at what is there now, then make your change again")
            new = one_break_each(name, value) if self.data.get(name) is None else value
            found[name] = "" if value == self.assumed.get(name) else new
        return found

    def with_fields(self, wanted: Mapping[str, Value], seen: Marks | None = None) -> TextFile:
        """Return the file with these changes. Raises EntryChangedError, and EditError where a file has problems of its
        own."""
        file = self.file
        for name, value in self.changes(wanted, seen).items():
            file = _put(file, self.path, name, self.data.get(name), value)
        return file

    def refuse_changed(self, seen: Marks | None) -> None:
        """Raise EntryChangedError where any field is not as it was seen."""
        if seen is not None and self.seen != {name: made for name, made in seen.items() if made != mark("")}:
            message = f"“{self.name}” has been changed by somebody else meanwhile"
            raise EntryChangedError(message, "look at what is there now, then decide again")


def mark(value: Any) -> str:
    """Return a short mark of a value; one entry in a list is the same as that entry alone, and nothing as a blank."""
    return hashlib.blake2b(repr(_canonical(value)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"points"}:
        return _canonical(value["points"])  # the points of a series alone are short for it
    if isinstance(value, Mapping):
        return sorted((str(key), _canonical(inner)) for key, inner in value.items() if inner not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return _canonical(value[0]) if len(value) == 1 else [_canonical(inner) for inner in value] or ""
    return "" if value is None else str(value).rstrip("\n")


def plain_value(value: Any) -> Value:
    """Return a value of a form as files hold it: texts, and lists and mappings of them without what is empty."""
    if isinstance(value, Mapping):
        return {str(key): made for key, inner in value.items() if (made := plain_value(inner))}
    if isinstance(value, list | tuple):
        return [made for inner in value if (made := plain_value(inner))]
    return "" if value is None else str(value)


def one_break_each(name: str, value: Value) -> Value:
    """Return the text of a field that is new with one line break between paragraphs: the block that it is written in
    shows that as a blank line, and reads it as one."""
    return re.sub(r"\n{2,}", "\n", value.strip("\n")) if name in LONG and isinstance(value, str) else value


def _put(file: TextFile, path: NodePath, name: str, old: Any, value: Value) -> TextFile:
    """Return the file with another value in a field, or without it; of a mapping only what differs is changed."""
    if not value:
        return edit.remove(file, (*path, name)) if old is not None else file
    if isinstance(old, Mapping) and isinstance(value, Mapping) and old.keys() & value.keys():
        for key in (*(each for each in old if each not in value), *value):
            if mark(old.get(key)) != mark(value.get(key)):
                file = _put(file, (*path, name), key, old.get(key), value.get(key, ""))
        return file
    return edit.set_field(file, path, name, value)
