"""All annotations of a briefing as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for other programs.

JSON-LD: an AnnotationCollection with one page that has everything in the order of the text. Words are given as a
TextQuoteSelector, the smallest that is unique, and as a TextPositionSelector that counts in source.txt, or in the
comment whose address is the target's source. What other programs can understand is in bodies of the model: the note,
the kind, who speaks, tags. All that a briefing has of an annotation is in one body more, as JSON with the fields of the
folder format, so that `briefing import annotations` makes the same annotation of it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from briefing.anchor.describe import describe
from briefing.model import Anchor, Annotation, Attachment, Briefing, ContextNote, Figure, Quotation, Selector, text_at
from briefing.model.places import Span
from briefing.model.prose import plain
from briefing.model.publication import Publication
from briefing.render.data.entries import entry_of
from briefing.render.excerpts import restricted
from briefing.render.index import in_text_order, permalink
from briefing.render.messages import messages
from briefing.render.names import WEB_ANNOTATIONS
from briefing.render.statements import is_reported
from briefing.render.summary_counts import counter
from briefing.render.text_pages import shown_around

Count = Callable[[str], str]
"""What `[#id]` prints."""
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
RECORD = "application/json"
"""The format of the body with all fields."""


def web_annotations(briefing: Briefing, site: Publication) -> Iterator[Attachment]:
    """Yield the file of all annotations, with one on each line; none where nothing is annotated."""
    items = in_text_order(briefing)
    if not items:
        return
    count, here = counter(briefing, messages(briefing.language)), site.folder(briefing.path) + WEB_ANNOTATIONS
    head = {
        "@context": _CONTEXT,
        "id": here,
        "type": "AnnotationCollection",
        "label": briefing.title,
        "total": len(items),
        "first": {"id": f"{here}#_first", "type": "AnnotationPage", "startIndex": 0, "items": ()},
    }
    opening, closing = msgspec.json.encode(head).split(b"[]")
    lines = b",\n".join(msgspec.json.encode(_item(briefing, item, count, site, here)) for item in items)
    yield Attachment(f"{briefing.path}/{WEB_ANNOTATIONS}", opening + b"[\n" + lines + b"\n]" + closing + b"\n")


def _item(
    briefing: Briefing, item: Quotation | Figure | ContextNote, count: Count, site: Publication, here: str
) -> Mapping[str, object]:
    bodies = [*_bodies(briefing, item, count), _record(briefing, item)]
    anchor = briefing.anchors[item.id]
    own = {"id": f"{here if site.complete else ''}#{item.id}", "type": "Annotation"}
    about = {"motivation": "describing" if item.note else "highlighting", "body": bodies}
    by = {"creator": [{"name": name} for name in item.by]} if item.by else {}
    source = briefing.source.read_at or f"{site.folder(briefing.path)}source.txt"
    if anchor.comment:
        source = permalink(briefing, anchor.comment, site)
    targets = [{"source": source, "selector": _selectors(briefing, anchor.comment, span)} for span in anchor.spans]
    return {**own, **about, **by, "target": targets}


def _record(briefing: Briefing, item: Annotation) -> Mapping[str, str]:
    value = msgspec.json.encode(entry_of(briefing, item)).decode()
    return {"type": "TextualBody", "value": value, "format": RECORD, "purpose": "describing"}


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


def _selectors(briefing: Briefing, comment: str, span: Span) -> list[Mapping[str, object]]:
    text = text_at(briefing, Anchor((), comment))
    quote = describe(text, span)
    before, after = _beside(text, span, quote, None if comment else _limits(briefing, span))
    words = {"exact": quote.exact, "prefix": before, "suffix": after}
    return [
        {"type": "TextQuoteSelector", **{key: value for key, value in words.items() if value}},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def _limits(briefing: Briefing, span: Span) -> Span | None:
    """Return what may be shown around a passage of the source; None where all of it may."""
    return shown_around(briefing, span) if restricted(briefing) else None


def _beside(text: str, span: Span, quote: Selector, limits: Span | None) -> tuple[str, str]:
    """Return the words directly before and behind a passage, within limits: with the white space that parts them from
    it, for other programs look for all three as they stand in the text."""
    before, after = text[: span.start] if quote.prefix else "", text[span.end :] if quote.suffix else ""
    start = len(before.rstrip()) - len(quote.prefix)
    end = span.end + len(after) - len(after.lstrip()) + len(quote.suffix)
    if limits:
        start, end = max(start, limits.start), min(end, limits.end)
    return text[start : span.start].lstrip() if before else "", text[span.end : end].rstrip() if after else ""
