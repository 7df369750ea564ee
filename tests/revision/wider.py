"""Edits that reach beyond one passage: other parts of the text change too, blocks move, copies come and go."""

from __future__ import annotations

import random
import re

from briefing.model.places import Span
from tests.revision.doc import SPACELESS, Doc, NotHereError, filler, gap, home, lines, ordered, sentences, target, words
from tests.revision.edits import another

OTHER_NAMES = ("Alder", "Quill", "Marrow")


def busy(doc: Doc, rng: random.Random) -> Doc:
    """Three to eight changes of other sentences: deleted, written anew, put in, or a word of them."""
    for _ in range(rng.randrange(3, 9)):
        mine = home(doc)
        others = [s for s in sentences(doc.text) if not any(s.overlaps(one) for one in mine)]
        if len(others) < 4:
            raise NotHereError
        doc = _changed(doc, rng.choice(others), rng)
    return doc


def _changed(doc: Doc, sentence: Span, rng: random.Random) -> Doc:
    what = rng.choice(("delete", "anew", "put in", "word", "word"))
    if what == "delete":
        return doc.swap(sentence.start, sentence.end + (doc.text[sentence.end : sentence.end + 1] == " "), "")
    if what == "anew":
        return doc.swap(sentence.start, sentence.end, filler(doc, rng))
    if what == "put in":
        return doc.swap(sentence.start, sentence.start, filler(doc, rng) + gap(doc))
    inside = words(doc, sentence)
    if not inside:
        return doc
    word = rng.choice(inside)
    return doc.swap(word.start, word.end, another(doc, word, rng))


def rename(doc: Doc, rng: random.Random) -> Doc:
    """A word that stands several times is another one everywhere."""
    found = [w.of(doc.text) for w in words(doc, Span(0, len(doc.text)))]
    often = sorted({word for word in found if found.count(word) > 1 and len(word) > 3 and word.isalpha()})
    if not often:
        raise NotHereError
    name, instead = rng.choice(often), rng.choice(OTHER_NAMES)
    for word in reversed(words(doc, Span(0, len(doc.text)))):
        if word.of(doc.text) == name and word != target(doc):
            doc = doc.swap(word.start, word.end, instead)
    return doc


def move_block(doc: Doc, rng: random.Random) -> Doc:
    """The passage's paragraph and the next one go elsewhere together."""
    found = lines(doc.text)
    mine = [number for number, line in enumerate(found) if line.holds(target(doc))]
    if not mine or mine[0] + 1 >= len(found) or len(found) < 5:
        raise NotHereError
    block, rest = [mine[0], mine[0] + 1], [n for n in range(len(found)) if n not in (mine[0], mine[0] + 1)]
    at = rng.choice([place for place in range(len(rest) + 1) if abs(place - mine[0]) > 1] or [len(rest)])
    return ordered(doc, found, [*rest[:at], *block, *rest[at:]], "\n")


def shuffle(doc: Doc, rng: random.Random) -> Doc:
    """All paragraphs behind the headline stand in another order."""
    found = lines(doc.text)
    if not any(line.holds(target(doc)) for line in found):
        raise NotHereError
    order = list(range(1, len(found)))
    rng.shuffle(order)
    return ordered(doc, found, [0, *order], "\n")


def drop_copy(doc: Doc, rng: random.Random) -> Doc:
    """Where the passage's words stand once more, that sentence is deleted."""
    exact = target(doc).of(doc.text)
    copies = [Span(m.start(), m.end()) for m in re.finditer(re.escape(exact), doc.text)]
    mine = home(doc)
    others = [s for s in sentences(doc.text) if any(s.overlaps(c) for c in copies)]
    others = [s for s in others if not any(s.overlaps(one) for one in mine)]
    if not others:
        raise NotHereError
    gone = rng.choice(others)
    return doc.swap(gone.start, gone.end + (doc.text[gone.end : gone.end + 1] in (" ", "\n")), "")


def paragraph_anew(doc: Doc, rng: random.Random) -> Doc:
    """Nothing but the passage's own sentences is left of its paragraph."""
    mine = home(doc)
    around = [line for line in lines(doc.text) if line.holds(target(doc))]
    if not around or (mine[0].start, mine[-1].end) == (around[0].start, around[0].end):
        raise NotHereError
    if mine[-1].end < around[0].end:
        doc = doc.swap(mine[-1].end, around[0].end, gap(doc) + filler(doc, rng))
    if around[0].start < mine[0].start:
        doc = doc.swap(around[0].start, mine[0].start, filler(doc, rng) + gap(doc))
    return doc


def rewrite(doc: Doc, rng: random.Random) -> Doc:
    """Every third word of the passage is another one."""
    inside = words(doc, target(doc))
    if len(inside) < 8:
        raise NotHereError
    for word in sorted(rng.sample(inside[1:], len(inside) // 3), reverse=True):
        doc = doc.swap(word.start, word.end, another(doc, word, rng))
    return doc


def halves(doc: Doc, rng: random.Random) -> Doc:
    """A sentence becomes two."""
    inside = words(doc, target(doc))
    if len(inside) < 8 or doc.name in SPACELESS:
        raise NotHereError
    word = rng.choice(inside[3:-3])
    return doc.swap(word.start, word.start, f"{filler(doc, rng).split()[0]}. ")


def joined(doc: Doc, rng: random.Random) -> Doc:
    """Two sentences of the passage become one."""
    here, mine = target(doc), home(doc)
    if len(mine) < 2 or doc.name in SPACELESS:
        raise NotHereError
    return doc.swap(mine[0].end - 1, mine[0].end, ",") if mine[0].end < here.end else doc


def twin(doc: Doc, rng: random.Random) -> Doc:
    """The passage's whole sentence stands once more, behind another sentence of the text."""
    here = home(doc)
    words_ = doc.text[here[0].start : here[-1].end]
    if "\n" in words_:
        raise NotHereError
    ends = [s.end for s in sentences(doc.text) if not any(s.overlaps(one) for one in here)]
    at = rng.choice(ends)
    return doc.swap(at, at, gap(doc) + words_)


AROUND = ("busy", "busy", "rename", "move-block", "shuffle", "drop-copy", "paragraph-anew")
ALTERING_MORE = ("rewrite", "halves", "joined")
