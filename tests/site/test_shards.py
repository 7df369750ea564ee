"""A site from briefings that were built apart, in parts or on a cluster, is the one of a single build."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import Client

from briefing.cli import main
from briefing.pipeline.built import OUTLINE
from briefing.pipeline.dask_executor import (
    ClusterUnusableError,
    DaskExecutor,
    OtherProgramError,
    call_as,
    dask_executor,
    is_gone,
    unusable,
)
from briefing.pipeline.fingerprints import program
from briefing.pipeline.shards import ShardNumber, ShardUnusableError, take_results, write_results
from briefing.pipeline.store import MemoryStore
from tests.generate import write_library
from tests.sites import make_site

BRIEFINGS = 7
WAIT = 120


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site of several briefings."""
    folder = tmp_path_factory.mktemp("apart")
    write_library(folder / "docs", BRIEFINGS, annotations=8, paragraphs=4)
    make_site(folder, docs=None, site_url="https://example.org/")
    return folder


@pytest.fixture(scope="module")
def alone(site: Path) -> dict[str, bytes]:
    """The site as one process builds it."""
    return built(site, "alone")


def run(site: Path, *arguments: str, fails: bool = False) -> str:
    """Run `briefing build` with a store of its own, and return what it printed.

    It is called here, but for a client of a cluster, which leaves threads.
    """
    code, printed = (in_a_process if "--executor" in arguments else here)(site, "build", *arguments)
    assert bool(code) == fails, printed
    assert "Traceback" not in printed
    return printed


def here(site: Path, *arguments: str) -> tuple[int, str]:
    before = Path.cwd()
    os.chdir(site)
    try:
        done = CliRunner().invoke(main, arguments)
    finally:
        os.chdir(before)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


def in_a_process(site: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "briefing", *arguments], cwd=site, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def forget(site: Path) -> None:
    """Remove what builds have kept."""
    for file in sorted((site / ".cache").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()


def built(site: Path, name: str, *arguments: str) -> dict[str, bytes]:
    """Build the site with nothing kept, and return its files."""
    forget(site)
    run(site, "--site-dir", f"../{site.name}-{name}", *arguments)
    return files_of(site.parent / f"{site.name}-{name}")


def files_of(folder: Path) -> dict[str, bytes]:
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: dateless(name, content) for name, content in found.items()}


def dateless(name: str, content: bytes) -> bytes:
    """The sitemap's compressed copy has the time in it."""
    return content[:4] + content[8:] if name.endswith(".gz") else content


def counts(printed: str) -> tuple[int, int]:
    """How many briefings were built, and how many were in the store."""
    found = re.search(r"briefings: (\d+) built, (\d+) from the store", printed)
    assert found, printed
    return int(found[1]), int(found[2])


# --- shards ----------------------------------------------------------------------------------------------------------


