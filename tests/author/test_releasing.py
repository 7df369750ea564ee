"""What readers were shown is recorded; whatever of substance changes afterwards is found, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing import anchor
from briefing.authoring import renaming
from briefing.authoring.change_entry import change_entry
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, write
from briefing.check import FAMILIES
from briefing.cli import main
from briefing.load import load_briefing, load_people
from briefing.model.places import Problem
from briefing.pipeline.briefing_build import public_view
from briefing.pipeline.checking import check_alone
from briefing.render.corrections import told_corrections
from tests.releasing import PATH, correct, release, replace
from tests.sites import GOOD, rendered

TOLD = ("correction-missing", "withdrawal-missing", "correction-unmatched")
RELEASES, CORRECTIONS = f"{PATH}/releases.yml", f"{PATH}/corrections.yml"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The good briefing, released."""
    folder = Path(shutil.copytree(GOOD, tmp_path / "docs"))
    release(folder)
    return folder


def problems(docs: Path, *codes: str) -> list[Problem]:
    return [problem for problem in check_alone(docs, PATH).problems if problem.code in (codes or TOLD)]


HIDDEN = "Not everyone was convinced."
"""A sentence of the source of which nothing is annotated."""


def told(docs: Path) -> list[str]:
    """What readers are told of corrections."""
    briefing = check_alone(docs, PATH).briefing
    assert briefing
    shown = public_view(briefing)
    assert shown
    return [
        words for one in told_corrections(shown) for change in one.changes for words in (change.before, change.after)
    ]


def said(docs: Path) -> list[str]:
    return [problem.message for problem in problems(docs)]


# --- everything that readers are shown ----------------------------------------------------------------------------

FREE = {
    **dict.fromkeys(("tags", "was", "by", "reviewed_by", "status", "allow", "at"), "nothing that is stated"),
    **dict.fromkeys(("prefix", "suffix", "attribution"), "they find the words, and are not shown as such"),
    **dict.fromkeys(("url", "archived", "checked", "where", "same_as", "retrieved"), "where something is, not what"),
    **dict.fromkeys(("date", "authors"), "of the briefing, or of a verdict"),
    "source-kind": "how it was made",
    **dict.fromkeys(("highlights", "language", "rights", "aliases", "scope"), "what is chosen to be shown first"),
    **dict.fromkeys(("ignore", "left_out", "original", "publish", "dissent"), "how it was made"),
}
"""Fields that may change without a correction."""
LISTS = ("quotes", "figures", "derived", "context", "themes")


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every text of some YAML, by its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, (*path, number))
    else:
        yield path


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def published(data: Any, path: tuple[str | int, ...]) -> bool:
    entry = data[path[0]][path[1]] if path[0] in (*LISTS, "references") and len(path) > 1 else {}
    return entry.get("status", "published") == "published"


