"""Corrections as readers and programs get them: on pages in three languages, in the feed, and as schema.org has it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import feedparser
import frictionless
import pytest
from lxml import html
from msgspec.structs import replace as with_fields

from briefing.model import Briefing, Correction
from briefing.model.publication import Publication
from briefing.pipeline.checking import check_alone
from briefing.render import render
from briefing.render.corrections import correction_comments
from briefing.render.data import data_files
from briefing.render.embeds import citation_pages
from briefing.render.messages import messages
from briefing.site.correction_feed import correction_channel
from tests.releasing import PATH, correct, release, replace
from tests.sites import GOOD, templates

SITE = Publication(name="A site", url="https://example.org/news/", author="A site", language="en")
HOSTILE = "<script>alert(1)</script> [x](javascript:x) {: .x }"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The good briefing with a correction of every kind, and one thing withdrawn."""
    docs = Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("corrected") / "docs"))
    release(docs)
    replace(docs, "annotations/quotes.yml", "a ferry for students", f"a ferry for `{HOSTILE}`")
    correct(docs, reason=HOSTILE)
    replace(docs, "annotations/quotes.yml", "verdict: partly-supported", "verdict: disputed")
    correct(docs, kind="update")
    replace(docs, "annotations/context.yml", "stance: critical", "stance: mixed")
    correct(docs, "worth-it", kind="typo")
    replace(docs, "annotations/context.yml", "target: 212 people on its best day", "target: 212 people")
    correct(docs, kind="source-change")
    withdrawn = {"id": "a-number", "from": "figures", "date": "2025-11-27", "reason": "It was no number."}
    (docs / PATH / "annotations/gone.yml").write_text(json.dumps({"withdrawn": [withdrawn]}), "utf-8")
    briefing = check_alone(docs, PATH).briefing
    assert briefing
    return briefing


def pages(briefing: Briefing) -> dict[str, str]:
    made = render(briefing, templates().environment())
    return {page.path.rpartition("/")[2]: "".join(map(str, page.parts)) for page in made}


def test_a_frame_on_another_site_says_that_its_card_was_corrected(corrected: Briefing) -> None:
    made = {one.path.rpartition("/")[2]: one for one in citation_pages(corrected, SITE, messages("en"))}
    cards = {card.get("id"): card for card in html.document_fromstring(made["embed.html"].content).iter("article")}
    told = {id: [p.text_content() for p in card.find_class("bf-corrected")] for id, card in cards.items()}
    say = messages("en")
    assert told["leave-early"] == [say("corrections.item.correction", date=say.date("2025-11-28"), reason=HOSTILE)]
    assert told["who-pays"] == [say("corrections.item.update", date=say.date("2025-11-28"), reason="It was wrong.")]
    assert not told["held-up"]
    assert cards["leave-early"].find_class("bf-corrected")[0][0].get("href") == "method/#_correction-1"


def test_a_correction_is_on_its_card_in_the_list_of_all_and_on_the_overview(corrected: Briefing) -> None:
    shown = pages(corrected)
    struck = '<del><span class="bf-unseen">Before: </span>students'
    assert struck in shown["quotes.md"]
    assert struck in shown["method.md"]
    assert "bf-latest" in shown["index.md"]
    assert "method.md#_correction-1" in shown["index.md"]
    assert "figures.md#a-number" in shown["method.md"]
    assert '<del><span class="bf-unseen">Before: </span>Partly supported</del>' in shown["quotes.md"]
    assert "Critical" in shown["comments.md"].split("bf-correction")[1]
    assert "212 people on its best day" not in shown["method.md"]
    assert "The words of a comment are not repeated here" in shown["method.md"]
    assert all("<script>" not in page.split("---\n", 2)[2] for page in shown.values())


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_field_and_kind_has_words_in_each_language(language: str, corrected: Briefing) -> None:
    page = pages(with_fields(corrected, language=language))["method.md"]
    say = messages(language)
    assert say("corrections.title") in page
    for kind in ("correction", "update", "typo", "source-change"):
        assert say(f"corrections.item.{kind}", date="", reason="").split()[0] in page


def test_what_was_never_released_says_nothing_of_corrections(corrected: Briefing) -> None:
    plain = pages(with_fields(corrected, releases=None, corrections=()))
    assert all("bf-correct" not in page and "_corrections" not in page for page in plain.values())


def test_the_feed_has_each_correction_once_and_is_a_feed(corrected: Briefing) -> None:
    (channel,) = correction_channel((corrected,), SITE)
    atom, rows = channel.files
    found = feedparser.parse(atom.content)
    assert not found.bozo
    assert len(found.entries) == len({entry.id for entry in found.entries}) == 5
    assert {entry.link.partition("#")[0] for entry in found.entries} == {
        f"https://example.org/news/{PATH}/method/",
        f"https://example.org/news/{PATH}/figures/",
    }
    feed = json.loads(rows.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    contents = [item["content_html"] for item in feed["items"]]
    assert sum("<del>" in content for content in contents) == 3
    assert all("<script>" not in content for content in contents)
    assert list(correction_channel((with_fields(corrected, releases=None, corrections=(), withdrawn=()),), SITE)) == []
    assert list(correction_channel((corrected,), Publication(name="", url="", author="", language="en"))) == []


def test_programs_get_corrections_as_schema_org_has_them(corrected: Briefing) -> None:
    told = correction_comments(corrected, messages("en"))
    assert {one["@type"] for one in told} == {"CorrectionComment"}
    assert {one["datePublished"] for one in told} == {"2025-11-28"}
    assert "verdict: Partly supported → Disputed" in told[2]["text"]


def test_the_tables_have_each_field_that_was_corrected_and_what_was_withdrawn(
    corrected: Briefing, tmp_path: Path
) -> None:
    files = data_files(corrected, Publication(url="https://example.org/news"))
    for file in files:
        (tmp_path / file.path.rpartition("/")[2]).write_bytes(file.content)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "message"])
    rows = json.loads((tmp_path / "data.json").read_bytes())["corrections"]
    assert [(row["correction"], row["kind"], row["id"], row["field"]) for row in rows] == [
        (1, "correction", "leave-early", "note"),
        (2, "update", "who-pays", "verdict"),
        (3, "typo", "worth-it", "members"),
        (4, "source-change", "best-day", "words"),
        (None, "withdrawal", "a-number", None),
    ]
    assert (rows[1]["before"], rows[1]["after"]) == ("Partly supported", "Disputed")
    assert rows[3]["before"] is None and rows[3]["withheld"]
    root = "https://example.org/news/briefings/good"
    assert rows[0]["permalink"] == f"{root}/method/#_correction-1"
    assert rows[4]["permalink"] == f"{root}/figures/#a-number"


def test_what_is_withheld_is_on_no_page_also_where_the_record_has_it(corrected: Briefing) -> None:
    first, *others = corrected.corrections
    hidden: Correction = with_fields(first, withheld="It named somebody.")
    shown = pages(with_fields(corrected, corrections=(hidden, *others)))
    assert all("</span>students" not in page for page in shown.values())
    assert "It named somebody" in shown["quotes.md"]
