"""`briefing merge`: what Git calls to merge two versions of a YAML file, entry by entry."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from briefing.authoring import edit
from briefing.authoring.merge import merged
from briefing.model.places import TextFile

ATTRIBUTES = ("**/annotations/*.yml", "**/comments.yml", "**/references.yml")
"""The files that are lists of entries with ids."""


@click.command()
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS]", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--install", is_flag=True, help="Tell the Git repository in this folder to merge such files so.")
def merge(files: tuple[Path, ...], install: bool) -> None:
    """Merge what two people did to one YAML file: entries that either adds come along, wherever they stand.

    Git calls it with three files and takes OURS as the result. Where both changed the same entry, OURS has Git's
    marks of a conflict, and the command exits with 1.
    """
    if install and not files:
        _install()
    elif len(files) == 3 and not install:
        base, ours, theirs = files
        sys.exit(0 if _merged(base, ours, theirs) else 1)
    else:
        raise click.UsageError("give the three files BASE OURS THEIRS, as Git does, or --install alone")


def _merged(base: Path, ours: Path, theirs: Path) -> bool:
    """Write what is merged into `ours`; without conflict or not."""
    try:
        versions = [TextFile(path.name, path.read_bytes().decode("utf-8")) for path in (base, ours, theirs)]
    except UnicodeDecodeError:
        text = None
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be read: {error.strerror}") from error
    else:
        text = merged(versions[0], versions[1], versions[2], by_lines)
    if text is not None:
        edit.write(ours, text.encode())
        return True
    return (
        _git("merge-file", "-L", "ours", "-L", "base", "-L", "theirs", *map(str, (ours, base, theirs))).returncode == 0
    )


def by_lines(ours: str, base: str, theirs: str) -> str | None:
    """Three texts merged as Git merges lines; None where that is a conflict."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode())
        done = _git("merge-file", "-p", "-q", *map(str, paths))
    return done.stdout.decode() if done.returncode == 0 else None


def _install() -> None:
    """The driver into the configuration of this clone, the files it is for into .gitattributes, which all share."""
    top = _git("rev-parse", "--show-toplevel")
    if top.returncode:
        raise click.ClickException("this folder is in no Git repository")
    attributes = Path(top.stdout.decode().strip()) / ".gitattributes"
    was = attributes.read_bytes() if attributes.is_file() else b""
    lines = was.decode("utf-8", "replace").splitlines()
    missing = [line for pattern in ATTRIBUTES if (line := f"{pattern} merge=briefing") not in lines]
    command = f"{shlex.quote(sys.executable)} -m briefing merge %O %A %B"
    for key, value in (("name", "Entries of briefings"), ("driver", command)):
        done = _git("config", f"merge.briefing.{key}", value)
        if done.returncode:
            raise click.ClickException(done.stderr.decode("utf-8", "replace").strip())
    if missing:
        start = was + (b"" if not was or was.endswith(b"\n") else b"\n")
        edit.write(attributes, start + "".join(f"{line}\n" for line in missing).encode())
    click.echo("Git merges annotations, comments and references entry by entry in this clone")


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise click.ClickException(f"Git cannot be run: {error}") from error
