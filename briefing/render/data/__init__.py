"""What readers can download beside the pages: every record as data, in the formats that others' programs read.

`tables` makes data.json, the CSV files and the package that describes them, `web_annotations` the annotations for
annotation programs; `crate` describes all of them and the pages. They are made once for a briefing and kept with its
pages.
"""

from __future__ import annotations

from briefing.model import Attachment, Briefing
from briefing.render.addresses import PageAddresses
from briefing.render.data.tables import table_files
from briefing.render.data.web_annotations import web_annotations


def data_files(briefing: Briefing, addresses: PageAddresses) -> tuple[Attachment, ...]:
    """Return the files of a briefing in the order in which pages name them; one that would be empty does not exist."""
    made = briefing.derive(_made)
    if addresses not in made:
        made[addresses] = (
            *table_files(briefing, addresses),
            *web_annotations(briefing, addresses),
        )
    return made[addresses]


def _made(briefing: Briefing) -> dict[PageAddresses, tuple[Attachment, ...]]:
    """What has been made so far: a page has the sizes of the files."""
    return {}
