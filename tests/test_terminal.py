"""Nothing that a file, a name or the command line holds is obeyed by a terminal or a log, in any format or command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.places import OBEYED
from tests.sites import GOOD, make_site

EVIL = "x\n::warning title=x::y\r\x1b[2J\x9b31m\u202e\u2066\u2028z"
pytestmark = pytest.mark.full
FILE = "f\n::warning title=x::y\x1b[2J"
STYLES = ("text", "json", "csv", "github", "sarif")
COMMANDS = [
    *(("check", "--format", style) for style in STYLES),
    *(("check", "--summary", "--format", style) for style in STYLES[:3]),
    ("check", "-v", "--coverage"), ("check", "-b", EVIL), ("check", "--format", EVIL), ("check", f"--{EVIL}"), (EVIL,),
    ("fmt",), ("fmt", EVIL), ("suggest", "-b", "good"), ("find", EVIL), ("show", EVIL), ("explain", EVIL),
    ("add", "quote", EVIL, "--speaker", EVIL),
    ("add", "quote", "held up by habit", "--speaker", EVIL, "--tag", EVIL, "--note", EVIL, "--id", EVIL),
    ("import", "comments", f"{FILE}.csv"), ("import", "comments", EVIL), ("import", "annotations", f"{FILE}.csv"),
    ("import", "comments", f"{FILE}.csv", "--column", EVIL), ("new", EVIL, "--from", f"{FILE}.docx"),
    ("new", "ok", "--from", f"{FILE}.docx"), ("new", "ok", "--from", f"{FILE}.csv", "--retrieved", EVIL),
    ("rebase", "--to", f"{FILE}.docx"), ("rebase", "-b", EVIL, "--to", EVIL), ("init", f"{FILE}.csv"),
    ("init", "begun", "--name", EVIL), ("init", f"begun{EVIL}"), ("merge", EVIL, EVIL, EVIL), ("schema", f"s{EVIL}"),
    ("build", "-d", f"out{EVIL}"), ("build", "-f", EVIL), ("export", "-f", EVIL, "out"), ("export", f"out{EVIL}"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose files hold, wherever a message may repeat it, what a terminal obeys."""
    said = json.dumps("x\n::warning title=x::y\r\u202e\u2066\u2028z\u0085")
    good = {name: (GOOD / "briefings/good" / name).read_text("utf-8") for name in ("briefing.yml", "comments.yml")}
    quotes = (GOOD / "briefings/good/annotations/quotes.yml").read_text("utf-8")
    quotes = quotes.replace("speaker: vane", f"speaker: {said}\n    tags: [{said}]", 1)
    make_site(
        tmp_path,
        files={
            "briefings/good/briefing.yml": good["briefing.yml"] + f"\n{said}: 1\n",
            "briefings/good/annotations/quotes.yml": quotes,
            "briefings/good/comments.yml": good["comments.yml"].replace("scope:", f"scope: {said}\nx:"),
            "article.md": "# A\n\nWords [@good/nono\u202e\x1b[2J].\n\n[@good/leave\u2028early]\n",
            f"briefings/good/annotations/{FILE}.yml": "quotes: [\n",
        },
    )
    (tmp_path / f"{FILE}.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / f"{FILE}.docx").write_text("no", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


PRINTING = [
    *(("check", "--format", style) for style in STYLES),
    *(("check", "--help"), ("check", "-v", "--coverage"), ("--help",), ("explain",), ("explain", "orphan")),
    *(("find", "ferry"), ("show", "half-a-town"), ("suggest", "--dry-run"), ("verify", "site"), ("fmt", "--check")),
]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp932", "latin-1", "utf-16"])
@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_any_character_is_printed_in_any_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], encoding: str
) -> None:
    """Where output goes into a file, Windows takes the encoding of the country."""
    more = "  - {id: odd, target: 'Паром é 😀', speaker: thornbury}\n"
    quotes = (GOOD / "briefings/good/annotations/quotes.yml").read_text("utf-8")
    make_site(tmp_path, files={"briefings/good/annotations/quotes.yml": quotes + more})
    monkeypatch.chdir(tmp_path)
    printed = CliRunner(charset=encoding).invoke(main, command)
    assert printed.exception is None or isinstance(printed.exception, SystemExit)
    assert command[0] == "verify" or printed.stdout
    if "json" in command:
        assert "Паром é 😀" in json.dumps(json.loads(printed.stdout), ensure_ascii=False)


NOWHERE = "/nowhere/at/all"
SURROUNDINGS = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8"},
    "no home": {"HOME": NOWHERE, "USERPROFILE": NOWHERE, "XDG_CACHE_HOME": NOWHERE, "LOCALAPPDATA": NOWHERE},
}
"""The program asks no locale: `lower()` and `upper()` are those of Unicode everywhere, with the dot of an i as well."""


@pytest.mark.parametrize("variables", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_locale_and_home_change_nothing(tmp_path: Path, variables: dict[str, str]) -> None:
    quotes = (GOOD / "briefings/good/annotations/quotes.yml").read_text("utf-8")
    more = "  - {id: ılıca, target: 'İSTANBUL é', speaker: thornbury}\n"
    make_site(tmp_path, files={"briefings/good/annotations/quotes.yml": quotes + more})
    code = "from briefing.cli import main; main(['check'])"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}

    def printed(more: dict[str, str]) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env={**known, **more}, capture_output=True, check=False
        )
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode()

    status, said = printed(variables)
    assert (status, said) == printed({"PYTHONUTF8": "1"})
    assert status == 1 and "İSTANBUL" in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: re.sub(r"[^\w.-]+", " ", " ".join(command))[:60])
def test_nothing_is_obeyed(project: Path, command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    printed = result.output.replace("\r\n", "\n")  # of which CSV makes its lines
    printed = re.sub(r"\x1b\[3\dm([A-Z]+ +- +)\x1b\[0m", r"\1", printed)  # in which MkDocs colours the level
    assert printed.strip()
    assert not [hex(ord(found[0])) for found in OBEYED.finditer(printed)], printed
    assert not re.search(r"^\s*::(warning title=x|error::)", printed, re.M), printed
