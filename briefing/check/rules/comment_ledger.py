"""Rules on the ledger: every comment is in one account, and themes show the smaller side.

Stances: finds the smaller side of a theme, and whose words can be shown for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefing.anchor.diagnose import short
from briefing.check.grounds import KnownIds
from briefing.model import Briefing, Comment, Member, Stance, Theme, comments_by_id
from briefing.model.places import Place, Problem, in_marks

# --- stances ---------------------------------------------------------------------------------------------------------


SHORT = 40
"""Words. A comment that is no longer speaks as a whole where no `words` are chosen from it."""
VOICES = 2
"""Comments of a side whose words are shown where the author names none."""

_SIDES: Sequence[Stance] = ("supportive", "critical")


class Voice(Struct, frozen=True):
    """A comment that speaks for a side."""

    comment: str
    words: str
    """Verbatim from it."""


class Side(Struct, frozen=True):
    """Those who take one stance in a theme where others take the opposite one."""

    stance: Stance
    members: tuple[Member, ...]
    voices: tuple[Voice, ...]
    """Those of them whose words are shown; empty where none has words to show."""


def divided(theme: Theme) -> bool:
    """Return whether as many support as criticise."""
    supportive, critical = (sum(member.stance == side for member in theme.members) for side in _SIDES)
    return supportive == critical > 0


def majority(theme: Theme, side: Side) -> bool:
    """Return whether more than half of a theme's comments take the stance opposite to a side's."""
    return 2 * opposite(theme, side) > len(theme.members)


def opposite(theme: Theme, side: Side) -> int:
    """Return how many comments of a theme take the stance opposite to a side's."""
    return sum(member.stance in _SIDES and member.stance != side.stance for member in theme.members)


def dissent(briefing: Briefing, theme: Theme) -> tuple[Side, ...]:
    """Return the smaller side; both where a theme is divided; none where nobody goes against anybody."""
    sides = [(side, tuple(member for member in theme.members if member.stance == side)) for side in _SIDES]
    if not all(members for _, members in sides):
        return ()
    fewest = min(len(members) for _, members in sides)
    smaller = ((side, members) for side, members in sides if len(members) == fewest)
    return tuple(Side(side, members, _voices(briefing, theme, members)) for side, members in smaller)


def _voices(briefing: Briefing, theme: Theme, members: Sequence[Member]) -> tuple[Voice, ...]:
    """Return the voices that the author names, or the first; only such as have words to show."""
    if theme.dissent_withheld:
        return ()
    named = [member for member in members if member.comment in theme.dissent]
    comments = briefing.derive(comments_by_id)
    texts = {id: comments[id].text if id in comments else "" for id in (each.comment for each in named or members)}
    spoken = ((member.comment, words_of(member, texts[member.comment])) for member in named or members)
    voices = tuple(Voice(comment, words) for comment, words in spoken if words)
    return voices if named else voices[:VOICES]


def words_of(member: Member, text: str) -> str:
    """Return the words of a member that can be shown: those chosen, or a short comment as a whole."""
    return member.words or (text if len(text.split()) <= SHORT else "")


# --- comment ledger --------------------------------------------------------------------------------------------------


NAMED = 5
"""Comments in no account that have a message each; more are one message."""
_LISTED = 3
"""Comments that one message names."""


# --- every comment in one account -------------------------------------------------------------------------------


def comment_unaccounted(briefing: Briefing) -> Iterator[Problem]:
    """Every comment is in a published theme or set aside, in a briefing that is published or in review.

    A draft of a briefing is being worked on, and its comments may wait. Where it is only a theme's own status that
    keeps comments out, the theme is named, not each of them. Nothing is said while a theme may be unread, nor of a
    comment for which a mistyped id was meant.
    """
    if briefing.status == "draft" or briefing.unread.lacks("annotations"):
        return
    out = {comment.id for comment in briefing.comments} - _set_aside(briefing) - _in_published_themes(briefing)
    for theme in briefing.themes:
        waiting = [member.comment for member in theme.members if member.comment in out]
        if theme.status != "published" and waiting:
            out -= set(waiting)
            yield _only_in_draft(briefing, theme, waiting)
    out -= _mistyped(briefing)
    lost = [comment for comment in briefing.comments if comment.id in out]
    if len(lost) <= (NAMED if briefing.themes else 1):
        yield from (_unaccounted(briefing, comment) for comment in lost)
    else:
        yield _many_unaccounted(briefing, lost)


