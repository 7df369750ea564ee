"""A bound on what the streams of one PDF unpack to.

pdfminer unpacks a stream whole, whatever comes out, so that a file of some kilobytes could fill the memory. Its three
packers that can do so are wrapped here, once; outside `at_most` they do what they did.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import Any


class TooMuch(Exception):  # noqa: N818 - named for what happened
    """The streams unpack to more than the bound."""


class Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.spent = False
        """Whether more was asked for. pdfminer swallows some exceptions, so this has to be looked at afterwards."""

    def take(self, count: int) -> None:
        """Count bytes; TooMuch where there are more than are left."""
        self.left -= count
        if self.left < 0:
            self.spent = True
            raise TooMuch


BUDGET: ContextVar[Budget | None] = ContextVar("BUDGET", default=None)


@contextmanager
def at_most(count: int) -> Iterator[Budget]:
    """Bound what pdfminer unpacks meanwhile, in bytes."""
    _wrap()
    token = BUDGET.set(Budget(count))
    try:
        budget = BUDGET.get()
        assert budget is not None
        yield budget
    finally:
        BUDGET.reset(token)


class _Inflater:
    """What `zlib.decompressobj` gives, counted."""

    def __init__(self) -> None:
        self.inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        budget = BUDGET.get()
        if budget is None:
            return self.inner.decompress(data)
        found = self.inner.decompress(data, budget.left + 1)
        budget.take(len(found))
        return found


class _Zlib:
    """The part of `zlib` that pdfminer uses, counted."""

    error = zlib.error
    decompressobj = _Inflater

    @staticmethod
    def decompress(data: bytes) -> bytes:
        if BUDGET.get() is None:
            return zlib.decompress(data)
        inflater = _Inflater()
        found = inflater.decompress(data)
        if not inflater.inner.eof:
            raise zlib.error("incomplete or truncated stream")
        return found


def _run_length(unpack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def counted(data: bytes) -> bytes:
        budget, at = BUDGET.get(), 0
        while budget is not None and at < len(data) and data[at] != 128:
            literal = data[at] < 128
            budget.take(data[at] + 1 if literal else 257 - data[at])
            at += data[at] + 2 if literal else 2
        return unpack(data)

    return counted


def _lzw(unpack: Callable[[bytes], bytes], decoder: Callable[[BytesIO], Any]) -> Callable[[bytes], bytes]:
    def counted(data: bytes) -> bytes:
        budget = BUDGET.get()
        if budget is None:
            return unpack(data)
        pieces = []
        for piece in decoder(BytesIO(data)).run():
            budget.take(len(piece))
            pieces.append(piece)
        return b"".join(pieces)

    return counted


def _wrap() -> None:
    from pdfminer import lzw
    from pdfminer import pdftypes as module

    pdftypes: Any = module
    if pdftypes.zlib is not _Zlib:
        pdftypes.rldecode = _run_length(pdftypes.rldecode)
        pdftypes.lzwdecode = _lzw(pdftypes.lzwdecode, lzw.LZWDecoder)
        pdftypes.zlib = _Zlib
