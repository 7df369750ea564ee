"""Links to the very place: the words in a web page, the page of a PDF, the moment of a recording.

Words are found by WICG text fragments, pages by the fragment of RFC 8118 (`#page=7`), moments by W3C Media Fragments
(`#t=95`). Where a work is marked as gone, all of them lead to its copy.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from briefing.model import Annotation, Briefing, Reference, Source
from briefing.readers.places import moment
from briefing.render.escape import Markup, in_attribute, in_html, in_markdown, link
from briefing.render.messages import Messages

_LONG = 12
"""Words of a passage that are looked for as a whole; of a longer one, only its ends are."""
_END = 5
"""Words of an end."""
_PAGE = re.compile(r"(?:\bpp?\.|\bpages?|\bS\.|\bSeiten?|صفحة|ص\.?)\s*([1-9][0-9]{0,4})\b", re.ASCII | re.IGNORECASE)
"""How authors write on which page of a work something is."""


def place_link(briefing: Briefing, annotation: Annotation, say: Messages) -> Markup:
    """Return Markdown that leads to an annotation's words in the original, or says where they are; empty for the words
    of a comment, and where there is neither address nor place."""
    source, anchor = briefing.source, briefing.anchors[annotation.id]
    if anchor.comment:
        return Markup()
    span = anchor.spans[0]
    label = place_words(source, span.start, say)
    address = _address(source, span.start, span.of(source.text))
    words = in_markdown(label or say("card.in_original"))
    return link(words, address) if address else in_markdown(label)


def place_words(source: Source, at: int, say: Messages, *, brief: bool = False) -> str:
    """Return the page or the moment of a place in the source, as words, or as citations have it; empty for neither."""
    if (second := source.moment_at(at)) is not None:
        return moment(second) if brief else say("place.moment", at=moment(second))
    number = source.page_at(at)
    return say("place.short_page" if brief else "place.page", n=str(number)) if number else ""


def _address(source: Source, at: int, words: str) -> str:
    second = source.moment_at(at)
    if second is not None:
        recording = recording_address(source)
        return f"{recording}#t={second}" if recording else source.read_at
    page = source.page_at(at)
    if page and is_pdf(source.read_at):
        return f"{_without_fragment(source.read_at)}#page={page}"
    return source.read_at if page else with_words(source.read_at, words)


def recording_address(source: Source) -> str:
    """Return where a recording is for pages of its briefing: an address, or the name of its file; empty for none."""
    if "://" in source.recording:
        return source.recording
    return quote(source.recording.removeprefix(source.file.removesuffix("source.txt")), safe="/")


def recording_link(source: Source, say: Messages) -> Markup:
    """Return a Markdown link to the recording of a source; empty where there is none."""
    return link(in_markdown(say("text.recording")), recording_address(source)) if source.recording else Markup()


def paragraph_place(source: Source, number: int, say: Messages) -> Markup:
    """Return Markdown for the beginning of a paragraph: its moment, or its page where it is the first there."""
    if not (source.pages or source.times):
        return Markup()
    start = source.lines[number - 1].start
    second = source.moment_at(start)
    if second is not None:
        label, recording = in_markdown(moment(second)), recording_address(source)
        return link(label, f"{recording}#t={second}", say("place.moment", at=moment(second))) if recording else label
    page = source.page_at(start)
    if not page or number not in source.pages:
        return Markup()
    label = in_markdown(say("place.short_page", n=str(page)))
    return link(label, f"{_without_fragment(source.read_at)}#page={page}") if is_pdf(source.read_at) else label


def excerpt_link(work: Reference, exact: str, where: str, say: Messages) -> Markup:
    """Return HTML that says where an excerpt is in its work, and leads there if that has an address."""
    label = where or (say("place.in_work") if work.read_at else "")
    if not work.read_at:
        return in_html(label)
    page = _PAGE.search(where)
    if not is_pdf(work.read_at):
        address = with_words(work.read_at, exact)
    else:
        address = f"{_without_fragment(work.read_at)}#page={page[1]}" if page else work.read_at
    return Markup('<a href="{}">{}</a>').format(in_attribute(address), in_html(label))


def with_words(address: str, words: str) -> str:
    """Return an address that leads to words in a web page; empty for none."""
    if not address:
        return ""
    split = words.split()
    ends = [" ".join(split)] if len(split) <= _LONG else [" ".join(split[:_END]), " ".join(split[-_END:])]
    fragment = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return f"{_without_fragment(address)}#:~:text={fragment}"


def is_pdf(address: str) -> bool:
    """Return whether an address is that of a PDF, by its path."""
    return urlsplit(address).path.lower().endswith(".pdf")


def _without_fragment(address: str) -> str:
    return address.split("#")[0]
