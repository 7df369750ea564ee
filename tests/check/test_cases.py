"""What the rules find in small folders, as tables: `code at file: path`, and some of what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from briefing import check
from briefing.check import FAMILIES
from briefing.check.rules import provenance
from briefing.model import Allow, Briefing
from briefing.model.codes import CODES
from briefing.model.places import Problem
from tests.check import folders
from tests.conftest import CASES
from tests.editor.form_place import words_of_files
from tests.tables import read_yaml

TABLES = sorted((CASES / "check").glob("*.yml"))


def cases() -> list[Any]:
    tables = {table.stem: read_yaml(table) for table in TABLES}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, table in tables.items() for case in table]


@dataclass(frozen=True)
class Checked:
    """A case, its briefing, and what the rules find in it."""

    case: dict[str, Any]
    briefing: Briefing
    found: list[Problem]


@pytest.fixture(scope="module", params=cases())
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """A case, made and checked once for the tests of it, which change nothing."""
    briefing = folders.make(tmp_path_factory.mktemp("case"), request.param)
    return Checked(request.param, briefing, folders.found(briefing))


def test_rules_find_what_the_table_says(checked: Checked) -> None:
    case, found = checked.case, checked.found
    assert sorted(map(folders.told, found)) == sorted(case["found"])
    text = "\n".join(f"{problem.message}\n{problem.hint}" for problem in found)
    for words in case.get("says", ()):
        assert words in text
    assert not [words for words in case.get("never_says", ()) if words in text]
    assert provenance.compared(checked.briefing) == case.get("told", provenance.compared(checked.briefing))


def test_messages_are_one_sentence_without_a_stop(checked: Checked) -> None:
    for problem in checked.found:
        assert problem.message and "\n" not in problem.message and not problem.message.endswith((".", ":"))
        assert problem.hint


def test_a_form_says_it_without_files_and_yaml(checked: Checked) -> None:
    assert words_of_files(checked.found) == []


def test_a_finding_says_how_it_is_allowed_and_that_allows_it(checked: Checked) -> None:
    briefing = checked.briefing
    for problem in checked.found:
        if problem.code in ("unused-allow", "missing-field"):
            continue
        how = HOW.fullmatch(problem.hint.splitlines()[-1])
        if not how:
            assert CODES[problem.code].allowable != "passage"
            assert CODES[problem.code].allowable != "briefing"
            for id in (None, *ids(briefing)):
                if id is None or CODES[problem.code].allowable == "never":
                    anywhere = allowing(briefing, id, Allow(problem.code, "A reason.", problem.at))
                    assert told_without_hint(problem) in map(told_without_hint, check.run(anywhere))
            continue
        assert CODES[problem.code].allowable != "never"
        entry = yaml.safe_load(how["line"])
        (entry,) = entry if isinstance(entry, list) else [entry]
        allow = Allow(entry["code"], entry["reason"], problem.at, entry.get("passage", ""))
        assert told_without_hint(problem) not in map(told_without_hint, check.run(allowing(briefing, how["id"], allow)))


HOW = re.compile(
    "or, where it is right as it stands, (?:write in|add to `allow` of) (?:“(?P<id>.+)”|briefing.yml): "
    r"(?:allow: )?(?P<line>[\[{].*[\]}])"
)


def told_without_hint(problem: Problem) -> str:
    return f"{folders.told(problem)}: {problem.message}"


def ids(briefing: Briefing) -> list[str]:
    """The id of every record that has an `allow`."""
    records = (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)
    return [record.id for record in records]


def allowing(briefing: Briefing, id: str | None, allow: Allow) -> Briefing:
    """The briefing with an allowance at the record with an id, or for the whole of it."""
    if id is None:
        return replace(briefing, allow=(*briefing.allow, allow))
    changed = {
        name: tuple(replace(each, allow=(*each.allow, allow)) if each.id == id else each for each in records)
        for name, records in (
            ("quotations", briefing.quotations), ("figures", briefing.figures), ("context", briefing.context),
            ("derived", briefing.derived), ("themes", briefing.themes), ("references", briefing.references),
            ("comments", briefing.comments),
        )
    }  # fmt: skip
    return replace(briefing, **changed)  # type: ignore[arg-type]


def test_every_family_has_a_table() -> None:
    assert {table.stem for table in TABLES} == {*FAMILIES, "allowances"}
