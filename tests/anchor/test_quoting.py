"""Which words of an editor's prose stand in a text, and which piece of them does not: a table to be looked at."""

from __future__ import annotations

import json

import pytest

from briefing.anchor.quoting import in_marks, missing, quotable, stands
from briefing.text import language
from tests.conftest import CASES, Golden


@pytest.mark.parametrize("tag", ["en", "de"])
def test_words_stand_where_they_were_seen_to(tag: str, golden: Golden) -> None:
    rules, lines = language(tag), []
    for path in sorted((CASES / "quoted" / "development" / tag).glob("*.json")):
        given = json.loads(path.read_text("utf-8"))
        texts = [quotable(given["article"], rules), *(quotable(each["text"], rules) for each in given["comments"])]
        marked = in_marks(given["article"], rules)
        lines.append(f"== {path.stem}")
        for one in (each for entry in given["prose"] for each in entry["quoted"]):
            words = one["passage"]
            if any(stands(words, text) for text in texts):
                found = "in marks" if stands(words, marked) else "in the text"
            else:
                found = f"missing: {missing(words, texts)}"
            lines.append(f"{one['label']} | {words} | {found}")
    golden.check(CASES / "quoted" / f"found-{tag}.txt", "\n".join([*lines, ""]))