def comments_unsorted(briefing: Briefing) -> Iterator[Problem]:
    """In a draft of a briefing, comments in no theme are one thing that is still to be done, however many they are."""
    if briefing.status != "draft" or briefing.unread.lacks("annotations"):
        return
    left = unsorted(briefing)
    if left:
        many = f"{len(left):,} comments are" if len(left) > 1 else f"{_called(briefing, left[0].id)} is"
        hint = "sort them with `briefing themes`, or in the browser with `briefing serve`"
        yield Problem("todo-left", f"{many} in no theme yet", left[0].at.child("id"), hint)


def unsorted(briefing: Briefing) -> list[Comment]:
    """Return the remainder of the ledger in the order of the document: comments in no theme and not set aside."""
    put = {member.comment for theme in briefing.themes for member in theme.members} | _set_aside(briefing)
    return [comment for comment in briefing.comments if comment.id not in put]


def theme_without_comments(briefing: Briefing) -> Iterator[Problem]:
    """A theme has comments, unless it or its briefing is a draft: headings may come before what is sorted under them.

    A theme that has one by a wrong id has that said of it.
    """
    for theme in briefing.themes:
        if theme.members:
            continue
        at = theme.at.child("comments")
        if "draft" in (theme.status, briefing.status):
            hint = "put some into it with `briefing themes`, or take it out"
            yield Problem("todo-left", f"the theme “{theme.id}” has no comments yet", at, hint)
        else:
            hint = "list the ids of its comments, such as `- c1`; or write `status: draft` until it has some"
            yield Problem("missing-field", f"the theme “{theme.id}” has no comments", at, hint)


def _in_published_themes(briefing: Briefing) -> set[str]:
    return {member.comment for theme in briefing.themes if theme.status == "published" for member in theme.members}


def accounted_twice(briefing: Briefing) -> Iterator[Problem]:
    """No comment that is set aside is in a theme, none is set aside twice, and none counts twice in one theme."""
    aside = _set_aside(briefing)
    seen: set[str] = set()
    for entry in briefing.set_aside:
        if entry.comment in seen:
            message = f"the comment “{entry.comment}” is set aside twice"
            yield Problem("accounted-twice", message, entry.at.child("comment"), "keep the one reason that is right")
        seen.add(entry.comment)
    for theme in briefing.themes:
        counted: set[str] = set()
        for at, member in enumerate(theme.members):
            place = theme.at.child("comments", at)
            if member.comment in aside:
                yield _set_aside_too(briefing, theme, member.comment, place)
            if member.comment in counted:
                message = f"the comment “{member.comment}” is listed twice in the theme “{theme.id}”"
                hint = "keep one entry: each would be counted as a comment of its own"
                yield Problem("accounted-twice", message, place, hint)
            counted.add(member.comment)


def _set_aside(briefing: Briefing) -> set[str]:
    return {entry.comment for entry in briefing.set_aside}


def _mistyped(briefing: Briefing) -> set[str]:
    """Return the comments whose ids are most like those that name nothing."""
    known = {comment.id: comment for comment in briefing.comments}
    members = (member.comment for theme in briefing.themes for member in theme.members)
    named, suggestions = (*(entry.comment for entry in briefing.set_aside), *members), KnownIds(known, "comments")
    return {near for id in named if id not in known for near in suggestions.near(id, 0.5)[:1]}


def _only_in_draft(briefing: Briefing, theme: Theme, waiting: Sequence[str]) -> Problem:
    ids = list(dict.fromkeys(waiting))
    listed = ", ".join(_called(briefing, id) for id in ids[:_LISTED])
    more = f" and {len(ids) - _LISTED:,} more" if len(ids) > _LISTED else ""
    are = "is" if len(ids) == 1 else "are"
    return Problem(
        "comment-unaccounted",
        f"the theme “{theme.id}” is not published (its status is {theme.status}), and {listed}{more} {are} in no other",
        theme.at.child("status"),
        "write `status: published` here, or give its comments another theme or a reason to set them aside",
    )


def _called(briefing: Briefing, id: str) -> str:
    comment = briefing.derive(comments_by_id).get(id)
    return f"comment “{id}” ({in_marks(short(comment.text if comment else ''))})"


def _unaccounted(briefing: Briefing, comment: Comment) -> Problem:
    return Problem(
        "comment-unaccounted",
        f"{_called(briefing, comment.id)} is in no theme and is not set aside",
        comment.at.child("id"),
        f"add `- {{id: {comment.id}, stance: …, words: …}}` to the theme that it belongs to; or, in comments.yml:\n\n"
        f"set_aside:\n  - {{comment: {comment.id}, reason: off-topic}}",
    )


