"""Where else the words of an annotation stand: in annotations and sources of other briefings.

Words are compared as the matcher compares them (`anchor.fold`): typography is folded, letter case, digits and words
are not. Words of fewer than six are passed over: “five percent” in two briefings says nothing. A character of a script
without spaces counts as half a word.

Each briefing gives its words (`searched_words`) and a hash of every six that follow one another (`word_hashes`): a
passage can only be where its first six are. So the work grows with the text and with what is found, never with the
square of the briefings, and of most briefings the hashes are enough.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal
from zlib import crc32

from msgspec import Struct, field

from briefing.anchor import characters
from briefing.anchor.boundaries import spaceless
from briefing.anchor.fold import words
from briefing.collection.records import Echo
from briefing.model import Annotation, Briefing, ContextNote, Figure, MatchLevel, Quotation
from briefing.text.late_patterns import late

FEWEST = 6
"""Words that a passage has at least."""
MOST = 5
"""Briefings that are named for one annotation."""
_LONGEST = 400
"""Words and marks of a passage that is looked for: a bound on the work for texts that repeat themselves."""

_WORD = late(
    rf"[-+±]?\d+(?:[{characters.NUMBER_JOINTS}]\d+)*[{characters.AFTER_NUMBERS}]?|[{characters.SPACELESS}]"
    rf"|[^\W\d_{characters.SPACELESS}](?:[^\W_{characters.SPACELESS}])*|[^\w\s]"
)
"""A number with its sign, joints and per cent; a letter of a script without spaces; a word; any other mark."""


Echoes = Mapping[tuple[str, str], tuple[Echo, ...]]
"""By briefing and annotation: other briefings with the same words."""


class SearchedText(Struct, frozen=True):
    """The words of an annotation, or of a paragraph, in which the passages of other briefings are looked for."""

    words: str
    """Words and marks, each with a line end before and after it."""
    origin: Literal["quotes", "figures", "context", ""]
    """The list of the annotation; empty for a paragraph of the source."""
    id: str
    paragraph: int
    """Its number, from 1; 0 for an annotation."""
    page: str = "text"
    """The page that has the paragraph, without its ending."""


class SearchedWords(Struct, frozen=True):
    """What a briefing looks for in others, and what others look for in it."""

    path: str
    title: str
    passages: tuple[tuple[str, str], ...]
    """The id of each annotation that is long enough, with its words as in `SearchedText`."""
    texts: tuple[SearchedText, ...]
    """The words of every annotation, then the paragraphs of a source that is shown in full."""


class WordHashes(Struct, frozen=True):
    """The same in hashes: enough to say where words surely are not."""

    path: str
    passages: tuple[tuple[str, int, bytes], ...]
    """The id of each passage, the hash of its first six words, and one of all of it."""
    texts: bytes
    """The hashes of all six words that follow one another in a text: numbers of 32 bits, as this machine has them."""


class _Passage(Struct):
    """Words that annotations have, and where they stand."""

    owners: list[tuple[str, str]] = field(default_factory=list)
    """The briefings and annotations that have them."""
    places: dict[str, Echo] = field(default_factory=dict)
    """The first place in each briefing, the newest briefing first."""


def searched_words(briefing: Briefing, page_of: Callable[[int], str] = lambda paragraph: "text") -> SearchedWords:
    """Return the words that a briefing may share with others; `page_of` names the page of a paragraph by its number."""
    parts = [(annotation, list(map(split, found))) for annotation, found in _parts(briefing)]
    passages = tuple((annotation.id, _joined(found)) for annotation, found in _passages(parts))
    return SearchedWords(briefing.path, briefing.title, passages, tuple(_texts(briefing, parts, page_of)))


def word_hashes(found: SearchedWords) -> WordHashes:
    """Return the hashes of a briefing's words."""
    passages = ((id, next(_hashes(text)), _digest(text)) for id, text in found.passages)
    texts = {number for text in found.texts for number in _hashes(text.words)}
    return WordHashes(found.path, tuple(passages), array("I", sorted(texts)).tobytes())


