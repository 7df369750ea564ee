"""What our command line has of MkDocs: its own `build`, and the options and the site of our `serve`."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from mkdocs import __main__ as mkdocs

if TYPE_CHECKING:
    from briefing.mkdocs.preview_site import MkDocsSite

build_command = copy(mkdocs.build_command)
build_command.short_help = "Build the site, as `mkdocs build` does."

_THEIRS = ("build_type", "livereload")
"""Options of `mkdocs serve` that ours has no use for, since it has every edit shown and drafts too, or has itself."""


def serve_options() -> Sequence[Any]:
    """Return the options of `mkdocs serve` that our own has, for its command."""
    return [option for option in mkdocs.serve_command.params if option.name not in _THEIRS]


def open_site(watch: Sequence[str], watch_theme: bool, **options: Any) -> MkDocsSite:
    """Return the site for a preview, with options of `mkdocs serve`. Raises what MkDocs says of its configuration."""
    # here, since the help of the command needs nothing of it
    from briefing.mkdocs.preview_site import MkDocsSite

    mkdocs._enable_warnings()
    return MkDocsSite(options, watch, watch_theme)
