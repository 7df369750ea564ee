"""Segments join to the source, and every annotation keeps its words, however they overlap."""

from __future__ import annotations

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from briefing.model.places import Span
from briefing.render.excerpts import Highlight, marked, marked_paragraphs, segments

TEXT = "Nato’s 5 % — “peace” & <b>order</b> 🙂 مرحبا e\u0301 end."


@st.composite
def highlights(draw: st.DrawFn) -> list[Highlight]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        edges = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=6)))
        spans = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
        note = Markup('<sup class="bf-ref">{}</sup>').format(number)
        found.append(Highlight(f"a{number}", "figure" if number % 2 else "quotation", spans, note))
    return found


@given(highlights(), st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_segments_join_to_the_text(found: list[Highlight], a: int, b: int) -> None:
    within = Span(min(a, b), max(a, b))
    cut = list(segments(within, found))
    assert "".join(segment.span.of(TEXT) for segment in cut) == within.of(TEXT)
    for segment in cut:
        expected = {h.id for h in found if any(s.holds(segment.span) for s in h.spans)}
        assert {h.id for h in segment.highlights} == expected


@given(highlights())
def test_marks_hold_exactly_the_words_of_their_annotations(found: list[Highlight]) -> None:
    soup = BeautifulSoup(marked(TEXT, Span(0, len(TEXT)), found), "html.parser")
    numbers = [number.extract() for number in soup.select("sup")]
    assert soup.get_text() == TEXT
    assert len(numbers) == len(found)
    for highlight in found:
        own = [mark.get_text() for mark in soup.find_all("mark") if highlight.id in mark["data-bf"].split()]
        assert "".join(own) == "".join(span.of(TEXT) for span in highlight.spans)
        assert len(soup.find_all(id=f"t-{highlight.id}")) == 1


def test_overlapping_nested_and_crossing_marks_all_survive() -> None:
    long = Highlight("long", "quotation", (Span(0, 20),), Markup("<sup>1</sup>"))
    inner = Highlight("inner", "figure", (Span(7, 10),), Markup("<sup>2</sup>"))
    over = Highlight("over", "context", (Span(15, 30),), Markup("<sup>3</sup>"))
    soup = BeautifulSoup(marked(TEXT, Span(0, len(TEXT)), [long, inner, over]), "html.parser")
    shown = [(mark["data-bf"], mark.get_text()) for mark in soup.find_all("mark")]
    assert shown == [
        ("long", TEXT[0:7]),
        ("long inner", TEXT[7:10]),
        ("long", TEXT[10:15]),
        ("long over", TEXT[15:20]),
        ("over", TEXT[20:30]),
    ]


def test_a_text_keeps_its_paragraphs_and_a_mark_goes_on_in_the_next() -> None:
    crossing = Highlight("crossing", "quotation", (Span(4, 14),), Markup("<sup>1</sup>"))
    shown = marked_paragraphs("One end\n\nTwo words.\n", [crossing])
    mark = '<mark class="bf-mark bf-quotation" data-bf="crossing"'
    assert shown == f'One {mark} id="t-crossing">end</mark></p><p>{mark}>Two w</mark><sup>1</sup>ords.'
