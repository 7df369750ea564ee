"""What of a briefing a publication holds: drafts and items in review are in nothing that a build makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from briefing.model import Annotation, Briefing, Derived, Theme

_Item = TypeVar("_Item", bound=Annotation | Derived | Theme)


def published(briefing: Briefing) -> Briefing | None:
    """The briefing as the public may see it; None where it is not published at all."""
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
    return replace(
        kept,
        anchors={id: anchor for id, anchor in briefing.anchors.items() if id in annotations},
        attributions={id: span for id, span in briefing.attributions.items() if id in annotations},
        words={key: anchor for key, anchor in briefing.words.items() if key[0] in themes},
    )


def whole_text(briefing: Briefing) -> Briefing:
    """The briefing as its author sees it alone: the whole source, also where a build shows excerpts."""
    if briefing.source.publish == "full":
        return briefing
    return replace(briefing, source=replace(briefing.source, publish="preview"))


def _published(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(item for item in items if item.status == "published")
