"""Find which paragraphs of a page are the article: trafilatura's choice, corrected by where they are.

Trafilatura says which words are the article; its text is not used, because the provenance check reads the page as a
browser shows it. What it passes over between paragraphs of the article is added, and what is plainly furniture is
taken out. Where a page states its whole text (`articleBody`), that decides, if trafilatura finds hardly more.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from bs4.element import Tag

from briefing.authoring.ingest.folder import NoArticleError
from briefing.authoring.ingest.saved_page import SavedPage, count, element_of, leads_elsewhere, names
from briefing.load.folder_files import SOURCE_LENGTH
from briefing.readers.html import Block
from briefing.readers.reading import needed

FEWEST = 25
"""Words of an article; a page with fewer has none, or shows it only after a program has run."""
SHORT = 4
"""Words below which a paragraph has to be a whole line of the extracted text, or it could be any button."""
MOST_WORDS = 0.75
"""Of the article's words those in the element that is its home."""
MUCH = 0.3
"""Of the words that were chosen: an element with so many is no furniture, whatever its classes say, as those of a post
that list its tags."""
LONG = 60
"""Words of a paragraph that is no furniture, whatever it is called, and no summary."""
REPEATED = 20
"""Words that nobody writes twice in one article; a refrain or a heading has fewer."""
STATED = 0.6
"""Of a page's stated words that have to be found in its paragraphs for the statement to be believed, and of the words
that are found otherwise those that have to be stated: many pages state their first sentences only."""
ASIDE = 0.3
"""Of the words that were chosen: as much as is in articles inside the article, or is links at its end, may be
something else, such as headlines of other articles; more is a live blog, or a list of links."""

