"""A briefing as plain Markdown: every passage is there, read back as it is, and nothing of it is markup."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from briefing.model import Briefing
from briefing.model.publication import NOWHERE, Publication
from briefing.render.briefing_pages import page_labels, page_names
from briefing.render.data.text import markdown_files
from briefing.render.escape import in_text
from briefing.render.names import TEXT
from briefing.render.statements import parts_of
from briefing.site.llms import list_for_programs
from tests.data.test_tables import BRIEFINGS, published

MARKDOWN = MarkdownIt("commonmark", {"html": True})


def rendered(text: str) -> str:
    return (
        re.sub("<[^>]+>", "", MARKDOWN.render(text))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )


def test_every_annotation_is_there_with_its_words_and_where_they_are_shown(briefing: Briefing) -> None:
    text = next(markdown_files(briefing, NOWHERE, page_labels(briefing))).content.decode()
    assert text.startswith("# ") and text.count("\n# ") == 0
    shown = rendered(text)
    for item in briefing.annotations:
        if item.id in briefing.anchors:
            assert f"#{item.id}>)" in text
            assert all(" ".join(part.split()) in shown for part in parts_of(briefing, item))


@pytest.mark.parametrize("site", [NOWHERE, Publication("A", "https://example.org/"), Publication(directory_urls=False)])
def test_the_pages_have_what_the_one_file_has_and_the_text(briefing: Briefing, site: Publication) -> None:
    whole, *pages = markdown_files(briefing, site, page_labels(briefing))
    folder = f"{briefing.path}/"
    ending = "/index.html.md" if site.directory_urls else ".html.md"
    wanted = [f"{page}{ending}" if page != "index" else "index.html.md" for page in page_names(briefing)]
    assert [file.path.removeprefix(folder) for file in pages] == wanted
    texts = {file.path.removeprefix(folder): file.content.decode() for file in pages}
    source = next(text for path, text in texts.items() if path.startswith("text"))
    assert [" ".join(words.split()) for words in rendered(source).split("\n") if words][2:] == [
        " ".join(line.of(briefing.source.text).split())
        for line in briefing.source.lines
        if line.of(briefing.source.text).strip()
    ]
    blocks = whole.content.decode().rstrip().split("\n\n")
    divided = [
        block.replace("](<../", "](<")
        for path, text in texts.items()
        if not path.startswith("text")
        for block in text.rstrip().split("\n\n")[0 if path == "index.html.md" else 2 :]
    ]
    assert divided == blocks[:-2]
    for path, text in {TEXT: blocks[-1], **texts}.items():
        for address in re.findall(r"\]\(<([^<>#]*)", text):
            below = address.removeprefix(site.folder(briefing.path))
            if "://" not in below:
                known = {site.page(f"{page}.md").removeprefix("./") for page in page_names(briefing)} | {*wanted}
                led = posixpath.normpath(posixpath.join(posixpath.dirname(path) if not site.complete else "", below))
                assert led.removesuffix(".").rstrip("/") in {one.rstrip("/") for one in known}, (path, address)


def paragraphs_of(briefing: Briefing) -> list[str]:
    files = {file.path: file.content.decode() for file in markdown_files(briefing, NOWHERE, page_labels(briefing))}
    parts = files[f"{briefing.path}/text/index.html.md"].rstrip().split("\n\n")[2:]
    return [part for part in parts if not part.startswith("*\\[")]  # who speaks


def test_the_text_has_its_headings_and_block_quotations(briefing: Briefing) -> None:
    source = replace(briefing.source, headings=((1, 2), (2, 3)), block_quotations=(3,))
    leads = [re.match(r"(?:#+ |> )?", paragraph)[0] for paragraph in paragraphs_of(replace(briefing, source=source))]  # type: ignore[index]
    assert leads[:3] == ["## ", "### ", "> "][: len(leads)] and not any(leads[3:])


def test_one_sign_says_that_something_is_left_out(briefing: Briefing) -> None:
    shown = paragraphs_of(replace(briefing, source=replace(briefing.source, publish="excerpts")))
    sign = in_text("[…]")
    assert any(sign in paragraph for paragraph in shown) or len(shown) == len(briefing.source.lines)
    for before, after in pairwise(shown):
        assert not (before.endswith(sign) and after == sign) and not (before == sign and after.startswith(sign))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_what_somebody_wrote_is_text_and_nothing_else(words: str) -> None:
    html = MARKDOWN.render(f"> {in_text(words)}")
    assert set(re.findall(r"<(\w+)", html)) <= {"blockquote", "p"}
    assert "\n" not in in_text(words)


@pytest.mark.parametrize(
    "words",
    ["<b>x</b>", "[a](b)", "![a](b)", "# a", "- a", "1. a", "*a* _b_ `c`", "> a", "a\\", "&amp;", "---", "| a |"],
)
def test_marks_are_shown_as_they_are(words: str) -> None:
    assert rendered(in_text(words)).strip() == words


def test_the_list_leads_to_each_in_the_form_of_llms_txt() -> None:
    """https://llmstxt.org: a heading, a quoted summary, sections of links with notes."""
    site = Publication("News [1]", "https://example.org/", "A", "en")
    file = list_for_programs(list(map(published, BRIEFINGS)), site)
    lines = file.content.decode().splitlines()
    assert (file.path, lines[0], lines[2][:2]) == ("llms.txt", "# News \\[1\\]", "> ")
    assert [line for line in lines if line.startswith("## ")] == ["## Briefings"]
    links = [line for line in lines if line.startswith("- ")]
    assert len(links) == len(BRIEFINGS)
    assert all(re.match(r"- \[.+\]\(https://example\.org/\S+/llms\.txt\)(: .+)?$", line) for line in links)
    alone = list_for_programs([published(BRIEFINGS[0])], Publication("News"))
    assert b"](briefings/good/llms.txt)" in alone.content
