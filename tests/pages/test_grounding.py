"""What pages say of grounds: labels beside sentences, shares, evidence, derived figures, counts in good grammar."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown import markdown

from briefing.render.messages import messages
from briefing.render.summary_counts import counter
from tests.check import folders
from tests.sites import rendered


def page(folder: Path, case: dict[str, Any], name: str) -> str:
    """One page as Markdown; the case has no problem."""
    briefing = folders.make(folder, case)
    assert folders.found(briefing) == []
    return rendered(briefing)[f"b/{name}.md"].markdown


REFERENCES = [
    {"id": "seen", "title": "A work", "excerpts": [{"exact": "5 boats"}]},
    {"id": "unseen", "title": "A work"},
]


def told(markdown: str) -> str:
    """A page's Markdown as a reader sees it: the sign of an author's reading as ◦, its words between ‹ and ›."""
    markdown = re.sub(r'<span class="bf-sign bf-onward"[^>]*>.</span>', "", markdown)
    words = re.sub(r'<span class="bf-cite bf-reading">\[([^\]]*)\]\([^)]*\)</span>', r"‹\1›", markdown)
    words = re.sub(r'<span class="bf-sign" role="img" aria-label="[^"]+" title="[^"]+">(.)</span>', r"\1", words)
    words = re.sub(r'<span class="bf-cite">.*?</span>', "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words))
    return unescape(words).replace("\u202f", "").replace("\u00a0", " ")


def test_every_sentence_that_rests_on_a_reference_without_excerpts_has_the_sign(tmp_path: Path) -> None:
    note = (
        "There were 5 boats [@seen]. There were 6 rafts [@unseen]. "
        "Both floated [@seen; @unseen]. Some were blue [@unseen]."
    )
    case = {"references": REFERENCES, "context": [{"target": "One paragraph", "note": note}]}
    shown = told(page(tmp_path / "a", case, "context"))
    assert "There were 5 boats. There were 6 rafts.◦ Both floated. Some were blue.◦ ‹author’s reading›\n" in shown, (
        shown
    )
    method = told(page(tmp_path / "b", case, "method"))
    assert "2 of 4 sentences are the author’s reading" in method and "is marked ◦" in method
    assert "1 number in the author’s own text was found" in method
    assert "2 sentences marked ◦ are the author’s reading" in told(page(tmp_path / "c", case, "index"))


def test_sentences_that_rest_on_what_ends_their_paragraph_are_counted(tmp_path: Path) -> None:
    note = "The company runs the route. It has 5 boats [@seen]."
    case = {"references": REFERENCES, "context": [{"target": "One paragraph", "note": note}]}
    method = told(page(tmp_path / "a", case, "method"))
    assert (
        "1 sentence cites nothing itself and counts as based on what its paragraph cites at its end." in method
        and "are the author’s reading" not in method
    )
    case["context"][0]["note"] = "It has 5 boats [@seen]."  # type: ignore[index]
    assert "counts as based on" not in told(page(tmp_path / "b", case, "method"))


def test_what_is_set_aside_is_shown_or_named_by_its_place(tmp_path: Path) -> None:
    source = "There were 40 boats and 12 crews.\nFar from there, “We go,” Ada said. In 2019 it was quiet.\n"
    case: dict[str, Any] = {
        "source.txt": source,
        "figures": [{"target": "40 boats", "value": 40, "unit": "boats"}],
        "ignore": [{"target": words} for words in ("12", "We go", "2019")],
    }
    whole = {"briefing": {"source": {"publish": "full", "rights": "CC BY 4.0"}}}
    method = told(page(tmp_path / "a", case, "method"))
    assert "<q>12</q>, a quoted passage in paragraph 2, a number in paragraph 2: A reason." in method.replace(
        "&#46;", "."
    )
    assert "2019" not in method and "We go" not in method
    method = told(page(tmp_path / "b", case | whole, "method"))
    assert "<q>We go,</q>, <q>12</q>, <q>2019</q>: A reason." in method


SENTENCES = [
    # a number that cites nothing, in a paragraph that ends with a reference without excerpts
    (
        "It is a council with 99 members. It was founded in 1974 [@unseen].",
        "It is a council with 99 members.◦ It was founded in 1974.◦ ‹author’s reading›",
    ),
    ("All is well. There were 6 rafts [@unseen].", "All is well.◦ There were 6 rafts.◦ ‹author’s reading›"),
    ("There were 5 boats [@seen]. All new [@unseen].", "There were 5 boats. All new.◦ ‹author’s reading›"),
    ("There were 6 rafts. [@unseen] Then 5 boats. [@seen]", "There were 6 rafts.◦ ‹author’s reading› Then 5 boats."),
    (
        "There were 6 rafts [@unseen], they say. 5 boats [@seen].",
        "There were 6 rafts, they say.◦ ‹author’s reading› 5 boats.",
    ),
    ("*6 rafts [@unseen].* 5 boats [@seen].", "<em>6 rafts.◦ ‹author’s reading›</em> 5 boats."),
    ("[6 rafts came.](https://example.org) All new [@unseen].", "6 rafts came.◦ All new.◦ ‹author’s reading›"),
    (
        "“6 rafts. New.” [@unseen]\n\n6 again [@unseen].",
        "“6 rafts. New.”◦ ‹author’s reading›\n\n6 again.◦ ‹author’s reading›",
    ),
    ("- 6 rafts [@unseen].\n- 5 boats [@seen].", "-   6 rafts.◦ ‹author’s reading›\n-   5 boats."),
    ("6 a\\*b\\* rafts\ncame. 5 boats [@seen; @unseen].", "6 a*b* rafts came.◦ ‹author’s reading› 5 boats."),
]


@pytest.mark.parametrize(("note", "shown"), SENTENCES, ids=[note for note, _ in SENTENCES])
def test_the_sign_is_at_the_end_of_its_sentence_and_the_words_once_a_paragraph(
    note: str, shown: str, tmp_path: Path
) -> None:
    case = {"references": REFERENCES, "context": [{"target": "One paragraph", "note": note}]}
    assert shown in told(page(tmp_path, case, "context"))


def test_a_value_of_a_series_that_nobody_else_has_seen_has_the_sign_and_so_has_what_rests_on_it(tmp_path: Path) -> None:
    points = [{"period": 2023, "value": 5, "cite": "seen"}, {"period": 2024, "value": 6, "cite": "unseen"}]
    case = {
        "source.txt": "It has 7 boats.",
        "references": REFERENCES,
        "figures": [{"id": "fleet", "target": "7 boats", "value": 7, "unit": "boats", "series": points}],
        "briefing": {"key_points": ["It has 7 boats [@fleet]. It had 5 boats [@fleet]. It had 6 boats [@fleet]."]},
    }
    assert re.findall(r"◦|‹.*?›", told(page(tmp_path / "a", case, "figures"))) == ["◦", "‹author’s reading›"]
    index = told(page(tmp_path / "b", case, "index"))
    assert "It has 7 boats. It had 5 boats. It had 6 boats.◦ ‹author’s reading›" in index


def test_a_verdict_whose_evidence_shows_no_words_is_the_authors_reading(tmp_path: Path) -> None:
    def with_evidence(name: str, *evidence: str) -> str:
        assessment = {"verdict": "disputed", "by": "Me", "date": "2025-01-01", "evidence": list(evidence)}
        case = {
            "source.txt": "“It is so,” said Mayor Ada Lang.",
            "references": REFERENCES,
            "quotes": [{"target": "It is so", "assessment": assessment}],
        }
        return told(page(tmp_path / name, case, "quotes"))

    assert "‹author’s reading›" in with_evidence("a", "unseen")
    assert "‹author’s reading›" not in with_evidence("b", "unseen", "seen")


def test_what_has_no_page_of_its_own_says_it_in_words(tmp_path: Path) -> None:
    case = {"references": REFERENCES, "briefing": {"summary": "There were 6 rafts. All was well [@unseen]."}}
    index = page(tmp_path, case, "index")
    assert 'description: "There were 6 rafts. (author’s reading) All was well. (author’s reading)"' in index


def test_words_of_how_many_are_not_called_checked_where_a_language_has_none(tmp_path: Path) -> None:
    case = {"comments": [{"id": "c1", "text": "A."}], "themes": [{"comments": ["c1"]}], "briefing": {"language": "ar"}}
    assert messages("ar")("method.rubric")[:20] not in told(page(tmp_path, case, "method"))


def test_the_rubric_has_the_words_that_the_prose_has(tmp_path: Path) -> None:
    comments = [{"id": f"c{n}", "text": "A."} for n in range(1, 4)]
    theme = {"comments": ["c1", "c2", "c3"], "summary": "Most readers agree [@c1] [@c2]."}
    method = page(tmp_path / "a", {"comments": comments, "themes": [theme]}, "method")
    assert "more than half, of at least three" in method and "exactly half" not in method
    del theme["summary"]
    assert "more than half" not in page(tmp_path / "b", {"comments": comments, "themes": [theme]}, "method")


def test_a_derived_figure_shows_its_formula_and_what_it_uses(tmp_path: Path) -> None:
    case = {
        "source.txt": "It made 4.5 million.",
        "figures": [{"id": "theirs", "target": "4.5 million", "value": 4.5, "unit": "million shells"}],
        "references": REFERENCES,
        "derived": [
            {
                "id": "each",
                "label": "Shells for each boat",
                "formula": "theirs / boats",
                "inputs": [{"name": "boats", "cite": "seen", "value": 5}],
                "value": 900000,
                "unit": "shells",
            }
        ],
        "briefing": {"key_points": ["Each boat gets 900,000 shells [@each]."]},
    }
    figures = page(tmp_path / "a", case, "figures")
    assert '<h3 id="each"' in figures
    assert "900,000 shells" in figures and "theirs &#47; boats" in figures
    assert re.search(
        r"<code>theirs</code></th><td>4,500,000</td><td markdown=\"span\">\[1\]\(figures.md#theirs", figures
    )
    assert re.search(
        r"<code>boats</code></th><td>5</td><td markdown=\"span\">\[R1&#58; A work\]\(method.md#seen", figures
    )
    assert "figures.md#each" in page(tmp_path / "b", case, "index")


@pytest.mark.parametrize(("language", "shown"), [("en", "about 0.6667"), ("de", "rund 0,6667"), ("ar", "نحو 0.6667")])
def test_a_number_that_goes_on_and_on_is_rounded_for_readers(tmp_path: Path, language: str, shown: str) -> None:
    case = {
        "source.txt": "2 of 3 went.",
        "figures": [{"id": "went", "target": "2", "value": 2}, {"id": "all", "target": "3", "value": 3}],
        "derived": [
            {"id": "share", "label": "Share", "formula": "went / all", "value": 0.67},
            {"id": "double", "label": "Double", "formula": "share * 2", "value": 1.33},
        ],
        "briefing": {"language": language},
    }
    figures = page(tmp_path, case, "figures")
    assert f"<code>share</code></th><td>{shown}</td>" in figures and "66666" not in figures


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1 comment", "2 comments"]),
        ("de", ["1 Kommentar", "2 Kommentare"]),
        ("ar", ["تعليق واحد", "تعليقان"]),
    ],
)
def test_counts_agree_in_grammar(tmp_path: Path, language: str, expected: list[str]) -> None:
    case = {
        "comments": [{"id": "c1", "text": "A."}, {"id": "c2", "text": "B."}],
        "themes": [{"id": "t1", "was": ["old"], "comments": ["c1", "c1"]}],
    }
    count = counter(folders.make(tmp_path, case), messages(language))
    assert [count("t1"), count("comments")] == expected
    assert count("old") == expected[0]


def test_counts_are_harmless_in_plain_markdown() -> None:
    assert markdown("In [#comments] and [#a-theme], see [@c1].") == "<p>In [#comments] and [#a-theme], see [@c1].</p>"


@pytest.mark.parametrize(
    ("language", "note", "shown"),
    [
        ("en", "It is old. It is long [@seen].", "It is old.→ It is long [R1]."),
        ("en", "It is old. It is long. It has *boats* [@seen].", "It is old.→ It is long.→ It has *boats* [R1]."),
        ("en", "It is old [@ref]. It is long. It is red [@seen].", "It is old [R2]. It is long.→ It is red [R1]."),
        ("en", "It is old [@seen].", "It is old [R1]."),
        ("en", "It is old [@seen]. It is long.", "It is old [R1]. It is long."),
        ("en", "It is old. It is long.\n\nIt is red [@seen].", "It is old. It is long. It is red [R1]."),
        ("en", "*It is old.* It is long [@seen; @ref].", "*It is old.→* It is long [R1], [R2]."),
        ("ar", "It is old. It is long [@seen].", "It is old.← It is long [R1]."),
    ],
)
def test_a_sentence_that_relies_on_what_closes_its_paragraph_points_to_it(
    tmp_path: Path, language: str, note: str, shown: str
) -> None:
    case = {
        "source.txt": "It has 5 boats.",
        "briefing": {"language": language},
        "references": [*REFERENCES[:1], {**REFERENCES[0], "id": "ref"}],
        "context": [{"id": "n", "target": "5 boats", "note": note}],
    }
    label = messages(language)("label.reference", n=1)
    written = unescape(page(tmp_path, case, "context")).replace("\u202f", " ").replace(label, "R1")
    text = re.sub(
        r'<span class="bf-sign bf-onward" role="img" aria-label="[^"]*\[R1[^"]*" title="[^"]+">(.)</span>',
        r"\1",
        written,
    )
    text = re.sub(r'<span class="bf-cite">(.*?)</span>', r"\1", re.sub(r"</?em>", "*", text))
    text = re.sub(r"\[(R\d)\]\([^)]*\)", r"[\1]", text)
    assert shown in " ".join(text.split())
    assert ("→" in page(tmp_path / "m", case, "method")) is ("→" in shown)
