"""The panel adds works as the command does: what it is told of them, and excerpts that are in the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.editor.annotations import OPERATIONS as ANNOTATING
from briefing.editor.interface import EditInterface
from briefing.editor.references import OPERATIONS
from tests.author.test_references import CASES, FILE, PAGE
from tests.sites import make_site

pytestmark = pytest.mark.quick


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditInterface:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return EditInterface(tmp_path / "docs", {**ANNOTATING, **OPERATIONS})


def ask(editor: EditInterface, operation: str, status: int = 200, /, **asked: Any) -> dict[str, Any]:
    content = json.dumps({"briefing": "briefings/good", **asked}).encode()
    answer = editor.answer(f"edit/{operation}", content)
    assert isinstance(answer.content, bytes) and answer.status == status, answer.content
    told: dict[str, Any] = json.loads(answer.content)
    return told


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))["references"]
    return found


def test_a_page_is_read_added_quoted_from_and_taken_back(editor: EditInterface) -> None:
    page, before = {"name": "ferry.html", "content": PAGE}, FILE.read_bytes()
    told = ask(editor, "references/read", **page)
    assert told["works"][0]["title"] == "The bay ferry and its price"
    assert "The ferry will cost “nine pounds” a day, said the council." in [
        " ".join(p.split()) for p in told["paragraphs"]
    ]
    assert FILE.read_bytes() == before
    made = ask(
        editor,
        "references/add",
        **page,
        excerpts=[
            {"words": 'cost "nine pounds" a day', "where": "first sentence"},
            {"words": "It costs nine pounds.", "where": " page 2 "},
        ],
    )
    assert made["ids"] == ["finch-2025"] and made["line"] == 26 and made["undo"]
    more = ask(editor, "references/add", **page, id="finch-2025", excerpts=[{"words": "The ferry will cost"}])
    assert entries()[-1]["excerpts"] == [
        {"exact": "cost “nine pounds” a day", "where": "first sentence"},
        {"exact": "It costs nine pounds.", "where": "page 2"},
        {"exact": "The ferry will cost"},
    ]
    for undo in (more["undo"], made["undo"]):
        ask(editor, "undo", undo=undo)
    assert FILE.read_bytes() == before


def test_works_of_an_export_are_chosen(editor: EditInterface) -> None:
    export = {"name": "zotero.json", "content": (CASES / "zotero.json").read_text("utf-8")}
    assert [each["key"] for each in ask(editor, "references/read", **export)["works"]][:1] == ["finchFerry2025"]
    assert ask(editor, "references/add", **export, only=["Ferries"])["ids"] == ["quill-1998"]


def test_a_number_leaves_what_is_missing_as_problems(editor: EditInterface) -> None:
    told = ask(editor, "references/add", text="10.1000/Bay.2")
    assert {each["field"] for each in told["problems"]} == {"title", "publisher", "published"}
    assert entries()[-1]["url"] == "https://doi.org/10.1000/bay.2"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "there is nothing to read"),
        ({"text": "978-3-16-148410-1"}, "is no ISBN"),
        ({"name": "a.html", "content": PAGE, "excerpts": [{"words": "ten pounds a day"}]}, "is not in a.html"),
        ({"text": "10.1000/x", "excerpts": [{"words": "words"}]}, "looked up in the saved page"),
        ({"name": "../../etc/passwd", "content": "root:x"}, "is no export that is known here"),
        ({"name": "a.json", "content": "[{}]"}, "there are no works"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(
    editor: EditInterface, asked: dict[str, Any], said: str
) -> None:
    before = FILE.read_bytes()
    assert said in ask(editor, "references/add", 422, **asked)["error"]
    assert FILE.read_bytes() == before


FIELDS = {"title": "A report on the bay", "authors": ["Ada Marsh"], "publisher": "Bay Post", "published": "2024-05"}


def test_what_the_author_fills_in_is_the_entry(editor: EditInterface) -> None:
    [work] = ask(editor, "references/read", text="10.1000/bay.2")["works"]
    assert (work["title"], work["url"], work["known"]) == ("", "https://doi.org/10.1000/bay.2", "")
    fields = {**FIELDS, "url": work["url"]}
    made = ask(editor, "references/add", text="10.1000/bay.2", fields=fields)
    assert made["problems"] == [] and made["ids"] == ["marsh-2024"]
    assert entries()[-1] == {"id": "marsh-2024", **fields}
    [again] = ask(editor, "references/read", text="10.1000/bay.2")["works"]
    assert again["known"] == "marsh-2024"
    told = ask(editor, "references/add", text="10.1000/bay.2")
    assert (told["ids"], told["undo"]) == (["marsh-2024"], "")


def test_works_without_a_key_are_chosen_by_their_places(editor: EditInterface) -> None:
    export = {"name": "a.json", "content": json.dumps([{"title": "One"}, {"title": "Two"}, {"title": "Two"}])}
    ask(editor, "references/add", **export, numbers=[0, 2])
    assert [each["title"] for each in entries()[-2:]] == ["One", "Two"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("published", "03/04/2020"), ("url", "javascript:alert(1)")],
)
def test_what_cannot_be_so_is_told_at_its_field(editor: EditInterface, field: str, value: str) -> None:
    before = FILE.read_bytes()
    told = ask(editor, "references/add", text="10.1000/bay.2", fields={**FIELDS, field: value})
    assert [each["field"] for each in told["problems"]] == [field] and told["ids"] == []
    assert FILE.read_bytes() == before
