"""A notice in place of a briefing that is broken, so that one does not hide all others (`on_error: notice`).

It says nothing of what the briefing holds: none of it is verified, and some of it may be a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment

from briefing.model import Attachment, Page
from briefing.model.publication import Publication
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.checking import BriefingBuilds
from briefing.render import NAMES, further
from briefing.render.embeds import unavailable
from briefing.render.messages import messages
from briefing.render.metadata import front_matter

_PUBLISHED = re.compile(r"""^status:[ \t]*["']?published\b""", re.M)


def notices(library: BriefingBuilds, templates: Environment, language: str) -> Iterator[Page]:
    """Yield all pages that each broken briefing could have, so that links to them lead somewhere."""
    say = messages(language)
    body = templates.get_template("notice.md.jinja").render(say=say)
    for checked in library.briefings:
        if checked.broken and _is_public(checked):
            more = further(checked.briefing) if checked.briefing else ()
            for name in (*NAMES, *more):
                head = front_matter(say("notice.title"), hide=("toc",))
                yield Page(f"{checked.path}/{name}.md", head + body, f"{checked.path}/briefing.yml")


def frames(library: BriefingBuilds, site: Publication) -> Iterator[Attachment]:
    """Yield what other sites show of each broken briefing that they embed."""
    say = messages(site.language)
    yield from (unavailable(one.path, site, say) for one in library.briefings if one.broken and _is_public(one))


def _is_public(checked: BuiltBriefing) -> bool:
    """Return whether a broken briefing says that it is published; if it cannot be read, by the text of its file."""
    if checked.outline.readable:
        return checked.outline.status == "published"
    main = checked.files.get(f"{checked.path}/briefing.yml")
    return bool(main and _PUBLISHED.search(main.text))
