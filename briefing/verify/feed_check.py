"""Compares the statements in feeds with the records that they lead to: their words, and who says them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import etree, html

from briefing.anchor.quoting import letters
from briefing.model.data_tables import GAP
from briefing.model.manifest import ManifestAnnotation
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts


def check_feed(name: str, data: bytes, briefings: Mapping[str, KnownTexts]) -> Iterator[Mismatch]:
    """Yield the statements in the items of a feed that are not those of the records."""
    for content in _contents(name, data):
        try:
            root = html.fragment_fromstring(content, create_parent="div")
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            yield Mismatch("altered", name, "", "the content of an item cannot be read")
            continue
        for link in root.iter("a"):
            yield from _check_statement(link, name, briefings)
        credited = {link.getparent().getprevious() for link in root.iter("a")}
        for quoted in root.iter("blockquote"):
            if quoted not in credited:
                yield Mismatch("quotation", name, quoted.get("cite", ""), "it leads nowhere", "", quoted.text_content())


def _contents(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(".json"):
        try:
            yield from (str(item.get("content_html", "")) for item in json.loads(data)["items"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    yield from (each.text or "" for each in root.iter("{http://www.w3.org/2005/Atom}content"))


def _check_statement(link: etree._Element, name: str, briefings: Mapping[str, KnownTexts]) -> Iterator[Mismatch]:
    """Yield what is wrong with a statement, by the link of who says it; the words are in the quotation before it, or,
    where they are reported, behind it."""
    address = link.get("href", "")
    page, _, id = address.rpartition("#")
    annotation = next((of for path, of in _having(id, briefings) if f"/{path}/" in page), None)
    if annotation is None:
        yield Mismatch("quotation", name, address, "it leads to no statement of the site", "", link.text_content())
        return
    around = link.getparent()
    quoted = around if annotation.kind == "reported" else around.getprevious()
    if quoted is None or (quoted is not around and (quoted.tag != "blockquote" or quoted.get("cite") != address)):
        yield Mismatch("quotation", name, address, "its words are not before it", "", link.text_content())
        return
    shown = letters(quoted.text_content())
    for match in annotation.matches:
        if letters(match.text) not in shown:
            message = "these are not the words that it leads to"
            yield Mismatch("quotation", name, address, message, match.text, quoted.text_content())
    if annotation.speaker and not link.text_content().startswith(annotation.speaker):
        yield Mismatch("speaker", name, address, "somebody else says it", annotation.speaker, link.text_content())
    told = around.text_content().replace(GAP, " ")
    if (" [" in told) != bool(annotation.verdict):
        yield Mismatch("verdict", name, address, "its verdict is there, or is not", annotation.verdict, told)


def _having(id: str, briefings: Mapping[str, KnownTexts]) -> Iterator[tuple[str, ManifestAnnotation]]:
    for path, texts in briefings.items():
        if found := texts.annotations.get(id):
            yield path, found
