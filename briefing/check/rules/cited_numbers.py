"""Rules on the numbers that prose states: each can be read in what its sentence rests on.

docs/manual/grounded.md, numbers.md and decision 28 define all of it: what a sentence rests on, what is a number, and
when two are the same.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from briefing.check.attributed_prose import speaks
from briefing.check.equal_numbers import joined, rests, same, valued
from briefing.check.grounds import Ground, StatedNumber, behind, beside_target, grounds, nearest
from briefing.check.quotables import quotables
from briefing.check.rules.quantifiers import counted
from briefing.check.sentences import HIDDEN, Authored, Sentence, authored, split
from briefing.model import Annotation, Briefing, Quotation, text_at
from briefing.model.places import Place, Problem, Span, one_line
from briefing.model.prose import ALL_COMMENTS, Prose
from briefing.text import Language, Quantity, language, quantities
from briefing.text.marked_passages import marked
from briefing.text.units import LENGTHS, TIMES, alike, comparable

# --- what each sentence rests on --------------------------------------------------------------------------------


class JudgedSentence(Struct, frozen=True):
    """A sentence, and its numbers by what they rest on."""

    sentence: Sentence
    at: Place
    own: Ground | None
    """The target and value that it is about."""
    resting: tuple[Ground, ...]
    """All that it rests on: that, and what it cites, or where it cites nothing what closes its paragraph."""
    missing: tuple[Quantity, ...]
    """Numbers that nothing has."""
    stated: tuple[Quantity, ...]
    """Its numbers, but for those that count commenters."""
    unseen: tuple[Quantity, ...]
    """Numbers that stand, if anywhere, in a reference without an excerpt or in a date that the author completed."""
    draft: bool = False
    """Whether it is part of what is a draft itself, and asserts nothing yet."""

    @property
    def cited(self) -> tuple[Ground, ...]:
        """What it cites, by whichever of its ids."""
        return self.resting[1:] if self.own else self.resting

    @property
    def by_author(self) -> bool:
        """Whether it is the author's reading: a number of it, or all that it cites, stands where nothing shows it."""
        return bool(self.unseen) or (bool(self.cited) and all(ground.blind for ground in self.cited))


def judged(briefing: Briefing) -> tuple[JudgedSentence, ...]:
    """Return every sentence of all prose."""
    return briefing.derive(_judged)


def _judged(briefing: Briefing) -> tuple[JudgedSentence, ...]:
    known, rules = grounds(briefing), language(briefing.language)
    return tuple(
        judge(briefing, field, sentence, known, rules)
        for field in authored(briefing)
        for sentence in split(briefing, field.prose)
    )


def judged_in(briefing: Briefing, prose: Prose) -> Sequence[JudgedSentence]:
    """Return every sentence of one field; none where another problem has kept its prose from being read."""
    return briefing.derive(_judged_by_place).get(prose.at, ())


def _judged_by_place(briefing: Briefing) -> Mapping[Place, Sequence[JudgedSentence]]:
    by_place: dict[Place, list[JudgedSentence]] = {}
    for judgement in judged(briefing):
        by_place.setdefault(judgement.at, []).append(judgement)
    return by_place


def judge(
    briefing: Briefing, field: Authored, sentence: Sentence, known: Mapping[str, Ground], rules: Language
) -> JudgedSentence:
    """Return what the numbers of one sentence rest on."""
    cited = [known[id] for id in sentence.cited if id in known]
    resting = (*((field.own,) if field.own else ()), *cited)
    numbers = _every_number(briefing, sentence, [ground.id for ground in resting], rules)
    open_ = [one for one in numbers if not supported(one, resting) and not counts_shown(one, sentence, rules)]
    if any(ground.blind for ground in resting) or _cites_unread(sentence, known):
        unseen = open_
    else:
        own = not speaks(_outside_quotations(sentence, rules), rules)  # what somebody said is no date of the author's
        unseen = [one for one in open_ if supported(one, resting, unseen=True, completed=own)]
    return JudgedSentence(
        sentence,
        field.prose.at,
        field.own,
        resting,
        tuple(one for one in open_ if one not in unseen),
        numbers,
        tuple(unseen),
        field.draft,
    )


