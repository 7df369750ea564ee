"""A claim over time: each time somebody compared things or gave a value of a measure, with what was known then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.collection import CollectionItem
from briefing.model import Figure, Quotation, Reference
from briefing.render.collection.context import CollectionContext
from briefing.render.escape import Markup, in_markdown
from briefing.render.record_view import view_record
from briefing.render.routes import folder_link


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One time that something was claimed."""

    said: str
    """The day on which the source was published, or that it has none and when the briefing is from."""
    link: Markup
    """To the figure, by its label."""
    language: str
    parts: tuple[Markup, ...]
    """The source's words, a part for each passage: HTML on one line."""
    words_language: str
    verdict: Markup
    evidence: str
    """What the works are called: known by then, or only evidence where the day is not known."""
    works: tuple[Markup, ...]
    """The works that the verdict and the comparable values rest on, with their dates."""
    place: Markup
    """The briefing."""


def claims_over_time(
    context: CollectionContext, said: Iterable[CollectionItem[Quotation | Figure]]
) -> tuple[ClaimView, ...]:
    """Return the comparisons and measured values among what somebody said, the oldest first; nothing of one source."""
    found = [(item, item.record) for item in said if isinstance(item.record, Figure) and _is_claim(item.record)]
    found.sort(key=lambda pair: pair[0].date)
    several = len({item.briefing.path for item, _ in found}) > 1
    return tuple(_claim(context, item, figure) for item, figure in found) if several else ()


def _is_claim(figure: Figure) -> bool:
    return figure.type == "comparison" or bool(figure.measure)


def _claim(context: CollectionContext, item: CollectionItem[Quotation | Figure], figure: Figure) -> ClaimView:
    briefing, say = item.briefing, context.say
    day = briefing.source.published
    view = view_record(briefing, figure, say, folder_link(context.here, briefing.path))
    works = _known(briefing.references, {*_evidence(figure)}, day)
    return ClaimView(
        said=say.date(day) or f"{say('source.undated')} · {say('across.briefed', date=say.date(briefing.date))}",
        link=context.to(figure.label, f"{briefing.path}/figures.md", figure.id),
        language=briefing.language,
        parts=view.parts,
        words_language=view.language,
        verdict=view.verdict,
        evidence=say("claims.known" if day else "verdict.evidence"),
        works=tuple(_named(context, briefing.path, work) for work in works),
        place=context.to_briefing(briefing),
    )


def _evidence(figure: Figure) -> Iterator[str]:
    """Yield the ids of what the verdict and the comparable values rest on."""
    yield from figure.assessment.evidence if figure.assessment else ()
    yield from (point.cite for point in figure.series.points) if figure.series else ()


def _known(references: Sequence[Reference], ids: set[str], day: str) -> list[Reference]:
    """Return the works that were published by a day, the oldest first; all that have a date where it is not known.

    A work of a month or year counts as published by any day in it.
    """
    dated = (work for work in references if work.id in ids and work.published)
    known = (work for work in dated if not day or work.published <= day[: len(work.published)])
    return sorted(known, key=lambda work: work.published)


def _named(context: CollectionContext, path: str, work: Reference) -> Markup:
    link = context.to(work.publisher or work.title, f"{path}/method.md", work.id)
    return link + in_markdown(f" ({context.say.date(work.published)})")
