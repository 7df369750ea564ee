"""Who says a quotation: by the words in its gap, else those beside it, else who spoke just before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing.language import Language, Quoted, quoted, sentences, speech
from briefing.places import Span
from briefing.suggest.cast import Cast, Member
from briefing.suggest.credit import sayer, says

_LEADS_ON = (",", "?", "!", "…", "—", "–")
"""What stands at the end of a passage whose attribution follows."""
_WORDS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Credit:
    """Who says a quotation."""

    speaker: Member | None
    via: Member | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A quotation whose speaker has been looked for."""

    end: int
    credit: Credit


def credit(text: str, rules: Language, cast: Cast, group: Sequence[Quoted], earlier: Sequence[Done]) -> Credit:
    """Who says a quotation: by the words in its gap, else those beside it, else who spoke just before."""
    first, last = group[0], group[-1]
    rest = rest_of(text, rules, first if len(group) > 1 else last)
    lead = _lead(text, rules, first)
    sides = [(rest, True), (lead, False)] if len(group) > 1 or leads_on(text, last) else [(lead, False), (rest, True)]
    quoted_from = _quoted_from(text, rules, cast, rest)
    for words, after in sides:
        found = _by(text, rules, cast, words, after)
        if found:
            return Credit(quoted_from, found.speaker) if quoted_from and words != rest else found
    if earlier and ("\n" not in text[earlier[-1].end : first.outer.start] or _alone(text, first, last)):
        return earlier[-1].credit
    phrase = sayer(text, rules, lead, after=False) if _WORDS.search(lead.of(text)) else None
    return Credit(cast.meant(phrase) if phrase else None)


def _quoted_from(text: str, rules: Language, cast: Cast, rest: Span) -> Member | None:
    """Whom a speaker quotes, where the words after the quotation begin with it: “…”, quoting her predecessor."""
    quoting = _quoting(rules).search(text, rest.start, rest.end)
    if not quoting or _WORDS.search(text, rest.start, quoting.start()):
        return None
    phrase = sayer(text, rules, rest, after=False)
    return cast.meant(phrase) if phrase else None


def _by(text: str, rules: Language, cast: Cast, words: Span, after: bool) -> Credit | None:
    """Who is credited by some words beside a quotation; None where they have no word for speaking."""
    if not _WORDS.search(words.of(text)) or not (says(text, rules, words) or words.of(text).rstrip().endswith(":")):
        return None
    phrase = sayer(text, rules, words, after)
    member = cast.meant(phrase) if phrase else None
    if phrase is None or member is None:
        return None
    return Credit(
        member, _quoter(text, rules, cast, words) if phrase.possessive or _quotes(text, rules, words) else None
    )


def _quotes(text: str, rules: Language, words: Span) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", words.of(text))) & speech(rules).quoting)


def _quoter(text: str, rules: Language, cast: Cast, words: Span) -> Member | None:
    """Who quotes somebody else in some words: the subject of "…, he said, quoting Roosevelt’s statement"."""
    quoting = _quoting(rules).search(text, words.start, words.end)
    if not quoting:
        return None
    phrase = sayer(text, rules, Span(words.start, quoting.start()), after=True)
    return cast.meant(phrase) if phrase else None


@cache
def _quoting(rules: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, speech(rules).quoting)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else "(?!)")


def _lead(text: str, rules: Language, passage: Quoted) -> Span:
    """The words before a passage in its sentence, after the last passage before it."""
    sentence = _sentence(text, rules, passage.outer.start)
    ends = [each.outer.end for each in quoted(text, rules, sentence) if each.outer.end <= passage.outer.start]
    return Span(max([sentence.start, *ends]), passage.outer.start)


def rest_of(text: str, rules: Language, passage: Quoted) -> Span:
    """The words after a passage in its sentence, before the next passage."""
    end = passage.outer.end
    sentence = _sentence(text, rules, max(end - 1, 0))
    starts = [each.outer.start for each in quoted(text, rules, sentence) if each.outer.start >= end]
    return Span(end, max(end, min([sentence.end, *starts])))


def _sentence(text: str, rules: Language, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = Span(start, end if end >= 0 else len(text))
    return next((each for each in sentences(text, rules, line) if each.start <= at < each.end), line)


def _alone(text: str, first: Quoted, last: Quoted) -> bool:
    """Whether a paragraph has nothing but the quotation."""
    start = text.rfind("\n", 0, first.outer.start) + 1
    end = text.find("\n", last.outer.end)
    around = text[start : first.outer.start] + text[last.outer.end : end if end >= 0 else len(text)]
    return not _WORDS.search(around)


def leads_on(text: str, passage: Quoted) -> bool:
    """Whether the punctuation of a passage shows that the words after it credit it."""
    inner = passage.inner.of(text).rstrip()
    return inner.endswith(_LEADS_ON) or text[passage.outer.end : passage.outer.end + 1] == ","
