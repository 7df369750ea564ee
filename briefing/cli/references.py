"""`briefing add reference`: a work from a number, an export, a saved page, or field by field."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from briefing.authoring.edit import EditError
from briefing.authoring.references.adding import AddedWorks, add_works
from briefing.authoring.references.exports import read_export
from briefing.authoring.references.pages import excerpt_of, read_saved
from briefing.authoring.references.typed import completed, read_typed, work_named
from briefing.authoring.references.works import FoundWork, WorkError
from briefing.authoring.tried_change import ChangeRefusedError, write
from briefing.cli.arguments import chosen, in_briefing, open_one, prefix_of, readable, settle
from briefing.cli.problems import print_problems
from briefing.load.schema.dates import wrong_date
from briefing.model.places import one_line
from briefing.readers import MAX_BYTES, READERS
from briefing.readers.reading import UnreadableDocument, decode
from briefing.report import count_of, reason_of

STDIN = "-"


@click.command(short_help="Add a work: from a number, an export or a page, or by hand.")
@click.argument("source", required=False)
@in_briefing
@click.option("--title", help="Its title; with this, no SOURCE is needed.")
@click.option("--author", "authors", multiple=True, help="Who wrote it: “Ada Marsh”; may be given several times.")
@click.option("--publisher", help="Who published it; of an article, what it is in.")
@click.option("--published", metavar="DATE", help="When: year-month-day, year-month or year.")
@click.option("--url", metavar="ADDRESS", help="Where it can be read.")
@click.option("--volume", help="Of a journal.")
@click.option("--issue", help="Of a journal.")
@click.option("--pages", help="Where it is in that, such as “45–67”.")
@click.option(
    "--excerpt",
    "words",
    multiple=True,
    help="Words of it that you rely on, at most 40; looked up in the saved page. May be given several times.",
)
@click.option("--where", default="", help="Where the excerpt is in the work, such as “page 3”.")
@click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The saved page, PDF or Word file to look them up in, where SOURCE is not it.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="KEY",
    help="Of an export: the works with these keys or titles; may be given several times.",
)
@click.option("--id", default="", help="Its id; without one, its key in the export, else the author and the year.")
@click.option("--checked", default="", metavar="DATE", help="When you read it.")
@click.option("--fetch", is_flag=True, help="Ask doi.org or Open Library what is known of a DOI or an ISBN.")
@click.option("--dry-run", is_flag=True, help="Print the entry; write nothing.")
def reference(
    source: str | None,
    path: str | None,
    authors: tuple[str, ...],
    words: tuple[str, ...],
    where: str,
    page: Path | None,
    only: tuple[str, ...],
    id: str,
    checked: str,
    fetch: bool,
    dry_run: bool,
    **fields: str | None,
) -> None:
    """Add the work SOURCE to references.yml.

    SOURCE is a DOI, an ISBN, an address, an export (CSL JSON, BibTeX, RIS, Zotero RDF) or a saved page (.html); with -
    all but the page can be pasted or piped. What cannot be known from it becomes a TODO. --title, --author and the like
    say what a work is, in place of SOURCE or of what it says. Nothing is asked of other hosts without --fetch. A work
    that is there already is not added again; excerpts are added to it.
    """
    said = {name: value for name, value in fields.items() if value is not None}
    _refuse_options(source, said, checked)
    for docs, _ in chosen((path,) if path else ()):
        settle(docs)
    opened = open_one(path, lambda briefing: True)
    docs = opened.docs
    readable(docs, opened.checked)
    try:
        works, paragraphs, number = _works_of(source, fetch, only) if source else ((FoundWork(),), (), False)
        if said or authors:
            works = (_as_said(works, said, authors),)
        excerpts = [(each, where) for each in _excerpts(words, page, paragraphs, source or "")]
        made = add_works(
            opened,
            works,
            id=id,
            excerpts=excerpts,
            checked=checked,
            from_number=number and not fetch and not works[0].title,
        )
        if not dry_run:
            write(made.change)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(docs))
        raise click.ClickException(
            f"nothing was written: {'; '.join(filter(None, (str(error), error.help)))}"
        ) from error
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    _say(made, prefix_of(docs), dry_run)


def _refuse_options(source: str | None, said: Mapping[str, str], checked: str) -> None:
    if not source and not said.get("title"):
        raise click.UsageError("name a SOURCE (- for what is pasted or piped), or write what the work is with --title")
    if checked and (wrong := wrong_date(checked)):
        raise click.UsageError(f"--checked: {wrong[0]}; {wrong[1]}")


def _excerpts(words: tuple[str, ...], page: Path | None, paragraphs: tuple[str, ...], source: str) -> list[str]:
    """Return words as the page that was named has them, or else the source. WorkError where they are not in it."""
    if page:
        paragraphs = read_saved(_bytes_of(page), page.name).paragraphs
    if words and not paragraphs:
        raise WorkError("save the page, and name it with --page: an excerpt is looked up in it")
    return [excerpt_of(paragraphs, each, page.name if page else source) for each in words]


def _works_of(source: str, fetch: bool, only: tuple[str, ...]) -> tuple[tuple[FoundWork, ...], tuple[str, ...], bool]:
    """Return the works that a source has, the text of a saved page, and whether only a number or address is known."""
    file = Path(source)
    if source == STDIN:
        typed = read_typed(_pasted(), "standard input")
        works = (_fetched(typed[0]),) if fetch and len(typed) == 1 and not typed[0].title else typed
        return _chosen_works(works, only, "standard input"), (), len(works) == 1
    if not file.is_file():
        named = work_named(source)
        if named is None:
            what = "a DOI (10.…), an ISBN, an address, or a file: an export or a saved page"
            raise WorkError(f"“{one_line(source)}” is neither a file nor a number that can be: give {what}")
        return (_fetched(named) if fetch else named,), (), True
    if file.suffix.lower() in READERS and file.suffix.lower() not in (".txt", ".md"):
        found = read_saved(_bytes_of(file), file.name)
        if not found.work.title and file.suffix.lower() not in (".html", ".htm"):
            raise WorkError(f"{file.name} does not say what it is: give its DOI, and name the file with --page")
        return (found.work,), found.paragraphs, False
    return _chosen_works(read_export(_bytes_of(file), file.name), only, file.name), (), False


def _fetched(work: FoundWork) -> FoundWork:
    """Return what those who register numbers say of a work. WorkError where it has none."""
    if not (work.doi or work.isbn):
        raise WorkError("only of a DOI or an ISBN anybody can be asked: save the page, and name the file")
    from briefing.authoring.references.online import fetch_work  # with all that speaks to other hosts

    return fetch_work(work.doi, work.isbn)


def _pasted() -> str:
    """Return what is piped in, or pasted at a terminal. WorkError where it is no text."""
    if sys.stdin.isatty():
        click.echo("Paste a DOI, an ISBN, an address, BibTeX, RIS or CSL JSON; then press Enter and Ctrl-D.", err=True)
    try:
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "").text
    except UnreadableDocument as error:
        raise WorkError(f"standard input cannot be read: {error}") from error


def _as_said(works: tuple[FoundWork, ...], said: Mapping[str, str], authors: tuple[str, ...]) -> FoundWork:
    """Return the one work that is meant, as its author says that it is. WorkError where that cannot be so."""
    if len(works) != 1:
        raise WorkError(f"--title and the like are for one work, and these are {len(works)}: choose one with --only")
    work, wrong = completed(works[0], said, authors or None)
    for name, (message, help) in wrong.items():
        raise WorkError(f"--{name}: {message}; {help}")
    return work


def _chosen_works(works: tuple[FoundWork, ...], only: tuple[str, ...], name: str) -> tuple[FoundWork, ...]:
    wanted = {each.casefold() for each in only}
    found = tuple(work for work in works if {work.key.casefold(), work.title.casefold()} & wanted)
    if only and not found:
        first = ", ".join(work.key or work.title for work in works[:5])
        raise WorkError(f"there is no such work in {name}; its first are {first}")
    return found if only else works


def _bytes_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _say(made: AddedWorks, prefix: str, dry_run: bool) -> None:
    change = made.change
    if dry_run:
        click.echo("".join(change.contents.values()) if len(made.added) > 1 else change.yaml)
        return
    for id in made.known:
        click.echo(f"{prefix}{change.file}: there already: {id}")
    if made.added:
        click.echo(f"{prefix}{change.file}:{change.line}: added {', '.join(made.added)}")
    todos = sum(problem.code in ("todo-left", "todo-published") for problem in change.problems)
    if todos:
        click.echo(f"{count_of(todos, 'field')} still to fill in: `briefing check` points to each")
