"""Names that people give a site or a tag are in its files as given, whatever they mean to YAML or Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from briefing import load, resources
from briefing.authoring import edit
from briefing.authoring.rewriting import named_path, rewrite_yaml, whole
from briefing.cli import main
from briefing.model.places import TextFile
from briefing.pipeline.checking import check_library
from briefing.site.lookup import make_lookup
from briefing.site.page_filler import check_pages

NAMES = [
    "The “Harbour for everybody who sails” site", "a: b #c", "- dash", "# hash", "*bold* _u_ [l](x) <b>", "O’Brien's",
    "أخبار اليوم", "خانه‌ها", "{{ x }} {% raw %}", "@home", "!tag", "&a %b", "null", "1.5", "yes", "2025-11-07", "a\\b",
    "🙂 | x", "---", "[@good/worth-it]", "<!-- briefing: x -->", "$x `code`", "? key", "a, b", "[x]", "{x: y}", "end:",
    "'single'", "%TAG", "~", ">", "|", "“open", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, 'The "best" site'])
def test_a_new_site_has_the_name_that_it_was_given(name: str) -> None:
    for engine, file in (("mkdocs", "mkdocs.yml"), ("properdocs", "properdocs.yml")):
        text = resources.project(name, engine)[file].decode()
        assert yaml.safe_load(text.splitlines()[0]) == {"site_name": name}
        assert text.count("\n") == resources.project("x", engine)[file].decode().count("\n")
    zensical = resources.project(name, "zensical")["zensical.toml"].decode()
    assert json.loads(next(line for line in zensical.splitlines() if line.startswith("site_name"))[12:]) == name


def test_the_texts_of_a_new_site_pass_the_check_with_any_name(tmp_path: Path) -> None:
    for path, data in resources.project(NAMES[0]).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    library = check_library(tmp_path / "docs")
    assert not list(library.located())
    assert check_pages(load.load_texts(tmp_path / "docs"), make_lookup(library))[0] == ()


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "\x1b[31m", "a\u202eb", " "])
def test_what_is_no_line_of_words_is_refused(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "site"), "--name", name])
    assert result.exit_code == 2 and "one line of words" in result.output and not (tmp_path / "site").exists()


WRITTEN = ["tags: [boats, {}]\n", "tags: {}\n", "tags:\n  - {} # mine\n", "tags: ['{}']\n", 'tags: ["{}", boats]\n']


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_tag_can_be_renamed_to_what_means_something_in_yaml(name: str, written: str) -> None:
    before = written.format("students")
    after = rewrite_yaml(
        TextFile("a.yml", before), lambda path: whole("students", name) if "tags" in named_path(path) else None
    )
    old, new = (edit.parsed(file).data["tags"] for file in (TextFile("a.yml", before), after))
    listed = [[str(each) for each in tags] if isinstance(tags, list) else [str(tags)] for tags in (old, new)]
    assert listed[1] == [name if tag == "students" else tag for tag in listed[0]]
