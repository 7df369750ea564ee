"""Compares the verdicts that pages show with those of the records: on cards, in tables and beside citations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from briefing.model.manifest import ManifestAnnotation
from briefing.verify.findings import Mismatch
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_reader import PageRead, place_of

_BADGE = re.compile(r"\bbf-verdict-([a-z-]+)")


def verdict_of(card: etree._Element) -> str:
    """Return the verdict on a card, and not one that its note has of something else; empty for none."""
    for badge, verdict in _badges(card):
        above = badge.getparent()
        if above.tag == "figcaption" or "bf-verdict-line" in (above.get("class") or ""):
            return verdict
    return ""


def check_badges(root: etree._Element, file: str, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the verdicts that are not those of what is linked beside them."""
    for badge, verdict in _badges(root):
        for around in badge.iterancestors():
            if near := _linked(around, texts):
                expected = {each.verdict for each in near}
                if verdict not in expected:
                    message = "what is linked beside it has another verdict"
                    yield Mismatch("verdict", file, place_of(badge), message, " or ".join(sorted(expected)), verdict)
                break


def check_words(pages: Mapping[str, PageRead]) -> Iterator[Mismatch]:
    """Yield the verdicts whose word is not the one that the pages of a briefing have for it elsewhere."""
    every = [(file, *each) for file, page in pages.items() for each in _badges(page.root)]
    words = Counter((verdict, _word_of(badge)) for _, badge, verdict in every)
    usual = {verdict: word for (verdict, word), _ in sorted(words.items(), key=lambda each: each[1])}
    for file, badge, verdict in every:
        if (word := _word_of(badge)) != usual[verdict]:
            yield Mismatch("verdict", file, place_of(badge), "it is called otherwise elsewhere", usual[verdict], word)


def _badges(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for badge in root.iter("span"):
        if found := _BADGE.search(badge.get("class") or ""):
            yield badge, found[1]


def _word_of(badge: etree._Element) -> str:
    hidden = next(badge.iterchildren("span"), None)
    return on_one_line((badge.text or "") + ((hidden.tail or "") if hidden is not None else ""))


def _linked(around: etree._Element, texts: KnownTexts) -> list[ManifestAnnotation]:
    """Return the annotations with a verdict to which an element leads, or whose card it is."""
    ids = [(link.get("href") or "").rpartition("#")[2] for link in around.iter("a")]
    known = (texts.annotations.get(id.removeprefix("_").removeprefix("t-")) for id in ids)
    return [each for each in known if each and each.verdict]
