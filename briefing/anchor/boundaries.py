"""Where a match may begin and end: at a word's edge, and never inside what a reader sees as one character.

A word is a run of letters and digits; an apostrophe, a hyphen or any other mark is an edge ("Europe" in "Europe’s").
A number is one word with its sign, its decimals and its per cent: "3" is not in "-3", "3.5", "1 000", "3%" or "6/3".
A currency mark is an edge ("5" in "$5"), as is a raised digit behind a letter, which is mostly a footnote's.
Scripts without spaces have no such rule for letters, only for digits. Everywhere combining marks, emoji sequences,
flags and syllables written with several letters stay whole.
"""

from __future__ import annotations

import re
from unicodedata import category

from briefing.anchor import characters
from briefing.model.places import Span
from briefing.text.late_patterns import late

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Digits of notes: behind a letter they are no part of its word."""
_NOT_BEFORE_SIGN = (
    rf"(?<![^\W{characters.SPACELESS}])(?<![)\]%.,{re.escape(characters.SIGNS + characters.LONG_DASHES)}])"
)
_AMOUNT = rf"(?=[{characters.DECIMAL_MARKS}]?\d|[{characters.CURRENCY}]\d)"

SIGN = rf"{_NOT_BEFORE_SIGN}[{{}}]{_AMOUNT}"
"""A pattern for the given glyphs where they are the sign of a number: nothing of a word or number is before."""

_SIGN = late(SIGN.format(re.escape(characters.SIGNS)))
_HYPHEN_BEFORE_NUMBER = late(rf"[{re.escape(characters.HYPHENS)}]{_AMOUNT}")
_INSIDE_NUMBER = late(
    rf"""(?<=\d)(?=[{characters.NUMBER_JOINTS}]\d)
    | (?<=\d[{characters.NUMBER_JOINTS}])(?=\d)
    | (?<=\d)(?=[{characters.GROUP_SPACES}]\d\d\d(?!\d))
    | (?<=\d[{characters.GROUP_SPACES}])(?=\d\d\d(?!\d))
    | (?<=\d)(?=[{characters.AFTER_NUMBERS}])
    | (?<=(?<![\w.])[{characters.DECIMAL_MARKS}])(?=\d)
    | (?<=[{re.escape(characters.SIGNS)}][{characters.CURRENCY}])(?=\d)""",
    re.VERBOSE,
)
_LETTERS = rf"[^\W_{characters.SPACELESS}{characters.SINGLE_QUOTES}{RAISED}]"
_REST_OF_WORD = late(f"(?<={_LETTERS}){_LETTERS}+")
_SPACELESS = late(f"[{characters.SPACELESS}]")
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_FLAGS = 1000
"""How far back the letters of flags are counted; an even number, and more flags than anybody writes in a row."""

_EXTENDS = re.compile("[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What is no mark to Unicode and yet belongs to the character before it: joiners, skin tones, tags, Thai am."""
_LEADS = re.compile("[\u200d\u1039\u17d2\u0e40-\u0e44\u0ec0-\u0ec4]")
"""What belongs to the character after it: the joiner, stacking marks, vowels written before their consonant."""


def whole(text: str, span: Span) -> bool:
    """Return whether a span is words from edge to edge, without white space around them."""
    if not 0 <= span.start < span.end <= len(text) or text[span.start].isspace() or text[span.end - 1].isspace():
        return False
    return begins(text, span.start) and ends(text, span.end)


def begins(text: str, at: int) -> bool:
    """Return whether a match may begin at an offset.

    It may not begin with a hyphen that only looks like a sign: "-3" is not in "4-3", nor "-19" in "Covid-19".
    """
    if cuts(text, at):
        return False
    return not _HYPHEN_BEFORE_NUMBER.match(text, at) or _SIGN.match(text, at) is not None


def next_beginning(text: str, at: int) -> int:
    """Return the first offset from here on where a match may begin; words are passed in one step."""
    while at < len(text):
        rest = _REST_OF_WORD.match(text, at)
        at = rest.end() if rest else at
        if begins(text, at):
            break
        at += 1
    return at


def ends(text: str, at: int) -> bool:
    """Return whether a match may end at an offset."""
    return not cuts(text, at)


def cuts(text: str, at: int) -> bool:
    """Return whether a word, a number or a character is cut in two at an offset."""
    if not 0 < at < len(text):
        return False
    if _cuts_character(text, at) or _cuts_word(text, at):
        return True
    return _INSIDE_NUMBER.match(text, at) is not None or _SIGN.match(text, at - 1) is not None


def spaceless(character: str) -> bool:
    """Return whether it is a letter of a script that does not part words by spaces."""
    return _SPACELESS.match(character) is not None


def _cuts_character(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    if right < "\u0300":
        return left == "\r" and right == "\n"
    kind = category(right)
    if kind[0] == "M" or _EXTENDS.match(right):
        return True
    if _LEADS.match(left) and (kind[0] == "L" or kind == "So"):
        return True
    return _cuts_syllable(left, right) or _cuts_flag(text, at)


def _cuts_syllable(left: str, right: str) -> bool:
    """Hangul syllables may be written letter by letter: initial, vowel, final."""
    if not "\u1160" <= right <= "\u11ff":
        return False
    return "\u1100" <= left <= "\u11ff" or "\uac00" <= left <= "\ud7a3"


def _cuts_flag(text: str, at: int) -> bool:
    """Return whether a flag is cut: it is two letters of its own kind, and an odd number is before the offset."""
    if not (text[at] in _FLAG_LETTERS and text[at - 1] in _FLAG_LETTERS):
        return False
    before = text[max(at - _FLAGS, 0) : at]
    return (len(before) - len(before.rstrip(_FLAG_LETTERS))) % 2 == 1


def _cuts_word(text: str, at: int) -> bool:
    left, right = _visible_neighbour(text, at - 1, -1), _visible_neighbour(text, at, 1)
    if not (_in_word(left) and _in_word(right)):
        return False
    if left.isdecimal() and right.isdecimal():
        return True
    if spaceless(left) or spaceless(right):
        return False
    return not (right in RAISED and left.isalpha())


def _visible_neighbour(text: str, at: int, step: int) -> str:
    """Return the nearest character in a direction that is neither a mark nor invisible; empty where there is none."""
    while 0 <= at < len(text):
        character = text[at]
        if character.isalnum() or character <= "~" or category(character) not in ("Mn", "Mc", "Me", "Cf"):
            return character
        at += step
    return ""


def _in_word(character: str) -> bool:
    return character.isalnum() and character not in characters.SINGLE_QUOTES
