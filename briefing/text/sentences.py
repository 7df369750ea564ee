"""Where sentences begin and end.

A paragraph is a line. A sentence ends at . ! ? … 。 or what other scripts have for them (؟ ۔ ।), with the quotation
marks and brackets that close there, unless the next word begins with a lower-case letter or the full stop belongs to an
abbreviation, an initial ("Franklin D. Roosevelt"), letters with stops between them ("U.S.", "D. C.") or an ordinal
("6. November" where a language writes so). Which abbreviations a language has is in
its JSON file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from briefing.model.places import Span
from briefing.text.language_rules import Language

_LINE = re.compile(r"[^\r\n]+")
_STOP = re.compile(r"[.!?…؟۔।॥]+|[。！？｡]+")
_WIDE = frozenset("。！？｡")
_LOOK_BACK = 40
"""Code points before a full stop in which its word is looked for: longer ones are no abbreviations."""
_WORD_BEFORE = re.compile(r"(?:\w[\w’'-]*\.)*\w[\w’'-]*$")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""Letters with full stops between them, as in "U.S."."""
_SPACED = re.compile(r"(?<![\w.])([^\W\d_]{1,3})\.[ \u00a0\u2009\u202f]$")
"""A short word with a full stop and a space behind it, before another that may be the same abbreviation."""
_WORD = re.compile(r"[\w’'-]+")
_SPACE = re.compile(r"\s*")


def paragraphs(text: str, within: Span | None = None) -> Iterator[Span]:
    """Yield lines that are not blank, without the white space around them."""
    whole = within or Span(0, len(text))
    for line in _LINE.finditer(text, whole.start, whole.end):
        stripped = trimmed(text, Span(*line.span()))
        if stripped.start < stripped.end:
            yield stripped


def whole_lines(text: str, span: Span) -> Span:
    """Return a span widened to the lines that it touches, without their ends; takes time for these lines alone."""
    start = text.rfind("\n", 0, span.start) + 1
    start = text.rfind("\r", start, span.start) + 1 or start
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    first = text.find("\r", span.end, end)
    return Span(start, end if first < 0 else first)


def trimmed(text: str, span: Span, ends: str | None = None) -> Span:
    """Return a span without the white space at its ends, or without any of some characters."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(ends))
    return Span(start, max(start, span.end - len(words) + len(words.rstrip(ends))))


@lru_cache(maxsize=1024)  # rules and pages ask for the same paragraphs again and again
def sentences(text: str, language: Language, within: Span | None = None) -> tuple[Span, ...]:
    """Return the sentences of a text, or of one part of it as if there were nothing else."""
    return tuple(
        sentence for paragraph in paragraphs(text, within) for sentence in _split_paragraph(text, language, paragraph)
    )


def _split_paragraph(text: str, language: Language, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    closing, opening = _mark_runs(language)
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        end = _past_run(closing, text, stop.end(), paragraph.end)
        following = _past_run(_SPACE, text, end, paragraph.end)
        if stop.start() < start or following >= paragraph.end:
            continue
        if following == end and text[stop.start()] not in _WIDE:
            continue
        next_word = _past_run(opening, text, following, paragraph.end)
        if _ends_sentence(text, language, stop, start, next_word, paragraph.end):
            yield Span(start, end)
            start = following
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _past_run(run: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where a run that begins at an offset ends; the offset itself where none does."""
    found = run.match(text, start, end)
    return found.end() if found else start


def _ends_sentence(text: str, language: Language, stop: re.Match[str], first: int, following: int, last: int) -> bool:
    """Return whether a stop ends its sentence, by the word before it and the word after it."""
    if text[following : following + 1].islower():
        return False
    if stop.group() != ".":
        return True
    looked_at = text[max(first, stop.start() - _LOOK_BACK) : stop.start()]
    word = _abbreviated(looked_at, language)
    if not word:
        return True
    after = _WORD.match(text, following, min(last, following + _LOOK_BACK))
    after_word = after.group() if after else ""
    if after and text[after.end() : after.end() + 1] == "." and _goes_on(word, after_word, language):
        return False
    begins = stop.start() - len(word) == first
    return _ends_before(word, after_word, language, begins)


def _abbreviated(before: str, language: Language) -> str:
    """Return the word at the end of a text, with those before it that are one abbreviation with it: "D. C" as "D.C".

    Such words are letters with a stop and a space after each, or what the language abbreviates so.
    """
    found = _WORD_BEFORE.search(before)
    word, at = (found.group(), found.start()) if found else ("", 0)
    while word and (earlier := _SPACED.search(before, 0, at)):
        together = f"{earlier[1]}.{word}"
        if not (_LETTERS.fullmatch(together) or _is_listed(together, _dotted(language))):
            break
        word, at = together, earlier.start()
    return word


def _goes_on(word: str, after_word: str, language: Language) -> bool:
    """Return whether an abbreviation goes on with the next word, which has a full stop, too: "J. K.", "z. B."."""
    initials = len(after_word) == 1 and after_word.isupper() and word.replace(".", "").isupper()
    letters = len(word) == 1 or bool(_LETTERS.fullmatch(word))
    return (initials and letters) or _is_listed(f"{word}.{after_word}", _dotted(language))


def _ends_before(word: str, after_word: str, language: Language, begins: bool) -> bool:
    """Return whether a full stop after a word ends its sentence before another word with no small letter.

    `begins` says that nothing is before the word: a letter is the label of what follows then ("A. The parties").
    """
    if word in language.before_number and after_word[:1].isdigit():
        return False
    if _is_listed(word, language.never_last, begins):
        return False
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    if is_initial and begins:
        return False
    is_day = language.day_point and word.isdigit() and len(word) <= 2
    if is_initial or is_day or _is_listed(word, language.seldom_last) or _LETTERS.fullmatch(word):
        return after_word in language.starters
    return True


def _is_listed(word: str, abbreviations: frozenset[str], begins: bool = False) -> bool:
    """Return whether a word is one of some abbreviations: with a capital where it has stops or begins its sentence."""
    small = word[0].lower() + word[1:] if begins or "." in word else word
    return word in abbreviations or small in abbreviations


@cache
def _dotted(language: Language) -> frozenset[str]:
    """Return abbreviations with full stops inside, and what they begin with from their second part on."""
    parts = [word.split(".") for word in language.never_last | language.seldom_last]
    return frozenset(".".join(each[:end]) for each in parts for end in range(2, len(each) + 1))


@cache
def _mark_runs(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for runs of closing and of opening marks; a space before » distinguishes French from German."""
    closing = f"[{re.escape(language.closing)}]"
    spaced = r"(?:[ \u00a0\u202f]»(?=[\s.,;:!?)]|$))?" if "»" in language.closing else ""
    return re.compile(f"{closing}*{spaced}{closing}*"), re.compile(f"[{re.escape(language.opening)}]+")
