"""From a folder to checked briefings, and from those to the pages of a site.

The plugin, the commands and the exports all use it, so they cannot disagree about what is wrong or what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Those
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from briefing import anchor, check, load, report
from briefing import render as pages
from briefing.check import quoted_in_registers
from briefing.collection import Collection, collect, spelling_problems
from briefing.model import JOURNAL, Attachment, Briefing, Page
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.pipeline.public_view import public_view
from briefing.render.context import EditUrl
from briefing.render.routes import NO_ROUTES, PARTS, Routes

Check = Callable[[Path, str, load.People, load.Measures], "CheckedBriefing"]
Render = Callable[[Briefing, Environment, EditUrl, Routes], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class CheckedBriefing:
    """A briefing after all stages before the pages, and all that was found on the way."""

    path: str
    """Its folder, relative to the docs folder."""
    briefing: Briefing | None
    """None where too little of it could be read; otherwise what is valid of it."""
    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]
    """By path relative to the docs folder: what problems point into."""
    names: tuple[str, ...]
    """Every file that belongs to the folder format, relative to the docs folder; none is published as it is."""

    @property
    def broken(self) -> bool:
        """Whether it must not be published."""
        return self.briefing is None or any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class CheckedBriefings:
    """All briefings below a docs folder, checked."""

    briefings: tuple[CheckedBriefing, ...]
    problems: tuple[Problem, ...]
    """Those of people.yml and measures.yml, which belong to no single briefing."""
    files: Mapping[str, TextFile]
    names: tuple[str, ...]
    """The files of people.yml and measures.yml; none is published as it is."""
    across: tuple[Problem, ...] = ()
    """Those that only several briefings together have."""

    def located(self) -> Iterator[tuple[Problem, Mapping[str, TextFile]]]:
        """Every problem with the files that it points into, those of people.yml and measures.yml once."""
        yield from ((problem, self.files) for problem in self.problems)
        if self.across:
            everything = {name: file for checked in self.briefings for name, file in checked.files.items()}
            yield from ((problem, everything) for problem in self.across)
        for checked in self.briefings:
            own = (problem for problem in checked.problems if problem.at.file not in self.files)
            yield from ((problem, checked.files) for problem in own)

    @property
    def broken(self) -> bool:
        """Whether any briefing must not be published."""
        return any(problem.severity == "error" for problem, _ in self.located())


@dataclass(frozen=True, slots=True)
class Site:
    """What a library adds to a site."""

    pages: tuple[Page, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    listed: tuple[Briefing, ...] = ()
    """Those that lists of briefings show."""
    signs: Routes = NO_ROUTES
    """The pages across briefings that there are."""
    navigation: frozenset[str] = frozenset()
    """The pages that a navigation may name which makes itself from files; all others stay out, however many."""
    problems: tuple[Problem, ...] = ()
    """What stands in the way of pages across briefings."""
    collection: Collection = field(default_factory=Collection)
    """The records across the listed briefings."""


def check_library(docs: Path, paths: Iterable[str] | None = None, check: Check | None = None) -> CheckedBriefings:
    """Check all briefings below `docs`, or those in the folders `paths`; `check` may remember earlier ones."""
    people, measures = load.load_people(docs), load.load_measures(docs)
    chosen = load.find_briefings(docs) if paths is None else tuple(paths)
    checked = tuple((check or check_briefing)(docs, path, people, measures) for path in chosen)
    briefings = _looked_elsewhere(docs, checked)
    files = {**people.files, **measures.files}
    quoted = quoted_in_registers([c.briefing for c in briefings if c.briefing])
    problems = _sorted((*people.problems, *measures.problems, *quoted), files)
    across = _sorted(spelling_problems([c.briefing for c in briefings if c.briefing]), {})
    return CheckedBriefings(briefings, problems, files, load.register_files(docs), across)


def _looked_elsewhere(docs: Path, found: tuple[CheckedBriefing, ...]) -> tuple[CheckedBriefing, ...]:
    """The same with a hint where words that were not found stand in the source of another briefing of the site."""
    lost = {checked.path for checked in found if any(problem.code == "orphan" for problem in checked.problems)}
    sources = load.source_texts(docs) if lost else {}
    return tuple(
        replace(checked, problems=check.elsewhere(checked.briefing, checked.problems, _others(sources, checked.path)))
        if checked.briefing and checked.path in lost
        else checked
        for checked in found
    )


def _others(sources: Mapping[str, str], path: str) -> Mapping[str, str]:
    return {other: text for other, text in sources.items() if other != path}


def check_briefing(
    docs: Path, path: str, people: load.People, measures: load.Measures | None = None
) -> CheckedBriefing:
    """Load, anchor and check the briefing in the folder `path` below `docs`.

    What is wrong in people.yml or measures.yml is among its problems if it names what could not be read there.
    """
    measures = measures or load.Measures()
    loaded = load.load_briefing(docs, path, people.people, people.unread, measures)
    more = pages.further(loaded.briefing) if loaded.briefing else ()
    found = (*loaded.problems, *_under_way(docs, path), *_collisions(docs, path, more))
    if loaded.briefing is None:
        return CheckedBriefing(path, None, _sorted(found, loaded.files), loaded.files, loaded.names)
    briefing, unanchored = anchor.resolve(loaded.briefing)
    unread = any(people.unread.may_have(id, "people") for id in briefing.roles.keys() - briefing.people.keys())
    unmeasured = any(f.measure and measures.unread.may_have(f.measure, "measures") for f in briefing.figures)
    registers: list[load.People | load.Measures] = [*([people] if unread else []), *([measures] if unmeasured else [])]
    files = {**loaded.files, **{name: file for register in registers for name, file in register.files.items()}}
    found = (*found, *unanchored, *check.run(briefing), *(p for register in registers for p in register.problems))
    return CheckedBriefing(path, briefing, _sorted(found, files), files, loaded.names)


def check_alone(docs: Path, path: str) -> CheckedBriefing:
    """The same for one briefing, with people.yml and measures.yml as they are."""
    return check_briefing(docs, path, load.load_people(docs), load.load_measures(docs))


def site(
    library: CheckedBriefings,
    templates: Environment,
    edit_url: EditUrl,
    *,
    preview: bool,
    language: str,
    render: Render = pages.render,
    parts: Those[str] = PARTS,
    taken: Those[str] = (),
    feeds: bool = False,
) -> Site:
    """The pages of all briefings, and those across them. A preview has drafts too, and problems in place of what has
    errors.

    `parts` are the pages across briefings that are wanted; `taken` are the paths of the author's own pages, which stay;
    `render` may remember earlier pages; `feeds` says whether pages of people and topics lead to feeds of theirs.
    """
    listed = tuple(shown for checked in library.briefings if (shown := _shown(checked, preview)))
    collection = collect(listed)
    signs = pages.make_routes(collection, parts, feeds=feeds)
    found: list[Page] = []
    attached: list[Attachment] = []
    if preview:
        found += (page for c in library.briefings if c.broken for page in _problem_pages(c, templates, language))
    for briefing in listed:
        found += render(briefing, templates, edit_url, signs)
        attached += pages.attachments(briefing)
    across = pages.across(collection, signs, templates, language)
    own = {page.path: file for page in across for file in _addresses(page.path) if file in taken}
    problems = tuple(_taken(path, file) for path, file in own.items())
    kept = (page for page in across if page.path not in own)
    navigation = frozenset((*(path for _, path in signs.indexes), *_named(listed)))
    return Site((*found, *kept), tuple(attached), listed, signs, navigation, problems, collection)


def _shown(checked: CheckedBriefing, preview: bool) -> Briefing | None:
    """What a site has of a briefing; None for one that is broken, or not published in a build."""
    if checked.briefing is None or checked.broken:
        return None
    return checked.briefing if preview else public_view(checked.briefing)


NAMED = 30
"""Briefings in a navigation that makes itself. Every page holds all of the navigation, so more would make a site grow
with the square of its briefings; lists lead to them."""


def _named(listed: Sequence[Briefing]) -> Iterator[str]:
    """The overviews that a navigation may name."""
    yield from (f"{briefing.path}/index.md" for briefing in (listed if len(listed) <= NAMED else ()))


def _addresses(path: str) -> tuple[str, ...]:
    """The files of an author's own that MkDocs would publish at the address of a page."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    files = _files_of(name, f"{folder}/")
    return (*files, f"{folder}.md") if name == "index" else files


