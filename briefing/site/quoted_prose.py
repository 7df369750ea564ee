"""Quotations in ordinary pages: where a page cites or shows a briefing, what it quotes is looked up as well.

A sentence that cites is compared with what it cites. Another one of the same page, and what is beside its sentences,
is compared with everything that can be quoted from the briefings that the page cites, lists or shows a card of. A line
`<!-- briefing-allow: quotation-not-found “the words” the reason -->` anywhere on the page lets one passage pass.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import groupby

from msgspec.structs import replace

from briefing.anchor.quoting import letters
from briefing.check.attributed_prose import Known, known_names
from briefing.check.quotables import Quoting, everything, quotables
from briefing.check.quoted_words import SHORT, AttributedPassage, QuotedPassage, quoted_in, quoted_words
from briefing.check.rules.quoted_prose import CODE, not_found, titles
from briefing.check.sentences import HIDDEN, Laid, Sentence, of_laid
from briefing.model import Briefing
from briefing.model.places import Problem, Span, in_file
from briefing.model.prose import Citation, CitedId
from briefing.site.lookup import Lookup, card_key, citation_keys, look_up, wanted
from briefing.site.markdown_scan import Aside, Ask, Bracket, Directive, asides, blocks, no_words
from briefing.text import Language, language
from briefing.text.marked_passages import marked

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
_TITLE_LINE = re.compile(r"\s*(?:!!!|\?\?\?|===|\[!)")
"""A line behind which something of its own begins: the title of an admonition or a tab."""
_MARKUP = re.compile(
    r"(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\"|\s+'[^'\n]*'|\s[^()]*)?\s*\)"
    r"|^[ \t]*\[(?!\^)[^\]\n]+\]:[ \t]*\S+[^\n]*$"
    r"|</?[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>|</?[a-z][^<>]*>|^[ \t]*(?:>[ \t]*)+",
    re.I | re.M,
)
_QUOTES = re.compile(r"&(?:[a-z]{2,30}|#\d{2,7}|#x[0-9a-f]{2,6});|</?q(?:\s[^<>]*)?>", re.I)
_EMPHASIS = re.compile(r"(?<![*_])([*_])(?![*_\s])([^*_\n]+?)\1(?![*_])")


@dataclass(frozen=True, eq=False)
class CitingPage:
    """A page with what it cites."""

    text: str
    file: str
    cited: Mapping[str, Briefing]
    """The briefings that the page cites or shows, by what is before an id in a citation."""
    brackets: tuple[tuple[Span, tuple[str, ...]], ...]
    """Every citation with its keys."""
    rules: Language

    @cached_property
    def everything(self) -> tuple[Quoting, ...]:
        """All that can be quoted from its briefings."""
        return tuple(everything(each) for each in self.cited.values())


def quoted_problems(text: str, file: str, asks: Sequence[Ask], lookup: Lookup) -> Iterator[Problem]:
    """Yield every quoted passage of a page that is nowhere it should, and every allowance that is of no use."""
    page = read_page(text, file, asks, lookup)
    if page is None:
        return
    passages = list(_passages(page))
    known = (
        frozenset(title for briefing in page.cited.values() for title in titles(briefing)) if passages else frozenset()
    )
    found = [replace(each, hint=_how(each)) for each in not_found(passages, known, page.cited)]
    allowed = [(letters(each[2]), each) for each in ALLOWANCE.finditer(text) if each[1] == CODE]
    reasons = {words for words, each in allowed if (each[3] or "").strip()}
    yield from (problem for problem in found if letters(problem.passage) not in reasons)
    yield from _wrong_allowances(file, allowed, reasons, {letters(problem.passage) for problem in found})


def _wrong_allowances(
    file: str, allowed: Iterable[tuple[str, re.Match[str]]], reasons: Collection[str], found: Collection[str]
) -> Iterator[Problem]:
    """Yield every allowance without a reason, or for words that nothing was found about."""
    for words, each in allowed:
        at = in_file(file, each.start(), each.end())
        if words not in reasons:
            hint = "write why the quoted words are allowed"
            yield Problem("missing-field", "this allowance gives no reason", at, hint)
        elif words not in found:
            message = f"nothing on this page has the finding “{CODE}” for this passage"
            yield Problem("unused-allow", message, at, "take this allowance out")


def _how(problem: Problem) -> str:
    """Return a finding's own hint, and the line that allows it."""
    line = f"<!-- briefing-allow: {CODE} “{' '.join(problem.passage.split())}” the reason -->"
    return f"{problem.hint}\nor, where it is right as it stands, write on a line of the page: {line}"


