"""Draft a saved web page: its article, its comments, what it says about itself, and what is left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace

from bs4.element import Tag

from briefing.authoring.ingest.article import Article, article_of
from briefing.authoring.ingest.folder import TODO, Draft, NoArticleError, Omission, Scope
from briefing.authoring.ingest.known_comments import FoundComment, FoundComments, known_comments
from briefing.authoring.ingest.left_out import REST, omissions
from briefing.authoring.ingest.metadata import read_metadata
from briefing.authoring.ingest.saved_page import SavedPage, count, element_of, names, read_page
from briefing.authoring.ingest.unknown_comments import unknown_comments
from briefing.check.provenance_cover import Cover, cover
from briefing.readers.html import VERSION, block_quotations, blocks, headings, hide
from briefing.readers.places import recorded_block_quotations, recorded_headings
from briefing.readers.reading import DocumentText
from briefing.text import sentences
from briefing.text.language_rules import Language, language, language_of

NEWSROOM = re.compile(
    r"staff|newsroom|moderat(?:or|ion|eur|rice)|journalist(?:e|in)?|reporter|redaktion|redakteur(?:in)?|"
    r"rédaction|redacción|moderador[ae]?|redazione|redactie",
    re.IGNORECASE,
)
BADGE = re.compile(r"\b(?:badges?|labels?|flair|role|rank|tag|staff|newsroom|moderator|official)\b")
"""What the element is called that says so of who wrote a comment, beside the name."""
SHORT = 4
"""Words of a badge."""
POST_AUTHOR = "bypostauthor"
"""The class of a comment by who wrote the article (WordPress, `get_comment_class`)."""
STATED = re.compile(
    r"(?<![\d.,])(?<!\d )(\d{1,6})\s+"
    r"(?:comments?|kommentare?|responses?|replies|thoughts|réponses|commentaires|comentarios)\b",
    re.IGNORECASE,
)
"""How many comments there are, in what a page says of itself; of `1 204 comments` no part is a number of its own."""
LISTED = {"li", "article", "aside", "nav", "footer", "tr", "dd"}
"""Elements that tell of one thing among others, such as another story: their number of comments is not the page's."""
CARD = re.compile(r"\b(?:related|recommend\w*|teasers?|cards?|stories|popular|trending|most read|read (?:more|next))\b")
KEPT = 0.5
"""Of the words that the extractor takes for the article: a draft that keeps fewer asks whether that is right."""
MOST_LITERAL = 200
"""Stretches of text that no selector can leave out; a page with more is left to its author."""
RIGHTS = re.compile(r"(?:copyright[:\s]*)?(?:©|\(c\))[^\n]+|copyright:?\s+\d{4}[^\n]+", re.IGNORECASE)
"""What a page says of its rights, from the sign or word on; a link to them says nothing."""
OF_RIGHTS = re.compile(
    r"©|\(c\)|copyright|rights?\b|reserved|licen[cs]|creative commons|\bCC[ -]|permi(?:ssion|tted)|reproduc|reprint"
    r"|rechte?\b|vorbehalten|lizen[zs]|genehmig|gestattet|nachdruck|vervielfält",
    re.IGNORECASE,
)
"""What is in a sentence that speaks of rights."""
ADDRESS = re.compile(
    r"(?i:[\s,;(]*(?<!\w)(?:\S+@\S|https?:|www\.|(?:e-?mail|tel|telefon|phone|fax|contact|kontakt|address|adresse"
    r"|anschrift|p\.?o\.? box|postfach)\b))"
    r"|\s*[,;]\s*(?:(?!(?:19|20)\d\d\b)\d{1,5}[a-z]?,? [A-ZÄÖÜ]|[A-ZÄÖÜ][\w. -]{2,30} \d{1,4}[a-z]?\s*(?:,|$))"
)
"""Where an address begins behind whose the rights are: a street with its number, a town with its code, an e-mail."""
PIECE = re.compile(r"\s+[|·•–—]\s+")
MOST_OF_RIGHTS = 200
"""Code points: what is longer is no line of rights."""
FOOT = re.compile(r"\b(?:footer|foot|fuss|copyright|legal|contentinfo|colophon)\b")
OUTERMOST = ("body", "html", "[document]")
MOST_ELEMENTS = 2_000
"""Selectors for what is left out; likewise."""
MOST_STEPS = 8_000
"""Of those selectors together: one that names an element by its place has one for each element that this is in."""
SCATTERED = "what is to be left out is in {} pieces that cannot be distinguished; copy the text into a .txt file"


