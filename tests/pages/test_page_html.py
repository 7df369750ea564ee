"""The HTML of generated pages is, byte for byte, what MkDocs and Python-Markdown make of their Markdown."""

from __future__ import annotations

import pickle
import random
import re
import shutil
import time
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import toc
from mkdocs.structure.toc import get_toc
from pymdownx import slugs

from briefing.mkdocs import html_rules as rules_module
from briefing.mkdocs.html_rules import SPECIMEN, html_rules
from briefing.model import Page
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.checking import check_library
from briefing.render.page_html import HtmlRules, links_html, page_html
from briefing.render.page_html.contents import Contents, Heading
from briefing.render.slots import EchoSlot
from briefing.site.error_notice import notices
from tests import readings
from tests.conftest import CASES
from tests.everywhere import write_everywhere
from tests.generate import write_comments, write_library
from tests.hostile import write_hostile
from tests.sites import GOOD, rendered_site, templates
from tests.sizes import soak
from tests.stock import BARE, INIT, Stock, entries
from tests.test_problems import FOUND, change

EVERY_CONFIGURATION = [
    pytest.param(extensions, directory_urls, id=f"{name}-{'folders' if directory_urls else 'files'}")
    for name, extensions in {"init": INIT, "bare": BARE}.items()
    for directory_urls in (True, False)
]
MANY: tuple[Any, ...] = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"),
    {
        "toc": {
            "permalink": "#",
            "permalink_title": 'A "link"',
            "toc_depth": "2-3",
            "slugify": slugs.slugify(case="lower"),
        }
    },
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark"),
    *("pymdownx.snippets", "pymdownx.superfences", {"pymdownx.tabbed": {"alternate_style": True}}),
    *("pymdownx.tasklist", "pymdownx.tilde"),
)
"""What Material's own manual recommends."""


def refused(stock: Stock, pages: Iterable[Page]) -> list[str]:
    """The pages that are left to MkDocs; all others are equal."""
    return [page.path for page in pages if not stock.same(page)]


# --- the pages that there are --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("extensions", "directory_urls"), EVERY_CONFIGURATION)
@pytest.mark.parametrize("preview", [False, True])
def test_the_pages_of_the_good_briefing(extensions: list[object], directory_urls: bool, preview: bool) -> None:
    stock = Stock(extensions, directory_urls=directory_urls)
    assert refused(stock, rendered_site(GOOD, preview=preview).pages) == []


@pytest.mark.parametrize("docs", ["reported/docs", "languages/docs", "upgrade/site/docs"])
def test_the_pages_of_other_cases(docs: str) -> None:
    assert refused(Stock(), rendered_site(CASES / docs).pages) == []


@pytest.mark.full
def test_the_pages_of_this_site_with_many_extensions() -> None:
    pages = rendered_site(Path(__file__).parents[2] / "docs").pages
    assert refused(Stock(), pages) == []
    assert refused(Stock(MANY), pages[:7]) == []


@pytest.mark.parametrize("language", ["en-GB", "de", "ar"])
def test_pages_with_signs_of_readings(tmp_path: Path, language: str) -> None:
    shutil.copytree(GOOD, tmp_path / "docs")
    for name, text in readings.files(language).items():
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    assert refused(Stock(), rendered_site(tmp_path / "docs").pages) == []


@pytest.mark.full
@pytest.mark.parametrize("briefings", [1, 4])
def test_the_pages_of_a_library(tmp_path: Path, briefings: int) -> None:
    write_library(tmp_path / "docs", briefings, annotations=40 * briefings, paragraphs=6)
    assert refused(Stock(), rendered_site(tmp_path / "docs").pages) == []


@pytest.mark.full
def test_the_pages_of_many_comments(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, annotations=4, paragraphs=2)
    write_comments(tmp_path / "docs/briefings/b0000", 600, 14)
    assert refused(Stock(), rendered_site(tmp_path / "docs").pages) == []


