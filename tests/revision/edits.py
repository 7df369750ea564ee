"""Edits of a text that know where one of its passages goes: what a revision does, with the answer by construction.

A recipe is a line `text target edit … seed`. Edits that begin with `given-` make the old text, the others the new one.
`target` says what is chosen: a sentence, a phrase within one, a number with its neighbours, two sentences, a paragraph,
a line, or a repeated line. The seed chooses which.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from briefing.anchor.edges import whole
from briefing.places import Span
from tests.conftest import CASES

FOLDER = CASES / "revisions"
SENTENCE = re.compile(r"[^\s].*?(?:[.!?。！？؟…]+[\"”“»」]?(?=\s|$|[\u3000-\u9fff])|(?=\n|$))", re.S)
WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
SPACELESS = {"chinese", "japanese", "thai"}

FILLERS = {
    "haushalt": ["Das war lange nicht sicher gewesen.", "Vor dem Rathaus regnete es.", "Mehr wurde nicht bekannt."],
    "arabic": ["ولم يعلن عن تفاصيل أخرى.", "وكان الجو مشمسا في ذلك اليوم.", "ثم انصرف الجميع إلى بيوتهم."],
    "chinese": ["当天天气晴朗。", "具体情况还不清楚。", "随后大家各自回家。"],
    "japanese": ["この日はよく晴れていた。", "詳しいことは分かっていない。", "人々は静かに帰っていった。"],
    "thai": ["วันนั้นอากาศแจ่มใส", "ยังไม่มีรายละเอียดเพิ่มเติม", "แล้วทุกคนก็กลับบ้าน"],
}
OTHERWISE = [
    "It had rained since the early morning.",
    "More was not known in the evening.",
    "A spokesman did not want to comment on this.",
    "Reporters waited outside until midnight.",
    "Coffee and sandwiches were served in the foyer.",
]


@dataclass(frozen=True)
class Doc:
    """A text with one passage followed through its edits."""

    name: str
    text: str
    span: Span | None

    def swap(self, start: int, end: int, instead: str) -> Doc:
        """Replace characters; what is put in at an edge of the passage stays outside of it."""
        text = self.text[:start] + instead + self.text[end:]
        grown = len(instead) - (end - start)
        span = self.span
        if span is None or start >= span.end:
            return replace(self, text=text)
        if end <= span.start:
            return Doc(self.name, text, Span(span.start + grown, span.end + grown))
        if span.start <= start and end <= span.end and (start, end) != (span.start, span.end):
            return Doc(self.name, text, Span(span.start, span.end + grown))
        return Doc(self.name, text, None)


Edit = Callable[[Doc, random.Random], Doc]


class NotHereError(Exception):
    """The edit does not fit this text or target."""


def sentences(text: str) -> list[Span]:
    """Sentences and lines, without the white space between them."""
    found = []
    at = 0
    for line in text.split("\n"):
        found += [Span(at + m.start(), at + m.end()) for m in SENTENCE.finditer(line) if m[0].strip()]
        at += len(line) + 1
    return found


def lines(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def words(doc: Doc, within: Span) -> list[Span]:
    """Words; of a script without spaces two characters."""
    if doc.name in SPACELESS:
        pairs = [Span(at, at + 2) for at in range(within.start, within.end - 1, 2)]
        return [pair for pair in pairs if pair.of(doc.text).isalpha() and whole(doc.text, pair)]
    return [Span(m.start(), m.end()) for m in WORD.finditer(doc.text, within.start, within.end)]


def target(doc: Doc) -> Span:
    if doc.span is None:
        raise NotHereError
    return doc.span


def neighbours(doc: Doc) -> tuple[Span | None, Span | None]:
    """The sentences before and after the one or ones that the passage lies in."""
    here = target(doc)
    before = [s for s in sentences(doc.text) if s.end <= here.start]
    after = [s for s in sentences(doc.text) if s.start >= here.end]
    return (before[-1] if before else None), (after[0] if after else None)


def filler(doc: Doc, rng: random.Random) -> str:
    return rng.choice(FILLERS.get(doc.name, OTHERWISE))


def gap(doc: Doc) -> str:
    return "" if doc.name in ("chinese", "japanese") else " "


def home(doc: Doc) -> list[Span]:
    """The sentences that the passage lies in."""
    found = [s for s in sentences(doc.text) if s.overlaps(target(doc))]
    if not found:
        raise NotHereError
    return found


# --- around the passage -----------------------------------------------------------------------------------------


def insert_before(doc: Doc, rng: random.Random) -> Doc:
    at = home(doc)[0].start
    return doc.swap(at, at, filler(doc, rng) + gap(doc))


def insert_after(doc: Doc, rng: random.Random) -> Doc:
    at = home(doc)[-1].end
    return doc.swap(at, at, gap(doc) + filler(doc, rng))


def delete_before(doc: Doc, rng: random.Random) -> Doc:
    before, _ = neighbours(doc)
    if before is None:
        raise NotHereError
    return doc.swap(before.start, before.end + (doc.text[before.end : before.end + 1] == " "), "")


def delete_after(doc: Doc, rng: random.Random) -> Doc:
    _, after = neighbours(doc)
    if after is None:
        raise NotHereError
    return doc.swap(after.start - (doc.text[after.start - 1] == " "), after.end, "")


def new_around(doc: Doc, rng: random.Random) -> Doc:
    """Both neighbours are written anew."""
    return insert_after(insert_before(delete_before(delete_after(doc, rng), rng), rng), rng)


def typos_around(doc: Doc, rng: random.Random) -> Doc:
    for _ in range(8):
        outside = [w for w in words(doc, Span(0, len(doc.text))) if not w.overlaps(target(doc))]
        doc = _typo(doc, rng.choice(outside), rng)
    return doc


def rewrap(doc: Doc, rng: random.Random) -> Doc:
    """Every paragraph in lines of some forty characters, as in a mail."""
    last = 0
    out = list(doc.text)
    for at, character in enumerate(doc.text):
        if character == "\n":
            last = at
        elif character == " " and at - last > 40:
            out[at] = "\n"
            last = at
    return replace(doc, text="".join(out))


def typographic(doc: Doc, rng: random.Random) -> Doc:
    """Straight quotation marks become curly ones, and apostrophes with them."""
    text = re.sub(r'(^|[\s(])"', r"\1“", doc.text).replace('"', "”").replace("'", "’")
    return replace(
        doc, text=text.replace(" euros", "\u00a0euros").replace(" per", "\u00a0per").replace(" Euro", "\u00a0Euro")
    )


def plain(doc: Doc, rng: random.Random) -> Doc:
    table = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "«": '"', "»": '"'})
    return replace(doc, text=doc.text.translate(table))


def merge(doc: Doc, rng: random.Random) -> Doc:
    breaks = [m.start() for m in re.finditer("\n", doc.text)]
    at = min(breaks, key=lambda b: abs(b - target(doc).start))
    return doc.swap(at, at + 1, " ")


def split(doc: Doc, rng: random.Random) -> Doc:
    starts = [s.start for s in sentences(doc.text)[1:] if doc.text[s.start - 1] == " "]
    if not starts:
        raise NotHereError
    at = min(starts, key=lambda s: abs(s - target(doc).start))
    return doc.swap(at - 1, at, "\n")


def swap_paragraphs(doc: Doc, rng: random.Random) -> Doc:
    """The passage's paragraph changes places with another."""
    found = lines(doc.text)
    mine = [n for n, s in enumerate(found) if s.holds(target(doc))]
    if not mine or len(found) < 3:
        raise NotHereError
    other = rng.choice([n for n in range(1, len(found)) if abs(n - mine[0]) > 1] or [len(found) - 1])
    order = list(range(len(found)))
    order[mine[0]], order[other] = order[other], order[mine[0]]
    return _ordered(doc, found, order, "\n")


