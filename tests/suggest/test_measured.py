"""Which figures are drafted unless an author asks for every number: those that measure something."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from msgspec import structs

from briefing.authoring.annotate import ChosenWords
from briefing.authoring.proposals import proposed_fields
from briefing.authoring.suggest import suggest
from briefing.authoring.suggest.figures import figure_drafts
from briefing.authoring.suggest.measured import measures_something
from briefing.authoring.suggest.write import plan_drafts, write_drafts
from briefing.render.index import heading, in_text_order, index
from briefing.render.messages import messages
from briefing.text import language
from tests.check.folders import make
from tests.sites import GOOD, rendered_site
from tests.suggest import gold

AFTER = "It was said at the hearing."
CASES = [
    ("en", "The vote is on 1 March 2027, the law of 1998 was changed in 2019.", []),
    ("en", "She lived here for twenty years, came back two weeks later, and left after 90 days.", []),
    ("en", "Eleven were in favour and four against. He was 12. There are 12.", ["Eleven"]),
    ("en", "Forty were hurt. The storm killed twelve. The toll rose to 15.", ["Forty", "twelve", "15"]),
    ("en", "The wait fell from 26 weeks to nine. It took six years. They wait an average of 40 minutes.",
     ["26", "nine", "six", "40"]),
    ("en", "They work 38 hours a week and lost 3 working days.", ["38", "3"]),
    ("en", "It cost £40, or 5 per cent, for 300 homes, 12 miles off, at 80 litres a day. It is the third largest.",
     ["£40", "5 per cent", "300", "12", "80", "third largest"]),
    ("en", "It passed by 19 to 14. Dozens came. The index stood at 3.4, and 1,200 of it was lost. A third of it went.",
     ["19 to 14", "Dozens", "3.4", "1,200", "A third"]),
    ("en", "She paid 3 million.", ["3 million"]),
    ("de", "Am 1. März 2027 und seit 1998 wird gebaut, nach zwanzig Jahren und 90 Tagen.", []),
    ("de", "Acht stimmten dafür. Vier wurden verletzt. Die Wartezeit sank von 26 Wochen auf neun.",
     ["Acht", "Vier", "26", "neun"]),
    ("de", "Sie arbeiten 38 Stunden pro Woche für 40 Euro, 5 Prozent der Kliniken fahren 50 Minuten.",
     ["38", "40", "5 Prozent", "50"]),
    ("fr", "Il y a 12 bateaux.", ["12"]),
    ("en", "Two members abstained, and two staff left. It sells ten return tickets. Four quiet nights passed.", []),
    ("en", "Two people were killed. Six posts will go. She said that six villages drank. It has an average of six.",
     ["Two", "Six", "six", "six"]),
    ("en", "They have 90 working hours, not 20. An earlier version said that 30 members had left; it was 31.",
     ["90"]),
    ("de", "Zwei Mitglieder enthielten sich. Vier ruhige Abende blieben. Zwei Gäste wurden verletzt. Nicht 20 Boote.",
     ["Zwei"]),
    ("en", "Two classes were held. She takes two classes, and three twice. “We have three rooms,” she said.", []),
    ("en", "“Six posts will go, and we lost three boats,” she said. “We have at least six boats.”",
     ["Six", "three", "six"]),
    ("en", "She said that it happened three times in three ways.", []),
    ("de", "Zwei Klassen wurden besucht. „Wir haben drei Räume“, sagte sie. Sie sagte, drei Schulen kamen.",
     ["drei"]),
    ("de", "In einer früheren Fassung hieß es, 30 Mitglieder seien gegangen.", []),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "drafted"), CASES)
def test_what_measures_nothing_is_drafted_only_if_asked_for(
    tag: str, text: str, drafted: list[str], tmp_path: Path
) -> None:
    made = gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}"}, tmp_path)
    all_ = figure_drafts(made, ())
    found = [each for each in all_ if measures_something(made.source.text, language(tag), each)]
    assert [each.core.of(made.source.text) for each in found] == drafted
    left = suggest(made)
    assert (len(left.figures), left.left_out) == (len(found), len(all_) - len(found))
    assert len(suggest(made, every_number=True).figures) == len(all_)


@pytest.mark.parametrize("part", ["development", "held-out"])
def test_of_the_gold_cases_nothing_but_times_bare_numbers_and_a_few_in_words_is_left_out(
    part: str, tmp_path: Path
) -> None:
    left = kept = 0
    for path in gold.files(part):
        case = yaml.safe_load(path.read_text("utf-8"))
        (tmp_path / path.stem).mkdir()
        made = gold.briefing_of(case, tmp_path / path.stem)
        for draft in figure_drafts(made, ()):
            measured = measures_something(made.source.text, language(case["language"]), draft)
            assert measured or draft.type in ("date", "count")
            left, kept = left + (not measured and draft.type != "date"), kept + measured
    assert left <= 0.35 * kept


DRAFTS = [
    ("en", "Mayor Ada Lang said that 300 homes were sold in 2019.", "Homes", "claim", "ada lang", "2019"),
    ("en", "Some 40 per cent of shops have closed since 2021, the Chamber of Trade said.",
     "Share of shops", "claim", "chamber of trade", ""),
    ("en", "The repairs will cost £4 million, according to the council.",
     "The repairs will cost £4 million", "claim", None, ""),
    ("en", "According to the Chamber of Trade, 12 old boats were lost.", "Old boats", "claim", "chamber of trade", ""),
    ("en", "“We lost 30 workers,” said Ben Ruiz.", "Workers", "claim", "ben ruiz", ""),
    ("en", "Ben Ruiz lost a tenth of his winter trade.", "Share of winter trade", "reported", None, ""),
    ("en", "Ben Ruiz, who said that it cost £33,000, left.", "It cost £33,000", "claim", None, ""),
    ("en", "Ben Ruiz read out a letter from Ada Lang: “I sent 63 patients.”", "Patients", "claim", "ada lang", ""),
    ("en", "The bank paid 30 workers until 2020. Ben Ruiz said nothing.", "Workers", "reported", None, ""),
    ("de", "Seit 2021 schließen 60 Prozent der Kliniken, sagte Ministerin Ada Lang.",
     "Anteil der Kliniken", "claim", "ada lang", ""),
    ("de", "Laut Ben Ruiz kamen 300 Boote bis 2030.", "Boote", "claim", "ben ruiz", "2030"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "label", "basis", "speaker", "period"), DRAFTS)
def test_a_draft_has_what_its_sentence_says_and_no_more(
    tag: str, text: str, label: str, basis: str, speaker: str | None, period: str, tmp_path: Path
) -> None:
    found = suggest(gold.briefing_of({"language": tag, "text": f"Ada Lang met Ben Ruiz.\n{text}\n"}, tmp_path))
    (figure,) = found.figures
    assert figure["label"] == f"TODO: {label}"
    assert (figure["basis"], figure.get("period", "")) == (basis, period)
    names = {"ada": "ada lang", "ben": "ben ruiz"} | {
        id: str(each["name"]).lower() for id, each in found.people.items()
    }
    assert names.get(str(figure.get("speaker"))) == speaker


def test_what_is_said_again_is_drafted_once_and_what_is_told_beside_it_is_nobodys_claim(tmp_path: Path) -> None:
    text = """Ada Lang met Ben Ruiz.
