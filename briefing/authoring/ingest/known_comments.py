"""Find the comments on a page whose system is known: the first system of the table that finds any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bs4.element import NavigableString, Tag

from briefing.authoring.ingest.comment_systems import SYSTEMS, System, may_be
from briefing.authoring.ingest.folder import DraftComment, visible
from briefing.authoring.ingest.saved_page import SavedPage, day, names
from briefing.text.language_rules import Language

NUMBER = re.compile(r"[-+−]?\d{1,6}(?![\d.,]{0,20}\d|\s*[kKmM%])")
SIDEBAR = re.compile(r"\b(?:widget|sidebar|side bar)\b")
QUOTED = 12
"""Letters of a quotation that tell which comment it is from."""
REACH = 500
"""Comments before one among which the one that it quotes is looked for."""
DATED = ("datetime", "content", "title", "data-timestamp", "data-time", "data-created")


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment on a page, and where it was found."""

    draft: DraftComment
    strings: tuple[NavigableString, ...]
    """The text nodes of its words."""
    element: Tag
    """The element that it is."""


@dataclass(frozen=True, slots=True)
class FoundComments:
    """The comments that were found, in the order of the page."""

    system: str = ""
    """Empty where the markup is of no known system."""
    comments: tuple[FoundComment, ...] = ()
    opening: tuple[NavigableString, ...] = ()
    """The words of what they all answer, where it looks like them, as in a forum."""

    def without(self, dropped: Set[int]) -> FoundComments:
        """Return the comments without some, by index; an answer to one that is dropped answers nothing."""
        keep = [index for index in range(len(self.comments)) if index not in dropped]
        places = {old: new for new, old in enumerate(keep)}
        comments = []
        for found in (self.comments[index] for index in keep):
            parent = None if found.draft.parent is None else places.get(found.draft.parent)
            comments.append(replace(found, draft=replace(found.draft, parent=parent)))
        return replace(self, comments=tuple(comments))


def known_comments(page: SavedPage, language: Language) -> FoundComments:
    """Return the comments of the first system that finds any."""
    systems = (system for system in SYSTEMS if may_be(system, page.html))
    return next((found for system in systems if (found := _read_system(page, system, language))), FoundComments())


def _read_system(page: SavedPage, system: System, language: Language) -> FoundComments | None:
    items = _without_sidebars(page.select(system.item))
    opening = _opening_words(page, system, items)
    items = items[1:] if opening else items
    if not items:
        return None
    owners = {id(item): number for number, item in enumerate(items)}
    authors, dated, votes = (_parts_by_comment(page, way, owners) for way in (system.author, system.date, system.votes))
    said, quoted = _words_by_comment(page, system, owners)
    levels = _find_levels(system, items) if system.indent or system.level else {}
    parents = _find_parents(items, list(said), owners, levels)
    comments = [
        FoundComment(
            DraftComment(
                text="\n".join(page.paragraphs(words)),
                author=_first_text(page, authors.get(number, ()), {id(node) for node in words}),
                date=_find_date(dated.get(number, ()), language),
                votes=_find_votes(votes.get(number, ())),
                parent=parents[number],
            ),
            tuple(words),
            items[number],
        )
        for number, words in said.items()
    ]
    answers = _answers_to_quotes(comments, [quoted[number] for number in said])
    return FoundComments(system.name, answers, opening) if comments else None


def _words_by_comment(
    page: SavedPage, system: System, owners: Mapping[int, int]
) -> tuple[dict[int, list[NavigableString]], dict[int, list[str]]]:
    """Return by comment its words, if it has any of its own, and what it quotes."""
    texts = _parts_by_comment(page, system.text, owners)
    quotes = page.select(system.quote) if system.quote else []
    inside = {id(node) for element in quotes for node in page.strings(element)}
    said, quoted = {}, {}
    for number in sorted(texts):
        words = _own_words(page, texts[number], owners, number)
        own = [node for node in words if id(node) not in inside]
        if visible("\n".join(page.paragraphs(own))):
            said[number] = own
            quoted[number] = page.paragraphs(node for node in words if id(node) in inside)
    return said, quoted


def _answers_to_quotes(comments: Sequence[FoundComment], quoted: Sequence[Sequence[str]]) -> tuple[FoundComment, ...]:
    """Return comments with their parents: where the page has none, the last comment before with the words quoted."""
    texts = [" ".join(comment.draft.text.split()) for comment in comments]
    made = []
    for index, (comment, quotes) in enumerate(zip(comments, quoted, strict=True)):
        words = " ".join(max(quotes, key=len, default="").split())
        if comment.draft.parent is None and len(words) >= QUOTED:
            near = range(index - 1, max(index - REACH, 0) - 1, -1)
            parent = next((before for before in near if words in texts[before]), None)
            comment = replace(comment, draft=replace(comment.draft, parent=parent))
        made.append(comment)
    return tuple(made)


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


def _without_sidebars(items: list[Tag]) -> list[Tag]:
    """Drop elements that are in a list of what was written lately on other pages, unless all are."""

    def is_in_sidebar(item: Tag) -> bool:
        return any(SIDEBAR.search(names(parent)) for parent in item.parents if parent.name not in ("body", "html"))

    return [item for item in items if not is_in_sidebar(item)] or items


def _opening_words(page: SavedPage, system: System, items: Sequence[Tag]) -> tuple[NavigableString, ...]:
    if not system.opens or len(items) < 2:
        return ()
    found = (page.select(way) for way in system.text.split(" | "))
    texts = [text for way in found for text in way if any(parent is items[0] for parent in text.parents)]
    return tuple(page.strings(texts[0])) if texts else ()


def _parts_by_comment(page: SavedPage, ways: str, owners: Mapping[int, int]) -> dict[int, list[Tag]]:
    """Return by comment the elements of the first selector that finds any in it, without those of its answers."""
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
    """Return the comments that an element is in, innermost first."""
    return (owners[id(parent)] for parent in element.parents if id(parent) in owners)


def _own_words(page: SavedPage, elements: Sequence[Tag], owners: Mapping[int, int], own: int) -> list[NavigableString]:
    """Return the text nodes of some elements, each once, without those of answers inside them."""
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
    """Return the day of a comment: as an attribute has it, else as its text says."""
    for element in elements:
        for attribute in DATED:
            value = element.get(attribute)
            if isinstance(value, str) and (found := day(value, language)):
                return found
        if found := day(element.get_text(" "), language):
            return found
    return ""


def _find_votes(elements: Sequence[Tag]) -> int | None:
    """Return a number of votes, where there is exactly one number."""
    for element in elements:
        value = element.get("content")
        found = NUMBER.findall(value if isinstance(value, str) else element.get_text(" "))
        if len(found) == 1:
            return int(found[0].replace("−", "-"))
    return None


def _find_levels(system: System, items: Sequence[Tag]) -> dict[int, int]:
    """Return how deep each comment is in its thread."""
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
    """Return where a level may be written: classes of a comment and what it is in, and the width of its indent."""
    indented = item.find(indent=True)
    if isinstance(indented, Tag):
        yield f"indent={indented['indent']}"
    for element in (item, item.parent, item.parent.parent if item.parent else None):
        if element is not None:
            yield " ".join(element.get_attribute_list("class")) if element.get("class") else ""
