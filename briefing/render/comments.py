"""Readers' comments as they are shown, and where every one went: in themes, set aside for a reason, or in neither."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.model import Briefing, Comment, ContextNote, Figure, Quotation, Theme
from briefing.model.places import Span
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import kind_of
from briefing.render.marks import Highlight, marked
from briefing.render.messages import Messages
from briefing.render.tables import Table, make_table

FEW = 12
"""Comments that are read in a few minutes."""
NO_THEME = "_none"
"""Stands for a theme in the filter, and in the fragment of the comments in none; no id looks like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A reader's comment as it is shown."""

    id: Markup
    number: int
    label: str
    title: str
    text: Markup
    """HTML on one line; empty where the text is not shown."""
    author: str
    date: str
    reply_to: Markup
    votes: str
    stance: str
    """What the commenter chose where it was written; empty where nobody asked."""
    themes: tuple[Markup, ...]
    theme_ids: Markup
    """Ids of its themes, separated by spaces; `_none` for one that is in none."""
    aside: str
    """Why it was set aside; empty where it was not."""
    annotated: tuple[Markup, ...]
    cited: tuple[Markup, ...]
    """Without its own themes, which are named already."""


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """The accounts in which every comment is once, and what they add up to."""

    rows: Table
    """`label` and `count` of each."""
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


def comment_views(context: RenderContext) -> list[CommentView]:
    """Return all comments in their order; the text of one that was set aside is left out."""
    briefing = context.briefing
    aside = {entry.comment: entry.reason for entry in reversed(briefing.set_aside)}
    own: defaultdict[str, list[Quotation | Figure | ContextNote]] = defaultdict(list)
    for annotation in briefing.annotations:
        if annotation.id in briefing.anchors:
            own[briefing.anchors[annotation.id].comment].append(annotation)
    themes: defaultdict[str, list[Theme]] = defaultdict(list)
    for theme in briefing.themes:
        for id in dict.fromkeys(member.comment for member in theme.members):
            themes[id].append(theme)
    return [
        _set_aside(context, view, aside[comment.id]) if comment.id in aside else view
        for number, comment in enumerate(briefing.comments, 1)
        for view in (_comment_view(context, number, comment, own[comment.id], themes[comment.id]),)
    ]


def _comment_view(
    context: RenderContext,
    number: int,
    comment: Comment,
    own: Sequence[Quotation | Figure | ContextNote],
    themes: Sequence[Theme],
) -> CommentView:
    briefing, say = context.briefing, context.say
    highlights = [Highlight(a.id, kind_of(a), briefing.anchors[a.id].spans, Markup(), a.was) for a in own]
    named = {context.link_by_name(theme.id) for theme in themes}
    return CommentView(
        id=Markup(comment.id),
        number=number,
        label=context.index[comment.id].label,
        title=say("comment.title", n=number),
        text=marked(comment.text, Span(0, len(comment.text)), highlights),
        author=comment.author if briefing.show_authors else "",
        date=say.date(comment.date),
        reply_to=context.cite(comment.reply_to) if comment.reply_to else Markup(),
        votes=say.number(comment.votes) if comment.votes is not None else "",
        stance=say("comments.stance", stance=say(f"stance.word.{comment.stance}")) if comment.stance else "",
        themes=tuple(link(in_markdown(theme.title), context.index[theme.id].href) for theme in themes),
        theme_ids=Markup(" ".join(theme.id for theme in themes) or NO_THEME),
        aside="",
        annotated=tuple(context.link_by_name(a.id) for a in own),
        cited=tuple(place for place in context.cited.get(comment.id, ()) if place not in named),
    )


def _set_aside(context: RenderContext, view: CommentView, reason: str) -> CommentView:
    """Return the view of a comment that was set aside, without what its commenter said."""
    return replace(view, text=Markup(), author="", stance="", aside=context.say(f"reason.{reason}"))


# --- every comment accounted for --------------------------------------------------------------------------------


def ledger(briefing: Briefing, say: Messages) -> str:
    """Return where every comment went: the sum that a reader can check."""
    everyone, aside, themed = _accounts(briefing)
    rest = len(everyone) - len(aside) - len(themed)
    if themed == everyone:
        return say("comments.ledger.themed", n=len(everyone))
    return say("comments.ledger", n=len(everyone), themed=len(themed), aside=len(aside), rest=rest)


def ledger_sum(briefing: Briefing, say: Messages) -> LedgerSum:
    """Return the same as a sum: in themes, set aside for each reason, in neither."""
    everyone, aside, themed = _accounts(briefing)
    reasons = Counter({entry.comment: entry.reason for entry in briefing.set_aside if entry.comment in aside}.values())
    rows = [(say("ledger.themed"), len(themed))]
    rows += [(say("ledger.aside", reason=say(f"reason.{reason}")), n) for reason, n in reasons.items()]
    rest = len(everyone) - len(aside) - len(themed)
    rows += [(say("ledger.rest"), rest)] if rest else []
    places = Counter(member.comment for theme in briefing.themes for member in theme.members)
    shared = sum(places[id] > 1 for id in themed)
    overlap = say("ledger.overlap", n=shared, sum=sum(places[id] for id in themed)) if shared else ""
    table = make_table({"label": "", "count": ""}, ((label, say.number(n)) for label, n in rows))
    return LedgerSum(table, say.number(len(everyone)), overlap)


def aside_table(context: RenderContext) -> Table:
    """Return the comments that were set aside, by reason: `reason`, `count` and `comments`."""
    briefing, say = context.briefing, context.say
    order = {comment.id: n for n, comment in enumerate(briefing.comments)}
    given = {entry.comment: entry.reason for entry in briefing.set_aside if entry.comment in order}
    reasons = dict.fromkeys(entry.reason for entry in briefing.set_aside if entry.comment in order)
    rows = ((reason, sorted((id for id in given if given[id] == reason), key=order.__getitem__)) for reason in reasons)
    return make_table(
        {"reason": say("comments.reason"), "count": say("comments.number"), "comments": say("comments.which")},
        ((say(f"reason.{reason}"), say.number(len(ids)), tuple(map(context.cite, ids))) for reason, ids in rows),
    )


def theme_choices(briefing: Briefing, say: Messages) -> tuple[ThemeChoice, ...]:
    """Return what a list of all comments can be narrowed to; nothing where that would change nothing."""
    everyone, _, themed = _accounts(briefing)
    present = [(t, sum(m.comment in everyone for m in t.members)) for t in briefing.themes]
    if not present or len(everyone) < 2:
        return ()
    choices = [ThemeChoice(Markup(), say("comments.every"), say.number(len(everyone)))]
    choices += [ThemeChoice(Markup(theme.id), theme.title, say.number(n)) for theme, n in present if n]
    rest = len(everyone - themed)
    if rest:
        choices.append(ThemeChoice(Markup(NO_THEME), say("comments.in_none"), say.number(rest)))
    return tuple(choices)


def _accounts(briefing: Briefing) -> tuple[set[str], set[str], set[str]]:
    """Return the ids of all comments, of those set aside, and of those in themes."""
    everyone = {comment.id for comment in briefing.comments}
    aside = {entry.comment for entry in briefing.set_aside} & everyone
    return everyone, aside, {m.comment for theme in briefing.themes for m in theme.members} & everyone - aside
