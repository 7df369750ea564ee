"""The worst inputs that were found for each format that is read, as large as its limits allow, and what reads them.

An input is made where it is needed, so that none of it is kept. Who adds a limit or a format adds what is worst for it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from msgspec import Struct
from msgspec.structs import replace

from briefing.authoring.imports.annotations import import_annotations
from briefing.authoring.imports.comments import import_comments
from briefing.authoring.imports.remarks import read_remarks
from briefing.authoring.imports.web_annotations import read_annotations
from briefing.authoring.ingest import draft
from briefing.authoring.ingest.folder import NoArticleError
from briefing.authoring.references.exports import MOST_BYTES, read_export
from briefing.authoring.references.works import WorkError
from briefing.load.folder_files import (
    COMMENTS_LIMIT,
    MAIN_LIMIT,
    SOURCE_LENGTH,
    SOURCE_LIMIT,
    SOURCE_LINES,
    TEXT_LIMIT,
    YAML_LIMIT,
    read_folder,
)
from briefing.load.yaml.events import ANNOTATIONS_VALUES_LIMIT, LOADER, VALUES_LIMIT
from briefing.model.places import Place
from briefing.pipeline.briefing_build import build_briefing
from briefing.pipeline.checking import read_registers
from briefing.prose import parse as prose
from briefing.prose.parse import parse
from briefing.readers import MAX_BYTES, UnreadableDocument, read
from briefing.readers.html import MAX_ELEMENTS
from briefing.readers.pdf import MAX_CHARACTERS, MAX_DRAWN
from briefing.readers.reading import MAX_LENGTH, MAX_LINES
from briefing.report import as_text
from briefing.tables import TableError, rows, style_of
from briefing.verify import SiteUnusableError, verify
from tests.load.folders import FOLDER, GOOD

Answer = Callable[[bytes], str]
"""What reads an input; it returns how it was refused, or nothing."""


class WorstInput(Struct, frozen=True):
    """An input of a format."""

    name: str
    make: Callable[[], bytes]
    answer: Answer


def filled(unit: str, size: int, begin: str = "", end: str = "") -> bytes:
    """So many bytes of a repetition, with what is before and behind it."""
    one, around = unit.encode(), (begin.encode(), end.encode())
    return around[0] + one * ((size - len(around[0]) - len(around[1])) // len(one)) + around[1]


def numbered(unit: str, size: int, begin: str = "", end: str = "") -> bytes:
    """The same, in which each `{n}` is another number."""
    made, length, number = [begin], len(begin) + len(end), 0
    while True:
        one = unit.replace("{n}", f"{number:06d}")
        length += len(one.encode())
        if length > size:
            return "".join([*made, end]).encode()
        made.append(one)
        number += 1


# --- what reads them ------------------------------------------------------------------------------------------------


def checked(name: str, data: bytes) -> str:
    """A file of a briefing, which is checked."""
    files = read_folder(GOOD, FOLDER)
    made = build_briefing(replace(files, entries={**files.entries, f"{FOLDER}/{name}": data}), read_registers(GOOD))
    for problem in made.problems[:300]:
        assert as_text(problem, made.files)
    errors = [problem for problem in made.problems if problem.severity == "error"]
    return f"{errors[0].code}: {errors[0].message[:90]}" if errors else ""


def of_source(text: bytes, data: bytes) -> str:
    """Figures of a briefing with this source, which are checked."""
    files = read_folder(GOOD, FOLDER)
    main = (
        b"title: T\ndate: 2025-11-07\nlanguage: en-GB\nauthors: [T]\nsource: {kind: article, title: A, language: en}\n"
    )
    entries = {f"{FOLDER}/briefing.yml": main, f"{FOLDER}/source.txt": text, f"{FOLDER}/annotations/figures.yml": data}
    folders = {name: content for name, content in files.entries.items() if not isinstance(content, bytes)}
    made = build_briefing(replace(files, entries={**folders, **entries}), read_registers(GOOD))
    assert len(made.briefing.figures if made.briefing else ()) == 900
    errors = [problem for problem in made.problems if problem.severity == "error"]
    return f"{errors[0].code}: {errors[0].message[:90]}" if errors else ""


def parsed(data: bytes) -> str:
    problems = parse(data.decode(), Place("briefing.yml", ("summary",)))[1]
    return problems[0].message[:90] if problems else ""


def document(name: str, data: bytes) -> str:
    try:
        read(data, name)
    except UnreadableDocument as refusal:
        return str(refusal)
    return ""


def ingested(name: str, data: bytes) -> str:
    try:
        draft(data, name)
    except (NoArticleError, UnreadableDocument) as refusal:
        return str(refusal)
    return ""


def comments(name: str, data: bytes) -> str:
    try:
        style = style_of(name)
        import_comments(rows(data, name, style), style, {}, ())
    except TableError as refusal:
        return str(refusal)
    return ""


def annotations(name: str, data: bytes) -> str:
    briefing = build_briefing(read_folder(GOOD, FOLDER), read_registers(GOOD)).briefing
    assert briefing is not None
    try:
        import_annotations(list(read_annotations(data, name)), briefing)
    except TableError as refusal:
        return str(refusal)
    return ""


def remarks(data: bytes) -> str:
    try:
        read_remarks(data, "remarks.json")
    except TableError as refusal:
        return str(refusal)
    return ""


def works(name: str, data: bytes) -> str:
    try:
        read_export(data, name)
    except WorkError as refusal:
        return str(refusal)
    return ""


def verified(data: bytes) -> str:
    with TemporaryDirectory() as folder:
        (file := Path(folder) / "site.zip").write_bytes(data)
        try:
            return str(len(verify(file).findings))
        except SiteUnusableError as refusal:
            return str(refusal)


# --- text, prose and YAML -------------------------------------------------------------------------------------------

SOURCES = {
    "words": "word ",
    "letters": "a",
    "sentences": "He said no. ",
    "lines": "a\n",
    "blank lines": "\n",
    "digits": "7",
    "numbers": "1,234.5 million ",
    "opening marks": "“",
    "closing marks": "”",
    "apostrophes": "'",
    "quotes": "“a” ",
    "dots": ".",
    "abbreviations": "e.g. ",
    "said": "said Anna Maria. ",
    "names": "Anna Bell ",
    "hyphens": "a-",
    "joiners": "a\u200d",
    "marks": "a\u0301\u0301",
    "addresses": "https://a.b/c ",
    "of each": "“A,” said B. 5%.\n",
}


def sources() -> Iterator[WorstInput]:
    for name, unit in SOURCES.items():
        count = min(SOURCE_LINES, SOURCE_LENGTH // len(unit)) if unit.endswith("\n") else SOURCE_LENGTH // len(unit)
        size = min(SOURCE_LIMIT, count * len(unit.encode()))
        yield WorstInput(f"source.txt: {name}", partial(filled, unit, size), partial(checked, "source.txt"))


def _quote(more: str) -> str:
    return "  - {id: q{n}, kind: fragment, speaker: vane, " + more + "}\n"


NOTE = "note: 'He said “a ferry {n} is” to 5% of 1,234 people on 3 May [@who-pays].'"
FIGURE = (
    "  - {id: f{n}, target: £1.2 million, label: L {n}, type: amount, basis: pledge, value: 1200000, unit: pounds, "
)


ASSESSED = "target: A ferry, assessment: {verdict: disputed, by: A, date: 2025-11-07, evidence: [e{n}]}"
CITING = "target: A ferry, note: 'It is so "
DERIVED = "  - {id: d{n}, label: L {n}, value: 7, unit: x, formula: "
SUMMARIES = (
    "5 ",
    "He had 5. ",
    "It is. ",
    "“A” is 5% of 7 [@q1]. ",
    "Most say “so” [#comments] comments. ",
    "a\n\n",
    "[@q1] ",
    "[@q1]. ",
    "“a” ",
    "Anna Bell said “no”. ",
    "*a* ",
)
YAMLS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "annotations/quotes.yml": {
        "entries of nothing": ("- \n", "quotes:\n", ""),
        "entries without fields": ("- {}\n", "quotes:\n", ""),
        "unknown keys": ("k{n}: 1\n", "", ""),
        "unknown fields": ("   k{n}: 1\n", "quotes:\n - id: a\n", ""),
        "words that are nowhere": (_quote("target: the harbour {n} will be rebuilt again"), "quotes:\n", ""),
        "long words that are nowhere": (_quote("target: " + "harbour board " * 200 + "{n}"), "quotes:\n", ""),
        "words that are everywhere": (_quote("target: the"), "quotes:\n", ""),
        "one letter": (_quote("target: e"), "quotes:\n", ""),
        "many parts": ("e … ", "quotes:\n  - {id: q, kind: fragment, speaker: vane, target: ", "e}\n"),
        "one id": ("  - {id: q, kind: fragment, speaker: vane, target: the}\n", "quotes:\n", ""),
        "one line": ('{"id": "q{n}", "target": "the", "speaker": "none"}, ', '{"quotes": [', '{"id": "q"}]}'),
        "flow": ("[", "quotes: ", ""),
        "flow lists": ("[],", "quotes: [", "]"),
        "tags": ("!!str ", "quotes: ", ""),
        "anchors": ("- &a{n} b\n", "quotes:\n", ""),
        "aliases": ("- *a\n", "quotes:\n- &a {id: q}\n", ""),
        "question marks": ("? ", "", ""),
        "dashes": ("- ", "", ""),
        "quotation marks": ('"', "quotes: ", ""),
        "comments": ("#\n", "quotes:\n", ""),
        "colons": ("a: ", "", ""),
        "tabs": ("\t", "quotes:", ""),
        "deeper and deeper": (" a:\n", "quotes:\n", ""),
        "cited": ("[@q{n}] ", "quotes:\n - {id: q, kind: fragment, speaker: vane, target: the, note: '", "'}\n"),
        "notes": (_quote("target: A ferry, " + NOTE), "quotes:\n", ""),
        "one place": (_quote("target: A ferry"), "quotes:\n", ""),
        "figures": (FIGURE + NOTE + "}\n", "figures:\n", ""),
        "themes": (
            "  - {id: t{n}, title: t, comments: [{id: c1, stance: critical}], "
            + NOTE.replace("note", "summary")
            + "}\n",
            "themes:\n",
            "",
        ),
        "derived figures": (DERIVED + "d{n} + 1}\n", "derived:\n", ""),
        "derived figures of nothing": (DERIVED + "x{n} + 1}\n", "derived:\n", ""),
        "inputs of nothing": (
            DERIVED + "a, inputs: [{name: a, value: 7, cite: x{n}}]}\n",
            "derived:\n",
            "",
        ),
        "speakers": (
            "  - {id: q{n}, kind: fragment, speaker: s{n}, via: [v{n}], target: A ferry}\n",
            "quotes:\n",
            "",
        ),
        "evidence": (
            _quote(ASSESSED),
            "quotes:\n",
            "",
        ),
        "unknown citations": (_quote(CITING + "[@n{n}].'"), "quotes:\n", ""),
        "unknown counts": (_quote(CITING + "[#n{n}].'"), "quotes:\n", ""),
        "unknown comments": ("  - {id: t{n}, title: t, comments: [{id: x{n}, stance: critical}]}\n", "themes:\n", ""),
        "allowances": (
            _quote(
                "target: A ferry, note: 'It is “so {n}”.', "
                "allow: [{code: quotation-not-found, passage: 'so {n}', reason: It is so.}]"
            ),
            "quotes:\n",
            "",
        ),
        "former ids": (_quote("target: A ferry, was: [o{n}, m{n}]"), "quotes:\n", ""),
        "withdrawn": ("  - {id: w{n}, from: quotes, date: 2025-11-07, reason: It was so.}\n", "withdrawn:\n", ""),
        "formula": ("1 + ", "derived:\n- {id: f, label: l, value: 7, formula: '", "1'}\n"),
        "brackets": ("(", "derived:\n- {id: f, label: l, value: 7, formula: '", "'}\n"),
        "context": ("  - {id: c{n}, target: A ferry, title: T {n}, " + NOTE + "}\n", "context:\n", ""),
    },
    "briefing.yml": {
        "people": ("  p{n}: P{n}\n", "title: T\npeople:\n", ""),
        "key points": ("  - It said “seven {n}” of 5%.\n", "title: T\nkey_points:\n", ""),
        "allowances": (
            "  - {code: cited-number, passage: 'It has {n}.', reason: It is so.}\n",
            "title: T\nkey_points: [It has 7.]\nallow:\n",
            "",
        ),
        "highlights": ("  - h{n}\n", "title: T\nhighlights:\n", ""),
        "tags": ("  - tag {n}\n", "title: T\ntags:\n", ""),
        "one summary": ("“seven” he said. ", "title: T\nsummary: '", "'\n"),
        "answers": ("  a{n}: {question: Q, answer: A}\n", "title: T\nquestions:\n", ""),
    },
    "comments.yml": {
        "short comments": ("- {id: c{n}, text: a}\n", "comments:\n", ""),
        "answers in a chain": ("- {id: c{n}, text: a, reply_to: c000000}\n", "comments:\n", ""),
        "one text": ("a ", "comments:\n- {id: c, text: '", "'}\n"),
        "one id": ("- {id: c, text: a}\n", "comments:\n", ""),
        "no text": ("- c{n}\n", "comments:\n", ""),
    },
    "references.yml": {
        "works": ("- {id: r{n}, title: T {n}, url: 'https://a.b/{n}'}\n", "references:\n", ""),
        "excerpts": ("  - {exact: words {n}}\n", "references:\n- id: r\n  title: T\n  excerpts:\n", ""),
    },
    "releases.yml": {"releases": ("- {version: 1.{n}, date: 2025-11-07}\n", "releases:\n", "")},
    "corrections.yml": {"corrections": ("- {date: 2025-11-07, text: T {n}}\n", "corrections:\n", "")},
}


def yamls() -> Iterator[WorstInput]:
    for file, inputs in YAMLS.items():
        size = {"comments.yml": COMMENTS_LIMIT, "briefing.yml": MAIN_LIMIT}.get(file, YAML_LIMIT)
        most = ANNOTATIONS_VALUES_LIMIT if "/" in file else VALUES_LIMIT
        for name, (unit, begin, end) in inputs.items():
            yield WorstInput(f"{file}: {name}", partial(_within, unit, size, begin, end, most), partial(checked, file))
    for unit in SUMMARIES:
        make = partial(filled, unit, prose.MAX_LENGTH, "title: T\nsummary: '", "'\n")
        yield WorstInput(f"summary: {unit!r}", make, partial(checked, "briefing.yml"))


def figures() -> Iterator[WorstInput]:
    """Yield figures of one paragraph of thousands of numbers."""
    for name, end in {"sentences": ".", "one sentence": ","}.items():
        text = " ".join(f"{number} goats{end if number % 10 == 0 else ''}" for number in range(1000, 5000)).encode()
        unit = "- {id: f{n}, target: '{m} goats', label: Goats, type: amount, value: {m}, basis: claim}"
        made = (unit.replace("{n}", str(n)).replace("{m}", str(1001 + 4 * n)) for n in range(900))
        data = "\n".join(("figures:", *made)).encode()
        yield WorstInput(f"figures: of a paragraph of numbers, {name}", partial(bytes, data), partial(of_source, text))


def _within(unit: str, size: int, begin: str, end: str, most: int) -> bytes:
    """So many bytes of a YAML file, or as many as have no more keys and values than are read."""
    some = len(begin + end) + 200 * len(unit)
    few, more = (_nodes(numbered(unit, given, begin, end)) for given in (some, 2 * some))
    if more > few > 0:
        size = min(size, some + (most * 49 // 50 - few) * some // (more - few))
    return numbered(unit, size, begin, end)


def _nodes(data: bytes) -> int:
    try:
        return sum(isinstance(event, yaml.NodeEvent) for event in yaml.parse(data, Loader=LOADER))
    except yaml.YAMLError:
        return 0


PROSE = (
    "[a](",
    "[",
    "](",
    "![",
    "*",
    "**a",
    "_a ",
    "`",
    "``a",
    "<",
    "<!--",
    "&",
    "> ",
    "- ",
    "1. ",
    "[@",
    "[@a; ",
    "[@a] ",
    "|",
    "\\",
    "http://a",
    "{",
    "{{",
    "a\n\n",
    "  - a\n",
    "*a **b ",
    "[a][",
    "]: ",
    "\n",
    "“",
    "[#a](",
    "<a ",
    "~~",
    "e ",
)


def proses() -> Iterator[WorstInput]:
    for unit in PROSE:
        yield WorstInput(f"prose: {unit!r}", partial(filled, unit, prose.MAX_LENGTH), parsed)


# --- documents ------------------------------------------------------------------------------------------------------

MARKUP = {
    "paragraphs": "<p>a",
    "empty elements": "<i></i>",
    "text": "a ",
    "open elements": "<i>",
    "line breaks": "<br>",
    "ends": "</i>",
    "comments": "<!---->",
    "entities": "&amp;",
    "characters": "&#8203;",
    "attributes": "<p a=b c=d>x",
    "cells": "<td>a",
    "rows": "<tr><td>1<td>2",
    "headings": "<h2>a</h2>b",
    "items": "<li>a",
    "links": "<a href=x>a</a>",
    "classes": "<p class='a b c d e'>a</p>",
    "bold": "<b>a</b><br>",
    "divisions": "<div><p>a</p></div>",
    "forms": "<form><table>",
    "tables": "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "scripts": "<script></script>",
}
COMMENT = (
    "<li class=comment id=comment-{n}><cite class=fn>A</cite><time datetime=2025-01-01>1 January 2025</time>"
    "<div class=comment-content><p>Some words of {n}</p></div></li>"
)


NESTED = {
    "answers below answers": ("<li class=comment><p class=comment-content>And then number {n}?</p><ol>", "</ol></li>"),
    "answers that look like answers": (
        "<div class=post><b>Ann {n}</b> <time>12 May 2025 10:00</time><p>And then number {n} of them all.</p>"
        "<a href=#>Reply</a>",
        "</div>",
    ),
    "pieces in pieces": ("<div><b>a {n}</b><i>b</i>", "</div>"),
}


def nested(begins: str, ends: str, deep: int) -> bytes:
    """A page of elements in one another, as deep as a page may be, behind an article."""
    times = deep // ends.count("</")
    article = "<article><h1>T</h1>" + "<p>Words of the article are here, said the council.</p>" * 20 + "</article>"
    return (article + "".join(begins.format(n=n) for n in range(times)) + ends * times).encode()


def pages() -> Iterator[WorstInput]:
    for name, unit in MARKUP.items():
        elements = unit.count("<") - unit.count("</")
        most = len(unit) * (MAX_ELEMENTS // elements - 10) if elements else MAX_BYTES
        for size in dict.fromkeys((1_400_000, min(most, MAX_BYTES), MAX_BYTES)):
            make = partial(filled, unit, size)
            yield WorstInput(f"HTML: {name}, {size / 1e6:.2f} MB", make, partial(document, "a.html"))
            yield WorstInput(f"saved page: {name}, {size / 1e6:.2f} MB", make, partial(ingested, "a.html"))
    make = partial(
        numbered,
        COMMENT,
        2_400_000,
        f"<article><h1>T</h1>{'<p>Words of the article are here.</p>' * 20}</article><ol>",
        "</ol>",
    )
    yield WorstInput("saved page: comments", make, partial(ingested, "a.html"))
    badges = "<li class=comment><span class=badge>Staff</span><div class=comment-content><p>Words of {n}</p></div></li>"
    many = partial(numbered, badges, 2_400_000, "<article><p>Words of the article.</p></article><ol>", "</ol>")
    yield WorstInput("saved page: comments with badges", many, partial(ingested, "a.html"))
    for name, (begins, ends) in NESTED.items():
        thread = partial(nested, begins, ends, 500)
        yield WorstInput(f"saved page: {name}", thread, partial(ingested, "a.html"))
    wide = "<table>" + "<tr><td colspan=200 rowspan=200>a" * 250 + "</table>"
    yield WorstInput("HTML: spans", partial(filled, wide, 1_000_000), partial(document, "a.html"))
    fields = "<meta name=author content=a>"
    yield WorstInput("saved page: metadata", partial(filled, fields, 2_000_000, "<head>"), partial(ingested, "a.html"))
    data = (
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[' + "{}," * 300_000 + "{}]}</script><p>a"
    )
    yield WorstInput("saved page: linked data", data.encode, partial(ingested, "a.html"))


def texts() -> Iterator[WorstInput]:
    for unit in (
        "[",
        "![",
        "*",
        "`",
        "> a\n",
        "- a\n",
        "<",
        "<!--",
        "[a](",
        "|a",
        "[a]: x\n",
        "a*",
        "_a",
        "a\n\n",
        "a ",
        "|a|\n|-|\n",
        "&amp;",
        "1. a\n",
        "# a\n",
        "[a]",
        "<b>",
        "\\*",
        "~~a",
        "    a\n",
        "***a",
        "a\\\n",
    ):
        yield WorstInput(f"Markdown: {unit!r}", partial(filled, unit, 2_000_000), partial(document, "a.md"))
    for name, unit in {
        "lines": "a\n",
        "long lines": "He said no to it all. " * 3 + "\n",
        "blank": "\n",
        "vertical": "\v",
        "words": "a ",
        "sentences": "I. ",
        "turns": "Anna Bell: we go.\n",
        "NULs": "a" * 2100 + "\0",
    }.items():
        most = len(unit) * (MAX_LINES - 1) if "\n" in unit or "\v" in unit else MAX_LENGTH
        make = partial(filled, unit, min(most, MAX_LENGTH))
        yield WorstInput(f"text: {name}", make, partial(document, "a.txt"))
        yield WorstInput(f"text as a draft: {name}", make, partial(ingested, "a.txt"))


CUES = {
    "cues": "00:00:01.000 --> 00:00:02.000\na\n\n",
    "voices": "00:00:01.000 --> 00:00:02.000\n<v A>a<v B>b\n\n",
    "lines of a cue": "a\n",
    "times": "00:00:01.000 --> 00:00:02.000\n",
    "tags": "<c",
    "blank": "\n",
    "notes": "NOTE\n\n",
    "voices of a cue": "<v A>a",
    "settings": " line:0",
    "styles": "STYLE\na\n\n",
}
CAPTIONS = {
    "cues": "1\n00:00:01,000 --> 00:00:02,000\na\n\n",
    "lines": "a\n",
    "numbers": "1\n",
    "blank": "\n",
    "tags": "<i",
    "times": "00:00:01,000 --> 00:00:02,000\n",
    "overrides": "{\\",
    "digits": "1",
    "digits and blanks": "1\n\n",
}


def subtitles() -> Iterator[WorstInput]:
    head = "WEBVTT\n\n"
    for name, unit in CUES.items():
        begin = head + ("" if unit.endswith("\n\n") else "00:00:01.000 --> 00:00:02.000\n")
        yield WorstInput(f"VTT: {name}", partial(filled, unit, MAX_BYTES, begin), partial(document, "a.vtt"))
    for name, unit in CAPTIONS.items():
        begin = "" if unit.endswith("\n\n") else "1\n00:00:01,000 --> 00:00:02,000\n"
        yield WorstInput(f"SRT: {name}", partial(filled, unit, MAX_BYTES, begin), partial(document, "a.srt"))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
WORDS = {
    "paragraphs": "<w:p><w:r><w:t>w</w:t></w:r></w:p>",
    "empty paragraphs": "<w:p/>",
    "runs": "<w:r><w:t>w</w:t></w:r>",
    "cells": "<w:tc><w:p/></w:tc>",
    "rows": "<w:tr><w:tc><w:p><w:r><w:t>w</w:t></w:r></w:p></w:tc></w:tr>",
    "tables": "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "breaks": "<w:r><w:br/></w:r>",
    "tabs": "<w:tab/>",
    "items": f"<w:p><w:pPr>{NUMBERED}</w:pPr><w:r><w:t>w</w:t></w:r></w:p>",
    "bold": "<w:r><w:rPr><w:b/></w:rPr><w:t>w</w:t></w:r>",
    "unknown": "<w:x/>",
    "text": "w ",
    "one word": "w",
    "bookmarks": '<w:bookmarkStart w:name="b"/>',
    "fields": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "notes": '<w:r><w:footnoteReference w:id="1"/></w:r>',
    "styles": '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>w</w:t></w:r></w:p>',
    "deleted": "<w:del><w:r><w:delText>w</w:delText></w:r></w:del>",
    "deep": "<w:p>",
    "deep tables": "<w:tbl><w:tr><w:tc>",
    "links": '<w:hyperlink w:anchor="a"><w:r><w:t>w</w:t></w:r></w:hyperlink>',
    "boxes": "<w:sdt><w:sdtContent>",
    "merged": "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>",
}
AROUND = {
    "runs": ("<w:p>", "</w:p>"),
    "bold": ("<w:p>", "</w:p>"),
    "breaks": ("<w:p>", "</w:p>"),
    "links": ("<w:p>", "</w:p>"),
    "cells": ("<w:tbl><w:tr>", "</w:tr></w:tbl>"),
    "rows": ("<w:tbl>", "</w:tbl>"),
    "merged": ("<w:tbl>", "</w:tbl>"),
    "text": ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
    "one word": ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
    "tabs": ("<w:p><w:r>", "</w:r></w:p>"),
    "notes": ("<w:p>", "</w:p>"),
    "fields": ("<w:p>", "</w:p>"),
}


def word_document(name: str, size: int) -> bytes:
    """A Word document with so many bytes of XML."""
    unit, (begin, end) = WORDS[name], AROUND.get(name, ("", ""))
    head = f'<w:document xmlns:w="{WORD}"><w:body>{begin}'
    tags = [part.strip("<>").split()[0] for part in unit.split("><")] if "deep" in name or name == "boxes" else []
    closing = "".join(f"</{tag}>" for tag in reversed(tags))
    if closing:
        count = size // len(unit + closing)
        inner = unit * count + closing * count
    else:
        inner = filled(unit, size - 300).decode()
    return packed(
        {
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            "<Relationship "
            'Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            "<Default "
            'Extension="xml" ContentType="application/xml"/></Types>',
            "word/document.xml": f"{head}{inner}{end}</w:body></w:document>",
        }
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def word_documents() -> Iterator[WorstInput]:
    for name in WORDS:
        for size in (2_000_000, 9_900_000):
            make = partial(word_document, name, size)
            yield WorstInput(f"DOCX: {name}, {size / 1e6:.0f} MB of XML", make, partial(document, "a.docx"))


def pdf_document(content: bytes, pages: int = 1, more: bytes = b"") -> bytes:
    """A PDF whose pages all show one stream, which is packed."""
    import zlib

    stream = zlib.compress(content)
    kids = b" ".join(b"%d 0 R" % (10 + number) for number in range(pages))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        **{
            10 + number: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
            b"/Resources<</Font<</F 4 0 R>>%s>>>>" % more
            for number in range(pages)
        },
    }
    made, places = bytearray(b"%PDF-1.4\n"), {}
    for number, held in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj%s endobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, max(objects) + 1))
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (max(objects) + 1, table)
    return bytes(made) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, start)


DRAWN = {
    "characters": b"BT /F 1 Tf 1 0 0 1 9 9 Tm (%s) Tj ET " % (b"a" * 200),
    "lines": b"0 0 m 9 9 l S ",
    "boxes": b"0 0 9 9 re f ",
    "curves": b"0 0 1 1 2 2 3 3 c S ",
    "states": b"q ",
    "operands": b"0 ",
    "arrays": b"[",
    "marks": b"/A BMC ",
    "paths": b"0 0 m 1 1 l ",
    "words": b"BT /F 9 Tf 9 9 Td (a) Tj ET ",
    "names": b"/A ",
    "texts": b"BT /F 1 Tf [%s] TJ ET " % (b"(a) 9 " * 200),
    "lines of text": b"BT /F 9 Tf 9 99 Td (a) ' ET ",
    "rules": b"0 %d m 600 %d l S ",
    "strings": b"(((",
    "ends": b"Q ",
    "images": b"BI /W 1 /H 1 /BPC 1 ID x EI ",
    "dictionaries": b"<<",
    "unknown": b"x ",
}


def drawn(name: str, size: int) -> bytes:
    """The content of a page."""
    if name == "rules":
        return b"".join(DRAWN[name] % (at, at) for at in range(600)) + b"BT /F 9 Tf 9 99 Td (a) Tj ET"
    return b"BT /F 9 Tf 9 99 Td (Words) Tj ET " + filled(DRAWN[name].decode(), size)


LARGEST = b"BT /F 1 Tf 1 0 0 1 9 9 Tm (%s) Tj ET " % (b"a " * (MAX_CHARACTERS // 2))
"""The content of a page with as many characters as one may have."""
read_pdf = partial(document, "a.pdf")


def pdf_of_forms() -> bytes:
    """A page that shows a form ten times, which shows another ten times, and so on: ten to the eighth in all."""
    made = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    head = b"/Resources<</XObject<</F %d 0 R>>>>"
    shown = b"/F Do " * 10
    made += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s>>endobj\n" % (head % 5)
    made += b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(shown), shown)
    for number in range(5, 13):
        form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length %d>>" % (head % (number + 1), len(shown))
        made += b"%d 0 obj%sstream\n%s\nendstream endobj\n" % (number, form, shown)
    return made + b"trailer<</Size 13/Root 1 0 R>>\n%%EOF"


def pdf_documents() -> Iterator[WorstInput]:
    for name in DRAWN:
        for size in (200_000, MAX_DRAWN - 2_000, 20_000_000):
            yield WorstInput(
                f"PDF: {name}, {size / 1e6:.1f} MB",
                lambda name=name, size=size: pdf_document(drawn(name, size)),
                partial(document, "a.pdf"),
            )
        yield WorstInput(
            f"PDF: {name}, 500 pages",
            lambda name=name: pdf_document(drawn(name, 10_000), 500),
            partial(document, "a.pdf"),
        )
    yield WorstInput("PDF: characters, as many as one page may have", lambda: pdf_document(LARGEST), read_pdf)
    yield WorstInput("PDF: forms that show forms", pdf_of_forms, read_pdf)
    yield WorstInput("PDF: pages", lambda: pdf_document(b"", 100_000), partial(document, "a.pdf"))


# --- exports ----------------------------------------------------------------------------------------------------------


def tables() -> Iterator[WorstInput]:
    size = TEXT_LIMIT
    for name, unit, begin, end in (
        ("c.csv", "c{n},", "", "text\n1"),
        ("c.csv", "a,b\n", "id,text\n", ""),
        ("c.csv", "\n", "id,text\n", "a,b\n"),
        ("c.csv", '"', "id,text\n1,", ""),
        ("c.csv", ",", "id,text\n", ""),
        ("c.csv", ",", "", "\na,b"),
        ("c.csv", "{n},a\n", "id,text\n", ""),
        ("c.csv", "a", "id,text\n1,", ""),
        ("c.csv", "a\n", 'id,text\n1,"', '"'),
        ("c.csv", "{n},<p>a</p>\n", "id,text\n", ""),
        ("c.csv", "{n},a,{n}\n", "id,text,parent\n", ""),
        ("c.json", "[", "", ""),
        ("c.json", "{},", "[", "{}]"),
        ("c.json", '{"text":"a"},', "[", "{}]"),
        ("c.json", '{"replies":[', "[", ""),
        ("c.json", '{"id":{n},"text":"a"},', "[", "{}]"),
        ("c.json", "9", "[", "]"),
        ("c.json", '"a",', "[", '"a"]'),
        ("c.json", '"k{n}":1,', "[{", '"a":1}]'),
        ("c.json", "\\u00e9", '[{"text":"', '"}]'),
        ("c.json", '{"id":{n},"text":"a <b>b</b> &amp; c","date":"1 May 2025"},', "[", "{}]"),
        ("c.jsonl", "{}\n", "", ""),
        ("c.jsonl", '{"id":{n},"text":"a"}\n', "", ""),
        ("c.jsonl", "\n", "", "{}"),
        ("c.jsonl", "9", '{"a":', "}"),
        ("c.xml", "<a>", "", ""),
        ("c.xml", "<post/>", '<disqus xmlns="http://disqus.com">', "</disqus>"),
        ("c.xml", "<post><message>&lt;p>a</message></post>", '<disqus xmlns="http://disqus.com">', "</disqus>"),
        ("c.xml", " a{n}=''", "<disqus", "/>"),
    ):
        make = partial(numbered if "{n}" in unit else filled, unit, size, begin, end)
        yield WorstInput(f"comments, {name}: {begin[:20]!r} {unit!r}", make, partial(comments, name))


ANNOTATION = '{"uri":"u","text":"t","target":[{"selector":[{"type":"TextQuoteSelector","exact":"%s","prefix":"a"}]}]},'


def annotation_files() -> Iterator[WorstInput]:
    for what, exact in {
        "nowhere": "harbour {n} words of it",
        "everywhere": "e",
        "long": "harbour board " * 300,
    }.items():
        make = partial(numbered, ANNOTATION % exact, TEXT_LIMIT, "[", "{}]")
        yield WorstInput(f"annotations: {what}", make, partial(annotations, "a.json"))
    whole = " ".join((GOOD / FOLDER / "source.txt").read_text("utf-8").split())[:3000]
    make = partial(numbered, ANNOTATION % json.dumps(whole)[1:-1], TEXT_LIMIT, "[", "{}]")
    yield WorstInput("annotations: the whole text", make, partial(annotations, "a.json"))
    near = whole[:1500].replace(" the ", " teh ")
    make = partial(numbered, ANNOTATION % json.dumps(near)[1:-1], TEXT_LIMIT, "[", "{}]")
    yield WorstInput("annotations: nearly the text", make, partial(annotations, "a.json"))
    for name, unit, begin, end in (
        ("a.json", "{},", "[", "{}]"),
        ("a.json", '{"target":', "", ""),
        ("a.json", "[", "", ""),
        ("a.json", '{"refinedBy":', '[{"target":{"selector":', ""),
        ("a.json", '{"value":"a"},', '[{"body":[', "{}]}]"),
        ("a.csv", "u,q{n},b,Annotation\n", "URL,Quote,Body,Annotation/Reply Type\n", ""),
        ("a.json", '"t",', '[{"uri":"u","text":"t","tags":[', '"t"]}]'),
    ):
        make = partial(numbered if "{n}" in unit else filled, unit, TEXT_LIMIT, begin, end)
        yield WorstInput(f"annotations, {name}: {unit!r}", make, partial(annotations, name))
    head = '{"format":"briefing-remarks-1","briefing":"b","state":"","exported":"2025-01-01","reviewer":"A","remarks":['
    for unit in ('{"annotation":"","state":"","text":"a"},', "[", "{},", "9"):
        yield WorstInput(f"remarks: {unit!r}", partial(filled, unit, 2_000_000, head), remarks)


BIB = "@article{k{n}, title={T}, author={A and B}, year=2020}\n"


def reference_files() -> Iterator[WorstInput]:
    for name, unit, begin, end in (
        ("a.bib", BIB, "", ""),
        ("a.bib", "@a{", "", ""),
        ("a.bib", "{", "@a{k, title=", ""),
        ("a.bib", "@", "@a{k,", ""),
        ("a.bib", "a = {b},", "@a{k,", "}"),
        ("a.bib", "f{n} = {b},", "@a{k,", "}"),
        ("a.bib", "A and ", "@a{k, title={T}, author={", "B}}"),
        ("a.bib", "\\emph{", "@a{k, title={", "}}"),
        ("a.bib", "$", "@a{k, title={", "}}"),
        ("a.bib", '"', "@a{k, title=", "}"),
        ("a.bib", "@string{s{n} = {a}}\n", "", ""),
        ("a.bib", "% a\n", "", "@a{k, title={T}}"),
        ("a.bib", "a # ", "@a{k, title=", "a}"),
        ("a.bib", "\\'", "@a{k, title={", "}}"),
        ("a.bib", "@a{k, title={T}}\n", "", ""),
        ("a.bib", "=", "@a{k,", "}"),
        ("a.bib", "@comment{a}\n", "", ""),
        ("a.bib", "{\\", "@a{k, title={", "}}"),
        ("a.bib", "\n", "@a{k,", "}"),
        ("a.ris", "TY  - JOUR\nTI  - T\nER  - \n", "", ""),
        ("a.ris", "AU  - A\n", "TY  - JOUR\nTI  - T\n", "ER  - \n"),
        ("a.ris", "a\n", "TY  - JOUR\nTI  - T\n", "ER  - \n"),
        ("a.ris", "TY  - JOUR\n", "", ""),
        ("a.ris", "\n", "TY  - JOUR\n", ""),
        ("a.ris", "UR  - a;\n", "TY  - JOUR\nTI  - T\n", "ER  - \n"),
        ("a.json", '{"title":"T"},', "[", "{}]"),
        ("a.json", '{"family":"A"},', '[{"title":"T","author":[', "{}]}]"),
        ("a.json", "[", '[{"title":', ""),
        ("a.json", "9", '[{"title":', "}]"),
        ("a.json", "9", '[{"title":"', '"}]'),
        ("a.rdf", "<a/>", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', "</rdf:RDF>"),
        ("a.rdf", "<a>", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', ""),
    ):
        make = partial(numbered if "{n}" in unit else filled, unit, MOST_BYTES, begin, end)
        yield WorstInput(f"works, {name}: {begin[:14]!r} {unit[:30]!r}", make, partial(works, name))


def zips() -> Iterator[WorstInput]:
    yield WorstInput("zip: one file of zeros", lambda: packed({"a": b"\0" * 190_000_000}), verified)
    yield WorstInput("zip: files", lambda: packed({f"f{n}": b"" for n in range(200_000)}), verified)
    made = {"briefing-site.json": b"[" * 50_000_000}
    yield WorstInput("zip: a manifest of brackets", lambda: packed(made), verified)


def all_inputs() -> tuple[WorstInput, ...]:
    groups = (
        sources,
        yamls,
        figures,
        proses,
        pages,
        texts,
        subtitles,
        word_documents,
        pdf_documents,
        tables,
        annotation_files,
        reference_files,
        zips,
    )
    return tuple(one for group in groups for one in group())
