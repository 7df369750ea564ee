"""Who goes against the majority of a theme, in their own words; or why these are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.check.stances import Side, dissent, divided
from briefing.model import Briefing, Theme
from briefing.render.escape import Markup
from briefing.render.messages import Messages


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


def sides(briefing: Briefing, theme: Theme, links: dict[str, Markup], say: Messages) -> Iterator[SideView]:
    """The smaller side of a theme, or both where it is divided; `links` lead to comments by their ids."""
    for side in dissent(briefing, theme):
        silent = len(side.members) - len(side.voices)
        yield SideView(
            title=_title(theme, side, say),
            voices=tuple(VoiceView(voice.words, links[voice.comment]) for voice in side.voices),
            more=say("dissent.more", n=silent) if silent and side.voices else "",
            withheld=say("dissent.withheld", reason=theme.dissent_withheld) if theme.dissent_withheld else "",
        )


def _title(theme: Theme, side: Side, say: Messages) -> str:
    stance = say(f"stance.word.{side.stance}")
    if divided(theme):
        return say("dissent.divided", n=len(side.members), stance=stance)
    return say("dissent.smaller", n=len(side.members), all=len(theme.members), stance=stance)
