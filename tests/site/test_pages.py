"""Citations, cards and lists in the ordinary pages of a site, from the text to the built page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from briefing.cli import main
from briefing.model.places import locate
from briefing.pipeline import checking
from briefing.site.findings import findings
from briefing.site.lookup import Lookup, make_lookup
from briefing.site.markdown_scan import scan
from briefing.site.page_filler import check_page
from tests.sites import GOOD, build_site, make_site

KEY = "[@good/leave-early]"
ARTICLE = f"""# An article

The mayor spoke of students {KEY} and of money [@good/fare-cover; @good/leave-early].

<!-- briefing: good/fare-cover -->

<!-- briefing: briefings/good/leave-early -->
"""

LEFT_ALONE = f"""---
title: "{KEY}"
---
# Other keys

[@smith2020] [@smith/2020] [@angular/core] [see @doe/1999, p. 3] \\{KEY} {KEY}(https://example.org) `{KEY}`
[@good/leave-early]: https://example.org

``` text
{KEY}
<!-- briefing: good/no-such -->
```

    {KEY}

- item

        {KEY}

<!-- {KEY}

<!-- briefings: nonsense=1 --> {KEY} -->

<div>
{KEY}
</div>

<pre>
{KEY}

{KEY}
</pre>

Text with ``a ` {KEY}`` inside. <code>{KEY}</code> [@good](https://example.org) <!-- briefing notes -->
"""


@pytest.fixture(scope="module")
def shelved() -> Lookup:
    library = checking.check_library(GOOD)
    return make_lookup(library, {one.path: one.briefing for one in library.briefings if one.briefing})


def read(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("urls", [True, False])
def test_an_article_cites_and_shows_cards(tmp_path: Path, urls: bool) -> None:
    site = build_site(make_site(tmp_path, files={"news/article.md": ARTICLE}, use_directory_urls=urls))
    name = "news/article/index.html" if urls else "news/article.html"
    page = read(site, name)
    links = page.select(".bf-cite a")
    assert [link.get_text() for link in links] == ["1", "2", "1"]
    assert "Ada Thornbury" in str(links[0]["title"])
    for link in page.select(".bf-cite a, .bf-embed .bf-links a"):
        path, _, fragment = str(link["href"]).partition("#")
        target = (site / name).parent / path
        target = target / "index.html" if target.is_dir() else target
        assert not fragment or f'id="{fragment}"' in target.read_text("utf-8")
    cards = page.select("article.bf-embed")
    assert [card.select_one(".bf-value") is not None for card in cards] == [True, False]
    assert "For six years, our young people have had to leave" in cards[1].get_text()
    assert len(cards[1].select("blockquote > p")) == 2, "what the source interrupts stands in parts"
    assert page.select("link[href$='assets/briefing/briefing.css']") and page.select("script[src$='later.js']")
    assert "markdown=" not in str(page.select_one("article.md-content__inner"))


def test_what_is_no_key_of_ours_is_left_as_it_is(shelved: Lookup, tmp_path: Path) -> None:
    assert check_page(LEFT_ALONE, "page.md", shelved) == ()
    site = build_site(make_site(tmp_path / "a", files={"page.md": LEFT_ALONE}))
    without = build_site(make_site(tmp_path / "b", docs=None, files={"page.md": LEFT_ALONE}, plugins=["search"]))
    shown, plain = (read(one, "page/index.html").select_one("article") for one in (site, without))
    assert str(shown) == str(plain)


@pytest.mark.parametrize(
    "text",
    [
        f"!!! note\n    Inside {KEY}\n",
        f"- item\n\n    More of it {KEY}\n",
        f"1. item\n\n    - inner {KEY}\n",
        f'<div markdown="1">\n\n{KEY}\n\n</div>\n',
        f"> quoted {KEY}\n",
        f"a ` tick {KEY}\n",
        f"```\ncode\n```\n{KEY}\n",
        f"Words.\r\n\r\n{KEY}\r\n",
        f"| a | b |\n|---|---|\n| c | {KEY} |\n",
        "lines [@good/leave-early;\n@good/fare-cover]\n",
        f"<!-- one --> {KEY}\n",
    ],
)
def test_words_are_found_wherever_they_stand(text: str) -> None:
    assert len(scan(text)) == 1, scan(text)


