"""Compares what a briefing's manifest says with the texts in it: spans, hashes, counts, numbers, who is credited."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from briefing.anchor.quoting import letters, quotable, stands
from briefing.attribution.credit import called_as, credit
from briefing.model.manifest import MANIFEST, BriefingManifest, ManifestAnnotation
from briefing.text import language, quantities
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts

LEVELS = (0, 1, 2)
OF_SPEAKERS = frozenset(("wrong-speaker", "speaker-not-named", "via-missing", "attribution-misplaced"))
"""Codes of what an author may allow of who is credited."""
OF_VALUES = frozenset(("value-not-in-target",))


def check_records(texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield what in a manifest contradicts itself."""
    manifest = texts.manifest
    file = f"{manifest.path}/{MANIFEST}"
    yield from _check_source(manifest, file)
    for comment in manifest.comments:
        if comment.text and hashlib.sha256(comment.text.encode()).hexdigest() != comment.sha256:
            yield Mismatch("altered", file, f"comment {comment.id}", "its text does not have the hash that is recorded")
    for annotation in manifest.annotations:
        yield from _check_annotation(texts, annotation, file)
    for theme in manifest.themes:
        for member in theme.members:
            rules = language(manifest.source.language)
            text = texts.comments.get(member.comment, "")
            if member.words and not stands(member.words, quotable(text, rules)):
                where = f"theme {theme.id}, comment {member.comment}"
                yield Mismatch("quotation", file, where, "these words are not in the comment", text, member.words)
    for one in manifest.quoted:
        known = one.found and not one.reason and letters(one.words) not in texts.listed
        if known and not texts.words.find(one.words):
            message = f"these words are said to be in {one.found}, and are not"
            yield Mismatch("passage", file, "quoted", message, one.found, one.words)
    yield from _check_counts(manifest, file)


def _check_source(manifest: BriefingManifest, file: str) -> Iterator[Mismatch]:
    source = manifest.source
    if source.publish == "full":
        found = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        if found != source.sha256:
            yield Mismatch("altered", file, "source", "the text does not have the hash recorded", source.sha256, found)
        if len(source.text) != source.length:
            expected, found = str(source.length), str(len(source.text))
            yield Mismatch("altered", file, "source", "the text has another length than recorded", expected, found)
    last = 0
    for passage in source.passages:
        if passage.start < last or passage.end - passage.start != len(passage.text) or passage.end > source.length:
            where = f"passage {passage.start}-{passage.end}"
            yield Mismatch("altered", file, where, "its place and its length do not agree", "", passage.text)
        last = passage.end


def _check_annotation(texts: KnownTexts, annotation: ManifestAnnotation, file: str) -> Iterator[Mismatch]:
    for match in annotation.matches:
        words = texts.slice(annotation.comment, match.start, match.end)
        if words != match.text:
            message = f"its words are not at {match.start}-{match.end} of {_text_of(annotation)}"
            yield Mismatch("quotation", file, annotation.id, message, words or "", match.text)
        elif match.level not in LEVELS:
            yield Mismatch(
                "altered", file, annotation.id, "there is no such level of match", "0 to 2", str(match.level)
            )
    yield from _check_beside(texts, annotation, file)
    yield from _check_numbers(texts, annotation, file)
    yield from _check_credit(texts, annotation, file)


def _text_of(annotation: ManifestAnnotation) -> str:
    return f"comment {annotation.comment}" if annotation.comment else "the source"


def _check_beside(texts: KnownTexts, annotation: ManifestAnnotation, file: str) -> Iterator[Mismatch]:
    first, last = annotation.matches[0], annotation.matches[-1]
    beside = (
        ("before", annotation.prefix, first.start - len(annotation.prefix), first.start),
        ("behind", annotation.suffix, last.end, last.end + len(annotation.suffix)),
    )
    for where, words, start, end in beside:
        found = texts.slice(annotation.comment, start, end) if words else ""
        if found is not None and found != words:
            yield Mismatch("quotation", file, annotation.id, f"other words are {where} its words", found, words)


def _check_numbers(texts: KnownTexts, annotation: ManifestAnnotation, file: str) -> Iterator[Mismatch]:
    """Yield a figure whose numbers are in none of its words, although these have numbers."""
    if not OF_VALUES.isdisjoint(annotation.allowed):
        return
    given = {number for text in (annotation.low, annotation.high) if (number := as_number(text)) is not None}
    words = " ".join(match.text for match in annotation.matches)
    rules = language(texts.manifest.source.language)
    stated = {value for one in quantities(words, rules) for part in (one, *one.parts) for value in part.values}
    if given and stated and not given & stated:
        message, expected = "its value is not a number of its words", ", ".join(sorted(map(str, stated)))
        yield Mismatch("figure", file, annotation.id, message, expected, f"{annotation.low} {annotation.high}".strip())


def _check_credit(texts: KnownTexts, annotation: ManifestAnnotation, file: str) -> Iterator[Mismatch]:
    """Yield a statement whose crediting words name somebody else; the author may have allowed that."""
    if annotation.attribution is None or not annotation.speaker or not OF_SPEAKERS.isdisjoint(annotation.allowed):
        return
    start, end = annotation.attribution
    words, spoken = texts.slice("", start, end) or "", language(texts.manifest.source.language)
    if not spoken.speakers.verbs:
        return
    people = {
        each.speaker: called_as(each.speaker, each.role, each.speaker_kind == "organisation", "", spoken)
        for each in texts.manifest.annotations
        if each.speaker
    }
    found = credit(words, people, spoken.speakers, start < annotation.matches[0].start)
    other = found.people and not found.people & {annotation.speaker, *annotation.via}
    stranger = not found.people and found.stranger
    if not found.refers and (other or stranger):  # a pronoun or an office may mean anybody
        message = "the source gives its words to somebody else"
        yield Mismatch("speaker", file, annotation.id, message, words, annotation.speaker)


def _check_counts(manifest: BriefingManifest, file: str) -> Iterator[Mismatch]:
    kinds = Counter(each.kind for each in manifest.annotations)
    aside = {comment.id for comment in manifest.comments if comment.set_aside}
    themed = {member.comment for theme in manifest.themes for member in theme.members}
    every = {comment.id for comment in manifest.comments}
    expected = {
        "quotation": kinds["quotation"],
        "reported": kinds["reported"],
        "figure": kinds["figure"],
        "context": kinds["context"],
        "derived": len(manifest.derived),
        "theme": len(manifest.themes),
        "comment": len(every),
        "in themes": len(themed - aside),
        "set aside": len(aside),
        "in neither": len(every - themed - aside),
        "work": len(manifest.works),
    }
    for name, number in manifest.counts.items():
        if expected.get(name) != number:
            message = f"the count “{name}” is not that of the records"
            yield Mismatch("count", file, "counts", message, str(expected.get(name, "")), str(number))


def as_number(text: str) -> Decimal | None:
    """Return a number in plain digits; None for anything else."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
