"""Rules on assessments: a verdict rests on something else than what it judges.

That a verdict has an author, a date and evidence is required where it is read (`load.inputs.annotations`), and that
the evidence exists is said in `citations`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.check.grounds import KnownIds, named, withdrawn
from briefing.model import Annotation, Assessment, Briefing, Figure, FolderPart, Quotation, Status, Theme, Withdrawn
from briefing.model.places import Place, Problem
from briefing.model.prose import ALL_COMMENTS, Count, Prose, inlines, keys, plain


def evidence_missing(briefing: Briefing) -> Iterator[Problem]:
    """The evidence of a verdict is not the judged annotation alone, under whichever of its ids."""
    for item in briefing.annotations:
        assessment = item.assessment if isinstance(item, Quotation | Figure) else None
        if assessment and set(assessment.evidence) <= {item.id, *item.was}:
            yield Problem(
                "evidence-missing",
                f"the verdict on “{item.id}” has no evidence but “{item.id}” itself",
                item.at.child("assessment", "evidence"),
                "name a reference or another annotation that it rests on; where there is none, there is no verdict yet",
            )


NO_WORDS = "has no words of its own: readers would see nothing but the number of what it cites"
"""What is said of a note that is nothing but a citation."""
_CITABLE: tuple[FolderPart, ...] = ("annotations", "comments", "references")
"""Parts of the folder with ids that prose may cite."""


# --- what there is to cite --------------------------------------------------------------------------------------


class _Use(Struct, frozen=True):
    """An id where something rests on it."""

    id: str
    at: Place
    status: Status
    """Of what rests on it."""


def _prose(briefing: Briefing) -> Iterator[tuple[Prose, Status]]:
    """Yield every authored text, with the status of the record that it belongs to."""
    for prose in (briefing.summary, *briefing.key_points):
        if prose:
            yield prose, briefing.status
    for derived in briefing.derived:
        if derived.note:
            yield derived.note, derived.status
    for item in (*briefing.annotations, *briefing.themes):
        texts = (item.summary,) if isinstance(item, Theme) else (item.note, *_in_assessment(item))
        yield from ((text, item.status) for text in texts if text)


def _in_assessment(item: Annotation) -> tuple[Prose | None, ...]:
    assessment = _assessment(item)
    return (assessment.response, assessment.note) if assessment else ()


def _assessment(item: Annotation) -> Assessment | None:
    return item.assessment if isinstance(item, Quotation | Figure) else None


def _cited(briefing: Briefing) -> Iterator[_Use]:
    """Yield every id in a citation."""
    for prose, status in _prose(briefing):
        for key in keys(prose):
            yield _Use(key.id, prose.at.part(key.span), status)


def _evidence(briefing: Briefing) -> Iterator[_Use]:
    """Yield every id that a verdict rests on."""
    for item in briefing.annotations:
        assessment = _assessment(item)
        for at, id in enumerate(assessment.evidence if assessment else ()):
            yield _Use(id, item.at.child("assessment", "evidence", at), item.status)


def cited(briefing: Briefing) -> frozenset[str]:
    """Return every id that prose, a verdict or the highlights name, whether anything has it or not."""
    return frozenset(use.id for use in (*_cited(briefing), *_evidence(briefing), *_highlights(briefing)))


def _highlights(briefing: Briefing) -> Iterator[_Use]:
    for at, id in enumerate(briefing.highlights):
        yield _Use(id, briefing.at.child("highlights", at), briefing.status)


# --- the rules --------------------------------------------------------------------------------------------------


def note_without_words(briefing: Briefing) -> Iterator[Problem]:
    """A context note that is no draft says something: its text is more than citations and punctuation."""
    for item in briefing.context:
        if not item.note or not item.note.sound or item.status == "draft":
            continue
        if not any(letter.isalnum() for letter in plain(item.note)):
            hint = "write in a sentence what a reader should know, and put the citation behind it"
            yield Problem("missing-field", f"the note of “{item.id}” {NO_WORDS}", item.at.child("note"), hint)


def unknown_citation(briefing: Briefing) -> Iterator[Problem]:
    """Every id in a citation is that of an annotation, theme, comment or reference, a former id, or `comments`."""
    known, gone = named(briefing), withdrawn(briefing)
    suggestions = KnownIds(known, "annotations, themes, comments or references")
    for use in _cited(briefing):
        if use.id in known or use.id in gone or use.id == ALL_COMMENTS or briefing.unread.may_have(use.id, *_CITABLE):
            continue
        yield _unknown(use, f"nothing here is called “{use.id}”", suggestions.hint(use.id))


def unknown_count(briefing: Briefing) -> Iterator[Problem]:
    """A count names a theme or `comments`."""
    counted = {ALL_COMMENTS, *(id for id, item in named(briefing).items() if item.kind == "theme")}
    suggestions = KnownIds(counted, "ids that can be counted")
    for prose, status in _prose(briefing):
        for count in (node for node in inlines(prose) if isinstance(node, Count)):
            unread = briefing.unread.may_have(count.key.id, "annotations")
            if count.key.id not in counted and not unread:
                use = _Use(count.key.id, prose.at.part(count.key.span), status)
                message = f"“{use.id}” is no theme, so nothing can be counted"
                yield _unknown(use, message, suggestions.hint(use.id))


def unknown_evidence(briefing: Briefing) -> Iterator[Problem]:
    """Evidence is a reference or an annotation."""
    kinds = ("reference", "quotation", "reported statement", "figure", "context note")
    known = {id for id, item in named(briefing).items() if item.kind in kinds}
    gone, suggestions = withdrawn(briefing), KnownIds(known, "references and annotations")
    for use in _evidence(briefing):
        unread = briefing.unread.may_have(use.id, "references", "annotations")
        if use.id not in known and use.id not in gone and not unread:
            message = f"the evidence “{use.id}” is neither a reference nor an annotation"
            yield _unknown(use, message, suggestions.hint(use.id))


def unknown_source(briefing: Briefing) -> Iterator[Problem]:
    """Every value of a series, and every wording of a quotation, comes from a reference."""
    known = {reference.id for reference in briefing.references}
    suggestions = KnownIds(known, "references")
    for use, what in _taken(briefing):
        if use.id not in known and not briefing.unread.may_have(use.id, "references"):
            yield _unknown(use, f"“{use.id}” is no reference, and {what}", suggestions.hint(use.id))


def _taken(briefing: Briefing) -> Iterator[tuple[_Use, str]]:
    """Yield every id that must be that of a reference, and why."""
    for figure in briefing.figures:
        for point in figure.series.points if figure.series else ():
            use = _Use(point.cite, point.at.child("cite"), figure.status)
            yield use, "a series takes its values from references"
    for quotation in briefing.quotations:
        for wording in quotation.wordings:
            use = _Use(wording.cite, wording.at.child("cite"), quotation.status)
            yield use, "the wording of another report is in its excerpts"


def unknown_highlight(briefing: Briefing) -> Iterator[Problem]:
    """A highlight is a figure or something that somebody says."""
    kinds = ("figure", "quotation", "reported statement")
    known = {id for id, item in named(briefing).items() if item.kind in kinds}
    gone, suggestions = withdrawn(briefing), KnownIds(known, "figures and quotations")
    for use in _highlights(briefing):
        unread = briefing.unread.may_have(use.id, "annotations")
        if use.id not in known and use.id not in gone and not unread:
            message = f"the highlight “{use.id}” is neither a figure nor a quotation"
            yield _unknown(use, message, suggestions.hint(use.id))


def unknown_comment(briefing: Briefing) -> Iterator[Problem]:
    """Members of themes, comments that are set aside and `reply_to` are ids of comments.

    That the comment of a target (`in`) exists is said where the target is anchored.
    """
    known = {comment.id for comment in briefing.comments}
    suggestions = KnownIds(known, "comments")
    for id, at in _comments(briefing):
        if id not in known and not briefing.unread.may_have(id, "comments"):
            yield Problem("unknown-comment", f"there is no comment “{id}”", at, suggestions.hint(id))


def _comments(briefing: Briefing) -> Iterator[tuple[str, Place]]:
    """Yield every id that must be that of a comment, and where."""
    for theme in briefing.themes:
        yield from ((member.comment, member.at.child("id")) for member in theme.members)
    yield from ((entry.comment, entry.at.child("comment")) for entry in briefing.set_aside)
    yield from ((comment.reply_to, comment.at.child("reply_to")) for comment in briefing.comments if comment.reply_to)


def draft_cited(briefing: Briefing) -> Iterator[Problem]:
    """What is published cites, rests on and highlights nothing that is a draft or in review: its page has no place."""
    known = named(briefing)
    for use in (*_cited(briefing), *_evidence(briefing), *_highlights(briefing)):
        item = known.get(use.id)
        if item and use.status == "published" and item.status != "published":
            yield Problem(
                "draft-cited",
                f"this is published, and the {item.kind} “{use.id}” is not: its status is {item.status}",
                use.at,
                f"write `status: published` at “{item.id}”, or leave it out here",
            )


def withdrawn_cited(briefing: Briefing) -> Iterator[Problem]:
    """Nothing cites, rests on or highlights what was withdrawn."""
    gone = withdrawn(briefing)
    for use in (*_cited(briefing), *_evidence(briefing), *_highlights(briefing)):
        if use.id in gone:
            yield cites_withdrawn(use.id, gone[use.id], use.at)


def cites_withdrawn(id: str, entry: Withdrawn, at: Place) -> Problem:
    """Return the problem of a citation of something that was withdrawn; it gives the reason."""
    message = f"“{id}” was withdrawn on {entry.date}: {entry.reason}"
    return Problem("withdrawn-cited", message, at, "leave it out, and look whether what you say still stands")


def _unknown(use: _Use, message: str, hint: str) -> Problem:
    return Problem("unknown-citation", message, use.at, hint)
