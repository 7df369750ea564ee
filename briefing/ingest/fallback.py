"""Comments in markup that nobody has described: what repeats, names a person or a time, and holds words of its own.

Elements of one look (tag and classes) are a group. A group is taken for comments where the words around it say so, or
where its members have both a person and a time; lists of links to other articles are not. What is found so is
uncertain, and the draft says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bs4.element import NavigableString, Tag

from briefing.ingest.comments import NONE, Comments
from briefing.ingest.dates import day
from briefing.ingest.draft import DraftComment
from briefing.ingest.page import Page, names
from briefing.language.rules import Language
from briefing.readers.html import BLOCKS

Path = tuple[str, ...]
"""How an element is reached from the member of a group that it stands in."""

COMMENTS = re.compile(
    r"\b(?:comments?|kommentare?\w*|commentaires?|comentarios?|commenti|reacties?|repl(?:y|ies)|respons(?:e|es)|antworten?|"
    r"réponses?|respuestas?|discuss(?:ion|ions)?|diskussion\w*|debatte\w*|conversation|opinions?|meinung\w*|stimmen|"
    r"leser\w*|leserbriefe?|feedback|thread|gästebuch|guestbook|reader\w*|letters?|notes?|post(?:ed|s)?|komment\w*)\b"
)
NO_COMMENTS = re.compile(
    r"\b(?:related|recommend\w*|teasers?|cards?|more|stories|promo\w*|nav\w*|menu|breadcrumbs?|footer|share|social|"
    r"newsletter|popular|trending|widget|archive|sidebar|tags?|author bio|products?|gallery|slides?)\b"
)
RELATIVE = re.compile(
    r"\b(?:ago|yesterday|just now|gestern|heute|vor \d+|vor einer?|il y a|hace \d+|"
    r"\d+ ?(?:min|h|hrs?|std|d|mo|yr)s?)\b",
    re.IGNORECASE,
)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "b", "strong", "p", "div", "span", "summary"}
FEWEST = 2
"""Members of a group whose surroundings say that they are comments; others need one more."""
MOST = 20_000
"""Members that are looked at: a page with more is no article."""


@dataclass(frozen=True, slots=True)
class Member:
    """One element of a group, with its own words by where they stand in it."""

    element: Tag
    strings: Mapping[Path, tuple[NavigableString, ...]]


def unknown_comments(page: Page, article: set[int], language: Language) -> Comments:
    """The most likely group of comments outside the article, which is given as indexes of paragraphs."""
    best, most = NONE, 0.0
    for elements in _groups(page, article):
        found, score = _judged(page, elements, language)
        if score > most:
            best, most = found, score
    return best


def _groups(page: Page, article: set[int]) -> Iterator[list[Tag]]:
    """Elements that look alike and hold words, outside the article."""
    taken = {id(node) for number in article for node in page.blocks[number].strings}
    groups: dict[tuple[object, ...], list[Tag]] = {}
    wordy: dict[int, int] = {}
    barred: set[int] = set()
    for block in page.blocks:
        for node in block.strings:
            inside = id(node) in taken
            for parent in node.parents:
                if inside:
                    barred.add(id(parent))
                else:
                    wordy[id(parent)] = wordy.get(id(parent), 0) + len(node.split())
    for element in page.soup.find_all(True):
        if element.name in ("html", "body", "td", "dt", "a", "b", "i", "span", "p", "time") and not (
            element.name in ("td", "p") and element.get("class")
        ):
            continue
        if id(element) not in barred and wordy.get(id(element), 0) >= 2 and not _in_frame(element):
            groups.setdefault(_look(element), []).append(element)
    return (elements for elements in groups.values() if FEWEST <= len(elements) <= MOST)


def _in_frame(element: Tag) -> bool:
    return any(parent.name in ("nav", "footer", "form", "header") for parent in element.parents)


def _look(element: Tag) -> tuple[object, ...]:
    """Tag and classes, without what counts; where there are no classes, siblings only."""
    classes = tuple(sorted(re.sub(r"\d+", "#", name) for name in element.get_attribute_list("class") if name))
    parent = element.parent
    own = "-" in element.name
    return (element.name, classes) if classes or own else (element.name, id(parent))


def _judged(page: Page, elements: Sequence[Tag], language: Language) -> tuple[Comments, float]:
    """A group as comments, and how much speaks for it; nothing speaks for it at 0."""
    group = {id(element) for element in elements}
    members = [_member(page, element, group) for element in elements]
    members = [member for member in members if member.strings]
    body = _body(members, language)
    if body is None:
        return NONE, 0
    texts = [_words(member, body) for member in members]
    kept = [number for number, strings in enumerate(texts) if strings]
    if len(kept) < FEWEST:
        return NONE, 0
    kept = kept[1:] if _opens(texts, kept) else kept
    heads = {number: _head(page, members[number], texts[number]) for number in kept}
    timed = sum(_is_time(members[number].element, heads[number], language) for number in kept) / len(kept)
    signed = sum(bool(_author(heads[number], language)) for number in kept) / len(kept)
    linked = sum(_is_teaser(members[number].element) for number in kept) / len(kept)
    around = _around(members[kept[0]].element)
    says = bool(COMMENTS.search(around))
    denies = bool(NO_COMMENTS.search(around)) and not says
    sure = says and (timed >= 0.5 or signed >= 0.5)
    likely = timed >= 0.7 and signed >= 0.7 and len(kept) > FEWEST and linked < 0.3 and not denies
    if linked >= 0.5 or not (sure or likely):
        return NONE, 0
    words = sum(len(node.split()) for number in kept for node in texts[number])
    score = words * (1 + timed + signed) * (2 if says else 1) * (1 + log(len(kept)) / 10)
    return _comments(page, members, texts, heads, kept, language), score


def _member(page: Page, element: Tag, group: set[int]) -> Member:
    """The words of an element that are not those of another member inside it."""
    found: dict[Path, list[NavigableString]] = {}
    for node in page.strings(element):
        path: list[str] = []
        for parent in node.parents:
            if parent is element:
                found.setdefault(tuple(reversed(path)), []).append(node)
                break
            if id(parent) in group:
                break
            if isinstance(parent, Tag) and (parent.name in BLOCKS or "-" in parent.name):
                path.append(_step(parent))
    return Member(element, {path: tuple(nodes) for path, nodes in found.items()})


def _step(element: Tag) -> str:
    return ".".join([element.name, *sorted(name for name in element.get_attribute_list("class") if name)])


def _body(members: Sequence[Member], language: Language) -> Path | None:
    """Where the words of most members stand: where most words are that are not the same everywhere."""
    words: Counter[Path] = Counter()
    holders: Counter[Path] = Counter()
    texts: dict[Path, set[str]] = {}
    for member in members:
        for path, nodes in member.strings.items():
            text = " ".join(" ".join(nodes).split())
            words[path] += 0 if _says_time(text, language) else len(text.split())
            holders[path] += 1
            texts.setdefault(path, set()).add(text)
    various = [
        path
        for path in words
        if holders[path] >= max(FEWEST, len(members) / 2) and len(texts[path]) > 0.6 * holders[path]
    ]
    if not various:
        return None
    body = max(various, key=lambda path: words[path])
    above = body[:-1]
    last = body[-1].split(".")[0] if body else ""
    return above if last in ("p", "li", "blockquote") and above and not _others(members, above, body) else body


def _others(members: Iterable[Member], above: Path, body: Path) -> bool:
    """Whether something else than flowing text stands beside the words."""
    flow = ("p", "ul", "ol", "blockquote", "pre", "li")
    return any(
        path[: len(above)] == above
        and path != body
        and (len(path) == len(above) or not path[len(above)].startswith(flow))
        for member in members
        for path in member.strings
    )


def _words(member: Member, body: Path) -> tuple[NavigableString, ...]:
    """A member's own words."""
    return tuple(node for path, nodes in member.strings.items() if path[: len(body)] == body for node in nodes)