@pytest.mark.full
def test_pages_of_problems_and_notices(tmp_path: Path) -> None:
    pages: dict[str, Page] = {}
    for case in {case.parent: case for case in FOUND}.values():
        docs = tmp_path / case.parent.name / "docs"
        shutil.copytree(GOOD, docs)
        change(docs, (case / "change.yml").read_text("utf-8"), tmp_path / case.parent.name / "outside")
        pages |= {page.markdown: page for page in rendered_site(docs, preview=True).pages}
        pages |= {page.markdown: page for page in notices(check_library(docs), templates().environment(), "de")}
    assert sum("bf-problem" in markdown for markdown in pages) > 20
    assert refused(Stock(), pages.values()) == []


@pytest.mark.full
def test_hostile_words_are_shown_as_mkdocs_shows_them(tmp_path: Path) -> None:
    stock = Stock()
    write_hostile(tmp_path / "hostile")
    assert refused(stock, rendered_site(tmp_path / "hostile").pages) == []
    write_everywhere(tmp_path / "everywhere")
    pages = rendered_site(tmp_path / "everywhere").pages
    # a name with whole tags in it is left to Python-Markdown, which cuts them out of the contents
    for path in refused(stock, pages):
        markdown = next(page.markdown for page in pages if page.path == path)
        assert re.search('data-toc-label="[^"]*&#60;[^"]*&#62;', markdown), path


# --- slots ---------------------------------------------------------------------------------------------------------


def test_slots_are_filled_as_in_markdown(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, annotations=20, paragraphs=4)
    stock = Stock()
    builds = check_library(tmp_path / "docs", settings=PageSettings(templates()))
    links = "[One&#58; “two”](../other/quotes.md#q1), [three](../other/text.md#p4)"
    html = links_html(links, "briefings/b0000/quotes.md", stock.rules)
    assert html and html[1] == (("briefings/other/quotes.md", "q1"), ("briefings/other/text.md", "p4"))
    slots = 0
    for page in builds.briefings[0].pages:
        ours = page_html(page, stock.rules)
        assert ours, page.path
        made = html[0] if page.path.endswith("quotes.md") else (links_html(links, page.path, stock.rules) or ("",))[0]
        slots += sum(isinstance(part, EchoSlot) for part in ours.parts)
        for fill, filled in (("", ""), (links, made)):
            assert ours.filled(lambda _, to=filled: to) == stock.render(page.filled(lambda _, to=fill: to)).content
    assert slots


# --- anything ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def blocks() -> tuple[str, ...]:
    """The blocks of pages that there are, which mutations begin with."""
    pages = (*rendered_site(GOOD).pages, SPECIMEN)
    bodies = (page.markdown.split("---\n", 2)[2] for page in pages)
    return tuple(sorted({block for body in bodies for block in body.strip("\n").split("\n\n") if len(block) < 900}))


SIGNS = (
    *("<p>", "</p>", '<div markdown="1">', "</div>", "<div>", "<span>", "</span>", '<p markdown="span">', "</li>"),
    *(
        '<li markdown="1">',
        '<ul markdown="1">',
        "</ul>",
        '<h2 id="a">',
        "</h2>",
        "<b>",
        "</b>",
        "<br>",
        "<hr>",
        "<pre>",
    ),
    *("</pre>", "<table>", "<tr>", "<td>", "</td>", '<section markdown="block">', "</section>", ' markdown="1"'),
    *(' markdown="span"', ' markdown="off"', ' id="z"', " id", " hidden", ' class="q"', "\n", "\n\n", " ", "  ", "- "),
    *("1. ", "# ", "## ", "#", "*", "_", "`", "\\", "[", "]", "(", ")", "[a](b.md)", '[a](b.md#c "t")', "![", "!", "&"),
    *("&#38;", "&amp;", "&#58;", "&lt;", "<", ">", '"', "'", "{: .a }", " {: #b .c }", "{", "}", "|", ":", "::", "="),
    *("---", "===", "^", "~", "$", "+", "\u00a0", "\u2028", "é", "٣", '<a href="#q">', "</a>", "<figure>", "</figure>"),
    *("<blockquote>", "</blockquote>", "[TOC]", "<!-- x -->", "<textarea>", "<summary>", "<svg>", "</svg>", "<script>"),
    *('<h3 id="h" data-toc-label="A &#60;b&#62;">', "</h3>", '<h2 markdown="span" id="m">', "/", "//", "http://x"),
    *("&#0;", "&nosuch;", "&#60;b&#62;", "\t", "\r", "\x02", "\x0c", "<tr markdown>", "../../../x.md", "?q", "%2e"),
)


