"""Tags as topics: which spellings are one topic, what it is called, and where it stands.

Folded are what people do not mean: letter case, spaces at the ends, spaces, hyphens and underscores between words,
and how a letter with an accent is encoded (NFKC). Nothing else is: “defence” and “defense” stay two topics.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from unicodedata import normalize

from msgspec import Struct, field

from briefing.collection.records import CollectionItem, Tagged, Topic, alphabetical, in_text_order
from briefing.load.schema.formats import wrong_name
from briefing.model import Briefing, ContextNote
from briefing.model.places import Place, Problem
from briefing.model.prose import plain_pieces

_BETWEEN = re.compile(r"[\s_\-‐‑‒–]+")
_WORD = re.compile(r"(?P<begins>(?:\A|[.!?…:\n][”’\"')]?\s{0,20}|[“„«‘\"])[“„«‘\"'(]{0,20})?(?P<word>\w+)")
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


class TagUse(Struct, frozen=True):
    """One use of a tag."""

    tag: str
    item: str
    """The id of what has it; empty where the briefing itself does."""
    at: Place


class _Found(Struct):
    """The uses of one topic's tags."""

    spellings: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    briefings: dict[str, Briefing] = field(default_factory=dict)
    """By path: those that have a tag themselves."""
    items: dict[tuple[str, str], CollectionItem[Tagged]] = field(default_factory=dict)


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
    found: dict[str, _Found] = {}
    for briefing in briefings:
        for tag, record, _ in _tagged(briefing):
            if key := fold_tag(tag):
                _add_use(found.setdefault(key, _Found()), tag, record, briefing)
    made = (_topic(key, one) for key, one in found.items())
    return tuple(sorted(made, key=lambda topic: alphabetical(topic.name)))


def _add_use(found: _Found, tag: str, record: Tagged | None, briefing: Briefing) -> None:
    found.spellings[tag.strip()] += 1
    found.names[topic_name(tag, briefing)] += 1
    if record is None:
        found.briefings.setdefault(briefing.path, briefing)
    else:
        found.items[briefing.path, record.id] = CollectionItem(briefing, record)


def _topic(key: str, found: _Found) -> Topic:
    return Topic(
        key=key,
        name=found.names.most_common(1)[0][0],
        slug=slug(key),
        spellings=tuple(found.spellings.most_common()),
        briefings=tuple(found.briefings.values()),
        items=tuple(found.items.values()),
    )


def _tagged(briefing: Briefing) -> Iterator[tuple[str, Tagged | None, Place]]:
    """Yield each tag with what has it, None for the briefing itself, and its place."""
    for number, tag in enumerate(briefing.tags):
        yield tag, None, briefing.at.child("tags", number)
    for record in (*in_text_order(briefing, briefing.annotations), *briefing.derived, *briefing.themes):
        for number, tag in enumerate(record.tags):
            yield tag, record, record.at.child("tags", number)


# --- spellings -------------------------------------------------------------------------------------------------------


def tag_uses(briefing: Briefing) -> Iterator[TagUse]:
    """Yield every use of a tag in a briefing, for `spelling_problems`."""
    for tag, record, at in _tagged(briefing):
        yield TagUse(tag, record.id if record else "", at)


def spelling_problems(uses: Iterable[TagUse]) -> Iterator[Problem]:
    """A warning for each topic that is spelt in several ways: which ways, and where each stands."""
    found: dict[str, list[TagUse]] = {}
    for use in uses:
        if key := fold_tag(use.tag):
            found.setdefault(key, []).append(use)
    for of_topic in found.values():
        spellings = Counter(use.tag.strip() for use in of_topic)
        if len(spellings) > 1:
            yield _several_spellings([spelling for spelling, _ in spellings.most_common()], of_topic)


def _several_spellings(spellings: Sequence[str], uses: Sequence[TagUse]) -> Problem:
    name, *others = spellings
    first = next(use for use in uses if use.tag.strip() == others[0])
    also = " and ".join(f"“{other}”" for other in others)
    places = [line for spelling in spellings for line in _places(spelling, uses)]
    hint = "\n".join([f"write “{name}” everywhere; the pages put them under one topic of this name", *places])
    return Problem("tag-spellings", f"the tag “{name}” is also written {also}", first.at, hint)


def _places(spelling: str, uses: Iterable[TagUse]) -> Iterator[str]:
    """The first places of a spelling: file, and the annotation in it."""
    found = [use for use in uses if use.tag.strip() == spelling]
    for use in islice(found, _PLACES):
        within = f" ({use.item})" if use.item else ""
        yield f"“{spelling}”: {use.at.file}{within}"
    if len(found) > _PLACES:
        yield f"“{spelling}”: and {len(found) - _PLACES} more"
