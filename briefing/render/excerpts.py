"""The words of a source around a passage, and what may be shown where its rights allow only excerpts: a little more.

Every page, file and feed that shows words of a source around a passage asks here, so that none shows more than another.

Marks: cuts a text into segments, the longest runs under one set of annotations, and writes them as marks.

A segment is one `<mark>`, so overlapping, nested and paragraph-crossing annotations all survive: nothing is nested.
The text of a paragraph without its note numbers equals the source.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from briefing.model import Briefing, ContextNote, Figure, Quotation
from briefing.model.places import Span
from briefing.render.crediting import crediting_spans
from briefing.render.escape import Markup, in_attribute, in_html
from briefing.render.statements import text_of
from briefing.text import Language, contrast, language, quoted, sentences, speech, trimmed
from briefing.text.language_rules import any_of

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
_OWNER = re.compile(r"\w['’]s?$")
"""A word that goes on in the next one: the district’s housing register."""
_UNSAID = string.whitespace + "\u00a0\u202f.,;:"
"""Between two pieces, these alone are no words that are left out."""
CONTEXT = 60
"""Code points shown on either side of a passage: about ten words."""
FURTHER = 30
"""Code points that a cut may lie further away: where a long word ends, the sentence does, or a word is that changes
what the passage says."""
WHOLE = 120
"""Code points before a passage up to which its sentence is shown from its beginning, where no nearer clause begins
that has a subject of its own: “which closed on 19 September, drew 638 responses” does not say what did."""
_CLAUSE = 20
"""Code points of a clause that are worth a cut at its end: items of a list are no clauses."""

GAP = Markup('<span class="bf-gap">[…]</span>')
"""Stands for what is left out."""
GAP_OF_PARAGRAPHS = Markup('<span class="bf-gap"><br>[…]<br></span>')
"""The same on a line of its own, for whole paragraphs."""


def restricted(briefing: Briefing, comment: str = "") -> bool:
    """Whether only excerpts may be shown of the text that an annotation stands in: its source, or a comment."""
    return briefing.source.publish != "full" and not comment


def excerpts(
    text: str, rules: Language, within: Span, passages: Sequence[Span], credits: Sequence[Span] = ()
) -> list[Span]:
    """Return passages with a few words around them, and the words that credit them, merged where they meet.

    What is around a passage is of its own sentences, so that no sentence is shown of which nothing is cited, but for
    one beside them that disputes what they say. All of
    them is shown as far as their ends are near, and a cut elsewhere takes away no near word that denies or limits. A
    passage whose sentence denies something further away than may be shown stands alone: it says nothing by itself.
    What is between a passage and crediting words of its sentences is shown if it is no longer than what may be around.
    Marks are shown in pairs: the one that closes a quotation of which the beginning is shown, and the one that opens it
    where its end is. Without them other words would look quoted, or what somebody says like words of the reporter.
    """
    own = tuple(sentences(text, rules, within)) if passages else ()
    found = [_around(text, rules, within, own, span, credits) for span in sorted(passages)]
    inside = (Span(max(within.start, credit.start), min(within.end, credit.end)) for credit in credits)
    shown = _merged(text, [*found, *(credit for credit in inside if credit.start < credit.end)])
    # a page shows no white space at the end of a piece, and whoever compares it with the source would miss it
    return [trimmed(text, piece) for piece in _merged(text, [*shown, *_marks_at_cuts(text, rules, within, shown)])]


def _around(
    text: str, rules: Language, within: Span, own: Sequence[Span], passage: Span, credits: Sequence[Span]
) -> Span:
    """Return a passage with what is shown around it; `own` are the sentences of its paragraph."""
    here = [passage, *(sentence for sentence in own if sentence.overlaps(passage))]
    first = max(within.start, min(span.start for span in here))
    last = min(within.end, max(span.end for span in here))
    start, end = _beginning(text, rules, first, passage.start), _ending(text, rules, last, passage.end)
    if any(_denies(text, rules, part, credits) for part in (Span(first, start), Span(end, last))):
        start, end = max(within.start, passage.start), min(within.end, passage.end)
    else:
        start = _dispute_before(text, rules, own, passage, first) if start == first else start
        end = _dispute_behind(text, rules, own, passage, last) if end == last else end
    near = [credit for credit in credits if first <= credit.start and credit.end <= last]
    near = [Span(start, end), *(credit for credit in near if _between(credit, passage) <= CONTEXT + FURTHER)]
    return _hull(near)


def _dispute_before(text: str, rules: Language, own: Sequence[Span], passage: Span, first: int) -> int:
    """Return where what is shown before a passage begins whose sentence, from `first`, is all shown: with the sentence
    before it, if that disputes what somebody says and is no longer than what may be shown."""
    for each in own:
        near = passage.start - CONTEXT - FURTHER <= each.start and each.end <= first
        if near and not text[each.end : first].strip() and _disputing(rules).search(text, each.start, each.end):
            return each.start
    return first


def _dispute_behind(text: str, rules: Language, own: Sequence[Span], passage: Span, last: int) -> int:
    """Return where what is shown behind a passage ends whose sentence, up to `last`, is all shown: as much as may be
    shown of the sentence behind it, if that disputes it: “Opponents deny it.”"""
    behind = next((each for each in own if each.start >= last), None)
    if behind and _disputes(text, rules, behind, passage.end + CONTEXT + FURTHER):
        return _ending(text, rules, behind.end, passage.end)
    return last


def _disputes(text: str, rules: Language, sentence: Span, reach: int) -> bool:
    """Return whether the part of a sentence up to `reach` takes back what is said before it: by a word for that, or
    because somebody says something that begins with “but”."""
    part = Span(sentence.start, min(sentence.end, reach))
    if _disputing(rules).search(text, part.start, part.end):
        return True
    turned, verbs = _turning(rules).match(text, part.start), rules.speakers.verbs
    return bool(turned) and any(word.lower() in verbs for word in part.of(text).split())


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, as one where only white space and a point or comma are between them."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip(_UNSAID):
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _marks_at_cuts(text: str, rules: Language, within: Span, shown: Sequence[Span]) -> Iterator[Span]:
    """Yield the marks that are not shown of each quotation of which something is: with what joins them to a piece."""
    if not shown:
        return
    paragraphs = Span(text.rfind("\n", 0, within.start) + 1, _end_of_line(text, within.end))
    for passage in quoted(text, rules, paragraphs):
        if not _overlap(shown, passage.outer):
            continue
        opening = Span(passage.outer.start, passage.inner.start)
        closing = Span(passage.inner.end, passage.outer.end)
        if not _overlap(shown, opening):
            before = max((piece.end for piece in shown if piece.end <= opening.start), default=opening.start)
            yield opening if _WORD.search(text, before, opening.start) else Span(before, opening.end)
        if not passage.continues and not _overlap(shown, closing):
            behind = min((piece.start for piece in shown if piece.start >= closing.end), default=closing.end)
            yield closing if _WORD.search(text, closing.end, behind) else Span(closing.start, behind)


def _overlap(shown: Sequence[Span], span: Span) -> bool:
    return any(piece.overlaps(span) for piece in shown)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _between(span: Span, other: Span) -> int:
    return max(span.start - other.end, other.start - span.end, 0)


def _denies(text: str, rules: Language, part: Span, credits: Sequence[Span]) -> bool:
    """Return whether something denies in a part that is not shown but for crediting words."""
    known = _denials_in(text, rules)
    found = known[bisect_left(known, part.start) : bisect_left(known, part.end)]
    return any(not any(credit.start <= at < credit.end for credit in credits) for at in found)


@lru_cache(maxsize=16)  # each annotation of a source asks for it
def _denials_in(text: str, rules: Language) -> Sequence[int]:
    """Return where something denies in a text, in its order."""
    return [found.start() for found in _denials(rules).finditer(text)]


def with_gaps(text: str, within: Span, shown: Sequence[Span], written: Sequence[Markup]) -> Markup:
    """Excerpts of a text as they are written, with a sign wherever something is left out."""
    first = GAP + " " if shown[0].start > within.start else Markup()
    last = " " + GAP if shown[-1].end < within.end else Markup()
    signs = (GAP_OF_PARAGRAPHS if _omits_paragraph(text, *pair) else GAP for pair in pairwise(shown))
    further = (Markup(" {} {}").format(*each) for each in zip(signs, written[1:], strict=True))
    return first + written[0] + Markup("").join(further) + last


def _omits_paragraph(text: str, before: Span, behind: Span) -> bool:
    """Whether a whole paragraph is left out between two excerpts, and not only words of theirs."""
    return any(line.strip() for line in text[before.end : behind.start].split("\n")[1:-1])


def crediting(briefing: Briefing, quotation: Quotation) -> str:
    """The source's crediting words, which may stand away from the passage that they credit; empty for none."""
    text, whole = briefing.source.text, briefing.attributions.get(quotation.id)
    if whole is None or not restricted(briefing):
        return whole.of(text) if whole else ""
    spans = crediting_spans(briefing)[quotation.id]
    pieces = [span.of(text) for span in spans]
    return " […] ".join(pieces) + (" …" if spans[-1].end < whole.end else "")


