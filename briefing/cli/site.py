"""`briefing init`, `briefing new` and `briefing export`: a new site, a new briefing, and what leaves a site."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import load, report, resources
from briefing.authoring import ingest
from briefing.authoring.edit.files import Content, is_taken, write_all, write_folder
from briefing.authoring.example import EXAMPLE, without_example
from briefing.authoring.ingest.folder import Draft, DraftComment, NoArticleError, draft_files, is_moderated
from briefing.authoring.ingest.speakers import Register, with_speakers
from briefing.authoring.requirements import NotInstalledError, own_requirement
from briefing.authoring.themes import ThemeEditor
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import write
from briefing.cli.arguments import NeededOption, in_briefing, prefix_of
from briefing.cli.problems import colour, print_problems
from briefing.engines import ENGINES, find_configuration
from briefing.exports import MARKER, plain_site
from briefing.load.commenter_names import CODE as HIDDEN
from briefing.load.folder_files import COMMENTS_LIMIT, read_files
from briefing.load.project import project_docs, site_language
from briefing.load.schema.dates import wrong_date
from briefing.load.schema.formats import as_one_folder, wrong_folder
from briefing.model.places import TextFile, one_line
from briefing.pipeline import checking
from briefing.readers import MAX_BYTES, UnknownReader, UnreadableDocument
from briefing.render.assets import assets
from briefing.render.names import COPIES
from briefing.report import is_todo, todo_line

if TYPE_CHECKING:
    from briefing.mkdocs.site_input import SiteInput

# --- init -------------------------------------------------------------------------------------------------------


@click.command
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default=resources.SITE_NAME, show_default=True, help="The site’s name.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="mkdocs", show_default=True, help="What builds it.")
@click.option("--example/--no-example", default=True, help="Whether it has an example, which is published with it.")
def init(folder: Path, name: str, engine: str, example: bool) -> None:
    """Make a new site in FOLDER: configuration, home page and an example, ready to build.

    FOLDER is new or empty; nothing is ever overwritten. The example is published like any other briefing until its
    folder is deleted.
    """
    if not name.strip() or one_line(name) != name:
        raise click.UsageError("the name of a site is one line of words")
    schemas = {f"schemas/{name}": text.encode() for name, text in resources.schemas().items()}
    try:
        needed = own_requirement()
    except NotInstalledError as error:
        raise click.ClickException(str(error)) from error
    project = resources.project(" ".join(name.split()), engine)
    files = {**(project if example else without_example(project)), **schemas, **needed.files}
    other = "" if engine == "mkdocs" else f"{ENGINES[engine].requirement}\n"
    files["requirements.txt"] = f"{needed.line}\n{other}".encode()
    _write_folder(folder, files)
    shown = one_line(str(folder))
    click.echo(f"A new site is in {shown}. Next steps:\n")
    click.echo(f"  cd {shown}\n  briefing serve                           # see the site in a browser")
    click.echo("  briefing new my-slug --from page.html    # make a briefing of your own\n")
    if example:
        click.echo(f"The example is published with the site until you delete its folder, docs/{EXAMPLE}.")
    where = ENGINES[engine].configurations[0]
    if name == resources.SITE_NAME:
        click.echo(
            f"The site is called “{name}” and has no address yet: write yours in {where}, as site_name and site_url."
        )
    else:
        click.echo(f"The site has no address yet: write it in {where}, as site_url.")
    click.echo("Say there who makes the site, too, as site_author: its home page names them.")
    click.echo(f"Its requirements.txt installs the program from {needed.origin}.")


def _write_folder(folder: Path, files: Mapping[str, bytes], *, inside: Path | None = None, marker: str = "") -> None:
    """Write a folder or nothing; a ClickException says why nothing."""
    try:
        write_folder(folder.absolute(), files, inside=inside, marker=marker)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {report.reason_of(error)}") from error


# --- new --------------------------------------------------------------------------------------------------------

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
PEOPLE = "people.yml"
SHOWN = 12
"""TODOs that are printed; the check prints all."""


@click.command
@click.argument("slug")
@click.option(
    "--from",
    "file",
    cls=NeededOption,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The document: .html (a saved page), .txt, .md, .docx, .pdf, .vtt or .srt.",
)
@click.option("--language", default="", metavar="TAG", help="What you write in, as de; else the site’s language.")
@click.option("--retrieved", default="", metavar="DATE", help="When the document was fetched, as 2025-11-07.")
def new(slug: str, file: Path, language: str, retrieved: str) -> None:
    """Make the briefing SLUG from a saved page or another document.

    The original is kept unchanged, with its hash; the text, the readers’ comments and what the document says about
    itself are written as files that pass the check. What is uncertain becomes a TODO that the check points to. SLUG is
    the name of the new folder in docs/briefings, or its path below docs.
    """
    here = Path.cwd()
    docs = next((docs for folder in (here, *here.parents) if (docs := project_docs(folder))), None)
    if docs is None:
        raise click.UsageError("there is no mkdocs.yml here or above; `briefing init` makes a site")
    path = slug.strip("/")
    if not SLUG.fullmatch(path):
        raise click.UsageError(f"“{slug}” cannot be an address: use lower-case letters a–z, digits and hyphens")
    path = path if "/" in path else f"briefings/{path}"
    if reason := wrong_folder(path):
        raise click.UsageError(f"a folder cannot be called so: {reason}")
    if retrieved and (wrong := wrong_date(retrieved)):
        raise click.UsageError(f"--retrieved: {wrong[0]}; {wrong[1]}")
    folder = docs / path
    if is_taken(folder) or as_one_folder(path) in map(as_one_folder, load.find_briefings(docs)):
        raise click.ClickException(f"{folder} is there already; choose another name")
    data, drafted = _read_document(file)
    schemas = docs.parent / "schemas"
    people, before = _register_of(docs, drafted)
    made = draft_files(
        drafted,
        data,
        file.suffix.lower(),
        today=date.today().isoformat(),
        retrieved=retrieved,
        people=people.ids,
        folder=folder,
        schemas=schemas if (schemas / "briefing.schema.json").is_file() else None,
        language=language or site_language(docs),
    )
    if len(made.get("comments.yml", b"")) > COMMENTS_LIMIT:
        many = f"its {len(drafted.comments):,} comments are more than a comments.yml can hold"
        what = f"{many} ({COMMENTS_LIMIT // 1_000_000} MB); save the page with fewer of them"
        raise click.ClickException(f"{file} cannot be made a briefing: {what}")
    _write_draft(docs, {folder / name: content for name, content in made.items()}, people.text, before)
    _print_draft(drafted, docs, path, _hide_full_names(docs, path))


def _register_of(docs: Path, drafted: Draft) -> tuple[Register, str | None]:
    """Return people.yml with those who speak in a draft, and its text as it was read; None where there is none."""
    files = read_files(docs, "", (PEOPLE,))
    read = load.parse_people(files)
    known = {person.name.lower(): person.id for person in read.people.values()}
    present = read.files.get(PEOPLE)
    if files.has(PEOPLE) and present is None:
        return Register(known, ""), ""  # it cannot be read, and the check says so
    register = with_speakers(drafted.speakers.values(), known, present or TextFile(PEOPLE, ""))
    return register, present.text if present else None


def _write_draft(docs: Path, made: Mapping[Path, bytes], people: str, before: str | None) -> None:
    """Write the files of a new briefing, and people.yml where somebody was added: all or none."""
    contents: dict[Path, Content | None] = {**made}
    was: dict[Path, Content | None] = dict.fromkeys(made)
    if people != (before or ""):
        contents[docs / PEOPLE] = people
    if people:  # its ids are in the new files, so nobody may have renamed one meanwhile
        was[docs / PEOPLE] = before
    try:
        write_all(contents, was=was, inside=docs)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {report.reason_of(error)}") from error


def _hide_full_names(docs: Path, path: str) -> list[str]:
    """Have comments not show the full names of other commenters, and return these; what may be a word is left to the
    check."""
    opened = OpenBriefings(docs).open(path)
    if opened.checked.briefing is None:
        return []
    full = {" ".join(each.author.split()) for each in opened.checked.briefing.comments}
    found = dict.fromkeys(one.passage for one in opened.checked.problems if one.code == HIDDEN and one.passage in full)
    names = [name for name in found if " " in name and all(word[0].isupper() for word in name.split())]
    editor = ThemeEditor(opened)
    for name in names:
        editor.hide_name(name)
    if names:
        write(editor.tried())
    return names


def _read_document(file: Path) -> tuple[bytes, Draft]:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(report.reason_of(error, file)) from error
    try:
        return data, ingest.draft(data, file.name)
    except UnknownReader as error:
        raise click.ClickException(str(error)) from error
    except (UnreadableDocument, NoArticleError) as error:
        raise click.ClickException(f"{file} cannot be made a briefing: {error}") from error


def _print_set_aside(comments: Sequence[DraftComment]) -> None:
    """Print which comments are set aside by what the page says of them."""
    if moderated := sum(is_moderated(comment.text) for comment in comments):
        click.echo(f"{report.count_of(moderated, 'comment')} set aside: removed by moderators, as the page says")
    for number, comment in enumerate(comments, 1):
        if comment.newsroom and not is_moderated(comment.text):
            click.echo(f"Comment c{number} set aside: “{comment.newsroom}” wrote it, as the page says")


def _print_draft(drafted: Draft, docs: Path, path: str, hidden: Sequence[str]) -> None:
    """Print what was made, and what is left to do; `hidden` are names that comments do not show."""
    prefix = prefix_of(docs)
    comments = f", {report.count_of(len(drafted.comments), 'comment')}" if drafted.comments else ""
    click.echo(f"{prefix}{path}: {report.count_of(len(drafted.paragraphs), 'paragraph')}{comments}")
    _print_set_aside(drafted.comments)
    for name in hidden:
        click.echo(f"Comments show “[name]” for “{name}”, who wrote one (`hide_names` in comments.yml)")
    if drafted.encoding:
        click.echo(f"It was read as {drafted.encoding}, which is a guess: check the letters with accents.")
    checked = checking.check_alone(docs, path)
    located = [(problem, checked.files, prefix) for problem in checked.problems]
    todos = [found for found in located if is_todo(found)]
    for found in (found for found in located if not is_todo(found)):
        click.echo("\n" + report.as_text(*found, colour=colour()))
    if todos:
        click.echo("\nStill to fill in (`briefing check` points to each):")
    for found in todos[:SHOWN]:
        click.echo(f"  {todo_line(found)}")
    if len(todos) > SHOWN:
        click.echo(f"  and {len(todos) - SHOWN} more")


# --- export -----------------------------------------------------------------------------------------------------


@click.command
@click.argument("target", metavar="FOLDER|FILE", type=click.Path(path_type=Path))
@click.option("-f", "--config-file", type=click.Path(exists=True, dir_okay=False), help="The site’s configuration.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["markdown", *COPIES, "review"]),
    default="markdown",
    show_default=True,
    help="The site as plain Markdown, one briefing to read, or one with its drafts for a colleague’s remarks.",
)
@click.option("--browser", default="", metavar="PROGRAM", help="The Chromium or Chrome that prints a PDF.")
@in_briefing
def export(target: Path, config_file: str | None, style: str, browser: str, path: str | None) -> None:
    """Write the site to FOLDER as plain Markdown with a plain mkdocs.yml that builds without this program.

    With --format html, epub or pdf, write one briefing, as it is published, to FILE, which is read without a network.

    With --format review, write one briefing to FILE, an HTML page with its drafts, in which a colleague writes remarks
    without a network; `briefing import review` takes in what comes back.
    """
    if style in COPIES:
        from briefing.cli.copies import export_copy

        return export_copy(target, style, config_file, path, browser)
    if browser:
        raise click.UsageError("--browser goes with --format pdf")
    if style == "review":
        from briefing.cli.review_files import export_review

        if config_file:
            raise click.UsageError("-f is about the whole site; with --format review, name a briefing with -b")
        return export_review(target, path)
    if path:
        raise click.UsageError("the whole site is written as Markdown; -b goes with the other formats")
    return _export_site(target, config_file)


def _read_for_export(config_file: str | None) -> SiteInput:
    # here, since the other commands need no MkDocs, which takes its time to import
    from briefing.mkdocs.site_input import ConfigurationUnusableError, site_input
    from briefing.zensical.site import read_zensical_site

    file = Path(config_file) if config_file else find_configuration(None, Path.cwd())
    try:
        return read_zensical_site(file) if file and file.suffix == ".toml" else site_input(str(file) if file else None)
    except ConfigurationUnusableError as error:
        raise click.UsageError(" ".join(str(error).split())) from error


def _export_site(folder: Path, config_file: str | None) -> None:
    """Write a site as plain Markdown; ends the command with 1 where it has errors."""
    site = _read_for_export(config_file)
    published = site.published
    located = list(published.located())
    for problem, files in located:
        print_problems([problem], files, site.prefix)
    if published.broken:
        problems = [problem for problem, _ in located]
        click.echo(report.summary(problems, len(published.briefings.briefings)), err=True)
        if not site.keeps_going:
            sys.exit(1)
    overrides = sorted(path for path in site.overrides.rglob("*") if path.is_file()) if site.overrides else []
    exported = plain_site(
        site.settings,
        site.files,
        published.pages,
        published.attachments,
        assets(),
        {path.relative_to(site.overrides).as_posix(): path.read_bytes() for path in overrides if site.overrides},
        published.site.navigation,
    )
    _write_folder(folder, exported.files, marker=MARKER)
    for name in exported.dropped:
        click.echo(f"not exported: {name}", err=True)
    click.echo(
        f"{one_line(str(folder))}: {len(published.pages)} pages of briefings, {len(exported.files)} files in all"
    )
    if published.broken:
        sys.exit(1)
