"""What Zensical is given: a folder in step with the site's files, and a configuration that leads to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.mkdocs.site_input import ConfigurationUnusableError
from briefing.zensical.configuration import read_configuration
from briefing.zensical.staged_site import bring_over, keep_in_step
from tests.sites import build_site, make_site

FILES = st.dictionaries(
    st.sampled_from(["a", "b", "a-/b", "d/e", "d/f/g", "f", "f-/g"]), st.binary(max_size=3), max_size=6
)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@given(st.lists(FILES, min_size=1, max_size=4))
def test_a_folder_holds_the_last_files_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, bytes]]
) -> None:
    folder, site = tmp_path_factory.mktemp("staged"), tmp_path_factory.mktemp("site")
    for files in states:
        before = tree(folder)
        changed = keep_in_step(folder, files)
        assert tree(folder) == files
        assert changed == sum(before.get(name) != files.get(name) for name in before.keys() | files.keys())
        bring_over(folder, site, clean=True)
        assert tree(site) == files
    assert not [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]


@pytest.mark.quick
def test_what_has_not_changed_is_not_touched(tmp_path: Path) -> None:
    keep_in_step(tmp_path, {"a": b"1", "b": b"1"})
    os.utime(tmp_path / "a", (1, 1))
    os.utime(tmp_path / "b", (1, 1))
    assert keep_in_step(tmp_path, {"a": b"1", "b": b"2"}) == 1
    assert (tmp_path / "a").stat().st_mtime == 1
    assert (tmp_path / "b").stat().st_mtime != 1


@pytest.mark.quick
def test_a_folder_and_a_link_make_way_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "staged/a").mkdir(parents=True)
    (tmp_path / "staged/a/b").touch()
    (tmp_path / "outside").write_bytes(b"mine")
    (tmp_path / "staged/c").symlink_to(tmp_path / "outside")
    keep_in_step(tmp_path / "staged", {"a": b"1", "c": b"2"})
    assert tree(tmp_path / "staged") == {"a": b"1", "c": b"2"}
    assert (tmp_path / "outside").read_bytes() == b"mine"


CONFIGURATIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("mkdocs.yml", "site_name: A\n", {"theme": {"name": "material", "custom_dir": "overrides"}}),
    ("mkdocs.yml", "site_name: A\ntheme: material\n", {"theme": {"name": "material", "custom_dir": "overrides"}}),
    ("mkdocs.yml", "site_name: A\n", {"markdown_extensions": ["attr_list", "md_in_html"]}),
    ("mkdocs.yml", "site_name: A\nmarkdown_extensions: [attr_list]\n", {"markdown_extensions": ["md_in_html"]}),
    ("mkdocs.yml", "site_name: A\nnot_in_nav: /x.md\n", {"not_in_nav": "/x.md\n/b/text.md"}),
    ("mkdocs.yml", "site_name: A\n", {"INHERIT": "../mkdocs.yml", "docs_dir": "docs", "exclude_docs": ""}),
    ("zensical.toml", '[project]\nsite_name = "A"\n', {"site_name": "A", "docs_dir": "docs", "site_dir": "site"}),
    (
        "zensical.toml",
        '[project]\nsite_name = "A"\n[project.theme]\nvariant = "classic"\ncustom_dir = "own"\n',
        {"theme": {"variant": "classic", "name": "material", "custom_dir": "overrides"}},
    ),
    (
        "zensical.toml",
        '[project]\nsite_name = "A"\n[project.markdown_extensions]\nattr_list = {}\ntoc = {permalink = true}\n',
        {"markdown_extensions": {"attr_list": {}, "toc": {"permalink": True}, "md_in_html": {}}},
    ),
]


@pytest.mark.quick
@pytest.mark.parametrize(("name", "text", "staged"), CONFIGURATIONS)
def test_zensical_reads_what_the_author_wrote_and_where_the_pages_are(
    tmp_path: Path, name: str, text: str, staged: dict[str, Any]
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    written = yaml.safe_load(read_configuration(tmp_path / name).staged(tmp_path / "staged", ["b/text.md"]))
    assert {key: written[key] for key in staged} == staged


UNUSABLE = [
    ("zensical.toml", "[project", "zensical.toml cannot be read"),
    ("zensical.toml", "site_name = 'A'\n", "zensical.toml cannot be used: it has no [project]"),
    ("mkdocs.yml", "", "mkdocs.yml cannot be used: it has no settings"),
    ("mkdocs.yml", "a: [", "mkdocs.yml cannot be read"),
]


@pytest.mark.quick
@pytest.mark.parametrize(("name", "text", "said"), UNUSABLE)
def test_a_configuration_that_cannot_be_used_is_a_message(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigurationUnusableError) as raised:
        read_configuration(tmp_path / name)
    assert said in str(raised.value)


def built(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["build", "--engine", "zensical", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


def test_a_site_is_built_once_more_from_what_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = make_site(tmp_path, files={"own.md": "# Own\n"})
    monkeypatch.chdir(tmp_path)
    assert built("-f", configuration.name)[0] == 0
    first = tree(tmp_path / "site")
    assert "briefings/good/quotes/index.html" in first
    (tmp_path / "site/left.txt").touch()
    (tmp_path / "docs/own.md").rename(tmp_path / "docs/other.md")
    assert built()[0] == 0
    second = tree(tmp_path / "site")
    assert first.keys() - second.keys() == {"own/index.html"}
    assert second.keys() - first.keys() == {"other/index.html"}


def test_problems_stop_a_build_before_a_page_is_staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path, files={"own.md": "# Own\n\n<!-- briefing: good/nothing-of-the-kind -->\n"})
    monkeypatch.chdir(tmp_path)
    code, output = built()
    assert code == 1
    assert "Error: 1 briefing checked: 1 error, 0 warnings" in output
    assert not (tmp_path / "site").exists()


def test_a_strict_build_ends_for_warnings_as_with_the_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path, exclude_docs=None)
    monkeypatch.chdir(tmp_path)
    code, output = built("--strict")
    assert code == 1
    assert "there are warnings" in output
    assert not (tmp_path / "site").exists()


def test_a_template_that_zensical_cannot_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/main.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ super().splitlines() }}{% endblock %}', "utf-8"
    )
    make_site(tmp_path, theme={"name": "material", "custom_dir": "own"})
    monkeypatch.chdir(tmp_path)
    code, output = built()
    assert code == 1
    assert "main.html" in output
    assert "MiniJinja" in output
    assert "Traceback" not in output


@pytest.mark.skipif(sys.version_info < (3, 11), reason="pyproject.toml has Zensical from Python 3.11 on")
@pytest.mark.quick
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "mkdocs.yml", "--theme", "material"], "write “theme” there"),
        (["-f", "mkdocs.yml", "--no-directory-urls"], "write “use_directory_urls” there"),
        (["-f", "mkdocs.yml", "--shard", "1/2"], "--shard and --merge are for MkDocs and ProperDocs"),
        ([], "there is no zensical.toml here, and no mkdocs.yml"),
    ],
)
def test_what_zensical_cannot_do_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    if arguments:
        (tmp_path / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    code, output = built(*arguments)
    assert code == 2
    assert said in output


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_a_site_of_another_engine_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["init", "--engine", engine, str(tmp_path / "site")]).exit_code == 0
    monkeypatch.chdir(tmp_path / "site")
    done = runner.invoke(main, ["export", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    built_from = build_site(tmp_path / "out/mkdocs.yml")
    assert (built_from / "briefings/example/quotes/index.html").is_file()
