"""Read what a page says about itself: JSON-LD, `citation_*`, Open Graph and what every page has.

Where two of them contradict each other, or only a guess is left, the value is a TODO that says what was found. What
JSON-LD only refers to (`{"@id": "#organization"}`) is looked up in all of the page's JSON-LD; an address is no name.
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

from briefing.authoring.ingest.folder import TODO, Metadata
from briefing.authoring.ingest.saved_page import count, day
from briefing.load.schema.formats import LANGUAGE
from briefing.readers.html import visible
from briefing.text.language_rules import Language, language

ARTICLES = re.compile(
    r"(?:News|Blog|Scholarly|Satirical|Opinion|Reportage|Analysis|Social)?\w*(?:Article|Posting|Report)$"
)
ADDRESS = re.compile(r"(?:\w+:)?//|[#/]|www\.|(?:mailto|urn|acct):|\S+\.\w+/", re.IGNORECASE)
HEADLINE = 3
"""Words of a heading that is in a page's title: it is the headline, and the rest of the title is the site's name."""
MOST_THINGS = 10_000
"""Things of JSON-LD that are looked at."""
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """Where a page says something about itself."""

    html: str
    soup: BeautifulSoup
    article: Mapping[str, Any]
    """The page's article in JSON-LD."""
    things: Mapping[str, Mapping[str, Any]]
    """What JSON-LD says of each thing, by its `@id`."""
    metas: Mapping[str, list[str]]
    """The values of `meta` by their name or property in small letters."""

    def meta(self, *keys: str) -> str:
        """Return the value of the first of some `meta` that is there."""
        return next((self.metas[key][0] for key in keys if key in self.metas), "")

    def names(self, value: Any) -> list[str]:
        """Return the names of people or organisations as JSON-LD gives them: in words, as things, by reference."""
        found: list[str] = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                known = self.things.get(str(one.get("@id")), {})
                found.append(_plain_text(one.get("name") or known.get("name") or known.get("legalName")))
            else:
                known = self.things.get(one, {}) if isinstance(one, str) else {}
                found.append(_plain_text(known.get("name") or one))
        return _without_addresses(found)


def read_metadata(html: str, soup: BeautifulSoup) -> tuple[Metadata, str]:
    """Return what a page says, and the text that it states as its article's (`articleBody`), if any."""
    facts = _facts_of(html, soup)
    tag = _find_language(facts)
    rules = language(tag if not tag.startswith(TODO) and tag else "und")
    people = _find_authors(facts)
    metadata = Metadata(
        title=_find_title(facts),
        author=(" and " if len(people) < 3 else ", ").join(people),
        publisher=_find_publisher(facts),
        url=_find_url(facts),
        published=_find_published(facts, rules),
        language=tag,
        rights=facts.meta("dc.rights", "dcterms.rights", "citation_license", "copyright"),
    )
    return metadata, _plain_text(facts.article.get("articleBody"))


def read_authors(html: str, soup: BeautifulSoup) -> tuple[str, ...]:
    """Return the names of those who a page says wrote it."""
    return _find_authors(_facts_of(html, soup))


def read_print_place(html: str, soup: BeautifulSoup) -> tuple[str, str, str]:
    """Return the volume, the issue and the pages that a page says it is on in print; empty where it does not.

    They are in Highwire Press tags (`citation_volume`), or in schema.org's PublicationVolume and PublicationIssue.
    """
    facts = _facts_of(html, soup)
    parts: list[Mapping[str, Any]] = [facts.article]
    while len(parts) <= _PARTS_ABOVE and (above := parts[-1].get("isPartOf")):
        above = above[0] if isinstance(above, list) else above
        if not isinstance(above, dict):
            break
        parts.append(facts.things.get(str(above.get("@id")), above))

    def said(*keys: str) -> str:
        return next((text for part in parts for key in keys if (text := _plain_text(_as_text(part.get(key))))), "")

    def span(first: str, last: str) -> str:
        return "–".join(dict.fromkeys(filter(None, (first, last))))

    return (
        facts.meta("citation_volume") or said("volumeNumber"),
        facts.meta("citation_issue") or said("issueNumber"),
        span(facts.meta("citation_firstpage"), facts.meta("citation_lastpage"))
        or said("pagination")
        or span(said("pageStart"), said("pageEnd")),
    )


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_PARTS_ABOVE = 3
"""An article is part of an issue, that of a volume, and that of a journal."""


