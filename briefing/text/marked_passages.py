"""Finds the passages in quotation marks of prose whose author may use the marks of any language.

Single ones are found beside double ones; all of them say that words are quoted. An opening mark that is not closed
counts to the end of its paragraph: what follows is read as quoted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

from msgspec.structs import replace

from briefing.model.places import Span
from briefing.text import Language, Quoted, paragraphs, quoted
from briefing.text.quotation_marks import single_pairs

_DOUBLE = (
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("»", "«"),
    ("”", "”"),
    ("「", "」"),
    ("『", "』"),
    ('"', '"'),
    ("‟", "”"),
    ("„", "‟"),
    ("❝", "❞"),
    ("〝", "〞"),
    ("〝", "〟"),
    ("＂", "＂"),
    ("《", "》"),
    ("〈", "〉"),
    ("ˮ", "ˮ"),
    ("ʺ", "ʺ"),
    ("⹂", "”"),
    ("🙶", "🙷"),
)
_SINGLE = (("‘", "’"), ("'", "'"), ("‚", "‘"), ("‚", "’"), ("‹", "›"), ("›", "‹"), ("´", "´"), ("″", "″"))
_RARE = (("‛", "’"), ("❛", "❜"), ("ʼ", "ʼ"), ("ʻ", "ʼ"), ("′", "′"))
_UNCLOSED = '“„"「『‟❝〝＂🙶'
_TYPED = re.compile(r"``(?=\S)|,,(?=\w)|(?<=\S)''(?!')")
"""Marks that are typed as two signs."""


@lru_cache(maxsize=4096)  # sentences of one paragraph ask for it again
def marked(text: str, rules: Language) -> tuple[Quoted, ...]:
    """Return the outermost passages in quotation marks, in the order of the text."""
    text = _directed(_typed(text))
    if not _ANY.search(text):
        return ()
    generous = of_all_languages(rules)
    double = list(quoted(text, _without_single(generous)))
    single = [_single(*found) for line in paragraphs(text) for found in single_pairs(text, generous, line, "")]
    found = sorted((*double, *_apart(single, double)), key=lambda each: (each.outer.start, -each.outer.end))
    kept: list[Quoted] = []
    for passage in found:
        if not kept or passage.outer.start >= kept[-1].outer.end:
            kept.append(passage)
    return tuple(sorted((*kept, *_unclosed(text, kept)), key=lambda each: each.outer.start))


def _typed(text: str) -> str:
    """Return a text, as long as it is, with the marks that are typed as two signs in one: ``…'', ,,…''."""
    if "``" not in text and ",," not in text:
        return text
    return _TYPED.sub(lambda found: {"``": " “", ",,": " „", "''": "” "}[found[0]], text)


_STRAIGHT = re.compile("[\"']")


def _directed(text: str) -> str:
    """Return a text, as long as it is, whose straight marks say whether they open or close, where some are within
    others of their own kind: "One 'two "three" two' one". As it is where that cannot be seen of each of them."""
    if max(text.count('"'), text.count("'")) < 4:
        return text
    open_marks: list[str] = []
    directed, is_nested = list(text), False
    for found in _STRAIGHT.finditer(text):
        at, mark = found.start(), found.group()
        before, after = text[:at][-1:], text[at + 1 : at + 2]
        if mark == "'" and before.isalnum() and after.isalnum():
            continue
        directed[at] = _direction(before, after)
        if directed[at] == "“":
            is_nested = is_nested or mark in open_marks
            open_marks.append(mark)
        elif not directed[at] or not open_marks or open_marks.pop() != mark:
            return text
    return "".join(directed) if is_nested and not open_marks else text


def _direction(before: str, after: str) -> str:
    """Return the mark that opens or closes in the place of a straight one between two signs; empty where it may do
    either or neither."""
    opens = (not before or before.isspace() or before in "([{—–\"'") and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and not after.isalnum()
    return "" if opens == closes else "“" if opens else "”"


_MARK = f"[{re.escape(''.join(sorted({mark for pair in (*_DOUBLE, *_SINGLE, *_RARE) for mark in pair})))}]"
_ANY = re.compile(_MARK)


@cache
def of_all_languages(rules: Language) -> Language:
    """Return a language with the quotation marks of all of them."""
    double = tuple(dict.fromkeys((*rules.double, *_DOUBLE)))
    return replace(rules, double=double, single=tuple(dict.fromkeys((*rules.single, *_SINGLE, *_RARE))))


@cache
def _without_single(rules: Language) -> Language:
    """Return the same without single marks, which are looked for apart."""
    return replace(rules, single=())


def _single(outer: Span, continues: bool) -> Quoted:
    return Quoted(Span(outer.start + 1, outer.end - (not continues)), outer)


def _apart(single: list[Quoted], double: list[Quoted]) -> Iterator[Quoted]:
    """Yield the passages in single marks that are not partly within one in double marks."""
    at = 0
    for passage in single:
        while at < len(double) and double[at].outer.end <= passage.outer.start:
            at += 1
        over = [each.outer for each in double[at : at + 50] if each.outer.overlaps(passage.outer)]
        if all(passage.outer.holds(each) or each.holds(passage.outer) for each in over):
            yield passage


def _unclosed(text: str, found: list[Quoted]) -> Iterator[Quoted]:
    """Yield the first opening mark of each paragraph that is in no passage and is followed by a word."""
    number = 0
    for line in paragraphs(text):
        at = line.start
        while at < line.end:
            while number < len(found) and found[number].outer.end <= at:
                number += 1
            inside = number < len(found) and found[number].outer.start <= at
            if inside:
                at = found[number].outer.end
            elif _opens(text, at):
                following = found[number].outer.start if number < len(found) else line.end
                end = min(line.end, following)
                yield Quoted(Span(at + 1, end), Span(at, end))
                break
            else:
                at += 1


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] in _UNCLOSED and not before.isalnum() and (after.isalnum() or after in "[‘'")


# --- marks in no pair ------------------------------------------------------------------------------------------------

_APOSTROPHES = "'’ʼʻ‛′"


def unpaired(text: str, rules: Language) -> tuple[int, ...]:
    """Return where a text has quotation marks that are in no pair: 5" gun. An apostrophe behind a letter is none."""
    if not _ANY.search(text):
        return ()
    pairs = [each.outer for each in marked(text, rules) if each.inner.end < each.outer.end]
    return tuple(
        found.start()
        for found in _ANY.finditer(text)
        if not any(pair.start <= found.start() < pair.end for pair in pairs)
        and not (found.group() in _APOSTROPHES and text[: found.start()][-1:].isalnum())
    )


