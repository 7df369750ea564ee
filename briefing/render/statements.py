"""What somebody said as text: a quotation in quotation marks, a reported statement as its source tells it.

Nothing that the source reports in its own words is put in quotation marks as the speaker's. A quotation that the source
interrupts is as many quoted parts as there are passages; “[…]” is only for words of a passage that are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from briefing.load.schema.fields import is_todo
from briefing.model import Annotation, Briefing, ContextNote, Figure, Quotation
from briefing.model.places import Span
from briefing.model.prose import Prose
from briefing.render.messages import Messages, messages
from briefing.text import Language, Quoted, language, nested, quoted
from briefing.text.marked_passages import of_all_languages

GAP = " […] "
SHORT = 60
"""Characters of somebody's words in a short name."""
_FEWEST = 20
"""Characters of a further part that are worth showing in a short name."""
Edit = tuple[int, str]
_UNMARKED = re.compile(r"[\w ,.;:!?%()-]*")
"""A slice of one paragraph that can have no quotation mark of any language; most are."""


def is_reported(annotation: Annotation) -> bool:
    """Whether the words are the source's own and not the speaker's."""
    return isinstance(annotation, Quotation) and annotation.kind == "reported"


def text_of(briefing: Briefing, annotation: Annotation) -> str:
    """The text that an annotation's spans count in: the source or a comment."""
    comment = briefing.anchors[annotation.id].comment
    return next((c.text for c in briefing.comments if c.id == comment), "") if comment else briefing.source.text


def parts_of(briefing: Briefing, annotation: Annotation) -> tuple[str, ...]:
    """The annotated words as slices of what they stand in, each on one line: a part for each passage."""
    found = briefing.derive(_parts)
    if annotation.id not in found:
        text, parts = text_of(briefing, annotation), briefing.anchors[annotation.id].parts
        found[annotation.id] = tuple(GAP.join(" ".join(span.of(text).split()) for span in spans) for spans in parts)
    return found[annotation.id]


