"""Reports every change of a site's files, as the system tells of it, or by looking at them where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

POLLING = 0.25
"""Seconds between two looks at the files."""
_CHANGES = frozenset(("created", "modified", "moved", "deleted"))
"""What is a change; to open a file and to close it is none."""
_PASSING = re.compile(r"(?:^|/)(?:\.git|\.cache|__pycache__|node_modules)(?:/|$)|~$|\.sw[a-z]$|\.tmp$|(?:^|/)4913$")
"""What editors and other programs write for themselves."""


class Watcher:
    """Watches files and folders from `start` to `close`; may be told of others while it runs."""

    def __init__(self, changed: Callable[[Path], None], *, polling: bool = False) -> None:
        self.polling = polling
        """Whether it looks for itself; it does so, too, where the system has no more watches to give."""
        self._handler = _Handler(changed)
        self._observer: Any = None
        self._watches: dict[tuple[Path, bool], Any] = {}

    def start(self) -> None:
        """Begin to watch, as yet nothing."""
        self._open()

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch these files and folders, and no longer those that are not among them.

        A file is watched through its folder, since most editors put a new file in the place of the old one.
        """
        # some systems tell of a file by its real path
        named = {Path(path).resolve(): Path(path).absolute() for path in paths}
        folders = {path for path in named if path.is_dir()}
        roots = {path for path in folders if not folders.intersection(path.parents)}
        files = named.keys() - folders
        self._handler.named = {path: named[path] for path in (*roots, *files)}
        keys = {(path, True) for path in roots} | {(file.parent, False) for file in files if file.parent.is_dir()}
        for key in self._watches.keys() - keys:
            self._observer.unschedule(self._watches.pop(key))
        for key in keys - self._watches.keys():
            self._schedule(key)

    def close(self) -> None:
        """Watch nothing any more."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _open(self) -> None:
        self._observer = PollingObserver(timeout=POLLING) if self.polling else Observer()
        self._observer.daemon = True
        self._observer.start()

    def _schedule(self, key: tuple[Path, bool]) -> None:
        path, recursive = key
        try:
            self._watches[key] = self._observer.schedule(self._handler, str(path), recursive=recursive)
        except OSError:
            if self.polling:
                return  # the folder has gone in the meantime
            # such as Linux' limit of inotify watches
            keys = [*self._watches, key]
            self.close()
            self.polling, self._watches = True, {}
            self._open()
            for one in keys:
                self._schedule(one)


class _Handler(FileSystemEventHandler):
    """Passes on what is a change of a file that belongs to the site."""

    def __init__(self, changed: Callable[[Path], None]) -> None:
        self.changed = changed
        self.named: Mapping[Path, Path] = {}
        """Real paths of files and folders with their paths as they were given."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Report a change of a file, or that a folder is new, elsewhere or gone."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        for name in filter(None, (event.src_path, getattr(event, "dest_path", ""))):
            self._report(Path(name if isinstance(name, str) else bytes(name).decode("utf-8", "surrogateescape")))

    def _report(self, path: Path) -> None:
        for folder in (path, *path.parents):
            if folder in self.named:
                inner = path.relative_to(folder)
                if not _PASSING.search(inner.as_posix()):
                    self.changed(self.named[folder] / inner)
                return
