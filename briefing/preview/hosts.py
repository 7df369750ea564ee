"""Which names a preview answers to.

A page of a stranger's site may have its own name lead to this computer and then read drafts as its own (DNS rebinding);
the browser still sends that name in `Host` (RFC 9110, 7.2), so a preview refuses what names another host than its own.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Return whether an address is this computer's own, which no other can reach."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def is_own_host(asked: str, served: str) -> bool:
    """Return whether a request's `Host` is the preview's own, which is served on the address `served`.

    On a loopback address that is any loopback name; on others also addresses in digits, which no name can be rebound
    to, and the name that was chosen.
    """
    try:
        host = urlsplit(f"//{asked}").hostname or ""
    except ValueError:
        return False
    if is_loopback(host) or (host.endswith(".localhost") and is_loopback(served)):
        return True
    return not is_loopback(served) and (host == served.lower() or _is_address(host))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
