"""A verdict is beside its claim wherever the claim is shown, as a word that needs neither colour nor sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.test_reported import opened

BRIEFING = "briefings/nato-ammunition/"


@pytest.mark.parametrize(
    ("page", "claim"),
    [
        ("index.html", ".bf-item figcaption"),
        (f"{BRIEFING}index.html", ".bf-summary"),
        (f"{BRIEFING}index.html", "section:has([href$='#until-recently'])"),
        (f"{BRIEFING}quotes/index.html", ".bf-card:has(> #overtaken) figcaption"),
        (f"{BRIEFING}figures/index.html", ".bf-card:has(> #new-lines) > .bf-verdict-line"),
        ("people/rutte/index.html", ".bf-entry:has([href$='#until-recently'])"),
    ],
)
def test_a_claim_has_its_verdict(real_site: Path, page: str, claim: str) -> None:
    place = opened(real_site / page).select_one(claim)
    badge = place.select_one(".bf-verdict.bf-verdict-unverified") if place else None
    assert badge and badge.get_text() == "Verdict: Unverified"


def test_what_is_not_assessed_has_no_verdict(real_site: Path) -> None:
    page = opened(real_site / BRIEFING / "quotes/index.html")
    for card in page.select(".bf-card"):
        assert bool(card.select(".bf-verdict")) == bool(card.select(".bf-assessment")), card.get("id")
