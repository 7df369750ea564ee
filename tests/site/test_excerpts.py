"""Where rights allow only excerpts, no page, feed or file shows more of the source around a passage than another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.render.crediting import CREDIT
from briefing.render.excerpts import CONTEXT
from tests.conftest import CASES
from tests.sites import build_site, make_site

MOST = CONTEXT + 30
"""A word that is cut in two is shown to its end, if that is near."""
MARKS = [f"zq{n}x" for n in range(400)]
"""One in each of the words of a transcript without punctuation, so that every word that is shown is known."""
PASSAGES = {"quote": (90, 93), "amount": (200, 201), "note": (300, 301)}
ABOUT = {
    "title": "A speech",
    "date": "2026-01-01",
    "language": "en",
    "status": "published",
    "summary": "She spoke [@quote].",
    "key_points": ["She named a number [@amount]."],
    "highlights": ["quote", "amount"],
    "tags": ["speech"],
    "people": {"jane": "Mayor"},
    "source": {
        "kind": "article",
        "title": "Words",
        "published": "2025-06-01",
        "rights": "Theirs.",
        "publish": "excerpts",
    },
}


def transcript() -> list[str]:
    words = list(MARKS)
    words[200] = "500"
    return words


def target(name: str) -> str:
    first, last = PASSAGES[name]
    return " ".join(transcript()[first : last + 1])


def write(folder: Path, **source: str) -> Path:
    words = transcript()
    annotations = {
        "quotes": [
            {
                "id": "quote",
                "target": target("quote"),
                "kind": "reported",
                "speaker": "jane",
                "attribution": " ".join(words[20:60]),
                "allow": [{"code": "attribution-missing", "reason": "Nothing in it credits anybody."}],
                "tags": ["speech"],
                "assessment": {"verdict": "unverified", "by": "A", "date": "2026-01-01", "evidence": ["work"]},
            }
        ],
        "figures": [
            {
                "id": "amount",
                "target": {"exact": target("amount"), "prefix": words[199], "suffix": words[202]},
                "label": "Amount",
                "type": "amount",
                "basis": "claim",
                "value": 500,
                "unit": "boats",
                "period": "2025",
                "measure": "boats",
            }
        ],
        "context": [{"id": "note", "target": target("note"), "title": "A thing", "note": "It is one [@work]."}],
        "ignore": [],
    }
    files = {
        "people.yml": "jane: Jane Doe\n",
        "measures.yml": json.dumps({"boats": {"label": "Boats", "unit": "boats"}}),
        "index.md": "# Home\n\n<!-- briefings -->\n\nSee [@b/quote].\n\n<!-- briefing: b/quote -->\n\n"
        "<!-- briefing: b/amount -->\n",
        "b/source.txt": " ".join(words) + "\n",
        "b/briefing.yml": json.dumps({**ABOUT, "source": {**ABOUT["source"], **source}}),  # type: ignore[dict-item]
        "b/references.yml": json.dumps({"references": [{"id": "work", "title": "A work"}]}),
        "b/annotations/all.yml": json.dumps(annotations),
    }
    return make_site(folder, docs=None, files=files, site_url="https://example.org/")


def allowed() -> set[str]:
    """The words that stand in a passage, or begin within what may be shown around it."""
    text = " ".join(transcript())
    shown: set[str] = set()
    for first, last in PASSAGES.values():
        start = text.index(MARKS[first - 1]) + len(MARKS[first - 1]) + 1
        end = text.index(MARKS[last + 1]) - 1
        shown |= set(re.findall(r"zq\d+x", text[max(0, start - MOST) : end + MOST]))
    return shown | set(MARKS[20 : 20 + CREDIT // 6])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("excerpts")
    configuration = write(folder)
    built = build_site(configuration)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder / "out")])
    assert result.exit_code == 0, result.output
    return [path for root in (built, folder / "out") for path in root.rglob("*") if path.is_file()]


def test_no_file_of_a_site_shows_more_than_the_text_page_may(made: list[Path]) -> None:
    found = {path: set(re.findall(r"zq\d+x", path.read_bytes().decode("utf-8", "replace"))) for path in made}
    holding = [path for path, words in found.items() if words]
    names = {path.name for path in holding}
    assert {"search_index.json", "annotations.jsonld", "text.md", "quotes.md", "figures.md", "context.md"} <= names
    assert len(holding) > 12
    assert {str(path): words - allowed() for path, words in found.items() if words - allowed()} == {}


def test_the_bound_is_in_the_manual() -> None:
    manual = (CASES.parents[1] / "docs/manual/fields.md").read_text("utf-8")
    assert f"at most {CONTEXT} characters" in manual
    assert f"at most {CREDIT} characters" in manual


def test_with_all_rights_all_of_it_is_shown(tmp_path: Path) -> None:
    built = build_site(write(tmp_path, publish="full"))
    assert MARKS[399] in (built / "b/text/index.html").read_text("utf-8")
    assert MARKS[399] in (built / "b/figures/index.html").read_text("utf-8")
