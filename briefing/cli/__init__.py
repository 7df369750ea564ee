"""The command line: our own commands, one module each, and MkDocs' own `build` and `serve`.

A command reads its arguments, calls the functions of the stages and prints; it decides nothing else. The only place,
with the plugin's mounted commands, that imports click.
"""

from __future__ import annotations

from collections.abc import Mapping

import click

from briefing import __version__
from briefing.cli.add import add
from briefing.cli.check import check
from briefing.cli.explain import explain
from briefing.cli.export import export
from briefing.cli.find import find
from briefing.cli.fmt import fmt
from briefing.cli.imports import import_
from briefing.cli.init import init
from briefing.cli.new import new
from briefing.cli.rebase import rebase
from briefing.cli.schema import schema
from briefing.cli.show import show
from briefing.cli.suggest import suggest
from briefing.plugin.commands import MOUNTED

OURS: Mapping[str, click.Command] = {
    "init": init,
    "new": new,
    "check": check,
    "suggest": suggest,
    "find": find,
    "add": add,
    "show": show,
    "fmt": fmt,
    "rebase": rebase,
    "import": import_,
    "explain": explain,
    "schema": schema,
    "export": export,
}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a verified, searchable site."""


for _name, _command in {**MOUNTED, **OURS}.items():
    main.add_command(_command, _name)
