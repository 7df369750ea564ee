"""Compares whom a page names as the speaker of words with who says them: below quotations, in headings above them, and
in what readers copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from briefing.model.manifest import ManifestAnnotation
from briefing.verify.findings import Mismatch, place_in
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_reader import place_of

_CAPTION = frozenset(("bf-speaker", "bf-role", "bf-verdict"))
_SECTION = "_by-"
"""The ids of the headings above what somebody says begin with this."""


def check_caption(figure: etree._Element, file: str, said: tuple[ManifestAnnotation, ...]) -> Iterator[Mismatch]:
    """Yield what is wrong below a quotation, by the annotations of its words."""
    shown, roles_shown = _texts_of_class(figure, "bf-speaker"), _texts_of_class(figure, "bf-role")
    if not shown:
        return
    names = {each.speaker for each in said} - {""}
    for name in shown:
        if names and name not in names:
            yield Mismatch("speaker", file, place_of(figure), "somebody else says it", " or ".join(names), name)
    if not said:
        yield Mismatch("speaker", file, place_of(figure), "nobody is recorded as saying this", "", shown[0])
    roles = {each.role for each in said if each.speaker == shown[0]} - {""}
    if roles_shown and roles and roles.isdisjoint(roles_shown):
        expected, found = " or ".join(roles), ", ".join(roles_shown)
        yield Mismatch("speaker", file, place_of(figure), "their role is another", expected, found)
    for caption in figure.iter("figcaption"):
        if words := _beside(caption):
            yield Mismatch("speaker", file, place_of(caption), "this is no part of it", "", words)


def _texts_of_class(root: etree._Element, name: str) -> list[str]:
    """Return the words of all that has a class."""
    return [on_one_line(one.text_content()) for one in root.iter("span") if name in one.get("class", "").split()]


def _beside(caption: etree._Element) -> str:
    """Return what a caption says beside the speaker, roles and the verdict."""
    words = [caption.text or ""]
    for one in caption:
        known = isinstance(one.tag, str) and not _CAPTION.isdisjoint((one.get("class") or "").split())
        words += ["" if known or not isinstance(one.tag, str) else one.text_content(), one.tail or ""]
    return on_one_line("".join(words))


def check_card_speaker(annotation: ManifestAnnotation, card: etree._Element, file: str) -> Iterator[Mismatch]:
    """Yield another speaker in the heading above a card, or in what its button copies."""
    if not annotation.speaker or annotation.kind not in ("quotation", "reported"):
        return
    above = next((one for one in card.itersiblings("h2", preceding=True)), None)
    name = on_one_line(above.text or "") if above is not None and (above.get("id") or "").startswith(_SECTION) else ""
    if name and name != on_one_line(annotation.speaker):
        yield Mismatch("speaker", file, place_of(above), "somebody else says this", annotation.speaker, name)
    for button in card.iter("button") if annotation.kind == "quotation" else ():  # the others are the reporter's words
        credit = on_one_line(button.get("data-credit", annotation.speaker))
        if not credit.startswith(on_one_line(annotation.speaker)):
            message = "what is copied names somebody else"
            yield Mismatch("speaker", file, place_of(button), message, annotation.speaker, credit)


def check_names(root: etree._Element, file: str, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield the passages of the annotated text that are copied with the name of somebody who does not say them."""
    said = [each for each in texts.manifest.annotations if each.speaker and not each.comment and each.kind != "figure"]
    for text in root.iter("div"):
        if "bf-text" not in (text.get("class") or "").split():
            continue
        for paragraph in text.iter("p"):
            number = place_in((paragraph.get("id") or "")[1:])
            start = texts.lines[number][0] if texts.whole and number in texts.lines else None
            if start is not None and paragraph.get("data-said"):
                yield from _check_said(paragraph, start, text.attrib, file, said)


def _check_said(
    paragraph: etree._Element,
    start: int,
    names: Mapping[str, str],
    file: str,
    said: list[ManifestAnnotation],
) -> Iterator[Mismatch]:
    for each in paragraph.get("data-said", "").split():
        place, _, id = each.partition(".")
        first, last = (place_in(digits) for digits in place.partition("-")[::2])
        if min(first, last) < 0:
            continue
        name = on_one_line(names.get(f"data-name-{id}", ""))
        here = {
            one.speaker
            for one in said
            for match in one.matches
            if match.start < start + last and start + first < match.end
        }
        if name and here and not any(name.startswith(on_one_line(one)) for one in here):
            message = "what is copied names somebody else"
            yield Mismatch("speaker", file, place_of(paragraph), message, " or ".join(sorted(here)), name)
