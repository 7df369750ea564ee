"""How the comments of a theme stand to what it is about: a sentence, and from ten comments up a stacked bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Briefing, Member, Theme
from briefing.render.charts.bars import Chart
from briefing.render.charts.svg import Pen, pen, picture, tag
from briefing.render.escape import Markup
from briefing.render.messages import Messages
from briefing.render.statements import inner_marks

CHART_FROM = 10
"""Of fewer comments, shares would say more than there is."""
ORDER = ("supportive", "mixed", "neutral", "critical", "")
"""From one end to the other; without a stance last."""
_HEIGHT = 34
_STRIP = 10
"""Heights of the chart and of the strip, in pixels."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many comments of a theme take one stance."""

    stance: str
    """Empty for those without one."""
    label: str
    count: int
    shown: str
    """The number as it is written."""


def shares(members: Sequence[Member], say: Messages) -> tuple[Share, ...]:
    """The stances that occur, in order."""
    counted = ((stance, sum(member.stance == stance for member in members)) for stance in ORDER)
    return tuple(
        Share(stance, say(f"stance.{stance}" if stance else "stance.none"), n, say.number(n))
        for stance, n in counted
        if n
    )


def sentence(members: Sequence[Member], say: Messages) -> str:
    """How many comments there are, and how they stand."""
    found = shares(members, say)
    count = say("count.comments", n=len(members))
    if not any(share.stance for share in found):
        return count
    if len(found) == 1:
        return say("stance.all", n=len(members), count=count, stance=say(f"stance.word.{found[0].stance}"))
    words = [say("stance.part", n=s.count, stance=say(f"stance.word.{s.stance or 'none'}")) for s in found]
    return say("stance.sentence", count=count, stances=say.list(words))


def of_theme(briefing: Briefing, theme: Theme, say: Messages) -> str:
    """Return the same of a theme, with what the stances are about and whether anybody said that.

    A stance is one towards a sentence; one that the author of the briefing put is nobody's, and is said to be so.
    """
    found = shares(theme.members, say)
    if not theme.about or not any(share.stance for share in found):
        return sentence(theme.members, say)
    said = " ".join(theme.about.split()).casefold() in " ".join(briefing.source.text.split()).casefold()
    words = say.list([say("stance.part", n=s.count, stance=say(f"stance.word.{s.stance or 'none'}")) for s in found])
    about = say("comments.about.said" if said else "comments.about", about=inner_marks(theme.about, say), stances=words)
    return f"{say('count.comments', n=len(theme.members))}. {about}"


def chart(theme: Theme, say: Messages) -> Chart | None:
    """The stances as one bar, from ten comments up."""
    found = shares(theme.members, say)
    if len(theme.members) < CHART_FROM or not any(share.stance for share in found):
        return None
    title = theme.about or theme.title
    svg = picture(f"_stances-{theme.id}", _HEIGHT, say, title, sentence(theme.members, say), _segments(found, say))
    return Chart("stances", title, "", svg)


def strip(members: Sequence[Member], most: int, say: Messages) -> Markup:
    """The stances as one thin bar, as long as they are many beside `most`; what it shows has to stand beside it."""
    tool, at, parts = pen(say), 0.0, Markup()
    for share in shares(members, say):
        end = at + 100 * share.count / most
        parts += Markup("").join(_fill(tool, share, at, end, 0, _STRIP, named=False))
        at = end
    return tag("svg", parts, class_="bf-swatch bf-strip", width="100%", height=_STRIP, aria_hidden="true")


def swatch(share: Share) -> Markup:
    """A small sample of how a stance is drawn, for the legend."""
    content = Markup("").join(_fill(Pen(False), share, 4, 96, 1, 12))
    return Markup('<svg class="bf-swatch" width="20" height="14" aria-hidden="true">{}</svg>').format(content)


def _segments(found: Sequence[Share], say: Messages) -> Iterator[Markup]:
    tool, total, at = pen(say), sum(share.count for share in found), 0.0
    for share in found:
        end = at + 100 * share.count / total
        yield from _fill(tool, share, at + 0.2, end - 0.2, 1, _HEIGHT - 2)
        if end - at > 6:
            yield tool.text("bf-share", (at + end) / 2, 22, share.shown, "middle")
        at = end


def _fill(
    pen: Pen, share: Share, start: float, end: float, y: float, height: float, named: bool = True
) -> Iterator[Markup]:
    """Mixed is half of one and half of the other, so that colour alone carries no meaning."""
    name = f"{share.label}: {share.shown}" if named else ""
    if share.stance == "mixed":
        yield pen.bar("bf-supportive", start, y, end, height / 2, name)
        yield pen.bar("bf-critical", start, y + height / 2, end, height / 2, name)
    else:
        yield pen.bar(f"bf-{share.stance or 'none'}", start, y, end, height, name)
