"""Other people's words are shown literally in every place where pages put them, under all Markdown extensions."""

from __future__ import annotations

import html
import json
import re

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.escape import in_html, in_markdown, link
from tests.conftest import CASES
from tests.sizes import soak

EXTENSIONS: list[str] = json.loads((CASES / "extensions.json").read_text("utf-8"))
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text("utf-8"))

FORMS = {
    "html": lambda text: f'<article markdown="1">\n<blockquote><p>{in_html(text)}</p></blockquote>\n</article>',
    "heading": lambda text: f'<article markdown="1">\n<h2 id="x">{in_html(text)}</h2>\n\ny\n</article>',
    "paragraph": lambda text: f'<article markdown="1">\n\n{in_markdown(text)}\n\n</article>',
    "span": lambda text: f'<p markdown="span">{in_markdown(text)} ·</p>',
    "label": lambda text: f"{link(in_markdown('x' + text), 'https://example.org/')}",
    "item": lambda text: f"-   x{in_markdown(text)}\n-   y",
}

CONVERTER = markdown.Markdown(extensions=EXTENSIONS)


def shown(form: str, text: str) -> str:
    """The visible text of a page that holds only this text, with white space folded."""
    CONVERTER.reset()
    rendered = CONVERTER.convert(FORMS[form](text))
    soup = BeautifulSoup(rendered, "html.parser")
    assert not soup.find(["script", "img", "mark", "del", "ins", "input", "h1", "iframe", "code", "em", "strong"])
    body = soup.find(["blockquote", "h2", "li"]) or soup
    return fold(body.get_text())


def fold(text: str) -> str:
    return " ".join(re.sub("[\x00-\x08\x0e-\x1b\x7f]", "", text).split())


def expected(form: str, text: str) -> str:
    extra = {"span": ("", " ·"), "label": ("x", ""), "item": ("x", "")}.get(form, ("", ""))
    return fold(extra[0] + text + extra[1])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(form: str, text: str) -> None:
    assert shown(form, text) == expected(form, text)


@pytest.mark.parametrize("form", FORMS)
@soak(300)
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from("<>&*_`[](){}#!|\\~^=+-:;\"'/%$@. \n\t1a"), st.characters()), min_size=1
    )
)
def test_any_text_is_shown_as_it_is(form: str, text: str) -> None:
    assert shown(form, text) == expected(form, text)


def test_a_link_cannot_be_left_by_its_address() -> None:
    rendered = markdown.markdown(
        str(link(in_markdown("x"), 'https://e.example/a)b"c <d> [e] {f}\\ `g` *h*', 'a "title"'))
    )
    assert BeautifulSoup(rendered, "html.parser").get_text() == "x"
    assert html.unescape(rendered).count("<a ") == 1
