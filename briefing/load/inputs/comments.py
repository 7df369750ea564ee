"""comments.yml and references.yml: what readers wrote, and the outside works that the prose cites."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from briefing.load.fields import Choice, Many, Text, Verbatim
from briefing.load.formats import Id, Language, Ref, SomeDate, Switch, Url, WholeNumber
from briefing.load.inputs.base import AllowInput, Input
from briefing.model import SetAsideReason


class CommentInput(Input):
    """What one reader wrote under the source."""

    id: Id = Field(description="Its name in citations, unique in the briefing.", examples=["c1"])
    text: Verbatim = Field(
        "",
        description="The words exactly; left out only for a comment removed on request or gone.",
        examples=["At last."],
    )
    author: Text = Field("", description="Hidden unless `show_authors` says otherwise.", examples=["Reader 1"])
    date: SomeDate = Field("", description="When it was written.", examples=["2025-11-07"])
    reply_to: Ref = Field("", description="The id of the comment that it answers.", examples=["c1"])
    votes: WholeNumber | None = Field(None, description="Votes for it, as shown under the source.", examples=[12])


class SetAsideInput(Input):
    """A comment that is in no theme, and why."""

    comment: Ref = Field(description="The id of the comment.", examples=["c9"])
    reason: Annotated[SetAsideReason, Choice] = Field(description="Why it is set aside.", examples=["spam"])


class CommentsFile(Input):
    """The readers' comments as data."""

    comments: list[CommentInput] = Field([], description="Every comment, in the order of the document.")
    scope: Text = Field(
        "",
        description="Which comments these are, and how they were told apart.",
        examples=["all 4 comments in the supplied document, one line taken as one comment"],
    )
    set_aside: list[SetAsideInput] = Field([], description="Comments that are in no theme, with the reason.")
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
