"""Compares the tables that readers can download with the records, with each other, and with what describes them.

data.json is compared with the manifest, value by value, as far as that has it; every cell of a CSV file with data.json;
and datapackage.json with the files that it describes. So one changed character is found without any hash.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.model.data_tables import (
    DATA,
    DATA_PACKAGE,
    GAP,
    MATCHES,
    SEPARATOR,
    TABLES,
    WITHDRAWAL,
    DataTable,
    cell_of,
    guarded,
)
from briefing.model.manifest import BriefingManifest, ManifestAnnotation
from briefing.render.names import CORRECTION_FRAGMENT
from briefing.verify.briefing_data import NOTHING, Data, head_of, read_at, read_tables, rows_in, source_of
from briefing.verify.crate_check import check_crate
from briefing.verify.findings import Kind, Mismatch
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_reader import PageRead
from briefing.verify.record_check import as_number
from briefing.verify.site_files import SiteFiles

_Facts = Mapping[str, Any]
_Key = tuple[str, ...]
_PROVED = frozenset(("target", "spans", "before", "after", "reason", "withheld"))
"""Columns with words that are compared with the manifest’s to the character."""
_LEVELS: Mapping[int, str] = {int(level): name for level, name in MATCHES.items()}
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("target", "spans", "start", "end", "comment", "match", "words", "excerpts"), "quotation"),
    **dict.fromkeys(("speaker", "speaker_role", "via"), "speaker"),
    **dict.fromkeys(("label", "unit", "reading", "reading_low", "reading_high", "value", "formula"), "figure"),
    "verdict": "verdict",
    "comments": "count",
}


def check_tables(site: SiteFiles, texts: KnownTexts, read: Mapping[str, PageRead]) -> Iterator[Mismatch]:
    """Yield what in the tables of a briefing contradicts its manifest, its pages as they are `read`, or each other."""
    manifest = texts.manifest
    folder = f"{manifest.path}/".removeprefix("/")
    expected = {table: facts for table in TABLES if (facts := dict(_facts(table, manifest)))}
    name = folder + DATA
    if name not in site.sizes:
        if expected:
            yield Mismatch("missing", name, "", "the briefing has records, and there is no file with them")
        yield from check_crate(site, manifest, NOTHING, folder)
        return
    data = read_tables(site.read(name))
    if data is None:
        yield Mismatch("altered", name, "format", "it is damaged: it has no tables")
        return
    yield from _check_head(data, manifest, name)
    pages = _Pages(read, folder, data)
    for table in TABLES:
        rows = rows_in(data, table)
        yield from _check_rows(table, rows, expected.get(table, {}), name)
        yield from (found for row in rows for found in pages.check(row, table, name))
        yield from _check_csv(site, table, rows, folder + table.file)
    yield from _check_package(site, data, folder)
    yield from check_crate(site, manifest, data, folder)


def texts_of_tables(data: bytes) -> Iterator[str]:
    """Yield the texts of data.json that are not compared with the manifest to the character."""
    found = read_tables(data) or {}
    waiting: list[Any] = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [one for key, one in value.items() if key not in _PROVED]
        elif isinstance(value, list):
            waiting += value


def _check_head(data: Mapping[str, Any], manifest: BriefingManifest, name: str) -> Iterator[Mismatch]:
    about, source, own = head_of(data), source_of(data), manifest.source
    expected = {"path": manifest.path, "title": manifest.title, "date": manifest.date, "language": manifest.language}
    facts = ("title", "author", "publisher", "url", "language", "kind")
    given: list[tuple[str, Any, Any]] = [(f"briefing {key}", about.get(key), known) for key, known in expected.items()]
    given += [(f"source {field}", source.get(field), getattr(own, field) or None) for field in facts]
    for element, found, known in given:
        if found != known:
            yield Mismatch("altered", name, element, "it is another one", str(known or ""), str(found or ""))
    known_keys = {"format", "version", "briefing", *(table.name for table in TABLES)}
    for key in data.keys() - known_keys:
        yield Mismatch("added", name, key, "there is no such table")


# --- data.json ---------------------------------------------------------------------------------------------------


def _check_rows(table: DataTable, rows: list[Any], expected: Mapping[_Key, _Facts], name: str) -> Iterator[Mismatch]:
    seen: set[_Key] = set()
    for number, row in enumerate(rows, 1):
        key = _key_of(row, table)
        where = " ".join(filter(None, (table.name, *key))) if table.key else f"{table.name} row {number}"
        if tuple(row) != table.names:
            yield Mismatch("altered", name, where, "its columns are not those of the table", "", ", ".join(row))
        if not table.key:
            continue
        if key not in expected or key in seen:
            yield Mismatch("added", name, where, "there is no such record")
            continue
        seen.add(key)
        for column, known in expected[key].items():
            if not _is_same(row.get(column), known):
                found, message = cell_of(row.get(column)), f"its {column} is another one"
                yield Mismatch(_KINDS.get(column, "altered"), name, f"{where} {column}", message, cell_of(known), found)
    for key in expected.keys() - seen:
        yield Mismatch("missing", name, " ".join((table.name, *filter(None, key))), "it does not have this record")


def _key_of(row: Mapping[str, Any], table: DataTable) -> _Key:
    return tuple(str(row.get(column) or "") for column in table.key)


@dataclass(frozen=True, slots=True)
class TableTarget:
    """Words in pieces. Whether a passage was interrupted or words of it left out is not in a manifest; their places
    are, and are compared."""

    pieces: tuple[str, ...]

    def __str__(self) -> str:
        return GAP.join(self.pieces)

    def is_in(self, words: object) -> bool:
        """Return whether words are these pieces with something between them that stands there."""
        left = str(words)
        for number, piece in enumerate(self.pieces):
            between = next((one for one in (GAP, SEPARATOR) if left.startswith(one)), "") if number else ""
            if (number and not between) or not left.startswith(between + piece):
                return False
            left = left.removeprefix(between + piece)
        return not left


def _is_same(found: object, known: object) -> bool:
    if isinstance(known, TableTarget):
        return known.is_in(found)
    if isinstance(known, Decimal):
        return isinstance(found, int | Decimal) and not isinstance(found, bool) and found == known
    return found == known


def _facts(table: DataTable, manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    """Yield what the manifest has of each row, by the row's key."""
    kinds = {"quotations": ("quotation", "reported"), "figures": ("figure",), "context": ("context",)}
    for each in manifest.annotations:
        if each.kind in kinds.get(table.name, ()):
            yield (each.id,), {**_place(each), **_said(each)}
    others = {
        "derived": _derived,
        "themes": _themes,
        "comments": _ledger,
        "references": _works,
        "corrections": _corrections,
    }
    if table.name in others:
        yield from others[table.name](manifest)


