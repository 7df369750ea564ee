"""One briefing, alone: names and bytes of a folder → problems, facts, pages. A pure function with a frozen result.

It sees no other briefing, no path and no clock, so the result is the same in any process and on any machine, and can be
kept by what went in. What its pages show of other briefings is an open slot in them, which `site_build` fills.

Public view: what of a briefing a publication holds: drafts and items in review are in nothing that a build makes,
nor are the works that only they cite.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urljoin

from msgspec import Struct, field
from msgspec.structs import replace

from briefing import anchor, check, load, render
from briefing.load.folder_files import FolderFiles
from briefing.model import (
    JOURNAL,
    Annotation,
    Assessment,
    Attachment,
    Briefing,
    Derived,
    Figure,
    Origin,
    Quotation,
    Theme,
    Withdrawn,
)
from briefing.model.manifest import MANIFEST, encode_manifest
from briefing.model.places import Place, Problem, TextFile, sort_problems
from briefing.model.prose import Prose, keys
from briefing.model.publication import NOWHERE, Publication
from briefing.pipeline.timing import step_done
from briefing.render.routes import PARTS
from briefing.render.statements import with_labels

if TYPE_CHECKING:  # a check makes no pages
    from briefing.render.environment import Templates
    from briefing.render.page_html import HtmlRules, PageHtml
    from briefing.render.slots import OpenPage

# --- public view -----------------------------------------------------------------------------------------------------


_Item = TypeVar("_Item", bound=Annotation | Derived | Theme)


def public_view(briefing: Briefing) -> Briefing | None:
    """Return the briefing as the public may see it; None where it is not published at all."""
    if briefing.status != "published":
        return None
    if all(item.status == "published" for item in (*briefing.annotations, *briefing.derived, *briefing.themes)):
        return briefing  # nothing is left out, and what the check has worked out serves its pages, too
    kept = replace(
        briefing,
        quotations=_published(briefing.quotations),
        figures=_published(briefing.figures),
        derived=_published(briefing.derived),
        context=_published(briefing.context),
        themes=_published(briefing.themes),
        withdrawn=(*briefing.withdrawn, *_under_review(briefing)),
    )
    annotations, themes = {a.id for a in kept.annotations}, {theme.id for theme in kept.themes}
    unpublished = set(_cited(briefing)) - set(_cited(kept))
    return replace(
        kept,
        anchors={id: anchor for id, anchor in briefing.anchors.items() if id in annotations},
        attributions={id: span for id, span in briefing.attributions.items() if id in annotations},
        words={key: anchor for key, anchor in briefing.words.items() if key[0] in themes},
        references=tuple(work for work in briefing.references if work.id not in unpublished),
    )


def _under_review(briefing: Briefing) -> Iterator[Withdrawn]:
    """Yield what was released and is under review: its address says so until it is shown again."""
    for item in (*briefing.annotations, *briefing.derived, *briefing.themes):
        if item.status == "review" and briefing.releases and item.id in briefing.releases.entries:
            origin = cast(Origin, item.at.path[0])
            yield Withdrawn(id=item.id, was=item.was, origin=origin, date="", reason="", at=item.at)


def whole_text(briefing: Briefing) -> Briefing:
    """Return the briefing as its author sees it alone: the whole source, also where a build shows excerpts."""
    if briefing.source.publish == "full":
        return briefing
    return replace(briefing, source=replace(briefing.source, publish="preview"))


def _published(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(item for item in items if item.status == "published")


def _cited(briefing: Briefing) -> Iterator[str]:
    """Yield the ids of all that a briefing cites, annotation by annotation."""
    for prose in (briefing.summary, *briefing.key_points):
        yield from _in_prose(prose)
    for item in (*briefing.annotations, *briefing.derived):
        yield from _in_prose(item.note)
        if isinstance(item, Quotation | Figure):
            yield from _in_assessment(item.assessment)
        if isinstance(item, Figure) and item.series:
            yield from (point.cite for point in item.series.points)
        if isinstance(item, Quotation):
            yield from (wording.cite for wording in item.wordings)
        if isinstance(item, Derived):
            yield from (given.cite for given in item.inputs)
    for theme in briefing.themes:
        yield from _in_prose(theme.summary)


def _in_prose(prose: Prose | None) -> Iterator[str]:
    yield from (key.id for key in keys(prose)) if prose else ()


def _in_assessment(assessment: Assessment | None) -> Iterator[str]:
    if assessment:
        yield from assessment.evidence
        yield from _in_prose(assessment.note)
        yield from _in_prose(assessment.response)


# --- briefing build --------------------------------------------------------------------------------------------------


class Registers(Struct, frozen=True):
    """What all briefings of a docs folder share: people.yml, measures.yml and topics.yml."""

    people: load.People
    measures: load.Measures
    topics: load.Topics

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in them."""
        return (*self.people.problems, *self.measures.problems, *self.topics.problems)

    @property
    def files(self) -> Mapping[str, TextFile]:
        """By name: what their problems point into."""
        return {**self.people.files, **self.measures.files, **self.topics.files}


