"""A claim over time: what somebody compared or measured, oldest first, with the evidence that was known by then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from tests.library.world import write_world
from tests.sites import rendered_site

WORKS = [
    {"id": "early", "title": "Early", "publisher": "The Survey", "published": "2024-02"},
    {"id": "late", "title": "Late", "publisher": "The Audit", "published": "2025-01-09"},
    {"id": "unknown", "title": "Without a date", "publisher": "The Leaflet"},
]


def briefing(published: str, verdict: str, works: list[dict[str, Any]] = WORKS) -> dict[str, Any]:
    source = {"published": published} if published else {}
    evidence = [work["id"] for work in works]
    return {
        "source.txt": "“We make more than all the others,” Ada Lang said.",
        "briefing": {"source": source},
        "references": works,
        "figures": [
            {
                "id": "more",
                "target": "more than all the others",
                "label": "Output compared",
                "type": "comparison",
                "value": {"words": "more than all the others"},
                "basis": "claim",
                "speaker": "ada",
                "assessment": {"verdict": verdict, "by": "Ed", "date": "2025-11-01", "evidence": evidence},
            }
        ],
    }


def claims(docs: Path) -> list[str]:
    markdown = {page.path: page.markdown for page in rendered_site(docs).pages}["people/ada.md"]
    soup = BeautifulSoup(markdown, "html.parser")
    return [entry.get_text(" ", strip=True) for entry in soup.select("ol.bf-moments li")]


def test_a_claim_is_shown_with_what_was_known_when_it_was_made(tmp_path: Path) -> None:
    docs = write_world(tmp_path, {"b": briefing("2025-03-01", "disputed"), "a": briefing("2024-02-20", "unverified")})
    first, second = claims(docs)
    assert first.startswith("20 February 2024") and "Unverified" in first
    assert "Evidence known by then: [The Survey](../a/method.md#early) (February 2024)" in first
    assert "The Audit" not in first, "it was published later"
    assert second.startswith("1 March 2025") and "Disputed" in second
    assert "The Survey" in second and "[The Audit](../b/method.md#late) (9 January 2025)" in second
    assert "The Leaflet" not in first + second, "nobody knows whether it was there"


def test_where_a_source_has_no_date_nothing_is_said_to_have_been_known(tmp_path: Path) -> None:
    docs = write_world(tmp_path, {"a": briefing("", "disputed"), "b": briefing("2024-02-20", "unverified")})
    undated = next(entry for entry in claims(docs) if entry.startswith("undated"))
    assert "Evidence: [The Survey]" in undated and "known by then" not in undated


def test_a_single_claim_is_no_series(tmp_path: Path) -> None:
    assert claims(write_world(tmp_path, {"a": briefing("2024-02-20", "unverified")})) == []
