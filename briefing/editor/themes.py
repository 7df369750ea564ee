"""Operations on themes: the board of all comments, and one step on it at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefing.authoring.themes import REASONS, STANCES, ThemeEditor, ledger_of
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import TriedChange, readable
from briefing.check.allowances import ALLOWING, allowance
from briefing.check.rules.commenter_names import hides_names
from briefing.editor.interface import Arguments, BarItem, EditSession, Operation, RequestError, problem_rows
from briefing.editor.problem_list import found_name
from briefing.model import WORDLESS, Briefing, Theme
from briefing.model.places import Problem
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.render.messages import messages

Answered = Mapping[str, Any]
_SHOWN = "select words in one of them, such as {}, and press “Use selected words” beside this theme there"


def board(session: EditSession, asked: Arguments) -> Answered:
    """Return every comment with its text, where each is, and the reasons to set one aside with what readers see."""
    opened = session.open(asked.text("briefing"))
    briefing = readable(opened)
    texts = [
        {
            "id": comment.id,
            "text": comment.text,
            "author": comment.author,
            "date": comment.date,
            "reply_to": comment.reply_to,
            "votes": comment.votes,
        }
        for comment in briefing.comments
    ]
    about = {"title": briefing.title, "language": briefing.source.language, "names_hidden": hides_names(briefing)}
    say = messages("en")
    reasons = {reason: say(f"reason.{reason}") for reason in REASONS}
    return {**about, "texts": texts, "reasons": reasons, "stances": STANCES, "state": _state(briefing, opened.checked)}


def apply(session: EditSession, asked: Arguments) -> Answered:
    """Take one step and write it; return where each comment then is, and what the step leaves to be written.

    A description that would be wrong is not written: `refused` are the problems, each with its `field` and, where it
    can be allowed, with the entry that does so (`allow`), still without its reason.
    """
    step = asked.part("step")
    if step is None or step.text("do") not in STEPS:
        raise RequestError(f"“do” of a step is to be one of {', '.join(STEPS)}")
    editor = ThemeEditor(session.open(asked.text("briefing")))
    about = STEPS[step.text("do")](editor, step)
    described = step.text("do") == "change"
    change = editor.tried(about, described=described)
    if described and change.errors:
        return {"undo": "", "refused": _refused(change, about), "state": _state(editor.briefing, editor.opened.checked)}
    undo = session.save(change) if change.contents else ""
    made = change.result.briefing or editor.briefing
    return {"undo": undo, "problems": _rows(change.problems, made, change.result), "state": _state(made, change.result)}


def _rows(
    problems: Sequence[Problem], briefing: Briefing, checked: BriefingBuild, own: Theme | None = None
) -> list[dict[str, Any]]:
    """Return problems in which themes are called by their titles, as the board does, and its own theme “this theme”.

    Where one can be cured on the board alone, `cure` says how.
    """
    rows = problem_rows(problems, checked.files)
    for theme in briefing.themes:
        called = "this theme" if theme == own else f"the theme “{theme.title}”"
        for row in rows:
            row["message"] = row["message"].replace(f"the theme “{theme.id}”", called)
    if own:
        for problem, row in zip(problems, rows, strict=True):
            if problem.code == "dissent-hidden":
                row["cure"] = _SHOWN.format(own.members[int(problem.at.path[-1])].comment)
    return rows


def _refused(change: TriedChange, about: str) -> list[dict[str, Any]]:
    made = change.result.briefing
    own = next((theme for theme in made.themes if theme.id == about), None) if made else None
    rows = _rows(change.errors, made, change.result, own) if made else problem_rows(change.errors, change.files)
    return [
        {
            **row,
            "help": row.get("cure") or row["help"].partition(ALLOWING)[0].rstrip(),
            "field": change.field_of(one),
            "allow": allowance(one),
        }
        for one, row in zip(change.errors, rows, strict=True)
    ]


def _put(editor: ThemeEditor, step: Arguments) -> str:
    words, stance = (step.text(name) if name in step.given else None for name in ("words", "stance"))
    editor.put(step.texts("comments"), step.text("theme"), words=words, stance=stance, out_of=step.text("out_of"))
    return step.text("theme")


def _take_out(editor: ThemeEditor, step: Arguments) -> str:
    editor.take_out(step.texts("comments"), step.text("theme"))
    return step.text("theme")


def _set_aside(editor: ThemeEditor, step: Arguments) -> str:
    editor.set_aside(step.texts("comments"), step.text("reason"))
    return ""


def _bring_back(editor: ThemeEditor, step: Arguments) -> str:
    editor.bring_back(step.texts("comments"))
    return ""


def _add(editor: ThemeEditor, step: Arguments) -> str:
    return editor.add_theme(step.text("title"), about=step.text("about"), comments=step.texts("comments"))


def _change(editor: ThemeEditor, step: Arguments) -> str:
    fields, seen = ({key: str(value) for key, value in step.mapping(name).items()} for name in ("fields", "seen"))
    editor.change_theme(step.text("theme"), fields, seen)
    editor.allow(step.text("theme"), step.objects("allow"))
    return step.text("theme")


def _remove(editor: ThemeEditor, step: Arguments) -> str:
    editor.remove_theme(step.text("theme"))
    return step.text("theme")


def _hide_name(editor: ThemeEditor, step: Arguments) -> str:
    editor.hide_name(step.text("words"))
    return ""


def _keep_name(editor: ThemeEditor, step: Arguments) -> str:
    editor.keep_name(step.texts("comments"), step.text("words"), step.text("reason"))
    return ""


STEPS: Mapping[str, Callable[[ThemeEditor, Arguments], str]] = {
    "put": _put,
    "out": _take_out,
    "aside": _set_aside,
    "back": _bring_back,
    "new": _add,
    "change": _change,
    "remove": _remove,
    "hide-name": _hide_name,
    "keep-name": _keep_name,
}
"""Each makes a step in the editor's files, and returns the id that it is about."""


