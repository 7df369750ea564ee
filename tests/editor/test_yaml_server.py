"""What an author sees in an editor with the YAML language server: fields offered and explained, mistakes marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.editor.server import Client, session
from tests.npm import installed
from tests.sites import make_site

VERSION = "1.19.2"
FOLDER = Path("docs/briefings/good")
WIRED = (
    "docs/people.yml",
    *(str(FOLDER / name) for name in ("briefing.yml", "comments.yml", "references.yml")),
    *(str(FOLDER / "annotations" / name) for name in ("quotes.yml", "figures.yml", "context.yml")),
)
"""The files of the good briefing that authors write."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good briefing, its files wired to the schemas as an author wires them."""
    folder = tmp_path_factory.mktemp("site")
    make_site(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["schema", "schemas", "--wire"])
        written = len(list(Path("schemas").glob("*.json")))
        assert result.output == f"schemas: {written} schemas, {len(WIRED)} files wired\n"
        again = CliRunner().invoke(main, ["schema", "schemas", "--wire"])
        assert again.output == f"schemas: {written} schemas, 0 files wired\n"
        assert CliRunner().invoke(main, ["check"]).output == "1 briefing checked: no problems\n"
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Client]:
    program = installed("yaml-language-server", VERSION) / "bin" / "yaml-language-server"
    with session(["node", str(program), "--stdio"], site) as client:
        yield client


def read(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


@pytest.mark.parametrize("name", WIRED)
def test_nothing_is_marked_in_a_good_file(site: Path, server: Client, name: str) -> None:
    text = read(site, name)
    assert text.startswith("# yaml-language-server: $schema=../")
    assert server.problems(server.open(site / name, text)) == []


def test_mistakes_are_marked_where_they_stand(site: Path, server: Client) -> None:
    text = read(site, f"{FOLDER}/annotations/figures.yml").replace("    unit: councillors", "    units: councillors")
    text = text.replace("type: share", "type: shares")
    found = "\n".join(server.problems(server.open(site / FOLDER / "annotations/wrong.yml", text)))
    line = text[: text.index("units:")].count("\n") + 1
    assert f"{line}: Property units is not allowed" in found
    assert 'Value is not accepted. Valid values: "amount", "share"' in found


def test_a_draft_may_leave_open_who_speaks(site: Path, server: Client) -> None:
    entry = "quotes:\n  - id: open\n    target: words\n"
    new = site / FOLDER / "annotations/new.yml"
    first = read(site, f"{FOLDER}/annotations/quotes.yml").splitlines(keepends=True)[0]
    assert any("speaker" in problem for problem in server.problems(server.open(new, first + entry)))
    drafted = site / FOLDER / "annotations/drafted.yml"
    assert server.problems(server.open(drafted, first + entry + "    status: draft\n")) == []


def test_fields_are_offered_with_what_they_mean(site: Path, server: Client) -> None:
    head = read(site, f"{FOLDER}/annotations/quotes.yml").split("\n")[0]
    text = f"{head}\nquotes:\n  - id: new\n    target: x\n    \n"
    uri = server.open(site / FOLDER / "annotations/new.yml", text)
    offered = {item["label"]: item for item in server.ask("textDocument/completion", server.at(uri, 4, 4))["items"]}
    assert {"speaker", "kind", "note", "attribution", "tags"} <= offered.keys()
    assert "value" not in offered and "id" not in offered
    assert "The id of the person who says it; needed unless it is a draft." in str(
        offered["speaker"].get("documentation")
    )


def test_values_are_offered_where_there_is_a_choice(site: Path, server: Client) -> None:
    head = read(site, f"{FOLDER}/annotations/quotes.yml").split("\n")[0]
    text = f"{head}\nfigures:\n  - id: new\n    basis: \n"
    uri = server.open(site / FOLDER / "annotations/choice.yml", text)
    offered = {item["label"] for item in server.ask("textDocument/completion", server.at(uri, 3, 11))["items"]}
    assert {"measured", "estimate", "pledge", "claim", "reported"} <= offered


def test_a_field_is_explained_where_the_pointer_rests(site: Path, server: Client) -> None:
    text = read(site, f"{FOLDER}/annotations/quotes.yml")
    uri = server.open(site / FOLDER / "annotations/hover.yml", text)
    line = next(number for number, each in enumerate(text.split("\n")) if "kind: fragment" in each)
    shown = str(server.ask("textDocument/hover", server.at(uri, line, 6))["contents"])
    assert "fragment: less than a sentence" in shown
