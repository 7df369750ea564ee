"""The comments on a page whose system is known: the first system of the table that finds any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bs4.element import NavigableString, Tag

from briefing.authoring.ingest.comment_systems import SYSTEMS, System, may_be
from briefing.authoring.ingest.dates import day
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
        if may_be(system, page.html) and (found := _read(page, system, language)):
            return found
    return NONE


def _read(page: SavedPage, system: System, language: Language) -> Comments | None:
    items = page.select(system.item)
    items = [item for item in items if not _in_sidebar(item)] or items
    opening = _opening(page, system, items)
    items = items[1:] if opening else items
    if not items:
        return None
    owners = {id(item): number for number, item in enumerate(items)}
    texts = _parts(page, system.text, owners)
    authors, dated, votes = (_parts(page, way, owners) for way in (system.author, system.date, system.votes))
    levels = _levels(system, items) if system.indent or system.level else {}
    made: list[DraftComment] = []
    strings: list[tuple[NavigableString, ...]] = []
    kept: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    for number, item in enumerate(items):
        words = _words(page, texts.get(number, ()), owners, number)
        text = "\n".join(page.paragraphs(words))
        if not visible(text):
            continue
        parent = next((kept[above] for above in _above(item, owners) if above in kept), None)
        level = levels.get(number, 0)
        while stack and stack[-1][0] >= level:
            stack.pop()
        if parent is None and stack:
            parent = stack[-1][1]
        kept[number] = len(made)
        stack.append((level, len(made)))
        inside = {id(node) for node in words}
        made.append(
            DraftComment(
                text=text,
                author=_first_text(page, authors.get(number, ()), inside),
                date=_date(dated.get(number, ()), language),
                votes=_votes(votes.get(number, ())),
                parent=parent,
            )
        )
        strings.append(tuple(words))
    if not made:
        return None
    return Comments(system.name, tuple(made), tuple(strings), tuple(items[number] for number in kept), opening)


def _in_sidebar(item: Tag) -> bool:
    """Whether an element stands in a list of what was written lately on other pages."""
    return any(SIDEBAR.search(names(parent)) for parent in item.parents if parent.name not in ("body", "html"))


def _opening(page: SavedPage, system: System, items: Sequence[Tag]) -> tuple[NavigableString, ...]:
    if not system.opens or len(items) < 2:
        return ()
    found = (page.select(way) for way in system.text.split(" | "))
    texts = [text for way in found for text in way if any(parent is items[0] for parent in text.parents)]
    return tuple(page.strings(texts[0])) if texts else ()


def _parts(page: SavedPage, ways: str, owners: Mapping[int, int]) -> dict[int, list[Tag]]:
    """By comment: the elements of the first selector that finds any in it, without those of its answers."""
    found: dict[int, list[Tag]] = {}
    for way in filter(None, ways.split(" | ")):
        if len(found) == len(owners):
            break
        here: dict[int, list[Tag]] = {}
        for element in page.select(way):
            owner = next(_above(element, owners), None)
            if owner is not None:
                here.setdefault(owner, []).append(element)
        found = {**here, **found}
    return found


def _above(element: Tag, owners: Mapping[int, int]) -> Iterator[int]:
    """The comments that an element stands in, innermost first."""
    return (owners[id(parent)] for parent in element.parents if id(parent) in owners)


def _words(page: SavedPage, elements: Sequence[Tag], owners: Mapping[int, int], own: int) -> list[NavigableString]:
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


def _date(elements: Sequence[Tag], language: Language) -> str:
    """The day of a comment: as an attribute has it, else as its text says."""
    for element in elements:
        for attribute in DATED:
            value = element.get(attribute)
            if isinstance(value, str) and (found := day(value, language)):
                return found
        if found := day(element.get_text(" "), language):
            return found
    return ""


def _votes(elements: Sequence[Tag]) -> int | None:
    """A number of votes, where there is exactly one number."""
    for element in elements:
        value = element.get("content")
        found = NUMBER.findall(value if isinstance(value, str) else element.get_text(" "))
        if len(found) == 1:
            return int(found[0].replace("−", "-"))
    return None


def _levels(system: System, items: Sequence[Tag]) -> dict[int, int]:
    """How deep each comment stands in its thread."""
    if system.indent:
        wrappers = {id(element) for item in items[:1] for element in _root(item).select(system.indent)}
        return {number: sum(id(parent) in wrappers for parent in item.parents) for number, item in enumerate(items)}
    pattern = re.compile(system.level)
    levels = {}
    for number, item in enumerate(items):
        found = next((match for text in _marks(item) if (match := pattern.search(text))), None)
        levels[number] = (int(found[1]) if found[1].isdigit() else 1) if found else 0
    return levels


def _root(item: Tag) -> Tag:
    return next(parent for parent in item.parents if parent.parent is None)


def _marks(item: Tag) -> Iterator[str]:
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
