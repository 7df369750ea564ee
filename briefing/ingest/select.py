"""CSS selectors over one page that is asked many times: the common kinds from an index, all others by soupsieve.

Soupsieve looks at every element for every selector, and a page with ten thousand comments has a hundred thousand
elements and is asked fifty times. What the index answers is what soupsieve would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bs4 import BeautifulSoup
from bs4.element import Tag

COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*)?(?P<rest>(?:\.[\w-]+|#[\w-]+|\[[\w-]+(?:[$^]?=[\"']?[\w/-]+[\"']?)?\])*)")
PART = re.compile(
    r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:(?P<how>[$^]?=)[\"']?(?P<value>[\w/-]+)[\"']?)?\]"
)


@dataclass(frozen=True, slots=True)
class Compound:
    """One step of a selector: what an element itself must be."""

    tag: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    """Name, kind of comparison and value."""

    def fits(self, element: Tag) -> bool:
        """Whether an element is so."""
        if self.tag and element.name != self.tag:
            return False
        if self.classes and not set(self.classes) <= set(element.get_attribute_list("class")):
            return False
        return all(_compares(element.get(name), how, value) for name, how, value in self.attributes)


def _compares(given: object, how: str, value: str) -> bool:
    text = " ".join(given) if isinstance(given, list) else given
    if not isinstance(text, str):
        return False
    if how == "^=":
        return text.startswith(value)
    if how == "$=":
        return text.endswith(value)
    return not how or text == value


class Index:
    """The elements of a page by tag, class and attribute."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.order: dict[int, int] = {}
        self.by: dict[str, list[Tag]] = {}
        for number, element in enumerate(soup.find_all(True)):
            self.order[id(element)] = number
            keys = [element.name, *(f".{name}" for name in element.get_attribute_list("class") if name)]
            for key in (*keys, *(f"[{name}]" for name in element.attrs)):
                self.by.setdefault(key, []).append(element)

    def select(self, selector: str) -> list[Tag]:
        """The elements that a selector names, in the order of the page."""
        steps = [_steps(part.strip()) for part in selector.split(",")]
        if any(step is None for step in steps):
            return list(self.soup.select(selector))
        found = {id(element): element for way in steps if way for element in self._walk(way)}
        return sorted(found.values(), key=lambda element: self.order[id(element)])

    def _walk(self, way: tuple[Compound, ...]) -> list[Tag]:
        *above, last = way
        key = f".{last.classes[0]}" if last.classes else f"[{last.attributes[0][0]}]" if last.attributes else last.tag
        return [element for element in self.by.get(key, []) if last.fits(element) and _within(element, above)]


def _within(element: Tag, above: list[Compound]) -> bool:
    """Whether an element stands in others that fit, outermost first."""
    wanted = list(above)
    for parent in element.parents if wanted else ():
        if wanted[-1].fits(parent):
            wanted.pop()
            if not wanted:
                return True
    return not wanted


@lru_cache(maxsize=512)
def _steps(selector: str) -> tuple[Compound, ...] | None:
    """A selector of compounds with spaces between them; None for any other."""
    made = []
    for step in selector.split():
        found = COMPOUND.fullmatch(step)
        if not found or not step:
            return None
        parts = list(PART.finditer(found["rest"]))
        made.append(
            Compound(
                found["tag"] or "",
                tuple(part["cls"] for part in parts if part["cls"]),
                tuple(
                    ("id", "=", part["id"]) if part["id"] else (part["name"], part["how"] or "", part["value"] or "")
                    for part in parts
                    if not part["cls"]
                ),
            )
        )
    return tuple(made) or None
