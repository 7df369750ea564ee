"""`mkdocs build` and `mkdocs serve` for our command line, each with a summary in the list of commands."""

from __future__ import annotations

import errno
from copy import copy
from functools import wraps
from typing import Any

from mkdocs import __main__ as mkdocs
from mkdocs.exceptions import MkDocsException

build_command = copy(mkdocs.build_command)
build_command.short_help = "Build the site, as `mkdocs build` does."
serve_command = copy(mkdocs.serve_command)
serve_command.short_help = "Show the site in a browser, following your edits."


mkdocs_serve: Any = mkdocs.serve_command.callback


@wraps(mkdocs_serve)
def _serve(**options: Any) -> None:
    """Run `mkdocs serve`; of an address that cannot be had say so in a line, in place of its traceback."""
    try:
        mkdocs_serve(**options)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES) or error.filename:
            raise
        address = options.get("dev_addr") or "the address of the preview"
        hint = "stop the preview that still runs, or choose another port: briefing serve -a 127.0.0.1:8001"
        raise MkDocsException(f"{address} cannot be used ({(error.strerror or '').lower()}); {hint}") from error


serve_command.callback = _serve