def mutated(body: str, chance: random.Random) -> str:
    """A body with one change."""
    at, lines, kind = chance.randrange(len(body) + 1), body.split("\n"), chance.randrange(6)
    if kind == 0:
        return body[:at] + body[at + chance.choice((1, 1, 2, 9)) :]
    if kind == 1:
        del lines[chance.randrange(len(lines))]
    elif kind == 2:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    elif kind == 3 and (tags := list(re.finditer("<[^<>]*>", body))):
        tag = chance.choice(tags)
        return body[: tag.start()] + chance.choice(("", *SIGNS)) + body[tag.end() :]
    else:
        return body[:at] + chance.choice(SIGNS) + body[at:]
    return "\n".join(lines)


@lru_cache(maxsize=1)
def stocks() -> tuple[Stock, ...]:
    return Stock(INIT), Stock(BARE, directory_urls=False), Stock(MANY)


@soak(10000)
@given(st.randoms(use_true_random=False), st.integers(1, 4), st.integers(0, 3), st.integers(0, 2))
def test_what_is_not_refused_is_equal(chance: random.Random, count: int, changes: int, which: int) -> None:
    body = "\n\n".join(chance.choice(blocks()) for _ in range(count))
    if chance.random() < 0.5:
        body = f'<article class="x" markdown="1">\n{body}\n</article>'
    for _ in range(changes):
        body = mutated(body, chance)
    stocks()[which].same(Page("briefings/a/quotes.md", f'---\ntitle: "x"\n---\n\n# A title {{: .t }}\n\n{body}\n'))


def test_mutations_are_not_all_refused() -> None:
    chance, equal = random.Random(15), 0
    for _ in range(200):
        body = mutated("\n\n".join(chance.choice(blocks()) for _ in range(2)), chance)
        page = Page("briefings/a/quotes.md", f'---\ntitle: "x"\n---\n\n# A title {{: .t }}\n\n{body}\n')
        equal += page_html(page, HtmlRules()) is not None
    assert 20 < equal < 180


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Words\n: more",
        "[a][b]\n\n[b]: c.md",
        "- one\n\n- two",
        "<p markdown='span'>*x*</p>",
        '<div markdown="1">\n<script>x</script>\n</div>',
        "<p>a</p> b",
        "![x](y.md)",
        "[x](/absolute.md)",
        "[x](../../../outside.md)",
        "[x](README.md)",
        '<p id="a b">x</p>',
        '<a name="x"></a>',
        "a  \nb",
        '<p><b>x</b id="z"></p>',
        '<div><p>x</p id="z"></div>',
        "# a\n# b",
    ],
)
def test_what_is_in_doubt_is_refused(body: str) -> None:
    page = Page("x.md", f'---\ntitle: "x"\n---\n\n{body}\n')
    assert page_html(page, HtmlRules()) is None


@pytest.mark.parametrize("markdown", ["# No front matter\n", "---\na: *x\n---\n\n# A\n", "---\ntitle: [\n---\n\n# A\n"])
def test_a_page_without_front_matter_of_ours_is_refused(markdown: str) -> None:
    assert page_html(Page("x.md", markdown), HtmlRules()) is None


PIECES = (
    '<div markdown="1">\n',
    '<div markdown="1">\n<p>',
    "<p><b>",
    "[",
    "[a](",
    '<p markdown="span">',
    "{: ",
    "<a x ",
    '<a x="',
    "&#",
    "- a\n",
    ":a",
    "# a\n\n",
    "<div><b>",
    '<figure markdown="1">\n<div><p>a</p>',
)


