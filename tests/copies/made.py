"""The copies of the briefings that tests have, as a site makes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.model import Attachment, Briefing
from briefing.model.publication import Publication
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.checking import check_library
from tests.conftest import CASES
from tests.sites import GOOD, templates

ROOT = Path(__file__).parents[2]
SITE = Publication("News & “notes”", "https://news.example/b/", "The desk", "en", True)
DOCS = {"good": GOOD, "languages": CASES / "languages/docs", "reported": CASES / "reported/docs", "real": ROOT / "docs"}


def copied(
    docs: Path, formats: tuple[str, ...] = ("html",), site: Publication = SITE, paths: tuple[str, ...] | None = None
) -> list[tuple[Briefing, dict[str, bytes]]]:
    """Return the briefings below a docs folder that are published, with their copies by format."""
    builds = check_library(docs, paths, PageSettings(templates(), publication=site, copies=formats))
    return [(build.facts, _copies(build.attachments)) for build in builds.briefings if build.facts]


@cache
def copies_of(name: str) -> list[tuple[Briefing, dict[str, bytes]]]:
    """Return those of a docs folder in DOCS, in all formats that are made without a browser."""
    return copied(DOCS[name], ("html", "epub"))


def _copies(files: tuple[Attachment, ...]) -> dict[str, bytes]:
    return {file.path.rpartition(".")[2]: file.content for file in files if "/copy." in file.path}
