"""Compares a briefing and its pages as plain Markdown with its records: each passage leads to where it is shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from briefing.model.places import unescaped
from briefing.verify.findings import Mismatch
from briefing.verify.folder_check import PAGE_OF
from briefing.verify.known_texts import GAP, KnownTexts, as_published, is_left_out, on_one_line, source_paragraphs
from briefing.verify.table_check import TableTarget

_OTHER_WORDS = "these are not the words that it leads to"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LED = re.compile(r"\[(.*)\]\(<[^<>]*#([a-z][a-z0-9-]*)>\)(.*)")
_LEAD = re.compile(r"(?:#{2,6}|>) ")
"""Before a heading or block quotation of the source; in its own words these marks are escaped."""
_ADDED = re.compile(r"\*\\\[.*\\\]\*")
"""A line that says who speaks in the paragraph below it; the source has no such line, since its marks are escaped."""
_LINK = re.compile(r"(?<!\\)(?:\[|\]\(<?[^<>()]*>?\)|\](?= |$))")


def readable(line: str) -> str:
    """Return a line as it is read: without what makes its marks literal, and without addresses."""
    return unescaped(_ESCAPED.sub(r"\1", _LINK.sub("", line)))


def texts_of_markdown(data: bytes) -> Iterator[str]:
    """Yield the lines of the file but for quoted passages, which are compared with what they lead to."""
    for line in data.decode("utf-8", "replace").split("\n"):
        if line and not line.startswith("> "):
            yield readable(line)


def check_text_file(name: str, data: bytes, texts: KnownTexts, page: str = "") -> Iterator[Mismatch]:
    """Yield what the one file of a briefing, or that of a `page`, has otherwise than the records.

    The first block is the title, the second of the one file and of the overview what the briefing is about.
    """
    lines = [line for line in data.decode("utf-8", "replace").split("\n") if line]
    title, found = on_one_line(texts.manifest.title), _plain(lines[0]) if lines else ""
    if not found.endswith(f": {title}" if page not in ("", "index") else f"# {title}"):
        yield Mismatch("text", name, "", "it is called otherwise", title, found)
    if page == "text":
        yield from _check_source(
            name, [_plain(_LEAD.sub("", line)) for line in lines[2:] if not _ADDED.fullmatch(line)], texts
        )
    else:
        yield from _check_records(name, lines, texts, page)


_TO_FILE = re.compile(r"- \[.*\]\(<[^<>#]*>\)|## .*")
"""A line of the lists of pages and copies that the one file ends with, or the heading of such a list."""


def check_together(name: str, whole: bytes, pages: Mapping[str, tuple[str, bytes]]) -> Iterator[Mismatch]:
    """Yield the pages that have other lines than the one file of a briefing, and the lines of it that none has.

    `pages` are the files of the pages by their names: of which page each is, and what is in it.
    """
    lines, folder = _lines(whole), name.rpartition("/")[0]
    own = {file: _lines(data)[1:] for file, (_, data) in pages.items()}  # the first has the name of the page
    with_records = [file for file, (page, _) in pages.items() if page != "text"]
    for file, every in own.items():
        shared = every if file in with_records else every[:1]  # what the source is
        for line in [line for line in shared if line not in lines][:1]:
            yield Mismatch("text", file, line[:40], f"{name} has no such line", "", line)
    yield from _check_links(name, lines, [file.removeprefix(f"{folder}/") for file in pages])
    shown = {line for each in own.values() for line in each}
    for line in _alone(lines, shown)[:1]:
        yield from (
            Mismatch("missing", file, line[:40], f"no page has this line of {name}", line) for file in with_records
        )


def _check_links(name: str, lines: Sequence[str], files: Sequence[str]) -> Iterator[Mismatch]:
    for file in files:
        if not any(line.endswith((f"/{file}>)", f"<{file}>)")) for line in lines):
            yield Mismatch("missing", name, file, "it does not lead to this file")


def _alone(lines: Sequence[str], shown: Collection[str]) -> list[str]:
    """Return the lines that no page has, but for the title and the lists at the end."""
    end = len(lines)
    while end and lines[end - 1] not in shown and _TO_FILE.fullmatch(lines[end - 1]):
        end -= 1
    return [line for line in lines[1:end] if line not in shown]


def _lines(data: bytes) -> list[str]:
    """Return the lines that are not empty, with addresses as they are in the briefing’s folder."""
    return [line.replace("](<../", "](<") for line in data.decode("utf-8", "replace").split("\n") if line]


def _plain(line: str) -> str:
    """Return a line that has no links as it is read."""
    return on_one_line(unescaped(_ESCAPED.sub(r"\1", line)))


def _check_source(name: str, shown: Sequence[str], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the first paragraph that is not that of the source, or of what is published of it."""
    known = _signs_apart(line for line in _with_gaps(texts, shown[-1:] == [GAP]) if line)
    lines = _signs_apart(line if line == GAP else as_published(line, texts) for line in shown)
    for number, (words, found) in enumerate(zip_longest(known, lines, fillvalue=""), 1):
        if words != found:
            yield Mismatch("text", name, f"paragraph {number}", "these are not the words of the source", words, found)
            return


