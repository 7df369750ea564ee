"""The review queue: each annotation that is not published yet, beside its words.

Drafts come from `suggest` and `import`, from their author, or from a rebase that left what is altered to be looked at.
`decisions` has what becomes of each.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from briefing.authoring import edit
from briefing.authoring.change_entry import KINDS, annotation_files, entries_of, find_entry
from briefing.authoring.edit.layout import line_start, with_comments_above
from briefing.authoring.found_entry import FoundEntry, Marks, mark
from briefing.authoring.locate import kind as kind_of_record
from briefing.authoring.locate import look_up, text_of
from briefing.authoring.new_entries import position
from briefing.authoring.rebase import BY_REBASE
from briefing.authoring.review.open_fields import OpenField, open_fields
from briefing.authoring.review.received import received_remarks
from briefing.authoring.surroundings import ShownText, before, surroundings
from briefing.authoring.trial import OpenBriefing, exact_matches
from briefing.authoring.tried_change import EntryChangedError, readable
from briefing.coverage import coverage
from briefing.model import Anchor, AnnotationKey, Briefing, Selector, text_at
from briefing.model.places import Problem, Span, line_and_column, one_line
from briefing.text import language

UNPUBLISHED = ("draft", "review")
PUT_OFF = "put off until later"
"""The comment above a draft in its file that its author has left for later."""
_NAMES = {"quotes": "quotation", "figures": "figure", "context": "context note"}
Position = tuple[int, int, int]
"""What drafts are ordered by: the source first, then comment after comment, last what is not found; start, then end."""
_COMMENT = re.compile(r"^[ \t]*#[ \t]?(.*\S)?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """An annotation that waits for its author's decision."""

    entry: FoundEntry
    kind: str
    """What it is called: a quotation, a reported statement, a figure, a context note."""
    line: int
    """Of its file, from 1."""
    shown: tuple[ShownText, ...]
    """Its words with those around them; empty where they are not found."""
    comment: str
    """The id of the comment that they are in; empty for the source."""
    paragraph: int
    """Of the source, from 1; 0 for a comment and where the words are not found."""
    before: str
    """What comes before `shown`, where it is asked who says it; else empty."""
    open: tuple[OpenField, ...]
    problems: tuple[Problem, ...]
    """What a check finds in it, without what is to be filled in."""
    remarks: tuple[str, ...]
    """The comments above it in its file."""
    position: Position
    put_off: bool = False
    """Whether its author has left it for later."""
    speaker: str = ""
    """The name of who says it; empty where it is not said, or not known."""
    role: str = ""
    """Of the speaker in this briefing; empty where it is not said."""
    received: tuple[str, ...] = ()
    """What colleagues have remarked on it, each with who says it."""

    @property
    def id(self) -> str:
        """Its id, by which decisions name it."""
        return str(self.entry.data["id"])

    @property
    def key(self) -> AnnotationKey:
        """The list that it is in."""
        return next(key for key in KINDS if key == self.entry.path[0])

    @property
    def was_published(self) -> bool:
        """Whether readers could see it until the source changed."""
        left = any(remark.startswith(BY_REBASE) for remark in self.remarks)
        return left and self.entry.data.get("status") == "review"


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What waits in a briefing."""

    drafts: tuple[ReviewDraft, ...]
    """In the order of the source, then of the comments; last what is not found there."""

    @property
    def in_turn(self) -> list[ReviewDraft]:
        """Return the drafts as they come up: those that were left for later after all others."""
        return sorted(self.drafts, key=lambda draft: draft.put_off)

    unread: tuple[str, ...]
    """Files that cannot be read, so that their drafts are not among these."""


@dataclass(frozen=True, slots=True)
class IgnoredDraft:
    """What was left of a draft that was ignored: its words, and what they are not to be drafted as."""

    entry: FoundEntry

    @property
    def name(self) -> str:
        """By which it is meant: another one once anything in it is written otherwise."""
        return mark([self.entry.file.name, self.entry.data])

    @property
    def key(self) -> AnnotationKey:
        """The list that it was in; the first of several."""
        lists = self.entry.data["as"]
        first = lists[0] if isinstance(lists, list) and lists else lists
        return next((key for key in KINDS if key == first), "figures")

    @property
    def kind(self) -> str:
        """What it is called."""
        return _NAMES[self.key]

    @property
    def selectors(self) -> list[Selector]:
        """Where its words are, part by part."""
        return _selectors(self.entry.data.get("target"))

    @property
    def words(self) -> str:
        """Its words; between parts, three dots."""
        return " … ".join(each.exact for each in self.selectors)

    @property
    def comment(self) -> str:
        """The id of the comment that they are in; empty for the source."""
        return str(self.entry.data.get("in") or "")

    @property
    def reason(self) -> str:
        """Why; empty where none was given."""
        return str(self.entry.data.get("reason") or "")

    @property
    def line(self) -> int:
        """Of its file, from 1."""
        return line_and_column(self.entry.file.text, self.entry.file.nodes[self.entry.path].span.start)[0]


def ignored_drafts(opened: OpenBriefing) -> list[IgnoredDraft]:
    """Return the drafts that were ignored, in the order of their files; not what was set aside without a draft."""
    found: list[IgnoredDraft] = []
    for file in annotation_files(opened):
        try:
            found += (IgnoredDraft(entry) for entry in entries_of(file, ("ignore",)) if entry.data.get("as"))
        except edit.EditError:
            continue  # the queue names it
    return found


# --- the queue --------------------------------------------------------------------------------------------------


def review_queue(opened: OpenBriefing) -> ReviewQueue:
    """Return everything that waits. Raises ChangeRefusedError where the briefing cannot be read."""
    briefing = readable(opened)
    entries, unread = _waiting(opened)
    received = received_remarks(opened.docs, opened.checked.path)
    drafts = [
        replace(_draft(opened, briefing, entry), received=tuple(received.get(str(entry.data["id"]), ())))
        for entry in entries
    ]
    return ReviewQueue(tuple(sorted(drafts, key=lambda draft: draft.position)), tuple(unread))


def kept_rows(opened: OpenBriefing) -> list[dict[str, Any]]:
    """Return what is published with the briefing, as plain data in no order: what was kept, and what was no draft."""
    briefing = readable(opened)
    found = []
    for note in briefing.annotations:
        if note.status != "published" or note.id not in briefing.anchors:
            continue
        anchor = briefing.anchors[note.id]
        words = " … ".join(span.of(text_at(briefing, anchor)) for span in anchor.spans)
        told = {"id": note.id, "kind": kind_of_record(note), "words": words, "comment": anchor.comment}
        found.append({**told, "position": position(briefing, anchor)})
    return found


def count_waiting(opened: OpenBriefing) -> int:
    """Return how many drafts wait."""
    return len(_waiting(opened)[0])


def _waiting(opened: OpenBriefing) -> tuple[list[FoundEntry], list[str]]:
    """Return the drafts of a briefing as they are written, and the files that cannot be read.

    What has no id has to get one first; of several with one id only the first can be meant.
    """
    found: dict[str, FoundEntry] = {}
    unread = []
    for file in annotation_files(opened):
        try:
            for entry in entries_of(file, KINDS):
                id = str(entry.data.get("id") or "")
                if id and entry.data.get("status") in UNPUBLISHED:
                    found.setdefault(id, entry)
        except edit.EditError:
            unread.append(file.name)
    return list(found.values()), unread


def find_draft(opened: OpenBriefing, id: str, seen: Marks | None = None) -> ReviewDraft:
    """Return the draft that has an id, as the author has `seen` it.

    Raises ChangeRefusedError where there is none, EntryChangedError where it is no longer what was seen.
    """
    entry = next((entry for entry in _waiting(opened)[0] if entry.data["id"] == id), None)
    if entry is None:
        find_entry(opened, id, KINDS)
        raise EntryChangedError(f"“{one_line(id)}” is no draft: it is published", "look at the list again")
    entry.refuse_changed(seen)
    return _draft(opened, readable(opened), entry)


def _draft(opened: OpenBriefing, briefing: Briefing, entry: FoundEntry) -> ReviewDraft:
    shown, comment, paragraph = tuple[ShownText, ...](), "", 0
    found = place_of(briefing, entry)
    if found:
        text, comment, spans = found
        shown = surroundings(text, language(briefing.source.language), spans)
        earlier = (each.span.start <= spans[0].start for each in briefing.source.paragraphs)
        paragraph = 0 if comment else sum(earlier)
    inside = [problem for problem in opened.checked.problems if _is_inside(problem, entry)]
    open_ = tuple(open_fields(briefing, entry, inside, "".join(piece.text for piece in shown)))
    comments = list(filter(None, _COMMENT.findall(comments_above(entry).of(entry.file.text))))
    reported = str(entry.path[0]) == "quotes" and entry.data.get("kind") == "reported"
    return ReviewDraft(
        entry,
        "reported statement" if reported else _NAMES[str(entry.path[0])],
        line_and_column(entry.file.text, entry.file.nodes[entry.path].span.start)[0],
        shown,
        comment,
        paragraph,
        _before(briefing, found, open_),
        open_,
        tuple(problem for problem in inside if not any(field.is_meant(problem) for field in open_)),
        tuple(each for each in comments if each != PUT_OFF),
        _position(briefing, found),
        PUT_OFF in comments,
        *_speaker_of(briefing, entry),
    )


def _before(briefing: Briefing, found: tuple[str, str, tuple[Span, ...]] | None, open_: tuple[OpenField, ...]) -> str:
    """Return what comes before the words that are shown of a draft, where it is asked who says them; else nothing."""
    if found is None or not any(field.name == "speaker" for field in open_):
        return ""
    text, _, spans = found
    return before(text, language(briefing.source.language), spans)


def _speaker_of(briefing: Briefing, entry: FoundEntry) -> tuple[str, str]:
    """Return the name and the role of who says it; empty where nobody is known."""
    person = briefing.people.get(str(entry.data.get("speaker")))
    return (person.name, briefing.roles.get(person.id, "")) if person else ("", "")


def _position(briefing: Briefing, found: tuple[str, str, tuple[Span, ...]] | None) -> Position:
    if found is None:
        return len(briefing.comments) + 1, 0, 0
    _, comment, spans = found
    return position(briefing, Anchor(exact_matches(spans), comment))


def ignored_position(briefing: Briefing, ignored: IgnoredDraft) -> Position:
    """Return where among drafts the words of one are that was ignored."""
    return _position(briefing, place_of(briefing, ignored.entry))


def shows_reason(briefing: Briefing, draft: ReviewDraft) -> bool:
    """Return whether readers will see a reason for ignoring a draft: of what they saw before, and of a quoted passage
    or a number that coverage counts, which is then set aside. Of anything else a reason is for authors alone."""
    found = briefing.anchors.get(draft.id)
    if draft.was_published or found is None or found.comment:
        return draft.was_published
    return any(
        draft.id in item.annotations and any(item.is_held(briefing.source.text, span) for span in found.spans)
        for item in briefing.derive(coverage).items
    )


def place_of(briefing: Briefing, entry: FoundEntry) -> tuple[str, str, tuple[Span, ...]] | None:
    """Return the text that the words of an entry are in, the comment that it is (none for the source), and where they
    are; None where they are nowhere, or in several places."""
    if found := briefing.anchors.get(str(entry.data.get("id"))):
        return text_at(briefing, found), found.comment, found.spans
    # what else is wrong with an entry may have kept it out of the briefing
    comment, selectors = str(entry.data.get("in") or ""), _selectors(entry.data.get("target"))
    if not all(each.exact for each in selectors) or comment not in ("", *(each.id for each in briefing.comments)):
        return None
    context = selectors[0].prefix, selectors[0].suffix
    spots = look_up(briefing, tuple(each.exact for each in selectors), comment, context).spots
    return (text_of(briefing, comment), comment, spots[0].spans) if len(spots) == 1 else None


def _selectors(target: Any) -> list[Selector]:
    """Return the selectors of a target as it is written; one without words where it is none."""
    parts = target if isinstance(target, list) and target else [target]
    given = [part if isinstance(part, dict) else {"exact": part} for part in parts]
    return [Selector(*(str(each.get(key) or "") for key in ("exact", "prefix", "suffix"))) for each in given]


def _is_inside(problem: Problem, entry: FoundEntry) -> bool:
    return problem.at.file == entry.file.name and problem.at.path[: len(entry.path)] == entry.path


# --- comments in the file ---------------------------------------------------------------------------------------


def comments_above(entry: FoundEntry) -> Span:
    """Return the lines of comments directly above an entry in its file, in code points."""
    text = entry.file.text
    line = line_start(text, entry.file.nodes[entry.path].span.start)
    indent = len(text) - line - len(text[line:].lstrip(" "))
    return Span(with_comments_above(text, line, indent), line)


# --- as plain data ----------------------------------------------------------------------------------------------


def as_row(draft: ReviewDraft) -> dict[str, Any]:
    """Return a draft as plain data, without its problems; the line counts from 1."""
    data = draft.entry.data
    return {
        "id": draft.id,
        "kind": draft.kind,
        "status": str(data["status"]),
        "was_published": draft.was_published,
        "file": draft.entry.file.name,
        "line": draft.line,
        "paragraph": draft.paragraph,
        "comment": draft.comment,
        "shown": [asdict(piece) for piece in draft.shown],
        "fields": {name: value for name, value in data.items() if name not in ("id", "status")},
        "open": [
            {
                "name": field.name,
                "help": field.help,
                "given": field.given,
                "type": field.type,
                "choices": [{"id": id, "name": name} for id, name in field.choices],
                "optional": field.optional,
            }
            for field in draft.open
        ],
        "remarks": [*draft.remarks, *draft.received],
        "put_off": draft.put_off,
        "speaker": draft.speaker,
    }


def ignored_row(draft: IgnoredDraft) -> dict[str, Any]:
    """Return an ignored draft as plain data; the line counts from 1."""
    told = {"name": draft.name, "kind": draft.kind, "words": draft.words, "comment": draft.comment}
    return {**told, "reason": draft.reason, "file": draft.entry.file.name, "line": draft.line}
