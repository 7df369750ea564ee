"""The records of a briefing: frozen, with tuples, each knowing the place it was read from.

The names are those of the folder format (docs/manual/format.md) and of the pages.
What `load` reads comes first, what later stages compute comes last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise
from typing import Literal, TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import force_setattr

from briefing.model.places import Place, Span
from briefing.model.prose import Prose

JOURNAL = ".briefing-unfinished/journal.json"
"""In the docs folder, while a command replaces several files."""


Status = Literal["draft", "review", "published"]
SourceKind = Literal["article", "speech", "transcript", "document"]
QuotationKind = Literal["direct", "fragment", "reported"]
UrlStatus = Literal["live", "dead"]
"""Whether a work is still where it was; the word is that of Wikipedia's citation templates."""
FigureType = Literal["amount", "share", "count", "date", "rank", "comparison"]
FigureBasis = Literal["measured", "estimate", "pledge", "claim", "reported"]
Stance = Literal["supportive", "critical", "mixed", "neutral"]
SetAsideReason = Literal[
    "spam",
    "abuse",
    "duplicate",
    "off-topic",
    "to-newsroom",
    "unreadable",
    "moderated",
    "newsroom",
    "request",
    "gone",
]
WORDLESS: frozenset[SetAsideReason] = frozenset({"request", "gone"})
"""Reasons for which a comment keeps its place and is counted, and its words are nowhere: it was removed on request, or
the document no longer has it."""
Verdict = Literal["supported", "partly-supported", "disputed", "contradicted", "unverified"]
Origin = Literal["quotes", "figures", "derived", "context", "themes"]
AnnotationKey = Literal["quotes", "figures", "context"]
"""The lists of the annotation files whose entries are about words of the source or of a comment."""
FolderPart = Literal[
    "people",
    "measures",
    "topics",
    "roles",
    "left_out",
    "comments",
    "references",
    "annotations",
    "releases",
    "corrections",
]
TableFormat = Literal["csv", "json", "jsonl", "xml"]
CorrectionKind = Literal["correction", "update", "source-change", "typo"]
"""Something was wrong; it was right and is no longer the latest; the source itself has changed; the meaning is the
same."""
ShownField = Literal[
    "about", "authors", "basis", "cites", "excerpts", "formula", "from", "in", "inputs", "judged_by", "key_points",
    "kind", "label", "members", "note", "period", "place", "published", "publisher", "resolved", "response", "role",
    "series", "source_author", "source_published", "source_publisher", "source_title", "speaker", "summary", "title",
    "translation", "type", "unit", "value", "verdict", "verdict_note", "via", "withheld", "wordings", "words",
]  # fmt: skip
"""What a change of needs a correction where readers were shown it, by the name of the field."""


# --- the source -------------------------------------------------------------------------------------------------


class Paragraph(Struct, frozen=True):
    """One line of the source that is not blank."""

    number: int
    """From 1; the fragment of its place on the text page is `p` and this number."""
    span: Span
    """Without its line end."""


class Turn(Struct, frozen=True):
    """What one person says without a break, in a speech or transcript."""

    speaker: str
    span: Span
    """The words alone, without the label that names the speaker."""


class Original(Struct, frozen=True):
    """The document as supplied."""

    file: str
    """Path relative to the docs folder; empty where it is held privately."""
    sha256: str
    held: Literal["public", "private"]
    data: bytes | None
    """None where it is private, missing or unreadable."""
    at: Place
    reader: str = ""
    """Name and version of the reader that the source was made with; empty where not recorded."""
    encoding: str = ""
    """How its bytes are read as characters where it does not say so itself."""


class LeftOut(Struct, frozen=True):
    """Words of the original that are in neither source nor comments, and why."""

    text: str
    """Empty where `elements` says it."""
    reason: str
    at: Place
    elements: str = ""
    """CSS selector of the elements of a web page that are left out with all that is in them."""


