"""Every problem code has cases: one complete good briefing with one thing changed, and the report that follows.

A case is a folder `tests/cases/problems/<code>/<name>/` with `change.yml`, which says what differs from
`tests/cases/good/docs`, and `expected.txt`, the report as `briefing check` prints it:

    replace: [{file: …, old: …, new: …}]   # `old` stands exactly once
    write: {file: text}                    # a whole file
    append: {file: text}
    repeat: {file: {text: …, times: …}}    # append a text so many times
    bytes: {file: text}                    # written as Latin-1, so that any byte can be said
    delete: [file or folder]
    encode: {file: encoding}               # saved as a program of Windows does
    move: {file or folder: new name}
    commit: true                           # first, all that there is
    link: {file: target}                   # a symbolic link; `<outside>` is a folder outside the docs
    answers: {address: {status: …}}        # what hosts said to `check --links` (links.Answer)

Files are relative to the docs folder; `./` stands for the folder of the good briefing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing import load, report, resources
from briefing.authoring import links
from briefing.load.git_history import former_paths
from briefing.load.project import own_templates
from briefing.model.codes import CODES
from briefing.model.places import Problem
from briefing.pipeline import checking
from briefing.render.environment import read_templates
from briefing.site.findings import findings
from tests.conftest import CASES, Golden
from tests.editor.form_place import words_of_files
from tests.sites import GOOD

PROBLEMS = CASES / "problems"
MANUAL = Path(__file__).parent.parent / "docs" / "manual"
FOUND = sorted(path.parent for path in PROBLEMS.glob("*/*/change.yml"))


def change(docs: Path, given: str, outside: Path) -> dict[str, links.LinkAnswer]:
    """Do to a copy of the good docs folder what the YAML of a case says; gives what hosts said."""
    said: dict[str, Any] = yaml.safe_load(given)
    if said.pop("commit", False):
        commit_all(docs)
    for item in said.pop("replace", []):
        path = place(docs, item["file"])
        text = path.read_bytes().decode()
        assert text.count(item["old"]) == 1, f"{item['old']!r} stands {text.count(item['old'])} times in {path.name}"
        path.write_bytes(text.replace(item["old"], item["new"]).encode())
    for name, text in said.pop("append", {}).items():
        path = place(docs, name)
        path.write_bytes(path.read_bytes() + text.encode())
    for name, item in said.pop("repeat", {}).items():
        path = place(docs, name)
        path.write_bytes(path.read_bytes() + (item["text"] * item["times"]).encode())
    for name in said.pop("delete", []):
        remove(place(docs, name))
    for key, encoding in (("write", "utf-8"), ("bytes", "latin-1")):
        for name, text in said.pop(key, {}).items():
            place(docs, name).parent.mkdir(parents=True, exist_ok=True)
            place(docs, name).write_bytes(text.encode(encoding))
    for name, encoding in said.pop("encode", {}).items():
        path = place(docs, name)
        text = path.read_bytes().decode()
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    for name, other in said.pop("move", {}).items():
        place(docs, other).parent.mkdir(parents=True, exist_ok=True)
        place(docs, name).rename(place(docs, other))
    for name, target in said.pop("link", {}).items():
        remove(place(docs, name))
        place(docs, name).symlink_to(target.replace("<outside>", str(outside)))
    answers = {url: links.LinkAnswer(**answer) for url, answer in said.pop("answers", {}).items()}
    assert not said, f"unknown {list(said)}"
    return answers


def commit_all(docs: Path) -> None:
    """Make a repository of a docs folder, with one commit of all that is in it."""
    who = ("-c", "user.name=Ann Bell", "-c", "user.email=ann@example.org")
    for arguments in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", "-C", str(docs), *arguments], check=True)


def place(docs: Path, name: str) -> Path:
    return docs / name.replace("./", "briefings/good/", 1) if name.startswith("./") else docs / name


def remove(path: Path) -> None:
    """Take a file, or a folder with all that is in it, away."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def reported(
    docs: Path, answers: Mapping[str, links.LinkAnswer] | None = None, require_review: bool = False
) -> tuple[list[Problem], str]:
    """The problems that were found, and the whole report."""
    library = checking.check_library(docs)
    templates = read_templates(resources.templates() / "pages", own_templates(docs))
    texts = load.load_texts(docs)
    # git is asked of the few cases that have a repository, and not, for nothing, of the others
    former = former_paths(docs, load.find_briefings(docs)) if (docs / ".git").is_dir() else {}
    around = findings(library, docs, texts, require_review=require_review, templates=templates, former=former)
    found = [*library.located(), *((problem, around.files) for problem in around.problems)]
    for checked in library.briefings:
        named = links.addresses(checked.briefing) if checked.briefing else ()
        found += [(problem, checked.files) for problem in links.findings(named, answers or {})]
    shown = [report.as_text(problem, files, "docs/") for problem, files in found]
    problems = [problem for problem, _ in found]
    closing = report.summary(problems, len(library.briefings))
    return problems, "\n\n".join([*shown, closing]) + "\n"


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_report_is_as_expected(case: Path, tmp_path: Path, golden: Golden) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(GOOD, docs)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("A secret.\n", "utf-8")
    answers = change(docs, (case / "change.yml").read_text("utf-8"), tmp_path / "outside")
    problems, text = reported(docs, answers, require_review=case.parent.name == "review-missing")
    assert case.parent.name in {problem.code for problem in problems}
    assert words_of_files(problems) == [], "a form says what only somebody who knows the files understands"
    golden.check(case / "expected.txt", text.replace(str(tmp_path), "<folder>"))


def test_the_good_briefing_has_no_problem() -> None:
    assert reported(GOOD) == ([], "1 briefing checked: no problems\n")


def test_the_examples_of_the_manual_are_what_the_check_prints() -> None:
    manual = (MANUAL / "problems.md").read_text("utf-8")
    for code, text in re.findall(r"^### (\S+)$(.*?)(?=^##|\Z)", manual, re.M | re.S):
        printed = [path.read_text("utf-8") for path in PROBLEMS.glob(f"{code}/*/expected.txt")]
        for example in re.findall(r"```text\n(.*?)\n```", text, re.S):
            assert any(example in report for report in printed), f"{code}: the manual shows what is not printed"


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert {case.parent.name for case in FOUND} == set(CODES)
