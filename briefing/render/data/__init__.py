"""What readers can download beside the pages: every record as data, in the formats that others' programs read.

`tables` makes data.json, the CSV files and the package that describes them, `web_annotations` the annotations for
annotation programs; `crate` describes all of them and the pages. They are made once for a briefing and kept with its
pages.
"""

from __future__ import annotations

from briefing.model import Attachment, Briefing
from briefing.model.publication import Publication
from briefing.render.data.tables import table_files
from briefing.render.data.web_annotations import web_annotations


def data_files(briefing: Briefing, site: Publication) -> tuple[Attachment, ...]:
    """Return the files of a briefing in the order in which pages name them; one that would be empty does not exist."""
    made = briefing.derive(_made)
    if site not in made:
        made[site] = (
            *table_files(briefing, site),
            *web_annotations(briefing, site),
        )
    return made[site]


def _made(briefing: Briefing) -> dict[Publication, tuple[Attachment, ...]]:
    """What has been made so far: a page has the sizes of the files."""
    return {}