class Source(Struct, frozen=True, kw_only=True):
    """The frozen text that is annotated, with its provenance (W3C Web Annotation: the target's source)."""

    file: str
    """Path of source.txt relative to the docs folder."""
    text: str
    """As it is, without a byte order mark; every span of an annotation counts in it."""
    paragraphs: tuple[Paragraph, ...]
    turns: tuple[Turn, ...]
    """Empty for an article or document."""
    kind: SourceKind
    language: str
    """BCP 47."""
    title: str
    author: str
    publisher: str
    url: str
    published: str
    """ISO 8601 day, month or year; empty where not known (so are all the others)."""
    retrieved: str
    rights: str
    publish: Literal["full", "excerpts", "preview"] = "excerpts"
    """What of its text readers get. `preview` is what an author's own preview makes of excerpts: the whole text, which
    no build shows."""
    original: Original | None
    left_out: tuple[LeftOut, ...]
    at: Place
    archived: str = ""
    """The address of a copy."""
    url_status: UrlStatus | Literal[""] = ""
    pages: tuple[int, ...] = ()
    """The number of the paragraph with which each page of the original begins; empty where it has no pages."""
    times: tuple[int, ...] = ()
    """When each paragraph begins in the recording, in seconds; empty where there is none."""
    block_quotations: tuple[int, ...] = ()
    """The numbers of the paragraphs that the document sets apart as block quotations."""
    headings: tuple[tuple[int, int], ...] = ()
    """The numbers of the paragraphs that are headings in the document, each with its level, from 2."""
    recording: str = ""
    """An address, or a path relative to the docs folder."""
    lines: tuple[Span, ...] = ()
    """The spans of `paragraphs` alone; not to be given."""
    set_apart: tuple[Span, ...] = ()
    """The spans of `block_quotations`, those that follow one another as one; not to be given."""

    def __post_init__(self) -> None:
        """Fill `lines` and `set_apart`."""
        lines = tuple(paragraph.span for paragraph in self.paragraphs)
        force_setattr(self, "lines", lines)
        apart: list[Span] = []
        for before, number in zip((0, *self.block_quotations), self.block_quotations, strict=False):
            line = lines[number - 1]
            follows = apart and number == before + 1
            apart.append(Span(apart.pop().start, line.end) if follows else line)
        force_setattr(self, "set_apart", tuple(apart))

    @property
    def read_at(self) -> str:
        """The address at which it can be read now; empty where there is none."""
        return self.archived if self.url_status == "dead" else self.url

    def page_at(self, at: int) -> int:
        """Return the page of the original on which the paragraph at a code point begins; 0 where it has no pages."""
        return bisect_right(self.pages, self._paragraph_at(at))

    def moment_at(self, at: int) -> int | None:
        """Return when the paragraph at a code point begins, in seconds; None where that is not known."""
        return self.times[self._paragraph_at(at) - 1] if self.times else None

    def _paragraph_at(self, at: int) -> int:
        return max(1, bisect_right(self.lines, at, key=lambda line: line.start))

    def set_apart_at(self, span: Span) -> Span | None:
        """Return the block quotation that holds a span; None where none does."""
        return next((block for block in self.set_apart if block.holds(span)), None)

    @property
    def heading_lines(self) -> tuple[Span, ...]:
        """The spans of `headings`."""
        return tuple(self.lines[number - 1] for number, _ in self.headings)

    def turn_at(self, span: Span) -> Turn | None:
        """Return the turn that holds a span; None where none does."""
        before = bisect_right(self.turns, span.start, key=lambda turn: turn.span.start)
        turn = self.turns[before - 1] if before else None
        return turn if turn and turn.span.holds(span) else None


# --- people, references, comments -------------------------------------------------------------------------------


