"""briefing.yml: what a briefing is, its source with its provenance, and what its people were then.

Registers: comments.yml, references.yml, people.yml and measures.yml: what annotations refer to.
"""

from typing import Annotated, Literal

from briefing.load.schema.annotations import AllowInput, IgnoreInput
from briefing.load.schema.dates import Day, SomeDate
from briefing.load.schema.fields import (
    NOTHING,
    Bare,
    Choice,
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
from briefing.load.schema.formats import (
    ColumnOf,
    FileOrAddress,
    FolderPath,
    HeadingNumbers,
    Id,
    Language,
    Moments,
    OpenRef,
    PageStarts,
    ParagraphNumbers,
    Ref,
    Rows,
    Sha256,
    Switch,
    Url,
    WholeNumber,
)
from briefing.load.schema.inputs import Entries, Input
from briefing.model import SetAsideReason, SourceKind, Stance, Status, TableFormat, UrlStatus

SHA256_EXAMPLE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


FORMER_IDS = "Former ids: citations and addresses with one still lead here."
FORMER_PAGES = "Former ids, the oldest first; addresses with them lead to the page."
LINK_STATUS = "dead where `url` leads nowhere any more: links then lead to `archived`."


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
        "For a web page: the CSS selector of elements without words of the source or of a comment.",
        "nav, .share-buttons",
    )
    reason: Text = required("Why they were left out.", "A link to another article.")


class RoleInput(Input):
    """What a person was when the source was made."""

    role: Text = optional("", "Office or position at that time; left out where it is not known.", "Mayor")


RoleEntry = Short[Text, RoleInput]
"""`castell: Mayor of Saltgate` is short for `castell: {role: Mayor of Saltgate}`."""


class SourceInput(Input):
    """The text that is annotated (source.txt), and where it comes from. What is not known is left out."""

    kind: Annotated[SourceKind, Choice] = required("What sort of text it is.", "article")
    title: Text = optional("", "Its own title.", "Council votes for a ferry")
    language: Language = optional("", "Its language; the briefing's where left out.", "en-GB")
    author: Text = optional("", "Who wrote it.", "Ada Marsh")
    publisher: Text = optional("", "Who published it.", "The Daily Example")
    url: Url = optional("", "Where it was published.", "https://www.example.org/article")
    published: SomeDate = optional("", "When: day, month or year.", "2025-11-06")
    retrieved: SomeDate = optional("", "When it was fetched.", "2025-11-07")
    rights: Text = optional("", "Who holds the rights, and what they allow.", "CC BY 4.0")
    archived: Url = optional("", "The address of a copy of it.", "https://web.archive.org/web/2025/x")
    url_status: Annotated[UrlStatus, Choice] = optional("", LINK_STATUS, "dead")
    pages: PageStarts = optional(
        (), "The paragraph with which each page of the original begins, from the first page on.", "1 6 11"
    )
    times: Moments = optional((), "When each paragraph begins in the recording.", "0:00 0:12 0:31")
    block_quotations: ParagraphNumbers = optional(
        (),
        "The numbers of the paragraphs that are block quotations: their words count as in quotation marks.",
        "7 12",
    )
    headings: HeadingNumbers = optional(
        (),
        "The numbers of the paragraphs that are headings, each with its level behind a colon if that is not 2.",
        "4 9:3 12",
    )
    recording: FileOrAddress = optional(
        "", "The recording: its address, or its file in this folder, which is published.", "speech.mp3"
    )
    publish: Annotated[Literal["full", "excerpts"], Choice] | None = optional(
        None,
        "How much of the source readers get. full: all of it; write that only where its rights allow it. excerpts (the "
        "default, whatever `rights` says): the passages that you cite, with just enough around each to judge it. That "
        "is at most 60 characters before and behind it; 30 more so that no word, “not” or sentence that ends near is "
        "cut; 60 more to begin with its sentence; and at most 120 characters of the words that say whose the passage "
        "is.",
        "full",
    )
    speaker: OpenRef = optional("", "Who speaks where no label says so.", "castell")
    turns: dict[str, OpenRef] = optional(
        {}, "The labels that begin a paragraph when somebody speaks, and who it is.", {"CASTELL:": "castell"}
    )
    original: OriginalInput | None = optional(None, "The document as supplied.")
    left_out: list[LeftOutInput] = optional(
        [], "What of the original is in neither source nor comments, with a reason."
    )


