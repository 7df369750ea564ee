"""The command line: exit codes, formats, paths."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs import __main__ as mkdocs_main

from briefing.cli import main
from tests.sites import make_site


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def break_it(project: Path) -> None:
    file = project / "docs/briefings/good/briefing.yml"
    file.write_text(file.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")


def test_a_clean_site_exits_with_0(project: Path) -> None:
    result = check()
    assert (result.exit_code, result.output) == (0, "1 briefing checked: no problems\n")


def test_an_error_exits_with_1_and_names_the_place(project: Path) -> None:
    break_it(project)
    result = check()
    assert result.exit_code == 1
    assert "docs/briefings/good/briefing.yml:" in result.output
    assert "unknown-field" in result.output and "^^^^^" in result.output


@pytest.mark.parametrize(
    "path", ["docs", "docs/briefings", "docs/briefings/good", "docs/briefings/good/briefing.yml", "."]
)
def test_a_path_is_a_folder_a_file_or_a_folder_above(project: Path, path: str) -> None:
    result = check("-b", path)
    assert result.output == "1 briefing checked: no problems\n"


def test_a_path_can_be_given_as_pages_print_it(project: Path) -> None:
    assert check("-b", "briefings/good").exit_code == 0


PAGE = "# Fares\n\nA fine thing [@good/no-such].\n"


@pytest.mark.parametrize("path", ["good", "docs/briefings/good", "docs/briefings/good/briefing.yml"])
def test_the_only_briefing_of_a_site_can_be_checked_without_its_site(project: Path, path: str) -> None:
    (project / "docs/fares.md").write_text(PAGE, "utf-8")
    assert check("-b", path).output == "1 briefing checked: no problems\n"
    for whole in ((), ("-b", "docs"), ("-b", "docs/briefings")):
        assert "fares.md" in check(*whole).output


def with_another(project: Path, page: str) -> None:
    """A second briefing, so that one is not the whole site, and an ordinary page that cites what is not there."""
    shutil.copytree(project / "docs/briefings/good", project / "docs/briefings/other")
    path = project / "docs" / page
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGE, "utf-8")


@pytest.mark.parametrize("path", ["docs/guides/fares.md", "guides/fares.md", "docs/guides"])
def test_an_ordinary_page_is_checked_by_itself(project: Path, path: str) -> None:
    with_another(project, "guides/fares.md")
    result = check("-b", path)
    assert result.exit_code == 1
    assert result.output.startswith("docs/guides/fares.md:3:21: error unknown-citation"), result.output
    assert "1 page checked: 1 error, 0 warnings" in result.output
    assert "1 briefing and 1 page checked" in check("-b", path, "-b", "docs/briefings/good").output
    assert "1 briefing checked: no problems" in check("-b", "docs/briefings/good").output


def test_a_page_that_is_not_published_is_checked_only_by_name(project: Path) -> None:
    with_another(project, "guides/fares.md")
    for setting in ("exclude_docs: |\n  /guides/\n", "draft_docs: |\n  fares.md\n"):
        (project / "mkdocs.yml").write_text("site_name: A\nplugins: [briefing]\n" + setting, "utf-8")
        assert check().exit_code == 0
        assert check("-b", "docs/guides/fares.md").exit_code == 1


@pytest.mark.parametrize("path", ["nowhere", "mkdocs.yml"])
def test_a_path_that_leads_to_no_briefing_is_a_usage_error(project: Path, path: str) -> None:
    result = check("-b", path)
    assert result.exit_code == 2
    assert path in result.output


def test_a_briefing_outside_any_site_can_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    monkeypatch.chdir("/")
    assert check("-b", str(tmp_path / "docs/briefings/good")).exit_code == 0


def test_warnings_count_only_when_strict(project: Path) -> None:
    file = project / "docs/briefings/good/briefing.yml"
    allow = "allow: [{code: attribution-missing, reason: none}]\n"
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + allow, "utf-8")
    assert "unused-allow" in check().output
    assert check().exit_code == 0
    assert check("--strict").exit_code == 1


def test_json_has_every_problem_with_its_place(project: Path) -> None:
    break_it(project)
    result = check("--format", "json")
    found = json.loads(result.output)
    assert result.exit_code == 1
    assert found["briefings"] == 1
    (unknown,) = found["problems"]
    assert unknown["code"] == "unknown-field"
    assert unknown["path"] == "docs/briefings/good/briefing.yml"
    assert unknown["line"] >= 1 and unknown["column"] == 1 and unknown["end_column"] == 6


def test_an_unknown_option_is_a_usage_error(project: Path) -> None:
    assert check("--colour").exit_code == 2


def test_build_has_every_option_of_mkdocs_own() -> None:
    command = main.get_command(click.Context(main), "build")
    assert command
    names, theirs = (
        {name for option in one.params for name in (*option.opts, *option.secondary_opts)}
        for one in (command, mkdocs_main.build_command)
    )
    assert theirs <= names
    assert names - theirs == {"files", "--engine", "--executor", "--shard", "-o", "--output", "--merge", "--profile"}


def test_serve_has_the_options_of_mkdocs_own_that_are_of_use() -> None:
    command = main.get_command(click.Context(main), "serve")
    assert command
    names, theirs = (
        {name for option in one.params for name in (*option.opts, *option.secondary_opts)}
        for one in (command, mkdocs_main.serve_command)
    )
    assert theirs - names == {"--dirty", "--dirtyreload", "-c", "--clean"}
    assert names - theirs == {"--engine", "--poll", "--read-only"}


@pytest.mark.full
def test_build_builds(project: Path) -> None:
    result = CliRunner().invoke(main, ["build", "--strict", "--quiet"])
    assert result.exit_code == 0, result.output
    assert (project / "site/briefings/good/index.html").is_file()


def test_a_path_with_a_link_in_it_is_followed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(project)
    assert check("-b", str(link / "docs/briefings/good")).exit_code == 0
