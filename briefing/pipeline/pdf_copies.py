"""PDF copies: the HTML file of a briefing, printed by the Chromium that a machine has.

The file loads and runs nothing, and its own policy forbids both, so nothing that a stranger wrote reaches files or the
network through the browser, which besides knows no host and has an empty profile of its own. What a browser draws
depends on its version and on the letters that are installed: on one machine the same file gives the same bytes, since
the times in it are those of the briefing, elsewhere it may not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from briefing.model import Attachment
from briefing.pipeline.built import BuiltBriefing, FileOutline
from briefing.pipeline.encoding import digest
from briefing.pipeline.site_pages import SiteFile
from briefing.pipeline.store import Store, remembered
from briefing.readers.child_process import end
from briefing.render.names import COPIES

VARIABLE = "BRIEFING_CHROMIUM"
"""The environment variable that names the browser."""
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
"""What the browser may be called, those first that start soonest."""
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
SECONDS = 120
"""After which a browser has failed; a briefing of sixty pages takes about five."""
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)


class PdfFailedError(Exception):
    """A PDF cannot be printed; the message says why, and what to do."""


def find_browser(named: str = "") -> str:
    """Return the browser that is named, in the environment if not here, or else one that is installed.

    Raises PdfFailedError.
    """
    wanted = named or os.environ.get(VARIABLE, "")
    if wanted:
        found = shutil.which(wanted)
        if found is None:
            raise PdfFailedError(f"{wanted} is no program that can be run: name Chromium or Chrome")
        return found
    installed = next(filter(None, map(shutil.which, (*NAMES, *_PLACES))), None)
    if installed is None:
        raise PdfFailedError(
            "a PDF is printed by Chromium, and none was found: install Chromium or Chrome "
            f"(Debian: apt install chromium), or name one with --browser or {VARIABLE}"
        )
    return installed


def browser_key(browser: str) -> str:
    """Return a hash of the program of a browser: another version may draw otherwise. Raises PdfFailedError."""
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise PdfFailedError(f"{browser} cannot be run: {_reason(error)}") from error
    return digest(done.stdout, OPTIONS)


def print_pdf(html: bytes, browser: str, day: str) -> bytes:
    """Return an HTML file as a PDF; its times are the beginning of a day (ISO 8601). Raises PdfFailedError."""
    with tempfile.TemporaryDirectory(prefix="briefing-pdf-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        page, target = folder / "copy.html", folder / "copy.pdf"
        page.write_bytes(html)
        command = [browser, *OPTIONS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
        if _needs_no_sandbox():
            command.append("--no-sandbox")
        told = _run([*command, page.as_uri()])
        if not target.is_file():
            raise PdfFailedError(f"{browser} printed nothing: {told or 'it gave no reason'}")
        return _dated(target.read_bytes(), day)


def _run(command: list[str]) -> str:
    """Run a browser with all that it starts, and return what it said last. Raises PdfFailedError."""
    try:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        ) as started:
            try:
                told, _ = started.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired as error:
                end(started)
                raise PdfFailedError(f"{command[0]} was not ready after {SECONDS} seconds") from error
    except OSError as error:
        raise PdfFailedError(f"{command[0]} cannot be run: {_reason(error)}") from error
    lines = told.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def _needs_no_sandbox() -> bool:
    """Return whether Chromium refuses to start with its sandbox: it does for the administrator of Linux."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


_TIME = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def _dated(pdf: bytes, day: str) -> bytes:
    """Return a PDF with other times of as many characters, so that everything in it stays where it is."""
    digits = re.sub(r"\D", "", day)[:8].ljust(8, "0").encode()
    return _TIME.sub(lambda found: found[1] + digits + b"000000", pdf)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


# --- of a site -------------------------------------------------------------------------------------------------------


def pdf_files(builds: Iterable[BuiltBriefing], formats: Collection[str], store: Store) -> Iterator[SiteFile]:
    """Yield the PDF of each briefing, where copies have this format; what the store has is not printed again.

    All are printed now, so that what is wrong with the browser ends a build before its pages are written. Raises
    PdfFailedError.
    """
    if "pdf" not in formats:
        return
    copied = [(build, at) for build in builds for at, file in enumerate(build.outline.attachments) if _is_html(file)]
    if not copied:
        return
    browser = find_browser()
    version = browser_key(browser)
    for build, at in copied:
        key = build.outline.attachments[at].key
        make = partial(_remembered_pdf, build, at, browser, version, store)
        make()
        yield SiteFile(f"{build.path}/{COPIES['pdf']}".lstrip("/"), digest(key, version), make)


def _is_html(file: FileOutline) -> bool:
    return file.path.rpartition("/")[2] == COPIES["html"]


def _remembered_pdf(build: BuiltBriefing, at: int, browser: str, version: str, store: Store) -> Attachment:
    def make() -> Attachment:
        content = print_pdf(build.attachments[at].content, browser, build.outline.date)
        return Attachment(f"{build.path}/{COPIES['pdf']}".lstrip("/"), content)

    found: Attachment = remembered(store, "pdf", Attachment, make, build.outline.attachments[at].key, version)
    return found


__all__ = ["PdfFailedError", "browser_key", "find_browser", "pdf_files", "print_pdf"]
