"""Small rules of a first draft: which language, which days, which labels, and what decides what an article is."""

from __future__ import annotations

import pytest

from briefing.authoring.ingest import article, draft
from briefing.authoring.ingest.detect import day
from briefing.authoring.ingest.folder import draft_files
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
    assert (made.kind, made.speakers) == ("transcript", {"ADA:": "ADA", "BEN:": "BEN"})


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