def _every_number(
    briefing: Briefing, sentence: Sentence, resting: Sequence[str], rules: Language
) -> tuple[Quantity, ...]:
    """Return the numbers of a sentence, and in their place those that are written in unusual ways."""
    usual = _stated_numbers(briefing, sentence, rules)
    odd = tuple(_oddly_written(briefing, sentence, usual, resting, rules))
    return (*(one for one in usual if not any(each.span.holds(one.span) for each in odd)), *odd)


def _stated_numbers(briefing: Briefing, sentence: Sentence, rules: Language) -> tuple[Quantity, ...]:
    """Return the numbers of a sentence, but for those that count commenters."""
    counting, stated = [one.span for one in counted(briefing, sentence, rules)], quantities(sentence.laid.text, rules)
    first = bisect_left(stated, sentence.span.start, key=lambda one: one.span.start)
    here = takewhile(lambda one: one.span.start < sentence.span.end, islice(stated, first, None))
    return tuple(
        one
        for one in here
        if one.span.end <= sentence.span.end and not any(span.overlaps(one.span) for span in counting)
    )


_SIGNS = "\u2160-\u2188\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
_ODD = re.compile(
    r"(?<![\w.,/])(?:(?P<comma>0,\d{1,3})(?!\w|[.,]\d)|(?P<number>\d+(?:[.,]\d+)*)(?P<scale>[kKM])(?!\w)"
    rf"|(?P<part>\d{{1,2}})/(?P<whole>\d{{1,2}})(?= (?:of|der|des|von)\b)|(?P<sign>[{_SIGNS}]))"
)
"""Ways to write a number in prose that texts have for other things, too: 0,3 in English, 12k, 1/3 of, Ⅳ, ④."""
_SCALES = {"k": 1_000, "K": 1_000, "M": 1_000_000}


def _oddly_written(
    briefing: Briefing, sentence: Sentence, read: Sequence[Quantity], resting: Iterable[str], rules: Language
) -> Iterator[Quantity]:
    """Yield the numbers of a sentence that are written in such a way, but for those written so in what it rests on."""
    text, known = sentence.laid.text, quotables(briefing)
    for found in _ODD.finditer(text, sentence.span.start, sentence.span.end):
        span = Span(*found.span())
        usual = _as_usual(found, rules)
        if not usual or any(
            one.span.overlaps(span) and one.span.end >= span.end and len(one.values) < 2 for one in read
        ):
            continue
        if any(found.group() in words.text for id in resting if id in known for words in known[id].words):
            continue
        for one in quantities(usual + text[span.end : sentence.span.end], rules)[:1]:
            if one.span.start == 0:
                yield replace(one, span=Span(span.start, span.end + max(one.span.end - len(usual), 0)))


def _as_usual(found: re.Match[str], rules: Language) -> str:
    """Return a number as a language writes it."""
    if found["comma"]:
        return "" if rules.decimal == "," else found["comma"].replace(",", rules.decimal)
    if found["scale"]:
        value = next((one.values[0] for one in quantities(found["number"], rules) if one.values), None)
        return f"{value * _SCALES[found['scale']]:f}".partition(".")[0] if value is not None else ""
    if found["part"]:
        return f"{found['part']} in {found['whole']}" if 0 < int(found["part"]) < int(found["whole"]) else ""
    return f"{unicodedata.numeric(found['sign'], 0):.0f}"


def _cites_unread(sentence: Sentence, known: Mapping[str, Ground]) -> bool:
    """Return whether it cites what another problem has kept out, or what does not exist: that is reported already."""
    return any(id not in known for id in sentence.cited)


