"""A case is a YAML file in the place of the good briefing's, and what became of it.

`yaml/` holds files whose tree is shown, with where each node stands; the other folders are named after the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.load import load_people
from briefing.load.folder_files import decode
from briefing.load.schema import PROSE_KEYS
from briefing.load.yaml.events import read_yaml
from briefing.model.places import line_and_column
from tests.conftest import Golden
from tests.load.folders import CASES, copy_good, load, pretty, problem_json, record_json
from tests.tables import Case, parameters

FOLDER = CASES / "load"
SHOWN = {
    "briefing": ("title", "date", "language", "status", "authors", "summary", "key_points", "allow", "source", "roles"),
    "comments": ("comments", "scope", "set_aside", "show_authors"),
    "references": ("references",),
    "annotations": ("quotations", "figures", "context", "themes"),
}
"""What of a briefing each kind of file fills."""


def cases(*kinds: str) -> list[Any]:
    return [case for kind in kinds for case in parameters((FOLDER / kind).glob("*.table"), prefix=f"{kind}/")]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("case", cases("yaml"))
def test_yaml_is_read_as_written(case: Case, loader: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.load.yaml.events.LOADER", getattr(yaml, loader))
    tree = read_yaml(decode(case.given.encode(), "case.yml")[0], PROSE_KEYS)
    files = {"case.yml": tree.file}
    nodes = {}
    for node_path, node in tree.file.nodes.items():
        line, column, _ = line_and_column(tree.file.text, node.span.start)
        nodes["/".join(map(str, node_path)) or "."] = f"{line}:{column} «{node.span.of(tree.file.text)}»"
    problems = [problem_json(problem, files) for problem in tree.problems]
    actual = pretty({"problems": problems, "data": tree.data, "nodes": nodes})
    case.check(golden, actual)


@pytest.mark.parametrize("case", cases(*SHOWN))
def test_a_file_gives_records_and_problems(case: Case, golden: Golden, tmp_path: Path) -> None:
    kind = case.table.parent.name
    name = f"{kind}/case.yml" if kind == "annotations" else f"{kind}.yml"
    removed = [f"annotations/{part}.yml" for part in ("quotes", "figures", "context")] if kind == "annotations" else []
    loaded = load(copy_good(tmp_path / "docs", {**dict.fromkeys(removed), name: case.given.encode()}))
    problems = [problem_json(problem, loaded.files) for problem in loaded.problems]
    shown = {field: record_json(getattr(loaded.briefing, field)) for field in SHOWN[kind]} if loaded.briefing else {}
    shown.get("source", {}).pop("text", None)
    unread = sorted(" ".join(entry).strip() for entry in loaded.unread.entries)
    actual = pretty({"problems": problems, "dropped": unread, "records": shown})
    case.check(golden, actual)


@pytest.mark.parametrize("case", cases("people"))
def test_people_give_records_and_problems(case: Case, golden: Golden, tmp_path: Path) -> None:
    (tmp_path / "people.yml").write_bytes(case.given.encode())
    people = load_people(tmp_path)
    problems = [problem_json(problem, people.files) for problem in people.problems]
    records = {id: record_json(person) for id, person in people.people.items()}
    case.check(golden, pretty({"problems": problems, "records": records}))
