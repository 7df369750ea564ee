"""Turns that the project's prose does without, and where they occur: `python -m tests.wording` lists all of them.

Each is a private metaphor or an old turn for which the field has a plain term (given beside it). Words that have a
plain use as well ("stand for", "take for granted") are named with what makes them such a turn.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

REPLACED = {
    r"mend(s|ed|ing)?": "fix, correct",
    r"(stands?|stood) (alone|as|at|before|behind|beside|between|elsewhere|here|in|nowhere|on|once|outside|there|twice"
    r"|under|within)": "is, occurs",
    r"(tell|tells|told) apart": "distinguish",
    r"(take|takes|taken|took) (it |them )?for (?!granted|example)": "treat as",
    r"(let|lets|letting) (it |them )?pass": "allow",
    r"held against": "compared with",
    r"dear(er|est)?": "expensive",
    r"whom [^.;:]{0,40}\b(mean|means|meant)": "who … refers to",
    r"look(s|ed|ing)? at each": "review each",
    r"ways? through": "how … works",
    r"ceremon(y|ies)": "review",
    r"second door": "export",
    r"rungs?": "match level",
    r"shel(f|ves)": "lookup, list",
}
_TURN = re.compile("|".join(rf"(?<![-.\w])(?:{turn})(?:\b|(?<=\s))(?![-.]\w)" for turn in REPLACED), re.IGNORECASE)
_QUOTED = re.compile(r"^```.*?^```|“[^”\n]*”|`[^`\n]*`|<code>.*?</code>", re.DOTALL | re.MULTILINE)
"""What somebody else wrote, or code, whose words are not the project's to choose."""


def occurrences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each such turn in a text, outside of quotations and code."""
    for match in _TURN.finditer(_QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)):
        yield text.count("\n", 0, match.start()) + 1, match[0].strip()


def catalogue() -> Iterator[tuple[str, str]]:
    """Yield the English texts that readers meet, by key."""
    for key, value in json.loads((ROOT / "briefing/locale/en.json").read_text("utf-8")).items():
        for text in value.values() if isinstance(value, dict) else (value,):
            yield key, text


def files(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each file that is named, or is in a folder that is named, by its path."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")) if (ROOT / folder).is_dir() else [ROOT / folder]:
            if path.is_file() and path.suffix not in (".pyc", ".png", ".woff2"):
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def messages() -> Iterator[tuple[str, str]]:
    """Yield the strings of the program that are sentences and no docstrings, by their place: its messages."""
    for path, text in _modules():
        tree = ast.parse(text)
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and " " in node.value
                and id(node) not in said
            ):
                yield f"{path}:{node.lineno}", node.value


def code_prose() -> Iterator[tuple[str, str]]:
    """Yield the docstrings and comments of the program, by their place."""
    for path, text in _modules():
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield f"{path}:{node.lineno}", node.value.value
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield f"{path}:{token.start[0]}", token.string


def _modules() -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in files("briefing") if path.endswith(".py"))


def main() -> None:
    """Print each occurrence with its place."""
    prose = files("templates", "README.md", "CONTRIBUTING.md", "docs/manual")
    for kind, texts in {"catalogue": catalogue(), "message": messages(), "prose": prose, "code": code_prose()}.items():
        for place, text in texts:
            for line, words in occurrences(text):
                around = text.splitlines()[line - 1].strip()
                print(f"{kind}\t{place}:{line}\t{words}\t{around[:150]}")


if __name__ == "__main__":
    main()
