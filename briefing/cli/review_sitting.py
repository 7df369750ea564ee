"""One sitting of `briefing review` on a terminal: a draft, a key, the next draft."""

from __future__ import annotations

import datetime
import re
import shutil
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from briefing.authoring.edit import EditError, bare
from briefing.authoring.edit.entries import entry as as_yaml
from briefing.authoring.edit.files import ChangedMeanwhileError
from briefing.authoring.review import ReviewDraft, ReviewQueue, find_draft, shows_reason
from briefing.authoring.review.decisions import ignore, keep, put_off, revise
from briefing.authoring.review.open_fields import OpenField
from briefing.authoring.review.reasons import common_reasons
from briefing.authoring.trial import OpenBriefing, OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable, write
from briefing.authoring.undo import SavedChanges, UndoneError
from briefing.check.allowances import allowance
from briefing.cli.arguments import prefix_of
from briefing.cli.problems import colour, print_problems
from briefing.load.schema import PROSE_KEYS
from briefing.load.yaml import Map
from briefing.load.yaml.events import read_yaml
from briefing.model.places import TextFile, one_line
from briefing.report import count_of, paint, reason_of, visible

WIDEST = 96
"""Columns of a wide terminal that are used: longer lines are hard to read."""
KEYS = {
    "k": "keep", "a": "it is right as it stands", "e": "edit", "i": "ignore", "r": "ignore with a reason", "l": "later",
    "u": "undo", "q": "quit",
}  # fmt: skip
"""What each key does. `a` is for findings that can be allowed, `u` for what can be taken back."""
_TODO = re.compile(r"^TODO:?\s*")
_DIGITS = 9
"""Choices that can be made with one key."""


class _UndecidedError(Exception):
    """The author has gone back to the draft without a decision."""


