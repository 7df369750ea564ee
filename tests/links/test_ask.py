"""Asking hosts, against a server on this computer: what it is asked, how often, and what is made of its answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing import __version__
from briefing.authoring import links
from briefing.authoring.links import LinkAnswer, ask
from briefing.cli import main
from tests.sites import GOOD, make_site

STATUS = {
    "/ok": 200,
    "/gone": 404,
    "/old": 301,
    "/for-now": 302,
    "/both": 308,
    "/loop": 301,
    "/ftp": 301,
    "/closed": 403,
}
TO = {"/old": "/ok", "/for-now": "/ok", "/both": "/for-now", "/loop": "/loop", "/ftp": "ftp://127.0.0.1/x"}


@dataclass
class Host:
    """A server that notes what it is asked."""

    address: str
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    together: int = 0
    most: int = 0
    busy: int = 0


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """The server, to which questions may be sent although it is on this computer."""
    monkeypatch.setattr(links, "is_public", lambda address: True)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.respond()

        def do_GET(self) -> None:
            self.respond()

        def respond(self) -> None:
            with lock:
                noted.asked.append(f"{self.command} {self.path}")
                noted.agents.add(self.headers["User-Agent"])
                noted.together += 1
                noted.most = max(noted.most, noted.together)
            time.sleep(0.6 if self.path == "/slow" else 0.01)
            self.send_response(self.status())
            if self.path in TO:
                self.send_header("Location", TO[self.path])
            if self.path in ("/busy", "/always") and (self.path == "/always" or noted.busy < 2):
                self.send_header("Retry-After", "7" if self.path == "/busy" else "9999")
            with lock:
                noted.together -= 1  # before the answer is out, or the next request may be counted beside this one
            self.end_headers()

        def status(self) -> int:
            if self.path == "/no-head":
                return 405 if self.command == "HEAD" else 200
            if self.path == "/busy":
                noted.busy += 1
                return 429 if noted.busy < 2 else 200
            return 429 if self.path == "/always" else STATUS.get(self.path.split("?")[0], 200)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    noted = Host(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield noted
    server.shutdown()
    server.server_close()


def one(host: Host, path: str, waited: list[float] | None = None) -> LinkAnswer:
    waits = waited if waited is not None else []
    url = host.address + path
    return ask([url], wait=waits.append, timeout=0.4)[url]


@pytest.mark.parametrize(
    ("path", "status", "moved", "lasting"),
    [
        ("/ok", 200, "", False),
        ("/gone", 404, "", False),
        ("/closed", 403, "", False),
        ("/old", 200, "/ok", True),
        ("/for-now", 200, "/ok", False),
        ("/both", 200, "/ok", False),
        ("/no-head", 200, "", False),
        ("/ok?a=b&c=d%20e#part", 200, "", False),
        ("/ä b", 200, "", False),
    ],
)
def test_what_a_host_says(host: Host, path: str, status: int, moved: str, lasting: bool) -> None:
    answer = one(host, path)
    assert (answer.status, answer.moved.removeprefix(host.address), answer.lasting) == (status, moved, lasting)


def test_head_is_asked_first_and_get_only_where_it_must(host: Host) -> None:
    one(host, "/ok"), one(host, "/no-head"), one(host, "/ok?a=b#part")
    assert host.asked == ["HEAD /ok", "HEAD /no-head", "GET /no-head", "HEAD /ok?a=b"]
    assert all(f"mkdocs-briefing/{__version__}" in agent for agent in host.agents)


def test_a_host_that_asks_to_come_back_is_obeyed(host: Host) -> None:
    waited: list[float] = []
    assert one(host, "/busy", waited).status == 200
    assert waited == [7.0]


def test_a_host_that_asks_for_hours_is_let_alone(host: Host) -> None:
    waited: list[float] = []
    assert one(host, "/always", waited).status == 429
    assert waited == [] and host.asked == ["HEAD /always"]


def test_redirects_end(host: Host) -> None:
    assert one(host, "/loop").reason == "it is redirected more than 8 times"
    assert one(host, "/ftp").reason == "it is redirected to an address that is not http or https"


def test_no_answer(host: Host) -> None:
    assert one(host, "/slow").reason == "its host does not answer in time"
    assert one(Host("http://127.0.0.1:9"), "/x").reason == "its host refuses the connection"


INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.8", "172.16.4.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::7", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_inner_address_is_public(address: str) -> None:
    assert not links.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are_asked(address: str) -> None:
    assert links.is_public(address)


@pytest.mark.full
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_nothing_is_sent_to_this_computer(host: Host, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.undo()
    url = f"http://{name}:{host.address.rpartition(':')[2]}/ok"
    answer = ask([url], wait=lambda seconds: None, timeout=0.4)[url]
    assert answer.status is None and "not asked" in answer.reason and host.asked == []


@pytest.mark.full
def test_a_redirect_to_a_name_that_leads_inside_is_not_followed(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address is taken for a public one, the second, to which it redirects, is this computer again."""
    port = host.address.rpartition(":")[2]
    names = {"public.example": "127.0.0.2", "inner.example": "127.0.0.1"}
    monkeypatch.setattr(links, "is_public", lambda address: address == "127.0.0.2")
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda name, *rest, **more: real(names.get(name, name), *rest, **more))
    monkeypatch.setitem(TO, "/old", f"http://inner.example:{port}/ok")
    url = f"http://public.example:{port}/old"
    answer = ask([url], wait=lambda seconds: None, timeout=0.4)[url]
    assert answer.failed == "inside" and "inner.example" in answer.reason and host.asked == ["HEAD /old"]


