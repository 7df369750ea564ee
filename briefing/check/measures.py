"""Rules on measures: a figure that gives a value of one has its unit."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.check.names import suggestion
from briefing.model import Briefing
from briefing.places import Problem


def unknown_measure(briefing: Briefing) -> Iterator[Problem]:
    """The `measure` of every figure is in measures.yml. What may be unread there is nobody's mistake."""
    for figure in briefing.figures:
        id = figure.measure
        if not id or id in briefing.measures or briefing.unread.may_have(id, "measures"):
            continue
        near = suggestion(id, briefing.measures, "measures") if briefing.measures else ""
        unit = f'\n  unit: "{figure.unit}"' if figure.unit else ""
        hint = f"{near}\nfor a new measure add to measures.yml, beside people.yml:\n\n{id}:\n  label: …{unit}".strip()
        yield Problem("unknown-measure", f"“{id}” is not in measures.yml", figure.at.child("measure"), hint)


def measure_unit(briefing: Briefing) -> Iterator[Problem]:
    """A figure with a `measure` is no date, and has that measure's unit, white space apart."""
    for figure in briefing.figures:
        measure = briefing.measures.get(figure.measure)
        if measure is None:
            continue
        if figure.type == "date":
            hint = "take “measure” out: a date is shown on the timeline"
            message = f"a date is no value of “{measure.label}”"
            yield Problem("measure-unit", message, figure.at.child("measure"), hint)
        elif figure.unit.split() != measure.unit.split():
            own, right = _named(figure.unit), _named(measure.unit)
            unit = f'write `unit: "{measure.unit}"`' if measure.unit else "leave “unit” out"
            yield Problem(
                "measure-unit",
                f"the unit of this figure is {own}, and that of “{measure.label}” is {right}",
                figure.at.child("unit" if figure.unit else "measure"),
                f"if its value is one of that measure, {unit}; else take “measure” out or name another one",
            )


def _named(unit: str) -> str:
    return f"“{unit}”" if unit else "not given"
