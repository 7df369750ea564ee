"""Compares the files beside the pages with the records: search indexes, feeds and scripts."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree, html

from briefing.model.data_tables import BY_FILE, DATA
from briefing.render.names import MARKDOWN, TEXT, WEB_ANNOTATIONS
from briefing.text import language
from briefing.verify.annotation_check import check_web_annotations, texts_of_annotations
from briefing.verify.feed_check import check_feed
from briefing.verify.findings import Mismatch, Verification
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_check import CORRECTIONS_FEED, PageTexts, check_passages
from briefing.verify.page_reader import PageBlock, strings_of_json, texts_of_html
from briefing.verify.site_files import LARGEST
from briefing.verify.table_check import csv_rows, texts_of_tables
from briefing.verify.text_check import check_text_file, texts_of_markdown

_SCRIPT = re.compile(r"\A[A-Za-z]+\((.*)\)\s*\Z", re.DOTALL)
"""A file that calls one function with JSON, as scripts of pages read it."""
INDEX = "search/search_index.json"
_PAGEFIND = b"pagefind_dcd"


def check_data(name: str, data: bytes, texts: PageTexts, so_far: Verification) -> Iterator[Mismatch]:
    """Yield what in a file beside the pages contradicts the texts and records."""
    own = name.rpartition("/")[2]
    if own == WEB_ANNOTATIONS and texts.own:
        yield from check_web_annotations(name, data, texts.own)
    elif own.endswith((TEXT, MARKDOWN)) and texts.own:
        yield from check_text_file(name, data, texts.own, page_of(name, texts.own))
    elif name == INDEX:
        yield from _check_index(name, data, texts)
    elif name.startswith(CORRECTIONS_FEED):
        yield from _check_corrections(name, data, texts)
    elif name.startswith("feeds/"):
        yield from check_feed(name, data, texts.every)
    for where, text in _of_index(data, texts) if name == INDEX else (("", text) for text in _texts(name, data)):
        element = etree.Element("text", id=where) if where else etree.Element("text")
        rules = language(texts.own.manifest.language if texts.own else "en")
        for part in texts_of_html(text):
            yield from check_passages(PageBlock(part, element), name, texts, rules, so_far)


def _texts(name: str, data: bytes) -> Iterable[str]:
    """Return every text of a file that readers or programs are shown."""
    own = name.rpartition("/")[2]
    if own in BY_FILE:
        return ()  # every cell is one of data.json
    read = _BY_NAME.get(own) or _BY_ENDING.get(own.rpartition(".")[2])
    return read(data) if read else ()


def page_of(name: str, texts: KnownTexts) -> str:
    """Return the page of which a file of a briefing is the Markdown; nothing for that which has all in one."""
    below = name.removeprefix(texts.manifest.path).lstrip("/")
    return below.removesuffix(MARKDOWN).removesuffix("/index") if below.endswith(MARKDOWN) else ""


def _of_json(data: bytes) -> Iterable[str]:
    return strings_of_json(data.decode("utf-8", "replace"))


def _of_csv(data: bytes) -> Iterator[str]:
    return (cell for row in csv_rows(data.decode("utf-8", "replace")) for cell in row)


def _of_script(data: bytes) -> Iterable[str]:
    call = _SCRIPT.match(data.decode("utf-8", "replace"))
    return strings_of_json(call[1]) if call else ()


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
    yield from _of_json(plain.removeprefix(_PAGEFIND))


_Reader = Callable[[bytes], Iterable[str]]
_BY_NAME: Mapping[str, _Reader] = {
    DATA: texts_of_tables,
    TEXT: texts_of_markdown,
    WEB_ANNOTATIONS: texts_of_annotations,
}
_BY_ENDING: Mapping[str, _Reader] = {
    "xml": _of_xml,
    "json": _of_json,
    "jsonld": _of_json,
    "csv": _of_csv,
    "js": _of_script,
    "md": texts_of_markdown,
    "pf_fragment": _of_fragment,
}


# --- corrections -----------------------------------------------------------------------------------------------------


def _check_corrections(name: str, data: bytes, texts: PageTexts) -> Iterator[Mismatch]:
    """Yield former and new words of the feed of corrections that no briefing’s manifest has."""
    changes = [change for each in texts.every.values() for one in each.manifest.corrections for change in one.changes]
    known = {"del": {on_one_line(one.before) for one in changes}, "ins": {on_one_line(one.after) for one in changes}}
    for text in _texts(name, data):
        if "<li>" not in text:
            continue
        for element in html.fragment_fromstring(text, create_parent="div").iter("del", "ins"):
            words = on_one_line(element.text_content())
            if words not in known[str(element.tag)]:
                yield Mismatch("text", name, str(element.tag), "no correction has these words", "", words)


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
