"""Where in the new text a target may be: rare words vote for places, and the likeliest are compared word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, product

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from briefing.anchor.words import SoughtWords, View

Block = tuple[int, int, int, int, bool]
"""From and to word of what is looked for, from and to word of what is there, and whether they are equal."""

VOTERS = 48
"""Words of the target that vote, the rarest: enough for a paragraph, and more would only cost time."""
COMMON = 60
"""Places beyond which a word is too common to vote, unless all are."""
HITS = 800
"""Votes that are counted; with more, the rarest words alone decide."""


class Region(Struct, frozen=True, order=True):
    """Words of the new text among which a target may be."""

    start: int
    end: int


def regions(new: View, wanted: Sequence[str], count: int, known: Sequence[tuple[int, int]] = ()) -> list[Region]:
    """Return the likeliest places of words that are looked up by the keys `wanted`, best first; they do not overlap.

    Words of the `known` places do not vote, so that these do not outvote what is next to them.
    """
    width = len(wanted) + len(wanted) // 2 + 12
    hits = sorted(hit for hit in _rare_word_hits(new, wanted) if not any(first <= hit[0] < end for first, end in known))
    found: list[Region] = []
    for _, first, last in sorted(_window_weights(hits, width)):
        start, end = hits[first][0] - hits[first][1], hits[last][0] + len(wanted) - hits[last][1]
        region = Region(max(start, 0), min(max(end, start + 1), len(new.words)))
        if not any(region.start < other.end and other.start < region.end for other in found):
            found.append(region)
        if len(found) == count:
            break
    return found


def _rare_word_hits(new: View, wanted: Sequence[str]) -> list[tuple[int, int, float]]:
    """Place in the new text, place in the target, weight: for each vote."""
    known = [(len(new.index[key]), at, key) for at, key in enumerate(wanted) if key in new.index]
    voters = sorted(known)[:VOTERS]
    rare = [voter for voter in voters if voter[0] <= COMMON] or voters[:8]
    hits: list[tuple[int, int, float]] = []
    for _, at, key in rare:
        weight = new.weight(key)
        hits += ((place, at, weight) for place in new.index[key][:HITS])
        if len(hits) > HITS:
            break
    return hits


def _window_weights(hits: Sequence[tuple[int, int, float]], width: int) -> Iterator[tuple[float, int, int]]:
    """For each vote the sum of those in a window that begins with it, each word of the target counted once; negative,
    so that the most comes first."""
    counts: dict[int, int] = {}
    total, end = 0.0, 0
    for first, (place, at, weight) in enumerate(hits):
        while end < len(hits) and hits[end][0] < place + width:
            other = hits[end][1]
            counts[other] = counts.get(other, 0) + 1
            total += hits[end][2] if counts[other] == 1 else 0.0
            end += 1
        yield -total, first, end - 1
        counts[at] -= 1
        total -= weight if counts[at] == 0 else 0.0


ENDS = 8
"""Runs of equal words at either end of which one is chosen to be the end."""
CLEARLY = 1.02
"""How much likeness must grow for words at an end to be given up."""
STRAY = 4
"""Words that must have been put in beside even a single equal one before that counts as chance."""
SENTENCE = 40
"""Words that may have been put in at an end of a whole sentence."""
CHANGED = 2
"""Words at an end that may have been changed along with what was beside them."""


def tighten_ends(
    new: View, wanted: SoughtWords, equal: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[int, int]:
    """Return the ends without words that are equal by chance and far from the others: those between which the likeness
    is greatest. An end beside what was there before is sure."""
    lead, size = len(wanted.before), len(wanted.target)
    runs = _equal_runs((a - lead, c) for a, c in equal if lead <= a < lead + size and start <= c < end)
    if not runs:
        return start, end
    slid = _slide_outer_runs(new, wanted, runs)
    pairs = set(equal) if slid == runs else set()
    first, last = _likest_runs(new, wanted, slid, _are_ends_held(new, wanted, slid, pairs))
    # what was around, where a word next to it is equal too: one alone may be chance
    rests = {(a, c) for a, c in equal if (a - 1, c - 1) in pairs or (a + 1, c + 1) in pairs}
    if first or (lead - 1, start - 1) not in rests:
        start = max(_first_word(new, wanted, slid[first]), _end_of_lead(rests, lead, slid[first][1]))
    if last < len(slid) - 1 or (lead + size, end) not in rests:
        following = _start_of_rest(rests, lead + size, slid[last][1] + slid[last][2])
        end = min(_last_word(new, wanted, slid[last]), *following, len(new.words))
    lacks = runs[0][0], size - runs[-1][0] - runs[-1][2]
    return _whole_sentences(new, wanted, lacks, (start, max(start, end)), rests)


def _whole_sentences(
    new: View, wanted: SoughtWords, lacks: tuple[int, int], ends: tuple[int, int], rests: set[tuple[int, int]]
) -> tuple[int, int]:
    """Return both ends where the sentences end of which the target was made, with what was put in there, or the line;
    and where its first or last words are others, the end of the sentence that it began or ended. Not beyond what was
    around it."""
    (start, end), lead = ends, len(wanted.before)
    whole = SENTENCE if wanted.opens and wanted.closes else STRAY if all(wanted.lines) else 0
    if wanted.opens and not new.begins_sentence(start):
        least = max(_end_of_lead(rests, lead, start), start - (whole or STRAY * bool(lacks[0])))
        start = next((at for at in range(start - 1, max(least, 0) - 1, -1) if new.begins_sentence(at)), start)
    if (wanted.closes or whole) and not new.begins_sentence(end):
        most = min(_start_of_rest(rests, lead + len(wanted.target), end), default=len(new.words))
        most = min(most, end + (whole or 2 * STRAY * bool(lacks[1])))
        end = next((at for at in range(end + 1, most + 1) if new.begins_sentence(at)), end)
    return start, end


def _end_of_lead(rests: Iterable[tuple[int, int]], lead: int, before: int) -> int:
    """Return where what was before a target ends, before a word; 0 where nothing of it is there."""
    return max((c + 1 for a, c in rests if a < lead and c < before), default=0)


def _start_of_rest(rests: Iterable[tuple[int, int]], behind: int, after: int) -> list[int]:
    """Return the words from another on that were behind a target."""
    return [c for a, c in rests if a >= behind and c >= after]


Run = tuple[int, int, int]
"""First word of the target, first word of the new text, and how many are equal from there on."""


def _equal_runs(pairs: Iterable[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    for a, c in pairs:
        if runs and runs[-1][0] + runs[-1][2] == a and runs[-1][1] + runs[-1][2] == c:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((a, c, 1))
    return runs


def _slide_outer_runs(new: View, wanted: SoughtWords, runs: list[Run]) -> list[Run]:
    """Return the runs, the outer ones as near to the others as the words allow: of two equal words the nearer one is
    meant."""
    runs = list(runs)
    if len(runs) > 1:
        runs[:2] = _first_slid(new, wanted, *runs[:2])
    if len(runs) > 1:
        runs[-2:] = _last_slid(new, wanted, *runs[-2:])
    a, c, n = runs[0]
    while a and c and new.words[c - 1] == wanted.target[a - 1]:
        a, c, n = a - 1, c - 1, n + 1
    runs[0] = (a, c, n)
    a, c, n = runs[-1]
    while a + n < len(wanted.target) and c + n < len(new.words) and new.words[c + n] == wanted.target[a + n]:
        n += 1
    runs[-1] = (a, c, n)
    return runs


def _first_slid(new: View, wanted: SoughtWords, first: Run, second: Run) -> list[Run]:
    """Return the first run as near to the second as the words allow; both as one where they touch now."""
    (a, c, n), behind = first, second[1]
    c = next((at for at in range(behind - n, c, -1) if _occurs_at(new, wanted, first, at)), c)
    joined = a + n == second[0] and c + n == behind
    return [(a, c, n + second[2])] if joined else [(a, c, n), second]


def _last_slid(new: View, wanted: SoughtWords, last_but_one: Run, last: Run) -> list[Run]:
    """Return the same for the last run and the one before it."""
    (first, start, count), (a, c, n) = last_but_one, last
    c = next((at for at in range(start + count, c) if _occurs_at(new, wanted, last, at)), c)
    joined = first + count == a and start + count == c
    return [(first, start, count + n)] if joined else [last_but_one, (a, c, n)]


def _occurs_at(new: View, wanted: SoughtWords, run: Run, at: int) -> bool:
    """Return whether the words of a run are in another place too."""
    return list(new.words[at : at + run[2]]) == list(wanted.target[run[0] : run[0] + run[2]])


def _likest_runs(new: View, wanted: SoughtWords, runs: Sequence[Run], held: tuple[bool, bool]) -> tuple[int, int]:
    """Return the first and the last of the runs between which the target is likest; the outermost if it makes no odds,
    or if they are held there."""
    base = runs[0][1]
    there = [0.0, *accumulate(new.weight(key) for key in new.keys[base : runs[-1][1] + runs[-1][2]])]
    ours = [0.0, *accumulate(sum(new.weight(key) for key in wanted.keys[a : a + n]) for a, _, n in runs)]
    whole = sum(new.weight(key) for key in wanted.keys)
    best, choice = 0.0, (0, len(runs) - 1)
    firsts, lasts = _first_runs(new, wanted, runs, held[0]), _last_runs(new, wanted, runs, held[1])
    for (first, ended), (last, beyond) in product(firsts, lasts):
        if last < first:
            continue
        length = there[runs[last][1] + runs[last][2] - base] - there[runs[first][1] - base]
        likeness = 2 * (ours[last + 1] - ours[first]) / (whole + length)
        if likeness > best * (1 / CLEARLY if beyond or ended else CLEARLY):
            best, choice = likeness, (first, last)
    return choice


def _first_runs(new: View, wanted: SoughtWords, runs: Sequence[Run], held: bool) -> list[tuple[int, bool]]:
    """Return the runs that may be the first, and whether what is before each ends another sentence."""
    ended = [
        (first, _ends_other_sentence(new, wanted, runs, first)) for first in range(1 if held else min(len(runs), ENDS))
    ]
    return [(first, alone) for first, alone in ended if alone or _is_stray(runs, first)]


def _last_runs(new: View, wanted: SoughtWords, runs: Sequence[Run], held: bool) -> list[tuple[int, bool]]:
    """Return the runs that may be the last, the outermost first, and whether what is behind is of other sentences."""
    lasts = range(len(runs) - 1, max(0, len(runs) - (1 if held else ENDS)) - 1, -1)
    beyond = [(last, _is_of_other_sentences(new, wanted, runs, last + 1)) for last in lasts]
    return [(last, other) for last, other in beyond if other or _is_stray(runs, last + 1)]


def _are_ends_held(
    new: View, wanted: SoughtWords, runs: Sequence[Run], pairs: set[tuple[int, int]]
) -> tuple[bool, bool]:
    """Return whether the outermost runs are no chance: they go on into what was around, or begin or end a line or
    a bracket as the target did."""
    (first, start, _), (last, behind, count) = runs[0], runs[-1]
    lead, size, end = len(wanted.before), len(wanted.target), behind + count
    before, after = new.marks_beside(start, end)
    opens = not first and (
        (wanted.spans and runs[0][2] > 1)
        or {(lead - 1, start - 1), (lead - 2, start - 2)} <= pairs
        or (wanted.lines[0] and new.begins_line(start))
        or _is_telling(wanted.marks[0], before.endswith(wanted.marks[0]))
    )
    closes = last + count == size and (
        (wanted.spans and count > 1)
        or {(lead + size, end), (lead + size + 1, end + 1)} <= pairs
        or (wanted.lines[1] and new.begins_line(end))
        or _is_telling(wanted.marks[1], after.startswith(wanted.marks[1]))
    )
    return opens, closes


def _is_telling(marks: str, is_there: bool) -> bool:
    """Return whether marks that are there again are brackets or quotation marks, not what any sentence has."""
    return is_there and bool(marks.strip(" .,;:!?"))


def _is_stray(runs: Sequence[Run], cut: int) -> bool:
    """Return whether the words on the shorter side of a cut between two runs may be equal by chance: more was put in,
    or taken out, there than they are. True where nothing is cut off."""
    if not 0 < cut < len(runs):
        return True
    between = [runs[cut][side] - runs[cut - 1][side] - runs[cut - 1][2] for side in (0, 1)]
    before, behind = sum(run[2] for run in runs[:cut]), sum(run[2] for run in runs[cut:])
    return max(between) > 2 * min(before, behind) + STRAY


def _ends_other_sentence(new: View, wanted: SoughtWords, runs: Sequence[Run], cut: int) -> bool:
    """Return whether a word or two before a cut end another sentence, though they began the target's own."""
    if not wanted.opens or not 0 < cut < len(runs) or sum(run[2] for run in runs[:cut]) > CHANGED:
        return False
    ended = any(new.begins_sentence(at) for at in range(runs[0][1] + 1, runs[cut][1] + 1))
    return ended and not any(at in wanted.sentences for at in range(runs[0][0] + 1, runs[cut][0] + 1))


