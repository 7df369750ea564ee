"""What of a briefing a publication holds: drafts and items in review are in nothing that a build makes, nor are the
works that only they cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from briefing.model import Annotation, Assessment, Briefing, Derived, Figure, Quotation, Theme
from briefing.model.prose import Prose, keys

_Item = TypeVar("_Item", bound=Annotation | Derived | Theme)


def public_view(briefing: Briefing) -> Briefing | None:
    """Return the briefing as the public may see it; None where it is not published at all."""
    if briefing.status != "published":
        return None
    kept = replace(
        briefing,
        quotations=_published(briefing.quotations),
        figures=_published(briefing.figures),
        derived=_published(briefing.derived),
        context=_published(briefing.context),
        themes=_published(briefing.themes),
    )
    annotations, themes = {a.id for a in kept.annotations}, {theme.id for theme in kept.themes}
    unpublished = set(_cited(briefing)) - set(_cited(kept))
    return replace(
        kept,
        anchors={id: anchor for id, anchor in briefing.anchors.items() if id in annotations},
        attributions={id: span for id, span in briefing.attributions.items() if id in annotations},
        words={key: anchor for key, anchor in briefing.words.items() if key[0] in themes},
        references=tuple(work for work in briefing.references if work.id not in unpublished),
    )


def whole_text(briefing: Briefing) -> Briefing:
    """Return the briefing as its author sees it alone: the whole source, also where a build shows excerpts."""
    if briefing.source.publish == "full":
        return briefing
    return replace(briefing, source=replace(briefing.source, publish="preview"))


def _published(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(item for item in items if item.status == "published")


def _cited(briefing: Briefing) -> Iterator[str]:
    """Yield the ids of all that a briefing cites, annotation by annotation."""
    for prose in (briefing.summary, *briefing.key_points):
        yield from _in_prose(prose)
    for item in (*briefing.annotations, *briefing.derived):
        yield from _in_prose(item.note)
        if isinstance(item, Quotation | Figure):
            yield from _in_assessment(item.assessment)
        if isinstance(item, Figure) and item.series:
            yield from (point.cite for point in item.series.points)
        if isinstance(item, Quotation):
            yield from (wording.cite for wording in item.wordings)
        if isinstance(item, Derived):
            yield from (given.cite for given in item.inputs)
    for theme in briefing.themes:
        yield from _in_prose(theme.summary)


def _in_prose(prose: Prose | None) -> Iterator[str]:
    yield from (key.id for key in keys(prose)) if prose else ()


def _in_assessment(assessment: Assessment | None) -> Iterator[str]:
    if assessment:
        yield from assessment.evidence
        yield from _in_prose(assessment.note)
        yield from _in_prose(assessment.response)
