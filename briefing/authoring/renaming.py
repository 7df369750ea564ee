"""Rename a briefing, an id, a person, a measure or a tag everywhere: in all briefings and in the pages that cite them.

Former addresses lead on: `aliases` of a briefing and `was` of everything else say what it was called. The site as it
would be is checked as a whole, and nothing is written where that finds an error that was not there before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing import load
from briefing.authoring import edit
from briefing.authoring.edit.files import BOM, Content, is_taken, remove_empty_folders, temporary, write_all
from briefing.authoring.edit.layout import value_at
from briefing.authoring.review.received import received_file
from briefing.authoring.rewriting import (
    PROSE,
    Fields,
    Rewrite,
    file_nodes,
    in_formula,
    in_links,
    in_prose,
    named_path,
    rewrite_page,
    rewrite_yaml,
    whole,
)
from briefing.collection import fold_tag
from briefing.load.folder_files import ANNOTATIONS
from briefing.load.schema.formats import ID, as_one_folder, wrong_folder
from briefing.load.site_files import CORRECTIONS, RELEASES, TOPICS
from briefing.load.yaml import Map, Seq
from briefing.model import Briefing
from briefing.model.places import NodePath, Problem, TextFile
from briefing.pipeline.checking import BriefingBuilds, check_library
from briefing.site.lookup import make_lookup, matching_paths
from briefing.site.page_filler import check_pages
from briefing.site.redirects import alias_problems, register_problems

LISTS = ("quotes", "figures", "derived", "context", "themes", "comments", "references")
"""What files have entries of that keep their former ids."""
REFERRING = frozenset({"cite", "dissent", "evidence", "highlights", "in", "reply_to"})
"""Fields that hold ids of the briefing that they are in."""
COMMENT_FIELDS = frozenset(
    {("comments", "id"), ("set_aside", "comment"), ("originals", "renumbered", "comment"), ("references", "id")}
)
SPEAKING = frozenset({"speaker", "via"})
MOST_BYTES = 200_000_000
"""Of a briefing's folder that is moved: its files are held in memory until all are written."""


class RenameError(Exception):
    """Something cannot be renamed; the message says why, to an author."""

    def __init__(
        self, message: str, problems: Iterable[Problem] = (), files: Mapping[str, TextFile] | None = None
    ) -> None:
        super().__init__(message)
        self.problems, self.files = tuple(problems), files or {}


@dataclass(slots=True)
class Renaming:
    """What a new name would change in a docs folder; nothing is written before `write`."""

    docs: Path
    library: BriefingBuilds
    pages: Mapping[str, str]
    """The ordinary pages, by their paths."""
    contents: dict[str, Content | None] = field(default_factory=dict)
    """The new content of each file that changes, by its path; None for one that goes."""
    was: dict[str, Content | None] = field(default_factory=dict)
    moved: tuple[str, str] | None = None
    """The folder of a briefing that moves, and where to."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The files that are written, in order."""
        return tuple(sorted(name for name, content in self.contents.items() if content is not None))

    def rewrite(self, files: Mapping[str, TextFile], fields: Mapping[str, Fields]) -> None:
        """Note the files with other names in some of their fields; `fields` are by what a file is called, or `notes`
        for the files of annotations."""
        for name, file in files.items():
            kind = "notes" if Path(name).parent.name == ANNOTATIONS else Path(name).stem
            if kind in fields and name.endswith(".yml"):
                self.put(file, rewrite_yaml(self.text(file), fields[kind]))

    def text(self, file: TextFile) -> TextFile:
        """Return a file as it is to be so far."""
        content = self.contents.get(file.name)
        return TextFile(file.name, content) if isinstance(content, str) else file

    def put(self, before: TextFile, after: TextFile) -> None:
        """Note the new text of a file."""
        if after.text != before.text:
            self.contents[before.name] = after.text

    def write(self) -> None:
        """Write all or nothing. Raises what `write_all` does; RenameError where a check finds a new error."""
        self.check()
        folders = ("" if one.path == "." else f"{one.path}/" for one in self.library.briefings)
        # what somebody else makes meanwhile would keep the old name
        was: dict[str, Content | None] = {folder + name: None for folder in folders for name in (RELEASES, CORRECTIONS)}
        was |= {**{name: file.text for name, file in self._files().items()}, **self.was}
        write_all(
            {self.docs / name: content for name, content in self.contents.items()},
            was={self.docs / name: before for name, before in was.items()},
            inside=self.docs,
        )
        if self.moved:
            remove_empty_folders(self.docs / self.moved[0])

    def check(self) -> None:
        """Raise RenameError where the site, as it would be, has more errors than before."""
        with temporary(self._files_then()) as copy:
            before = _errors(self.docs, self.library, self.pages)
            after = _errors(copy, check_library(copy), load.load_texts(copy))
        known = Counter(problem.code for problem, _ in before)
        codes = {code for code, many in Counter(problem.code for problem, _ in after).items() if many > known[code]}
        said = {(problem.code, problem.message) for problem, _ in before}
        fresh = [(one, files) for one, files in after if one.code in codes and (one.code, one.message) not in said]
        if codes:
            files = {name: file for _, each in fresh for name, file in each.items()}
            raise RenameError(
                "nothing was renamed: a check would then find what follows", (one for one, _ in fresh), files
            )

    def _files_then(self) -> dict[str, bytes]:
        """Return all files of briefings and pages as they would be."""
        present = {name: (self.docs / name).read_bytes() for name in _names(self.docs, self.library)}
        present |= {name: text.encode() for name, text in self.pages.items()}
        for name, content in self.contents.items():
            if content is None:
                present.pop(name, None)
            else:
                present[name] = content.encode() if isinstance(content, str) else content
        return present

    def _files(self) -> dict[str, TextFile]:
        return {
            **self.library.files,
            **{name: file for one in self.library.briefings for name, file in one.files.items()},
        }


