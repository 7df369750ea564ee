"""people.yml: everyone who is quoted in any briefing, by id."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, RootModel, Tag

from briefing.load.fields import MAPPING, TEXT, Choice, Text, kind
from briefing.load.formats import Id, Url
from briefing.load.inputs.base import Input


class PersonInput(Input):
    """Somebody who is quoted: identity only."""

    name: Text = Field(description="The name in full.", examples=["Mark Rutte"])
    kind: Annotated[Literal["person", "organisation"], Choice] = Field(
        "person", description="A person or an organisation.", examples=["organisation"]
    )
    same_as: Url = Field(
        "", description="An address that says who this is.", examples=["https://www.wikidata.org/wiki/Q57792"]
    )


PersonEntry = Annotated[Annotated[Text, Tag(TEXT)] | Annotated[PersonInput, Tag(MAPPING)], Discriminator(kind)]
"""`rutte: Mark Rutte` is short for `rutte: {name: Mark Rutte}`."""


class PeopleFile(RootModel[dict[Id, PersonEntry]]):
    """Everyone who is quoted in any briefing, by id."""
