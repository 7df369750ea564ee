"""Compares what the overview of a briefing says for programs (JSON-LD, schema.org) with its records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.anchor.quoting import letters
from briefing.model.manifest import BriefingManifest
from briefing.verify.briefing_data import Data, head_of, read_at, source_of
from briefing.verify.findings import Mismatch
from briefing.verify.page_reader import PageRead


def check_linked_data(pages: Mapping[str, PageRead], manifest: BriefingManifest, data: Data) -> Iterator[Mismatch]:
    """Yield what is not so in the Article of the overview, and in what is said there to have been corrected."""
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
