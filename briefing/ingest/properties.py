"""What Word and PDF documents say about themselves, in fields that hardly anybody looks at.

Templates, printers and former versions leave their own words there. A title that stands at the beginning of the text
is believed; everything else is a TODO that says what was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.ingest.dates import day
from briefing.ingest.draft import TODO, Metadata, visible
from briefing.language.rules import language

BEGINNING = 5
"""Paragraphs among which a title stands."""
PROGRAM = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - .*|(?:untitled|document\d*|dokument\d*)|.*\.(?:docx?|indd|tex|odt))$",
    re.IGNORECASE,
)
"""Titles that a program gave."""


def as_metadata(said: Mapping[str, str], paragraphs: Sequence[str]) -> Metadata:
    """Properties as fields of a source, most of them as TODOs."""
    title, author = visible(said.get("title", "")), visible(said.get("author", ""))
    title = "" if PROGRAM.match(title) else title
    sure = title.lower() in {paragraph.lower() for paragraph in paragraphs[:BEGINNING]}
    made = day(said.get("published", ""), language("und"))
    return Metadata(
        title=title if sure or not title else f"{TODO}: the document’s properties say “{title}”; is this its headline?",
        author=f"{TODO}: the document’s properties say “{author}”; who wrote it?" if author else "",
        published=f"{TODO}: the document was made on {made}; when was it published?" if made else "",
    )
