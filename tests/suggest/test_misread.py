"""Words and numbers that look like something else: capitals that open a paragraph, slang for sums, another year."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.authoring.found_entry import FoundEntry
from briefing.authoring.review.open_fields import open_fields
from briefing.authoring.suggest import suggest
from briefing.model.places import TextFile
from tests.check.folders import make
from tests.suggest import gold

SUMS = [
    ("en", "It cost three hundred grand.", "amount", {"words": "three hundred grand"}),
    ("en", "It cost 40 grand in all.", "amount", {"words": "40 grand"}),
    ("en", "They sold 12 grand pianos.", "count", "12"),
    ("en", "It cost 200 quid.", "amount", "200"),
    ("en", "It cost five hundred bucks.", "amount", "500"),
    ("en", "They counted four score and left.", "amount", {"words": "four score"}),
    ("en", "They sold 5 dozen eggs.", "count", "60"),
    ("de", "Das kostet 30 Riesen.", "amount", {"words": "30 Riesen"}),
    ("de", "Das kostet fünf Mille.", "amount", {"words": "fünf Mille"}),
    ("en", "Crime fell by 4.1 per cent.", "comparison", "4.1"),
    ("en", "Crime had fallen, by nine per cent.", "comparison", "9"),
    ("en", "Rents were up, by 8 per cent.", "comparison", "8"),
]


@pytest.mark.parametrize(("tag", "text", "type_", "value"), SUMS)
def test_a_sum_in_slang_and_a_change_behind_a_comma_are_read_for_what_they_are(
    tag: str, text: str, type_: str, value: object, tmp_path: Path
) -> None:
    (figure,) = suggest(gold.briefing_of({"language": tag, "text": text}, tmp_path), every_number=True).figures
    assert (figure["type"], figure["value"]) == (type_, value)


PERIODS = [
    ("The count has fallen to 52 bats since lamps were fitted there in 2019.", None),
    ("It lost 40 boats after the storm that hit in 2018.", None),
    ("Some 30 workers left when the mill closed in 2017.", None),
    ("The council sold 300 homes in 2019.", "2019"),
    ("In 2015 the port had 60 cranes.", "2015"),
    ("Profits rose to £5 million in 2021, when the shop opened.", "2021"),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_is_a_year_of_the_clause_of_the_figure(text: str, period: str | None, tmp_path: Path) -> None:
    (figure,) = suggest(gold.briefing_of({"language": "en", "text": text}, tmp_path)).figures
    assert figure.get("period") == period


CAPITALS = [
    ("MORE than 200 boats left.", []),
    ("The rain came.\n\nWHEN it stopped, they left.", []),
    ("BOATS left early.\n\nThe boats were old.", []),
    ("NASA said no.", ["NASA"]),
    ("WHO staff said that the boats, who knows, left. Then WHO left.", ["WHO"]),
    ("The rain came, and the NHS said so.", ["NHS"]),
]


@pytest.mark.parametrize(("text", "names"), CAPITALS)
def test_a_first_word_in_capitals_is_no_abbreviation(text: str, names: list[str], tmp_path: Path) -> None:
    made = suggest(gold.briefing_of({"language": "en", "text": f"The harbour\n\n{text}\n"}, tmp_path))
    assert [note["title"] for note in made.context] == names


@pytest.mark.parametrize(("status", "given"), [("published", "ben"), ("draft", "")])
def test_a_figure_among_the_words_of_a_kept_quotation_is_its_speakers(status: str, given: str, tmp_path: Path) -> None:
    words = "actually fallen, by nine per cent"
    quote = {"target": words, "kind": "fragment", "speaker": "ben", "status": status}
    figure = {"id": "nine", "target": "nine per cent", "value": 9, "unit": "%", "status": "draft"}
    files = {
        "people.yml": {"ada": "Ada Lang", "ben": "Ben Ruiz", "tom": "Tom Hall"},
        "briefing": {"people": {"ada": "Mayor", "ben": "Councillor", "tom": "Baker"}},
        "source.txt": f"Ben Ruiz met Tom Hall. He told them that crime had “{words}”.",
    }
    made = make(tmp_path, {**files, "quotes": [quote], "figures": [figure]})
    source = TextFile("figures.yml", "")
    entry = FoundEntry(source, ("figures", 0), {"id": "nine", "basis": "claim", "label": "Crime", "value": 9})
    fields = {each.name: each.given for each in open_fields(made, entry, [], "")}
    assert fields["speaker"] == given
