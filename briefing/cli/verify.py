"""`briefing verify`: what is wrong with a published site, by its files alone."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.model.places import one_line
from briefing.report import count_of

if TYPE_CHECKING:
    from briefing.verify import Mismatch, Verification

SHOWN = 100
"""Findings that are printed; a site that is another one altogether has thousands."""
LONGEST = 300
"""Characters of words that are printed."""
UNUSABLE = 2


@click.command
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json has everything that was found and compared.",
)
def verify(site: Path, form: str) -> None:
    """Check a published site with nothing but its files.

    SITE is the folder of a built site, or a zip of it. Nothing was altered, every quotation is in the source at its
    place, every passage in quotation marks is accounted for, and counts are right: the exit code is 0. It is 1 where
    something is wrong, with the file, the element, what was expected and what was found, and 2 where nothing can be
    said, because the site has no manifest or one that this program cannot read.
    """
    from briefing.verify import SiteUnusableError
    from briefing.verify import verify as verify_site

    try:
        found = verify_site(site)
    except SiteUnusableError as error:
        if form == "json":
            click.echo(json.dumps({"verified": False, "unusable": one_line(str(error))}, ensure_ascii=False))
        else:
            click.echo(f"Not verified: {one_line(str(site))}: {one_line(str(error))}", err=True)
        sys.exit(UNUSABLE)
    if form == "json":
        click.echo(json.dumps({"verified": found.verified, **asdict(found)}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, site)))
    sys.exit(0 if found.verified else 1)


def _lines(found: Verification, site: Path) -> list[str]:
    lines = [line for finding in found.findings[:SHOWN] for line in (*_finding_lines(finding), "")]
    if len(found.findings) > SHOWN:
        lines.append(f"and {len(found.findings) - SHOWN:,} more; --format json has them all\n")
    if found.findings:
        number = len(found.findings)
        return [*lines, f"NOT VERIFIED: {number:,} {'difference' if number == 1 else 'differences'}."]
    return _summary(found, site)


def _finding_lines(finding: Mismatch) -> list[str]:
    where = ": ".join(filter(None, (finding.file, finding.element)))
    lines = [f"{one_line(where)}", f"  {finding.kind}: {one_line(finding.message)}"]
    lines += [f"  expected: {_cut(finding.expected)}"] if finding.expected else []
    return lines + ([f"  found:    {_cut(finding.found)}"] if finding.found else [])


def _cut(words: str) -> str:
    shown = one_line(words)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


_WHERE_LISTED = "`quoted` in the manifest.json of each briefing and in site-manifest.json"


def _summary(found: Verification, site: Path) -> list[str]:
    where = "its source, as far as that is published" if found.excerpts else "its source"
    lines = [
        f"Verified: {one_line(str(site))}, built by {one_line(found.program)}",
        f"  {found.files:,} files are as they were built",
        f"  {count_of(len(found.briefings), 'briefing')} with {count_of(found.annotations, 'annotation')}: each is in "
        f"{where}",
        f"  {found.slices:,} times words are shown from a place in a source or comment: each is that place’s",
        f"  {found.passages:,} passages in quotation marks: {found.passages - found.listed:,} in a source, comment or "
        f"excerpt, {found.listed:,} listed with a reason ({_WHERE_LISTED})",
        f"  {found.counts:,} counts are right",
    ]
    if found.excerpts:
        names = ", ".join(map(one_line, found.excerpts[:5])) + (" …" if len(found.excerpts) > 5 else "")
        lines.append(
            f"  Only excerpts are published of the source of {names}: the site agrees with itself; whether the "
            "excerpts are in the source, only the source can show."
        )
    return [
        *lines,
        "No signature is checked here: whoever can change all of a site can make another that verifies as well. "
        "The manual’s page “Check a published site” (docs/manual/verify.md, where the program comes from) says how to "
        "see who built it.",
    ]