_Keys = Sequence[tuple[str, str, str]]


def read_page(text: str, file: str, asks: Sequence[Ask], lookup: Lookup) -> CitingPage | None:
    """Return what a page cites and shows; None where that is nothing, or a briefing that could not be read."""
    listed = [path for ask in asks for path in _listed(text, file, ask, lookup)]
    named = [(ask, list(_named(text, file, ask, lookup))) for ask in asks]
    cited = {before: path for _, keys in named for before, _, path in keys}
    cited = {f"{path}/": path for path in listed if path not in cited.values()} | cited
    briefings = {before: briefing for before, path in cited.items() if (briefing := lookup.checked[path].briefing)}
    if not briefings or len(briefings) < len(cited):
        return None
    return CitingPage(text, file, briefings, _brackets(named), _main_language(briefings, cited, listed))


def _brackets(named: Iterable[tuple[Ask, _Keys]]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    found = ((ask.span, keys) for ask, keys in named if isinstance(ask, Bracket) and keys)
    return tuple((span, tuple(f"{before}{id}" for before, id, _ in keys)) for span, keys in found)


def _main_language(briefings: Mapping[str, Briefing], cited: Mapping[str, str], listed: Collection[str]) -> Language:
    """Return the language of most briefings that are not only in a list; of most in lists where there is no other."""
    spoken = [briefing.language for before, briefing in briefings.items() if cited[before] not in listed]
    spoken = spoken or [briefing.language for briefing in briefings.values()]
    return language(Counter(spoken).most_common(1)[0][0])


def _listed(text: str, file: str, ask: Ask, lookup: Lookup) -> Iterator[str]:
    """Yield the paths of the briefings that a list may show."""
    if isinstance(ask, Directive) and ask.kind == "briefings":
        readable = [checked.briefing for checked in lookup.checked.values() if checked.briefing]
        yield from (each.path for each in replace(wanted(text, ask, lookup, file)[0], newest=None).of(readable))


def _named(text: str, file: str, ask: Ask, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """Yield what a citation or card names: what is before each id, the id, and the path of its briefing."""
    if isinstance(ask, Bracket):
        keys = list(citation_keys(text, ask.inner))
    else:
        card = card_key(text, ask.argument) if ask.kind != "briefings" else None
        keys = [card] if card else []
    for key in keys:
        if path := look_up(lookup, key, file).path:
            yield f"{key.briefing}/", key.id, path


def _passages(page: CitingPage) -> Iterator[QuotedPassage]:
    words, beside = list(words_of_page(page)), list(asides(page.text))
    texts = (*((laid.text, quoted) for laid, _, quoted in words), *((aside.words, aside.quoted) for aside in beside))
    if not any(quoted or marked(text, page.rules) for text, quoted in texts):
        return  # a page that lists a thousand briefings need not know what can be quoted from them
    names = known_names(page.cited.values())
    known = {f"{before}{id}": each for before, b in page.cited.items() for id, each in quotables(b).items()}
    for laid, terms, quoted in words:
        for _, group in groupby(of_laid(laid, page.rules), key=lambda sentence: id(sentence.laid)):
            sentences = tuple(group)
            taken = _whole(sentences, page.rules) if quoted else quoted_in(sentences, names, terms, page.rules)
            for each in taken:
                yield from _cited(page, each, known)
    for aside in beside:
        for taken_words, span, said, outer in _of_aside(aside, names, page.rules):
            place = aside.span(span)
            at, around = in_file(page.file, place.start, place.end), (aside.words, outer)
            yield QuotedPassage(taken_words, at, page.everything, (), can_cite=False, said=said, around=around)


def _whole(sentences: Sequence[Sentence], rules: Language) -> Iterator[AttributedPassage]:
    """Yield a paragraph of a block quotation; what it has in marks of its own is part of what is quoted."""
    laid = sentences[0].laid
    found = _quoted(laid.text)
    if found:
        yield AttributedPassage(_UNMARKED.sub("", found.of(laid.text)), laid.span(found), sentences, said=False)


def _of_aside(aside: Aside, names: Known, rules: Language) -> Iterator[tuple[str, Span, bool, Span]]:
    if not aside.quoted:
        yield from quoted_words(aside.words, names, rules)
        return
    for line in _broken(aside.words):
        found = _quoted(aside.words[line.start : line.end])
        if found:
            span = Span(line.start + found.start, line.start + found.end)
            yield span.of(aside.words), span, False, span


def _broken(words: str) -> Iterator[Span]:
    """Return the paragraphs of a block quotation of raw HTML."""
    return (Span(*found.span()) for found in re.finditer(r"[^\n]+(?:\n(?!\n)[^\n]+)*", words))


def _quoted(text: str) -> Span | None:
    """Return the words of a quoted paragraph; none of a heading, of who said it, or of less than a clause."""
    item = _QUOTED_ITEM.match(text)
    start = item.end() if item else len(text) - len(text.lstrip(_SPACES))
    span = Span(start, max(start, len(text.rstrip(_SPACES))))
    words = span.of(text)
    letters = [word for word in words.split() if any(letter.isalnum() for letter in word)]
    return span if len(letters) >= SHORT and not _NO_QUOTATION.match(words) else None


_SPACES = " \t\r\n*_"
_QUOTED_ITEM = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])[ \t]+)+(?:>[ \t]*)+")
"""What stands before the words of a block quotation in a list."""
_NO_QUOTATION = re.compile(r"[—–―~#|]|--|\[!|[-+] |\d+[.)] ")
_UNMARKED = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")