def _is_of_other_sentences(new: View, wanted: SoughtWords, runs: Sequence[Run], cut: int) -> bool:
    """Likewise whether all runs behind a cut are a word or two of other sentences."""
    if cut == len(runs) or max(run[2] for run in runs[cut:]) > CHANGED:
        return False
    ended = any(new.begins_sentence(at) for at in range(runs[cut - 1][1] + runs[cut - 1][2] + 1, runs[cut][1] + 1))
    begun = any(run[0] in wanted.sentences and new.begins_sentence(run[1]) for run in runs[cut:])
    return ended and not begun


def _first_word(new: View, wanted: SoughtWords, run: Run) -> int:
    """Return where a target begins whose first equal words are known: a word or two before them may have been
    changed."""
    missing, at = run[0], run[1]
    nearest = range(at - 1, max(at - max(min(missing, CHANGED), int(wanted.opens)), 0) - 1, -1)
    for place in range(at, nearest.stop, -1):
        if len(wanted.before) > 1 and list(new.words[max(place - 2, 0) : place]) == list(wanted.before[-2:]):
            return place
    if wanted.lines[0]:
        for place in nearest if missing else ():
            if new.begins_line(place):
                return place
    if wanted.opens and new.begins_sentence(at):
        return at
    for place in nearest if wanted.opens or missing <= CHANGED else ():
        if new.begins_sentence(place):
            return place
    return at - missing if missing <= CHANGED else at


