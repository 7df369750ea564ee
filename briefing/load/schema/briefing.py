"""briefing.yml: what a briefing is, its source with its provenance, and what its people were then."""

from __future__ import annotations

from typing import Annotated, Literal

from briefing.load.schema.annotations import AllowInput, IgnoreInput
from briefing.load.schema.dates import Day, SomeDate
from briefing.load.schema.fields import (
    NOTHING,
    Bare,
    Choice,
    Input,
    Label,
    Many,
    Prose,
    Short,
    Text,
    Texts,
    Verbatim,
    Word,
    optional,
    required,
)
from briefing.load.schema.formats import FolderPath, Id, Language, OpenRef, Ref, Sha256, Url
from briefing.model import SourceKind, Status

SHA256_EXAMPLE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class HeldInput(Input):
    """A file as it was supplied."""

    file: Bare = optional("", "Its file in this folder, never edited.", "original.txt")
    held: Annotated[Literal["public", "private"], Choice] = optional(
        "public", "private where it is not in the folder; then nobody can verify it here.", "private"
    )
    sha256: Sha256 = required("The SHA-256 of its bytes, as `sha256sum` prints it.", SHA256_EXAMPLE)


class OriginalInput(HeldInput):
    """The document as supplied."""

    reader: Word = optional("", "What its text was read with when the source was made.", "html 1")
    encoding: Word = optional("", "How its bytes are read, where it does not say so itself.", "windows-1251")


class LeftOutInput(Input):
    """Words of the original that are in neither source nor comments."""

    text: Verbatim = optional("", "The words, exactly.", "Read more: the council's budget")
    elements: Text = optional(
        "",
        "For a web page: the CSS selector of elements that are left out with all that is in them.",
        "nav, .share-buttons",
    )
    reason: Text = required("Why they were left out.", "A link to another article.")


class RoleInput(Input):
    """What a person was when the source was made."""

    role: Text = optional("", "Office or position at that time; left out where it is not known.", "Mayor")


RoleEntry = Short[Text, RoleInput]
"""`rutte: NATO Secretary General` is short for `rutte: {role: NATO Secretary General}`."""


class SourceInput(Input):
    """The text that is annotated (source.txt), and where it comes from. What is not known is left out."""

    kind: Annotated[SourceKind, Choice] = required("What sort of text it is.", "article")
    title: Text = optional("", "Its own title.", "NATO overtakes Russia in ammunition output")
    language: Language = optional("", "Its language; the briefing's where left out.", "en-GB")
    author: Text = optional("", "Who wrote it.", "Ada Marsh")
    publisher: Text = optional("", "Who published it.", "The Daily Example")
    url: Url = optional("", "Where it was published.", "https://www.example.org/article")
    published: SomeDate = optional("", "When: day, month or year.", "2025-11-06")
    retrieved: SomeDate = optional("", "When it was fetched.", "2025-11-07")
    rights: Text = optional("", "Who holds the rights, and what they allow.", "CC BY 4.0")
    publish: Annotated[Literal["full", "excerpts"], Choice] | None = optional(
        None, "full, or excerpts (the default): only cited passages with a little context.", "full"
    )
    speaker: OpenRef = optional("", "Who speaks where no label says so.", "rutte")
    turns: dict[str, OpenRef] = optional(
        {}, "The labels that begin a paragraph when somebody speaks, and who it is.", {"RUTTE:": "rutte"}
    )
    original: OriginalInput | None = optional(None, "The document as supplied.")
    left_out: list[LeftOutInput] = optional(
        [], "What of the original is in neither source nor comments, with a reason."
    )


class BriefingFile(Input):
    """What a briefing is: its title and date, its source, the people quoted, and its key points."""

    title: Text = required("The headline of the briefing.", "NATO now makes more than Russia")
    date: Day = required("The day of this briefing.", "2025-11-07")
    language: Language = required("The language you write in.", "en-GB")
    authors: Many[Text] = optional([], "Who wrote it.", ["Ada Marsh"])
    status: Annotated[Status, Choice] = optional("draft", "draft and review stay off the site.", "published")
    reviewed_by: Many[Text] = optional(
        [], "Who read it before it was published, other than who wrote it.", ["Jonah Reed"]
    )
    aliases: Many[FolderPath] = optional(
        [],
        "Former paths of this folder, the oldest first; their addresses keep leading here.",
        ["briefings/ammunition"],
    )
    tags: Many[Label] = optional([], "Words to group briefings by.", ["defence"])
    summary: Prose = optional(NOTHING, "A paragraph for the overview.", "Who said what [@c1].")
    key_points: Annotated[list[Prose], Texts] = optional(
        [], "The main points; each cites what it rests on.", ["Output has grown [@overtaken]."]
    )
    highlights: Many[Ref] = optional([], "Ids of the figures and quotations for the overview.", ["five-percent"])
    allow: list[AllowInput] = optional([], "Findings that you allow, with the reason.")
    ignore: list[IgnoreInput] = optional([], "Quoted passages and numbers that are set aside, with a reason.")
    source: SourceInput = required("The text that is annotated, and where it comes from.")
    people: dict[Id, RoleEntry] = optional(
        {}, "What each person was then; only these may be quoted.", {"rutte": "Secretary General"}
    )