def open_site(docs: Path) -> Renaming:
    """Read all briefings and pages of a docs folder, to rename something in them."""
    return Renaming(docs, check_library(docs), load.load_texts(docs))


def _names(docs: Path, library: BriefingBuilds) -> list[str]:
    names = [*library.names, *(name for one in library.briefings for name in one.names)]
    return [name for name in dict.fromkeys(names) if (docs / name).is_file()]


def _errors(
    docs: Path, library: BriefingBuilds, pages: Mapping[str, str]
) -> list[tuple[Problem, Mapping[str, TextFile]]]:
    found = [(problem, files) for problem, files in library.located() if problem.severity == "error"]
    problems, files = check_pages(pages, make_lookup(library))
    around = (*alias_problems(library, docs), *register_problems(library, docs))
    every = (
        *((problem, files) for problem in problems),
        *((problem, {**library.files, **library.files_of(around)}) for problem in around),
    )
    return [*found, *((problem, named) for problem, named in every if problem.severity == "error")]


# --- ids --------------------------------------------------------------------------------------------------------


def rename_id(site: Renaming, briefing: str, old: str, new: str) -> None:
    """Note what gives an annotation, theme, comment or reference of a briefing another id. Raises RenameError."""
    build = next(one for one in site.library.briefings if one.path == briefing)
    _refuse_id(new)
    files = build.files
    homes = [(file, path) for file in files.values() for path in _entries(file) if _id_at(file, path) == old]
    if not homes:
        raise RenameError(f"nothing in {briefing} has the id “{old}”")
    if any(_id_at(file, path) == new for file in files.values() for path in _entries(file)):
        raise RenameError(f"“{new}” is the id of something else in {briefing}")
    site.rewrite(files, _id_fields(old, new))
    _rewrite_remarks(site, briefing, old, new)
    _rename_released(site, files, old, new)
    for file, path in homes:
        if _is_public(site, file, path):
            _note_former(site, file, path, old, new)
    _rewrite_pages(site, briefing, lambda name, id: f"{name}/{new if id == old else id}")


def _rewrite_remarks(site: Renaming, briefing: str, old: str, new: str) -> None:
    """Note that the remarks of colleagues are about the new id."""
    file = received_file(site.docs, briefing)
    if file:
        exact = whole(old, new)
        site.put(
            file, rewrite_yaml(file, lambda path: exact if named_path(path) == ("remarks", "annotation") else None)
        )
        site.was[file.name] = file.text


def _rename_released(site: Renaming, files: Mapping[str, TextFile], old: str, new: str) -> None:
    """Note the id in the record of what readers were shown."""
    for file in files.values():
        if file.name.endswith(RELEASES) and ("entries", old) in file.nodes:
            site.put(file, rewrite_yaml(site.text(file), lambda path: None, {("entries", old): new}))