def _outside_quotations(sentence: Sentence, rules: Language) -> str:
    """Return a sentence without what is in quotation marks in it."""
    laid, span = sentence.laid.text, sentence.span
    text = span.of(laid)
    for passage in marked(laid, rules):
        if passage.outer.overlaps(span):
            start, end = max(passage.outer.start - span.start, 0), min(passage.outer.end, span.end) - span.start
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def supported(one: Quantity, resting: Iterable[Ground], unseen: bool = False, completed: bool = False) -> bool:
    """Return whether what it rests on has a number; with `unseen` also what the author alone has seen there.

    With `completed` as well, dates that the author completed.
    """
    resting = tuple(resting)
    if one.parts and all(supported(part, resting, unseen, completed) for part in one.parts):
        return True
    for ground in resting:
        kept = (each for each in ground.read if (unseen or not each.unseen) and (completed or not each.completed))
        read = tuple(each.stated for each in kept)
        if any(rests(one, each) for each in read) or joined(one, read):
            return True
    return False


# --- small numbers that count what the sentence itself shows ----------------------------------------------------


def counts_shown(one: Quantity, sentence: Sentence, rules: Language) -> bool:
    """Return whether a word from two to twelve counts the things that its sentence cites or lists."""
    if not one.small:
        return False
    following = next((len(citation.keys) for at, citation in sentence.citations if at >= one.span.end), 0)
    return one.small in (following, len(sentence.own), _listed(sentence, one, rules))


def _listed(sentence: Sentence, one: Quantity, rules: Language) -> int:
    """Return how many things are listed after a counted noun: "three things: time, money and patience"."""
    rest = sentence.laid.text[one.span.end : min(sentence.span.end, one.span.end + _LONGEST_LIST)]
    opened = _OPENS.match(rest)
    if not opened:
        return 0
    listed = re.split(r"[;:()]|\.(?!\d)|\s[–—]\s", rest[opened.end() :])[0]
    ands = "|".join(re.escape(word) for word in (*rules.numbers.and_, *_ORS.get(rules.tag.split("-")[0], ())))
    return len([part for part in re.split(rf",\s*(?:(?:{ands})\s)?|\s(?:{ands})\s", listed) if part.strip()])


COMPARED = 50_000
"""Of numbers that are missing with what there is to cite: each of thousands with thousands takes minutes, for hints."""
NAMED = 4
"""Ids that have a number at most, to be named."""
_LONGEST_LIST = 1000
"""Code points after a number in which the things that it counts are looked for."""
_OPENS = re.compile(
    r"(?:[ -][^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}(?:,|\s[–—]|\s\()|[ -][\w’'-]+(?: [\w’'-]+){0,11}:)\s*"
)
_ORS: Mapping[str, tuple[str, ...]] = {"en": ("or",), "de": ("oder", "sowie")}


# --- the rules --------------------------------------------------------------------------------------------------


_MOST = 20
"""Numbers of a sentence that are reported: each problem repeats the sentence."""


def cited_number(briefing: Briefing) -> Iterator[Problem]:
    """Every number in prose can be read in what its sentence rests on; see docs/manual/grounded.md.

    What is a draft itself may come from another program or wait for its author: it is asked when it is to be read.
    """
    everywhere = grounds(briefing)
    few = COMPARED // (len(everywhere) + 1)
    asserted = (judgement for judgement in judged(briefing) if not judgement.draft)
    missing = ((judgement, one) for judgement in asserted for one in judgement.missing[:_MOST])
    for number, (judgement, one) in enumerate(missing):
        at = judgement.at.part(judgement.sentence.laid.span(one.span))
        hint = _hint(briefing, one, judgement, everywhere if number < few else {})
        words = judgement.sentence.words
        yield Problem("cited-number", _message(one, judgement), at, hint, words)


