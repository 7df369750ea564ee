"""The metadata of an RO-Crate: valid for somebody else's validator, and true of what is there."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
import requests
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

from briefing.model import Briefing
from briefing.model.manifest import MANIFEST
from briefing.model.publication import Publication
from briefing.render import attachments
from briefing.render.names import CRATE
from tests.data.test_tables import BRIEFINGS, published


def written(briefing: Briefing, folder: Path) -> dict[str, dict[str, object]]:
    """Write a folder as a build does, with pages that are empty; gives the entities of the crate."""
    for file in attachments(briefing, briefing, Publication("A site", "https://example.org/")):
        (folder / file.path.rpartition("/")[2]).write_bytes(file.content)
    (folder / MANIFEST).write_text("{}")
    graph = json.loads((folder / CRATE).read_bytes())["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    for part in entities["./"]["hasPart"]:
        page = folder / part["@id"]
        page.parent.mkdir(exist_ok=True)
        page.touch()
    return entities


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the validator’s own


@pytest.fixture(autouse=True)
def context(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator asks for the context by HTTP; it gets the one that another RO-Crate library brings along."""
    content = (resources.files("rocrate") / "data/ro-crate.jsonld").read_bytes()

    def get(requester: HttpRequester, url: str, *rest: object, **more: object) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = 200, content, url
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    for name in ("get", "fetch_fresh"):
        monkeypatch.setattr(HttpRequester, name, get, raising=False)


def issues(folder: Path) -> list[str]:
    settings = ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.1",
        requirement_severity=Severity.REQUIRED,
    )
    return [str(issue.message) for issue in services.validate(settings).get_issues()]


@pytest.mark.full
def test_a_crate_is_valid_for_the_validator(tmp_path: Path) -> None:
    written(published(BRIEFINGS[-1]), tmp_path)
    assert issues(tmp_path) == []


@pytest.mark.full
def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    written(published(BRIEFINGS[0]), tmp_path)
    crate = json.loads((tmp_path / CRATE).read_bytes())
    del next(one for one in crate["@graph"] if one["@id"] == "./")["datePublished"]
    (tmp_path / CRATE).write_text(json.dumps(crate))
    (tmp_path / "quotations.csv").unlink()
    found = " ".join(issues(tmp_path))
    assert "datePublished" in found and "quotations.csv" in found


def test_it_says_what_is_recorded_and_no_more(tmp_path: Path) -> None:
    entities = written(published(BRIEFINGS[0]), tmp_path)
    root = entities["./"]
    assert root["name"] == "Harwick brings its ferry back, and argues about the bill"
    assert [entities[one["@id"]]["name"] for one in root["author"]] == ["Mira Castell", "Jonah Reed"]  # type: ignore[attr-defined]
    (source,) = root["isBasedOn"]  # type: ignore[misc]
    assert entities[source["@id"]]["name"] == "Saltgate ferry to sail again after council vote"
    licence = entities[root["license"]["@id"]]  # type: ignore[index]
    assert licence["description"] == "Written for the tests of this program; CC0."
    parts = {part["@id"] for part in root["hasPart"]}  # type: ignore[attr-defined]
    assert {"index.html", "quotes/index.html", "data.json", "quotations.csv", "annotations.jsonld", MANIFEST} <= parts
    for name in parts:
        if (size := entities[name].get("contentSize")) is not None:
            assert int(str(size)) == (tmp_path / name).stat().st_size
