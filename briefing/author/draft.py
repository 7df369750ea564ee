"""A new annotation as an entry of a file: its id, its kind, the file that it belongs into and its place there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from briefing import anchor, check, edit
from briefing.author.words import GIVEN, Spot, quotation
from briefing.edit import Value
from briefing.edit.modeline import START
from briefing.load.formats import ID, RESERVED
from briefing.load.tree import Map, Seq
from briefing.model import Anchor, Briefing, Part, QuotationKind, Target
from briefing.places import Place, TextFile

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
    own = position(briefing, Anchor(tuple(anchor.Match(span, anchor.Rung.EXACT) for span in spot.spans), spot.comment))
    for number, entry in enumerate(entries):
        found = briefing.anchors.get(entry.get("id", "")) if isinstance(entry, Map) else None
        if found and position(briefing, found) > own:
            return number
    return None


def position(briefing: Briefing, found: Anchor) -> tuple[int, int, int]:
    """What annotations are ordered by: the source first, then comment after comment; start, then end."""
    order = {comment.id: number for number, comment in enumerate(briefing.comments, 1)}
    return order.get(found.comment, 0), found.whole.start, found.whole.end
