"""Compares the files beside the pages with the records: tables, Web Annotations, search indexes, feeds and scripts."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from briefing.model.manifest import ManifestAnnotation
from briefing.text import language
from briefing.verify.findings import Kind, Mismatch, Verification
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_check import CORRECTIONS_FEED, PageTexts, check_passages
from briefing.verify.page_reader import PageBlock, strings_of_json, texts_of_html
from briefing.verify.site_files import LARGEST

_SCRIPT = re.compile(r"\A[A-Za-z]+\((.*)\)\s*\Z", re.DOTALL)
"""A file that calls one function with JSON, as scripts of pages read it."""
INDEX = "search/search_index.json"
_PAGEFIND = b"pagefind_dcd"


def check_data(name: str, data: bytes, texts: PageTexts, so_far: Verification) -> Iterator[Mismatch]:
    """Yield what in a file beside the pages contradicts the texts and records."""
    own = name.rpartition("/")[2]
    if own == "figures.csv" and texts.own:
        yield from _check_figures(name, data, texts.own)
    elif own == "annotations.jsonld" and texts.own:
        yield from _check_web_annotations(name, data, texts.own)
    elif name == INDEX:
        yield from _check_index(name, data, texts)
    elif name.startswith(CORRECTIONS_FEED):
        yield from _check_corrections(name, data, texts)
    for where, text in _of_index(data, texts) if name == INDEX else _texts(name, data):
        element = etree.Element("text", id=where) if where else etree.Element("text")
        rules = language(texts.own.manifest.language if texts.own else "en")
        for part in texts_of_html(text):
            yield from check_passages(PageBlock(part, element), name, texts, rules, so_far)


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a file that readers or programs are shown, each with where it is."""
    text = data.decode("utf-8", "replace")
    if name.endswith((".xml",)):
        yield from (("", each) for each in _of_xml(data))
    elif name.endswith((".json", ".jsonld")):
        yield from (("", each) for each in strings_of_json(text))
    elif name.endswith(".csv"):
        yield from (("", cell) for row in _rows(text) for cell in row)
    elif name.endswith(".js") and (call := _SCRIPT.match(text)):
        yield from (("", each) for each in strings_of_json(call[1]))
    elif name.endswith(".pf_fragment"):
        yield from (("", each) for each in _of_fragment(data))


def _of_xml(data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    yield from (str(each) for each in root.itertext())


def _of_fragment(data: bytes) -> Iterator[str]:
    """Yield the texts of a fragment of Pagefind’s index: JSON behind a mark, packed."""
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            plain = packed.read(LARGEST)
    except (OSError, EOFError, zlib.error):
        return
    yield from strings_of_json(plain.removeprefix(_PAGEFIND).decode("utf-8", "replace"))


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text)))
    except csv.Error:
        return []


# --- corrections -----------------------------------------------------------------------------------------------------


def _check_corrections(name: str, data: bytes, texts: PageTexts) -> Iterator[Mismatch]:
    """Yield former and new words of the feed of corrections that no briefing’s manifest has."""
    changes = [change for each in texts.every.values() for one in each.manifest.corrections for change in one.changes]
    known = {"del": {on_one_line(one.before) for one in changes}, "ins": {on_one_line(one.after) for one in changes}}
    for _, text in _texts(name, data):
        if "<li>" not in text:
            continue
        for element in html.fragment_fromstring(text, create_parent="div").iter("del", "ins"):
            words = on_one_line(element.text_content())
            if words not in known[str(element.tag)]:
                yield Mismatch("text", name, str(element.tag), "no correction has these words", "", words)


# --- tables ----------------------------------------------------------------------------------------------------------


