"""`briefing find`: where words stand, as targets to paste."""

from __future__ import annotations

import sys

import click

from briefing.authoring import locate
from briefing.cli.arguments import all_checked, complain, in_briefing, prefix_of, readable


@click.command()
@click.argument("text", nargs=-1, required=True, metavar="WORDS...")
@in_briefing
def find(text: tuple[str, ...], path: str | None) -> None:
    """Find words in the source and the comments, and print each place as a target to paste.

    Several WORDS are the parts of one target that the source interrupts. Exits with 1 where there is no such place,
    and says what comes nearest, in whichever briefing it is.
    """
    found, answers = False, []
    for docs, checked in all_checked(path):
        briefing = readable(docs, checked)
        answer = locate.everywhere(briefing, text)
        found = found or bool(answer.spots)
        answers.append((answer, briefing, prefix_of(docs)))
        for block in locate.blocks(answer.spots, prefix_of(docs)):
            click.echo(block + "\n")
    if found:
        return
    likeness = [locate.likeness(briefing, text) for _, briefing, _ in answers]
    answer, briefing, prefix = answers[likeness.index(max(likeness))]
    if len(answers) > 1:
        near = (
            f"what comes nearest is in {prefix}{briefing.path}:" if any(likeness) else "and nothing there is like them"
        )
        click.echo(f"these words are in none of {len(answers)} briefings; {near}", err=True)
    if len(answers) == 1 or any(likeness):
        complain(answer.problems, {}, "", answer.given)
    sys.exit(1)