def _opens(texts: Sequence[Sequence[NavigableString]], kept: Sequence[int]) -> bool:
    """Whether the first member is the article that the others answer, as in a forum."""
    lengths = [sum(len(node.split()) for node in texts[number]) for number in kept]
    return len(kept) > FEWEST and lengths[0] >= 80 and lengths[0] > 3 * sum(lengths[1:]) / len(lengths[1:])


def _head(page: Page, member: Member, words: Sequence[NavigableString]) -> list[str]:
    """What else stands in a member, or for a description in the term before it."""
    inside = {id(node) for node in words}
    rest = [str(node) for nodes in member.strings.values() for node in nodes if id(node) not in inside]
    if member.element.name == "dd":
        term = member.element.find_previous_sibling()
        rest = [str(node) for node in page.strings(term)] if term is not None and term.name == "dt" else rest
    return [" ".join(part.split()) for part in rest if part.strip()]


def _is_time(element: Tag, head: Sequence[str], language: Language) -> bool:
    return element.find("time") is not None or any(_says_time(part, language) for part in head)


def _says_time(text: str, language: Language) -> bool:
    """Whether a text is about as long as a time with a name, and has a time in it."""
    return len(text.split()) <= 12 and bool(RELATIVE.search(text) or day(text, language))


def _author(head: Sequence[str], language: Language) -> str:
    """The first short text that is no time and no button."""
    for part in head:
        words = re.split(r"\b(?:schrieb|wrote|says|said|am|on|posted)\b|[·|,:]", part, maxsplit=1)[0].strip()
        letters = sum(character.isalpha() for character in words)
        if (
            words
            and len(words.split()) <= 4
            and letters >= 2
            and not day(words, language)
            and not RELATIVE.search(words)
        ):
            return words
    return ""


