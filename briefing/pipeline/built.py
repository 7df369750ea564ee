"""A briefing's build as the rest of a site meets it: an outline at once, its parts when somebody asks for them.

The parts are read from a store, so that a build of a thousand briefings holds none of their pages, and one in which
nothing has changed reads none. What the outline has is what lists, addresses and messages of a site need of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from briefing import render
from briefing.collection import SearchedWords, TagUse, WordHashes, date_of, searched_words, tag_uses, word_hashes
from briefing.model import Attachment, Briefing
from briefing.model.places import Problem, TextFile
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.pipeline.encoding import UnencodableError, decode, digest, encode
from briefing.render.slots import EchoSlot, OpenPage

if TYPE_CHECKING:  # a check makes no HTML
    from briefing.render.page_html import PageHtml, PageLinks

OUTLINE = "outline"
"""The part that is read first."""


class PageOutline(Struct, frozen=True):
    """A page of a briefing without its text."""

    path: str
    edit: str
    key: str
    """A hash of its text and its HTML, with the slots as they are."""
    slots: tuple[str, ...]
    """The annotations whose words other briefings may have, in the order of the page."""


class FileOutline(Struct, frozen=True):
    """A file beside the pages without its content."""

    path: str
    key: str
    """A hash of its content."""


class SearchedPage(Struct, frozen=True):
    """What a search has of a page."""

    page: str
    """Its name in the folder of its briefing, or the path of a page across briefings."""
    records: int
    size: int
    """Characters."""
    key: str
    """A hash of the records."""


class Outline(Struct, frozen=True, kw_only=True):
    """What a site needs to know of each of its briefings."""

    path: str
    problems: tuple[Problem, ...]
    names: tuple[str, ...]
    """Every file that belongs to the folder format, relative to the docs folder."""
    withheld: tuple[str, ...] = ()
    """Other files of its folder that are not published as long as it is not."""
    readable: bool
    """Whether there is a briefing at all."""
    status: str = ""
    """Empty where it cannot be read; so are all the others."""
    title: str = ""
    language: str = ""
    date: str = ""
    said: str = ""
    """See `date_of`."""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tag_uses: tuple[TagUse, ...] = ()
    whole: str = ""
    """A hash of the briefing, drafts included."""
    facts: str = ""
    """A hash of what readers see of it; empty where nothing is to be published."""
    pages: tuple[PageOutline, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """See `render.page_labels`."""
    attachments: tuple[FileOutline, ...] = ()
    searched: tuple[SearchedPage, ...] | None = None
    """The pages of which a search has records; None where that has not been noted."""


class PackedBuild(Struct, frozen=True):
    """A build as bytes: what processes send each other and stores keep."""

    parts: Mapping[str, bytes]


@cache
def _kinds() -> Mapping[str, Any]:
    """Return the type of each part by its name."""
    from briefing.render.page_html import PageHtml, PageLinks

    pages, html, links = tuple[OpenPage, ...], tuple[PageHtml | None, ...], tuple[PageLinks | None, ...]
    briefing, files = Briefing, dict[str, TextFile]
    kinds = (Outline, briefing, briefing, files, pages, html, links, tuple[Attachment, ...], SearchedWords, WordHashes)
    return dict(zip(PACKED, kinds, strict=True))


PACKED = (OUTLINE, "briefing", "facts", "files", "pages", "html", "links", "attachments", "words", "hashes")
"""The names of the parts of every build."""
_HELD = ("briefing", "facts", "files")
"""Parts that stay once they were asked for; the others are asked for once."""


class BuiltBriefing:
    """A briefing's build; each part is decoded when it is asked for."""

    __slots__ = ("_held", "outline", "read")

    def __init__(
        self, outline: Outline, read: Callable[[str], bytes | None], held: dict[str, Any] | None = None
    ) -> None:
        self.outline = outline
        self.read = read
        """Gives a part as bytes; None where there is none."""
        self._held = held if held is not None else {}

    @classmethod
    def of(cls, build: BriefingBuild) -> BuiltBriefing:
        """Return a build that has just been made, with all that it has in memory."""
        outline = outline_of(build)
        return cls(outline, lambda part: None, parts_of(build, outline))

    def __reduce__(self) -> Any:
        raise TypeError("what is in a store is not sent; send PackedBuild")

    @property
    def path(self) -> str:
        """Its folder, relative to the docs folder."""
        return self.outline.path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in it."""
        return self.outline.problems

    @property
    def names(self) -> tuple[str, ...]:
        """Every file that belongs to the folder format, relative to the docs folder."""
        return self.outline.names

    @property
    def broken(self) -> bool:
        """Whether it must not be published."""
        return not self.outline.readable or any(problem.severity == "error" for problem in self.problems)

    @property
    def briefing(self) -> Briefing | None:
        """What is valid of it, drafts too; None where too little of it could be read."""
        found: Briefing | None = self._part("briefing") if self.outline.readable else None
        return found

    @property
    def facts(self) -> Briefing | None:
        """What readers see of it; None where nothing is to be published."""
        if not self.outline.facts:
            return None
        found: Briefing = self._part("briefing" if self.outline.facts == self.outline.whole else "facts")
        return found

    @property
    def files(self) -> Mapping[str, TextFile]:
        """By path relative to the docs folder: what problems point into."""
        found: Mapping[str, TextFile] = self._part("files")
        return found

    @property
    def pages(self) -> tuple[OpenPage, ...]:
        """Its pages, in the order of `outline.pages`."""
        found: tuple[OpenPage, ...] = self._part("pages")
        return found

    @property
    def html(self) -> tuple[PageHtml | None, ...]:
        """Its pages as HTML, in the same order; empty where nobody wanted it."""
        found: tuple[PageHtml | None, ...] = self._part("html")
        return found

    @property
    def links(self) -> tuple[PageLinks | None, ...]:
        """Where each of these leads; those in slots are not among them."""
        found: tuple[PageLinks | None, ...] = self._part("links")
        return found

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files beside its pages, in the order of `outline.attachments`."""
        found: tuple[Attachment, ...] = self._part("attachments")
        return found

    @property
    def words(self) -> SearchedWords:
        """What others may share with it; only of what is published."""
        found: SearchedWords = self._part("words")
        return found

    @property
    def hashes(self) -> WordHashes:
        """The same in hashes."""
        found: WordHashes = self._part("hashes")
        return found

    def with_problems(self, problems: Sequence[Problem]) -> BuiltBriefing:
        """Return the same build with other problems."""
        return BuiltBriefing(replace(self.outline, problems=tuple(problems)), self.read, self._held)

    def part(self, name: str, kind: Any) -> Any:
        """Return a part of any name that was packed with the build, as the type `kind`; None where it has none."""
        if name in self._held:
            return self._held[name]
        data = self.read(name)
        found = None if data is None else decode(data, kind)
        if name in _HELD:
            self._held[name] = found
        return found

    def _part(self, name: str) -> Any:
        return self._held[name] if name in self._held else self.part(name, _kinds()[name])


