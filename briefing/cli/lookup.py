"""`briefing find`, `briefing show` and `briefing explain`: look up words, ids and problem codes."""

from __future__ import annotations

import sys

import click

from briefing import report, resources
from briefing.authoring import locate
from briefing.authoring.review.received import received_remarks
from briefing.cli.arguments import checked_briefings, in_briefing, one_briefing, prefix_of, readable
from briefing.cli.problems import print_problems
from briefing.model.codes import CODES


@click.command("find")
@click.argument("text", nargs=-1, required=True, metavar="WORDS...")
@in_briefing
def find_words(text: tuple[str, ...], path: str | None) -> None:
    """Find words in the source and the comments, and print each place as a target to paste.

    Several WORDS are the parts of one target that the source interrupts. Where there is no such place, the command says
    what is most similar, in whichever briefing it is, and exits with 1.
    """
    answers = []
    for docs, checked in checked_briefings(path):
        briefing = readable(docs, checked)
        answers.append((locate.look_up_everywhere(briefing, text), briefing, prefix_of(docs)))
        for block in locate.yaml_blocks(answers[-1][0].spots, prefix_of(docs)):
            click.echo(block + "\n")
    if any(answer.spots for answer, _, _ in answers):
        return
    likeness = [locate.likeness(briefing, text) for _, briefing, _ in answers]
    answer, briefing, prefix = answers[likeness.index(max(likeness))]
    if len(answers) > 1:
        near = (
            f"the most similar passage is in {prefix}{briefing.path}:"
            if any(likeness)
            else "and nothing there is similar"
        )
        click.echo(f"these words are in none of {len(answers)} briefings; {near}", err=True)
    if len(answers) == 1 or any(likeness):
        print_problems(answer.problems, {}, "", answer.given)
    sys.exit(1)


@click.command("show")
@click.argument("id")
@in_briefing
def show_record(id: str, path: str | None) -> None:
    """Show what has this ID: its words in their paragraph, what it says, who cites it, its remarks and problems."""
    docs, checked = one_briefing(path, lambda briefing: locate.find_record(briefing, id) is not None)
    briefing = readable(docs, checked)
    record = locate.find_record(briefing, id)
    if record is None:
        near = locate.nearest_id(briefing, id)
        raise click.ClickException(f"nothing has the id “{id}”" + (f"; did you mean “{near}”?" if near else ""))
    remarks = received_remarks(docs, checked.path).get(id, ())
    for line in locate.record_lines(checked, record, prefix_of(docs), remarks):
        click.echo(line)


@click.command("explain")
@click.argument("code", required=False)
def explain_code(code: str | None) -> None:
    """Explain a problem CODE: what it means, an example, and how to fix it. Without one, list all codes."""
    if code is None:
        width = max(map(len, CODES))
        for name, known in CODES.items():
            click.echo(f"{name:<{width}}  {known.summary}")
        return
    if code not in CODES:
        near = report.nearest_code(code)
        hint = f"did you mean “{near}”?" if near else "`briefing explain` lists all codes"
        raise click.UsageError(f"there is no problem code “{code}”; {hint}")
    click.echo(report.explain_code(code, resources.problems()))