def _last_word(new: View, wanted: SoughtWords, run: Run) -> int:
    """Return where it ends; not beyond the sentence."""
    missing, end = len(wanted.target) - run[0] - run[2], run[1] + run[2]
    nearest = range(end, end + min(missing, CHANGED))
    for place in range(end, nearest.stop + 1):
        if len(wanted.after) > 1 and list(new.words[place : place + 2]) == list(wanted.after[:2]):
            return place
    if wanted.lines[1]:
        for place in nearest:
            if new.begins_line(place + 1):
                return place + 1
    for place in nearest:
        if new.begins_sentence(place):
            return place
    return end + missing if missing <= CHANGED else end


NEAR = 8
"""Words on each side that must still are there for the place to count as the same."""
CLEAR, UNCLEAR = 0.95, 0.6
"""Likeness from which a target that was aligned with what was around it need not be aligned alone; and below which
that is better whenever it is likelier, not only where it keeps more of the words."""
WHOLE, HALF = 0.95, 0.5
"""How much of the words must be left, and how like a place must be, for both ends to say that more was only put in."""
CHANCE = 0.25
"""How much of what was around may be there by chance."""
FEW = 0.75
"""How much of only the nearest half of them: two common words of four may be chance."""
SLACK = 8
"""Words on each side of a region that are looked at besides."""
TYPO, TYPO_WORTH = 70.0, 0.7
"""Likeness in per cent from which one word is another, mistyped; and how much of a match that is."""

