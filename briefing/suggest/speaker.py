"""Who says a quotation: by the words in its gap, else those beside it, else whoever has the floor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.language import Language, Quoted, quoted, speech
from briefing.places import Span
from briefing.suggest import floor
from briefing.suggest.cast import Cast
from briefing.suggest.credit import impersonal, reporter, reports, sayer, says
from briefing.suggest.floor import Credit, Done
from briefing.suggest.reference import Member
from briefing.suggest.spans import sentence_at

_LEADS_ON = (",", "?", "!", "…", "—", "–")
"""What stands at the end of a passage whose attribution follows."""
_WORDS = re.compile(r"[^\W_]")


def credit(text: str, rules: Language, cast: Cast, group: Sequence[Quoted], earlier: Sequence[Done]) -> Credit:
    """Who says a quotation: by the words in its gap, else those beside it, else whoever has the floor."""
    first, last = group[0], group[-1]
    cast.read_to(first.outer.start)
    rest = rest_of(text, rules, first if len(group) > 1 else last)
    lead = _lead(text, rules, first)
    alone = parted(text, rules, first if len(group) > 1 else last, lead)
    sides = [(rest, True), (lead, False)] if len(group) > 1 or leads_on(text, last) else [(lead, False), (rest, True)]
    quoted_from = _quoted_from(text, rules, cast, rest)
    if _same_document(text, rules, rest, first, earlier):
        return earlier[-1].credit
    for words, after in sides:
        if not after and reports(text, rules, lead):
            return _reported(text, rules, cast, (lead, rest), first, earlier)
        if impersonal(text, rules, words):
            phrase = sayer(text, rules, words, after, names=cast.names)
            return Credit(cast.meant(phrase)) if phrase else floor.source(text, cast, first, earlier)
        found = _by(text, rules, cast, words, after, alone and after)
        if found:
            return Credit(quoted_from, found.speaker) if quoted_from and words != rest else found
    phrase = sayer(text, rules, lead, after=False, names=cast.names) if _WORDS.search(lead.of(text)) else None
    return floor.taken(text, rules, cast, (first, last), earlier, phrase)


def _same_document(text: str, rules: Language, rest: Span, first: Quoted, earlier: Sequence[Done]) -> bool:
    """Whether the words after a quotation only say that it goes on: “…,” it went on."""
    forms = "|".join(sorted(map(re.escape, speech(rules).goes_on)))
    if not forms or not earlier or "\n" in text[earlier[-1].end : first.outer.start]:
        return False
    return re.match(rf"[\s,–—]*(?:{forms})(?!\w)", rest.of(text)) is not None


def _reported(
    text: str, rules: Language, cast: Cast, sides: tuple[Span, Span], first: Quoted, earlier: Sequence[Done]
) -> Credit:
    """Who says what a sentence reports: who is credited behind it or in a clause before it, else who had the floor."""
    lead, rest = sides
    found = _by(text, rules, cast, rest, True, False) if says(text, rules, rest) else None
    phrase = None if found else reporter(text, rules, lead)
    member = cast.meant(phrase) if phrase else None
    return found or (Credit(member) if member else floor.at_sentence(text, rules, cast, first, earlier))


def parted(text: str, rules: Language, passage: Quoted, lead: Span) -> bool:
    """Whether the words after a passage can be nothing but its credit: a sentence, parted by a comma."""
    if _WORDS.search(lead.of(text)):
        return False
    inner = passage.inner.of(text).rstrip()
    comma = inner.endswith(",") or text[passage.outer.end : passage.outer.end + 1] == ","
    follows = text[passage.outer.end : passage.outer.end + 2].strip(" ,–—")
    return comma or (inner.endswith(("?", "!", "—", "–", "…")) and follows[:1].islower())


def _quoted_from(text: str, rules: Language, cast: Cast, rest: Span) -> Member | None:
    """Whom a speaker quotes, where the words after the quotation begin with it: “…”, quoting her predecessor."""
    quoting = _quoting(rules).search(text, rest.start, rest.end)
    if not quoting or _WORDS.search(text, rest.start, quoting.start()):
        return None
    phrase = sayer(text, rules, rest, after=False)
    return cast.meant(phrase) if phrase else None


def _by(text: str, rules: Language, cast: Cast, words: Span, after: bool, alone: bool) -> Credit | None:
    """Who is credited by some words beside a quotation; None where they have no word for speaking."""
    speaks = alone or says(text, rules, words) or words.of(text).rstrip().endswith(":")
    if not _WORDS.search(words.of(text)) or not speaks:
        return None
    phrase = sayer(text, rules, words, after, alone, cast.names)
    member = cast.meant(phrase) if phrase else None
    if phrase and member is None and phrase.kind == "pronoun" and phrase.gender in ("m", "f"):
        return Credit(None)
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
    sentence = sentence_at(text, rules, passage.outer.start)
    ends = [each.outer.end for each in quoted(text, rules, sentence) if each.outer.end <= passage.outer.start]
    return Span(max([sentence.start, *ends]), passage.outer.start)


def rest_of(text: str, rules: Language, passage: Quoted) -> Span:
    """The words after a passage in its sentence, before the next passage."""
    end = passage.outer.end
    sentence = sentence_at(text, rules, max(end - 1, 0))
    starts = [each.outer.start for each in quoted(text, rules, sentence) if each.outer.start >= end]
    return Span(end, max(end, min([sentence.end, *starts])))


def leads_on(text: str, passage: Quoted) -> bool:
    """Whether the punctuation of a passage shows that the words after it credit it."""
    inner = passage.inner.of(text).rstrip()
    return inner.endswith(_LEADS_ON) or text[passage.outer.end : passage.outer.end + 1] == ","
