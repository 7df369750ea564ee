"""Input models: the mappings of the YAML files as classes, and how a tree is read as one, with all that does not fit.

The annotation of a field says how its value is read: `Reads` has a function for a text; lists, mappings, words of a
`Literal`, models, and unions of these are understood. Which part of a union is meant is told by the node alone. What
is wrong with one value keeps none of the others from being read, so that an author hears of everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from briefing.load.yaml import Map, Scalar, Seq
from briefing.model.places import NodePath, Span

TEXT, LIST, MAPPING, NAMES = "‹text›", "‹list›", "‹mapping›", "‹names›"
"""What a node is, and what an error says was expected; the last is a mapping whose keys an author chooses."""


class FieldError(Exception):
    """What is wrong with a value, without its place; without a message where `validate` has the words."""

    def __init__(self, code: str, message: str = "", hint: str = "", span: Span | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.span = code, message, hint, span


class Error(Struct, frozen=True):
    """What is wrong with a value, with its place, a field that is missing, or one that there is not."""

    code: str
    path: NodePath
    value: Any = None
    """None for a field that is missing."""
    message: str = ""
    hint: str = ""
    span: Span | None = None
    """Counts in the value."""
    of_key: bool = False
    """Whether the key is at fault, not its value."""
    expected: tuple[str, ...] = ()
    """Kinds of nodes, or the words that there are."""


Reader = Callable[[Any, list[Error]], Any]
"""Returns what a node says; where it adds an error, what it returns is not to be used."""


class Reads(Struct, frozen=True, eq=False):
    """How a value is read that is one text, by a function that raises a `FieldError`, and the JSON Schema of it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    is_prose: bool = False
    """Whether it is text that people read."""


class Before(Struct, frozen=True, eq=False):
    """What looks at a node before it is read, and returns it or another; it may raise a `FieldError`."""

    read: Callable[[Any], Any]


class Tag(Struct, frozen=True):
    """What a part of a union is chosen by, where that is not what its node is."""

    name: str


class By(Struct, frozen=True, eq=False):
    """How a union is decided, where not by what the node is: gives the tag of a part."""

    tag_of: Callable[[Any], str]


NEEDED: Any = object()
"""In place of the default of a field that has to be there."""


class Field(Struct, frozen=True, eq=False):
    """A field of a mapping."""

    description: str
    examples: list[Any]
    alias: str | None = None
    """Its key in YAML, where that is no name in Python."""
    default: Any = NEEDED
    in_draft: Any = NEEDED
    """What a draft has that leaves it out."""
    hint: Any = None
    """Its annotation."""

    def is_required(self) -> bool:
        """Return whether it has to be there, be it only where the entry is no draft."""
        return self.default is NEEDED


def kind(value: object) -> str:
    """Return what a node is."""
    return LIST if isinstance(value, Seq) else MAPPING if isinstance(value, Map) else TEXT


# --- models -----------------------------------------------------------------------------------------------------