def ids_of(briefing: Briefing) -> set[str]:
    """Return the ids of a briefing that can be renamed."""
    named = (*briefing.annotations, *briefing.themes, *briefing.comments, *briefing.references)
    return {each.id for each in named}


def _id_fields(old: str, new: str) -> Mapping[str, Fields]:
    exact, prose, formula = whole(old, new), in_prose(old, new), in_formula(old, new)

    def notes(path: NodePath) -> Rewrite | None:
        names = named_path(path)
        if names[-1] == "formula":
            return formula
        if PROSE & {*names[-2:]}:
            return prose
        is_id = names[-1] == "id" and len(path) == 3 and names[0] != "withdrawn"
        in_theme = names in (("themes", "comments"), ("themes", "comments", "id"))
        return (
            exact if is_id or in_theme or (REFERRING & {names[-1]} and names[-2:] != ("dissent", "withheld")) else None
        )

    def others(path: NodePath) -> Rewrite | None:
        names = named_path(path)
        return exact if names in COMMENT_FIELDS or names[-1] in ("reply_to",) else None

    def main(path: NodePath) -> Rewrite | None:
        names = named_path(path)
        return exact if names == ("highlights",) else prose if PROSE & {*names} else None

    def corrections(path: NodePath) -> Rewrite | None:
        return exact if path[-1] == "id" else prose if {"before", "after"} & {*named_path(path)} else None

    def releases(path: NodePath) -> Rewrite | None:
        return prose if path[0] in ("briefing", "entries") else None

    told = {"corrections": corrections, "releases": releases}
    return {"notes": notes, "briefing": main, "comments": others, "references": others, **told}


def _entries(file: TextFile) -> list[NodePath]:
    """Return where the entries of a file are that have ids."""
    if not file.name.endswith(".yml"):
        return []
    return [path for path in file.nodes if len(path) == 2 and path[0] in LISTS and isinstance(path[1], int)]


def _id_at(file: TextFile, path: NodePath) -> str:
    node = file.nodes.get((*path, "id"))
    return node.span.of(file.text).strip("\"'") if node else ""


def _is_public(site: Renaming, file: TextFile, path: NodePath) -> bool:
    """Return whether readers may have linked to an entry."""
    return str(value_at(edit.parsed(site.text(file)).data, path).get("status") or "published") != "draft"


def _note_former(site: Renaming, file: TextFile, path: NodePath, old: str, new: str) -> None:
    """Note the former name at an entry."""
    now = site.text(file)
    former = _former(value_at(edit.parsed(now).data, path).get("was"))
    site.put(file, edit.set_field(now, path, "was", _with_former(former, old, new)))


def _former(held: object) -> list[str]:
    """Return one or several former names as a list."""
    return [str(each) for each in held] if isinstance(held, Seq) else [str(held)] if held else []


def _with_former(former: Iterable[str], old: str, new: str) -> list[str]:
    return [*(each for each in former if each not in (old, new)), old]


# --- registers --------------------------------------------------------------------------------------------------


def rename_person(site: Renaming, old: str, new: str) -> None:
    """Note what gives somebody of people.yml another id. Raises RenameError."""
    exact = whole(old, new)
    speaking: Fields = lambda path: exact if SPEAKING & {*named_path(path)[-1:]} else None  # noqa: E731

    def main(path: NodePath) -> Rewrite | None:
        names = named_path(path)
        return exact if names[-1] == "speaker" or names[:2] == ("source", "turns") else None

    _rename_key(site, "people.yml", old, new)
    for build in site.library.briefings:
        site.rewrite(build.files, {"notes": speaking, "briefing": main})
        file = build.files.get(f"{'' if build.path == '.' else build.path + '/'}briefing.yml")
        if file and ("people", old) in file.nodes:
            site.put(file, rewrite_yaml(site.text(file), lambda path: None, {("people", old): new}))


def rename_measure(site: Renaming, old: str, new: str) -> None:
    """Note what gives a measure of measures.yml another id. Raises RenameError."""
    exact = whole(old, new)
    _rename_key(site, "measures.yml", old, new)
    for build in site.library.briefings:
        site.rewrite(build.files, {"notes": lambda path: exact if named_path(path)[-1] == "measure" else None})