class Person(Struct, frozen=True):
    """Somebody who is quoted: identity only, from people.yml."""

    id: str
    name: str
    kind: Literal["person", "organisation"]
    same_as: str
    """An address that says who this is; empty where none is given."""
    at: Place
    sort_as: str = ""
    """The name as lists file it, where no rule would find it: "García Márquez, Gabriel"; mostly empty."""
    was: tuple[str, ...] = ()
    """Former ids, the oldest first."""


class Measure(Struct, frozen=True):
    """What figures of several briefings give values of, from measures.yml."""

    id: str
    label: str
    unit: str
    """Of every value; empty where there is none, as of a rank."""
    at: Place
    was: tuple[str, ...] = ()
    """Former ids, the oldest first."""


class RenamedTopic(Struct, frozen=True):
    """A topic whose tag had other names, from topics.yml."""

    tag: str
    was: tuple[str, ...]
    """Former tags, the oldest first."""
    at: Place


class Excerpt(Struct, frozen=True):
    """Words of a reference that support what is said here."""

    id: str
    """Unique within its reference; may be empty."""
    exact: str
    where: str
    at: Place


class Reference(Struct, frozen=True, kw_only=True):
    """An outside work that the prose cites (after CSL)."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    url: str
    published: str
    checked: str
    archived: str
    excerpts: tuple[Excerpt, ...]
    note: str
    allow: tuple[Allow, ...] = ()
    at: Place
    language: str = ""
    """BCP 47, of the work and its excerpts; empty where it is not said."""
    url_status: UrlStatus | Literal[""] = ""
    was: tuple[str, ...] = ()
    """Former ids."""
    volume: str = ""
    """Of what it is in, such as a journal; so is the issue."""
    issue: str = ""
    pages: str = ""
    """As they are written: “45–67”, “e12”."""

    @property
    def read_at(self) -> str:
        """The address at which it can be read now; empty where there is none."""
        return self.archived if self.url_status == "dead" else self.url


class Comment(Struct, frozen=True, kw_only=True):
    """What one reader wrote under the source."""

    id: str
    text: str
    author: str
    date: str
    reply_to: str
    votes: int | None
    at: Place
    stance: Stance | Literal[""] = ""
    """What the commenter chose where the comment was written; empty where nobody asked."""
    allow: tuple[Allow, ...] = ()
    was: tuple[str, ...] = ()
    """Former ids."""
    with_names: str = ""
    """The text as it is in the file, where a name in it is not shown; else empty."""

    @property
    def written(self) -> str:
        """The text as it is in the file: what is compared with originals, and never shown."""
        return self.with_names or self.text


class Renumbered(Struct, frozen=True):
    """A row of an export whose comment has another id here than in the file, or has none there."""

    row: int
    given: str
    """The id in the file; empty where it has none."""
    comment: str
    at: Place


class LeftRows(Struct, frozen=True):
    """Rows of an export that are no comments of the briefing, and why."""

    rows: tuple[tuple[int, int], ...]
    """First and last of each run."""
    reason: str
    at: Place

    def numbers(self) -> frozenset[int]:
        """Return every row."""
        return frozenset(row for first, last in self.rows for row in range(first, last + 1))


class CommentsOriginal(Struct, frozen=True, kw_only=True):
    """An export from which comments were imported, as it was supplied."""

    file: str
    """Path relative to the docs folder; empty where it is held privately."""
    sha256: str
    held: Literal["public", "private"]
    data: bytes | None
    """None where it is private, missing or unreadable."""
    format: TableFormat
    exported_from: str
    """The program; empty where it is not known."""
    columns: Mapping[str, str]
    """By field of a comment: the column, or path of keys with dots, that holds it."""
    renumbered: tuple[Renumbered, ...]
    left_out: tuple[LeftRows, ...]
    at: Place


class SetAside(Struct, frozen=True):
    """A comment that is in no theme, and why."""

    comment: str
    reason: SetAsideReason
    at: Place


# --- annotations ------------------------------------------------------------------------------------------------


class Selector(Struct, frozen=True):
    """W3C TextQuoteSelector: the words, the words just before, the words just after."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Part(Struct, frozen=True):
    """One unbroken piece of a target."""

    selector: Selector
    at: Place
    """Where `exact` is written."""


