"""Published verdicts stand in the pages as schema.org's ClaimReview, with what is recorded and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.sites import GOOD, build_site, make_site

ABOUT = "briefings/good"


def reviews(page: Path) -> list[dict[str, Any]]:
    """Every ClaimReview in a built page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.S)
    return [data for data in map(json.loads, found) if data["@type"] == "ClaimReview"]


def test_a_verdict_on_a_quotation(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path, site_url="https://site.example/"))
    (review,) = reviews(site / ABOUT / "quotes" / "index.html")
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://site.example/briefings/good/quotes/#who-pays",
        "claimReviewed": "But nobody has shown us who pays when the boats break down",
        "datePublished": "2025-11-21",
        "inLanguage": "en-GB",
        "author": {"name": "Jonah Reed"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Partly supported",
            "ratingExplanation": "No plan is known, but the survey names the largest repair: nine of twelve piles.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Idris Vane", "jobTitle": "Harwick councillor"},
            "datePublished": "2025-11-20",
            "appearance": {
                "@type": "CreativeWork",
                "name": "Saltgate ferry to sail again after council vote",
                "url": "https://www.courier.example/2025/11/saltgate-ferry",
            },
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Survey of the Saltgate landing stage",
                "url": "https://www.trust.example/survey",
                "datePublished": "2025",
            }
        ],
    }


def test_a_verdict_on_a_figure_of_nobody_claims_no_author_and_no_address(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path))
    (review,) = reviews(site / ABOUT / "figures" / "index.html")
    assert "url" not in review and "author" not in review["itemReviewed"]
    assert review["claimReviewed"].startswith("Share of the costs that fares cover: 60 percent")
    assert reviews(site / ABOUT / "index.html") == reviews(site / ABOUT / "text" / "index.html") == []


def test_a_draft_and_hostile_words_give_no_script(tmp_path: Path) -> None:
    quotes = (GOOD / ABOUT / "annotations" / "quotes.yml").read_text("utf-8")
    hostile = quotes.replace("by: Jonah Reed\n      date", 'by: "</script><script>alert(1)</script>"\n      date')
    site = build_site(make_site(tmp_path / "a", files={f"{ABOUT}/annotations/quotes.yml": hostile}))
    page = site / ABOUT / "quotes" / "index.html"
    assert reviews(page)[0]["author"]["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in page.read_text("utf-8")
    draft = quotes.replace("  - id: who-pays\n", "  - id: who-pays\n    status: draft\n")
    summary = (GOOD / ABOUT / "briefing.yml").read_text("utf-8").replace(" [@who-pays]", "")
    files = {f"{ABOUT}/annotations/quotes.yml": draft, f"{ABOUT}/briefing.yml": summary}
    site = build_site(make_site(tmp_path / "b", files=files))
    assert reviews(site / ABOUT / "quotes" / "index.html") == []
