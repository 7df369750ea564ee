"""Quotations in ordinary pages: where a page cites a briefing, what it puts in quotation marks is looked up as well.

A sentence that cites is held against what it cites; another one of the same page against everything that can be quoted
from the briefings that the page cites. A line `<!-- briefing-allow: quotation-not-found “the words” the reason -->`
anywhere on the page lets one passage pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

from briefing.anchor.quoting import letters
from briefing.check.attributed_prose import known_names
from briefing.check.quotables import Quoting, everything, quotables
from briefing.check.quoted_words import QuotedPassage, Taken, quoted_in
from briefing.check.rules.quoted_prose import CODE, not_found, titles
from briefing.check.sentences import HIDDEN, Laid, of_laid
from briefing.model import Briefing
from briefing.model.places import Problem, Span, in_file
from briefing.model.prose import Citation, CitedId
from briefing.site.lookup import Lookup, citation_keys, look_up
from briefing.site.markdown_scan import Ask, Bracket, blocks, no_words
from briefing.text import Language, language

ALLOWANCE = re.compile(
    r"<!--[ \t]*briefing-allow:[ \t]*(\S+)[ \t]+[“„«»\"'‘](.+?)[”“«»\"'’](?:[ \t]+(.*?))?[ \t]*-->", re.S
)
_TITLED = re.compile(
    r"^(?P<begins>[ \t]*(?:!!!|\?\?\?\+?|===[!+]*)[^\"\n]*)\"(?P<title>[^\n]*)\"[ \t]*$"
    r"|\{:?[ \t]*[^{}\n]*=[^{}\n]*\}",
    re.M,
)
"""The title of an admonition or a tab, and a list of attributes: their marks quote nothing."""
_LINES = re.compile(r"\r\n|[\r\n]")
_BEGINS = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|\||[=-]{3,}\s*$|!!!|\?\?\?|===|\[\^)")
"""A line that begins something of its own: an item, a heading, a row of a table."""
_MARKUP = re.compile(
    r"(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\"|\s+'[^'\n]*'|\s[^()]*)?\s*\)"
    r"|^[ \t]*\[[^\]\n]+\]:[ \t]*\S+[^\n]*$"
    r"|</?[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>|</?[a-z][^<>]*>|^[ \t]*(?:>[ \t]*)+",
    re.I | re.M,
)
_QUOTES = re.compile(
    r"&(?:[lr][sd]quo|[lr]aquo|[bs][dq]uo|quot|apos|#\d{2,5}|#x[0-9a-f]{2,4});|</?q(?:\s[^<>]*)?>", re.I
)
_EMPHASIS = re.compile(r"(?<![*_])([*_])(?![*_\s])([^*_\n]+?)\1(?![*_])")


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    file: str
    cited: Mapping[str, Briefing]
    """The briefings that the page cites, by what stands before an id in a citation."""
    brackets: tuple[tuple[Span, tuple[str, ...]], ...]
    """Every citation with its keys."""
    rules: Language


def quoted_problems(text: str, file: str, asks: Sequence[Ask], shelf: Lookup) -> Iterator[Problem]:
    """Every quoted passage of a page that stands nowhere it should, and every allowance that is of no use."""
    page = _page(text, file, asks, shelf)
    if page is None:
        return
    known = frozenset(title for briefing in page.cited.values() for title in titles(briefing))
    found = [replace(each, hint=_how(each)) for each in not_found(_passages(page), known, page.cited)]
    allowed = [(letters(each[2]), each) for each in ALLOWANCE.finditer(text) if each[1] == CODE]
    reasons = {words for words, each in allowed if (each[3] or "").strip()}
    yield from (problem for problem in found if letters(problem.passage) not in reasons)
    for words, each in allowed:
        at = in_file(file, each.start(), each.end())
        if words not in reasons:
            hint = "write why it may stand behind the quoted words"
            yield Problem("missing-field", "this allowance gives no reason", at, hint)
        elif not any(letters(problem.passage) == words for problem in found):
            message = f"nothing on this page has the finding “{CODE}” for this passage"
            yield Problem("unused-allow", message, at, "take this allowance out")


def _how(problem: Problem) -> str:
    """A finding's own hint, and the line that allows it."""
    line = f"<!-- briefing-allow: {CODE} “{' '.join(problem.passage.split())}” the reason -->"
    return f"{problem.hint}\nor, where it is right as it stands, write on a line of the page: {line}"