def swap_sentences(doc: Doc, rng: random.Random) -> Doc:
    """The passage's sentence changes places with the next one of its paragraph."""
    here = home(doc)
    _, after = neighbours(doc)
    if len(here) != 1 or after is None or "\n" in doc.text[here[0].end : after.start]:
        raise NotHereError
    inner = target(doc)
    mine, other = here[0].of(doc.text), after.of(doc.text)
    between = doc.text[here[0].end : after.start]
    text = doc.text[: here[0].start] + other + between + mine + doc.text[after.end :]
    shift = len(other) + len(between)
    return Doc(doc.name, text, Span(inner.start + shift, inner.end + shift))


def to_the_end(doc: Doc, rng: random.Random) -> Doc:
    """The passage's sentence becomes the last one of the text."""
    here = home(doc)
    if len(here) != 1 or here[0].end > len(doc.text) - 60:
        raise NotHereError
    inner, words_ = target(doc), here[0].of(doc.text)
    rest = doc.text[: here[0].start] + doc.text[here[0].end :].removeprefix(" ")
    start = len(rest.rstrip()) + 1 + inner.start - here[0].start
    return Doc(doc.name, f"{rest.rstrip()} {words_}\n", Span(start, start + inner.end - inner.start))


def _ordered(doc: Doc, found: list[Span], order: list[int], between: str) -> Doc:
    pieces, span, at = [], None, 0
    for number in order:
        piece = found[number]
        if piece.holds(target(doc)):
            start = at + target(doc).start - piece.start
            span = Span(start, start + target(doc).end - target(doc).start)
        pieces.append(piece.of(doc.text))
        at += len(pieces[-1]) + len(between)
    return Doc(doc.name, between.join(pieces) + "\n", span)


