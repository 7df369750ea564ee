"""Word and PDF documents are read in a process of their own, and what hangs or swells there is ended with a message."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.readers import UnreadableDocument, child_process, read, read_here
from briefing.readers.reading import MissingLibrary
from tests.cost.worst import drawn, pdf_document
from tests.ingest.test_new import pdf_file, site, word_file
from tests.readers.test_read import CASES

__all__ = ["site"]

pytestmark = pytest.mark.full

STUB = """
import sys
class Stub:
    def __getattr__(self, name):
        {does}
sys.modules["pdfplumber"] = Stub()
"""
"""What stands in the place of a library in the child, whose path is then as ever."""


def with_stub(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(child_process, "START", STUB.format(does=does) + child_process.START)


@pytest.mark.parametrize("case", [path for path in sorted(CASES.iterdir()) if path.suffix in (".docx", ".pdf")])
def test_a_document_gives_what_it_gives_in_this_process(case: Path) -> None:
    assert read(case.read_bytes(), case.name) == read_here(case.read_bytes(), case.name)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"%PDF-1.4 broken", "a.pdf", "broken PDF"),
        (pdf_file("Secret", password="x"), "a.pdf", "protected by a password"),
        (word_file("A line")[:-400], "a.docx", "not a Word document"),
    ],
    ids=["broken", "password", "cut"],
)
def test_a_refusal_in_the_child_is_one_here(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read(data, name)


def test_a_library_that_is_missing_in_the_child_is_named_here(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = "import sys; sys.modules['mammoth'] = None\n"
    monkeypatch.setattr(child_process, "START", blocked + child_process.START)
    with pytest.raises(MissingLibrary, match="needs mammoth, which is not installed: `pip install 'mammoth"):
        read(word_file("x"), "a.docx")


def test_a_small_file_that_takes_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "SECONDS", 1)
    monkeypatch.setattr(child_process, "SECONDS_A_MEGABYTE", 0)
    data = pdf_document(drawn("characters", 15_000), 100)
    assert len(data) < 20_000
    with pytest.raises(UnreadableDocument, match=r"longer than 1 seconds; copy its text into a \.txt file"):
        read(data, "a.pdf")


@pytest.mark.parametrize("sleeping", [False, True], ids=["busy", "waiting"])
@pytest.mark.parametrize("bounded", [False, True], ids=["no-resource", "resource"])
def test_a_reader_without_end_is_ended_everywhere(
    monkeypatch: pytest.MonkeyPatch, bounded: bool, sleeping: bool
) -> None:
    with_stub(monkeypatch, "while True: " + ("__import__('time').sleep(1)" if sleeping else "pass"))
    monkeypatch.setattr(child_process, "SECONDS", 1)
    monkeypatch.setattr(child_process, "WAITING", 3)
    if not bounded:
        monkeypatch.setattr(child_process, "resource", None)
        blocked = "import sys; sys.modules['resource'] = None\n"
        monkeypatch.setattr(child_process, "START", blocked + child_process.START)
    with pytest.raises(UnreadableDocument, match="longer than 1 seconds"):
        read(pdf_file("A line"), "a.pdf")


def test_a_reader_that_fills_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with_stub(monkeypatch, "return bytearray(2_000_000_000)")
    with pytest.raises(UnreadableDocument, match="needs more than 1000 MB of memory"):
        read(pdf_file("A line"), "a.pdf")


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("import os; os._exit(3)", r"failed \(code 3\)"),
        ("import os; os.abort()", rf"failed \(signal {signal.SIGABRT.value}\)"),
        ("import os; os.write(1, b'{}') and os._exit(0)", r"failed \(code 0\)"),
        ("import os; os.write(1, b'[0, 1') and os._exit(0)", r"failed \(code 0\)"),
        ("import os\n        while True: os.write(1, b'x' * 1_000_000)", "more than 50 MB of text"),
    ],
    ids=["exits", "crashes", "says-nothing", "says-no-answer", "never-stops-saying"],
)
def test_a_child_that_breaks_is_a_refusal(monkeypatch: pytest.MonkeyPatch, does: str, reason: str) -> None:
    with_stub(monkeypatch, does)
    with pytest.raises(UnreadableDocument, match=reason):
        read(pdf_file("A line"), "a.pdf")


def test_modules_in_the_folder_of_the_author_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sys", "msgspec", "mammoth", "bs4", "resource", "zipfile"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w').close()", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    assert read(word_file("A line"), "a.docx").paragraphs == ("A line",)
    assert not (tmp_path / "run").exists()


def test_new_says_in_a_sentence_what_was_ended(site: Path) -> None:
    (site / "a.pdf").write_bytes(pdf_document(drawn("characters", 15_000), 100))
    code = (
        "from briefing.readers import child_process\nfrom briefing.cli import main\n"
        "child_process.SECONDS, child_process.SECONDS_A_MEGABYTE = 1, 0\nmain(['new', 'made', '--from', 'a.pdf'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "longer than 1 seconds" in done.stderr + done.stdout
    assert not (site / "docs/briefings/made").exists()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows interrupts both of them")
def test_an_author_who_ends_the_command_ends_the_child(tmp_path: Path) -> None:
    told = tmp_path / "child"
    waits = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    code = (
        "from briefing.readers import child_process, read\n"
        f"child_process.START = {STUB.format(does=waits)!r} + child_process.START\n"
        "read(b'%PDF-1.4', 'a.pdf')"
    )
    command = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    while not (told.exists() and told.read_text()):
        assert command.poll() is None
        time.sleep(0.05)
    command.send_signal(signal.SIGINT)
    assert command.wait() != 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
