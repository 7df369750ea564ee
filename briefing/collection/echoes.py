"""Where else the words of an annotation stand: in annotations and sources of other briefings.

Words are compared as the matcher compares them (`anchor.fold`): typography is folded, letter case, digits and words
are not. Words of fewer than six are passed over: “five percent” in two briefings says nothing. A character of a script
without spaces counts as half a word.

All words that are looked for stand in one tree of words; each text is walked along it once. So the work grows with the
text and with what is found, never with the square of the briefings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from briefing.anchor import characters
from briefing.anchor.boundaries import spaceless
from briefing.anchor.fold import words
from briefing.collection.records import Echo
from briefing.model import Annotation, Briefing, ContextNote, Figure, MatchLevel, Quotation

FEWEST = 6
"""Words that a passage has at least."""
MOST = 5
"""Briefings that are named for one annotation."""
_LONGEST = 400
"""Words and marks of a passage that is looked for: a bound on the work for texts that repeat themselves."""

_WORD = re.compile(
    rf"[-+±]?\d+(?:[{characters.NUMBER_JOINTS}]\d+)*[{characters.AFTER_NUMBERS}]?|[{characters.SPACELESS}]"
    rf"|[^\W\d_{characters.SPACELESS}](?:[^\W_{characters.SPACELESS}])*|[^\w\s]"
)
"""A number with its sign, joints and per cent; a letter of a script without spaces; a word; any other mark."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of words."""

    after: dict[str, _Node] = field(default_factory=dict)
    passage: _Passage | None = None
    """The passage that ends here."""


@dataclass(slots=True)
class _Passage:
    """Words that annotations have, and where they stand: the first place in each briefing, annotations before text."""

    places: dict[str, Echo] = field(default_factory=dict)


def echoes(briefings: Sequence[Briefing]) -> Mapping[tuple[str, str], tuple[Echo, ...]]:
    """By briefing and annotation: other briefings with the same words; `briefings` are the newest first."""
    if len(briefings) < 2:
        return {}
    root, passages = _Node(), {}
    for briefing in briefings:
        for annotation, found in _passages(briefing):
            passages[briefing.path, annotation.id] = _plant(root, found)
    for briefing in briefings:
        for text, echo in _texts(briefing):
            for passage in _standing_in(root, text):
                passage.places.setdefault(briefing.path, echo)
    elsewhere = ((key, _others(passage, key[0])) for key, passage in passages.items())
    return {key: others for key, others in elsewhere if others}


def split(text: str) -> list[str]:
    """The words and marks of a text, folded as the matcher folds."""
    return _WORD.findall(words(text, MatchLevel.TYPOGRAPHY))


def long_enough(found: Sequence[str]) -> bool:
    """Whether so many words in two briefings are more than chance."""
    return sum(0.5 if spaceless(word) else 1 for word in found if word[-1].isalnum()) >= FEWEST


def _passages(briefing: Briefing) -> Iterator[tuple[Annotation, list[str]]]:
    """The annotations whose words are looked for elsewhere. Of an interrupted target that is its longest part."""
    for annotation, parts in _parts(briefing):
        found = max(map(split, parts), key=len)
        if long_enough(found) and len(found) <= _LONGEST:
            yield annotation, found


def _parts(briefing: Briefing) -> Iterator[tuple[Quotation | Figure | ContextNote, list[str]]]:
    """The annotations that were found, quotations first, with their words as they stand in the source or a comment."""
    texts = {comment.id: comment.text for comment in briefing.comments} | {"": briefing.source.text}
    for annotation in briefing.annotations:
        if anchor := briefing.anchors.get(annotation.id):
            yield annotation, [span.of(texts.get(anchor.comment, "")) for span in anchor.spans]


def _texts(briefing: Briefing) -> Iterator[tuple[list[str], Echo]]:
    """What is searched: the words of every annotation, then the paragraphs of a source that is shown in full."""
    for annotation, parts in _parts(briefing):
        yield from ((split(part), Echo(briefing, annotation, 0)) for part in parts)
    if briefing.source.publish == "full":
        for paragraph in briefing.source.paragraphs:
            yield split(paragraph.span.of(briefing.source.text)), Echo(briefing, None, paragraph.number)


def _plant(root: _Node, found: Sequence[str]) -> _Passage:
    """The passage of these words, which annotations with the same words share."""
    node = root
    for word in found:
        node = node.after.setdefault(word, _Node())
    node.passage = node.passage or _Passage()
    return node.passage


def _standing_in(root: _Node, text: Sequence[str]) -> Iterator[_Passage]:
    """Every passage that stands in a text, wherever it begins."""
    for start in range(len(text)):
        node, at = root.after.get(text[start]), start + 1
        while node is not None:
            if node.passage:
                yield node.passage
            node, at = (node.after.get(text[at]) if at < len(text) else None), at + 1


def _others(passage: _Passage, path: str) -> tuple[Echo, ...]:
    return tuple(islice((echo for other, echo in passage.places.items() if other != path), MOST))
