"""Cuts long lists into pages, and leads from one page of a list to the others.

Lists across briefings are cut into pages of equal length; the comments of one briefing by theme, as far as a page has
room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.model import Briefing, Theme
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.routes import relative_link

T = TypeVar("T")

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
    """Return the way from page `number` to the others, empty where there is one alone.

    `address` is where a page is, from this one.
    """
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
        to = Markup() if here else link(in_markdown(say.number(each)), address(each), label)
        found.append(PagerStep(to, label, here))
    return tuple(found)


# --- lists across briefings -------------------------------------------------------------------------------------

MOST = 200
"""Entries on a page: one of that length opens at once on a phone."""


@dataclass(frozen=True, slots=True)
class PageSlice(Generic[T]):
    """The part of a list that is on one page."""

    first: str
    """The path of the list's first page, relative to the docs folder."""
    number: int
    """From 1."""
    of: int
    """How many pages the list has."""
    items: tuple[T, ...]

    @property
    def path(self) -> str:
        """The page's path, relative to the docs folder."""
        return slice_path(self.first, self.number)

    def pager(self, say: Messages) -> tuple[PagerStep, ...]:
        """Return the way to the list's other pages."""
        return pager_steps(
            self.number, self.of, lambda number: relative_link(self.path, slice_path(self.first, number)), say
        )


def paginate(path: str, items: Sequence[T]) -> Iterator[PageSlice[T]]:
    """Yield the pages of a list whose first page is at `path`; one, where it is empty."""
    count = max(1, -(-len(items) // MOST))
    for number in range(1, count + 1):
        yield PageSlice(path, number, count, tuple(items[(number - 1) * MOST : number * MOST]))


def slice_path(path: str, number: int) -> str:
    """Return the path of a page: `people/ada.md`, `people/ada/2.md`; of an index `people/index.md`, `people/_2.md`."""
    stem = path.removesuffix(".md")
    if number == 1:
        return path
    return f"{stem.removesuffix('index')}_{number}.md" if stem.endswith("/index") else f"{stem}/{number}.md"


# --- the comments of one briefing -------------------------------------------------------------------------------

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
    """What it has by theme; empty for the overview, and where all comments are on one page in their order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of comments."""

    pages: tuple[CommentPage, ...]
    """None where there are no comments."""
    places: Mapping[str, str]
    """By the id of a comment or theme: the name of the page that it is on."""

    @property
    def by_theme(self) -> bool:
        """Whether the comments are sorted by theme, on several pages."""
        return len(self.pages) > 1


def layout(briefing: Briefing) -> Layout:
    """Return the pages of a briefing's comments, and where each comment and theme is."""
    return briefing.derive(_lay_out)


def further(briefing: Briefing) -> tuple[str, ...]:
    """Return the names of all pages of comments but the first."""
    return tuple(page.name for page in layout(briefing).pages[1:])


def _lay_out(briefing: Briefing) -> Layout:
    ids = [comment.id for comment in briefing.comments]
    if len(ids) <= COMMENTS_PER_PAGE and len(briefing.themes) <= FEW_THEMES:
        names = dict.fromkeys((*ids, *(theme.id for theme in briefing.themes)), _page_name(1))
        return Layout((CommentPage(_page_name(1)),) if ids else (), names)
    packed = [CommentPage(_page_name(n), sections) for n, sections in enumerate(_pack(_sections(briefing)), 2)]
    places: dict[str, str] = {}
    for page in packed:
        for section in page.sections:
            for id in (*((section.theme.id,) if section.theme else ()), *section.comments):
                places.setdefault(id, page.name)
    return Layout((CommentPage(_page_name(1)), *packed), places)


def _page_name(number: int) -> str:
    return "comments" if number == 1 else f"comments-{number}"


def _sections(briefing: Briefing) -> Iterator[tuple[Theme | None, tuple[str, ...]]]:
    """Yield every theme with its comments, in the author's order, then the comments in none."""
    ids = dict.fromkeys(comment.id for comment in briefing.comments)
    themed: set[str] = set()
    for theme in briefing.themes:
        own = tuple(dict.fromkeys(member.comment for member in theme.members if member.comment in ids))
        themed.update(own)
        yield theme, own
    if rest := tuple(id for id in ids if id not in themed):
        yield None, rest


def _pack(sections: Iterable[tuple[Theme | None, tuple[str, ...]]]) -> Iterator[tuple[Section, ...]]:
    """Yield as many sections as a page has room for; a section that has no room on any page is divided."""
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
