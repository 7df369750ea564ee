"""Builds the briefings of a docs folder, each alone, in this process or in others; what a store has is not built again.

The unit of work takes bytes and gives bytes, so that any `concurrent.futures.Executor` will do, and one on other
machines needs no disk in common.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefing.load.folder_files import ContentNeededError, FolderFiles, read_folder
from briefing.load.site_files import register_files
from briefing.pipeline import fingerprints
from briefing.pipeline.briefing_build import BriefingBuild, PageSettings, Registers, build_briefing
from briefing.pipeline.built import OUTLINE, PACKED, BuiltBriefing, Outline, PackedBuild, SearchedPage, pack
from briefing.pipeline.checking import BriefingBuilds, join_builds, looked_elsewhere, read_registers
from briefing.pipeline.encoding import UnencodableError, decode, digest, encode, uncollected
from briefing.pipeline.store import Store
from briefing.pipeline.timing import UNOBSERVED, BuildObserver, Seconds, step_done, timed_steps
from briefing.site.search import SearchRecord, search_records

MANY = 12
"""Briefings to build for which processes of their own are worth their start, where they begin as a copy of this one."""
VERY_MANY = 100
"""The same where each has to import everything anew."""
CHUNK = 4
"""Briefings that are sent at once."""
_NEEDED = "needed"
"""The part of a result that says which file must be read as well before there is one."""
_SEARCH = "search"
PARTS = (*PACKED, _SEARCH, _NEEDED)
"""The names of all parts that a result may have."""


@dataclass(frozen=True, slots=True)
class ContentNeeded:
    """Instead of a build: the file that has to be read too, relative to the docs folder."""

    name: str


Answer = PackedBuild | BriefingBuild | ContentNeeded
"""What a folder comes to: a build as bytes, or as it is where bytes cannot hold it, or why there is none yet."""


def build_chunk(shared: bytes, chunk: Sequence[FolderFiles]) -> list[tuple[Answer, Seconds]]:
    """Build several briefings, and time each; `shared` are the pickled registers and settings of them all.

    Runs in any process that trusts the one which calls `map_briefings`: the bytes are made there.
    """
    registers, settings = _unpacked(shared)
    return [_build(files, registers, settings) for files in chunk]


@lru_cache(maxsize=2)
def _unpacked(shared: bytes) -> tuple[Registers, PageSettings | None]:
    found: tuple[Registers, PageSettings | None] = pickle.loads(shared)
    return found


@uncollected()
def _build(files: FolderFiles, registers: Registers, settings: PageSettings | None) -> tuple[Answer, Seconds]:
    with timed_steps() as seconds:
        answer = _answer(files, registers, settings)
    return answer, seconds


def _answer(files: FolderFiles, registers: Registers, settings: PageSettings | None) -> Answer:
    try:
        made = build_briefing(files, registers, settings)
    except ContentNeededError as needed:
        return ContentNeeded(needed.name)
    found = search_records(made.facts) if made.facts else ()
    step_done("search records")
    try:
        packed = pack(made, {_SEARCH: found} if made.facts else {}, searched_pages(found))
    except UnencodableError:
        return made
    finally:
        step_done("packing")
    for briefing in filter(None, (made.briefing, made.facts)):
        briefing.give_up()
    return packed


def search_of(build: BuiltBriefing) -> tuple[SearchRecord, ...]:
    """Return what a search finds of a briefing; nothing where it is not published."""
    found: tuple[SearchRecord, ...] | None = build.part(_SEARCH, tuple[SearchRecord, ...])
    if found is None:
        return search_records(build.facts) if build.facts else ()
    return found


def searched_of(build: BuiltBriefing) -> tuple[SearchedPage, ...]:
    """Return what a search has of the pages of a briefing, without reading the records where that has been noted."""
    noted = build.outline.searched
    return searched_pages(search_of(build)) if noted is None else noted


def searched_pages(records: Iterable[SearchRecord]) -> tuple[SearchedPage, ...]:
    """Return what a search has of each page that has records."""
    own: dict[str, list[SearchRecord]] = {}
    for record in records:
        own.setdefault(record.page, []).append(record)
    return tuple(SearchedPage(page, len(found), sum(map(_size, found)), digest(found)) for page, found in own.items())


def _size(record: SearchRecord) -> int:
    return len(record.words) + sum(map(len, record.text))


# --- all briefings ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Job:
    """The builds of one docs folder under way."""

    docs: Path
    registers: Registers
    settings: PageSettings | None
    store: Store
    base: str = ""
    """A hash of what all briefings depend on."""
    also: dict[str, list[str]] = field(default_factory=dict)
    """By folder: files that have to be read too."""

    def __post_init__(self) -> None:
        parts = (fingerprints.program(), fingerprints.registers(self.registers), fingerprints.settings(self.settings))
        self.base = digest(*parts)

    def read(self, path: str) -> tuple[FolderFiles, str]:
        """Return the files of a briefing's folder, and the key of what is made of them."""
        while True:
            files = read_folder(self.docs, path, self.also.get(path, ()))
            key = digest(self.base, fingerprints.folder(files))
            needed = self.store.get(key, _NEEDED)
            if needed is None:
                return files, key
            self.also.setdefault(path, []).append(decode(needed, str))

    def kept(self, path: str, key: str) -> BuiltBriefing | None:
        """Return the build of a key if the store has it."""
        data = self.store.get(key, OUTLINE)
        with suppress(ValueError):  # somebody has put another value there
            return None if data is None else self._built(path, key, decode(data, Outline))
        return None

    def take(self, path: str, key: str, answer: Answer) -> BuiltBriefing | None:
        """Keep what a folder came to; None where it has to be read again with a file more."""
        if isinstance(answer, ContentNeeded):
            self.store.put(key, {_NEEDED: encode(answer.name)})
            return None
        if isinstance(answer, BriefingBuild):
            return BuiltBriefing.of(answer)
        self.store.put(key, answer.parts)
        return self._built(path, key, decode(answer.parts[OUTLINE], Outline))

    def build_here(self, path: str) -> tuple[BuiltBriefing, Seconds]:
        """Build one briefing in this process, and time it."""
        while True:
            files, key = self.read(path)
            answer, seconds = _build(files, self.registers, self.settings)
            if found := self.take(path, key, answer):
                return found, seconds

    def _built(self, path: str, key: str, outline: Outline) -> BuiltBriefing:
        def read(part: str) -> bytes | None:
            found = self.store.get(key, part)
            if found is None and self.store.get(key, OUTLINE) is None:
                # Another build has deleted it, or somebody the whole store. The folder may hold something else by now.
                return self.build_here(path)[0].read(part)
            return found

        return BuiltBriefing(outline, read)


