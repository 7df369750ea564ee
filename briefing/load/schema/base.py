"""What all input models have in common: the mappings of the YAML files, field by field.

They give the JSON Schemas and are converted to the records of `briefing.model` at once (`convert`).
A field that is there but blank (`rights:`) is read as one that is not there.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from briefing.load.schema.fields import NOTHING, Choice, Many, Prose, Text, Verbatim, Word, reads_text
from briefing.load.schema.formats import Id, ProblemCode
from briefing.load.yaml.tree import Map, Scalar
from briefing.model import Status
from briefing.model.places import NodePath


class Input(BaseModel):
    """A mapping as it is written in YAML."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    _path: NodePath = PrivateAttr(default=())

    @property
    def path(self) -> NodePath:
        """Where the mapping stands in its file."""
        return self._path

    @classmethod
    def _completed(cls, value: Map) -> Map:
        """The mapping with what an unfinished one may leave out."""
        return value

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        made = handler(cls._completed(_without_blanks(value, cls)) if isinstance(value, Map) else value)
        if isinstance(value, Map):
            made._path = value.path
        return made


def keys(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a mapping, with pydantic's description of each field."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def text_keys(model: type[BaseModel]) -> set[str]:
    """The keys that hold text that people read."""
    return {key for key, field in keys(model).items() if reads_text(field.metadata)}


def _without_blanks(value: Map, model: type[BaseModel]) -> Map:
    """Known fields without a value count as absent; a text of which YAML kept nothing before a # does not."""
    blank = [key for key, inner in value.items() if isinstance(inner, Scalar) and not inner.strip()]
    if not blank:
        return value
    known, texts = keys(model), text_keys(model)
    absent = {key for key in blank if key in known and not (value[key].cut and key in texts)}
    kept = Map((key, inner) for key, inner in value.items() if key not in absent)
    kept.path = value.path
    return kept


class AllowInput(Input):
    """A finding that is let pass, visibly."""

    code: ProblemCode = Field(description="The code of the problem.", examples=["attribution-missing"])
    passage: Verbatim = Field(
        "",
        description="The words of the sentence that it is about, or for `quotation-not-found` and `cut-before-but` "
        "the quoted words, without marks; where the allowance has to name them.",
        examples=["a ferry for all"],
    )
    reason: Verbatim = Field(description="Why it may stand; shown to readers.", examples=["The source names nobody."])


class NamedInput(Input):
    """What annotations and themes have in common."""

    id: Id = Field(
        description="Its name in citations and addresses: a–z, 0–9 and hyphens, unique in the briefing.",
        examples=["out-fought"],
    )
    was: Many[Id] = Field([], description="Former ids, which keep working.", examples=[["outfought"]])
    tags: Many[Word] = Field([], description="Words to group by.", examples=[["spending"]])
    by: Many[Text] = Field([], description="Who wrote it, if not the briefing's authors.", examples=["Ada Marsh"])
    reviewed_by: Many[Text] = Field(
        [], description="Who read it before it was published, other than who wrote it.", examples=[["Jonah Reed"]]
    )
    status: Annotated[Status, Choice] = Field(
        "published",
        description="draft and review stay off the site; published goes along with its briefing.",
        examples=["draft"],
    )
    allow: list[AllowInput] = Field([], description="Findings that are let pass, with the reason.")


class Noted(NamedInput):
    """An annotation's own note."""

    note: Prose = Field(
        NOTHING, description="What you say about it, in Markdown with citations.", examples=["See [@hague]."]
    )