def _is_teaser(element: Tag) -> bool:
    """Whether a heading in it is a link to somewhere else."""
    heading = element.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    link = heading.find("a") if heading is not None else None
    around = heading.find_parent("a") if heading is not None else None
    return any(isinstance(tag, Tag) and not str(tag.get("href", "#")).startswith("#") for tag in (link, around))


def _around(element: Tag) -> str:
    """What the look of an element and of what it stands in says, and the heading before it."""
    said = [names(element)]
    inner: Tag = element
    for parent in list(element.parents)[:4]:
        if parent.name in ("body", "html", "[document]") or not isinstance(parent, Tag):
            break
        said.append(names(parent))
        inner = parent
        said += _heading(parent)
    for place in (element, inner, *(parent for parent in list(element.parents)[:3])):
        before = place.find_previous_sibling()
        if before is not None and before.name in HEADINGS:
            said.append(_short(before))
    return " ".join(said).lower()


def _heading(element: Tag) -> list[str]:
    first = next((child for child in element.children if isinstance(child, Tag)), None)
    return [_short(first)] if first is not None and first.name in HEADINGS else []


def _short(element: Tag) -> str:
    text = " ".join(element.get_text(" ").split())
    return text if len(text.split()) <= 8 else ""


def _comments(
    page: Page,
    members: Sequence[Member],
    texts: Sequence[Sequence[NavigableString]],
    heads: Mapping[int, Sequence[str]],
    kept: Sequence[int],
    language: Language,
) -> Comments:
    places = {id(members[number].element): index for index, number in enumerate(kept)}
    made = []
    for number in kept:
        element = members[number].element
        parent = next((places[id(above)] for above in element.parents if id(above) in places), None)
        time = element.find("time")
        stamp = time.get("datetime") if isinstance(time, Tag) else None
        dated = [stamp] if isinstance(stamp, str) else []
        when = next((found for part in (*dated, *heads[number]) if (found := day(part, language))), "")
        text = "\n".join(page.paragraphs(texts[number]))
        made.append(DraftComment(text, _author(heads[number], language), when, None, parent))
    strings = tuple(tuple(texts[number]) for number in kept)
    return Comments("", tuple(made), strings, tuple(members[number].element for number in kept))
