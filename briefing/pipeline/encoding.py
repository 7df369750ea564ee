"""Records of ours as bytes and back, in a format that cannot run code: what a store keeps and other processes send.

MessagePack, read by msgspec with the types of the records: whatever does not fit them is refused. Nothing but values
can be in it, so that a store which somebody else has made is no program.
"""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import msgspec

from briefing.model import DerivedValues

QUICK = 1
"""zlib's level: a seventh of the size for a tenth of the time that higher ones take."""


class UnencodableError(ValueError):
    """A value holds what no file can: half a character, or a number without bounds."""


def encode(value: object) -> bytes:
    """Return a value as bytes. Raises UnencodableError."""
    try:
        return zlib.compress(_ENCODER.encode(value), QUICK)
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError) as error:
        raise UnencodableError(str(error)) from error


def decode(data: bytes, kind: Any) -> Any:
    """Return the value of a type that was made into bytes. Raises ValueError for all else."""
    try:
        with uncollected():
            return _decoder(kind).decode(zlib.decompress(data))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise ValueError(str(error)) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while records are made: thousands of new ones are none, and looking for some takes a tenth
    of the time in which a briefing is built and four times as long as reading it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def digest(*values: object) -> str:
    """Return a hash of values, the same in any process for values that are equal."""
    try:
        written = _ORDERED.encode(values)
    except (TypeError, ValueError, OverflowError):
        written = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=16).hexdigest()


def _as_value(value: object) -> object:
    """Return what is written of a type of ours that is no value: nothing of what a briefing has been asked for."""
    if isinstance(value, DerivedValues):
        return None
    raise NotImplementedError(f"{type(value).__name__} cannot be kept")


def _from_value(kind: type, value: object) -> object:
    if kind is DerivedValues:
        return DerivedValues()
    raise NotImplementedError(f"{kind.__name__} cannot be kept")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_as_value)
_ORDERED = msgspec.msgpack.Encoder(enc_hook=_as_value, order="deterministic")


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_from_value)