class UnpairedMarks:
    """Texts that have such marks, as they are found within others: there, a mark of one would pair with that of
    another."""

    def __init__(self, texts: Iterable[tuple[str, Language]]) -> None:
        """Take those of some texts, each in a language, that have such marks and a letter or digit."""
        shapes: dict[str, str] = {}
        for text, rules in texts:
            if (at := unpaired(text, rules)) and any(map(str.isalnum, text)):
                shapes[text] = _shape(text, frozenset(at))
        longest = sorted(shapes, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(shapes.__getitem__, longest)), re.IGNORECASE) if longest else None

    def taken_out(self, text: str, rules: Language) -> str:
        """Return a text, as long as it is, with something that is no mark in the place of each of these."""
        if self.pattern is None or not _ANY.search(text):
            return text
        return self.pattern.sub(lambda found: _without_unpaired(found.group(), rules), text)


def _shape(text: str, at: Collection[int]) -> str:
    """Return a pattern of a text in which any mark may be where one is unpaired: a citation changes those of titles."""
    pieces = (_MARK if number in at else re.escape(letter) for number, letter in enumerate(text))
    return re.sub(r"(?:\\?\s)+", lambda _: r"\s+", "".join(pieces))


def _without_unpaired(text: str, rules: Language) -> str:
    at = unpaired(text, rules)
    return "".join("\ufffc" if number in at else letter for number, letter in enumerate(text))
