"""`briefing suggest`: draft annotations for what nothing accounts for yet."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.authoring import suggest as drafts
from briefing.cli.arguments import chosen, prefix_of


@click.command()
@click.argument("path", required=False, metavar="[PATH]")
@click.option("-n", "--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def suggest(path: str | None, dry_run: bool) -> None:
    """Draft annotations for the quotations, figures and names of a source.

    PATH is a briefing's folder, a file in it, or a folder above several; without one, all briefings of the site in
    this folder are meant. Drafts go to annotations/suggested.yml with `status: draft`; what is annotated or ignored
    already is left alone.
    """
    for docs, briefings in chosen((path,) if path else ()):
        for briefing in briefings:
            try:
                planned = drafts.plan(docs, briefing)
                if not dry_run:
                    drafts.write(docs, planned)
            except (drafts.SuggestError, OSError) as error:
                raise click.ClickException(str(error)) from error
            click.echo(_printed(planned) if dry_run else _told(docs, planned))


def _printed(planned: drafts.DraftPlan) -> str:
    files = [f"# {name}\n{text}" for name, text in planned.files.items()]
    return "\n".join(files) if files else f"{planned.path}: nothing new to draft"


def _told(docs: Path, planned: drafts.DraftPlan) -> str:
    made, where = planned.suggestions, prefix_of(docs) + planned.path
    if made.empty:
        return f"{where}: nothing new to draft"
    unnamed = sum("speaker" not in entry for entry in made.quotes)
    open_ = f" ({unnamed} without a speaker)" if unnamed else ""
    counts = [
        _count(len(made.quotes), "quotation") + open_,
        _count(len(made.figures), "figure"),
        _count(len(made.context), "context note"),
    ]
    lines = [f"{where}: {counts[0]}, {counts[1]} and {counts[2]} drafted in annotations/suggested.yml"]
    if made.people:
        lines.append(f"  added to people.yml: {', '.join(made.people)}")
    if planned.dropped:
        lines.append(f"  left out because the check would not accept them: {planned.dropped}")
    lines.append("  review each, then write `status: published`; what is not to be annotated goes under `ignore`")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