def draft_page(text: str, encoding: str) -> Draft:
    """Return a page as a draft; NoArticleError, or MissingLibrary without trafilatura."""
    page = read_page(text)
    metadata, stated = read_metadata(text, page.soup)
    said = "" if metadata.language.startswith(TODO) else metadata.language
    rules = language(said or language_of(" ".join(block.text for block in page.blocks)) or "und")
    comments = known_comments(page, rules)
    if not comments.comments:
        comments = unknown_comments(page, lambda: article_of(page, set(), metadata.title, stated).numbers, rules)
    article = _find_article(page, comments, metadata.title, stated)
    if not article.numbers and comments.comments:
        comments = FoundComments()
        article = _find_article(page, comments, metadata.title, stated)
    if not article.numbers:
        if sum(count(block.text) for block in page.blocks) < 50:
            raise NoArticleError(
                "the page has hardly any words of its own: it is probably filled in by a program when it is open in a "
                "browser; save it there as “web page, complete”, or copy the text into a .txt file"
            )
        advice = "copy the text into a .txt file, with the comments after three blank lines"
        raise NoArticleError(f"no article was found in it; {advice}")
    reading = _as_read(page, encoding)
    rights = _rights_in_footer(page, article, comments, rules)
    counts = set(_stated_counts(page, article, comments, metadata.url))  # before anything is hidden
    kept, comments, left_out = _account_for_words(page, article.numbers, comments)
    elements = {id(found.element) for found in comments.comments}
    return Draft(
        kind="article",
        reader=VERSION,
        encoding=encoding,
        metadata=replace(metadata, rights=metadata.rights or rights),
        paragraphs=kept,
        comments=tuple(replace(found.draft, newsroom=_newsroom_of(found, elements)) for found in comments.comments),
        scope=_scope_of(comments, counts),
        left_out=_question_omissions(page, kept, article.extracted, left_out),
        block_quotations=recorded_block_quotations(kept, reading),
        headings=recorded_headings(kept, reading),
    )


def _newsroom_of(found: FoundComment, elements: Set[int]) -> str:
    """Return the words that say that the newsroom or a moderator wrote a comment; empty for a reader's.

    They are a badge, or what its element is marked as. `elements` are those of all comments.
    """
    own = {id(node) for node in found.strings}
    for element in _without(found.element, elements):
        if BADGE.search(names(element)):
            words = _few_words(element)
            # of an answer that is inside, its own badge says who wrote it
            if words not in ("", found.draft.author) and own.isdisjoint(map(id, element.descendants)):
                return words
    classes = found.element.get_attribute_list("class")
    if POST_AUTHOR in classes:
        return "the author of the article"
    marks = [found.element.get("data-role") or "", *classes]
    marked = (NEWSROOM.fullmatch(part) for mark in marks for part in re.split(r"[\W_]+", str(mark)))
    return next((part[0] for part in marked if part), "")


def _without(element: Tag, others: Set[int]) -> Iterator[Tag]:
    """Yield the elements inside of one, in their order, without those of others and what is inside of them."""
    waiting = [element]
    while waiting:
        inner = [each for each in waiting.pop().children if isinstance(each, Tag) and id(each) not in others]
        waiting += reversed(inner)
        if waiting:
            yield waiting[-1]


def _few_words(element: Tag) -> str:
    """Return the words of an element that name the newsroom; empty where it says something else, or more."""
    words: list[str] = []
    for text in element.strings:
        words += text.split()
        if len(words) > SHORT:
            return ""
    return " ".join(words) if any(NEWSROOM.fullmatch(word.strip("()[]·")) for word in words) else ""


