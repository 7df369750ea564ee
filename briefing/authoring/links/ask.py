"""Asks hosts whether addresses lead somewhere, as a polite guest: who it is, one question at a time, and no haste.

For each address HEAD first, and GET only where a host does not know HEAD; a body is never read. One request at a time
to each host, with a pause between two; a few hosts side by side. "429 Too Many Requests" and "503" are waited for as
long as `Retry-After` says (RFC 9110, section 10.2.3), within limits. Redirects are followed by hand, so that the
first answer is known and no address but http and https is ever opened.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from briefing import __version__

USER_AGENT = f"mkdocs-briefing/{__version__} (briefing check --links; checks that cited addresses still exist)"
TIMEOUT = 15.0
"""Seconds for connecting and for an answer each."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
HOSTS = 4
"""Hosts that are asked side by side."""
TRIES = 3
"""Requests for one address that a host puts off."""
LONGEST_WAIT = 60.0
"""Seconds of `Retry-After` that are waited; longer ones are taken for a refusal."""
HOPS = 8
"""Redirects that are followed."""

_NO_HEAD = (400, 403, 404, 405, 406, 500, 501, 503)
"""Answers to HEAD after which GET is tried: hosts that do not know HEAD give one of them."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What a host says to one address."""

    status: int | None
    """The status code at the end of all redirects (RFC 9110); None where there was no answer."""
    moved: str = ""
    """Where redirects lead; empty without any."""
    lasting: bool = False
    """Whether every redirect on the way says that it is for good (301, 308)."""
    failed: Literal["", "host", "other"] = ""
    """Why there was no answer: the host is not there, or anything else."""
    reason: str = ""
    """The same in words."""


Wait = Callable[[float], None]


def ask(
    urls: Iterable[str],
    known: Mapping[str, LinkAnswer] | None = None,
    done: Callable[[str], None] = lambda url: None,
    *,
    timeout: float = TIMEOUT,
    wait: Wait = time.sleep,
) -> Mapping[str, LinkAnswer]:
    """An answer for each address; those in `known` are not asked again. `done` is told of each that was asked."""
    known = known or {}
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        if url not in known:
            by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    answers = {url: known[url] for url in urls if url in known}
    with ThreadPoolExecutor(HOSTS) as pool:
        jobs = [pool.submit(_host, own, done, timeout, wait) for own in by_host.values()]
        for job in jobs:
            answers |= job.result()
    return answers


def _host(urls: Iterable[str], done: Callable[[str], None], timeout: float, wait: Wait) -> dict[str, LinkAnswer]:
    """The addresses of one host, one after another."""
    answers: dict[str, LinkAnswer] = {}
    for url in urls:
        if answers:
            wait(PAUSE)
        answers[url] = _address(url, timeout, wait)
        done(url)
    return answers


def _address(url: str, timeout: float, wait: Wait) -> LinkAnswer:
    """Follow an address to its end."""
    at, lasting = url, True
    for hop in range(HOPS):
        answer, location = _patiently(at, timeout, wait)
        if not location:
            moved = at if hop else ""
            return replace(answer, moved=moved, lasting=bool(moved) and lasting)
        lasting = lasting and answer.status in (301, 308)
        at = urljoin(at, location)
        if urlsplit(at).scheme not in ("http", "https"):
            return LinkAnswer(None, failed="other", reason="it is redirected to an address that is not http or https")
        wait(PAUSE)
    return LinkAnswer(None, failed="other", reason=f"it is redirected more than {HOPS} times")


def _patiently(url: str, timeout: float, wait: Wait) -> tuple[LinkAnswer, str]:
    """One address, asked again where the host asks to come back later."""
    answer, location, later = LinkAnswer(None), "", 0.0
    for left in range(TRIES - 1, -1, -1):
        answer, location, later = _once(url, timeout)
        if answer.status not in (429, 503) or not left or later > LONGEST_WAIT:
            break
        wait(max(later, PAUSE))
    return answer, location


def _once(url: str, timeout: float) -> tuple[LinkAnswer, str, float]:
    """HEAD, or else GET: the answer, where it redirects to, and the seconds that the host asks to wait."""
    for method in ("HEAD", "GET"):
        try:
            status, location, later = _request(method, url, timeout)
        except socket.gaierror as error:
            unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
            why = "there is no such name" if unknown else "names could not be looked up; is there a connection?"
            return LinkAnswer(None, failed="host" if unknown else "other", reason=why), "", 0.0
        except (OSError, HTTPException, ValueError) as error:
            return LinkAnswer(None, failed="other", reason=_words(error)), "", 0.0
        if method == "GET" or status not in _NO_HEAD or later:
            break
    redirects = location if status in (301, 302, 303, 307, 308) else ""
    return LinkAnswer(status), redirects, later


def _request(method: str, url: str, timeout: float) -> tuple[int, str, float]:
    parts = urlsplit(url)
    kind: type[HTTPConnection] = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe="/?%:@!$&'()*+,;=~-._[]")
    try:
        connection.request(method, target, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.getheader("Location") or "", _later(response.getheader("Retry-After"))
    finally:
        connection.close()


def _later(value: str | None) -> float:
    """Seconds to wait, from a number or a date."""
    if not value:
        return 0.0
    if value.strip().isdigit():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return 0.0


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "its host does not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ConnectionRefusedError):
        return "its host refuses the connection"
    return str(error).lower() or type(error).__name__
