"""Find the source's own crediting words for a quotation: "Rutte said".

They are, in this order: the words that the author gives as `attribution`; nothing in a speaker's own turn; the words
in the gap of an interrupted quotation; the words beside the quotation marks in the same sentence; and, where the
sentence is all quotation, those of the quotation before it in the paragraph with no other sentence between. Nothing
further away is taken: a wrong credit is worse than none.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from briefing.model import Anchor, Quotation, Source
from briefing.model.places import Span
from briefing.text import Language, joined, language, quoted, sentences, speech

_EDGES = " 。、，\t\u00a0\u202f,;:.!?—–-…“”„\"'‘’«»‹›"
"""What is trimmed from the ends of crediting words."""


class Attribution(Struct, frozen=True):
    """Where the source credits a quotation."""

    span: Span | None
    """The crediting words in the source, without punctuation around them."""
    found: Literal["given", "gap", "after", "before", "none", "turn"]
    """Where they were looked for with success; a quotation that continues another has what that one has."""
    problem: Literal["", "attribution-missing", "attribution-misplaced"] = ""


_MISSING = Attribution(None, "none", "attribution-missing")


def attribute(source: Source, quotation: Quotation, anchor: Anchor, given: Sequence[Span] = ()) -> Attribution:
    """Return the crediting words of an anchored quotation; one in a comment needs none.

    `given` are the places of the words that the author gives as `attribution`.
    """
    if anchor.comment:
        return Attribution(None, "none")
    block = source.set_apart_at(anchor.whole)
    setting = _setting(source.text, language(source.language), source.lines, (block,) if block else anchor.spans)
    if quotation.attribution:
        return _given(setting, given)
    if block and not setting.own:
        return _beside_block(setting, source.heading_lines)
    if source.turn_at(anchor.whole):
        return Attribution(None, "turn")
    return _found(setting, missing=quotation.kind == "reported")


def crediting_words(text: str, language: Language, lines: Sequence[Span], spans: Sequence[Span]) -> Attribution:
    """Return the crediting words of a quotation whose parts are at `spans`, in a text with paragraphs at `lines`."""
    return _found(_setting(text, language, lines, spans))


def block_credit(source: Source, block: Span) -> Span | None:
    """Return the words that credit a block quotation, before or after it; None where there are none."""
    setting = _setting(source.text, language(source.language), source.lines, (block,))
    return _beside_block(setting, source.heading_lines).span


def _beside_block(setting: _Setting, headings: Sequence[Span]) -> Attribution:
    """Return the sentence that leads to a block quotation with a colon or comma, or the one that goes on behind it.

    “Ann Dole said:” before it; “was how Ann Dole put it” after it, in small letters, or her name behind a dash. A line
    behind it that is a name with what she is, or of what, tells most: “Ann Dole, letter of 9 October”.
    """
    text, first, last = setting.text, setting.sentence(setting.whole.start), setting.last_sentence(setting.whole)
    if signature := _signature(setting, headings):
        return Attribution(signature, "after")
    before = setting.sentences[first - 1] if first else None
    if before and before.of(text).rstrip().endswith((":", ",", "：", "،")):
        return Attribution(_trimmed(text, before), "before")
    after = setting.sentences[last + 1] if last + 1 < len(setting.sentences) else None
    words = after.of(text).lstrip() if after else ""
    if after and (words[:1].islower() or words.startswith(("—", "–", "―"))):
        return Attribution(_trimmed(text, after), "after")
    return _MISSING


def _signature(setting: _Setting, headings: Sequence[Span]) -> Span | None:
    """Return the line behind a block quotation that is a name, alone or with a comma and a few words, and no sentence.

    Where every noun has a capital, a name alone may be a heading.
    """
    found = _LINE_BEHIND.match(setting.text, setting.whole.end)
    if found is None or Span(*found.span("line")) in headings:
        return None
    name, comma, behind = found["line"].partition(",")
    words = name.split()
    plain = not comma and speech(setting.language).nouns_have_capitals
    if plain or not 1 < len(words) <= _NAME or len(behind.split()) > _ABOUT or found["line"][-1] in ".!?…:;":
        return None
    named = (word[0].isupper() or word in setting.language.speakers.particles for word in words)
    return Span(*found.span("line")) if words[0][0].isupper() and words[-1][0].isupper() and all(named) else None


_LINE_BEHIND = re.compile(r"\s*\n\s*(?:[―—–-]+\s*)?(?P<line>[^\W\d_][^\n]*)")
_NAME = 5
"""Words of a name at most."""
_ABOUT = 12
"""Words behind it that say who somebody is, or what is quoted."""


def _found(setting: _Setting, missing: bool = False) -> Attribution:
    if not setting.own:
        return _beside_target(setting, missing)
    return _gap(setting) or _by_line(setting) or _credit(setting, setting.own[0], setting.own[-1])


# --- the paragraph around a quotation ---------------------------------------------------------------------------


class _Setting(Struct, frozen=True):
    """A quotation in its paragraph, or in the paragraphs that it runs through."""

    text: str
    language: Language
    whole: Span
    """The target."""
    passages: tuple[Span, ...]
    """Every passage in quotation marks, with the marks; one over several paragraphs is one."""
    own: tuple[Span, ...]
    """Those that the target touches."""
    sentences: tuple[Span, ...]
    """Also those of the paragraphs just before and after."""

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, or of the one before it."""
        return number_at(self.sentences, offset)

    def last_sentence(self, span: Span) -> int:
        """Return the number of the sentence that a span ends in."""
        return self.sentence(span.end - 1)

    def unquoted(self, within: Span) -> tuple[Span, ...]:
        """Return the pieces of a span that stand outside quotation marks and have words, trimmed."""
        edges = [within.start, *(edge for span in self.passages for edge in (span.start, span.end)), within.end]
        gaps = (Span(max(start, within.start), min(end, within.end)) for start, end in pairwise(edges))
        trimmed = (_trimmed(self.text, gap) for gap in list(gaps)[::2] if gap.start < gap.end)
        return tuple(span for span in trimmed if span.start < span.end)