def _rename_key(site: Renaming, name: str, old: str, new: str) -> None:
    _refuse_id(new)
    file = site.library.files.get(name)
    if file is None or (old,) not in file.nodes:
        raise RenameError(f"there is no “{old}” in {name}")
    if (new,) in file.nodes:
        raise RenameError(f"“{new}” is in {name} already")
    site.put(file, rewrite_yaml(file, lambda path: None, {(old,): new}))
    now = site.text(file)
    entry = value_at(edit.parsed(now).data, (new,))
    if isinstance(entry, Map):
        _note_former(site, file, (new,), old, new)
    else:  # a person's name alone
        site.put(file, edit.set_field(now, (), new, {"name": str(entry), "was": [old]}))


def rename_tag(site: Renaming, old: str, new: str) -> None:
    """Note what gives a tag, in all its spellings, another name; where both are, the old goes. Raises RenameError."""
    new = " ".join(new.split())
    if not fold_tag(new):
        raise RenameError("a tag needs letters or digits")
    if '"' in new:
        raise RenameError("pages name a tag in straight quotation marks, so it can have none: write “…”")
    same = fold_tag(old)
    written: Rewrite = lambda text: new if fold_tag(text) == same else text  # noqa: E731
    tags: Fields = lambda path: written if named_path(path)[-1:] == ("tags",) else None  # noqa: E731
    for build in site.library.briefings:
        for file in [each for each in build.files.values() if each.name.endswith(".yml")]:
            site.put(file, _without_twice(site.text(file), same, fold_tag(new)))
        site.rewrite(build.files, {"notes": tags, "briefing": tags})
    quoted = new if re.fullmatch(r"[^\s\"']+", new) else f'"{new}"'

    def option(text: str) -> str:
        def other(found: re.Match[str]) -> str:
            return f"tag={quoted}" if fold_tag(found[1].strip('"')) == same else found[0]

        return re.sub(r"\btag=(\"[^\"]*\"|\S+)", other, text)

    for name, text in site.pages.items():
        if (after := rewrite_page(text, lambda path, id: f"{path}/{id}", option)) != text:
            site.contents[name], site.was[name] = after, text
    if not site.contents:
        raise RenameError(f"nothing has the tag “{old}”")
    if same != fold_tag(new):
        _rename_topic(site, old, new)


def _rename_topic(site: Renaming, old: str, new: str) -> None:
    """Note the former tag in topics.yml, at the tag that there is now; what it was called before goes with it."""
    present = site.library.files.get(TOPICS)
    file = present or TextFile(TOPICS, "")
    tree = edit.parsed(file)
    keys = {fold_tag(new): [new], fold_tag(old): []}
    for key in tree.data if isinstance(tree.data, Map) else ():
        keys.setdefault(fold_tag(str(key)), []).append(str(key))
    held = keys[fold_tag(old)]
    entry = keys[fold_tag(new)][-1]
    lists = [(key, "was") for key in (entry, *held) if (key, "was") in file_nodes(tree)]
    former = [each for path in lists for each in _former(value_at(tree.data, path))]
    known = dict.fromkeys(each for each in former if fold_tag(each) not in (fold_tag(old), fold_tag(new)))
    after = edit.set_field(file, (entry,), "was", [*known, old])
    for key in held:
        after = edit.remove(after, (key,))
    site.put(file, after)
    site.was[TOPICS] = present.text if present else None


def _without_twice(file: TextFile, old: str, new: str) -> TextFile:
    """Return a file without a tag where what it becomes is beside it already."""
    if old == new:
        return file
    data = edit.parsed(file).data
    for path in sorted((path for path in file.nodes if path and path[-1] == "tags"), key=str, reverse=True):
        tags = value_at(data, path)
        folded = [fold_tag(str(tag)) for tag in tags] if isinstance(tags, Seq) else []
        if new in folded:
            for number in reversed([at for at, tag in enumerate(folded) if tag == old]):
                file = edit.remove(file, (*path, number))
    return file


# --- briefings --------------------------------------------------------------------------------------------------


