"""`python -m tests.bench.rebase`: how well and how fast targets are followed into a new version of their text.

The same revisions for four ways: ours with the old text, ours with 32 characters of context on each side instead,
rapidfuzz' `partial_ratio_alignment` from a likeness of 70 on, and plain search for the first occurrence. Revisions that
nobody could decide (`tests/revision/fair.py`) are counted by themselves; each line ends with what is located of all.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from statistics import median, quantiles

from rapidfuzz import fuzz

from briefing.anchor import describe
from briefing.anchor.boundaries import whole
from briefing.anchor.words import view
from briefing.model.places import Span
from briefing.reanchor import reanchor
from briefing.reanchor.correspondence import links
from tests.revision.fair import undecidable
from tests.revision.recipes import FOLDER, Revision, cook, load, recipes, text

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
    open_, fair = [c for c in found if undecidable(c)], [c for c in found if not undecidable(c)]
    stays, ends = [c for c in fair if c.here], [c for c in fair if not c.here]
    edited = [c for c in stays if c.here and c.here.of(c.new) != c.there.of(c.old)]
    print(f"{len(stays)} targets that are still there ({len(edited)} of them edited), {len(ends)} that vanished;")
    print(f"besides, nobody could decide of {len(open_)}")
    print(f"{'':36}located  edited located  ends off  misplaced  missed  vanished but found  of all located")
    for name, way in WAYS.items():
        told = Counter(outcome(case, way(case)) for case in fair)
        right = sum(outcome(case, way(case)) == "located" for case in edited)
        of_all = told["located"] + sum(outcome(case, way(case)) == "located" for case in open_)
        shares = [told["located"] / len(stays), right / len(edited), told["ends"] / len(stays)]
        shares += [told["misplaced"] / len(stays), told["missed"] / len(stays), told["invented"] / len(ends)]
        shares += [of_all / sum(c.here is not None for c in found)]
        widths = (9, 16, 10, 11, 8, 20, 16)
        print(f"{name:34}" + "".join(f"{share:>{width}.1%}" for share, width in zip(shares, widths, strict=True)))
    told = Counter(open_outcome(case) for case in open_)
    print("nobody could decide, and ours said: " + (", ".join(f"{n} {name}" for name, n in told.most_common()) or "–"))


def open_outcome(case: Revision) -> str:
    """What to count where nobody could decide: `gone` with candidates is the right answer."""
    selector = describe(case.old, case.there)
    told = reanchor(case.new, selector.exact, selector.prefix, selector.suffix, case.old)
    if told.span is not None:
        return "what the recipe did" if told.span == case.here else "another place"
    offered = case.here is None or any(one.span.overlaps(case.here) for one in told.candidates)
    return "gone, the place offered" if offered else "gone, the place not offered"


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


def clock(words: int = 10_000, count: int = 120) -> None:
    """Milliseconds for each target in a long text of which a quarter of the targets is unchanged, half is edited, and
    a quarter deleted: CPU time, with the views of both texts prepared, and what preparing them costs."""
    old = long_text(words)
    spans = targets(old, count)
    new = revised(old, spans)
    selectors = [describe(old, span) for span in spans]
    start = time.process_time()
    links(view(new), view(old))
    prepared = time.process_time() - start
    taken = []
    told: Counter[str] = Counter()
    for selector in selectors:
        start = time.process_time()
        told[reanchor(new, selector.exact, selector.prefix, selector.suffix, old).status] += 1
        taken.append(1000 * (time.process_time() - start))
    print(f"\n{words:,} words, {dict(told)}")
    print(f"median {median(taken):.1f} ms, 95th percentile {quantiles(taken, n=20)[-1]:.1f} ms for a target")
    print(f"and once for the two texts {1000 * prepared:.0f} ms")


def bounds() -> None:
    """A target of 20 KB in a text of 1 MB."""
    big = long_text(170_000)
    start, end = big.find(" ", 500_000) + 1, big.find(" ", 520_000)
    changed = big[:start] + big[start:end].replace("e", "o", 400) + big[end:]
    for old in ("", big):
        began = time.process_time()
        prefix = "" if old else big[start - 100 : start]
        told = reanchor(changed, big[start:end], prefix, "", old)
        what = "with the old text" if old else "with a prefix"
        taken = time.process_time() - began
        print(f"20 KB in {len(big) / 1e6:.1f} MB {what}: {told.status} in {taken:.2f} s, views included")


def targets(old: str, count: int) -> list[Span]:
    """Passages of a text, of very different lengths."""
    rng = random.Random(9)
    begins = [at for at in range(200, len(old) - 600) if old[at - 1] in " \n" and not old[at].isspace()]
    found: list[Span] = []
    while len(found) < count:
        start = rng.choice(begins)
        span = Span(start, old.find(" ", start + rng.choice((12, 40, 90, 200, 400))))
        if whole(old, span) and not any(span.overlaps(other) for other in found):
            found.append(span)
    return found


def revised(old: str, spans: list[Span]) -> str:
    """Every fourth target stays, two get another letter, one goes."""
    rng = random.Random(9)
    new = old
    for number, span in sorted(enumerate(spans), key=lambda item: item[1], reverse=True):
        if number % 4 == 3:
            new = new[: span.start] + new[span.end :]
        elif number % 4:
            middle = (span.start + span.end) // 2
            new = new[:middle] + rng.choice("bdfgkp") + new[middle + 1 :]
    return new


def main() -> None:
    """Print a table for each part, and the times."""
    for part in sys.argv[1:] or ("tune", "held", "more", "unseen", "fresh"):
        print(f"\n{part}:")
        table(cases(part))
    if not sys.argv[1:]:
        clock()
        bounds()


if __name__ == "__main__":
    main()
