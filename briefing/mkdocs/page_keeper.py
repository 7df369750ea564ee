"""Which pages of the last build are still right, and what is noted of those of this one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from briefing.mkdocs.fingerprint import DoubtfulError, SiteView, TemplateSource, unchanged
from briefing.pipeline.kept_files import KeptFiles, Note, Stat


class PageKeeper:
    """What is kept of the last build and noted for the next, where that is possible."""

    def __init__(self, kept: KeptFiles | None, env: Environment, config: MkDocsConfig, nav: Navigation) -> None:
        self.kept = kept
        self.view: SiteView | None = None
        self.facts: dict[str, str] = {}
        self.files: dict[str, tuple[str, Stat]] = {}
        self.last: Mapping[str, str] = {}
        self.sources: dict[str, TemplateSource] = {}
        if kept is None:
            return
        known = _known_sources(kept.last.facts)
        with suppress(DoubtfulError):
            self.view = SiteView(config, nav, env, any(source.other_pages for source in known.values()))
        same = known and unchanged({name: source.digest for name, source in known.items()}, env)
        if same and self._common(known) == kept.last.common != "":
            self.sources, self.last = known, kept.last.facts

    def take(self, pages: Mapping[str, str], attachments: Mapping[str, str]) -> None:
        """Take the files of the last build that are still right; both are keys by the place in the site."""
        if self.kept:
            wanted = {**attachments, **(pages if self.sources else {})}
            self.files = {path: (wanted[path], stat) for path, stat in self.kept.take(wanted).items()}

    def note(
        self, file: File, key: str, stat: Stat | None, templates: Mapping[str, TemplateSource] = MappingProxyType({})
    ) -> None:
        """Note a file that was written, if it can be kept, and the templates that were loaded for it."""
        self.sources.update(templates)
        if stat:
            self.files[file.dest_uri] = (key, stat)

    def finish(self, sources: Mapping[str, TemplateSource]) -> None:
        """Leave a note for the next build."""
        if self.kept is None:
            return
        self.sources.update(sources)
        common = self._common(self.sources)
        self.facts |= {f"template {name}": source.as_text() for name, source in self.sources.items()}
        self.kept.finish(Note(common, self.facts, self.files))

    def _common(self, sources: Mapping[str, TemplateSource]) -> str:
        """Return the hash of what all pages have in common; empty where that cannot be told, so that none is kept."""
        with suppress(DoubtfulError):
            return self.view.digest(sources.values()) if self.view else ""
        return ""


def _known_sources(facts: Mapping[str, str]) -> dict[str, TemplateSource]:
    names = ((name.removeprefix("template "), text) for name, text in facts.items() if name.startswith("template "))
    return {name: TemplateSource.from_text(text) for name, text in names}
