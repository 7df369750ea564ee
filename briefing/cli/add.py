"""`briefing add`: a quotation, a figure or a context note, written into the right file at the right place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import click

from briefing.authoring import add as draft
from briefing.authoring import add as trial
from briefing.authoring import edit, locate
from briefing.authoring.add import Key
from briefing.authoring.edit import Value
from briefing.authoring.locate import Spot
from briefing.cli.arguments import complain, in_briefing, prefix_of, readable, the_one
from briefing.model import Briefing, FigureBasis, FigureType, QuotationKind
from briefing.model.places import line_and_column

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Where:
    """What the command line says of the words and of what all annotations have."""

    words: tuple[str, ...]
    path: str | None
    comment: str
    context: tuple[str, str]
    place: int | None
    id: str
    note: str
    tags: tuple[str, ...]
    status: str
    dry_run: bool


@click.group()
def add() -> None:
    """Add an annotation: its words are looked up, its target is written, and the result is checked before it is kept.

    Nothing is written where the words are not in the source, stand in several places, or anything would be wrong.
    """


def common(command: F) -> Callable[..., Any]:
    """The options that all annotations have; the command gets them as one `Where`."""

    def gathered(text: tuple[str, ...], prefix: str, suffix: str, tags: tuple[str, ...], **rest: Any) -> None:
        names = ("path", "comment", "place", "id", "note", "status", "dry_run")
        where = Where(words=text, context=(prefix, suffix), tags=tags, **{name: rest.pop(name) for name in names})
        command(where=where, **rest)

    gathered.__doc__ = command.__doc__
    gathered.__name__ = command.__name__
    gathered.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    made: Callable[..., Any] = gathered
    for option in reversed(_COMMON):
        made = option(made)
    return made


_COMMON = (
    click.argument("text", nargs=-1, required=True, metavar="WORDS..."),
    in_briefing,
    click.option("--in", "comment", default="", metavar="COMMENT", help="The words are in this comment."),
    click.option("--prefix", default="", help="The words just before, where the words occur in several places."),
    click.option("--suffix", default="", help="The words just after."),
    click.option("--place", type=click.IntRange(1), help="Which of several places, counted from the top."),
    click.option("--id", default="", help="Its id; else it is made from the words."),
    click.option("--note", default="", help="What you say about it, in Markdown with citations."),
    click.option("--tag", "tags", multiple=True, help="A word to group by; may be given several times."),
    click.option(
        "--status", type=click.Choice(["draft", "review", "published"]), default="published", help="As in the file."
    ),
    click.option("--dry-run", is_flag=True, help="Check and print the entry; write nothing."),
)


@add.command()
@common
@click.option("--speaker", required=True, help="The id of the person who says it.")
@click.option("--kind", type=click.Choice(get_args(QuotationKind)), help="Else it is seen from the quotation marks.")
@click.option("--via", multiple=True, help="Who quotes the speaker; may be given several times.")
@click.option("--attribution", default="", help="The source’s own crediting words, where they are not found.")
def quote(where: Where, speaker: str, kind: QuotationKind | None, via: tuple[str, ...], attribution: str) -> None:
    """Add a quotation. Several WORDS are the parts that the source interrupts."""

    def fields(briefing: Briefing, spot: Spot) -> Mapping[str, Value]:
        found = kind or draft.quotation_kind(briefing, spot, speaker)
        shown = "" if found == "direct" else found
        return {"kind": shown, "speaker": speaker, "via": list(via), "attribution": attribution}

    _add("quotes", where, " ".join(where.words), fields)


@add.command()
@common
@click.option("--label", required=True, help="What the figure is.")
@click.option("--type", "type_", type=click.Choice(get_args(FigureType)), required=True, help="What sort of figure.")
@click.option(
    "--basis", type=click.Choice(get_args(FigureBasis)), required=True, help="What it rests on, in the source."
)
@click.option("--value", default="", help="The number or date that the words say.")
@click.option("--from", "low", default="", help="The lower number of a range, with --to.")
@click.option("--to", "high", default="", help="The higher number of a range.")
@click.option("--value-words", default="", help="The source’s words, where it has no number, such as “dozens”.")
@click.option("--min", "least", default="", help="What these words mean at least.")
@click.option("--max", "most", default="", help="What these words mean at most.")
@click.option("--unit", default="", help="What is counted.")
@click.option("--period", default="", help="What time it is for.")
@click.option("--speaker", default="", help="The id of the person who says it.")
def figure(
    where: Where,
    label: str,
    type_: str,
    basis: str,
    value: str,
    low: str,
    high: str,
    value_words: str,
    least: str,
    most: str,
    unit: str,
    period: str,
    speaker: str,
) -> None:
    """Add a figure, with --value, with --from and --to, or with --value-words."""
    ways = {"--value": value, "--from": low, "--value-words": value_words}
    if sum(map(bool, ways.values())) != 1 or bool(low) != bool(high):
        raise click.UsageError("give --value, or --from and --to, or --value-words")
    given: Value = value or (
        {"from": low, "to": high} if low else _full({"words": value_words, "min": least, "max": most})
    )
    said = {"label": label, "type": type_, "basis": basis, "value": given, "unit": unit, "period": period}
    _add("figures", where, label, lambda briefing, spot: {**said, "speaker": speaker})


@add.command()
@common
@click.option("--title", required=True, help="The heading of the note.")
def context(where: Where, title: str) -> None:
    """Add a context note; --note says what a reader should know."""
    if not where.note:
        raise click.UsageError("a context note needs --note")
    _add("context", where, title, lambda briefing, spot: {"title": title})


def _add(key: Key, where: Where, naming: str, fields: Callable[[Briefing, Spot], Mapping[str, Value]]) -> None:
    """Look the words up, compose the entry, check it in its file, and write that."""
    docs, checked = the_one(where.path, lambda each: bool(locate.look_up(each, where.words, where.comment).spots))
    briefing, prefix = readable(docs, checked), prefix_of(docs)
    spot = _spot(briefing, where, prefix)
    id = where.id or draft.make_id(naming, {"quotes": "quote", "figures": "figure"}.get(key, key), draft.ids(briefing))
    status = "" if where.status == "published" else where.status
    entry = _full(
        {
            "id": id,
            "target": spot.value,
            "in": where.comment,
            **fields(briefing, spot),
            "tags": list(where.tags),
            "status": status,
            "note": where.note,
        }
    )
    folder = "" if briefing.path == "." else f"{briefing.path}/"
    name = draft.home(checked.files, folder, key)
    old = checked.files.get(name) or draft.new_file(checked.files, name, folder)
    was = (docs / name).read_bytes() if name in checked.files else None
    try:
        file = draft.with_entry(old, key, entry, briefing, spot)
        content = edit.encoded(file.text, was)
        result = trial.tried(docs, checked, {name: content})
        problems = trial.added(checked, result)
        if problems:
            complain(problems, result.files, prefix)
            raise click.ClickException("nothing was written")
        if not where.dry_run:
            edit.write_all({docs / name: content}, was={docs / name: was}, inside=docs)
    except (edit.EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {error}") from error
    _tell(file.text, prefix + name, id, entry, where.dry_run)


def _spot(briefing: Briefing, where: Where, prefix: str) -> Spot:
    """The one place that is meant; else the places or the diagnosis are printed, and the command ends with 1."""
    answer = locate.look_up(briefing, where.words, where.comment, where.context)
    if where.place and where.place <= len(answer.spots):
        return answer.spots[where.place - 1]
    if len(answer.spots) == 1 and not where.place:
        return answer.spots[0]
    complain(answer.problems, {}, prefix, answer.given)
    if len(answer.spots) > 1:
        click.echo("choose one with --place:", err=True)
        for number, spot in enumerate(answer.spots, 1):
            click.echo(f"  --place {number}  {locate.told(spot)}", err=True)
    elif where.place:
        click.echo(f"there is no place {where.place}: the words occur in {len(answer.spots)}", err=True)
    click.echo("nothing was written", err=True)
    sys.exit(1)


def _full(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields that hold something."""
    return {key: value for key, value in fields.items() if value}


def _tell(text: str, name: str, id: str, entry: Mapping[str, Value], dry_run: bool) -> None:
    line = line_and_column(text, text.index(f"id: {id}"))[0]
    if dry_run:
        click.echo(edit.entry(entry, 0))
    else:
        click.echo(f"{name}:{line}: added {id}")
