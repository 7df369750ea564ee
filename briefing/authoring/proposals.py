"""What the chosen words of an annotation say of its fields by themselves: what a form begins with.

Only what is read without a doubt: the one number in the words, or what it counts. What a number is, what it rests on
and who says it is for its author to write.
"""

from __future__ import annotations

from msgspec import structs

from briefing.authoring.annotate import ChosenWords, find_spot
from briefing.authoring.edit.entries import Value
from briefing.authoring.locate import text_of
from briefing.authoring.suggest.figures import FigureDraft, figure_drafts
from briefing.model import AnnotationKey, Briefing


def proposed_fields(briefing: Briefing, key: AnnotationKey, chosen: ChosenWords) -> dict[str, Value]:
    """Return the fields that the words of a new annotation settle, by name; none where they have no number, or several.

    Raises ChangeRefusedError where the words are in no place of the text, or in several.
    """
    if key != "figures":
        return {}
    spot = find_spot(briefing, chosen)
    if spot.comment:  # read as a text of its own
        date = next(comment.date for comment in briefing.comments if comment.id == spot.comment)
        text = text_of(briefing, spot.comment)
        source = structs.replace(briefing.source, text=text, published=date, paragraphs=(), turns=())
        briefing = structs.replace(briefing, source=source)
    found = _without_periods(figure_drafts(briefing, (), within=spot.spans))
    if len(found) != 1:
        return {}
    [draft] = found
    fields = {"type": draft.type, "value": draft.written_value, "unit": draft.unit, "period": draft.period}
    return {name: value for name, value in fields.items() if value}


def _without_periods(drafts: tuple[FigureDraft, ...]) -> list[FigureDraft]:
    """Return the drafts without the years that others of them are for: 5 percent by 2035 is one figure."""
    periods = {draft.period for draft in drafts if draft.period}
    return [draft for draft in drafts if draft.value not in periods]
