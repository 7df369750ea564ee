"""What drafted figures are called: always something, in the source's own words, that an author may keep as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from briefing.authoring.suggest import suggest
from briefing.check.rules.field_numbers import field_number
from tests.check.folders import make
from tests.suggest import gold

LABELS = [
    # the noun behind the number, or the noun phrase around it
    ("en", "It has 46 road intersections.", ["Road intersections"]),
    ("en", "The county wants a 20-mile road and a £2.1 million pledge.", ["20-mile road", "£2.1 million pledge"]),
    ("en", "They paid a heavy fine of £300,000 in all.", ["Heavy fine of £300,000"]),
    ("en", "A 20-member board and a 60 percent majority voted for it.",
     ["A 20-member board", "A 60 percent majority voted for it"]),
    ("de", "Die 540 Kilometer lange Leitung ist fertig.", ["540 Kilometer lange Leitung"]),
    # its clause
    ("en", "The council voted 19 to 14 for it. It is 100% renewable.",
     ["The council voted 19 to 14 for it", "It is 100% renewable"]),
    ("en", "Ada Lang told the town that the road would cost £4 million, she said.", ["The road would cost £4 million"]),
    ("en", "The “small” boat, which cost £3 million (€4 million), sank.",
     ["Boat, which cost £3 million", "€4 million"]),
    ("de", "Sie sagte, dass der Umbau 7,2 Millionen Euro kostet.", ["Der Umbau 7,2 Millionen Euro kostet"]),
    ("de", "Der 20-Kilometer-Lauf begann.", ["Der 20-Kilometer-Lauf begann"]),
    ("en", "“We lost,” said Carla Dunn, who has run the port for 22 years.",
     ["Carla Dunn, who has run the port for 22 years"]),
    # cut where it is long, and without other numbers
    ("en", "The bank left its main rate at 4.25 per cent on Wednesday and signalled cuts that would wait until autumn.",
     ["The bank left its main rate at 4.25 per cent on Wednesday"]),
    ("en", "Eleven voted in favour and four against.", ["Eleven voted in favour", "Four against"]),
    ("en", "Fares covered 31 percent in 2017 and 41 percent in 2018.",
     ["Fares covered 31 percent", "Fares covered … in 2017", "Fares covered … 41 percent", "Fares covered … in 2018"]),
    ("en", "For 40 years the mill stopped at £3 each night.",
     ["For 40 years the mill stopped", "The mill stopped at £3 each night"]),
    ("en", "In 2018 fares covered 41 percent.", ["In 2018 fares covered", "Fares covered 41 percent"]),
    ("de", "Das Projekt kostete 2019 noch 4 Millionen Euro.",
     ["Das Projekt kostete 2019 noch", "Das Projekt kostete … noch 4 Millionen Euro"]),
    # not from a verb of speech or a preposition on, nor with a number of its own in the middle where that can be
    ("en", "Bo Reid, whose ward is small, said the scheme would cost £310,000 to set up, or about £5.10 for everybody.",
     ["The scheme would cost £310,000 to set up", "About £5.10 for everybody"]),
    ("en", "Guests spend £61 a head, she said, against £23 for day trippers, while tourism was worth £46m to the town.",
     ["Guests spend £61 a head", "Day trippers", "Tourism was worth £46m to the town"]),
    ("en", "It would begin soon, with fines of up to £2,500 for owners who let without one.",
     ["Fines of up to £2,500 for owners who let without one"]),
    ("en", "She said the number of lets in the town had more than doubled, from 412 to 846.",
     ["The number of lets in the town"]),
    ("en", "Anyone would need a three-year licence costing between £180 and £420.",
     ["Anyone would need a three-year licence costing", "Licence costing between £180 and £420"]),
    ("en", "She told them that private rents had gone up by 38 per cent in the spring since the flood of the harbour.",
     ["Private rents had gone up by 38 per cent in the spring since the flood of the harbour"]),
    # not between two nouns, nor inside a name
    ("en", "In 2023 the county and Harwick District Council paid £40,000 for it.",
     ["In 2023 the county and Harwick District Council paid",
      "The county and Harwick District Council paid £40,000 for it"]),
    ("en", "It received £40,000 from the county and Harwick District Council and lost £3,000.",
     ["It received £40,000 from the county and Harwick District Council", "Lost £3,000"]),
    ("en", "It got £40,000 from the Ministry of Trade and Industry, and 30 loans.",
     ["It got £40,000 from the Ministry of Trade and Industry", "Loans"]),
    ("en", "It lost 40 members to the Trust and the council paid £90,000 for it.",
     ["Members", "The council paid £90,000 for it"]),
    ("de", "Von den 90 Booten zahlen der Kreis und der Verein 40.000 Euro.",
     ["Booten", "Von den … Booten zahlen der Kreis und der Verein 40.000 Euro"]),
    # where nothing is read, its own words
    ("en", "12", ["12"]),
    ("fr", "Il y a 12, dit-elle.", ["Il y a 12"]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "labels"), LABELS)
def test_a_figure_is_called_by_the_words_around_it(tag: str, text: str, labels: list[str], tmp_path: Path) -> None:
    made = gold.briefing_of({"language": tag, "text": f"{text}\n"}, tmp_path)
    assert [str(figure["label"]) for figure in suggest(made, every_number=True).figures] == [
        f"TODO: {label}" for label in labels
    ]


@pytest.mark.parametrize("part", ["development", "held-out"])
def test_what_is_offered_can_be_kept_and_is_in_the_source(part: str, tmp_path: Path) -> None:
    for path in gold.files(part):
        case = yaml.safe_load(path.read_text("utf-8"))
        (tmp_path / path.stem).mkdir()
        (tmp_path / f"{path.stem}-kept").mkdir()
        drafts = suggest(gold.briefing_of(case, tmp_path / path.stem), every_number=True).figures
        text = " ".join(case["text"].split()).lower()
        labels = [str(draft["label"]).removeprefix("TODO: ") for draft in drafts]
        for label in (each for each in labels if not re.match("Share of|Anteil", each)):
            assert label and all(part.strip().lower() in text for part in label.split("…")), label
        kept = [
            {key: value for key, value in draft.items() if key not in ("status", "speaker")} | {"label": label}
            for draft, label in zip(drafts, labels, strict=True)
        ]
        told = {"kind": "article", "title": "An article", "language": case["language"]}
        folder = {"source.txt": case["text"], "briefing": {"language": case["language"], "source": told}}
        assert [*field_number(make(tmp_path / f"{path.stem}-kept", folder | {"figures": kept}))] == []


UNITS = [
    ("en", "A 20-mile road.", 20, "miles"),
    ("en", "A 6-foot fence.", 6, "feet"),
    ("en", "A 60-year lease.", 60, "years"),
    ("en", "A 20-dollar fee.", 20, "dollars"),
    ("en", "A 1-mile walk.", 1, "mile"),
    ("en", "A 20-member board.", 20, ""),
    ("de", "Der 20-Kilometer-Lauf.", 20, "Kilometer"),
    ("de", "Die 30-Tage-Frist.", 30, "Tage"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "value", "unit"), UNITS)
def test_a_unit_behind_a_hyphen_is_one(tag: str, text: str, value: int, unit: str, tmp_path: Path) -> None:
    made = gold.briefing_of({"language": tag, "text": f"{text}\n"}, tmp_path)
    (figure,) = suggest(made, every_number=True).figures
    assert (figure["value"], figure.get("unit", "")) == (str(value), unit)
