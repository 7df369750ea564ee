"""Say why the words of a target are not found, or are in several places, with YAML that an author can paste."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import fill, indent

from msgspec import Struct, field

from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.find import find
from briefing.anchor.nearest import Kind, Near, nearest
from briefing.model import Match, Selector
from briefing.model.places import Span, in_marks

WIDTH = 100


def target(selector: Selector, comment: str = "") -> str:
    """Return the `target` of an annotation, with its `in` where the words are in a comment."""
    words = f"target:\n{indent(_selector_block(selector), '  ')}"
    if not (selector.prefix or selector.suffix):
        words = scalar("target", selector.exact)
    return words + (f"\nin: {comment}" if comment else "")


def part(selector: Selector) -> str:
    """Return one item of a target with several parts."""
    if selector.prefix or selector.suffix:
        return "- " + indent(_selector_block(selector), "  ").lstrip()
    return f"- {_text_block(selector.exact)}"


def parts(selectors: Iterable[Selector], comment: str = "") -> str:
    """Return the `target` of an annotation whose words the source interrupts."""
    items = indent("\n".join(map(part, selectors)), "  ")
    return f"target:\n{items}" + (f"\nin: {comment}" if comment else "")


def scalar(key: str, words: str) -> str:
    """Return a key with words as a folded block, in which nothing needs to be quoted."""
    return f"{key}: {_text_block(words)}"


def _selector_block(selector: Selector) -> str:
    fields = (("exact", selector.exact), ("prefix", selector.prefix), ("suffix", selector.suffix))
    return "\n".join(scalar(key, words) for key, words in fields if words)


def _text_block(words: str) -> str:
    wrapped = fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)
    return f">-\n{indent(wrapped, '  ')}"


SHOWN = 8
"""Places of an ambiguous target that are listed; the count is of all."""
LISTED = 1001
"""Places that are looked for, so that a count can say "more than 1,000"."""
SHORT = 60
"""Characters of the author's words that a message shows."""
LONG = 500
"""Characters of a prefix and suffix beyond which they are not offered."""
WORDS, CONTEXT = 4, 40
"""Words shown before and after each place, and the most characters of them."""


class Places(Struct, frozen=True):
    """The matches of an ambiguous selector, of which not all may have been looked for."""

    matches: tuple[Match, ...]
    limit: int | None = None
    """How many were looked for; None for all."""

    @property
    def count(self) -> str:
        """The number of places as a message gives it."""
        if self.limit is not None and len(self.matches) >= self.limit:
            return f"more than {self.limit - 1:,}"
        return f"{len(self.matches):,}"


Paste = Callable[[Selector], str]
"""How a selector is written where the author will paste it."""
Other = Callable[[str, str], str]
"""What to do about words that are not in the one text but in the other (ids of comments; empty for the source)."""

_ONLY: Mapping[Kind, str] = {
    "spaces": ", only white space differs",
    "case": ", only capital and small letters differ",
    "punctuation": ", only punctuation differs",
    "digits": ", only digits differ",
    "words": "",
}


class Texts(Struct, frozen=True):
    """The texts in which a target may be."""

    source: str
    comments: Mapping[str, str] = field(default_factory=dict)
    """By id."""

    def text(self, comment: str) -> str:
        """Return the text of a comment, or of the source where the id is empty."""
        return self.comments[comment] if comment else self.source

    def others(self, comment: str) -> tuple[str, ...]:
        """Return every text but one: the source first, then the comments."""
        return tuple(other for other in ("", *self.comments) if other != comment)


class Diagnosis(Struct, frozen=True):
    """What to tell the author."""

    message: str
    hint: str
    part: Span | None = None
    """The author's words that differ from the text, in `exact`; None for all of them."""


def orphan(texts: Texts, comment: str, selector: Selector, write: Paste = target) -> Diagnosis:
    """Return why words are nowhere in the source (or in a comment, by its id), tried from the surest reason down."""
    return _orphan_message(texts, comment, selector, write, _other_target)


