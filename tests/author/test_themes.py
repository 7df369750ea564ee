"""Comments are sorted into themes, in the files as people write them: nothing else of these changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.authoring import edit
from briefing.authoring.themes import REASONS, ThemeEditor, ThemeError, ledger_of
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, write
from briefing.cli import main
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import BriefingBuild

PATH = "briefings/vote"
BRIEFING = """\
title: A vote
date: 2026-11-01
language: en-GB
authors: [Ada Marsh]
status: draft
source:
  kind: article
  language: en
  title: A vote
  rights: ours
  publish: full
"""
COMMENTS = """\
# As they were under the article.
comments:
  - id: c1
    text: The road is too dear. It is too dear for us.
  - id: c2
    text: "Cars first: then people, then parks!"
  - id: c3
    text: >-
      I like it.
      \\n
      Really.
  - id: c4
    text: First!
  - id: c5
    text: ""
set_aside:
  - {comment: c5, reason: request} # on 3 November
scope: all of them
"""
THEMES = """\
# What they say.
themes:
  - id: cost   # money
    title: Cost
    about: It is worth it
    comments:
      - c1 # the first
      # likes it
      - id: c3
        stance: supportive
        words: I like it.

  # the rest
  - id: cars
    title: Cars
    comments: [c2]
"""


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make(tmp_path, monkeypatch)


def make(folder: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> Path:
    files = {
        "mkdocs.yml": "site_name: A site\nplugins: [search, briefing]\n",
        "docs/people.yml": "{}\n",
        f"docs/{PATH}/source.txt": "The council has voted.\n",
        f"docs/{PATH}/briefing.yml": BRIEFING,
        f"docs/{PATH}/comments.yml": COMMENTS,
        f"docs/{PATH}/annotations/themes.yml": THEMES,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    if monkeypatch:
        monkeypatch.chdir(folder)
    return folder / "docs"


def checked(docs: Path) -> BriefingBuild:
    return checking.check_alone(docs, PATH)


def editor_of(docs: Path) -> ThemeEditor:
    return ThemeEditor(OpenBriefing(docs, checked(docs)))


def codes_of(change: TriedChange) -> list[str]:
    return [problem.code for problem in change.errors]


def changed(docs: Path, *steps: Callable[[ThemeEditor], object]) -> tuple[str, str, list[str]]:
    """Return both files as the steps make them, and the codes of what is wrong then; nothing is written."""
    editor = editor_of(docs)
    for step in steps:
        step(editor)
    change = editor.tried()
    texts = [
        change.contents.get(f"{PATH}/{name}", (docs / PATH / name).read_text("utf-8"))
        for name in ("annotations/themes.yml", "comments.yml")
    ]
    return texts[0], texts[1], codes_of(change)


Case = tuple[Callable[[ThemeEditor], object], str, str]

CASES: dict[str, Case] = {
    "a comment in brackets": (
        lambda e: e.put(["c4"], "cars"),
        "comments: [c2]",
        "comments: [c2, c4]",
    ),
    "with words and a stance": (
        lambda e: e.put(["c4"], "cost", words="First", stance="critical"),
        "        words: I like it.\n",
        "        words: I like it.\n      - id: c4\n        stance: critical\n        words: First\n",
    ),
    "a stance for one that had none, beside its comment": (
        lambda e: e.put(["c1"], "cost", stance="critical"),
        "      - c1 # the first\n",
        "      - {id: c1, stance: critical} # the first\n",
    ),
    "words for one that had none, longer than a line": (
        lambda e: e.put(["c2"], "cars", words="Cars first: then\n people,  then parks!"),
        "comments: [c2]",
        'comments: [{id: c2, words: "Cars first: then people, then parks!"}]',
    ),
    "other words": (
        lambda e: e.put(["c3"], "cost", words="Really."),
        "words: I like it.",
        "words: Really.",
    ),
    "no stance any more": (
        lambda e: e.put(["c3"], "cost", stance=""),
        "        stance: supportive\n",
        "",
    ),
    "a comment that goes": (
        lambda e: e.take_out(["c1"], "cost"),
        "      - c1 # the first\n",
        "",
    ),
    "the last one that goes": (lambda e: e.take_out(["c2"], "cars"), "comments: [c2]", "comments: []"),
    "a title": (lambda e: e.change_theme("cars", {"title": "Cars: #1"}), "title: Cars\n", 'title: "Cars: #1"\n'),
    "about nothing any more": (lambda e: e.change_theme("cost", {"about": ""}), "    about: It is worth it\n", ""),
    "a draft": (
        lambda e: e.change_theme("cars", {"status": "draft"}),
        "    comments: [c2]\n",
        "    comments: [c2]\n    status: draft\n",
    ),
    "what it says already": (lambda e: e.change_theme("cars", {"title": "Cars", "status": "published"}), "", ""),
    "a theme that goes": (
        lambda e: e.remove_theme("cars"),
        "\n  # the rest\n  - id: cars\n    title: Cars\n    comments: [c2]\n",
        "\n  # the rest\n",
    ),
    "a heading before its comments": (
        lambda e: e.add_theme("Parks & people"),
        "    comments: [c2]\n",
        "    comments: [c2]\n\n  - id: parks-people\n    title: Parks & people\n    comments: []\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_of_a_theme_is_that_and_nothing_else(docs: Path, name: str) -> None:
    step, old, new = CASES[name]
    themes, comments, wrong = changed(docs, step)
    assert not wrong
    assert THEMES.count(old) == 1 or not old
    if name == "a theme that goes":
        assert "cars" not in themes and themes.startswith(THEMES[: THEMES.index("\n  # the rest")])
    else:
        assert themes == THEMES.replace(old, new, 1)
    assert comments == COMMENTS


def test_moved_comments_keep_their_words_and_not_their_stance(docs: Path) -> None:
    themes, _, wrong = changed(docs, lambda e: e.put(["c3"], "cars", out_of="cost"))
    assert "comments: [c2, {id: c3, words: I like it.}]" in themes and "supportive" not in themes and not wrong


def test_what_is_set_aside_is_in_no_theme_and_back_again(docs: Path) -> None:
    aside = changed(docs, lambda e: e.set_aside(["c3", "c4"], "off-topic"))
    assert "c3" not in aside[0] and not aside[2]
    assert "  - comment: c3\n    reason: off-topic\n" in aside[1] and "# on 3 November" in aside[1]
    again = changed(docs, lambda e: e.set_aside(["c3"], "spam"), lambda e: e.put(["c3"], "cars"))
    assert "comments: [c2, c3]" in again[0] and again[1] == COMMENTS
    twice = changed(docs, lambda e: e.set_aside(["c4"], "spam"), lambda e: e.set_aside(["c4"], "abuse"))
    assert twice[1].count("c4") == 2 and "reason: abuse" in twice[1]


def test_a_name_in_comments_is_hidden_or_stays_for_a_reason(docs: Path) -> None:
    file = docs / PATH / "comments.yml"
    named = file.read_text("utf-8").replace("text: First!", "text: First! Ann Reed has read the red tape.")
    file.write_text(named.replace("  - id: c2\n", "  - id: c2\n    author: Ann Reed\n"), "utf-8")
    file.write_text(file.read_text("utf-8").replace("Really.", "Really, a reed, and Ann Reed."), "utf-8")
    assert [problem.code for problem in checked(docs).problems if problem.severity == "error"] == ["hidden-name"]
    _, hidden, codes = changed(docs, lambda e: e.hide_name("Ann Reed"), lambda e: e.hide_name("Ann Reed"))
    assert hidden.endswith("\nhide_names: [Ann Reed]\n") and not codes
    _, kept, codes = changed(docs, lambda e: e.keep_name(["c3"], "Ann Reed", "A boat."))
    assert "    allow:\n      - code: hidden-name\n        passage: Ann Reed\n        reason: A boat.\n" in kept
    assert not codes
    with pytest.raises(ThemeError, match="readers are told why"):
        changed(docs, lambda e: e.keep_name(["c3"], "Ann Reed", " "))


def test_a_new_theme_can_be_filled_at_once(docs: Path) -> None:
    themes, _, wrong = changed(docs, lambda e: e.put(["c4", "c1"], e.add_theme("First", about="Being first")))
    assert themes.endswith(
        "  - id: first\n    title: First\n    about: >-\n      Being first\n    comments: [c4, c1]\n"
    )
    assert not wrong


def test_a_theme_whose_summary_is_to_be_written_keeps_its_comments(docs: Path) -> None:
    file = docs / PATH / "annotations/themes.yml"
    file.write_text(
        "themes:\n  - {id: late, title: Late, summary: 'TODO: say what they say', comments: [c4, c1]}\n", "utf-8"
    )
    found = checked(docs)
    assert found.briefing
    (late,) = found.briefing.themes
    assert (late.summary, [one.comment for one in late.members]) == (None, ["c4", "c1"])
    left = {"todo-left", "todo-published"}
    assert left & {one.code for one in found.problems if one.at.file.endswith("themes.yml")}


def test_the_first_theme_of_a_briefing_makes_its_file(docs: Path) -> None:
    (docs / PATH / "annotations/themes.yml").unlink()
    editor = editor_of(docs)
    editor.add_theme("Cost", comments=["c1"])
    (text,) = editor.tried().contents.values()
    assert text == "themes:\n  - id: cost\n    title: Cost\n    comments: [c1]\n"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda e: e.put(["c9"], "cost"), "there is no comment “c9”"),
        (lambda e: e.put(["c1"], "cots"), "there is no theme “cots”; did you mean “cost”?"),
        (lambda e: e.put(["c1", "c2"], "cost", words="x"), "words are of one comment"),
        (lambda e: e.put(["c1"], "cost", stance="against"), "against is no stance"),
        (lambda e: e.put(["c5"], "cost"), "was removed on request, and stays set aside"),
        (lambda e: e.bring_back(["c5"]), "was removed on request"),
        (lambda e: e.set_aside(["c1"], "gone"), "“gone” is no reason"),
        (lambda e: e.add_theme(" \n "), "a theme needs a title"),
        (lambda e: e.change_theme("cost", {"title": ""}), "a theme needs a title"),
        (lambda e: e.change_theme("cost", {"id": "x"}), "id is no field"),
        (lambda e: e.change_theme("cost", {"about": "x"}, {"about": "It was worth it"}), "was changed meanwhile"),
    ],
)
def test_what_cannot_be_done_says_why(docs: Path, step: Callable[[ThemeEditor], object], said: str) -> None:
    editor = editor_of(docs)
    with pytest.raises(ChangeRefusedError) as raised:
        step(editor)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        (lambda e: e.put(["c2"], "cars", words="Bikes first"), ["orphan"]),
        (lambda e: e.put(["c1"], "cost", words="too dear"), ["ambiguous"]),
        (lambda e: e.put(["c3"], "cars", words="I like it. Reallly."), ["orphan"]),
        (lambda e: e.add_theme("Cost", id="cost"), ["duplicate-id"]),
        (lambda e: e.add_theme("Cost", id="Not an id"), ["bad-id"]),
    ],
)
def test_what_would_be_wrong_is_not_written(
    docs: Path, step: Callable[[ThemeEditor], object], codes: list[str]
) -> None:
    assert changed(docs, step)[2] == codes


def test_in_a_published_briefing_sorting_says_what_is_left_and_goes_on(docs: Path) -> None:
    (docs / PATH / "briefing.yml").write_text(BRIEFING.replace("draft", "published"))
    editor = editor_of(docs)
    editor.take_out(["c1"], "cost")
    change = editor.tried()
    assert not change.errors and "comment-unaccounted" in {problem.code for problem in change.problems}
    with pytest.raises(ThemeError, match="readers may have linked to it"):
        editor.remove_theme("cost")
    editor.add_theme("Later")
    assert "    title: Later\n    status: draft\n    comments: []\n" in "".join(editor.tried().contents.values())


def test_a_theme_that_somebody_changed_meanwhile_is_not_written_over(docs: Path) -> None:
    editor = editor_of(docs)
    editor.put(["c4"], "cost")
    change = editor.tried()
    (docs / PATH / "annotations/themes.yml").write_text(THEMES + "# mine\n")
    with pytest.raises(OSError, match="changed by another program"):
        write(change)
    assert "# mine" in (docs / PATH / "annotations/themes.yml").read_text()


COMMENT_IDS = ["c1", "c2", "c3", "c4"]
STEP = st.tuples(
    st.sampled_from(["put", "move", "out", "aside", "back", "new"]),
    st.lists(st.sampled_from(COMMENT_IDS), min_size=1, max_size=3),
    st.sampled_from(["cost", "cars"]),
    st.sampled_from(["", "mixed"]),
)


def take(editor: ThemeEditor, what: str, ids: list[str], theme: str, stance: str) -> None:
    other = {"cost": "cars", "cars": "cost"}[theme]
    steps: dict[str, Callable[[], object]] = {
        "put": lambda: editor.put(ids, theme, stance=stance),
        "move": lambda: editor.put(ids, theme, stance=stance, out_of=other),
        "out": lambda: editor.take_out(ids, theme),
        "aside": lambda: editor.set_aside(ids, REASONS[0]),
        "back": lambda: editor.bring_back(ids),
        "new": lambda: editor.add_theme("Another", comments=ids),
    }
    steps[what]()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=6), st.booleans())
def test_after_any_steps_each_comment_counts_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[str], str, str]], windows: bool
) -> None:
    docs = make(tmp_path_factory.mktemp("site"))
    file = docs / PATH / "annotations/themes.yml"
    if windows:
        file.write_bytes(b"\xef\xbb\xbf" + THEMES.replace("\n", "\r\n").encode())
    editor = editor_of(docs)
    for step in steps:
        take(editor, *step)
    change = editor.tried()
    after = change.result.briefing
    assert after is not None and not change.errors
    assert not {"accounted-twice", "unknown-comment"} & {problem.code for problem in change.result.problems}
    ledger = ledger_of(after)
    assert ledger.sorted + ledger.set_aside + len(ledger.unsorted) == ledger.all == 5
    for text in change.contents.values():
        assert not windows or "themes:" not in text or "\n" not in text.replace("\r\n", "")
    write(change)
    assert ledger_of(checked(docs).briefing) == ledger  # type: ignore[arg-type]


def test_a_scalar_in_a_list_becomes_a_mapping_and_keeps_the_comment_beside_it() -> None:
    from briefing.model.places import TextFile

    long = "words " * 30 + "end"
    file = edit.replace_entry(TextFile("x.yml", "a:\n  - c1 # why\n  - c2\n"), ("a", 0), {"id": "c1", "words": long})
    assert file.text == f"a:\n  - {{id: c1, words: {long}}} # why\n  - c2\n"
    with pytest.raises(edit.EditError):
        edit.replace_entry(TextFile("x.yml", "a:\n  b: c\n"), ("a", "b"), "d")


# --- the commands -----------------------------------------------------------------------------------------------


def run(*arguments: str, code: int = 0, keys: str = "") -> Result:
    result = CliRunner().invoke(main, arguments, input=keys)
    assert result.exit_code == code, result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result


def test_the_commands_say_what_they_did_and_what_is_left(docs: Path) -> None:
    assert "5 comments: 3 in themes, 1 set aside, 1 unsorted" in run("themes").output
    made = run("add", "theme", "Parks, and people", "c2", "--about", "Parks come first")
    assert "added parks-and-people" in made.output
    assert "4 in themes" in run("themes", "put", "cost", "c4", "--words", "First!", "--stance", "mixed").output
    assert "1 unsorted" in run("themes", "take-out", "cost", "c4").output
    assert "2 set aside, 0 unsorted" in run("themes", "set-aside", "off-topic", "c4").output
    assert "1 unsorted" in run("themes", "-b", "vote", "bring-back", "c4").output
    shown = run("themes").output
    assert "parks-and-people: Parks, and people (1 comment)\n  c2\n" in shown
    assert "unsorted (`briefing themes sort` goes through them)\n  c4  First!" in shown


def test_wrong_words_write_nothing(docs: Path) -> None:
    before = (docs / PATH / "annotations/themes.yml").read_bytes()
    said = run("themes", "put", "cars", "c2", "--words", "Bikes first", code=1).output
    assert "orphan" in said and "nothing was written" in said
    assert (docs / PATH / "annotations/themes.yml").read_bytes() == before


def test_sorting_goes_through_what_is_left_by_keys(docs: Path) -> None:
    (docs / PATH / "annotations/themes.yml").unlink()
    said = run("themes", "sort", keys="xnCost\n1sa" + "off-topic\n" + "u1q").output
    assert "4 comments left. c1:" in said and "1 Cost (2)" in said
    themes = (docs / PATH / "annotations/themes.yml").read_text()
    assert themes == "themes:\n  - id: cost\n    title: Cost\n    comments: [c1, c2, c4]\n"
    assert (docs / PATH / "comments.yml").read_text() == COMMENTS
    assert "5 comments: 3 in themes, 1 set aside, 1 unsorted" in said


def test_a_new_briefing_begins_with_all_of_them(docs: Path) -> None:
    page = Path("page.txt")
    page.write_text(
        "A vote\n\n" + "The council has voted on the road, and on much else.\n\n" * 9 + "\n\n\nYes.\nNo.\nFirst!\n"
    )
    said = run("new", "road", "--from", str(page)).output
    assert "comments.yml:2: 3 comments are in no theme yet" in said
    assert run("check", "-b", "road").output.count("in no theme") == 1
