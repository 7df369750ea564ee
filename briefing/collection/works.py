"""Which briefings rest on which documents, their own sources among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from briefing.collection.records import Work, WorkUse, alphabetical
from briefing.model import Briefing, Reference, Source

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")
"""Parameters that say where a reader came from, and nothing of the document."""


def works(briefings: Sequence[Briefing]) -> tuple[Work, ...]:
    """All works by publisher and title, those without a publisher last; `briefings` are the newest first.

    Two entries are one work if their addresses are the same (`same_address`); where there is none, if their titles and
    publishers are, but for letter case and white space. What has neither address nor title is no work.
    """
    found: dict[tuple[str, ...], dict[str, tuple[WorkUse, Reference | Source]]] = {}
    for briefing in briefings:
        for use, given in _uses(briefing):
            if key := _key(given):
                found.setdefault(key, {}).setdefault(briefing.path, (use, given))
    return tuple(sorted((_work(list(uses.values())) for uses in found.values()), key=_order))


def same_address(url: str) -> str:
    """What two addresses of one document have in common: not the scheme, “www.”, a slash at the end, the fragment,
    the order of parameters, or where a reader came from."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(kept)}".rstrip("?")


def _uses(briefing: Briefing) -> Iterator[tuple[WorkUse, Reference | Source]]:
    yield WorkUse(briefing, None), briefing.source
    yield from ((WorkUse(briefing, reference), reference) for reference in briefing.references)


def _key(given: Reference | Source) -> tuple[str, ...]:
    if given.url:
        return (same_address(given.url),)
    title = " ".join(given.title.casefold().split())
    return (title, " ".join(given.publisher.casefold().split())) if title else ()


def _work(uses: Sequence[tuple[WorkUse, Reference | Source]]) -> Work:
    """Described as the newest use does, and where that is silent as an older one."""

    def first(name: str) -> str:
        return next((str(value) for _, given in uses if (value := getattr(given, name))), "")

    return Work(
        title=first("title"),
        publisher=first("publisher"),
        url=first("url"),
        published=first("published"),
        uses=tuple(use for use, _ in uses),
    )


def _order(work: Work) -> tuple[bool, tuple[str, str], tuple[str, str], str]:
    return not work.publisher, alphabetical(work.publisher), alphabetical(work.title), work.url
