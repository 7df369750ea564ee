"""`python -m tests.bench.rebase`: how well and how fast targets are followed into a new version of their text.

The same revisions for four ways: ours with the old text, ours with 32 characters of context on each side instead,
rapidfuzz' `partial_ratio_alignment` from a likeness of 70 on, and plain search for the first occurrence.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from statistics import median, quantiles

from rapidfuzz import fuzz

from briefing.anchor import Selector, describe, reanchor
from briefing.anchor.fold import fold
from briefing.anchor.revised.links import links
from briefing.anchor.revised.words import view
from briefing.places import Span
from tests.revision.edits import FOLDER, Revision, cook, load, recipes, text

Way = Callable[[Revision], Span | None]

CONTEXT = 32
"""Characters that the Hypothesis client stores on each side."""


def with_old_text(case: Revision) -> Span | None:
    selector = describe(case.old, case.there)
    return reanchor(case.new, selector.exact, selector.prefix, selector.suffix, case.old).span


def with_context(case: Revision) -> Span | None:
    before = case.old[max(case.there.start - CONTEXT, 0) : case.there.start]
    return reanchor(case.new, case.there.of(case.old), before, case.old[case.there.end :][:CONTEXT]).span


def with_rapidfuzz(case: Revision) -> Span | None:
    found = fuzz.partial_ratio_alignment(case.there.of(case.old), case.new, score_cutoff=70)
    return Span(found.dest_start, found.dest_end) if found else None


def with_find(case: Revision) -> Span | None:
    at = case.new.find(case.there.of(case.old))
    return Span(at, at + case.there.end - case.there.start) if at >= 0 else None


WAYS: dict[str, Way] = {
    "ours, with the old text": with_old_text,
    "ours, 32 characters of context": with_context,
    "rapidfuzz partial_ratio_alignment": with_rapidfuzz,
    "str.find": with_find,
}


def outcome(case: Revision, found: Span | None) -> str:
    """What to count: `ends` where the place is right and an end is not."""
    if case.here is None:
        return "invented" if found else "rightly gone"
    if found is None:
        return "missed"
    if found == case.here:
        return "located"
    return "ends" if found.overlaps(case.here) else "misplaced"


def cases(part: str) -> list[Revision]:
    return [cook(recipe) for recipe in recipes(part)]


def by_hand() -> list[Revision]:
    return load(FOLDER / "by-hand.txt")


def table(found: Iterable[Revision]) -> None:
    found = list(found)
    stays, ends = [c for c in found if c.here], [c for c in found if not c.here]
    edited = [c for c in stays if c.here and c.here.of(c.new) != c.there.of(c.old)]
    print(f"{len(stays)} targets that are still there ({len(edited)} of them edited), {len(ends)} that vanished")
    print(f"{'':36}located  edited located  ends off  misplaced  missed  vanished but found")
    for name, way in WAYS.items():
        told = Counter(outcome(case, way(case)) for case in found)
        right = sum(outcome(case, way(case)) == "located" for case in edited)
        shares = [told["located"] / len(stays), right / len(edited), told["ends"] / len(stays)]
        shares += [told["misplaced"] / len(stays), told["missed"] / len(stays), told["invented"] / len(ends)]
        print(f"{name:34}" + "".join(f"{share:>{w}.1%}" for share, w in zip(shares, (9, 16, 10, 11, 8, 20), strict=True)))


def long_text(words: int, seed: int = 5) -> str:
    """Sentences of the texts in many orders and with other numbers: many look-alikes."""
    rng = random.Random(seed)
    lines = [line for name in ("harbour", "schools", "haushalt") for line in text(name).splitlines()]
    pool = [s.strip() + "." for line in lines for s in line.split(".") if len(s) > 30]
    out: list[str] = []
    count = 0
    while count < words:
        shuffled = rng.choice(pool).split()
        at = rng.randrange(len(shuffled))
        shuffled[at] = rng.choice(rng.choice(pool).split())
        shuffled.append(f"({rng.randrange(10_000)})" if rng.random() < 0.3 else "")
        out.append(" ".join(filter(None, shuffled)) + ("\n" if rng.random() < 0.2 else ""))
        count += len(shuffled)
    return " ".join(out)


def clock(words: int = 10_000, targets: int = 120) -> None:
    """Milliseconds for each target in a long text, with views prepared, and what preparing costs."""
    rng = random.Random(9)
    old = long_text(words)
    begins = [m for m in range(200, len(old) - 400) if old[m - 1] in " \n" and not old[m].isspace()]
    new = old
    spans = []
    for _ in range(targets):
        start = rng.choice(begins)
        end = old.find(" ", start + rng.choice((12, 40, 90, 200, 400)))
        if describe_or_none(old, Span(start, end)):
            spans.append(Span(start, end))
    for span in spans[::2]:
        middle = (span.start + span.end) // 2
        new = new[:middle] + rng.choice("aeiou") + new[middle + 1 :]
    for span in sorted(spans[1::4], reverse=True):
        new = new[: span.start] + new[span.end :]
    rates = {}
    for name in ("prepared", "cold"):
        taken = []
        for span in spans:
            selector = describe(old, span)
            if name == "cold":
                for cache in (fold, view, links):
                    cache.cache_clear()
            start = time.perf_counter()
            reanchor(new, selector.exact, selector.prefix, selector.suffix, old)
            taken.append(1000 * (time.perf_counter() - start))
        rates[name] = taken if name == "cold" else taken[1:]
        spans = spans if name == "prepared" else spans
        if name == "prepared":
            spans = spans[:]
    for name, taken in rates.items():
        print(f"{words:,} words, {name}: median {median(taken):.1f} ms, 95th percentile {quantiles(taken, n=20)[-1]:.1f} ms")
    big, target = long_text(160_000), Span(500_000, 520_000)
    start = time.perf_counter()
    reanchor(big, target.of(big).replace("e", "o", 400), old=big[:100])
    print(f"a target of 20 KB with 400 typos, exact alone, in {len(big) / 1e6:.1f} MB: {time.perf_counter() - start:.2f} s")
    edge = describe_or_none(big, Span(big.find(" ", 500_000) + 1, big.find(" ", 520_000)))
    if edge:
        span = Span(big.find(" ", 500_000) + 1, big.find(" ", 520_000))
        changed = big[: span.start] + span.of(big).replace("e", "o", 400) + big[span.end :]
        start = time.perf_counter()
        told = reanchor(changed, edge.exact, edge.prefix, edge.suffix, big)
        print(f"the same with the old text: {told.status}, {time.perf_counter() - start:.2f} s, views included")


def describe_or_none(text: str, span: Span) -> Selector | None:
    try:
        return describe(text, span)
    except ValueError:
        return None


def main() -> None:
    """Print a table for each part, and the times."""
    for part in sys.argv[1:] or ("tune", "held"):
        print(f"\n{part}:")
        table(cases(part))
    if not sys.argv[1:]:
        clock()


if __name__ == "__main__":
    main()
