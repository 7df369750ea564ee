"""`briefing add` and `briefing suggest`: write annotations, an author's own and drafts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click

from briefing.authoring import annotate, edit, locate, new_entries
from briefing.authoring.locate import Spot
from briefing.authoring.suggest.write import DraftPlan, SuggestError, plan_drafts, status_of, write_drafts
from briefing.authoring.tried_change import TriedChange, write
from briefing.cli.arguments import (
    NeededOption,
    chosen,
    in_briefing,
    in_briefings,
    open_one,
    prefix_of,
    readable,
    settle,
)
from briefing.cli.problems import print_problems
from briefing.cli.references import reference
from briefing.cli.themes import theme
from briefing.load.schema.fields import is_todo
from briefing.model import AnnotationKey, Briefing, FigureBasis, FigureType, QuotationKind
from briefing.report import count_of, reason_of

# --- add --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommonOptions:
    """What the command line says of the words, and what all annotations have."""

    words: tuple[str, ...]
    path: str | None
    comment: str
    prefix: str
    suffix: str
    place: int | None
    id: str
    note: str
    tags: tuple[str, ...]
    status: str
    dry_run: bool


_COMMON_OPTIONS = (
    click.argument("words", nargs=-1, required=True, metavar="WORDS..."),
    in_briefing,
    click.option("--in", "comment", default="", metavar="COMMENT", help="The words are in this comment."),
    click.option("--prefix", default="", help="The words just before, if the words are in several places."),
    click.option("--suffix", default="", help="The words just after."),
    click.option("--place", type=click.IntRange(1), help="Which of several places, counted from the top."),
    click.option("--id", default="", help="Its id; without one, it is made from the words, the label or the title."),
    click.option("--note", default="", help="What you say about it, in Markdown with citations."),
    click.option("--tag", "tags", multiple=True, help="A word to group by; may be given several times."),
    click.option(
        "--status",
        type=click.Choice(["draft", "review", "published"]),
        default="published",
        help="draft and review are not published.",
        show_default=True,
    ),
    click.option("--dry-run", is_flag=True, help="Check and print the entry; write nothing."),
)


def with_common_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all annotations have."""
    for option in reversed(_COMMON_OPTIONS):
        command = option(command)
    return command


@click.group
def add() -> None:
    """Add an annotation: find its words, write its target, and check the result before it is kept.

    Nothing is written if the words are not in the source, are in several places, or anything would be wrong.
    """


@add.command()
@with_common_options
@click.option("--speaker", cls=NeededOption, required=True, help="Who says it: an id of people.yml.")
@click.option(
    "--kind",
    type=click.Choice(get_args(QuotationKind)),
    help="Without it, the quotation marks and the sentence decide.",
)
@click.option("--via", multiple=True, help="Who quotes the speaker; may be given several times.")
@click.option("--attribution", default="", help="The source’s own crediting words, if they are not found.")
def quote(speaker: str, kind: QuotationKind | None, via: tuple[str, ...], attribution: str, **common: Any) -> None:
    """Add a quotation. Several WORDS are the parts that the source interrupts."""
    said = {"kind": kind, "speaker": speaker, "via": via, "attribution": attribution}
    _add_annotation("quotes", CommonOptions(**common), said)


@add.command(short_help="Add a figure: a number, a range, or words that count.")
@with_common_options
@click.option("--label", cls=NeededOption, required=True, help="What the figure is.")
@click.option(
    "--type", type=click.Choice(get_args(FigureType)), cls=NeededOption, required=True, help="What sort of figure."
)
@click.option(
    "--basis",
    type=click.Choice(get_args(FigureBasis)),
    cls=NeededOption,
    required=True,
    help="What it rests on in the source.",
)
@click.option("--value", default="", help="The number or date that the words say.")
@click.option("--from", "low", default="", help="The lower number of a range, with --to.")
@click.option("--to", "high", default="", help="The higher number of a range.")
@click.option("--value-words", default="", help="The source’s words, if it has no number, such as “dozens”.")
@click.option("--min", "least", default="", help="What these words mean at least.")
@click.option("--max", "most", default="", help="What these words mean at most.")
@click.option("--unit", default="", help="What is counted.")
@click.option("--period", default="", help="What time it is for.")
@click.option("--speaker", default="", help="Who gives it: an id of people.yml; left out where the source itself does.")
def figure(value: str, low: str, high: str, value_words: str, least: str, most: str, **others: Any) -> None:
    """Add a figure, with --value, with --from and --to, or with --value-words."""
    if sum(map(bool, (value, low, value_words))) != 1 or bool(low) != bool(high):
        raise click.UsageError("give --value, or --from and --to, or --value-words")
    said = {key: others.pop(key) for key in ("label", "type", "basis")}
    said["value"] = value or ({"from": low, "to": high} if low else {"words": value_words, "min": least, "max": most})
    said |= {key: others.pop(key) for key in ("unit", "period", "speaker")}
    _add_annotation("figures", CommonOptions(**others), said)


@add.command()
@with_common_options
@click.option("--title", cls=NeededOption, required=True, help="The heading of the note.")
def context(title: str, **common: Any) -> None:
    """Add a context note; --note says what a reader should know."""
    if not common["note"]:
        raise click.UsageError("a context note needs --note")
    _add_annotation("context", CommonOptions(**common), {"title": title})


