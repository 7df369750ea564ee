"""measures.yml: what figures of several briefings give values of, by id."""

from __future__ import annotations

from pydantic import Field, RootModel

from briefing.load.fields import Text
from briefing.load.formats import Id
from briefing.load.inputs.base import Input


class MeasureInput(Input):
    """Something that is measured again and again."""

    label: Text = Field(description="What is measured.", examples=["Defence spending as a share of GDP"])
    unit: Text = Field("", description="The unit of every value.", examples=["% of GDP"])


class MeasuresFile(RootModel[dict[Id, MeasureInput]]):
    """What figures of several briefings give values of, by id."""
