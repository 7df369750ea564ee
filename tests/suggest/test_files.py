"""What `briefing suggest` writes, and what it leaves alone: real folders, the real command."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.attribution import Speaker, SpokenPassage
from briefing.cli import main
from tests.sites import build_site, make_site

FOLDER = "docs/briefings/good"
DRAFTS = f"{FOLDER}/annotations/suggested.yml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("name", ["docs/people.yml", f"{FOLDER}/briefing.yml"])
def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(name: str, project: Path) -> None:
    (project / name).unlink()
    os.mkfifo(project / name)
    result = run("suggest", "-b", FOLDER)
    assert result.exit_code != 0
    assert "no ordinary file" in result.output


def bare(project: Path) -> None:
    """Take the author's quotations, figures and notes, and what cites them, away; comments stay accounted for."""
    for name in ("quotes", "figures"):
        (project / FOLDER / f"annotations/{name}.yml").unlink()
    notes = project / FOLDER / "annotations/context.yml"
    themes = yaml.safe_load(notes.read_text("utf-8"))["themes"]
    notes.write_text(yaml.safe_dump({"themes": themes}, allow_unicode=True), "utf-8")
    main_file = project / FOLDER / "briefing.yml"
    kept = yaml.safe_load(main_file.read_text("utf-8"))
    for key in ("summary", "key_points", "highlights"):
        del kept[key]
    kept["people"] = {"vane": "Harwick councillor"}
    main_file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")


