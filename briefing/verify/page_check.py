"""Compares a page with the texts that it quotes: every slice with its place, every passage in quotation marks, the
cards with the records, the annotated text with the source, and the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from briefing.anchor.quoting import letters
from briefing.model.manifest import ManifestAnnotation
from briefing.text import Language, Quoted, language
from briefing.text.marked_passages import UnpairedMarks, marked
from briefing.verify.count_check import check_counts, digits_of, numbers_in
from briefing.verify.findings import Mismatch, Verification, place_in
from briefing.verify.known_texts import GAP, KnownTexts, as_published, is_left_out, on_one_line, source_paragraphs
from briefing.verify.page_reader import CHANGE, TRANSLATED, PageBlock, PageRead, Slice, place_of, read_page
from briefing.verify.site_files import SiteUnusableError
from briefing.verify.speaker_check import check_caption, check_card_speaker, check_names
from briefing.verify.verdict_check import check_badges, verdict_of
from briefing.verify.visibility_check import check_seen

_CARD, _GAP = "bf-card", "bf-gap"
_CORRECTED = frozenset(("bf-correction", "bf-corrected"))
CORRECTIONS_FEED = "feeds/corrections."


_NONE = UnpairedMarks(())


@dataclass(frozen=True)
class PageTexts:
    """What a page may quote: its own briefing's texts first, or those of all."""

    own: KnownTexts | None
    every: Mapping[str, KnownTexts]
    listed: frozenset[str]
    """Passages of the pages across briefings and of ordinary ones that are listed."""
    unpaired: UnpairedMarks = _NONE
    """Listed texts with marks that are in no pair, and make none with those of words beside them."""

    def several(self) -> tuple[KnownTexts, ...]:
        """Return whose words may be here."""
        return (self.own,) if self.own else tuple(self.every.values())

    def briefing_of(self, one: Slice) -> KnownTexts | None:
        """Return the briefing that a slice is from; None where it names none of the site."""
        return self.every.get(one.of) if one.of else self.own

    def has(self, words: str) -> bool:
        """Return whether a text has quoted words."""
        if any(texts.words.find(words) for texts in self.several()):
            return True
        return self.own is not None and any(t.words.find(words) for t in self.every.values() if t is not self.own)

    def lists(self, words: str) -> bool:
        """Return whether quoted words are listed with a reason."""
        key = letters(words)
        return not key or key in self.listed or any(key in texts.listed for texts in self.every.values())

    def had(self, words: str) -> bool:
        """Return whether quoted words are what readers were shown before a correction."""
        return any(letters(words) in texts.former for texts in self.every.values())

    def begins(self, words: str) -> bool:
        """Return whether words begin with a passage that is accounted for: a mark that nothing closes counts to the end
        of its block, which is further on a page than in the field that it was written in."""
        key = letters(words)
        return any(key.startswith(one) for texts in self.every.values() for one in texts.openings)


def check_page(page: PageRead, file: str, texts: PageTexts, so_far: Verification) -> Iterator[Mismatch]:
    """Yield what on a page contradicts its texts; `so_far` counts what was compared."""
    placed = {}
    for one in page.slices:
        so_far.slices += 1
        placed[one.element] = one
        yield from _check_slice(one, file, texts)
    for sign, left, right in _pairs(page):
        if left in placed and right in placed:
            yield from _check_gap(sign, placed[left], placed[right], file, texts)
    rules = language(page.language)
    for block in (*page.blocks, *page.attributes, *page.data):
        yield from check_passages(block, file, texts, rules, so_far)
    for change in page.root.iter("span"):
        if CHANGE in (change.get("class") or "").split():
            yield from _check_change(change, file, texts)
    for figure in page.root.iter("figure"):
        yield from _check_speaker(figure, file, placed, texts)
    if texts.own:
        yield from _check_figure_rows(page.root, file, texts.own)
        yield from check_names(page.root, file, texts.own)
        yield from check_badges(page.root, file, texts.own)
        yield from check_counts(page.root, file, texts.own, so_far)
    yield from check_seen(page.root, file)
    for snippet in page.snippets:
        yield from _check_snippet(snippet, file, texts, so_far)


