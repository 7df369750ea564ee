"""Nobody writes through the preview but a page that it has sent itself: over the network, byte by byte."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing import resources
from briefing.cli.serve import _editor
from briefing.editor.access import LONGEST, new_token
from briefing.editor.interface import EditInterface
from briefing.preview.router import Router
from briefing.preview.server import PreviewServer
from briefing.preview.session import PreviewSession
from tests.editor.author import GOOD, state
from tests.preview.fake import FakeSite
from tests.sites import GOOD as DOCS

pytestmark = pytest.mark.quick

HOST = "127.0.0.1"
SAVED: Mapping[str, Any] = {
    "briefing": GOOD,
    "kind": "context",
    "fields": {"title": "Habit", "note": "So it is."},
    "place": {"words": ["held up by habit"]},
}
"""What a page sends to add a note."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[FakeSite]:
    shutil.copytree(DOCS, tmp_path / "docs")
    (tmp_path / "outside").mkdir()
    site = FakeSite(tmp_path)
    yield site
    site.clean()


@pytest.fixture
def session(site: FakeSite) -> Iterator[PreviewSession]:
    session = PreviewSession(site, lambda _: None)
    session.first_build()
    yield session
    session.close()


@pytest.fixture
def editor(site: FakeSite) -> EditInterface:
    made = _editor(site.docs, HOST)
    assert made
    return made


@pytest.fixture
def server(session: PreviewSession, editor: EditInterface) -> Iterator[PreviewServer]:
    server = PreviewServer(HOST, 0)
    server.router = Router(session, HOST, editor=editor)
    server.start()
    yield server
    server.close()


class Client:
    """Sends requests as a browser does, but for what a test changes in them."""

    def __init__(self, server: PreviewServer, token: str) -> None:
        self.port = server.server_port
        self.own = f"{HOST}:{self.port}"
        self.headers: Mapping[str, str | None] = {
            "Host": self.own,
            "Origin": f"http://{self.own}",
            "Sec-Fetch-Site": "same-origin",
            "X-Briefing-Token": token,
            "Content-Type": "application/json",
        }

    def request(
        self, method: str, target: str, content: bytes, changes: Mapping[str, str | None], more: str = ""
    ) -> bytes:
        """A request with other headers (None for none); `more` are lines that would be there twice."""
        said = {**self.headers, "Content-Length": str(len(content)), **changes}
        lines = [f"{name}: {value}" for name, value in said.items() if value is not None]
        head = "\r\n".join((f"{method} {target} HTTP/1.1", *lines)) + "\r\n" + more
        return head.encode("latin-1") + b"\r\n" + content

    def send(self, request: bytes) -> tuple[int, str, dict[str, Any], bool]:
        """Status, head, content as JSON where it is, and whether nothing follows before the connection is closed."""
        with closing(socket.create_connection((HOST, self.port), timeout=20)) as raw:
            raw.sendall(request)
            stream = raw.makefile("rb")
            status = int(stream.readline().split()[1])
            head = ""
            while (line := stream.readline().decode("latin-1")).strip():
                head += line.lower()
            length = int(head.partition("content-length: ")[2].split()[0])
            content = stream.read(0 if request.startswith(b"HEAD") else length)
            told = json.loads(content) if "application/json" in head and content else {"error": content.decode()}
            raw.settimeout(0.05)
            try:
                over = stream.read(1) == b""
            except TimeoutError:
                over = False
            return status, head, told, over

    def post(
        self,
        operation: str = "save",
        content: bytes | Mapping[str, Any] = SAVED,
        changes: Mapping[str, str | None] | None = None,
        more: str = "",
    ) -> tuple[int, str, dict[str, Any], bool]:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.send(self.request("POST", f"/.briefing/edit/{operation}", body, changes or {}, more))


@pytest.fixture
def client(server: PreviewServer, editor: EditInterface) -> Client:
    return Client(server, editor.token)


