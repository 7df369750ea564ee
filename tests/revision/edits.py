"""Edits of one passage and of what stands next to it."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from briefing.model.places import Span
from tests.revision.doc import (
    SPACELESS,
    Doc,
    NotHereError,
    filler,
    gap,
    home,
    lines,
    neighbours,
    ordered,
    sentences,
    target,
    words,
)

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
    return ordered(doc, found, order, "\n")


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


def another(doc: Doc, word: Span, rng: random.Random) -> str:
    """Another word of the text."""
    others = [w.of(doc.text) for w in words(doc, Span(0, len(doc.text))) if w.of(doc.text).isalpha()]
    return rng.choice([other for other in others if other != word.of(doc.text)])


def typo(doc: Doc, rng: random.Random) -> Doc:
    long = [w for w in words(doc, target(doc)) if w.end - w.start >= 5]
    if not long:
        raise NotHereError
    return _typo(doc, rng.choice(long), rng)


def other_word(doc: Doc, rng: random.Random) -> Doc:
    word = _some_word(doc, rng)
    return doc.swap(word.start, word.end, another(doc, word, rng))


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
    return doc.swap(word[0].start, word[0].end, another(doc, word[0], rng))


def last_word(doc: Doc, rng: random.Random) -> Doc:
    word = words(doc, target(doc))
    if len(word) < 4:
        raise NotHereError
    return doc.swap(word[-1].start, word[-1].end, another(doc, word[-1], rng))


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
    new = gap(doc).join(another(doc, chosen, rng) for _ in range(rng.randrange(1, 5)))
    return doc.swap(chosen.start, chosen.start, new + gap(doc))


def number(doc: Doc, rng: random.Random) -> Doc:
    found = list(re.finditer(r"\d+", target(doc).of(doc.text)))
    if not found:
        raise NotHereError
    chosen, start = rng.choice(found), target(doc).start
    instead = str(int(chosen[0]) + rng.randrange(1, 9))
    changed = doc.swap(start + chosen.start(), start + chosen.end(), instead)
    # a figure alone that is corrected is still the figure
    return changed if changed.span else replace(changed, span=Span(start, start + len(instead)))


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
