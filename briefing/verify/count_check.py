"""Compares the counts that a page shows with what there is, and the numbers of figures with their records."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from briefing.verify.findings import Mismatch, Verification
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_reader import place_of


def check_counts(root: etree._Element, file: str, texts: KnownTexts, so_far: Verification) -> Iterator[Mismatch]:
    """Yield the counts of a page that are not those of the records, or not those of the notes on it."""
    in_words = 2 if texts.manifest.language.startswith("ar") else 0  # Arabic has a word for one and a form for two
    for one in root.iter():
        names = one.get("data-counts") if isinstance(one.tag, str) else None
        if names:
            so_far.counts += 1
            text = on_one_line(one.text_content())
            expected = [str(number) for name in names.split("|") if (number := count_of(name, texts)) is not None]
            shown = numbers_in(text)
            if Counter(each for each in expected if int(each) > in_words) - Counter(shown):
                yield Mismatch("count", file, place_of(one), "it shows another number", ", ".join(expected), text)
            yield from _check_role(one, names, text, file, texts)
    for note in root.iter("div"):
        if "bf-bar" in note.get("class", "").split():
            yield from _check_bar(note, root, file)


def _check_role(shown: etree._Element, counted: str, text: str, file: str, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield a role that is not that of the speaker whose statements are counted beside it."""
    speaker = counted.partition("|")[0].partition(" by ")[2]
    role = next((each.role for each in texts.manifest.annotations if speaker and each.speaker == speaker), "")
    if on_one_line(role) not in text:
        yield Mismatch("speaker", file, place_of(shown), "their role is another", role, text)


def count_of(name: str, texts: KnownTexts) -> int | None:
    """Return how many there are; `quotation by Jane Doe` are those of a speaker, `theme t1` the comments of a theme."""
    kind, _, speaker = name.partition(" by ")
    if speaker:
        number = sum(each.kind == kind and each.speaker == speaker for each in texts.manifest.annotations)
    elif name.startswith("theme "):
        members = next((theme.members for theme in texts.manifest.themes if theme.id == name[6:]), ())
        number = len({member.comment for member in members})
    else:
        return texts.manifest.counts.get(name) or None
    return number or None


def _check_bar(bar: etree._Element, root: etree._Element, file: str) -> Iterator[Mismatch]:
    """Yield the counts above an annotated text that are not those of its notes."""
    notes = [one for one in root.iter("aside") if "bf-note" in one.get("class", "").split()]
    for one in bar.iterchildren():
        kind = one.get("data-kind")
        if kind or "bf-claims" in one.get("class", "").split():
            expected = sum(n.get("data-kind") == kind if kind else "bf-claim" in n.get("class", "") for n in notes)
            shown = numbers_in(one.text_content())
            if shown and str(expected) not in shown:
                message = "the page has another number of such notes"
                yield Mismatch("count", file, place_of(one), message, str(expected), on_one_line(one.text_content()))


_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u066b\u066c’']\d+)*")


def numbers_in(text: str) -> Sequence[str]:
    """Return the numbers of a text in plain digits, without marks between them."""
    return [digits_of(found) for found in _NUMBER.findall(text)]


def digits_of(text: str) -> str:
    """Return the digits of a number of any script in plain ones, without those that say nothing."""
    digits = "".join(str(unicodedata.digit(each)) for each in text if each.isdigit())
    return digits.lstrip("0") or "0"
