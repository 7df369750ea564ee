"""What the form of a briefing says of its site: where the name of a new one is to be replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editor.author import Author, state
from tests.sites import GOOD

YAML_KEYS, TOML_KEYS = ["site_name: ", "site_author: "], ["site_name = ", "site_author = "]


@pytest.mark.parametrize(
    ("name", "text", "line", "keys"),
    [
        ("mkdocs.yml", '# ours\nsite_name: "Our briefings"\n', 2, YAML_KEYS),
        ("mkdocs.yml", "site_url: x\nsite_name: Our briefings # to be changed\n", 2, YAML_KEYS),
        ("zensical.toml", '[project]\nsite_name = "Our briefings"\n', 2, TOML_KEYS),
        ("mkdocs.yml", "site_name: Harwick in brief\n", 0, []),
        ("mkdocs.yml", 'site_name: "Our briefings" of Harwick\n', 0, []),
        ("mkdocs.yml", "# site_name: Our briefings\nsite_name: Ours\n", 0, []),
        ("other.yml", "site_name: Our briefings\n", 0, []),
    ],
)
def test_where_the_name_of_a_new_site_is_replaced_is_said(
    tmp_path: Path, name: str, text: str, line: int, keys: list[str]
) -> None:
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / name).write_text(text, "utf-8")
    author, before = Author(tmp_path / "docs"), state(tmp_path)
    told = author.done("publishing", fields={}).get("unnamed")
    assert told == ({"file": name, "line": line, "name": "Our briefings", "keys": keys} if line else None)
    assert state(tmp_path) == before, "nothing is written"
