"""All tables of a briefing as one JSON file, each as CSV, and the Data Package that describes the CSV files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from briefing.model import Attachment, Briefing
from briefing.model.data_tables import (
    DATA,
    DATA_PACKAGE,
    FORMAT,
    TABLES,
    VERSION,
    Column,
    DataTable,
    Row,
    in_json,
    write_csv,
)
from briefing.model.publication import Publication
from briefing.render.data.rows import TableContext, rows_of, tables_of
from briefing.render.messages import Messages, messages
from briefing.render.summary_counts import description

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def table_files(briefing: Briefing, site: Publication) -> Iterator[Attachment]:
    """Yield data.json, the tables that have rows, and their package; nothing where no table has any."""
    context = TableContext.of(briefing, site)
    filled = {table: rows_of(context, table.name) for table in tables_of(briefing)}
    if not filled:
        return
    yield Attachment(f"{briefing.path}/{DATA}", _in_json(context, filled))
    tables = {table: write_csv(table.names, rows).encode() for table, rows in filled.items()}
    yield from (Attachment(f"{briefing.path}/{table.file}", content) for table, content in tables.items())
    package = _package(context, tables)
    yield Attachment(f"{briefing.path}/{DATA_PACKAGE}", msgspec.json.encode(package) + b"\n")


def _in_json(context: TableContext, filled: Mapping[DataTable, Sequence[Row]]) -> bytes:
    """Return the tables with what they are of, a row on each line."""
    briefing, source = context.briefing, context.briefing.source
    head = {
        "format": FORMAT,
        "version": VERSION,
        "briefing": {
            "path": briefing.path,
            "permalink": context.site.page("index.md", context.site.folder(briefing.path)),
            "title": briefing.title,
            "date": briefing.date,
            "language": briefing.language,
            "description": description(briefing, context.say) or None,
            "key_points": [context.plain(point) for point in briefing.key_points],
            "authors": briefing.authors,
            "tags": briefing.tags,
            "source": {
                "title": source.title or None,
                "author": source.author or None,
                "publisher": source.publisher or None,
                "url": source.url or None,
                "archived": source.archived or None,
                "url_status": source.url_status or None,
                "published": source.published or None,
                "language": source.language,
                "kind": source.kind,
            },
        },
    }
    lines = [_ENCODER.encode(head)[1:-1]]
    for table, rows in filled.items():
        each = b",\n".join(_ENCODER.encode(in_json(row, table)) for row in rows)
        lines.append(b'"%s":[\n%s\n]' % (table.name.encode(), each))
    return b"{" + b",\n".join(lines) + b"}\n"


# --- Data Package ------------------------------------------------------------------------------------------------

_NO_NAME = re.compile(r"[^a-z0-9._-]+")
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""A day, month or year of ISO 8601; Table Schema's own `date` is a day alone."""


def _package(context: TableContext, tables: Mapping[DataTable, bytes]) -> dict[str, Any]:
    briefing, source = context.briefing, context.briefing.source
    by_name = {table.name for table in tables}
    package = {
        "profile": "tabular-data-package",
        "name": _NO_NAME.sub("-", briefing.path.rpartition("/")[2].lower()).strip("-.") or "briefing",
        "title": briefing.title,
        "description": description(briefing, context.say),
        "homepage": context.site.overview(briefing.path),
        "keywords": briefing.tags,
        "contributors": [{"title": name, "role": "author"} for name in briefing.authors],
        "sources": [_known({"title": source.title or source.publisher or source.kind, "path": source.read_at})],
        "resources": [_resource(table, content, by_name, context.say) for table, content in tables.items()],
    }
    return _known(package)


def _resource(table: DataTable, content: bytes, names: set[str], say: Messages) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": say(f"data.table.{table.name}"),
        "description": say(f"data.about.{table.name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table.name, say.tag, frozenset(names)),
    }


@cache
def _schema(name: str, language: str, names: frozenset[str]) -> msgspec.Raw:
    """Return a table's schema, encoded: all briefings of a language have the same."""
    table = next(table for table in TABLES if table.name == name)
    return msgspec.Raw(msgspec.json.encode(table_schema(table, messages(language), names)))


def table_schema(table: DataTable, say: Messages, names: frozenset[str]) -> dict[str, Any]:
    """Return a table's Table Schema, its columns described in words; `names` are the tables that there are."""
    keys = [
        {"fields": column.name, "reference": {"resource": column.refers, "fields": "id"}}
        for column in table.columns
        if column.refers in names
    ]
    primary = {"primaryKey": list(table.key)} if table.key else {}
    foreign = {"foreignKeys": keys} if keys else {}
    fields = [_field(table, column, say) for column in table.columns]
    return {"fields": fields, "missingValues": [""], **primary, **foreign}


def _field(table: DataTable, column: Column, say: Messages) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = column.values
    if column.type == "date":
        limits["pattern"] = DATE
    known = column.type if column.type in ("integer", "number") else "string"
    about = {"name": column.name, "type": known, "description": describe(table, column, say)}
    return {**about, **({"constraints": limits} if limits else {})}


def describe(table: DataTable, column: Column, say: Messages) -> str:
    """Return what a column means, in words."""
    own = f"data.column.{table.name}.{column.name}"
    return say(own if own in say.catalogue else f"data.column.{column.name}")


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value}
