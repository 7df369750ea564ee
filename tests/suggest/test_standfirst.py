"""Who says what is quoted above all names of a text, where only a role is given: “County leader tells residents …”."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import check
from briefing.authoring.suggest import suggest
from tests.check.folders import make

LEADER = "Idris Hall, leader of the county council, spoke on Tuesday. The levy is high, said Hall."
CASES = [
    ("en", "County leader tells residents they have “no choice” over it.", LEADER, "TODO: hall"),
    ("en", "The leader of the county council calls it “no choice”.", LEADER, "hall"),
    ("en", "There is “no choice” left, says county leader.", LEADER, "hall"),
    ("en", "Town leader says there is “no choice” left.", LEADER, None),
    ("en", "Minister says there is “no choice” left.",
     "Health minister Ann Dole met finance minister Ben Cole. Dole left, said Cole.", None),
    ("de", "Bürgermeisterin warnt vor „keiner Wahl“.", "Bürgermeisterin Ida Holm sprach am Dienstag.", "holm"),
    ("de", "Minister warnt vor „keiner Wahl“.", "Minister Jan Holm traf Minister Udo Kern.", None),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "above", "below", "speaker"), CASES)
def test_the_only_one_who_has_the_role_speaks(
    tag: str, above: str, below: str, speaker: str | None, tmp_path: Path
) -> None:
    about = {"source": {"kind": "article", "title": "An article", "language": tag}, "people": {}}
    text = f"The levy\n\n{above}\n\n{below}\n"
    made = suggest(make(tmp_path, {"source.txt": text, "briefing": about}))
    assert [quote.get("speaker") for quote in made.quotes] == [speaker]
    if speaker is None:
        return
    people = {id: entry["name"] for id, entry in made.people.items()}
    kept = [{key: value for key, value in made.decided().quotes[0].items() if key != "status"}]
    (tmp_path / "kept").mkdir()
    folder = {
        "source.txt": text,
        "people.yml": people,
        "quotes": kept,
        "briefing": about | {"people": dict(made.roles)},
    }
    assert check.run(make(tmp_path / "kept", folder)) == ()