@pytest.mark.full
@pytest.mark.parametrize("piece", PIECES)
def test_time_is_in_proportion_to_the_page(piece: str) -> None:
    """Sixteen times the page takes far less than the 256 times of work that grows with the square."""

    def seconds(count: int) -> float:
        page = Page("x.md", f'---\ntitle: "x"\n---\n\n# x\n\n{piece * count}\n')
        started = time.process_time()
        page_html(page, HtmlRules())
        return time.process_time() - started

    short = min(seconds(4000) for _ in range(3))
    assert min(seconds(64000) for _ in range(2)) < max(short, 0.002) * 80


# --- contents ------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 6), max_size=12))
def test_contents_are_nested_as_python_markdown_nests_them(levels: list[int]) -> None:
    contents = Contents(HtmlRules())
    for number, level in enumerate(levels):
        contents.add(Heading(level, f"h{number}", f"H{number}"))
    tokens = [{"level": level, "id": f"h{number}", "name": f"H{number}"} for number, level in enumerate(levels)]
    assert contents.nested() == entries(get_toc(toc.nest_toc_tokens(tokens)))


RULES: dict[str, Any] = {
    "ascii": toc.slugify,
    "unicode": toc.slugify_unicode,
    "pymdownx": slugs.slugify(),
    "pymdownx lower": slugs.slugify(case="lower"),
}


@pytest.mark.parametrize("slug", RULES)
@pytest.mark.parametrize("separator", ["-", "_"])
@given(words=st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&"), min_size=1)))
def test_headings_get_the_ids_that_python_markdown_gives(slug: str, separator: str, words: list[str]) -> None:
    used, wanted = {"taken", "a", "a_1"}, []
    contents = Contents(HtmlRules(slug=slug, separator=separator))
    named = set(used)
    for text in ("a", "A", *words):
        heading = contents.add(Heading(2, "", text))
        wanted.append(toc.unique(RULES[slug](unescape(heading.text), separator), used))
    contents.name(named)
    assert [heading.id for heading in contents.headings] == wanted


# --- configuration -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extension", "reason"),
    [
        ("nl2br", "the Markdown extension nl2br may change them"),
        ("smarty", "the Markdown extension smarty may change them"),
        ({"abbr": {"glossary": {"NATO": "a treaty"}}}, "the option glossary of the Markdown extension abbr"),
        ({"toc": {"baselevel": 2}}, "the option baselevel of the Markdown extension toc"),
        ({"toc": {"permalink": True, "permalink_class": "x"}}, "the option permalink_class"),
        ({"toc": {"slugify": slugs.slugify(case="fold")}}, "makes ids in a way of its own"),
        ({"pymdownx.snippets": {"auto_append": ["x.md"]}}, "the option auto_append"),
    ],
)
def test_what_may_change_pages_is_told(extension: Any, reason: str) -> None:
    found = html_rules(Stock((extension, "attr_list", "md_in_html")).config)
    assert isinstance(found, str)
    assert reason in found


def test_the_extensions_of_a_site_are_as_before_once_they_have_been_looked_at() -> None:
    stock = Stock(("tables",))
    before = list(stock.config.markdown_extensions)
    assert isinstance(html_rules(stock.config), HtmlRules)
    assert stock.config.markdown_extensions == before


def test_an_extension_that_does_more_than_is_known_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_module, "HARMLESS", {**rules_module.HARMLESS, "nl2br": None})
    found = html_rules(Stock((*INIT, "nl2br")).config)
    assert isinstance(found, str)
    assert "renders a specimen of them otherwise" in found


@pytest.mark.parametrize("extensions", [INIT, BARE, MANY, ("toc",)])
def test_rules_can_go_to_another_process(extensions: Any) -> None:
    rules = Stock(extensions).rules
    copy = pickle.loads(pickle.dumps(rules))
    assert copy == rules
    assert hash(copy) == hash(rules)
