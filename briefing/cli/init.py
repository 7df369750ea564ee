"""`briefing init`: a whole project that builds at once."""

from __future__ import annotations

from pathlib import Path

import click

from briefing import resources
from briefing.authoring.ingest import FolderThereError, write_new


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="Our briefings", show_default=True, help="What the site is called.")
def init(folder: Path, name: str) -> None:
    """Make a new site in FOLDER: configuration, home page and an example, ready to build.

    FOLDER is new or empty; nothing is ever overwritten.
    """
    if not name.strip() or any(not character.isprintable() for character in name):
        raise click.UsageError("the name of a site is a line of words")
    schemas = {f"schemas/{name}": text.encode() for name, text in resources.schemas().items()}
    try:
        write_new(folder.absolute(), {**resources.project(" ".join(name.split())), **schemas})
    except FolderThereError as error:
        raise click.ClickException(f"{error}; choose a new or empty folder") from error
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from error
    click.echo(f"A new site is in {folder}. Go on with:\n")
    click.echo(f"  cd {folder}\n  briefing serve                           # look at it")
    click.echo("  briefing new my-slug --from page.html    # make a briefing of your own")
