"""The tables of a briefing: in every format the same, as they are described, and valid for others' programs."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import frictionless
import pytest
from msgspec.structs import replace

from briefing.load import find_briefings
from briefing.model import Briefing
from briefing.model.data_tables import BY_FILE, DATA, DATA_PACKAGE, TABLES, cell_of, guarded
from briefing.model.publication import NOWHERE, Publication
from briefing.pipeline.briefing_build import public_view
from briefing.pipeline.checking import check_library
from briefing.render import attachments, render
from briefing.render.data import data_files
from briefing.render.data.tables import describe
from briefing.render.messages import messages
from briefing.render.names import CRATE, TEXT, WEB_ANNOTATIONS
from tests.conftest import CASES
from tests.sites import templates

DOCS = {
    "good": CASES / "good/docs",
    "languages": CASES / "languages/docs",
    "reported": CASES / "reported/docs",
    "own": CASES.parent.parent / "docs",
}


BRIEFINGS = [f"{name}/{path}" for name, docs in DOCS.items() for path in find_briefings(docs)]
"""Published ones, by library and path."""


@cache
def published(name: str) -> Briefing:
    """One of them as it is published; made when the first test asks for it."""
    library, _, path = name.partition("/")
    (build,) = check_library(DOCS[library], (path,)).briefings
    assert build.briefing
    shown = public_view(build.briefing)
    assert shown
    return shown


def files_of(briefing: Briefing, site: Publication = NOWHERE) -> dict[str, bytes]:
    return {file.path.rpartition("/")[2]: file.content for file in data_files(briefing, site)}


def test_the_package_is_valid_for_frictionless(briefing: Briefing, tmp_path: Path) -> None:
    files = files_of(briefing, Publication(url="https://example.org/news"))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.Package(str(tmp_path / DATA_PACKAGE)).validate()
    assert report.valid, report.flatten(["type", "note", "message"])
    described = {task.place for task in report.tasks}
    assert described == {name for name in files if name in BY_FILE}


def test_frictionless_finds_a_row_that_leads_nowhere_and_a_changed_file(tmp_path: Path) -> None:
    for name, content in files_of(published(BRIEFINGS[0])).items():
        (tmp_path / name).write_bytes(
            content.replace(b"fare-cover,", b"fare-coves,") if name == "series.csv" else content
        )
    report = frictionless.Package(str(tmp_path / DATA_PACKAGE)).validate()
    assert {kind for kind, *_ in report.flatten(["type"])} == {"foreign-key", "hash-count"}


def test_every_cell_is_what_the_json_file_has(briefing: Briefing) -> None:
    files = files_of(briefing)
    data = json.loads(files[DATA], parse_float=str)
    for table in TABLES:
        rows = data.get(table.name, [])
        assert (table.file in files) == bool(rows)
        if rows:
            found = list(csv.reader(io.StringIO(files[table.file].decode(), newline="")))
            assert found[0] == list(table.names)
            assert found[1:] == [[guarded(cell_of(row[name])) for name in table.names] for row in rows]
            assert all(tuple(row) == table.names for row in rows)


def test_there_is_a_row_for_each_annotation_with_the_words_at_its_place(briefing: Briefing) -> None:
    data = json.loads(files_of(briefing)[DATA])
    rows = [row for name in ("quotations", "figures", "context") for row in data.get(name, [])]
    assert sorted(row["id"] for row in rows) == sorted(briefing.anchors)
    comments = {comment.id: comment.text for comment in briefing.comments}
    for row in rows:
        text = comments[row["comment"]] if row["comment"] else briefing.source.text
        assert all(text[span["start"] : span["end"]] == span["text"] for span in row["spans"])
        assert (row["start"], row["end"]) == (row["spans"][0]["start"], row["spans"][-1]["end"])


def test_every_comment_is_in_the_ledger_and_nothing_is_said_of_who_wrote_it(briefing: Briefing) -> None:
    rows = json.loads(files_of(briefing)[DATA]).get("comments", [])
    assert list(dict.fromkeys(row["comment"] for row in rows)) == [comment.id for comment in briefing.comments]
    aside = {entry.comment: entry.reason for entry in briefing.set_aside}
    themed = {(member.comment, theme.id) for theme in briefing.themes for member in theme.members}
    assert {(row["comment"], row["theme"]) for row in rows if row["theme"]} == themed
    assert {row["comment"]: row["set_aside"] for row in rows if row["set_aside"]} == aside
    assert not {"author", "text"} & rows[0].keys() if rows else True


def test_addresses_are_complete_where_the_site_knows_its_own() -> None:
    briefing = published(BRIEFINGS[0])
    expected = {
        NOWHERE: "quotes/#leave-early",
        Publication(url="https://example.org/a"): "https://example.org/a/briefings/good/quotes/#leave-early",
        Publication(
            url="https://example.org/", directory_urls=False
        ): "https://example.org/briefings/good/quotes.html#leave-early",
        Publication(url="", directory_urls=False): "quotes.html#leave-early",
        Publication(url="no address"): "quotes/#leave-early",
    }
    for site, address in expected.items():
        assert json.loads(files_of(briefing, site)[DATA])["quotations"][0]["permalink"] == address


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_every_column_is_described(language: str) -> None:
    say = messages(language)
    for table in TABLES:
        assert say(f"data.table.{table.name}") and say(f"data.about.{table.name}")
        assert all(describe(table, column, say) for column in table.columns)
        assert len(set(table.names)) == len(table.names)
        assert {column.refers for column in table.columns} <= {"", *(other.name for other in TABLES)}
    used = {f"data.column.{table.name}.{name}" for table in TABLES for name in table.names}
    used |= {f"data.column.{name}" for table in TABLES for name in table.names}
    assert [key for key in say.catalogue if key.startswith("data.column.") and key not in used] == []


def test_an_address_of_which_nobody_says_whether_it_still_leads_there_is_not_called_live() -> None:
    unsaid = published(BRIEFINGS[0])
    files = {file.path.rpartition("/")[2]: file.content.decode() for file in attachments(unsaid, unsaid, NOWHERE)}
    data = json.loads(files[DATA])
    assert {row["url_status"] for row in data["references"]} == {None}
    assert data["briefing"]["source"]["url_status"] is None
    assert {row["url_status"] for row in csv.DictReader(io.StringIO(files["references.csv"]))} == {""}


def test_what_is_marked_dead_is_read_at_its_copy_in_every_file() -> None:
    gone, source_copy, work_copy = "https://gone.example/", "https://copy.example/source", "https://copy.example/work"
    good = published(BRIEFINGS[0])
    source = replace(good.source, url=f"{gone}source", archived=source_copy, url_status="dead")
    works = tuple(replace(w, url=gone + w.id, archived=work_copy, url_status="dead") for w in good.references)
    dead = replace(good, source=source, references=works)
    files = {file.path.rpartition("/")[2]: file.content.decode() for file in attachments(dead, dead, NOWHERE)}
    data = json.loads(files[DATA])
    assert {row["url_status"] for row in data["references"]} == {"dead"}
    assert data["briefing"]["source"]["url_status"] == "dead"
    assert data["briefing"]["source"]["archived"] == source_copy
    assert {row["url"] for row in data["series"]} == {work_copy}
    for name in (CRATE, TEXT, WEB_ANNOTATIONS, DATA_PACKAGE):
        assert gone not in files[name], name
        assert source_copy in files[name], name
    assert work_copy in files[CRATE] and work_copy in files[TEXT]
    pages = {page.path: "".join(map(str, page.parts)) for page in render(dead, templates().environment())}
    assert all(gone not in text for path, text in pages.items() if not path.endswith("method.md"))
