"""Sort readers' comments into themes: each change is new text of the files that hold it, checked before it is written.

Nothing in the files says that a comment is unsorted. Those are the remainder of the ledger: in no theme and not set
aside. So a new briefing begins with all of them, and a theme that is written by hand in an editor counts at once.

Each change keeps what the ledger promises: a comment that goes into a theme is no longer set aside, and one that is
set aside is in no theme. What a change leaves to be written (a summary that cites a comment that has gone, a comment
that is in nothing now) is reported and does not stop it; what it would get wrong (words that are not in the comment)
does. What is written of a theme itself has to be right, as everywhere; what is still to be written may wait.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from briefing.authoring import edit
from briefing.authoring.edit.entries import Value
from briefing.authoring.edit.layout import value_at
from briefing.authoring.found_entry import plain_value
from briefing.authoring.new_entries import home_file, make_id, new_file, used_ids
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, TriedChange, readable, try_files
from briefing.check.rules.comment_ledger import unsorted
from briefing.load.commenter_names import CODE
from briefing.load.yaml import Map, Seq
from briefing.model import WORDLESS, Briefing, SetAsideReason, Stance, comments_by_id
from briefing.model.places import NodePath, Place, TextFile

REASONS: tuple[SetAsideReason, ...] = tuple(each for each in get_args(SetAsideReason) if each not in WORDLESS)
"""For which an author sets a comment aside; the others are about comments without words."""
STANCES: tuple[Stance, ...] = get_args(Stance)
FIELDS = ("title", "about", "summary", "status")
"""Of a theme, which can be changed besides its comments."""
LEFT_TO_WRITE = frozenset({
    "about-missing", "cited-number", "comment-unaccounted", "dissent-hidden", "not-a-dissent", "quotation-not-found",
    "todo-left", "todo-published", "ungrounded", "wrong-quantifier", "wrong-source",
})  # fmt: skip
"""Problems by which sorting is no mistake: the theme's text is written once its comments are known."""
SORTED_LATER = frozenset({"comment-unaccounted"})
"""The one of these that is of sorting alone: describing a theme, too, leaves it."""


class ThemeError(ChangeRefusedError):
    """A change that cannot be made; the message says why, and what to do."""


