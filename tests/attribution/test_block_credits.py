"""Which words credit a quotation that is set apart without quotation marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing.attribution.crediting_words import block_credit
from tests.check import folders

BLOCK = "We shall wait for the ferry, whatever it costs us."
BEHIND = "The ferry came at nine and everybody went aboard."
EN = [
    ("what leads to it with a colon", "It rained. Ann Dole said:\n{}\n" + BEHIND, "Ann Dole said"),
    ("or with a comma", "In the words of Ann Dole,\n{}\n" + BEHIND, "In the words of Ann Dole"),
    ("but no sentence that has ended", "Ann Dole said much.\n{}\n" + BEHIND, ""),
    ("what goes on behind it", "It rained.\n{}\nwas how Ann Dole put it. It rained.", "was how Ann Dole put it"),
    ("or begins with a dash", "It rained.\n{}\n— from a letter of 1912.", "from a letter of 1912"),
    ("a name behind it", "It rained.\n{}\nAnn Dole\n" + BEHIND, "Ann Dole"),
    ("a name behind a dash", "It rained.\n{}\n— Ann Dole\n" + BEHIND, "Ann Dole"),
    ("rather than what leads to it", "Bob Reid read out:\n{}\nAnn Dole\n" + BEHIND, "Ann Dole"),
    ("with what she is", "It rained.\n{}\nAnn Dole, mayor of Hallow Bay\n" + BEHIND, "Ann Dole, mayor of Hallow Bay"),
    ("in twelve words", "It rained.\n{}\nAnn Dole, a b c d e f g h i j k l\n", "Ann Dole, a b c d e f g h i j k l"),
    ("and not in thirteen", "It rained.\n{}\nAnn Dole, a b c d e f g h i j k l m\n", ""),
    ("a name of five words", "It rained.\n{}\nAnn Mary Rose Lee Dole\n" + BEHIND, "Ann Mary Rose Lee Dole"),
    ("and not of six", "It rained.\n{}\nAnn Mary Rose Lee Jo Dole\n" + BEHIND, ""),
    ("nor of one", "It rained.\n{}\nDole, mayor\n" + BEHIND, ""),
    ("with a particle", "It rained.\n{}\nAnn van Dole\n" + BEHIND, "Ann van Dole"),
    ("but not at its end", "It rained.\n{}\nAnn Dole van\n" + BEHIND, ""),
    ("though at its beginning", "It rained.\n{}\nvan Dole\n" + BEHIND, "van Dole"),
    ("and no other small word", "It rained.\n{}\nAnn likes Dole\n" + BEHIND, ""),
    ("nor a small one at its end", "It rained.\n{}\nAnn dole\n" + BEHIND, ""),
    ("no sentence", "It rained.\n{}\nAnn Dole.\n" + BEHIND, ""),
    ("nothing that leads on", "It rained.\n{}\nAnn Dole, in short:\n" + BEHIND, ""),
    ("it begins the text", "{}\n" + BEHIND, ""),
    ("it ends the text", "It rained.\n{}", ""),
]
DE = [
    ("eine Zeile nur aus Namen kann eine Überschrift sein", "Es regnete.\n{}\nAnna Dole\n" + BEHIND, ""),
    ("mit dem, was sie ist", "Es regnete.\n{}\nAnna Dole, Bürgermeisterin\n" + BEHIND, "Anna Dole, Bürgermeisterin"),
    ("was darauf zuführt", "Anna Dole sagte:\n{}\n" + BEHIND, "Anna Dole sagte"),
]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [(tag, text, words) for tag, rows in (("en", EN), ("de", DE)) for _, text, words in rows],
    ids=[name for rows in (EN, DE) for name, _, _ in rows],
)
def test_what_credits_a_block_quotation(language: str, text: str, words: str, tmp_path: Path) -> None:
    assert credited(tmp_path, language, text, {}) == words


def test_a_heading_behind_it_is_no_name(tmp_path: Path) -> None:
    text = "It rained.\n{}\nHallow Bay\n" + BEHIND
    assert credited(tmp_path, "en", text, {"headings": "3"}) == ""
    assert credited(tmp_path / "no-heading", "en", text, {}) == "Hallow Bay"


def credited(folder: Path, language: str, text: str, source: dict[str, Any]) -> str:
    whole = text.format(BLOCK).rstrip("\n") + "\n"
    number = whole[: whole.index(BLOCK)].count("\n") + 1
    folder.mkdir(exist_ok=True)
    given = {"source": {"language": language, "block_quotations": str(number), **source}}
    made = folders.make(folder, {"source.txt": whole, "briefing": given}).source
    (block,) = (part.span for part in made.paragraphs if part.number == number)
    span = block_credit(made, block)
    return span.of(made.text) if span else ""
