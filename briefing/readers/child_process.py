"""Reads a document in a process of its own, which is ended where it takes too long or too much memory.

The libraries for Word and PDF documents are large, and a file of some kilobytes can keep them busy for hours or fill
the memory. What such a file does stays in the child, which is bounded in processor time and memory where the system
can do so, and in time everywhere; its answer is JSON of a bounded size, so that nothing in it can run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

import msgspec
from msgspec import Struct

from briefing.readers.reading import DocumentText, MissingLibrary, Options, UnreadableDocument

try:
    import resource
except ImportError:  # Windows, and Python within a browser
    resource = None  # type: ignore[assignment]

SECONDS, SECONDS_A_MEGABYTE = 4, 200
"""Of processor time: to start, and for a document; a full page of a PDF has some 3 KB and takes about 0.13 seconds."""
MOST_SECONDS = 300
MEMORY = 1_000_000_000
"""Bytes of address space: a Word document of 9 MB of XML, in paragraphs of 80 words, takes a fifth of it."""
WAITING = 10
"""Times as long as it may compute, a document may take in all, since other programs may have the processor."""
MAX_ANSWER = 50_000_000
"""Bytes: a text is hardly longer than the document that it is in."""

START = "import sys; sys.path[:] = sys.argv[3:]; from briefing.readers.child_process import serve; serve()"
"""Modules are found where this process finds them: `-m` would take those of the folder in which an author works."""


class ReaderQuestion(Struct, frozen=True):
    """What goes to the child before the bytes of the document, as one line of JSON."""

    filename: str
    options: Options


class ReaderAnswer(Struct, frozen=True):
    """What comes back: the text, or why there is none."""

    text: DocumentText | None = None
    refused: str = ""
    missing: tuple[str, str, str, str] | None = None
    """What a MissingLibrary is made of."""


def read_apart(data: bytes, filename: str, options: Options) -> DocumentText:
    """Read a document as `readers.read_here` does, in a child; UnreadableDocument where that has to be ended, too."""
    seconds = min(MOST_SECONDS, SECONDS + SECONDS_A_MEGABYTE * len(data) // 1_000_000)
    said, code, late = _ask(msgspec.json.encode(ReaderQuestion(filename, options)) + b"\n" + data, seconds)
    if late or code == -getattr(signal, "SIGXCPU", 0) != 0:
        raise UnreadableDocument(f"reading it took longer than {seconds} seconds; copy its text into a .txt file")
    if len(said) > MAX_ANSWER:
        raise UnreadableDocument(f"it has more than {MAX_ANSWER // 1_000_000} MB of text")
    try:
        answer = msgspec.json.decode(said, type=ReaderAnswer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        answer = ReaderAnswer()
    if answer.missing:
        raise MissingLibrary(*answer.missing)
    if answer.text is None:
        how = f"signal {-code}" if code < 0 else f"code {code}"
        failed = f"the program that reads it failed ({how}); copy its text into a .txt file"
        raise UnreadableDocument(answer.refused or failed)
    return answer.text


def _ask(question: bytes, seconds: int) -> tuple[bytes, int, bool]:
    """Return what a child answers, the code with which it ended, and whether it had to be ended for its time."""
    command = [sys.executable, "-c", START, str(seconds), str(MEMORY), *sys.path]
    pipe, late = subprocess.PIPE, False

    def stop() -> None:
        nonlocal late
        late = True
        end(child)

    try:
        child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        raise UnreadableDocument(f"the program that reads it cannot be started ({error.strerror})") from error
    timer = Timer(seconds * (WAITING if resource else 1), stop)
    timer.daemon = True
    timer.start()
    with child:
        try:
            assert child.stdin is not None and child.stdout is not None
            with suppress(BrokenPipeError), child.stdin:  # it takes all of it before it answers, or has ended
                child.stdin.write(question)
            said = child.stdout.read(MAX_ANSWER + 1)
            if len(said) <= MAX_ANSWER:
                child.wait()
        finally:  # also when the author ends the program, or the answer is too long
            timer.cancel()
            if child.poll() is None:
                end(child)
    return said, child.returncode, late


def end(started: subprocess.Popen[bytes]) -> None:
    """End a process and those that it has started, which are a session of their own."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGKILL)
    started.kill()


# --- in the child -----------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer the question of standard input, within the seconds and bytes that the command line says."""
    seconds, memory = map(int, sys.argv[1:3])
    _bound("RLIMIT_CPU", seconds)
    _bound("RLIMIT_AS", memory)
    _bound("RLIMIT_CORE", 0)
    line, data = sys.stdin.buffer.readline(), sys.stdin.buffer.read()
    from briefing.readers import read_here

    asked = msgspec.json.decode(line, type=ReaderQuestion)
    said = msgspec.json.encode(_answer(lambda: read_here(data, asked.filename, asked.options), memory))
    sys.stdout.buffer.write(said)


def _answer(reading: Callable[[], DocumentText], memory: int) -> ReaderAnswer:
    try:
        return ReaderAnswer(reading())
    except MissingLibrary as error:
        return ReaderAnswer(missing=error.made_of)
    except UnreadableDocument as error:
        return ReaderAnswer(refused=error.reason)
    except MemoryError:
        needs = f"reading it needs more than {memory // 1_000_000} MB of memory"
        return ReaderAnswer(refused=f"{needs}; copy its text into a .txt file")


def _bound(name: str, most: int) -> None:
    """Set a limit of this process, where the system has it and has none that is lower."""
    with suppress(AttributeError, ValueError, OSError):
        kind = getattr(resource, name)
        allowed = resource.getrlimit(kind)[1]
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (most, most + (name == "RLIMIT_CPU" and most != allowed)))