MOST = 1_500_000
"""Characters that trafilatura is given, to bound its time and memory on a page that is no article."""
MANY = 2_000
"""Paragraphs with which trafilatura is told not to ask jusText, whose time grows with their square."""
UNREAD = re.compile(
    r"<!--.*?-->|<[?!][^>]*>|<(script|style|svg|noscript|template)\b.*?</\1>|(?<=[\"'])data:[^\"']*", re.DOTALL
)
"""What is no text and makes a page long. Remarks first: what begins in them does not end."""

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
FLOW = {"p", "blockquote", "li", "h1", "h2", "h3", "h4", "pre", "dd", "dt", "td", "th", "caption"}
FURNITURE = re.compile(
    r"\b(?:share|sharing|social|related|recommend\w*|newsletter|subscri\w*|promo\w*|advert\w*|ads?|sponsor\w*|banner|"
    r"byline|author (?:bio\w*|box|info|drop ?down|card|description)|about (?:the )?author|breadcrumbs?|tags?|comments?|"
    r"kommentar\w*|reply|caption|credit|sidebar|menu|nav|footer|cookie|consent|paywall|outbrain|taboola|"
    r"read (?:more|also|next)|also|teaser|signup|toolbar|text size|font size|print|meta|pagination)\b"
)
INVITES = re.compile(
    r"(?:(?:have you |did you )?(?:spot(?:ted)?|f[io]und|notice[d]?|seen?|report) (?:a|an|any) "
    r"(?:\w+ )?(?:mistake|error|typo|inaccuracy|problem)\w*\b|"
    r"(?:if you )?have (?:a|any) complaints?\b|"
    r"(?:haben sie )?(?:einen |den )?(?:fehler|tippfehler) (?:gefunden|entdeckt|bemerkt|gesehen|melden)\b|"
    r"(?:vous avez )?(?:repéré|trouvé|signaler) une (?:erreur|faute|coquille)\b|"
    r"(?:هل )?(?:وجدت|لاحظت) خط[أا]\b)",
    re.IGNORECASE,
)
"""What a note to readers begins with that asks them to tell of mistakes: it is none of a correction."""
STANDFIRST = re.compile(
    r"\b(?:standfirst|sub ?title|excerpt|dek|deck|lead|lede|summary|intro\w*|description|vorspann|chapo)\b"
)
BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|posted by|written by|filed under|this entry was)\s(?:\S+\s+){0,14}\S*$", re.IGNORECASE
)
RELATED = re.compile(
    r"(?:(?:read|see|watch|listen)(?: \w+)? (?:also|more|next)|(?:see|read|more|also) (?:also|read|on|from|about)|"
    r"related|don.t miss|(?:[àa] )?(?:lire|voir|écouter) (?:aussi|également)|sur le même (?:sujet|thème)|"
    r"(?:lesen|siehe|sehen) (?:sie )?auch|mehr (?:zum thema|dazu|lesen|von)|auch interessant|zum thema|"
    r"(?:lea|lee|ver|vea) también|te puede interesar|más (?:sobre|información)|(?:leggi|vedi) anche|"
    r"(?:leia|veja) (?:também|mais)|lees ook|meer over|läs (?:även|också|mer)|(?:les|læs) også|"
    r"(?:czytaj|zobacz) (?:też|także|również)|читайте также|см\. также|по теме|lasi arī|"
    r"anzeige|werbung|advertisement|publicité|publicidad)(?=\W|$)",
    re.IGNORECASE,
)
"""How a line begins that leads to other articles, or says that something is an advertisement."""
CORRECTED = re.compile(
    r"(?:corrections?|clarifications?|erratum|corrigendum|korrektur|berichtigung|rectificatif|corrección|fe de errores|"
    r"تصحيح)\b[^:.]{0,40}:|"
    r"(?:this|the) (?:article|story|report|post|piece|page)\b.{0,20} (?:was|has been)(?: \w+)? "
    r"(?:amended|corrected|(?:updated|revised|edited|changed) to)\b|"
    r"(?:in )?an? (?:earlier|previous|original) version\b|"
    r"(?:in )?eine[r]? (?:früheren?|vorherigen?|ersten?) (?:fassung|version)\b|"
    r"diese[rs]? (?:artikel|text|beitrag|meldung|bericht) wurde\b.{0,60}\b(?:korrigiert|geändert|berichtigt)\b|"
    r"(?:dans )?une (?:première|précédente) version\b|cet article a été (?:modifié|corrigé)\b|"
    r"(?:en )?una versión anterior\b",
    re.IGNORECASE,
)
"""How a notice begins that says what of an article was changed after its publication."""
CORRECTION = re.compile(r"\b(?:corrections?|corrected|amend\w*|erratum|clarifications?|korrektur|berichtigung)\b")
"""In the names of an element: it is such a notice."""
STAMP = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|\d[./]\d{1,2}[./]\d\d")
"""A clock time, a year or a date in figures."""
STAMPED = 12
"""Words of a line that says when something was published."""
PART = 0.15
"""Of the words that were chosen: an element beside the article's home with as many is one of its parts."""
LINKED = 0.6
"""Of a paragraph's words in links: with more it is a link."""
LABEL = 6
"""Words at an article's beginning or end that are a label unless they are a sentence."""
SENTENCE = re.compile(r"[.!?…:;。！？؟।။][\"'”’“»」』)\]]*$")
FRAMES = ("nav", "footer", "aside", "button", "figure", "figcaption", "select", "dialog", "menu")


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of a page that are its article, by their indexes."""

    numbers: tuple[int, ...] = ()
    extracted: tuple[int, ...] = ()
    """What the extractor takes for it, before furniture is taken out."""


MAX_PARAGRAPHS = 20_000
"""Of a page without its comments, each of which is looked at many times; a book has five thousand."""


def article_of(page: SavedPage, barred: Set[int], title: str, stated: str = "") -> Article:
    """Return the paragraphs that are the article; `barred` are indexes of those that cannot be.

    `stated` is what the page's metadata give as its text. MissingLibrary where trafilatura is not installed.
    NoArticleError where there is too much to look through.
    """
    free = [number for number in range(len(page.blocks)) if number not in barred]
    for what, found, most in (
        ("paragraphs", len(free), MAX_PARAGRAPHS),
        ("characters", sum(len(page.blocks[number].text) for number in free), SOURCE_LENGTH),
    ):
        if found > most:
            advice = "copy its text into a .txt file, or save a page with less of it"
            raise NoArticleError(f"it has more than {most:,} {what} beside its comments; {advice}")
    extracted = _extracted_paragraphs(page, free) or _densest_paragraphs(page, free)
    chosen = _correct_choice(page, free, extracted)
    if told := _stated_paragraphs(page, free, stated):
        chosen = _correct_choice(page, free, _agreed_paragraphs(page, chosen, told))
    heading = _flatten(title)
    kept = [number for number in chosen if not heading or _flatten(page.blocks[number].text) != heading]
    kept = _trim_end(page, _trim_beginning(page, kept))
    kept = sorted({*kept, *_find_corrections(page, free, kept)})
    return Article(tuple(kept), tuple(extracted)) if _count_words(page, kept) >= FEWEST else Article()


def _agreed_paragraphs(page: SavedPage, found: list[int], stated: list[int]) -> list[int]:
    """Return what a page states as its text with what was found beside it; where much more was found, both together."""
    if _count_words(page, stated) < STATED * _count_words(page, found):
        return sorted({*found, *stated})
    places = {number: element_of(page.blocks[number]) for number in (*found, *stated)}
    around = {(id(places[number].parent), places[number].name) for number in stated}
    beside = (number for number in found if (id(places[number].parent), places[number].name) in around)
    return sorted({*beside, *stated})


def _count_words(page: SavedPage, numbers: Iterable[int]) -> int:
    return sum(count(page.blocks[number].text) for number in numbers)


def _trim_beginning(page: SavedPage, kept: list[int]) -> list[int]:
    """Drop what is before the first sentence: headline, byline, date, labels."""
    window = _flatten(page.soup.title.get_text()) if page.soup.title else ""
    for place, block in enumerate(page.blocks[number] for number in kept):
        headline = _is_heading(block) and (element_of(block).name == "h1" or _flatten(block.text) in window)
        if not headline and not _is_label(block):
            return kept[place:]
    return kept


def _trim_end(page: SavedPage, kept: list[int]) -> list[int]:
    """Drop what is after the last sentence: labels, dates, links to other articles and the headings of either."""
    last, links = len(kept), ASIDE * _count_words(page, kept)
    while last > 1:
        block = page.blocks[kept[last - 1]]
        if _share_linked(block) >= LINKED:
            links -= count(block.text)
            ends = links >= 0
        else:
            ends = _is_label(block) or _is_heading(block) or _leads_on(block)
        if not ends:
            break
        last -= 1
    return kept[:last]


def _leads_on(block: Block) -> bool:
    """Return whether a block is a few words that announce something, such as `See also:`."""
    return count(block.text) <= LABEL and (block.text.rstrip().endswith(":") or bool(RELATED.match(block.text)))


def _is_label(block: Block) -> bool:
    """Return whether a block is a few words without a sentence, or the line that says who wrote and when."""
    if _is_heading(block) or element_of(block).name in ("td", "th", "li", "blockquote"):
        return False
    if BYLINE.match(block.text):
        return True
    words = count(block.text)
    return words <= (STAMPED if STAMP.search(block.text) else LABEL) and not SENTENCE.search(block.text)


def _is_heading(block: Block) -> bool:
    return element_of(block).name in HEADINGS


def _flatten(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("\u00ad", "").lower()))


def _stated_paragraphs(page: SavedPage, free: Sequence[int], stated: str) -> list[int]:
    """Return the paragraphs of the text that a page states, if they are most of it."""
    text = f" {_flatten(stated)} "
    if count(text) < FEWEST:
        return []
    long = (number for number in free if count(page.blocks[number].text) >= SHORT)
    found = [number for number in long if (flat := _flatten(page.blocks[number].text)) and f" {flat} " in text]
    return found if _count_words(page, found) >= STATED * count(text) else []


def _extracted_paragraphs(page: SavedPage, free: Sequence[int]) -> list[int]:
    """Return the paragraphs that trafilatura chooses."""
    lines = _extracted_lines(UNREAD.sub("", str(page.soup)), fast=len(free) > MANY)
    whole, joined = set(lines), f" {' '.join(line for line in lines if line)} "
    found = []
    for number in free:
        flat = _flatten(page.blocks[number].text)
        long = count(flat) >= SHORT
        if flat and (f" {flat} " in joined if long else flat in whole):
            found.append(number)
    return found if _count_words(page, found) >= FEWEST else []


def _extracted_lines(html: str, fast: bool) -> list[str]:
    """Return the lines that trafilatura finds in a page, asked in two ways: each misses much that the other finds."""
    with needed("trafilatura", ".html", "ingest"):
        import trafilatura
    if len(html) > MOST:
        return []
    texts = [
        trafilatura.extract(html, include_comments=False, favor_recall=recall, fast=fast) or ""
        for recall in (True, False)
    ]
    return [_flatten(cell) for text in texts for line in text.splitlines() for cell in line.split("|")]


def _densest_paragraphs(page: SavedPage, free: Sequence[int]) -> list[int]:
    """Return the paragraphs of the element with most sentences, where nothing else says what the article is."""
    weight: Counter[int] = Counter()
    for number in free:
        block = page.blocks[number]
        if count(block.text) >= 15 and not _share_linked(block) > 0.3 and not _is_framed(block):
            for depth, parent in enumerate(list(block.strings[0].parents)[:3]):
                weight[id(parent)] += count(block.text) // (depth + 1)
    best = max(weight, key=lambda key: weight[key], default=None)
    if best is None:
        return []
    inside = [number for number in free if any(id(parent) == best for parent in page.blocks[number].strings[0].parents)]
    return [number for number in inside if not _share_linked(page.blocks[number]) > 0.5]


def _correct_choice(page: SavedPage, free: Sequence[int], chosen: Sequence[int]) -> list[int]:
    """Return the chosen paragraphs without furniture, and with what is between them in the same element."""
    # elements with so much of the text that their names cannot say that it is furniture
    large = {id(element) for element in _elements_holding(page, chosen, MUCH)}
    kept = [number for number in chosen if not _is_furniture(page.blocks[number], large)]
    kept, home = _without_other_articles(page, kept, large)
    if home is None:
        return kept
    # what is in it is surely the article's
    inside = [number for number in kept if _is_inside(page.blocks[number], home)]
    first, last = inside[0], inside[-1]
    between = {number for number in free if first <= number <= last}.difference(chosen)
    passed_over = (number for number in between if _is_passed_over(page.blocks[number], home, large))
    around = home.parent if isinstance(home.parent, Tag) else home
    have = sorted({*kept, *passed_over})
    beside = _parts_beside(page, have, home, around)
    body = [number for number in have if first <= number <= last or number in beside]
    return _without_repeats(page, sorted({*_find_standfirst(page, free, body), *body}), home)


def _without_other_articles(page: SavedPage, kept: Sequence[int], large: Set[int]) -> tuple[list[int], Tag | None]:
    """Return the paragraphs that are not of other articles, and the smallest element that holds most of them.

    Others are announced by a heading that is a link, outside that element; or they are `article`s inside it. Where
    they are most of the words, the page is made of them.
    """
    others = _paragraphs_in(page, kept, _announced_elements(page) - large)
    own = [number for number in kept if number not in others]
    home = _home_element(page, own if _count_words(page, own) >= _count_words(page, others) else kept)
    if home is None:
        return list(kept), None
    kept = [number for number in kept if number not in others or _is_inside(page.blocks[number], home)]
    inner = _paragraphs_in(page, kept, {id(element) for element in home.find_all("article")} - large)
    few = _count_words(page, inner) <= ASIDE * _count_words(page, kept)
    return [number for number in kept if not few or number not in inner], home


def _announced_elements(page: SavedPage) -> set[int]:
    """Return the elements near a heading that is a link to another page."""
    found: set[int] = set()
    for heading in page.soup.find_all(["h2", "h3", "h4", "h5", "h6"]):
        link = heading.find_parent("a") or heading.find("a")
        if leads_elsewhere(link) and len(heading.get_text().split()) >= SHORT:
            found |= {id(parent) for parent in list(heading.parents)[:3]}
    return found


def _paragraphs_in(page: SavedPage, numbers: Sequence[int], elements: Set[int]) -> set[int]:
    return {
        number for number in numbers if any(id(parent) in elements for parent in page.blocks[number].strings[0].parents)
    }


def _parts_beside(page: SavedPage, numbers: Sequence[int], home: Tag, around: Tag) -> set[int]:
    """Return the paragraphs beside an article's home that are its parts: lines, elements like it, or much text."""
    parts: dict[int, list[int]] = {}
    elements: dict[int, Tag] = {}
    for number in numbers:
        above = [page.blocks[number].strings[0], *page.blocks[number].strings[0].parents]
        part = next((one for one, outer in itertools.pairwise(above) if outer is around), None)
        if isinstance(part, Tag):
            parts.setdefault(id(part), []).append(number)
            elements[id(part)] = part
    most = PART * _count_words(page, numbers)
    alike = (home.name, home.get("class"))
    kept = [
        inside
        for key, inside in parts.items()
        if elements[key].name in FLOW | {"ul", "ol", "table"}
        or (elements[key].name, elements[key].get("class")) == alike
        or _count_words(page, inside) >= most
    ]
    return {number for inside in kept for number in inside}


