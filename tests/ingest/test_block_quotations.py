"""What a document sets apart as a block quotation needs no quotation marks, from `briefing new` to the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.authoring.ingest import draft
from briefing.check.quotables import everything
from briefing.cli import main
from briefing.model import Briefing
from briefing.pipeline.checking import check_alone
from tests.sites import rendered

SEA = "It is not the boats that are expensive. It is the sea."
PUT = "was how one retired skipper, Magnus Flett, put it from the back of the hall, to laughter."
MORE = (
    "The council of the islands met on Tuesday in a packed hall and heard from people who use the ferry every week.",
    "Ada Thornbury, the mayor, said that the boats had carried more people last year than in any year before it.",
    "Councillors voted by eleven to two to ask the minister to step in, and a decision is expected in November.",
)
"""Paragraphs around it."""


def page(before: str = MORE[1], block: str = f"<p>{SEA}</p>", after: str = PUT) -> str:
    inner = f"<p>{MORE[0]}</p><p>{before}</p><blockquote>{block}</blockquote><p>{after}</p><p>{MORE[2]}</p>"
    head = '<html lang="en"><head><title>A ferry</title></head>'
    return f"{head}<body><article><h1>A ferry</h1>{inner}</article></body></html>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> str:
    done = CliRunner().invoke(main, args)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.output


def made(site: Path, text: str) -> Path:
    (site / "saved.html").write_text(text, "utf-8")
    run("new", "ferry", "--from", "saved.html")
    return site / "docs/briefings/ferry"


def checked(site: Path) -> tuple[Briefing, set[str]]:
    built = check_alone(site / "docs", "briefings/ferry")
    assert built.briefing
    return built.briefing, {problem.code for problem in built.problems}


CREDITED = {
    "it goes on behind": (page(), "Magnus Flett"),
    "a colon before": (page(f"{MORE[1]} Magnus Flett said:", after="People laughed for a while."), "Magnus Flett"),
    "a name behind a dash": (page(after="— Magnus Flett, retired skipper"), "Magnus Flett"),
    "a cite within": (
        page(block=f"<p>{SEA}</p><cite>Magnus Flett, letter to the council, 9 October</cite>"),
        "Magnus Flett",
    ),
    "a footer within": (page(block=f"<p>{SEA}</p><footer>Magnus Flett</footer>"), "Magnus Flett"),
    "a last line within": (page(block=f"<p>{SEA}</p><p>– Magnus Flett, skipper</p>"), "Magnus Flett"),
    "a letter that is read out": (
        page("Ada Thornbury, the mayor, read out a letter from the last skipper, Magnus Flett:", after=MORE[1]),
        "Magnus Flett",
    ),
}


def test_a_figure_with_its_credit_is_part_of_the_article_unless_it_only_repeats(site: Path) -> None:
    figure = page("The skipper wrote to the council:", after=MORE[1])
    figure = figure.replace("</blockquote>", "</blockquote><figcaption>Magnus Flett, letter</figcaption></figure>")
    kept, pulled = (figure.replace("<blockquote>", f"<figure{name}><blockquote>") for name in ("", " class=pullquote"))
    assert not draft(pulled.encode(), "saved.html").block_quotations
    folder = made(site, kept)
    assert "  block_quotations: 3\n" in (folder / "briefing.yml").read_text("utf-8")
    run("suggest")
    briefing, codes = checked(site)
    assert [briefing.people[one.speaker].name for one in briefing.quotations] == ["Magnus Flett"]
    assert not codes & {"not-in-original", "uncovered"}


@pytest.mark.parametrize("name", CREDITED)
def test_it_is_recorded_and_drafted_with_who_says_it(site: Path, name: str) -> None:
    text, speaker = CREDITED[name]
    folder = made(site, text)
    assert "  block_quotations: 3\n" in (folder / "briefing.yml").read_text("utf-8")
    run("suggest")
    briefing, codes = checked(site)
    [quotation] = briefing.quotations
    assert (quotation.kind, briefing.people[quotation.speaker].name) == ("direct", speaker)
    assert not codes & {"not-in-quotation-marks", "attribution-missing", "not-a-fragment", "wrong-speaker"}


def test_its_words_were_said_and_those_around_it_were_not(site: Path) -> None:
    made(site, page())
    said = everything(checked(site)[0])
    assert said.has("It is the sea", said=True)
    assert not said.has("how one retired skipper", said=True)


LABELS = {"direct": set(), "fragment": {"not-a-fragment"}, "reported": {"in-quotation-marks"}}
"""What is wrong with each label of all of its words."""


@pytest.mark.parametrize("kind", LABELS)
def test_it_is_labelled_as_what_is_in_quotation_marks(site: Path, kind: str) -> None:
    folder = made(site, page())
    (site / "docs/people.yml").write_text("flett: Magnus Flett\n", "utf-8")
    main_file = folder / "briefing.yml"
    main_file.write_text(main_file.read_text("utf-8") + "people: {flett: {role: Skipper}}\n", "utf-8")
    entry = f"quotes:\n  - {{id: sea, target: {SEA}, speaker: flett, kind: {kind}}}\n"
    (folder / "annotations").mkdir(exist_ok=True)
    (folder / "annotations/quotes.yml").write_text(entry, "utf-8")
    wrong = {"not-in-quotation-marks", "in-quotation-marks", "not-a-fragment", "attribution-missing"}
    assert checked(site)[1] & wrong == LABELS[kind]


def test_without_the_field_it_is_told_by_the_source(site: Path) -> None:
    folder = made(site, page())
    text = (folder / "briefing.yml").read_text("utf-8")
    (folder / "briefing.yml").write_text(text.replace("  block_quotations: 3\n", ""), "utf-8")
    run("suggest")
    assert not checked(site)[0].quotations


NUMBERS = {
    "2 3": "paragraph 2 is no block quotation in “original.html”",
    "3 9": "the source has no paragraph 9, only 5",
    "3 2": "“3 2” are no numbers of paragraphs",
}


@pytest.mark.parametrize("given", NUMBERS)
def test_numbers_that_are_wrong_are_said(site: Path, given: str) -> None:
    folder = made(site, page())
    text = (folder / "briefing.yml").read_text("utf-8")
    (folder / "briefing.yml").write_text(text.replace("block_quotations: 3", f"block_quotations: {given}"), "utf-8")
    assert NUMBERS[given] in run("check")


def test_the_page_sets_it_apart(site: Path) -> None:
    made(site, page())
    run("suggest")
    pages = rendered(checked(site)[0])
    [text] = [page.markdown for path, page in pages.items() if path.endswith("text.md")]
    assert text.count("bf-set-apart") == 1
    assert 'id="p3"' in text.partition("bf-set-apart")[2].partition("</div>")[0]


def test_rebase_follows_it(site: Path) -> None:
    folder = made(site, page())
    new = page().replace(f"<p>{MORE[0]}</p>", f"<p>{MORE[0]}</p><p>It rained all day on both sides of the water.</p>")
    (site / "new.html").write_text(new, "utf-8")
    told = run("rebase", "-b", "briefings/ferry", "--to", "new.html", "--accept", "added", "--no-ask")
    assert "block_quotations: 4" in (folder / "briefing.yml").read_text("utf-8"), told


def test_a_page_that_sets_most_of_its_text_so_records_none() -> None:
    text = page(block="".join(f"<p>{words}</p>" for words in (SEA, *(f"{words} {words} So it was." for words in MORE))))
    assert not draft(text.encode(), "saved.html").block_quotations


DOCUMENTS = {
    "saved.md": (f"# A ferry\n\n{MORE[0]}\n\n{MORE[1]}\n\n> {SEA}\n\n{PUT}\n", "4"),
    "saved.html": (page(block=f"<p>{SEA}</p><p>It always was.</p>"), "3 4"),
    "signed.html": (page(block=f"<p>{SEA}</p><p>— It always was, he said.</p><cite>A skipper</cite>"), "3 4"),
    "cited.html": (page(block=f"<p><cite>{SEA}</cite></p><p>As <cite>The Sea</cite> has it.</p>"), "3 4"),
    "saved.txt": (f"{MORE[0]}\n\n> {SEA}\n", ""),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_kinds_of_documents(name: str) -> None:
    text, numbers = DOCUMENTS[name]
    assert draft(text.encode(), name).block_quotations == numbers
