"""Which addresses a link in prose may have."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
MAIL = re.compile(r"mailto:[^@\s?]+@[^@\s?]+(\?.*)?", re.IGNORECASE)
PAGE = re.compile(r"[^?#:]*[^?#:/]\.md(#.*)?")
ENCODED_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")
FULL = "write a full address, which begins with https://"
RELATIVE = "write the path to the page's Markdown file as seen from the briefing's folder, such as ../../about.md"


def refusal(address: str) -> tuple[str, str] | None:
    """Why an address is not allowed, as it follows "leads to “…”, ", and what to write; None for a good one."""
    if any(unicodedata.category(char)[0] in "CZ" for char in address) or ENCODED_CONTROL.search(address):
        return "which holds a space or an invisible character", FULL
    if any(char in '\\<>"`' for char in address):
        return "which holds a character that addresses do not have", FULL
    scheme = SCHEME.match(address)
    if scheme is None:
        return _refused_path(address)
    match scheme[1].lower():
        case "http" | "https":
            return _refused_web(address)
        case "mailto":
            return None if MAIL.fullmatch(address) else ("which is no e-mail address", "write mailto:name@example.org")
        case other:
            return (
                f"and {other}: addresses are not allowed",
                "only https, http and mailto addresses and pages can be linked",
            )


def _refused_path(address: str) -> tuple[str, str] | None:
    if address.startswith("//"):
        return "which does not say whether it is https", FULL
    if address.startswith("/"):
        return "which is not relative to this briefing", RELATIVE
    if address.startswith("#"):
        return "which is a place on some page", "cite an annotation by its id: [@id]"
    if PAGE.fullmatch(address):
        return None
    if address.startswith("www."):
        return "which does not begin with https://", f"write https://{address}"
    return "which is neither a full address nor a page", f"{FULL}; or {RELATIVE}"


def _refused_web(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        return "which cannot be read", FULL
    if user is not None or "@" in parts.netloc:
        return "which holds a user name", "leave out what stands before the @"
    return None if host else ("which has no host", FULL)
