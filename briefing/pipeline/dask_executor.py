"""Builds briefings on other machines, through a Dask cluster that is there already (the extra `dask`).

Dask sends calls and results; it runs whatever it is sent, so a cluster must be one that only its owners can reach. What
is ours here: what all calls share is sent once, a worker that has another version of anything is refused, and a cluster
that goes away makes a build slower and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from briefing.pipeline.fingerprints import program

R = TypeVar("R")

SCHEME = "dask://"
PATIENCE = 10
"""Seconds in which a scheduler has to answer."""
RETRIES = 2
"""Times that a call is made again, on another worker, where the one that had it is gone."""
LARGE = 10_000
"""Bytes of an argument from which on it is sent to every worker once, and not with each call."""


class ClusterUnusableError(Exception):
    """There is no cluster, or its machines cannot build what this one would; the message says which and what to do."""


@contextmanager
def dask_executor(address: str, tell: Callable[[str], None]) -> Iterator[DaskExecutor]:
    """Yield what builds on the cluster whose scheduler is at `address`, as dask://host:port.

    `tell` is called with a line where the cluster goes away, so that the rest is built here. Raises
    ClusterUnusableError.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise ClusterUnusableError("Dask is not installed; pip install 'mkdocs-briefing[dask]'") from error
    name = address.removeprefix(SCHEME).rstrip("/")
    # Without threads for large messages none is left at the end, which would keep pages from being made in copies of
    # this process.
    with dask.config.set({"distributed.comm.offload": False}):
        try:
            client = Client(name, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterUnusableError(f"no Dask scheduler answers at {address}; start one: dask scheduler") from error
        try:
            workers = sum(client.nthreads().values())
            if not workers:
                raise ClusterUnusableError(f"the Dask cluster at {address} has no workers; start some: dask worker")
            yield DaskExecutor(client, workers, tell)
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=PATIENCE)


class DaskExecutor(Executor):
    """An executor of `concurrent.futures` whose calls are made by the workers of a cluster."""

    def __init__(self, client: Any, workers: int, tell: Callable[[str], None]) -> None:
        """`client` is one of `distributed`, connected."""
        self.workers = workers
        """Calls that the cluster makes at once."""
        self._client, self._tell = client, tell
        self._inner = client.get_executor(pure=False, retries=RETRIES)
        self._sent: dict[bytes, Any] = {}
        self._gone = False

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Have a worker call a function.

        The result is a BrokenExecutor where the cluster has gone away, and a ClusterUnusableError where a worker cannot
        make the call as this process would.
        """
        outer: Future[R] = Future()
        outer.set_running_or_notify_cancel()
        try:
            given = [self._sent_once(one) for one in args]
            inner = self._inner.submit(call_as, program(), fn, *given, **kwargs)
        except Exception as error:
            self._failed(outer, error)
        else:
            inner.add_done_callback(partial(self._hand_on, outer))
        return outer

    def _sent_once(self, value: Any) -> Any:
        if not isinstance(value, bytes) or len(value) < LARGE:
            return value
        if value not in self._sent:
            self._sent[value] = self._client.scatter(value, broadcast=True, hash=False)
        return self._sent[value]

    def _hand_on(self, outer: Future[R], inner: Future[R]) -> None:
        try:
            outer.set_result(inner.result())
        except (Exception, CancelledError) as error:
            self._failed(outer, error)

    def _failed(self, outer: Future[R], error: BaseException) -> None:
        reason = unusable(error)
        if reason:
            outer.set_exception(ClusterUnusableError(reason))
        elif is_gone(error):
            if not self._gone:
                self._gone = True
                self._tell(f"the Dask cluster has gone; what is left is built here ({type(error).__name__})")
            outer.set_exception(BrokenExecutor(str(error)))
        else:
            outer.set_exception(error)


def call_as(expected: str, fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """Call a function, on a worker, if this process computes as the one does whose `program` is expected.

    Raises OtherProgramError.
    """
    if program() != expected:
        raise OtherProgramError
    return fn(*args, **kwargs)


class OtherProgramError(RuntimeError):
    """This process has another version of this program, of Python or of an installed package."""


def unusable(error: BaseException) -> str:
    """Return what is to be done about workers that cannot build, if an error says that; else nothing."""
    same = "install the same Python and the same requirements on each machine, and start its worker from them"
    if isinstance(error, OtherProgramError):
        return f"a Dask worker has other versions than this machine of something, and might make other pages; {same}"
    if isinstance(error, ImportError):
        return f"a Dask worker cannot import what it needs ({error}); {same}"
    return ""


def is_gone(error: BaseException) -> bool:
    """Return whether an error is one of the cluster, and not of what it was asked to do."""
    # `distributed` is imported by whoever has a cluster, and its errors have no base class in common.
    of_dask = any(kind.__module__.partition(".")[0] in ("distributed", "tornado") for kind in type(error).__mro__)
    return of_dask or isinstance(error, CancelledError | TimeoutError | ConnectionError)
