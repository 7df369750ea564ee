"""The verdict on a claim, wherever its claim is: a sign, a colour and a word.

The word is text, so that it is in search results, copies and what screen readers say; `bf-verdict` of the stylesheet
adds sign and colour.
"""

from __future__ import annotations

from briefing.model import Briefing, Figure, Quotation
from briefing.model.prose import Prose, keys
from briefing.render.escape import Markup, in_html
from briefing.render.messages import Messages


def verdict_badge(record: object, say: Messages) -> Markup:
    """Return the verdict on an annotation as HTML for one line; empty where it has none."""
    verdict = verdict_of(record)
    if not verdict:
        return Markup()
    return Markup('<span class="bf-verdict bf-verdict-{}"><span class="bf-unseen">{}: </span>{}</span>').format(
        Markup(verdict), in_html(say("figures.verdict")), in_html(say(f"verdict.{verdict}"))
    )


def verdict_words(briefing: Briefing, prose: Prose, say: Messages) -> str:
    """Return the verdicts on the claims that a prose cites, each once, as plain text; empty where there is none."""
    cited = {key.id for key in keys(prose)}
    claims = (claim for claim in briefing.annotations if cited.intersection((claim.id, *claim.was)))
    found = dict.fromkeys(filter(None, map(verdict_of, claims)))
    words = say.list([say(f"verdict.{verdict}") for verdict in found])
    return f"{say('figures.verdict')}: {words}" if words else ""


def verdict_of(record: object) -> str:
    """Return the name of the verdict on a record; empty where it has none."""
    assessment = record.assessment if isinstance(record, Quotation | Figure) else None
    return assessment.verdict if assessment else ""
