"""The comments on a page whose system is known: the first system of the table that finds any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bs4.element import NavigableString, Tag

from briefing.authoring.ingest.comment_systems import SYSTEMS, System, may_be
from briefing.authoring.ingest.detect import day
from briefing.authoring.ingest.draft import DraftComment, visible
from briefing.authoring.ingest.page import SavedPage, names
from briefing.text.language_rules import Language

NUMBER = re.compile(r"[-+−]?\d{1,6}(?![\d.,]*\d|\s*[kKmM%])")
SIDEBAR = re.compile(r"\b(?:widget|sidebar|side bar)\b")
DATED = ("datetime", "content", "title", "data-timestamp", "data-time", "data-created")


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments that were found, in the order of the page."""

    system: str
    """Empty where the markup is of no known system."""
    comments: tuple[DraftComment, ...]
    strings: tuple[tuple[NavigableString, ...], ...]
    """For each comment the text nodes of its words."""
    elements: tuple[Tag, ...]
    """For each comment the element that it is."""
    opening: tuple[NavigableString, ...] = ()
    """The words of what they all answer, where it looks like them, as in a forum."""


NONE = Comments("", (), (), ())


def known_comments(page: SavedPage, language: Language) -> Comments:
    """The comments of the first system that finds any."""
    for system in SYSTEMS:
        if may_be(system, page.html) and (found := _read_system(page, system, language)):
            return found
    return NONE


def _read_system(page: SavedPage, system: System, language: Language) -> Comments | None:
    items, opening = _find_items(page, system)
    if not items:
        return None
    owners = {id(item): number for number, item in enumerate(items)}
    texts = _parts_by_comment(page, system.text, owners)
    authors, dated, votes = (_parts_by_comment(page, way, owners) for way in (system.author, system.date, system.votes))
    levels = _find_levels(system, items) if system.indent or system.level else {}
    said = {number: _own_words(page, texts.get(number, ()), owners, number) for number in range(len(items))}
    said = {number: words for number, words in said.items() if visible("\n".join(page.paragraphs(words)))}
    if not said:
        return None
    parents = _find_parents(items, list(said), owners, levels)
    made = [
        DraftComment(
            text="\n".join(page.paragraphs(words)),
            author=_first_text(page, authors.get(number, ()), {id(node) for node in words}),
            date=_find_date(dated.get(number, ()), language),
            votes=_find_votes(votes.get(number, ())),
            parent=parents[number],
        )
        for number, words in said.items()
    ]
    strings = tuple(map(tuple, said.values()))
    return Comments(system.name, tuple(made), strings, tuple(items[number] for number in said), opening)


def _find_items(page: SavedPage, system: System) -> tuple[Sequence[Tag], tuple[NavigableString, ...]]:
    """Return the elements of the comments, and the words of what they all answer, where it looks like them."""
    items = page.select(system.item)
    items = [item for item in items if not _in_sidebar(item)] or items
    opening = _opening_words(page, system, items)
    return (items[1:] if opening else items), opening


def _find_parents(
    items: Sequence[Tag], kept: Sequence[int], owners: Mapping[int, int], levels: Mapping[int, int]
) -> dict[int, int | None]:
    """Return the index of what each comment answers: the one that it is in, else the one before at a lower level."""
    parents: dict[int, int | None] = {}
    indexes: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    for index, number in enumerate(kept):
        level = levels.get(number, 0)
        while stack and stack[-1][0] >= level:
            stack.pop()
        before = stack[-1][1] if stack else None
        parents[number] = next(
            (indexes[above] for above in _comments_above(items[number], owners) if above in indexes), before
        )
        indexes[number] = index
        stack.append((level, index))
    return parents


def _in_sidebar(item: Tag) -> bool:
    """Whether an element stands in a list of what was written lately on other pages."""
    return any(SIDEBAR.search(names(parent)) for parent in item.parents if parent.name not in ("body", "html"))


def _opening_words(page: SavedPage, system: System, items: Sequence[Tag]) -> tuple[NavigableString, ...]:
    if not system.opens or len(items) < 2:
        return ()
    found = (page.select(way) for way in system.text.split(" | "))
    texts = [text for way in found for text in way if any(parent is items[0] for parent in text.parents)]
    return tuple(page.strings(texts[0])) if texts else ()


