"""Whether the addresses that a briefing names still lead somewhere: asked on request only, never in a build.

`addresses` finds them in a briefing, `ask` asks the hosts, `remember_answers` keeps the answers for a day, and
`findings` makes problems of them. Only the command line uses this, and only `ask` reaches the network.

Hosts are asked as a polite guest does: it says who it is, asks one question at a time, and is in no haste. For each
address HEAD first, and GET only where a host does not know HEAD; a body is never read. One request at a time to each
host, with a pause between two; a few hosts side by side. "429 Too Many Requests" and "503" are waited for as long as
`Retry-After` says (RFC 9110, section 10.2.3), within limits. Redirects are followed by hand, so that the first answer
is known and no address but http and https is ever opened. Nothing is sent to this computer, a private network or
their neighbours (routers, the metadata of a cloud), whatever name leads there: a cited address comes from strangers.

The answers are in a JSON file in the user's cache folder (XDG Base Directory: `$XDG_CACHE_HOME`, else `~/.cache`). A
file that cannot be read or written only means that hosts are asked again.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from briefing import __version__
from briefing.authoring.edit.files import write
from briefing.model import Briefing, Figure, Quotation, Reference, Source, Theme
from briefing.model.places import Place, Problem
from briefing.model.prose import Link, Prose, inlines

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
"""Seconds of `Retry-After` that are waited; longer ones count as a refusal."""
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
    failed: Literal["", "host", "inside", "other"] = ""
    """Why there was no answer: the host is not there, is not to be asked (`is_public`), or anything else."""
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
        jobs = [pool.submit(_ask_host, own, done, timeout, wait) for own in by_host.values()]
        for job in jobs:
            answers |= job.result()
    return answers


def _ask_host(urls: Iterable[str], done: Callable[[str], None], timeout: float, wait: Wait) -> dict[str, LinkAnswer]:
    """The addresses of one host, one after another."""
    answers: dict[str, LinkAnswer] = {}
    for url in urls:
        if answers:
            wait(PAUSE)
        answers[url] = _follow_address(url, timeout, wait)
        done(url)
    return answers


def _follow_address(url: str, timeout: float, wait: Wait) -> LinkAnswer:
    """Follow an address to its end."""
    at, lasting = url, True
    for hop in range(HOPS):
        answer, location = _ask_patiently(at, timeout, wait)
        if not location:
            moved = at if hop else ""
            return replace(answer, moved=moved, lasting=bool(moved) and lasting)
        lasting = lasting and answer.status in (301, 308)
        at = urljoin(at, location)
        if urlsplit(at).scheme not in ("http", "https"):
            return LinkAnswer(None, failed="other", reason="it is redirected to an address that is not http or https")
        wait(PAUSE)
    return LinkAnswer(None, failed="other", reason=f"it is redirected more than {HOPS} times")


def _ask_patiently(url: str, timeout: float, wait: Wait) -> tuple[LinkAnswer, str]:
    """One address, asked again where the host asks to come back later."""
    answer, location, later = LinkAnswer(None), "", 0.0
    for left in range(TRIES - 1, -1, -1):
        answer, location, later = _ask_once(url, timeout)
        if answer.status not in (429, 503) or not left or later > LONGEST_WAIT:
            break
        wait(max(later, PAUSE))
    return answer, location


def _ask_once(url: str, timeout: float) -> tuple[LinkAnswer, str, float]:
    """HEAD, or else GET: the answer, where it redirects to, and the seconds that the host asks to wait."""
    for method in ("HEAD", "GET"):
        try:
            status, location, later = _send_request(method, url, timeout)
        except socket.gaierror as error:
            unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
            why = "there is no such name" if unknown else "names could not be looked up; is there a connection?"
            return LinkAnswer(None, failed="host" if unknown else "other", reason=why), "", 0.0
        except NotPublicError as error:
            return LinkAnswer(None, failed="inside", reason=str(error)), "", 0.0
        except (OSError, HTTPException, ValueError) as error:
            return LinkAnswer(None, failed="other", reason=describe_error(error)), "", 0.0
        if method == "GET" or status not in _NO_HEAD or later:
            break
    redirects = location if status in (301, 302, 303, 307, 308) else ""
    return LinkAnswer(status), redirects, later


class NotPublicError(Exception):
    """A host is on this computer or in a network that is not the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; also where it is written within another (RFC 4291, 6052)."""
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        translated = ip in ipaddress.ip_network("64:ff9b::/96")
        ip = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if translated else ip)
    return ip.is_global and not ip.is_multicast


def _connect(host: str, port: int, timeout: float) -> socket.socket:
    """Connect to the addresses that were looked at, so that a second look-up cannot lead elsewhere."""
    found = [(str(where[0]), port) for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(address) for address, _ in found):
        raise NotPublicError(f"{host} is this computer or in a private network, which is not asked")
    for place in found[:-1]:
        with suppress(OSError):
            return socket.create_connection(place, timeout)
    return socket.create_connection(found[-1], timeout)


def _send_request(method: str, url: str, timeout: float) -> tuple[int, str, float]:
    with _answered(method, url, {"User-Agent": USER_AGENT, "Accept": "*/*"}, timeout) as response:
        return (
            response.status,
            response.getheader("Location") or "",
            _seconds_to_wait(response.getheader("Retry-After")),
        )


def get(url: str, accept: str, timeout: float, most: int) -> tuple[int, str, bytes]:
    """Return the status, where it redirects to, and the content at an address, at most one byte more than `most`.

    Raises NotPublicError where the host is this computer or in a private network, OSError, HTTPException, ValueError.
    """
    agent = f"mkdocs-briefing/{__version__} (briefing add reference --fetch)"
    with _answered("GET", url, {"User-Agent": agent, "Accept": accept}, timeout) as response:
        return response.status, response.getheader("Location") or "", response.read(most + 1)


@contextmanager
def _answered(method: str, url: str, headers: Mapping[str, str], timeout: float) -> Iterator[HTTPResponse]:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    connection = (HTTPSConnection if secure else HTTPConnection)(host, parts.port, timeout=timeout)
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe="/?%:@!$&'()*+,;=~-._[]")
    try:
        connection.sock = _connect(host, connection.port, timeout)
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        connection.request(method, target, headers=dict(headers))
        yield connection.getresponse()
    finally:
        connection.close()


def _seconds_to_wait(value: str | None) -> float:
    """Seconds to wait, from a number or a date."""
    if not value:
        return 0.0
    if value.strip().isdigit():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return 0.0


def describe_error(error: Exception) -> str:
    """Return in words why a host was not reached."""
    if isinstance(error, TimeoutError):
        return "its host does not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ConnectionRefusedError):
        return "its host refuses the connection"
    return str(error).lower() or type(error).__name__


# --- the answers of the last day --------------------------------------------------------------------------------

KEPT = 24 * 3600
"""Seconds. An answer of "come back later" or none at all is not kept."""


def memory_file() -> Path:
    """Return the file that keeps the answers."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "mkdocs-briefing" / "links.json"


