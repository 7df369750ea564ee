"""comments.yml, references.yml, people.yml and measures.yml: what annotations refer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, RootModel, Tag

from briefing.load.schema.annotations import AllowInput
from briefing.load.schema.fields import MAPPING, TEXT, Choice, Input, Many, Text, Verbatim, Word, kind
from briefing.load.schema.formats import ColumnOf, Id, Language, Ref, Rows, Sha256, SomeDate, Switch, Url, WholeNumber
from briefing.model import SetAsideReason, Stance, TableFormat

_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class CommentInput(Input):
    """What one reader wrote under the source."""

    id: Id = Field(description="Its name in citations, unique in the briefing.", examples=["c1"])
    text: Verbatim = Field(
        "",
        description="The words exactly; left out only for a comment removed on request or gone.",
        examples=["At last."],
    )
    author: Verbatim = Field("", description="Hidden unless `show_authors` says otherwise.", examples=["Reader 1"])
    date: SomeDate = Field("", description="When it was written.", examples=["2025-11-07"])
    reply_to: Ref = Field("", description="The id of the comment that it answers.", examples=["c1"])
    votes: WholeNumber | None = Field(None, description="Votes for it, as shown under the source.", examples=[12])
    stance: Annotated[Stance, Choice] | None = Field(
        None, description="What the commenter chose where the comment was written.", examples=["critical"]
    )
    allow: list[AllowInput] = Field([], description="Findings that are let pass, with the reason.")


class SetAsideInput(Input):
    """A comment that is in no theme, and why."""

    comment: Ref = Field(description="The id of the comment.", examples=["c9"])
    reason: Annotated[SetAsideReason, Choice] = Field(description="Why it is set aside.", examples=["spam"])


class RenumberedInput(Input):
    """A row of an export whose comment has another id here."""

    row: WholeNumber = Field(description="The line of the table, or the number of the entry.", examples=[4])
    id: Word = Field("", description="The id in the file; left out where it has none.", examples=["7"])
    comment: Ref = Field(description="The id of the comment here.", examples=["c12"])


class LeftRowsInput(Input):
    """Rows of an export that are not comments here."""

    rows: Many[Rows] = Field(description="Their numbers, or first-last.", examples=[["3", "8-12"]])
    reason: Text = Field(description="Why; shown to readers.", examples=["Rejected by moderators."])


class CommentsOriginalInput(Input):
    """An export from which comments were imported; written by `briefing import comments`."""

    file: Word = Field("", description="Its file in this folder, never edited.", examples=["comments-original.csv"])
    held: Annotated[Literal["public", "private"], Choice] = Field(
        "public",
        description="private where it is not in the folder; then nobody can verify it here.",
        examples=["private"],
    )
    sha256: Sha256 = Field(
        description="The SHA-256 of its bytes, as `sha256sum` prints it.",
        examples=[_SHA256],
    )
    format: Annotated[TableFormat, Choice] = Field(description="How it is read.", examples=["csv"])
    exported_from: Text = Field("", description="The program that wrote it.", examples=["Polis"])
    columns: list[ColumnOf] = Field(
        [], description="Which column holds which field of a comment.", examples=[["text=comment-body"]]
    )
    renumbered: list[RenumberedInput] = Field([], description="Rows whose comments have another id here.")
    left_out: list[LeftRowsInput] = Field([], description="Rows that are not comments here, with the reason.")


class CommentsFile(Input):
    """The readers' comments as data."""

    comments: list[CommentInput] = Field([], description="Every comment, in the order of the document.")
    scope: Text = Field(
        "",
        description="Which comments these are, and how they were told apart.",
        examples=["all 4 comments in the supplied document, one line taken as one comment"],
    )
    set_aside: list[SetAsideInput] = Field([], description="Comments that are in no theme, with the reason.")
    originals: list[CommentsOriginalInput] = Field(
        [],
        description="The files from which comments were imported.",
        examples=[[{"file": "comments-original.csv", "sha256": _SHA256, "format": "csv"}]],
    )
    show_authors: Switch = Field(False, description="Whether the authors' names are shown.", examples=[False])


class ExcerptInput(Input):
    """Words of a reference that support what is said here."""

    id: Id = Field("", description="Its name within the reference.", examples=["split"])
    exact: Verbatim = Field(description="The words exactly, at most 40.", examples=["at least 3.5% of GDP"])
    where: Text = Field("", description="Where they stand in it.", examples=["paragraph 3"])


class ReferenceInput(Input):
    """An outside work that the prose cites."""

    id: Id = Field(description="Its name in citations, unique in the briefing.", examples=["hague"])
    title: Text = Field(description="Its title.", examples=["The Hague Summit Declaration"])
    authors: Many[Text] = Field([], description="Who wrote it.", examples=[["Ada Marsh"]])
    publisher: Text = Field("", description="Who published it.", examples=["NATO"])
    url: Url = Field("", description="Where it can be read.", examples=["https://www.example.org/declaration"])
    published: SomeDate = Field("", description="When: day, month or year.", examples=["2025-06-25"])
    language: Language = Field("", description="The language of the work and its excerpts.", examples=["de"])
    checked: SomeDate = Field("", description="When you last read it.", examples=["2025-11-07"])
    archived: Url = Field("", description="The address of a copy.", examples=["https://web.archive.org/web/2025/x"])
    excerpts: list[ExcerptInput] = Field([], description="The words in it that you rely on.")
    note: Text = Field("", description="A remark about the work.", examples=["Annex B was read in French."])
    allow: list[AllowInput] = Field([], description="Findings about the work that are let pass.")


class ReferencesFile(Input):
    """The outside works that the prose cites, with the words in them that it relies on."""

    references: list[ReferenceInput] = Field([], description="Every work.")


class PersonInput(Input):
    """Somebody who is quoted: identity only."""

    name: Text = Field(description="The name in full.", examples=["Mark Rutte"])
    kind: Annotated[Literal["person", "organisation"], Choice] = Field(
        "person", description="A person or an organisation.", examples=["organisation"]
    )
    same_as: Url = Field(
        "", description="An address that says who this is.", examples=["https://www.wikidata.org/wiki/Q57792"]
    )


PersonEntry = Annotated[Annotated[Text, Tag(TEXT)] | Annotated[PersonInput, Tag(MAPPING)], Discriminator(kind)]
"""`rutte: Mark Rutte` is short for `rutte: {name: Mark Rutte}`."""


class PeopleFile(RootModel[dict[Id, PersonEntry]]):
    """Everyone who is quoted in any briefing, by id."""


class MeasureInput(Input):
    """Something that is measured again and again."""

    label: Text = Field(description="What is measured.", examples=["Defence spending as a share of GDP"])
    unit: Text = Field("", description="The unit of every value.", examples=["% of GDP"])


class MeasuresFile(RootModel[dict[Id, MeasureInput]]):
    """What figures of several briefings give values of, by id."""