REPLACED = 6
"""Words by which those that are in the place of others, right beside what was around, may be more."""
BESIDE, SHORT = 3, 5
"""Words on either side that must be the same for other words to be in the place of a few; and how many these may be
where both have a number."""
TRIED = 12
"""Words of a changed stretch that are tried as another spelling."""


class Alignment(Struct, frozen=True):
    """A target aligned with a piece of the new text."""

    start: int
    """The first word of the new text that stands for the target; `end` is exclusive. Equal where nothing does."""
    end: int
    likeness: float
    """From 0 to 1: the weight of the words that are in both, twice, by the weight of all. Rare words weigh more."""
    kept: float
    """How much of the target is left."""
    own: float
    """How much of what is there is the target's."""
    before: float | None
    """How much of what was just before still does; None where that is not known. Likewise `after`."""
    after: float | None
    held: int
    """How many of its ends are the target's: the same two words, beside the same two words, or at the end of a line
    or of a whole sentence."""
    replaces: bool = False
    """Whether it is a word or two in the place of such, within a sentence that is the same around them."""

    @property
    def words(self) -> tuple[int, int]:
        """Both ends."""
        return self.start, self.end

    @property
    def worth(self) -> float:
        """The likeness to compare fits by: nearly all of it where the target is whole and more was only put in."""
        whole = self.held == 2 and self.kept >= WHOLE and self.likeness >= HALF
        return WHOLE + (1 - WHOLE) * self.likeness if whole else self.likeness

    @property
    def around(self) -> float:
        """How much of what was on both sides still does, from 0 to 2."""
        return (self.before or 0) + (self.after or 0)

    def overlaps(self, other: Alignment) -> bool:
        """Return whether two share a word."""
        return self.start < other.end and other.start < self.end


