"""The texts of one briefing as its manifest gives them: the source, comments, excerpts and translations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from briefing.anchor.known_words import KnownWords
from briefing.anchor.quoting import Quotable, letters, quotable, within
from briefing.model.manifest import BriefingManifest, ManifestAnnotation, ManifestChange, ManifestPassage
from briefing.text import language, paragraphs
from briefing.verify.findings import place_in


class KnownTexts:
    """What can be quoted of a briefing, and its records by id."""

    def __init__(self, manifest: BriefingManifest) -> None:
        self.manifest = manifest
        self.comments = {comment.id: comment.text for comment in manifest.comments}
        self.annotations = {each.id: each for each in manifest.annotations}
        self.whole = manifest.source.publish == "full"

    @cached_property
    def words(self) -> KnownWords:
        """Everything that may be quoted."""
        return KnownWords(self._texts())

    @cached_property
    def listed(self) -> frozenset[str]:
        """The passages in quotation marks that are listed with a reason, as they are compared."""
        return frozenset(
            letters(one.words)
            for one in self.manifest.quoted
            if one.reason != "former" and (one.reason or not self._can_find(one.found))
        )

    @cached_property
    def former(self) -> frozenset[str]:
        """The passages in quotation marks that readers were shown before a correction, as they are compared."""
        return frozenset(letters(one.words) for one in self.manifest.quoted if one.reason == "former")

    def change(self, name: str) -> ManifestChange | None:
        """Return the change that a page names by the numbers of its correction and of itself: `2.1`."""
        first, _, second = name.partition(".")
        changes = {
            (at, number): change
            for at, correction in enumerate(self.manifest.corrections, 1)
            for number, change in enumerate(correction.changes, 1)
        }
        return changes.get((place_in(first), place_in(second)))

    @cached_property
    def openings(self) -> frozenset[str]:
        """All passages of some length in quotation marks, as they are compared, each with a space behind it."""
        compared = (letters(one.words) for one in self.manifest.quoted)
        return frozenset(f"{words} " for words in compared if words.count(" ") >= 2)

    @cached_property
    def lines(self) -> dict[int, tuple[int, int]]:
        """The spans of the paragraphs of a source that is here whole, by their numbers."""
        text = self.manifest.source.text
        found: dict[int, tuple[int, int]] = {}
        for line in paragraphs(text):
            if text[line.start : line.end].strip():
                found[len(found) + 1] = (line.start, line.end)
        return found

    def slice(self, comment: str, start: int, end: int) -> str | None:
        """Return some words of the source or a comment; None where they are not here."""
        if comment:
            text = self.comments.get(comment, "")
            return text[start:end] if text and 0 <= start < end <= len(text) else None
        if self.whole:
            text = self.manifest.source.text
            return text[start:end] if 0 <= start < end <= len(text) else None
        for one in self.manifest.source.passages:
            if one.start <= start < end <= one.end:
                return one.text[start - one.start : end - one.start]
        return None

    def having(self, comment: str, start: int, end: int) -> Sequence[ManifestAnnotation]:
        """Return the annotations of which a piece is at a place."""
        return self._places.get((comment, start, end), ())

    @cached_property
    def _places(self) -> dict[tuple[str, int, int], list[ManifestAnnotation]]:
        found: dict[tuple[str, int, int], list[ManifestAnnotation]] = {}
        for each in self.manifest.annotations:
            for match in each.matches:
                found.setdefault((each.comment, match.start, match.end), []).append(each)
        return found

    def _can_find(self, found: str) -> bool:
        """Return whether what has a passage is here: of a source in excerpts only a part is."""
        return found != "the source" or self.whole

    def _texts(self) -> Iterator[tuple[str, Quotable]]:
        source, rules = self.manifest.source, language(self.manifest.source.language)
        if self.whole:
            lines = dict.fromkeys(within(source.text, line, rules) for line in paragraphs(source.text))
            yield from (("the source", quotable(line.of(source.text), rules)) for line in lines)
        yield from (("the source", quotable(one.text, rules)) for one in source.passages)
        for each in self.manifest.annotations:
            if not self.whole and not each.comment:
                yield "the source", quotable("\n".join(match.text for match in each.matches), rules)
        yield from ((f"comment {id}", quotable(text, rules)) for id, text in self.comments.items() if text)
        for work in self.manifest.works:
            own = language(work.language or self.manifest.language)
            yield from ((f"an excerpt of “{work.id}”", quotable(text, own)) for text in work.excerpts)


GAP = "[…]"
"""Stands for what is left out."""
_SPACE = re.compile(r"\s+")


def on_one_line(text: str) -> str:
    """Return words with white space as a page shows it."""
    return _SPACE.sub(" ", text).strip()


def source_paragraphs(texts: KnownTexts) -> Iterator[tuple[int, str]]:
    """Yield what is published of each paragraph of the source, with its number, and a sign for what is left out."""
    source = texts.manifest.source
    if texts.whole:
        yield from ((number, source.text[start:end]) for number, (start, end) in texts.lines.items())
        return
    parts: dict[int, list[ManifestPassage]] = {}
    for number, passage in zip(source.paragraphs, source.passages, strict=False):
        parts.setdefault(number, []).append(passage)
    spans = dict(zip(source.paragraphs, source.paragraph_spans, strict=False))
    for number, shown in parts.items():
        first, last = shown[0].start, shown[-1].end
        start, end = spans.get(number, (first, last))
        edges = f"{GAP} " if start < first else "", f" {GAP}" if last < end else ""
        yield number, f" {GAP} ".join(passage.text for passage in shown).join(edges)


def is_left_out(texts: KnownTexts, number: int, before: int) -> bool | None:
    """Return whether paragraphs are left out between two that are shown; the number after the last one is 0.

    None where a manifest of an older program does not say.
    """
    if number:
        return number > before + 1
    known = len(texts.lines) if texts.whole else texts.manifest.source.paragraph_count
    return before < known if known else None


def as_published(line: str, texts: KnownTexts) -> str:
    """Return a paragraph of a page with the signs that are compared: a manifest of an older program does not say
    whether something is left out at its ends."""
    if texts.whole or texts.manifest.source.paragraph_spans:
        return line
    return line.removeprefix(f"{GAP} ").removesuffix(f" {GAP}")
