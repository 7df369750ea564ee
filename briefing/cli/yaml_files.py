"""`briefing fmt`, `briefing merge` and `briefing schema`: format, merge and explain the YAML files."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from briefing import resources
from briefing.authoring import edit
from briefing.authoring.edit.entries import with_modeline
from briefing.authoring.edit.files import Content, temporary, write_all
from briefing.authoring.yaml_files import merged, ordered, wrapped
from briefing.cli.arguments import chosen, in_briefings, prefix_of, settle
from briefing.load.project import docs_folder
from briefing.model.places import TextFile, one_line
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.pipeline.checking import check_alone, check_library
from briefing.report import count_of, reason_of

# --- fmt --------------------------------------------------------------------------------------------------------


@click.command
@in_briefings
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
def fmt(paths: tuple[str, ...], only_check: bool) -> None:
    """Format the YAML files of briefings: annotations in the order of the source, prose wrapped.

    Comments stay with what they are above. Without -b, all briefings of the site in this folder are meant.
    """
    changed = 0
    for docs, briefings in chosen(paths):
        settle(docs)
        for each in briefings:
            changed += _format_briefing(docs, check_alone(docs, each), only_check)
    if only_check and changed:
        click.echo(f"{count_of(changed, 'file')} would change; `briefing fmt` formats them", err=True)
        sys.exit(1)


def _format_briefing(docs: Path, checked: BriefingBuild, only_check: bool) -> int:
    """Format the files of one briefing, all or none; return how many change."""
    was: dict[Path, str] = {}
    contents: dict[Path, str] = {}
    for name in (name for name in checked.names if name.endswith(".yml") and name in checked.files):
        file = checked.files[name]
        try:
            fresh = wrapped(ordered(file, checked.briefing) if checked.briefing else file)
        except edit.EditError as error:
            click.echo(f"not changed: {error}", err=True)
            continue
        if fresh.text != file.text:
            was[docs / name], contents[docs / name] = file.text, fresh.text
            click.echo(f"{'would change' if only_check else 'formatted'} {prefix_of(docs)}{name}")
    if not only_check:
        _write(contents, was, docs)
    return len(contents)


# --- merge ------------------------------------------------------------------------------------------------------

ATTRIBUTES = ("**/annotations/*.yml", "**/comments.yml", "**/references.yml")
"""The files that are lists of entries with ids."""


@click.command
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS]", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--install", is_flag=True, help="Tell the Git repository in this folder to merge such files so.")
def merge(files: tuple[Path, ...], install: bool) -> None:
    """Merge what two people did to one YAML file: entries that either adds are kept, wherever they are.

    Git calls it with three files and uses OURS as the result. Where both changed the same entry, OURS has Git's
    marks of a conflict, and the command exits with 1.
    """
    if install and not files:
        _install_driver()
    elif len(files) == 3 and not install:
        sys.exit(0 if _merge_files(files) else 1)
    else:
        raise click.UsageError("give the three files BASE OURS THEIRS, as Git does, or --install alone")


def _merge_files(files: tuple[Path, ...]) -> bool:
    """Write what is merged of base, ours and theirs into ours; return whether there was no conflict."""
    base, ours, theirs = files
    try:
        read = [path.read_bytes() for path in (base, ours, theirs)]
        versions = [TextFile(path.name, data.decode("utf-8")) for path, data in zip(files, read, strict=True)]
        text = merged(versions[0], versions[1], versions[2], by_lines)
    except UnicodeDecodeError:
        text = None
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be read: {error.strerror}") from error
    done = None if text is not None else _merge_lines(read[1], read[0], read[2])
    if done and not 0 <= done.returncode < 128:
        raise click.ClickException(f"Git cannot merge them: {done.stderr.decode('utf-8', 'replace').strip()}")
    _write({ours: done.stdout if done else str(text)}, {ours: read[1]}, _folder_of(ours))
    return done is None or done.returncode == 0


def _folder_of(file: Path) -> Path:
    """Return the folder that commands lock which write in a file: its site's docs folder, or else its own."""
    docs, own = docs_folder(file), file.absolute().parent
    return docs if docs in (own.resolve(), *own.resolve().parents) else own


def _write(contents: Mapping[Path, Content], was: Mapping[Path, Content | None], inside: Path) -> None:
    """Write all files or none; a ClickException says why none."""
    try:
        write_all(contents, was=was, inside=inside)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error


def by_lines(ours: str, base: str, theirs: str) -> str | None:
    """Return three texts merged as Git merges lines; None where that is a conflict."""
    done = _merge_lines(ours.encode(), base.encode(), theirs.encode())
    return done.stdout.decode() if done.returncode == 0 else None


def _merge_lines(ours: bytes, base: bytes, theirs: bytes) -> subprocess.CompletedProcess[bytes]:
    names = ("ours", "base", "theirs")
    with temporary(dict(zip(names, (ours, base, theirs), strict=True))) as folder:
        labels = [word for name in names for word in ("-L", name)]
        return _run_git("merge-file", "-p", "-q", *labels, *(str(folder / name) for name in names))


def _install_driver() -> None:
    """Write the driver into the configuration of this clone, and its files into .gitattributes, which all share."""
    top = _run_git("rev-parse", "--show-toplevel")
    if top.returncode:
        raise click.ClickException("this folder is not in a Git repository")
    attributes = Path(top.stdout.decode().strip()) / ".gitattributes"
    was = attributes.read_bytes() if attributes.is_file() else b""
    lines = was.decode("utf-8", "replace").splitlines()
    missing = [line for pattern in ATTRIBUTES if (line := f"{pattern} merge=briefing") not in lines]
    command = f"{shlex.quote(sys.executable)} -m briefing merge %O %A %B"
    for key, value in (("name", "Entries of briefings"), ("driver", command)):
        done = _run_git("config", f"merge.briefing.{key}", value)
        if done.returncode:
            raise click.ClickException(done.stderr.decode("utf-8", "replace").strip())
    if missing:
        start = was + (b"" if not was or was.endswith(b"\n") else b"\n")
        fresh = start + "".join(f"{line}\n" for line in missing).encode()
        _write({attributes: fresh}, {attributes: was if attributes.is_file() else None}, attributes.parent)
    click.echo("Git merges annotations, comments and references entry by entry in this clone")


def _run_git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise click.ClickException(f"Git cannot be run: {error}") from error


# --- schema -----------------------------------------------------------------------------------------------------


@click.command
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--wire", is_flag=True, help="Also name the schema in the first line of every YAML file of this site.")
def schema(folder: Path, wire: bool) -> None:
    """Write the JSON Schemas of all YAML files into FOLDER.

    An editor with the YAML language server then completes fields, explains them and marks mistakes in every file
    whose first line names its schema, as new files do.
    """
    written = {folder / name: text.encode() for name, text in resources.schemas().items()}
    wired = 0
    for docs, briefings in chosen(()) if wire else ():
        settle(docs)
        library = check_library(docs, briefings)
        files = {**library.files, **{name: file for each in library.briefings for name, file in each.files.items()}}
        paths = {Path(prefix_of(docs) + name): file.text for name, file in files.items()}
        texts = {path: with_modeline(text, path, folder) for path, text in paths.items()}
        texts = {path: text for path, text in texts.items() if text != paths[path]}
        _write(texts, {path: paths[path] for path in texts}, docs)
        wired += len(texts)
    _write(written, {}, folder)
    click.echo(
        f"{one_line(str(folder))}: {len(written)} schemas" + (f", {count_of(wired, 'file')} wired" if wire else "")
    )
