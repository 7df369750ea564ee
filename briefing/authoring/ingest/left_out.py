"""Leave out what of a page is neither article nor comment, by a few CSS selectors.

Every element without a kept word is bare. The largest bare elements are to be covered by selectors that match bare
elements only; the selector that covers most words is taken first, as in greedy set cover. Text that is beside kept
words in one element has no selector and stays for `left_out` by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from bs4.element import Tag

from briefing.authoring.ingest.folder import Omission
from briefing.authoring.ingest.saved_page import SavedPage, names

NAME = re.compile(r"-?[A-Za-z_][\w-]*$")
GENERATED = re.compile(r"\d{3,}|[0-9a-f]{8,}")
"""In names that a program counts up or makes: they match one element only, so they come last."""

# keys of the catalogue, `left_out.<key>`
REASONS = (
    (r"\b(?:cookies?|consent)\b", "rest"),
    (r"\b(?:share|sharing|social|teilen)\b", "share"),
    (r"\b(?:figure|figcaption|caption|credit|picture|gallery)\b", "picture"),
    (r"\b(?:byline|author|dateline|published|meta|zeile)\b", "byline"),
    (r"\b(?:related|recommend\w*|teasers?|cards?|more|stories|read|popular|trending|rail|sidebar|aside)\b", "links"),
    (r"\b(?:newsletter|subscri\w*|signup|form|search|login|button)\b", "forms"),
    (r"\b(?:ads?|advert\w*|sponsor\w*|promo\w*|banner)\b", "advertising"),
    (r"\b(?:footer|foot|fuss|copyright|legal)\b", "foot"),
    (r"\b(?:nav\w*|menu|header|masthead|head|kopf|top|bar|breadcrumbs?|skip)\b", "head"),
)
AROUND_COMMENTS = "comments"
HEADLINE = "headline"
REST = "rest"
APART = re.compile(r"\b(?:related|newsletter|subscri\w*|advert\w*|sponsor\w*|promo\w*)\b")
"""In names: not of comments, though it is in one element with them."""


def omissions(
    page: SavedPage, article: Set[int], comments: Set[int], elements: Sequence[Tag], *, is_thread: bool
) -> tuple[Omission, ...]:
    """Return what to leave out.

    `article` and `comments` are identities of text nodes that are in the source or in a comment, `elements` those of
    the comments. What a comment is in is around the comments too, unless it holds some of the article; of a thread,
    the article is its first post.
    """
    full = _full_elements(page, article | comments)
    whole = set() if is_thread else _full_elements(page, article)
    inner = {id(element) for element in elements}
    outer = {
        id(parent)
        for element in elements
        for parent in list(element.parents)[:3]
        if id(parent) not in whole and parent.name not in ("body", "html", "main", "article", "[document]")
    }
    bare = list(_largest_bare(page, article | comments, full))
    reasons = {id(element): _reason_for(element, inner, outer) for element, _ in bare}
    by_reason: dict[str, list[str]] = {}
    for selector, element in _choose_selectors(page, bare, full, reasons):
        by_reason.setdefault(reasons[id(element)], []).append(selector)
    return tuple(Omission(reason, elements=", ".join(found)) for reason, found in by_reason.items())


def _full_elements(page: SavedPage, kept: Set[int]) -> set[int]:
    """Return the elements with a kept word in them."""
    found: set[int] = set()
    for node in (node for block in page.blocks for node in block.strings if id(node) in kept):
        for parent in node.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def _largest_bare(page: SavedPage, kept: Set[int], full: Set[int]) -> Iterator[tuple[Tag, int]]:
    """Return the largest elements without a kept word, each with its number of words."""
    words: Counter[int] = Counter()
    elements: dict[int, Tag] = {}
    for node in (node for block in page.blocks for node in block.strings if id(node) not in kept):
        top: Tag | None = None
        for parent in node.parents:
            if id(parent) in full or parent.name in ("html", "[document]"):
                break
            top = parent if isinstance(parent, Tag) else top
        if top is not None:
            words[id(top)] += len(node.split())
            elements[id(top)] = top
    return ((elements[key], count) for key, count in words.items())


def _choose_selectors(
    page: SavedPage, bare: list[tuple[Tag, int]], full: Set[int], reasons: Mapping[int, str]
) -> list[tuple[str, Tag]]:
    """Return selectors that match only bare elements, with the first element of each.

    One that matches parts of comments and other parts of the page comes last: one reason is given for all of it.
    """
    bad = {
        selector
        for element in page.soup.find_all(True)
        if id(element) in full
        for selector in _possible_selectors(element)
    }
    options: dict[str, list[int]] = {}
    for number, (element, _) in enumerate(bare):
        for selector in _possible_selectors(element):
            if selector not in bad:
                options.setdefault(selector, []).append(number)
    open_ = set(range(len(bare)))
    chosen: list[tuple[str, Tag]] = []

    around = [reasons[id(element)] == AROUND_COMMENTS for element, _ in bare]

    def rank(selector: str) -> tuple[bool, int, bool, bool, int]:
        words = sum(bare[number][1] for number in options[selector])
        mixed = len({around[number] for number in options[selector]}) > 1
        return mixed, -words, bool(GENERATED.search(selector)), " > " in selector, len(selector)

    for selector in sorted(options, key=rank):
        if fresh := open_.intersection(options[selector]):
            chosen.append((selector, bare[min(fresh)][0]))
            open_ -= fresh
    chosen += [(_exact_selector(bare[number][0]), bare[number][0]) for number in sorted(open_)]
    return chosen


def _possible_selectors(element: Tag) -> Iterator[str]:
    """Return the ways to name an element: by tag, class, id, and by the element that it is in."""
    own = list(_simple_selectors(element))
    yield from own
    parent = element.parent
    if isinstance(parent, Tag) and parent.name != "[document]":
        for above in _simple_selectors(parent):
            if above[0] in ".#" or above in ("article", "main", "body", "li"):
                yield f"{above} > {element.name}"
                yield from (f"{above} > {name}" for name in own if name[0] == ".")


def _simple_selectors(element: Tag) -> Iterator[str]:
    yield element.name
    for name in element.get_attribute_list("class"):
        if name and NAME.match(name):
            yield f".{name}"
            yield f"{element.name}.{name}"
    id_ = element.get("id")
    if isinstance(id_, str) and NAME.match(id_):
        yield f"#{id_}"


def _exact_selector(element: Tag) -> str:
    """Return a selector for one element alone, by its place."""
    steps: list[str] = []
    here: Tag | None = element
    while here is not None and here.name not in ("html", "[document]"):
        id_ = here.get("id")
        if isinstance(id_, str) and NAME.match(id_):
            steps.append(f"#{id_}")
            break
        place = 1 + sum(isinstance(before, Tag) for before in here.previous_siblings)
        steps.append("body" if here.name == "body" else f"{here.name}:nth-child({place})")
        here = here.parent
    return " > ".join(reversed(steps))


def _reason_for(element: Tag, inner: Set[int], outer: Set[int]) -> str:
    """Return why an element is left out; `inner` are the comments, `outer` what they are in."""
    if element.name == "h1" or element.find("h1") is not None:
        return HEADLINE
    above = [id(parent) for parent in (element, *element.parents)]
    around = not outer.isdisjoint(above) and not APART.search(names(element))
    if around or not inner.isdisjoint(above):
        return AROUND_COMMENTS
    if element.get("role") == "banner":  # of a page's head; as a class it is an advertisement's
        return "head"
    said = " ".join(names(parent) for parent in (element, *list(element.parents)[:1]) if parent.name != "body")
    return next((reason for pattern, reason in REASONS if re.search(pattern, said)), REST)
