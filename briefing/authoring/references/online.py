"""Ask for what is known of a DOI or an ISBN: only where an author says so.

A DOI is asked at doi.org, which leads to the agency that registered it and answers in CSL JSON (content negotiation);
an ISBN at Open Library. Redirects are followed by hand: never to plain http, nor to this computer or a private network.
Answers are bounded, in size and in time.
"""

from __future__ import annotations

import json
from dataclasses import replace
from http.client import HTTPException
from urllib.parse import quote, urljoin, urlsplit

from briefing.authoring.links import NotPublicError, describe_error, get
from briefing.authoring.references.exports import csl_work
from briefing.authoring.references.works import FoundWork, WorkError, cleaned

DOI_HOST = "https://doi.org"
ISBN_HOST = "https://openlibrary.org"
CSL = "application/vnd.citationstyles.csl+json"
MOST_BYTES = 1_000_000
TIMEOUT = 15.0
"""Seconds for connecting and for an answer each."""
HOPS = 5


def fetch_work(doi: str, isbn: str) -> FoundWork:
    """Return what is known of a DOI, or else of an ISBN. WorkError where nothing is, or nobody answers."""
    if doi:
        found = csl_work(_ask(f"{DOI_HOST}/{quote(doi, safe='/;()')}", CSL))
        return cleaned(replace(found, doi=doi, key="", url=f"https://doi.org/{doi}"))
    told = _ask(f"{ISBN_HOST}/api/books?bibkeys=ISBN:{isbn}&format=json&jscmd=data", "application/json")
    book = told.get(f"ISBN:{isbn}")
    if not isinstance(book, dict):
        raise WorkError(f"Open Library does not know the ISBN {isbn}")
    return cleaned(
        FoundWork(
            title=": ".join(filter(None, (_text(book.get("title")), _text(book.get("subtitle"))))),
            authors=_names(book.get("authors")),
            publisher=next(iter(_names(book.get("publishers"))), ""),
            url=_text(book.get("url")),
            published=_text(book.get("publish_date")),
            isbn=isbn,
        )
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    rows = value if isinstance(value, list) else []
    return tuple(name for row in rows if isinstance(row, dict) and (name := _text(row.get("name"))))


def _ask(url: str, accept: str) -> dict[str, object]:
    """Return the JSON object at an address."""
    host, at = urlsplit(url).hostname, url
    try:
        for _ in range(HOPS):
            status, location, content = get(at, accept, TIMEOUT, MOST_BYTES)
            if status not in (301, 302, 303, 307, 308) or not location:
                break
            at = urljoin(at, location)
            if urlsplit(at).scheme != urlsplit(url).scheme:
                raise WorkError(f"{host} leads to an address that is not asked: {urlsplit(at).scheme}")
    except (OSError, HTTPException, ValueError, NotPublicError) as error:
        raise WorkError(f"{host} was not reached: {describe_error(error)}") from error
    if status == 404:
        raise WorkError(f"{host} does not know it: compare the number with the work")
    if status != 200:
        raise WorkError(f"{host} answers {status}; try again later, or write the entry by hand")
    if len(content) > MOST_BYTES:
        raise WorkError(f"{host} answers with more than {MOST_BYTES // 1_000_000} MB")
    try:
        told = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WorkError(f"{host} answers with what is no JSON") from error
    if not isinstance(told, dict):
        raise WorkError(f"{host} answers with what is no description of a work")
    return told
