"""The statements of a briefing by speaker: what the source quotes, and what it reports in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.render import collection_links
from briefing.render.cards import Card, RenderContext
from briefing.render.escape import Markup
from briefing.render.index import speaker_of
from briefing.render.summary_counts import statement_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerView:
    """Somebody with all that they say in the source."""

    id: Markup
    name: str
    role: str
    """What they were then."""
    holds: str
    """How many quotations and how many reported statements there are, in words."""
    everything: Markup
    """The link to all that they said in all briefings; may be empty."""
    quotations: tuple[Card, ...]
    reported: tuple[Card, ...]


def by_speaker(desk: RenderContext, cards: Sequence[Card]) -> Iterator[SpeakerView]:
    """Everybody with the cards of their statements; who says most comes first."""
    briefing, say = desk.briefing, desk.say
    shown = {str(card.id): card for card in cards}
    statements = [quotation for quotation in briefing.quotations if quotation.id in shown]
    speakers = list(dict.fromkeys(quotation.speaker for quotation in statements))
    own = {id: [each for each in statements if each.speaker == id] for id in speakers}
    for id in sorted(speakers, key=lambda speaker: -len(own[speaker])):
        found = [shown[each.id] for each in own[id]]
        yield SpeakerView(
            id=Markup(f"_by-{id}"),
            name=speaker_of(briefing, own[id][0], say),
            role=briefing.roles.get(id, ""),
            holds=say("list.comma").join(statement_counts(own[id], say)),
            everything=collection_links.person_link(desk.signs, briefing, id, say) if id else Markup(),
            quotations=tuple(card for card in found if card.kind == "quotation"),
            reported=tuple(card for card in found if card.kind == "reported"),
        )