def _parts_by_comment(page: SavedPage, ways: str, owners: Mapping[int, int]) -> dict[int, list[Tag]]:
    """By comment: the elements of the first selector that finds any in it, without those of its answers."""
    found: dict[int, list[Tag]] = {}
    for way in filter(None, ways.split(" | ")):
        if len(found) == len(owners):
            break
        here: dict[int, list[Tag]] = {}
        for element in page.select(way):
            owner = next(_comments_above(element, owners), None)
            if owner is not None:
                here.setdefault(owner, []).append(element)
        found = {**here, **found}
    return found


def _comments_above(element: Tag, owners: Mapping[int, int]) -> Iterator[int]:
    """The comments that an element stands in, innermost first."""
    return (owners[id(parent)] for parent in element.parents if id(parent) in owners)


def _own_words(page: SavedPage, elements: Sequence[Tag], owners: Mapping[int, int], own: int) -> list[NavigableString]:
    """The text nodes of some elements, each once, without those of answers inside them."""
    found: dict[int, NavigableString] = {}
    for element in elements:
        for node in page.strings(element):
            owner = next((owners[id(parent)] for parent in node.parents if id(parent) in owners), own)
            if owner == own:
                found[id(node)] = node
    return list(found.values())


def _first_text(page: SavedPage, elements: Sequence[Tag], words: set[int]) -> str:
    for element in elements:
        strings = [node for node in page.strings(element) if id(node) not in words]
        text = " ".join(" ".join(str(node) for node in strings).split()).rstrip(":,").strip()
        if text:
            return text if len(text) <= 80 else ""
    return ""


def _find_date(elements: Sequence[Tag], language: Language) -> str:
    """The day of a comment: as an attribute has it, else as its text says."""
    for element in elements:
        for attribute in DATED:
            value = element.get(attribute)
            if isinstance(value, str) and (found := day(value, language)):
                return found
        if found := day(element.get_text(" "), language):
            return found
    return ""


def _find_votes(elements: Sequence[Tag]) -> int | None:
    """A number of votes, where there is exactly one number."""
    for element in elements:
        value = element.get("content")
        found = NUMBER.findall(value if isinstance(value, str) else element.get_text(" "))
        if len(found) == 1:
            return int(found[0].replace("−", "-"))
    return None


def _find_levels(system: System, items: Sequence[Tag]) -> dict[int, int]:
    """How deep each comment stands in its thread."""
    if system.indent:
        root = next(parent for parent in items[0].parents if parent.parent is None)
        wrappers = {id(element) for element in root.select(system.indent)}
        return {number: sum(id(parent) in wrappers for parent in item.parents) for number, item in enumerate(items)}
    pattern = re.compile(system.level)
    levels = {}
    for number, item in enumerate(items):
        found = next((match for text in _level_marks(item) if (match := pattern.search(text))), None)
        levels[number] = (int(found[1]) if found[1].isdigit() else 1) if found else 0
    return levels


def _level_marks(item: Tag) -> Iterator[str]:
    """Where a level may be written: classes of a comment and what it stands in, and the width of its indent."""
    indented = item.find(indent=True)
    if isinstance(indented, Tag):
        yield f"indent={indented['indent']}"
    for element in (item, item.parent, item.parent.parent if item.parent else None):
        if element is not None:
            yield " ".join(element.get_attribute_list("class")) if element.get("class") else ""


def cut_answers(found: Comments, keep: Sequence[int]) -> Comments:
    """Some of the comments, by index; an answer to one that is dropped answers nothing."""
    places = {old: new for new, old in enumerate(keep)}
    comments = []
    for old in keep:
        parent = found.comments[old].parent
        comments.append(replace(found.comments[old], parent=None if parent is None else places.get(parent)))
    return Comments(
        found.system,
        tuple(comments),
        tuple(found.strings[old] for old in keep),
        tuple(found.elements[old] for old in keep),
        found.opening,
    )
