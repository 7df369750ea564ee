"""Small rules of a first draft: which language, which days, which labels, and what decides what an article is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.authoring.ingest import article, draft
from briefing.authoring.ingest.folder import DraftComment, DraftSpeaker, Scope, draft_files
from briefing.authoring.ingest.saved_page import day
from briefing.authoring.ingest.speakers import speaker_of
from briefing.pipeline.checking import check_library
from briefing.text.language_rules import language, language_of

PARAGRAPH = "The council said on Tuesday that the bridge will be closed, and that nobody knows for how long it will be."


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-03-04T10:22:00+00:00", "2025-03-04"),
        ("1700000000", "2023-11-14"),
        ("1700000000000", "2023-11-14"),
        ("Posted on March 4, 2025 at 10:22 am", "2025-03-04"),
        ("4 March 2025", "2025-03-04"),
        ("04.03.2025, 10:12 Uhr", "2025-03-04"),
        ("2025/03/04", "2025-03-04"),
        ("23/03/2025", "2025-03-23"),
        ("03/04/2025", ""),
        ("3 hours ago", ""),
        ("March 4", ""),
        ("4 March 2025, edited 5 March 2025", ""),
        ("2025-13-40", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_only_where_it_is_certain(text: str, iso: str) -> None:
    assert day(text, language("en")) == iso


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (PARAGRAPH, "en"),
        ("Der Rat hat am Dienstag gesagt, dass die Brücke für acht Monate nicht zu benutzen ist.", "de"),
        ("Le conseil a dit que le pont est fermé pour huit mois, et que les gens ne le savent pas.", "fr"),
        ("Мэр сказал, что мост не будет открыт и что это не его вина, а вина тех, кто за него платит.", "ru"),
        ("One two three.", ""),
        ("的 了 是 我 不", ""),
    ],
)
def test_a_language_is_told_only_where_there_is_no_doubt(text: str, tag: str) -> None:
    assert language_of(f"{text} " * 3) == tag


def test_a_text_with_labels_in_capitals_is_a_transcript() -> None:
    made = draft("\n".join(f"{name}: {PARAGRAPH}" for name in ("ADA", "BEN") * 3).encode(), "a.txt")
    assert (made.kind, made.speakers) == ("transcript", {"ADA:": DraftSpeaker("Ada"), "BEN:": DraftSpeaker("Ben")})


def test_a_colon_makes_no_speaker_of_an_article() -> None:
    made = draft(f"Note: {PARAGRAPH}\n{PARAGRAPH}\nThe plan: {PARAGRAPH}".encode(), "a.txt")
    assert (made.kind, made.speakers) == ("article", {})


def test_blank_lines_between_all_paragraphs_are_no_gap() -> None:
    assert draft("\n\n\n\n".join([PARAGRAPH] * 5).encode(), "a.txt").comments == ()


def test_the_text_that_a_page_states_decides() -> None:
    stated = " ".join(f"{PARAGRAPH} {number}" for number in range(3))
    body = "".join(f"<div>{PARAGRAPH} {number}</div>" for number in range(3)) + f"<p>Something else. {PARAGRAPH}</p>"
    page = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{stated}"}}</script>{body}'
    assert draft(page.encode(), "a.html").paragraphs == tuple(f"{PARAGRAPH} {number}" for number in range(3))


@pytest.mark.parametrize(
    "text",
    [
        "議会は火曜日に古い橋を八か月のあいだ閉じることを決めた。",
        "市议会星期二决定把旧桥关闭八个月，以便在冬天以前更换轴承。",
    ],
)
def test_an_article_in_a_script_without_spaces_has_words(text: str) -> None:
    lines = [f"{text}{number}。" for number in range(4)]
    page = f"<nav><a href=/>a</a></nav><article>{''.join(f'<p>{line}</p>' for line in lines)}</article>"
    assert draft(page.encode(), "a.html").paragraphs == tuple(lines)


def test_a_page_too_long_for_trafilatura_is_judged_by_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "MOST", 10)
    links = "<nav>" + "<a href=/>Somewhere else to go to</a>" * 20 + "</nav>"
    page = f"{links}<div>{f'<p>{PARAGRAPH}</p>' * 4}</div><footer>All rights of all of us are reserved here.</footer>"
    assert draft(page.encode(), "a.html").paragraphs == (PARAGRAPH,) * 4


def test_a_stray_nul_is_not_shown() -> None:
    page = "<article>" + f"<p>{PARAGRAPH}</p>" * 40 + "</article>"
    made = draft(page.replace("Tuesday", "Tues\0day", 1).encode(), "a.html")
    assert made.paragraphs == (PARAGRAPH,) * 40


def test_reasons_are_in_the_language_of_the_briefing() -> None:
    text = "Der Rat hat am Dienstag gesagt, dass die Brücke für acht Monate nicht zu benutzen ist."
    page = f'<html lang="de"><nav>Start</nav><article>{f"<p>{text}</p>" * 4}</article></html>'.encode()
    main = draft_files(draft(page, "a.html"), page, ".html", today="2025-11-07")["briefing.yml"].decode()
    assert "reason: Kopfzeile und Navigation der Webseite." in main


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Margaret Doyle", "Margaret Doyle", ""),
        ("Chair, Margaret Doyle", "Margaret Doyle", "Chair"),
        ("Margaret Doyle, Chair", "Margaret Doyle", "Chair"),
        ("Doyle, Margaret", "Margaret Doyle", ""),
        ("Dr. Ada Okonjo (Lakes Trust)", "Ada Okonjo", "Lakes Trust"),
        ("Counsel (Mr Pell KC)", "Mr Pell", "Counsel"),
        ("Mr Tom Reed", "Tom Reed", ""),
        ("MAYOR PELL", "Pell", "Mayor"),
        ("THE CHAIRMAN", "The Chairman", ""),
        ("SPEAKER 1", "Speaker 1", ""),
    ],
)
def test_a_label_holds_a_name_and_what_somebody_is(label: str, name: str, role: str) -> None:
    assert speaker_of(label, language("en")) == DraftSpeaker(name, role)


CUES = """WEBVTT

