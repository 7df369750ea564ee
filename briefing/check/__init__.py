"""Checks what must be true of a briefing: rules, each a function from a briefing to the problems that it finds.

A rule's docstring says exactly what it asserts. A new rule is a function in the module of its family and a line in
`RULES`; it looks at the briefing only, says nothing of what an earlier stage has said, and never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from briefing.check.allowances import allowed
from briefing.check.elsewhere import elsewhere
from briefing.check.rules import (
    citations,
    cited_numbers,
    comment_ledger,
    commenter_names,
    corrections,
    coverage,
    crediting,
    cut_quotations,
    field_numbers,
    figure_speakers,
    figures,
    formulas,
    imported_comments,
    named_sources,
    provenance,
    quantifiers,
    quotations,
    quoted_prose,
    rights,
    speakers,
    thin_excerpts,
)
from briefing.check.rules.quoted_prose import quoted_in_registers
from briefing.model import Briefing
from briefing.model.places import Problem

__all__ = ["FAMILIES", "RULES", "Rule", "elsewhere", "quoted_in_registers", "run"]

Rule = Callable[[Briefing], Iterable[Problem]]

FAMILIES: Mapping[str, tuple[Rule, ...]] = {
    "provenance": (
        provenance.original_changed,
        provenance.cannot_verify_original,
        provenance.accounted_for,
        imported_comments.export_changed,
        imported_comments.cannot_verify_export,
        imported_comments.as_in_its_row,
        imported_comments.rows_accounted_for,
        imported_comments.one_row_each,
        imported_comments.reasons_borne_out,
    ),
    "rights": (rights.rights_unclear, rights.title_of_source),
    "people": (speakers.unknown_person,),
    "citations": (
        citations.unknown_citation,
        citations.unknown_count,
        citations.unknown_evidence,
        citations.unknown_source,
        citations.unknown_highlight,
        citations.unknown_comment,
        citations.draft_cited,
        citations.withdrawn_cited,
        citations.note_without_words,
    ),
    "ledger": (
        comment_ledger.comment_unaccounted,
        comment_ledger.comments_unsorted,
        comment_ledger.theme_without_comments,
        comment_ledger.accounted_twice,
        comment_ledger.about_missing,
        comment_ledger.dissent_hidden,
        comment_ledger.not_a_dissent,
    ),
    "quotations": (
        quotations.not_in_quotation_marks,
        quotations.in_quotation_marks,
        quotations.not_a_fragment,
        quotations.not_a_translation,
        quotations.wording_not_found,
        quotations.attribution,
        quotations.wrong_speaker,
    ),
    "crediting": (
        crediting.comment_speaker,
        crediting.reported_without_credit,
        crediting.credit_of_another,
        crediting.two_speakers,
    ),
    "speakers": (
        speakers.credited_to_speaker,
        speakers.via_missing,
        figure_speakers.figure_speaker,
    ),
    "cuts": (cut_quotations.cut_before_but,),
    "assessments": (citations.evidence_missing,),
    "figures": (figures.value_not_in_target, figures.unit_not_in_target, figures.series_value),
    "measures": (figures.unknown_measure, figures.measure_unit),
    "formulas": (formulas.computed, formulas.draft_used),
    "numbers": (
        cited_numbers.cited_number,
        cited_numbers.doubled_noun,
        field_numbers.field_number,
        field_numbers.scope_count,
    ),
    "quoted": (quoted_prose.quotation_not_found,),
    "sources": (named_sources.wrong_source,),
    "evidence": (thin_excerpts.thin_excerpt,),
    "names": (commenter_names.hidden_name,),
    "quantifiers": (quantifiers.ungrounded, quantifiers.wrong_quantifier),
    "releases": (
        corrections.correction_missing,
        corrections.withdrawal_missing,
        corrections.correction_unmatched,
        corrections.removed_words_kept,
    ),
    "ignored": (coverage.unused_ignore, coverage.ignored_annotated),
}
"""The rules by what they are about."""

RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def run(briefing: Briefing) -> tuple[Problem, ...]:
    """Return what all rules find in an anchored briefing, without what its author allows."""
    return allowed(briefing, (problem for rule in RULES for problem in rule(briefing)))
