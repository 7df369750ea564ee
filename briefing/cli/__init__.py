"""The command line: our own commands, one module each, and MkDocs' own `build` and `serve`.

A command reads its arguments, calls the functions of the stages and prints; it decides nothing else. Nothing but this
package imports click.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from briefing import __version__

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("briefing.cli.init", "init"),
    "new": ("briefing.cli.new", "new"),
    "import": ("briefing.cli.imports", "import_"),
    "suggest": ("briefing.cli.suggest", "suggest"),
    "add": ("briefing.cli.add", "add"),
    "find": ("briefing.cli.find", "find"),
    "show": ("briefing.cli.show", "show"),
    "fmt": ("briefing.cli.fmt", "fmt"),
    "merge": ("briefing.cli.merge", "merge"),
    "check": ("briefing.cli.check", "check"),
    "explain": ("briefing.cli.explain", "explain"),
    "serve": ("briefing.mkdocs.commands", "serve_command"),
    "build": ("briefing.mkdocs.commands", "build_command"),
    "rebase": ("briefing.cli.rebase", "rebase"),
    "export": ("briefing.cli.export", "export"),
    "schema": ("briefing.cli.schema", "schema"),
}
"""Every command by its name: the module that holds it, and what it is called there."""


class Commands(click.Group):
    """A group that imports a command when it is asked for: most need a small part of the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All, in the order of an author's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; none if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a checked, searchable site."""
