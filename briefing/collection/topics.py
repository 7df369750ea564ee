"""Tags as topics: which spellings are one topic, what it is called, and where it stands.

Folded are what people do not mean: letter case, spaces at the ends, spaces, hyphens and underscores between words,
and how a letter with an accent is encoded (NFKC). Nothing else is: “defence” and “defense” stay two topics.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from unicodedata import normalize

from briefing.collection.records import CollectionItem, Tagged, Topic, alphabetical, in_text_order
from briefing.load.schema.formats import wrong_name
from briefing.model import Briefing, ContextNote
from briefing.model.places import Place, Problem
from briefing.model.prose import plain_pieces

_BETWEEN = re.compile(r"[\s_\-‐‑‒–]+")
_WORD = re.compile(r"(?P<begins>(?:\A|[.!?…:\n][”’\"')]?\s*|[“„«‘\"])[“„«‘\"'(]*)?(?P<word>\w+)")
"""A word, and what stands before the first one of a sentence."""
_LONGEST = 60
"""Letters in an address: a file name has at most 255 bytes, and a letter may take four."""
_PLACES = 5
"""Named for each spelling in a problem's hint."""


def fold_tag(tag: str) -> str:
    """What two spellings of one topic have in common; empty for a tag of nothing but spaces and hyphens."""
    return _BETWEEN.sub(" ", normalize("NFKC", tag).casefold()).strip()


def slug(key: str) -> str:
    """A topic's part of an address, from its folded tag alone: it never depends on what other tags there are.

    What an address cannot show is replaced, and then a few digits of the tag's hash tell it from its likes ("c++").
    """
    plain = re.sub(r"\W+", "-", key).strip("-")[:_LONGEST].strip("-")
    if plain.replace("-", " ") == key and plain != "index" and not wrong_name(plain):
        return plain
    return f"{plain}-{sha256(key.encode()).hexdigest()[:6]}".lstrip("-")


@dataclass(frozen=True, slots=True)
class TagUse:
    """One use of a tag."""

    tag: str
    briefing: Briefing
    item: CollectionItem[Tagged] | None
    """None where the briefing itself has the tag."""
    at: Place


@dataclass(slots=True)
class _Found:
    spellings: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    uses: list[TagUse] = field(default_factory=list)


def topic_name(tag: str, briefing: Briefing) -> str:
    """Return what a tag is called where it is read, and not only matched.

    A tag with a capital letter is called as it is written. One in lower case is spelt as the briefing spells its words
    (“NATO”, “Russia”): with capitals where it never has them without. The first letter is a capital in any case.
    """
    tag = tag.strip()
    if tag != tag.lower():
        return tag
    spelt = briefing.derive(_spellings)
    words = [spelt.get(word, word) for word in _BETWEEN.split(tag) if word]
    name = " ".join(words)
    return name if name != name.lower() and words[0] != words[0].lower() else name[:1].upper() + name[1:]


def _spellings(briefing: Briefing) -> dict[str, str]:
    """Return how the texts of a briefing spell each word that they never have in lower case, by the word in that."""
    written = (briefing.summary, *briefing.key_points, *(record.note for record in briefing.annotations))
    prose = (text for field in written if field for text, _ in plain_pieces(field))
    titles = (record.title for record in briefing.annotations if isinstance(record, ContextNote))
    texts = (briefing.title, *titles, briefing.source.text, *prose)
    found: dict[str, Counter[str]] = {}
    for each in _WORD.finditer("\n".join(texts)):
        begins, word = each["begins"] is not None, each["word"]
        if not begins or word[1:] != word[1:].lower():  # any word has a capital where a sentence begins
            found.setdefault(word.lower(), Counter())[word] += 1
    return {lower: spelt.most_common(1)[0][0] for lower, spelt in found.items() if lower not in spelt}


def topics(briefings: Sequence[Briefing]) -> tuple[Topic, ...]:
    """All topics by name; `briefings` are the newest first."""
    made = (_topic(key, found) for key, found in _by_key(briefings).items())
    return tuple(sorted(made, key=lambda topic: alphabetical(topic.name)))


def _by_key(briefings: Iterable[Briefing]) -> dict[str, _Found]:
    """Every use of every tag, by topic."""
    found: dict[str, _Found] = {}
    for briefing in briefings:
        for use in _tagged(briefing):
            if key := fold_tag(use.tag):
                one = found.setdefault(key, _Found())
                one.spellings[use.tag.strip()] += 1
                one.names[topic_name(use.tag, briefing)] += 1
                one.uses.append(use)
    return found


def _tagged(briefing: Briefing) -> Iterator[TagUse]:
    for number, tag in enumerate(briefing.tags):
        yield TagUse(tag, briefing, None, briefing.at.child("tags", number))
    for record in (*in_text_order(briefing, briefing.annotations), *briefing.derived, *briefing.themes):
        for number, tag in enumerate(record.tags):
            yield TagUse(tag, briefing, CollectionItem(briefing, record), record.at.child("tags", number))


def _topic(key: str, found: _Found) -> Topic:
    items = {(use.briefing.path, use.item.record.id): use.item for use in found.uses if use.item}
    return Topic(
        key=key,
        name=found.names.most_common(1)[0][0],
        slug=slug(key),
        spellings=tuple(found.spellings.most_common()),
        briefings=tuple({use.briefing.path: use.briefing for use in found.uses if not use.item}.values()),
        items=tuple(items.values()),
    )


def spelling_problems(briefings: Sequence[Briefing]) -> Iterator[Problem]:
    """A warning for each topic that is spelt in several ways: which ways, and where each stands."""
    for found in _by_key(briefings).values():
        if len(found.spellings) > 1:
            yield _several_spellings(found)


def _several_spellings(found: _Found) -> Problem:
    name, *others = (spelling for spelling, _ in found.spellings.most_common())
    first = next(use for use in found.uses if use.tag.strip() == others[0])
    also = " and ".join(f"“{other}”" for other in others)
    places = [line for spelling in (name, *others) for line in _places(spelling, found)]
    hint = "\n".join([f"write “{name}” everywhere; the pages put them under one topic of this name", *places])
    return Problem("tag-spellings", f"the tag “{name}” is also written {also}", first.at, hint)


def _places(spelling: str, found: _Found) -> Iterator[str]:
    """The first places of a spelling: file, and the annotation in it."""
    uses = [use for use in found.uses if use.tag.strip() == spelling]
    for use in islice(uses, _PLACES):
        within = f" ({use.item.record.id})" if use.item else ""
        yield f"“{spelling}”: {use.at.file}{within}"
    if len(uses) > _PLACES:
        yield f"“{spelling}”: and {len(uses) - _PLACES} more"
