"""Compares what authors wrote of each record in the files that have it: data.json, the Web Annotations and the cards.

A manifest has nothing of it, since no source proves it; so one file alone cannot be changed without being found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from briefing.model.data_tables import DATA
from briefing.model.places import Place
from briefing.model.prose import plain
from briefing.prose.parse import parse
from briefing.render.messages import messages
from briefing.render.names import WEB_ANNOTATIONS
from briefing.verify.annotation_check import record_of
from briefing.verify.briefing_data import Data, head_of, rows_in
from briefing.verify.findings import Kind, Mismatch
from briefing.verify.known_texts import KnownTexts
from briefing.verify.page_reader import PageRead
from briefing.verify.record_check import as_number
from briefing.verify.site_files import SiteFiles

_Fact = tuple[Kind, str, object, object]
_ANNOTATED = ("quotations", "figures", "context")
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "quotations": ("note", "translation", "verdict_note", "response"),
    "figures": ("note", "verdict_note", "response"),
    "derived": ("note", "label"),
    "context": ("note",),
    "themes": ("title", "about", "summary"),
}
"""Fields that are on a card as they are."""
_ADDED = frozenset(("bf-cite", "bf-sign", "bf-verdict", "bf-ref", "bf-unseen", "headerlink"))
"""Classes of what a card adds to them."""


def check_fields(site: SiteFiles, data: Data, pages: Mapping[str, PageRead], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the fields of data.json that its Web Annotation or its card has otherwise."""
    folder = f"{texts.manifest.path}/".removeprefix("/")
    name, other = folder + DATA, folder + WEB_ANNOTATIONS
    say = messages(texts.manifest.language)
    reading = _bare(say("reading.plain", label=say("reading.label")))
    records = _records(site.read(other)) if other in site.sizes else {}
    cards = _cards(pages)
    yield from _check_overview(data, pages.get(f"{folder}index.html"), f"{folder}index.html", reading)
    for table in _SHOWN:
        for row in rows_in(data, table):
            id = str(row.get("id"))
            if table in _ANNOTATED and id in records:
                for kind, field, known, given in _facts(row, records[id], data, reading):
                    if (known or None) != (given or None):
                        message = f"its {field} is another one in {WEB_ANNOTATIONS}"
                        yield Mismatch(kind, name, f"{table} {id} {field}", message, str(known), str(given))
            for field in _SHOWN[table]:
                words = _bare(str(row.get(field) or "")).replace(reading, "")
                if words and id in cards and words not in cards[id]:
                    message = f"its card does not have this {field}"
                    yield Mismatch("text", name, f"{table} {id} {field}", message, "", str(row[field]))


def _check_overview(data: Data, page: PageRead | None, name: str, reading: str) -> Iterator[Mismatch]:
    """Yield the summary and the key points that are not on the overview."""
    if page is None:
        return  # among what is missing already
    shown, about = _bare("".join(_words_of(page.root))), head_of(data)
    for words in (about.get("description"), *(about.get("key_points") or ())):
        if _bare(str(words or "")).replace(reading, "") not in shown:
            yield Mismatch("text", name, "", f"it does not have what {DATA} says of the whole", str(words), "")


def _records(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    """Return the fields of each annotation by its id; nothing where the file is damaged, which is said of it."""
    found = {}
    try:
        for item in json.loads(data)["first"]["items"]:
            for body in item["body"]:
                if record := record_of(str(body.get("value", ""))):
                    found[str(record["id"])] = record
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def _cards(pages: Mapping[str, PageRead]) -> Mapping[str, str]:
    """Return what each card says, by the id of its heading."""
    return {
        heading.get("id"): _bare("".join(_words_of(heading.getparent())))
        for page in pages.values()
        for heading in page.root.iter("h2", "h3", "h4")
        if heading.get("id") and "bf-card" in (heading.getparent().get("class") or "")
    }


def _words_of(card: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(card, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            yield "" if one is card else one.tail or ""
        elif (
            not isinstance(one.tag, str)
            or one.tag in ("script", "style")
            or not _ADDED.isdisjoint((one.get("class") or "").split())
        ):
            walk.skip_subtree()
        else:
            yield one.text or ""


def _bare(text: str) -> str:
    """Return the letters and digits of a text alone: pages put other marks and spaces between words."""
    return "".join(letter for letter in text if letter.isalnum())


def _facts(row: Mapping[str, Any], record: Mapping[str, Any], data: Data, reading: str) -> Iterator[_Fact]:
    """Yield the fields that both have, as the Web Annotation has them and as the row does."""
    for field in ("tags", "by"):
        yield "altered", field, list(record.get(field) or ()), list(row.get(field) or ())
    if "speaker_id" in row:
        yield "speaker", "speaker_id", record.get("speaker"), row.get("speaker_id")
    for field in {"kind", "type", "basis", "period", "measure"} & row.keys():
        if field in record:
            yield "altered", field, record[field], row.get(field)
    if "verdict" in row:
        yield from _judged(row, record, reading)
    if "translation" in row:
        translated = record.get("translation")
        known = translated if isinstance(translated, dict) else {}
        yield "altered", "translation", known.get("text"), row.get("translation")
        yield "altered", "translation_by", known.get("by"), row.get("translation_by")
    yield from _prose("note", record.get("note"), row, reading)
    rows = rows_in(data, "series")
    if record.get("series") or any(one.get("figure") == record.get("id") for one in rows):
        yield "figure", "series", list(_points(record)), list(_points_of(rows, record.get("id")))


def _judged(row: Mapping[str, Any], record: Mapping[str, Any], reading: str) -> Iterator[_Fact]:
    judged = record.get("assessment")
    judged = judged if isinstance(judged, dict) else {}
    yield "verdict", "verdict_by", judged.get("by"), row.get("verdict_by")
    yield "verdict", "verdict_date", judged.get("date"), row.get("verdict_date")
    yield "verdict", "evidence", list(judged.get("evidence") or ()), list(row.get("evidence") or ())
    yield from _prose("verdict_note", judged.get("note"), row, reading)


def _prose(field: str, prose: object, row: Mapping[str, Any], reading: str) -> Iterator[_Fact]:
    """Yield a field that is prose; what counts something is written out in the row, and not compared."""
    if not (isinstance(prose, str) and "[#" in prose):
        words = _bare(plain(parse(prose, Place(""))[0])) if isinstance(prose, str) else ""
        yield "text", field, words, _bare(str(row.get(field) or "")).replace(reading, "")


def _points(record: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    series = record.get("series")
    series = series if isinstance(series, dict) else {}
    for point in series.get("points") or ():
        value = point.get("value") if isinstance(point, dict) else None
        low, high = (value.get("from"), value.get("to")) if isinstance(value, dict) else (value, value)
        numbers = as_number(str(low)), as_number(str(high))
        about = tuple(point.get(name) for name in ("period", "cite", "basis", "of", "by", "counts"))
        yield *numbers, *about, series.get("label"), series.get("unit")


def _points_of(rows: list[Mapping[str, Any]], id: object) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if row.get("figure") == id:
            numbers = as_number(str(row.get("value"))), as_number(str(row.get("value_high")))
            about = tuple(row.get(name) for name in ("period", "cite", "basis", "of", "by", "counts"))
            yield *numbers, *about, row.get("label"), row.get("unit")