def _check_figures(name: str, data: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    rows = _rows(data.decode("utf-8", "replace"))
    fields = rows[0] if rows else []
    known = {row[0]: dict(zip(fields, row, strict=False)) for row in rows[1:] if row}
    for annotation in texts.manifest.annotations:
        row = known.get(annotation.id)
        if annotation.kind != "figure":
            continue
        if row is None:
            yield Mismatch("missing", name, annotation.id, "the table does not have this figure")
            continue
        expected = {
            "label": annotation.label,
            "unit": annotation.unit,
            "speaker": annotation.speaker,
            "verdict": annotation.verdict,
        }
        kinds: dict[str, Kind] = {"label": "figure", "unit": "figure", "speaker": "speaker", "verdict": "verdict"}
        for field, value in expected.items():
            if row.get(field) != value:
                message = f"its {field} is another one"
                yield Mismatch(kinds[field], name, annotation.id, message, value, row.get(field, ""))
        words = on_one_line(row.get("target", ""))
        if len(annotation.matches) == 1 and words != on_one_line(annotation.matches[0].text):
            yield Mismatch("quotation", name, annotation.id, "these are other words", annotation.matches[0].text, words)
        given = {annotation.low, annotation.high, ""}
        for field in ("reading_low", "reading_high"):
            if len(given) > 1 and row.get(field, "") not in given:
                yield Mismatch("figure", name, annotation.id, "its value is another one", annotation.value, row[field])


# --- Web Annotations -------------------------------------------------------------------------------------------------


def _check_web_annotations(name: str, data: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    try:
        items = json.loads(data)["items"]
        known = {str(item["id"]).removeprefix("#"): item for item in items}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Mismatch("altered", name, "", "it is damaged: it has no annotations")
        return
    for annotation in (each for each in texts.manifest.annotations if not each.comment):
        item = known.pop(annotation.id, None)
        if item is None:
            yield Mismatch("missing", name, annotation.id, "it does not have this annotation")
            continue
        yield from _check_item(name, item, annotation)
    for id in known:
        yield Mismatch("added", name, id, "there is no such annotation")


def _check_item(name: str, item: Any, annotation: ManifestAnnotation) -> Iterator[Mismatch]:
    try:
        found = [_selected(target) for target in item["target"]]
        values = [str(body["value"]) for body in item["body"] if body.get("purpose") == "identifying"]
    except (KeyError, TypeError, AttributeError):
        found, values = [], []
    expected = [(match.start, match.end, on_one_line(match.text)) for match in annotation.matches]
    if found != expected:
        yield Mismatch("quotation", name, annotation.id, "it has other words", str(expected), str(found))
    if annotation.kind in ("quotation", "reported") and annotation.speaker not in ("", *values):
        said = ", ".join(values)
        yield Mismatch("speaker", name, annotation.id, "somebody else says it", annotation.speaker, said)


def _selected(target: Any) -> tuple[int, int, str]:
    """Return start, end and words of a target. Raises KeyError or TypeError."""
    selectors = {each["type"]: each for each in target["selector"]}
    place, words = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return place["start"], place["end"], on_one_line(str(words["exact"]))


# --- search ----------------------------------------------------------------------------------------------------------


def _check_index(name: str, data: bytes, texts: PageTexts) -> Iterator[Mismatch]:
    """Yield the records of annotations in the theme's index that do not have their words or speaker."""
    try:
        entries = json.loads(data)["docs"]
        found = {str(one["location"]): f"{one['title']} {one['text']}" for one in entries if one["title"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Mismatch("altered", name, "", "it is damaged: it has no records")
        return
    for location, shown in found.items():
        page, _, fragment = location.partition("#")
        of = next((t for path, t in texts.every.items() if page.startswith(f"{path}/")), None)
        annotation = of.annotations.get(fragment) if of else None
        if annotation is None:
            continue
        plain = on_one_line(" ".join(texts_of_html(shown)))
        for match in annotation.matches:
            if annotation.kind in ("quotation", "reported") and on_one_line(match.text) not in plain:
                message = "the search does not have its words"
                yield Mismatch("quotation", name, location, message, match.text, plain[:300])
        if annotation.speaker and annotation.kind == "quotation" and annotation.speaker not in plain:
            yield Mismatch("speaker", name, location, "the search names somebody else", annotation.speaker, plain[:80])


def _of_index(data: bytes, texts: PageTexts) -> Iterator[tuple[str, str]]:
    """Yield the texts that a search has of briefings; those of other pages are nobody’s quotations."""
    try:
        entries = [(str(one["location"]), (str(one["title"]), str(one["text"]))) for one in json.loads(data)["docs"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for location, shown in entries:
        if any(location.startswith(f"{path}/") for path in texts.every):
            yield from ((location, text) for text in shown)