def remembered_answers(file: Path, now: float | None = None) -> Mapping[str, LinkAnswer]:
    """The answers of the last day."""
    return {url: answer for url, (_, answer) in _read_answers(file, time.time() if now is None else now).items()}


def remember_answers(file: Path, answers: Mapping[str, LinkAnswer], now: float | None = None) -> None:
    """Keep answers, those of the last day that are there already as they are."""
    now = time.time() if now is None else now
    fresh = {url: (now, answer) for url, answer in answers.items() if answer.status and answer.status not in (429, 503)}
    kept = {url: {"at": at, **asdict(answer)} for url, (at, answer) in (fresh | dict(_read_answers(file, now))).items()}
    with suppress(OSError):
        write(file, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())


def _read_answers(file: Path, now: float) -> Mapping[str, tuple[float, LinkAnswer]]:
    try:
        data = json.loads(file.read_text("utf-8"))
        read = {url: (float(entry.pop("at")), LinkAnswer(**entry)) for url, entry in data.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    return {url: (at, answer) for url, (at, answer) in read.items() if 0 <= now - at < KEPT}


# --- addresses and findings -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """An address where it is written."""

    url: str
    at: Place
    archived: str = ""
    """The address of a copy, where the author has recorded one."""


def addresses(briefing: Briefing) -> tuple[Address, ...]:
    """All of them: of the source, people who have a role here, references, their copies, and links in prose."""
    return tuple(address for address in _all_addresses(briefing) if address.url.startswith(("http://", "https://")))


def _all_addresses(briefing: Briefing) -> Iterator[Address]:
    yield from _of_work(briefing.source)
    for id in briefing.roles:
        if id in briefing.people:
            yield Address(briefing.people[id].same_as, briefing.people[id].at.child("same_as"))
    for work in briefing.references:
        yield from _of_work(work)
    for prose in _all_prose(briefing):
        yield from (Address(node.href, prose.at) for node in inlines(prose) if isinstance(node, Link))


def _of_work(work: Source | Reference) -> Iterator[Address]:
    """Yield where a work is and where its copy is; not where its author knows that it is gone."""
    if work.url_status != "dead":
        yield Address(work.url, work.at.child("url"), work.archived)
    yield Address(work.archived, work.at.child("archived"))


def _all_prose(briefing: Briefing) -> Iterator[Prose]:
    """Every authored text."""
    texts: list[Prose | None] = [briefing.summary, *briefing.key_points]
    for item in (*briefing.annotations, *briefing.themes):
        texts.append(item.summary if isinstance(item, Theme) else item.note)
        assessment = item.assessment if isinstance(item, Quotation | Figure) else None
        texts += (assessment.response, assessment.note) if assessment else ()
    yield from (prose for prose in texts if prose)


_GONE = (404, 410)
_CLOSED = (401, 403, 405, 406, 429, 451, 999)
"""What hosts say to programs while they show the page to people: nothing can be told from it."""
_MOVED_FOR_GOOD = (301, 308)


def findings(found: Iterable[Address], answers: Mapping[str, LinkAnswer]) -> Iterator[Problem]:
    """A warning for each address that leads nowhere, has moved for good, or could not be asked."""
    for address in dict.fromkeys(found):
        answer = answers.get(address.url)
        if answer is not None:
            yield from _judge_answer(address, answer)


def _judge_answer(address: Address, answer: LinkAnswer) -> Iterator[Problem]:
    if answer.status in _GONE:
        message = f"{address.url} is gone: its host answers {answer.status}"
        yield Problem("link-broken", message, address.at, _hint_for(address))
    elif answer.failed == "host":
        yield Problem(
            "link-broken", f"{address.url} has no host any more: {answer.reason}", address.at, _hint_for(address)
        )
    elif answer.status is None or answer.status in _CLOSED or answer.status >= 400:
        why = answer.reason or f"its host answers {answer.status}"
        hint = "open it in a browser; many hosts show to people what they do not show to programs"
        if answer.failed == "inside":
            hint = "readers cannot open it from elsewhere: write the address that is public"
        yield Problem("link-unchecked", f"{address.url} could not be checked: {why}", address.at, hint)
    elif answer.moved and answer.lasting:
        message = f"{address.url} has moved for good to {answer.moved}"
        yield Problem("link-moved", message, address.at, "open the new address, and write it if it is the same work")


def _hint_for(address: Address) -> str:
    if address.archived:
        return f"write `url_status: dead` beside it: readers are then led to the copy at {address.archived}"
    return (
        "look for its new address; or record a copy of it as `archived`, for example at an archive of the web, and "
        "write `url_status: dead`"
    )