def align_region(new: View, wanted: SoughtWords, region: Region, room: tuple[int, int]) -> Alignment:
    """Align the target with a region; words next to it are looked at too, as far as there is room."""
    first = max(region.start - len(wanted.before) - SLACK, room[0])
    last = min(region.end + len(wanted.after) + SLACK, room[1])
    fit = align_between(new, wanted, first, last)
    if fit.likeness >= CLEAR:
        return fit
    # what was around it only misleads where it was carried off alone
    first, last = max(region.start - SLACK, room[0]), min(region.end + SLACK, room[1])
    alone = align_between(new, replace(wanted, before=(), after=()), first, last)
    alone = _measure_fit(new, wanted, alone.start, alone.end)
    keeps_more = alone.kept > fit.kept and alone.around >= fit.around - CHANCE
    return alone if alone.worth > fit.worth and (fit.likeness < UNCLEAR or keeps_more) else fit


def align_between(new: View, wanted: SoughtWords, first: int, last: int) -> Alignment:
    """Align the target with all that was around it with the words of the new text that stand for all of that."""
    size, lead = len(wanted.target), len(wanted.before)
    row = [*wanted.before, *wanted.target, *wanted.after]
    blocks = _compare_blocks(row, new.words[first:last], first)
    start, end = _target_start(new, wanted, blocks, lead), _target_end(new, wanted, blocks, lead + size)
    equal = _equal_pairs(blocks)
    start, end = tighten_ends(new, wanted, equal, start, max(start, end))
    return _measure_fit(new, wanted, start, end)


def align_exactly(new: View, wanted: SoughtWords, start: int, end: int) -> Alignment:
    """Return the same for words that are known to be the target's: only what is around is compared."""
    return Alignment(start, end, 1.0, 1.0, 1.0, *sides(new, wanted, start, end), _ends_held(new, wanted, start, end))