class EditLinks(Struct, frozen=True):
    """Where a file is edited, by the rules that MkDocs has for pages; without settings, nowhere."""

    repository: str = ""
    edit_uri: str = ""
    template: str = ""

    def __call__(self, file: str) -> str:
        """Return where a file, named relative to the docs folder, is edited; empty where there is no such address."""
        if self.template:
            tail = self.template.format(path=file, path_noext=file.rpartition(".")[0])
        elif self.edit_uri:
            tail = self.edit_uri + file
        else:
            return ""
        return urljoin(self.repository.rstrip("/") + "/", tail) if self.repository else tail


class PageSettings(Struct, frozen=True):
    """How the pages of a briefing are made."""

    templates: Templates
    edit: EditLinks = field(default_factory=EditLinks)
    parts: frozenset[str] = frozenset(PARTS)
    """The pages across briefings that the site has."""
    preview: bool = False
    """Whether drafts are shown."""
    whole: bool = False
    """Whether all of a source is shown, also where a build shows excerpts: to its author alone."""
    html: HtmlRules | None = None
    """How HTML is made of the pages; None where nobody wants it."""
    publication: Publication = NOWHERE
    """The site, which citations name with its address."""
    copies: tuple[str, ...] = ()
    """The formats of the copies in one file that are wanted beside the pages."""


class BriefingBuild(Struct, frozen=True):
    """All that is made of one briefing's folder."""

    path: str
    """Its folder, relative to the docs folder."""
    briefing: Briefing | None
    """None where too little of it could be read; otherwise what is valid of it, drafts too."""
    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]
    """By path relative to the docs folder: what problems point into."""
    names: tuple[str, ...]
    """Every file that belongs to the folder format, relative to the docs folder; none is published as it is."""
    facts: Briefing | None = None
    """The records that other pages show: what readers see of it. None where nothing is to be published."""
    pages: tuple[OpenPage, ...] = ()
    html: tuple[PageHtml | None, ...] = ()
    """Each page as HTML, None where that is not certain; empty where nobody wants it."""
    attachments: tuple[Attachment, ...] = ()
    registers: Mapping[str, TextFile] = field(default_factory=dict)
    """The files that all briefings share, as it was checked with them."""

    @property
    def broken(self) -> bool:
        """Whether it must not be published."""
        return self.briefing is None or any(problem.severity == "error" for problem in self.problems)


def build_briefing(files: FolderFiles, registers: Registers, settings: PageSettings | None = None) -> BriefingBuild:
    """Load, anchor and check a briefing, and make its pages where `settings` say how; a broken one has none.

    What is wrong in people.yml or measures.yml is among its problems if it names what could not be read there.
    Raises ContentNeededError where the bytes of a file that it names were not taken along.
    """
    people, measures = registers.people, registers.measures
    loaded = load.parse_briefing(files, people.people, people.unread, measures)
    step_done("load")
    path, found = loaded.path, [*loaded.problems, *_interrupted(files)]
    if loaded.briefing is None:
        found += _page_collisions(files)
        problems = _sorted(found, loaded.files)
        return BriefingBuild(path, None, problems, loaded.files, loaded.names, registers=registers.files)
    briefing, unanchored = anchor.resolve(loaded.briefing)
    step_done("anchor")
    found += _page_collisions(files, render.further(briefing), render.further_files(briefing))
    unread = any(people.unread.may_have(id, "people") for id in briefing.roles.keys() - briefing.people.keys())
    unmeasured = any(f.measure and measures.unread.may_have(f.measure, "measures") for f in briefing.figures)
    concerned: list[load.People | load.Measures] = [*([people] if unread else []), *([measures] if unmeasured else [])]
    all_files = {**loaded.files, **{name: file for register in concerned for name, file in register.files.items()}}
    found += (*unanchored, *check.run(briefing), *(p for register in concerned for p in register.problems))
    problems = _sorted(found, all_files)
    step_done("check")
    checked = BriefingBuild(path, briefing, problems, all_files, loaded.names, registers=registers.files)
    return _with_pages(checked, briefing, settings, files) if settings and not checked.broken else checked


