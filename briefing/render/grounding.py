"""What the pages say of grounds: the share of the author's readings, the rubric, and derived figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefing.check.rules.cited_numbers import judged
from briefing.check.rules.formulas import UnreadableError, compute
from briefing.check.rules.quantifiers import RUBRIC
from briefing.model import Briefing, Derived
from briefing.render import collection_links
from briefing.render.allowances import exceptions
from briefing.render.cards import RenderContext, cite, edit_link
from briefing.render.escape import Markup
from briefing.render.figures import with_unit
from briefing.render.messages import Messages
from briefing.render.readings import SIGN
from briefing.text import language, shortened


@dataclass(frozen=True, slots=True)
class FormulaInput:
    """A number that a formula uses."""

    name: str
    value: str
    source: Markup
    """A link to what has the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedView:
    """A number that was computed, as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    number: str
    label: str
    value: str
    formula: str
    inputs: tuple[FormulaInput, ...]
    note: Markup
    status: str
    tags: tuple[str, ...]
    topics: tuple[Markup, ...]
    """Its tags, as links to their pages where there are such pages."""
    by: str
    edit: Markup
    cited: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Grounding:
    """What the method page says of the prose."""

    numbers: str
    """How many numbers were found in what they rest on, as a sentence."""
    readings: str
    """How many sentences are the author's reading, and how many cite nothing, in a sentence each."""
    here: str
    """The same where the marked sentences themselves are; empty where there is none."""
    means: str
    """What that is, and how it is marked; empty where there is none."""
    rubric: tuple[str, ...]
    """What each word for how many means; empty without comments, and where the language has no such words here."""


def grounding(briefing: Briefing, say: Messages) -> Grounding:
    """What was checked of the prose, in sentences."""
    sentences, rules = judged(briefing), language(briefing.language).quantifiers
    # what an author allows was not found, and what is a draft was not looked for
    checked = [judgement for judgement in sentences if not judgement.draft]
    numbers = sum(len(one.stated) - len(one.unseen) - len(one.missing) for one in checked)
    uncited = sum(not judgement.sentence.cited for judgement in sentences)
    by_author = sum(judgement.by_author for judgement in sentences)
    return Grounding(
        numbers=_and(say("method.numbers", n=numbers), exceptions(briefing, ("cited-number",), say)),
        readings=_and(
            say("method.readings", n=by_author, all=len(sentences)), say("method.uncited", n=uncited) if uncited else ""
        ),
        here=say("index.readings", n=by_author, sign=SIGN) if by_author else "",
        means=say("method.readings_mean", sign=SIGN) if by_author else "",
        rubric=tuple(say(f"rubric.{line}") for line in RUBRIC) if briefing.comments and rules.counts else (),
    )


def _and(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def derived_view(desk: RenderContext, derived: Derived) -> DerivedView:
    """A derived figure with its formula and what the formula uses."""
    say = desk.say
    return DerivedView(
        id=Markup(derived.id),
        was=tuple(map(Markup, derived.was)),
        number=desk.index[derived.id].label,
        label=derived.label,
        value=with_unit(say.number(derived.value), derived.unit, say),
        formula=derived.formula,
        inputs=_inputs(desk, derived),
        note=desk.prose(derived.note),
        status="" if derived.status == "published" else say(f"{derived.status}.item"),
        tags=derived.tags,
        topics=collection_links.topic_links(desk.signs, desk.briefing, derived.tags),
        by=say("card.by", names=say.list(derived.by)) if derived.by else "",
        edit=edit_link(desk, derived.at.file),
        cited=desk.cited.get(derived.id, ()),
    )


def _inputs(desk: RenderContext, derived: Derived) -> tuple[FormulaInput, ...]:
    try:
        used = compute(desk.briefing, derived).used
    except UnreadableError:  # allowed by the author: shown without its inputs
        return ()
    return tuple(
        FormulaInput(
            one.name, _in_words(one.value, desk.say), cite(desk, one.cite) if one.cite in desk.index else Markup()
        )
        for one in used
    )


def _in_words(value: Decimal, say: Messages) -> str:
    """A value without the zeros that multiplying leaves behind it; one that goes on and on is said to be rounded."""
    short = shortened(value)
    number = say.number(Decimal(f"{short.normalize():f}"))
    return number if short == value else say("value.about", n=number)