def _taken(page: str, file: str) -> Problem:
    part = page.partition("/")[0]
    hint = f"rename or move your file, or leave `{part}` out of the setting `library`; your file stays as it is"
    return Problem(
        "page-collision", "a page across briefings would be generated where your file stands", Place(file), hint
    )


def _problem_pages(checked: CheckedBriefing, templates: Environment, language: str) -> tuple[Page, ...]:
    title = checked.briefing.title if checked.briefing else checked.path
    reports = [report.as_text(problem, checked.files) for problem in checked.problems]
    more = pages.further(checked.briefing) if checked.briefing else ()
    return pages.broken(checked.path, title, reports, templates, language, more)


def _under_way(docs: Path, path: str) -> Iterator[Problem]:
    """A rebase that was interrupted between two files: what is read now is neither the old briefing nor the new."""
    if (docs / path / JOURNAL).exists():
        yield Problem(
            "change-under-way",
            "a rebase was interrupted, so that some files are new and others old",
            Place(f"{path}/{JOURNAL}"),
            f"finish it:\nbriefing rebase {path}",
        )


def _collisions(docs: Path, path: str, more: Iterable[str]) -> Iterator[Problem]:
    """The author's own files where pages would be generated; they stay, and the build says so."""
    folder = docs / path
    taken = [(f"page “{name}”", file) for name in (*pages.NAMES, *more) for file in _files_of(name)]
    taken += [(f"file “{name}”", name) for name in pages.DOWNLOADS]
    for what, file in taken:
        if (folder / file).exists():
            yield Problem(
                "page-collision",
                f"the {what} of this briefing would be generated where your file stands",
                Place(f"{path}/{file}"),
                "rename or move your file; its content stays yours and is not overwritten",
            )


def _files_of(page: str, folder: str = "") -> tuple[str, ...]:
    """The files of an author's own that MkDocs would publish at the address of a page."""
    names = ("index.md", "README.md") if page == "index" else (f"{page}.md", f"{page}/index.md")
    return tuple(folder + name for name in names)


def _sorted(problems: Iterable[Problem], files: Mapping[str, TextFile]) -> tuple[Problem, ...]:
    return tuple(sort_problems(problems, files))