add.add_command(theme)
add.add_command(reference)


def _add_annotation(key: AnnotationKey, options: CommonOptions, fields: Mapping[str, Any]) -> None:
    """Find the words, compose the entry, check it in its file, and write that."""
    for docs, _ in chosen((options.path,) if options.path else ()):
        settle(docs)
    opened = open_one(options.path, lambda each: bool(locate.look_up(each, options.words, options.comment).spots))
    briefing, prefix = readable(opened.docs, opened.checked), prefix_of(opened.docs)
    spot = _choose_spot(briefing, options, prefix)
    said = {"id": options.id, **fields, "tags": options.tags, "status": options.status, "note": options.note}
    try:
        change = annotate.add_at(opened, key, said, spot)
        if key == "quotes" and not fields.get("kind"):
            _say_kind(change)
        if errors := change.errors:
            print_problems(errors, change.result.files, prefix)
            raise click.ClickException("nothing was written")
        print_problems(change.left_over, change.result.files, prefix)
        if not options.dry_run:
            write(change)
    except (edit.EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    click.echo(change.yaml if options.dry_run else f"{prefix}{change.file}:{change.line}: added {change.id}")


def _say_kind(change: TriedChange) -> None:
    """Say of what kind a quotation is whose author has not said it, where that is not what is expected."""
    made = change.result.briefing
    kind = next((quotation.kind for quotation in made.quotations if quotation.id == change.id), "") if made else ""
    if why := new_entries.WHY.get(kind):
        click.echo(f"  kind: {kind}, because {why}; --kind says otherwise", err=True)


def _choose_spot(briefing: Briefing, options: CommonOptions, prefix: str) -> Spot:
    """Return the one place that is meant; else print the places or the diagnosis, and end the command with 1."""
    context = options.prefix, options.suffix
    answer, place = locate.look_up(briefing, options.words, options.comment, context), options.place
    if place and place <= len(answer.spots):
        return answer.spots[place - 1]
    if len(answer.spots) == 1 and not place:
        return answer.spots[0]
    print_problems(answer.problems, {}, prefix, answer.given)
    if len(answer.spots) > 1:
        click.echo("choose one with --place:", err=True)
        for number, spot in enumerate(answer.spots, 1):
            click.echo(f"  --place {number}  {locate.describe_place(spot)}", err=True)
    elif place:
        click.echo(f"there is no place {place}: the words are in {count_of(len(answer.spots), 'place')}", err=True)
    click.echo("nothing was written", err=True)
    sys.exit(1)


# --- suggest ----------------------------------------------------------------------------------------------------


@click.command
@in_briefings
@click.option(
    "--every-number",
    is_flag=True,
    help="Draft days, years, lengths of time and numbers by themselves, too; without it, only what measures something.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def suggest(paths: tuple[str, ...], every_number: bool, dry_run: bool) -> None:
    """Draft annotations for the quotations, figures and names of a source.

    Without -b, the briefings of the site in this folder whose status is `draft` are meant. Drafts go to
    annotations/suggested.yml with `status: draft`; what is already annotated or ignored is left alone.
    """
    for docs, briefings in chosen(paths):
        settle(docs)
        for briefing in briefings:
            if not paths and (status := status_of(docs, briefing)) not in ("draft", ""):
                click.echo(
                    f"{prefix_of(docs)}{briefing}: left alone, its status is {status}; -b {briefing} includes it"
                )
                continue
            try:
                planned = plan_drafts(docs, briefing, every_number=every_number)
                if not dry_run:
                    write_drafts(docs, planned)
            except (SuggestError, OSError) as error:
                raise click.ClickException(reason_of(error)) from error
            if dry_run and planned.files:
                click.echo("\n".join(f"# {name}\n{text}" for name, text in planned.files.items()))
            else:
                click.echo("\n".join(_describe_drafts(docs, planned)))


def _describe_drafts(docs: Path, planned: DraftPlan) -> list[str]:
    made, where = planned.suggestions, prefix_of(docs) + planned.path
    if made.empty:
        return [f"{where}: nothing new to draft"]
    unnamed = sum("speaker" not in quote for quote in made.quotes)
    offered = sum(is_todo(str(quote.get("speaker", ""))) for quote in made.quotes)
    told = [f"{unnamed} without a speaker"] if unnamed else []
    told += [f"{offered} with one who is only likely"] if offered else []
    quotes = count_of(len(made.quotes), "quotation") + (f" ({', '.join(told)})" if told else "")
    others = f"{count_of(len(made.figures), 'figure')} and {count_of(len(made.context), 'context note')}"
    lines = [f"{where}: {quotes}, {others} drafted in annotations/suggested.yml"]
    if made.people:
        lines.append(f"  added to people.yml: {', '.join(made.people)}")
    if made.left_out:
        left = count_of(made.left_out, "number")
        lines.append(f"  not drafted, as they measure nothing: {left}; --every-number drafts dates and the like, too")
    if planned.dropped:
        lines.append(f"  left out because the check would not accept them: {len(planned.dropped)}")
        lines += (f"    “{words}”: {why}" for words, why in planned.dropped)
    return [
        *lines,
        f"  review them: briefing serve, in the browser; or one at a time here: briefing review -b {planned.path}",
    ]
