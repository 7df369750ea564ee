"""The same sentence in other reports: their words, with what differs from the source marked word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal

from briefing.anchor.fold import fold
from briefing.model import MatchLevel, Quotation, Wording
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.statements import parts_of

Difference = Literal["same", "more", "differs"]
_WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
"""A word or number; marks and spaces between words are no difference."""


@dataclass(frozen=True, slots=True)
class WordingView:
    """How another report has the sentence."""

    source: Markup
    """The link to the reference that has it."""
    parts: tuple[Markup, ...]
    """Its words, one part for each that the report interrupts, with <ins> and <del> where they differ."""
    language: str
    outcome: str
    """Whether the words are the same, as words."""
    translation: str
    translator: str


def wordings(context: RenderContext, quotation: Quotation) -> tuple[WordingView, ...]:
    """Return the wordings of other reports beside that of the source, in the author's order."""
    ours = " ".join(parts_of(context.briefing, quotation))
    return tuple(_wording(context, wording, ours) for wording in quotation.wordings if wording.cite in context.index)


def _wording(context: RenderContext, wording: Wording, ours: str) -> WordingView:
    briefing, say = context.briefing, context.say
    work = next(each for each in briefing.references if each.id == wording.cite)
    language, entry = work.language or briefing.language, context.index[wording.cite]
    given = wording.translation
    if _base(language) == _base(briefing.source.language):
        parts, difference = compare(ours, wording.words, say)
        outcome = say(f"wordings.{difference}")
    else:
        parts = tuple(map(in_markdown, wording.words))
        outcome = say("wordings.language", language=say.language(_base(language)))
    return WordingView(
        source=link(in_markdown(work.publisher or work.title), entry.href, entry.name),
        parts=parts,
        language=language,
        outcome=outcome,
        translation=given.text if given else "",
        translator=say("quotes.translation", by=given.by) if given else "",
    )


def compare(ours: str, theirs: Sequence[str], say: Messages) -> tuple[tuple[Markup, ...], Difference]:
    """Return their words with the differences marked, and how they differ.

    Letter case, typography and punctuation are no difference, nor is what a report leaves out before, between or after
    its parts: it has quoted less, not differently.
    """
    mine = _WORD.findall(ours)
    found = [(n, word) for n, part in enumerate(theirs) for word in _WORD.finditer(part)]
    parts = [_Part(words) for words in theirs]
    steps = _steps(mine, found)
    for step, start, end, first, last in steps:
        gone = "" if step == "equal" else " ".join(mine[start:end])
        for number, run in groupby(found[first:last] or found[first : first + 1], key=itemgetter(0)):
            spans = [word.span() for _, word in run]
            parts[number].add(spans[0][0], spans[-1][1] if first < last else 0, gone, step == "equal", say)
            gone = ""
    kinds = {step[0] for step in steps} - {"equal"}
    difference: Difference = "more" if kinds == {"insert"} else "differs" if kinds else "same"
    return tuple(part.whole() for part in parts), difference


def _steps(mine: Sequence[str], found: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from one list of words to another, without what is left out before, between or after parts."""
    steps = SequenceMatcher(None, _keys(mine), _keys(word[0] for _, word in found), autojunk=False).get_opcodes()
    ends = {0, len(found), *(at for at in range(1, len(found)) if found[at][0] != found[at - 1][0])}
    return [step for step in steps if step[0] != "delete" or step[3] not in ends]


class _Part:
    """One part of a wording while its differences are marked."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.made: list[Markup] = []
        self.at = 0

    def add(self, start: int, end: int, gone: str, same: bool, say: Messages) -> None:
        """Add what only the source has before `start`, and the words from there to `end`, if it is not 0."""
        self.made.append(in_markdown(self.words[self.at : start]))
        if gone:
            self.made.append(_DEL.format(say("wordings.only_here"), gone))
        self.at = max(start, end)
        if end:
            own = self.words[start:end]
            self.made.append(in_markdown(own) if same else _INS.format(say("wordings.only_there"), own))

    def whole(self) -> Markup:
        """Return it to its end."""
        return Markup("").join([*self.made, in_markdown(self.words[self.at :])])


_DEL = Markup('<del><span class="bf-unseen">{}: </span>{}</del> ')
_INS = Markup('<ins><span class="bf-unseen">{}: </span>{}</ins>')


def _keys(words: Iterable[str]) -> list[str]:
    return [fold(word, MatchLevel.TYPOGRAPHY).text.casefold() for word in words]


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()
