"""What page templates get: the documented names, and for one release those that were renamed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefing import render, resources
from briefing.pipeline.checking import check_library
from briefing.render.briefing_view import BriefingView, PageView
from briefing.render.environment import RENAMED, PageTemplateError, environment
from briefing.render.escape import Markup
from briefing.render.messages import messages
from briefing.render.tables import Row, make_table
from tests.sites import GOOD

SHIPPED = resources.templates() / "pages"


def documented() -> Iterator[str]:
    """The names in the first column of the table of templates/README.md."""
    text = (resources.templates() / "README.md").read_text("utf-8")
    table = text.split("## What every page template receives")[1].split("These are the fields")[0]
    for line in table.splitlines():
        if line.startswith("| `"):
            yield from re.findall(r"`(\w+)`", line.split("|")[1])


def test_every_variable_is_documented_and_nothing_else() -> None:
    names = sorted(documented())
    fields = [field.name for view in (BriefingView, PageView) for field in dataclasses.fields(view)]
    assert names == sorted(fields)


def test_no_template_of_ours_uses_an_old_name() -> None:
    for file in sorted(SHIPPED.glob("*.jinja")):
        code = " ".join(re.findall(r"{[{%].*?[%}]}", file.read_text("utf-8"), re.S))
        words = set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", code)))
        assert not words & RENAMED.keys(), file.name


def rendered(folder: Path, template: str, variables: Mapping[str, object]) -> str:
    (folder / "own.md.jinja").write_text(template, "utf-8")
    return environment(SHIPPED, folder).get_template("own.md.jinja").render(variables)


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, names in RENAMED.items() for new in names])
def test_an_old_name_works(tmp_path: Path, old: str, new: str) -> None:
    assert rendered(tmp_path, f"{{{{ {old} }}}}", {new: "as before"}) == "as before"
    one = SimpleNamespace(**{new: "as before"})
    assert rendered(tmp_path, f"{{{{ one.{old} }}}}", {"one": one}) == "as before"


@pytest.mark.parametrize("template", ["{{ holds }}", "{{ one.holds }}", "{{ nothing }}", "{{ one.nothing }}"])
def test_what_is_under_no_name_is_an_error(tmp_path: Path, template: str) -> None:
    with pytest.raises(PageTemplateError, match=r"undefined|no attribute"):
        rendered(tmp_path, template, {"one": SimpleNamespace(other=1)})


def test_a_variable_with_an_old_name_of_its_own_stays(tmp_path: Path) -> None:
    assert (
        rendered(tmp_path, "{% set holds = 1 %}{{ holds }}{{ one.holds }}", {"one": {"holds": 2}, "contents": 3})
        == "12"
    )


def test_a_template_that_was_written_for_the_last_release_gives_the_same_page(tmp_path: Path) -> None:
    (found,) = check_library(GOOD).briefings
    assert found.briefing
    for name in ("method", "index", "quotes", "text"):
        text = (SHIPPED / f"{name}.md.jinja").read_text("utf-8")
        for old, names in RENAMED.items():
            for new in names:
                text = re.sub(rf"(?<=[ .]){new}(?=[ |}}])", old, text)
        (tmp_path / f"{name}.md.jinja").write_text(text, "utf-8")
    then = render.render(found.briefing, environment(SHIPPED, tmp_path))
    assert then == render.render(found.briefing, environment(SHIPPED))


def test_a_row_of_a_table_has_its_cells_and_facts_by_name(tmp_path: Path) -> None:
    table = make_table({"reason": "Reason", "comments": "Which"}, [("spam", (Markup("[a](b)"), Markup("[c](d)")))])
    row = Row(table.rows[0].cells, {"id": "x", "comments": "facts come first"})
    assert (
        rendered(tmp_path, "{{ row.reason }} {{ row.id }} {{ row.comments }}", {"row": row})
        == "spam x facts come first"
    )
    assert (
        rendered(tmp_path, "{% for row in table %}{{ row.comments|join }}{% endfor %}", {"table": table})
        == "[a](b)[c](d)"
    )
    with pytest.raises(PageTemplateError, match="nothing"):
        rendered(tmp_path, "{{ row.nothing }}", {"row": row})


def test_cells_are_escaped_once(tmp_path: Path) -> None:
    columns = {"a": "<A>", "b": "B & C", "c": "C"}
    table = make_table(columns, [("<b>*x*", "1 & 2", Markup("[*d*](e)"))])
    template = '{% import "macros.md.jinja" as ui %}{{ ui.rows(table, say) }}'
    assert rendered(tmp_path, template, {"table": table, "say": messages("en")}).splitlines() == [
        '<thead><tr><th scope="col">&#60;A&#62;</th><th scope="col">B &#38; C</th><th scope="col">C</th></tr></thead>',
        '<tbody markdown="1">',
        '<tr markdown="1"><th scope="row">&#60;b&#62;&#42;x&#42;</th><td>1 &#38; 2</td>'
        '<td markdown="span">[*d*](e)</td></tr>',
        "</tbody>",
    ]