class Input:
    """A mapping as it is written in YAML."""

    path: ClassVar[NodePath] = ()
    """Where the mapping is in its file; each object has its own."""
    _fields: ClassVar[Mapping[str, Field]] = {}
    _keys: ClassVar[Mapping[str, Field]] = {}
    _text_keys: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Find the fields, those that the class inherits first. Annotations must be no strings."""
        hints = get_type_hints(cls, include_extras=True)
        given = {name: (getattr(cls, name, None), hint) for name, hint in hints.items()}
        cls._fields = {
            name: replace(field, hint=hint) for name, (field, hint) in given.items() if isinstance(field, Field)
        }
        cls._keys = {field.alias or name: field for name, field in cls._fields.items()}
        cls._text_keys = frozenset(key for key, field in cls._keys.items() if _is_prose(field.hint))


class Entries(Input):
    """A file whose keys are the ids of its entries; `root` is the annotation of the whole."""

    root: Any


M = TypeVar("M", bound=Input)


def fields_of(model: type[Input]) -> Mapping[str, Field]:
    """Return the fields of a model by their names in Python, those that it inherits first."""
    return model._fields


def keys(model: type[Input]) -> Mapping[str, Field]:
    """Return the fields of a model by their keys in YAML."""
    return model._keys


def text_keys(model: type[Input]) -> frozenset[str]:
    """Return the keys that hold text that people read."""
    return model._text_keys


def is_model(hint: Any) -> bool:
    """Return whether an annotation is a model."""
    return isinstance(hint, type) and issubclass(hint, Input)


def models_in(hint: Any) -> Iterator[type[Input]]:
    """Yield every model that an annotation leads to, through lists, mappings and unions."""
    if is_model(hint):
        if issubclass(hint, Entries):
            yield from models_in(root_of(hint))
        else:
            yield hint
    for inner in get_args(hint):
        yield from models_in(inner)


def root_of(model: type[Entries]) -> Any:
    """Return the annotation of all entries of a file."""
    return get_type_hints(model, include_extras=True)["root"]


def without_marks(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return an annotation, and what `Annotated` says of it."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return inner, tuple(marks)
    return hint, ()


def _is_prose(hint: Any) -> bool:
    return any(isinstance(mark, Reads) and mark.is_prose for mark in without_marks(hint)[1])


def options(hint: Any) -> tuple[Any, ...]:
    """Return the parts of a union; None is no part, because what is not there is left out. An annotation that is no
    union is its own part."""
    found = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return tuple(part for part in found if part is not type(None))


def with_defaults(model: type[M], **given: Any) -> M:
    """Return a mapping with these fields, and all others as where they are left out."""
    made = model()
    made.__dict__.update({name: field.default for name, field in fields_of(model).items()}, **given)
    return made


# --- reading ----------------------------------------------------------------------------------------------------


def read(model: type[M], data: Map) -> tuple[M, list[Error]]:
    """Return a mapping as its model, and all that does not fit: where there is any, the model is not to be used."""
    errors: list[Error] = []
    hint: Any = model
    return reader_of(hint)(data, errors), errors


@cache
def reader_of(hint: Any) -> Reader:
    """Return how a value with this annotation is read."""
    hint, marks = without_marks(hint)
    for mark in marks:
        if isinstance(mark, Reads):
            return _text_reader(mark.read)
    reader = _reader_by_shape(hint, next((mark.tag_of for mark in marks if isinstance(mark, By)), kind))
    for mark in reversed(marks):
        if isinstance(mark, Before):
            reader = _reader_after(mark.read, reader)
    return reader


def _reader_by_shape(hint: Any, tag_of: Callable[[Any], str]) -> Reader:
    origin, parts = get_origin(hint), options(hint)
    if parts != (hint,):
        return _union_reader(parts, tag_of)
    parts = get_args(hint)
    if origin is Literal:
        return _choice_reader(parts)
    if origin is list:
        return _list_reader(reader_of(parts[0]))
    if origin is dict:
        return _dict_reader(_key_reader(parts[0]), reader_of(parts[1]))
    if issubclass(hint, Entries):
        return _entries_reader(hint)
    return _model_reader(hint)


def _placed(error: FieldError, path: NodePath, value: Any, of_key: bool = False) -> Error:
    expected = (TEXT,) if error.code == "wrong-type" else ()
    return Error(error.code, path, value, error.message, error.hint, error.span, of_key, expected)


def _text_reader(read_text: Callable[[Any], Any]) -> Reader:
    def reader(value: Any, errors: list[Error]) -> Any:
        try:
            return read_text(value)
        except FieldError as error:
            errors.append(_placed(error, value.path, value))

    return reader


def _reader_after(look: Callable[[Any], Any], then: Reader) -> Reader:
    def reader(value: Any, errors: list[Error]) -> Any:
        try:
            seen = look(value)
        except FieldError as error:
            errors.append(_placed(error, value.path, value))
            return None
        return then(seen if seen is value else Scalar.at(value.path, seen), errors)

    return reader


def _choice_reader(words: tuple[str, ...]) -> Reader:
    by_word = {word: word for word in words}

    def reader(value: Any, errors: list[Error]) -> Any:
        if value not in by_word:
            errors.append(Error("wrong-value", value.path, value, expected=words))
        return by_word.get(value)

    return reader


def _list_reader(entry: Reader) -> Reader:
    def reader(value: Any, errors: list[Error]) -> Any:
        if isinstance(value, Seq):
            return [entry(inner, errors) for inner in value]
        errors.append(Error("wrong-type", value.path, value, expected=(LIST,)))
        return None

    return reader


def _key_reader(hint: Any) -> Callable[[Any], Any]:
    return next((mark.read for mark in without_marks(hint)[1] if isinstance(mark, Reads)), str)


def _dict_reader(read_key: Callable[[Any], Any], entry: Reader) -> Reader:
    def reader(value: Any, errors: list[Error]) -> Any:
        if not isinstance(value, Map):
            errors.append(Error("wrong-type", value.path, value, expected=(NAMES,)))
            return None
        made = {}
        for key, inner in value.items():
            try:
                name = read_key(key)
            except FieldError as error:
                errors.append(_placed(error, (*value.path, key), key, of_key=True))
                name = key
            made[name] = entry(inner, errors)
        return made

    return reader


def _union_reader(parts: tuple[Any, ...], tag_of: Callable[[Any], str]) -> Reader:
    if len(parts) == 1:
        return reader_of(parts[0])
    readers = {_tag(part): reader_of(part) for part in parts}

    def reader(value: Any, errors: list[Error]) -> Any:
        chosen = readers.get(tag_of(value))
        if chosen:
            return chosen(value, errors)
        errors.append(Error("wrong-type", value.path, value, expected=tuple(readers)))
        return None

    return reader


def _tag(hint: Any) -> str:
    inner, marks = without_marks(hint)
    own = next((mark.name for mark in marks if isinstance(mark, Tag)), "")
    return own or (LIST if get_origin(inner) is list else MAPPING if is_model(inner) else TEXT)


def _entries_reader(model: type[Entries]) -> Reader:
    entries = reader_of(root_of(model))

    def reader(value: Any, errors: list[Error]) -> Any:
        return with_defaults(model, root=entries(value, errors))

    return reader


def _model_reader(model: type[Input]) -> Reader:
    fields = [
        (key, name, reader_of(field.hint), field)
        for name, field in fields_of(model).items()
        for key in [field.alias or name]
    ]
    known = keys(model)

    def reader(value: Any, errors: list[Error]) -> Any:
        if not isinstance(value, Map):
            errors.append(Error("wrong-type", value.path, value, expected=(MAPPING,)))
            return None
        given = _without_blanks(value, model)
        made = model()
        own = made.__dict__
        own["path"] = value.path
        for key, name, read_field, field in fields:
            if key in given:
                own[name] = read_field(given[key], errors)
            else:
                own[name] = (
                    field.in_draft if given.get("status") == "draft" and field.in_draft is not NEEDED else field.default
                )
                if own[name] is NEEDED:
                    errors.append(Error("missing-field", (*value.path, key)))
        errors += [Error("unknown-field", (*value.path, key), given[key]) for key in given if key not in known]
        return made

    return reader


def _without_blanks(value: Map, model: type[Input]) -> Map:
    """Known fields without a value count as absent; a text of which YAML kept nothing before a # does not."""
    blank = [key for key, inner in value.items() if isinstance(inner, Scalar) and not inner.strip()]
    if not blank:
        return value
    known, texts = keys(model), text_keys(model)
    absent = {key for key in blank if key in known and not (value[key].cut and key in texts)}
    return Map.at(value.path, ((key, inner) for key, inner in value.items() if key not in absent))
