"""The way through the house: from a folder to checked briefings, and from those to the pages of a site.

`plugin`, `cli` and the exports all come through here, so they cannot disagree about what is wrong or what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment

from briefing import anchor, check, load, pages, report
from briefing.edit.journal import NAME as JOURNAL
from briefing.edition import published
from briefing.model import Attachment, Briefing, Page
from briefing.pages.cards import EditUrl
from briefing.places import Place, Problem, TextFile, sort_problems

Check = Callable[[Path, str, load.People], "Checked"]
Render = Callable[[Briefing, Environment, EditUrl], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
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
class Library:
    """All briefings below a docs folder, checked."""

    briefings: tuple[Checked, ...]
    problems: tuple[Problem, ...]
    """Those of people.yml, which belongs to no single briefing."""
    files: Mapping[str, TextFile]
    names: tuple[str, ...]

    def located(self) -> Iterator[tuple[Problem, Mapping[str, TextFile]]]:
        """Every problem with the files that it points into, those of people.yml once."""
        yield from ((problem, self.files) for problem in self.problems)
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

    pages: tuple[Page, ...]
    attachments: tuple[Attachment, ...]
    listed: tuple[Briefing, ...]
    """Those that lists of briefings show."""


def check_library(docs: Path, paths: Iterable[str] | None = None, check: Check | None = None) -> Library:
    """Check all briefings below `docs`, or those in the folders `paths`; `check` may remember earlier ones."""
    people = load.load_people(docs)
    chosen = load.find_briefings(docs) if paths is None else tuple(paths)
    checked = tuple((check or check_briefing)(docs, path, people) for path in chosen)
    briefings = _looked_elsewhere(docs, checked)
    return Library(briefings, _sorted(people.problems, people.files), people.files, tuple(people.files))


def _looked_elsewhere(docs: Path, found: tuple[Checked, ...]) -> tuple[Checked, ...]:
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


def check_briefing(docs: Path, path: str, people: load.People) -> Checked:
    """Load, anchor and check the briefing in the folder `path` below `docs`.

    What is wrong in people.yml is among its problems if it names somebody who could not be read there.
    """
    loaded = load.load_briefing(docs, path, people.people, people.unread)
    more = pages.further(loaded.briefing) if loaded.briefing else ()
    found = (*loaded.problems, *_under_way(docs, path), *_collisions(docs, path, more))
    if loaded.briefing is None:
        return Checked(path, None, _sorted(found, loaded.files), loaded.files, loaded.names)
    briefing, unanchored = anchor.resolve(loaded.briefing)
    unread = any(people.unread.may_have(id, "people") for id in briefing.roles.keys() - briefing.people.keys())
    files = {**loaded.files, **(people.files if unread else {})}
    found = (*found, *unanchored, *check.run(briefing), *(people.problems if unread else ()))
    return Checked(path, briefing, _sorted(found, files), files, loaded.names)


def site(
    library: Library,
    templates: Environment,
    edit_url: EditUrl,
    *,
    preview: bool,
    language: str,
    render: Render = pages.render,
) -> Site:
    """The pages of all briefings. A preview has drafts too, and problems in place of what has errors."""
    found: list[Page] = []
    attached: list[Attachment] = []
    listed: list[Briefing] = []
    for checked in library.briefings:
        if checked.briefing is None or checked.broken:
            if preview:
                found += _problem_pages(checked, templates, language)
            continue
        shown = checked.briefing if preview else published(checked.briefing)
        if shown:
            found += render(shown, templates, edit_url)
            attached += pages.attachments(shown)
            listed.append(shown)
    return Site(tuple(found), tuple(attached), tuple(listed))


def _problem_pages(checked: Checked, templates: Environment, language: str) -> tuple[Page, ...]:
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


def _files_of(page: str) -> tuple[str, str]:
    """The files of an author's own that MkDocs would publish at the address of a page."""
    return ("index.md", "README.md") if page == "index" else (f"{page}.md", f"{page}/index.md")


def _sorted(problems: Iterable[Problem], files: Mapping[str, TextFile]) -> tuple[Problem, ...]:
    return tuple(sort_problems(problems, files))
