"""Whatever a page or text holds, its draft passes the check: every word of it is accounted for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import build
from briefing.ingest import NoArticleError, draft, files, write_new
from briefing.readers import UnreadableDocument

SENTENCE = "The council said on Tuesday that the bridge will be closed for eight months. "
PIECES = [
    *("<p>", "</p>", "<div class='comment'>", "</div>", "<b>", "</b>", "<br>", "<br><br>", "<nav>", "</nav>"),
    *("<ul><li>", "</ul>", "<footer class='comment-meta'>", "</footer>", "<div class='comment-content'>"),
    *("<div hidden>", "<h2>", "</h2>", "<a href='/x'>", "</a>", "<span class='a1'>", "</span>", "<table><td>"),
    *("</table>", "<li class='comment'>", "<time datetime='2025-01-02'>", "</time>", "<pre>a\n  b</pre>"),
    *("Word", "“two words”", "&nbsp;", "\u2028", "a\u00adb", "\x1c", "TODO: x", "# not", ": x", "- y", "é", "x" * 90),
]


def accounted(data: bytes, name: str) -> None:
    """Make a briefing of a document, if one can be made, and check it."""
    try:
        made = draft(data, name)
    except (NoArticleError, UnreadableDocument):
        return
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder)
        write_new(docs / "b", files(made, data, Path(name).suffix, today="2025-11-07"))
        found = [problem for problem, _ in build.check_library(docs).located()]
    assert [problem.message for problem in found if problem.code != "todo-left"] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_word_of_a_page_is_accounted_for(before: list[str], after: list[str]) -> None:
    article = f"<article>{f'<p>{SENTENCE * 2}</p>' * 3}</article>"
    accounted(("".join(before) + article + "".join(after)).encode(), "a.html")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_word_of_a_text_is_accounted_for(lines: list[str]) -> None:
    accounted("\n".join([SENTENCE * 3, *lines]).encode("utf-8", "replace"), "a.txt")
