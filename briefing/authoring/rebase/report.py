"""Show a plan to people on a terminal, and to programs as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from briefing.anchor import Candidate
from briefing.anchor.diagnose import paragraph, short
from briefing.authoring.rebase import Decision, RebasePlan, ReviewItem, Status
from briefing.model.places import TextFile, in_marks, locate
from briefing.reanchor import Difference
from briefing.report import paint

STATUSES: tuple[Status, ...] = ("unchanged", "moved", "altered", "gone", "added")
AROUND = 6
"""Words on either side of a change that are shown."""


class ItemRow(TypedDict):
    """One item in `--format json`; spans count code points of the text that the words are in."""

    id: str
    part: int
    what: str
    status: str
    decision: str | None
    path: str
    line: int | None
    column: int | None
    was: str
    now: str | None
    span: list[int] | None
    differences: list[dict[str, str]]
    candidates: list[dict[str, object]]
    because: str
    skipped: str


def as_text(item: ReviewItem, files: Mapping[str, TextFile], prefix: str = "", colour: bool = False) -> str:
    """Return one item: where it is written, what became of it, and what there is to choose from."""
    location = locate(item.at, files)
    where = f"{prefix}{item.at.file}" + (f":{location.line}:{location.column}" if location else "")
    lines = [f"{paint(where, 'bold', colour)}: {paint(item.status, 'bold', colour)} {item.what} {item.name}"]
    lines += [f"  {line}" for line in _describe_item(item, colour)]
    if item.skipped:
        lines.append(paint(f"  not looked at: {item.skipped}", "quiet", colour))
    return "\n".join(lines)


def summary(plan: RebasePlan) -> str:
    """Return how many items have each status."""
    counts = [f"{plan.count(status)} {status}" for status in STATUSES if plan.count(status) or status != "added"]
    return f"{plan.briefing.path}: {', '.join(counts)}"


def as_row(item: ReviewItem, decision: Decision | None, files: Mapping[str, TextFile], prefix: str = "") -> ItemRow:
    """Return one item as plain data."""
    location = locate(item.at, files)
    return ItemRow(
        id=item.id,
        part=item.part,
        what=item.what,
        status=item.status,
        decision=decision.do if decision else None,
        path=prefix + item.at.file,
        line=location.line if location else None,
        column=location.column if location else None,
        was=item.selector.exact,
        now=item.span.of(item.text) if item.span else None,
        span=[item.span.start, item.span.end] if item.span else None,
        differences=[{"was": one.was, "now": one.now} for one in item.differences if not one.same],
        candidates=[
            {
                "start": one.span.start,
                "end": one.span.end,
                "score": one.score,
                "text": one.span.of(item.text),
                "because": one.because,
            }
            for one in item.candidates
        ],
        because=item.because,
        skipped=item.skipped,
    )


def offered(item: ReviewItem) -> Sequence[Candidate]:
    """Return the candidates that an author may choose by number."""
    return item.candidates if item.status == "gone" else ()


def _describe_item(item: ReviewItem, colour: bool) -> Iterator[str]:
    if item.status == "altered":
        yield " ".join(_show_changes(item.differences, colour))
        return
    yield f"{in_marks(short(item.selector.exact, 100))}"
    if item.status == "moved" and item.span:
        yield f"now in {_place_of(item, item.span.start)}"
    elif item.status == "moved":
        yield "no longer in the document: the entry is taken out"
    elif item.status == "gone":
        yield item.because
        for number, one in enumerate(offered(item), start=1):
            words = short(one.span.of(item.text), 100)
            yield f"{number}. “{words}” ({one.score:.0f} % alike, {_place_of(item, one.span.start)}): {one.because}"


def _place_of(item: ReviewItem, at: int) -> str:
    return f"paragraph {paragraph(item.text, at)}"


def _show_changes(differences: Sequence[Difference], colour: bool) -> Iterator[str]:
    """Return the words with what was taken out and put in, as a word diff shows them."""
    for number, one in enumerate(differences):
        if one.same:
            yield _shorten_words(one.now, first=number == 0, last=number == len(differences) - 1)
            continue
        if one.was:
            yield paint(f"[-{one.was}-]", "removed", colour)
        if one.now:
            yield paint(f"{{+{one.now}+}}", "added", colour)


def _shorten_words(words: str, first: bool, last: bool) -> str:
    """Return the words next to a change; those farther away are left out."""
    all_ = words.split(" ")
    if len(all_) <= 2 * AROUND + 2:
        return words
    head, tail = " ".join(all_[:AROUND]), " ".join(all_[-AROUND:])
    return f"… {tail}" if first else f"{head} …" if last else f"{head} … {tail}"
