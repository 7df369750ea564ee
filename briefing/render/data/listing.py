"""How pages name the files with a briefing's records: what is in each, its format and its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.model.data_tables import BY_NAME
from briefing.render.context import RenderContext
from briefing.render.data import data_files
from briefing.render.data.names import name_of
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.names import CRATE, TEXT, WEB_ANNOTATIONS

FORMATS = {"csv": "CSV", "json": "JSON", "jsonld": "JSON-LD", "txt": "Markdown"}


@dataclass(frozen=True, slots=True)
class DataFileView:
    """A file that can be downloaded."""

    link: Markup
    about: str
    """Its format and size."""


def data_views(context: RenderContext) -> tuple[DataFileView, ...]:
    """Return the files of a briefing; nothing where it has no record."""
    views = tuple(_view(context, path.rpartition("/")[2], size) for path, size in _sizes(context))
    more = (
        (CRATE, FORMATS["jsonld"]),
        (TEXT, FORMATS["txt"]),
    )  # made after this page, so that their sizes are not known
    others = (DataFileView(link(in_markdown(name_of(name, context.say)), name), about) for name, about in more)
    return (*views, *others) if views else ()


def table_links(context: RenderContext, tables: Iterable[str]) -> tuple[Markup, ...]:
    """Return links to those of some tables that the briefing has, as CSV."""
    there = {path.rpartition("/")[2] for path, _ in _sizes(context)}
    files = (BY_NAME[name].file for name in tables)
    return tuple(
        link(in_markdown(context.say("data.csv_of", name=name_of(f, context.say))), f) for f in files if f in there
    )


def annotations_link(context: RenderContext) -> Markup:
    """Return a link to all annotations as W3C Web Annotations; empty where nothing is annotated."""
    there = any(path.endswith(WEB_ANNOTATIONS) for path, _ in _sizes(context))
    return link(in_markdown(name_of(WEB_ANNOTATIONS, context.say)), WEB_ANNOTATIONS) if there else Markup()


def _view(context: RenderContext, name: str, size: int) -> DataFileView:
    say = context.say
    about = say("data.format", format=FORMATS[name.rpartition(".")[2]], n=max(1, round(size / 1000)))
    return DataFileView(link(in_markdown(name_of(name, say)), name), about)


def _sizes(context: RenderContext) -> Iterator[tuple[str, int]]:
    return ((file.path, len(file.content)) for file in data_files(context.briefing, context.site))
