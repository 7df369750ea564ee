"""Finds where readers do not see what is compared: in elements that browsers do not show, or that a page hides, styles
or scripts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from briefing.verify.findings import Mismatch
from briefing.verify.page_reader import place_of

_NOT_SHOWN = frozenset(
    (
        *("audio", "bdo", "canvas", "datalist", "dialog", "embed", "iframe", "math", "noembed", "noframes", "noscript"),
        *("object", "option", "plaintext", "select", "svg", "template", "textarea", "video", "xmp"),
    )
)
"""Elements whose words browsers show to nobody, only to some, or in another order."""
_FOREIGN = frozenset(("base", "embed", "iframe", "object", "style"))
"""Elements that no page of a briefing has in its text."""
_COMPARED = frozenset(
    ("bf-card", "bf-change", "bf-quoted", "bf-role", "bf-speaker", "bf-value", "bf-verbatim", "bf-verdict")
)
_PAGES = frozenset(("bf-page", "bf-embed"))
_SIGNS = frozenset(("headerlink", "bf-number", "bf-permalink", "bf-ref"))
"""Classes of what is no part of the words around it: numbers and signs."""
_BESIDE = frozenset(("bf-unseen", "bf-verdict"))
_WORD = re.compile(r"[^\W\d_]{2}")
_LETTER = re.compile(r"[^\W_]")
"""Without one, what is hidden is a sign: that of what is left out, where the paragraphs beside it have one."""
_PARAGRAPH = re.compile(r"p[1-9][0-9]{0,8}")


def check_seen(root: etree._Element, file: str) -> Iterator[Mismatch]:
    """Yield what is compared and not shown as it is, and what in a page of a briefing may change how it is shown."""
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    for one in elements:
        if _is_compared(one) and (hiding := _hidden_by(one)) is not None:
            message = "readers do not see this as it is compared"
            yield Mismatch("text", file, place_of(one), message, "", _words(hiding))
    yield from _check_foreign(root, elements, file)


def _check_foreign(root: etree._Element, elements: list[etree._Element], file: str) -> Iterator[Mismatch]:
    pages = [one for one in elements if not _PAGES.isdisjoint(_classes(one))]
    for one in (inner for page in pages for inner in page.iter() if isinstance(inner.tag, str)):
        if found := _changes(one):
            yield Mismatch("text", file, place_of(one), "no page of a briefing has this in it", "", found)
    for one in root.iter("base", "meta") if pages else ():
        if one.tag == "base" or (one.get("http-equiv") or "").strip().lower() == "refresh":
            yield Mismatch("text", file, place_of(one), "no page of a briefing has this in it", "", str(one.tag))


def _classes(one: etree._Element) -> frozenset[str]:
    return frozenset((one.get("class") or "").split())


def _is_compared(one: etree._Element) -> bool:
    """Return whether words of an element are compared with texts or records."""
    if one.get("data-span") or one.get("data-counts") or not _COMPARED.isdisjoint(_classes(one)):
        return True
    return one.tag == "p" and bool(_PARAGRAPH.fullmatch(one.get("id") or ""))


def _hidden_by(one: etree._Element) -> etree._Element | None:
    """Return what hides an element, or words in it that no script is to show, as it shows buttons; None for most."""
    around = next((each for each in (one, *one.iterancestors()) if _is_hiding(each)), None)
    if around is not None:
        return around
    within = (each for each in one.iterdescendants() if isinstance(each.tag, str) and _is_hiding(each))
    return next((each for each in within if each.tag not in ("button", "svg") and _LETTER.search(_words(each))), None)


def _is_hiding(one: etree._Element) -> bool:
    return one.tag in _NOT_SHOWN or one.get("hidden") is not None or one.get("style") is not None


def _changes(one: etree._Element) -> str:
    """Return what an element may change of a page, or adds to words where they are not compared; nothing for most."""
    if not _SIGNS.isdisjoint(_classes(one)) and _WORD.search(_seen_words(one)):
        return _seen_words(one)
    if one.tag in _FOREIGN or (one.tag == "script" and one.get("type") != "application/ld+json" and not one.get("src")):
        return str(one.tag)
    return next((f"{one.tag} {name}" for name in one.attrib if name.lower().startswith("on") or name == "style"), "")


def _words(one: etree._Element) -> str:
    return " ".join("".join(one.itertext()).split())


def _seen_words(one: etree._Element) -> str:
    """Return the words of a number without a verdict beside it, which is compared, and those for people who do not see
    a page."""
    if not _BESIDE.isdisjoint(_classes(one)):
        return ""
    inner = (_seen_words(each) + (each.tail or "") for each in one if isinstance(each.tag, str))
    return " ".join("".join((one.text or "", *inner)).split())
