"""briefing.yml: what a briefing is, its source with its provenance, and what its people were then."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from briefing.load.schema.annotations import AllowInput, IgnoreInput
from briefing.load.schema.fields import (
    MAPPING,
    NOTHING,
    TEXT,
    Choice,
    Input,
    Many,
    Prose,
    Text,
    Texts,
    Verbatim,
    Word,
    kind,
)
from briefing.load.schema.formats import Day, FolderPath, Id, Language, OpenRef, Ref, Sha256, SomeDate, Url
from briefing.model import SourceKind, Status


class OriginalInput(Input):
    """The document as supplied."""

    file: Word = Field("", description="Its file in this folder, never edited.", examples=["original.txt"])
    held: Annotated[Literal["public", "private"], Choice] = Field(
        "public",
        description="private where it is not in the folder; then nobody can verify it here.",
        examples=["private"],
    )
    sha256: Sha256 = Field(
        description="The SHA-256 of its bytes, as `sha256sum` prints it.",
        examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    )
    reader: Word = Field("", description="What its text was read with when the source was made.", examples=["html 1"])
    encoding: Word = Field(
        "", description="How its bytes are read, where it does not say so itself.", examples=["windows-1251"]
    )


class LeftOutInput(Input):
    """Words of the original that are in neither source nor comments."""

    text: Verbatim = Field("", description="The words, exactly.", examples=["Read more: the council's budget"])
    elements: Text = Field(
        "",
        description="For a web page: the CSS selector of elements that are left out with all that is in them.",
        examples=["nav, .share-buttons"],
    )
    reason: Text = Field(description="Why they were left out.", examples=["A link to another article."])


class RoleInput(Input):
    """What a person was when the source was made."""

    role: Text = Field(
        "", description="Office or position at that time; left out where it is not known.", examples=["Mayor"]
    )


RoleEntry = Annotated[Annotated[Text, Tag(TEXT)] | Annotated[RoleInput, Tag(MAPPING)], Discriminator(kind)]
"""`rutte: NATO Secretary General` is short for `rutte: {role: NATO Secretary General}`."""


class SourceInput(Input):
    """The text that is annotated (source.txt), and where it comes from. What is not known is left out."""

    kind: Annotated[SourceKind, Choice] = Field(description="What sort of text it is.", examples=["article"])
    title: Text = Field("", description="Its own title.", examples=["NATO overtakes Russia in ammunition output"])
    language: Language = Field("", description="Its language; the briefing's where left out.", examples=["en-GB"])
    author: Text = Field("", description="Who wrote it.", examples=["Ada Marsh"])
    publisher: Text = Field("", description="Who published it.", examples=["The Daily Example"])
    url: Url = Field("", description="Where it was published.", examples=["https://www.example.org/article"])
    published: SomeDate = Field("", description="When: day, month or year.", examples=["2025-11-06"])
    retrieved: SomeDate = Field("", description="When it was fetched.", examples=["2025-11-07"])
    rights: Text = Field("", description="Who holds the rights, and what they allow.", examples=["CC BY 4.0"])
    publish: Annotated[Literal["full", "excerpts"], Choice] | None = Field(
        None,
        description="full, or excerpts (the default): only cited passages with a little context.",
        examples=["full"],
    )
    speaker: OpenRef = Field("", description="Who speaks where no label says so.", examples=["rutte"])
    turns: dict[str, OpenRef] = Field(
        {},
        description="The labels that begin a paragraph when somebody speaks, and who it is.",
        examples=[{"RUTTE:": "rutte"}],
    )
    original: OriginalInput | None = Field(None, description="The document as supplied.")
    left_out: list[LeftOutInput] = Field(
        [], description="What of the original is in neither source nor comments, with a reason."
    )


class BriefingFile(Input):
    """What a briefing is: its title and date, its source, the people quoted, and its key points."""

    title: Text = Field(description="The headline of the briefing.", examples=["NATO now makes more than Russia"])
    date: Day = Field(description="The day of this briefing.", examples=["2025-11-07"])
    language: Language = Field(description="The language you write in.", examples=["en-GB"])
    authors: Many[Text] = Field([], description="Who wrote it.", examples=[["Ada Marsh"]])
    status: Annotated[Status, Choice] = Field(
        "draft", description="draft and review stay off the site.", examples=["published"]
    )
    reviewed_by: Many[Text] = Field(
        [], description="Who read it before it was published, other than who wrote it.", examples=[["Jonah Reed"]]
    )
    aliases: Many[FolderPath] = Field(
        [],
        description="Former paths of this folder, the oldest first; their addresses keep leading here.",
        examples=[["briefings/ammunition"]],
    )
    tags: Many[Word] = Field([], description="Words to group briefings by.", examples=[["defence"]])
    summary: Prose = Field(NOTHING, description="A paragraph for the overview.", examples=["Who said what [@c1]."])
    key_points: Annotated[list[Prose], Texts] = Field(
        [], description="The main points; each cites what it rests on.", examples=[["Output has grown [@overtaken]."]]
    )
    highlights: Many[Ref] = Field(
        [], description="Ids of the figures and quotations for the overview.", examples=[["five-percent"]]
    )
    allow: list[AllowInput] = Field([], description="Findings that are let pass, with the reason.")
    ignore: list[IgnoreInput] = Field([], description="Quoted passages and numbers that are set aside, with a reason.")
    source: SourceInput = Field(description="The text that is annotated, and where it comes from.")
    people: dict[Id, RoleEntry] = Field(
        {},
        description="What each person was then; only these may be quoted.",
        examples=[{"rutte": "Secretary General"}],
    )