def _beginning(text: str, rules: Language, first: int, at: int) -> int:
    """Return where what is shown before a passage begins, at `first` or after."""
    furthest = at - CONTEXT - FURTHER
    if furthest <= first:
        return first
    clauses, whole = _clauses(text, rules, first, furthest, at)
    if not whole and at - WHOLE <= first:
        return first
    further = max(clauses, default=_word_edge(text, at - CONTEXT, furthest, at - CONTEXT))
    cut = min((edge for edge in clauses if edge >= at - CONTEXT), default=further)
    weighty = next((found.start() for found in _limits(rules).finditer(text, furthest, at)), at)
    if weighty >= cut:
        return cut
    return max((edge for edge in clauses if edge <= weighty), default=_word_edge(text, furthest, weighty, weighty))


def _ending(text: str, rules: Language, last: int, at: int) -> int:
    """Return where what is shown behind a passage ends, at `last` or before."""
    furthest = at + CONTEXT + FURTHER
    if furthest >= last:
        return last
    clauses = [found.start() for found in _CLAUSE_EDGE.finditer(text, at + _CLAUSE, furthest)]
    further = min(clauses, default=_phrase_end(text, rules, at, furthest))
    cut = max((edge for edge in clauses if edge <= at + CONTEXT), default=further)
    ends = (found.end() for found in _limits(rules).finditer(text, at, furthest + 1))
    weighty = max((end for end in ends if end <= furthest), default=at)
    if weighty <= cut:
        return cut
    return min((edge for edge in clauses if edge >= weighty), default=_word_edge(text, furthest, weighty, weighty))


