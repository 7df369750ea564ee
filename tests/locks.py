"""Lets tests lock files that even root then cannot read: containers run everything as root, and root ignores locks."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION_3 = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3 of capabilities(7): two words for each set."""
_IGNORES_LOCKS = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Data(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


@contextmanager
def locks_hold() -> Iterator[None]:
    """While this lasts, a file without permissions cannot be read by anybody. Of root that is true on Linux alone."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    assert sys.platform == "linux", "run the tests as a user other than root"
    before = _effective()
    _set_effective(before & ~_IGNORES_LOCKS)
    try:
        yield
    finally:
        _set_effective(before)


def _effective() -> int:
    return int(_capabilities()[0].effective)


def _set_effective(effective: int) -> None:
    data = _capabilities()
    data[0].effective = effective
    _call("capset", data)


def _capabilities() -> ctypes.Array[_Data]:
    data = (_Data * 2)()
    _call("capget", data)
    return data


def _call(name: str, data: ctypes.Array[_Data]) -> None:
    """The calling thread's capabilities, by the C library."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(ctypes.byref(_Header(_VERSION_3, 0)), data):
        raise OSError(ctypes.get_errno(), name)