def drafts(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((project / DRAFTS).read_text("utf-8"))
    return found


def files(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in project.rglob("*") if path.is_file()}


@pytest.mark.full
def test_drafts_pass_the_check_and_stay_off_the_site(project: Path) -> None:
    bare(project)
    assert run("check").output == "1 briefing checked: no problems\n"
    assert run("suggest", "-b", "good").exit_code == 0
    problems = json.loads(run("check", "--format", "json").output)["problems"]
    assert {problem["code"] for problem in problems} == {"todo-left"}
    assert len(problems) == len(drafts(project)["context"]) + len(drafts(project)["figures"]) > 1
    assert all(entry["status"] == "draft" for group in drafts(project).values() for entry in group)
    site = build_site(project / "mkdocs.yml")
    assert not (site / "briefings/good/quotes/index.html").exists()
    assert "dozens-small-repairs" not in (site / "briefings/good/text/index.html").read_text("utf-8")
    preview = build_site(project / "mkdocs.yml", command="serve")
    assert "dozens-small-repairs" in (preview / "briefings/good/quotes/index.html").read_text("utf-8")
    (name,) = (entry["id"] for entry in drafts(project)["context"])
    assert name in (preview / "briefings/good/context/index.html").read_text("utf-8")


def test_drafts_are_in_order_as_they_are_written_and_when_they_are_kept(project: Path) -> None:
    run("fmt")
    run("suggest", "-b", "good")
    assert run("fmt", "--check").exit_code == 0
    text = (project / DRAFTS).read_text("utf-8")
    kept = text.replace("    status: draft\n", "").replace("label: TODO\n", "label: Votes for the plan\n")
    assert kept != text
    (project / DRAFTS).write_text(kept, "utf-8")
    assert run("fmt", "--check").exit_code == 0


def test_a_note_that_is_still_to_be_written_cannot_be_published(project: Path) -> None:
    run("suggest", "-b", "good")
    groups = drafts(project)
    del groups["context"][0]["status"]
    (project / DRAFTS).write_text(yaml.safe_dump(groups, allow_unicode=True), "utf-8")
    result = run("check")
    assert result.exit_code == 1 and "error todo-published: “note” is not filled in" in result.output


def test_a_second_run_adds_nothing(project: Path) -> None:
    run("suggest", "-b", "good")
    before = files(project)
    assert run("suggest", "-b", "good").output == f"{FOLDER}: nothing new to draft\n"
    assert files(project) == before


def test_where_the_check_does_not_agree_the_speaker_is_left_open(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare(project)
    about = project / FOLDER / "briefing.yml"
    kept = yaml.safe_load(about.read_text("utf-8"))
    kept["source"] = {"kind": "article", "language": "en"}
    about.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
    text = "“We go,” said Ada Lang. “We stay,” said Ben Ruiz.\n"
    (project / FOLDER / "source.txt").write_text(text, "utf-8")

    def always_lang(passage: SpokenPassage, rules: object) -> Speaker:
        return Speaker(next(id for id, person in passage.reading.people.items() if "lang" in person.names))

    monkeypatch.setattr("briefing.authoring.suggest.quotations.find_speaker", always_lang)
    assert "(1 without a speaker)" in run("suggest", "-b", "good").output
    (open_,) = (entry for entry in drafts(project)["quotes"] if "speaker" not in entry)
    assert open_["target"] == "We stay"


def test_what_the_author_wrote_is_left_alone(project: Path) -> None:
    bare(project)
    people = (project / "docs/people.yml").read_text("utf-8")
    run("suggest", "-b", "good", "--every-number")
    assert (project / "docs/people.yml").read_text("utf-8").startswith(people.rstrip("\n"))
    edited = (project / DRAFTS).read_text("utf-8").replace("    status: draft", "    status: draft  # seen", 1)
    edited = edited.replace("  - id: six-years", "  # my own remark\n  - id: half-a-decade")
    (project / DRAFTS).write_text(edited, "utf-8")
    source = project / FOLDER / "source.txt"
    source.write_text(source.read_text("utf-8") + "“We will be back,” Thornbury said in 2031.\n", "utf-8")
    run("suggest", "-b", "good", "--every-number")
    after = (project / DRAFTS).read_text("utf-8")
    assert [line for line in edited.splitlines() if line not in after.splitlines()] == []
    assert drafts(project)["quotes"][-1] == {
        "id": "will-back",
        "target": "We will be back",
        "speaker": "thornbury",
        "status": "draft",
    }
    assert drafts(project)["figures"][-1]["value"] == 2031


def test_people_and_roles_are_as_the_source_has_them(project: Path) -> None:
    bare(project)
    (project / "docs/people.yml").write_text("vane: Idris Vane\n", "utf-8")
    run("suggest", "-b", "good")
    people = yaml.safe_load((project / "docs/people.yml").read_text("utf-8"))
    roles = yaml.safe_load((project / FOLDER / "briefing.yml").read_text("utf-8"))["people"]
    assert people["thornbury"] == {"name": "Ada Thornbury", "kind": "person"}
    assert people["harwick-harbour-trust"] == {"name": "Harwick Harbour Trust", "kind": "organisation"}
    assert roles["vane"] == "Harwick councillor"
    assert roles["thornbury"] == "Mayor"
    assert roles["brink"] == "Mayor of the twin town of Zandhaven"
    assert roles["harwick-harbour-trust"] == {}


def test_what_is_set_aside_is_not_drafted(project: Path) -> None:
    with (project / FOLDER / "briefing.yml").open("a", encoding="utf-8") as file:
        file.write(
            "ignore:\n  - {target: dozens of small repairs, reason: A guess.}\n  - {target: 3 March, reason: Past.}\n"
        )
    run("suggest", "-b", "good", "--every-number")
    assert "quotes" not in drafts(project)
    assert all("March" not in entry["label"] for entry in drafts(project)["figures"])


def test_what_is_set_aside_as_one_thing_may_be_another(project: Path) -> None:
    bare(project)
    run("suggest", "-b", "good", "--every-number")
    all_ = drafts(project)
    (project / DRAFTS).write_text(
        "ignore:\n"
        "  - {target: 'For six years, our young people have had to leave', as: quotes, reason: Said before.}\n"
        "  - {target: Harwick Harbour Trust, as: context, reason: Known.}\n",
        "utf-8",
    )
    run("suggest", "-b", "good", "--every-number")
    assert "context" not in drafts(project)
    targets = [[figure["target"] for figure in each["figures"]] for each in (drafts(project), all_)]
    assert targets[0] == targets[1]  # those in the words of the quotation, too
    assert "six years" in str(all_["quotes"]) and "six years" not in str(drafts(project)["quotes"])


def test_a_dry_run_prints_and_writes_nothing(project: Path) -> None:
    before = files(project)
    assert "- id: dozens-small-repairs" in run("suggest", "-b", "good", "--dry-run").output
    assert files(project) == before


def test_a_language_without_rules_gets_quotations_without_speakers(project: Path) -> None:
    bare(project)
    text = "«On y va, et vite», a dit le maire. Il a parlé de «deux bateaux».\n"
    (project / FOLDER / "source.txt").write_text(text, "utf-8")
    about = project / FOLDER / "briefing.yml"
    kept = yaml.safe_load(about.read_text("utf-8"))
    kept["source"] = {"kind": "article", "language": "fr"}
    about.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
    (project / FOLDER / "comments.yml").unlink()
    (project / FOLDER / "annotations/context.yml").unlink()
    result = run("suggest", "-b", "good")
    assert "2 quotations (2 without a speaker)" in result.output
    assert [entry["target"] for entry in drafts(project)["quotes"]] == ["On y va, et vite", "deux bateaux"]
    assert all("speaker" not in entry for entry in drafts(project)["quotes"])
    assert run("check").exit_code == 0


def test_nothing_is_drafted_before_the_language_is_known(project: Path) -> None:
    (project / "paper.txt").write_text("The vote\n\nIt passed by 19 to 14. She saw $100 million.\n", "utf-8")
    assert run("new", "vote", "--from", "paper.txt").exit_code == 0
    before = files(project)
    result = run("suggest", "-b", "vote")
    assert result.exit_code == 1 and "the language of the source of briefings/vote is not known" in result.output
    assert files(project) == before
    about = project / "docs/briefings/vote/briefing.yml"
    text = about.read_text("utf-8")
    told = next(line for line in text.splitlines() if line.startswith("language:"))
    about.write_text(text.replace(told, "language: en-GB"), "utf-8")
    assert run("suggest", "-b", "vote").exit_code == 0
    found = yaml.safe_load((about.parent / "annotations/suggested.yml").read_text("utf-8"))["figures"]
    assert [entry["target"] for entry in found] == ["19 to 14", "$100 million"]


@pytest.mark.full
def test_a_draft_without_a_speaker_can_be_previewed_and_not_published(project: Path) -> None:
    (project / DRAFTS).write_text(
        "quotes:\n  - {id: small, target: dozens of small repairs, kind: fragment, status: draft}\n", "utf-8"
    )
    assert run("check").exit_code == 0
    preview = build_site(project / "mkdocs.yml", command="serve")
    assert "Speaker not named yet" in (preview / "briefings/good/quotes/index.html").read_text("utf-8")
    (project / DRAFTS).write_text(
        "quotes:\n  - {id: small, target: dozens of small repairs, kind: fragment}\n", "utf-8"
    )
    assert "missing-field" in run("check").output


@pytest.mark.parametrize("text", ["quotes: [", "quotes: none\n", "\0"])
def test_a_file_of_drafts_that_cannot_be_read_is_left_as_it_is(project: Path, text: str) -> None:
    (project / DRAFTS).write_text(text, "utf-8")
    before = files(project)
    result = run("suggest", "-b", "good")
    assert result.exit_code == 1 and "suggested.yml" in result.output
    assert files(project) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Ada Thornbury", "name: Ada Thornbury  # the mayor"),
        ("vane: Idris Vane", "vane: {name: Idris Vane, party: none}"),
    ],
)
def test_somebody_who_cannot_be_read_is_neither_overwritten_nor_drafted_anew(project: Path, old: str, new: str) -> None:
    people = project / "docs/people.yml"
    text = people.read_text("utf-8")
    assert old in text
    people.write_text(text.replace(old, new), "utf-8")
    before = files(project)
    result = run("suggest", "-b", "good")
    assert result.exit_code == 1 and "people.yml" in result.output and "briefing check" in result.output
    assert files(project) == before


def test_a_briefing_that_cannot_be_read_is_said_to_be_so(project: Path) -> None:
    (project / FOLDER / "source.txt").write_text("", "utf-8")
    result = run("suggest", "-b", "good")
    assert result.exit_code == 1 and "briefing check" in result.output


def test_a_source_without_quotations_and_numbers(project: Path) -> None:
    bare(project)
    (project / FOLDER / "source.txt").write_text("Nothing happened.\n", "utf-8")
    assert run("suggest", "-b", "good").output == f"{FOLDER}: nothing new to draft\n"
    assert not (project / DRAFTS).exists()
