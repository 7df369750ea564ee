"""Links to the very place: words in a page, the page of a PDF, the moment of a recording, a copy of what is gone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.model import Briefing, Reference
from briefing.model.places import Place
from briefing.model.publication import Publication
from briefing.pipeline.checking import check_alone
from briefing.render.citations import citations
from briefing.render.messages import messages
from briefing.render.places import excerpt_link, paragraph_place, place_link
from briefing.render.record_view import view_record
from tests.sites import GOOD

SAY = messages("en")
PAGE = "https://www.example.org/a#top"
FOLDER = "briefings/good/"
COPY = "https://archive.example/x"
PDF = "https://www.example.org/a.PDF?v=1#top"


@pytest.fixture(scope="module")
def good() -> Briefing:
    found = check_alone(GOOD, "briefings/good").briefing
    assert found
    return found


def source_of(good: Briefing, **fields: object) -> Briefing:
    return replace(good, source=replace(good.source, **{"url": "", **fields}))


EVERY = len("123456789")  # paragraphs of the source


@pytest.mark.parametrize(
    ("fields", "label", "address"),
    [
        ({}, "", ""),
        ({"url": PAGE}, "In the original", "https://www.example.org/a#:~:text="),
        ({"url": PAGE, "url_status": "dead"}, "", ""),
        ({"url": PAGE, "url_status": "dead", "archived": COPY}, "In the original", f"{COPY}#:~:text="),
        ({"url": PDF, "pages": (1, 1, 1)}, "Page 3 of the original", "https://www.example.org/a.PDF?v=1#page=3"),
        ({"url": PAGE, "pages": (1, 1)}, "Page 2 of the original", PAGE),
        ({"pages": (1, 1)}, "Page 2 of the original", ""),
        ({"url": PAGE, "times": (95,) * EVERY}, "At 1:35 in the recording", PAGE),
        (
            {"times": (3695,) * EVERY, "recording": f"{FOLDER}talk.mp3"},
            "At 1:01:35 in the recording",
            "talk.mp3#t=3695",
        ),
        ({"times": (0,) * EVERY, "recording": COPY}, "At 0:00 in the recording", f"{COPY}#t=0"),
        (
            {"times": (0,) * EVERY, "recording": f"{FOLDER}a b/t#1?.mp3"},
            "At 0:00 in the recording",
            "a%20b/t%231%3F.mp3#t=0",
        ),
    ],
)
def test_an_annotation_leads_to_its_place(good: Briefing, fields: dict[str, object], label: str, address: str) -> None:
    briefing = source_of(good, **fields)
    made = place_link(briefing, briefing.quotations[0], SAY).replace("&#58;", ":").replace("&#45;", "-")
    if not address:
        assert made == label
    else:
        assert made.startswith(f"[{label}]({address}")
        assert made.endswith(f"{address})") or ":~:text=" in address


def test_words_of_a_comment_are_in_no_original(good: Briefing) -> None:
    briefing = source_of(good, url=PDF, pages=(1,))
    of_comments = [each for each in briefing.annotations if briefing.anchors[each.id].comment]
    assert of_comments and all(place_link(briefing, each, SAY) == "" for each in of_comments)


def test_the_text_says_where_a_page_begins_and_when_each_paragraph_does(good: Briefing) -> None:
    paged = source_of(good, url=PDF, pages=(1, 4, 4)).source
    shown = {number: paragraph_place(paged, number, SAY) for number in range(1, EVERY + 1)}
    assert [number for number, each in shown.items() if each] == [1, 4]
    assert shown[4] == "[p&#46; 3](https://www.example.org/a.PDF?v=1#page=3)"
    recorded = source_of(good, times=tuple(range(0, 9 * EVERY, 9)), recording=f"{FOLDER}talk.mp3").source
    assert paragraph_place(recorded, 2, SAY).startswith("[0&#58;09](talk.mp3#t=9 ")
    assert paragraph_place(source_of(good).source, 1, SAY) == ""


def test_a_citation_names_the_page_or_the_moment(good: Briefing) -> None:
    for fields, place in ({"pages": (1, 1)}, ", p. 2, "), ({"times": (95,) * EVERY}, ", 1:35, "), ({}, ", "):
        briefing = source_of(good, **fields)
        said = briefing.quotations[0]
        found = citations(briefing, Publication(), SAY, [(said, view_record(briefing, said, SAY))])[-1]
        assert f"2025{place}quoted in" in "".join(text for text, _ in found.chicago)


@pytest.mark.parametrize(
    ("url", "where", "expected"),
    [
        ("", "section 2", "section 2"),
        ("", "", ""),
        (PAGE, "section 2", '<a href="https://www.example.org/a#:~:text=one%2C%20two">section 2</a>'),
        (PAGE, "", '<a href="https://www.example.org/a#:~:text=one%2C%20two">in the work</a>'),
        (PDF, "p. 7", '<a href="https://www.example.org/a.PDF?v=1#page=7">p. 7</a>'),
        (PDF, "Seite 12, unten", '<a href="https://www.example.org/a.PDF?v=1#page=12">Seite 12, unten</a>'),
        (PDF, "section 7", f'<a href="{PDF}">section 7</a>'),
        (PAGE, '"><script>', '<a href="https://www.example.org/a#:~:text=one%2C%20two">&quot;&gt;&lt;script&gt;</a>'),
    ],
)
def test_an_excerpt_leads_to_its_words(url: str, where: str, expected: str) -> None:
    work = Reference(
        id="r", title="", authors=(), publisher="", url=url, published="", checked="", archived="", excerpts=(),
        note="", at=Place("references.yml"),
    )  # fmt: skip
    made = excerpt_link(work, "one, two", where, SAY)
    plain = {35: "#", 58: ":", 126: "~", 61: "=", 46: ".", 63: "?", 44: ","}
    for number, sign in plain.items():
        made = made.replace(f"&#{number};", sign)
    for number, name in {34: "quot", 62: "gt", 60: "lt"}.items():
        made = made.replace(f"&#{number};", f"&{name};")
    assert made == expected