def _phrase_end(text: str, rules: Language, at: int, furthest: int) -> int:
    """Return where what is shown behind a passage ends that has no clause to end with: at the first word that may end a
    phrase, or else at any word."""
    said = speech(rules)
    inner = said.articles | said.the | said.prepositions | said.joins | said.tails | set(rules.speakers.conjunctions)
    nearest = _word_edge(text, at + CONTEXT, furthest, at + CONTEXT)
    for found in _SPACE.finditer(text, nearest, furthest):
        last = text[at : found.start()].rsplit(maxsplit=1)[-1:]
        if last and last[0].lower() not in inner and not _OWNER.search(last[0]):
            return found.start()
    return nearest


def _clauses(text: str, rules: Language, first: int, furthest: int, at: int) -> tuple[list[int], bool]:
    """Return where clauses begin that a cut before `at` may be at, and whether they have subjects of their own."""
    edges = [found.end() for found in _CLAUSE_EDGE.finditer(text, furthest, at - _CLAUSE)]
    dependent = _dependent(text, rules, max(first, at - 2 * WHOLE), at)
    whole = [edge for edge in edges if edge not in dependent]
    if whole or edges:
        return whole or edges, bool(whole)
    return [found.start() for found in _conjunctions(rules).finditer(text, furthest, at - _CLAUSE)], False


def _dependent(text: str, rules: Language, first: int, at: int) -> set[int]:
    """Return which clauses of a sentence, by their beginnings, have their subject further before: one that a relative
    or adverbial word begins, and what goes on behind it."""
    edges = [first, *(found.end() for found in _CLAUSE_EDGE.finditer(text, first, at))]
    begun = {edge for edge in edges[1:] if _subordinating(rules).match(text, edge)}
    return begun | {edge for before, edge in pairwise(edges) if before in begun}


@cache
def _subordinating(rules: Language) -> re.Pattern[str]:
    """Return a pattern for the beginning of a clause that does not stand alone: who, of which, after."""
    begin = any_of({*rules.speakers.relative, *rules.speakers.conjunctions, *rules.breaks, *contrast(rules).conditions})
    relative = any_of(rules.speakers.relative) if rules.speakers.relative else "(?!)"
    inner = rf"(?:{any_of(rules.speakers.belonging)}\s+)?" if rules.speakers.belonging else ""  # "all of which"
    return re.compile(rf"(?:{begin}|\w+\s+{inner}{relative})(?!\w)" if rules.known else "(?!)")


_CLAUSE_EDGE = re.compile(r"[,;:]\s+|\s[–—-]\s+|—")


