"""Ordinary pages: every citation, card and list that one asks for is looked up, then written in its place.

What is no key of ours is left as it is, byte for byte. What is wrong becomes a problem, and in its place the page says
that it is not verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from briefing.check.grounds import without_excerpt
from briefing.model.places import Problem, TextFile, in_file
from briefing.pipeline.store import MemoryStore, Store, remembered
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import index
from briefing.render.listing import listing
from briefing.render.messages import messages
from briefing.render.prose_markdown import label
from briefing.render.routes import NO_ROUTES, Routes, folder_link
from briefing.site.cited_numbers import number_problems
from briefing.site.lookup import (
    CITATION,
    EMBEDDED,
    CitationKey,
    Lookup,
    LookupResult,
    card,
    card_key,
    citation_keys,
    look_up,
    wanted,
)
from briefing.site.markdown_scan import Ask, Bracket, Directive, scan
from briefing.site.quoted_prose import quoted_problems

Piece = Callable[[], str]
"""Writes what is in the place of something that a page asked for."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A page with everything that it asked for."""

    markdown: str
    asked: bool
    """Whether anything in it was ours."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page is filled in with."""

    lookup: Lookup
    templates: Environment
    language: str
    """Of the site."""
    routes: Routes = NO_ROUTES
    """The pages across briefings, which a list of all of them begins with."""
    author: str = ""
    """Who makes the site, which such a list says; empty where its configuration does not name them."""
    broken: tuple[tuple[str, str], ...] = ()
    """Path and title of each briefing that a preview has only the problems of, which such a list begins with."""


def check_page(text: str, file: str, lookup: Lookup) -> tuple[Problem, ...]:
    """Return what is wrong with what a page asks for; `file` is its path below the docs folder."""
    asks = scan(text)
    asked = (problem for ask in asks for problem in _problems(text, ask, lookup, file))
    quoted = quoted_problems(text, file, asks, lookup)
    return (*asked, *quoted, *number_problems(text, file, asks, lookup))


def check_pages(texts: Mapping[str, str], lookup: Lookup) -> tuple[tuple[Problem, ...], Mapping[str, TextFile]]:
    """Return what is wrong with several pages, and their files to locate it in."""
    found = tuple(problem for file, text in sorted(texts.items()) for problem in check_page(text, file, lookup))
    return found, {at: TextFile(at, texts[at]) for at in {problem.at.file for problem in found}}


def fill(text: str, file: str, setting: Setting) -> Filled:
    """Return the page with citations, cards and lists in place of what asks for them."""
    numbers: dict[tuple[str, str], int] = {}
    parts: list[str] = []
    at = 0
    for ask in scan(text):
        written = _written(text, ask, file, setting, numbers)
        if written is not None:
            parts += (text[at : ask.span.start], written)
            at = ask.span.end
    return Filled("".join((*parts, text[at:])), bool(parts))


@dataclass(frozen=True, slots=True)
class OrdinaryPages:
    """What fills in the ordinary pages of a site."""

    setting: Setting
    reported: frozenset[tuple[str, str]]
    """File and message of each problem that was found in the pages as they were written."""
    key: str = ""
    """A hash of all that the pages may show."""
    store: Store = field(default_factory=MemoryStore, compare=False, repr=False)

    def fill(self, text: str, file: str) -> Filled:
        """Return the page with what it asks for."""
        if not scan(text):
            return Filled(text, asked=False)
        found: Filled = remembered(
            self.store, "page filled", Filled, lambda: fill(text, file, self.setting), self.key, text, file
        )
        return found

    def new_problems(self, text: str, file: str) -> Iterator[Problem]:
        """Yield what is wrong with a page as other plugins have made it, without what is reported already."""
        lookup = self.setting.lookup
        found: tuple[Problem, ...] = remembered(
            self.store,
            "page checked",
            tuple[Problem, ...],
            lambda: check_page(text, file, lookup),
            self.key,
            text,
            file,
        )
        for problem in found:
            if (file, problem.message) not in self.reported:
                yield problem


# --- what is wrong ----------------------------------------------------------------------------------------------


def _problems(text: str, ask: Ask, lookup: Lookup, file: str) -> Iterator[Problem]:
    if isinstance(ask, Bracket):
        yield from _of_citation(text, ask, lookup, file)
    elif ask.kind == "briefings":
        yield from wanted(text, ask, lookup, file)[1]
    else:
        found = _embedded(text, ask, lookup, file)
        yield from (found.problem,) if found.problem else ()


def _of_citation(text: str, ask: Bracket, lookup: Lookup, file: str) -> Iterator[Problem]:
    found = [look_up(lookup, key, file) for key in citation_keys(text, ask.inner)]
    if any(one.path for one in found):
        if not _ours(text, ask, found):
            hint = "write keys of briefings alone between brackets, parted by semicolons: [@folder/id; @folder/other]"
            message = f"“{ask.span.of(text)}” mixes a citation of a briefing with other words or keys"
            yield Problem("unsupported-markup", message, in_file(file, ask.span.start, ask.span.end), hint)
        yield from (one.problem for one in found if one.problem)