class ThemeEditor:
    """The files of one checked briefing while its comments are being sorted; nothing is written here.

    Its methods raise ThemeError, and EditError where a file cannot be changed.
    """

    def __init__(self, opened: OpenBriefing) -> None:
        self.opened, self.briefing = opened, readable(opened)
        self.files: dict[str, TextFile] = dict(opened.checked.files)
        self._made: dict[str, str] = {}
        """The file of each theme that is new, by its id."""
        self._later = LEFT_TO_WRITE

    def tried(self, about: str = "", *, described: bool = False) -> TriedChange:
        """Return what the changes so far make of the briefing; `about` is the theme or comment that they are about.

        Where they have `described` the theme, its problems are of its fields, and none of its errors may wait.
        """
        entry = Place(*self._theme(about)) if described else None
        left = SORTED_LATER if described else self._later
        texts = {name: file.text for name, file in self.files.items()}
        return try_files(self.opened, texts, about, entry, left=left)

    # --- themes -----------------------------------------------------------------------------------------------------

    def add_theme(self, title: str, *, id: str = "", about: str = "", comments: Sequence[str] = ()) -> str:
        """Add a theme at the end, with its first comments if there are any; return its id."""
        title = " ".join(title.split())
        if not title:
            raise ThemeError("a theme needs a title")
        comments = self._known(comments)
        id = id or make_id(title, "theme", used_ids(self.briefing) | set(self._made))
        name = home_file(self.files, self.opened.folder, "themes")
        file = self.files.get(name) or new_file(self.files, name, self.opened.folder)
        waits = not comments and self.briefing.status != "draft"
        fields: dict[str, Value] = {"id": id, "title": title, "about": about, "status": "draft" if waits else ""}
        self._bring_back(comments)
        entry = {key: value for key, value in fields.items() if value} | {"comments": list(comments)}
        self.files[name] = edit.insert(file, ("themes",), entry)
        self._made[id] = name
        return id

    def change_theme(self, theme: str, fields: Mapping[str, str], seen: Mapping[str, str] | None = None) -> None:
        """Give a theme other values for some fields; an empty one is taken out.

        `seen` says what fields held when their author began to write: EntryChangedError where one holds something else
        now.
        """
        for key, value in fields.items():
            if key not in FIELDS:
                raise ThemeError(f"{key} is no field of a theme that is changed here")
            name, path = self._theme(theme)
            held = str(self._at(name, path).get(key) or "")
            if seen is not None and key in seen and _flat(held) != _flat(seen[key]):
                raise EntryChangedError(f"the {key} of the theme was changed meanwhile", "load the page again first")
            self._change_field(name, path, key, held, value.strip())

    def allow(self, theme: str, entries: Sequence[Mapping[str, Any]]) -> None:
        """Add entries to what is allowed in a theme, as `allow` has them: findings that are right as they stand."""
        if entries:
            name, path = self._theme(theme)
            plain = [plain_value(entry) for entry in entries]
            self.files[name] = edit.insert_all(self.files[name], (*path, "allow"), plain)

    def _change_field(self, name: str, path: NodePath, key: str, held: str, value: str) -> None:
        if key == "title" and not value:
            raise ThemeError("a theme needs a title")
        written = "" if (key, value) == ("status", "published") else value  # what a theme is that does not say
        if _flat(written) == _flat(held):
            return
        if written:
            self.files[name] = edit.set_field(self.files[name], path, key, written)
        else:
            self._remove(name, (*path, key))

    def remove_theme(self, theme: str) -> None:
        """Take out a theme that no reader has seen; its comments that are in no other are unsorted again."""
        name, path = self._theme(theme)
        status = self._at(name, path).get("status") or "published"
        if self.briefing.status == "published" and status == "published":
            hint = f"move it to `withdrawn` with the day and the reason, so that its address says so: id: {theme}"
            raise ThemeError(f"the theme “{theme}” is published, and readers may have linked to it; {hint}")
        self._remove(name, path)

    # --- comments ---------------------------------------------------------------------------------------------------

    def put(
        self,
        comments: Sequence[str],
        theme: str,
        *,
        words: str | None = None,
        stance: str | None = None,
        out_of: str = "",
    ) -> None:
        """Put comments into a theme, or say more of those that are in it.

        `words` are one comment's that show that it belongs, and `stance` is towards what the theme is `about`; an empty
        one is taken out, and None leaves what is there. A comment that comes from the theme `out_of` keeps its words,
        but not its stance: that was towards something else.
        """
        comments = self._known(comments)
        self._refuse_wordless(comments)
        if words and words.strip() and len(comments) > 1:
            raise ThemeError("words are of one comment: choose them for one at a time")
        if stance and stance not in STANCES:
            raise ThemeError(f"{stance} is no stance; there are {', '.join(STANCES)}")
        self._theme(theme)
        kept: dict[str, str] = {}
        if out_of not in ("", theme):
            kept = self._words_of(comments, out_of)
            self.take_out(comments, out_of)
        self._bring_back(comments)
        name, path = self._theme(theme)
        listed = {id for id, _ in self._members(name, path)}
        given = None if words is None else _flat(words)
        fresh = [
            _entry(id, kept.get(id, "") if given is None else given, stance or "")
            for id in comments
            if id not in listed
        ]
        if fresh:
            self.files[name] = edit.insert_all(self.files[name], (*path, "comments"), fresh)
        for id in filter(listed.__contains__, comments):
            self._describe(id, theme, {"words": given, "stance": stance})

    def take_out(self, comments: Sequence[str], theme: str) -> None:
        """Take comments out of a theme; one that is in no other is unsorted again."""
        for id in self._known(comments):
            name, path = self._theme(theme)
            at = dict(self._members(name, path)).get(id)
            if at is not None:
                self._remove(name, at)

    def set_aside(self, comments: Sequence[str], reason: str) -> None:
        """Set comments aside for a reason, and take them out of all themes."""
        comments = self._known(comments)
        if reason not in REASONS:
            raise ThemeError(f"“{reason}” is no reason to set a comment aside; there are {', '.join(REASONS)}")
        self._refuse_wordless(comments)
        for name, path in self._themes():
            for id, at in reversed(self._members(name, path)):
                if id in comments:
                    self._remove(name, at)
        self._bring_back(comments)
        name = f"{self.opened.folder}comments.yml"
        entries: list[Value] = [{"comment": id, "reason": reason} for id in comments]
        self.files[name] = edit.insert_all(self.files[name], ("set_aside",), entries)

    def bring_back(self, comments: Sequence[str]) -> None:
        """Take comments out of what is set aside: they are unsorted again."""
        comments = self._known(comments)
        self._refuse_wordless(comments)
        self._bring_back(comments)

    def hide_name(self, words: str) -> None:
        """Have “[name]” stand for some words in comments, as they are written there."""
        name = f"{self.opened.folder}comments.yml"
        held = self._at(name, ()).get("hide_names") or ()
        names = [held] if isinstance(held, str) else [str(each) for each in held]
        self._later = LEFT_TO_WRITE | {CODE}  # of another name, or a part of this one
        if words and words not in names:
            self.files[name] = edit.set_field(self.files[name], (), "hide_names", [*names, words])

    def keep_name(self, comments: Sequence[str], words: str, reason: str) -> None:
        """Let words stand in some comments that a check takes for the name of a commenter, for a reason that readers
        are told. What it then finds in another comment is decided there."""
        if not reason.strip():
            raise ThemeError("readers are told why it may stand", "write the reason")
        known, name = self._known(comments), f"{self.opened.folder}comments.yml"
        for number, entry in enumerate(self._at(name, ("comments",))):
            if str(entry.get("id")) in known:
                allowed: Value = {"code": CODE, "passage": words, "reason": reason.strip()}
                self.files[name] = edit.insert(self.files[name], ("comments", number, "allow"), allowed)
        self._later = LEFT_TO_WRITE | {CODE}

    # --- in the files -----------------------------------------------------------------------------------------------

    def _describe(self, id: str, theme: str, said: Mapping[str, str | None]) -> None:
        """Write what is said of a comment that is in a theme; None stays as it is, an empty text is taken out."""
        for key, value in said.items():
            if value is None:
                continue
            name, path = self._theme(theme)
            at = dict(self._members(name, path))[id]
            held = self._at(name, at)
            if not isinstance(held, Map):
                if value:
                    self.files[name] = edit.replace_entry(self.files[name], at, {"id": id, key: value})
            elif value:
                self.files[name] = edit.set_field(self.files[name], at, key, value)
            elif key in held:
                self._remove(name, (*at, key))

    def _bring_back(self, comments: Sequence[str]) -> None:
        name = f"{self.opened.folder}comments.yml"
        data = edit.parsed(self.files[name]).data if name in self.files else None
        entries = data.get("set_aside") if isinstance(data, Map) else None
        aside = list(enumerate(entries)) if isinstance(entries, Seq) else []
        for number, entry in reversed(aside):
            if isinstance(entry, Map) and str(entry.get("comment")) in comments:
                self._remove(name, ("set_aside", number))

    def _remove(self, name: str, path: NodePath) -> None:
        self.files[name] = edit.remove(self.files[name], path)

    def _words_of(self, comments: Sequence[str], theme: str) -> dict[str, str]:
        name, path = self._theme(theme)
        held = {id: self._at(name, at) for id, at in self._members(name, path) if id in comments}
        return {id: str(each.get("words") or "") for id, each in held.items() if isinstance(each, Map)}

    def _themes(self) -> list[tuple[str, NodePath]]:
        """Return where each theme is: its file and its path there."""
        names = dict.fromkeys([*(theme.at.file for theme in self.briefing.themes), *self._made.values()])
        found: list[tuple[str, NodePath]] = []
        for name in names:
            data = edit.parsed(self.files[name]).data
            entries = data.get("themes") if isinstance(data, Map) else None
            found += ((name, ("themes", number)) for number in range(len(entries) if isinstance(entries, Seq) else 0))
        return found

    def _theme(self, id: str) -> tuple[str, NodePath]:
        """Return where a theme is. ThemeError where there is none with this id."""
        for name, path in self._themes():
            entry = self._at(name, path)
            if isinstance(entry, Map) and str(entry.get("id")) == id:
                return name, path
        known = [theme.id for theme in self.briefing.themes]
        raise ThemeError(f"there is no theme “{id}”" + _meant(id, known))

    def _members(self, name: str, path: NodePath) -> list[tuple[str, NodePath]]:
        """Return the comments of a theme with their places."""
        entries = self._at(name, path).get("comments")
        found = enumerate(entries if isinstance(entries, Seq) else ())
        return [
            (str(each.get("id") if isinstance(each, Map) else each), (*path, "comments", number))
            for number, each in found
        ]

    def _at(self, name: str, path: NodePath) -> Any:
        return value_at(edit.parsed(self.files[name]).data, path)

    def _known(self, comments: Sequence[str]) -> tuple[str, ...]:
        """Return ids, each once. ThemeError where one is no comment's."""
        known = self.briefing.derive(comments_by_id)
        for id in comments:
            if id not in known:
                raise ThemeError(f"there is no comment “{id}”" + _meant(id, list(known)))
        return tuple(dict.fromkeys(comments))

    def _refuse_wordless(self, comments: Iterable[str]) -> None:
        for entry in self.briefing.set_aside:
            if entry.comment in comments and entry.reason in WORDLESS:
                why = "was removed on request" if entry.reason == "request" else "is no longer in the document"
                raise ThemeError(f"the comment “{entry.comment}” {why}, and stays set aside")


def _entry(id: str, words: str, stance: str) -> Value:
    """Return a comment of a theme as the folder format writes it, in short where nothing is said of it."""
    fields = {"id": id, "stance": stance, "words": words}
    return {key: value for key, value in fields.items() if value} if words or stance else id


def _flat(text: str) -> str:
    return " ".join(str(text).split())


def _meant(id: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(id, known, 1)
    return f"; did you mean “{near[0]}”?" if near else f"; there are {', '.join(known[:8])}" if known else ""


# --- what there is ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the comments of a briefing are: each counts once."""

    all: int
    sorted: int
    """In one or several themes, drafts included."""
    set_aside: int
    unsorted: tuple[str, ...]
    """Ids of the others, in the order of the document."""


def ledger_of(briefing: Briefing) -> Ledger:
    """Return the sum of a briefing's comments."""
    left = tuple(comment.id for comment in unsorted(briefing))
    aside = {entry.comment for entry in briefing.set_aside} & {comment.id for comment in briefing.comments}
    return Ledger(len(briefing.comments), len(briefing.comments) - len(left) - len(aside), len(aside), left)
