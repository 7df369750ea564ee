"""Add an annotation: its id, its file and its place there, and a check of the folder as it would be.

Nothing here writes a file; the commands do, through `edit`.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from briefing import anchor, check, load
from briefing.authoring import edit
from briefing.authoring.edit import Value
from briefing.authoring.edit.entries import START
from briefing.authoring.locate import GIVEN, Spot, quotation
from briefing.load.schema.formats import ID, RESERVED
from briefing.load.yaml import Map, Seq
from briefing.model import Anchor, Briefing, Part, QuotationKind, Target
from briefing.model.places import Place, Problem, TextFile
from briefing.pipeline import build
from briefing.pipeline.briefing_build import BriefingBuild

Key = Literal["quotes", "figures", "context"]
DRAFTS = ("suggested.yml", "imported.yml")
"""Files of annotations/ into which commands write drafts, for an author to look through."""

WORDS = 4
"""Words of which an id is made: enough to tell annotations apart, few enough to type."""

KINDS: tuple[QuotationKind, ...] = ("direct", "fragment", "reported")

MODELINE = re.compile(re.escape(START) + r"(\S*?)[a-z]+\.schema\.json[ \t]*(?:\r\n|[\r\n]|$)")
"""The first line by which editors find the schema of a file."""


def make_id(words: str, kind: str, taken: Iterable[str]) -> str:
    """An id from the first words, or from the kind where they have no Latin letters; a number makes it unique."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", re.sub("['’]", "", plain))[:WORDS])[:40].strip("-")
    if not ID.fullmatch(slug) or RESERVED.fullmatch(slug):
        slug = f"{kind}-{slug}".strip("-")
    used, number, made = set(taken), 2, slug
    while made in used:
        made, number = f"{slug}-{number}", number + 1
    return made


def ids(briefing: Briefing) -> set[str]:
    """Every id that is or was used in a briefing."""
    named = (*briefing.annotations, *briefing.themes)
    others = {each.id for each in briefing.comments} | {each.id for each in briefing.references}
    return {id for each in named for id in (each.id, *each.was)} | others


def quotation_kind(briefing: Briefing, spot: Spot, speaker: str) -> QuotationKind:
    """The first kind that the checks have nothing against; direct where none is."""
    parts = tuple(Part(selector, Place(GIVEN)) for selector in spot.selectors)
    made = quotation(Target(parts, spot.comment, Place(GIVEN)), speaker)
    for kind in KINDS:
        tried = replace(briefing, quotations=(replace(made, kind=kind),), figures=(), context=(), themes=())
        found = check.run(anchor.resolve(tried)[0])
        codes = {problem.code for problem in found if problem.at.file == GIVEN}
        if not codes & {"not-a-fragment", "not-in-quotation-marks", "in-quotation-marks"}:
            return kind
    return "direct"


# --- where it goes ----------------------------------------------------------------------------------------------


def home(files: Mapping[str, TextFile], folder: str, key: Key) -> str:
    """The annotation file that a new entry belongs into: one that has such entries, else one named after them.

    Never one that a command keeps its drafts in.
    """
    kept = [f"{folder}annotations/{name}" for name in DRAFTS]
    inside = [name for name in sorted(files) if name.startswith(f"{folder}annotations/") and name not in kept]
    named = f"{folder}annotations/{key}.yml"
    having = [name for name in inside if (key,) in files[name].nodes]
    return named if named in having or not having else having[0]


def new_file(files: Mapping[str, TextFile], name: str, folder: str) -> TextFile:
    """An annotation file without entries; its first line names the schema if briefing.yml does."""
    main = files.get(f"{folder}briefing.yml")
    found = MODELINE.match(main.text) if main else None
    if found is None:
        return TextFile(name, "")
    up = found[1] if "://" in found[1] or found[1].startswith("/") else f"../{found[1]}"
    return TextFile(name, f"{START}{up}annotations.schema.json\n")


def with_entry(file: TextFile, key: Key, entry: Mapping[str, Value], briefing: Briefing, spot: Spot) -> TextFile:
    """The file with the entry before the first that comes later in the source, so that branches seldom meet."""
    data = edit.parsed(file).data
    entries = data.get(key) if isinstance(data, Map) else None
    return edit.insert(file, (key,), entry, before=_before(entries, briefing, spot))


def _before(entries: object, briefing: Briefing, spot: Spot) -> int | None:
    if not isinstance(entries, Seq):
        return None
    own = position(
        briefing, Anchor(tuple(anchor.Match(span, anchor.MatchLevel.EXACT) for span in spot.spans), spot.comment)
    )
    for number, entry in enumerate(entries):
        found = briefing.anchors.get(entry.get("id", "")) if isinstance(entry, Map) else None
        if found and position(briefing, found) > own:
            return number
    return None


def position(briefing: Briefing, found: Anchor) -> tuple[int, int, int]:
    """What annotations are ordered by: the source first, then comment after comment; start, then end."""
    order = {comment.id: number for number, comment in enumerate(briefing.comments, 1)}
    return order.get(found.comment, 0), found.whole.start, found.whole.end


def tried(docs: Path, checked: BriefingBuild, contents: Mapping[str, bytes]) -> BriefingBuild:
    """The briefing as it would be with these files, by name relative to the docs folder."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        copy = Path(folder)
        registers = load.load_people(docs), load.load_measures(docs)
        for name in (*checked.names, *(file for register in registers for file in register.files)):
            if name not in contents and (docs / name).is_file():
                _make_room(copy / name)
                shutil.copyfile(docs / name, copy / name)
        for name, content in contents.items():
            _make_room(copy / name)
            (copy / name).write_bytes(content)
        return build.check_alone(copy, checked.path)


def added(before: BriefingBuild, after: BriefingBuild) -> tuple[Problem, ...]:
    """The errors that were not there before; places may have moved, so they are told by code and message."""
    known = Counter((problem.code, problem.message) for problem in before.problems)
    fresh = []
    for problem in after.problems:
        if problem.severity == "error" and not known[(problem.code, problem.message)]:
            fresh.append(problem)
        known[(problem.code, problem.message)] -= 1
    return tuple(fresh)


def _make_room(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
