"""Whether what is taken whole from a source may be, its text or its headline: warnings, as only its author can know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.anchor.diagnose import short
from briefing.model import Briefing
from briefing.model.places import Problem, in_marks

_GRANTED = re.compile(
    r"\bCC[ -]?(?:0|BY)\b|\bcreative commons\b|\bpublic domain\b|\bgemeinfrei\b|\blicen[cs]ed?\b|\bLizenz|\bOGL\b"
    r"|\b(?:with|by|under) (?:\w+ )?permission\b|\bmit (?:\w+ )?(?:Genehmigung|Erlaubnis)\b"
    r"|ملكية عامة|المشاع الإبداعي|بإذن",
    re.IGNORECASE,
)
"""Words by which somebody allows it."""
_KEPT = re.compile(
    r"\breserved\b|\bvorbehalten\b|\bpresumed\b|\bvermut|©|\(c\)|\bcopyright|\burheberrecht|محفوظة"
    r"|\bunknown\b|\bunclear\b|\bunbekannt\b|\bunklar\b|\bungeklärt\b|\bnot (?:known|found|stated|clear|given)\b"
    r"|\bnicht (?:bekannt|geklärt|angegeben|gefunden)\b|\bwithout a statement\b|\bohne Angabe|\?|غير معروف"
    r"|\bwithout (?:\w+ )?(?:permission|consent|licen[cs]e)\b|\bohne (?:\w+ )?(?:Genehmigung|Erlaubnis|Lizenz)\b"
    r"|\bno licen[cs]e\b|\bnot licen[cs]ed\b|\bkeine Lizenz\b",
    re.IGNORECASE,
)
"""Words by which nobody does."""
_REFUSED = re.compile(
    r"\b(?:without|no|not|ohne|keine|nicht) (?:\w+ )?"
    r"(?:permission|consent|licen[cs]ed?|Genehmigung|Erlaubnis|Lizenz)\b",
    re.IGNORECASE,
)


def rights_unclear(briefing: Briefing) -> Iterator[Problem]:
    """The whole text is to be published, and its rights are unknown or reserved."""
    source = briefing.source
    if source.publish != "full" or not is_unclear(source.rights):
        return
    given = f"its rights are given as {in_marks(short(source.rights))}"
    said = given if source.rights else "nothing is said of its rights"
    hint = (
        "write `publish: excerpts`, then only the passages that you refer to are shown; or write under `rights` who "
        "allows it; or say your reason, which readers see"
    )
    yield Problem(
        "rights-unclear", f"the whole source is to be published, and {said}", source.at.child("publish"), hint
    )


def title_of_source(briefing: Briefing) -> Iterator[Problem]:
    """The title is still the headline with which a briefing begins, and readers are to see it as the briefing's."""
    if briefing.status == "draft" or not briefing.has_source_title:
        return
    hint = (
        "write a title of your own, which says what the briefing found; until then its pages say that the title is the "
        "headline of the source, and lists and feeds cannot; or say your reason to keep it, which readers see"
    )
    yield Problem("title-of-source", "the title is the headline of the source", briefing.at.child("title"), hint)


def is_unclear(rights: str) -> bool:
    """Return whether words about rights allow nothing: there are none, or they keep or do not know them."""
    if not rights.strip():
        return True
    granted = _GRANTED.search(_REFUSED.sub(" ", rights)) is not None
    return not granted and _KEPT.search(rights) is not None
