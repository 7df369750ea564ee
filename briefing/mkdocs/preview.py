"""Makes `mkdocs serve` quick: a rebuild repeats only what an edit has changed.

MkDocs itself starts every rebuild from nothing; the theme's templates alone, compiled anew each time, were two fifths
of it.

Cache: keeps HTML from one rebuild of a preview to the next; builds of briefings are in the store (`pipeline.store`).

A rebuild after an edit then costs what changed. Everything kept is found by the content that it was made from, so
nothing stale can be shown; what is not asked for in one rebuild is let go after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from briefing.preview.hosts import is_own_host

# --- cache -----------------------------------------------------------------------------------------------------------


V = TypeVar("V")


class GenerationalCache(Generic[V]):
    """Values by what they were made from."""

    def __init__(self) -> None:
        self._old: dict[object, V] = {}
        self._new: dict[object, V] = {}

    def get(self, key: object, make: Callable[[], V]) -> V:
        """Return the value of a key, made if it is not there."""
        if key not in self._new:
            self._new[key] = self._old[key] if key in self._old else make()
        return self._new[key]

    def values(self) -> Iterable[V]:
        """Return everything that was asked for since the rebuild began."""
        return self._new.values()

    def next_generation(self) -> None:
        """A rebuild begins: what the last one did not ask for is forgotten."""
        self._old, self._new = self._new, {}


# --- preview ---------------------------------------------------------------------------------------------------------


RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")
"""What `Page.render` of MkDocs 1.6 sets."""


POLLING = 0.15
"""Seconds between two looks at the files. MkDocs' own half a second is half of what an edit may take to be shown."""


def quicken(server: LiveReloadServer) -> None:
    """Look at the watched files more often. MkDocs has no setting for that, and watchdog none for what it watches."""
    server.build_delay = POLLING / 2
    for emitter in server.observer.emitters:
        emitter._timeout = POLLING


def guard(server: LiveReloadServer, served: str) -> None:
    """Have a preview refuse requests that name another host than the one it is served on."""
    answer: Any = server.get_app()

    def guarded(environ: dict[str, Any], start_response: Any) -> Any:
        if is_own_host(environ.get("HTTP_HOST", ""), served):
            return answer(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"The preview answers only under the address that `mkdocs serve` names.\n"]

    server.set_app(guarded)


PURE = frozenset(
    [
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "md_in_html"),
        *("meta", "sane_lists", "smarty", "tables", "toc", "pymdownx.details", "pymdownx.highlight"),
        *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed"),
    ]
)
"""Extensions that make HTML of a page's Markdown and of nothing else; others may read files, or the clock."""


class Compiled(BytecodeCache):
    """Compiled templates, in memory; Jinja compares the source of each before it takes one."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept for a template."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that has been compiled."""
        self.code[bucket.key] = bucket.bytecode_to_string()


class Preview:
    """The work of earlier rebuilds: compiled templates, and the HTML of pages by all that it was made from."""

    def __init__(self) -> None:
        self.compiled = Compiled()
        self.html: GenerationalCache[dict[str, Any]] = GenerationalCache()
        self.surroundings: object = None

    def next_generation(self) -> None:
        """A rebuild begins."""
        self.html.next_generation()

    def surround(self, config: MkDocsConfig, files: Files) -> None:
        """Note what the HTML of a page depends on apart from its own Markdown: where its links may lead."""
        known = frozenset((file.src_uri, file.dest_uri, file.inclusion) for file in files)
        self.surroundings = (hash(known), config.use_directory_urls, repr(config.mdx_configs))

    def keep_html(self, page: MkDocsPage) -> None:
        """Have a page take the HTML of an earlier rebuild if its Markdown and all around it are the same.

        MkDocs has no hook in place of its own rendering, so it is this page's `render` that is replaced.
        """
        render = page.render

        def made(config: MkDocsConfig, files: Files) -> dict[str, Any]:
            render(config, files)
            return {name: getattr(page, name) for name in RENDERED}

        def kept(config: MkDocsConfig, files: Files) -> None:
            key = (page.file.src_uri, page.markdown, tuple(config.markdown_extensions), self.surroundings)
            for name, value in self.html.get(key, lambda: made(config, files)).items():
                setattr(page, name, value)

        page.render = kept  # type: ignore[method-assign]