def echoes(hashes: Sequence[WordHashes], words_of: Callable[[str], SearchedWords]) -> Echoes:
    """Return where else the words of each annotation are; `hashes` are those of all briefings, the newest first.

    `words_of` gives the words of the briefing at a path, and is asked only for those that others seem to share.
    """
    passages: dict[bytes, _Passage] = {}
    beginning: dict[int, dict[bytes, _Passage]] = {}
    for each in hashes:
        for id, first, whole in each.passages:
            passage = passages.setdefault(whole, _Passage())
            passage.owners.append((each.path, id))
            beginning.setdefault(first, {})[whole] = passage
    known = lru_cache(maxsize=None)(words_of)
    for each in hashes:
        for number in beginning.keys() & _numbers(each.texts):
            for passage in beginning[number].values():
                if len(passage.places) <= MOST and any(path != each.path for path, _ in passage.owners):
                    _note_place(passage, each.path, known)
    elsewhere = ((key, _others(passage, key[0])) for passage in passages.values() for key in passage.owners)
    return {key: others for key, others in elsewhere if others}


def _note_place(passage: _Passage, path: str, words_of: Callable[[str], SearchedWords]) -> None:
    """Note where the words are in the briefing at `path`, if they are there."""
    owner, id = passage.owners[0]
    sought, there = dict(words_of(owner).passages)[id], words_of(path)
    found = next((text for text in there.texts if sought in text.words), None)
    if found:
        passage.places[path] = Echo(path, there.title, found.origin, found.id, found.paragraph, found.page)


def _others(passage: _Passage, path: str) -> tuple[Echo, ...]:
    return tuple(islice((echo for other, echo in passage.places.items() if other != path), MOST))


def split(text: str) -> list[str]:
    """The words and marks of a text, folded as the matcher folds."""
    return _WORD.findall(words(text, MatchLevel.TYPOGRAPHY))


def long_enough(found: Sequence[str]) -> bool:
    """Whether so many words in two briefings are more than chance."""
    return sum(0.5 if spaceless(word) else 1 for word in found if word[-1].isalnum()) >= FEWEST


def _joined(found: Sequence[str]) -> str:
    return "\n".join(("", *found, ""))


def _hashes(text: str) -> Iterator[int]:
    """Yield a hash of every six words that follow one another."""
    found = text.strip("\n").encode("utf-8", "surrogatepass").split(b"\n")
    for at in range(len(found) - FEWEST + 1):
        yield crc32(b"\n".join(found[at : at + FEWEST]))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _numbers(hashes: bytes) -> set[int]:
    found = array("I")
    found.frombytes(hashes)
    return set(found)


_Parts = Sequence[tuple[Quotation | Figure | ContextNote, list[list[str]]]]
"""Annotations with the words of each part."""


def _passages(annotations: _Parts) -> Iterator[tuple[Annotation, list[str]]]:
    """The annotations whose words are looked for elsewhere. Of an interrupted target that is its longest part."""
    for annotation, parts in annotations:
        found = max(parts, key=len)
        if long_enough(found) and len(found) <= _LONGEST:
            yield annotation, found


def _parts(briefing: Briefing) -> Iterator[tuple[Quotation | Figure | ContextNote, list[str]]]:
    """The annotations that were found, quotations first, with their words as they stand in the source or a comment."""
    texts = {comment.id: comment.text for comment in briefing.comments} | {"": briefing.source.text}
    for annotation in briefing.annotations:
        if anchor := briefing.anchors.get(annotation.id):
            yield annotation, [span.of(texts.get(anchor.comment, "")) for span in anchor.spans]


def _texts(briefing: Briefing, annotations: _Parts, page_of: Callable[[int], str]) -> Iterator[SearchedText]:
    """What is searched: the words of every annotation, then the paragraphs of a source that is shown in full."""
    for annotation, parts in annotations:
        origin = _origin(annotation)
        yield from (SearchedText(_joined(part), origin, annotation.id, 0) for part in parts)
    if briefing.source.publish == "full":
        for paragraph in briefing.source.paragraphs:
            found = split(paragraph.span.of(briefing.source.text))
            yield SearchedText(_joined(found), "", "", paragraph.number, page_of(paragraph.number))


def _origin(annotation: Quotation | Figure | ContextNote) -> Literal["quotes", "figures", "context"]:
    if isinstance(annotation, Quotation):
        return "quotes"
    return "figures" if isinstance(annotation, Figure) else "context"
