"""`mkdocs build` and `mkdocs serve` as they are, for our command line, each with a summary in the list of commands."""

from __future__ import annotations

from copy import copy

from mkdocs import __main__ as mkdocs

build_command = copy(mkdocs.build_command)
build_command.short_help = "Build the site, as `mkdocs build` does."
serve_command = copy(mkdocs.serve_command)
serve_command.short_help = "Show the site in a browser, following your edits."