def _page(text: str, file: str, asks: Sequence[Ask], shelf: Lookup) -> _Page | None:
    """What a page cites; None where it cites nothing, or a briefing that could not be read."""
    cited: dict[str, Briefing] = {}
    brackets = []
    for ask in asks:
        if not isinstance(ask, Bracket):
            continue
        ids = []
        for key in citation_keys(text, ask.inner):
            found = look_up(shelf, key, file)
            checked = shelf.checked.get(found.path)
            if checked and checked.briefing:
                cited.setdefault(f"{key.briefing}/", checked.briefing)
                ids.append(f"{key.briefing}/{key.id}")
        if ids:
            brackets.append((ask.span, tuple(ids)))
    if not cited:
        return None
    return _Page(text, file, cited, tuple(brackets), language(next(iter(cited.values())).language))


def _passages(page: _Page) -> Iterator[QuotedPassage]:
    names = known_names(page.cited.values())
    known = {f"{before}{id}": each for before, b in page.cited.items() for id, each in quotables(b).items()}
    for laid, terms in _laid(page):
        for _, group in groupby(of_laid(laid, page.rules), key=lambda sentence: id(sentence.laid)):
            for taken in quoted_in(tuple(group), names, terms, page.rules):
                yield from _cited(page, taken, known)


def _cited(page: _Page, taken: Taken, known: Mapping[str, Quoting]) -> Iterator[QuotedPassage]:
    words, at = taken.words, in_file(page.file, taken.span.start, taken.span.end)
    cited = tuple(dict.fromkeys(id for sentence in taken.over for id in sentence.cited))
    if not cited:
        everywhere = tuple(everything(each) for each in page.cited.values())
        yield QuotedPassage(words, at, everywhere, (), can_cite=False, said=taken.said)
        return
    sources = tuple(known[id] for id in cited if id in known)
    if len(sources) == len(cited) and not any(source.lost for source in sources):
        yield QuotedPassage(words, at, sources, cited, said=taken.said)


# --- the words of a page ----------------------------------------------------------------------------------------


def _laid(page: _Page) -> Iterator[tuple[Laid, frozenset[Span]]]:
    """Each paragraph, item, heading or row of a page, with what stands in italics in it."""
    for block in blocks(page.text):
        dead = list(no_words(page.text, block))
        here = [(span, ids) for span, ids in page.brackets if block.holds(span)]
        letters = list(_plain(page.text, block, dead))
        for span, _ in here:
            letters[span.start - block.start : span.end - block.start] = " " * (span.end - span.start)
        terms = frozenset(
            Span(found.start(2) + block.start, found.end(2) + block.start)
            for found in _EMPHASIS.finditer("".join(letters))
        )
        for line in _paragraphs("".join(letters)):
            start, end = line.start + block.start, line.end + block.start
            citations = tuple(
                (span.start - start, Citation(tuple(CitedId(id, span) for id in ids), span))
                for span, ids in here
                if start <= span.start < end
            )
            words = _LINES.sub(lambda found: " " * len(found[0]), "".join(letters[line.start : line.end]))
            yield Laid(words, tuple(range(start, end + 1)), citations, ()), terms


def _plain(text: str, block: Span, dead: Sequence[Span]) -> str:
    """A block with nothing where code and markup stand, and quotation marks where they are written in another way."""
    parts, at = [], block.start
    for span in dead:
        parts += [text[at : span.start], HIDDEN * (span.end - span.start)]
        at = span.end
    written = _TITLED.sub(_untitled, "".join((*parts, text[at : block.end])))
    words = _QUOTES.sub(lambda found: _mark(found[0]), written)
    return _MARKUP.sub(lambda found: " " * len(found[0]), words)


def _untitled(found: re.Match[str]) -> str:
    """A title without the marks around it, and a list of attributes without words."""
    return f"{found['begins']} {found['title']} ".ljust(len(found[0])) if found["begins"] else " " * len(found[0])


def _mark(written: str) -> str:
    """A quotation mark that is written as an entity or element, as long as that."""
    mark = ("”" if written[1] == "/" else "“") if written[0] == "<" else unescape(written)
    return mark.ljust(len(written)) if len(mark) == 1 and mark in "“”„«»\"‘’‚‹›'" else written


def _paragraphs(block: str) -> Iterator[Span]:
    """The lines of a block, those together that are one paragraph."""
    start, at = 0, 0
    for line in [*_LINES.finditer(block), None]:
        end = line.start() if line else len(block)
        if at > start and _BEGINS.match(block, at, end):
            yield Span(start, at)
            start = at
        if line is None:
            yield Span(start, end)
            return
        at = line.end()
