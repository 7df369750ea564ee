"""The page that explains the files with the briefings' records: what each is for and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.model import Briefing
from briefing.model.data_tables import DATA, DATA_PACKAGE, TABLES, DataTable
from briefing.render.collection.context import CollectionContext, CollectionPage, make_index
from briefing.render.data.names import OTHERS, name_of
from briefing.render.data.rows import tables_of
from briefing.render.data.tables import describe
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.names import COPIES, CRATE, TEXT, WEB_ANNOTATIONS
from briefing.render.routes import relative_link


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file."""

    name: str
    """Of the file; `*.csv` for the tables."""
    about: str


@dataclass(frozen=True, slots=True)
class TableColumns:
    """A table and its columns."""

    name: str
    file: str
    about: str
    columns: tuple[tuple[str, str], ...]
    """Pairs of name and meaning."""


@dataclass(frozen=True, slots=True)
class BriefingFiles:
    """The files of one briefing."""

    briefing: Markup
    date: str
    files: tuple[Markup, ...]


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the page, the newest briefing first, and further pages for further briefings."""
    say = context.say
    yield from make_index(
        context,
        "data",
        context.collection.briefings,
        lambda own, part: {
            "kinds": _kinds(say, context.routes.copies) if part.number == 1 else (),
            "tables": tuple(_columns(table, say) for table in TABLES) if part.number == 1 else (),
            "briefings": tuple(_files(own, briefing) for briefing in part.items),
        },
        shows=lambda part: tuple(part.items),
    )


def _kinds(say: Messages, copies: Iterable[str]) -> tuple[FileKind, ...]:
    others = (
        FileKind(name, say(f"data.how.{OTHERS[name]}")) for name in (DATA, DATA_PACKAGE, WEB_ANNOTATIONS, CRATE, TEXT)
    )
    copied = (FileKind(COPIES[name], f"{say(f'copies.{name}')}. {say('copies.about')}") for name in copies)
    return (FileKind("*.csv", say("data.how.csv")), *others, *copied)


def _columns(table: DataTable, say: Messages) -> TableColumns:
    columns = tuple((column.name, describe(table, column, say)) for column in table.columns)
    return TableColumns(name_of(table.file, say), table.file, say(f"data.about.{table.name}"), columns)


def _files(context: CollectionContext, briefing: Briefing) -> BriefingFiles:
    names = [table.file for table in tables_of(briefing)]
    if names:
        names = [DATA, *names, DATA_PACKAGE]
    if briefing.anchors:
        names.append(WEB_ANNOTATIONS)
    names += [CRATE, TEXT, *map(COPIES.__getitem__, context.routes.copies)]
    links = (link(in_markdown(name), relative_link(context.here, f"{briefing.path}/{name}")) for name in names)
    return BriefingFiles(context.to_briefing(briefing), context.say.date(briefing.date), tuple(links))