def _is_passed_over(block: Block, home: Tag, large: Set[int]) -> bool:
    """Return whether a paragraph among those of the article is one too, though it was not chosen."""
    if not _is_inside(block, home) or _is_furniture(block, large) or _share_linked(block) >= LINKED:
        return False
    element = element_of(block)
    credits = element.name == "figcaption"  # of a block quotation: a picture's is furniture
    return element.name in FLOW or credits or (element is home and count(block.text) >= 8)


def _without_repeats(page: SavedPage, numbers: Sequence[int], home: Tag) -> list[int]:
    """Drop what is said elsewhere again later, unless in a few words: a summary on a card or in a list."""
    last = {_flatten(page.blocks[number].text): number for number in numbers}

    def again(number: int) -> bool:
        block, later = page.blocks[number], page.blocks[last[_flatten(page.blocks[number].text)]]
        elsewhere = block is not later and element_of(block).parent is not element_of(later).parent
        return elsewhere and (count(block.text) >= REPEATED or not _is_inside(block, home))

    return [number for number in numbers if not again(number)]


def _find_standfirst(page: SavedPage, free: Sequence[int], body: Sequence[int]) -> list[int]:
    """Return what is between the headline and the article and is named as its summary."""
    found: list[int] = []
    for number in (number for number in free if body and number < body[0]):
        block = page.blocks[number]
        if element_of(block).name == "h1":
            found = []
        elif (
            6 <= count(block.text) < LONG
            and not _is_furniture(block, frozenset())
            and _share_linked(block) < 0.5
            and _is_summary(element_of(block))
        ):
            found.append(number)
    return found


