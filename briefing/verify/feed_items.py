"""Compares the items of feeds with their briefings: each is there, in both formats, and says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from msgspec import Struct

from briefing.anchor.quoting import letters
from briefing.model.manifest import BriefingManifest
from briefing.render.names import CORRECTION_FRAGMENT
from briefing.verify.briefing_data import Data, head_of
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts
from briefing.verify.site_files import SiteFiles

FOLDER = "feeds/"
MAIN, CORRECTIONS = "feeds/briefings", "feeds/corrections"
LENGTH = 30
"""Items of a feed at most."""
_ATOM = "{http://www.w3.org/2005/Atom}"


class ReadItem(Struct, frozen=True, kw_only=True):
    """An item as either format has it."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    day: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str


def check_feeds(site: SiteFiles, briefings: Mapping[str, KnownTexts], data: Mapping[str, Data]) -> Iterator[Mismatch]:
    """Yield items that are not there, lead to no briefing, or say something else than it."""
    stems = sorted({name.rpartition(".")[0] for name in site.sizes if name.startswith(FOLDER)})
    expected = [MAIN] if briefings else []
    expected += [CORRECTIONS] if any(_corrected(one.manifest) for one in briefings.values()) else []
    for stem in expected if stems else ():
        if stem not in stems:
            yield Mismatch("missing", f"{stem}.xml", "", "the site has other feeds, and not this one")
    for stem in stems:
        read = {}
        for name in (f"{stem}.json", f"{stem}.xml"):
            items = read_feed(name, site.read(name)) if name in site.sizes else None
            if items is not None:
                read[name] = items
                yield from _check_items(name, stem, items, briefings, data)
            elif name in site.sizes:
                yield Mismatch("altered", name, "", "it cannot be read as a feed")
            else:
                yield Mismatch("missing", name, "", "there is the feed in the other format")
        if len(read) == 2:
            (one, items), (other, others) = read.items()
            yield from _compared(one, items, other, others)