def _signs_apart(lines: Iterable[str]) -> list[str]:
    """Return lines with the signs at their ends as lines of their own, as some sites have them, and none twice in a
    row."""
    found: list[str] = []
    for piece in (piece.strip() for line in lines for piece in _AT_ENDS.split(line)):
        if piece and not (piece == GAP and found[-1:] == [GAP]):
            found.append(piece)
    return found


_AT_ENDS = re.compile(rf"(^{re.escape(GAP)}(?= |$)|(?<= ){re.escape(GAP)}$)")


def _with_gaps(texts: KnownTexts, ends: bool) -> Iterator[str]:
    """Yield what is published of each paragraph, and a sign wherever paragraphs are left out; where nobody knows if any
    are at the end, as the page `ends`."""
    before = 0
    for number, words in source_paragraphs(texts):
        if is_left_out(texts, number, before):
            yield GAP
        yield on_one_line(words)
        before = number
    left_out = is_left_out(texts, 0, before)
    if ends if left_out is None else left_out:
        yield GAP


def _check_records(name: str, lines: Sequence[str], texts: KnownTexts, page: str) -> Iterator[Mismatch]:
    credits = [credit for credit in map(_credit_of, lines) if credit]
    reported = [one for one in credits if one.id in texts.annotations and texts.annotations[one.id].kind == "reported"]
    quoted = list(_quoted(lines[2:]))
    for credit in reported:
        yield from _check_reported(name, credit, texts)
    for words, after in quoted:
        yield from _check_quoted(name, words, after, texts)
    seen = {credit.id for credit in (*reported, *(after for _, after in quoted)) if credit}
    for annotation in texts.manifest.annotations:
        if annotation.id not in seen and page in ("", PAGE_OF[annotation.kind]):
            yield Mismatch("missing", name, annotation.id, "it does not have this annotation")


def _quoted(lines: Sequence[str]) -> Iterator[tuple[str, _Credit | None]]:
    """Yield quoted words with the credit in the line after them."""
    for line, after in pairwise((*lines, "")):
        if line.startswith("> "):
            yield readable(line[2:]), _credit_of(after)


@dataclass(frozen=True, slots=True)
class _Credit:
    """A line that names whom words are of, and leads to where they are shown."""

    named: str
    id: str
    rest: str


def _credit_of(line: str) -> _Credit | None:
    led = _LED.fullmatch(line)
    return _Credit(readable(led[1]), led[2], led[3]) if led else None


def _check_reported(name: str, credit: _Credit, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield reported words that do not follow the credit, in its own line."""
    rest = on_one_line(readable(credit.rest))
    for match in texts.annotations[credit.id].matches:
        if on_one_line(match.text) not in rest:
            yield Mismatch("quotation", name, credit.id, _OTHER_WORDS, match.text, rest)
    yield from _check_credit(name, credit, texts)


def _check_quoted(name: str, words: str, credit: _Credit | None, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield quoted words that no credit follows, or one that leads to other words."""
    if credit and _has(credit.id, words, texts):
        yield from _check_credit(name, credit, texts)
    else:
        yield Mismatch("quotation", name, credit.id if credit else f"> {words}"[:40], _OTHER_WORDS, "", words)


def _has(id: str, words: str, texts: KnownTexts) -> bool:
    if annotation := texts.annotations.get(id):
        return TableTarget(tuple(on_one_line(match.text) for match in annotation.matches)).is_in(words)
    if id in texts.comments:
        return on_one_line(words) in on_one_line(texts.comments[id])
    works = (work for work in texts.manifest.works if work.id == id)
    return any(on_one_line(words) == on_one_line(excerpt) for work in works for excerpt in work.excerpts)


def _check_credit(name: str, credit: _Credit, texts: KnownTexts) -> Iterator[Mismatch]:
    annotation = texts.annotations.get(credit.id)
    if annotation is None:
        return
    if annotation.kind in ("quotation", "reported") and not credit.named.startswith(annotation.speaker):
        yield Mismatch("speaker", name, credit.id, "somebody else says it", annotation.speaker, credit.named)
    if annotation.kind == "figure" and credit.named != on_one_line(annotation.label):
        yield Mismatch("figure", name, credit.id, "its label is another one", annotation.label, credit.named)
    if (" [" in credit.rest) != bool(annotation.verdict):
        yield Mismatch("verdict", name, credit.id, "its verdict is there, or is not", annotation.verdict, credit.rest)
