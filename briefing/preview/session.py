"""What a preview shows at any moment: the last whole build, and over it the briefings that were edited since.

An edit of a briefing has that briefing built alone, at once; a whole build follows when the edits pause, and takes its
place. Edits are counted as they are noticed, so that a build knows which of them it cannot have seen. Whatever is asked
for is compared with its files first: a page is never older than they are, even where no change was reported.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefing.preview.builder import (
    BuildFailedError,
    FreshBriefing,
    SiteBuilder,
    WholeBuild,
    at_address,
    briefing_of,
)

SETTLE = 0.02
"""Seconds without a further change after which files are read: editors write in several steps."""
AT_MOST = 0.2
"""Seconds for which changes that go on are waited for."""
QUIET = 1.0
"""Seconds without an edit of a briefing after which all of the site is built: until then it would be out of date."""
LOOK = 0.5
"""Seconds between two looks at the files of a briefing that is open in a browser."""
COARSE = 50_000_000
"""Nanoseconds that the times of files may be behind the clock."""
_COMMENTS = re.compile(rb"<!--[^>]*-->")
"""MkDocs writes the time of a build into one."""
_CONTENT = re.compile(rb"<article\b.*</article>", re.DOTALL)
"""What a page is about, without the navigation around it; a theme that marks it otherwise has no such part."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is shown, at one moment."""

    whole: WholeBuild
    fresh: Mapping[str, tuple[int, FreshBriefing]] = field(default_factory=dict)
    """By folder: briefings that were built alone since, each with the number of edits that there were."""