def _find_corrections(page: SavedPage, free: Sequence[int], body: Sequence[int]) -> Iterator[int]:
    """Yield the notices that say what of the article was corrected, wherever in its element they are."""
    home = _home_element(page, body)
    if home is None:
        return
    article = home if home.name == "article" else home.find_parent("article")
    around = article or home.parent or home
    for number in free:
        block = page.blocks[number]
        element = element_of(block)
        said = names(element, id=element.name not in HEADINGS)
        if (
            count(block.text) >= LABEL
            and _share_linked(block) < LINKED
            and (CORRECTED.match(block.text) or CORRECTION.search(said))
            and not INVITES.match(block.text)
            and _is_inside(block, around)
            and block.strings[0].find_parent("article") is article
            and (article or not _is_framed(block))
        ):
            yield number


def _is_summary(element: Tag) -> bool:
    """Return whether an element's names say that it is a summary, or it is the paragraph after a headline."""
    if element.name not in FLOW | {"div"}:
        return False
    near = " ".join(names(parent) for parent in (element, *list(element.parents)[:1]) if parent.name != "body")
    if STANDFIRST.search(near):
        return True
    beside = element.name == "p" and element.find_previous_sibling("h1") is not None
    return beside and not FURNITURE.search(names(element))


def _home_element(page: SavedPage, kept: Sequence[int]) -> Tag | None:
    """Return the smallest element that holds most of the article's words."""
    return max(_elements_holding(page, kept, MOST_WORDS), key=lambda tag: len(list(tag.parents)), default=None)


