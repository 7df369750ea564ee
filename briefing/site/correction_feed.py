"""The feed of corrections: what readers of any briefing of the site are shown differently than before, and why."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from briefing.model import Briefing
from briefing.model.publication import Publication
from briefing.render.corrections import ToldChange, ToldCorrection, field_name, title, told_corrections
from briefing.render.index import Index, index
from briefing.render.messages import Messages, messages
from briefing.render.names import CORRECTION_FRAGMENT
from briefing.render.record_view import PAGES
from briefing.site.feeds import LENGTH, FeedChannel, FeedItem, feed_files

CORRECTIONS = "feeds/corrections"
"""The feed’s files without their endings."""


def correction_channel(briefings: Sequence[Briefing], site: Publication) -> Iterator[FeedChannel]:
    """Yield the feed of all corrections, the latest first; none where there are none, or the site has no address."""
    items = [item for each in briefings if each.corrections or each.withdrawn for item in _items(each, site)]
    if items and site.complete:
        latest = sorted(items, key=lambda item: (item.date, item.id), reverse=True)[:LENGTH]
        named = messages(site.language)("corrections.feed", site=site.name)
        paths = f"{CORRECTIONS}.xml", f"{CORRECTIONS}.json"
        yield FeedChannel(CORRECTIONS, named, feed_files(latest, site, named, paths, ""))


def _items(briefing: Briefing, site: Publication) -> Iterator[FeedItem]:
    say, entries = messages(briefing.language), index(briefing)
    for one in told_corrections(briefing):
        words = title(one, say)
        shown = "".join(_changes(one, entries, say))
        withheld = f"<p>{html.escape(one.withheld)}</p>" if one.withheld else ""
        content = f"<p>{html.escape(words)}</p><ul>{shown}</ul>{withheld}"
        fragment = CORRECTION_FRAGMENT.format(one.number)
        yield _item(briefing, site, one.date, f"correction-{one.number}", f"method.md#{fragment}", (words, content))
    for entry in (one for one in briefing.withdrawn if one.date):
        words = say("withdrawn.item", date=say.date(entry.date), reason=entry.reason)
        address = f"{PAGES[entry.origin]}.md#{entry.id}"
        yield _item(
            briefing, site, entry.date, f"withdrawn-{entry.id}", address, (words, f"<p>{html.escape(words)}</p>")
        )


def _item(briefing: Briefing, site: Publication, date: str, name: str, address: str, told: tuple[str, str]) -> FeedItem:
    first = briefing.aliases[0] if briefing.aliases else briefing.path
    return FeedItem(
        id=f"tag:{urlsplit(site.url).hostname},{date}:{quote(first)}:{name}",
        url=site.page(address, site.folder(briefing.path)),
        title=briefing.title,
        summary=told[0],
        content=told[1],
        date=f"{date}T00:00:00Z",
        authors=briefing.authors,
        tags=(),
        language=briefing.language,
    )


def _changes(one: ToldCorrection, entries: Index, say: Messages) -> Iterator[str]:
    for change in one.changes:
        words = "".join(
            f" <{tag}>{html.escape(text)}</{tag}>"
            for tag, text in (("del", change.before), ("ins", change.after))
            if text
        )
        hidden = f" {html.escape(change.hidden)}" if change.hidden else ""
        yield f"<li>{html.escape(_about(change, entries, say))}:{words}{hidden}</li>"


def _about(change: ToldChange, entries: Index, say: Messages) -> str:
    entry = entries.get(change.id)
    about = say("corrections.whole") if not change.id else entry.name if entry else change.id
    return say("corrections.change", about=about, field=field_name(change, say))
