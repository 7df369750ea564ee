"""What makes `mkdocs serve` quick: a rebuild does again only what an edit has changed.

MkDocs itself starts every rebuild from nothing; the theme's templates alone, compiled anew each time, were two fifths
of it.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from briefing import build, load, pages
from briefing.build import Checked
from briefing.kept import Kept, fingerprint
from briefing.model import Briefing, Page
from briefing.pages.cards import EditUrl


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
    """The work of earlier rebuilds: checked briefings and their pages by the content of their files."""

    def __init__(self) -> None:
        self.checked: Kept[Checked] = Kept()
        self.rendered: Kept[tuple[Briefing, tuple[Page, ...]]] = Kept()
        self.compiled = Compiled()
        self.settings: object = None

    def begin(self, templates: tuple[Path, ...], settings: object) -> None:
        """A rebuild begins, with these folders of templates and whatever else of the site its pages depend on."""
        self.checked.turn()
        self.rendered.turn()
        self.settings = (fingerprint(templates), settings)

    def check(self, docs: Path, path: str, people: load.People) -> Checked:
        """As `build.check_briefing`; a briefing whose files are the same is not read again."""
        files = fingerprint((docs / path, docs / "people.yml"))
        return self.checked.get((path, files), lambda: build.check_briefing(docs, path, people))

    def render(self, briefing: Briefing, templates: Environment, edit_url: EditUrl) -> tuple[Page, ...]:
        """As `pages.render`. The briefing is kept with its pages, so that no other can ever have its identity."""
        key = (id(briefing), self.settings)
        return self.rendered.get(key, lambda: (briefing, pages.render(briefing, templates, edit_url)))[1]
