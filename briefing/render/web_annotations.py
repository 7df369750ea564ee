"""All annotations as W3C Web Annotations (JSON-LD, https://www.w3.org/TR/annotation-model/), for other programs.

One AnnotationPage with everything in the order of the text. Words are given as a TextQuoteSelector, the smallest that
is unique, and as a TextPositionSelector that counts in source.txt; a comment's words have no target in the source and
are left out. `briefing import annotations` reads the file again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from briefing.anchor.describe import describe_on_one_line
from briefing.model import Annotation, Attachment, Briefing, ContextNote, Figure, Quotation
from briefing.model.places import Span
from briefing.model.prose import Prose, plain
from briefing.render.excerpts import beside
from briefing.render.index import in_text_order
from briefing.render.messages import Messages
from briefing.render.statements import is_reported
from briefing.render.summary_counts import counter

NAME = "annotations.jsonld"
Count = Callable[[str], str]
"""What `[#id]` prints."""
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(briefing: Briefing, say: Messages) -> Iterator[Attachment]:
    """The file, with an annotation on each line; none where nothing is annotated."""
    if has_web_annotations(briefing):
        count = counter(briefing, say)
        items = ",\n".join(json.dumps(_item(briefing, item, count), ensure_ascii=False) for item in _targeted(briefing))
        page = f'{{"@context": "{_CONTEXT}", "type": "AnnotationPage", "items": [\n{items}\n]}}\n'
        yield Attachment(f"{briefing.path}/{NAME}", page.encode())


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
        yield _body(_plain(item.note, count), "describing", briefing.language)
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


def _plain(prose: Prose, count: Count) -> str:
    return plain(prose, count)


def _target(briefing: Briefing, item: Annotation, span: Span) -> Mapping[str, object]:
    quote = beside(briefing, describe_on_one_line(briefing.source.text, span))
    words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    selector = [
        {"type": "TextQuoteSelector", **{key: value for key, value in words.items() if value}},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
    return {"source": briefing.source.url or "source.txt", "selector": selector}