00:01.000 --> 00:02.000
<v Chair, Ada Reed>Good morning.

00:02.000 --> 00:03.000
We have an hour.

00:03.000 --> 00:04.000
<v.loud Ben Orr>I see.</v> <v Chair, Ada Reed>Do you?

00:04.000 --> 00:05.000
Well?
- Yes.
"""


def test_every_voice_is_a_turn_and_cues_without_one_go_on() -> None:
    made = draft(CUES.encode(), "a.vtt")
    assert made.paragraphs == (
        "Chair, Ada Reed: Good morning. We have an hour.",
        "Ben Orr: I see.",
        "Chair, Ada Reed: Do you? Well?",
        "- Yes.",
    )
    assert made.times == "0:01 0:03 0:03 0:04"
    assert made.speakers == {
        "Chair, Ada Reed:": DraftSpeaker("Ada Reed", "Chair"),
        "Ben Orr:": DraftSpeaker("Ben Orr"),
        "-": DraftSpeaker(),
    }


def test_chevrons_and_names_in_the_text_of_subtitles_are_turns() -> None:
    lines = [
        ">> MAYOR PELL: IT IS SHUT.",
        ">> WHY?",
        ">>MAYOR PELL: CRACKS.",
        "SPEAKER 2: Who pays?",
        ">>> NEXT: SPORT.",
    ]
    cues = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n\n" for n, line in enumerate(lines, 1))
    made = draft(cues.encode(), "a.srt")
    assert made.paragraphs == tuple(lines)
    pell = DraftSpeaker("Pell", "Mayor")
    assert {label: each for label, each in made.speakers.items() if label != "SPEAKER 2:"} == {
        ">> MAYOR PELL:": pell, ">>MAYOR PELL:": pell, ">>": DraftSpeaker()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "said", "written"),
    [
        ("en", "It is expected on 2 November.", "en-GB"),
        ("en", "It was the 2nd of November 2026.", "en-GB"),
        ("en", "It is expected on November 2, 2026.", "en"),
        ("en", "It was on 2 November, and on October 14 again.", "en"),
        ("en", "It may 2 times be said, and 12 Mayors came.", "en"),
        ("en-US", "It is expected on 2 November.", "en-US"),
        ("de", "Es war am 2. November.", "de"),
    ],
)
def test_english_of_no_country_is_british_where_its_days_come_first(tag: str, said: str, written: str) -> None:
    page = f'<html lang="{tag}"><article><h1>Boats</h1>{f"<p>{PARAGRAPH} {said}</p>" * 3}</article></html>'.encode()
    main = draft_files(draft(page, "a.html"), page, ".html", today="2026-11-07")["briefing.yml"].decode()
    assert main.count(f"language: {written}\n") == 2


SCOPES = [
    ("en", Scope("page", 1), "the one comment on the saved page"),
    ("en", Scope("page", 4), "all 4 comments on the saved page"),
    ("en", Scope("page", 4, stated=9), "all 4 comments on the saved page; the page says that there are 9"),
    ("en", Scope("document", 4, question="TODO: write “{scope}”"), "all 4 comments in the document, one per line”"),
    ("de", Scope("page", 1), "der eine Kommentar auf der gespeicherten Seite"),
    ("de", Scope("page", 4, stated=9), "alle 4 Kommentare auf der gespeicherten Seite; laut der Seite gibt es 9"),
    ("ar", Scope("page", 4), "كل التعليقات في الصفحة المحفوظة، وعددها 4"),
    ("ar", Scope("page", 11, stated=19), "كل التعليقات في الصفحة المحفوظة، وعددها 11؛ وتذكر الصفحة أن عددها 19"),
]


@pytest.mark.parametrize(("language", "scope", "words"), SCOPES)
def test_readers_are_told_in_the_language_of_the_briefing_which_comments_were_found(
    tmp_path: Path, language: str, scope: Scope, words: str
) -> None:
    comments = tuple(DraftComment(f"It is {n} times as long.") for n in range(scope.count))
    lines = (PARAGRAPH, *([f"{scope.stated} comments"] if scope.stated else []), *(one.text for one in comments))
    data = "\n".join(lines).encode()
    made = replace(draft(data, "a.txt"), paragraphs=(PARAGRAPH,), comments=comments, scope=scope)
    for name, contents in draft_files(made, data, ".txt", today="2026-11-07", language=language).items():
        path = tmp_path / "briefings" / "a" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
    assert f"{words}\n" in (tmp_path / "briefings/a/comments.yml").read_text("utf-8")
    found = check_library(tmp_path, ["briefings/a"]).briefings[0].problems
    assert "cited-number" not in {problem.code for problem in found}