class Target(Struct, frozen=True):
    """The words that an annotation is about: one part, or several that the source interrupts."""

    parts: tuple[Part, ...]
    comment: str
    """The id of the comment that they are in; empty for the source."""
    at: Place


class Allow(Struct, frozen=True):
    """A finding that the author lets pass, visibly."""

    code: str
    reason: str
    at: Place
    passage: str = ""
    """The quoted words that alone it is about; empty for every finding of its code."""


class Ignored(Struct, frozen=True):
    """Words of the source that the author leaves without annotation on purpose, and why."""

    target: Target
    reason: str
    """Empty where the words are only not to be drafted again: no reader is told that they were set aside."""
    at: Place
    lists: tuple[AnnotationKey, ...] = ()
    """What is not to be made of them; empty for quotations and figures."""

    def is_about(self, key: AnnotationKey) -> bool:
        """Return whether it sets words aside as far as entries of this list are concerned."""
        return key in (self.lists or ("quotes", "figures"))


class Assessment(Struct, frozen=True):
    """The author's judgement of a claim or figure (schema.org ClaimReview)."""

    verdict: Verdict
    by: str
    date: str
    evidence: tuple[str, ...]
    """Ids of references and annotations."""
    response: Prose | None
    """What the person judged says to it."""
    note: Prose | None
    at: Place


class Named(Struct, frozen=True, kw_only=True):
    """What annotations, derived figures and themes have in common."""

    id: str
    was: tuple[str, ...]
    tags: tuple[str, ...]
    by: tuple[str, ...]
    status: Status
    allow: tuple[Allow, ...]
    at: Place
    reviewed_by: tuple[str, ...] = ()
    """Who read it before it was published; empty where its briefing's reviewers did."""


class Annotation(Named, frozen=True, kw_only=True):
    """One statement about one target."""

    target: Target
    note: Prose | None


class Translation(Struct, frozen=True):
    """The author's or somebody else's translation of a quotation."""

    text: str
    by: str
    at: Place


class Wording(Struct, frozen=True):
    """How another report has the sentence that is quoted."""

    cite: str
    """The reference that has it."""
    words: tuple[str, ...]
    """Verbatim from its excerpts; several where the report interrupts them."""
    translation: Translation | None
    at: Place


class Quotation(Annotation, frozen=True, kw_only=True):
    """Words that somebody says."""

    kind: QuotationKind
    speaker: str
    """Empty only for a draft."""
    via: tuple[str, ...]
    """Who quotes the speaker, outermost last."""
    attribution: str
    """The source's own crediting words; empty where they are to be found."""
    translation: Translation | None
    assessment: Assessment | None
    wordings: tuple[Wording, ...] = ()
    """The same sentence in other reports."""


class Value(Struct, frozen=True):
    """What a figure says."""

    text: str
    """As the author wrote it."""
    low: Decimal | None
    high: Decimal | None
    """Equal for one number; one is None for "at least" or "at most"; both None for a date."""
    words: str
    """Where the source gives no exact number ("dozens"); empty otherwise."""
    date: str
    """ISO 8601 day, month or year for a figure of type date; empty otherwise."""


class Resolved(Struct, frozen=True):
    """What relative or incomplete words mean, and why."""

    value: str
    because: str
    at: Place


class SeriesPoint(Struct, frozen=True, kw_only=True):
    """One comparable value from a reference."""

    period: str
    low: Decimal
    high: Decimal
    """More than `low` for a range."""
    cite: str
    basis: FigureBasis | Literal[""] = ""
    """Empty where nothing is said of it."""
    of: str = ""
    """Whose or what it is a value of, where the series compares several."""
    by: str = ""
    """Who gives it, where several sources do."""
    counts: str = ""
    """What exactly it counts."""
    at: Place