@cache
def _conjunctions(rules: Language) -> re.Pattern[str]:
    """Return a pattern for words that begin a clause without a mark before them: that."""
    return re.compile(rf"(?<!\w){any_of(rules.speakers.conjunctions)}(?!\w)" if rules.speakers.conjunctions else "(?!)")


@cache
def _limits(rules: Language) -> re.Pattern[str]:
    """Return a pattern for words that deny or limit what is near them: not, fewer than, about, if.

    Where a language has no list of them, any word may be one, so that as much is shown as may be.
    """
    stated, turned = rules.stated, contrast(rules)
    words = {*stated.about, *stated.about_after, *stated.less, *stated.more, *stated.minus}
    words |= turned.words | turned.negations | turned.denying | turned.conditions | turned.disputing
    return _any_word(words) if rules.known else re.compile(r"(?<!\w)\w+(?!\w)")


@cache
def _denials(rules: Language) -> re.Pattern[str]:
    """Return a pattern for words that deny."""
    return _any_word(contrast(rules).negations | contrast(rules).denying)


@cache
def _disputing(rules: Language) -> re.Pattern[str]:
    """Return a pattern for words of somebody who disputes what another one says."""
    words = contrast(rules).disputing
    return _any_word(words) if words else re.compile("(?!)")


@cache
def _turning(rules: Language) -> re.Pattern[str]:
    """Return a pattern for the beginning of a sentence that limits the one before it: but."""
    turned = contrast(rules)
    return re.compile(rf"(?!{any_of(turned.no_contrast)}(?!\w)){any_of(turned.words)}(?!\w)", re.IGNORECASE)


def _any_word(words: AbstractSet[str]) -> re.Pattern[str]:
    together = any_of(words).replace(r"\ ", r"\s")
    return re.compile(rf"(?<!\w)(?:{together}|\w+n['’]t)(?!\w)", re.IGNORECASE)


def _word_edge(text: str, start: int, stop: int, otherwise: int) -> int:
    """Return the first end of a word from `start` towards `stop`, or something else where there is none."""
    places = range(start, stop + 1) if start <= stop else range(start, stop - 1, -1)
    return next((at for at in places if text[at - 1 : at].isspace() or text[at : at + 1].isspace()), otherwise)


# --- the words of an annotation ---------------------------------------------------------------------------------


def slices(briefing: Briefing, annotation: Quotation | Figure | ContextNote, away: bool = False) -> tuple[Markup, ...]:
    """Return the words as slices of what has them, a part for each passage; within a part the gap is always shown.

    `away` is for pages outside of the briefing's folder.
    """
    text, anchor = text_of(briefing, annotation), briefing.anchors[annotation.id]
    gap = Markup(' <span class="bf-gap">[…]</span> ')
    of = briefing.path if away else ""
    return tuple(
        gap.join(_placed(in_html(span.of(text)), span, anchor.comment, of) for span in spans) for spans in anchor.parts
    )


def _placed(words: Markup, span: Span, comment: str, of: str = "") -> Markup:
    """Return a slice that says where it is from, so that it can be compared: in code points of the source, or of the
    comment whose id is given; `of` is the path of the briefing, where the page is not in its folder."""
    within = Markup(' data-in="{}"').format(Markup(comment)) if comment else Markup()
    away = Markup(' data-of="{}"').format(in_attribute(of)) if of else Markup()
    return Markup('<span data-span="{}-{}"{}{}>{}</span>').format(
        Markup(span.start), Markup(span.end), within, away, words
    )


def sentence_around(briefing: Briefing, annotation: Figure | ContextNote) -> Markup:
    """Return the sentence or sentences with the target in them, or as much as may be shown, the target marked; with
    what disputes them right beside them."""
    text, anchor = text_of(briefing, annotation), briefing.anchors[annotation.id]
    beside = _sentences(briefing, text, anchor.whole)
    within = _whole_sentences(beside, anchor.whole)
    limited = restricted(briefing, anchor.comment)
    credits = crediting_spans(briefing).get(annotation.id, ()) if limited else ()
    near, passages = _hull([within, *beside, *credits]), anchor.spans if limited else [within]
    pieces = excerpts(text, language(briefing.source.language), near, passages, credits)
    touched = (each for each in beside if any(each.overlaps(piece) for piece in pieces))
    shown = [_placed(_emphasised(text, piece, anchor.spans), piece, anchor.comment) for piece in pieces]
    return with_gaps(text, _hull([within, *credits, *touched]), pieces, shown)


