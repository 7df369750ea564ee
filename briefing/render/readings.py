"""Marks for what rests on the author's reading alone: one quiet sign at every such sentence, its meaning in words once.

A sentence is the author's reading where a number of it, or all that it cites, is in a work of which no words are
recorded, so that nobody else can compare them, or is a date that the author completed (`resolved`). The sign is a
character of the text, so that it is there in print, in an export and without styles, and it has a name for those who
hear the page. It is no stop of the keyboard, or a page would have dozens: the words after the last marked sentence of
a paragraph are a link, and say what the sign means. Plain text, as in feeds, has the words at each sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from briefing.check.authored import authored
from briefing.check.grounds import has_readings
from briefing.check.rules.cited_numbers import JudgedSentence, judged_in
from briefing.model import Briefing
from briefing.model.places import Place
from briefing.model.prose import Prose, plain_pieces
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.messages import Messages

Marked = Mapping[int, Markup]
"""By the end of each marked sentence in a field's value: what is shown there."""
Readings = Mapping[Place, Marked]
"""The same by the place of the field."""
SIGN = "◦"


def sign(say: Messages) -> Markup:
    """The sign at a sentence."""
    return Markup('<span class="bf-sign" role="img" aria-label="{}" title="{}">{}</span>').format(
        in_html(say("reading.label")), in_html(say("reading.sign")), SIGN
    )


def label(say: Messages, folder: str = "") -> Markup:
    """The sign and its meaning in words, as a link to more; `folder` leads to the briefing's, with a slash."""
    words = link(in_markdown(say("reading.label")), f"{folder}method.md#_grounds", say("reading.means", sign=SIGN))
    return sign(say) + Markup('\u00a0<span class="bf-cite bf-reading">{}</span>').format(words)


def readings(briefing: Briefing, say: Messages) -> Readings:
    """What is shown at the sentences of all prose that are the author's reading."""
    found = ((field.prose.at, signs(briefing, field.prose, say)) for field in authored(briefing))
    return {at: marked for at, marked in found if marked}


def signs(briefing: Briefing, prose: Prose, say: Messages, folder: str = "") -> Marked:
    """The same for one field."""
    shown: dict[int, Markup] = {}
    for group in _by_author(briefing, prose):
        shown |= {judgement.sentence.end: sign(say) for judgement in group}
        shown[group[-1].sentence.end] = label(say, folder)
    return shown


def in_words(briefing: Briefing, prose: Prose, say: Messages, count: Callable[[str], str]) -> str:
    """A field as plain text without its citations, in which words say what is the author's reading."""
    ends = {judgement.sentence.end for group in _by_author(briefing, prose) for judgement in group}
    words = say("reading.plain", label=say("reading.label"))
    return f" {words}".join(text for text, _ in plain_pieces(prose, count, ends))


def in_line(briefing: Briefing, prose: Prose, say: Messages, count: Callable[[str], str], folder: str) -> Markup:
    """A field as one line of Markdown without its citations, with the signs; `folder` leads to the briefing's."""
    marked = signs(briefing, prose, say, folder)
    pieces = plain_pieces(prose, count, marked)
    return Markup("").join(in_markdown(text) + marked.get(end, Markup()) for text, end in pieces)


def _by_author(briefing: Briefing, prose: Prose) -> Iterator[list[JudgedSentence]]:
    """The sentences that are the author's reading, by their paragraphs; fields that cannot have any cost nothing."""
    if not has_readings(briefing):
        return
    for _, sentences in groupby(judged_in(briefing, prose), lambda judgement: judgement.sentence.laid.offsets):
        if found := [judgement for judgement in sentences if judgement.by_author]:
            yield found