def _check_snippet(snippet: PageBlock, file: str, texts: PageTexts, so_far: Verification) -> Iterator[Mismatch]:
    """Yield what is wrong in HTML that a page shows for others to paste: it is read as they show it."""
    try:
        made = read_page(snippet.text.encode())
    except SiteUnusableError as error:
        yield Mismatch("altered", file, place_of(snippet.element), str(error))
        return
    for found in check_page(made, file, texts, so_far):
        yield replace(found, element=place_of(snippet.element))


# --- slices ----------------------------------------------------------------------------------------------------------


def _check_slice(one: Slice, file: str, texts: PageTexts) -> Iterator[Mismatch]:
    of = texts.briefing_of(one)
    if of is None:
        yield Mismatch("quotation", file, place_of(one.element), "it names no briefing of this site", "", one.of)
        return
    words = of.slice(one.comment, one.start, one.end)
    if words is None:
        message = f"there is nothing of the source at {one.start}-{one.end}"
        yield Mismatch("quotation", file, place_of(one.element), message, "", one.text)
    elif on_one_line(words) != on_one_line(one.text) or words != words.strip():
        message = f"these are not the words at {one.start}-{one.end} of {_name_of(one.comment)}"
        yield Mismatch("quotation", file, place_of(one.element), message, words, one.text)


def _pairs(page: PageRead) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """Yield the slices of one passage that stand side by side, with the sign between them; quotations of several
    passages, each in marks of its own, are none."""
    for one in page.slices:
        between, other = [one.element.tail or ""], one.element.getnext()
        while other is not None and _GAP in (other.get("class") or "").split():
            between += other.text_content(), other.tail or ""
            other = other.getnext()
        sign = on_one_line("".join(between))
        if other is not None and other.get("data-span") and (not sign or len(between) > 1):
            yield sign, one.element, other


def _check_gap(sign: str, left: Slice, right: Slice, file: str, texts: PageTexts) -> Iterator[Mismatch]:
    """Yield two slices between which the sign is missing, stands for nothing, or is another one."""
    if (left.comment, left.of) != (right.comment, right.of):
        return
    of = texts.briefing_of(left)
    between = of.slice(left.comment, left.end, right.start) if of and left.end < right.start else ""
    expected = GAP if between is None or between.strip() else ""
    if sign != expected:
        message = "nothing says that words are left out here" if expected else "no words are left out here"
        yield Mismatch("text", file, place_of(right.element), message, expected, sign)


def _name_of(comment: str) -> str:
    return f"comment {comment}" if comment else "the source"


# --- passages in quotation marks -------------------------------------------------------------------------------------


def check_passages(
    block: PageBlock, file: str, texts: PageTexts, rules: Language, so_far: Verification
) -> Iterator[Mismatch]:
    """Yield the passages of a text that nothing has and that are not listed."""
    whole = block.quoted and not _is_placed(block.element)
    text = block.text
    passages = () if whole else marked(texts.unpaired.taken_out(text, rules), rules)
    found = [(each.inner.of(text).strip(), _is_open(each)) for each in passages]
    for each, is_open in [(on_one_line(text), False)] if whole else found:
        so_far.passages += 1
        if texts.has(each) or (whole and _has_pieces(each, texts)):
            continue
        if texts.lists(each) or (texts.had(each) and _tells_of_corrections(block.element, file)):
            so_far.listed += 1
        elif is_open and texts.begins(each):
            continue
        else:
            message = "these words are quoted, and are in no source, comment or excerpt, and not listed"
            yield Mismatch("passage", file, place_of(block.element), message, "", each)


def _is_open(passage: Quoted) -> bool:
    """Return whether nothing closes a passage."""
    return passage.inner.end == passage.outer.end


def _tells_of_corrections(element: etree._Element, file: str) -> bool:
    """Return whether this is where readers are told what has been corrected: there alone former words are shown."""
    if element.tag == "script" or file.startswith(CORRECTIONS_FEED):
        return True
    above = (element, *element.iterancestors())
    return any(not _CORRECTED.isdisjoint((one.get("class") or "").split()) for one in above)


def _check_change(element: etree._Element, file: str, texts: PageTexts) -> Iterator[Mismatch]:
    """Yield former and new words that are not those of the correction that the page names."""
    change = texts.own.change(element.get("data-correction", "")) if texts.own else None
    if change is None:
        yield Mismatch("text", file, place_of(element), "there is no such correction", "", element.text_content())
        return
    for tag, expected in (("ins", change.before), ("del", change.after)):
        found = _without(element, tag)
        if letters(found) != letters(expected):
            which = "former" if tag == "ins" else "corrected"
            yield Mismatch("text", file, place_of(element), f"these are not the {which} words", expected, found)