class BriefingFile(Input):
    """What a briefing is: its title and date, its source, the people quoted, and its key points."""

    title: Text = required("The headline of the briefing.", "Saltgate is to have a ferry again")
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
    tags: Many[Label] = optional([], "Words to group briefings by.", ["transport"])
    summary: Prose = optional(NOTHING, "A paragraph for the overview.", "Who said what [@c1].")
    key_points: Annotated[list[Prose], Texts] = optional(
        [], "The main points; each cites what it rests on.", ["Output has grown [@overtaken]."]
    )
    highlights: Many[Ref] = optional(
        [], "Ids of the figures and quotations that the overview shows as key figures and quotations.", ["five-percent"]
    )
    allow: list[AllowInput] = optional(
        [], "What the check finds here and you leave as it is, each with the reason that readers see."
    )
    ignore: list[IgnoreInput] = optional([], "Quoted passages and numbers that are set aside, with a reason.")
    source: SourceInput = required("The text that is annotated, and where it comes from.")
    people: dict[Id, RoleEntry] = optional(
        {}, "What each person was then; only these may be quoted.", {"castell": "Mayor of Saltgate"}
    )


# --- registers -------------------------------------------------------------------------------------------------------


class CommentInput(Input):
    """What one reader wrote under the source."""

    id: Id = required("Its name in citations, unique in the briefing.", "c1")
    was: Many[Id] = optional([], FORMER_IDS, ["c-1"])
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
    allow: list[AllowInput] = optional(
        [], "What the check finds here and you leave as it is, each with the reason that readers see."
    )


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
    hide_names: Many[Text] = optional(
        [], "Names, as they are written, in place of which every comment shows “[name]”.", ["Hope"]
    )


class ExcerptInput(Input):
    """Words of a reference that support what is said here."""

    id: Id = optional("", "Its name within the reference.", "split")
    exact: Verbatim = required("The words exactly, at most 40.", "41 % of running costs")
    where: Text = optional("", "Where they are in it.", "paragraph 3")


class ReferenceInput(Input):
    """An outside work that the prose cites."""

    id: Id = required("Its name in citations, unique in the briefing.", "survey-2024")
    was: Many[Id] = optional([], FORMER_IDS, ["survey"])
    title: Text = required("Its title.", "Survey of the landing stage")
    authors: Many[Text] = optional([], "Who wrote it.", ["Ada Marsh"])
    publisher: Text = optional("", "Who published it.", "Saltgate Council")
    volume: Word = optional("", "Of what it is in, such as a journal: the volume.", "12")
    issue: Word = optional("", "The issue in that volume.", "3")
    pages: Word = optional("", "The pages that it is on.", "45–67")
    url: Url = optional("", "Where it can be read.", "https://www.example.org/survey")
    published: SomeDate = optional("", "When: day, month or year.", "2025-06-25")
    language: Language = optional(
        "", "The language of the work and its excerpts, by which their numbers are read.", "de"
    )
    checked: SomeDate = optional("", "When you last read it.", "2025-11-07")
    archived: Url = optional("", "The address of a copy.", "https://web.archive.org/web/2025/x")
    url_status: Annotated[UrlStatus, Choice] = optional("", LINK_STATUS, "dead")
    excerpts: list[ExcerptInput] = optional([], "The words in it that you rely on.")
    note: Text = optional("", "A remark about the work.", "Annex B was read in French.")
    allow: list[AllowInput] = optional([], "Findings about the work that you allow.")


class ReferencesFile(Input):
    """The outside works that the prose cites, with the words in them that it relies on."""

    references: list[ReferenceInput] = optional([], "Every work.")
    note: Text = optional("", "What holds for all of them, said once above their list.", "Read on 7 November 2025.")


class PersonInput(Input):
    """Somebody who is quoted: identity only."""

    name: Text = required("The name in full.", "Mira Castell")
    kind: Annotated[Literal["person", "organisation"], Choice] = optional(
        "person", "A person or an organisation.", "organisation"
    )
    same_as: Url = optional("", "An address that says who this is.", "https://www.wikidata.org/wiki/Q57792")
    sort_as: Text = optional(
        "",
        "The name as lists file it, where its last word would be wrong, as with two family names.",
        "García Márquez, Gabriel",
    )
    was: Many[Id] = optional([], FORMER_PAGES, ["mira-castell"])


PersonEntry = Short[Text, PersonInput]
"""`castell: Mira Castell` is short for `castell: {name: Mira Castell}`."""


class PeopleFile(Entries):
    """Everyone who is quoted in any briefing, by id."""

    root: dict[Id, PersonEntry]


class MeasureInput(Input):
    """Something that is measured again and again."""

    label: Text = required("What is measured.", "Share of costs that fares cover")
    unit: Text = optional("", "The unit of every value; none for a rank.", "% of costs")
    was: Many[Id] = optional([], FORMER_PAGES, ["fares"])


class MeasuresFile(Entries):
    """What figures of several briefings give values of, by id."""

    root: dict[Id, MeasureInput]


class TopicInput(Input):
    """A topic whose tag had another name. A topic needs no entry otherwise: its tags make it."""

    was: Many[Label] = required(
        "Former tags, the oldest first; addresses with them lead to the page.",
        ["arms"],
    )


class TopicsFile(Entries):
    """Former names of topics, by the tag that there is now."""

    root: dict[str, TopicInput]
