"""Where a long text is cut, and on which page each of its places is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.collection import echoes, searched_words, word_hashes
from briefing.model import Briefing
from briefing.model.places import Span
from briefing.pipeline.checking import check_library
from briefing.render import further, further_files, text_page_of_paragraph, text_pages
from briefing.render.escape import Markup
from briefing.render.excerpts import Highlight
from briefing.render.slots import echo_links
from briefing.render.source_text import read_paragraphs
from briefing.render.text_pages import by_line, text_page_of, text_parts
from tests.generate import SHARED, write_headings, write_library

Made = Callable[..., Briefing]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A briefing of sixty annotations whose text is long from so many bytes on."""

    def make(heaviest: int, every: int = 0, name: str = "docs") -> Briefing:
        monkeypatch.setattr(text_pages, "HEAVIEST", heaviest)
        write_library(tmp_path / name, 1, annotations=60, paragraphs=40)
        if every:
            write_headings(tmp_path / name / "briefings/b0000", every)
        briefing = check_library(tmp_path / name).briefings[0].briefing
        assert briefing
        return briefing

    return make


def test_a_short_text_is_one_page_from_its_first_to_its_last_character(made: Made) -> None:
    briefing = made(10_000_000)
    (part,) = text_parts(briefing)
    assert (part.name, part.span) == ("text", Span(0, len(briefing.source.text)))
    assert further(briefing) == () and further_files(briefing) == ()


def test_the_pages_have_every_paragraph_once_and_are_even(made: Made) -> None:
    briefing = made(20_000)
    parts = text_parts(briefing)
    assert [part.name for part in parts] == ["text", *(f"text-{n}" for n in range(2, len(parts) + 1))] and len(
        parts
    ) > 2
    assert [at for part in parts for at in part.paragraphs] == [*range(len(briefing.source.paragraphs))]
    lengths = [len(part.paragraphs) for part in parts]
    assert max(lengths) - min(lengths) < 0.4 * max(lengths)
    assert further(briefing) == tuple(part.name for part in parts[1:])
    assert further_files(briefing) == ("places.js", "passages.js")


def test_a_page_begins_at_a_heading_where_one_is_near(made: Made) -> None:
    briefing = made(20_000, every=2)
    assert all(part.heading.startswith("Chapter ") for part in text_parts(briefing)[1:])
    assert len(text_parts(briefing)) > 2


def test_lines_of_a_table_are_no_headings(made: Made) -> None:
    briefing = made(20_000)
    text = "\n".join(f"Row {n}: {n} wagons" for n in range(400))
    source = replace(
        briefing.source,
        text=text,
        paragraphs=tuple(
            replace(briefing.source.paragraphs[0], number=n, span=Span(start, start + len(line)))
            for n, (start, line) in enumerate(_lines(text), 1)
        ),
    )
    parts = text_parts(replace(briefing, source=source, quotations=(), figures=(), context=(), derived=()))
    assert len(parts) > 1 and not any(part.heading for part in parts)


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.splitlines():
        found.append((at, line))
        at += len(line) + 1
    return found


def test_one_endless_paragraph_is_one_page(made: Made) -> None:
    briefing = made(20_000)
    text = "words " * 20_000
    paragraph = replace(briefing.source.paragraphs[0], span=Span(0, len(text)))
    source = replace(briefing.source, text=text, paragraphs=(paragraph,))
    assert [part.name for part in text_parts(replace(briefing, source=source, quotations=(), figures=()))] == ["text"]


def test_each_place_has_its_page(made: Made) -> None:
    briefing = made(20_000)
    for part in text_parts(briefing):
        for at in part.paragraphs:
            assert text_page_of_paragraph(briefing, at + 1) == part.name
    of = {part.name: part for part in text_parts(briefing)}
    pages = set()
    for annotation in briefing.annotations:
        name = text_page_of(briefing, annotation)
        pages.add(name)
        assert of[name].span.holds(briefing.anchors[annotation.id].spans[0])
    assert pages == set(of)


def test_an_annotation_over_the_end_of_a_page_has_words_and_a_number_on_both(made: Made) -> None:
    briefing = made(20_000)
    first, second, *_ = text_parts(briefing)
    over = Span(first.span.end - 20, second.span.start + 20)
    found = list(read_paragraphs(briefing, [Highlight("over", "figure", (over,), Markup("<sup>1</sup>"))]))
    marked = [read for read in found if "<mark" in read.html]
    assert [read.part for read in marked] == [first, second]
    assert all(read.html.count("<sup>1</sup>") == read.html.count('id="t-over"') == 1 for read in marked)


def test_others_that_have_the_same_words_lead_to_the_page_of_the_paragraph(made: Made, tmp_path: Path) -> None:
    whole = made(20_000)
    there = replace(whole, quotations=tuple(each for each in whole.quotations if each.id != "shared"))
    last = text_parts(there)[-1]
    here = replace(whole, path="briefings/other")
    words = {
        there.path: searched_words(there, lambda number: text_page_of_paragraph(there, number)),
        here.path: searched_words(here),
    }
    found = echoes([word_hashes(each) for each in words.values()], words.__getitem__)[here.path, "shared"]
    assert [(echo.page, echo.paragraph) for echo in found] == [(last.name, last.paragraphs[-1] + 1)]
    assert SHARED in there.source.text
    assert f"b0000/{last.name}.md#p{last.paragraphs[-1] + 1}" in echo_links(here.path, "en", found)


def test_what_touches_each_line_is_found_as_by_looking_at_all() -> None:
    lines = [Span(at, at + 7) for at in range(0, 100, 10)]
    spans = [Span(start, start + length) for start in range(0, 95, 3) for length in (1, 5, 12, 40)]
    found = by_line(lines, (((span,), span) for span in spans))
    assert found == {
        at: own for at, line in enumerate(lines) if (own := [span for span in spans if span.overlaps(line)])
    }
    assert by_line(lines, [((Span(1, 3), Span(4, 25)), "one")]) == {0: ["one"], 1: ["one"], 2: ["one"]}


@pytest.mark.parametrize(("name", "what"), [("text-2.md", "page “text-2”"), ("places.js", "file “places.js”")])
def test_a_file_of_ones_own_where_a_further_page_would_be_is_told(
    made: Made, tmp_path: Path, name: str, what: str
) -> None:
    made(20_000, name="docs")
    (tmp_path / "docs/briefings/b0000" / name).write_text("own\n", "utf-8")

    def told() -> list[str]:
        problems = check_library(tmp_path / "docs").briefings[0].problems
        return [problem.message for problem in problems if problem.code == "page-collision"]

    assert [what in message for message in told()] == [True]


def test_such_files_are_free_in_a_briefing_with_a_short_text(made: Made, tmp_path: Path) -> None:
    made(10_000_000, name="docs")
    for name in ("text-2.md", "places.js"):
        (tmp_path / "docs/briefings/b0000" / name).write_text("own\n", "utf-8")
    problems = check_library(tmp_path / "docs").briefings[0].problems
    assert not [problem for problem in problems if problem.code == "page-collision"]