def _without(element: etree._Element, tag: str) -> str:
    """Return the words of an element without those of one kind and those for people who do not see it."""
    words = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            words.append("" if one is element else one.tail or "")
        elif one.tag == tag or "bf-unseen" in (one.get("class") or "").split():
            walk.skip_subtree()
        else:
            words.append(one.text or "")
    return on_one_line("".join(words))


def _is_placed(element: etree._Element) -> bool:
    """Return whether an element holds slices, each of which was compared at its place."""
    return any(one.get("data-span") for one in element.iter())


def _has_pieces(words: str, texts: PageTexts) -> bool:
    """Return whether each piece of a passage with gaps is in a text."""
    pieces = [piece.strip() for piece in words.split(GAP)]
    return len(pieces) > 1 and all(not piece or texts.has(piece) for piece in pieces)


# --- who says it, and what is said of it -----------------------------------------------------------------------------


def _check_speaker(
    figure: etree._Element, file: str, placed: Mapping[etree._Element, Slice], texts: PageTexts
) -> Iterator[Mismatch]:
    here = next((placed[one] for one in figure.iter() if one in placed), None)
    of = texts.briefing_of(here) if here else None
    if here and of:
        yield from check_caption(figure, file, tuple(of.having(here.comment, here.start, here.end)))


