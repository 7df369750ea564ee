"""corrections.yml: what readers are shown differently now, when and why. releases.yml: what they were shown."""

from typing import Annotated

from briefing.load.schema.dates import Day
from briefing.load.schema.fields import Choice, Many, NotEmpty, Text, Verbatim, optional, required
from briefing.load.schema.formats import Ref, WholeNumber
from briefing.load.schema.inputs import Input
from briefing.model import CorrectionKind, ShownField


class CorrectedFieldInput(Input):
    """One field, before and after."""

    id: Ref = optional("", "The id of what it is a field of; left out for the briefing itself.", "out-fought")
    field: Annotated[ShownField, Choice] = required("What of it has changed.", "value")
    before: Many[Verbatim] = optional([], "What readers were shown, as `briefing correct` writes it.", "4", ["3", "4"])
    after: Many[Verbatim] = optional([], "What they are shown now.", "5", ["4", "5"])


class CorrectionInput(Input):
    """Something that readers were shown and are shown differently now."""

    date: Day = required("The day of the correction.", "2026-11-28")
    kind: Annotated[CorrectionKind, Choice] = optional(
        "correction",
        "correction: it was wrong. update: it was right and no longer is. source-change: the source has other words "
        "now. typo: the meaning is the same.",
        "typo",
    )
    reason: Text = required("What was wrong, for readers.", "The declaration says 5 percent by 2035, not 2030.")
    withheld: Text = optional("", "Why the former words are not repeated, for readers.", "They named a private person.")
    changes: Annotated[list[CorrectedFieldInput], NotEmpty] = required(
        "The fields that have changed.", [{"id": "out-fought", "field": "value", "before": "4", "after": "5"}]
    )


class CorrectionsFile(Input):
    """What readers of a released briefing are shown differently now, with the reasons."""

    corrections: list[CorrectionInput] = optional([], "Every correction, the oldest first; none is ever taken out.")


class ReleasesFile(Input):
    """What readers were shown at the last release. `briefing release` writes it."""

    releases: Annotated[list[Day], NotEmpty] = required("The days of the releases.", ["2026-11-20"])
    corrections: WholeNumber = optional(0, "How many corrections there were at the last one.", 2)
    briefing: dict[str, Many[Verbatim]] = optional({}, "The texts of the briefing itself.", {"title": "A bridge"})
    entries: dict[str, dict[str, Many[Verbatim]]] = optional(
        {}, "The texts of everything that has an id.", {"out-fought": {"from": "quotes", "words": "not anymore"}}
    )
