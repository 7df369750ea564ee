"""Checks a site beside its briefings: its ordinary pages, reviews, former addresses, templates and raw files.

Summary: summarises the contents and status of a library: one row for each briefing, as a table, CSV or plain data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from briefing.check.grounds import folded_name
from briefing.load.folder_files import RAW
from briefing.load.project import Exclusions, exclusions, relative_name, spec_of
from briefing.model import Briefing
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.pipeline.checking import BriefingBuilds
from briefing.pipeline.store import MemoryStore, Store, remembered
from briefing.render.environment import Templates
from briefing.render.own_templates import template_problems
from briefing.site.lookup import make_lookup
from briefing.site.page_filler import check_pages
from briefing.site.redirects import alias_problems, name_problems, register_problems


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a site beside those of its briefings, sorted, with the files that they point into."""

    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]

    @property
    def broken(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def findings(
    library: BriefingBuilds,
    docs: Path,
    texts: Mapping[str, str],
    *,
    require_review: bool,
    configuration: Path | None = None,
    templates: Templates | None = None,
    former: Mapping[str, Sequence[str]] | None = None,
    store: Store | None = None,
) -> Findings:
    """Return what is wrong with a site; `texts` are its ordinary pages by their paths, `configuration` is the one that
    is used, where it has a name of its own, `templates` are those of its pages, `former` the paths under which its
    briefings were published before, and `store` has what was found earlier."""
    of_pages, files = _check_pages(library, texts, store)
    reviews: tuple[Problem, ...] = (
        remembered(
            store or MemoryStore(), "reviews", tuple[Problem, ...], partial(_reviews_missing, library), library.key
        )
        if require_review
        else ()
    )
    left_in = list(not_excluded(library, docs, configuration, store))
    outdated = list(template_problems(templates, lambda path: relative_name(Path(path), docs))) if templates else []
    problems = (
        *of_pages,
        *name_problems(library),
        *alias_problems(library, docs, former or {}),
        *register_problems(library, docs),
        *reviews,
        *(problem for problem, _ in left_in),
        *(problem for problem, _ in outdated),
    )
    everything = {
        **library.files_of(problems),
        **library.files,
        **files,
        **{file.name: file for _, file in outdated},
        **{file.name: file for _, file in left_in if file},
    }
    return Findings(tuple(sort_problems(problems, everything)), everything)


def _check_pages(
    library: BriefingBuilds, texts: Mapping[str, str], store: Store | None
) -> tuple[tuple[Problem, ...], Mapping[str, TextFile]]:
    """Return what is wrong with ordinary pages, and their files to locate it in."""
    if store is None:
        return check_pages(texts, make_lookup(library))
    problems: tuple[Problem, ...] = remembered(
        store,
        "pages checked",
        tuple[Problem, ...],
        lambda: check_pages(texts, make_lookup(library))[0],
        library.key,
        sorted(texts.items()),
    )
    return problems, {at: TextFile(at, texts[at]) for at in {problem.at.file for problem in problems}}


# --- reviews ----------------------------------------------------------------------------------------------------


def review_missing(briefing: Briefing) -> Iterator[Problem]:
    """Yield a problem for each published briefing or annotation that nobody but its authors has reviewed."""
    if briefing.status != "published":
        return
    if not _others(briefing.reviewed_by, briefing.authors):
        yield _unreviewed("the briefing", briefing.reviewed_by, Place(briefing.at.file, ("status",)))
    for item in (*briefing.annotations, *briefing.derived, *briefing.themes):
        by, reviewers = item.by or briefing.authors, item.reviewed_by or briefing.reviewed_by
        own = item.by or item.reviewed_by
        if item.status == "published" and own and not _others(reviewers, by):
            yield _unreviewed(f"“{item.id}”", reviewers, item.at.child("reviewed_by" if item.reviewed_by else "id"))


def _reviews_missing(library: BriefingBuilds) -> tuple[Problem, ...]:
    """Return the same of all briefings."""
    return tuple(one for checked in library.briefings if checked.briefing for one in review_missing(checked.briefing))


def _others(reviewers: Collection[str], authors: Collection[str]) -> set[str]:
    """Return the reviewers who are no authors; names are compared without regard to case and spaces."""
    return {folded_name(name) for name in reviewers} - {folded_name(name) for name in authors}


def _unreviewed(what: str, reviewers: Collection[str], at: Place) -> Problem:
    why = "was reviewed only by who wrote it" if reviewers else "was not reviewed"
    hint = "write `reviewed_by:` with the name of somebody else who has read it, or `status: review`"
    return Problem("review-missing", f"{what} is published and {why}", at, hint)


# --- raw files --------------------------------------------------------------------------------------------------


_NAMED = 3
"""Files that a message names."""


def not_excluded(
    library: BriefingBuilds, docs: Path, used: Path | None, store: Store | None = None
) -> Iterator[tuple[Problem, TextFile | None]]:
    """Yield a problem for each configuration that leaves raw files in the site, with the file that it points into.

    Zensical runs no plugin and says nothing of it, and to MkDocs a line that is missing from `plugins` is no error:
    both would publish names, drafts and originals. Only `exclude_docs` holds everywhere. What its patterns do is
    judged by the library that MkDocs asks, and on the files that are there.
    """
    raw = sorted({*library.names, *(name for checked in library.briefings for name in checked.names)})
    store = store or MemoryStore()
    for found in exclusions(docs, used) if raw else ():
        judge = partial(_not_matched, found.lines, raw)
        left = remembered(store, "raw files left in", tuple[str, ...], judge, found.lines, raw)
        if left:
            yield _left_in(found, left), found.file


def _not_matched(lines: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the files that a setting does not exclude."""
    spec = spec_of(lines)
    return tuple(name for name in names if not spec.match_file(name))


def _left_in(found: Exclusions, left: Sequence[str]) -> Problem:
    named = ", ".join(f"“{name}”" for name in left[:_NAMED])
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    message = f"only the plugin keeps raw files of briefings out of the site: {named}{more}"
    hint = "without the plugin, or under Zensical, they would be published as they are; write into this file:\n"
    return Problem("files-not-excluded", message, found.at, hint + _setting(_propose(found.lines, left), found.is_toml))


def _propose(lines: str, left: Sequence[str]) -> list[str]:
    """Return the lines that are there with those that the files `left` need after them."""
    own = [line for line in lines.splitlines() if line.strip()]
    useful = [line for line in RAW if not own or any(map(GitIgnoreSpec.from_lines([line]).match_file, left))]
    spec = GitIgnoreSpec.from_lines(useful)
    rest = [name for name in left if not spec.match_file(name)]
    return [*own, *useful, *(f"/{_escaped(name)}" for name in rest)]


def _escaped(name: str) -> str:
    """Return a path as a line of a .gitignore file that means it alone."""
    return re.sub(r"([\\*?\[\]!#]|\s(?=\s*$))", r"\\\1", name)


def _setting(lines: Sequence[str], is_toml: bool) -> str:
    if is_toml:
        return "\n".join(["exclude_docs = '''", *lines, "'''"])
    return "\n".join(["exclude_docs: |", *(f"  {line}" for line in lines)])
