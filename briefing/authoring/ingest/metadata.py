"""What a page says about itself: JSON-LD, `citation_*`, Open Graph and what every page has.

Where two of them contradict each other, or only a guess is left, the value is a TODO that says what was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from briefing.authoring.ingest.detect import day
from briefing.authoring.ingest.draft import TODO, Metadata
from briefing.load.schema.formats import LANGUAGE
from briefing.text.language_rules import Language, language

ARTICLES = re.compile(
    r"(?:News|Blog|Scholarly|Satirical|Opinion|Reportage|Analysis|Social)?\w*(?:Article|Posting|Report)$"
)
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


def of_page(html: str, soup: BeautifulSoup) -> tuple[Metadata, str]:
    """What a page says, and the text that it states as its article's (`articleBody`), if any."""
    about = _find_article(soup)
    metas = _meta_values(soup)
    tongue = _find_language(soup, metas, about)
    rules = language(tongue if not tongue.startswith(TODO) and tongue else "und")
    return (
        Metadata(
            title=_find_title(soup, metas, about),
            author=_find_author(metas, about),
            publisher=_find_publisher(metas, about),
            url=_find_url(html, soup, metas, about),
            published=_find_published(soup, metas, about, rules),
            language=tongue,
            rights=_first_of(metas, "dc.rights", "dcterms.rights", "citation_license", "copyright"),
        ),
        _plain_text(about.get("articleBody")),
    )


# --- where it is said -------------------------------------------------------------------------------------------


def _find_article(soup: BeautifulSoup) -> Mapping[str, Any]:
    """The page's article in JSON-LD."""
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        try:
            data = json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things_in(data, 0):
            kinds = thing.get("@type")
            if any(
                isinstance(kind, str) and ARTICLES.match(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
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
    """The values of `meta` by their name or property in small letters."""
    found: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name, content = meta.get("name") or meta.get("property") or meta.get("itemprop"), meta.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.lower(), []).append(" ".join(content.split()))
    return found


def _first_of(metas: Mapping[str, list[str]], *keys: str) -> str:
    return next((metas[key][0] for key in keys if key in metas), "")


def _plain_text(value: Any) -> str:
    """A text of JSON-LD, or a thing's name."""
    if isinstance(value, list):
        return _plain_text(value[0]) if value else ""
    if isinstance(value, dict):
        return _plain_text(value.get("name") or value.get("@value") or value.get("@id"))
    if not isinstance(value, str):
        return ""
    return " ".join((BeautifulSoup(value, "lxml").get_text() if "<" in value or "&" in value else value).split())


# --- what it says -----------------------------------------------------------------------------------------------


def _find_title(soup: BeautifulSoup, metas: Mapping[str, list[str]], about: Mapping[str, Any]) -> str:
    found = _plain_text(about.get("headline")) or _first_of(
        metas, "citation_title", "og:title", "twitter:title", "dc.title"
    )
    headings = [" ".join(heading.get_text().split()) for heading in soup.find_all("h1")]
    headings = [heading for heading in headings if heading]
    if found or len(headings) == 1:
        return found or headings[0]
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    return f"{TODO}: the page’s window is titled “{title}”; is this its headline?" if title else ""


def _find_author(metas: Mapping[str, list[str]], about: Mapping[str, Any]) -> str:
    given = about.get("author")
    people = [_plain_text(person) for person in (given if isinstance(given, list) else [given])]
    people = [name for name in people if name and not name.startswith(("http:", "https:", "#"))]
    people = people or [_turn_name(name) for name in metas.get("citation_author", [])]
    people = people or [name for name in metas.get("author", []) if not name.startswith("http")]
    people = people or [name for name in metas.get("article:author", []) if not name.startswith("http")]
    return " and ".join(dict.fromkeys(people)) if len(people) < 3 else ", ".join(dict.fromkeys(people))


def _turn_name(name: str) -> str:
    """`Finch, Nora` as it is spoken."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def _find_publisher(metas: Mapping[str, list[str]], about: Mapping[str, Any]) -> str:
    return _plain_text(about.get("publisher")) or _first_of(
        metas, "citation_journal_title", "citation_publisher", "og:site_name", "dc.publisher"
    )


def _find_url(html: str, soup: BeautifulSoup, metas: Mapping[str, list[str]], about: Mapping[str, Any]) -> str:
    link = soup.find("link", rel="canonical")
    href = link.get("href") if isinstance(link, Tag) else ""
    saved = SAVED_FROM.search(html[:5000])
    page = about.get("mainEntityOfPage")
    stated = page.get("@id") if isinstance(page, dict) else page
    for url in (
        href,
        _first_of(metas, "og:url"),
        _first_of(metas, "citation_public_url"),
        stated,
        about.get("url"),
        saved and saved[1],
    ):
        if isinstance(url, str) and _is_url(url):
            return url
    return ""


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and parts.port is not False
            and bool(re.fullmatch(r"[\w.-]+", parts.hostname or ""))
            and not re.search(r"[\s<>\"\\]", url)
        )
    except ValueError:
        return False


def _find_published(
    soup: BeautifulSoup, metas: Mapping[str, list[str]], about: Mapping[str, Any], rules: Language
) -> str:
    said = [
        about.get("datePublished"),
        _first_of(metas, "article:published_time", "og:article:published_time"),
        _first_of(metas, "citation_publication_date", "citation_date", "citation_online_date"),
        _first_of(metas, "dc.date", "dc.date.issued", "dcterms.created", "date", "datepublished"),
    ]
    days = list(dict.fromkeys(found for text in said if isinstance(text, str) and (found := day(text, rules))))
    if len(days) > 1:
        return f"{TODO}: the page gives {' and '.join(days)}"
    if days:
        return days[0]
    first = soup.find("article")
    times = [
        *soup.find_all("time", itemprop="datePublished", limit=1),
        *(first.find_all("time", limit=1) if first else []),
    ]
    shown = [time.get("datetime") for time in times]
    days = list(dict.fromkeys(found for text in shown if isinstance(text, str) and (found := day(text, rules))))
    return f"{TODO}: is it {days[0]}, the first date on the page?" if days else ""


def _find_language(soup: BeautifulSoup, metas: Mapping[str, list[str]], about: Mapping[str, Any]) -> str:
    root = soup.find("html")
    lang = (root.get("lang") or root.get("xml:lang")) if isinstance(root, Tag) else ""
    for given in (
        lang,
        _plain_text(about.get("inLanguage")),
        _first_of(metas, "og:locale", "content-language", "citation_language"),
    ):
        if isinstance(given, str) and LANGUAGE.fullmatch(given.strip().replace("_", "-")):
            return given.strip().replace("_", "-")
    return ""
