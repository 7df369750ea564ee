"""What data.json says of a briefing as a whole: what other files say of it is compared with that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from briefing.model.data_tables import FORMAT, DataTable

Data = Mapping[str, Any]
NOTHING: Data = {}


def read_tables(data: bytes) -> dict[str, Any] | None:
    """Return what is in data.json, numbers as they are written; None where it is damaged."""
    try:
        found = json.loads(data, parse_float=_decimal)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None


def _decimal(text: str) -> Decimal | str:
    """Return a number as it is written; one that would be endless without its exponent stays a text."""
    return text if "e" in text.lower() else Decimal(text)


def rows_in(data: Data, table: DataTable | str) -> list[Mapping[str, Any]]:
    """Return the rows of a table; none where it is damaged."""
    rows = data.get(table if isinstance(table, str) else table.name, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def head_of(data: Data) -> Mapping[str, Any]:
    """Return what the tables are of; nothing where it is damaged."""
    about = data.get("briefing")
    return about if isinstance(about, dict) else NOTHING


def source_of(data: Data) -> Mapping[str, Any]:
    """Return what is said of the source; nothing where it is damaged."""
    source = head_of(data).get("source")
    return source if isinstance(source, dict) else NOTHING


def read_at(about: Mapping[str, Any]) -> str:
    """Return where a source or a work can be read: at its copy where it is gone."""
    return str(about.get("archived" if about.get("url_status") == "dead" else "url") or "")
