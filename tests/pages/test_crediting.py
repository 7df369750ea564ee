"""The words that credit a passage, as they are shown where only excerpts may be published: ⟦ and ⟧ stand around it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefing.model import Briefing
from briefing.pipeline.checking import check_library
from briefing.render.crediting import CREDIT, crediting_spans
from briefing.render.messages import messages
from briefing.render.source_text import who_speaks
from briefing.render.text_pages import shown_spans
from tests.conftest import CASES, Golden
from tests.tables import Case, read_table

TABLE = CASES / "excerpts/credits.table"


def write(folder: Path, given: str) -> Path:
    """Write a briefing with the one annotation of a case: its first line has its language, its kind and, if it has any,
    the `attribution` of a quotation or the speaker of a figure."""
    first, _, marked = given.strip().partition("\n")
    tag, kind, *given_words = first.split(" ", 2)
    before, words, after = re.split("[⟦⟧]", marked)
    annotation: dict[str, object] = {"id": "it", "target": words}
    if kind == "quotes":
        annotation |= {"speaker": "jane", **({"attribution": given_words[0]} if given_words else {})}
    else:
        number, _, unit = words.partition(" ")
        annotation |= {"label": "It", "type": "amount", "basis": "claim", "value": int(number), "unit": unit}
        annotation |= {"speaker": given_words[0]} if given_words else {}
    source = {"kind": "article", "title": "Words", "published": "2025-06-01", "rights": "Theirs.", "language": tag}
    about = {"title": "B", "date": "2026-01-01", "language": "en", "status": "published", "summary": "It is so [@it]."}
    files = {
        "people.yml": "jane: Jane Doe\n",
        "b/source.txt": before + words + after + "\n",
        "b/briefing.yml": json.dumps({**about, "people": {"jane": "Leader"}, "source": source}),
        "b/annotations/all.yml": json.dumps({kind: [annotation]}),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def checked(folder: Path) -> Briefing:
    (build,) = check_library(folder).briefings
    assert build.briefing is not None, build.problems
    return build.briefing


@pytest.mark.parametrize("case", read_table(TABLE), ids=lambda case: case.name)
def test_nobody_takes_a_passage_for_the_words_of_the_reporter(case: Case, golden: Golden, tmp_path: Path) -> None:
    briefing = checked(write(tmp_path, case.given))
    text = briefing.source.text
    assert sum(span.end - span.start for span in crediting_spans(briefing).get("it", ())) <= CREDIT
    named = who_speaks(briefing, messages("en"))
    assert set(named.values()) <= {"[Who speaks: Jane Doe]"}
    shown = []
    for number, spans in enumerate(shown_spans(briefing), 1):
        who = "[jane] " if number in named else ""
        shown.append(who + (" […] ".join(span.of(text) for span in spans) or "—"))
    case.check(golden, "".join(f"{words}\n" for words in shown))
