"""What input models are made of: mappings, and kinds of fields, with what is wrong where a value does not fit.

Input models are the mappings of the YAML files, field by field. They give the JSON Schemas and are converted to the
records of `briefing.model` at once (`records`). A field that is there but blank (`rights:`) is read as one that is not
there.

Each kind reads the text as it is written (`no`, `3.10` and `2025-11-06` are text until a field says otherwise) and
raises a `fault` that already has a code of `briefing.model.codes`; `validate` adds the place, and the words where the
file holds them. A JSON Schema shows the same kinds to editors, so it also admits what YAML itself takes for a number
where a text is meant. Here is text; `formats` has what must look a certain way.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from briefing.load.folder_files import forbidden_in, name_character
from briefing.load.yaml import Map, Scalar, Seq
from briefing.load.yaml.pasted import without_marks
from briefing.load.yaml.scalars import shortened
from briefing.model.places import NodePath, Span

T = TypeVar("T")
U = TypeVar("U")

TEXT, LIST, MAPPING = "‹text›", "‹list›", "‹mapping›"
"""Node kinds, and the tags of unions; no YAML key looks like this, so `errors` can tell them from keys."""


def fault(code: str, message: str, hint: str = "", span: Span | None = None) -> PydanticCustomError:
    """Return a problem without its place; `span` counts in the value."""
    context = {"message": message, "hint": hint, "span": span}
    return PydanticCustomError(code, "{message}", context)


def kind(value: object) -> str:
    """Return the node kind that a union chooses by."""
    return LIST if isinstance(value, Seq) else MAPPING if isinstance(value, Map) else TEXT


# --- text -------------------------------------------------------------------------------------------------------


class Written(Struct, frozen=True):
    """Text that keeps where it was written, for prose and targets."""

    text: str = ""
    path: NodePath = ()
    folded: bool = False
    """Whether a line end in it was a blank line, as in a block that begins with `>`."""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __deepcopy__(self, memo: object) -> Written:
        """Itself: pydantic copies the default of a field each time that it is used."""
        return self


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
        raise fault("todo-left", "")
    return given


def bare(value: object) -> str:
    """Return a word that is never in quotation marks: an id, a date, a number, one of a list."""
    return unmarked(word(value))


def label(value: object) -> str:
    """Return such a word that an author chose freely, so that words behind a `#` may have been meant as part of it."""
    if isinstance(value, Scalar) and value.cut:
        raise fault("text-cut-by-hash", "")
    return bare(value)


def unmarked(given: str) -> str:
    """Return such a word, which may be TODO. Raises a fault for curly marks, which YAML reads as part of it."""
    if inner := without_marks(given):
        message = f"{given[0]} and {given[-1]} are no quotation marks to YAML, which reads them as part of the value"
        raise fault("wrong-value", message, f"write {shortened(inner)} without marks")
    return given


def plain(value: object) -> str:
    """Return text as it is, also where it says TODO."""
    if not isinstance(value, Scalar):
        raise fault("wrong-type", "")
    if not value.strip():
        raise fault("missing-field", "")
    found = forbidden_in(value)
    if found:
        message = f"the text holds the control character {name_character(found.of(value))}"
        raise fault("forbidden-character", message, "remove the escape that makes it", found)
    return str(value).rstrip("\n")


def text(value: object) -> str:
    """Return text that people read; what YAML reads as markup in it is distinguished from a wrong kind of value."""
    given = verbatim(value)
    if is_todo(given):
        raise fault("todo-left", "")
    return given


def verbatim(value: object) -> str:
    """Return somebody else's words, which may begin with TODO (Spanish for “everything”)."""
    if _was_text(value):
        raise fault("quote-this-value", "")
    if isinstance(value, Scalar) and value.cut:
        raise fault("text-cut-by-hash", "")
    return plain(value)


