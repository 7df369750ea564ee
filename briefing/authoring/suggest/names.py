"""Draft context notes: the institutions and abbreviations of a source, each where it is named first.

A draft has the name alone. What a reader should know about it is the author's to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.attribution.entities import names_in
from briefing.model.places import Span
from briefing.text import Language, speech

TOO_MANY = 4
"""Letters from which a word in capitals is an abbreviation in a line that is all capitals, as headlines are."""
_CAPITAL = r"[A-ZÄÖÜ][\w’&-]*"
_SHORT_FORM = re.compile(r"(?<![\w.’'-])[A-ZÄÖÜ]{3,6}(?![\w’'-]*[a-zäöüß0-9]{2})(?![\w-])")
_ROMAN = re.compile(r"[IVXLCM]+")


@dataclass(frozen=True, slots=True)
class NameDraft:
    """An institution or abbreviation that is worth a note."""

    target: Span
    title: str


def name_drafts(text: str, language: Language) -> tuple[NameDraft, ...]:
    """Every institution and abbreviation of a text at its first place; none in a language without rules."""
    if not speech(language).verbs:
        return ()
    made: list[NameDraft] = []
    known: set[str] = set()
    for draft, names in sorted(_found(text, language), key=lambda each: (each[0].target.start, -each[0].target.end)):
        overlaps = bool(made) and made[-1].target.overlaps(draft.target)
        if not overlaps and not names & known:
            made.append(draft)
        known |= names
    return tuple(made)


def _found(text: str, language: Language) -> Iterator[tuple[NameDraft, set[str]]]:
    """Each candidate with the names that it goes by."""
    rules = speech(language)
    for found in _long_form(language).finditer(text):
        long, short = found.group()[: found.start("short") - found.start() - 2], found["short"]
        start = found.start()
        while long.split()[0] in rules.not_names and " " in long:
            start, long = start + len(long.split()[0]) + 1, long.split(" ", 1)[1]
        if sum(letter.isupper() for letter in short) > 1 and long[0] == short[0] and " " in long:
            yield NameDraft(Span(start, found.end()), short), {long.lower(), short.lower()}
    for line in re.finditer(r"[^\n]+", text):
        shouted = line.group().isupper() and len(line.group()) > TOO_MANY
        for found in _SHORT_FORM.finditer(text, line.start(), line.end()) if not shouted else ():
            if not _ROMAN.fullmatch(found.group()):
                yield NameDraft(Span(*found.span()), found.group()), {found.group().lower()}
        for name in names_in(text, language, [(line.start(), Span(*line.span()))]):
            if name.body and " " in name.name and name.name in name.span.of(text):
                yield NameDraft(name.span, name.name), {name.name.lower()}


@cache
def _long_form(language: Language) -> re.Pattern[str]:
    """A name with its abbreviation behind it in brackets."""
    joints = "|".join(sorted(speech(language).name_joints))
    return re.compile(rf"{_CAPITAL}(?: (?:(?:{joints}) )*{_CAPITAL})* \((?P<short>[A-Z][\w-]{{1,9}})\)")
