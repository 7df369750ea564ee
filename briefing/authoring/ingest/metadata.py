"""Read what a page says about itself: JSON-LD, `citation_*`, Open Graph and what every page has.

Where two of them contradict each other, or only a guess is left, the value is a TODO that says what was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from briefing.authoring.ingest.detect import day
from briefing.authoring.ingest.folder import TODO, Metadata
from briefing.load.schema.formats import LANGUAGE
from briefing.text.language_rules import Language, language

ARTICLES = re.compile(
    r"(?:News|Blog|Scholarly|Satirical|Opinion|Reportage|Analysis|Social)?\w*(?:Article|Posting|Report)$"
)
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """Where a page says something about itself."""

    html: str
    soup: BeautifulSoup
    article: Mapping[str, Any]
    """The page's article in JSON-LD."""
    metas: Mapping[str, list[str]]
    """The values of `meta` by their name or property in small letters."""

    def meta(self, *keys: str) -> str:
        """Return the value of the first of some `meta` that is there."""
        return next((self.metas[key][0] for key in keys if key in self.metas), "")


def read_metadata(html: str, soup: BeautifulSoup) -> tuple[Metadata, str]:
    """Return what a page says, and the text that it states as its article's (`articleBody`), if any."""
    facts = _PageFacts(html, soup, _find_article(soup), _meta_values(soup))
    tag = _find_language(facts)
    rules = language(tag if not tag.startswith(TODO) and tag else "und")
    publisher = _plain_text(facts.article.get("publisher"))
    metadata = Metadata(
        title=_find_title(facts),
        author=_find_author(facts),
        publisher=publisher
        or facts.meta("citation_journal_title", "citation_publisher", "og:site_name", "dc.publisher"),
        url=_find_url(facts),
        published=_find_published(facts, rules),
        language=tag,
        rights=facts.meta("dc.rights", "dcterms.rights", "citation_license", "copyright"),
    )
    return metadata, _plain_text(facts.article.get("articleBody"))


# --- where it is said -------------------------------------------------------------------------------------------


def _find_article(soup: BeautifulSoup) -> Mapping[str, Any]:
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        try:
            data = json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things_in(data, 0):
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and ARTICLES.match(kind) for kind in kinds):
                return thing
    return {}


def _things_in(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 5:
        return
    if isinstance(data, list):
        for inner in data[:200]:
            yield from _things_in(inner, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _things_in(data.get(key), depth + 1)


def _meta_values(soup: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name, content = meta.get("name") or meta.get("property") or meta.get("itemprop"), meta.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.lower(), []).append(" ".join(content.split()))
    return found


def _plain_text(value: Any) -> str:
    """Return a text of JSON-LD, or a thing's name."""
    if isinstance(value, list):
        return _plain_text(value[0]) if value else ""
    if isinstance(value, dict):
        return _plain_text(value.get("name") or value.get("@value") or value.get("@id"))
    if not isinstance(value, str):
        return ""
    return " ".join((BeautifulSoup(value, "lxml").get_text() if "<" in value or "&" in value else value).split())


# --- what it says -----------------------------------------------------------------------------------------------


def _find_title(facts: _PageFacts) -> str:
    stated = _plain_text(facts.article.get("headline"))
    found = stated or facts.meta("citation_title", "og:title", "twitter:title", "dc.title")
    headings = list(filter(None, (" ".join(heading.get_text().split()) for heading in facts.soup.find_all("h1"))))
    if found or len(headings) == 1:
        return found or headings[0]
    title = " ".join(facts.soup.title.get_text().split()) if facts.soup.title else ""
    return f"{TODO}: the page’s window is titled “{title}”; is this its headline?" if title else ""


def _find_author(facts: _PageFacts) -> str:
    given, metas = facts.article.get("author"), facts.metas
    people = [_plain_text(person) for person in (given if isinstance(given, list) else [given])]
    people = [name for name in people if name and not name.startswith(("http:", "https:", "#"))]
    people = people or [_turn_name(name) for name in metas.get("citation_author", [])]
    for key in ("author", "article:author"):
        people = people or [name for name in metas.get(key, []) if not name.startswith("http")]
    return (" and " if len(people) < 3 else ", ").join(dict.fromkeys(people))


def _turn_name(name: str) -> str:
    """Return `Finch, Nora` as it is spoken."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def _find_url(facts: _PageFacts) -> str:
    link = facts.soup.find("link", rel="canonical")
    saved = SAVED_FROM.search(facts.html[:5000])
    page = facts.article.get("mainEntityOfPage")
    urls = (
        link.get("href") if isinstance(link, Tag) else "",
        facts.meta("og:url"),
        facts.meta("citation_public_url"),
        page.get("@id") if isinstance(page, dict) else page,
        facts.article.get("url"),
        saved and saved[1],
    )
    return next((url for url in urls if isinstance(url, str) and _is_url(url)), "")


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and parts.port is not False
    except ValueError:
        return False
    return valid and bool(re.fullmatch(r"[\w.-]+", parts.hostname or "")) and not re.search(r"[\s<>\"\\]", url)


def _find_published(facts: _PageFacts, rules: Language) -> str:
    days = _days_in(
        rules,
        [
            facts.article.get("datePublished"),
            facts.meta("article:published_time", "og:article:published_time"),
            facts.meta("citation_publication_date", "citation_date", "citation_online_date"),
            facts.meta("dc.date", "dc.date.issued", "dcterms.created", "date", "datepublished"),
        ],
    )
    if days:
        return days[0] if len(days) == 1 else f"{TODO}: the page gives {' and '.join(days)}"
    first = facts.soup.find("article")
    times = [
        *facts.soup.find_all("time", itemprop="datePublished", limit=1),
        *(first.find_all("time", limit=1) if first else []),
    ]
    days = _days_in(rules, (time.get("datetime") for time in times))
    return f"{TODO}: is it {days[0]}, the first date on the page?" if days else ""


def _days_in(rules: Language, texts: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(found for text in texts if isinstance(text, str) and (found := day(text, rules))))


def _find_language(facts: _PageFacts) -> str:
    root = facts.soup.find("html")
    said = (
        (root.get("lang") or root.get("xml:lang")) if isinstance(root, Tag) else "",
        _plain_text(facts.article.get("inLanguage")),
        facts.meta("og:locale", "content-language", "citation_language"),
    )
    tags = (tag.strip().replace("_", "-") for tag in said if isinstance(tag, str))
    return next((tag for tag in tags if LANGUAGE.fullmatch(tag)), "")
