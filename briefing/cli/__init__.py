"""The command line.

A command reads its arguments, calls the functions of the stages and prints; it decides nothing else. Nothing but this
package imports click.
"""

from __future__ import annotations

import codecs
import errno
import gc
import io
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from briefing import __version__

GROUPS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Begin": {
        "init": ("briefing.cli.site:init", "Make a new site with an example, ready to build."),
        "new": ("briefing.cli.site:new", "Make a briefing from a saved page or another document."),
        "import": ("briefing.cli.imports:import_", "Import comments, annotations or remarks into a briefing."),
    },
    "Annotate": {
        "suggest": ("briefing.cli.annotations:suggest", "Draft annotations for what the source quotes and counts."),
        "review": ("briefing.cli.review:review", "Review drafts one at a time: keep, edit, ignore, later."),
        "add": ("briefing.cli.annotations:add", "Add a quotation, figure, context note, theme or reference."),
        "themes": ("briefing.cli.themes:themes", "Sort readers’ comments into themes, or set them aside."),
        "find": ("briefing.cli.lookup:find_words", "Find words, and print each place as a target to paste."),
        "show": ("briefing.cli.lookup:show_record", "Show what has an id, who cites it, and its problems."),
    },
    "Check and preview": {
        "check": ("briefing.cli.check:check", "Check briefings and print every problem at once."),
        "explain": ("briefing.cli.lookup:explain_code", "Explain a problem code, or list all codes."),
        "serve": ("briefing.cli.serve:serve", "Preview the site in a browser, and annotate and review there."),
    },
    "Publish": {
        "build": ("briefing.cli.build:build", "Build the site that you publish, in the folder site/."),
        "release": ("briefing.cli.release:release", "Record what readers see now, so that changes need a correction."),
        "verify": ("briefing.cli.verify:verify", "Check a published site, by its files alone."),
        "export": ("briefing.cli.site:export", "Write the site as Markdown, or a briefing as one file."),
    },
    "Keep up to date": {
        "rebase": ("briefing.cli.rebase:rebase", "Accept a new version of a briefing’s source."),
        "correct": ("briefing.cli.release:correct", "Tell readers what has changed since a release, and why."),
        "rename": ("briefing.cli.rename:rename", "Give a briefing, an id or a tag another name, everywhere."),
    },
    "Look after YAML files": {
        "fmt": ("briefing.cli.yaml_files:fmt", "Put the YAML files of briefings in order."),
        "merge": ("briefing.cli.yaml_files:merge", "Merge what two people did to one YAML file."),
        "schema": ("briefing.cli.yaml_files:schema", "Write the JSON Schemas of all YAML files, for editors."),
    },
}
"""The commands by what somebody wants to do: of each its module and the name there, and what the list says of it."""

COMMANDS = {name: command for group in GROUPS.values() for name, command in group.items()}
"""Every command by its name, as in its group."""


_NEW_OBJECTS = 50_000
"""After which Python looks for garbage. A command makes hundreds of thousands of objects that stay until its end (its
own functions, the records of a briefing); to go through them at every 700 new ones is a tenth of a check."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding does not have as escapes that JSON reads, too."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error("briefing.escaped", _escaped)


class Commands(click.Group):
    """A group that imports a command when it is asked for: most need a small part of the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all, group by group."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, a group at a time in columns of one width, without importing any."""
        width = max(map(len, COMMANDS))
        for title, group in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), summary) for name, (_, summary) in group.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program; what it prints may have any character, also where Windows redirects it into a file."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            with suppress(OSError):  # what is open there became something else
                sys.stdout.reconfigure(errors="briefing.escaped")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the system refuses it (a full disk, a file that may not be read) is a message.

        No message obeys what was on the command line, or in a name: it is one line, with escapes.
        """
        gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            # here, since the list of commands needs nothing of the program
            from briefing.model.places import one_line

            error.message = one_line(error.message)  # type: ignore[misc]
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever reads the output has gone
            from briefing.report import reason_of

            raise click.ClickException(reason_of(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a checked, searchable site.

    Begin with `briefing init FOLDER` and, in that folder, `briefing serve`. `briefing COMMAND --help` explains a
    command and its options.
    """
