"""The command line: our own commands, one module each, and MkDocs' own `build` and `serve`.

A command reads its arguments, calls the functions of the stages and prints; it decides nothing else. The only place,
with the plugin's mounted commands, that imports click.
"""

from __future__ import annotations

import click

from briefing import __version__
from briefing.cli.check import check
from briefing.cli.export import export
from briefing.cli.init import init
from briefing.cli.new import new
from briefing.plugin.commands import MOUNTED


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a verified, searchable site."""


for _name, _command in {**MOUNTED, "check": check, "export": export, "init": init, "new": new}.items():
    main.add_command(_command, _name)
