"""A saved web page as a draft: its article, its comments, what it says about itself, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bs4.element import Tag

from briefing.authoring.ingest.article import article_of
from briefing.authoring.ingest.comments import NONE, Comments, cut_answers, known_comments
from briefing.authoring.ingest.comments_by_looks import unknown_comments
from briefing.authoring.ingest.draft import TODO, Draft, NoArticleError, Omission
from briefing.authoring.ingest.left_out import REST, omissions
from briefing.authoring.ingest.metadata import of_page
from briefing.authoring.ingest.page import SavedPage, count, page
from briefing.check.provenance_cover import Cover, cover
from briefing.readers.html import VERSION, blocks, hide
from briefing.text.language_rules import language
from briefing.text.small_words import language_of

STATED = re.compile(
    r"(?<![\d.,])(\d{1,6})\s+(?:comments?|kommentare?|responses?|replies|thoughts|réponses|commentaires|comentarios)\b",
    re.IGNORECASE,
)
MOST_LITERAL = 200
"""Stretches of text that no selector can leave out; a page with more is left to its author."""


def of_html(text: str, encoding: str) -> Draft:
    """A page as a draft; NoArticleError, or MissingLibrary without trafilatura."""
    found = page(text)
    metadata, stated = of_page(text, found.soup)
    said = "" if metadata.language.startswith(TODO) else metadata.language
    rules = language(said or language_of(" ".join(block.text for block in found.blocks)) or "und")
    comments = known_comments(found, rules)
    if not comments.comments:
        comments = unknown_comments(found, lambda: article_of(found, set(), metadata.title, stated), rules)
    article = _find_article(found, comments, metadata.title, stated)
    if not article and comments.comments:
        comments = NONE
        article = _find_article(found, comments, metadata.title, stated)
    if not article:
        raise NoArticleError(_why_no_article(found))
    kept, comments, left_out = _account_for_words(found, article, comments)
    return Draft(
        kind="article",
        reader=VERSION,
        encoding=encoding,
        metadata=metadata,
        paragraphs=kept,
        comments=comments.comments,
        scope=_describe_scope(found, comments),
        left_out=left_out,
    )


def _why_no_article(found: SavedPage) -> str:
    words = sum(count(block.text) for block in found.blocks)
    if words < 50:
        return (
            "the page has hardly any words of its own: it is probably filled in by a program when it is open in a "
            "browser; save it there as “web page, complete”, or copy the text into a .txt file"
        )
    return "no article was found in it; copy the text into a .txt file, with the comments after three blank lines"


def _find_article(found: SavedPage, comments: Comments, title: str, stated: str) -> tuple[int, ...]:
    if comments.opening:
        return tuple(dict.fromkeys(found.block_of[id(node)] for node in comments.opening))
    barred = {found.block_of[id(node)] for element in comments.elements for node in found.strings(element)} | {
        found.block_of[id(node)] for strings in comments.strings for node in strings
    }
    with _comments_taken_out(found, comments.elements):
        return article_of(found, barred, title, stated)


@contextmanager
def _comments_taken_out(found: SavedPage, elements: Sequence[Tag]) -> Iterator[None]:
    """The page while comments are taken out, so that nothing takes them for the article."""
    inside = {id(element) for element in elements}
    outer = [element for element in elements if not any(id(parent) in inside for parent in element.parents)]
    whole: dict[int, Tag] = {}
    for element in outer:
        parent = element.parent
        if isinstance(parent, Tag) and parent.name in ("ol", "ul", "dl", "table", "tbody"):
            element = parent
        whole[id(element)] = element
    places = []
    for element in whole.values():
        place = found.soup.new_tag("wbr")
        element.replace_with(place)
        places.append((place, element))
    try:
        yield
    finally:
        for place, element in reversed(places):
            place.replace_with(element)


def _describe_scope(found: SavedPage, comments: Comments) -> str:
    number = len(comments.comments)
    if not number:
        return ""
    pieces = "1 comment" if number == 1 else f"{number} comments"
    if not comments.system:
        return (
            f"{TODO}: {pieces} were found by their looks, because the page has no markup of a comment system that is "
            "known; compare them with the page, then say here which comments these are"
        )
    counts = {int(match[1]) for block in found.blocks if len(block.text) < 60 for match in STATED.finditer(block.text)}
    more = [count for count in counts if count > number]
    tail = f"; the page says that there are {max(more)}" if more else ""
    which = f"{'the' if number == 1 else 'all'} {pieces}"
    return f"{which} on the saved page, as {comments.system} marks them up{tail}"


def _account_for_words(
    found: SavedPage, article: tuple[int, ...], comments: Comments
) -> tuple[tuple[str, ...], Comments, tuple[Omission, ...]]:
    """Paragraphs, comments and what is left out, so that the provenance check finds every word in one of them."""
    paragraphs = [" ".join(found.blocks[number].text.split()) for number in article]
    left_out = _left_out(found, article, comments)
    words = tuple(word for block in blocks(found.soup) for word in block.text.split())
    covered = _cover_words(words, paragraphs, comments)
    if covered.lost:
        lost = {(piece.kind, piece.number) for piece in covered.lost}
        paragraphs = [text for number, text in enumerate(paragraphs) if ("paragraph", number) not in lost]
        kept = [number for number in range(len(comments.comments)) if ("comment", number) not in lost]
        comments = cut_answers(comments, kept)
        covered = _cover_words(words, paragraphs, comments)
    if len(covered.bare) > MOST_LITERAL:
        raise NoArticleError(
            f"its words lie in {len(covered.bare)} pieces that cannot be distinguished; copy the text into a .txt file"
        )
    left_out += [Omission(REST, text=" ".join(words[first:end])) for first, end in covered.bare]
    return tuple(paragraphs), comments, tuple(left_out)


def _left_out(found: SavedPage, article: tuple[int, ...], comments: Comments) -> list[Omission]:
    """Hide the elements that are left out, and return those that hid some words."""
    kept = {id(node) for number in article for node in found.blocks[number].strings}
    kept |= {id(node) for strings in comments.strings for node in strings}
    left_out = omissions(found, kept, comments.elements)
    counts = hide(found.soup, tuple(omission.elements for omission in left_out))
    return [omission for omission, count in zip(left_out, counts, strict=True) if count]


def _cover_words(words: tuple[str, ...], paragraphs: Sequence[str], comments: Comments) -> Cover:
    """Return what paragraphs and comments cover of the words of a page."""
    texts = [tuple(comment.text.split()) for comment in comments.comments]
    return cover(words, [tuple(paragraph.split()) for paragraph in paragraphs], texts, [])
