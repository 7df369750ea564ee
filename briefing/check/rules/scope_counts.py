"""A rule on the `scope` of comments: what it counts is there, or in the file that they were taken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from briefing.check.equal_numbers import rests
from briefing.check.rules.imported_comments import ImportedExport, file_name, read_exports, unverified
from briefing.model import Briefing
from briefing.model.places import Place, Problem, Span
from briefing.readers import Options, UnknownReader, UnreadableDocument, read
from briefing.text import Language, Quantity, language, quantities, sentences
from briefing.text.language_rules import GAP, any_of
from briefing.text.units import PERCENT

_SHORT = 60
"""Letters of a line of a page that says how many comments there are, at most."""


def scope_count(briefing: Briefing) -> Iterator[Problem]:
    """Every number in `scope` that counts something counts comments that are here, or rows of an imported export.

    After a word for all it counts comments that are here. A saved page may itself say how many there are. Dates, times
    and numbers with a unit count no comments; a percentage is a share of two of these counts.
    """
    if not briefing.comments or briefing.unread.lacks("comments"):
        return
    rules, at = language(briefing.language), Place(briefing.comments[0].at.file, ("scope",))
    here, reads = _here(briefing), read_exports(briefing)
    anywhere = here | {count for one in reads for count in _in_export(one)}
    for one in quantities(briefing.scope, rules):
        if not _may_count_comments(one):
            continue
        if _follows_all(briefing.scope[: one.span.start], rules):
            right = _is_count(one, here)
        else:
            right = _is_count(one, anywhere) or unverified(briefing) or _page_says(briefing, one)
        if not right:
            yield _problem(briefing, one, at, reads)


def _may_count_comments(one: Quantity) -> bool:
    """Return whether a number is no date, time, rank or measurement; a percentage may be a share of comments."""
    return not (one.date or one.rank or one.clock or one.verbatim) and one.unit in ("", PERCENT)


def _follows_all(before: str, rules: Language) -> bool:
    """Return whether the words before a number end with one for all: "all 40 comments", but not "all of the 40"."""
    every = any_of(word for word, line in rules.quantifiers.counts.items() if line == "all")
    all_of = rf"(?<!\w)(?:{every})(?:{GAP}(?:the|of|der|die|den))?{GAP}$"
    part_of = rf"{any_of(rules.quantifiers.out_of)}{GAP}\S+{GAP}$"
    return bool(re.search(all_of, before, re.I)) and not re.search(part_of, before, re.I)


def _here(briefing: Briefing) -> set[int]:
    """Return how many comments there are, in all and by what became of them."""
    total, aside = len(briefing.comments), Counter(entry.reason for entry in briefing.set_aside)
    taken: list[int] = []
    known: frozenset[str] = frozenset()
    for one in read_exports(briefing):  # a later export may have the comments of an earlier one again
        these = frozenset(one.comments.values())
        taken += [len(these), len(these - known)]
        known |= these
    answers = sum(bool(comment.reply_to) for comment in briefing.comments)
    writers = len({comment.author for comment in briefing.comments if comment.author})
    counts = {total, aside.total(), total - aside.total(), *aside.values(), len(briefing.themes), *taken, len(known)}
    return {*counts, total - len(known), answers, total - answers, writers}


def _in_export(one: ImportedExport) -> Iterator[int]:
    """Yield how many rows an export has, and how many were left out or given another id."""
    yield from (len(one.records), len(one.comments), len(one.records) - len(one.comments))
    yield from (len(entry.numbers()) for entry in one.original.left_out)
    yield len(one.original.renumbered)


def _is_count(one: Quantity, counts: set[int]) -> bool:
    if one.parts:
        return all(_is_count(part, counts) for part in one.parts)
    if one.unit == PERCENT:
        shares = (Decimal(100 * part) / whole for part in counts for whole in counts if 0 <= part <= whole and whole)
        return any(abs(share - value) <= Decimal("0.5") for share in shares for value in one.values)
    return any(rests(one, Quantity(Span(0, 0), (Decimal(count),))) for count in counts)


def _page_says(briefing: Briefing, one: Quantity) -> bool:
    """Return whether a short line of the original, as a saved page has one, says the number."""
    original, rules = briefing.source.original, language(briefing.source.language)
    if original is None or original.data is None:
        return original is not None and original.held == "private"
    try:
        reading = read(original.data, original.file, Options(original.encoding))
    except (UnknownReader, UnreadableDocument):
        return True  # reported by the rules on the original
    lines = (line for paragraph in reading.paragraphs if len(paragraph) < _SHORT for line in paragraph.splitlines())
    return any(rests(one, each) for line in lines for each in quantities(line, rules))


def _problem(briefing: Briefing, one: Quantity, at: Place, reads: tuple[ImportedExport, ...]) -> Problem:
    text, total, aside = briefing.scope, len(briefing.comments), len(briefing.set_aside)
    counts = [f"{total} comment{'s' * (total != 1)} here" + (f", {aside} of them set aside" if aside else "")]
    counts += [f"{len(each.records)} rows in {file_name(each.original)}" for each in reads]
    words = one.span.of(text).rstrip(".")
    return Problem(
        "cited-number",
        f"“{words}” in `scope` counts nothing that is there: {'; '.join(counts)}",
        at.part(one.span),
        f"write how many comments these are: {total}; how many there were elsewhere is known only from an export that "
        "was imported (`briefing import comments`) or from the saved page",
        next((span.of(text) for span in sentences(text, language(briefing.language)) if span.holds(one.span)), text),
    )
