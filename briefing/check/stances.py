"""Finds the smaller side of a theme, and whose words can be shown for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Briefing, Member, Stance, Theme

SHORT = 40
"""Words. A comment that is no longer speaks as a whole where no `words` are chosen from it."""
VOICES = 2
"""Comments of a side whose words are shown where the author names none."""

_SIDES: Sequence[Stance] = ("supportive", "critical")


@dataclass(frozen=True, slots=True)
class Voice:
    """A comment that speaks for a side."""

    comment: str
    words: str
    """Verbatim from it."""


@dataclass(frozen=True, slots=True)
class Side:
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
    texts = briefing.derive(_texts)
    spoken = ((member.comment, words_of(member, texts.get(member.comment, ""))) for member in named or members)
    voices = tuple(Voice(comment, words) for comment, words in spoken if words)
    return voices if named else voices[:VOICES]


def _texts(briefing: Briefing) -> Mapping[str, str]:
    """Return what each comment says, by its id."""
    return {comment.id: comment.text for comment in briefing.comments}


def words_of(member: Member, text: str) -> str:
    """Return the words of a member that can be shown: those chosen, or a short comment as a whole."""
    return member.words or (text if len(text.split()) <= SHORT else "")
