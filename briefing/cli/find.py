"""`briefing find`: where words stand, as targets to paste."""

from __future__ import annotations

import sys

import click

from briefing.author import words
from briefing.cli.chosen import prefix_of
from briefing.cli.one import all_checked, complain, in_briefing, readable


@click.command()
@click.argument("text", nargs=-1, required=True, metavar="WORDS...")
@in_briefing
def find(text: tuple[str, ...], path: str | None) -> None:
    """Find words in the source and the comments, and print each place as a target to paste.

    Several WORDS are the parts of one target that the source interrupts. Exits with 1 where there is no such place,
    and says what comes nearest.
    """
    answers = []
    for docs, checked in all_checked(path):
        answer = words.everywhere(readable(docs, checked), text)
        answers.append(answer)
        for block in words.blocks(answer.spots, prefix_of(docs)):
            click.echo(block + "\n")
    if not any(answer.spots for answer in answers):
        for answer in answers:
            complain(answer.problems, {}, "", answer.given)
        sys.exit(1)