def _as_read(page: SavedPage, encoding: str) -> DocumentText:
    """Return all of a page as its reader returns it."""
    shown = tuple(block.text for block in page.blocks)
    found = page.blocks
    return DocumentText(
        VERSION, shown, encoding, False, block_quotations=block_quotations(found), headings=headings(found)
    )


def _find_article(page: SavedPage, comments: FoundComments, title: str, stated: str) -> Article:
    if comments.opening:
        return Article(tuple(dict.fromkeys(page.block_of[id(node)] for node in comments.opening)))
    elements = [found.element for found in comments.comments]
    barred = {page.block_of[id(node)] for element in elements for node in page.strings(element)}
    barred |= {page.block_of[id(node)] for found in comments.comments for node in found.strings}
    with _comments_taken_out(page, elements):
        return article_of(page, barred, title, stated)


@contextmanager
def _comments_taken_out(page: SavedPage, elements: Sequence[Tag]) -> Iterator[None]:
    """Take the comments out of the page meanwhile, so that nothing treats them as the article."""
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
        place = page.soup.new_tag("wbr")
        element.replace_with(place)
        places.append((place, element))
    try:
        yield
    finally:
        for place, element in reversed(places):
            place.replace_with(element)


def _rights_in_footer(page: SavedPage, article: Article, comments: FoundComments, rules: Language) -> str:
    """Return what the foot of a page says of its rights; empty where it says nothing, or more than one thing."""
    commented = {page.block_of[id(node)] for found in comments.comments for node in page.strings(found.element)}
    kept = commented.union(article.numbers)
    said = {
        _of_rights(" ".join(found[0].split()), rules)
        for number, block in enumerate(page.blocks)
        if number not in kept and (found := RIGHTS.search(block.text)) and _is_in_foot(element_of(block))
    }
    told = said.pop() if len(said) == 1 else ""
    return told if any(map(str.isalnum, told)) and len(told) <= MOST_OF_RIGHTS else ""


def _of_rights(text: str, rules: Language) -> str:
    """Return the sentences of a text that speak of rights, without the addresses that follow."""
    pieces = (piece for sentence in sentences(text, rules) for piece in PIECE.split(sentence.of(text)))
    told = [_without_address(piece).rstrip(" ,;") for piece in pieces if OF_RIGHTS.search(piece)]
    closed = [each if each.endswith(".") else f"{each}." for each in told[:-1]]
    return " ".join([*closed, *told[-1:]])


def _without_address(piece: str) -> str:
    """Return a sentence as far as an address behind which it says nothing of rights, such as no licence."""
    addresses = (found.start() for found in ADDRESS.finditer(piece) if not OF_RIGHTS.search(piece, found.start()))
    return piece[: next(addresses, len(piece))]


def _is_in_foot(element: Tag) -> bool:
    return any(FOOT.search(names(parent)) for parent in (element, *element.parents) if parent.name not in OUTERMOST)


def _scope_of(comments: FoundComments, counts: Set[int]) -> Scope | None:
    number = len(comments.comments)
    if not number:
        return None
    if not comments.system:
        pieces = "1 comment was" if number == 1 else f"{number} comments were"
        question = (
            f"{TODO}: {pieces} found by appearance, because the page has no markup of a known comment system; "
            "compare with the page, then say here which comments these are"
        )
        return Scope("page", number, question=question)
    return Scope("page", number, max((count for count in counts if count > number), default=0))


def _stated_counts(page: SavedPage, article: Article, comments: FoundComments, url: str) -> Iterator[int]:
    """Yield the numbers of comments that a page states of itself: around its comments, or in a link to them."""
    inner = {id(found.element) for found in comments.comments}
    around = {id(parent) for found in comments.comments for parent in found.element.parents}
    last = max(article.numbers)
    for number, block in enumerate(page.blocks):
        if len(block.text) >= 60:
            continue
        # a text node is not joined with the next: they may be words of different elements, as a year and a number
        said = [int(one[1]) for one in STATED.finditer("\n".join(" ".join(node.split()) for node in block.strings))]
        if not said or not inner.isdisjoint(map(id, block.strings[0].parents)):
            continue
        below = list(itertools.takewhile(lambda one: id(one) not in around, block.strings[-1].parents))
        beside = number > last and not any(map(_is_another_story, below))
        if beside or any(_leads_to_place(one, url) for one in below):
            yield from said


