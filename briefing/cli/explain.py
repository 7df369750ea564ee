"""`briefing explain`: what the manual says of a problem code."""

from __future__ import annotations

import click

from briefing import resources
from briefing.model.codes import CODES
from briefing.report import explain as explanation


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a problem CODE: what it means, an example, and how to mend it. Without one, all codes are listed."""
    if code is None:
        width = max(map(len, CODES))
        for name, known in CODES.items():
            click.echo(f"{name:<{width}}  {known.summary}")
        return
    if code not in CODES:
        near = explanation.nearest(code)
        hint = f"did you mean “{near}”?" if near else "`briefing explain` lists all codes"
        raise click.UsageError(f"there is no problem code “{code}”; {hint}")
    click.echo(explanation.explained(code, resources.problems()))
