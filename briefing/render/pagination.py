"""The way from one page of a list to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.check.stances import Same
from briefing.model import Briefing, Theme
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages

_NEAR = 2
"""Pages before and after this one that are named; with them the first and the last."""


@dataclass(frozen=True, slots=True)
class PagerStep:
    """One entry of a pager."""

    link: Markup
    """Empty for this page and for a gap."""
    label: str
    current: bool


def pager_steps(number: int, of: int, address: Callable[[int], str], say: Messages) -> tuple[PagerStep, ...]:
    """From page `number` to the others; empty where there is one alone. `address` is where a page is, from this one."""
    if of <= 1:
        return ()
    shown = {1, of, *range(number - _NEAR, number + _NEAR + 1)} & {*range(1, of + 1)}
    found: list[PagerStep] = []
    before = 0
    for each in sorted(shown):
        if each > before + 1:
            found.append(PagerStep(Markup(), "…", False))
        before = each
        label, here = say("pager.page", n=each), each == number
        found.append(
            PagerStep(Markup() if here else link(in_markdown(say.number(each)), address(each), label), label, here)
        )
    return tuple(found)


COMMENTS_PER_PAGE = 250
"""About 250 KB of HTML, as long a page as still opens and scrolls at once on a phone."""
FEW_THEMES = 12
"""Themes that can be read at one sitting, one after the other."""
_CARD = 4
"""Comments that take as much room as the card of a theme."""


@dataclass(frozen=True, slots=True)
class Section:
    """A theme with its comments, or a part of one that is too long for a page."""

    theme: Theme | None
    """None for the comments that are in no theme, those that were set aside among them."""
    comments: tuple[str, ...]
    """Ids, in the theme's order."""
    begins: bool
    """Whether it is the first part."""


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of comments."""

    name: str
    """Of the page, without its ending."""
    sections: tuple[Section, ...] = ()
    """What it has by theme; empty for the overview, and where all comments stand on one page in their order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of comments."""

    pages: tuple[CommentPage, ...]
    """None where there are no comments."""
    places: Mapping[str, str]
    """By the id of a comment or theme: the name of the page where it stands."""

    @property
    def by_theme(self) -> bool:
        """Whether the comments stand by theme, on several pages."""
        return len(self.pages) > 1


def layout(briefing: Briefing) -> Layout:
    """Where each comment and theme stands."""
    return _layout(Same(briefing))


@lru_cache(maxsize=8)  # every page of a briefing asks, and those across briefings
def _layout(key: Same) -> Layout:
    briefing = key.briefing
    ids = [comment.id for comment in briefing.comments]
    if len(ids) <= COMMENTS_PER_PAGE and len(briefing.themes) <= FEW_THEMES:
        names = dict.fromkeys((*ids, *(theme.id for theme in briefing.themes)), _name(1))
        return Layout((CommentPage(_name(1)),) if ids else (), names)
    packed = [CommentPage(_name(n), sections) for n, sections in enumerate(_packed(_sections(briefing)), 2)]
    places: dict[str, str] = {}
    for page in packed:
        for section in page.sections:
            for id in (*((section.theme.id,) if section.theme else ()), *section.comments):
                places.setdefault(id, page.name)
    return Layout((CommentPage(_name(1)), *packed), places)


def further(briefing: Briefing) -> tuple[str, ...]:
    """The names of all pages of comments but the first."""
    return tuple(page.name for page in layout(briefing).pages[1:])


def _name(number: int) -> str:
    return "comments" if number == 1 else f"comments-{number}"


def _sections(briefing: Briefing) -> Iterator[tuple[Theme | None, tuple[str, ...]]]:
    """Every theme with its comments, in the author's order, then those in none."""
    ids = dict.fromkeys(comment.id for comment in briefing.comments)
    themed: set[str] = set()
    for theme in briefing.themes:
        own = tuple(dict.fromkeys(member.comment for member in theme.members if member.comment in ids))
        themed.update(own)
        yield theme, own
    if rest := tuple(id for id in ids if id not in themed):
        yield None, rest


def _packed(sections: Iterable[tuple[Theme | None, tuple[str, ...]]]) -> Iterator[tuple[Section, ...]]:
    """As many sections on a page as it has room for; one that has no room on any page is parted."""
    page: list[Section] = []
    room = COMMENTS_PER_PAGE
    for theme, ids in sections:
        for start in range(0, max(len(ids), 1), COMMENTS_PER_PAGE):
            part = Section(theme, ids[start : start + COMMENTS_PER_PAGE], start == 0)
            if page and len(part.comments) > room:
                yield tuple(page)
                page, room = [], COMMENTS_PER_PAGE
            page.append(part)
            room -= len(part.comments) + _CARD
    if page:
        yield tuple(page)
