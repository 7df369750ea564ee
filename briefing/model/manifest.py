"""What a built site says of itself, so that anybody can check it with nothing else: two kinds of JSON files.

`manifest.json` in the folder of a briefing has the texts that may be quoted and all records; `site-manifest.json` at
the top has the hash of every file. Both are described by the JSON Schemas that the manual links to, which are made of
these types. Spans are code points, end exclusive. Every field is there, so that nothing depends on defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

MANIFEST = "manifest.json"
"""The name of a briefing's."""
SITE_MANIFEST = "site-manifest.json"
"""The name of the site's."""
VERSION = 1
"""Of both. A reader refuses a version that it does not know."""

Reason = Literal[
    "title", "name", "term", "translation", "statement", "left-out", "allowed", "interface", "page", "former"
]  # fmt: skip
"""Why a passage in quotation marks is in nothing that can be quoted: it is the title of a work, a name, a term, the
author's translation, a sentence against which comments are measured, what of the original is not in
the source, allowed by the author, part of the pages, or in
an ordinary page that shows words of briefings; or it is what readers were shown before a correction, and is
shown as that alone."""


class ManifestPassage(Struct, frozen=True, kw_only=True):
    """A stretch of a text."""

    start: int
    end: int
    text: str


class ManifestOriginal(Struct, frozen=True, kw_only=True):
    """The document as supplied."""

    sha256: str
    held: Literal["public", "private"]
    reader: str
    """Name and version of what read it; empty where not recorded."""


class ManifestSource(Struct, frozen=True, kw_only=True):
    """The text that is annotated."""

    sha256: str
    """Of the text as UTF-8."""
    length: int
    """In code points."""
    publish: Literal["full", "excerpts"]
    text: str
    """Empty where only excerpts may be published."""
    passages: tuple[ManifestPassage, ...]
    """Then what the annotated text shows, in order; else empty."""
    paragraphs: tuple[int, ...]
    """Then the number of each passage's paragraph; else empty."""
    language: str
    kind: str
    title: str
    author: str
    publisher: str
    url: str
    original: ManifestOriginal | None
    paragraph_spans: tuple[tuple[int, int], ...] = ()
    """Of excerpts the span of each passage's paragraph, which tells where something is left out; else empty."""
    paragraph_count: int = 0
    """Then how many the source has; else 0."""


class ManifestComment(Struct, frozen=True, kw_only=True):
    """What one reader wrote."""

    id: str
    sha256: str
    """Of the text as UTF-8; empty where it is not shown."""
    text: str
    """Empty where it is set aside."""
    set_aside: str
    """Why it is; empty where it is shown."""


class ManifestMember(Struct, frozen=True, kw_only=True):
    """That a comment belongs to a theme."""

    comment: str
    stance: str
    words: str
    """Those of the comment that are shown; may be empty."""


class ManifestTheme(Struct, frozen=True, kw_only=True):
    """What is made of several comments."""

    id: str
    title: str
    members: tuple[ManifestMember, ...]


class ManifestWork(Struct, frozen=True, kw_only=True):
    """An outside work with the words in it that are relied on."""

    id: str
    title: str
    publisher: str
    url: str
    language: str
    excerpts: tuple[str, ...]


class ManifestMatch(Struct, frozen=True, kw_only=True):
    """A piece of an annotation's words where it was found."""

    start: int
    end: int
    text: str
    level: int
    """How exactly the author's words match: 0 to the character, 1 but for white space, 2 but for typography."""


class ManifestAnnotation(Struct, frozen=True, kw_only=True):
    """A quotation, reported statement, figure or context note."""

    id: str
    kind: Literal["quotation", "reported", "figure", "context"]
    comment: str
    """The comment that its spans count in; empty for the source."""
    matches: tuple[ManifestMatch, ...]
    prefix: str
    """The words just before the first match, as many as make its place clear."""
    suffix: str
    """The words just behind the last match."""
    speaker: str
    """The name of who says so; empty where nobody is named. So are all that follow."""
    speaker_kind: Literal["person", "organisation", ""]
    role: str
    via: tuple[str, ...]
    attribution: tuple[int, int] | None
    """Where the source says who speaks, if only excerpts are published or the words are a comment's none."""
    label: str
    """Of a figure, or the title of a note."""
    value: str
    """Of a figure, as its author read it."""
    low: str
    high: str
    """The numbers that it has, in plain digits."""
    unit: str
    verdict: str
    allowed: tuple[str, ...]
    """The codes of what a check found in it and its author allowed, visibly."""


class ManifestDerived(Struct, frozen=True, kw_only=True):
    """A figure that is in no source."""

    id: str
    label: str
    value: str
    unit: str
    formula: str