def _is_another_story(element: Tag) -> bool:
    return element.name in LISTED or bool(CARD.search(names(element)))


def _leads_to_place(element: Tag, url: str) -> bool:
    """Return whether an element is a link to a place on its own page."""
    page, mark, _ = str(element.get("href", "")).partition("#")
    return element.name == "a" and bool(mark) and page in ("", url)


def _account_for_words(
    page: SavedPage, article: tuple[int, ...], comments: FoundComments
) -> tuple[tuple[str, ...], FoundComments, tuple[Omission, ...]]:
    """Return paragraphs, comments and what is left out; the provenance check finds every word in one of them."""
    paragraphs = [" ".join(page.blocks[number].text.split()) for number in article]
    left_out = _hide_omissions(page, article, comments)
    words = tuple(word for block in blocks(page.soup) for word in block.text.split())
    covered = _cover_words(words, paragraphs, comments)
    if covered.lost:
        lost = {(piece.kind, piece.number) for piece in covered.lost}
        paragraphs = [text for number, text in enumerate(paragraphs) if ("paragraph", number) not in lost]
        comments = comments.without({number for kind, number in lost if kind == "comment"})
        covered = _cover_words(words, paragraphs, comments)
    if len(covered.bare) > MOST_LITERAL:
        raise NoArticleError(SCATTERED.format(len(covered.bare)))
    left_out += [Omission(REST, text=" ".join(words[first:end])) for first, end in covered.bare]
    return tuple(paragraphs), comments, tuple(left_out)


def _hide_omissions(page: SavedPage, article: tuple[int, ...], comments: FoundComments) -> list[Omission]:
    """Hide the elements that are left out, and return those that hid some words."""
    own = {id(node) for number in article for node in page.blocks[number].strings}
    commented = {id(node) for found in comments.comments for node in found.strings}
    elements = [found.element for found in comments.comments]
    found = omissions(page, own, commented, elements, is_thread=bool(comments.opening))
    number = sum(omission.elements.count(",") + 1 for omission in found)
    if number > MOST_ELEMENTS or sum(omission.elements.count(" > ") for omission in found) > MOST_STEPS:
        raise NoArticleError(SCATTERED.format(number))
    counts = hide(page.soup, tuple(omission.elements for omission in found))
    return [omission for omission, count in zip(found, counts, strict=True) if count]


def _question_omissions(
    page: SavedPage, kept: Sequence[str], extracted: Sequence[int], left_out: tuple[Omission, ...]
) -> tuple[Omission, ...]:
    """Ask about what is left out, where more looks like the article than was kept; about the largest part of it."""
    words, likely = sum(map(count, kept)), [page.blocks[number] for number in extracted]
    number = sum(count(block.text) for block in likely)
    if words >= KEPT * number:
        return left_out
    nodes = {id(node): count(node) for block in likely for node in block.strings}

    def size(omission: Omission) -> int:
        below = {
            id(node): nodes.get(id(node), 0) for element in _elements_of(page, omission) for node in element.descendants
        }
        return sum(below.values()) or count(omission.text)

    largest = max(left_out, key=size, default=Omission(REST))
    question = (
        f"{TODO}: the draft keeps {words} of about {number} words that look like the article’s, and most of the others "
        "are here; compare source.txt with the page"
    )
    return tuple(replace(omission, question=question) if omission is largest else omission for omission in left_out)


def _elements_of(page: SavedPage, omission: Omission) -> list[Tag]:
    return page.soup.select(omission.elements) if omission.elements else []


def _cover_words(words: tuple[str, ...], paragraphs: Sequence[str], comments: FoundComments) -> Cover:
    """Return what paragraphs and comments cover of the words of a page."""
    texts = [tuple(found.draft.text.split()) for found in comments.comments]
    return cover(words, [tuple(paragraph.split()) for paragraph in paragraphs], texts, [])
