"""What must be true of a briefing: rules, each a function from a briefing to the problems that it finds.

A rule's docstring says exactly what it asserts. A new rule is a function in the module of its family and a line in
`RULES`; it looks at the briefing only, says nothing of what an earlier stage has said, and never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from briefing.check import (
    assessments,
    citations,
    cited_numbers,
    cuts,
    figures,
    formulas,
    ignored,
    imported,
    ledger,
    measures,
    people,
    provenance,
    quantifiers,
    quotations,
    quoted_prose,
    rights,
    speakers,
    thin_excerpts,
)
from briefing.check.allowances import allowed
from briefing.check.elsewhere import elsewhere
from briefing.model import Briefing
from briefing.places import Problem

__all__ = ["FAMILIES", "RULES", "Rule", "elsewhere", "run"]

Rule = Callable[[Briefing], Iterable[Problem]]

FAMILIES: Mapping[str, tuple[Rule, ...]] = {
    "provenance": (
        provenance.original_changed,
        provenance.cannot_verify_original,
        provenance.accounted_for,
        imported.export_changed,
        imported.cannot_verify_export,
        imported.as_in_its_row,
        imported.rows_accounted_for,
    ),
    "rights": (rights.rights_unclear,),
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
    "ledger": (
        ledger.comment_unaccounted,
        ledger.accounted_twice,
        ledger.dissent_hidden,
        ledger.not_a_dissent,
    ),
    "quotations": (
        quotations.not_in_quotation_marks,
        quotations.in_quotation_marks,
        quotations.not_a_fragment,
        quotations.attribution,
        quotations.wrong_speaker,
    ),
    "speakers": (
        speakers.credited_to_speaker,
        speakers.via_missing,
    ),
    "cuts": (cuts.cut_before_but,),
    "assessments": (assessments.evidence_missing,),
    "figures": (figures.value_not_in_target, figures.series_value),
    "measures": (measures.unknown_measure, measures.measure_unit),
    "formulas": (formulas.computed, formulas.draft_used),
    "numbers": (cited_numbers.cited_number, cited_numbers.doubled_noun),
    "quoted": (quoted_prose.quotation_not_found,),
    "evidence": (thin_excerpts.thin_excerpt,),
    "quantifiers": (quantifiers.ungrounded, quantifiers.wrong_quantifier),
    "ignored": (ignored.unused_ignore, ignored.ignored_annotated),
}
"""The rules by what they are about."""

RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def run(briefing: Briefing) -> tuple[Problem, ...]:
    """What all rules find in an anchored briefing, without what its author allows."""
    return allowed(briefing, (problem for rule in RULES for problem in rule(briefing)))
