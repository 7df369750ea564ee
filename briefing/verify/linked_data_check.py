"""Compares what the pages of a briefing say for programs (JSON-LD of schema.org, `citation_*`) with its records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.anchor.quoting import letters
from briefing.model.manifest import BriefingManifest, ManifestAnnotation
from briefing.verify.briefing_data import Data, head_of, read_at, rows_in, source_of
from briefing.verify.findings import Kind, Mismatch
from briefing.verify.page_reader import PageRead


def check_linked_data(pages: Mapping[str, PageRead], manifest: BriefingManifest, data: Data) -> Iterator[Mismatch]:
    """Yield what is not so in the Article of the overview, in what is said there to have been corrected, in the
    verdicts, and in what any page says of the briefing for those who cite it."""
    yield from _check_reviews(pages, manifest, data)
    for file, read in pages.items():
        yield from _check_cited(file, read, manifest, data)
    name = f"{manifest.path}/index.html".removeprefix("/")
    page = pages.get(name)
    if page is None:
        return  # among what is missing already
    articles = [one for one in _linked_data(page) if one.get("@type") == "Article" and "headline" in one]
    if len(articles) != 1:
        yield Mismatch("missing", name, "script", "programs are not told what it is, or twice")
        return
    (article,) = articles
    for field, known, given in _facts(article, manifest, data):
        if (known or None) != (given or None):
            yield Mismatch("text", name, f"script {field}", "it is another one", str(known or ""), str(given or ""))
    yield from _check_corrections(name, article.get("correction") or [], manifest)


def _check_corrections(name: str, told: Any, manifest: BriefingManifest) -> Iterator[Mismatch]:
    if not isinstance(told, list) or len(told) != len(manifest.corrections):
        message = "programs are told of another number of corrections"
        yield Mismatch("count", name, "script correction", message, str(len(manifest.corrections)), str(len(told)))
        return
    for number, one, shown in _pairs(manifest, told):
        where = f"script correction {number}"
        if shown.get("datePublished") != one.date:
            yield Mismatch("text", name, where, "its day is another one", one.date, str(shown.get("datePublished")))
        said = letters(str(shown.get("text", "")))
        for words in (one.reason, *(text for change in one.changes for text in (change.before, change.after))):
            if words and letters(words) not in said:
                yield Mismatch("text", name, where, "it does not say this", words, str(shown.get("text", "")))


def _pairs(manifest: BriefingManifest, told: Sequence[Any]) -> Iterator[tuple[int, Any, Mapping[str, Any]]]:
    """Yield the corrections, the latest first, each with what is told."""
    for at, shown in enumerate(told):
        number = len(manifest.corrections) - at
        yield number, manifest.corrections[number - 1], shown if isinstance(shown, dict) else {}


def _linked_data(page: PageRead) -> Iterator[Mapping[str, Any]]:
    for script in page.root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                found = json.loads(script.text_content())
            except (ValueError, RecursionError):
                continue
            yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))


def _facts(article: Mapping[str, Any], manifest: BriefingManifest, data: Data) -> Iterator[tuple[str, Any, Any]]:
    """Yield what is said, as the records have it and as the page does."""
    yield "headline", manifest.title, article.get("headline")
    yield "datePublished", manifest.date, article.get("datePublished")
    yield "inLanguage", manifest.language, article.get("inLanguage")
    yield "dateModified", max((one.date for one in manifest.corrections), default=""), article.get("dateModified")
    based, own = article.get("isBasedOn"), manifest.source
    based = based if isinstance(based, dict) else {}
    publisher = based.get("publisher")
    yield "isBasedOn name", own.title, based.get("name")
    yield "isBasedOn inLanguage", own.language, based.get("inLanguage")
    yield "isBasedOn publisher", own.publisher, publisher.get("name") if isinstance(publisher, dict) else ""
    yield from _facts_of_data(article, based, data)


def _facts_of_data(article: Mapping[str, Any], based: Mapping[str, Any], data: Data) -> Iterator[tuple[str, Any, Any]]:
    if about := head_of(data):
        home, names = str(about.get("permalink")), article.get("author")
        yield "description", about.get("description"), article.get("description")
        yield "keywords", ", ".join(about.get("tags") or ()), article.get("keywords")
        yield (
            "author",
            list(about.get("authors") or ()),
            [one.get("name") for one in names or () if isinstance(one, dict)],
        )
        yield "url", home if "://" in home else "", article.get("url")
        yield "isBasedOn url", read_at(source_of(data)), based.get("url")
        yield "isBasedOn datePublished", source_of(data).get("published"), based.get("datePublished")


# --- verdicts and citations ------------------------------------------------------------------------------------------


def _check_reviews(pages: Mapping[str, PageRead], manifest: BriefingManifest, data: Data) -> Iterator[Mismatch]:
    """Yield the verdicts that programs are told otherwise, or not at all, and those of no record."""
    judged = {one.id: one for one in manifest.annotations if one.verdict}
    rows = {str(row.get("id")): row for table in ("quotations", "figures") for row in rows_in(data, table)}
    left = set(judged)
    for name, page in pages.items():
        for review in (one for one in _linked_data(page) if one.get("@type") == "ClaimReview"):
            record = _reviewed(review, judged)
            if record is None:
                found = str(review.get("claimReviewed"))
                yield Mismatch(
                    "verdict", name, "script", "programs are told of a verdict that no record has", "", found
                )
                continue
            left.discard(record.id)
            yield from _check_review(name, review, record, manifest, rows.get(record.id))
    for id in sorted(left):
        yield Mismatch("missing", f"{manifest.path}/", f"#{id}", "programs are not told of its verdict")


def _reviewed(review: Mapping[str, Any], judged: Mapping[str, ManifestAnnotation]) -> ManifestAnnotation | None:
    """Return what a review is of: by its address, or where the site does not know its own, what has the most words in
    it, since one claim may be in another."""
    if address := str(review.get("url") or ""):
        return judged.get(address.rpartition("#")[2])
    said = letters(str(review.get("claimReviewed")))
    within = (one for one in judged.values() if all(letters(each.text) in said for each in one.matches))
    return max(within, key=lambda one: sum(len(each.text) for each in one.matches), default=None)


def _check_review(
    name: str, review: Mapping[str, Any], one: ManifestAnnotation, manifest: BriefingManifest, row: Data | None
) -> Iterator[Mismatch]:
    where = f"script #{one.id}"
    claim, rating = _part(review, "itemReviewed"), _part(review, "reviewRating")
    said = str(review.get("claimReviewed"))
    parts: list[tuple[Kind, str]] = [("quotation", match.text) for match in one.matches]
    parts += [("figure", one.label), ("speaker", one.speaker if one.kind == "reported" else "")]
    for kind, words in parts:
        if words and letters(words) not in letters(said):
            yield Mismatch(kind, name, where, "the claim does not have this", words, said)
    work, speaker = _part(claim, "appearance").get("name"), _part(claim, "author").get("name")
    facts: list[tuple[str, Any, Any]] = [
        ("speaker", one.speaker, speaker),
        ("inLanguage", manifest.language, review.get("inLanguage")),
    ]
    facts += [("appearance", manifest.source.title, work)] if work else []
    if row is not None:
        facts.append(("author", row.get("verdict_by"), _part(review, "author").get("name")))
        facts.append(("datePublished", row.get("verdict_date"), review.get("datePublished")))
        facts.append(("ratingExplanation", row.get("verdict_note"), rating.get("ratingExplanation")))
    for field, known, given in facts:
        if letters(str(known or "")) != letters(str(given or "")):
            kind = "speaker" if field == "speaker" else "text"
            yield Mismatch(kind, name, f"{where} {field}", "it is another one", str(known or ""), str(given or ""))


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _check_cited(name: str, page: PageRead, manifest: BriefingManifest, data: Data) -> Iterator[Mismatch]:
    """Yield what is not so in the fields by which programs cite a page, of one that has them."""
    given: dict[str, list[str]] = {}
    for meta in page.root.iter("meta"):
        given.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
    about = head_of(data)
    known = {
        "citation_title": [manifest.title],
        "citation_publication_date": [manifest.date.replace("-", "/")],
        "citation_language": [manifest.language],
        **({"citation_author": list(about.get("authors") or ())} if about else {}),
    }
    for field, expected in known.items():
        found = given.get(field)
        if found is not None and list(map(letters, found)) != list(map(letters, map(str, expected))):
            yield Mismatch(
                "text", name, f"meta {field}", "it is another one", ", ".join(map(str, expected)), ", ".join(found)
            )
    for abstract in given.get("citation_abstract", ()):
        told = letters(str(about.get("description") or manifest.title))
        if about and not told.startswith(letters(abstract.removesuffix("…"))):
            yield Mismatch("text", name, "meta citation_abstract", "it is another one", told, abstract)