def check_cards(pages: Mapping[str, PageRead], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the records of a briefing that have no card on its pages, or one that says something else."""
    headings: dict[str, tuple[str, etree._Element]] = {}
    for file, page in pages.items():
        for level in ("h2", "h3", "h4"):
            headings |= {one.get("id"): (file, one) for one in page.root.iter(level) if one.get("id")}
    for annotation in texts.manifest.annotations:
        found = headings.get(annotation.id)
        if found is None or _CARD not in (found[1].getparent().get("class") or ""):
            message = "no page of the briefing has a card of it"
            yield Mismatch("missing", f"{texts.manifest.path}/", f"#{annotation.id}", message)
        else:
            yield from check_card(annotation, found[1].getparent(), found[0], texts)
    for comment in texts.manifest.comments:
        yield from _check_comment(comment.id, comment.text, headings, texts)


def check_card(
    annotation: ManifestAnnotation, card: etree._Element, file: str, texts: KnownTexts
) -> Iterator[Mismatch]:
    """Yield what a card says otherwise than its record."""
    shown = [one.get("data-span", "").partition("-") for one in card.iter("span") if one.get("data-span")]
    spans = [(place_in(start), place_in(end)) for start, _, end in shown]
    for match in annotation.matches:
        if not any(start <= match.start and match.end <= end for start, end in spans):
            message = f"its card does not show its words at {match.start}-{match.end}"
            yield Mismatch("quotation", file, f"#{annotation.id}", message, match.text, "")
    if (verdict := verdict_of(card)) != annotation.verdict:
        yield Mismatch("verdict", file, f"#{annotation.id}", "it has another verdict", annotation.verdict, verdict)
    yield from _check_value(annotation, card, file, texts)
    yield from check_card_speaker(annotation, card, file)


def _check_value(
    annotation: ManifestAnnotation, card: etree._Element, file: str, texts: KnownTexts
) -> Iterator[Mismatch]:
    """Yield a figure whose card shows another number."""
    shown = next((one for one in card.iter("p") if "bf-value" in one.get("class", "").split()), None)
    if shown is not None and not _is_value(text := on_one_line(shown.text_content()), annotation):
        yield Mismatch("figure", file, place_of(shown), "its card shows another value", annotation.value, text)


def _is_value(text: str, annotation: ManifestAnnotation) -> bool:
    """Return whether a text may be shown as the value of a figure: it is among its words, or has its numbers."""
    numbers = set(numbers_in(text))
    given = [part for part in (annotation.low, annotation.high) if part]
    has = bool(numbers) and all(numbers & {digits_of(one) for one in _written(part)} for part in given)
    return has or any(text in on_one_line(match.text) for match in annotation.matches)


def _check_figure_rows(root: etree._Element, file: str, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the rows of the table of figures that show another label, value or speaker than the figure to which they
    lead; a value that is the source’s own words is one of its words."""
    for row in root.iterfind(".//table[@class='bf-figures']/tbody/tr"):
        link, cells = row.find("th/a"), row.findall("td")
        annotation = texts.annotations.get((link.get("href") or "").rpartition("#")[2]) if link is not None else None
        if annotation is None or not cells:
            continue
        shown = [on_one_line(one.text_content()) for one in (row[0], *cells)]
        if letters(shown[0]) != letters(annotation.label):
            yield Mismatch("figure", file, place_of(row), "it is called otherwise", annotation.label, shown[0])
        if annotation.speaker and annotation.speaker not in shown[2:]:
            yield Mismatch("speaker", file, place_of(row), "somebody else says so", annotation.speaker, shown[-2])
        if not _is_value(shown[1], annotation):
            yield Mismatch("figure", file, place_of(row), "the table shows another value", annotation.value, shown[1])


def _written(number: str) -> tuple[str, ...]:
    """Return how a number may be written: with and without noughts at its end that say nothing."""
    return (number, number.rstrip("0")) if "." in number else (number,)


def _check_comment(
    id: str, text: str, headings: Mapping[str, tuple[str, etree._Element]], texts: KnownTexts
) -> Iterator[Mismatch]:
    found = headings.get(id)
    if text and found is not None:
        around = on_one_line(found[1].getparent().text_content())
        if on_one_line(text) not in around:
            yield Mismatch("text", found[0], f"#{id}", "the comment reads otherwise", text, around)


# --- the annotated text ----------------------------------------------------------------------------------------------

_PARAGRAPH = re.compile(r"p([1-9][0-9]{0,8})")
_Shown = list[tuple[int, str, etree._Element]]


def check_text(pages: Mapping[str, PageRead], texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the paragraphs of the annotated text that are not those of the source, and signs between them for what is
    left out that are not there, or are there for nothing."""
    read = sorted(filter(None, (_text_on(file, page) for file, page in pages.items())), key=max)
    shown = {number: (file, one) for page in read for number, file, one in page if number}
    expected = dict(source_paragraphs(texts))
    for number, words in expected.items():
        found = shown.get(number)
        if found is None:
            message = "a paragraph of the source is not on the page of the annotated text"
            yield Mismatch("missing", f"{texts.manifest.path}/", f"#p{number}", message, words, "")
        elif (text := as_published(text_of(found[1]), texts)) != on_one_line(words):
            yield Mismatch("text", found[0], f"#p{number}", "the paragraph is not the source’s", words, text)
    for number in shown.keys() - expected.keys():
        file, one = shown[number]
        yield Mismatch("text", file, f"#p{number}", "the source has no such paragraph", "", text_of(one))
    if shown.keys() == expected.keys():
        yield from _check_signs([each for page in read for each in page], texts)


def _text_on(file: str, page: PageRead) -> _Shown:
    """Return the paragraphs of the source on a page, with their numbers; 0 for a sign between them. Nothing where the
    page has none."""
    found: _Shown = []
    for one in page.root.iter("p"):
        if named := _PARAGRAPH.fullmatch(one.get("id") or ""):
            found.append((int(named[1]), file, one))
        elif _GAP in (one.get("class") or "").split():
            found.append((0, file, one))
    return found if any(number for number, _, _ in found) else []


def _check_signs(shown: _Shown, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the paragraphs before which, and the end at which, a sign is missing or too much."""
    before, signed = 0, False
    for number, file, one in (*shown, (-1, *shown[-1][1:])) if shown else ():
        if not number:
            signed = True
            if on_one_line(one.text_content()) != GAP:
                yield Mismatch("text", file, place_of(one), "this is no sign", GAP, on_one_line(one.text_content()))
            continue
        left_out = is_left_out(texts, max(number, 0), before)
        if left_out is not None and left_out != signed:
            message = "nothing says that paragraphs are left out" if left_out else "no paragraphs are left out"
            place = f"before #p{number}" if number > 0 else f"behind #p{before}"
            yield Mismatch("text", file, place, message, *((GAP, "") if left_out else ("", GAP)))
        before, signed = number, False


def text_of(element: etree._Element) -> str:
    """Return the words of a paragraph without the numbers of its notes."""
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one is not element and "bf-ref" in one.get("class", "").split():
            walk.skip_subtree()
        elif event == "start":
            words.append(one.text or "")
        elif one is not element:
            words.append(one.tail or "")
    return on_one_line("".join(words))


__all__ = ["TRANSLATED", "PageTexts", "check_card", "check_cards", "check_page", "check_passages", "check_text"]
