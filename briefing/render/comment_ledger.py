"""Accounts for every comment: in themes, set aside for a reason, or in neither."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefing.model import Briefing
from briefing.render.cards import RenderContext, cite
from briefing.render.escape import Markup
from briefing.render.messages import Messages

NO_THEME = "_none"
"""Stands for a theme in the filter, and in the fragment of the comments in none; no id looks like this."""


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A reason for setting comments aside, and which those are."""

    reason: str
    count: str
    comments: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class SumRow:
    """One account of the ledger."""

    label: str
    count: str


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """The accounts in which every comment is once, and what they add up to."""

    rows: tuple[SumRow, ...]
    total: str
    overlap: str
    """That themes share comments, so that their counts add up to more; empty where they do not."""


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A button of the filter."""

    id: Markup
    """Empty for all comments."""
    label: str
    count: str


def ledger(briefing: Briefing, say: Messages) -> str:
    """Where every comment went: the sum that a reader can check."""
    everyone, aside, themed = _sorted_out(briefing)
    rest = len(everyone) - len(aside) - len(themed)
    if themed == everyone:
        return say("comments.ledger.themed", n=len(everyone))
    return say("comments.ledger", n=len(everyone), themed=len(themed), aside=len(aside), rest=rest)


def ledger_sum(briefing: Briefing, say: Messages) -> LedgerSum:
    """The same as a sum: in themes, set aside for each reason, in neither."""
    everyone, aside, themed = _sorted_out(briefing)
    reasons = Counter({entry.comment: entry.reason for entry in briefing.set_aside if entry.comment in aside}.values())
    rows = [(say("ledger.themed"), len(themed))]
    rows += [(say("ledger.aside", reason=say(f"reason.{reason}")), n) for reason, n in reasons.items()]
    rest = len(everyone) - len(aside) - len(themed)
    rows += [(say("ledger.rest"), rest)] if rest else []
    places = Counter(member.comment for theme in briefing.themes for member in theme.members)
    shared = sum(places[id] > 1 for id in themed)
    overlap = say("ledger.overlap", n=shared, sum=sum(places[id] for id in themed)) if shared else ""
    return LedgerSum(tuple(SumRow(label, say.number(n)) for label, n in rows), say.number(len(everyone)), overlap)


def aside_table(desk: RenderContext) -> tuple[AsideRow, ...]:
    """The comments that were set aside, by reason."""
    briefing, say = desk.briefing, desk.say
    order = {comment.id: n for n, comment in enumerate(briefing.comments)}
    given = {entry.comment: entry.reason for entry in briefing.set_aside if entry.comment in order}
    reasons = dict.fromkeys(entry.reason for entry in briefing.set_aside if entry.comment in order)
    rows = ((reason, sorted((id for id in given if given[id] == reason), key=order.__getitem__)) for reason in reasons)
    return tuple(
        AsideRow(say(f"reason.{reason}"), say.number(len(ids)), tuple(cite(desk, id) for id in ids))
        for reason, ids in rows
    )


def theme_choices(briefing: Briefing, say: Messages) -> tuple[ThemeChoice, ...]:
    """What a list of all comments can be narrowed to; nothing where that would change nothing."""
    everyone, _, themed = _sorted_out(briefing)
    present = [(t, sum(m.comment in everyone for m in t.members)) for t in briefing.themes]
    if not present or len(everyone) < 2:
        return ()
    choices = [ThemeChoice(Markup(), say("comments.every"), say.number(len(everyone)))]
    choices += [ThemeChoice(Markup(theme.id), theme.title, say.number(n)) for theme, n in present if n]
    rest = len(everyone - themed)
    if rest:
        choices.append(ThemeChoice(Markup(NO_THEME), say("comments.in_none"), say.number(rest)))
    return tuple(choices)


def _sorted_out(briefing: Briefing) -> tuple[set[str], set[str], set[str]]:
    """The ids of all comments, of those set aside, and of those in themes."""
    everyone = {comment.id for comment in briefing.comments}
    aside = {entry.comment for entry in briefing.set_aside} & everyone
    return everyone, aside, {m.comment for theme in briefing.themes for m in theme.members} & everyone - aside