@pytest.mark.parametrize(
    ("text", "code", "column", "words"),
    [
        ("Said [@good/leave-erly].", "unknown-citation", 13, "did you mean “leave-early”?"),
        ("Said [@good/Leave-early].", "unknown-citation", 13, "leave-early"),
        ("Said [@good/fine-thing].", "draft-cited", 13, "its status is draft"),
        ("Said [@good/leave-early, p. 3].", "unsupported-markup", 6, "mixes"),
        ("Said [@smith2020; @good/leave-early].", "unsupported-markup", 6, "mixes"),
        ("<!-- briefing: good/c1 -->", "unknown-citation", 16, "have cards"),
        ("<!-- briefing: god/leave-early -->", "unknown-citation", 16, "no briefing “god”"),
        ("<!-- briefings: newst=5 -->", "bad-list-option", 17, "did you mean “newest”?"),
        ("<!-- briefings: newest=0 -->", "bad-list-option", 17, "whole number"),
        ("<!-- briefings: tag=transprt -->", "bad-list-option", 17, "did you mean “transport”?"),
        ("<!-- briefings: tag = transport -->", "bad-list-option", 17, "has no value"),
    ],
)
def test_what_is_wrong_is_located_with_a_hint(shelved: Lookup, text: str, code: str, column: int, words: str) -> None:
    from briefing.model.places import TextFile

    page = f"---\ntitle: x\n---\n# Head\n\n{text}\n"
    found = check_page(page, "page.md", shelved)
    assert {problem.code for problem in found} == {code}
    place = locate(found[0].at, {"page.md": TextFile("page.md", page)})
    assert place and (place.line, place.column) == (6, column)
    assert words in f"{found[0].message} {found[0].hint}"


def test_a_wrong_citation_fails_the_build_and_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    configuration = make_site(tmp_path, files={"page.md": "# P\n\nWrong [@good/no-such].\n"})
    with pytest.raises(Abort):
        build_site(configuration)
    assert any("page.md:3:14: error unknown-citation" in record.getMessage() for record in caplog.records)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert "docs/page.md:3:14: error unknown-citation" in result.output and "^^^^^^^" in result.output


def test_a_slug_that_two_briefings_have_is_wrong_only_where_it_is_used(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(GOOD, docs)
    shutil.copytree(docs / "briefings/good", docs / "archive/good")
    library = checking.check_library(docs)
    texts = {"a.md": "[@briefings/good/leave-early]\n"}
    assert findings(library, docs, texts, require_review=False).problems == ()
    found = findings(library, docs, {"a.md": "[@good/leave-early]\n"}, require_review=False).problems
    assert [problem.code for problem in found] == ["ambiguous-briefing"]
    assert "“archive/good”, “briefings/good”" in found[0].message


def test_lists_are_narrowed(tmp_path: Path) -> None:
    from tests.generate import write_library

    write_library(tmp_path / "docs", 4, annotations=3)
    for number in (1, 2):
        path = tmp_path / f"docs/briefings/b000{number}/briefing.yml"
        path.write_text(path.read_text("utf-8").replace("tags: [", "tags: [armed forces, ", 1), "utf-8")
    files = {
        "new.md": "# New\n\n<!-- briefings: newest=2 -->\n",
        "tag.md": '# Tag\n\n<!-- briefings: tag="armed forces" newest=1 -->\n',
    }
    site = build_site(make_site(tmp_path, docs=None, files=files))
    shown = {
        name: [str(a["href"]) for a in read(site, f"{name}/index.html").select(".bf-item-title a:not(.headerlink)")]
        for name in ("new", "tag")
    }
    assert shown == {"new": ["../briefings/b0003/", "../briefings/b0002/"], "tag": ["../briefings/b0002/"]}


def test_in_a_preview_what_is_wrong_says_so_and_drafts_can_be_cited(tmp_path: Path) -> None:
    files = {"page.md": "# P\n\nWrong [@good/no-such], draft [@good/fine-thing].\n"}
    site = build_site(make_site(tmp_path, files=files), command="serve")
    page = read(site, "page/index.html")
    assert "@good/no-such (This citation is not verified)" in page.get_text()
    assert len(page.select(".bf-cite a")) == 1


def test_an_export_has_plain_links_and_cards(tmp_path: Path) -> None:
    configuration = make_site(tmp_path / "site", files={"news/article.md": ARTICLE, "left.md": LEFT_ALONE})
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    text = (tmp_path / "out/docs/news/article.md").read_text("utf-8")
    assert "(../briefings/good/quotes.md#leave-early" in text and "bf-embed" in text and "@good" not in text
    assert (tmp_path / "out/docs/left.md").read_text("utf-8") == LEFT_ALONE
