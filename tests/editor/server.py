"""A client of a language server over standard input and output (Language Server Protocol 3.17)."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

PATIENCE = 60
"""Seconds to wait for an answer; the first takes a few."""

Message = dict[str, Any]


SETTINGS: Message = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}


class Client:
    """One session with a server."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process, self.folder = process, folder
        self.answers: dict[int, Message] = {}
        self.marked: dict[str, list[Message]] = {}
        self.arrived: Queue[Message] = Queue()
        self.number = 0
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while not stream.closed and (line := stream.readline()):
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            while stream.readline().strip():
                pass
            self.arrived.put(json.loads(stream.read(length)))

    def send(self, method: str, parameters: Any, **extra: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, **extra}).encode()
        self._write(body)

    def _write(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method: str, parameters: Any) -> Any:
        """The result of a request."""
        self.number += 1
        own = self.number
        self.send(method, parameters, id=own)
        while own not in self.answers:
            self._take()
        answer = self.answers.pop(own)
        assert "error" not in answer, answer
        return answer["result"]

    def _take(self) -> None:
        message = self.arrived.get(timeout=PATIENCE)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.marked[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            settings = [SETTINGS.get(item.get("section")) for item in message["params"].get("items", [])]
            result = settings if message["method"] == "workspace/configuration" else None
            self._write(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode())
        elif "id" in message:
            self.answers[message["id"]] = message

    def open(self, path: Path, text: str) -> str:
        """Show the server a file's text; gives its address."""
        uri = path.resolve().as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        return uri

    def problems(self, uri: str) -> list[str]:
        """What the server finds wrong in a file, as `line: message`, lines from 1."""
        while uri not in self.marked:
            self._take()
        return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in self.marked[uri]]

    def at(self, uri: str, line: int, character: int) -> Message:
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


@contextmanager
def session(command: list[str], folder: Path) -> Iterator[Client]:
    """A server that knows the folder as its workspace."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        client = Client(process, folder)
        try:
            yield _begun(client)
        finally:
            process.kill()
            process.wait(10)
            client.listener.join(10)


def _begun(client: Client) -> Client:
    capabilities = {
        "textDocument": {
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {},
        },
        "workspace": {"configuration": True},
    }
    root = client.folder.resolve().as_uri()
    client.ask("initialize", {"processId": None, "rootUri": root, "capabilities": capabilities})
    client.send("initialized", {})
    client.send("workspace/didChangeConfiguration", {"settings": SETTINGS})
    return client