Ada Lang said that boats carry an average of six guests, on a vessel licensed for 140. They save £212,000 at once.
They save £212,000 a year, lost 41 boats in May and 41 boats in June. “I carry six people,” said Ada Lang. The vote was
14 to 11. The motion fell by 13 votes to 12.
"""
    found = suggest(gold.briefing_of({"language": "en", "text": text}, tmp_path)).figures
    told = [(str(each["value"]), each["type"], each.get("speaker", "")) for each in found]
    assert told == [
        ("6", "count", "ada"),
        ("140", "count", ""),
        ("212000", "amount", ""),
        ("41", "count", ""),
        ("{'words': '14 to 11'}", "count", ""),
        ("{'words': '13 votes to 12'}", "count", ""),
    ]


VOTES = [
    ("en", "It was rejected by 86 to 143.", {"words": "86 to 143"}),
    ("en", "The vote was 86–143.", {"words": "86–143"}),
    ("en", "The vote was 143 to 86.", {"words": "143 to 86"}),
    ("en", "It lost 30 to 40 members.", {"from": "30", "to": "40"}),
    ("en", "The vote took between 30 and 40 minutes.", {"from": "30", "to": "40"}),
    ("en", "Some 30 to 40 people came.", {"words": "Some 30 to 40"}),
    ("de", "Der Rat lehnte das mit 86 zu 143 Stimmen ab.", {"words": "86 zu 143"}),
]


@pytest.mark.parametrize(("tag", "text", "value"), VOTES)
def test_what_stands_against_one_another_is_no_range(tag: str, text: str, value: object, tmp_path: Path) -> None:
    (figure,) = suggest(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}\n"}, tmp_path)).figures
    assert figure["value"] == value


def test_a_draft_is_named_by_what_is_offered_or_by_its_words(tmp_path: Path) -> None:
    figures = [
        {"id": "boats", "target": "40 boats", "value": 40, "status": "draft"},
        {"id": "cost", "target": "£3 million", "value": 3000000, "status": "draft"},
    ]
    made = make(tmp_path, {"source.txt": "There were 40 boats for £3 million.", "figures": figures})
    labels = ("TODO: Boats", "TODO")
    drafts = tuple(structs.replace(each, label=label) for each, label in zip(made.figures, labels, strict=True))
    made = structs.replace(made, figures=drafts)
    names = [heading(made, each, messages("en")) for each in in_text_order(made)]
    assert names == ["Boats", "“£3 million”"]
    assert not any("TODO" in entry.name for entry in index(made).values())


def test_pages_of_a_preview_show_drafts_and_not_what_there_is_to_do(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(GOOD, docs)
    write_drafts(docs, plan_drafts(docs, "briefings/good", every_number=True))
    file = docs / "briefings/good/annotations/suggested.yml"
    assert "TODO" in file.read_text("utf-8")
    own = docs / "briefings/good/annotations/own.yml"
    notes = {"unwritten": "TODO: say who the trust is", "written": "What TODO means is told."}
    own.write_text(
        yaml.safe_dump(
            {"context": [{"id": id, "target": "the chamber", "title": "Trust", "note": note, "status": "draft"}
                         for id, note in notes.items()]}
        )
    )  # fmt: skip
    made = rendered_site(docs, preview=True).pages
    pages = {page.path: page.markdown for page in made if page.path.startswith("briefings/good/")}
    context = pages["briefings/good/context.md"]
    assert 'id="unwritten"' in context and "What TODO means is told" in context
    assert [path for path, markdown in pages.items() if re.search("TODO(?! means)", markdown)] == []


@pytest.mark.parametrize(
    ("chosen", "value"),
    [
        ("dozens.", {"words": "dozens", "min": "24"}),
        ("“a few hundred.”", {"words": "a few hundred", "min": "200"}),
        ("tens of thousands!", {"words": "tens of thousands", "min": "20000"}),
        ("by 19 to 14.", {"words": "19 to 14"}),
        ("nearly a third.", {"words": "nearly a third"}),
        ("about 1,200.", {"words": "about 1,200"}),
        ("at least 1,200.", {"words": "at least 1,200", "min": "1200"}),
        ("up to 1,200.", {"words": "up to 1,200", "max": "1200"}),
    ],
)
def test_the_end_of_a_sentence_is_no_part_of_a_value(chosen: str, value: object, tmp_path: Path) -> None:
    made = gold.briefing_of({"language": "en", "text": f"It was {chosen}\n{AFTER}"}, tmp_path)
    assert proposed_fields(made, "figures", ChosenWords((chosen,)))["value"] == value
    assert [each["value"] for each in suggest(made, every_number=True).figures] == [value]


HEADLINES = [
    (
        "en",
        "The NASA Moon Programme\n“We choose to go”\nNASA Gets 300 Boats\n"
        "The NATO allies met in the capital and spoke of NASA for a while.\n“We go,” said Ben Ruiz.",
        ["We go"],
        ["NATO", "NASA"],
    ),
    (
        "de",
        "Die NASA und der Mond\n„Wir fliegen hin“\nDie NATO kauft 300 Boote\n"
        "Die NATO traf sich in der Hauptstadt.\n„Wir gehen“, sagte Ben Ruiz.",
        ["Wir gehen"],
        ["NATO"],
    ),
]


@pytest.mark.parametrize(("tag", "text", "quotes", "names"), HEADLINES)
def test_nothing_is_drafted_from_headlines(
    tag: str, text: str, quotes: list[str], names: list[str], tmp_path: Path
) -> None:
    found = suggest(gold.briefing_of({"language": tag, "text": f"{text}\n"}, tmp_path), every_number=True)
    assert [each["target"] for each in found.quotes] == quotes
    assert [each["title"] for each in found.context] == names
    assert found.figures == ()


BASES = [
    ("en", "The tower leans by about 45 degrees.", "reported"),
    ("en", "Some engineers say that the tower is almost 45 metres high.", "claim"),
    ("en", "Nearly 300 people came.", "reported"),
    ("en", "Engineers estimate that the tower leans by 45 degrees.", "estimate"),
    ("en", "The agency expects 300 boats.", "estimate"),
    ("de", "Der Turm neigt sich um rund 45 Grad.", "reported"),
    ("de", "Fast 300 Menschen kamen.", "reported"),
    ("de", "Fachleute schätzen, dass sich der Turm um 45 Grad neigt.", "estimate"),
    ("de", "Die Behörde erwartet 300 Boote.", "estimate"),
]


@pytest.mark.parametrize(("tag", "text", "basis"), BASES)
def test_what_is_rounded_is_not_estimated(tag: str, text: str, basis: str, tmp_path: Path) -> None:
    (draft,) = figure_drafts(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}\n"}, tmp_path), ())
    assert draft.basis == basis


CLAIMS = [
    ("en", "The mayor said that the ferry had carried 212 people.", "claim"),
    ("en", "The ferry carried 212 people, the mayor said.", "claim"),
    ("en", "The ferry carried 212 people, the mayor said on Tuesday.", "claim"),
    ("en", "The ferry carried 212 people, said Jane Doe of the council.", "claim"),
    ("en", "According to the council, the ferry carried 212 people.", "claim"),
    ("en", "The minister confirmed that 12 boats were lost.", "claim"),
    ("en", "The £40 fare, critics say, is too high.", "claim"),
    ("en", "The mayor said little after the vote, which passed by 19 to 14.", "reported"),
    ("en", "The mayor said that costs had doubled, which cut the profit to £46m.", "claim"),
    ("en", "The council added 12 boats.", "reported"),
    ("en", "The council added about 12 boats.", "reported"),
    ("en", "The council added another 12 boats.", "reported"),
    ("en", "The council told 40 residents that the ferry would stop.", "reported"),
    ("en", "The council added that 12 boats were lost.", "claim"),
    ("en", "The council added 12 boats would be lost.", "claim"),
    ("en", "The council added: 12 boats are lost.", "claim"),
    ("en", "The council added 12 boats, the mayor said.", "claim"),
    ("en", "The mayor said the council added 12 boats.", "claim"),
    ("de", "Die Stadt ergänzte 12 Boote.", "reported"),
    ("de", "Die Stadt gab rund 12 Millionen Euro aus.", "reported"),
    ("de", "Die Stadt ergänzte, 12 Boote seien verloren.", "claim"),
    ("en", "Residents, who pay £40 a month, said they were angry.", "reported"),
    ("en", "The council, which owns 12 boats, warned that fares would rise.", "reported"),
    ("en", "The ferry carried 212 people in May, and the mayor said nothing about it.", "reported"),
    ("en", "The ferry carried 212 people in May, and the mayor said on Tuesday that it would stop.", "reported"),
    ("en", "Some 300 people told the council what they think.", "reported"),
    ("en", "She spoke for 40 minutes and said the plan was dead.", "reported"),
    ("en", "After 12 years in office, the mayor said she would go.", "reported"),
    ("en", "The harbour trust, founded with £2 million, called the plan a mistake.", "reported"),
    ("en", "A report of 120 pages describes the harbour.", "reported"),
    ("de", "Die Bürgermeisterin sagte, die Fähre habe 212 Menschen befördert.", "claim"),
    ("de", "Die Brücke kostet 40 Millionen Euro, sagte die Bürgermeisterin.", "claim"),
    ("de", "Laut der Stadt kostet die Brücke 40 Millionen Euro.", "claim"),
    ("de", "Die Anwohner, die 40 Euro zahlen, sagten nichts dazu.", "reported"),
    ("de", "Nach 12 Jahren im Amt sagte sie, sie gehe.", "reported"),
    ("de", "Die Stadt, die 12 Boote besitzt, kündigte an, die Preise zu erhöhen.", "reported"),
]


@pytest.mark.parametrize(("tag", "text", "basis"), CLAIMS)
def test_a_claim_is_what_the_words_beside_a_figure_say_that_somebody_says(
    tag: str, text: str, basis: str, tmp_path: Path
) -> None:
    (draft,) = figure_drafts(gold.briefing_of({"language": tag, "text": f"{text}\n{AFTER}\n"}, tmp_path), ())
    assert draft.basis == basis
