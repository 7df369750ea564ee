"""Kinds of fields: how the text of a value is read, and what is wrong where it does not fit.

Each kind reads the text as it is written (`no`, `3.10` and `2025-11-06` are text until a field says otherwise) and
raises a `FieldError` that already has a code of `briefing.model.codes`; `validate` adds the place, and the words where
the file holds them. A JSON Schema shows the same kinds to editors, so it also admits what YAML itself takes for a
number where a text is meant. Here is text; `formats` has what must look a certain way. A field that is there but blank
(`rights:`) is read as one that is not there.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import Struct

from briefing.load.folder_files import forbidden_in, name_character
from briefing.load.schema.inputs import NEEDED, Before, Field, FieldError, Reads
from briefing.load.yaml import Map, Scalar, Seq
from briefing.load.yaml.pasted import without_marks
from briefing.load.yaml.scalars import shortened
from briefing.model.places import NodePath

T = TypeVar("T")
U = TypeVar("U")


# --- text -------------------------------------------------------------------------------------------------------


class Written(Struct, frozen=True):
    """Text that keeps where it was written, for prose and targets."""

    text: str = ""
    path: NodePath = ()
    folded: bool = False
    """Whether a line end in it was a blank line, as in a block that begins with `>`."""

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Written()


TODO = re.compile(r"TODO(?::\s|:?$)|Drafted by `?briefing suggest")
"""The second is what `briefing suggest` wrote before it wrote TODO."""


def is_todo(words: str) -> bool:
    """Return whether an author is still to fill this in: `TODO`, or `TODO: ` and what is to be done."""
    return TODO.match(words.strip()) is not None


def word(value: object) -> str:
    """Return text that is no prose: a name from a list, a date, an id."""
    given = plain(value)
    if is_todo(given):
        raise FieldError("todo-left", "")
    return given


def bare(value: object) -> str:
    """Return a word that is never in quotation marks: an id, a date, a number, one of a list."""
    return unmarked(word(value))


def label(value: object) -> str:
    """Return such a word that an author chose freely, so that words behind a `#` may have been meant as part of it."""
    if isinstance(value, Scalar) and value.cut:
        raise FieldError("text-cut-by-hash", "")
    return bare(value)


def unmarked(given: str) -> str:
    """Return such a word, which may be TODO. Raises a FieldError for curly marks, which YAML reads as part of it."""
    if inner := without_marks(given):
        message = f"{given[0]} and {given[-1]} are no quotation marks to YAML, which reads them as part of the value"
        raise FieldError("wrong-value", message, f"write {shortened(inner)} without marks")
    return given


def plain(value: object) -> str:
    """Return text as it is, also where it says TODO."""
    if not isinstance(value, Scalar):
        raise FieldError("wrong-type", "")
    if not value.strip():
        raise FieldError("missing-field", "")
    found = forbidden_in(value)
    if found:
        message = f"the text holds the control character {name_character(found.of(value))}"
        raise FieldError("forbidden-character", message, "remove the escape that makes it", found)
    return str(value).rstrip("\n")


def text(value: object) -> str:
    """Return text that people read; what YAML reads as markup in it is distinguished from a wrong kind of value."""
    given = verbatim(value)
    if is_todo(given):
        raise FieldError("todo-left", "")
    return given


def verbatim(value: object) -> str:
    """Return somebody else's words, which may begin with TODO (Spanish for “everything”)."""
    if _was_text(value):
        raise FieldError("quote-this-value", "")
    if isinstance(value, Scalar) and value.cut:
        raise FieldError("text-cut-by-hash", "")
    return plain(value)


def reason(value: object) -> str:
    """Return words that say something, or none where they are still to be written, so that no page shows what to do."""
    words = verbatim(value)
    if words and sum(map(str.isalnum, words)) < _FEWEST_LETTERS:
        raise FieldError("wrong-value", f"“{words}” is no reason", "say in a few words why; readers see it")
    return "" if is_todo(words) else words


_FEWEST_LETTERS = 3
"""Letters of a reason, in a script of one sign a word."""


def written(value: object) -> Written:
    """Return text with its path."""
    words = text(value)
    return Written(words, value.path, value.folded) if isinstance(value, Scalar) else NOTHING


def _was_text(value: object) -> bool:
    """Return whether a list or mapping was meant as words: `[sic] he said`, `The split: 3.5`."""
    if isinstance(value, Seq):
        return value.flow
    return isinstance(value, Map) and len(value) == 1 and all(isinstance(inner, Scalar) for inner in value.values())


def _whole_texts(value: object) -> object:
    """Return a list; in brackets each text must be in quotation marks, or commas within one of them would split it."""
    plain = isinstance(value, Seq) and any(isinstance(inner, Scalar) and inner.plain for inner in value)
    if isinstance(value, Seq) and value.flow and len(value) > 1 and plain:
        raise FieldError("quote-this-value", "")
    return value


def _not_empty(value: object) -> object:
    if isinstance(value, Seq) and not value:
        raise FieldError("missing-field", "")
    return value


STRING = {"type": ["string", "number"]}

Word = Annotated[str, Reads(word, STRING)]
Bare = Annotated[str, Reads(bare, STRING)]
Label = Annotated[str, Reads(label, STRING)]
Text = Annotated[str, Reads(text, STRING, is_prose=True)]
Verbatim = Annotated[str, Reads(verbatim, STRING, is_prose=True)]
Reason = Annotated[str, Reads(reason, STRING, is_prose=True)]
Prose = Annotated[Written, Reads(written, STRING, is_prose=True)]
Texts = Before(_whole_texts)
"""For a list of texts."""
NotEmpty = Before(_not_empty)
"""For a list that needs an entry."""
Choice = Before(bare)
"""For a `Literal`."""
Many: TypeAlias = T | list[T]
"""One or several; a single value needs no list."""
Short: TypeAlias = T | U
"""A mapping, or a text that is short for it."""


def required(description: str, *examples: Any, alias: str | None = None, in_draft: Any = NEEDED) -> Any:
    """Return a field that has to be there, with what editors say of it and examples of its value; a draft may leave it
    out where `in_draft` is its value then."""
    return Field(description, list(examples), alias, in_draft=in_draft)


def optional(default: Any, description: str, *examples: Any, alias: str | None = None) -> Any:
    """Return a field that may be left out."""
    return Field(description, list(examples), alias, default)
