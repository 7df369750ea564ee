"""Compares what a briefing says as plain Markdown with its records: each quoted passage leads to where it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.table_check import TableTarget

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LED = re.compile(r"\[(.*)\]\(<[^<>]*#([a-z][a-z0-9-]*)>\)(.*)")
_LINK = re.compile(r"(?<!\\)(?:\[|\]\(<?[^<>()]*>?\)|\](?= |$))")


def readable(line: str) -> str:
    """Return a line as it is read: without what makes its marks literal, and without addresses."""
    return html.unescape(_ESCAPED.sub(r"\1", _LINK.sub("", line)))


def texts_of_markdown(data: bytes) -> Iterator[str]:
    """Yield the lines of the file but for quoted passages, which are compared with what they lead to."""
    for line in data.decode("utf-8", "replace").split("\n"):
        if line and not line.startswith("> "):
            yield readable(line)


def check_text_file(name: str, data: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the quoted passages that are not what they lead to; the first block is what the briefing is about."""
    lines = [line for line in data.decode("utf-8", "replace").split("\n") if line]
    seen: set[str] = set()
    for line in lines:
        led = _LED.fullmatch(line)
        annotation = texts.annotations.get(led[2]) if led else None
        if led and annotation and annotation.kind == "reported":
            seen.add(annotation.id)
            rest = on_one_line(readable(led[3]))
            for match in annotation.matches:
                if on_one_line(match.text) not in rest:
                    message = "these are not the words that it leads to"
                    yield Mismatch("quotation", name, annotation.id, message, match.text, rest)
            yield from _check_credit(name, annotation.id, readable(led[1]), led[3], texts)
    for number, (line, after) in enumerate(pairwise((*lines, ""))):
        if line.startswith("> ") and number > 1:
            led = _LED.fullmatch(after)
            words, id = readable(line[2:]), led[2] if led else ""
            seen.add(id)
            if not led or not _has(id, words, texts):
                yield Mismatch(
                    "quotation", name, id or line[:40], "these are not the words that it leads to", "", words
                )
            else:
                yield from _check_credit(name, id, readable(led[1]), led[3], texts)
    for annotation in texts.manifest.annotations:
        if annotation.id not in seen:
            yield Mismatch("missing", name, annotation.id, "it does not have this annotation")


def _has(id: str, words: str, texts: KnownTexts) -> bool:
    if annotation := texts.annotations.get(id):
        return TableTarget(tuple(on_one_line(match.text) for match in annotation.matches)).is_in(words)
    if id in texts.comments:
        return on_one_line(words) in on_one_line(texts.comments[id])
    works = (work for work in texts.manifest.works if work.id == id)
    return any(on_one_line(words) == on_one_line(excerpt) for work in works for excerpt in work.excerpts)


def _check_credit(name: str, id: str, credit: str, rest: str, texts: KnownTexts) -> Iterator[Mismatch]:
    annotation = texts.annotations.get(id)
    if annotation is None:
        return
    if annotation.kind in ("quotation", "reported") and not credit.startswith(annotation.speaker):
        yield Mismatch("speaker", name, id, "somebody else says it", annotation.speaker, credit)
    if annotation.kind == "figure" and credit != on_one_line(annotation.label):
        yield Mismatch("figure", name, id, "its label is another one", annotation.label, credit)
    if (" [" in rest) != bool(annotation.verdict):
        yield Mismatch("verdict", name, id, "its verdict is there, or is not", annotation.verdict, rest)
