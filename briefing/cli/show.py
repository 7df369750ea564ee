"""`briefing show`: one annotation, theme, comment or reference with its words in their place."""

from __future__ import annotations

import click

from briefing.authoring import show as view
from briefing.cli.arguments import in_briefing, prefix_of, readable, the_one


@click.command()
@click.argument("id")
@in_briefing
def show(id: str, path: str | None) -> None:
    """Show what has this ID: its words in their paragraph, what it says, who cites it, and its problems."""
    docs, checked = the_one(path, lambda briefing: view.find(briefing, id) is not None)
    briefing = readable(docs, checked)
    record = view.find(briefing, id)
    if record is None:
        near = view.nearest(briefing, id)
        raise click.ClickException(f"nothing has the id “{id}”" + (f"; did you mean “{near}”?" if near else ""))
    for line in view.lines(checked, record, prefix_of(docs)):
        click.echo(line)
