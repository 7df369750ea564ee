"""HTTP for one author: a thread for each connection, GET, HEAD and POST alone, and bounds for everything."""

from __future__ import annotations

import io
import logging
import re
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from briefing.preview.router import HTML, Answer, Router

log = logging.getLogger("briefing.preview")

CONNECTIONS = 128
"""At one time; a browser opens six, and keeps one waiting for changes in each window that is seen."""
ARRIVAL = 10.0
"""Seconds in which the content of a request has to arrive."""
HEADERS: dict[str, str] = {
    "Cache-Control": "no-store",
    # no page of another site may take a file of this one for a script, a picture or a frame of its own
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # nor show the preview under something else, so that an author presses its buttons without seeing them
    "X-Frame-Options": "SAMEORIGIN",
}
"""With every answer."""


class PreviewServer(ThreadingHTTPServer):
    """Listens on an address; what is asked for there, `router` answers, which is to be set before `start`.

    Raises OSError where the address cannot be had.
    """

    daemon_threads = True
    request_queue_size = 128
    router: Router

    def __init__(self, host: str, port: int, connections: int = CONNECTIONS) -> None:
        self.address_family = socket.AF_INET6 if _is_version_6(host) else socket.AF_INET
        self._free = threading.BoundedSemaphore(connections)
        super().__init__((host, port), _Handler)

    def start(self) -> None:
        """Answer requests, in threads of their own, until `close`."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self.shutdown()
        self.server_close()

    def server_bind(self) -> None:
        """Bind, without asking the network for this computer's name as the base class does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin to answer; there is no answer for more than so many at one time."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer what is asked on one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about a browser that has gone."""
        log.debug("a connection ended early", exc_info=True)


def _is_version_6(host: str) -> bool:
    try:
        return ip_address(host).version == 6
    except ValueError:
        return False


_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.ASCII)
_PIECE = 65536


def byte_range(asked: str, size: int) -> tuple[int, int] | None:
    """Return start and end, exclusive, of the part of a file that is asked for; None for all of it, and (0, 0) where
    the file has no such part.

    RFC 9110, section 14: what is no range of bytes, or is several, may be answered with the whole.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found:
        return None
    first, last, ending = found.groups()
    if ending:
        start, end = max(size - int(ending), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None  # no range at all
    return (start, end) if start < end else (0, 0)


def copy_bytes(source: io.BufferedIOBase, target: io.BufferedIOBase, number: int) -> None:
    """Copy so many bytes of an open file, or as many as it has."""
    while number and (piece := source.read(min(number, _PIECE))):
        target.write(piece)
        number -= len(piece)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60
    """Seconds that a connection may be silent."""
    server_version = "briefing"
    sys_version = ""

    def do_GET(self) -> None:
        self._send(self._answer())

    def do_HEAD(self) -> None:
        self._send(self._answer(), body=False)

    def do_POST(self) -> None:
        self._send(self._guarded(self._written))

    def _answer(self) -> Answer:
        if self.headers.get("Content-Length", "0") != "0" or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            return Answer(413, b"A request has no content here.\n")
        return self._guarded(lambda: self.server.router.answer(self.path, self._headers()))

    def _written(self) -> Answer:
        """Return the answer to a request to write; its content is read only where its headers are not refused."""
        refused = self.server.router.refuse(self.path, headers := self._headers())
        if refused is not None:
            self.close_connection = True
            return refused
        content = self._content(int(headers["content-length"]))
        if content is None:
            self.close_connection = True
            return Answer(408, b"The request did not arrive.\n")
        return self.server.router.write(self.path, content)

    def _content(self, length: int) -> bytes | None:
        """Return what a request holds; None where it does not arrive in time."""
        end, parts = time.monotonic() + ARRIVAL, []
        try:
            while length:
                self.connection.settimeout(max(end - time.monotonic(), 0.001))
                part = self.rfile.read1(length)
                if not part:
                    return None
                parts.append(part)
                length -= len(part)
        except OSError:
            return None
        self.connection.settimeout(self.timeout)
        return b"".join(parts)

    def _headers(self) -> dict[str, str]:
        """Return the headers by their names in lower case; of one that is there twice, both values."""
        names = {name.lower() for name in self.headers}
        return {name: ", ".join(self.headers.get_all(name, ())) for name in names}

    def _guarded(self, answer: Callable[[], Answer]) -> Answer:
        try:
            return answer()
        except Exception:
            # whatever it was, the author sees it, and the server goes on
            log.exception("no answer for %r", self.path)
            return Answer(500, b"The preview failed to make this page; the terminal says why.\n")

    def _send(self, answer: Answer, body: bool = True) -> None:
        content = answer.content
        try:
            file = content.open("rb") if isinstance(content, Path) else None
        except OSError:
            answer, content, file = Answer(404, b""), b"The file has gone.\n", None
        with file or io.BytesIO(content if isinstance(content, bytes) else b"") as opened:
            size = opened.seek(0, 2)
            headers = {**HEADERS, "Content-Type": answer.type, **answer.headers}
            status, start, end = answer.status, 0, size
            if status == 200 and answer.type != HTML:
                headers["Accept-Ranges"] = "bytes"
                if asked := self._range(size):
                    start, end = asked
                    status = 206 if end else 416
                    headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}" if end else f"bytes */{size}"
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(end - start))
            self.end_headers()
            opened.seek(start)
            if body:
                copy_bytes(opened, self.wfile, end - start)

    def _range(self, size: int) -> tuple[int, int] | None:
        """Return the bytes that are asked for; None for all. Which version of a file a part is of is told to nobody,
        so whoever asks for a part of a certain one (If-Range) gets all of it."""
        if self.command != "GET" or self.headers.get("If-Range"):
            return None
        return byte_range(", ".join(self.headers.get_all("Range", ())), size)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell of what went wrong alone."""
        log.debug('"%s" %s', self.requestline, code)

    def log_message(self, format: str, *args: Any) -> None:
        log.debug(format, *args)