# --- made of a build -------------------------------------------------------------------------------------------------


def pack(
    build: BriefingBuild, more: Mapping[str, object], searched: tuple[SearchedPage, ...] | None = None
) -> PackedBuild:
    """Return a build as bytes, with parts that others add to it, and the pages that are searched. Raises
    UnencodableError.

    Of an original there is only what is said of it, since nothing but the check reads its bytes.
    """
    whole = build.briefing and _without_bytes(build.briefing)
    facts = whole if build.facts is build.briefing else build.facts and _without_bytes(build.facts)
    build = replace(build, briefing=whole, facts=facts)
    outline = replace(outline_of(build), searched=searched)
    parts = {OUTLINE: outline, **parts_of(build, outline), **more}
    return PackedBuild({name: encode(part) for name, part in parts.items()})


def parts_of(build: BriefingBuild, outline: Outline) -> dict[str, Any]:
    """Return the parts of a build by their names."""
    parts: dict[str, Any] = {
        "files": build.files,
        "pages": build.pages,
        "html": build.html,
        "links": tuple(page and page.reach for page in build.html),
        "attachments": build.attachments,
    }
    if build.briefing:
        parts["briefing"] = build.briefing
    if build.facts:
        words = searched_words(build.facts, partial(render.text_page_of_paragraph, build.facts))
        parts |= {"words": words, "hashes": word_hashes(words)}
        if outline.facts != outline.whole:
            parts["facts"] = build.facts
    return parts


def _withheld(build: BriefingBuild) -> tuple[str, ...]:
    recording = build.briefing.source.recording if build.briefing and build.facts is None else ""
    return (recording,) if recording and "://" not in recording else ()


def outline_of(build: BriefingBuild) -> Outline:
    """Return the outline of a build."""
    briefing, facts = build.briefing, build.facts
    known = Outline(
        path=build.path,
        problems=build.problems,
        names=build.names,
        readable=briefing is not None,
        withheld=_withheld(build),
    )
    if briefing is None:
        return known
    whole = _key(briefing)
    return replace(
        known,
        status=briefing.status,
        title=briefing.title,
        language=briefing.language,
        date=briefing.date,
        said=date_of(briefing),
        aliases=briefing.aliases,
        tags=briefing.tags,
        tag_uses=tuple(tag_uses(briefing)),
        whole=whole,
        facts=whole if facts is briefing else _key(facts) if facts else "",
        pages=tuple(_page_outline(page, html) for page, html in zip_longest(build.pages, build.html)),
        labels=tuple(render.page_labels(facts)) if facts else (),
        attachments=tuple(FileOutline(file.path, digest(file.content)) for file in build.attachments),
    )


def _page_outline(page: OpenPage, html: PageHtml | None) -> PageOutline:
    slots = tuple(part.annotation for part in page.parts if isinstance(part, EchoSlot))
    return PageOutline(page.path, page.edit, digest(page, html), slots)


def _without_bytes(briefing: Briefing) -> Briefing:
    """Return a briefing without the bytes of what it was made from, which may be large."""
    original, exports = briefing.source.original, briefing.comment_originals
    return replace(
        briefing,
        source=replace(briefing.source, original=replace(original, data=None) if original else None),
        comment_originals=tuple(replace(export, data=None) for export in exports),
    )


def _key(briefing: Briefing) -> str:
    briefing = _without_bytes(briefing)
    try:
        return digest(encode(briefing))
    except UnencodableError:
        return digest(briefing)