def finished(words: str) -> str:
    """Return text that says something, or none where it is still to be written, so that no page shows what to do."""
    if words and sum(map(str.isalnum, words)) < _FEWEST_LETTERS:
        raise fault("wrong-value", f"“{words}” is no reason", "say in a few words why; readers see it")
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
        raise fault("quote-this-value", "")
    return value


def _not_empty(value: object) -> object:
    if isinstance(value, Seq) and not value:
        raise fault("missing-field", "")
    return value


Word = Annotated[str, BeforeValidator(word), WithJsonSchema({"type": ["string", "number"]})]
Bare = Annotated[str, BeforeValidator(bare), WithJsonSchema({"type": ["string", "number"]})]
Label = Annotated[str, BeforeValidator(label), WithJsonSchema({"type": ["string", "number"]})]
Text = Annotated[str, BeforeValidator(text), WithJsonSchema({"type": ["string", "number"]})]
Verbatim = Annotated[str, BeforeValidator(verbatim), WithJsonSchema({"type": ["string", "number"]})]
Finished = Annotated[Verbatim, AfterValidator(finished)]
Prose = Annotated[Written, PlainValidator(written), WithJsonSchema({"type": ["string", "number"]})]
Texts = BeforeValidator(_whole_texts)
"""For a list of texts."""
NotEmpty = BeforeValidator(_not_empty)
"""For a list that needs an entry."""
Choice = BeforeValidator(bare)
"""For a `Literal`."""
Many = Annotated[Annotated[T, Tag(TEXT)] | Annotated[list[T], Tag(LIST)], Discriminator(kind)]
"""One or several; a single value needs no list."""
Short = Annotated[Annotated[T, Tag(TEXT)] | Annotated[U, Tag(MAPPING)], Discriminator(kind)]
"""A mapping, or a text that is short for it."""


def required(description: str, *examples: Any, alias: str | None = None) -> Any:
    """Return a field that has to be there, with what editors say of it and examples of its value."""
    return Field(alias=alias, description=description, examples=list(examples) or None)


def optional(default: Any, description: str, *examples: Any, alias: str | None = None) -> Any:
    """Return a field that may be left out."""
    return Field(default, alias=alias, description=description, examples=list(examples) or None)


def reads_text(metadata: list[Any]) -> bool:
    """Return whether a field of these pydantic metadata holds text that people read."""
    return any(getattr(part, "func", None) in (text, verbatim, written) for part in metadata)


# --- mappings ---------------------------------------------------------------------------------------------------


OMITTED = Scalar("")
"""Takes the place of a field that a draft leaves out."""


class Input(BaseModel):
    """A mapping as it is written in YAML."""

    # built when a file is first compared with it: most are parts of others, and are built there
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
    _path: NodePath = PrivateAttr(default=())

    @property
    def path(self) -> NodePath:
        """Where the mapping is in its file."""
        return self._path

    @model_validator(mode="wrap")
    @classmethod
    def _read_mapping(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(value, Map):
            return handler(value)
        fields, omitted = _without_blanks(value, cls), getattr(cls, "draft_may_omit", "")
        if omitted and omitted not in fields and fields.get("status") == "draft":
            fields = Map.at(value.path, (*fields.items(), (omitted, OMITTED)))
        made = handler(fields)
        made._path = value.path
        return made


def keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a mapping, with pydantic's description of each field."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def text_keys(model: type[BaseModel]) -> set[str]:
    """Return the keys that hold text that people read."""
    return {key for key, field in keys(model).items() if reads_text(field.metadata)}


def _without_blanks(value: Map, model: type[BaseModel]) -> Map:
    """Known fields without a value count as absent; a text of which YAML kept nothing before a # does not."""
    blank = [key for key, inner in value.items() if isinstance(inner, Scalar) and not inner.strip()]
    if not blank:
        return value
    known, texts = keys(model), text_keys(model)
    absent = {key for key in blank if key in known and not (value[key].cut and key in texts)}
    return Map.at(value.path, ((key, inner) for key, inner in value.items() if key not in absent))
