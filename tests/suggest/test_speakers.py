"""Who is filled in as a speaker, who is only offered, and for whose words nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.attribution import find_entities
from briefing.attribution.credit import called_as
from briefing.authoring.suggest import suggest
from briefing.authoring.suggest.roles import written_role
from briefing.authoring.suggest.write import plan_drafts
from briefing.text import language
from tests.check.folders import make

MEETING = "Ann Ford, the baker, spoke on Monday. "
CASES = [
    ("“We can wait no longer,” said Ann Ford.", "ford"),
    ("“We can wait no longer,” Ms Ford said.", "ford"),
    ("According to Ann Ford, it “cannot wait any longer”.", "ford"),
    (f"{MEETING}\n\n“We can wait no longer,” said the baker.", "ford"),
    (f"{MEETING}“We can wait no longer,” she said.", "TODO: ford"),
    (f"{MEETING}“We can wait no longer.”", "TODO: ford"),
    (
        "Bob Reid, a councillor, said no. Waving the consultation paper, he went on: “We can wait no longer.”",
        "TODO: reid",
    ),
    ("Ann Ford said no. “We can wait no longer.”", "TODO: ford"),
    (f"{MEETING}\n\nThe harbour is full. “We can wait no longer.”", None),
    ("Ann Ford, the baker, spoke, and there was a cry of “Shame!” when she said so.", None),
    (f"{MEETING}She heard chants of “Go home now!” when she left.", None),
    (
        f"{MEETING}\n\nTowards the end a student from Thringdale Head, who asked not to be named, stood up. "
        "They needed six months, she said, “not six weeks”.",
        None,
    ),
    (
        "Ann Ford said no.\n\nTen jobs of Nasreen Qadir-Holt, whose firm is old, are at risk, she said, “and more”.",
        "TODO: qadir-holt",
    ),
    ("Aldersyke Meats said it could take “up to 150 animals a week”.", "aldersyke-meats"),
]


@pytest.mark.parametrize(("text", "speaker"), CASES)
def test_a_speaker_is_filled_in_where_the_words_beside_a_quotation_name_one(
    text: str, speaker: str | None, tmp_path: Path
) -> None:
    about = {"source": {"kind": "article", "title": "An article", "language": "en"}, "people": {}}
    made = suggest(make(tmp_path, {"source.txt": f"The harbour\n\n{text}\n", "briefing": about}))
    assert [quote.get("speaker") for quote in made.quotes] == [speaker]


OPENING = "Ann Ford said no.\n\n"
WAIT = "“We can wait no longer,”"
INTRODUCED = [
    ("en", f"Among the first to speak was a hospital porter, who was cheered. {WAIT} she said.", [None]),
    ("en", f"There was a porter at the back. {WAIT} she said. “It is too late,” she added.", [None, None]),
    ("en", f"The loudest cheers went to a bus driver, who had waited. {WAIT} he said.", [None]),
    ("en", f"At the back, a porter stood up. {WAIT} the porter said.", [None]),
    ("en", f"On Monday a porter stood up. {WAIT} she said.", [None]),
    ("en", f"Next came a porter. {WAIT} she said.\n\nThe porter, Ida Carr, 34, left.", ["TODO: carr"]),
    ("en", f"Next came a hospital porter. {WAIT} she said.\n\nIda Carr, the porter, left.", ["TODO: carr"]),
    ("en", f"Next came a bus driver. {WAIT} he said.\n\nThe bus driver, Mr Tom Hall, left.", ["TODO: hall"]),
    ("en", f"Next came a bus driver. {WAIT} he said.\n\nThe taxi driver, Tom Hall, left.", [None]),
    ("en", f"Next came a bus driver. {WAIT} he said.\n\nThe driver, Ida Hall, left. Ms Hall waved.", [None]),
    ("en", f"Next came a porter, and a baker rose. {WAIT} she said.\n\nThe porter, Ida Carr, left.", [None]),
    ("en", f"She was a porter, who had waited. {WAIT} she said.", ["TODO: ford"]),
    ("en", f"As a porter, she was tired. {WAIT} she said.", ["TODO: ford"]),
    ("de", f"Zu den Ersten am Mikrofon gehörte eine Pflegerin, die Beifall bekam. {WAIT} sagte sie.", [None]),
    ("de", f"Dann meldete sich eine Pflegerin. {WAIT} sagte sie.\n\nDie Pflegerin Ida Holm ging.", ["TODO: holm"]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "speakers"), INTRODUCED)
def test_whom_a_paragraph_introduces_without_a_name_is_nobody_named_before(
    tag: str, text: str, speakers: list[str | None], tmp_path: Path
) -> None:
    about = {"source": {"kind": "article", "title": "An article", "language": tag}, "people": {}}
    opening = OPENING if tag == "en" else "Anna Berg sprach zuerst.\n\n"
    german = text.replace("“", "„").replace(",”", "“,") if tag == "de" else text
    made = suggest(make(tmp_path, {"source.txt": f"The harbour\n\n{opening}{german}\n", "briefing": about}))
    assert [quote.get("speaker") for quote in made.quotes] == speakers


GERMAN = [
    ("Anna Berg, die Bäckerin, sprach. Es gab Rufe wie „Schande über euch“, als sie das sagte.", None),
    ("Anna Berg, die Bäckerin, sprach. „Wir warten nicht länger“, sagte sie.", "TODO: berg"),
    ("„Wir warten nicht länger“, sagte Anna Berg.", "berg"),
]


@pytest.mark.parametrize(("text", "speaker"), GERMAN)
def test_a_german_speaker_is_filled_in_by_the_same_rule(text: str, speaker: str | None, tmp_path: Path) -> None:
    about = {"source": {"kind": "article", "title": "Ein Artikel", "language": "de"}, "people": {}}
    made = suggest(make(tmp_path, {"source.txt": f"Der Hafen\n\n{text}\n", "briefing": about}))
    assert [quote.get("speaker") for quote in made.quotes] == [speaker]


PEOPLE = [
    ("en", "Philip Ancrum, a neighbour for 22 years, was heckled.", {"Philip Ancrum": "neighbour for 22 years"}),
    (
        "en",
        "Dora Pitt, chairman of the Small Producers’ Group, spoke.",
        {"Dora Pitt": "chairman of the Small Producers’ Group"},
    ),
    ("en", "Ben Ruiz met finance minister Ann Ford on Monday.", {"Ben Ruiz": "", "Ann Ford": "finance minister"}),
    ("en", "Ben Ruiz’s colleague Ann Ford spoke.", {"Ben Ruiz": "", "Ann Ford": "colleague"}),
    ("en", "Wendle Council finance chief Ann Ford spoke.", {"Ann Ford": "finance chief", "Wendle Council": ""}),
    ("en", "A student from Thringdale Head, who asked for silence, spoke.", {}),
    ("de", "Ida Holm, Landrätin des Kreises, sprach.", {"Ida Holm": "Landrätin des Kreises"}),
    ("de", "Karl Berg, Vorsitzender des Vereins, sprach.", {"Karl Berg": "Vorsitzender des Vereins"}),
]


@pytest.mark.parametrize(("tag", "text", "people"), PEOPLE)
def test_people_are_drafted_with_what_the_text_says_they_are(tag: str, text: str, people: dict[str, str]) -> None:
    assert {each.name: each.role for each in find_entities(text, language(tag))} == people


ROLES = [
    ("en", "Ann Ford, who chairs the library board, spoke.", "Chairs the library board"),
    ("en", "Ann Ford, 52, who also chairs the board and has a shop, spoke.", "Chairs the board"),
    ("en", "Ann Ford, who chairs the Trade and Finance Board, spoke.", "Chairs the Trade and Finance Board"),
    ("en", "Ann Ford, who chairs the board and left early, spoke.", ""),
    ("en", "Ann Ford (52), who works at the harbour, spoke.", "Works at the harbour"),
    ("en", "Ann Ford, who lives at St. James, spoke.", "Lives at St. James"),
    ("en", "Ann Ford, who has run the shop since 1998, spoke.", "Has run the shop since 1998"),
    ("en", "Ann Ford, a baker who has run the shop since 1998, spoke.", "Baker who has run the shop since 1998"),
    ("en", "Ann Ford, who is a nurse at the hospital, spoke.", "Nurse at the hospital"),
    ("en", "Ann Ford, who led the study, spoke.", "Led the study"),
    ("en", "Ann Ford, lead author of the study, spoke.", "Lead author of the study"),
    ("en", "Ann Ford, chief executive, spoke.", "Chief executive"),
    ("en", "Ann Ford, an Independent councillor, spoke.", "Independent councillor"),
    ("en", "Ann Ford, Independent councillor for Harwick East, spoke.", "Independent councillor for Harwick East"),
    ("en", "Ann Ford, an archaeologist with the county, spoke.", "Archaeologist with the county"),
    ("en", "Independent councillor Ann Ford spoke.", "Independent councillor"),
    ("en", "“No,” said Labour councillor Ann Ford.", "Labour councillor"),
    ("en", "Former council leader Ann Ford spoke.", "Former council leader"),
    ("en", "Harwick librarian Ann Ford spoke.", "Harwick librarian"),
    ("en", "On Monday councillor Ann Ford spoke. Addressing councillor Ann Ford, Ben Ruiz left.", "Councillor"),
    ("en", "Ann Ford, who runs it, spoke.", ""),
    ("en", "Ann Ford, who chairs, spoke.", ""),
    ("en", "Ann Ford, who led the march, spoke.", ""),
    ("en", "Ann Ford, who runs “the best” shop, spoke.", ""),
    ("en", "Ann Ford, who has been ill for weeks, spoke.", ""),
    ("en", "Ann Ford, who heads home, spoke.", ""),
    ("en", "Ann Ford, who told the board, spoke.", ""),
    ("en", f"Ann Ford, who runs the {'very ' * 12}old shop, spoke.", ""),
    ("en", "Ann Ford, residents, and others spoke.", ""),
    ("de", "Ann Ford, die den Ausschuss leitet, sprach.", ""),
    ("de", "Ann Ford, die Lehrerin ist, sprach.", "Lehrerin"),
    ("de", "Ann Ford, seit neun Jahren Lehrerin in Harwick, sprach.", "Seit neun Jahren Lehrerin in Harwick"),
    ("de", "Ann Ford (52), Bäckerin aus Harwick, sprach.", "Bäckerin aus Harwick"),
    ("de", "„Nein“, sagte die frühere Ministerin Ann Ford.", "Frühere Ministerin"),
    ("de", "„Nein“, sagte der frühere Minister Karl Ford.", ""),
    ("de", "„Nein“, sagte der parteilose Stadtrat Karl Ford.", "Stadtrat"),
    ("de", "Karl Ford, der langjährige Trainer des Vereins, sprach.", "Trainer"),
    ("de", "Karl Ford, ein pensionierter Lehrer, sprach.", "Pensionierter Lehrer"),
]


@pytest.mark.parametrize(("tag", "text", "role"), ROLES)
def test_a_role_is_in_the_words_of_the_text(tag: str, text: str, role: str) -> None:
    rules = language(tag)
    (found,) = [each for each in find_entities(f"{text}\nThe end came.", rules) if each.name.endswith(" Ford")]
    assert written_role(found, rules) == role


def test_a_role_that_begins_with_a_verb_is_no_office_that_a_text_calls_somebody_by() -> None:
    english = language("en")
    assert called_as("Ann Ford", "Runs the bakery shop", False, "", english).office == frozenset()
    assert called_as("Ann Ford", "Baker", False, "", english).office == {"baker"}


@pytest.mark.parametrize(
    "who", ["Independent councillor", "Labour councillor", "Harwick librarian", "Former council leader"]
)
def test_the_beginning_of_a_role_is_no_speaker(who: str, tmp_path: Path) -> None:
    about = {"source": {"kind": "article", "title": "An article", "language": "en"}, "people": {}}
    made = suggest(
        make(tmp_path, {"source.txt": f"The harbour\n\n“We can wait,” said {who} Ann Ford.\n", "briefing": about})
    )
    assert [quote.get("speaker") for quote in made.quotes] == ["ford"]
    assert made.roles == {"ford": who}


SPEECH = """Dora Pitt, a farmer, was applauded.

“You see a bill,” she said. “We see a living in a hill farm.

“Take that away and there is no farm.”
"""


def test_a_speech_that_goes_on_in_the_next_paragraph_is_drafted_for_each(tmp_path: Path) -> None:
    """What nothing interrupts may be one statement of several paragraphs; parts may not be in several."""
    about = {"source": {"kind": "article", "title": "An article", "language": "en"}, "people": {}, "status": "draft"}
    make(tmp_path, {"source.txt": SPEECH, "briefing": about})
    planned = plan_drafts(tmp_path / "docs", "b")
    assert planned.dropped == []
    assert [each["target"] for each in planned.suggestions.quotes] == [
        ["You see a bill", "We see a living in a hill farm."],
        "Take that away and there is no farm.",
    ]
