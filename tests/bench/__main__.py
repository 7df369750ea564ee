"""`make bench`: what the briefing step costs beside MkDocs' own build of the very same pages.

CPU seconds of this process, both sides in one run, so that only their ratio matters. For each number of briefings the
pages are made by our stages, written as plain Markdown, and built by MkDocs without the plugin. What the pages across
briefings cost is a part of “pages” and of “ours”, measured by itself. Other sizes may be given:
`python -m tests.bench 50`.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing import render
from briefing.authoring.edit.files import write_folder
from briefing.exports import plain_site
from briefing.pipeline import publish
from briefing.pipeline.site_build import Site
from tests.generate import write_comments, write_library
from tests.sites import rendered_site, templates

SIZES = (1, 10, 200)
"""Two hundred is a newsroom's library; the whole run takes about two minutes of CPU."""
COMMENTS = ((1_000, 20), (10_000, 200))
"""Comments and themes of one briefing."""
SETTINGS = {"site_name": "Bench", "theme": {"name": "material", "font": False}, "plugins": ["search"]}
IMPORTS = "import time; a = time.process_time(); import {}; print(time.process_time() - a)"


def main() -> None:
    """Print one line for each size, and the imports on a line of their own."""
    logging.disable(logging.WARNING)
    print("briefings  pages  load+anchor+check    pages  of them across     ours   mkdocs  ours/mkdocs")
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), size), flush=True)
    print("comments  themes  load+anchor+check    pages  first page  largest   mkdocs  seconds of CPU; one briefing")
    for comments, themes in COMMENTS:
        with tempfile.TemporaryDirectory() as folder:
            print(measure_comments(Path(folder), comments, themes), flush=True)
    ours = imports("briefing.mkdocs.plugin, briefing.pipeline.publish")
    mkdocs = imports("mkdocs.commands.build, material")
    print(f"imports: ours with mkdocs {ours:.2f} s, mkdocs alone {mkdocs:.2f} s of CPU")


def measure(folder: Path, size: int) -> str:
    """One size: our stages, then MkDocs on what they made."""
    write_library(folder / "docs", size)
    start = time.process_time()
    library = publish.check_library(folder / "docs")
    checked = time.process_time()
    site = rendered_site(folder / "docs")
    made = time.process_time() - (checked - start)  # which checked them once more
    again = time.process_time()
    across = render.across(site.collection, site.routes, templates().environment(), "en")
    shown = f"{time.process_time() - again:.2f}s ({len(across)})"
    assert not library.broken, [problem for problem, _ in library.located()][:3]
    theirs, ours = built_plainly(folder, site), made - start
    stages = f"{checked - start:>17.2f}s {made - checked:>7.2f}s {shown:>15}"
    return f"{size:>9} {len(site.pages):>6} {stages} {ours:>7.2f}s {theirs:>7.2f}s {ours / theirs:>11.1%}"


def measure_comments(folder: Path, comments: int, themes: int) -> str:
    """One briefing with many comments: our stages, then MkDocs on the pages that they made."""
    write_library(folder / "docs", 1)
    write_comments(folder / "docs/briefings/b0000", comments, themes)
    start = time.process_time()
    library = publish.check_library(folder / "docs")
    checked = time.process_time()
    site = rendered_site(folder / "docs")
    made = time.process_time() - (checked - start)  # which checked it once more
    assert not library.broken, [problem for problem, _ in library.located()][:3]
    sizes = {page.path: len(page.markdown.encode()) / 1000 for page in site.pages}
    first = sizes["briefings/b0000/comments.md"]
    theirs = built_plainly(folder, site)
    stages = f"{checked - start:>17.2f}s {made - checked:>7.2f}s"
    return f"{comments:>8} {themes:>7} {stages} {first:>8.0f} KB {max(sizes.values()):>5.0f} KB {theirs:>7.2f}s"


def built_plainly(folder: Path, site: Site) -> float:
    """CPU seconds that MkDocs takes for the pages without the plugin."""
    home = {"index.md": b"# Home\n"}
    write_folder(folder / "plain", plain_site(SETTINGS, home, site.pages, site.attachments, {}, {}).files)
    config = load_config(str(folder / "plain/mkdocs.yml"))
    before = time.process_time()
    mkdocs_build(config)
    return time.process_time() - before


def imports(names: str) -> float:
    """CPU seconds that a fresh interpreter takes to import."""
    answer = subprocess.run([sys.executable, "-c", IMPORTS.format(names)], capture_output=True, text=True, check=True)
    return float(answer.stdout)


if __name__ == "__main__":
    main()