def _state(briefing: Briefing, checked: BriefingBuild) -> Answered:
    ledger = ledger_of(briefing)
    within: dict[str, list[Problem]] = {theme.id: [] for theme in briefing.themes}
    others: list[Problem] = []
    for problem in checked.problems:
        home = next((theme for theme in briefing.themes if _is_within(problem, theme)), None)
        if home:
            within[home.id].append(problem)
        elif _is_of_comments(problem):
            others.append(problem)
    return {
        "ledger": {
            "all": ledger.all,
            "sorted": ledger.sorted,
            "set_aside": ledger.set_aside,
            "unsorted": ledger.unsorted,
        },
        "status": briefing.status,
        "themes": [_theme(theme, _rows(within[theme.id], briefing, checked, theme)) for theme in briefing.themes],
        "aside": [
            {"comment": entry.comment, "reason": entry.reason, "fixed": entry.reason in WORDLESS}
            for entry in briefing.set_aside
        ],
        "problems": [
            {**row, **found_name(one, briefing)}
            for one, row in zip(others, _rows(others, briefing, checked), strict=True)
        ],
    }


def _is_of_comments(problem: Problem) -> bool:
    """Return whether it is about comments, and more than that something in their file is still to be filled in."""
    at = problem.at
    return at.file.endswith("/comments.yml") and at.path[:1] != ("scope",) and problem.code != "todo-left"


def _is_within(problem: Problem, theme: Theme) -> bool:
    return problem.at.file == theme.at.file and problem.at.path[: len(theme.at.path)] == theme.at.path


def _theme(theme: Theme, problems: list[dict[str, Any]]) -> Answered:
    return {
        "id": theme.id,
        "title": theme.title,
        "about": theme.about,
        "summary": theme.summary.text if theme.summary else "",
        "status": theme.status,
        "members": [
            {"comment": member.comment, "stance": member.stance, "words": member.words} for member in theme.members
        ],
        "problems": problems,
    }


def unsorted_comments(opened: OpenBriefing) -> BarItem:
    """Count the comments that are in no theme and not set aside."""
    ledger = ledger_of(readable(opened))
    left = len(ledger.unsorted)
    return BarItem("themes", "Themes", left, f"{left:,} unsorted" if ledger.all else "")


OPERATIONS: Mapping[str, Operation] = {"themes/board": board, "themes/apply": apply}
