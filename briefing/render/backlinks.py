"""Lists for each citable thing where it is cited, so that the cited thing can lead back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from briefing.model import Assessment, Briefing, Figure, Quotation
from briefing.model.prose import Prose, keys
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import Index
from briefing.render.messages import Messages


def backlinks(briefing: Briefing, index: Index, say: Messages) -> Mapping[str, tuple[Markup, ...]]:
    """By id: links to the places that cite it, in the order of the pages, each once."""
    found: defaultdict[str, dict[Markup, None]] = defaultdict(dict)
    for place, id in _citations(briefing, index, say):
        if id in index:
            found[index[id].id][place] = None
    return {id: tuple(places) for id, places in found.items()}


def _citations(briefing: Briefing, index: Index, say: Messages) -> Iterator[tuple[Markup, str]]:
    yield from _in_prose(briefing.summary, link(in_markdown(say("page.index")), "index.md"))
    for number, point in enumerate(briefing.key_points, 1):
        yield from _in_prose(point, link(in_markdown(say("index.key_point", n=number)), f"index.md#_k{number}"))
    for annotation in briefing.annotations:
        if annotation.id not in index:
            continue
        place = _place(index, annotation.id)
        yield from _in_prose(annotation.note, place)
        if isinstance(annotation, Quotation | Figure):
            yield from _in_assessment(annotation.assessment, place)
        if isinstance(annotation, Figure) and annotation.series:
            yield from ((place, point.cite) for point in annotation.series.points)
    for derived in briefing.derived:
        yield from _in_prose(derived.note, _place(index, derived.id))
        yield from ((_place(index, derived.id), given.cite) for given in derived.inputs)
    for theme in briefing.themes:
        yield from _in_prose(theme.summary, _place(index, theme.id))


def _in_prose(prose: Prose | None, place: Markup) -> Iterator[tuple[Markup, str]]:
    yield from ((place, key.id) for key in keys(prose)) if prose else ()


def _in_assessment(assessment: Assessment | None, place: Markup) -> Iterator[tuple[Markup, str]]:
    if assessment:
        yield from _in_prose(assessment.note, place)
        yield from _in_prose(assessment.response, place)
        yield from ((place, id) for id in assessment.evidence)


def _place(index: Index, id: str) -> Markup:
    return link(in_markdown(index[id].name), index[id].href)