def _ends_held(new: View, wanted: SoughtWords, start: int, end: int) -> int:
    before, target, after = list(wanted.before[-2:]), list(wanted.target), list(wanted.after[:2])
    opens = (
        _is_at_edge(new, wanted, start, wanted.lines[0])
        or (len(before) == 2 and list(new.words[max(start - 2, 0) : start]) == before)
        or (len(target) > 2 and list(new.words[start : start + 2]) == target[:2])
    )
    closes = (
        _is_at_edge(new, wanted, end, wanted.lines[1])
        or (len(after) == 2 and list(new.words[end : end + 2]) == after)
        or (len(target) > 2 and list(new.words[max(end - 2, 0) : end]) == target[-2:])
    )
    return opens + closes


def _is_at_edge(new: View, wanted: SoughtWords, at: int, line: bool) -> bool:
    """Return whether a line, or a sentence, begins with a word where the target had such an edge."""
    whole = wanted.opens and wanted.closes
    return (line and new.begins_line(at)) or (whole and new.begins_sentence(at))


def sides(new: View, wanted: SoughtWords, start: int, end: int) -> tuple[float | None, float | None]:
    """Return how much of what was on either side is there now; of the nearest words alone if that is more.

    Where nothing was, at the edge of the old text, the edge of the new one is as good.
    """
    left_words, right_words = new.words[max(start - 2 * NEAR, 0) : start][::-1], new.words[end : end + 2 * NEAR]
    before = [_share_remaining(wanted.before[-n:][::-1], left_words) for n in (NEAR, NEAR // 2)]
    after = [_share_remaining(wanted.after[:n], right_words) for n in (NEAR, NEAR // 2)]
    left: float | None = max(before[0], before[1] if before[1] >= FEW else 0.0)
    right: float | None = max(after[0], after[1] if after[1] >= FEW else 0.0)
    if not wanted.before:
        left = None if wanted.edges[0] is None else float(start <= 1)
    if not wanted.after:
        right = None if wanted.edges[1] is None else float(end >= len(new.words) - 1)
    return left, right


def _share_remaining(stood: Sequence[str], stands: Sequence[str]) -> float:
    """Return how many of some words are in their order among the next words, half as many again; from the target on."""
    return LCSseq.similarity(stood, stands[: len(stood) + len(stood) // 2]) / len(stood) if stood else 0.0


def compare_words(written: Sequence[str], said: Sequence[str]) -> list[Block]:
    """Return the stretches of words that are equal, and those that differ; differences next to each other are one."""
    blocks: list[Block] = []
    for code in Levenshtein.opcodes(written, said):
        a, c, equal = code.src_start, code.dest_start, code.tag == "equal"
        if blocks and not equal and not blocks[-1][4]:
            a, _, c, _, _ = blocks.pop()
        blocks.append((a, code.src_end, c, code.dest_end, equal))
    return blocks


def _compare_blocks(row: Sequence[str], words: Sequence[str], shift: int) -> list[Block]:
    """Return equal and changed stretches of words of the new text, which begin at `shift`."""
    return [(a, b, c + shift, d + shift, equal) for a, b, c, d, equal in compare_words(row, words)]


def _target_start(new: View, wanted: SoughtWords, blocks: Sequence[Block], lead: int) -> int:
    """Return where the target begins. Words that were put in just before it are not its own."""
    for a, b, c, d, equal in blocks:
        if b <= lead:
            continue
        if equal:
            return c + max(lead - a, 0)
        own = b - max(a, lead)
        if own > CHANGED and new.begins_sentence(d) and b - lead not in wanted.sentences:
            return d
        if a == lead and _is_replaced(new, own, c, d):
            return c
        at = max(d - own, c)
        if wanted.opens:
            starts = [place for place in range(c, d) if new.begins_sentence(place)]
            at = min(starts, key=lambda place: abs(place - at), default=at)
        return at
    return blocks[-1][3] if blocks else 0


def _target_end(new: View, wanted: SoughtWords, blocks: Sequence[Block], behind: int) -> int:
    """Return where the target ends, likewise."""
    for a, b, c, d, equal in reversed(blocks):
        if a >= behind:
            continue
        if equal:
            return c + min(behind, b) - a
        own = min(b, behind) - a
        if own > CHANGED and new.begins_sentence(c) and a - len(wanted.before) not in wanted.sentences:
            return c
        return d if b == behind and _is_replaced(new, own, c, d) else min(c + own, d)
    return blocks[0][2] if blocks else 0


def _is_replaced(new: View, own: int, start: int, end: int) -> bool:
    """Return whether words may be in the place of some of the target's, whose number is given: not many more of them,
    and of a few more only where they are in one sentence."""
    more = end - start - own
    return more <= CHANGED or (more <= REPLACED and not any(map(new.begins_sentence, range(start + 1, end))))


def _equal_pairs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    return [(a + step, c + step) for a, b, c, _, equal in blocks if equal for step in range(b - a)]


def _measure_fit(new: View, wanted: SoughtWords, start: int, end: int) -> Alignment:
    """Return what is said of a place whose ends are known: the target is aligned with it once more, alone."""
    weights = [new.weight(key) for key in wanted.keys]
    whole, there = sum(weights), sum(new.weight(key) for key in new.keys[start:end])
    blocks = _compare_blocks(wanted.target, new.words[start:end], start)
    same = sum(weights[a] for a, _ in _equal_pairs(blocks))
    same += sum(weights[a] * TYPO_WORTH for a in _mistyped_words(new, wanted, blocks))
    shares = _ratio(2 * same, whole + there), _ratio(same, whole), _ratio(min(same, there), there)
    beside = *sides(new, wanted, start, end), _ends_held(new, wanted, start, end)
    return Alignment(start, end, *shares, *beside, start < end and _replaces(new, wanted, start, end))


def _replaces(new: View, wanted: SoughtWords, start: int, end: int) -> bool:
    """Return whether a few words are in the place of the target's few, in the same sentence. A number may have become
    another, or one or two words one to three others; where nothing but a number is another, one side is enough."""
    here, size = new.words[start:end], len(wanted.target)
    numbers = [[any(map(str.isdigit, word)) for word in row] for row in (wanted.target, here)]
    few = abs(len(here) - size) <= 1 and size <= (SHORT if all(map(any, numbers)) else CHANGED)
    rests = [
        [w for w, is_number in zip(row, at, strict=True) if not is_number]
        for row, at in zip((wanted.target, here), numbers, strict=True)
    ]
    needed = 1 if rests[0] and rests[0] == rests[1] else 2
    begun = any(map(new.begins_sentence, range(start + 1, end)))
    return few and not begun and _sides_in_sentence(new, wanted, start, end) >= needed


def _sides_in_sentence(new: View, wanted: SoughtWords, start: int, end: int) -> int:
    """Return on how many sides of some words are the same words as around the target, as far as the sentence goes; 0
    where they are not in one sentence with any."""
    before = _count_equal(wanted.before[: -BESIDE - 1 : -1], new.words[max(start - BESIDE, 0) : start][::-1])
    after = _count_equal(wanted.after[:BESIDE], new.words[end : end + BESIDE])
    inside = (before and not new.begins_sentence(start)) or (after and not new.begins_sentence(end))
    if not inside or before + after < BESIDE:
        return 0
    return sum(
        (before == BESIDE or new.begins_sentence(start - before), after == BESIDE or new.begins_sentence(end + after))
    )


def _count_equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words are equal before the first that differ."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mistyped_words(new: View, wanted: SoughtWords, blocks: Sequence[Block]) -> list[int]:
    """Return the words of the target that are there with another spelling."""
    found = []
    for a, b, c, d, equal in blocks:
        free = [] if equal else list(range(c, d))[:TRIED]
        for at in range(a, b if free else a):
            word = wanted.target[at]
            likest = max(free, key=lambda other: fuzz.ratio(word, new.words[other]), default=-1)
            other = new.words[likest] if likest >= 0 else ""
            if fuzz.ratio(word, other) >= TYPO and not any(sign.isdigit() for sign in word + other):
                found.append(at)
                free.remove(likest)
    return found