@dataclass(slots=True)
class Sitting:
    """What waits, what was decided, and how it is taken back."""

    docs: Path
    folder: str
    briefings: OpenBriefings
    queue: ReviewQueue
    day: datetime.date
    """On which what readers have seen is withdrawn."""
    waiting: list[str] = field(init=False)
    """Ids, the next one first."""
    put_off: set[str] = field(init=False)
    """Ids that were left for later, now or in an earlier sitting: they come at the end, and then no more."""
    done: list[tuple[str, str, str]] = field(default_factory=list)
    """Every decision: what, the id, and by what it can be taken back (nothing for later)."""
    reason: str = ""
    """The one given last: many drafts are ignored for the same."""
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was filled in for a draft that could not be kept with it, by its id and the name of the field."""
    allowable: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """By the id of a draft that could not be kept, the entries that allow what is in its way, without their reasons."""
    saved: SavedChanges = field(init=False)

    def __post_init__(self) -> None:
        """Begin with all that waits."""
        self.waiting = [draft.id for draft in self.queue.in_turn]
        self.put_off = {draft.id for draft in self.queue.drafts if draft.put_off}
        self.saved = SavedChanges(self.docs)

    def run(self) -> None:
        """Show one draft after the other, until there is none or the author quits."""
        for name in self.queue.unread:
            click.echo(f"{prefix_of(self.docs)}{name} cannot be read: run `briefing check`", err=True)
        try:
            while self.waiting and self._review(self.waiting[0]):
                pass
        except (KeyboardInterrupt, EOFError):
            click.echo()
        click.echo(self._summary())

    def _review(self, id: str) -> bool:
        """Show a draft and do what is asked; return whether to go on."""
        try:
            draft = find_draft(self.briefings.open(self.folder), id)
        except (ChangeRefusedError, EditError) as error:
            click.echo(f"{error}; the next one:", err=True)
            self.waiting.remove(id)
            return True
        self._show(draft)
        while True:
            key = click.getchar().lower()
            if key in ("q", ""):  # nothing comes any more where the terminal has gone
                return False
            if key in self._offered(draft.id):
                break
            click.echo(self._keys(draft.id))
        actions: Mapping[str, Callable[[ReviewDraft], None]] = {
            "k": self._keep, "a": self._allow, "e": self._edit, "i": self._ignore, "r": self._ignore_with_reason,
            "l": self._later, "u": self._undo,
        }  # fmt: skip
        try:
            actions[key](draft)
        except ChangeRefusedError as error:
            told = {(problem.code, problem.message) for problem in draft.problems}
            more = [problem for problem in error.problems if (problem.code, problem.message) not in told]
            print_problems(more, error.files, prefix_of(self.docs), err=False)
            click.echo(f"{error}: {error.help}")
            found = filter(None, map(allowance, error.problems))
            self.allowable[draft.id] = [*{(each["code"], each.get("passage")): each for each in found}.values()]
        except ChangedMeanwhileError:
            click.echo("a file was changed by another program meanwhile: this is how it is now")
        except (EditError, UndoneError, OSError) as error:
            click.echo(f"nothing was written: {reason_of(error)}")
        except (_UndecidedError, click.Abort, KeyboardInterrupt):
            click.echo()
        return True

    # --- decisions --------------------------------------------------------------------------------------------------

    def _keep(self, draft: ReviewDraft, allow: Sequence[Mapping[str, str]] = ()) -> None:
        """Keep a draft with what is filled in, and what its author says to what is found in it."""
        typed = self.typed.get(draft.id, {})
        known = typed if allow else {}  # what is right as it stands is what was typed
        asked = {
            each.name: known.get(each.name) or _ask_for(each, typed.get(each.name, ""))
            for each in draft.open
            if not each.optional
        }
        given = {each.name: each.given for each in draft.open if each.optional and each.given}
        filled: dict[str, Any] = {**given, **asked}
        if allow:
            before = draft.entry.data.get("allow") or []
            filled["allow"] = [*(before if isinstance(before, list) else [before]), *allow]
        try:
            change = keep(self._opened, draft.id, filled, draft.entry.seen)
        except ChangeRefusedError:
            self._hold(draft, asked)
            raise
        self._decide("kept", draft, change)

    def _allow(self, draft: ReviewDraft) -> None:
        """Keep a draft in which what is found is right as it stands, with the reason, which readers see."""
        reason = click.prompt("why is it right as it stands (readers see it)")
        self._keep(draft, [{**each, "reason": reason} for each in self.allowable[draft.id]])

    def _hold(self, draft: ReviewDraft, filled: dict[str, str]) -> None:
        """Hold what was filled in: in the draft, or where that would bring an error, until the draft is shown again."""
        if not filled:
            return
        try:
            self._write("edited", revise(self._opened, draft.id, filled, draft.entry.seen))
        except ChangeRefusedError:
            self.typed[draft.id] = filled

    def _ignore(self, draft: ReviewDraft) -> None:
        if draft.was_published:
            self._ignore_with_reason(draft)
        else:
            self._decide("ignored", draft, ignore(self._opened, draft.id, self.day, seen=draft.entry.seen))

    def _ignore_with_reason(self, draft: ReviewDraft) -> None:
        briefing = readable(self._opened)
        offered = dict(enumerate(common_reasons(briefing, draft.key), 1))
        click.echo("why (readers see it)?" if shows_reason(briefing, draft) else "why (for authors)?")
        for number, words in offered.items():
            click.echo(f"  {number} {words}")
        if self.reason:
            click.echo(f"  s the same as last: {one_line(self.reason)}")
        click.echo("  w write another")
        keys = {**{str(number): words for number, words in offered.items()}, "s": self.reason}
        key = click.getchar().lower()
        if key not in keys and key not in "w\r\n":
            raise _UndecidedError
        reason = keys.get(key) or click.prompt("why")
        self._decide("ignored", draft, ignore(self._opened, draft.id, self.day, reason, draft.entry.seen))
        self.reason = reason

    def _later(self, draft: ReviewDraft) -> None:
        change = put_off(self._opened, draft.id, draft.entry.seen)
        if change.contents:
            self._write("later", change)
        else:
            self.done.append(("later", draft.id, ""))
        self.waiting.remove(draft.id)
        if draft.id not in self.put_off:
            self.waiting.append(draft.id)
        self.put_off.add(draft.id)

    def _edit(self, draft: ReviewDraft) -> None:
        self._write("edited", revise(self._opened, draft.id, _edited(draft), draft.entry.seen))

    def _decide(self, what: str, draft: ReviewDraft, change: TriedChange) -> None:
        self._write(what, change)
        self.waiting.remove(draft.id)
        click.echo(paint(f"{what} {draft.id}", "quiet", colour()))

    def _write(self, what: str, change: TriedChange) -> None:
        write(change)
        self.done.append((what, change.id, self.saved.keep(change)))

    def _undo(self, draft: ReviewDraft) -> None:
        """Take the last decision back, and show what it was about."""
        if not self.done:
            click.echo("there is nothing to take back")
            return
        what, id, name = self.done.pop()
        if name:
            self.saved.take_back(name, self.briefings)
        if what == "later" and id in self.waiting:
            self.put_off.discard(id)
            self.waiting.remove(id)
        if id not in self.waiting:
            self.waiting.insert(0, id)
        click.echo(f"taken back: {what} {id}")

    @property
    def _opened(self) -> OpenBriefing:
        return self.briefings.open(self.folder)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _counts(self) -> dict[str, int]:
        return {what: len({id for each, id, _ in self.done if each == what}) for what in ("kept", "ignored")}

    def _summary(self) -> str:
        counts = ", ".join(f"{number} {what}" for what, number in self._counts().items())
        left = len(self.queue.drafts) - sum(self._counts().values())
        return f"{count_of(len(self.queue.drafts), 'draft')}: {counts}, {left} left as they are"

    def _show(self, draft: ReviewDraft) -> None:
        decided, total = sum(self._counts().values()), len(self.queue.drafts)
        again = ", which you left for later" if draft.id in self.put_off else ""
        where = f"{prefix_of(self.docs)}{draft.entry.file.name}:{draft.line}"
        off = len(self.put_off.intersection(self.waiting))
        head = f"{decided} of {total} decided{f', {off} for later' if off else ''}: {draft.kind} {draft.id}{again}"
        click.echo(f"\n{paint(one_line(head), 'bold', colour())}  {paint(one_line(where), 'quiet', colour())}")
        for line in draft_lines(draft):
            click.echo(line)
        files = self._opened.checked.files
        print_problems(draft.problems, files, prefix_of(self.docs), err=False)
        click.echo(self._keys(draft.id))

    def _offered(self, id: str) -> Mapping[str, str]:
        """Return what can be pressed: to allow something only where something can be allowed."""
        hidden = () if self.allowable.get(id) else ("a",)
        return {key: meaning for key, meaning in KEYS.items() if key not in hidden}

    def _keys(self, id: str) -> str:
        """Return what is offered: undo only where there is something to take back."""
        offered = {key: meaning for key, meaning in self._offered(id).items() if key != "u" or self.done}
        return "  ".join(f"{paint(key, 'bold', colour())} {meaning}" for key, meaning in offered.items())


def one_line_of(draft: ReviewDraft) -> str:
    """Return what a draft is and which words it is about, in one line."""
    words = " … ".join(piece.text for piece in draft.shown if piece.marked) or "its words are not found"
    return one_line(f"{draft.kind} {draft.id}: {textwrap.shorten(words, 72, placeholder=' …')}")


def draft_lines(draft: ReviewDraft) -> Iterator[str]:
    """Yield a draft for a terminal: its words in brackets among those around them, then its fields."""
    width = min(shutil.get_terminal_size().columns, WIDEST) - 4
    place = f"in comment {draft.comment}" if draft.comment else f"in paragraph {draft.paragraph} of the source"
    yield "  " + (f"{place}:" if draft.shown else "its words are not in the text:")
    shown = "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in draft.shown)
    for paragraph in (*draft.before.splitlines(), *shown.splitlines()):
        printable = "".join(map(visible, paragraph))
        yield from textwrap.wrap(printable, width, initial_indent="  | ", subsequent_indent="  | ")
    questions = [each.help for each in draft.open if each.optional]
    for remark in (*draft.remarks, *questions, *draft.received):
        yield from textwrap.wrap(one_line(remark), width, initial_indent="  # ", subsequent_indent="    ")
    for name, told in _fields_of(draft):
        yield from textwrap.wrap(told, width, initial_indent=f"  {name:<11} ", subsequent_indent=" " * 14)


def _fields_of(draft: ReviewDraft) -> Iterator[tuple[str, str]]:
    """Yield the fields of a draft that are not shown otherwise, with what they say."""
    hidden = {"id", "in", "status", *(("target",) if draft.shown else ())}
    opened = dict.fromkeys(str(each.path[0]) for each in draft.open if not each.optional)
    for name, value in draft.entry.data.items():
        if name not in hidden:
            speaker = ", ".join(filter(None, (draft.speaker, draft.role))) if name == "speaker" else ""
            told = f"{speaker} ({value})" if speaker else _told(value)
            yield name, one_line(f"{_TODO.sub('', told)}  (to fill in)".strip() if name in opened else told)
    yield from ((name, "(to fill in)") for name in opened if name not in draft.entry.data)
    for each in draft.open:
        if each.optional and each.given:
            name = dict(each.choices).get(each.given, each.given)
            yield each.name, f"{name} ({each.given}), by these words; e changes it"


def _told(value: Any) -> str:
    """Return a value in one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_told(inner)}" for key, inner in value.items())
    return "; ".join(map(_told, value)) if isinstance(value, list) else str(value)


