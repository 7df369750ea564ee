"""How commands are told which briefing they are about, and that each is summed up in a line of a small terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from briefing.cli import COMMANDS, GROUPS, main
from tests.generate import write_library
from tests.sites import make_site

GOOD = "docs/briefings/good"
EXPORT = "id,text\n1,Nobody asked the ferrymen about any of this.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    shutil.copytree(tmp_path / GOOD, tmp_path / "docs/briefings/other")
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def commands() -> dict[str, click.Command]:
    """Every command and subcommand by what is typed."""
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in COMMANDS}
    known = {name: command for name, command in found.items() if command}
    inner = {f"{name} {sub}": each for name, command in known.items() if isinstance(command, click.Group)
             for sub, each in command.commands.items()}  # fmt: skip
    return {**known, **inner}


ABOUT_BRIEFINGS = {
    "add context", "add figure", "add quote", "add reference", "add theme", "check", "correct", "export", "find", "fmt",
    "import annotations", "import comments", "import review", "rebase", "release", "rename id", "review", "show",
    "suggest", "themes", "themes bring-back", "themes put", "themes set-aside", "themes sort", "themes take-out",
}  # fmt: skip


def test_each_command_about_briefings_takes_them_in_the_same_way() -> None:
    with_option = {name for name, command in commands().items() for option in command.params if "-b" in option.opts}
    assert with_option == ABOUT_BRIEFINGS
    for name in sorted(ABOUT_BRIEFINGS):
        shown = run(*name.split(), "--help").output
        assert "-b, --briefing PATH" in shown and "BRIEFING]" not in shown.splitlines()[0]


@pytest.mark.parametrize("arguments", [(), ("add",), ("import",), ("themes",), ("rename",)])
def test_summaries_fit_eighty_columns(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    first = "Commands" if arguments else next(iter(GROUPS))
    listed = CliRunner().invoke(main, [*arguments, "--help"], terminal_width=80).output.partition(f"\n{first}:\n")[2]
    lines = [line for line in listed.splitlines() if line and line.removesuffix(":") not in GROUPS]
    assert lines and all(line.endswith(".") and not line.endswith("...") for line in lines), listed
    assert all(len(line) <= 80 and line.startswith("  ") and line[2] != " " for line in lines), listed


def test_commands_are_listed_by_what_one_wants_to_do_in_columns_of_one_width() -> None:
    blocks = run("--help").output.strip().split("\n\n")
    listed = {title: rows.splitlines() for title, _, rows in (block.partition(":\n") for block in blocks) if rows}
    named = {title: [row.split()[0] for row in rows] for title, rows in listed.items() if title != "Options"}
    assert named == {title: list(group) for title, group in GROUPS.items()}
    assert sum(map(len, GROUPS.values())) == len(COMMANDS), "a command is in two groups"
    indents = {len(row) - len(row[2:].partition(" ")[2].lstrip()) for title in named for row in listed[title]}
    assert len(indents) == 1


@pytest.mark.full
def test_the_list_of_commands_imports_none_of_them() -> None:
    code = "import sys; from briefing.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = {name for name in printed.splitlines()[-1].split() if name.startswith("briefing")}
    assert loaded == {"briefing", "briefing.cli"} and all(f"  {name} " in printed for name in COMMANDS)


MAKES_PAGES = ("briefing.render.briefing_pages", "briefing.render.environment", "briefing.site.findings", "jinja2")


@pytest.mark.full
@pytest.mark.parametrize("whole", [False, True], ids=["one", "all"])
def test_a_check_of_one_briefing_imports_nothing_that_makes_pages(tmp_path: Path, whole: bool) -> None:
    write_library(tmp_path / "docs", 2, annotations=4, paragraphs=4)
    chosen = [] if whole else ["-b", "b0001"]
    code = (
        f"import atexit, sys; from briefing.cli import main; atexit.register(lambda: print(*sys.modules)); "
        f"main(['check', *{chosen}])"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    loaded = set(printed.stdout.splitlines()[-1].split())
    # the whole site has ordinary pages and templates of its own, which are checked with what makes pages
    assert all((name in loaded) is whole for name in MAKES_PAGES), loaded & set(MAKES_PAGES)


FORMER = [
    ("check", (), ("--strict",)),
    ("fmt", (), ("--check",)),
    ("suggest", (), ("--dry-run",)),
    ("import comments", ("export.csv",), ("--dry-run",)),
    ("rebase", (), ("--to", f"{GOOD}/original.txt", "--dry-run")),
]


@pytest.mark.parametrize(("name", "before", "after"), FORMER, ids=[name for name, _, _ in FORMER])
@pytest.mark.parametrize("path", [GOOD, "good"])
def test_what_earlier_releases_took_still_works_with_a_warning(
    project: Path, name: str, before: tuple[str, ...], after: tuple[str, ...], path: str
) -> None:
    now = run(*name.split(), *before, "-b", path, *after)
    former = run(*name.split(), *before, path, *after)
    assert "warning" not in now.stderr
    assert former.stderr.startswith(f"warning: write `-b {path}`; ")
    assert (former.exit_code, former.stdout) == (now.exit_code, now.stdout)


def test_several_briefings_are_named_each_with_its_option(project: Path) -> None:
    assert run("check", "-b", "good", "-b", "docs/briefings/other").output.endswith(
        "2 briefings checked: no problems\n"
    )
    both = run("import", "comments", "export.csv", "-b", "good", "other")
    assert both.exit_code == 2 and "one briefing, not 2" in both.output
    none = run("rebase", "--to", "export.csv")
    assert none.exit_code == 2 and "briefings/good, briefings/other" in none.output and "-b" in none.output


@pytest.mark.parametrize("status", ["published", "review"])
def test_suggest_without_a_name_leaves_finished_briefings_alone(project: Path, status: str) -> None:
    set_status(project / GOOD, status)
    set_status(project / "docs/briefings/other", "draft")
    before = contents(project / GOOD)
    shown = run("suggest").output
    assert f"{GOOD}: left alone, its status is {status}; -b briefings/good includes it" in shown
    assert contents(project / GOOD) == before
    assert (project / "docs/briefings/other/annotations/suggested.yml").is_file()
    run("suggest", "-b", "good")
    assert (project / GOOD / "annotations/suggested.yml").is_file()


def set_status(folder: Path, status: str) -> None:
    file = folder / "briefing.yml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("status:")]
    file.write_text("\n".join([*lines, f"status: {status}"]) + "\n", "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
