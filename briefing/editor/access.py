"""Who may write through the preview: a page that this preview itself has sent, and nobody else.

A page of a stranger's site can have a browser send requests here, but cannot read a page of the preview, so it has not
the token; it cannot send JSON without asking first, which is never answered (Fetch, 3.2.2, CORS-safelisted request
headers); and its browser says where the request is from in `Origin` (RFC 6454, 7) and `Sec-Fetch-Site`, which no script
can change. Any one of these would do; a mistake in one is caught by the others.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

TOKEN_BYTES = 32
"""Random bytes of the token; each run of the preview has another."""
LONGEST = 256 * 1024
"""Bytes of a request."""

Refusal = tuple[int, str, str]
"""Status, what is wrong, and what to do, in plain words."""


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def refusal(headers: Mapping[str, str], token: str) -> Refusal | None:
    """Return why a request to write is refused by its headers, before its content is read; None where it is not.

    `headers` are by their names in lower case. `Host` is the preview's own, which the router has seen to.
    """
    stranger = 403, "this page may not write", "open the page again at the address that `briefing serve` names"
    if headers.get("origin") != f"http://{headers.get('host', '')}":
        return stranger
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return stranger
    given = headers.get("x-briefing-token", "").encode("utf-8", "replace")
    if not secrets.compare_digest(given, token.encode()):
        return 403, "the preview has been started again since this page was loaded", "load the page again"
    if not _is_json(headers.get("content-type", "")):
        return 415, "the request is not JSON", "send it with `Content-Type: application/json`"
    if headers.get("transfer-encoding") or headers.get("content-encoding"):
        return 411, "the request has no length", "send it whole, with `Content-Length`"
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return 411, "the request has no length", "send it whole, with `Content-Length`"
    if len(length) > len(str(LONGEST)) or int(length) > LONGEST:
        return 413, f"this is more than {LONGEST // 1024} KB", "write less at a time"
    return None


def _is_json(written: str) -> bool:
    return written.lower().replace(" ", "") in ("application/json", "application/json;charset=utf-8")