def _derived(manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    for one in manifest.derived:
        value = {"label": one.label, "value": as_number(one.value), "unit": one.unit or None, "formula": one.formula}
        yield (one.id,), value


def _themes(manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    for theme in manifest.themes:
        yield (theme.id,), {"title": theme.title, "comments": len({member.comment for member in theme.members})}


def _works(manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    for work in manifest.works:
        facts = {name: getattr(work, name) or None for name in ("publisher", "url", "language")}
        yield (work.id,), {"title": work.title or None, **facts, "excerpts": list(work.excerpts)}


def _place(each: ManifestAnnotation) -> _Facts:
    spans = [
        {"start": match.start, "end": match.end, "text": match.text, "match": _LEVELS.get(match.level)}
        for match in each.matches
    ]
    return {
        "target": TableTarget(tuple(on_one_line(match.text) for match in each.matches)),
        "spans": spans,
        "start": each.matches[0].start,
        "end": each.matches[-1].end,
        "comment": each.comment or None,
        "match": _LEVELS.get(max(match.level for match in each.matches)),
    }


def _said(each: ManifestAnnotation) -> _Facts:
    """Return what the manifest has of who says it, of its value and verdict."""
    if each.kind == "context":
        return {"title": each.label}
    said = {"speaker": each.speaker or None, "speaker_role": each.role or None, "verdict": each.verdict or None}
    if each.kind != "figure":
        return {**said, "via": list(each.via), **({"kind": "reported"} if each.kind == "reported" else {})}
    value = {"reading": each.value, "reading_low": as_number(each.low), "reading_high": as_number(each.high)}
    return {**said, "label": each.label, "unit": each.unit or None, **(value if each.value else {})}


def _ledger(manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    aside = {comment.id: comment.set_aside for comment in manifest.comments}
    members = [(theme.id, member) for theme in manifest.themes for member in theme.members]
    for theme, member in members:
        if not aside.get(member.comment):
            said = {"stance": member.stance or None, "words": member.words or None, "set_aside": None}
            yield (member.comment, theme), said
    themed = {member.comment for _, member in members}
    for id, reason in aside.items():
        if reason or id not in themed:
            yield (id, ""), {"stance": None, "words": None, "set_aside": reason or None}


def _corrections(manifest: BriefingManifest) -> Iterator[tuple[_Key, _Facts]]:
    for number, one in enumerate(manifest.corrections, 1):
        about = {"date": one.date, "kind": one.kind, "reason": one.reason}
        for change in one.changes:
            said = {name: getattr(change, name) or None for name in ("before", "after", "withheld")}
            yield (str(number), change.id, change.field), {**about, **said}
    for entry in manifest.withdrawn:
        if entry.date:
            yield ("", entry.id, ""), {"date": entry.date, "kind": WITHDRAWAL, "reason": entry.reason}


class _Pages:
    """Whether the addresses of records lead to what there is on the pages of the briefing."""

    def __init__(self, read: Mapping[str, PageRead], folder: str, data: Mapping[str, Any]) -> None:
        home = str(head_of(data).get("permalink"))
        self.root = home.removesuffix("index.html").removeprefix("./")
        self.folder = folder
        self.ids = {file: frozenset(page.root.xpath("//@id")) for file, page in read.items()}

    def check(self, row: Mapping[str, Any], table: DataTable, name: str) -> Iterator[Mismatch]:
        """Yield an address that leads to no page of the briefing, or to another place than the record’s."""
        if "permalink" not in table.names:
            return
        id, link = str(row.get(table.names[0])), str(row.get("permalink"))
        if table.name == "corrections":
            id = CORRECTION_FRAGMENT.format(id) if row.get("correction") else str(row.get("id"))
        page, _, fragment = link.removeprefix(self.root).partition("#")
        file = self.folder + page + ("index.html" if not page or page.endswith("/") else "")
        if not link.startswith(self.root) or fragment != id or fragment not in self.ids.get(file, ()):
            message = "its address leads to no page of the briefing, or to something else"
            yield Mismatch("altered", name, f"{table.name} {id} permalink", message, "", link)


# --- CSV ---------------------------------------------------------------------------------------------------------


def _check_csv(site: SiteFiles, table: DataTable, rows: list[Any], name: str) -> Iterator[Mismatch]:
    """Yield the cells that are not those of data.json."""
    if name not in site.sizes:
        if rows:
            yield Mismatch("missing", name, "", f"{DATA} has such records, and there is no table of them")
        return
    expected = [list(table.names)]
    expected += [[guarded(cell_of(row.get(column))) for column in table.names] for row in rows]
    found = csv_rows(site.read(name).decode("utf-8", "replace"))
    for number, (row, known) in enumerate(zip(found, expected, strict=False), 1):
        for at, cell in enumerate(known):
            if at >= len(row) or row[at] != cell:
                where, shown = f"row {number} {table.names[at]}", row[at] if at < len(row) else ""
                kind = _KINDS.get(table.names[at], "altered")
                yield Mismatch(kind, name, where, f"{DATA} has something else", cell, shown)
        if len(row) > len(known):
            yield Mismatch("added", name, f"row {number}", "it has more cells than the table has columns")
    if len(found) != len(expected):
        yield Mismatch(
            "altered", name, "rows", f"{DATA} has another number of rows", str(len(expected)), str(len(found))
        )


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV file; none where it is damaged."""
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return []


# --- datapackage.json --------------------------------------------------------------------------------------------


def _check_package(site: SiteFiles, data: Data, folder: str) -> Iterator[Mismatch]:
    name = folder + DATA_PACKAGE
    if name not in site.sizes:
        yield Mismatch("missing", name, "", "nothing describes the tables")
        return
    try:
        package = json.loads(site.read(name))
        described = {str(one["path"]): one for one in package["resources"]}
        given = {field: package.get(field) for field in _ABOUT}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Mismatch("altered", name, "resources", "it is damaged: it describes no tables")
        return
    for field, known in _package_facts(data).items():
        if (given[field] or None) != (known or None):
            yield Mismatch("altered", name, field, "it is another one", str(known or ""), str(given[field] or ""))
    for table in TABLES:
        if rows_in(data, table) and folder + table.file in site.sizes:
            content = site.read(folder + table.file)
            yield from _check_resource(described.pop(table.file, None), table, content, name)
    for path in described:
        yield Mismatch("added", name, path, "there is no such table")


_ABOUT = ("title", "description", "homepage", "keywords", "contributors", "sources")


def _package_facts(data: Data) -> Mapping[str, Any]:
    """Return what a package says of the whole, from what data.json says of it."""
    about, source = head_of(data), source_of(data)
    home, named = str(about.get("permalink")), source.get("title") or source.get("publisher") or source.get("kind")
    origin = {"title": named, "path": read_at(source)}
    return {
        "title": about.get("title"),
        "description": about.get("description"),
        "homepage": home if "://" in home else "",
        "keywords": about.get("tags"),
        "contributors": [{"title": name, "role": "author"} for name in about.get("authors") or ()],
        "sources": [{key: value for key, value in origin.items() if value}],
    }


def _check_resource(found: Any, table: DataTable, content: bytes, name: str) -> Iterator[Mismatch]:
    try:
        given = {
            "bytes": found["bytes"],
            "hash": found["hash"],
            "columns": ", ".join(field["name"] for field in found["schema"]["fields"]),
        }
    except (KeyError, TypeError):
        given = {}
    expected = {
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "columns": ", ".join(table.names),
    }
    for about, known in expected.items():
        if given.get(about) != known:
            shown = str(given.get(about, ""))
            yield Mismatch("altered", name, f"{table.name} {about}", "it describes another table", str(known), shown)