def lookalike(doc: Doc, rng: random.Random) -> Doc:
    """A sentence like the passage's is put in somewhere else: one word and the numbers are others."""
    here = home(doc)
    words_ = here[0].of(doc.text)
    other = Doc(doc.name, words_, None)
    chosen = words(other, Span(0, len(words_)))
    if len(chosen) < 5:
        raise NotHereError
    pick = rng.choice(chosen[1:])
    strange = rng.choice([w for w in words(doc, Span(0, len(doc.text))) if not w.overlaps(here[0])])
    words_ = words_[: pick.start] + strange.of(doc.text) + words_[pick.end :]
    words_ = re.sub(r"\d+", lambda m: str(int(m[0]) + rng.randrange(1, 9)), words_)
    ends = [
        s.end for s in sentences(doc.text) if abs(s.end - here[0].end) > 250 and doc.text[s.end : s.end + 1] == "\n"
    ]
    if not ends:
        raise NotHereError
    at = rng.choice(ends)
    return doc.swap(at, at, gap(doc) + words_)


def headline(doc: Doc, rng: random.Random) -> Doc:
    """The passage's sentence is the headline too."""
    words_ = home(doc)[0].of(doc.text)
    return doc.swap(0, 0, words_ + "\n")


def echo(doc: Doc, rng: random.Random) -> Doc:
    """The passage's own words are said once more, at the end, in another sentence's company."""
    words_ = target(doc).of(doc.text)
    if "\n" in words_:
        raise NotHereError
    return doc.swap(
        len(doc.text.rstrip()), len(doc.text), f" {filler(doc, rng)}{gap(doc)}{words_} {filler(doc, rng)}\n"
    )


# --- within it --------------------------------------------------------------------------------------------------


def _typo(doc: Doc, word: Span, rng: random.Random) -> Doc:
    letters = word.of(doc.text)
    if len(letters) < 3:
        return doc
    at = rng.randrange(1, len(letters) - 1)
    wrong = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    return doc.swap(word.start, word.end, wrong)


def _some_word(doc: Doc, rng: random.Random, least: int = 4) -> Span:
    inside = words(doc, target(doc))
    if len(inside) < least:
        raise NotHereError
    return rng.choice(inside)


def _another(doc: Doc, word: Span, rng: random.Random) -> str:
    others = [w.of(doc.text) for w in words(doc, Span(0, len(doc.text))) if w.of(doc.text).isalpha()]
    return rng.choice([other for other in others if other != word.of(doc.text)])


def typo(doc: Doc, rng: random.Random) -> Doc:
    long = [w for w in words(doc, target(doc)) if w.end - w.start >= 5]
    if not long:
        raise NotHereError
    return _typo(doc, rng.choice(long), rng)


def other_word(doc: Doc, rng: random.Random) -> Doc:
    word = _some_word(doc, rng)
    return doc.swap(word.start, word.end, _another(doc, word, rng))


def three_words(doc: Doc, rng: random.Random) -> Doc:
    if len(words(doc, target(doc))) < 10:
        raise NotHereError
    for _ in range(3):
        doc = other_word(doc, rng)
    return doc


def first_word(doc: Doc, rng: random.Random) -> Doc:
    word = words(doc, target(doc))
    if len(word) < 4:
        raise NotHereError
    return doc.swap(word[0].start, word[0].end, _another(doc, word[0], rng))


