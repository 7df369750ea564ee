"""What a form of the editor says of a problem, and whether a journalist can read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.authoring.vocabulary import forms
from briefing.editor.form_words import form_words
from briefing.model.codes import CODES
from briefing.model.places import Problem

_QUOTED_CODES = {code for code in CODES if "-" in code}
OF_FILES = re.compile(r"\.yml|^ *(?:- )?(?!possible)[a-z_]+:(?: |$)|>-|\{\w+:|`", re.MULTILINE)
"""A file of the format, a line of YAML, or code."""


def kind_of_form(problem: Problem) -> str:
    """The kind of the form that a problem is shown in; empty for none."""
    name, path = problem.at.file.rpartition("/")[2], problem.at.path
    if name in ("people.yml", "measures.yml"):
        return {"people.yml": "person", "measures.yml": "measure"}[name] if path else ""
    if name in ("briefing.yml", "comments.yml"):
        return "briefing" if path and path[0] in {form.name for form in forms()["briefing"]} else ""
    kind = str(path[0]) if len(path) > 1 else ""  # a list is no entry
    return "reference" if kind == "references" else kind if kind in forms() else ""


def words_of_files(problems: Iterable[Problem]) -> list[str]:
    """What forms would say of problems that only somebody who knows the files understands.

    What an author wrote, which a message repeats in quotation marks, may be anything.
    """
    said = [form_words(problem, kind, {}) for problem in problems if (kind := kind_of_form(problem))]
    bare = [re.sub(r"“[^”]*”", "“…”", words) for row in said for words in (row["message"], row["help"])]
    messages = [str(row["message"]) for row in said]
    codes = [words for words in messages if _QUOTED_CODES & set(re.findall("“([a-z-]+)”", words))]
    return [*(words for words in bare if OF_FILES.search(words)), *codes]
