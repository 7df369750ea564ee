"""Where a site asks for it (`require_review`), nothing is published that nobody but its authors has read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefing.model import Briefing
from briefing.places import Place, Problem


def review_missing(briefing: Briefing) -> Iterator[Problem]:
    """Of what is published: a briefing or annotation whose reviewers are its authors, or nobody."""
    if briefing.status != "published":
        return
    if not _others(briefing.reviewed_by, briefing.authors):
        yield _problem("the briefing", briefing.reviewed_by, Place(briefing.at.file, ("status",)))
    for item in (*briefing.annotations, *briefing.derived, *briefing.themes):
        by, reviewers = item.by or briefing.authors, item.reviewed_by or briefing.reviewed_by
        own = item.by or item.reviewed_by
        if item.status == "published" and own and not _others(reviewers, by):
            yield _problem(f"“{item.id}”", reviewers, item.at.child("reviewed_by" if item.reviewed_by else "id"))


def _others(reviewers: Collection[str], authors: Collection[str]) -> set[str]:
    """The reviewers who are no authors; names are compared without regard to case and spaces."""
    return {_plain(name) for name in reviewers} - {_plain(name) for name in authors}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _problem(what: str, reviewers: Collection[str], at: Place) -> Problem:
    why = "was reviewed only by who wrote it" if reviewers else "was not reviewed"
    hint = "write `reviewed_by:` with the name of somebody else who has read it, or `status: review`"
    return Problem("review-missing", f"{what} is published and {why}", at, hint)
