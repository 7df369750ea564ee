"""How commands print: whether in colour."""

from __future__ import annotations

import os
import sys


def colour() -> bool:
    """Whether a person reads this on a terminal that shows colours, and has not asked for none."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
