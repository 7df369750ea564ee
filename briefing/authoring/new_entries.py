"""Say how a new annotation is written: its id, its target, its file, and its place there.

Nothing here writes a file; the commands do, through `edit`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from typing import Literal

from briefing import anchor, check
from briefing.anchor.describe import describe_on_one_line
from briefing.authoring import edit
from briefing.authoring.edit.entries import START, Value
from briefing.authoring.locate import Spot
from briefing.authoring.trial import GIVEN, exact_matches, with_quotation_alone
from briefing.load.schema.formats import ID, RESERVED
from briefing.load.yaml import Map, Seq
from briefing.model import Anchor, AnnotationKey, Briefing, Part, QuotationKind, Selector, Target
from briefing.model.places import NodePath, Place, Span, TextFile

DRAFTS = ("suggested.yml", "imported.yml")
"""Files of annotations/ into which commands write drafts, for an author to review."""

ID_WORDS = 4
"""Words of which an id is made: enough to distinguish annotations, few enough to type."""

KINDS: tuple[QuotationKind, ...] = ("direct", "fragment", "reported")
WHY: Mapping[str, str] = {
    "fragment": "the words are less than a sentence of what is in quotation marks",
    "reported": "the words are not in quotation marks, so the source tells them in its own words",
}
"""Why a quotation is of a kind that its author has not named; `direct` is what is expected anyway."""

MODELINE = re.compile(re.escape(START) + r"(\S*?)(?<![a-z])[a-z]+\.schema\.json[ \t]*(?:\r\n|[\r\n]|$)")
"""The first line by which editors find the schema of a file."""


# --- ids --------------------------------------------------------------------------------------------------------


def make_id(words: str, kind: str, used: Container[str]) -> str:
    """Return an unused id from the first words, or from the kind where they have no Latin letters."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", re.sub("['’]", "", plain))[:ID_WORDS])[:40].strip("-")
    if not ID.fullmatch(slug) or RESERVED.fullmatch(slug):
        slug = f"{kind}-{slug}".strip("-")
    return free_id(slug, used)


def free_id(id: str, used: Container[str]) -> str:
    """Return an id, with a number behind it where it is used already."""
    free, number = id, 2
    while free in used:
        free, number = f"{id}-{number}", number + 1
    return free


def used_ids(briefing: Briefing) -> set[str]:
    """Return every id that is or was used in a briefing."""
    return {id for each in briefing.citable for id in (each.id, *each.was)}


# --- targets ----------------------------------------------------------------------------------------------------


def selector_value(selector: Selector) -> Value:
    """Return a selector as the folder format writes it: its words, or a mapping where it has a context."""
    if not (selector.prefix or selector.suffix):
        return selector.exact
    fields = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    return {key: words for key, words in fields.items() if words}


def target_value(text: str, spans: Iterable[Span]) -> Value:
    """Return a target with the smallest unique selector for each span of a text."""
    return selector_values(describe_on_one_line(text, span) for span in spans)


def selector_values(selectors: Iterable[Selector]) -> Value:
    """Return the selectors of a target: one alone, or the list of its parts."""
    parts = [selector_value(selector) for selector in selectors]
    return parts[0] if len(parts) == 1 else parts


def quotation_kind(briefing: Briefing, spot: Spot, speaker: str) -> QuotationKind:
    """Return the first kind that the checks do not object to; direct where there is none."""
    at = Place(GIVEN)
    target = Target(tuple(Part(selector, at) for selector in spot.selectors), spot.comment, at)
    for kind in KINDS:
        tried = anchor.resolve(with_quotation_alone(briefing, target, kind=kind, speaker=speaker))[0]
        found = (problem for rule in check.FAMILIES["quotations"] for problem in rule(tried))
        codes = {problem.code for problem in found if problem.at.file == GIVEN}
        if not codes & {"not-a-fragment", "not-in-quotation-marks", "in-quotation-marks"}:
            return kind
    return "direct"


# --- files ------------------------------------------------------------------------------------------------------


def home_file(files: Mapping[str, TextFile], folder: str, key: AnnotationKey | Literal["themes"]) -> str:
    """Return the file that a new entry belongs in: one that has such entries, else one named after them.

    Never one that a command keeps its drafts in.
    """
    kept = [f"{folder}annotations/{name}" for name in DRAFTS]
    inside = [name for name in sorted(files) if name.startswith(f"{folder}annotations/") and name not in kept]
    named = f"{folder}annotations/{key}.yml"
    having = [name for name in inside if (key,) in files[name].nodes]
    return named if named in having or not having else having[0]


def new_file(files: Mapping[str, TextFile], name: str, folder: str) -> TextFile:
    """Return an annotation file without entries; its first line names the schema if briefing.yml does."""
    main = files.get(f"{folder}briefing.yml")
    found = MODELINE.match(main.text) if main else None
    if found is None:
        return TextFile(name, "")
    up = found[1] if "://" in found[1] or found[1].startswith("/") else f"../{found[1]}"
    return TextFile(name, f"{START}{up}annotations.schema.json\n")


def with_entry(
    file: TextFile, key: AnnotationKey, entry: Mapping[str, Value], briefing: Briefing, spot: Spot
) -> tuple[TextFile, NodePath]:
    """Return the file with the entry, and where in it that is: before the first that comes later in the source, so that
    branches seldom meet."""
    data = edit.parsed(file).data
    given = data.get(key) if isinstance(data, Map) else None
    entries = given if isinstance(given, Seq) else ()
    own = position(briefing, Anchor(exact_matches(spot.spans), spot.comment))
    for number, other in enumerate(entries):
        found = briefing.anchors.get(other.get("id", "")) if isinstance(other, Map) else None
        if found and position(briefing, found) > own:
            return edit.insert(file, (key,), entry, before=number), (key, number)
    return edit.insert(file, (key,), entry), (key, len(entries))


def position(briefing: Briefing, found: Anchor) -> tuple[int, int, int]:
    """Return what annotations are ordered by: the source first, then comment after comment; start, then end."""
    order = {comment.id: number for number, comment in enumerate(briefing.comments, 1)}
    return order.get(found.comment, 0), found.whole.start, found.whole.end


def as_role(role: str) -> str:
    """Return a role as pages show it: with a capital, unless its first word has its own, as eBay has."""
    return role[:1].upper() + role[1:] if role.partition(" ")[0].islower() else role