def map_briefings(
    docs: Path,
    paths: Iterable[str],
    registers: Registers,
    settings: PageSettings | None,
    store: Store,
    *,
    executor: Executor | None = None,
    observer: BuildObserver = UNOBSERVED,
) -> list[BuiltBriefing]:
    """Return the builds of the briefings in the folders `paths` below `docs`, in their order.

    They have pages where `settings` say how. What `store` has is taken from there. The rest is built by `executor`;
    without one in processes of our own where there is so much that they are worth it, and in this one where the
    executor breaks. `observer` is told of each.
    Raises PageTemplateError for a page template that cannot be used.
    """
    job, paths = _Job(docs, registers, settings, store), tuple(paths)
    observer.begin(len(paths))
    found: dict[str, BuiltBriefing | None] = {}
    for path in paths:
        _, key = job.read(path)
        found[path] = job.kept(path, key)
        if found[path]:
            observer.done(path, True, {})
    missing = [path for path, built in found.items() if built is None]
    if executor is None and len(missing) >= MANY:
        # The first here, so that copies of this process have imported all that a briefing needs, and compiled its
        # templates and patterns: a third of a second for each of them.
        path = missing.pop(0)
        found[path], seconds = job.build_here(path)
        observer.done(path, False, seconds)
    with suppress(BrokenExecutor), _chosen(executor, len(missing)) as chosen:
        for path, built, seconds in _sent(job, missing, chosen) if chosen else ():
            found[path] = built
            observer.done(path, False, seconds)
    for path in (path for path, built in found.items() if built is None):
        found[path], seconds = job.build_here(path)
        observer.done(path, False, seconds)
    return [built for built in found.values() if built]


def check_stored(docs: Path, paths: Sequence[str], store: Store) -> BriefingBuilds:
    """Check the briefings in the folders `paths` below `docs`, without pages; what `store` has is taken from there."""
    registers = read_registers(docs)
    builds = map_briefings(docs, paths, registers, None, store)
    return join_builds(looked_elsewhere(docs, builds), registers, register_files(docs), store)


@contextmanager
def _chosen(given: Executor | None, missing: int) -> Iterator[Executor | None]:
    """Yield what builds so many briefings; None for this process alone."""
    if given and missing:
        yield given
        return
    alone = threading.active_count() == 1 and sys.platform == "linux"  # elsewhere a fork may not be safe
    workers = min(_processors(), missing // CHUNK)
    if given or workers < 2 or missing < (MANY if alone else VERY_MANY):
        yield None
        return
    try:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork" if alone else "spawn"))
    except (OSError, ImportError, NotImplementedError):  # a system that has no semaphores, or gives no more processes
        yield None
        return
    with pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sent(job: _Job, missing: Sequence[str], executor: Executor) -> Iterator[tuple[str, BuiltBriefing, Seconds]]:
    """Yield the builds as others make them, and what each took; no more folders are read ahead than keep them busy.

    An executor of other machines says in `workers` how many briefings it builds at once.
    """
    shared = pickle.dumps((job.registers, job.settings), pickle.HIGHEST_PROTOCOL)
    ahead = 4 * max(int(getattr(executor, "workers", 0)), _processors())
    waiting = list(reversed(missing))
    running: dict[Future[list[tuple[Answer, Seconds]]], list[tuple[str, str]]] = {}
    while waiting or running:
        while waiting and len(running) < ahead:
            paths = [waiting.pop() for _ in range(min(CHUNK, len(waiting)))]
            folders = [(path, *job.read(path)) for path in paths]
            future = executor.submit(build_chunk, shared, [files for _, files, _ in folders])
            running[future] = [(path, key) for path, _, key in folders]
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            for (path, key), (answer, seconds) in zip(running.pop(future), future.result(), strict=True):
                if built := job.take(path, key, answer):
                    yield path, built, seconds
                else:
                    waiting.append(path)