def move_briefing(site: Renaming, old: str, new: str) -> None:
    """Note what moves a briefing's folder, with what leads to it. Raises RenameError, and OSError for its files."""
    _refuse_move(site, old, new)
    _move_files(site, old, new)
    _lead_on(site, old, new)

    def moved(page: str) -> str:
        return new + page.removeprefix(old) if page.startswith(f"{old}/") else page

    for build in site.library.briefings:
        here, there = build.path, new if build.path == old else build.path
        links = in_links(moved, here, there)
        for name, file in build.files.items():
            place = moved(name)
            now = _as_moved(site, file, place)
            if name.endswith(".yml") and (after := rewrite_yaml(now, _prose_fields(links))).text != now.text:
                site.contents[place] = after.text
    _keep_marks(site, moved)
    _rewrite_pages(site, old, lambda name, id: f"{_new_name(name, old, new)}/{id}", moved)


def _keep_marks(site: Renaming, moved: Callable[[str], str]) -> None:
    """Begin the new text of each moved file with a byte order mark where the file began with one."""
    for name, data in site.was.items():
        content = site.contents.get(moved(name))
        if isinstance(data, bytes) and data.startswith(BOM) and isinstance(content, str):
            site.contents[moved(name)] = BOM + content.encode()


def _refuse_move(site: Renaming, old: str, new: str) -> None:
    if reason := wrong_folder(new):
        raise RenameError(f"a folder cannot be called so: {reason}")
    taken = {as_one_folder(one.path) for one in site.library.briefings if one.path != old}
    if old == "." or as_one_folder(new) in taken or (is_taken(site.docs / new) and new != old):
        raise RenameError(f"{new} is there already" if old != "." else "this briefing is its whole site, and stays")
    if new == old or new.startswith(f"{old}/") or any(one.path.startswith(f"{old}/") for one in site.library.briefings):
        raise RenameError("a briefing cannot move into itself, nor with others in it")


def _prose_fields(written: Rewrite) -> Fields:
    return lambda path: written if PROSE & {*named_path(path)} else None


def _move_files(site: Renaming, old: str, new: str) -> None:
    folder, size = site.docs / old, 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise RenameError(f"{path} is a link: move it by hand")
        if path.is_file():
            name = path.relative_to(site.docs).as_posix()
            data = path.read_bytes()
            size += len(data)
            if size > MOST_BYTES:
                raise RenameError(f"{old} holds more than {MOST_BYTES // 1_000_000} MB: move it by hand")
            site.contents[name], site.was[name] = None, data
            site.contents[new + name.removeprefix(old)] = data
            site.was[new + name.removeprefix(old)] = None
    site.moved = old, new


def _lead_on(site: Renaming, old: str, new: str) -> None:
    """Write the former path into `aliases`, where readers may know it."""
    file = next(one.files[f"{old}/briefing.yml"] for one in site.library.briefings if one.path == old)
    data = edit.parsed(file).data
    if not isinstance(data, Map) or str(data.get("status") or "published") == "draft":
        return
    after = edit.set_field(file, (), "aliases", _with_former(_former(data.get("aliases")), old, new))
    site.contents[f"{new}/briefing.yml"] = after.text


def _as_moved(site: Renaming, file: TextFile, place: str) -> TextFile:
    content = site.contents.get(place)
    return TextFile(file.name, content) if isinstance(content, str) else file


def _new_name(name: str, old: str, new: str) -> str:
    """Return how a page names a briefing that has moved: as much of its path as before."""
    if name == old or "/" not in new:
        return new
    return "/".join(new.split("/")[-len(name.split("/")) :]) if old.endswith(f"/{name}") else new


def _rewrite_pages(site: Renaming, briefing: str, key: Callable[[str, str], str], moved: Rewrite = str) -> None:
    """Note the pages that cite a briefing, with other keys, and with other links where it has moved."""
    paths = [(one.path, one.outline.aliases) for one in site.library.briefings]

    def own(name: str, id: str) -> str:
        return key(name, id) if matching_paths(name, paths) == (briefing,) else f"{name}/{id}"

    for name, text in site.pages.items():
        place = moved(name)
        here, there = (Path(each).parent.as_posix().removeprefix(".") for each in (name, place))
        after = in_links(moved, here, there)(rewrite_page(text, own, str))
        if after != text:
            site.contents[place] = after
            site.was.setdefault(name, text)


def _refuse_id(new: str) -> None:
    if not ID.fullmatch(new):
        raise RenameError(f"“{new}” cannot be an id: use a–z, 0–9 and hyphens, beginning with a letter")