def spoken_of(briefing: Briefing, annotation: Quotation | Figure) -> tuple[Span, ...]:
    """Return the words that a card is about, as spans of its text: a quotation’s own, and the whole sentences of a
    figure."""
    anchor = briefing.anchors[annotation.id]
    if isinstance(annotation, Quotation):
        return anchor.spans
    return (_whole_sentences(_sentences(briefing, text_of(briefing, annotation), anchor.whole), anchor.whole),)


def _whole_sentences(sentences: Sequence[Span], whole: Span) -> Span:
    return _hull([whole, *(sentence for sentence in sentences if sentence.overlaps(whole))])


def _hull(spans: Sequence[Span]) -> Span:
    """Return what is from the first of some spans to the last."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _emphasised(text: str, within: Span, spans: Sequence[Span]) -> Markup:
    out, at = Markup(), within.start
    for span in (Span(max(s.start, within.start), min(s.end, within.end)) for s in spans if s.overlaps(within)):
        out += in_html(text[at : span.start]) + Markup("<mark>{}</mark>").format(in_html(span.of(text)))
        at = span.end
    return out + in_html(text[at : within.end])


def _sentences(briefing: Briefing, text: str, whole: Span) -> tuple[Span, ...]:
    """The sentences of the lines that a span touches: no need to look at the rest of a long source."""
    start = text.rfind("\n", 0, whole.start) + 1
    return sentences(text, language(briefing.source.language), Span(start, _end_of_line(text, whole.end)))


# --- marks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation as the marks need it."""

    id: str
    kind: str
    spans: tuple[Span, ...]
    """In code points of the text, in order."""
    note: Markup
    """What stands after its last mark: the link to its note; may be empty."""
    was: tuple[str, ...] = ()
    """Former ids, whose places stay addresses."""
    claim: bool = False
    """Whether it has a verdict: then it is marked whatever kinds a reader chooses."""
    draft: bool = False
    """Whether it is not published, so that only a preview shows it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The longest run of text under one set of annotations."""

    span: Span
    highlights: tuple[Highlight, ...]
    begins: tuple[Highlight, ...]
    """Those whose first mark this is."""
    ends: tuple[Highlight, ...]
    """Those whose last mark this is."""


def segments(within: Span, highlights: Sequence[Highlight]) -> Iterator[Segment]:
    """The segments of a stretch of text, in order; joined they are that stretch."""
    spans = [(span, highlight) for highlight in highlights for span in highlight.spans if span.overlaps(within)]
    edges = {within.start, within.end}
    for span, _ in spans:
        edges |= {max(span.start, within.start), min(span.end, within.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        here = tuple(highlight for span, highlight in spans if span.start < end and start < span.end)
        yield Segment(
            Span(start, end),
            here,
            tuple(h for h in here if h.spans[0].start == start),
            tuple(h for h in here if h.spans[-1].end == end),
        )


def marked(text: str, within: Span, highlights: Sequence[Highlight]) -> Markup:
    """A stretch of text as HTML on one line, with its marks and the links to their notes."""
    parts = (_segment(text, segment) for segment in segments(within, highlights))
    return Markup("").join(parts)


def marked_paragraphs(text: str, highlights: Sequence[Highlight]) -> Markup:
    """All of a text as above, with the ends of its paragraphs between them; those are lines."""
    lines = [Span(found.start(), found.end()) for found in _LINE.finditer(text)]
    return Markup("</p><p>").join(marked(text, line, highlights) for line in lines)


def _segment(text: str, segment: Segment) -> Markup:
    words = in_html(segment.span.of(text))
    if not segment.highlights:
        return words
    names = {f"bf-{highlight.kind}" for highlight in segment.highlights}
    names |= {f"bf-claim-{highlight.kind}" for highlight in segment.highlights if highlight.claim}
    names |= {"bf-draft"} if all(highlight.draft for highlight in segment.highlights) else set()
    classes = " ".join(sorted(names))
    ids = " ".join(highlight.id for highlight in segment.highlights)
    own, *others = [f' id="t-{highlight.id}"' for highlight in segment.begins] or [""]
    others += [f' id="t-{old}"' for highlight in segment.begins for old in highlight.was]
    extra = "".join(f"<span{other}></span>" for other in others)
    return Markup(f'{extra}<mark class="bf-mark {classes}" data-bf="{ids}"{own}>{words}</mark>{_numbers(segment)}')


def _numbers(segment: Segment) -> str:
    """Return what stands behind a mark; several in an element of their own, so that a style knows which are shown."""
    notes = [highlight.note for highlight in segment.ends if highlight.note]
    joined = "".join(notes)
    return f'<span class="bf-refs">{joined}</span>' if len(notes) > 1 else joined