def test_one_request_at_a_time_with_a_pause_between(host: Host) -> None:
    waited: list[float] = []
    urls = [f"{host.address}/page-{n}" for n in range(6)]
    done: list[str] = []
    answers = ask([*urls, urls[0]], {urls[5]: LinkAnswer(404)}, done.append, wait=waited.append)
    assert host.most == 1 and len(host.asked) == 5 and waited == [1.0] * 4
    assert done == urls[:5] and answers[urls[5]].status == 404


def test_answers_are_kept_for_a_day(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "links.json"
    answers = {
        "http://a/": LinkAnswer(404),
        "http://b/": LinkAnswer(429),
        "http://c/": LinkAnswer(None, failed="other", reason="x"),
    }
    links.remember_answers(file, answers, now=1000)
    assert links.remembered_answers(file, now=1000 + links.KEPT - 1) == {"http://a/": LinkAnswer(404)}
    links.remember_answers(file, {"http://a/": LinkAnswer(404)}, now=2000)
    assert links.remembered_answers(file, now=1000 + links.KEPT) == {}, "what is remembered does not grow younger"
    file.write_text("[broken", "utf-8")
    assert links.remembered_answers(file) == {}
    links.remember_answers(tmp_path / "links.json" / "x", {"http://a/": LinkAnswer(404)})


def test_the_command_asks_on_request_only(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The good briefing with the addresses of a server on this computer, and no other."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(links, "PAUSE", 0.0)  # so that the test is quick
    files = {}
    for file in ("people.yml", "briefings/good/briefing.yml", "briefings/good/references.yml"):
        text = (GOOD / file).read_text("utf-8")
        for old, new in ADDRESSES.items():
            text = text.replace(old, host.address + new)
        assert "https://" not in text
        files[file] = text
    make_site(tmp_path / "site", files=files)
    docs = str(tmp_path / "site" / "docs")
    assert CliRunner().invoke(main, ["check", "-b", docs]).exit_code == 0
    assert host.asked == []
    result = CliRunner().invoke(main, ["check", "-b", docs, "--links"])
    assert result.exit_code == 0, result.output
    assert "references.yml:19:10: warning link-broken" in result.output.replace(str(tmp_path), "")
    summary, more = result.output.splitlines()[-2:]
    assert summary == "1 briefing checked: 0 errors, 2 warnings"
    assert more == "more about a problem: briefing explain link-moved"
    first = len(host.asked)
    assert CliRunner().invoke(main, ["check", "-b", docs, "--links", "--strict"]).exit_code == 1
    assert len(host.asked) == first, "asked again within a day"
    CliRunner().invoke(main, ["check", "-b", docs, "--links", "--again"])
    assert len(host.asked) > first


ADDRESSES = {
    "https://www.harwick.example/council/thornbury": "/ok",
    "https://www.courier.example/2025/11/saltgate-ferry": "/old",
    "https://www.saltgate.example/reports/2018": "/no-head",
    "https://archive.example/2025/saltgate-2018": "/for-now",
    "https://www.trust.example/survey": "/gone",
}