def test_a_page_of_the_preview_writes(client: Client, site: FakeSite) -> None:
    before = state(site.docs)
    status, head, told, _ = client.post()
    assert (status, told["id"]) == (200, "habit")
    assert "cache-control: no-store" in head and "access-control" not in head
    changed = {name for name, content in state(site.docs).items() if before.get(name) != content}
    assert changed == {f"{GOOD}/annotations/context.yml"}
    for mark in ("application/json; charset=utf-8", "application/json;charset=UTF-8"):
        assert client.post("undo", {"undo": told["undo"]}, {"Content-Type": mark})[0] in (200, 409)
    assert state(site.docs) == before


# --- strangers --------------------------------------------------------------------------------------------------

STRANGERS: Mapping[str, tuple[int, Mapping[str, str | None]]] = {
    "a page of another site": (403, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}),
    "one whose browser says only where it is from": (403, {"Origin": "https://evil.example", "Sec-Fetch-Site": None}),
    "one whose browser says only that it is a stranger": (403, {"Sec-Fetch-Site": "cross-site"}),
    "a page of another port": (403, {"Origin": f"http://{HOST}:1"}),
    "a page of this address by TLS": (403, {"Origin": "https://{own}"}),
    "a page of another name of this computer": (403, {"Origin": "http://localhost:{port}"}),
    "a sibling of this host": (403, {"Sec-Fetch-Site": "same-site"}),
    "an address that somebody typed": (403, {"Sec-Fetch-Site": "none"}),
    "a sandboxed frame": (403, {"Origin": "null"}),
    "no browser": (403, {"Origin": None, "Sec-Fetch-Site": None}),
    "an empty origin": (403, {"Origin": ""}),
    "an origin with a path": (403, {"Origin": "http://{own}/"}),
    "a name that leads here, with its own origin": (
        403,
        {"Host": "evil.example", "Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    ),
    "such a name with this port": (403, {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}),
    "such a name below an address": (
        403,
        {"Host": "127.0.0.1.evil.example", "Origin": "http://127.0.0.1.evil.example"},
    ),
    "an address of the network": (403, {"Host": "192.168.0.9:{port}", "Origin": "http://192.168.0.9:{port}"}),
    "no host": (403, {"Host": None, "Origin": "http://"}),
    "no token": (403, {"X-Briefing-Token": None}),
    "an empty token": (403, {"X-Briefing-Token": ""}),
    "a token of another run": (403, {"X-Briefing-Token": new_token()}),
    "a token with more": (403, {"X-Briefing-Token": "{token}x"}),
    "part of the token": (403, {"X-Briefing-Token": "{part}"}),
    "a token that is no ASCII": (403, {"X-Briefing-Token": "\xe9" * 43}),
    "a form": (415, {"Content-Type": "application/x-www-form-urlencoded"}),
    "a form with files": (415, {"Content-Type": "multipart/form-data; boundary=x"}),
    "plain text, which any page may send": (415, {"Content-Type": "text/plain"}),
    "plain text that looks like JSON": (415, {"Content-Type": "text/plain; x=application/json"}),
    "two types": (415, {"Content-Type": "application/json, text/plain"}),
    "another JSON": (415, {"Content-Type": "application/json+x"}),
    "JSON in another encoding": (415, {"Content-Type": "application/json; charset=utf-16"}),
    "no type": (415, {"Content-Type": None}),
    "chunks": (411, {"Transfer-Encoding": "chunked", "Content-Length": None}),
    "chunks beside a length": (411, {"Transfer-Encoding": "chunked"}),
    "compressed": (411, {"Content-Encoding": "gzip"}),
    "no length": (411, {"Content-Length": None}),
    "a negative length": (411, {"Content-Length": "-1"}),
    "a signed length": (411, {"Content-Length": "+5"}),
    "a length in words": (411, {"Content-Length": "0x10"}),
    "a length in other digits": (411, {"Content-Length": "\xb2"}),
    "a length above the limit": (413, {"Content-Length": str(LONGEST + 1)}),
    "a length above all numbers": (413, {"Content-Length": "9" * 5000}),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_writes_nothing(client: Client, site: FakeSite, editor: EditInterface, name: str) -> None:
    before = state(site.docs)
    wanted, changes = STRANGERS[name]
    known = {"own": client.own, "port": client.port, "token": editor.token, "part": editor.token[:-1]}
    made = {key: value and value.format(**known) for key, value in changes.items()}
    status, head, told, over = client.post(changes=made)
    assert status == wanted, told
    assert over, "what follows a refused request is not read as another one"
    assert told["error"] and "access-control" not in head and editor.token not in json.dumps(told)
    assert state(site.docs) == before


def test_no_operation_answers_a_stranger(client: Client, site: FakeSite, editor: EditInterface) -> None:
    before = state(site.docs)
    for operation in editor.operations:
        assert client.post(operation, changes={"Origin": "https://evil.example"})[0] == 403
    assert state(site.docs) == before


@pytest.mark.parametrize(
    "line", ["Origin: http://evil.example", "X-Briefing-Token: x", "Content-Length: 7", "Content-Type: text/plain"]
)
def test_what_is_said_twice_is_believed_neither_time(client: Client, site: FakeSite, line: str) -> None:
    before = state(site.docs)
    assert client.post(more=f"{line}\r\n")[0] in (403, 411, 415)
    assert state(site.docs) == before


def test_a_request_within_a_refused_one_is_not_answered(client: Client, site: FakeSite) -> None:
    before = state(site.docs)
    inner = client.request("POST", "/.briefing/edit/save", json.dumps(SAVED).encode(), {})
    for changes in ({"Origin": "http://evil.example"}, {"Transfer-Encoding": "chunked"}):
        request = client.request("POST", "/.briefing/edit/save", inner, changes)
        status, _, _, nothing_follows = client.send(request)
        assert status >= 400 and nothing_follows
    assert state(site.docs) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "post", "BREW"])
