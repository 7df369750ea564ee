"""Compares what is cited and embedded elsewhere with the records: the cards for frames, and the files for reference
managers, of which BibTeX and RIS are made anew from CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from briefing.anchor.quoting import letters
from briefing.model.manifest import ManifestAnnotation
from briefing.render.citation_formats import FORMATS
from briefing.render.names import CITE, EMBED
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_check import check_card
from briefing.verify.page_reader import PageRead, texts_of_html

ITEMS = "citations.json"
_GONE = "bf-gone"
_WHOLE = "_briefing"
"""The section of the briefing itself."""


def check_embeds(pages: Mapping[str, PageRead], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the records that have no card for frames, or one that says something else, and cards of no record."""
    name = f"{texts.manifest.path}/{EMBED}".lstrip("/")
    page = pages.get(name)
    if page is None:
        return  # among the files that are missing already
    cards = {one.get("id"): one for one in page.root.iter("article") if not _has_class(one, _GONE)}
    gone = {one.get("id"): one for one in page.root.iter("article") if _has_class(one, _GONE) and one.get("id")}
    for id in sorted(cards.keys() - _ids(texts)) + sorted(gone.keys() - {one.id for one in texts.manifest.withdrawn}):
        yield Mismatch("added", name, f"#{id}", "there is no such annotation")
    headings = _headings(pages)
    for id, label in _labels(texts).items():
        if id in cards:
            yield from _check_embed(name, id, label, cards[id], texts)
            yield from _check_title(name, id, cards[id], headings.get(id, ""))
        else:
            yield Mismatch("missing", name, f"#{id}", "there is no card of it for frames")
    for entry in texts.manifest.withdrawn:
        if entry.id not in gone:
            yield Mismatch("missing", name, f"#{entry.id}", "nothing says in frames that it was withdrawn")
        else:
            yield from _check_said(name, entry.id, "reason", entry.reason, gone[entry.id])


def _labels(texts: KnownTexts) -> Mapping[str, str]:
    """Return what everything that has a card is called, by its id; nothing for a quotation."""
    labels = {one.id: one.label for one in texts.manifest.annotations}
    labels |= {one.id: one.label for one in texts.manifest.derived}
    return labels | {one.id: one.title for one in texts.manifest.themes}


def _check_embed(name: str, id: str, label: str, card: etree._Element, texts: KnownTexts) -> Iterator[Mismatch]:
    shown = next((one for one in card.iter("p") if _has_class(one, "bf-label")), card)
    yield from _check_said(name, id, "label", label, shown)
    yield from _check_corrected(name, id, card, texts)
    if annotation := texts.annotations.get(id):
        yield from check_card(annotation, card, name, texts)


def _headings(pages: Mapping[str, PageRead]) -> dict[str, str]:
    """Return the heading of everything that has a card on a page, by its id."""
    found = (one for page in pages.values() for level in ("h2", "h3", "h4") for one in page.root.iter(level))
    return {one.get("id", ""): on_one_line(one.text_content()) for one in found if one.get("id")}


def _check_title(name: str, id: str, card: etree._Element, heading: str) -> Iterator[Mismatch]:
    """Yield a title that the page has otherwise: one that is made of a speaker’s name is in no record."""
    for shown in card.iter("p"):
        if heading and _has_class(shown, "bf-label") and letters(shown.text_content()) not in letters(heading):
            message = "its title is not the one that its page has"
            yield Mismatch("text", name, f"#{id}", message, heading, on_one_line(shown.text_content()))


def _check_corrected(name: str, id: str, card: etree._Element, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield corrections of an entry that its card does not tell of, or has too many of."""
    told = [one for one in card.iter("p") if _has_class(one, "bf-corrected")]
    known = [one for one in reversed(texts.manifest.corrections) if any(change.id == id for change in one.changes)]
    if len(told) != len(known):
        message = "it has another number of corrections"
        yield Mismatch("count", name, f"#{id}", message, str(len(known)), str(len(told)))
    for shown, one in zip(told, known, strict=False):
        yield from _check_said(name, id, "correction", one.reason, shown)


def _check_said(name: str, id: str, what: str, words: str, element: etree._Element) -> Iterator[Mismatch]:
    text = on_one_line(element.text_content())
    if words and letters(words) not in letters(text):
        yield Mismatch("text", name, f"#{id}", f"its {what} is another one", words, text)


def _has_class(element: etree._Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def check_citation_page(pages: Mapping[str, PageRead], items: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield what the page of citations does not have of each item for reference managers, or has besides."""
    folder = f"{texts.manifest.path}/".removeprefix("/")
    name, page, embed = folder + CITE, pages.get(folder + CITE), pages.get(folder + EMBED)
    if page is None:
        return  # among the files that are missing already
    try:
        known = {str(item["id"]).partition("/")[2] or _WHOLE: dict(item) for item in json.loads(items)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # said of that file
    sections = {one.get("id"): one for one in page.root.iter("section")}
    expected = {_WHOLE, *_ids(texts)}
    for id in sorted(expected ^ sections.keys(), key=str):
        if id in expected:
            yield Mismatch("missing", name, f"#{id}", "there is no citation of it")
        else:
            yield Mismatch("added", name, f"#{id}", "there is no such annotation")
    digests = {one.get("id"): one.get("data-digest", "") for one in embed.root.iter("article")} if embed else {}
    for id in expected & sections.keys() & known.keys():
        yield from _check_ready(name, id, sections[id], known[id])
        if id != _WHOLE:
            yield from _check_pasted(name, id, sections[id], digests.get(id, ""), texts)


def _check_ready(name: str, id: str, section: etree._Element, item: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Yield the facts of an item that its ready citations do not have."""
    ready = [letters(one.text_content()) for one in section.iter("dd") if _has_class(one, "bf-copied")]
    people = [one.get("literal") or one.get("family", "") for one in item.get("author", ())]
    facts = [("title", item.get("title"), 1), ("URL", item.get("URL"), 2), ("site", item.get("publisher"), 2)]
    facts += [("container-title", item.get("container-title"), 2), *(("author", one, 2) for one in people)]
    facts += [("year", str(item.get("issued", {}).get("date-parts", [[""]])[0][0]), 2)]
    if len(ready) != 2:
        yield Mismatch("missing", name, f"#{id}", "it does not have two ready citations")
        return
    for field, value, least in facts:
        if value and sum(letters(str(value)) in text for text in ready) < least:
            yield Mismatch(
                "text", name, f"#{id}", f"a citation does not have its {field}", str(value), " | ".join(ready)
            )


def _check_pasted(name: str, id: str, section: etree._Element, digest: str, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield what is wrong with the HTML to be pasted: the frame of another entry, or a card without its words."""
    snippets = [one.text_content() for one in section.iter("pre") if _has_class(one, "bf-snippet")]
    frame, card = snippets if len(snippets) == 2 else ("", "")
    if f"{EMBED}?words={digest}#{id}" not in frame:
        yield Mismatch("altered", name, f"#{id}", "the frame to be pasted leads elsewhere", f"{EMBED}#{id}", frame)
    annotation = texts.annotations.get(id)
    said = letters("".join(texts_of_html(card)))
    for match in annotation.matches if annotation else ():
        if letters(match.text) not in said:
            message = "the HTML to be pasted does not have its words"
            yield Mismatch("quotation", name, f"#{id}", message, match.text, said)
    if f"#{id}" not in card:
        yield Mismatch("altered", name, f"#{id}", "the HTML to be pasted leads elsewhere", f"#{id}", card)


def _ids(texts: KnownTexts) -> set[str]:
    return set(_labels(texts))


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