def _cited(page: CitingPage, taken: AttributedPassage, known: Mapping[str, Quoting]) -> Iterator[QuotedPassage]:
    words, at = taken.words, in_file(page.file, taken.span.start, taken.span.end)
    cited = tuple(dict.fromkeys(id for sentence in taken.over for id in sentence.cited))
    if not cited:
        yield QuotedPassage(words, at, page.everything, (), can_cite=False, said=taken.said, around=taken.around)
        return
    sources = tuple(known[id] for id in cited if id in known)
    if len(sources) == len(cited) and not any(source.lost for source in sources):
        yield QuotedPassage(words, at, sources, cited, said=taken.said, around=taken.around)


# --- the words of a page ----------------------------------------------------------------------------------------


def words_of_page(page: CitingPage) -> Iterator[tuple[Laid, frozenset[Span], bool]]:
    """Yield each paragraph, item, heading or row of a page, with what is in italics in it, and whether it is quoted."""
    quotations = list(_block_quotations(page.text))
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
            quoted = any(each.start <= start < each.end for each in quotations)
            yield Laid(words, array("I", range(start, end + 1)), citations, ()), terms, quoted


def _block_quotations(text: str) -> Iterator[Span]:
    """Yield lines that begin with >, and what is in an admonition of the kind that is for quotations."""
    yield from (Span(*found.span()) for found in _QUOTED_LINES.finditer(text))
    for begins in _QUOTED_ADMONITION.finditer(text):
        inside = re.compile(rf"(?:[ \t]*\n|{begins['indent']}(?: {{4}}|\t)[^\n]*\n?)*")
        found = inside.match(text, begins.end())
        yield Span(begins.end(), found.end() if found else begins.end())


_QUOTED_LINES = re.compile(r"(?:^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*>[^\n]*\n?)+", re.M)
_QUOTED_ADMONITION = re.compile(r"^(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(?:quote|cite)\b[^\n]*\n", re.M)


def _plain(text: str, block: Span, dead: Sequence[Span]) -> str:
    """Return a block without code and markup, and with quotation marks where they are written in another way."""
    parts, at = [], block.start
    for span in dead:
        parts += [text[at : span.start], HIDDEN * (span.end - span.start)]
        at = span.end
    written = _TITLED.sub(_untitled, "".join((*parts, text[at : block.end])))
    words = _QUOTES.sub(lambda found: _mark(found[0]), written)
    return _MARKUP.sub(lambda found: " " * len(found[0]), words)


def _untitled(found: re.Match[str]) -> str:
    """Return a title without the marks around it, and a list of attributes without words."""
    return f"{found['begins']} {found['title']} ".ljust(len(found[0])) if found["begins"] else " " * len(found[0])


def _mark(written: str) -> str:
    """Return a quotation mark that is written as an entity or element, as long as that."""
    mark = ("”" if written[1] == "/" else "“") if written[0] == "<" else unescape(written)
    return mark.ljust(len(written)) if len(mark) == 1 and mark in "“”„«»\"‘’‚‹›'" else written


def _paragraphs(block: str) -> Iterator[Span]:
    """Yield the lines of a block, those together that are one paragraph."""
    start, at = 0, 0
    for line in [*_LINES.finditer(block), None]:
        end = line.start() if line else len(block)
        titled = _TITLE_LINE.match(block, start, at)
        if at > start and (titled or _BEGINS.match(block, at, end) or not block[at:end].strip()):
            yield Span(start, at)
            start = at
        if line is None:
            yield Span(start, end)
            return
        at = line.end()
