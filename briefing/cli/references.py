"""`briefing add reference`: a work from a number, an export, or a saved page."""

from __future__ import annotations

import re
from pathlib import Path

import click

from briefing.authoring.edit import EditError
from briefing.authoring.references.adding import AddedWorks, add_works
from briefing.authoring.references.exports import read_export
from briefing.authoring.references.pages import excerpt_of, read_saved
from briefing.authoring.references.works import FoundWork, WorkError, as_doi, as_isbn
from briefing.authoring.tried_change import ChangeRefusedError, write
from briefing.cli.arguments import chosen, in_briefing, open_one, prefix_of, readable, settle
from briefing.cli.problems import print_problems
from briefing.load.schema.dates import wrong_date
from briefing.model.places import one_line
from briefing.readers import MAX_BYTES, READERS
from briefing.report import count_of, reason_of


@click.command(short_help="Add a work: from a DOI or ISBN, an export, or a saved page.")
@click.argument("source")
@in_briefing
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
    source: str,
    path: str | None,
    words: tuple[str, ...],
    where: str,
    page: Path | None,
    only: tuple[str, ...],
    id: str,
    checked: str,
    fetch: bool,
    dry_run: bool,
) -> None:
    """Add the work SOURCE to references.yml.

    SOURCE is a DOI, an ISBN, an export (CSL JSON, BibTeX, RIS, Zotero RDF) or a saved page (.html); what cannot be
    known from it becomes a TODO. Nothing is asked of other hosts without --fetch. A work that is there already is not
    added again; excerpts are added to it.
    """
    if checked and (wrong := wrong_date(checked)):
        raise click.UsageError(f"--checked: {wrong[0]}; {wrong[1]}")
    for docs, _ in chosen((path,) if path else ()):
        settle(docs)
    opened = open_one(path, lambda briefing: True)
    docs = opened.docs
    readable(docs, opened.checked)
    try:
        works, paragraphs, number = _works_of(source, fetch, only)
        if page:
            paragraphs = read_saved(_bytes_of(page), page.name).paragraphs
        if words and not paragraphs:
            raise WorkError("save the page, and name it with --page: an excerpt is looked up in it")
        named = page.name if page else source
        excerpts = [(excerpt_of(paragraphs, each, named), where) for each in words]
        made = add_works(
            opened,
            works,
            id=id,
            excerpts=excerpts,
            checked=checked,
            from_number=number and not fetch,
        )
        if not dry_run:
            write(made.change)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(docs))
        raise click.ClickException(str(error)) from error
    except (WorkError, EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    _say(made, prefix_of(docs), dry_run)


def _works_of(source: str, fetch: bool, only: tuple[str, ...]) -> tuple[tuple[FoundWork, ...], tuple[str, ...], bool]:
    """Return the works that a source has, the text of a saved page, and whether the source is only a number."""
    file = Path(source)
    doi, isbn = as_doi(source), as_isbn(source)
    if not file.is_file() and (doi or isbn):
        if not fetch:
            work = FoundWork(doi=doi, isbn=isbn, url=f"https://doi.org/{doi}" if doi else "")
            return (work,), (), True
        from briefing.authoring.references.online import fetch_work  # with all that speaks to other hosts

        return (fetch_work(doi, isbn),), (), True
    if not file.is_file() and re.fullmatch(r"(?:97[89])?[\d\s-]{9,14}[\dXx]", source.strip()):
        raise WorkError(f"{one_line(source)} is no ISBN: its digits do not fit together; compare them with the book")
    if not file.is_file():
        what = "a DOI (10.…), an ISBN, or a file: an export or a saved page"
        raise WorkError(f"“{one_line(source)}” is neither a file nor a number that can be: give {what}")
    if file.suffix.lower() in READERS and file.suffix.lower() not in (".txt", ".md"):
        found = read_saved(_bytes_of(file), file.name)
        if not found.work.title and file.suffix.lower() not in (".html", ".htm"):
            raise WorkError(f"{file.name} does not say what it is: give its DOI, and name the file with --page")
        return (found.work,), found.paragraphs, False
    return _chosen_works(read_export(_bytes_of(file), file.name), only, file.name), (), False


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