def _elements_holding(page: SavedPage, numbers: Sequence[int], share: float) -> list[Tag]:
    """Return the elements that hold a share of the words of some paragraphs."""
    total = _count_words(page, numbers)
    weight: Counter[int] = Counter()
    elements: dict[int, Tag] = {}
    for number in numbers:
        words = count(page.blocks[number].text)
        for parent in page.blocks[number].strings[0].parents:
            weight[id(parent)] += words
            elements[id(parent)] = parent
    return [elements[key] for key in weight if weight[key] >= share * total]


def _is_inside(block: Block, home: Tag) -> bool:
    return any(parent is home for parent in block.strings[0].parents)


def _is_framed(block: Block, large: Set[int] = frozenset()) -> bool:
    around = list(block.strings[0].parents)
    quotes = any(_holds_quotation(parent) for parent in around)
    return any(
        parent.name in FRAMES and id(parent) not in large and not (quotes and parent.name.startswith("fig"))
        for parent in around
    )


def _holds_quotation(element: Tag) -> bool:
    """Return whether an element is a figure that holds a block quotation with its credit, and no repeated one."""
    if element.name != "figure" or element.find("blockquote") is None:
        return False
    return element.find(["img", "picture", "video"]) is None and "pull" not in names(element)


def _is_furniture(block: Block, large: Set[int]) -> bool:
    """Return whether the names of the elements around a paragraph say that it is not the article's."""
    near = [parent for parent in list(block.strings[0].parents)[:3] if isinstance(parent, Tag)]
    near = [parent for parent in near if parent.name not in ("body", "html", "article", "main")]
    near = [parent for parent in near if id(parent) not in large]
    # the id of a heading is made of its own words, which say nothing about what it is
    said = (names(parent, id=parent.name not in HEADINGS) for parent in near)
    if _is_framed(block, large) or (any(FURNITURE.search(name) for name in said) and count(block.text) < LONG):
        return True
    if INVITES.match(block.text) and count(block.text) < REPEATED:
        return True
    return bool(RELATED.match(block.text)) and _share_linked(block) >= 0.5


def _share_linked(block: Block) -> float:
    """Return the share of a paragraph's words that are in links."""
    linked = sum(count(node) for node in block.strings if any(parent.name == "a" for parent in node.parents))
    return linked / max(count(block.text), 1)
