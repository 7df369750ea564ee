"""Names, titles and labels may have a quotation mark that is in no pair: what shows them is verified all the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.text import language
from briefing.text.marked_passages import UnpairedMarks, marked, unpaired
from briefing.verify import verify
from tests.sites import GOOD, build_site, make_site
from tests.verify.mending import mend

ABOUT, NOTES, WORKS = "briefings/good/briefing.yml", "briefings/good/annotations/", "briefings/good/references.yml"
FIELDS: Mapping[str, tuple[str, str, str]] = {
    "title": (ABOUT, "and argues about the bill", "and argues about the bill {}"),
    "author": (ABOUT, "[Mira Castell,", "['Mira {} Castell',"),
    "tag": (ABOUT, "[transport,", "['transport {}',"),
    "title of the source": (ABOUT, "again after council vote", "again after council {} vote"),
    "author of the source": (ABOUT, "author: Nell Okafor", "author: Nell {} Okafor"),
    "publisher of the source": (ABOUT, "publisher: The Harwick Courier", "publisher: The Harwick {} Courier"),
    "person": ("people.yml", "name: Ada Thornbury", "name: Ada {} Thornbury"),
    "name that is filed": (
        "people.yml",
        "vane: Idris Vane",
        "vane:\n  name: Idris {} Vane\n  kind: person\n  sort_as: Vane {}, Idris",
    ),
    "organisation": ("people.yml", "name: Harwick Harbour Trust", "name: Harwick {} Harbour Trust"),
    "title of a note": (NOTES + "context.yml", "title: The landing stage", "title: The {} landing stage"),
    "label": (NOTES + "figures.yml", "label: Boats and repairs", "label: Boats {} and repairs"),
    "unit": (NOTES + "figures.yml", "unit: passengers a day", "unit: passengers {} a day"),
    "tag of a quotation": (NOTES + "quotes.yml", "tags: [students]", "tags: ['students {}']"),
    "who annotates": (NOTES + "quotes.yml", "by: Mira Castell", "by: Mira {} Castell"),
    "who assesses": (NOTES + "quotes.yml", "by: Jonah Reed\n      date", "by: Jonah {} Reed\n      date"),
    "translation": (NOTES + "quotes.yml", "is half a town\n", "is half a {} town\n"),
    "who translates": (NOTES + "quotes.yml", "town\n      by: Jonah Reed", "town\n      by: Jonah {} Reed"),
    "commenter": ("briefings/good/comments.yml", "author: Tidewatcher", "author: Tide {} watcher"),
    "title of a work": (WORKS, "Saltgate Ferry Company\n    authors", "Saltgate Ferry {} Company\n    authors"),
    "author of a work": (WORKS, "authors: The Saltgate Ferry", "authors: The Saltgate {} Ferry"),
    "publisher of a work": (WORKS, "publisher: Harwick Press", "publisher: Harwick {} Press"),
    "place in a work": (WORKS, "where: page 9", "where: page {} 9"),
}
"""The file of each field, its words, and these with a mark."""
MARKS = ("“Tip", "Tip”", 'Tip"', '"Tip', "„Tip", "«Tip", "Tip»", "Tip′", "Tip″", "‘Tip", "O’Tip", "“Tip”", '"Tip"')
FALSE = "we never wanted a ferry here at all"


def marked_files(mark: str) -> dict[str, str]:
    """Return the files of a docs folder in which all these fields have a mark."""
    files: dict[str, str] = {}
    for name, (file, old, new) in FIELDS.items():
        text = files.get(file) or (GOOD / file).read_text("utf-8")
        assert old in text, name
        files[file] = text.replace(old, new.replace("{}", mark), 1)
    return files


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ('"One \'two "three" two\' one"', ["One 'two \"three\" two' one"]),
        ('She said "He told me "no" today" to us.', ['He told me "no" today']),
        ("'One \"two 'three' two\" one'", ["One \"two 'three' two\" one"]),
        ('"I\'m here," he said, "and there." And "so" on.', ["I'm here,", "and there.", "so"]),
        ('A 5" gun, "one" and "two"', ["one", "two"]),
    ],
)
def test_straight_marks_within_others_of_their_own_kind_are_of_one_passage(text: str, passages: list[str]) -> None:
    assert [each.inner.of(text) for each in marked(text, language("en"))] == passages


@pytest.mark.full
@pytest.mark.parametrize("mark", MARKS)
def test_a_site_is_verified_whose_names_have_a_mark_that_pairs_with_none(mark: str, tmp_path: Path) -> None:
    names = {"site_name": f"The {mark} site", "site_author": f"The {mark} desk"}
    configuration = make_site(tmp_path, files=marked_files(mark), site_url="https://example.org/", **names)
    site = build_site(configuration)
    page = site / "briefings/good/quotes/index.html"
    assert mark.strip('"') in page.read_text("utf-8")
    assert verify(site).findings == []
    for words in (f"<p>She said “{FALSE}”.</p>", f'<p>She said "{FALSE}".</p>'):
        text = page.read_text("utf-8")
        page.write_text(text.replace("</article>", f"{words}</article>", 1), "utf-8")
        mend(site)
        assert {(one.kind, one.found.strip(".")) for one in verify(site).findings} == {("passage", FALSE)}
        page.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('a 5" gun', (3,)),
        ("O’Neill “Tip", (8,)),
        ("„Half", (0,)),
        ("Half”", (4,)),
        ("«half", (0,)),
        ("two: “a” and ”", (13,)),
        ("a ″ between", (2,)),
        ("the “Red” house", ()),
        ("The boats’ and the people's", ()),
        ("‘Tip", (0,)),
        ("no mark", ()),
        ("", ()),
    ],
)
def test_marks_in_no_pair_are_found(text: str, places: tuple[int, ...]) -> None:
    assert unpaired(text, language("en")) == places


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (['5" gun'], 'the 5" gun: "a word"', 'the 5\ufffc gun: "a word"'),
        (['5" gun'], "THE 5”  GUN", "THE 5\ufffc  GUN"),
        (['5" gun'], 'a 6" gun: "a word"', 'a 6" gun: "a word"'),
        (["Ada “Tip", "“Tip"], "Ada “Tip and “Tip", "Ada \ufffcTip and \ufffcTip"),
        (["the “Red” house", '"', "plain"], 'the “Red” house, plain, "', 'the “Red” house, plain, "'),
        (["(a.b “c)*"], "(a.b “c)* (aXb “c)*", "(a.b \ufffcc)* (aXb “c)*"),
    ],
)
def test_only_the_marks_of_listed_texts_are_taken_out(names: list[str], text: str, expected: str) -> None:
    rules = language("en")
    assert UnpairedMarks((name, rules) for name in names).taken_out(text, rules) == expected