def _many_unaccounted(briefing: Briefing, lost: Sequence[Comment]) -> Problem:
    first = "; ".join(f"“{comment.id}” ({in_marks(short(comment.text))})" for comment in lost[:_LISTED])
    more = f" and {len(lost) - _LISTED:,} more" if len(lost) > _LISTED else ""
    message = f"{len(lost):,} comments are in no theme and are not set aside: {first}{more}"
    hint = "give each of them a theme, in a file in the folder annotations"
    if not briefing.themes:
        message = f"there are no themes, so {len(lost):,} comments that are not set aside are in none: {first}{more}"
        hint = "write `themes:` with a theme for each of them in a file in the folder annotations"
    hint += f"; or, in comments.yml:\n\nset_aside:\n  - {{comment: {lost[0].id}, reason: off-topic}}"
    return Problem("comment-unaccounted", message, lost[0].at.child("id"), hint)


def _set_aside_too(briefing: Briefing, theme: Theme, id: str, at: Place) -> Problem:
    reason = next(entry.reason for entry in briefing.set_aside if entry.comment == id)
    return Problem(
        "accounted-twice",
        f"the comment “{id}” is set aside as {reason}, and it is in the theme “{theme.id}”",
        at,
        "take it out of the theme, or out of `set_aside` in comments.yml",
    )


# --- stances ----------------------------------------------------------------------------------------------------


def about_missing(briefing: Briefing) -> Iterator[Problem]:
    """A theme says which statement its comments are for or against; a draft may leave that open."""
    for theme in briefing.themes:
        stance = next((member.stance for member in theme.members if member.stance), None)
        if stance and not theme.about and "draft" not in (theme.status, briefing.status):
            message = (
                f"the theme “{theme.id}” does not say what its comments are for or against; one is marked as {stance}"
            )
            hint = "add the statement in the words of somebody who is for it:\nabout: >-\n  …"
            yield Problem("about-missing", message, theme.at.child("id"), hint)


# --- the smaller side -------------------------------------------------------------------------------------------


def dissent_hidden(briefing: Briefing) -> Iterator[Problem]:
    """Where some support and others criticise, words of the smaller side are shown, or readers are told why not."""
    for theme in briefing.themes:
        for side in dissent(briefing, theme):
            if not side.voices and not theme.dissent_withheld and not _mistaken(theme, side):
                yield _hidden(theme, side)


def not_a_dissent(briefing: Briefing) -> Iterator[Problem]:
    """`dissent` names members of the smaller side, and withholds only what there is and what is not shown."""
    for theme in briefing.themes:
        sides = dissent(briefing, theme)
        smaller = {member.comment for side in sides for member in side.members}
        for id in theme.dissent:
            if id not in smaller:
                yield _no_dissenter(theme, id, smaller)
        chosen = [member.comment for side in sides for member in side.members if member.words]
        if theme.dissent_withheld and (not sides or chosen):
            message = (
                f"nobody in the theme “{theme.id}” goes against the others, so nothing is withheld"
                if not sides
                else f"the words of “{chosen[0]}” are shown in the theme “{theme.id}”, so nothing is withheld"
            )
            hint = "take `dissent` out" if not sides else "take `dissent` out, or the `words` of those comments"
            yield Problem("not-a-dissent", message, theme.at.child("dissent"), hint)


def _mistaken(theme: Theme, side: Side) -> bool:
    """Return whether the author has named voices that are none, which is reported already."""
    return any(id not in {member.comment for member in side.members} for id in theme.dissent)


def _hidden(theme: Theme, side: Side) -> Problem:
    at = theme.members.index(side.members[0])
    if divided(theme):
        what = f"as many comments are {side.stance} as not"
    else:
        what = f"{len(side.members)} of {len(theme.members)} comments go against the majority"
    entry = f"- id: {side.members[0].comment}\n  stance: {side.stance}\n  words: >-\n    …"
    hint = f"quote one of them:\n\n{entry}\n\nor tell readers why not, at the theme:\n\ndissent:\n  withheld: …"
    message = f"in the theme “{theme.id}” {what}, and none of their words are shown"
    return Problem("dissent-hidden", message, theme.at.child("comments", at), hint)


def _no_dissenter(theme: Theme, id: str, smaller: set[str]) -> Problem:
    known = ", ".join(sorted(smaller)[:8])
    hint = f"its smaller side is {known}" if smaller else "nobody in it goes against the others: take `dissent` out"
    message = f"“{id}” is not of the smaller side of the theme “{theme.id}”"
    return Problem("not-a-dissent", message, theme.at.child("dissent"), hint)
