"""What the pages of a briefing and the files beside them can be called, known without making any."""

from __future__ import annotations

from briefing.model.data_tables import DATA, DATA_PACKAGE, TABLES
from briefing.model.manifest import MANIFEST
from briefing.render.citation_formats import FORMATS

NAMES = ("index", "text", "quotes", "figures", "context", "comments", "method")
"""Every page that a briefing can have, in the order of its tabs."""
WEB_ANNOTATIONS = "annotations.jsonld"
CRATE = "ro-crate-metadata.json"
TEXT = "llms.txt"
"""A briefing as plain Markdown; at the top of a site the list of them."""
MARKDOWN = ".html.md"
"""What the file of a page ends in for the page as plain Markdown (https://llmstxt.org)."""


def markdown_of(page: str, directory_urls: bool) -> str:
    """Return the file that has a page of a briefing as plain Markdown, below the folder of the briefing."""
    if page == "index":
        return f"index{MARKDOWN}"
    return f"{page}/index{MARKDOWN}" if directory_urls else f"{page}{MARKDOWN}"


WORKS = "works.js"
"""The works that the pages of a briefing cite, for scripts."""
CITE, EMBED = "cite.html", "embed.html"
"""How the briefing and all in it is cited, and its cards for frames on other sites."""
COPIES = {"html": "copy.html", "epub": "copy.epub", "pdf": "copy.pdf"}
"""The briefing in one file, by format, in the order in which pages name them; only where a site wants them."""
FILES = (
    *(DATA, *(table.file for table in TABLES), DATA_PACKAGE, WEB_ANNOTATIONS, CRATE, TEXT),
    *(WORKS, CITE, EMBED, *FORMATS, MANIFEST),
    *COPIES.values(),
    *dict.fromkeys(markdown_of(page, directories) for page in NAMES for directories in (True, False)),
)
"""Every file that a briefing can have beside its pages."""
PLACES, PASSAGES = "places.js", "passages.js"
"""Files that only a briefing with a long text has beside them."""
CORRECTION_FRAGMENT = "_correction-{}"
"""Of a correction on the page on methods, by its number from 1: corrections are only ever added at the end."""