# --- what is asked ----------------------------------------------------------------------------------------------


def _ask_for(open_: OpenField, typed: str) -> str:
    """Return what an author fills in: one of some choices by a key, or free text with what was `typed` before or is
    offered."""
    click.echo(f"{open_.name}: {open_.help}")
    if 0 < len(open_.choices) <= _DIGITS:
        for number, (id, name) in enumerate(open_.choices, 1):
            click.echo(f"  {number} {one_line(name)}" + (f" ({one_line(id)})" if id != name else ""))
        likely = open_.given in dict(open_.choices)
        if likely:
            click.echo(f"  Enter takes {one_line(dict(open_.choices)[open_.given])}")
        key = click.getchar()
        if likely and key in ("\r", "\n"):
            return open_.given
        if not (key.isascii() and key.isdigit() and 0 < int(key) <= len(open_.choices)):
            raise _UndecidedError
        return open_.choices[int(key) - 1][0]
    answer: str = click.prompt(open_.name, default=typed or open_.given or None)
    return answer


def _edited(draft: ReviewDraft) -> dict[str, Any]:
    """Return the fields that the author has changed in an editor; one that was taken out is empty."""
    before = {name: value for name, value in draft.entry.data.items() if name != "status"}
    head = f"# {draft.kind}: change what is to be changed, save, and close. It stays a draft until you keep it.\n"
    text = head + textwrap.dedent("  " + as_yaml(before, 0)[2:]) + "\n"
    while True:
        written = click.edit(text, extension=".yml")
        if written is None or written == text:
            raise _UndecidedError
        tree = read_yaml(TextFile(draft.id, written), PROSE_KEYS)
        if isinstance(tree.data, Map) and not tree.problems:
            after = bare(tree.data)
            names = dict.fromkeys([*before, *after])
            return {name: after.get(name, "") for name in names if after.get(name) != before.get(name)}
        print_problems(tree.problems, {draft.id: tree.file}, "")
        if not click.confirm("this cannot be read; change it again?", default=True):
            raise _UndecidedError
        text = written
