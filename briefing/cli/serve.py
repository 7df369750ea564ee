"""`briefing serve`: the preview server, with the site that an engine builds in it."""

from __future__ import annotations

import errno
import logging
import signal
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from briefing import load
from briefing.authoring.edit import EditError
from briefing.cli.engine_options import (
    NO_CONFIGURATION,
    StartedEngine,
    check_for_zensical,
    start_engine,
    with_engine_options,
)
from briefing.editor.annotations import OPERATIONS as ANNOTATING
from briefing.editor.interface import EditInterface, RequestError
from briefing.editor.problem_list import OPERATIONS as LISTING
from briefing.editor.publishing import OPERATIONS as PUBLISHING
from briefing.editor.references import OPERATIONS as CITING
from briefing.editor.review import OPERATIONS as REVIEWING
from briefing.editor.review import drafts_left
from briefing.editor.themes import OPERATIONS as SORTING
from briefing.editor.themes import unsorted_comments
from briefing.load.lock import BusyError
from briefing.model.places import one_line
from briefing.preview.builder import BuildFailedError, ServedSite
from briefing.preview.hosts import is_loopback
from briefing.preview.router import Router
from briefing.preview.server import PreviewServer
from briefing.preview.session import PreviewSession
from briefing.preview.watcher import Watcher

log = logging.getLogger("mkdocs.preview")
"""MkDocs shows what is said below its name, and `--quiet` and `--verbose` are about that."""
SLOW = 3.0
"""Seconds of the first build after which the address is said."""


@click.command
@click.option("--livereload/--no-livereload", default=True, help="Whether pages load again when they have changed.")
@click.option(
    "--poll",
    is_flag=True,
    help="Look at the files four times a second: for network drives and shared folders of containers.",
)
@click.option("--read-only", is_flag=True, help="Offer nothing in the browser that changes a file.")
@click.option(
    "-a",
    "--dev-addr",
    metavar="IP:PORT",
    help="Where the preview listens (default: localhost:8000). Where others can reach it, nobody can change anything.",
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open the site in a browser when it is built.")
@click.option(
    "-w",
    "--watch",
    multiple=True,
    type=click.Path(exists=True),
    help="One more file or folder to watch; may be given several times.",
)
@click.option("--watch-theme", is_flag=True, help="Watch the files of the theme, too; your own always are.")
@with_engine_options
def serve(
    poll: bool,
    livereload: bool,
    open_in_browser: bool,
    read_only: bool,
    engine: str | None,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Preview the site in a browser, and annotate and review there.

    A briefing is shown anew as soon as one of its files is saved; all that depends on it follows. Drafts are shown,
    too. On the annotated text of a briefing, select words to annotate them: what you save goes into its files. Nobody
    but you can see the preview or write in it, unless you choose an address that others can reach: then they can see
    it, and nobody can write.
    """
    site = _open_site(start_engine(engine, options["config_file"], quiet, verbose), options)
    session = PreviewSession(site, _say)
    watcher = Watcher(session.changed, polling=poll)

    def follow() -> None:
        """Watch what the site is made from as of its last build."""
        if livereload:
            watcher.watch(site.watched)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it so, too, has what was built removed
    slow = threading.Timer(SLOW, lambda: _say(f"pages are shown at {site.address} as soon as the site is built"))
    slow.daemon = True
    try:
        with _address_explained(site.host, site.port):
            server = PreviewServer(site.host, site.port)
        site.port = server.server_port
        editor = None if read_only else _editor(site.docs, site.host)
        server.router = Router(session, site.host, site.mount, reload=livereload, editor=editor)
        watcher.start()
        follow()
        server.start()
        slow.start()
        session.first_build()
        slow.cancel()
        follow()
        log.info("Serving on %s", site.address)
        if editor:
            for line in _what_waits(editor, site):
                log.info("  %s", line)
        if open_in_browser:
            webbrowser.open(site.address)
        session.run(follow)
    except BuildFailedError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        log.info("The preview has ended.")
    finally:
        slow.cancel()
        session.close()
        watcher.close()
        site.clean()


def _open_site(started: StartedEngine, options: dict[str, Any]) -> ServedSite:
    """Return the site as its engine serves it. A ClickException says why it cannot."""
    if started.engine.name != "zensical":
        # here, since it imports the engine
        from briefing.mkdocs.commands import open_site

        return open_site(**options)
    # here, since it imports what reads the configuration
    from briefing.mkdocs.site_input import ConfigurationUnusableError
    from briefing.zensical.site import ZensicalSite

    check_for_zensical(options)
    if started.configuration is None:
        raise click.UsageError(NO_CONFIGURATION)
    address = options["dev_addr"]
    try:
        return ZensicalSite(started.configuration, address, [Path(name) for name in options["watch"]])
    except (ConfigurationUnusableError, ValueError) as error:
        raise click.ClickException(one_line(str(error))) from error


def _editor(docs: Path, host: str) -> EditInterface | None:
    """Return what lets the pages of a preview change files; None on an address that others can reach."""
    if not is_loopback(host):
        _say(f"nothing can be written in the browser, since others can reach {host}")
        return None
    operations = {**ANNOTATING, **LISTING, **PUBLISHING, **REVIEWING, **SORTING, **CITING}
    return EditInterface(docs, operations, [drafts_left, unsorted_comments])


FEW = 5
"""Briefings of a site each of which is named when its preview begins."""


def _what_waits(editor: EditInterface, site: ServedSite) -> Iterator[str]:
    """Yield the address of each briefing that has problems or drafts, where a site has few; those of a large site would
    all have to be read for it."""
    found = load.find_briefings(site.docs)
    for path in found if len(found) <= FEW else ():
        with suppress(RequestError, EditError, BusyError, OSError):  # its page says what it is
            opened = editor.session.open(path)
            left = drafts_left(opened) if opened.checked.briefing else None
            if opened.checked.broken or (left and left.count):
                words = "it has problems" if opened.checked.broken or not left else left.words
                yield f"{site.address}{quote(path)}/: {words}"


def _say(words: str) -> None:
    log.info("[%s] %s", time.strftime("%H:%M:%S"), words)


@contextmanager
def _address_explained(host: str, port: int) -> Iterator[None]:
    """Have an address that cannot be had said in a line, in place of a traceback."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES) or error.filename:
            raise
        hint = "stop the preview that still runs, or choose another port: briefing serve -a 127.0.0.1:8001"
        what = f"{host}:{port} cannot be used ({(error.strerror or '').lower()}); {hint}"
        raise click.ClickException(what) from error