def last_word(doc: Doc, rng: random.Random) -> Doc:
    word = words(doc, target(doc))
    if len(word) < 4:
        raise NotHereError
    return doc.swap(word[-1].start, word[-1].end, _another(doc, word[-1], rng))


def drop_word(doc: Doc, rng: random.Random) -> Doc:
    inside = words(doc, target(doc))
    if len(inside) < 5:
        raise NotHereError
    word = rng.choice(inside[1:-1])
    return doc.swap(word.start, word.end + (doc.text[word.end] == " "), "")


def add_words(doc: Doc, rng: random.Random) -> Doc:
    word = words(doc, target(doc))
    if len(word) < 4:
        raise NotHereError
    chosen = rng.choice(word[1:-1])
    new = gap(doc).join(_another(doc, chosen, rng) for _ in range(rng.randrange(1, 5)))
    return doc.swap(chosen.start, chosen.start, new + gap(doc))


def number(doc: Doc, rng: random.Random) -> Doc:
    found = list(re.finditer(r"\d+", target(doc).of(doc.text)))
    if not found:
        raise NotHereError
    chosen, start = rng.choice(found), target(doc).start
    return doc.swap(start + chosen.start(), start + chosen.end(), str(int(chosen[0]) + rng.randrange(1, 9)))


def shorten(doc: Doc, rng: random.Random) -> Doc:
    """The last third is cut off; the closing punctuation stays."""
    inside = words(doc, target(doc))
    if len(inside) < 6:
        raise NotHereError
    return doc.swap(inside[-(len(inside) // 3) - 1].end, inside[-1].end, "")


def cut_head(doc: Doc, rng: random.Random) -> Doc:
    """The first third is cut off."""
    inside = words(doc, target(doc))
    if len(inside) < 6:
        raise NotHereError
    return doc.swap(inside[0].start, inside[len(inside) // 3].start, "")


def capitals(doc: Doc, rng: random.Random) -> Doc:
    word = _some_word(doc, rng)
    text = word.of(doc.text)
    if text.upper() == text or len(text.upper()) != len(text):
        raise NotHereError
    return doc.swap(word.start, word.end, text.upper())


def comma(doc: Doc, rng: random.Random) -> Doc:
    inside = words(doc, target(doc))
    if len(inside) < 4 or doc.name in SPACELESS:
        raise NotHereError
    word = rng.choice(inside[:-1])
    return doc.swap(word.end, word.end, "،" if doc.name == "arabic" else ";")


def sentence_inside(doc: Doc, rng: random.Random) -> Doc:
    here = home(doc)
    if len(here) < 2:
        raise NotHereError
    return doc.swap(here[1].start, here[1].start, filler(doc, rng) + gap(doc))


# --- away with it -----------------------------------------------------------------------------------------------


def _away(doc: Doc, gone: Span, instead: str = "") -> Doc:
    start, end = gone.start, gone.end
    if not instead and doc.text[end : end + 1] in (" ", "\n") and (start == 0 or doc.text[start - 1] in " \n"):
        end += 1
    return replace(doc.swap(start, end, instead), span=None)


def delete(doc: Doc, rng: random.Random) -> Doc:
    return _away(doc, target(doc))


def delete_sentence(doc: Doc, rng: random.Random) -> Doc:
    here = home(doc)
    return _away(doc, Span(here[0].start, here[-1].end))


def delete_more(doc: Doc, rng: random.Random) -> Doc:
    """The passage's sentence and the one behind it."""
    here, (_, after) = home(doc), neighbours(doc)
    if after is None:
        raise NotHereError
    return _away(doc, Span(here[0].start, after.end))


def delete_paragraph(doc: Doc, rng: random.Random) -> Doc:
    here = [s for s in lines(doc.text) if s.overlaps(target(doc))]
    return _away(doc, Span(here[0].start, here[-1].end))


def something_else(doc: Doc, rng: random.Random) -> Doc:
    """Another sentence stands in its place."""
    here = home(doc)
    return _away(doc, Span(here[0].start, here[-1].end), filler(doc, rng))


EDITS: dict[str, Edit] = {
    name.replace("_", "-"): edit
    for name, edit in list(globals().items())
    if callable(edit) and getattr(edit, "__annotations__", {}).get("rng") and name[0] != "_" and name != "filler"
}
KEEPING = (
    "insert-before", "insert-after", "delete-before", "delete-after", "new-around", "typos-around", "rewrap",
    "typographic", "plain", "merge", "split", "swap-paragraphs", "swap-sentences", "to-the-end",
    "lookalike", "headline", "echo",
)  # fmt: skip
ALTERING = (
    "typo", "other-word", "three-words", "first-word", "last-word", "drop-word", "add-words", "number", "shorten",
    "cut-head", "capitals", "comma", "sentence-inside",
)  # fmt: skip
ENDING = ("delete", "delete-sentence", "delete-more", "delete-paragraph", "something-else")
TARGETS = ("sentence", "phrase", "number", "two", "paragraph", "line", "again")


# --- recipes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Revision:
    """Two versions of a text, and where the passage stands in both."""

    name: str
    old: str
    there: Span
    new: str
    here: Span | None
    """None where it is gone."""


@lru_cache
def text(name: str) -> str:
    return (FOLDER / "texts" / f"{name}.txt").read_text("utf-8")


def cook(recipe: str) -> Revision:
    """Follow a recipe; raises `NotHereError` where an edit does not fit."""
    name, kind, *edits, seed = recipe.split()
    rng = random.Random(f"{recipe}")
    doc = Doc(name, text(name), None)
    doc = replace(doc, span=_choose(doc, kind, rng))
    for edit in (edit for edit in edits if edit.startswith("given-")):
        doc = EDITS[edit.removeprefix("given-")](doc, rng)
    old, there = doc.text, target(doc)
    for edit in (edit for edit in edits if not edit.startswith("given-")):
        doc = EDITS[edit](doc, rng)
    assert seed.isdigit()
    if doc.text == old or (doc.span and not whole(doc.text, doc.span)) or not whole(old, there):
        raise NotHereError
    return Revision(recipe, old, there, doc.text, doc.span)


def _choose(doc: Doc, kind: str, rng: random.Random) -> Span:
    found = sentences(doc.text)
    if kind == "sentence":
        return rng.choice([s for s in found if len(words(doc, s)) >= 4])
    if kind == "line":
        return rng.choice(lines(doc.text)[1:])
    if kind == "paragraph":
        return rng.choice([s for s in lines(doc.text) if len(s.of(doc.text)) > 120])
    if kind == "again":
        repeated = [s for s in lines(doc.text) if doc.text.count(s.of(doc.text)) > 1]
        if not repeated:
            raise NotHereError
        return rng.choice(repeated)
    if kind == "two":
        pairs = [Span(a.start, b.end) for a, b in pairwise(found) if doc.text[a.end : b.start] == gap(doc)]
        if not pairs:
            raise NotHereError
        return rng.choice(pairs)
    if kind == "number":
        numbers = [w for w in words(doc, Span(0, len(doc.text))) if w.of(doc.text)[0].isdigit()]
        if not numbers:
            raise NotHereError
        chosen = rng.choice(numbers)
        after = words(doc, Span(chosen.end, len(doc.text)))[: rng.randrange(3)]
        return Span(chosen.start, after[-1].end if after else chosen.end)
    inside = words(doc, rng.choice([s for s in found if len(words(doc, s)) >= 5]))
    size = rng.randrange(2, min(9, len(inside)))
    first = rng.randrange(len(inside) - size + 1)
    return Span(inside[first].start, inside[first + size - 1].end)


def recipes(part: str) -> list[str]:
    return (FOLDER / f"{part}.txt").read_text("utf-8").split("\n")[:-1]


def load(path: Path) -> list[Revision]:
    """Revisions written by hand: `=== name`, the old text with «« the passage »», `---`, the new one likewise."""
    found = []
    for block in path.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = block.partition("\n")
        old, _, new = rest.partition("\n---\n")
        (old, there), (new, here) = _marked(old.strip("\n")), _marked(new.strip("\n"))
        assert there is not None, name
        found.append(Revision(name, old, there, new, here))
    return found


def _marked(text: str) -> tuple[str, Span | None]:
    start, end = text.find("««"), text.find("»»")
    if start < 0:
        return text, None
    return text.replace("««", "").replace("»»", ""), Span(start, end - 2)
