"""Where each paragraph of a source is in its original (page, moment of a recording), and which are block quotations and
headings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from briefing.readers.reading import DocumentText


def recorded_pages(paragraphs: Sequence[str], reading: DocumentText) -> str:
    """Return the number of the paragraph with which each page begins, as `source.pages` has them: "1 6 11".

    `paragraphs` are those of the source, in order; one that is not as it was read is taken to be on the page of the
    one before. Empty for a document without pages, or with one.
    """
    if not reading.pages or reading.pages[-1] < 2:
        return ""
    starts: list[int] = []
    for number, found in enumerate(_found(paragraphs, reading), 1):
        if found is not None:
            starts += [number] * (reading.pages[found] - len(starts))
    starts[:1] = [1] * len(starts[:1])
    return " ".join(map(str, starts))


def recorded_times(paragraphs: Sequence[str], reading: DocumentText) -> str:
    """Return when each paragraph begins, as `source.times` has it: "0:00 0:12"; empty for what is no recording's.

    A paragraph that is not as it was read is taken to begin with the one before.
    """
    if not reading.times:
        return ""
    last, moments = 0, []
    for found in _found(paragraphs, reading):
        last = last if found is None else reading.times[found]
        moments.append(moment(last))
    return " ".join(moments)


def recorded_block_quotations(paragraphs: Sequence[str], reading: DocumentText) -> str:
    """Return the numbers of the paragraphs that are block quotations, as `source.block_quotations` has them: "7 12".

    Empty where these have most of the words: then the document sets its own text so, as old pages do to indent it.
    """
    numbers = set_apart(paragraphs, reading)
    within = sum(len(paragraphs[number - 1]) for number in numbers)
    return " ".join(map(str, numbers)) if 2 * within <= sum(map(len, paragraphs)) else ""


def set_apart(paragraphs: Sequence[str], reading: DocumentText) -> list[int]:
    """Return the numbers of the paragraphs that a document sets apart as block quotations."""
    quoted = frozenset(reading.block_quotations)
    return [number for number, found in enumerate(_found(paragraphs, reading), 1) if found in quoted]


LONGEST_HEADING = 200
"""Characters of a heading; pages that set whole paragraphs in heading elements mean their size."""


def recorded_headings(paragraphs: Sequence[str], reading: DocumentText) -> str:
    """Return the numbers of the paragraphs that are headings, as `source.headings` has them: "4 9:3 12".

    Of the levels that a document uses the first is 2, below the title of a page, which is not written; each further
    one is one more. Empty where headings have most of the words.
    """
    found = headings(paragraphs, reading)
    if 2 * sum(len(paragraphs[number - 1]) for number in found) > sum(map(len, paragraphs)):
        return ""
    return " ".join(str(number) if level == 2 else f"{number}:{level}" for number, level in found.items())


def headings(paragraphs: Sequence[str], reading: DocumentText) -> dict[int, int]:
    """Return the numbers of the paragraphs that a document has as headings, each with its level, from 2 to 6."""
    levels = dict(reading.headings)
    found = {
        number: levels[at]
        for number, at in enumerate(_found(paragraphs, reading), 1)
        if at in levels and len(paragraphs[number - 1]) <= LONGEST_HEADING
    }
    shown = {level: min(rank, 6) for rank, level in enumerate(sorted(set(found.values())), 2)}
    return {number: shown[level] for number, level in found.items()}


def moment(seconds: int) -> str:
    """Return a moment as people write it: 1:35, 1:02:35."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _found(paragraphs: Sequence[str], reading: DocumentText) -> Iterator[int | None]:
    """Yield for each paragraph which one of those that were read it is; None for none."""
    where: dict[str, list[int]] = {}
    for number, text in enumerate(reading.paragraphs):
        where.setdefault(" ".join(text.split()), []).append(number)
    after = 0
    for text in paragraphs:
        known = where.get(" ".join(text.split()), [])
        at = bisect_left(known, after)
        if at < len(known):
            after = known[at] + 1
            yield known[at]
        else:
            yield None