def _parts(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """By annotation: its words as they have been asked for so far; cards, names and tables of them all do."""
    return {}


def words_of(briefing: Briefing, annotation: Annotation) -> str:
    """The annotated words as one text: as they are in one part, else each part in quotation marks."""
    parts = parts_of(briefing, annotation)
    return parts[0] if len(parts) == 1 else quoted_words(briefing, annotation, messages(briefing.language))


def quoted_words(briefing: Briefing, annotation: Annotation, say: Messages, length: int = 0) -> str:
    """The annotated words in quotation marks, as many as there are parts; with `length`, about so many characters."""
    found, key = briefing.derive(_quoted), (annotation.id, say, length)
    if key not in found:
        found[key] = _quoted_parts(briefing, annotation, say, length)
    return found[key]


def _quoted(briefing: Briefing) -> dict[tuple[str, Messages, int], str]:
    """The same in quotation marks, by annotation, words of the interface and length."""
    return {}


def _quoted_parts(briefing: Briefing, annotation: Annotation, say: Messages, length: int) -> str:
    rules, text = language(briefing.source.language), text_of(briefing, annotation)
    shown: list[str] = []
    left = length
    for spans in briefing.anchors[annotation.id].parts:
        words = GAP.join(_with_inner_marks(text, span, rules, say, left) for span in _within(spans, left))
        shown.append(say("quotes.quoted", words=words))
        left -= len(words) if length else 0
        if length and left < _FEWEST:
            break
    return " ".join(shown)


def written_or_words(briefing: Briefing, annotation: Figure | ContextNote, written: str, say: Messages) -> str:
    """A name as it is written; of a draft whose author is still to write it, what is offered for it, or its words."""
    if not is_todo(written):
        return written
    offered = written.removeprefix("TODO").lstrip(": ")
    return offered or (quoted_words(briefing, annotation, say, SHORT) if annotation.id in briefing.anchors else "")


def with_labels(briefing: Briefing) -> Briefing:
    """Return a briefing as its preview shows it, on its own pages and on those across briefings: no label of a draft
    says TODO, but what is offered for it or the words that it is about."""
    if not any(is_todo(figure.label) for figure in briefing.figures):
        return briefing  # with what was worked out from it
    say = messages(briefing.language)
    named = (replace(one, label=written_or_words(briefing, one, one.label, say)) for one in briefing.figures)
    return replace(briefing, figures=tuple(named))


def written_prose(prose: Prose | None) -> Prose | None:
    """A prose; none where its author is still to write it, so that no page shows what there is to do."""
    return None if prose is None or is_todo(prose.text) else prose


def told_words(briefing: Briefing, quotation: Quotation, length: int = 0) -> str:
    """The words of a reported statement, without quotation marks."""
    words = GAP.join(parts_of(briefing, quotation))
    return shorten(words, length) if length else words


def reporter(briefing: Briefing, annotation: Annotation, say: Messages) -> str:
    """Who reports a statement: “as reported by” the publisher or author, where they are known."""
    if briefing.anchors[annotation.id].comment:
        return say("reported.by_reader")
    name = briefing.source.publisher or briefing.source.author
    return say("reported.by", name=name) if name else say("reported.by_source")


def sayer(briefing: Briefing, figure: Figure, say: Messages) -> str:
    """Who states a figure; where the source tells it in its own words, as reported. Empty where nobody is named."""
    if not figure.speaker:
        return ""
    name = briefing.people[figure.speaker].name
    return name if briefing.anchors[figure.id].spoken else say("reported.heading", speaker=name)


def credit(briefing: Briefing, say: Messages) -> str:
    """Where the words of the source come from, for those who quote them: author, title, publisher, date.

    What has no title is named by its kind; our own headline is never the source's.
    """
    source = briefing.source
    title = source.title or f"[{say(f'method.kind.{source.kind}')}]"
    facts = (source.author, title, source.publisher, say.date(source.published))
    return say("list.comma").join(filter(None, facts))


def shorten(text: str, length: int) -> str:
    """At most about `length` characters, cut at a space where there is one, with … where something was cut."""
    if len(text) <= length:
        return text
    return text[: _cut(text, length)] + "…"


def _cut(text: str, length: int) -> int:
    """Where a text that is too long is cut: at a space where there is one, before the marks there."""
    cut = text[:length]
    return len((cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.–—-"))


def _within(spans: tuple[Span, ...], length: int) -> Iterator[Span]:
    """The spans up to about `length` characters; all of them where there is no limit."""
    left = length
    for span in spans:
        if length and left <= 0:
            return
        yield span
        left -= span.end - span.start


def _with_inner_marks(text: str, span: Span, rules: Language, say: Messages, length: int) -> str:
    """A slice as it stands between quotation marks of the page's language: marks in it are inner ones.

    A mark that the slice opens and does not close is closed, and the other way round.
    """
    raw = span.of(text)
    whole = not length or len(raw) <= length
    shown = span if whole else Span(span.start, span.start + _cut(raw, length))
    cut = "" if whole else "…"
    if _UNMARKED.fullmatch(text, shown.start, shown.end):
        return " ".join(shown.of(text).split()) + cut
    edits = dict(_edits(text, shown, rules, say))
    letters = "".join(edits.get(at, text[at]) for at in range(shown.start, shown.end))
    return edits.get(-1, "") + " ".join(letters.split()) + cut + edits.get(len(text), "")


@lru_cache(maxsize=256)  # every citation of a briefing names the same titles
def inner_marks(title: str, say: Messages) -> str:
    """Return a title as it stands between quotation marks of the page's language: marks in it, of whatever language,
    are inner ones, and those inside these the others again."""
    directed = _STRAIGHT_OPENING.sub("“", _FRENCH_SPACE.sub("", title)).replace('"', "”")
    return _with_inner_marks(directed, Span(0, len(directed)), of_all_languages(language(say.tag)), say, 0)


_FRENCH_SPACE = re.compile(r"(?<=[«‹])[\u00a0\u202f]|[\u00a0\u202f](?=[»›])")
_STRAIGHT_OPENING = re.compile(r"(?<![^\s(\[“‘«„‚‹'])\"(?=\S)")


def _edits(text: str, span: Span, rules: Language, say: Messages) -> Iterator[Edit]:
    """What stands in place of each mark within a slice; before it is at -1, behind it at the text's end."""
    dropped = set(_going_on(text, span, rules))
    yield from ((at, "") for at in dropped)
    pairs = [
        pair
        for pair in nested(text, rules, span)
        if not pair.inner.holds(span) and not (pair.continues or pair.outer.start in dropped)
    ]
    before = after = ""
    for pair in pairs:
        depth = sum(other is not pair and other.inner.holds(pair.outer) for other in pairs)
        opening, closing = say("quotes.quoted" if depth % 2 else "quotes.inner", words="\0").split("\0")
        if pair.outer.start >= span.start:
            yield pair.outer.start, opening
        else:
            before += opening
        if pair.outer.end <= span.end:
            yield pair.inner.end, closing
        else:
            after = closing + after
    yield -1, before
    yield len(text), after


def _going_on(text: str, span: Span, rules: Language) -> Iterator[int]:
    """The marks that open a paragraph with which a quotation goes on: they are no marks within it."""
    before: Quoted | None = None
    for passage in quoted(text, rules, span):
        if before and before.continues and passage.outer.start >= span.start:
            yield passage.outer.start
        before = passage