def shown() -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every text that readers of the good briefing are shown, by its file and path."""
    folder = GOOD / PATH
    for file in sorted([*folder.glob("annotations/*.yml"), folder / "briefing.yml", folder / "references.yml"]):
        data = yaml.safe_load(file.read_text("utf-8"))
        for path in leaves(data):
            own = path[2:] if path[0] in (*LISTS, "references") else path
            names = {part for part in own if isinstance(part, str)}
            names |= {"-".join(map(str, path))}
            ids = path[-1] == "id" and len(path) == 3
            if published(data, path) and not names & FREE.keys() and not ids:
                yield file.relative_to(folder).as_posix(), path


def another(value: Any) -> Any:
    """A value that says something else, of the same form where it has one."""
    others: dict[object, object] = {
        "direct": "reported", "fragment": "reported", "reported": "fragment", "supportive": "critical",
        "critical": "supportive", "partly-supported": "disputed", "thornbury": "vane", "vane": "thornbury",
        "brink": "vane", "harbour-trust": "vane", "article": "document", "amount": "count", "count": "amount",
        "share": "count", "claim": "pledge", "pledge": "claim", "estimate": "claim", "reported figure": "claim",
        "measured": "claim", "rank": "count", "comparison": "count", "disputed": "unverified", "date": "count",
    }  # fmt: skip
    if value in others:
        return others[value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value + 1
    return f"{value} indeed" if isinstance(value, str) else "2020-01-01"


def is_told(docs: Path) -> bool:
    """Whether a rule of releases finds anything, or the entry can no longer be read or found, which is an error."""
    loaded = load_briefing(docs, PATH, load_people(docs).people)
    assert loaded.briefing
    briefing, unanchored = anchor.resolve(loaded.briefing)
    rules = (rule(briefing) for rule in FAMILIES["releases"])
    return any(problem.severity == "error" for problem in (*loaded.problems, *unanchored, *chain(*rules)))


@pytest.mark.full
def test_a_change_of_anything_that_is_stated_is_found(docs: Path) -> None:
    untold = []
    for file, paths in groupby(shown(), key=lambda one: one[0]):
        place = docs / PATH / file
        before = place.read_text("utf-8")
        for _, path in paths:
            data = yaml.safe_load(before)
            at(data, path[:-1])[path[-1]] = another(at(data, path))
            place.write_text(json.dumps(data, ensure_ascii=False, default=str), "utf-8")  # JSON is YAML
            if not is_told(docs):
                untold.append((file, path))
        place.write_text(before, "utf-8")
    assert len(list(shown())) > 100
    assert untold == []
    assert not is_told(docs)


FREELY = {
    "a tag": ("annotations/quotes.yml", "tags: [students]", "tags: [students, ferries]"),
    "a new id": ("annotations/quotes.yml", "id: who-pays", "id: who-pays-for-it\n    was: who-pays"),
    "emphasis": ("annotations/quotes.yml", "promises a ferry for", "promises *a ferry* for"),
    "glyphs": ("annotations/quotes.yml", "is known, but the", "is  known, but the"),
    "an address": ("references.yml", "https://www.trust.example/survey", "https://www.trust.example/surveys"),
    "who annotated it": ("annotations/quotes.yml", "by: Mira Castell", "by: Jonah Reed"),
    "a comment in the file": ("annotations/quotes.yml", "quotes:\n", "# checked again\nquotes:\n"),
    "a draft": ("annotations/quotes.yml", "A ferry is a fine thing to look at", "a fine thing to look at"),
}


@pytest.mark.parametrize("name", FREELY)
def test_what_says_nothing_else_needs_no_correction(docs: Path, name: str) -> None:
    file, old, new = FREELY[name]
    replace(docs, file, old, new)
    if name == "a new id":
        path = docs / PATH / "briefing.yml"
        path.write_text(path.read_text("utf-8").replace("@who-pays]", "@who-pays-for-it]"), "utf-8")
    assert said(docs) == []


def test_order_and_what_is_added_need_no_correction(docs: Path) -> None:
    path = docs / PATH / "annotations/quotes.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["quotes"].reverse()
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    about = docs / PATH / "briefing.yml"
    given = yaml.safe_load(about.read_text("utf-8"))
    given["key_points"].reverse()
    about.write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    assert said(docs) == []
    note = {"id": "a-new-note", "target": "Saltgate", "title": "Saltgate", "note": "A quay."}
    file = docs / PATH / "annotations/new.yml"
    file.write_text(json.dumps({"context": [{**note, "target": "our young people"}]}), "utf-8")
    assert said(docs) == []


# --- commands -----------------------------------------------------------------------------------------------------


def test_a_release_without_a_change_is_none(docs: Path) -> None:
    before = (docs / RELEASES).read_bytes()
    planned = release(docs)
    assert planned.change is None
    assert planned.number == 1
    assert (docs / RELEASES).read_bytes() == before


def test_a_correction_has_the_former_words_and_ends_the_problem(docs: Path) -> None:
    replace(docs, "annotations/quotes.yml", "a ferry for students", "a ferry for all")
    assert [problem.code for problem in problems(docs)] == ["correction-missing"]
    with pytest.raises(ChangeRefusedError):
        release(docs)
    assert correct(docs, "leave-early", reason="It is for all.") == ["leave-early: note"]
    (entry,) = yaml.safe_load((docs / CORRECTIONS).read_text("utf-8"))["corrections"]
    assert entry["changes"] == [
        {
            "id": "leave-early",
            "field": "note",
            "before": "The mayor promises a ferry for students.",
            "after": "The mayor promises a ferry for all.",
        }
    ]
    assert said(docs) == []
    planned = release(docs)
    assert (planned.number, [each.field for each in planned.changed]) == (2, ["note"])
    assert said(docs) == []
    replace(docs, "annotations/quotes.yml", "a ferry for all", "a ferry for students")
    assert [problem.code for problem in problems(docs)] == ["correction-missing"]  # back again is a change, too


def test_several_corrections_between_releases_follow_each_other(docs: Path) -> None:
    for old, new in (("students", "pupils"), ("pupils", "all"), ("all", "students")):
        replace(docs, "annotations/quotes.yml", f"a ferry for {old}", f"a ferry for {new}")
        assert len(said(docs)) == 1
        correct(docs)
        assert said(docs) == []
    assert release(docs).number == 2  # of three corrections, although readers are shown what they were shown first


def test_a_name_that_is_corrected_is_one_correction_of_all_that_they_said(docs: Path) -> None:
    people = docs / "people.yml"
    people.write_text(people.read_text("utf-8").replace("Idris Vane", "Idris Fane"), "utf-8")
    fields = correct(docs, reason="His name is Fane.")
    assert {field.partition(": ")[2] for field in fields} == {"speaker", "via"}
    assert said(docs) == []


def test_what_is_withheld_is_kept_nowhere(docs: Path) -> None:
    replace(docs, "annotations/quotes.yml", "a ferry for students", "a ferry")
    correct(docs, withheld="They named somebody.")
    for name in (RELEASES, CORRECTIONS):
        assert "a ferry for students" not in (docs / name).read_text("utf-8")
    assert said(docs) == []
    assert release(docs).number == 2
    assert said(docs) == []


def test_words_of_comments_are_kept_nowhere(docs: Path) -> None:
    text = (docs / RELEASES).read_text("utf-8")
    assert "my daughter can stay" not in text
    assert "Tidewatcher" not in text
    assert "212 people on its best day" not in text
    replace(docs, "annotations/context.yml", "target: 212 people on its best day", "target: 212 people")
    assert len(said(docs)) == 1
    correct(docs)
    assert "212 people on" not in (docs / CORRECTIONS).read_text("utf-8")
    assert said(docs) == []


def test_what_quoted_a_removed_comment_is_withheld_unasked(docs: Path) -> None:
    replace(docs, "releases.yml", 'cites: ["[@c1]", "[@c2]"]', 'cites: ["[@c1]", "[@c2]", "[@c3]"]')
    replace(docs, "comments.yml", '    text: "Best watches, lowest prices, write to me today!"\n', "")
    replace(docs, "comments.yml", "reason: spam", "reason: request")
    replace(docs, "annotations/context.yml", "One reader is glad for a student", "One reader is glad")
    correct(docs)
    entries = yaml.safe_load((docs / CORRECTIONS).read_text("utf-8"))["corrections"]
    assert [bool(entry.get("withheld")) for entry in entries] == [False, True]
    for name in (RELEASES, CORRECTIONS):
        assert "glad for a student" not in (docs / name).read_text("utf-8")
    assert problems(docs, "removed-text-kept", *TOLD) == []


def test_words_that_were_corrected_twice_are_shown_nowhere_once_their_comment_is_removed(docs: Path) -> None:
    """What a first correction brought in is former words as soon as a second one has taken it out."""
    replace(
        docs, "annotations/context.yml", "One reader is glad for a student", "One reader offers watches [@c3]; glad"
    )
    correct(docs)
    replace(docs, "annotations/context.yml", "One reader offers watches [@c3]; glad", "One reader is glad")
    correct(docs)
    assert "offers watches" in (docs / CORRECTIONS).read_text("utf-8")
    assert any("offers watches" in text for text in told(docs))
    replace(docs, "comments.yml", '    text: "Best watches, lowest prices, write to me today!"\n', "")
    replace(docs, "comments.yml", "reason: spam", "reason: request")
    assert not any("offers watches" in text for text in told(docs))


def test_words_of_the_source_that_were_corrected_twice_are_not_shown_where_they_are_not_published(docs: Path) -> None:
    replace(docs, "annotations/context.yml", "One reader is glad", f"{HIDDEN} One reader is glad")
    correct(docs)
    replace(docs, "annotations/context.yml", f"{HIDDEN} One reader is glad", "One reader is glad")
    correct(docs)
    assert any(HIDDEN in text for text in told(docs))
    replace(docs, "briefing.yml", "publish: full", "publish: excerpts")
    assert not any(HIDDEN in text for text in told(docs))


def test_nonsense_in_a_correction_is_shown_as_it_is(docs: Path) -> None:
    replace(docs, "annotations/context.yml", "One reader is glad for a student", "One reader is glad")
    correct(docs)
    path = docs / CORRECTIONS
    for field in ("verdict", "kind", "basis", "type", "from", "members"):
        entries = yaml.safe_load(path.read_text("utf-8"))
        entries["corrections"][0]["changes"][0] |= {"field": field, "before": "[@c1] nonsense", "after": "nonsense"}
        path.write_text(yaml.safe_dump(entries), "utf-8")
        assert any("nonsense" in text for text in told(docs)), field


def test_what_is_taken_out_has_to_be_withdrawn(docs: Path) -> None:
    replace(docs, "annotations/context.yml", "  - id: best-day", "  - id: the-best-day")
    (problem,) = problems(docs)
    assert problem.code == "withdrawal-missing"
    file = docs / PATH / "annotations/withdrawn.yml"
    file.write_text(
        problem.hint.partition("\n\n")[2].replace("TODO", "2025-11-28", 1).replace("TODO", "Not so."), "utf-8"
    )
    assert said(docs) == []
    assert release(docs).taken == ["best-day"]


def test_an_entry_in_review_waits_and_its_address_says_so(docs: Path) -> None:
    replace(docs, "annotations/context.yml", "    in: c2\n", "    in: c2\n    status: review\n")
    build = check_alone(docs, PATH)
    assert [problem for problem in build.problems if problem.code in TOLD] == []
    assert build.briefing
    shown = public_view(build.briefing)
    assert shown
    page = rendered(shown)[f"{PATH}/context.md"].markdown
    assert '<span id="best-day"></span>' in page
    assert "Under review" in page


def test_the_editor_saves_what_was_released_and_says_what_is_missing(docs: Path) -> None:
    change = change_entry(OpenBriefings(docs).open(PATH), "leave-early", {"note": "A ferry for all."})
    assert [problem.code for problem in change.problems] == ["correction-missing"]
    assert change.field_of(change.problems[0]) == "id"
    assert change.errors == ()
    write(change)
    assert len(said(docs)) == 1


@pytest.mark.parametrize(("old", "new"), [("stage-survey", "survey"), ("c2", "c20"), ("fare-cover", "fares-cover")])
def test_another_id_is_no_change(docs: Path, old: str, new: str) -> None:
    replace(docs, "annotations/quotes.yml", "a ferry for students", "a ferry for all")
    correct(docs)
    site = renaming.open_site(docs)
    renaming.rename_id(site, PATH, old, new)
    site.write()
    assert said(docs) == []
    assert release(docs).changed  # of the correction alone
    assert [each.field for each in release(docs).changed] == []


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_commands_say_what_they_do(docs: Path) -> None:
    folder = str(docs / PATH)
    assert "nothing has changed since release 1" in run("release", "-b", folder).output
    refused = run("correct", "-b", folder, "--reason", "None.")
    assert (refused.exit_code, "nothing to correct" in refused.output) == (1, True)
    replace(docs, "annotations/quotes.yml", "a ferry for students", "a ferry for all")
    refused = run("release", "-b", folder)
    assert (refused.exit_code, "correction-missing" in refused.output) == (1, True)
    assert run("correct", "nobody", "-b", folder, "--reason", "None.").exit_code == 1
    before = (docs / RELEASES).read_bytes()
    shown_only = run("correct", "-n", "-b", folder, "--reason", "It is for all.")
    assert "before: The mayor promises a ferry for students." in shown_only.output
    assert not (docs / CORRECTIONS).exists()
    assert "leave-early: note" in run("correct", "-b", folder, "--reason", "It is for all.").output
    assert "would be recorded" in run("release", "-n", "-b", folder).output
    assert (docs / RELEASES).read_bytes() == before
    assert "leave-early note" in run("release", "-b", folder).output


def test_a_draft_is_not_released(docs: Path) -> None:
    (docs / RELEASES).unlink()
    replace(docs, "briefing.yml", "status: published", "status: draft")
    refused = run("release", "-b", str(docs / PATH))
    assert (refused.exit_code, "not published" in refused.output) == (1, True)
    assert run("release", "-b", str(docs)).exit_code == 1
    assert not (docs / RELEASES).exists()