def test_other_methods_have_no_answer(client: Client, site: FakeSite, method: str) -> None:
    """So a browser that asks whether a stranger's page may send JSON is told nothing (CORS preflight)."""
    before = state(site.docs)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    status, head, _, _ = client.send(client.request(method, "/.briefing/edit/save", b"", asked))
    assert status == 501 and "access-control" not in head
    assert state(site.docs) == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_changes_files_cannot_be_linked_to(client: Client, site: FakeSite, method: str) -> None:
    before = state(site.docs)
    for target in ("/.briefing/edit/save", "/.briefing/edit/undo?undo=x", "/.briefing/edit/"):
        assert client.send(client.request(method, target, b"", {}))[0] == 404
    assert client.send(client.request(method, "/.briefing/edit/save", json.dumps(SAVED).encode(), {}))[0] == 413
    assert state(site.docs) == before


TARGETS = {
    "/": 405, "/briefings/good/": 405, "/.briefing": 405, "/.briefing/edit/none": 404, "/.briefing/edit/": 404,
    "/.briefing/changes": 404, "/.briefing/edit/../edit/save": 400, "/.briefing//edit/save": 400,
    "/.briefing/edit/save%00": 400, "/.briefing/edit/%2e%2e/save": 400, "http://127.0.0.1/.briefing/edit/save": 400,
    "*": 400, "/.briefing/edit/" + "a" * 3000: 414, "/.briefing/edit/__class__": 404,
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target[:40])
def test_there_is_nothing_to_write_elsewhere(client: Client, site: FakeSite, target: str) -> None:
    before = state(site.docs)
    assert client.send(client.request("POST", target, json.dumps(SAVED).encode(), {}))[0] == TARGETS[target]
    assert state(site.docs) == before


# --- what is sent -----------------------------------------------------------------------------------------------

