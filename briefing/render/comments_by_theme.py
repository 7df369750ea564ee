"""What the pages of many comments show: an overview of the themes, and each theme with all of its comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Briefing, Member, Theme
from briefing.render.charts import stances
from briefing.render.comments import NO_THEME, CommentView
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.pagination import FEW_THEMES, CommentPage, PagerStep, Section, layout, pager_steps
from briefing.render.themes import AT_A_GLANCE, ThemeView

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
    """Its text on one line; without marks and their fragments where it is repeated."""
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
        in_html(again) if again and not view.aside else view.text,
        say(f"stance.{member.stance}") if member and member.stance else "",
        member.words if member else "",
        tuple(other for id, other in others if id != own and id != NO_THEME),
    )