def test_merged_shards_make_the_site_of_one_build(site: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    files = [str(tmp_path / f"{number}.bin") for number in (1, 2, 3)]
    made = []
    for number, file in enumerate(files, 1):
        forget(site)
        made.append(counts(run(site, "--shard", f"{number}/3", "-o", file))[0])
        assert not (site / "site").exists()
    assert made == [3, 2, 2]
    forget(site)
    where = site.parent / f"{site.name}-merged"
    printed = run(site, "--site-dir", str(where), "--merge", *files)
    assert counts(printed) == (0, BRIEFINGS), "all of it is in the shards"
    assert files_of(where) == alone


def test_what_no_shard_has_is_built_by_the_merge(site: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    forget(site)
    run(site, "--shard", "2/3", "-o", str(tmp_path / "2.bin"))
    assert built(site, "one-of-three", "--merge", str(tmp_path / "2.bin")) == alone


def test_a_shard_of_earlier_texts_changes_nothing(site: Path, tmp_path: Path) -> None:
    run(site, "--shard", "1/1", "-o", str(tmp_path / "old.bin"))
    quotes = site / "docs/briefings/b0001/annotations/quotes.yml"
    before = quotes.read_text("utf-8")
    quotes.write_text(before.replace("Said of the wagons", "Said of some wagons"), "utf-8")
    try:
        fresh = built(site, "fresh")
        assert built(site, "stale", "--merge", str(tmp_path / "old.bin")) == fresh
        assert b"Said of some wagons" in fresh["briefings/b0001/quotes/index.html"]
    finally:
        quotes.write_text(before, "utf-8")


def test_a_shard_with_errors_is_written_and_its_merge_tells_them(site: Path, tmp_path: Path) -> None:
    main = site / "docs/briefings/b0002/briefing.yml"
    before = main.read_text("utf-8")
    main.write_text(before.replace("title:", "titel:"), "utf-8")
    file = str(tmp_path / "broken.bin")
    try:
        assert "1 of them have errors" in run(site, "--shard", "1/1", "-o", file)
        forget(site)
        assert "unknown-field" in run(site, "--site-dir", str(tmp_path / "site"), "--merge", file, fails=True)
    finally:
        main.write_text(before, "utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--shard", "4/3"), "no shard"),
        (("--shard", "1/2", "--merge"), "use one of them"),
        (("--merge",), "needs the files"),
        (("mkdocs.yml",), "with --merge only"),
        (("--merge", "mkdocs.yml"), "mkdocs.yml: it is no shard of this program"),
        (("-o", "x.bin"), "needs --shard"),
        (("--executor", "tcp://127.0.0.1:1"), "no address of a Dask scheduler"),
    ],
)
def test_wrong_arguments_are_explained(site: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in " ".join(run(site, *arguments, fails=True).split())


def test_a_site_without_briefings_has_no_shards(tmp_path: Path) -> None:
    make_site(tmp_path, docs=None, files={"index.md": "# Home\n"}, plugins=[])
    assert "does not have the plugin" in run(tmp_path, "--shard", "1/2", fails=True)
    assert "Documentation built" in run(tmp_path)


# --- the file of a shard ---------------------------------------------------------------------------------------------

KEY = "0123456789abcdef" * 2


@pytest.mark.quick
def test_every_briefing_is_in_one_shard() -> None:
    paths = [f"b{number}" for number in range(10)]
    shards = [ShardNumber.parse(f"{number}/4").of_briefings(paths) for number in (1, 2, 3, 4)]
    assert sorted(path for shard in shards for path in shard) == sorted(paths)
    assert {len(shard) for shard in shards} == {2, 3}


@pytest.mark.quick
@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "1/0", "1/2/3", "-1/2", "1/2\n", "١/٢", "a/b"])
def test_a_shard_is_written_as_two_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="is no shard"):
        ShardNumber.parse(text)


@pytest.mark.quick
def test_results_are_taken_as_they_were_written(tmp_path: Path) -> None:
    store = MemoryStore()
    write_results(tmp_path / "a.bin", [(KEY, {OUTLINE: b"1", "pages": b"2" * 70_000}), (KEY[::-1], {"needed": b"3"})])
    assert take_results(tmp_path / "a.bin", store) == 1
    assert store.get(KEY, "pages") == b"2" * 70_000
    assert store.get(KEY[::-1], "needed") == b"3"
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.quick
def test_a_file_that_is_cut_or_changed_anywhere_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    write_results(file, [(KEY, {OUTLINE: b"one", "pages": b"two"})])
    whole = file.read_bytes()
    begin = whole.index(b"\n", whole.index(b"\n") + 1) + 1  # what is before says whose it is
    for at in range(begin, len(whole)):
        file.write_bytes(whole[:at])
        with pytest.raises(ShardUnusableError):
            take_results(file, MemoryStore())
        if at < len(whole) - 4:  # a longer end is an entry that is not there
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            with pytest.raises(ShardUnusableError):
                take_results(file, MemoryStore())


@pytest.mark.quick
@pytest.mark.parametrize("entry", [("../x", {OUTLINE: b""}), (KEY, {"feeds": b""}), ("Ä" * 32, {OUTLINE: b""})])
def test_only_results_of_briefings_are_taken(tmp_path: Path, entry: tuple[str, dict[str, bytes]]) -> None:
    write_results(tmp_path / "a.bin", [entry])
    store = MemoryStore()
    with pytest.raises(ShardUnusableError):
        take_results(tmp_path / "a.bin", store)
    assert store.get(*entry[:1], next(iter(entry[1]))) is None


@pytest.mark.quick
def test_nothing_is_taken_of_another_program(tmp_path: Path) -> None:
    write_results(tmp_path / "a.bin", [(KEY, {OUTLINE: b"1"})])
    content = (tmp_path / "a.bin").read_bytes()
    (tmp_path / "a.bin").write_bytes(content.replace(program().encode(), b"0" * 32))
    store = MemoryStore()
    assert take_results(tmp_path / "a.bin", store) == 0
    assert store.get(KEY, OUTLINE) is None


@pytest.mark.quick
def test_a_shard_that_cannot_be_written_whole_leaves_the_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"earlier")

    def results() -> Iterator[Any]:
        yield KEY, {OUTLINE: b"1"}
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_results(tmp_path / "a.bin", results())
    assert (tmp_path / "a.bin").read_bytes() == b"earlier"
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


# --- a cluster -------------------------------------------------------------------------------------------------------