class Series(Struct, frozen=True):
    """Comparable values, to set beside a figure."""

    label: str
    """What the values are; the figure's own label where the author gives no other."""
    unit: str
    """Of every value; the figure's own where the author gives no other."""
    points: tuple[SeriesPoint, ...]
    at: Place

    @property
    def compares(self) -> bool:
        """Whether it compares what several sources say, or several things: no line leads from one value to the next."""
        return any(point.of or point.by for point in self.points)


class Figure(Annotation, frozen=True, kw_only=True):
    """A number or date that carries meaning."""

    label: str
    type: FigureType
    basis: FigureBasis
    value: Value
    unit: str
    period: str
    speaker: str
    resolved: Resolved | None
    assessment: Assessment | None
    series: Series | None
    measure: str = ""
    """The id of the measure of which it gives a value; empty for none."""


class FormulaTerm(Struct, frozen=True):
    """A number that a formula takes from something that can be cited."""

    name: str
    """What the formula calls it."""
    cite: str
    value: Decimal
    at: Place


class Derived(Named, frozen=True, kw_only=True):
    """A number that is in no source: computed from figures and from numbers in what is cited."""

    label: str
    formula: str
    """Names of inputs, figures and derived figures, numbers, + - * / and parentheses."""
    inputs: tuple[FormulaTerm, ...]
    value: Decimal
    """The result as the author states it, perhaps rounded."""
    unit: str
    note: Prose | None


class ContextNote(Annotation, frozen=True, kw_only=True):
    """What a reader should know about something that the source mentions."""

    title: str


class Member(Struct, frozen=True, kw_only=True):
    """That a comment belongs to a theme, with the words that show it."""

    comment: str
    stance: Stance | Literal[""] = ""
    words: str = ""
    """Verbatim from the comment; empty for the whole of it."""
    at: Place


class Theme(Named, frozen=True, kw_only=True):
    """An author's summary of what one or several readers wrote."""

    title: str
    about: str
    """What the stances are about."""
    members: tuple[Member, ...]
    dissent: tuple[str, ...] = ()
    """Ids of the comments whose words speak for the smaller side; empty where the first of them do."""
    dissent_withheld: str = ""
    """Why no words of the smaller side are shown, for readers; empty where some are."""
    summary: Prose | None


class Withdrawn(Struct, frozen=True, kw_only=True):
    """An annotation or theme that was taken back: its address stays, and says when and why."""

    id: str
    was: tuple[str, ...]
    origin: Origin
    """The list of the annotation files that it was in; so its address is known."""
    date: str
    """ISO 8601 day; empty for what is under review, and may be shown again."""
    reason: str
    """For readers; empty for the same."""
    at: Place


# --- releases and corrections -----------------------------------------------------------------------------------


class Correction(Struct, frozen=True, kw_only=True):
    """Something that readers were shown and are shown differently now, when and why."""

    date: str
    """ISO 8601 day."""
    kind: CorrectionKind
    reason: str
    """For readers."""
    withheld: str
    """Why the former words are not repeated, for readers; empty where they are."""
    changes: tuple[CorrectedField, ...]
    at: Place


class CorrectedField(Struct, frozen=True):
    """One field of something, before and after; each is several texts where the field has several, in no order."""

    id: str
    """Of what it is a field of; empty for the briefing itself."""
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    at: Place


class Releases(Struct, frozen=True, kw_only=True):
    """When a briefing was released, and what its readers were shown then the last time."""

    dates: tuple[str, ...]
    """ISO 8601 days, the oldest first."""
    corrections: int
    """How many corrections there were at the last release: what they say is in what readers were shown."""
    briefing: Mapping[str, tuple[str, ...]]
    """By field: the texts of the briefing itself."""
    entries: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By id and field: those of everything that has an id."""
    at: Place


# --- the briefing -----------------------------------------------------------------------------------------------


class MatchLevel(IntEnum):
    """How far a target had to be folded before it matched."""

    EXACT = 0
    """Code point for code point."""
    SPACE = 1
    """White space and line wraps folded."""
    TYPOGRAPHY = 2
    """Glyphs of quotation marks, dashes, spaces and ellipses, soft hyphens and Unicode composition folded."""


class Match(Struct, frozen=True):
    """One place where a selector's words are."""

    span: Span
    level: MatchLevel