def _ours(text: str, ask: Bracket, found: list[LookupResult]) -> bool:
    """Return whether brackets hold keys of briefings and nothing else."""
    return CITATION.fullmatch(text, ask.inner.start, ask.inner.end) is not None and all(one.path for one in found)


def _embedded(text: str, ask: Directive, lookup: Lookup, file: str) -> LookupResult:
    """Return what a card is asked of; unlike a citation, it can be nothing but ours."""
    at = in_file(file, ask.argument.start, max(ask.argument.end, ask.argument.start + 1))
    key = card_key(text, ask.argument)
    if key is None:
        hint = "write the folder of a briefing, a slash and an id: <!-- briefing: nato-ammunition/overtaken -->"
        return LookupResult("", problem=Problem("unknown-citation", "this names no annotation", at, hint))
    found = look_up(lookup, key, file)
    if not found.path:
        near = ", ".join(f"“{path.rpartition('/')[2]}”" for path in list(lookup.checked)[:8])
        message = f"there is no briefing “{key.briefing}”"
        return LookupResult("", problem=Problem("unknown-citation", message, at, f"the briefings are {near}"))
    if found.item and not found.problem and found.item.kind not in EMBEDDED:
        message = f"“{key.id}” is a {found.item.kind}, and only annotations, derived figures and themes have cards"
        return LookupResult(
            found.path, found.item, Problem("unknown-citation", message, at, f"cite it: [@{key.briefing}/{key.id}]")
        )
    return found


# --- what is written --------------------------------------------------------------------------------------------


def _written(text: str, ask: Ask, file: str, setting: Setting, numbers: dict[tuple[str, str], int]) -> str | None:
    """Return what is in the place of something; None where it stays as it is."""
    lookup = setting.lookup
    if isinstance(ask, Bracket):
        found = [look_up(lookup, key, file) for key in citation_keys(text, ask.inner)]
        if not any(one.path for one in found):
            return None
        if not _ours(text, ask, found):
            return _unverified(ask.span.of(text), setting)
        links = (
            _citation(one, key, file, setting, numbers)
            for one, key in zip(found, citation_keys(text, ask.inner), strict=True)
        )
        return f'<span class="bf-cite">{", ".join(links)}</span>{_reading(found, file, setting)}'
    if ask.kind == "briefings":
        chosen = wanted(text, ask, lookup, file)[0].of(tuple(lookup.shown.values()))
        everything = not ask.argument.of(text).strip()
        routes, author, broken = (setting.routes, setting.author, setting.broken) if everything else (NO_ROUTES, "", ())
        return listing(chosen, file, setting.templates, setting.language, routes, author, broken)
    found_one = _embedded(text, ask, lookup, file)
    briefing = lookup.shown.get(found_one.path)
    if (
        found_one.item is None
        or briefing is None
        or not _shows(lookup, found_one)
        or found_one.item.kind not in EMBEDDED
    ):
        return _unverified(ask.argument.of(text), setting)
    return card(briefing, found_one.item.id, file, setting.templates)


def _citation(
    found: LookupResult, key: CitationKey, file: str, setting: Setting, numbers: dict[tuple[str, str], int]
) -> Markup:
    briefing = setting.lookup.shown.get(found.path)
    if briefing is None or found.item is None or not _shows(setting.lookup, found):
        return Markup(_unverified(f"@{key.briefing}/{key.id}", setting))
    entry = index(briefing)[found.item.id]
    number = numbers.setdefault((found.path, found.item.id), len(numbers) + 1)
    title = f"{entry.name} ({briefing.title})"
    return link(
        in_markdown(messages(setting.language).number(number)), f"{folder_link(file, briefing.path)}{entry.href}", title
    )


def _reading(found: list[LookupResult], file: str, setting: Setting) -> Markup:
    """Return the sign that no words are recorded of any work that is cited; empty where there is more to see."""
    last = setting.lookup.shown.get(found[-1].path)
    cited = [(setting.lookup.shown.get(one.path), one.item) for one in found]
    if last and all(briefing and item and item.id in without_excerpt(briefing) for briefing, item in cited):
        return label(messages(setting.language), folder_link(file, last.path))
    return Markup()


def _shows(lookup: Lookup, found: LookupResult) -> bool:
    """Return whether the site has what was found, as a preview has drafts too."""
    briefing = lookup.shown[found.path]
    return found.item is not None and found.item.id in index(briefing)


def _unverified(words: str, setting: Setting) -> str:
    """Return what tells readers that something could not be verified, in place of a link that leads nowhere."""
    remark = in_markdown(messages(setting.language)("page.unverified"))
    return f'<span class="bf-unverified"><code>{in_markdown(words)}</code> ({remark})</span>'
