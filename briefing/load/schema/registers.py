"""comments.yml, references.yml, people.yml and measures.yml: what annotations refer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import RootModel

from briefing.load.schema.annotations import AllowInput
from briefing.load.schema.briefing import SHA256_EXAMPLE, HeldInput
from briefing.load.schema.dates import SomeDate
from briefing.load.schema.fields import Choice, Input, Many, Short, Text, Verbatim, Word, optional, required
from briefing.load.schema.formats import ColumnOf, Id, Language, Ref, Rows, Switch, Url, WholeNumber
from briefing.model import SetAsideReason, Stance, TableFormat


class CommentInput(Input):
    """What one reader wrote under the source."""

    id: Id = required("Its name in citations, unique in the briefing.", "c1")
    text: Verbatim = optional(
        "", "The words exactly; left out only for a comment removed on request or gone.", "At last."
    )
    author: Verbatim = optional("", "Hidden unless `show_authors` says otherwise.", "Reader 1")
    date: SomeDate = optional("", "When it was written.", "2025-11-07")
    reply_to: Ref = optional("", "The id of the comment that it answers.", "c1")
    votes: WholeNumber | None = optional(None, "Votes for it, as shown under the source.", 12)
    stance: Annotated[Stance, Choice] | None = optional(
        None, "What the commenter chose where the comment was written.", "critical"
    )
    allow: list[AllowInput] = optional([], "Findings that you allow, with the reason.")


class SetAsideInput(Input):
    """A comment that is in no theme, and why."""

    comment: Ref = required("The id of the comment.", "c9")
    reason: Annotated[SetAsideReason, Choice] = required("Why it is set aside.", "spam")


class RenumberedInput(Input):
    """A row of an export whose comment has another id here."""

    row: WholeNumber = required("The line of the table, or the number of the entry.", 4)
    given: Word = optional("", "The id in the file; left out where it has none.", "7", alias="id")
    comment: Ref = required("The id of the comment here.", "c12")


class LeftRowsInput(Input):
    """Rows of an export that are not comments here."""

    rows: Many[Rows] = required("Their numbers, or first-last.", ["3", "8-12"])
    reason: Text = required("Why; shown to readers.", "Rejected by moderators.")


class CommentsOriginalInput(HeldInput):
    """An export from which comments were imported; written by `briefing import comments`."""

    file: Word = optional("", "Its file in this folder, never edited.", "comments-original.csv")
    format: Annotated[TableFormat, Choice] = required("How it is read.", "csv")
    exported_from: Text = optional("", "The program that wrote it.", "Polis")
    columns: list[ColumnOf] = optional([], "Which column holds which field of a comment.", ["text=comment-body"])
    renumbered: list[RenumberedInput] = optional([], "Rows whose comments have another id here.")
    left_out: list[LeftRowsInput] = optional([], "Rows that are not comments here, with the reason.")


class CommentsFile(Input):
    """The readers' comments as data."""

    comments: list[CommentInput] = optional([], "Every comment, in the order of the document.")
    scope: Text = optional(
        "",
        "Which comments these are, and how they were separated.",
        "all 4 comments in the supplied document, one per line",
    )
    set_aside: list[SetAsideInput] = optional([], "Comments that are in no theme, with the reason.")
    originals: list[CommentsOriginalInput] = optional(
        [],
        "The files from which comments were imported.",
        [{"file": "comments-original.csv", "sha256": SHA256_EXAMPLE, "format": "csv"}],
    )
    show_authors: Switch = optional(False, "Whether the authors' names are shown.", False)


class ExcerptInput(Input):
    """Words of a reference that support what is said here."""

    id: Id = optional("", "Its name within the reference.", "split")
    exact: Verbatim = required("The words exactly, at most 40.", "at least 3.5% of GDP")
    where: Text = optional("", "Where they are in it.", "paragraph 3")


class ReferenceInput(Input):
    """An outside work that the prose cites."""

    id: Id = required("Its name in citations, unique in the briefing.", "hague")
    title: Text = required("Its title.", "The Hague Summit Declaration")
    authors: Many[Text] = optional([], "Who wrote it.", ["Ada Marsh"])
    publisher: Text = optional("", "Who published it.", "NATO")
    url: Url = optional("", "Where it can be read.", "https://www.example.org/declaration")
    published: SomeDate = optional("", "When: day, month or year.", "2025-06-25")
    language: Language = optional("", "The language of the work and its excerpts.", "de")
    checked: SomeDate = optional("", "When you last read it.", "2025-11-07")
    archived: Url = optional("", "The address of a copy.", "https://web.archive.org/web/2025/x")
    excerpts: list[ExcerptInput] = optional([], "The words in it that you rely on.")
    note: Text = optional("", "A remark about the work.", "Annex B was read in French.")
    allow: list[AllowInput] = optional([], "Findings about the work that you allow.")


class ReferencesFile(Input):
    """The outside works that the prose cites, with the words in them that it relies on."""

    references: list[ReferenceInput] = optional([], "Every work.")
    note: Text = optional("", "What holds for all of them, said once above their list.", "Read on 7 November 2025.")


class PersonInput(Input):
    """Somebody who is quoted: identity only."""

    name: Text = required("The name in full.", "Mark Rutte")
    kind: Annotated[Literal["person", "organisation"], Choice] = optional(
        "person", "A person or an organisation.", "organisation"
    )
    same_as: Url = optional("", "An address that says who this is.", "https://www.wikidata.org/wiki/Q57792")


PersonEntry = Short[Text, PersonInput]
"""`rutte: Mark Rutte` is short for `rutte: {name: Mark Rutte}`."""


class PeopleFile(RootModel[dict[Id, PersonEntry]]):
    """Everyone who is quoted in any briefing, by id."""


class MeasureInput(Input):
    """Something that is measured again and again."""

    label: Text = required("What is measured.", "Defence spending as a share of GDP")
    unit: Text = optional("", "The unit of every value.", "% of GDP")


class MeasuresFile(RootModel[dict[Id, MeasureInput]]):
    """What figures of several briefings give values of, by id."""
