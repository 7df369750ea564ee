"""What a preview answers: its site and nothing else, to nobody but the one it is for."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest

from briefing.preview.router import LONGEST, Router, media_type
from briefing.preview.server import PreviewServer
from briefing.preview.session import PreviewSession
from tests.preview.fake import make, write

HOST = "127.0.0.1"
ONE = "/briefings/one/"
AT = {"host": HOST}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[PreviewSession]:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    site = make(tmp_path)
    session = PreviewSession(site, lambda _: None)
    session.first_build()
    yield session
    session.close()
    site.clean()


@pytest.fixture
def router(session: PreviewSession) -> Router:
    return Router(session, HOST)


def told(router: Router, **asked: str) -> dict[str, str]:
    content = router.answer(f"/.briefing/changes?{urlencode(asked)}", AT).content
    assert isinstance(content, bytes)
    answer: dict[str, str] = json.loads(content)
    return answer


def test_a_page_is_shown_with_what_loads_it_again(router: Router) -> None:
    answer = router.answer(ONE, {"host": f"{HOST}:8000"})
    assert isinstance(answer.content, bytes)
    assert (answer.status, answer.type) == (200, "text/html; charset=utf-8")
    assert b"<html><body>FIRST<script src=" in answer.content and answer.content.endswith(b"</body></html>")
    assert router.answer("/.briefing/preview.js", AT).status == 200


def test_without_reload_a_page_is_as_it_was_built(session: PreviewSession) -> None:
    assert Router(session, HOST, reload=False).answer(ONE, AT).content == b"<html><body>FIRST</body></html>"


def test_a_folder_leads_to_its_page(router: Router) -> None:
    answer = router.answer("/briefings/one?a=b", AT)
    assert (answer.status, answer.headers["Location"]) == (302, "/briefings/one/?a=b")
    assert router.answer("/briefings", AT).status == 404


def test_a_site_below_a_path_has_nothing_beside_it(session: PreviewSession) -> None:
    router = Router(session, HOST, "/news/")
    assert router.answer("/", AT).headers["Location"] == "/news/"
    assert router.answer("/news/briefings/one/", AT).status == 200
    assert router.answer("/briefings/one/", AT).status == router.answer("/newsroom/", AT).status == 404
    assert router.answer("/news/briefings/one", AT).headers["Location"] == "/news/briefings/one/"


@pytest.mark.parametrize("name", ["evil.example", "evil.example:8000", "", "127.0.0.1.evil.example", "10.0.0.1"])
def test_another_name_than_its_own_is_refused(router: Router, name: str) -> None:
    for target in ("/", ONE, "/.briefing/changes?page=/"):
        assert router.answer(target, {"host": name}).status == 403


OUTSIDE = (
    *("/../secret.txt", "/briefings/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/..%5csecret.txt"),
    *("//evil.example/", "/briefings//one/", "/./", "/a%00b", "/%ff", "http://127.0.0.1/", "*", "", "\\\\evil\\x"),
    *("/C:/Windows", "/briefings/one/%0d%0aSet-Cookie:x", "/link.txt", "/linked/secret.txt", "/" + "a" * LONGEST),
)


@pytest.mark.parametrize("target", OUTSIDE, ids=lambda target: target[:30] or "nothing")
def test_no_address_leads_out_of_the_site(session: PreviewSession, target: str, tmp_path: Path) -> None:
    assert session._shown
    folder = session._shown.whole.folder
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    answer = Router(session, HOST).answer(target, AT)
    assert answer.status in (400, 404, 414)
    assert isinstance(answer.content, Path) or b"secret" not in answer.content


def test_a_change_of_a_page_is_told_and_no_other(router: Router, session: PreviewSession, tmp_path: Path) -> None:
    versions = {page: told(router, page=page, seen="")["version"] for page in ("/", ONE, "/briefings/two/", "/none/")}
    threading.Timer(0.2, write, (tmp_path, "one", "changed")).start()
    assert told(router, page=ONE, seen=versions[ONE])["version"] != versions[ONE]
    assert session.version("briefings/two/index.html") == versions["/briefings/two/"]
    assert session.version("index.html") == versions["/"]
    threading.Timer(0.2, session.close).start()
    assert told(router, page="/none/", seen=versions["/none/"])["version"] == versions["/none/"]


@pytest.mark.parametrize("page", ["", "x", "//evil.example/", "/../", "/%00"])
def test_changes_are_told_of_pages_alone(router: Router, page: str) -> None:
    assert router.answer(f"/.briefing/changes?{urlencode({'page': page})}", AT).status == 400


def test_media_types_do_not_depend_on_the_system() -> None:
    names = ("a.js", "a.css", "a.svg", "A.HTML", "a.json", "sitemap.xml.gz", "a.woff2", "a.unknown-type")
    assert [media_type(name).split(";")[0] for name in names] == [
        *("text/javascript", "text/css", "image/svg+xml", "text/html", "application/json", "application/gzip"),
        *("font/woff2", "application/octet-stream"),
    ]


# --- over the network


@pytest.fixture
def server(router: Router) -> Iterator[PreviewServer]:
    server = PreviewServer(HOST, 0)
    server.router = router
    server.start()
    yield server
    server.close()


def ask(
    server: PreviewServer, method: str, target: str, body: bytes | None = None, **sent: str
) -> tuple[int, Message, bytes]:
    """Status, headers and content of an answer; the names of headers that are `sent` have `_` for `-`."""
    with closing(http.client.HTTPConnection(HOST, server.server_port, timeout=20)) as connection:
        connection.request(method, target, body, {name.replace("_", "-"): value for name, value in sent.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def test_answers_are_kept_by_no_browser_and_taken_by_no_other_site(server: PreviewServer) -> None:
    for target in ("/", ONE, "/none", "/.briefing/preview.js"):
        _, headers, content = ask(server, "GET", target)
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert len(content) == int(headers["Content-Length"])
    status, headers, content = ask(server, "HEAD", ONE)
    assert status == 200 and content == b"" and int(headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=990-", 990, 1000),
        ("bytes=990-5000", 990, 1000),
        ("bytes=-10", 990, 1000),
        ("bytes=-5000", 0, 1000),
        ("bytes=0-", 0, 1000),
    ],
)
def test_a_part_of_a_recording_is_answered_alone(
    server: PreviewServer, session: PreviewSession, asked: str, start: int, end: int
) -> None:
    whole = _recording(session)
    status, headers, content = ask(server, "GET", "/talk.wav", Range=asked)
    assert (status, content) == (206, whole[start:end])
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/1000"
    assert int(headers["Content-Length"]) == end - start


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_a_recording_does_not_have_is_refused(
    server: PreviewServer, session: PreviewSession, asked: str
) -> None:
    _recording(session)
    status, headers, content = ask(server, "GET", "/talk.wav", Range=asked)
    assert (status, headers["Content-Range"], content) == (416, "bytes */1000", b"")


@pytest.mark.parametrize(
    "sent",
    [
        *({"Range": asked} for asked in ("", "bytes=", "bytes=5-1", "bytes=a-b", "bytes=-", "pages=1-2", "bytes=٠-٩")),
        *({"Range": asked} for asked in ("bytes=0-1,5-6", "bytes=0-" + "9" * 400)),
        {"Range": "bytes=0-1", "If-Range": '"an-older-one"'},
    ],
    ids=str,
)
def test_what_asks_for_no_single_part_gets_the_whole(
    server: PreviewServer, session: PreviewSession, sent: dict[str, str]
) -> None:
    whole = _recording(session)
    sent = {name.replace("-", "_"): value.encode().decode("latin-1") for name, value in sent.items()}
    status, headers, content = ask(server, "GET", "/talk.wav", **sent)
    assert (status, headers["Accept-Ranges"], content) == (200, "bytes", whole)
    assert ask(server, "HEAD", "/talk.wav", Range="bytes=0-1")[0] == 200
    assert ask(server, "GET", ONE, Range="bytes=0-1")[0] == 200


def _recording(session: PreviewSession) -> bytes:
    """Put a file of 1,000 bytes into the site that is shown."""
    assert session._shown
    content = bytes(number % 251 for number in range(1000))
    (session._shown.whole.folder / "talk.wav").write_bytes(content)
    return content


def test_nothing_but_reading_is_possible(server: PreviewServer) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH"):
        assert ask(server, method, "/")[0] == 501
    for target in ("/", ONE, "/.briefing/edit/save"):
        status, headers, _ = ask(server, "POST", target, body=b"{}")
        assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert ask(server, "GET", "/", body=b"words")[0] == 413


def test_a_request_has_bounds(server: PreviewServer) -> None:
    assert ask(server, "GET", "/" + "a" * 3000)[0] == 414
    with socket.create_connection((HOST, server.server_port), timeout=20) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000 + b"\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 431 ")
    with socket.create_connection((HOST, server.server_port), timeout=20) as raw:
        raw.sendall(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 414 ")
    assert ask(server, "GET", "/")[0] == 200


def test_more_connections_than_it_has_room_for_are_closed(router: Router) -> None:
    server = PreviewServer(HOST, 0, connections=2)
    server.router = router
    server.start()
    with closing(server), ExitStack() as kept:
        for _ in range(2):
            one = kept.enter_context(socket.create_connection((HOST, server.server_port), timeout=20))
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert one.recv(100).startswith(b"HTTP/1.1 200 ")
        with socket.create_connection((HOST, server.server_port), timeout=20) as third:
            assert third.recv(100) == b""


def test_a_preview_that_has_nothing_yet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.preview.router.PATIENCE", 0.01)
    answer = Router(PreviewSession(make(tmp_path), lambda _: None), HOST).answer("/", AT)
    assert answer.status == 503 and answer.headers["Retry-After"] == "1"
    assert isinstance(answer.content, bytes) and b'data-version=""' in answer.content
