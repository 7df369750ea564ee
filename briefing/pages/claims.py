"""Assessments as schema.org's ClaimReview, for programs that collect fact checks (https://schema.org/ClaimReview).

Only what is recorded is said. A verdict is given by its name: the scale is no ladder from true to false, so a number
(`ratingValue`) would claim an order that it does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.messages import Messages
from briefing.model import Assessment, Briefing, Figure, Quotation
from briefing.pages import statements
from briefing.pages.holdings import counter
from briefing.pages.index import speaker_of
from briefing.pages.readings import in_words
from briefing.prose.tree import Prose

Data = Mapping[str, object]


def claims(briefing: Briefing, page: str, say: Messages) -> Iterator[Data]:
    """The published verdicts on a page: `id`, the fragment where each stands, and `review`, the data."""
    records: Mapping[str, tuple[Quotation | Figure, ...]] = {"quotes": briefing.quotations, "figures": briefing.figures}
    for item in records.get(page, ()):
        if item.assessment and item.status == "published" and item.id in briefing.anchors:
            yield {"id": item.id, "review": _review(briefing, item, item.assessment, say)}


def _review(briefing: Briefing, item: Quotation | Figure, assessment: Assessment, say: Messages) -> Data:
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "claimReviewed": _claim(briefing, item, say),
            "datePublished": assessment.date,
            "inLanguage": briefing.language,
            # Whether an author is a person or an organisation is not recorded, so no type is claimed.
            "author": {"name": assessment.by},
            "reviewRating": _known(
                {
                    "@type": "Rating",
                    "alternateName": say(f"verdict.{assessment.verdict}"),
                    "ratingExplanation": _plain(briefing, assessment.note, say),
                }
            ),
            "itemReviewed": _item(briefing, item),
            "citation": list(_evidence(briefing, assessment)),
        }
    )


def _claim(briefing: Briefing, item: Quotation | Figure, say: Messages) -> str:
    """The words of the claim; of one that the source reports in its own words, whose it is and who reports it."""
    words = statements.words_of(briefing, item)
    if isinstance(item, Figure):
        return f"{item.label}: {words}"
    if not statements.is_reported(item):
        return words
    who = (speaker_of(briefing, item, say), statements.reporter(briefing, item, say))
    return say("reported.copied", who=say("list.comma").join(who), words=statements.told_words(briefing, item))


def _item(briefing: Briefing, item: Quotation | Figure) -> Data:
    """The claim: whose it is, who reports it in other words, and where it was made."""
    source, anchor = briefing.source, briefing.anchors[item.id]
    work = _known({"@type": "CreativeWork", "name": source.title, "url": source.url} if not anchor.comment else {})
    told = not anchor.comment and (statements.is_reported(item) or (bool(item.speaker) and not anchor.spoken))
    publisher = {"@type": "Organization", "name": source.publisher}
    return _known(
        {
            "@type": "Claim",
            "author": _author(briefing, item.speaker),
            "claimInterpreter": publisher if told and source.publisher else {},
            "datePublished": source.published if not anchor.comment else "",
            "appearance": work if len(work) > 1 else {},
        }
    )


def _author(briefing: Briefing, id: str) -> Data:
    person = briefing.people.get(id)
    if person is None:
        return {}
    kind = "Person" if person.kind == "person" else "Organization"
    facts = {"@type": kind, "name": person.name, "jobTitle": briefing.roles.get(id, ""), "sameAs": person.same_as}
    return _known({key: value for key, value in facts.items() if key != "jobTitle" or kind == "Person"})


def _evidence(briefing: Briefing, assessment: Assessment) -> Iterator[Data]:
    """The works that the verdict rests on."""
    for work in briefing.references:
        if work.id in assessment.evidence:
            yield _known(
                {"@type": "CreativeWork", "name": work.title, "url": work.url, "datePublished": work.published}
            )


def _plain(briefing: Briefing, prose: Prose | None, say: Messages) -> str:
    return in_words(briefing, prose, say, counter(briefing, say)) if prose else ""


def _known(facts: Mapping[str, object]) -> Data:
    return {key: value for key, value in facts.items() if value}
