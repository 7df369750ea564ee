"""What drafts say of numbers that are not exact, that count some of many, that tell a change, and that are planned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from briefing.attribution import Entity
from briefing.authoring.suggest import suggest
from briefing.authoring.suggest.roles import written_role
from briefing.text import language
from tests.check import folders
from tests.suggest import gold

AFTER = "It was said at the hearing."

QUALIFIED = [
    ("en", "Services recovered about 40 per cent of their cost.", "about 40 per cent of their cost",
     {"words": "about 40 per cent"}, ""),
    ("en", "There were more than 300 homes.", "more than 300 homes", {"words": "more than 300", "min": "300"}, "homes"),
    ("en", "It cost at least £4 million.", "at least £4 million",
     {"words": "at least £4 million", "min": "4000000"}, ""),
    ("en", "It carries up to 120 boats.", "up to 120 boats", {"words": "up to 120", "max": "120"}, "boats"),
    ("en", "Nearly half of children eat there.", "Nearly half of children", {"words": "Nearly half"}, ""),
    ("en", "About 5 to 7 per cent came.", "About 5 to 7 per cent", {"words": "About 5 to 7 per cent"}, ""),
    ("en", "Around dozens of boats came.", "Around dozens of boats", {"words": "Around dozens"}, "boats"),
    ("en", "The council passed 120 motions.", "120 motions", "120", "motions"),
    ("en", "It had 40 boats.", "40 boats", "40", "boats"),
    ("de", "Rund 40 Prozent der Kosten fallen weg.", "Rund 40 Prozent der Kosten", {"words": "Rund 40 Prozent"}, ""),
    ("de", "Es kamen mindestens 300 Boote.", "mindestens 300 Boote",
     {"words": "mindestens 300", "min": "300"}, "Boote"),
    ("de", "Es kamen fast 300 Boote.", "fast 300 Boote", {"words": "fast 300", "max": "300"}, "Boote"),
    ("de", "Sie spielten gegen 12 Vereine.", "12 Vereine", "12", "Vereine"),
    ("en", "They drop four of the nine daily sailings.", "four of the nine daily sailings", "4",
     "of the nine daily sailings"),
    ("de", "Vier der neun täglichen Fahrten entfallen.", "Vier der neun täglichen Fahrten", "4",
     "der neun täglichen Fahrten"),
    ("de", "Vier von neun Booten fahren.", "Vier von neun Booten", "4", "von neun Booten"),
]  # fmt: skip


def drafted(tag: str, text: str, folder: Path) -> dict[str, Any]:
    """The only figure that is drafted of a sentence."""
    (figure,) = suggest(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}"}, folder)).figures
    return dict(figure)


@pytest.mark.parametrize(("tag", "text", "target", "value", "unit"), QUALIFIED)
def test_what_limits_a_number_belongs_to_it(
    tag: str, text: str, target: str, value: object, unit: str, tmp_path: Path
) -> None:
    figure = drafted(tag, text, tmp_path)
    assert (figure["target"], figure["value"], figure.get("unit", "")) == (target, value, unit)


def test_a_number_that_counts_some_of_many_has_no_label_that_would_count_them_all(tmp_path: Path) -> None:
    assert drafted("en", "They drop four of the nine daily sailings.", tmp_path)["label"] == (
        "TODO: They drop four of the nine daily sailings"
    )


CHANGES = [
    ("en", "Fuel costs had risen by 31 per cent since 2022.", "comparison"),
    ("en", "Prices rose 2.9 per cent.", "comparison"),
    ("en", "Fares were up 31 per cent.", "comparison"),
    ("en", "It asked for a 31 per cent pay rise.", "comparison"),
    ("en", "There was an increase of 5 per cent.", "comparison"),
    ("en", "It cost 12% less than the budget.", "comparison"),
    ("en", "Fares fell by about a third.", "comparison"),
    ("en", "Fares rose by £300.", "comparison"),
    ("en", "The share rose to 31 per cent.", "share"),
    ("en", "They cut 6% of the jobs.", "share"),
    ("en", "Women made up 31 per cent.", "share"),
    ("en", "It was backed by 52 per cent.", "share"),
    ("en", "They cut 300 jobs.", "count"),
    ("en", "They built 300 more homes.", "count"),
    ("de", "Die Kosten sind um 31 Prozent gestiegen.", "comparison"),
    ("de", "Die Preise nahmen um 3 Prozent zu.", "comparison"),
    ("de", "Die Ernte fällt um 10 bis 15 Prozent kleiner aus.", "comparison"),
    ("de", "Es gab einen Anstieg von 31 Prozent.", "comparison"),
    ("de", "Es waren rund 31 Prozent mehr.", "comparison"),
    ("de", "Der Anteil stieg auf 31 Prozent.", "share"),
    ("de", "Der Anteil sank von 31 Prozent.", "share"),
    ("de", "Sie kürzten 300 Stellen.", "count"),
]


@pytest.mark.parametrize(("tag", "text", "kind"), CHANGES)
def test_a_rise_or_fall_is_no_share(tag: str, text: str, kind: str, tmp_path: Path) -> None:
    figure = drafted(tag, text, tmp_path)
    assert figure["type"] == kind
    assert kind != "comparison" or not re.match("TODO: (Share|Anteil) ", str(figure["label"]))


BASES = [
    ("en", "There are plans to drop 400 sailings.", "reported"),
    ("en", "The firm aims to cut 400 jobs.", "reported"),
    ("en", "Plans to drop 400 sailings were bad, Ada Lang said.", "claim"),
    ("en", "The firm has promised to build 400 homes.", "pledge"),
    ("en", "The target of 400 homes stands.", "pledge"),
    ("de", "Die Stadt will 400 Stellen streichen.", "reported"),
    ("de", "400 Stellen sollen entfallen.", "reported"),
    ("de", "Die Stadt versprach 400 Wohnungen.", "pledge"),
]


@pytest.mark.parametrize(("tag", "text", "basis"), BASES)
def test_only_what_is_promised_is_a_pledge(tag: str, text: str, basis: str, tmp_path: Path) -> None:
    assert drafted(tag, text, tmp_path)["basis"] == basis


ROLES = [
    ("en", "company's managing director", "Managing director"),
    ("en", "ferry company’s chief executive", "Chief executive"),
    ("en", "director of the company", "Director"),
    ("en", "chief executive", "Chief executive"),
    ("en", "mayor of the twin town of Zandhaven", "Mayor of the twin town of Zandhaven"),
    ("en", "leader of Skerry Islands Council", "Leader of Skerry Islands Council"),
    ("en", "spokesman for the ministry", "Spokesman for the ministry"),
    ("en", "company's longest-serving driver", "Company's longest-serving driver"),
    ("en", "world's richest man", "World's richest man"),
    ("en", "children's commissioner", "Children's commissioner"),
    ("en", "company's", "Company's"),
    ("en", "", ""),
    ("de", "Geschäftsführer des Unternehmens", "Geschäftsführer"),
    ("de", "Sprecherin der Reederei", "Sprecherin"),
    ("de", "Sprecher der Reederei Nordsund", "Sprecher der Reederei Nordsund"),
    ("de", "Sprecher der Polizei", "Sprecher der Polizei"),
    ("de", "Chef", "Chef"),
    ("en", "eBay’s managing director", "eBay’s managing director"),
    ("de", "stellvertretender Leiter", "Stellvertretender Leiter"),
]


@pytest.mark.parametrize(("tag", "said", "written"), ROLES)
def test_a_role_belongs_to_no_body_without_a_name(tag: str, said: str, written: str) -> None:
    assert written_role(Entity("Ann Ford", said), language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "The company's managing director, Callum Brae, was there. “We go,” Mr Brae said."),
        ("en", "“We go,” said Callum Brae, its managing director."),
    ],
)
def test_the_role_that_is_written_has_no_possessive(tag: str, text: str, tmp_path: Path) -> None:
    found = suggest(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}"}, tmp_path))
    assert dict(found.roles) == {"brae": "Managing director"}


NAMED = [
    ("en", "“We go,” said Dr Isla Brae.", "Dr Isla Brae", ""),
    ("en", "Isla Brae was there. “We go,” Dr Brae said.", "Dr Isla Brae", ""),
    ("en", "“We go,” said Dr Brae.", "Dr Brae", ""),
    ("en", "“We go,” said Mrs Isla Brae.", "Isla Brae", ""),
    ("en", "“We go,” Sir Tom Brae, leader of the council, said.", "Sir Tom Brae", "Leader of the council"),
    ("en", "“We go,” said Professor Dame Isla Brae.", "Professor Dame Isla Brae", ""),
    ("en", "“We go,” said Councillor Isla Brae.", "Isla Brae", "Councillor"),
    ("en", "“We go,” said Cllr Isla Brae.", "Isla Brae", "Councillor"),
    ("en", "Isla Brae was there. “We go,” Cllr Brae said.", "Isla Brae", "Councillor"),
    ("en", "“We go,” Councillor Isla Brae, leader of the council, said.", "Isla Brae", "Leader of the council"),
    ("de", "„Wir gehen“, sagte Dr. Isla Brae.", "Dr. Isla Brae", ""),
    ("de", "„Wir gehen“, sagte Prof. Dr. Isla Brae.", "Prof. Dr. Isla Brae", ""),
    ("de", "„Wir gehen“, sagte Frau Brae.", "Brae", ""),
]


@pytest.mark.parametrize(("tag", "text", "name", "role"), NAMED)
def test_a_title_is_part_of_a_name_and_a_courtesy_is_not(
    tag: str, text: str, name: str, role: str, tmp_path: Path
) -> None:
    found = suggest(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}"}, tmp_path))
    assert [(entry["name"], found.roles[id] or "") for id, entry in found.people.items()] == [(name, role)]


YEARS = [
    ("en", "The ferry carried 212 people last year.", "2024"),
    ("en", "Last year, 212 people were carried.", "2024"),
    ("en", "The ferry will cost £4m next year.", "2026"),
    ("en", "It will cost £4m this year.", "2025"),
    ("en", "It cost £4m in 2019, not last year.", "2019"),
    ("en", "It cost £4m in 2023-24, compared with £3m in the year before.", "2023-24"),
    ("en", "It cost £4m in 2023–24.", "2023-24"),
    ("en", "It cost £4m in 2023/24.", "2023-24"),
    ("en", "The ferry carried 212 people, more than last year.", ""),
    ("en", "The ferry carried 212 people more than last year.", ""),
    ("en", "The ferry carried 212 people in the last year.", ""),
    ("en", "The ferry has carried 212 people since last year.", ""),
    ("en", "It cost £4m last year and £5m this year.", ""),
    ("en", "“It cost £4m last year,” Ada Lang said.", ""),
    ("en", "It cost £4m in last year’s prices.", ""),
    ("de", "Im vergangenen Jahr beförderte die Fähre 212 Menschen.", "2024"),
    ("de", "Die Fähre beförderte 212 Menschen in diesem Jahr.", "2025"),
    ("de", "Es waren 212 Menschen mehr als im vergangenen Jahr.", ""),
]


@pytest.mark.parametrize(("tag", "text", "period"), YEARS)
def test_last_year_is_a_year_where_the_source_has_a_date(tag: str, text: str, period: str, tmp_path: Path) -> None:
    source = {"kind": "article", "title": "An article", "language": tag, "published": "2025-11-07"}
    briefing = folders.make(tmp_path, {"source.txt": f"{text}\n", "briefing": {"source": source}})
    assert suggest(briefing, every_number=True).figures[0].get("period", "") == period
    undated = replace(briefing, source=replace(briefing.source, published=""))
    kept = period if period in text.replace("–", "-").replace("/", "-") else ""
    assert suggest(undated, every_number=True).figures[0].get("period", "") == kept