def left_out(texts: Texts, comment: str, selector: Selector, found: Sequence[Span]) -> Diagnosis:
    """Return that an ellipsis stands for words of the text, with the places of the parts around it."""
    text = texts.text(comment)
    own = parts([describe_on_one_line(text, span) for span in found], comment)
    return Diagnosis(
        f"{in_marks(short(selector.exact))} leaves out words of {name(comment)}",
        f"if you mean {_where_found(text, comment, found[0])}, write the parts without the ellipsis:\n{own}",
    )


def orphan_words(texts: Texts, comment: str, words: str) -> Diagnosis:
    """Return the same for the words that put a comment into a theme."""
    return _orphan_message(texts, comment, Selector(words), lambda own: scalar("words", own.exact), _other_member)


def _orphan_message(texts: Texts, comment: str, selector: Selector, write: Paste, other: Other) -> Diagnosis:
    text, words = texts.text(comment), short(selector.exact)
    if not selector.exact.strip():
        return Diagnosis(f"the target for {name(comment)} has no words", f"write the words of {name(comment)}")
    if not text.strip():
        return Diagnosis(f"{name(comment)} has no text here", "it cannot be quoted; was it removed on request?")
    around = _wrong_context(text, comment, selector, write)
    if around:
        return around
    elsewhere = _find_elsewhere(texts, comment, selector, other)
    if elsewhere:
        return elsewhere
    near = nearest(text, selector.exact)
    if near:
        return _nearest_message(text, comment, selector, near, write)
    return Diagnosis(
        f"“{words}” is not in {name(comment)}, and nothing there is like it",
        f"check the spelling, or copy the words exactly from {name(comment)}",
    )


def unexamined(comment: str, selector: Selector) -> Diagnosis:
    """For the many targets after the first ones, when something is wrong with them all."""
    return Diagnosis(
        f"{in_marks(short(selector.exact))} is not in {name(comment)}",
        "too many targets were not found to look for the nearest words of each; is this the right source?",
    )


def ambiguous(text: str, comment: str, selector: Selector, places: Places, write: Paste = target) -> Diagnosis:
    """Return where the words are, with a selector for each place."""
    return Diagnosis(
        f"{in_marks(short(selector.exact))} occurs in {places.count} places in {name(comment)}",
        f"choose one of these places:\n{_list_places(text, comment, places, write)}",
    )


def ambiguous_words(comment: str, words: str, places: Places) -> Diagnosis:
    """Return the same for the words that put a comment into a theme: without a prefix they can only be made longer."""
    return Diagnosis(
        f"{in_marks(short(words))} occurs in {places.count} places in {name(comment)}",
        "quote a few more words before or after, so that the passage occurs only once",
    )


def name(comment: str) -> str:
    """Return how a text is called in a sentence."""
    return f"comment {comment}" if comment else "the source"


def short(words: str, size: int = SHORT) -> str:
    """Return words on one line, cut after some characters."""
    line = " ".join(words.split())
    return line if len(line) <= size else f"{line[: size - 1].rstrip()}…"


def paragraph(text: str, at: int) -> int:
    """Return the number of the line that is not blank at an offset, as the text page counts paragraphs."""
    lines = text[: at + 1].replace("\r", "\n").split("\n")
    return sum(1 for line in lines if line.strip())


def _where_found(text: str, comment: str, span: Span) -> str:
    return f"comment {comment}" if comment else f"paragraph {paragraph(text, span.start)}"


def _wrong_context(text: str, comment: str, selector: Selector, write: Paste) -> Diagnosis | None:
    """Return that the words are there, but not with what the selector says is around them, if so."""
    if not (selector.prefix.strip() or selector.suffix.strip()):
        return None
    matches = find(text, Selector(selector.exact), limit=LISTED)
    if not matches:
        return None
    wanted = [f"after {in_marks(short(selector.prefix))}"] * bool(selector.prefix.strip())
    wanted += [f"before {in_marks(short(selector.suffix))}"] * bool(selector.suffix.strip())
    return Diagnosis(
        f"{in_marks(short(selector.exact))} is in {name(comment)}, but not {' and '.join(wanted)}",
        f"the words are here:\n{_list_places(text, comment, Places(matches, LISTED), write)}",
    )