def _message(one: Quantity, judgement: JudgedSentence) -> str:
    """Return where it was looked for: nothing is said to be cited by a sentence that does not cite it itself."""
    sentence = judgement.sentence
    words = one.span.of(sentence.laid.text).rstrip(".")
    cited = [f"“{id}”" for id in sentence.cited]
    listed = f"{', '.join(cited[:6])}{' …' if len(cited) > 6 else ''}"
    what = "the paragraph's last citation" if sentence.by_closing else "what its sentence cites"
    if judgement.own:
        where = f"the target and value of “{judgement.own.id}”"
        also = f", nor in {what}: {listed}" if cited else ", and its sentence cites nothing"
        return f"the number “{words}” cannot be read in {where}{also}"
    if not cited:
        return f"the number “{words}” rests on nothing: its sentence cites nothing"
    return f"the number “{words}” cannot be read in {what}: {listed}"


def _hint(briefing: Briefing, one: Quantity, judgement: JudgedSentence, everywhere: Mapping[str, Ground]) -> str:
    """Return the nearest numbers there, and what to write instead, with what has the number everywhere."""
    read = [(ground.id, each) for ground in judgement.resting for each in ground.read]
    lines = []
    near = nearest(one, [each for _, each in read])
    if near:
        where = {each: id for id, each in reversed(read)}
        lines.append("nearest there: " + ", ".join(f"“{_short(each.words)}” ({where[each]})" for each in near))
    if any(valued(one, each.stated) and not same(one, each.stated) for each in near):
        lines.append("the number is the same, its unit is not")
    lines.append(_instead(briefing, one, judgement, everywhere))
    return "\n".join(lines)


def _instead(briefing: Briefing, one: Quantity, judgement: JudgedSentence, everywhere: Mapping[str, Ground]) -> str:
    if supported(one, judgement.resting, unseen=True, completed=True):
        return (
            "that date is your own reading (`resolved`), and the sentence says that somebody speaks: write the date as "
            "the source has it, cite what has it in words, or say it in a sentence of its own"
        )
    known, counts = everywhere.items() if not one.small else (), behind(one, judgement.sentence.laid.text)
    noted = next((each for each in judgement.cited if any(same(one, other.stated) for other in each.note)), None)
    if noted:
        named = _as_cited(one, counts, noted, everywhere)
        return f"the note of “{noted.id}” has it: cite here what that note cites{named}"
    beside = _beside(briefing, one, counts, judgement) if everywhere else iter(())
    having = (id for id, ground in known if id != ALL_COMMENTS and _means(one, counts, ground))
    found = next(beside, "") or _elsewhere([*islice(having, NAMED + 1)])
    return found or (
        "write what is there, cite what has the number, add the excerpt that has it to references.yml, or compute it "
        "under `derived`; a name goes between backticks"
    )


def _elsewhere(having: Sequence[str]) -> str:
    """Return what to cite of the few ids that have a number; empty where there are none or too many."""
    if not having or len(having) > NAMED:
        return ""
    names, have = ", ".join(f"“{id}”" for id in having), "has" if len(having) == 1 else "have"
    return f"{names} {have} it: if that is what you mean, cite it as [@{having[0]}]; else write what is there"


def _beside(briefing: Briefing, one: Quantity, counts: str, judgement: JudgedSentence) -> Iterator[str]:
    """Yield how a number is cited that is in the same sentence of the source or comment as words that are cited."""
    records = {record.id: record for record in briefing.annotations if record.id in briefing.anchors}
    for record in (records[ground.id] for ground in judgement.resting if ground.id in records):
        for words, span in beside_target(briefing, record, lambda each: _is_meant(one, counts, each)):
            yield _repair(briefing, record, words, span)


