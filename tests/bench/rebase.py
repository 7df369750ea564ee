"""`python -m tests.bench.rebase [PART|FOLDER …]`: how well and how fast targets are followed into a new version.

The same revisions for four ways: ours with the old text, ours with 32 characters of context on each side instead,
rapidfuzz' `partial_ratio_alignment` from a likeness of 70 on, and plain search for the first occurrence. Revisions that
nobody could decide (`tests/revision/fair.py`) are counted by themselves; each line ends with what is located of all.

A folder has revisions and slips of somebody else: `revisions/*/` with `old.txt`, `new.txt` and `targets.yml`, a list of
`{old: words, new: words or null, how: a kind}`; and `slips.yml`, a list of `{article: a text, typed: what an author
typed, words: what is meant, kind: a kind}`, in which the kind `none` is not in the text. With `--half 0` or `--half 1`
only those of one half are taken, chosen by a hash, and the misses are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles

import yaml
from rapidfuzz import fuzz

from briefing.anchor import describe, find
from briefing.anchor.boundaries import whole
from briefing.anchor.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from briefing.anchor.nearest import nearest
from briefing.anchor.words import view
from briefing.model import Selector
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


# --- of others --------------------------------------------------------------------------------------------------


def half_of(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0] % 2


def bare(words: str) -> str:
    """Words on one line without quotation marks around them."""
    return " ".join(words.split()).strip(DOUBLE_QUOTES + SINGLE_QUOTES + " ")


def of_others(folder: Path, half: int | None) -> None:
    """Print what becomes of the revisions and slips of a folder."""
    followed: dict[str, Counter[str]] = {name: Counter() for name in ("with the old text", "32 characters of context")}
    for name, kind, case in revisions_in(folder):
        for (way, told), follow in zip(followed.items(), (with_old_text, with_context), strict=True):
            if half in (None, half_of(f"{name} {case.there.of(case.old)}")):
                found = follow(case)
                said = outcome(case, found)
                told[said] += 1
                if half is not None and said not in ("located", "rightly gone"):
                    print_miss(f"{way}: {said}, {kind}, {name}", case.there.of(case.old), case.here, found, case.new)
    for way, told in followed.items():
        stays = told.total() - told["invented"] - told["rightly gone"]
        ends = told["invented"] + told["rightly gone"]
        print(f"{way}: {told['located'] / max(stays, 1):.1%} of {stays} located exactly, {dict(told)};")
        print(f"  vanished but found {told['invented']} of {ends} ({told['invented'] / max(ends, 1):.1%})")
    slips_of_others(folder, half)


def revisions_in(folder: Path) -> Iterator[tuple[str, str, Revision]]:
    for place in sorted(folder.glob("revisions/*/targets.yml")):
        old, new = ((place.parent / name).read_text("utf-8") for name in ("old.txt", "new.txt"))
        for row in yaml.safe_load(place.read_text("utf-8")):
            here = find(new, Selector(row["new"])) if row["new"] else ()
            there = find(old, Selector(row["old"]))
            if len(there) != 1 or (row["new"] and not here):
                print(f"not judged: {place.parent.name}, {row['old']!r}")
                continue
            case = Revision(place.parent.name, old, there[0].span, new, here[0].span if here else None)
            if len(here) > 1:  # the same words in several places: the right one is where the order of the text says
                at = there[0].span.start * len(new) / len(old)
                span = min((match.span for match in here), key=lambda span: abs(span.start - at))
                case = Revision(place.parent.name, old, there[0].span, new, span)
            yield place.parent.name, row["how"], case


def slips_of_others(folder: Path, half: int | None) -> None:
    told: dict[str, Counter[bool]] = {}
    as_typed = 0
    for row in yaml.safe_load((folder / "slips.yml").read_text("utf-8")):
        if half not in (None, half_of(row["typed"])):
            continue
        text, kind = row["article"], row["kind"]
        text = (folder / text).read_text("utf-8") if "\n" not in text and (folder / text).is_file() else text
        if find(text, Selector(row["typed"]), 1):
            as_typed += 1
            continue
        near = nearest(text, row["typed"])
        span = near.span if near else None
        right = span is None if kind == "none" else span is not None and bare(span.of(text)) == bare(row["words"])
        told.setdefault(kind, Counter())[right] += 1
        if half is not None and not right:
            print(f"{kind}: {row['typed']!r}, meant {row['words']!r}, proposed {span and span.of(text)!r}")
    slips = [count for kind, count in told.items() if kind != "none"]
    right, of = sum(count[True] for count in slips), sum(count.total() for count in slips)
    print(f"slips: {right} of {of} proposed exactly ({right / max(of, 1):.1%}); {as_typed} more are found as typed")
    print("  " + ", ".join(f"{kind} {count[True]}/{count.total()}" for kind, count in sorted(told.items())))


def print_miss(head: str, old: str, here: Span | None, found: Span | None, new: str) -> None:
    print(f"{head}\n  was   {old!r}\n  right {here and here.of(new)!r}\n  found {found and found.of(new)!r}")


def main() -> None:
    """Print a table for each part, and the times; or what becomes of the material of others."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="*")
    parser.add_argument("--half", type=int, choices=(0, 1))
    given = parser.parse_args()
    for part in given.part or ("tune", "held", "more", "unseen", "fresh"):
        print(f"\n{part}:")
        if Path(part).is_dir():
            of_others(Path(part), given.half)
        else:
            table(cases(part))
    if not given.part:
        clock()
        bounds()


if __name__ == "__main__":
    main()