def _with_pages(
    checked: BriefingBuild, briefing: Briefing, settings: PageSettings, files: FolderFiles
) -> BriefingBuild:
    facts = with_labels(briefing) if settings.preview else public_view(briefing)
    if facts is None:
        return checked
    shown = whole_text(facts) if settings.whole else facts
    environment, site = settings.templates.environment(), settings.publication
    copies = () if settings.preview else settings.copies
    pages = render.render(shown, environment, settings.edit, settings.parts, settings.preview, site, copies)
    step_done("pages")
    copied: tuple[Attachment, ...] = ()
    if copies:
        from briefing.render.copies import copy_files
        from briefing.render.copy_links import with_links

        copied = copy_files(facts, pages, site, copies)
        pages = with_links(facts, pages, copied, copies)
        step_done("copies")
    html: tuple[PageHtml | None, ...] = ()
    if settings.html:
        from briefing.render.page_html import page_html

        html = tuple(page_html(page, settings.html) for page in pages)
    step_done("HTML")
    beside = render.attachments(facts, shown, site, copied, copies)
    if not settings.preview:
        beside = (*beside, _manifest_file(facts, checked.names, files))
    step_done("files beside pages")
    return replace(checked, facts=facts, pages=pages, html=html, attachments=beside)


def _manifest_file(facts: Briefing, names: Iterable[str], files: FolderFiles) -> Attachment:
    """Return the manifest of what readers see, with the hashes of the folder's files by their names in it."""
    from briefing.render.manifest import manifest

    contents = ((name, files.entries.get(name)) for name in names)
    inputs = {
        name.removeprefix(f"{files.path}/"): hashlib.sha256(content).hexdigest()
        for name, content in contents
        if isinstance(content, bytes)
    }
    return Attachment(f"{facts.path}/{MANIFEST}", encode_manifest(manifest(facts, inputs)))


def _interrupted(files: FolderFiles) -> Iterator[Problem]:
    """A command that was interrupted between two files: what is read now is neither the old state nor the new."""
    if JOURNAL in files.entries:
        message = "a command was interrupted, so that some files are new and others old"
        hint = f"finish it:\nbriefing rebase -b {files.path or '.'}"
        yield Problem("change-under-way", message, Place(JOURNAL), hint)


def _page_collisions(files: FolderFiles, more: Iterable[str] = (), more_files: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield the author's own files where pages or files would be generated; they stay, and the build says so."""
    taken = [(f"page “{name}”", file) for name in (*render.NAMES, *more) for file in files_of_page(name)]
    taken += [(f"file “{name}”", name) for name in (*render.FILES, *more_files)]
    for what, file in taken:
        if files.has(file):
            yield Problem(
                "page-collision",
                f"the {what} of this briefing would be generated where your file stands",
                Place(f"{files.path or '.'}/{file}"),
                "rename or move your file; its content stays yours and is not overwritten",
            )


def files_of_page(page: str, folder: str = "") -> tuple[str, ...]:
    """Return the files of an author's own that MkDocs would publish at the address of a page."""
    names = ("index.md", "README.md") if page == "index" else (f"{page}.md", f"{page}/index.md")
    return tuple(folder + name for name in names)


def _sorted(problems: Iterable[Problem], files: Mapping[str, TextFile]) -> tuple[Problem, ...]:
    return tuple(sort_problems(problems, files))
