"""What readers can download beside the pages: tables of figures as CSV, and all annotations as W3C Web Annotations.

The tables have the figures, their series and what is derived from them (RFC 4180): UTF-8 without a byte order mark,
which would become part of the first field's name for most programs; English field names as in the folder format,
whatever the briefing's language, so that files of several briefings can be joined.
`target` and `words` are the source's, and `words` is empty only where they are a plain number with its unit; what the
author takes them to mean has names that begin with `reading`.

The annotations are JSON-LD (https://www.w3.org/TR/annotation-model/), for other programs: one AnnotationPage with
everything in the order of the text. Words are given as a TextQuoteSelector, the smallest that is unique, and as a
TextPositionSelector that counts in source.txt; a comment's words have no target in the source and are left out.
`briefing import annotations` reads the file again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from briefing.anchor.describe import describe_on_one_line
from briefing.model import Annotation, Attachment, Briefing, ContextNote, Derived, Figure, Quotation, Selector
from briefing.model.places import Span
from briefing.model.prose import plain
from briefing.render.excerpts import restricted
from briefing.render.figures import as_said, date_of, said_plainly
from briefing.render.index import in_text_order
from briefing.render.messages import Messages
from briefing.render.names import DERIVED, FIGURES, SERIES, WEB_ANNOTATIONS
from briefing.render.statements import is_reported, words_of
from briefing.render.summary_counts import counter
from briefing.render.tables import write_csv
from briefing.render.text_pages import shown_around

FIGURE_FIELDS = (
    *("id", "label", "type", "basis", "target", "words", "reading", "reading_low", "reading_high", "reading_date"),
    *("unit", "period", "speaker", "verdict"),
)
SERIES_FIELDS = (
    *("figure", "label", "unit", "period", "value", "value_high", "basis", "of", "by", "counts"),
    *("cite", "source", "url"),
)

DERIVED_FIELDS = ("id", "label", "value", "unit", "formula", "inputs")


def downloads(briefing: Briefing) -> tuple[Attachment, ...]:
    """Return the tables of a briefing; one that would be empty does not exist."""
    return briefing.derive(_downloads)


def _downloads(briefing: Briefing) -> tuple[Attachment, ...]:
    figures = [figure for figure in briefing.figures if figure.id in briefing.anchors]
    rows = {
        FIGURES: (FIGURE_FIELDS, [_figure(briefing, figure) for figure in figures]),
        SERIES: (SERIES_FIELDS, [row for figure in figures for row in _series(briefing, figure)]),
        DERIVED: (DERIVED_FIELDS, [_derived(derived) for derived in briefing.derived]),
    }
    return tuple(
        Attachment(f"{briefing.path}/{name}", write_csv(fields, own).encode())
        for name, (fields, own) in rows.items()
        if own
    )


def _figure(briefing: Briefing, figure: Figure) -> list[str]:
    value = figure.value
    return [
        figure.id,
        figure.label,
        figure.type,
        figure.basis,
        words_of(briefing, figure),
        "" if said_plainly(briefing, figure) else value.words or as_said(briefing, figure),
        "" if value.words else value.text,
        str(value.low) if value.low is not None else "",
        str(value.high) if value.high is not None else "",
        date_of(figure),
        figure.unit,
        figure.period,
        briefing.people[figure.speaker].name if figure.speaker else "",
        figure.assessment.verdict if figure.assessment else "",
    ]


def _series(briefing: Briefing, figure: Figure) -> Iterator[list[str]]:
    works = {reference.id: reference for reference in briefing.references}
    if figure.series:
        for point in figure.series.points:
            work = works[point.cite]
            own = [figure.id, figure.series.label, figure.series.unit, point.period, str(point.low), str(point.high)]
            said = [point.basis, point.of, point.by, point.counts]
            yield [*own, *said, work.id, ", ".join(filter(None, (work.publisher, work.title))), work.url]


def _derived(derived: Derived) -> list[str]:
    """`inputs` are the numbers that the formula takes from what is cited: name = value (citation)."""
    inputs = "; ".join(f"{given.name} = {given.value} ({given.cite})" for given in derived.inputs)
    return [derived.id, derived.label, str(derived.value), derived.unit, derived.formula, inputs]


# --- Web Annotations ---------------------------------------------------------------------------------------------

Count = Callable[[str], str]
"""What `[#id]` prints."""
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(briefing: Briefing, say: Messages) -> Iterator[Attachment]:
    """Yield the file of all annotations, with one on each line; none where nothing is annotated."""
    if has_web_annotations(briefing):
        count = counter(briefing, say)
        items = ",\n".join(json.dumps(_item(briefing, item, count), ensure_ascii=False) for item in _targeted(briefing))
        page = f'{{"@context": "{_CONTEXT}", "type": "AnnotationPage", "items": [\n{items}\n]}}\n'
        yield Attachment(f"{briefing.path}/{WEB_ANNOTATIONS}", page.encode())


def has_web_annotations(briefing: Briefing) -> bool:
    """Whether there is such a file."""
    return any(_targeted(briefing))


def _targeted(briefing: Briefing) -> Iterator[Quotation | Figure | ContextNote]:
    return (item for item in in_text_order(briefing) if not briefing.anchors[item.id].comment)


def _item(briefing: Briefing, item: Quotation | Figure | ContextNote, count: Count) -> Mapping[str, object]:
    bodies = list(_bodies(briefing, item, count))
    own = {"id": f"#{item.id}", "type": "Annotation"}
    about = {"motivation": "describing" if item.note else "highlighting", "body": bodies}
    by = {"creator": [{"name": name} for name in item.by]} if item.by else {}
    return {**own, **about, **by, "target": [_target(briefing, item, span) for span in briefing.anchors[item.id].spans]}


def _bodies(briefing: Briefing, item: Annotation, count: Count) -> Iterator[Mapping[str, str]]:
    """The note; and as words for programs what kind it is, who speaks, and its tags."""
    if item.note:
        yield _body(plain(item.note, count), "describing", briefing.language)
    if isinstance(item, Quotation):
        yield _body("reported statement" if is_reported(item) else "quotation", "classifying")
        if item.speaker:  # a draft may leave open who says it
            yield _body(briefing.people[item.speaker].name, "identifying")
    elif isinstance(item, Figure):
        yield _body("figure", "classifying")
        yield _body(item.label, "identifying", briefing.language)
    else:
        yield _body("context note", "classifying")
    yield from (_body(tag, "tagging") for tag in item.tags)


def _body(value: str, purpose: str, language: str = "") -> Mapping[str, str]:
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
    return {**body, "language": language} if language else body


def _target(briefing: Briefing, item: Annotation, span: Span) -> Mapping[str, object]:
    quote = describe_on_one_line(briefing.source.text, span)
    words = {"exact": quote.exact, **_beside(briefing, span, quote)}
    selector = [
        {"type": "TextQuoteSelector", **{key: value for key, value in words.items() if value}},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
    return {"source": briefing.source.url or "source.txt", "selector": selector}


def _beside(briefing: Briefing, span: Span, quote: Selector) -> Mapping[str, str]:
    """Return the words before and behind a passage, as far as they may be shown."""
    if not restricted(briefing):
        return {"prefix": quote.prefix, "suffix": quote.suffix}
    around, text = shown_around(briefing, span), briefing.source.text
    before, after = text[around.start : span.start].split(), text[span.end : around.end].split()
    prefix, suffix = quote.prefix.split(), quote.suffix.split()
    known_before, known_after = min(len(prefix), len(before)), min(len(suffix), len(after))
    return {"prefix": " ".join(prefix[len(prefix) - known_before :]), "suffix": " ".join(suffix[:known_after])}
