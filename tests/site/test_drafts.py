"""Drafts and what is in review: marked in a preview, and in nothing that a build or an export makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.sites import GOOD, build_site, make_site

WORD = "canarybird"
FIELDS = """
  - id: {word}-quote
    was: [{word}-former]
    target: held up by habit
    kind: fragment
    speaker: harbour-trust
    via: [vane, {word}]
    attribution: the harbour trust had warned him
    note: >-
      A {word} note [@{word}-figure; @{word}-work].
    tags: [{word}-tag]
    by: {word} author
    reviewed_by: {word} reviewer
    status: {status}
    translation: {{text: {word} text, by: {word} translator}}
    assessment:
      {{verdict: unverified, by: {word} judge, date: 2025-11-21, evidence: [{word}-work], response: {word} response,
        note: "{word} judgement"}}
figures:
  - id: {word}-figure
    target: £1.2 million
    label: {word} label
    type: amount
    basis: claim
    value: 1200000
    unit: {word} unit
    period: {word} period
    status: {status}
    allow: [{{code: value-not-in-target, reason: {word} allowance}}]
    resolved: {{value: 1, because: {word} because}}
    series: {{label: {word} series, unit: {word}, points: [{{period: {word} point, value: 1, cite: {word}-work}}]}}
context:
  - id: {word}-context
    target: {{exact: ferry, suffix: ", which"}}
    title: {word} title
    note: "{word} context"
    status: {status}
themes:
  - id: {word}-theme
    title: {word} theme
    about: {word} about
    comments: [c1]
    summary: "{word} summary [@c1]."
    status: {status}
"""
ALLOWED = "    allow: [{code: not-a-translation, reason: Every field is to be there.}]\n"
WORK = """
  - id: {word}-work
    title: {word} title
    publisher: {word} press
    authors: {word} writer
    url: https://{word}.example/
    excerpts: [{{id: x, exact: "the {word} says 1", where: {word} page}}]
    note: {word} remark
"""
"""A work that only drafts cite: in a note, as evidence, in a series."""


def site(folder: Path, status: str) -> Path:
    """The good briefing with one of each kind of annotation, with the word in every field, that is not published."""
    about = (GOOD / "briefings/good/briefing.yml").read_text("utf-8")
    secret = "quotes:" + FIELDS.format(word=WORD, status=status)
    if status == "review":  # of what is a draft it is not said
        secret = secret.replace("    assessment:", ALLOWED + "    assessment:", 1)
    files = {
        "briefings/good/annotations/secret.yml": secret,
        "briefings/good/references.yml": (GOOD / "briefings/good/references.yml").read_text("utf-8")
        + WORK.format(word=WORD),
        "briefings/good/briefing.yml": about.replace("\npeople:\n", f"\npeople:\n  {WORD}: {WORD} role\n"),
        "people.yml": (GOOD / "people.yml").read_text("utf-8") + f"{WORD}: Some {WORD}\n",
    }
    return make_site(folder, files=files, site_url="https://example.org/")


@pytest.mark.parametrize("status", ["draft", "review"])
def test_no_word_of_a_draft_is_in_anything_that_is_made(tmp_path: Path, status: str) -> None:
    configuration = site(tmp_path / "a", status)
    built = build_site(configuration)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    made = [path for folder in (built, tmp_path / "out") for path in folder.rglob("*") if path.is_file()]
    assert len(made) > 40
    assert [path for path in made if WORD in path.name or WORD.encode() in path.read_bytes()] == []


def test_a_preview_shows_and_marks_them(tmp_path: Path) -> None:
    preview = build_site(site(tmp_path, "review"), command="serve")
    quotes = (preview / "briefings/good/quotes/index.html").read_text("utf-8")
    assert WORD in quotes and "review" in quotes.lower()


def test_no_word_of_a_draft_briefing_is_in_anything_that_is_made(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, site_url="https://example.org/")
    secret = tmp_path / "docs/briefings" / WORD
    shutil.copytree(GOOD / "briefings/good", secret)
    main_file = secret / "briefing.yml"
    text = main_file.read_text("utf-8").replace("status: published", "status: review")
    text = text.replace("Harwick brings its ferry back", f"{WORD} title").replace("[transport, councils]", f"[{WORD}]")
    main_file.write_text(text + f"aliases: old/{WORD}\n", "utf-8")
    built = build_site(configuration)
    made = [path for path in built.rglob("*") if path.is_file()]
    assert [path for path in made if WORD in str(path.relative_to(built)) or WORD.encode() in path.read_bytes()] == []


def test_what_is_not_filled_in_yet_is_on_no_page_of_a_preview(tmp_path: Path) -> None:
    configuration = site(tmp_path, "draft")
    file = tmp_path / "docs/briefings/good/annotations/secret.yml"
    text = file.read_text("utf-8")
    for field, todo in (
        ("    label: {} label\n", "    label: TODO\n    speaker: thornbury\n"),
        ('note: "{} context"', "note: TODO"),
    ):
        assert field.format(WORD) in text
        text = text.replace(field.format(WORD), todo.format(WORD), 1)
    file.write_text(text, "utf-8")
    preview = build_site(configuration, command="serve", strict=False)
    pages = {path.relative_to(preview).as_posix(): path.read_text("utf-8") for path in preview.rglob("*.html")}
    pages |= {name: (preview / name).read_text("utf-8") for name in ("search/search_index.json",)}
    assert [name for name, page in pages.items() if "TODO" in page] == []
    assert "£1.2 million" in pages["people/thornbury/index.html"]
