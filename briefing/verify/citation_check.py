"""Compares what is cited and embedded elsewhere with the records: the cards for frames, and the files for reference
managers, of which BibTeX and RIS are made anew from CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.anchor.quoting import letters
from briefing.model.manifest import ManifestAnnotation
from briefing.render.citation_formats import FORMATS
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts
from briefing.verify.page_check import check_card
from briefing.verify.page_reader import PageRead

EMBED, ITEMS = "embed.html", "citations.json"
_GONE = "bf-gone"


def check_embeds(pages: Mapping[str, PageRead], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the records that have no card for frames, or one that says something else, and cards of no record."""
    name = f"{texts.manifest.path}/{EMBED}".lstrip("/")
    page = pages.get(name)
    if page is None:
        return  # among the files that are missing already
    cards = {one.get("id"): one for one in page.root.iter("article") if _GONE not in one.get("class", "").split()}
    for annotation in texts.manifest.annotations:
        card = cards.get(annotation.id)
        if card is None:
            yield Mismatch("missing", name, f"#{annotation.id}", "there is no card of it for frames")
        else:
            yield from check_card(annotation, card, name, texts)
    for id in cards.keys() - _ids(texts):
        yield Mismatch("added", name, f"#{id}", "there is no such annotation")


def _ids(texts: KnownTexts) -> set[str]:
    manifest = texts.manifest
    return {*texts.annotations, *(one.id for one in manifest.derived), *(one.id for one in manifest.themes)}


def check_citations(name: str, data: bytes, items: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield what is wrong in a file for reference managers; `items` is the one of them that is CSL-JSON."""
    try:
        given = json.loads(items)
        expected = FORMATS[name.rpartition("/")[2]](given).encode("utf-8", "replace")
        known = {str(item["id"]).partition("/")[2]: item for item in given}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        yield Mismatch("altered", name, "", "it is damaged: it cannot be read as citations")
        return
    if not name.endswith(ITEMS):
        if data != expected:
            yield Mismatch("altered", name, "", f"it does not say the same as {ITEMS}")
        return
    for id in known.keys() ^ {"", *_ids(texts)}:
        kind, message = ("added", "there is no such annotation") if id in known else ("missing", "it is not cited here")
        yield Mismatch("added" if kind == "added" else "missing", name, id, message)
    for annotation in texts.manifest.annotations:
        if item := known.get(annotation.id):
            yield from _check_item(name, annotation, item)
    whole = known.get("", {})
    for field, value in (("title", texts.manifest.title), ("language", texts.manifest.language)):
        if letters(str(whole.get(field, ""))) != letters(value):
            yield Mismatch("text", name, field, f"its {field} is another one", value, str(whole.get(field, "")))


def _check_item(name: str, annotation: ManifestAnnotation, item: Mapping[str, Any]) -> Iterator[Mismatch]:
    said, title = letters(str(item.get("abstract", ""))), str(item.get("title", ""))
    for match in annotation.matches:
        if letters(match.text) not in said:
            found = str(item.get("abstract", ""))
            yield Mismatch("quotation", name, annotation.id, "it does not have its words", match.text, found)
    if annotation.kind in ("quotation", "reported") and annotation.speaker not in title:
        yield Mismatch("speaker", name, annotation.id, "somebody else says it", annotation.speaker, title)
    if annotation.label and annotation.kind in ("figure", "context") and letters(annotation.label) != letters(title):
        yield Mismatch("text", name, annotation.id, "it is called otherwise", annotation.label, title)
