"""The list of all briefings for programs that read text: `llms.txt` (https://llmstxt.org) at the top of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from briefing.model import Attachment, Briefing
from briefing.model.publication import Publication
from briefing.render.escape import in_text
from briefing.render.messages import messages
from briefing.render.names import TEXT
from briefing.render.statements import shorten
from briefing.render.summary_counts import description

LENGTH = 200
"""Characters of what a briefing is about."""


def list_for_programs(briefings: Iterable[Briefing], site: Publication) -> Attachment:
    """Return the list, the newest briefing first."""
    newest = sorted(briefings, key=lambda one: (one.date, one.path), reverse=True)
    say = messages(site.language)
    head = (f"# {in_text(site.name)}", f"> {say('llms.about')}", f"## {say('llms.briefings')}")
    return Attachment(TEXT, ("\n\n".join((*head, "\n".join(_lines(newest, site)))) + "\n").encode())


def _lines(briefings: Iterable[Briefing], site: Publication) -> Iterator[str]:
    root = site.root if site.complete else ""
    for briefing in briefings:
        about = shorten(description(briefing, messages(briefing.language)), LENGTH)
        link = f"[{in_text(briefing.title)}]({root}{quote(briefing.path)}/{TEXT})"
        yield f"- {link}{f': {in_text(about)}' if about else ''}"
