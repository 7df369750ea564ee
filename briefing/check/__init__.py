"""What must be true of a briefing: rules, each a function from a briefing to the problems that it finds.

A rule's docstring says exactly what it asserts. A new rule is a function in the module of its family and a line in
`RULES`; it looks at the briefing only, says nothing of what an earlier stage has said, and never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from briefing.check import citations, figures, people, provenance, quotations
from briefing.check.allowances import allowed
from briefing.model import Briefing
from briefing.places import Problem

Rule = Callable[[Briefing], Iterable[Problem]]

FAMILIES: Mapping[str, tuple[Rule, ...]] = {
    "provenance": (
        provenance.original_changed,
        provenance.cannot_verify_original,
        provenance.accounted_for,
    ),
    "people": (people.unknown_person,),
    "citations": (
        citations.unknown_citation,
        citations.unknown_count,
        citations.unknown_evidence,
        citations.unknown_series,
        citations.unknown_highlight,
        citations.unknown_comment,
        citations.draft_cited,
        citations.withdrawn_cited,
    ),
    "quotations": (
        quotations.not_in_quotation_marks,
        quotations.in_quotation_marks,
        quotations.not_a_fragment,
        quotations.attribution,
        quotations.wrong_speaker,
    ),
    "figures": (figures.value_not_in_target,),
}
"""The rules by what they are about."""

RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def run(briefing: Briefing) -> tuple[Problem, ...]:
    """What all rules find in an anchored briefing, without what its author allows."""
    return allowed(briefing, (problem for rule in RULES for problem in rule(briefing)))
