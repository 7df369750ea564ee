"""A long text on several pages: the way from each to the others, and the files by which scripts look across all.

Both files are scripts with one call, like the list of works, because a page that is opened from a disk may read nothing
else. `places.js` says on which page each fragment is, for addresses from elsewhere; `passages.js` has the text itself,
for “Did they say that?”. Neither is fetched before somebody needs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from briefing.model import Attachment, Briefing
from briefing.render.briefing_view import BriefingView
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.excerpts import Highlight, restricted
from briefing.render.further_names import is_paged
from briefing.render.index import kind_of
from briefing.render.messages import Messages, messages
from briefing.render.names import PASSAGES, PLACES
from briefing.render.pagination import PagerStep, pager_steps
from briefing.render.source_text import claims, drafts, kinds, read_paragraphs, speaker_names
from briefing.render.text_pages import TextPart, text_page_of, text_parts


def part_view(context: RenderContext, view: BriefingView, part: TextPart) -> BriefingView:
    """Return the view with those paragraphs, kinds and speakers that are on one page of the text."""
    shown = view.text_parts[part.number - 1]
    return replace(
        view,
        paragraphs=shown,
        kinds=kinds(context, shown, view.paragraphs),
        claims=claims(shown, view.say),
        drafts=drafts(shown, view.say),
        speaker_names=speaker_names(context.briefing, view.say, part),
    )


def text_pager(briefing: Briefing, part: TextPart, say: Messages) -> tuple[PagerStep, ...]:
    """Return the way from one page of the text to the others."""
    parts = text_parts(briefing)
    return pager_steps(part.number, len(parts), lambda number: f"{parts[number - 1].name}.md", say)


def contents_links(briefing: Briefing, say: Messages) -> list[Markup]:
    """Return a link to the first paragraph of each page of the text, by its paragraphs and its heading."""
    found = []
    for part in text_parts(briefing):
        first, last = part.paragraphs[0] + 1, part.paragraphs[-1] + 1
        label = say("text.part_named" if part.heading else "text.part", first=first, last=last, heading=part.heading)
        found.append(link(in_markdown(label), f"{part.name}.md#p{first}"))
    return found


def heading_links(briefing: Briefing, part: TextPart) -> list[Markup]:
    """Return a link to each heading on a page of the text; none where there is one, or only excerpts are shown."""
    text, lines = briefing.source.text, briefing.source.lines
    numbers = [number for number, _ in briefing.source.headings if number - 1 in part.paragraphs]
    if len(numbers) < 2 or (restricted(briefing) and briefing.source.publish != "preview"):
        return []
    return [link(in_markdown(lines[number - 1].of(text)), f"{part.name}.md#p{number}") for number in numbers]


# --- files beside the pages ------------------------------------------------------------------------------------------


def text_files(briefing: Briefing) -> Iterator[Attachment]:
    """Yield both files of a long text; none of another."""
    if is_paged(briefing):
        yield _script(briefing, PLACES, "bfPlaces", _places(briefing))
        yield _script(briefing, PASSAGES, "bfPassages", _passages(briefing))


def _script(briefing: Briefing, name: str, function: str, data: object) -> Attachment:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Attachment(f"{briefing.path}/{name}", f"{function}({written})\n".encode())


def _places(briefing: Briefing) -> dict[str, object]:
    """`paragraphs`: each page with the number of its first paragraph; `annotations`: by id the page of its words."""
    pages = [[part.name, part.paragraphs[0] + 1] for part in text_parts(briefing)]
    found: dict[str, str] = {}
    for annotation in briefing.annotations:
        if annotation.id in briefing.anchors:
            found |= dict.fromkeys((annotation.id, *annotation.was), text_page_of(briefing, annotation))
    return {"paragraphs": pages, "annotations": found}


def _passages(briefing: Briefing) -> dict[str, object]:
    """`names`: everybody who says something, by id; `paragraphs`: of each the number, the page, its HTML with the marks
    of what is reported, and `passages` and `said` as its page has them."""
    reported = [
        Highlight(each.id, "reported", briefing.anchors[each.id].spans, Markup())
        for each in briefing.quotations
        if each.id in briefing.anchors and not briefing.anchors[each.id].comment and kind_of(each) == "reported"
    ]
    rows = [
        [read.number, read.part.name, read.html, read.spoken.passages, read.spoken.said]
        for read in read_paragraphs(briefing, reported)
    ]
    return {"names": dict(speaker_names(briefing, messages(briefing.language))), "paragraphs": rows}