def _list_places(text: str, comment: str, places: Places, write: Paste) -> str:
    """Return the first places, each with the words around it and a selector that finds only this one."""
    lines = []
    for match in places.matches[:SHOWN]:
        where, around = _where_found(text, comment, match.span), _words_around(text, match.span)
        lines.append(f"{where}, {around}:\n{_own_selector(text, match.span, write)}")
    rest = [f"and so on: {places.count} places in all"] * (len(places.matches) > SHOWN)
    return "\n".join(lines + rest)


def _own_selector(text: str, span: Span, write: Paste) -> str:
    """Return a selector for a place, unless the text repeats itself so long around it that nobody would paste it."""
    if _is_distinguished(text, span):
        selector = describe_on_one_line(text, span)
        if len(selector.prefix) + len(selector.suffix) <= LONG:
            return write(selector)
    return "(no short prefix or suffix distinguishes this place from the others: quote more of its words)"


def _is_distinguished(text: str, span: Span) -> bool:
    """Return whether what is around a place, as far as anybody would paste it, is nowhere else: one look, where to find
    the least that distinguishes it takes many."""
    before, after = text[max(span.start - LONG, 0) : span.start], text[span.end : span.end + LONG]
    return len(find(text, Selector(span.of(text), before, after), limit=2)) < 2


def _words_around(text: str, span: Span) -> str:
    before = " ".join(text[max(span.start - 100, 0) : span.start].split()[-WORDS:])[-CONTEXT:]
    after = " ".join(text[span.end : span.end + 100].split()[:WORDS])[:CONTEXT]
    sides = [f"after “{before}”"] * bool(before) + [f"before “{after}”"] * bool(after)
    return " and ".join(sides) or "alone"


def _find_elsewhere(texts: Texts, comment: str, selector: Selector, other: Other) -> Diagnosis | None:
    """Return that the words are in another text, if so: a comment instead of the source, or the other way round."""
    found = [place for place in texts.others(comment) if find(texts.text(place), selector, limit=1)]
    if not found:
        return None
    more = f" (and in {', '.join(found[1:SHOWN])})" if len(found) > 1 else ""
    return Diagnosis(
        f"{in_marks(short(selector.exact))} is in {name(found[0])}{more}, not in {name(comment)}",
        other(comment, found[0]),
    )


def _other_target(comment: str, found: str) -> str:
    if not found:
        return f"if you mean the source, leave out this line:\nin: {comment}"
    return f"if you mean comment {found}, write this beside the target:\nin: {found}"


def _other_member(comment: str, found: str) -> str:
    if not found:
        return f"quote words of comment {comment} instead; a theme is about comments"
    return f"if you mean comment {found}, write its id in place of {comment}"


def difference(text: str, written: str, near: Near) -> str:
    """Return what a text says where words are like it, and not as it says: “has shown”, not “has told”."""
    more = {0: "", 1: ", and one more difference"}.get(near.more, f", and {near.more} more differences")
    more = _ONLY[near.kind] or more
    return f"{in_marks(short(near.said.of(text)))}, not {in_marks(short(near.written.of(written)))}{more}"


def _nearest_message(text: str, comment: str, selector: Selector, near: Near, write: Paste) -> Diagnosis:
    same = Places(find(text, Selector(near.span.of(text)), LISTED), LISTED)
    if len(same.matches) > 1:
        hint = f"copy the words from one of these places:\n{_list_places(text, comment, same, write)}"
    else:
        own = _own_selector(text, near.span, write)
        hint = f"if you mean {_where_found(text, comment, near.span)}, copy its words:\n{own}"
    said = difference(text, selector.exact, near)
    return Diagnosis(f"these words are not in {name(comment)}: {name(comment)} says {said}", hint, near.written)