DEEP = b'{"fields": ' + b'{"a": ' * 40 + b"1" + b"}" * 40 + b"}"
CONTENTS: Mapping[str, bytes] = {
    "nothing": b"",
    "half": b'{"briefing": "briefings/good',
    "two": b"{}{}",
    "a list": b"[]",
    "a word": b'"save"',
    "null": b"null",
    "no UTF-8": b'{"briefing": "\xff"}',
    "UTF-16": '{"briefing": "x"}'.encode("utf-16"),
    "a mark of the byte order": b"\xef\xbb\xbf{}",
    "no number": b'{"briefing": NaN}',
    "infinity": b'{"number": -Infinity}',
    "brackets without end": b"[" * 100_000,
    "mappings without end": b'{"a":' * 40_000,
    "too deep": DEEP,
    "a number of many digits": b'{"number": ' + b"9" * 100_000 + b"}",
    "half a character": b'{"briefing": "briefings/good", "fields": {"note": "\\ud800"}}',
    "NUL": b'{"briefing": "briefings/good", "fields": {"note": "a\\u0000b"}}',
    "an escape sequence of terminals": b'{"briefing": "briefings/good", "fields": {"note": "\\u001b[2J"}}',
    "a control character in a name": b'{"briefing": "briefings/good", "fields": {"no\\u0007te": "a"}}',
    "no character": b'{"briefing": "briefings/good", "fields": {"note": "\\uffff"}}',
    "a number for a text": b'{"briefing": 1}',
    "a list for an object": b'{"briefing": "briefings/good", "kind": "context", "fields": []}',
    "a text for a list": b'{"briefing": "briefings/good", "kind": "context", "place": {"words": "held up"}}',
    "numbers for words": b'{"briefing": "briefings/good", "kind": "context", "place": {"words": [1]}}',
    "no words": b'{"briefing": "briefings/good", "kind": "context", "place": {"words": [" "]}}',
    "truth for a number": b'{"briefing": "briefings/good", "place": {"words": ["a"], "number": true}}',
    "no kind": b'{"briefing": "briefings/good", "kind": "../x", "place": {"words": ["held up"]}}',
    "no id": b'{"briefing": "briefings/good", "id": "nobody", "fields": {}}',
    "a mark that is none": b'{"briefing": "briefings/good", "id": "held-up", "fields": {"tags": ["a"]}, "seen": [1]}',
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("operation", ["save", "remove"])
def test_what_cannot_be_read_is_refused_in_words(client: Client, site: FakeSite, name: str, operation: str) -> None:
    before = state(site.docs)
    status, _, told, _ = client.post(operation, CONTENTS[name])
    assert status in (400, 404, 409, 422), told
    assert told["error"] and "Traceback" not in json.dumps(told)
    assert state(site.docs) == before
    assert client.post("place", {"briefing": GOOD, "words": ["held up"]})[0] == 200


@pytest.mark.parametrize("name", CONTENTS)
def test_no_operation_fails_on_what_cannot_be_read(site: FakeSite, editor: EditInterface, name: str) -> None:
    before = state(site.docs)
    for operation in editor.operations:
        answer = editor.answer(f"edit/{operation}", CONTENTS[name])
        assert answer.status in (200, 400, 404, 409, 422), (operation, answer)
    assert state(site.docs) == before


def test_as_much_as_is_allowed_arrives(client: Client, site: FakeSite) -> None:
    before = state(site.docs)
    filled = {**SAVED, "fields": {"title": "x", "note": "é" * 50_000}}
    content = json.dumps(filled, ensure_ascii=False).encode()
    content += b" " * (LONGEST - len(content))
    assert client.post("try", content)[0] == 200
    assert client.post("try", content + b" ")[0] == 413
    assert state(site.docs) == before


MALFORMED: Mapping[str, bytes] = {
    "no HTTP": b"\x16\x03\x01\x00\xff\x01\r\n\r\n",
    "no version": b"POST /.briefing/edit/save\r\n{head}\r\n",
    "a version that there is not": b"POST /.briefing/edit/save HTTP/9.9\r\n{head}\r\n",
    "a version that is none": b"POST /.briefing/edit/save HTTQ/1.1\r\n{head}\r\n",
    "a space too many": b"POST  /.briefing/edit/save x HTTP/1.1\r\n{head}\r\n",
    "a header without a colon": b"POST /.briefing/edit/save HTTP/1.1\r\nno colon\r\n{head}\r\n",
    "a header that is folded": b"POST /.briefing/edit/save HTTP/1.1\r\n{head} folded: yes\r\n\r\n",
    "a space before a colon": b"POST /.briefing/edit/save HTTP/1.1\r\nTransfer-Encoding : chunked\r\n{head}\r\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_request_writes_nothing(client: Client, site: FakeSite, name: str) -> None:
    before = state(site.docs)
    content = json.dumps(SAVED).encode()
    head = client.request("POST", "/", content, {}).partition(b"\r\n")[2].partition(b"\r\n\r\n")[0] + b"\r\n"
    with closing(socket.create_connection((HOST, client.port), timeout=20)) as raw:
        raw.sendall(MALFORMED[name].replace(b"{head}", head) + content)
        raw.shutdown(socket.SHUT_WR)
        answer = raw.makefile("rb").read()
    assert b" 200 " not in answer.partition(b"\r\n")[0] and b"Traceback" not in answer
    assert state(site.docs) == before
    assert client.post("place", {"briefing": GOOD, "words": ["held up"]})[0] == 200


def test_what_does_not_arrive_is_given_up(client: Client, site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.preview.server.ARRIVAL", 0.2)
    before = state(site.docs)
    content = json.dumps(SAVED).encode()
    request = client.request("POST", "/.briefing/edit/save", content, {})
    assert client.send(request[:-1])[0] == 408
    with closing(socket.create_connection((HOST, client.port), timeout=20)) as raw:
        raw.sendall(request[: -len(content)])
        answer = b""
        for byte in content:  # each byte is in time, all of them are not
            raw.settimeout(0.05)
            try:
                answer = raw.recv(100)
                break
            except TimeoutError:
                raw.sendall(bytes([byte]))
    assert answer.startswith(b"HTTP/1.1 408 ")
    with closing(socket.create_connection((HOST, client.port), timeout=20)) as raw:
        raw.sendall(request[:-20])
        raw.shutdown(socket.SHUT_WR)
        assert raw.recv(100).startswith(b"HTTP/1.1 408 ")
    assert state(site.docs) == before
    assert client.post()[0] == 200


# --- paths ------------------------------------------------------------------------------------------------------

PATHS = (
    *("", ".", "..", "/", "/etc", "briefings", "briefings/none", "briefings/good/", "/briefings/good"),
    *("./briefings/good", "briefings/../briefings/good", "briefings/good/..", "briefings/good/annotations"),
    *("briefings//good", "../docs", "../docs/briefings/good", "briefings\\good", "..\\docs", "~", "briefings/%67ood"),
    *("briefings/good/briefing.yml", "briefings/good/x", "briefings/good\u202e", "linked", "linked/good", ".hidden"),
    *("briefings/linked", "briefings/good ", "briefings/good.", "C:\\docs", "file:///etc", "briefings/good?x"),
    *("briefings/loop/loop/good", "a" * 5000),
)


TAKE_NO_PATH = {"undo", "example/take-out"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30] or "nothing")
def test_no_path_leaves_the_docs_folder(
    client: Client, site: FakeSite, editor: EditInterface, tmp_path: Path, path: str
) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(site.docs / "briefings", outside, dirs_exist_ok=True)
    shutil.copytree(site.docs / GOOD, site.docs / ".hidden")
    (site.docs / "linked").symlink_to(outside)
    (site.docs / "briefings/linked").symlink_to(outside / "good")
    (site.docs / "briefings/loop").symlink_to(site.docs / "briefings")
    before = state(tmp_path)
    for operation in editor.operations.keys() - TAKE_NO_PATH:
        asked = {**SAVED, "briefing": path, "words": ["held up"], "id": "", "how": "delete", "step": {"do": "out"}}
        status, _, told, _ = client.post(operation, asked)
        assert (status, told["error"]) == (404, "there is no such briefing"), operation
    assert state(tmp_path) == before


@pytest.mark.parametrize("linked", ["annotations", "annotations/context.yml", "annotations/quotes.yml", "briefing.yml"])
def test_no_link_leads_what_is_written_out_of_the_docs_folder(
    client: Client, site: FakeSite, tmp_path: Path, linked: str
) -> None:
    inside, outside = site.docs / GOOD / linked, tmp_path / "outside" / "there"
    inside.rename(outside)
    inside.symlink_to(outside)
    before = state(tmp_path)
    asked: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("save", SAVED),
        ("save", {"briefing": GOOD, "id": "who-pays", "fields": {"note": "x"}}),
        ("save", {"briefing": GOOD, "kind": "briefing", "id": "", "fields": {"title": "x"}}),
        ("remove", {"briefing": GOOD, "id": "held-up", "how": "delete"}),
    )
    statuses = [client.post(operation, content)[0] for operation, content in asked]
    after = state(tmp_path)
    assert {name: after[name] for name in before if name.startswith("outside")} == {
        name: before[name] for name in before if name.startswith("outside")
    }
    assert any(status >= 400 for status in statuses)


# --- where there is an editor -----------------------------------------------------------------------------------


def page(router: Router, target: str = f"/{GOOD}/", **headers: str) -> str:
    answer = router.answer(target, {"host": HOST, **headers})
    content = answer.content.read_bytes() if isinstance(answer.content, Path) else answer.content
    return content.decode()


def test_pages_of_a_briefing_alone_know_the_token(session: PreviewSession, editor: EditInterface) -> None:
    router = Router(session, HOST, editor=editor)
    shown = page(router)
    assert shown.count(editor.token) == 1 and f'data-briefing="{GOOD}"' in shown
    for target in ("/none/", "/.briefing/preview.js", "/briefings/"):
        assert editor.token not in page(router, target)


@pytest.mark.parametrize("place", ["iframe", "frame", "embed", "object", "script", "image"])
def test_in_a_frame_there_is_no_token(session: PreviewSession, editor: EditInterface, place: str) -> None:
    """A stranger's page may lay a frame of the preview below a button of its own (clickjacking)."""
    router = Router(session, HOST, editor=editor)
    headers = {"sec-fetch-dest": place}
    assert editor.token not in page(router, **headers) and "FERRY" in page(router, **headers)
    assert editor.token in page(router, **{"sec-fetch-dest": "document"})


OWN_PAGES = [
    f"/.briefing/{path.stem}/{GOOD}"
    for path in sorted((resources.templates() / "editor").iterdir())
    if path.suffix == ".html"
]
"""The pages that are the editor's alone."""


@pytest.mark.parametrize("target", OWN_PAGES)
def test_pages_of_the_editor_are_for_no_other_name_no_frame_and_no_preview_to_read(
    session: PreviewSession, editor: EditInterface, target: str
) -> None:
    router, reading = Router(session, HOST, editor=editor), Router(session, HOST)
    assert editor.token in page(router, target)
    assert editor.token not in page(router, target, host="evil.example")
    assert router.answer(target, {"host": "evil.example"}).status >= 400
    assert router.answer(target, {"host": HOST, "sec-fetch-dest": "iframe"}).status == 404
    for own in (target, "/.briefing/editor/api.js"):
        assert reading.answer(own, {"host": HOST}).status == 404
    for operation in editor.operations:
        refused = reading.refuse(f"/.briefing/edit/{operation}", {"host": HOST, "x-briefing-token": editor.token})
        assert refused and refused.status == 405


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "author.example", ""])
def test_where_others_can_reach_the_preview_nothing_can_be_written(
    host: str, site: FakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        assert _editor(site.docs, host) is None
    assert "nothing can be written in the browser" in caplog.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.1.1", "localhost", "::1"])
def test_on_an_address_of_this_computer_alone_there_is_an_editor(host: str, site: FakeSite) -> None:
    assert _editor(site.docs, host)


def test_each_run_has_a_token_of_its_own(site: FakeSite) -> None:
    tokens = {EditInterface(site.docs, {}).token for _ in range(100)}
    assert len(tokens) == 100 and min(map(len, tokens)) >= 43