class ManifestQuoted(Struct, frozen=True, kw_only=True):
    """A passage in quotation marks, in what an author wrote."""

    words: str
    found: str
    """What has it: `source`, `comment c1`, `excerpt of r1`, `translation of q1`; empty where nothing has."""
    reason: Reason | Literal[""]
    """Why it is shown where nothing has it."""
    note: str
    """What the author says to that; may be empty."""


class ManifestChange(Struct, frozen=True, kw_only=True):
    """One field before and after a correction; without the words of comments, and those that are withheld."""

    id: str
    """Of what it is a field of; empty for the briefing itself."""
    field: str
    before: str
    after: str
    withheld: str
    """Why words are not shown; empty where all are."""


class ManifestCorrection(Struct, frozen=True, kw_only=True):
    """What readers are shown differently than before."""

    date: str
    kind: str
    reason: str
    changes: tuple[ManifestChange, ...]


class ManifestWithdrawal(Struct, frozen=True, kw_only=True):
    """What was taken back, and keeps its address."""

    id: str
    page: str
    """The name of the page that it was on."""
    date: str
    """Empty for what is under review; so is the reason."""
    reason: str


class BriefingManifest(Struct, frozen=True, kw_only=True):
    """All of a briefing that can be checked."""

    format: Literal["briefing-manifest"]
    version: int
    program: str
    """Name and version of what made it."""
    path: str
    title: str
    language: str
    date: str
    inputs: Mapping[str, str]
    """The files of its folder that it was made from, by name: the SHA-256 of each."""
    source: ManifestSource
    comments: tuple[ManifestComment, ...]
    themes: tuple[ManifestTheme, ...]
    works: tuple[ManifestWork, ...]
    annotations: tuple[ManifestAnnotation, ...]
    derived: tuple[ManifestDerived, ...]
    counts: Mapping[str, int]
    """How many there are of each kind."""
    quoted: tuple[ManifestQuoted, ...]
    corrections: tuple[ManifestCorrection, ...]
    """The oldest first."""
    withdrawn: tuple[ManifestWithdrawal, ...]


class ManifestFile(Struct, frozen=True, kw_only=True):
    """A file of a site."""

    sha256: str
    size: int
    blocks: str
    """CRC-32 of each block of 4,096 bytes, eight hexadecimal digits each, to say where a file was changed; empty for
    what is no text."""


class SiteManifest(Struct, frozen=True, kw_only=True):
    """Every file of a site, and what it was made from."""

    format: Literal["briefing-site-manifest"]
    version: int
    program: str
    packages: Mapping[str, str]
    """Version of each package that makes pages."""
    inputs: Mapping[str, str]
    """The files that all briefings share, by their paths below the site's configuration: the SHA-256 of each."""
    language: str
    briefings: tuple[str, ...]
    """The folders that have a manifest."""
    citing: tuple[str, ...]
    """The other files with pages that show words of briefings."""
    quoted: tuple[ManifestQuoted, ...]
    """Passages in quotation marks of these, and of pages across briefings, that nothing has."""
    files: Mapping[str, ManifestFile]
    """By path: all but this one."""


# --- as files --------------------------------------------------------------------------------------------------------


Manifest = TypeVar("Manifest", BriefingManifest, SiteManifest)


class ManifestUnusableError(ValueError):
    """A manifest cannot be read; its message says why, for people."""


def encode_manifest(manifest: BriefingManifest | SiteManifest) -> bytes:
    """Return a manifest as its file: the same for equal ones. Raises ValueError for half a character."""
    return msgspec.json.encode(manifest, order="deterministic") + b"\n"


def decode_manifest(data: bytes, kind: type[Manifest]) -> Manifest:
    """Return the manifest in a file. Raises ManifestUnusableError."""
    try:
        head = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ManifestUnusableError(f"it is damaged: {error}") from error
    version = head.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ManifestUnusableError(
            f"it has version {version}, and this program knows version {VERSION}: use a newer one"
        )
    try:
        manifest = msgspec.convert(head, kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ManifestUnusableError(f"it is damaged: {error}") from error
    if isinstance(manifest, BriefingManifest) and not all(each.matches for each in manifest.annotations):
        raise ManifestUnusableError("it is damaged: an annotation has no words")
    return manifest


def manifest_schemas() -> dict[str, Any]:
    """Return the JSON Schema of each kind, by the name of its file."""
    about = {
        MANIFEST: (BriefingManifest, "The texts and records of one briefing"),
        SITE_MANIFEST: (SiteManifest, "Every file of a site"),
    }
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {
        name: {"$schema": dialect, "title": title, **msgspec.json.schema(kind)} for name, (kind, title) in about.items()
    }