def _repair(briefing: Briefing, record: Annotation, words: str, span: Span) -> str:
    """Return what to write for a number, its words and place, in the sentence of an annotation: the simplest."""
    anchor, published = (
        briefing.anchors[record.id],
        {each.id for each in briefing.annotations if each.status == "published"},
    )
    alike = (id for id, other in briefing.anchors.items() if other.comment == anchor.comment and id in published)
    having = next((id for id in alike if any(each.holds(span) for each in briefing.anchors[id].spans)), "")
    if having:
        return f"“{having}” has it in the same sentence as “{record.id}”: cite it as [@{having}]"
    if isinstance(record, Quotation) and record.kind != "reported":
        return f"the sentence of “{record.id}” has “{words}” beside its words: make that a figure and cite it"
    target = text_at(briefing, anchor)[min(anchor.whole.start, span.start) : max(anchor.whole.end, span.end)]
    return f"the sentence of “{record.id}” has it outside the target: let the target be “{one_line(target)}”"


def _is_meant(one: Quantity, counts: str, each: StatedNumber) -> bool:
    """Return whether a number is one that prose states, with what it counts; "doubled" counts nothing."""
    return rests(one, each.stated) and (one.unit == TIMES or _counts_the_same(one, counts, each))


def _as_cited(one: Quantity, counts: str, noted: Ground, everywhere: Mapping[str, Ground]) -> str:
    """Return the citation to write of those that a note has; empty where none of them surely has the number."""
    cited = (id for id in noted.note_cites() if id in everywhere and _means(one, counts, everywhere[id]))
    return next((f", as [@{id}]" for id in cited), "")


def _means(one: Quantity, counts: str, ground: Ground) -> bool:
    """Return whether something states a number and what it counts, so that it may be what an author means."""
    if one.parts and all(_means(part, counts, ground) for part in one.parts):
        return True
    read = (each for each in ground.read if not each.unseen and not each.completed)
    return any(rests(one, each.stated) and _counts_the_same(one, counts, each) for each in read)


def _counts_the_same(one: Quantity, counts: str, each: StatedNumber) -> bool:
    """Return whether two equal numbers are of one unit or noun; a few years or hours may be those of anything."""
    if one.date or each.stated.date:
        return True
    unit, other = one.unit, each.stated.unit
    if unit or other:
        few = unit in {*LENGTHS, TIMES} and all(value <= _FEW for value in one.values)
        return not few and (alike(unit, other) or comparable(unit, other))
    return not one.noun or bool(_stems(counts) & _stems(each.behind))


def _stems(counts: str) -> set[str]:
    """Return the beginnings of the first words behind a number, in which a noun is the same in the plural."""
    words = re.split(r"[.,;:!?()\n]", counts)[0].split()[:_NOUN_WORDS]
    return {word[:_STEM].casefold() for word in words if len(word) >= _STEM - 1}


_FEW = 12
"""What is a small number in words."""
_NOUN_WORDS = 3
"""Words behind a number among which is the noun that it counts."""
_STEM = 5
"""Letters by which two forms of a noun are told to be the same."""


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


def doubled_noun(briefing: Briefing) -> Iterator[Problem]:
    """After `[#comments]` or `[#theme]`, which print "4 comments", the noun does not follow again."""
    rules = language(briefing.language)
    nouns = "|".join(re.escape(noun) for noun in rules.quantifiers.printed)
    if not nouns:
        return
    doubled = re.compile(rf"{HIDDEN}\s+({nouns})\b", re.I)
    for field in authored(briefing):
        for sentence in split(briefing, field.prose):
            counts = {at: count for at, count in sentence.laid.counts if sentence.span.start <= at < sentence.span.end}
            for start, count in counts.items():
                if found := doubled.match(sentence.laid.text, start):
                    at = field.prose.at.part(sentence.laid.span(Span(*found.span(1))))
                    message = f"“[#{count.key.id}]” prints the noun itself, so “{found[1]}” would appear twice"
                    hint = f"leave “{found[1]}” out: “[#{count.key.id}]” alone"
                    yield Problem("doubled-noun", message, at, hint, sentence.words)