# --- where it is said -------------------------------------------------------------------------------------------


def _facts_of(html: str, soup: BeautifulSoup) -> _PageFacts:
    metas, things = _meta_values(soup), list(_things_on(soup))
    return _PageFacts(html, soup, _find_article(soup, metas, things), _by_id(things), metas)


def _things_on(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """Return all things that the page's JSON-LD describes, wherever in it, outermost first."""
    left = MOST_THINGS
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        try:
            data = json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        level = [data]
        while level and left > 0:
            things = [value for value in level if isinstance(value, dict)]
            yield from things[:left]
            left -= len(level)
            inside = (value.values() if isinstance(value, dict) else value for value in level)
            level = [value for values in inside for value in values if isinstance(value, (dict, list))]


def _by_id(things: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return things by their `@id`; of several with one, that which says most."""
    found: dict[str, Mapping[str, Any]] = {}
    for thing in things:
        id_ = thing.get("@id")
        if isinstance(id_, str) and len(thing) > len(found.get(id_, ())):
            found[id_] = thing
    return found


def _find_article(
    soup: BeautifulSoup, metas: Mapping[str, list[str]], things: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the first article whose headline the page shows as its own, else the first."""
    articles = [thing for thing in things if any(map(ARTICLES.match, _kinds_of(thing)))]
    shown = {*metas.get("og:title", ()), *_headings(soup, "h1")}
    own = (article for article in articles if _plain_text(article.get("headline") or article.get("name")) in shown)
    return next(own, articles[0] if articles else {})


def _kinds_of(thing: Mapping[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


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
        return _plain_text(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return ""
    return " ".join(" ".join(visible(value) if "<" in value or "&" in value else (value,)).split())


# --- what it says -----------------------------------------------------------------------------------------------


def _find_title(facts: _PageFacts) -> str:
    """Return the headline: a heading that the page's titles have with the name of the site; else what they say."""
    stated = _plain_text(facts.article.get("headline"))
    found = stated or facts.meta("citation_title", "og:title", "twitter:title", "dc.title")
    window = " ".join(facts.soup.title.get_text().split()) if facts.soup.title else ""
    named = [text for text in _headings(facts.soup, "h1", "h2", "h3") if text in (found or window)]
    if named and count(headline := max(named, key=len)) >= HEADLINE:
        return headline
    if found:
        return found.removesuffix(facts.meta("og:site_name")).rstrip(" -–—|·»:") or found
    only = _headings(facts.soup, "h1")
    site = len(only) == 1 and only[0].lower() in window.lower() and 2 * len(only[0]) < len(window)
    if len(only) == 1 and not site:
        return only[0]
    return f"{TODO}: the page’s window is titled “{window}”; is this its headline?" if window else ""


def _headings(soup: BeautifulSoup, *tags: str) -> list[str]:
    texts = (" ".join(" ".join(visible(str(heading))).split()) for heading in soup.find_all(tags, limit=200))
    return [text for text in texts if text]


def _find_authors(facts: _PageFacts) -> tuple[str, ...]:
    metas = facts.metas
    people = facts.names(facts.article.get("author")) or [_turn_name(name) for name in metas.get("citation_author", [])]
    for key in ("author", "article:author"):
        people = people or _without_addresses(metas.get(key, []))
    return tuple(dict.fromkeys(people))


def _find_publisher(facts: _PageFacts) -> str:
    said = [*facts.names(facts.article.get("publisher"))[:1], *facts.names(facts.article.get("sourceOrganization"))[:1]]
    for key in ("citation_journal_title", "citation_publisher", "og:site_name", "dc.publisher"):
        said += _without_addresses(facts.metas.get(key, []))[:1]
    return next(iter(said), "")


def _without_addresses(names: Iterable[str]) -> list[str]:
    return [name for name in names if name and not ADDRESS.match(name)]


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