def number_at(spans: Sequence[Span], offset: int) -> int:
    """Return the number of the span that holds an offset, or of the one before it; 0 where there is none."""
    return max(bisect_right(spans, Span(offset, sys.maxsize)) - 1, 0)


def _setting(text: str, rules: Language, lines: Sequence[Span], spans: Sequence[Span]) -> _Setting:
    whole = Span(spans[0].start, spans[-1].end)
    first = number_at(lines, whole.start)
    last = max(number_at(lines, whole.end - 1), first)
    while first > 0 and _continues(text, rules, lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _continues(text, rules, lines[last]):
        last += 1
    within = Span(lines[first].start, lines[last].end)
    passages = tuple(passage.outer for passage in joined(quoted(text, rules, within)))
    own = tuple(passage for passage in passages if any(passage.overlaps(part) for part in spans))
    around = Span(lines[max(first - 1, 0)].start, lines[min(last + 1, len(lines) - 1)].end)
    return _Setting(text, rules, whole, passages, own, sentences(text, rules, around))


def _continues(text: str, rules: Language, line: Span) -> bool:
    """Return whether a quotation goes on in the next paragraph."""
    return any(passage.continues for passage in quoted(text, rules, line)[-1:])


# --- the author's own words -------------------------------------------------------------------------------------


def _given(setting: _Setting, given: Sequence[Span]) -> Attribution:
    """Return the nearest place of the given words outside quotation marks, at most a sentence away."""
    if not given:
        return _MISSING
    edges = [setting.whole, *setting.own]
    first = min(setting.sentence(span.start) for span in edges)
    last = max(map(setting.last_sentence, edges))
    reach = _from_to(setting.sentences, first - 1, last + 1)
    near = [span for span in given if reach.holds(span) and not quoted(setting.text, setting.language, span)]
    if not near:
        return Attribution(None, "none", "attribution-misplaced")
    own = _from_to(setting.sentences, first, last)
    return Attribution(min(near, key=lambda span: (not own.holds(span), _distance(span, setting.whole))), "given")


def _from_to(sentences: tuple[Span, ...], first: int, last: int) -> Span:
    return Span(sentences[max(first, 0)].start, sentences[min(last, len(sentences) - 1)].end)


def _distance(span: Span, other: Span) -> int:
    return max(span.start - other.end, other.start - span.end, 0)


# --- words that are found ---------------------------------------------------------------------------------------


def _gap(setting: _Setting) -> Attribution | None:
    """Return the first words between the passages of an interrupted quotation."""
    between = Span(setting.own[0].end, setting.own[-1].start)
    gaps = setting.unquoted(between) if between.start < between.end else ()
    return Attribution(gaps[0], "gap") if gaps else None


def _by_line(setting: _Setting) -> Attribution | None:
    """Return a name behind a dash that ends the paragraph: “I like it.” — Ann Dole."""
    found = _BY_LINE.match(setting.text, setting.own[-1].end)
    return Attribution(_trimmed(setting.text, Span(*found.span("name"))), "after") if found else None


_BY_LINE = re.compile(r"\s*[―—–-]+\s*(?P<name>[^\W\d_a-z][^\n.;:“”„\"]{1,80})(?=\n|\Z)")


def _credit(setting: _Setting, first: Span, last: Span) -> Attribution:
    """Return the words beside a quotation, or beside the one that it continues; a single word at last."""
    fallback: Attribution | None = None
    previous: Span | None = first
    while previous is not None:
        beside = _likelier(setting, last, _beside(setting, first, last))
        for words in beside:
            if _says_who(_words(setting, words)):
                return words
        fallback = fallback or next((words for words in beside if not _breaks(setting, words.span)), None)
        previous = _continued(setting, first)
        first = last = previous or first
    return fallback or _MISSING


def _beside(setting: _Setting, first: Span, last: Span) -> list[Attribution]:
    """Return the words before the opening mark and after the closing mark in their sentences, the likelier first.

    After a comma at the closing mark (“…,” he said) those after it are; otherwise those before it (called it “…”).
    """
    opening, closing = setting.sentence(first.start), setting.last_sentence(last)
    lead = Span(setting.sentences[opening].start, first.start)
    before = [Attribution(span, "before") for span in reversed(setting.unquoted(lead))]
    rest = Span(last.end, max(last.end, setting.sentences[closing].end))
    after = [Attribution(_cut(setting, span), "after") for span in setting.unquoted(rest)[:1]]
    named = _names(setting, before[0].span) if before else False
    if after and _leads_on(setting.text, last) and not named and not _breaks(setting, after[0].span):
        return after + before
    return before + after


def _names(setting: _Setting, span: Span | None) -> bool:
    """Return whether words before a quotation end like those that call something by it: "what they describe as"."""
    words = span.of(setting.text).lower().split() if span else []
    return words[-1:] == ["as"] and any(word in setting.language.speakers.verbs for word in words)


def _beside_target(setting: _Setting, missing: bool) -> Attribution:
    """Return the words beside a target that is outside quotation marks: those that have a verb of speech, if any.

    A comma behind it shows nothing here: "Researchers warn against reading much into it, yet they want more".
    """
    found = _beside(setting, setting.whole, setting.whole)
    for words in sorted(found, key=lambda words: (not _speaks(setting, words), not _says_who(_words(setting, words)))):
        return words
    return _MISSING if missing else Attribution(None, "none")


def _continued(setting: _Setting, passage: Span) -> Span | None:
    """Return the quotation before this one in the paragraph, with nothing but the rest of its sentence between them."""
    earlier = max((span for span in setting.passages if span.end <= passage.start), default=None)
    if earlier is None or "\n" in setting.text[earlier.end : passage.start]:
        return None
    return None if setting.sentence(passage.start) - setting.last_sentence(earlier) > 1 else earlier


def _leads_on(text: str, passage: Span) -> bool:
    """Return whether a comma at the closing mark shows that the sentence goes on with its crediting words."""
    return text[passage.end - 2] in ",،、，" or text[passage.end : passage.end + 1] in (",", "،", "、", "，")


def _cut(setting: _Setting, span: Span) -> Span:
    """Return crediting words as far as the comma behind which something else begins: "he said, adding …"."""
    for comma in _COMMA.finditer(setting.text, span.start, span.end):
        kept = _trimmed(setting.text, Span(span.start, comma.start()))
        if comma["next"].lower() in setting.language.breaks and _says_who(kept.of(setting.text)):
            return kept
    return span


_COMMA = re.compile(r",\s+(?P<next>[\w’']+)")


def _breaks(setting: _Setting, span: Span | None) -> bool:
    """Return whether words begin with one that begins something else than a credit."""
    first = re.match(r"[\w’']+", span.of(setting.text)) if span else None
    return first is not None and first.group().lower() in setting.language.breaks


def _says_who(words: str) -> bool:
    """Return whether words are enough to say who and that he speaks: two, or letters of a script without spaces."""
    return len(words.split()) > 1 or sum(letter.isalpha() and letter.upper() == letter.lower() for letter in words) > 2


def _likelier(setting: _Setting, last: Span, beside: list[Attribution]) -> list[Attribution]:
    """Return the words behind a quotation first, where only they say that somebody speaks.

    "Man gebe „keine Auskunft“, teilte die Bank mit": not so after a semicolon, where something else begins.
    """
    if (
        len(beside) > 1
        and beside[0].found == "after"
        and not _speaks(setting, beside[0])
        and _speaks(setting, beside[1])
    ):
        behind, *before = beside
        return [*before, behind]
    after = beside[-1:] if len(beside) > 1 and beside[-1].found == "after" else []
    between = setting.text[last.end : after[0].span.start] if after and after[0].span else ""
    if not after or ";" in between or _speaks(setting, beside[0]) or not _speaks(setting, after[0]):
        return beside
    return [*after, *beside[:-1]]


LONGEST = 5_000
"""Code points of words that may still credit somebody: a table without a full stop has more."""


def _speaks(setting: _Setting, found: Attribution) -> bool:
    """Return whether words have a verb of speech, or one of the phrases that do the same ("according to")."""
    words = _words(setting, found)
    if len(words) > LONGEST:
        return False
    phrases = any(phrase in words.lower() for phrase in setting.language.speakers.according)
    return phrases or any(w.casefold() in setting.language.speakers.verbs for w in re.findall(r"\w+", words))


def _words(setting: _Setting, found: Attribution) -> str:
    return found.span.of(setting.text) if found.span else ""


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_EDGES))
    return Span(start, max(start, span.end - len(words) + len(words.rstrip(_EDGES))))