def read_feed(name: str, data: bytes) -> Sequence[ReadItem] | None:
    """Return the items of a feed; None where it is damaged."""
    try:
        return list(_of_json(data) if name.endswith(".json") else _of_atom(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, etree.XMLSyntaxError):
        return None


def _of_json(data: bytes) -> Iterator[ReadItem]:
    for item in json.loads(data)["items"]:
        names = tuple(str(one["name"]) for one in item.get("authors", ()))
        yield ReadItem(
            id=str(item["id"]),
            url=str(item["url"]),
            title=str(item["title"]),
            summary=str(item.get("summary", "")),
            content=str(item["content_html"]),
            day=str(item["date_published"])[:10],
            authors=names,
            tags=tuple(map(str, item.get("tags", ()))),
            language=str(item.get("language", "")),
        )


def _of_atom(data: bytes) -> Iterator[ReadItem]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.tag != f"{_ATOM}feed":
        raise ValueError("no feed")
    for entry in root.iter(f"{_ATOM}entry"):
        text = {one.tag.removeprefix(_ATOM): one.text or "" for one in entry if isinstance(one.tag, str)}
        link = next((one.get("href", "") for one in entry.iter(f"{_ATOM}link")), "")
        names = tuple(one.text or "" for one in entry.iter(f"{_ATOM}name"))
        tags = tuple(one.get("term", "") for one in entry.iter(f"{_ATOM}category"))
        yield ReadItem(
            id=text["id"],
            url=link,
            title=text["title"],
            summary=text.get("summary", ""),
            content=text["content"],
            day=text["published"][:10],
            authors=names,
            tags=tags,
            language=entry.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        )


def _compared(one: str, items: Sequence[ReadItem], other: str, others: Sequence[ReadItem]) -> Iterator[Mismatch]:
    """Yield the differences of both formats, said of both, since nobody knows which is right."""
    for index in range(max(len(items), len(others))):
        here, there = (each[index] if index < len(each) else None for each in (items, others))
        if here is None or there is None:
            name = one if here is None else other
            yield Mismatch("missing", name, f"item {index + 1}", "the other format has this item")
            continue
        for field in here.__struct_fields__:
            given, known = getattr(here, field), getattr(there, field)
            if given != known:
                message = f"its {field} is another one in the other format"
                yield Mismatch("text", one, f"item {index + 1}", message, str(known)[:300], str(given)[:300])
                yield Mismatch("text", other, f"item {index + 1}", message, str(given)[:300], str(known)[:300])


def _check_items(
    name: str, stem: str, items: Sequence[ReadItem], briefings: Mapping[str, KnownTexts], data: Mapping[str, Data]
) -> Iterator[Mismatch]:
    found = [(item, _briefing_of(item.url, briefings)) for item in items]
    for number, (item, path) in enumerate(found, 1):
        if path is None:
            yield Mismatch("added", name, f"item {number}", "it leads to no briefing of the site", "", item.url)
            continue
        facts = _facts_of_correction if stem == CORRECTIONS else _facts
        for field, known, given in facts(item, briefings[path].manifest, head_of(data.get(path, {}))):
            if known != given:
                where = f"item {number} {field}"
                yield Mismatch("text", name, where, f"its {field} is another one", str(known), str(given))
    yield from _check_whole(name, stem, found, briefings)


def _check_whole(
    name: str, stem: str, found: Sequence[tuple[ReadItem, str | None]], briefings: Mapping[str, KnownTexts]
) -> Iterator[Mismatch]:
    """Yield the items that a feed does not have, or has twice; whom or what others follow is on their pages."""
    if stem == CORRECTIONS:
        expected = [f"{path}#{id}" for _, path, id in _corrections(briefings)]
        given = [f"{path}#{urlsplit(item.url).fragment}" for item, path in found]
    elif stem == MAIN:
        manifests = (texts.manifest for texts in briefings.values())
        expected = [one.path for one in sorted(manifests, key=lambda one: (one.date, one.path), reverse=True)]
        given = [str(path) for _, path in found]
    else:
        expected = given = [str(path) for _, path in found]
        if not found:
            yield Mismatch("missing", name, "items", "it has no items")
    for path in [one for one in expected[:LENGTH] if one not in given]:
        yield Mismatch("missing", name, path, "it does not have this item")
    if len(given) > LENGTH or len(set(given)) < len(given):
        yield Mismatch("added", name, "items", "it has more items than there are")


def _briefing_of(address: str, briefings: Mapping[str, KnownTexts]) -> str | None:
    """Return the briefing to whose folder an address leads, the innermost."""
    path = f"{unquote(urlsplit(address).path)}/"
    return max((one for one in briefings if f"/{one}/" in path or not one), key=len, default=None)


def _facts(item: ReadItem, manifest: BriefingManifest, about: Data) -> Iterator[tuple[str, Any, Any]]:
    """Yield what an item says of its briefing, as that has it and as the item does."""
    yield "title", letters(manifest.title), letters(item.title)
    yield "date", manifest.date, item.day
    yield "language", manifest.language, item.language
    if not about:
        return
    described = str(about.get("description") or "")
    yield "summary", described, item.summary
    yield "authors", tuple(about.get("authors") or ()), item.authors
    yield "tags", tuple(about.get("tags") or ()), item.tags
    try:
        root = html.fragment_fromstring(item.content, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        yield "content", described, "unreadable"
        return
    first = next(root.iter("p"), None)
    yield "content", letters(described or manifest.title), letters(first.text_content() if first is not None else "")
    points = [letters(str(point)) for point in about.get("key_points") or ()]
    shown = [letters(one.text_content()) for one in root.iter("li")]
    yield "key points", len(points), len(shown)
    for point, one in zip(points, shown, strict=False):
        yield "key points", True, one.startswith(point)
    statements = sum(each.kind in ("quotation", "reported") for each in manifest.annotations)
    yield "statements", min(statements, 1), min(len(list(root.iter("a"))), 1)


def _facts_of_correction(item: ReadItem, manifest: BriefingManifest, about: Data) -> Iterator[tuple[str, Any, Any]]:
    known = {fragment: (day, reason) for day, fragment, reason in _told(manifest)}
    fragment = urlsplit(item.url).fragment
    day, reason = known.get(fragment, ("", ""))
    yield "date", day, item.day
    for field, text in (("summary", item.summary), ("content", "".join(_texts(item.content)))):
        yield f"reason in the {field}", True, letters(reason) in letters(text)
    number = fragment.removeprefix(CORRECTION_FRAGMENT.format(""))
    changes = manifest.corrections[int(number) - 1].changes if number.isdecimal() and fragment in known else ()
    shown = letters("".join(_texts(item.content)))
    for change in changes:
        for words in filter(None, (change.before, change.after)):
            yield f"words of {change.id or 'the briefing'}", True, letters(words) in shown
    if about:
        yield "authors", tuple(about.get("authors") or ()), item.authors


def _texts(content: str) -> Iterator[str]:
    try:
        yield from map(str, html.fragment_fromstring(content, create_parent="div").itertext())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return


def _corrected(manifest: BriefingManifest) -> bool:
    return any(True for _ in _told(manifest))


def _told(manifest: BriefingManifest) -> Iterator[tuple[str, str, str]]:
    """Yield day, fragment and reason of each correction and withdrawal."""
    for number, one in enumerate(manifest.corrections, 1):
        yield one.date, CORRECTION_FRAGMENT.format(number), one.reason
    yield from ((entry.date, entry.id, entry.reason) for entry in manifest.withdrawn if entry.date)


def _corrections(briefings: Mapping[str, KnownTexts]) -> Sequence[tuple[str, str, str]]:
    """Return day, briefing and fragment of what the feed must have: the latest days; of one day, any."""
    every = [(day, path, id) for path, texts in briefings.items() for day, id, _ in _told(texts.manifest)]
    latest = sorted(every, reverse=True)
    return latest if len(latest) <= LENGTH else [one for one in latest if one[0] > latest[LENGTH - 1][0]]