Cluster = tuple[str, list["subprocess.Popen[bytes]"]]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A Dask cluster on this machine, of a scheduler and so many worker processes; its address, and the processes."""
    noted = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = ["-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"]
    started = [subprocess.Popen([sys.executable, *scheduler, "--scheduler-file", str(noted)], **quiet)]  # type: ignore[call-overload]
    try:
        for _ in range(workers):
            command = [sys.executable, *worker, "--scheduler-file", str(noted), "--no-nanny"]
            started.append(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
        yield _address_when_ready(noted, workers), started
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _address_when_ready(noted: Path, workers: int) -> str:
    end = time.monotonic() + WAIT
    while not noted.exists() or not noted.read_text("utf-8").strip():
        assert time.monotonic() < end, "no scheduler has started"
        time.sleep(0.1)
    address = json.loads(noted.read_text("utf-8"))["address"].removeprefix("tcp://")
    with Client(address, timeout=WAIT, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        if workers:
            client.wait_for_workers(workers, timeout=WAIT)  # type: ignore[no-untyped-call]
    return f"dask://{address}"


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def test_a_cluster_of_two_workers_builds_the_site_of_one_process(
    site: Path, alone: dict[str, bytes], tmp_path: Path, two_workers: Cluster
) -> None:
    address, started = two_workers
    forget(site)
    printed = run(site, "--site-dir", str(tmp_path / "site"), "--executor", address)
    assert counts(printed) == (BRIEFINGS, 0)
    assert "has gone" not in printed
    assert files_of(tmp_path / "site") == alone
    asked = subprocess.run([sys.executable, "-c", ASKING, address], capture_output=True, text=True, check=True)
    assert asked.stdout.split() == [*sorted(str(process.pid) for process in started[1:]), "threads:1"]


ASKING = """
import os, sys, threading
from briefing.pipeline.dask_executor import dask_executor
with dask_executor(sys.argv[1], print) as executor:
    assert executor.workers == 2
    pids = {executor.submit(os.getpid).result() for _ in range(40)}
print(*sorted(map(str, pids)), f"threads:{threading.active_count()}")
"""
"""Which processes calls are made in, and how many threads are left, which decides whether pages are made in copies."""


def test_a_shard_can_be_built_by_a_cluster(
    site: Path, alone: dict[str, bytes], tmp_path: Path, two_workers: Cluster
) -> None:
    forget(site)
    made = run(site, "--shard", "1/1", "-o", str(tmp_path / "all.bin"), "--executor", two_workers[0])
    assert counts(made) == (BRIEFINGS, 0)
    assert built(site, "cluster-shard", "--merge", str(tmp_path / "all.bin")) == alone


def test_what_a_cluster_leaves_is_built_here_when_it_goes_away(tmp_path: Path) -> None:
    told: list[str] = []
    with cluster(tmp_path) as (address, started), dask_executor(address, told.append) as executor:
        call = executor.submit(time.sleep, WAIT)
        for process in started:
            process.kill()
        with pytest.raises(BrokenExecutor):
            call.result(WAIT)
    assert len(told) == 1
    assert "what is left is built here" in told[0]


def test_no_cluster_is_an_error_that_says_where(site: Path) -> None:
    forget(site)
    printed = run(site, "--executor", "dask://127.0.0.1:1", fails=True)
    assert "no Dask scheduler answers at dask://127.0.0.1:1" in " ".join(printed.split())


def test_a_cluster_without_workers_is_an_error(tmp_path: Path) -> None:
    with (
        cluster(tmp_path, workers=0) as (address, _),
        pytest.raises(ClusterUnusableError, match="has no workers"),
        dask_executor(address, print),
    ):
        pass


class _Refusing(Executor):
    """Stands for the executor of a client; each call ends with an error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def get_executor(self, **kwargs: Any) -> _Refusing:
        return self

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        made: Future[Any] = Future()
        made.set_exception(self.error)
        return made


@pytest.mark.quick
def test_a_worker_with_other_versions_of_anything_is_refused() -> None:
    assert call_as(program(), divmod, 7, 2) == (3, 1)
    with pytest.raises(OtherProgramError) as found:
        call_as("another", divmod, 7, 2)
    executor = DaskExecutor(_Refusing(found.value), 1, print)
    with pytest.raises(ClusterUnusableError, match="has other versions"):
        executor.submit(divmod, 7, 2).result()
    assert "cannot import" in unusable(ModuleNotFoundError("No module named 'briefing'"))


@pytest.mark.quick
def test_errors_of_a_call_are_those_of_this_process() -> None:
    with pytest.raises(ZeroDivisionError):
        DaskExecutor(_Refusing(ZeroDivisionError()), 1, print).submit(divmod, 1, 0).result()
    assert not is_gone(ZeroDivisionError())
    assert is_gone(ConnectionResetError())