class Precedence:
    """Has long work step aside while short work is done, in threads that share one interpreter."""

    def __init__(self) -> None:
        self._idle = threading.Condition()
        self._urgent = 0
        self._own = threading.local()

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Do something short."""
        before, self._own.urgent = getattr(self._own, "urgent", False), True
        with self._idle:
            self._urgent += 1
        try:
            yield
        finally:
            self._own.urgent = before
            with self._idle:
                self._urgent -= 1
                self._idle.notify_all()

    def give_way(self) -> None:
        """Wait while another thread does something short."""
        if self._urgent and not getattr(self._own, "urgent", False):
            with self._idle:
                self._idle.wait_for(lambda: not self._urgent)


class PreviewSession:
    """Builds what changes, for as long as a preview runs.

    `changed` is for whoever watches the files, `first_build` and `run` for the main thread, `content` and `version`
    for the threads that answer requests. `say` prints a line for the author.
    """

    def __init__(self, builder: SiteBuilder, say: Callable[[str], None]) -> None:
        self.builder = builder
        self.say = say
        self.problem = ""
        """Why the last whole build failed; what is shown is then older."""
        self._shown: Shown | None = None
        self._state = threading.Condition()
        """Held while any of what follows is changed."""
        self._edits = 0
        self._paths: set[Path] = set()
        self._last = 0.0
        self._wanted = False
        self._at_once = False
        self._closed = False
        self._refreshing = threading.Lock()
        self._seen: dict[str, object] = {}
        self._built_at = 0
        self.precedence = Precedence()
        """For what else is short and should not wait for a whole build."""

    # --- the main thread, and the watcher's

    def first_build(self) -> None:
        """Build all of the site. Raises BuildFailedError."""
        self._build_whole()

    def run(self, rebuilt: Callable[[], None] = lambda: None) -> None:
        """Build what changes until `close` is called; `rebuilt` is called after each whole build."""
        threading.Thread(target=self._follow_edits, daemon=True).start()
        while self._wait_for_whole():
            try:
                self._build_whole()
                rebuilt()
            except BuildFailedError as error:
                self.say(f"the site could not be built, and its last state stays: {error}")
                with self._state:
                    self.problem = str(error)
                    self._state.notify_all()

    def changed(self, path: Path) -> None:
        """Take note that a file or folder has changed, is new or gone."""
        with self._state:
            self._edits += 1
            self._paths.add(path)
            self._last = time.monotonic()
            self._state.notify_all()

    def close(self) -> None:
        """End: what waits for a change is answered."""
        with self._state:
            self._closed = True
            self._state.notify_all()

    # --- threads that answer requests

    def wait(self, timeout: float) -> bool:
        """Return whether there is a site to show, waiting for it for so many seconds."""
        with self._state:
            return self._state.wait_for(lambda: self._shown is not None or self._closed, timeout)

    def content(self, path: str) -> bytes | Path | None:
        """Return what is at a path of the site, or the file that holds it; None where there is nothing."""
        before = self._up_to_date(path)
        found = self._find(path, before)
        if found is None and before is not self._shown and self._shown is not None:
            found = self._find(path, self._shown)  # its folder went away meanwhile
        return found

    def briefing_at(self, path: str) -> str:
        """Return the folder of the briefing that a path of the site belongs to; empty for none."""
        shown = self._shown
        return at_address(path, shown.whole.briefings | shown.fresh.keys()) if shown else ""

    def version_of(self, content: bytes | None) -> str:
        """Return a mark of a page: another page, style or script, another mark.

        What is before its underscore is the same where only what is around the content has changed, as a navigation.
        """
        shown = self._shown
        page, assets = _COMMENTS.sub(b"", content or b""), shown.whole.assets.encode() if shown else b""
        inner = _CONTENT.search(page)
        return "_".join(
            hashlib.blake2b(b"\0".join((part, assets)), digest_size=12).hexdigest()
            for part in (inner[0] if inner else page, page)
        )

    def version(self, path: str) -> str:
        """Return the mark of a page as it is now."""
        found = self.content(path)
        return self.version_of(found.read_bytes() if isinstance(found, Path) else found)

    def wait_for_version(self, path: str, seen: str, problem: str, timeout: float) -> str:
        """Return the mark of a page once it is not `seen`, or the problem not `problem`; as it is after so many
        seconds."""
        end = time.monotonic() + timeout
        shown, now = None, seen
        while True:
            before, shown = shown, self._up_to_date(path)
            now = now if shown is before else self.version(path)
            if now != seen or self.problem != problem or self._closed or time.monotonic() >= end:
                return now
            self._wait_for_other(shown)

    def _wait_for_other(self, shown: Shown | None) -> None:
        """Wait until something else is shown, or until it is time to look at the files again."""
        with self._state:
            self._state.wait_for(lambda: self._shown is not shown or self._closed, LOOK)

    # --- what is shown

    def _up_to_date(self, path: str) -> Shown | None:
        """Return what is shown, after the briefing that a path belongs to was built if its files have changed."""
        shown, briefing = self._shown, self.briefing_at(path)
        if shown is None or not briefing:
            return shown
        state, newest = _state_of(self.builder.docs / briefing)
        if self._seen.get(briefing) != state and newest >= self._built_at - COARSE:
            self._refresh(briefing)
        return self._shown

    def _find(self, path: str, shown: Shown | None) -> bytes | Path | None:
        if shown is None:
            return None
        briefing = at_address(path, shown.fresh)
        made = shown.whole.pages.get(path)
        if briefing:
            fresh = shown.fresh[briefing][1]
            if path in fresh.gone:
                return None
            made = fresh.files.get(path, made)
        if made:
            with self.precedence.urgent():
                return made()
        return _file(shown.whole.folder, path)

    # --- one briefing

    def _follow_edits(self) -> None:
        while True:
            paths = self._next_edits()
            if not paths:
                return
            known = self._shown.whole.briefings if self._shown else ()
            touched = {briefing_of(path, self.builder.docs, known) for path in paths}
            for briefing in sorted(touched - {""}):
                self._refresh(briefing)
            if "" in touched:
                self._want_whole(at_once=True)

    def _want_whole(self, at_once: bool) -> None:
        with self._state:
            self._wanted, self._at_once = True, self._at_once or at_once
            self._state.notify_all()

    def _next_edits(self) -> set[Path]:
        """Return the paths that have changed, once they do so no longer; nothing at the end of the preview."""
        with self._state:
            self._state.wait_for(lambda: self._paths or self._closed)
            began = time.monotonic()
            while not self._closed and (left := self._last + SETTLE - time.monotonic()) > 0:
                if time.monotonic() - began > AT_MOST:
                    break
                self._state.wait(left)
            paths, self._paths = self._paths, set()
            return set() if self._closed else paths

    def _refresh(self, briefing: str) -> None:
        """Build a briefing alone if its files have changed; where that is not enough, have all be built at once."""
        with self._refreshing, self.precedence.urgent():
            state, _ = _state_of(self.builder.docs / briefing)
            if self._seen.get(briefing) == state:
                return
            with self._state:
                self._edits += 1
                edits, began = self._edits, time.perf_counter()
            fresh = self.builder.refresh(briefing) if self._shown else None
            with self._state:
                self._seen[briefing] = state
                if fresh is not None and self._shown is not None:
                    self._last = max(self._last, time.monotonic())
                    self._shown = Shown(self._shown.whole, {**self._shown.fresh, briefing: (edits, fresh)})
        self._want_whole(at_once=fresh is None)
        if fresh is not None:
            self.say(f"{briefing}: shown anew after {time.perf_counter() - began:.2f} s")

    # --- all of the site

    def _wait_for_whole(self) -> bool:
        """Return when a whole build is due; False at the end of the preview."""
        with self._state:
            while not self._closed:
                quiet = 0.0 if self._at_once else self._last + QUIET - time.monotonic()
                if self._wanted and quiet <= 0:
                    return True
                # a wait without end could not be interrupted on Windows
                self._state.wait(min(quiet, 0.25) if self._wanted else 0.25)
            return False

    def _build_whole(self) -> None:
        with self._state:
            self._wanted = self._at_once = False
            edits, built_at = self._edits, time.time_ns()
        began = time.perf_counter()
        whole = self.builder.build(self.precedence.give_way)
        with self._refreshing, self._state:
            first = self._shown is None
            fresh = self._shown.fresh if self._shown else {}
            kept = {briefing: made for briefing, made in fresh.items() if made[0] > edits}
            self._shown, self.problem, self._built_at = Shown(whole, kept), "", built_at
            self._seen = {briefing: state for briefing, state in self._seen.items() if briefing in kept}
            self._state.notify_all()
        if not first:
            self.say(f"the whole site: built anew after {time.perf_counter() - began:.2f} s")


def _state_of(folder: Path) -> tuple[object, int]:
    """Return what tells a folder's state from any other, without reading a file, and when it last changed (ns)."""
    marks, newest = [], 0
    for where, folders, files in os.walk(folder):
        folders.sort()
        for name in ("", *sorted(files)):
            try:
                about = Path(where, name).stat()
            except OSError:
                continue
            marks.append((where, name, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino))
            newest = max(newest, about.st_mtime_ns, about.st_ctime_ns)
    return tuple(marks), newest if marks else time.time_ns()


def _file(root: Path, path: str) -> Path | None:
    """Return a file of a folder; None for what is none, or leads out of it."""
    try:
        file = (root / path).resolve()
        return file if file.is_file() and file.is_relative_to(root.resolve()) else None
    except (OSError, ValueError):
        return None
