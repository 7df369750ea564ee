"""The pages and files of a site as values that are read when they are asked for: a site of any size fits into memory.

Each has a key, a hash of its content, so that whoever has made something of it need not read it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from briefing.collection import Echoes
from briefing.model import Attachment, Briefing, Page
from briefing.pipeline.built import BuiltBriefing, PageOutline
from briefing.pipeline.encoding import digest
from briefing.render.page_html import HtmlRules, PageHtml, PageLinks, links_html, page_html
from briefing.render.slots import OpenPage, echo_links


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of a site; its text is read or made when it is asked for, and not held."""

    path: str
    """Relative to the docs folder, ending in .md."""
    edit: str
    """The file to open for a change, relative to the docs folder."""
    key: str
    """A hash of its text and its HTML."""
    make: Callable[[], Page] = field(compare=False, repr=False)
    make_html: Callable[[], PageHtml | None] = field(compare=False, repr=False)
    make_links: Callable[[], PageLinks | None] = field(compare=False, repr=False)

    @property
    def markdown(self) -> str:
        """Its text."""
        return self.make().markdown

    @property
    def html(self) -> PageHtml | None:
        """The page as HTML without open slots; None where that is not certain, or the site has no rules for it."""
        return self.make_html()

    @property
    def links(self) -> PageLinks | None:
        """Where it leads, and where others can lead within it; None where that is not certain either."""
        return self.make_links()


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that is made beside the pages; its content is read or made when it is asked for, and not held."""

    path: str
    """Relative to the docs folder."""
    key: str
    """A hash of its content."""
    make: Callable[[], Attachment] = field(compare=False, repr=False)

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.make().content


class Facts(Mapping[str, Briefing]):
    """What readers see of each briefing by its path; each is read when it is asked for."""

    def __init__(self, builds: Iterable[BuiltBriefing] = ()) -> None:
        self.builds = {build.path: build for build in builds}

    def __getitem__(self, path: str) -> Briefing:
        facts = self.builds[path].facts
        assert facts is not None
        return facts

    def __iter__(self) -> Iterator[str]:
        return iter(self.builds)

    def __len__(self) -> int:
        return len(self.builds)

    def with_aliases(self) -> Iterator[Briefing]:
        """Yield those that have former paths."""
        yield from (self[path] for path, build in self.builds.items() if build.outline.aliases)

    @property
    def key(self) -> str:
        """A hash of them all, which reads none."""
        return digest([(path, build.outline.facts) for path, build in self.builds.items()])


# --- of one briefing -------------------------------------------------------------------------------------------------


def links_of(path: str, language: str, echoes: Echoes, annotation: str) -> str:
    """Return the links from an annotation of the briefing at `path` to the same words in others."""
    found = echoes.get((path, annotation))
    return echo_links(path, language, found) if found else ""


def site_pages(build: BuiltBriefing, echoes: Echoes, rules: HtmlRules | None) -> Iterator[SitePage]:
    """Yield the pages of a build as they are read later."""
    links = partial(links_of, build.path, build.outline.language, echoes)
    pages, html, led = (partial(_last_used, build, part) for part in ("pages", "html", "links"))
    for at, page in enumerate(build.outline.pages):
        key = digest(page.key, [links(slot) for slot in page.slots]) if page.slots else page.key
        text, in_html = partial(_filled, pages, at, links), partial(_in_html, html, at, links, rules)
        yield SitePage(page.path, page.edit, key, text, in_html, partial(_reach, led, page, at, links, rules))


@lru_cache(maxsize=8)  # what a briefing has is asked for piece by piece; the pages of all would fill the memory
def _last_used(build: BuiltBriefing, part: str) -> Any:
    return getattr(build, part)


def _filled(pages: Callable[[], Sequence[OpenPage]], at: int, links: Callable[[str], str]) -> Page:
    return pages()[at].filled(links)


def _in_html(
    pages: Callable[[], Sequence[PageHtml | None]], at: int, links: Callable[[str], str], rules: HtmlRules | None
) -> PageHtml | None:
    """Return a page as HTML with its slots filled; None where that is not certain."""
    every = pages()
    page = every[at] if every else None
    if page is None or rules is None:
        return None
    slots = [part.annotation for part in page.parts if not isinstance(part, str)]
    made = _in_slots(slots, page.path, links, rules)
    if made is None:
        return None
    filled = page.filled(lambda id: made[id][0])
    return replace(page, parts=(filled,), links=_all_links(page.links, made))


def _reach(
    pages: Callable[[], Sequence[PageLinks | None]],
    outline: PageOutline,
    at: int,
    links: Callable[[str], str],
    rules: HtmlRules | None,
) -> PageLinks | None:
    """Return where a page leads with its slots filled, without reading its HTML."""
    every = pages()
    page = every[at] if every else None
    if page is None or rules is None:
        return None
    made = _in_slots(outline.slots, outline.path, links, rules)
    return None if made is None else PageLinks(page.anchors, _all_links(page.links, made))


_InSlots = Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]


def _in_slots(slots: Iterable[str], path: str, links: Callable[[str], str], rules: HtmlRules) -> _InSlots | None:
    """Return the HTML that fills the slots of the page at `path`, and where it leads; None where that is not
    certain."""
    written = {id: links(id) for id in slots}
    made = {id: links_html(markdown, path, rules) if markdown else ("", ()) for id, markdown in written.items()}
    known = {id: each for id, each in made.items() if each}
    return known if len(known) == len(made) else None


def _all_links(own: Iterable[tuple[str, str]], made: _InSlots) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*own, *(link for _, led in made.values() for link in led))))


def site_files(build: BuiltBriefing) -> Iterator[SiteFile]:
    """Yield the files beside the pages of a build as they are read later."""
    for at, file in enumerate(build.outline.attachments):
        yield SiteFile(file.path, file.key, partial(_attachment, build, at))


def _attachment(build: BuiltBriefing, at: int) -> Attachment:
    found: Attachment = _last_used(build, "attachments")[at]
    return found


def made_page(page: Page, rules: HtmlRules | None) -> SitePage:
    """Return a page that is there already."""
    html = page_html(page, rules) if rules else None
    return SitePage(
        page.path, page.edit, digest(page, rules), lambda: page, lambda: html, lambda: html.reach if html else None
    )


def made_file(file: Attachment) -> SiteFile:
    """Return a file that is there already."""
    return SiteFile(file.path, digest(file), lambda: file)