class Anchor(Struct, frozen=True):
    """Where a target was found: one match for each of its parts, in the order of the source."""

    matches: tuple[Match, ...]
    comment: str = ""
    """The comment that the spans count in; empty for the source."""
    interrupted: tuple[int, ...] = ()
    """Which matches, counted from 0, follow words by which the source interrupts the passage before them: “We will
    go,” she said. “Soon.” Before all others words of the same passage were left out."""
    spoken: bool = False
    """Whether all of it is in quotation marks, a turn or a comment: somebody is given these very words."""

    @property
    def parts(self) -> tuple[tuple[Span, ...], ...]:
        """The spans by passage: a part for each passage that the source interrupts, within it what is left."""
        bounds = (0, *self.interrupted, len(self.matches))
        return tuple(self.spans[start:end] for start, end in pairwise(bounds))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans alone."""
        return tuple(match.span for match in self.matches)

    @property
    def whole(self) -> Span:
        """From the first word to the last, gaps included."""
        return Span(self.matches[0].span.start, self.matches[-1].span.end)


class Unread(Struct, frozen=True):
    """What problems have kept out of a briefing: whatever leads there may be right, and is not to be blamed."""

    entries: frozenset[tuple[FolderPart, str]] = frozenset()
    """Part of the folder and id of each entry that was left out; the id is empty where it cannot be known."""

    def may_have(self, id: str, *parts: FolderPart) -> bool:
        """Return whether an id may be that of an entry that was left out."""
        return any((part, id) in self.entries or (part, "") in self.entries for part in parts)

    def lacks(self, part: FolderPart) -> bool:
        """Return whether anything of a part was left out."""
        return any(found == part for found, _ in self.entries)


T = TypeVar("T")


class DerivedValues:
    """What has been worked out from one briefing, by the function that works it out.

    It is made with its briefing, goes wherever it goes and is given up with it. A copy of a briefing, made with
    `replace` or in another process, begins with nothing, because it may hold something else.
    """

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: dict[object, object] = {}

    def __reduce__(self) -> tuple[type[DerivedValues], tuple[()]]:
        return DerivedValues, ()

    def __eq__(self, other: object) -> bool:
        """Whether two briefings are equal does not depend on what they were asked for."""
        return isinstance(other, DerivedValues)

    def __hash__(self) -> int:
        return 0


class Briefing(Struct, frozen=True, kw_only=True):
    """One source with its annotations: what the whole program is about."""

    path: str
    """Its folder, relative to the docs folder, with `/`; also its URL."""
    title: str
    date: str
    language: str
    authors: tuple[str, ...]
    status: Status
    tags: tuple[str, ...]
    summary: Prose | None
    key_points: tuple[Prose, ...]
    highlights: tuple[str, ...]
    """Ids of the figures and quotations that carry the story, for the overview."""
    allow: tuple[Allow, ...]
    source: Source
    people: Mapping[str, Person]
    """Everybody in people.yml, by id."""
    roles: Mapping[str, str]
    """By person: what each was when the source was made. Only these may be quoted here."""
    quotations: tuple[Quotation, ...]
    figures: tuple[Figure, ...]
    context: tuple[ContextNote, ...]
    themes: tuple[Theme, ...]
    comments: tuple[Comment, ...]
    scope: str
    """What the comments are: which were taken, and how they were distinguished."""
    set_aside: tuple[SetAside, ...]
    show_authors: bool
    references: tuple[Reference, ...]
    at: Place
    derived: tuple[Derived, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    """Quoted passages and numbers of the source that are set aside: in briefing.yml, then in the other files."""
    unread: Unread = Unread()
    reviewed_by: tuple[str, ...] = ()
    """Who read it before it was published."""
    aliases: tuple[str, ...] = ()
    """Former paths, the oldest first; their addresses lead here."""
    withdrawn: tuple[Withdrawn, ...] = ()
    comment_originals: tuple[CommentsOriginal, ...] = ()
    """The exports from which comments were imported, in the order of comments.yml."""
    releases: Releases | None = None
    """None where nothing was released."""
    corrections: tuple[Correction, ...] = ()
    """In the order of corrections.yml, the oldest first."""
    hide_names: tuple[str, ...] = ()
    """Further names that no comment is to show."""
    references_note: str = ""
    """What holds for all references, said once above their list."""

    measures: Mapping[str, Measure] = field(default_factory=dict)
    """Everything in measures.yml, by id."""

    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    """By annotation id; filled by `anchor.resolve`, without those that were not found."""
    attributions: Mapping[str, Span] = field(default_factory=dict)
    """By quotation id: the source's crediting words, in code points of the source; filled by `anchor.resolve`."""
    words: Mapping[tuple[str, str], Anchor] = field(default_factory=dict)
    """By theme and comment id: where a member's words are in its comment; filled by `anchor.resolve`."""
    ignored_at: Mapping[Place, Anchor] = field(default_factory=dict)
    """By the place of an `Ignored`: where its words are; filled by `anchor.resolve`."""
    derived_values: DerivedValues = field(default_factory=DerivedValues)
    """What rules and pages have worked out from it so far, see `derive`; not to be given."""

    def __post_init__(self) -> None:
        """Begin with nothing worked out, also as a copy."""
        force_setattr(self, "derived_values", DerivedValues())

    @property
    def has_source_title(self) -> bool:
        """Whether its title is the headline of its source: what the source says, and not what its author found."""
        return self.title.casefold().split() == self.source.title.casefold().split()

    def derive(self, make: Callable[[Briefing], T]) -> T:
        """Return what `make` gives for this briefing; it is worked out when it is first asked for, and kept."""
        found = self.derived_values.found
        if make not in found:
            found[make] = make(self)
        return cast(T, found[make])

    def give_up(self) -> None:
        """Forget what was worked out. Some of it refers to the briefing, so that both would stay in memory until
        garbage is looked for, which takes time."""
        self.derived_values.found.clear()

    @property
    def annotations(self) -> tuple[Quotation | Figure | ContextNote, ...]:
        """Quotations, figures and context notes, in the order of the files."""
        return (*self.quotations, *self.figures, *self.context)

    @property
    def citable(self) -> tuple[Quotation | Figure | ContextNote | Derived | Theme | Comment | Reference, ...]:
        """All that prose can cite by an id, and by former ones."""
        return (*self.annotations, *self.derived, *self.themes, *self.comments, *self.references)


def comments_by_id(briefing: Briefing) -> Mapping[str, Comment]:
    """Return the comments by their ids; for `Briefing.derive`, so that ten thousand are gone through once."""
    return {comment.id: comment for comment in briefing.comments}


def text_at(briefing: Briefing, anchor: Anchor) -> str:
    """Return the text that the spans of an anchor count in: the source, or a comment."""
    return briefing.derive(comments_by_id)[anchor.comment].text if anchor.comment else briefing.source.text


class Page(Struct, frozen=True):
    """A path and its Markdown, before MkDocs."""

    path: str
    """Relative to the docs folder, ending in .md."""
    markdown: str
    edit: str = ""
    """The file to open for a change, relative to the docs folder."""


class Attachment(Struct, frozen=True):
    """A file that is made beside the pages, for readers to download."""

    path: str
    """Relative to the docs folder."""
    content: bytes
