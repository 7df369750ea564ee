"""Themes of comments as they are shown: how many comments, their stances and to what, and the smaller side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.check.rules.comment_ledger import Side, dissent, divided, majority, opposite
from briefing.model import Briefing, Comment, Member, Theme
from briefing.render.charts import stances
from briefing.render.charts.bars import Chart
from briefing.render.charts.stances import Share
from briefing.render.context import RenderContext
from briefing.render.corrections import CorrectionView, corrections_of
from briefing.render.escape import Markup
from briefing.render.messages import Messages
from briefing.render.pagination import FEW_THEMES, layout
from briefing.render.record_view import status_words
from briefing.render.statements import shorten

AT_A_GLANCE = 8
"""Members of a theme among whom a reader sees at once who disagrees."""

LISTED = 25
"""Members that a theme's card lists; of a larger theme the first few, and the others folded up."""

FIRST_WORDS = 80
"""Characters of a comment by which a reader knows it."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    """Words of one comment, and a link to it."""

    words: str
    link: Markup


@dataclass(frozen=True, slots=True)
class SideView:
    """A side that is heard."""

    title: str
    """How many it is, of how many."""
    voices: tuple[VoiceView, ...]
    more: str
    """How many further comments are of this side; empty where all of them speak."""
    withheld: str
    """Why no words are shown; empty where some are."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A comment in a theme, with words by which a reader knows it."""

    link: Markup
    who: str
    """Its commenter, where readers are shown names."""
    stance: str
    stance_label: str
    words: str
    """Those that show that it belongs, or the first ones of the comment."""
    more: str
    """The sign that the comment goes on behind its first words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """A theme as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    title: str
    label: str
    count: str
    number: str
    """The count without its noun."""
    stances: str
    """The count, and what stances the comments take to `about` and whose words that is, as one or two sentences."""
    shares: tuple[tuple[Markup, Share], ...]
    """The legend of the chart: a sample and a `Share` for each stance; empty without a chart."""
    chart: Chart | None
    """From ten comments up."""
    about: str
    summary: Markup
    members: tuple[MemberView, ...]
    """Empty where all of its comments are below it."""
    rest: tuple[tuple[str, tuple[MemberView, ...]], ...]
    """Of a large theme the further comments, by stance; empty where `members` has all."""
    dissent: tuple[SideView, ...]
    """The smaller side in its own words; both where the theme is divided; empty where nobody disagrees."""
    crowded: bool
    """Whether there are too many members to see at a glance who disagrees."""
    status: str
    corrections: tuple[CorrectionView, ...]
    """What has been corrected in it, the latest first."""
    edit: Markup
    cited: tuple[Markup, ...]


def theme_view(context: RenderContext, theme: Theme) -> ThemeView:
    """Return a theme with its computed count and stances."""
    say = context.say
    drawn = stances.chart(theme, say)
    listed = () if layout(context.briefing).by_theme else theme.members  # else they are below the card in full
    comments = {comment.id: comment for comment in context.briefing.comments}
    members = tuple(_member(context, member, comments) for member in listed)
    first = len(members) if len(members) <= LISTED else AT_A_GLANCE
    return ThemeView(
        id=Markup(theme.id),
        was=tuple(map(Markup, theme.was)),
        title=theme.title,
        label=context.index[theme.id].label,
        count=say("count.comments", n=len(theme.members)),
        number=say.number(len(theme.members)),
        stances=stances.of_theme(context.briefing, theme, say),
        shares=tuple((stances.swatch(share), share) for share in stances.shares(theme.members, say)) if drawn else (),
        chart=drawn,
        about=theme.about,
        summary=context.prose(theme.summary),
        members=members[:first],
        rest=tuple(_by_stance(members[first:], say)),
        dissent=tuple(_sides(context, theme)),
        crowded=len(theme.members) > AT_A_GLANCE or bool(theme.dissent_withheld),
        status=status_words(theme.status, say),
        corrections=corrections_of(context, theme.id),
        edit=context.edit_link(theme.at.file),
        cited=context.cited.get(theme.id, ()),
    )


def _member(context: RenderContext, member: Member, comments: Mapping[str, Comment]) -> MemberView:
    comment = comments[member.comment]
    words = member.words or shorten(comment.text.partition("\n")[0], FIRST_WORDS).removesuffix("…")
    return MemberView(
        context.cite(member.comment),
        comment.author if context.briefing.show_authors else "",
        member.stance,
        context.say(f"stance.{member.stance}") if member.stance else "",
        words,
        "" if member.words or len(words) == len(comment.text) else "…",
    )


def _by_stance(members: Iterable[MemberView], say: Messages) -> Iterator[tuple[str, tuple[MemberView, ...]]]:
    """Yield members by their stance, each without a label of its own."""
    sides: dict[str, list[MemberView]] = {stance: [] for stance in stances.ORDER}
    for member in members:
        sides[member.stance].append(replace(member, stance_label=""))
    yield from ((say(f"stance.{stance or 'none'}"), tuple(own)) for stance, own in sides.items() if own)


def largest_themes(briefing: Briefing, views: Sequence[ThemeView]) -> list[ThemeView]:
    """Return the themes for the overview, in their order: all of a few, of many those with the most comments."""
    sizes = [len(theme.members) for theme in briefing.themes]
    most = sorted(range(len(views)), key=lambda at: -sizes[at])[:FEW_THEMES]
    return [views[at] for at in sorted(most)]


def _sides(context: RenderContext, theme: Theme) -> Iterator[SideView]:
    """Yield the smaller side of a theme, or both where it is divided."""
    say = context.say
    for side in dissent(context.briefing, theme):
        silent = len(side.members) - len(side.voices)
        yield SideView(
            title=_side_title(theme, side, say),
            voices=tuple(VoiceView(voice.words, context.cite(voice.comment)) for voice in side.voices),
            more=say("dissent.more", n=silent) if silent and side.voices else "",
            withheld=say("dissent.withheld", reason=theme.dissent_withheld) if theme.dissent_withheld else "",
        )


def _side_title(theme: Theme, side: Side, say: Messages) -> str:
    stance = say(f"stance.word.{side.stance}")
    if divided(theme):
        return say("dissent.divided", n=len(side.members), stance=stance)
    key = "dissent.smaller" if majority(theme, side) else "dissent.fewer"
    other = say("stance.word.critical" if side.stance == "supportive" else "stance.word.supportive")
    counts = {"n": len(side.members), "all": len(theme.members), "most": opposite(theme, side)}
    return say(key, **counts, stance=stance, other=other)
