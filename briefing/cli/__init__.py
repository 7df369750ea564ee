"""The command line: our own commands, and MkDocs' own `build` and `serve`.

A command reads its arguments, calls the functions of the stages and prints; it decides nothing else. Nothing but this
package imports click.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from briefing import __version__

COMMANDS: Mapping[str, str] = {
    "init": "briefing.cli.site:init",
    "new": "briefing.cli.site:new",
    "import": "briefing.cli.imports:import_",
    "suggest": "briefing.cli.annotations:suggest",
    "add": "briefing.cli.annotations:add",
    "find": "briefing.cli.lookup:find_words",
    "show": "briefing.cli.lookup:show_record",
    "fmt": "briefing.cli.yaml_files:fmt",
    "merge": "briefing.cli.yaml_files:merge",
    "check": "briefing.cli.check:check",
    "explain": "briefing.cli.lookup:explain_code",
    "serve": "briefing.mkdocs.commands:serve_command",
    "build": "briefing.mkdocs.commands:build_command",
    "rebase": "briefing.cli.rebase:rebase",
    "export": "briefing.cli.site:export",
    "schema": "briefing.cli.yaml_files:schema",
}
"""Every command by its name: the module that has it, and its name there."""


class Commands(click.Group):
    """A group that imports a command when it is asked for: most need a small part of the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all, in the order of an author's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a checked, searchable site."""
