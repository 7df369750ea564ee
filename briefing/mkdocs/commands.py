"""`mkdocs build` and `mkdocs serve` as they are, for our command line."""

from __future__ import annotations

from mkdocs.__main__ import build_command, serve_command

__all__ = ["build_command", "serve_command"]
