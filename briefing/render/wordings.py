"""The same sentence in other reports: their words, with what differs from the source marked word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from babel import Locale, UnknownLocaleError

from briefing.anchor.fold import fold
from briefing.model import MatchLevel, Quotation, Wording
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_markdown
from briefing.render.messages import Messages
from briefing.render.statements import parts_of

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
    language = work.language or briefing.language
    given = wording.translation
    if _base(language) == _base(briefing.source.language):
        parts, differs = compare(ours, wording.words, say)
        outcome = say("wordings.differs" if differs else "wordings.same")
    else:
        parts = tuple(map(in_markdown, wording.words))
        outcome = say("wordings.language", language=_name(language, say))
    return WordingView(
        source=context.link_by_name(wording.cite),
        parts=parts,
        language=language,
        outcome=outcome,
        translation=given.text if given else "",
        translator=say("quotes.translation", by=given.by) if given else "",
    )


def compare(ours: str, theirs: Sequence[str], say: Messages) -> tuple[tuple[Markup, ...], bool]:
    """Return their words with the differences marked, and whether there are any.

    Letter case, typography and punctuation are no difference, nor is what a report leaves out before its first words
    or after its last: it has quoted less, not differently.
    """
    mine = _WORD.findall(ours)
    found = [(n, word) for n, part in enumerate(theirs) for word in _WORD.finditer(part)]
    steps = SequenceMatcher(None, _keys(mine), _keys(word[0] for _, word in found), autojunk=False).get_opcodes()
    inner = steps[steps[0][0] == "delete" : len(steps) - (steps[-1][0] == "delete")] if steps else []
    runs: list[list[Markup]] = [[] for _ in theirs]
    at = [0 for _ in theirs]
    for step, start, end, first, last in inner:
        gone = _DEL.format(say("wordings.only_here"), " ".join(mine[start:end])) if step != "equal" else Markup()
        for number, words in groupby(found[first:last] or found[first : first + 1], key=itemgetter(0)):
            span = [word.span() for _, word in words]
            runs[number] += [in_markdown(theirs[number][at[number] : span[0][0]]), gone if end > start else Markup()]
            at[number], gone = span[0][0], Markup()
            if first < last:
                own = theirs[number][span[0][0] : span[-1][1]]
                new = step != "equal"
                runs[number].append(_INS.format(say("wordings.only_there"), own) if new else in_markdown(own))
                at[number] = span[-1][1]
    parts = (Markup("").join([*run, in_markdown(part[end:])]) for run, part, end in zip(runs, theirs, at, strict=True))
    return tuple(parts), any(step[0] != "equal" for step in inner)


_DEL = Markup('<del><span class="bf-unseen">{}: </span>{}</del> ')
_INS = Markup('<ins><span class="bf-unseen">{}: </span>{}</ins>')


def _keys(words: Iterable[str]) -> list[str]:
    return [fold(word, MatchLevel.TYPOGRAPHY).text.casefold() for word in words]


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()


def _name(tag: str, say: Messages) -> str:
    """Return what the interface calls a language; the tag itself where it has no name for it."""
    try:
        return Locale.parse(_base(tag)).get_language_name(say.locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag
