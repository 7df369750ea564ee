"""Readers' comments as they are shown, and where every one went: in themes, set aside for a reason, or in neither.

Comments by theme: what the pages of many comments show: an overview of the themes, and each theme with all of its
comments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.model import Briefing, Comment, ContextNote, Figure, Member, Quotation, Theme
from briefing.render.charts import stances
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.excerpts import Highlight, marked_paragraphs
from briefing.render.index import kind_of
from briefing.render.messages import Messages
from briefing.render.pagination import FEW_THEMES, CommentPage, PagerStep, Section, layout, pager_steps
from briefing.render.tables import Table, make_table
from briefing.render.themes import AT_A_GLANCE, ThemeView
from briefing.text import language

FEW = 12
"""Comments that are read in a few minutes."""
NO_THEME = "_none"
"""Stands for a theme in the filter, and in the fragment of the comments in none; no id looks like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A reader's comment as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    number: int
    label: str
    title: str
    text: Markup
    """HTML on one line, with the ends of paragraphs; empty where the text is not shown."""
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
    highlights = [
        Highlight(a.id, kind_of(a), briefing.anchors[a.id].spans, Markup(), a.was, draft=a.status != "published")
        for a in own
    ]
    named = {context.link_by_name(theme.id) for theme in themes}
    return CommentView(
        id=Markup(comment.id),
        was=tuple(map(Markup, comment.was)),
        number=number,
        label=context.index[comment.id].label,
        title=say("comment.title", n=number),
        text=marked_paragraphs(comment.text, highlights),
        author=comment.author if briefing.show_authors else "",
        date=say.date(comment.date),
        reply_to=context.cite(comment.reply_to) if comment.reply_to else Markup(),
        votes=say("count.votes", n=comment.votes) if comment.votes is not None else "",
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
    if not rest:
        return say("comments.ledger.sorted", n=len(everyone), themed=len(themed), aside=len(aside))
    return say("comments.ledger", n=len(everyone), themed=len(themed), aside=len(aside), rest=rest)


def names_hidden(briefing: Briefing, say: Messages) -> str:
    """Return what readers are told of names that are not shown in comments; empty where none had one."""
    replaced = sum(comment.with_names != "" for comment in briefing.comments)
    sign = language(briefing.language).hidden_name
    return say("comments.names_hidden", n=replaced, sign=sign) if replaced else ""


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
    everyone, aside, themed = _accounts(briefing)
    present = [(t, sum(m.comment in everyone for m in t.members)) for t in briefing.themes]
    if not present or len(everyone) < 2:
        return ()
    choices = [ThemeChoice(Markup(), say("comments.every"), say.number(len(everyone)))]
    choices += [ThemeChoice(Markup(theme.id), theme.title, say.number(n)) for theme, n in present if n]
    rest = everyone - themed
    if rest:
        name = say("comments.set_aside" if rest <= aside else "comments.in_none")
        choices.append(ThemeChoice(Markup(NO_THEME), name, say.number(len(rest))))
    return tuple(choices)


def _accounts(briefing: Briefing) -> tuple[set[str], set[str], set[str]]:
    """Return the ids of all comments, of those set aside, and of those in themes."""
    everyone = {comment.id for comment in briefing.comments}
    aside = {entry.comment for entry in briefing.set_aside} & everyone
    return everyone, aside, {m.comment for theme in briefing.themes for m in theme.members} & everyone - aside


# --- comments by theme -----------------------------------------------------------------------------------------------


_FIRST = 5
"""Comments of a large theme that are open; the others are folded up, so that the next theme is not far."""


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in the overview."""

    link: Markup
    contents: str
    """How many comments it has and which stances they take, as a sentence."""
    strip: Markup
    """The same drawn: as long as it has comments, divided by their stances."""


@dataclass(frozen=True, slots=True)
class ThemesView:
    """The overview of all themes, those with the most comments first."""

    lines: tuple[ThemeLine, ...]
    """The largest, as many as are seen at once."""
    rest: tuple[ThemeLine, ...]
    more: str
    """How many the others are."""
    legend: tuple[tuple[Markup, str], ...]
    """A sample and a label for each stance that is drawn."""
    unthemed: Markup
    """The link to the comments in no theme; empty where each is in one or set aside."""


@dataclass(frozen=True, slots=True)
class ThemedComment:
    """A comment below a theme."""

    comment: CommentView
    place: Markup
    """The link to where it has its place, where it is only repeated here; else empty."""
    text: Markup
    """Its text as above; without marks and their fragments where it is repeated."""
    stance: str
    words: str
    """Those that show that it belongs."""
    others: tuple[Markup, ...]
    """Links to its other themes."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A theme with its comments, or those in none, or a further part of either."""

    title: str
    theme: ThemeView | None
    begins: bool
    card: Markup
    """The link to the theme's card, in a further part."""
    open: tuple[ThemedComment, ...]
    folded: tuple[ThemedComment, ...]
    more: str
    """How many are folded up."""


def themes_view(context: RenderContext) -> ThemesView:
    """Return the overview of a briefing's themes."""
    briefing, say = context.briefing, context.say
    by_size = sorted(briefing.themes, key=lambda theme: -len(theme.members))
    most = len(by_size[0].members) if by_size else 0
    lines = tuple(_theme_line(context, theme, most) for theme in by_size)
    shares = stances.shares([member for theme in briefing.themes for member in theme.members], say)
    return ThemesView(
        lines[:FEW_THEMES],
        lines[FEW_THEMES:],
        say("comments.more_themes", n=len(lines) - FEW_THEMES),
        tuple((stances.swatch(share), share.label) for share in shares),
        next(_unthemed_link(context), Markup()),
    )


def sections(
    context: RenderContext, page: CommentPage, themes: Sequence[ThemeView], comments: Sequence[CommentView]
) -> Iterator[SectionView]:
    """Yield what is on a page, in its order."""
    cards = {str(theme.id): theme for theme in themes}
    views = {str(comment.id): comment for comment in comments}
    first = _first_sections(context.briefing)
    texts = {comment.id: comment.text for comment in context.briefing.comments}
    for section in page.sections:
        members = {member.comment: member for member in section.theme.members} if section.theme else {}
        shown = tuple(
            _themed_comment(
                context, section.theme, views[id], members.get(id), "" if first[id] is section else texts[id]
            )
            for id in section.comments
        )
        cut = _FIRST if len(shown) > AT_A_GLANCE else len(shown)
        yield SectionView(
            section.theme.title if section.theme else _unthemed_title(context, section),
            cards[section.theme.id] if section.theme else None,
            section.begins,
            _theme_link(context, section),
            shown[:cut],
            shown[cut:],
            context.say("comments.more", n=len(shown) - cut),
        )


def _first_sections(briefing: Briefing) -> dict[str, Section]:
    """Return by the id of each comment the section that it has its place in; in further ones it is repeated."""
    first: dict[str, Section] = {}
    for section in (section for page in layout(briefing).pages for section in page.sections):
        first |= {id: section for id in section.comments if id not in first}
    return first


def pager(context: RenderContext, name: str) -> tuple[PagerStep, ...]:
    """Return the way from one page of comments to the others."""
    names = [page.name for page in layout(context.briefing).pages]
    return pager_steps(names.index(name) + 1, len(names), lambda n: f"{names[n - 1]}.md", context.say)


def _theme_line(context: RenderContext, theme: Theme, most: int) -> ThemeLine:
    return ThemeLine(
        link(in_markdown(theme.title), context.index[theme.id].href),
        stances.sentence(theme.members, context.say),
        stances.strip(theme.members, most, context.say),
    )


def _unthemed_title(context: RenderContext, section: Section) -> str:
    """Return what the comments in no theme are called: most often all of them are set aside."""
    return context.say("comments.set_aside" if _all_aside(context, section) else "comments.in_none")


def _all_aside(context: RenderContext, section: Section) -> bool:
    return {entry.comment for entry in context.briefing.set_aside}.issuperset(section.comments)


def _unthemed_link(context: RenderContext) -> Iterator[Markup]:
    """Yield the link to the comments in no theme; not where all are set aside, for the table of those leads to each."""
    for page in layout(context.briefing).pages:
        for section in page.sections:
            if not section.theme and not _all_aside(context, section):
                yield link(in_markdown(context.say("comments.in_none")), f"{page.name}.md#{NO_THEME}")


def _theme_link(context: RenderContext, section: Section) -> Markup:
    if section.begins or not section.theme:
        return Markup()
    return link(in_markdown(section.theme.title), context.index[section.theme.id].href)


def _themed_comment(
    context: RenderContext, theme: Theme | None, view: CommentView, member: Member | None, again: str
) -> ThemedComment:
    """Return a comment below a theme; `again` is its text where it has its place elsewhere."""
    say = context.say
    entry = context.index[str(view.id)]
    own = theme.id if theme else ""
    others = zip(view.theme_ids.split(), view.themes, strict=False)
    return ThemedComment(
        view,
        link(in_markdown(view.title), entry.href) if again else Markup(),
        marked_paragraphs(again, ()) if again and not view.aside else view.text,
        say(f"stance.{member.stance}") if member and member.stance else "",
        member.words if member else "",
        tuple(other for id, other in others if id != own and id != NO_THEME),
    )
